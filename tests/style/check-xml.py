#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every XML file is well formed: interfaces, drawings, lists of resources, templates of data."""

import xml.etree.ElementTree as ElementTree

import project_tree

SUFFIXES = (".xml", ".xml.in", ".ui", ".svg")


def check(root):
    for path in project_tree.list_files(root, *SUFFIXES):
        try:
            ElementTree.parse(root / path)
        except ElementTree.ParseError as error:
            yield f"{path}: {error}"


if __name__ == "__main__":
    project_tree.run(check)
