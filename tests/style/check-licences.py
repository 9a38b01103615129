#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""Every C and Python file and every script begins with its licence."""

import project_tree

TAG = "SPDX-License-Identifier: GPL-3.0-or-later"
IN_C = f"/* {TAG} */"
IN_SCRIPT = f"# {TAG}"


def check(root):
    for path in project_tree.list_files(root):
        if path.suffix in (".c", ".h"):
            expected = IN_C
        elif path.suffix in (".py", ".sh") or project_tree.is_program(root, path, "sh", "python"):
            expected = IN_SCRIPT
        else:
            continue
        lines = project_tree.read(root, path).splitlines()
        if lines and lines[0].startswith("#!"):
            lines = lines[1:]
        if not lines or lines[0] != expected:
            yield f"{path}: the first line is not {expected}"


if __name__ == "__main__":
    project_tree.run(check)
