#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""The checks can fail: each is shown a small project with one fault, which it must name, and the
same project without it, which it must pass."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
COUNT_TESTS = HERE.parent.parent / "tools" / "count-tests"

LICENCE = "/* SPDX-License-Identifier: GPL-3.0-or-later */\n"
HOUSE = """\
## What may know what

| folder | may include | may link |
| --- | --- | --- |
| `core/base` | — | GLib |
| `core/layout` | `core/base` | — |
| `core/run` | `core` | — |
| `app` | `core` | GTK |

## Words

| `app` | `nothing of this table` | counts |
"""
FORMATTED = LICENCE + "\nint\nadd (int a, int b)\n{\n  return a + b;\n}\n"
DECLARED = "double coterie_scale (const float *values, gsize n, double factor);\n"
EXPLAINED = """\
/**
 * coterie_scale:
 * @values: [n]
 * @n: how many
 * @factor: by what they
 *   are multiplied, dimensionless
 *
 * Scales.
 */
"""


class Project:
    """A project in a temporary folder, and what a check says of it."""

    def __init__(self, files):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)
        for name, text in files.items():
            path = self.root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def check(self, name):
        result = subprocess.run(
            [sys.executable, HERE / f"check-{name}.py", self.root],
            capture_output=True,
            text=True,
            check=False,
        )
        self.folder.cleanup()
        return result.returncode, result.stdout + result.stderr


class CheckTest(unittest.TestCase):
    def assert_passes(self, name, files):
        code, said = Project(files).check(name)
        self.assertEqual((code, said), (0, ""))

    def assert_complains(self, name, files, complaint):
        code, said = Project(files).check(name)
        self.assertEqual(code, 1, said)
        self.assertEqual(said.strip(), complaint)


class Layers(CheckTest):
    def project(self, path, include):
        return {"CONTRIBUTING.md": HOUSE, f"src/{path}": f"{LICENCE}\n#include {include}\n"}

    def test_lower_layer_may_be_included(self):
        self.assert_passes("layers", self.project("core/layout/a.c", '"core/base/graph.h"'))

    def test_own_folder_may_be_included(self):
        self.assert_passes("layers", self.project("core/base/a.c", '"core/base/graph.h"'))

    def test_name_stands_for_folders_below(self):
        self.assert_passes("layers", self.project("app/a.c", '"core/layout/quadtree.h"'))

    def test_system_and_generated_headers_are_free(self):
        self.assert_passes("layers", self.project("core/base/a.c", '"config.h"\n#include <glib.h>'))

    def test_commented_include_is_no_include(self):
        self.assert_passes("layers", self.project("core/base/a.c", '"config.h" /*\n#include "x.h" */'))

    def test_higher_layer_is_refused(self):
        self.assert_complains(
            "layers",
            self.project("core/base/a.c", '"app/window.h"'),
            'src/core/base/a.c:3: core/base may not include "app/window.h"',
        )

    def test_sibling_outside_the_table_is_refused(self):
        self.assert_complains(
            "layers",
            self.project("core/layout/a.h", '"core/run/run.h"'),
            'src/core/layout/a.h:3: core/layout may not include "core/run/run.h"',
        )

    def test_include_from_own_folder_is_refused(self):
        self.assert_complains(
            "layers",
            self.project("core/base/a.c", '"graph.h"'),
            'src/core/base/a.c:3: "graph.h" is not written from src/',
        )

    def test_unknown_folder_is_refused(self):
        self.assert_complains(
            "layers",
            self.project("core/misc/a.c", '"core/base/graph.h"'),
            "src/core/misc/a.c: its folder is not in the table of CONTRIBUTING.md",
        )

    def test_missing_table_is_refused(self):
        self.assert_complains(
            "layers",
            {"CONTRIBUTING.md": "# Nothing\n"},
            'CONTRIBUTING.md: no table under "What may know what"',
        )


