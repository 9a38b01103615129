#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives `coterie-cli metrics` files and options that cannot be used: each must end with its exit
status and a line on standard error that names the place, and print nothing else. Prints TAP.

usage: misuse-check.py COTERIE-CLI
"""

import os
import struct
import subprocess
import sys
import tempfile

FAILED, MISUSED = 1, 2

# Neurons of a layer all of whose pairs would fill a report of 80 GB.
WIDE = 10_000


def write_npy(path, kind, shape, values):
    """Writes a NumPy file of format 1.0."""
    header = f"{{'descr': '<{kind}4', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    with open(path, "wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        file.write(struct.pack(f"<{len(values)}{kind}", *values))


def write_files(folder):
    """Writes one good pair of files and the broken ones."""
    def path(name):
        return os.path.join(folder, name)

    write_npy(path("acts.npy"), "f", (2, 2), [0.0, 1.0, 2.0, 0.5])
    write_npy(path("labels.npy"), "i", (2,), [0, 1])
    write_npy(path("nan.npy"), "f", (2, 2), [0.0, 1.0, float("nan"), 0.5])
    write_npy(path("infinite.npy"), "f", (2, 2), [0.0, 1.0, 2.0, float("inf")])
    write_npy(path("negative.npy"), "f", (2, 2), [0.0, -1.0, 2.0, 0.5])
    write_npy(path("empty.npy"), "f", (0, 2), [])
    write_npy(path("wide.npy"), "f", (2, WIDE), [1.0] * 2 * WIDE)
    write_npy(path("no-labels.npy"), "i", (0,), [])
    write_npy(path("three-labels.npy"), "i", (3,), [0, 1, 1])
    write_npy(path("negative-label.npy"), "i", (2,), [0, -1])
    write_npy(path("huge-label.npy"), "i", (2,), [0, 5000])


# activations, labels, more options, exit status, what the message must name
CASES = [
    ("nan.npy", "labels.npy", [], FAILED, ["nan.npy", "row 1", "column 0"]),
    ("infinite.npy", "labels.npy", [], FAILED, ["infinite.npy", "row 1", "column 1"]),
    ("negative.npy", "labels.npy", [], FAILED, ["negative.npy", "row 0", "column 1"]),
    ("empty.npy", "no-labels.npy", [], FAILED, ["empty.npy", "0 samples"]),
    ("labels.npy", "labels.npy", [], FAILED, ["labels.npy", "dimension"]),
    ("acts.npy", "acts.npy", [], FAILED, ["acts.npy", "dimension"]),
    ("acts.npy", "three-labels.npy", [], FAILED, ["three-labels.npy", "3", "2"]),
    ("acts.npy", "negative-label.npy", [], FAILED, ["negative-label.npy", "-1"]),
    ("acts.npy", "huge-label.npy", [], FAILED, ["huge-label.npy", "5000"]),
    ("acts.npy", "labels.npy", ["--classes", "1"], FAILED, ["labels.npy", "less than 1"]),
    ("missing.npy", "labels.npy", [], FAILED, ["missing.npy"]),
    ("wide.npy", "labels.npy", ["--top", str(WIDE)], FAILED, ["GiB", "smaller top"]),
    ("acts.npy", "labels.npy", ["--classes", "0"], MISUSED, ["--classes", "0"]),
    ("acts.npy", "labels.npy", ["--bins", "5,x"], MISUSED, ["--bins", "x"]),
    ("acts.npy", "labels.npy", ["--bins", ""], MISUSED, ["--bins"]),
    ("acts.npy", "labels.npy", ["--bins", "10,5,10"], MISUSED, ["--bins", "10 twice"]),
    ("acts.npy", "labels.npy", ["--bins", "1"], MISUSED, ["bins", "1"]),
    ("acts.npy", "labels.npy", ["--top", "-3"], MISUSED, ["--top", "-3"]),
    ("acts.npy", "labels.npy", ["--resolution", "0"], MISUSED, ["resolution"]),
    ("acts.npy", "labels.npy", ["--resolution", "nan"], MISUSED, ["--resolution", "nan"]),
    ("acts.npy", "labels.npy", ["stray"], MISUSED, ["stray"]),
    ("acts.npy", "labels.npy", ["--bogus"], MISUSED, ["--bogus"]),
]


def main():
    """Runs the good case and all broken ones."""
    program = os.path.abspath(sys.argv[1])
    cases = [("acts.npy", "labels.npy", [], 0, [])] + CASES
    good = True
    print(f"1..{len(cases)}")
    with tempfile.TemporaryDirectory() as folder:
        write_files(folder)
        for number, (activations, labels, options, status, words) in enumerate(cases, 1):
            result = subprocess.run(
                [program, "metrics", "--activations", activations, "--labels", labels, *options],
                cwd=folder, capture_output=True, text=True, check=False,
                env={**os.environ, "LC_ALL": "C.UTF-8"})
            message = result.stderr.splitlines()[0] if result.stderr else ""
            right = (result.returncode == status and bool(result.stdout) == (status == 0)
                     and all(word in message for word in words))
            good &= right
            print(f"{'ok' if right else 'not ok'} {number} - {activations} {labels} "
                  f"{' '.join(options)}")
            if not right:
                print(f"# status {result.returncode}, expected {status}: {message}")
    sys.exit(0 if good else 1)


main()
