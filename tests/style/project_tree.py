# SPDX-License-Identifier: GPL-3.0-or-later

"""What the style checks share: which files the project has, and how a check ends.

A check is a program that takes the project's folder as its only argument, prints one line for
everything it has to complain about, and exits with 0 (nothing), 1 (something) or 77 (it could not
look, because a tool is missing).
"""

import pathlib
import re
import subprocess
import sys

SKIPPED = 77
COMMENT_OR_STRING = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"', re.DOTALL)


def list_files(root, *suffixes):
    """Returns the project's files as sorted paths relative to root; those with one of the suffixes,
    or all. In a git checkout they are the tracked ones, elsewhere all but build directories."""
    try:
        listing = subprocess.run(
            ["git", "-C", str(root), "ls-files", "-z"], capture_output=True, check=True, text=True
        ).stdout
        names = [name for name in listing.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        names = []
    if not names:
        names = [p.relative_to(root).as_posix() for p in root.rglob("*")]
        names = [n for n in names if not n.startswith(("_build", "build", ".git/"))]
    return sorted(
        pathlib.PurePosixPath(name)
        for name in names
        if (not suffixes or name.endswith(suffixes)) and (root / name).is_file()
    )


def read(root, path):
    return (root / path).read_text(encoding="utf-8")


def is_program(root, path, *languages):
    """Says whether a file without a suffix is a script in one of the languages."""
    if path.suffix:
        return False
    with open(root / path, "rb") as file:
        first = file.readline(80)
    return first.startswith(b"#!") and any(l.encode() in first for l in languages)


def blank_comments(source):
    """Returns C source with comments replaced by spaces; strings and line numbers stay."""

    def blank(match):
        text = match[0]
        return text if text.startswith('"') else re.sub(r"[^\n]", " ", text)

    return COMMENT_OR_STRING.sub(blank, source)


def line_of(source, offset):
    return source.count("\n", 0, offset) + 1


def run(check):
    """Runs check(root), which yields complaints or raises SkipCheck, and ends the program."""
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".").resolve()
    try:
        complaints = list(check(root))
    except SkipCheck as reason:
        print(f"skipped: {reason}")
        sys.exit(SKIPPED)
    for complaint in complaints:
        print(complaint)
    sys.exit(1 if complaints else 0)


class SkipCheck(Exception):
    """The check cannot look here; the message says why."""