class Format(CheckTest):
    def project(self, source):
        style = (HERE.parent.parent / ".clang-format").read_text(encoding="utf-8")
        return {".clang-format": style, "src/a.c": source}

    def setUp(self):
        code, said = Project(self.project(FORMATTED)).check("format")
        if code == 77:
            self.skipTest(said.strip())
        self.assertEqual((code, said), (0, ""))

    def test_unformatted_file_is_refused(self):
        self.assert_complains(
            "format",
            self.project(FORMATTED.replace("add (", "add(")),
            "src/a.c: not formatted; clang-format -i mends it",
        )


class Headers(CheckTest):
    def project(self, declaration, block):
        return {"src/core/base/a.h": LICENCE + declaration, "src/core/base/a.c": LICENCE + block}

    def test_explained_function_passes(self):
        self.assert_passes("headers", self.project(DECLARED, EXPLAINED))

    def test_quark_and_type_need_no_block(self):
        declarations = "GQuark coterie_a_error_quark (void);\nGType coterie_a_get_type (void);\n"
        self.assert_passes("headers", self.project(declarations, ""))

    def test_calls_of_an_inline_function_are_free(self):
        body = "{\n  int n = coterie_b (1);\n\n  return coterie_c (n);\n}\n"
        inline = "static inline int\ncoterie_a (void)\n" + body
        self.assert_passes("headers", self.project(inline, ""))

    def test_private_header_is_free(self):
        self.assert_passes("headers", {"src/core/base/a-private.h": LICENCE + DECLARED})

    def test_unit_in_the_name_is_enough(self):
        declared = DECLARED.replace("factor", "width_px")
        explained = EXPLAINED.replace("factor", "width_px").replace(", dimensionless", "")
        self.assert_passes("headers", self.project(declared, explained))

    def test_unexplained_function_is_refused(self):
        self.assert_complains(
            "headers",
            self.project(DECLARED, EXPLAINED.replace("coterie_scale", "coterie_shift")),
            "src/core/base/a.h:2: coterie_scale has no block that explains it",
        )

    def test_number_without_unit_is_refused(self):
        self.assert_complains(
            "headers",
            self.project(DECLARED, EXPLAINED.replace(", dimensionless", "")),
            "src/core/base/a.h:2: the block of coterie_scale names neither unit nor range of @factor",
        )


class Translations(CheckTest):
    def project(self, listed, source):
        return {"po/POTFILES.in": listed, "src/app/a.c": source}

    def test_listed_file_passes(self):
        self.assert_passes("translations", self.project("src/app/a.c\n", 'x = _("Open");\n'))

    def test_plural_counts(self):
        source = 'x = g_dngettext (NULL, "one", "many", n);\n'
        self.assert_passes("translations", self.project("src/app/a.c\n", source))

    def test_comment_and_definition_do_not_count(self):
        source = '#define _(text) gettext (text)\n/* _("Open") */\nx = coterie_ ("a");\n'
        self.assert_passes("translations", self.project("", source))

    def test_unlisted_file_is_refused(self):
        self.assert_complains(
            "translations",
            self.project("", 'x = C_ ("verb", "Open");\n'),
            "po/POTFILES.in: src/app/a.c has text to translate and is not listed",
        )

    def test_unlisted_template_is_refused(self):
        files = {"po/POTFILES.in": "", "ui/a.ui": '<p translatable="yes">Open</p>'}
        self.assert_complains(
            "translations", files, "po/POTFILES.in: ui/a.ui has text to translate and is not listed"
        )

    def test_file_without_text_is_refused(self):
        self.assert_complains(
            "translations",
            self.project("src/app/a.c\n", "x = 1;\n"),
            "po/POTFILES.in: src/app/a.c is listed and has no text to translate",
        )


class Licences(CheckTest):
    def test_licensed_files_pass(self):
        script = "#!/bin/sh\n# SPDX-License-Identifier: GPL-3.0-or-later\n"
        self.assert_passes("licences", {"src/a.c": LICENCE, "tools/b": script, "README": "Hello\n"})

    def test_c_file_without_licence_is_refused(self):
        self.assert_complains(
            "licences",
            {"src/a.c": "int a;\n"},
            f"src/a.c: the first line is not {LICENCE.strip()}",
        )

    def test_script_without_licence_is_refused(self):
        self.assert_complains(
            "licences",
            {"tools/b": "#!/usr/bin/env bash\ntrue\n"},
            "tools/b: the first line is not # SPDX-License-Identifier: GPL-3.0-or-later",
        )


