#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""The project names no path of the machine it was written on: none in anybody's home anywhere, and
no temporary folder in the sources, which ask GLib for it."""

import re

import project_tree

SOMEBODYS = re.compile(r"(?<![\w.:/-])/(?:home|root|work|Users|mnt)/")
TEMPORARY = re.compile(r"(?<![\w.:/-])/(?:var/)?tmp\b")


def check(root):
    for path in project_tree.list_files(root):
        try:
            text = project_tree.read(root, path)
        except UnicodeDecodeError:
            continue
        patterns = [SOMEBODYS, TEMPORARY] if path.parts[0] == "src" else [SOMEBODYS]
        for number, line in enumerate(text.splitlines(), 1):
            if any(pattern.search(line) for pattern in patterns):
                yield f"{path}:{number}: names a path outside the project: {line.strip()[:80]}"


if __name__ == "__main__":
    project_tree.run(check)
