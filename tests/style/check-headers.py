#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every function that a header of core or draw declares is explained in a .c file beside it.

The explanation is a comment that opens with the function's name and a colon. For a float or double
it names a unit or a range, or says that the number is dimensionless; it may say so once for numbers
that follow each other, and a name such as width_px says it by itself. Functions that macros write
(quarks of errors, types) need none, nor do headers named -private.h.
"""

import re

import project_tree

# Not where an inline function calls another.
DECLARATION = re.compile(
    r"(?<!return )(?<!= )\b(coterie_\w+)\s*\(([^;{}]*)\)\s*(?:G_GNUC_\w+[^;]*)?;"
)
BLOCK = re.compile(r"/\*\*\n \* (coterie_\w+):\n(.*?)\*/", re.DOTALL)
FLOAT_ARGUMENT = re.compile(r"^(?:const\s+)?(?:float|double)\s+(\w+)$")
PREPROCESSOR = re.compile(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", re.MULTILINE)
UNIT_IN_NAME = re.compile(r"_(?:px|ms|s|seconds|rad|nats|bits|frac|points)$")
WRITTEN_BY_MACRO = re.compile(r"_quark$|_get_type$")

# A number (of a range), or a word that says what the number counts.
MEASURE = re.compile(
    r"\d|dimensionless|\bany\b|finite|fraction|probabilit|share of|unit|range|positive|negative|"
    r"pixel|\bpx\b|point|second|\bms\b|nats|bits|radian|degree|\brad\b|inch|"
    r"coordinate|iteration|frames|steps|samples",
    re.IGNORECASE,
)


def list_declarations(root, path):
    """Yields (line, name, arguments) of each function a header declares."""
    source = project_tree.blank_comments(project_tree.read(root, path))
    source = PREPROCESSOR.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), source)
    for match in DECLARATION.finditer(source):
        if WRITTEN_BY_MACRO.search(match[1]):
            continue
        arguments = [" ".join(a.split()) for a in match[2].split(",")]
        yield project_tree.line_of(source, match.start(1)), match[1], arguments


def read_blocks(root, folder, files):
    """Returns {function: text of its block} for the .c files of a folder."""
    blocks = {}
    for path in files:
        if path.parent == folder and path.suffix == ".c":
            blocks.update(BLOCK.findall(project_tree.read(root, path)))
    return blocks


def describe(block, argument):
    """Returns what a block says of an argument, or None."""
    text = re.search(rf"^ \* @{argument}:(.*?)(?=^ \* @|^ \*\n|\Z)", block, re.DOTALL | re.MULTILINE)
    return text[1] if text else None


def list_number_runs(arguments):
    """Yields the names of float arguments, those that follow each other together."""
    run = []
    for argument in arguments + [""]:
        number = FLOAT_ARGUMENT.match(argument)
        if number:
            run.append(number[1])
        elif run:
            yield run
            run = []


def names_measure(block, argument):
    return UNIT_IN_NAME.search(argument) or MEASURE.search(describe(block, argument) or "")


def check(root):
    files = project_tree.list_files(root, ".c", ".h")
    headers = [
        path
        for path in files
        if path.suffix == ".h"
        and path.as_posix().startswith(("src/core/", "src/draw/"))
        and not path.name.endswith("-private.h")
    ]
    for header in headers:
        blocks = read_blocks(root, header.parent, files)
        for line, name, arguments in list_declarations(root, header):
            if name not in blocks:
                yield f"{header}:{line}: {name} has no block that explains it"
                continue
            for run in list_number_runs(arguments):
                if not any(names_measure(blocks[name], argument) for argument in run):
                    yield (
                        f"{header}:{line}: the block of {name} names neither unit nor range "
                        f"of @{run[0]}"
                    )


if __name__ == "__main__":
    project_tree.run(check)