class Paths(CheckTest):
    # Written in two halves, or this file would be the first to be refused.
    home = "/" + "home/me/data"
    temporary = "/" + "tmp/x"

    def test_harmless_paths_pass(self):
        text = "see https://example.org/home/page and src/home/a\n"
        self.assert_passes("paths", {"README.md": text, "tests/a.py": f"{self.temporary}\n"})

    def test_home_is_refused(self):
        self.assert_complains(
            "paths",
            {"tests/a.py": f"\nopen ('{self.home}')\n"},
            f"tests/a.py:2: names a path outside the project: open ('{self.home}')",
        )

    def test_temporary_folder_in_sources_is_refused(self):
        self.assert_complains(
            "paths",
            {"src/a.c": f'"{self.temporary}"\n'},
            f'src/a.c:1: names a path outside the project: "{self.temporary}"',
        )


class Xml(CheckTest):
    def test_well_formed_file_passes(self):
        self.assert_passes("xml", {"ui/a.ui": "<interface/>\n", "data/b.xml.in": "<a>@B@</a>"})

    def test_unclosed_element_is_refused(self):
        self.assert_complains(
            "xml", {"ui/a.ui": "<interface>"}, "ui/a.ui: no element found: line 1, column 11"
        )


class Validators(unittest.TestCase):
    def validate(self, *command):
        return subprocess.run(
            [sys.executable, HERE / "validate.py", *command],
            stdout=subprocess.DEVNULL,
            check=False,
        ).returncode

    def test_verdict_is_passed_on(self):
        self.assertEqual(self.validate("true"), 0)
        self.assertEqual(self.validate("false"), 1)

    def test_missing_validator_is_skipped(self):
        self.assertEqual(self.validate("no-such-validator"), 77)


class CountTests(unittest.TestCase):
    def count(self, *records):
        with tempfile.TemporaryDirectory() as folder:
            log = pathlib.Path(folder) / "log.json"
            log.write_text("".join(json.dumps(record) + "\n" for record in records))
            result = subprocess.run(
                [sys.executable, COUNT_TESTS, log], capture_output=True, text=True, check=False
            )
        self.told = result.stdout.splitlines()
        return result.returncode, self.told[-1]

    def test_cases_of_tap_are_counted(self):
        tap = "1..3\nok 1 /a\nok 2 /b # SKIP no display\nok 3 /c\n"
        self.assertEqual(
            self.count({"result": "OK", "stdout": tap}), (0, "2 passed, 0 failed, 1 skipped")
        )

    def test_program_without_cases_counts_once(self):
        records = [{"result": "OK"}, {"result": "FAIL", "stdout": "oh"}, {"result": "SKIP"}]
        self.assertEqual(self.count(*records), (1, "1 passed, 1 failed, 1 skipped"))

    def test_failed_case_is_counted(self):
        tap = "ok 1 /a\nnot ok 2 /b\n"
        self.assertEqual(
            self.count({"result": "FAIL", "stdout": tap}), (1, "1 passed, 1 failed")
        )

    def test_crash_after_good_cases_is_a_failure(self):
        self.assertEqual(
            self.count({"result": "ERROR", "stdout": "ok 1 /a\n"}), (1, "1 passed, 1 failed")
        )

    def test_failure_is_told_with_what_it_wrote(self):
        tap = "ok 1 /a\nnot ok 2 /b\n# 3 is not 4\n"
        failed = {"name": "sums", "result": "FAIL", "stdout": tap, "stderr": "wrong", "duration": 1}
        self.count({"result": "OK", "stdout": "ok 1 /c\n"}, failed)
        self.assertEqual(
            self.told[:-1],
            ["FAILED sums: FAIL after 1 s", "  not ok 2 /b"]
            + ["  | not ok 2 /b", "  | # 3 is not 4", "  | wrong"],
        )

    def test_nothing_run_is_a_failure(self):
        self.assertEqual(self.count(), (1, "0 passed, 0 failed"))


if __name__ == "__main__":
    unittest.main()
