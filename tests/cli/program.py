# SPDX-License-Identifier: GPL-3.0-or-later
"""The built program as scripts meet it, and test cases around it that speak TAP."""
import collections
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback

DONE, FAILED, MISUSED = 0, 1, 2

NOBODY = 65534

# Not measured by any test: only ends what hangs.
PATIENCE_S = 120

# What a program says of itself when its author, not its user, has made a mistake.
CONFESSION = re.compile(
    r"CRITICAL|WARNING|ERROR \*\*|Traceback|assertion|runtime error|Sanitizer|core dumped"
)

ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8", "G_DEBUG": "fatal-warnings"}

Outcome = collections.namedtuple("Outcome", ["status", "out", "err"])


def expect(condition, message):
    """Unlike assert, holds under every option of the interpreter."""
    if not condition:
        raise AssertionError(message)


def expect_equal(found, expected, what):
    expect(found == expected, f"{what}: found {found!r}, expected {expected!r}")


def expect_failure(outcome, words, line):
    """Expects status 1 and one line that has all the words in it."""
    status, _, err = outcome
    expect_equal(status, FAILED, f"status of {line} ({err})")
    expect(err.startswith("coterie-cli: "), f"{line}: begins otherwise: {err}")
    expect(err.endswith("\n") and err.count("\n") == 1, f"{line}: not one line: {err!r}")
    for word in words:
        expect(str(word) in err, f"{line}: nothing about “{word}” in: {err}")


class Program:
    """coterie-cli, started in a folder of its own."""

    def __init__(self, path, folder):
        self.path = os.path.abspath(path)
        self.folder = pathlib.Path(folder)

    def check(self, arguments, status, err):
        """What holds however the program ends."""
        line = " ".join(map(str, arguments))
        expect(status >= 0, f"{line}: ended by signal {-status}: {err}")
        expect(not CONFESSION.search(err), f"{line}: {err}")

    def run(self, *arguments, environment=None, **options):
        """Runs to the end; arguments are words or paths."""
        options = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
        result = subprocess.run(
            [self.path, *map(str, arguments)], cwd=self.folder, check=False, timeout=PATIENCE_S,
            env={**ENVIRONMENT, **(environment or {})}, **options,
        )
        out = (result.stdout or b"").decode("utf-8", "surrogateescape")
        err = (result.stderr or b"").decode("utf-8", "surrogateescape")
        self.check(arguments, result.returncode, err)
        return Outcome(result.returncode, out, err)

    def succeed(self, *arguments, **options):
        """Runs, expects success without complaint, and returns what was printed."""
        outcome = self.run(*arguments, **options)
        expect_equal(outcome, Outcome(DONE, outcome.out, ""), " ".join(map(str, arguments)))
        return outcome.out

    def fail(self, *arguments, words=(), **options):
        """Runs, and expects status 1 and one line that has all the words in it."""
        outcome = self.run(*arguments, **options)
        expect_failure(outcome, words, " ".join(map(str, arguments)))
        return outcome

    def misuse(self, *arguments, words=()):
        """Runs, expects status 2 with a line that has all the words and one that helps; returns it."""
        outcome = self.run(*arguments)
        line = " ".join(map(str, arguments))
        lines = outcome.err.splitlines()
        expect_equal(outcome.status, MISUSED, f"status of {line} ({outcome.err})")
        expect_equal(outcome.out, "", f"standard output of {line}")
        expect_equal(len(lines), 2, f"lines about {line} ({outcome.err})")
        expect(lines[0].startswith("coterie-cli: "), f"{line}: begins otherwise: {outcome.err}")
        expect("--help" in lines[1], f"{line}: no way to help in: {outcome.err}")
        for word in words:
            expect(str(word) in lines[0], f"{line}: nothing about “{word}” in: {lines[0]}")
        return lines[0]

    def info(self, recording):
        return json.loads(self.succeed("info", "--json", recording))


