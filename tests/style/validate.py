#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""Has one file that a desktop reads looked at by its own validator.

    validate.py COMMAND [ARGUMENT ...]

Runs the command, which is a validator and its arguments; 77 if it is not installed.
"""

import shutil
import subprocess
import sys

import project_tree


def main():
    command = sys.argv[1:]
    if not shutil.which(command[0]):
        print(f"skipped: {command[0]} is not installed")
        return project_tree.SKIPPED
    return 0 if subprocess.run(command, check=False).returncode == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
