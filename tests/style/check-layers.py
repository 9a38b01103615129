#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""No layer knows of one it should not: every #include "…" below src/ is held against the table
"What may know what" in CONTRIBUTING.md.

A folder may always include itself. A name in the table stands for all folders below it too.
"""

import pathlib
import re

import project_tree

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+"([^"]+)"', re.MULTILINE)
TABLE_ROW = re.compile(r"^\| `([a-z/]+)` \| ([^|]*) \|", re.MULTILINE)
GENERATED = {"config.h"}


def read_table(root):
    """Returns {folder: [folders it may include]} from CONTRIBUTING.md."""
    text = project_tree.read(root, "CONTRIBUTING.md")
    section = text.partition("## What may know what")[2].partition("\n## ")[0]
    return {row[1]: re.findall(r"`([a-z/]+)`", row[2]) for row in TABLE_ROW.finditer(section)}


def find_layer(table, path):
    """Returns the folder of the table that a path below src/ lies in, or None."""
    folders = [f.as_posix() for f in pathlib.PurePosixPath(path).parents]
    return next((folder for folder in folders if folder in table), None)


def may_include(table, layer, path):
    return any(path.startswith(folder + "/") for folder in [layer, *table[layer]])


def check(root):
    table = read_table(root)
    if not table:
        yield 'CONTRIBUTING.md: no table under "What may know what"'
        return

    for path in project_tree.list_files(root, ".c", ".h"):
        if path.parts[0] != "src":
            continue
        layer = find_layer(table, path.relative_to("src"))
        if not layer:
            yield f"{path}: its folder is not in the table of CONTRIBUTING.md"
            continue
        source = project_tree.blank_comments(project_tree.read(root, path))
        for include in INCLUDE.finditer(source):
            place = f"{path}:{project_tree.line_of(source, include.start(1))}"
            if include[1] in GENERATED:
                continue
            if not find_layer(table, include[1]):
                yield f'{place}: "{include[1]}" is not written from src/'
            elif not may_include(table, layer, include[1]):
                yield f'{place}: {layer} may not include "{include[1]}"'


if __name__ == "__main__":
    project_tree.run(check)