class Training:
    """A training that goes on, whose standard output is a file: what is in it has been flushed."""

    def __init__(self, program, recording, *options, continues=False):
        self.program = program
        subject = ["--continue"] if continues else ["--dataset", "digits", "-o"]
        self.arguments = ["train", "--json", *subject, str(recording), *options]
        self.out = tempfile.TemporaryFile("w+b")
        self.err = tempfile.TemporaryFile("w+b")
        self.process = subprocess.Popen(
            [program.path, *self.arguments], cwd=program.folder, env=ENVIRONMENT, stdout=self.out,
            stderr=self.err,
        )

    def __enter__(self):
        return self

    def __exit__(self, *exception):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        self.out.close()
        self.err.close()

    def events(self, name):
        """All the events of a name that are there by now, as objects."""
        text = os.pread(self.out.fileno(), os.fstat(self.out.fileno()).st_size, 0)
        complete = text[: text.rfind(b"\n") + 1]
        events = [json.loads(line) for line in complete.splitlines()]
        return [event for event in events if event["event"] == name]

    def frames(self):
        """The frames printed by now, as “info --json” has them."""
        frames = self.events("frame")
        for frame in frames:
            del frame["event"]
        return frames

    def await_events(self, name, count):
        deadline = time.monotonic() + PATIENCE_S
        while len(self.events(name)) < count:
            expect(self.process.poll() is None, f"ended before {count} events “{name}”")
            expect(time.monotonic() < deadline, f"no {count} events “{name}”")
            time.sleep(0.002)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def interrupt(self, number=signal.SIGINT):
        """Returns what comes after the signal."""
        self.process.send_signal(number)
        status = self.process.wait(PATIENCE_S)
        err = os.pread(self.err.fileno(), 65536, 0).decode()
        self.program.check(self.arguments, status, err)
        return Outcome(status, "", err)


class Skip(Exception):
    """A test that cannot be made here, and why."""


class Cases:
    """Every method test_… is a test; each gets an empty folder as self.folder."""

    path = ""

    def __init__(self, program_path, shared_folder):
        self.program_path = program_path
        self.shared = pathlib.Path(shared_folder)
        self.folder = self.shared
        self.program = Program(program_path, self.shared)
        self.set_up()

    def set_up(self):
        """Makes in self.shared what several tests need."""

    def run_without_rights(self, *arguments, **options):
        """Runs as somebody to whom the rights of files apply, even if the tests run as root."""
        if os.geteuid() != 0:
            return self.program.run(*arguments, **options)
        copy = self.shared / "coterie-cli"
        if not copy.exists():
            shutil.copy(self.program_path, copy)
            copy.chmod(0o755)
        return Program(copy, self.folder).run(*arguments, user=NOBODY, group=NOBODY, **options)

    def run_test(self, name):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix=name + "-", dir=self.shared))
        self.folder.chmod(0o755)
        self.program = Program(self.program_path, self.folder)
        getattr(self, name)()

    def run(self, pattern):
        names = [name for name in dir(self) if name.startswith("test_") and re.search(pattern, name)]
        n_failed = 0
        print(f"1..{len(names)}", flush=True)
        for number, name in enumerate(names, start=1):
            title = f"{number} {self.path}/{name.removeprefix('test_').replace('_', '-')}"
            try:
                self.run_test(name)
                print(f"ok {title}", flush=True)
            except Skip as reason:
                print(f"ok {title} # SKIP {reason}", flush=True)
            except Exception:
                n_failed += 1
                for line in traceback.format_exc().splitlines():
                    print("# " + ascii(line)[1:-1])
                print(f"not ok {title}", flush=True)
        return 1 if n_failed else 0


def main(cases):
    with tempfile.TemporaryDirectory(prefix="coterie-cli-") as folder:
        pathlib.Path(folder).chmod(0o755)
        sys.exit(cases(sys.argv[1], folder).run(sys.argv[2] if len(sys.argv) > 2 else ""))
