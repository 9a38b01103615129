# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs test cases that use the running program, and speaks TAP.

    test-NAME.py COTERIE COTERIE_CLI [PATTERN]

runs those whose name matches the pattern, or all.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import traceback

NEEDED = ("Xvfb", "metacity", "xdotool", "xprop", "dbus-run-session")
TITLE = "Coterie"
COMPLAINT = re.compile(r"^.*(Gtk|Adwaita|GLib|GLib-GObject)-(WARNING|CRITICAL).*$", re.M)


def train_small(cli, path, *options):
    """A recording of a small training; five frames, two layers."""
    subprocess.run(
        [cli, "train", "--dataset", "digits", "--limit", "1500", "--hidden", "96,64"]
        + ["--iterations", "4", "--top", "16", "-o", str(path), *options],
        check=True, stdout=subprocess.DEVNULL,
    )


class Cases:
    """Each case gets a program of its own, with a home of its own."""

    def __init__(self, area, program, cli, folder):
        self.area = area
        self.program = program
        self.cli = cli
        self.folder = folder
        self.recording = folder / "small.coterie"
        train_small(cli, self.recording)

    def start(self, *arguments, **environment):
        home = tempfile.mkdtemp(dir=self.folder)
        places = {
            "HOME": home,
            "XDG_DATA_HOME": home + "/data",
            "XDG_CONFIG_HOME": home + "/config",
            "XDG_CACHE_HOME": home + "/cache",
            "G_DEBUG": "fatal-criticals",
        }
        return driver.Program(
            [self.program, *map(str, arguments)], TITLE, {**places, **environment},
            log=os.path.join(home, "log"),
        )

    def check_complaints(self):
        """Whatever is done, GTK has nothing to complain about."""
        for log in self.folder.glob("*/log"):
            found = COMPLAINT.search(log.read_text(errors="replace"))
            assert not found, found.group()

    def run(self, pattern):
        tests = [name for name in dir(self) if name.startswith("test_") and re.search(pattern, name)]
        n_failed = 0
        print(f"1..{len(tests)}", flush=True)
        for number, name in enumerate(tests, start=1):
            description = f"/ui/{self.area}/" + name.removeprefix("test_").replace("_", "-")
            try:
                getattr(self, name)()
                self.check_complaints()
                print(f"ok {number} {description}", flush=True)
            except Exception:
                n_failed += 1
                for line in traceback.format_exc().splitlines():
                    print("# " + line)
                for log in sorted(self.folder.glob("*/log")):
                    for line in log.read_text(errors="replace").splitlines():
                        print("# program: " + line)
                print(f"not ok {number} {description}", flush=True)
            for log in self.folder.glob("*/log"):
                log.unlink()
        return 1 if n_failed else 0


def main(cases_class, area):
    """Runs the cases of a class on a display of its own; what it returns is the exit status."""
    missing = [tool for tool in NEEDED if not shutil.which(tool)]
    if missing:
        print(f"1..0 # SKIP needs {', '.join(missing)}")
        return 0
    if os.environ.get("COTERIE_IN_DISPLAY") != "1":
        root = pathlib.Path(__file__).resolve().parents[2]
        environment = {**os.environ, "COTERIE_IN_DISPLAY": "1"}
        # Meant for our programs, not for the window manager's.
        environment.pop("G_DEBUG", None)
        return subprocess.run(
            [root / "tools/in-display", "--wm", "/usr/bin/python3", *sys.argv], env=environment
        ).returncode
    global driver
    try:
        import driver
    except (ImportError, ValueError) as missing:
        print(f"1..0 # SKIP needs the accessibility bindings of Python: {missing}")
        return 0
    with tempfile.TemporaryDirectory(prefix="coterie-ui-") as folder:
        cases = cases_class(area, sys.argv[1], sys.argv[2], pathlib.Path(folder))
        return cases.run(sys.argv[3] if len(sys.argv) > 3 else "")
