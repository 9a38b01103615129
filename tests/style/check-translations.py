#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""po/POTFILES.in lists exactly the files that have something to translate, in order.

With --write after the project's folder, writes the list instead of checking it.
"""

import pathlib
import re
import sys

import project_tree

LIST = "po/POTFILES.in"
IN_C = re.compile(r'(?<!\w)(?:_|C_|N_|NC_|gettext|ngettext|g_dn?gettext|g_dpgettext2?)\s*\(')
DEFINITION = re.compile(r"^[ \t]*#[ \t]*define\b.*$", re.MULTILINE)
IN_XML = re.compile(r'translatable="(?:yes|true|1)"')
TEMPLATES = (".desktop.in", ".xml.in")


def has_text(root, path):
    if path.parts[0] == "data":
        return path.name.endswith(TEMPLATES)
    if path.suffix == ".ui":
        return bool(IN_XML.search(project_tree.read(root, path)))
    if path.parts[0] == "src" and path.suffix in (".c", ".h"):
        source = project_tree.blank_comments(project_tree.read(root, path))
        return bool(IN_C.search(DEFINITION.sub("", source)))
    return False


def find_files(root):
    files = project_tree.list_files(root, ".c", ".h", ".ui", *TEMPLATES)
    return sorted(path.as_posix() for path in files if has_text(root, path))


def check(root):
    listed = [
        line
        for line in project_tree.read(root, LIST).splitlines()
        if line and not line.startswith("#")
    ]
    found = find_files(root)
    for name in sorted(set(found) - set(listed)):
        yield f"{LIST}: {name} has text to translate and is not listed"
    for name in sorted(set(listed) - set(found)):
        yield f"{LIST}: {name} is listed and has no text to translate"
    if sorted(listed) != listed:
        yield f"{LIST}: not in alphabetical order"


if __name__ == "__main__":
    if sys.argv[2:] == ["--write"]:
        project = pathlib.Path(sys.argv[1]).resolve()
        (project / LIST).write_text("".join(name + "\n" for name in find_files(project)))
    else:
        project_tree.run(check)
