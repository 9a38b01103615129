#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every C file is as clang-format leaves it. Only version 14 is asked: others decide otherwise."""

import re
import subprocess

import project_tree

VERSION = "14"


def require_formatter():
    try:
        said = subprocess.run(
            ["clang-format", "--version"], capture_output=True, check=True, text=True
        ).stdout
    except OSError as error:
        raise project_tree.SkipCheck("clang-format is not installed") from error
    version = re.search(r"version (\d+)", said)
    if not version or version[1] != VERSION:
        raise project_tree.SkipCheck(f"wants clang-format {VERSION}, found: {said.strip()}")


def check(root):
    require_formatter()
    files = [str(path) for path in project_tree.list_files(root, ".c", ".h")]
    if not files:
        return
    report = subprocess.run(
        ["clang-format", "--dry-run", "-Werror", "--style=file", *files],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    wrong = re.findall(r"^(\S+?):\d+:\d+: error", report.stderr, re.MULTILINE)
    for path in sorted(set(wrong)):
        yield f"{path}: not formatted; clang-format -i mends it"
    if report.returncode != 0 and not wrong:
        yield report.stderr.strip()


if __name__ == "__main__":
    project_tree.run(check)
