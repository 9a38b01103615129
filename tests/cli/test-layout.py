#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Lays recordings out anew: the recorded settings give the recorded places, on any number of threads;
others others, in place or in a copy.

    test-layout.py COTERIE_CLI
"""
import hashlib
import json
import re
import sqlite3
import struct

from program import Cases, expect, expect_equal, main

SMALL = ["--limit", "300", "--hidden", "20,16", "--top", "4", "--iterations", "3"]


def read(path, query):
    with sqlite3.connect(path) as database:
        return database.execute(query).fetchall()


def read_positions(path):
    return read(path, "SELECT iteration, layer, node_positions FROM positions ORDER BY 1, 2")


def get_digest(table, *columns):
    """What recording-row.c puts behind a row."""
    letters = {str: "s", int: "i", float: "r"}
    fields = [("t", table), *((letters[type(column)], column) for column in columns)]
    digest = hashlib.sha256()
    for letter, content in fields:
        if letter == "i":
            content = struct.pack("<q", content)
        elif letter == "r":
            content = struct.pack("<d", content)
        else:
            content = content.encode()
        digest.update(letter.encode() + struct.pack("<Q", len(content)) + content)
    return digest.digest()


def pin(path, *pins):
    """Puts neurons where they are to stay, as the window does when somebody drags them there."""
    with sqlite3.connect(path) as database:
        *columns, _ = database.execute("SELECT * FROM layout").fetchone()
        columns[-1] = len(pins)
        database.execute("UPDATE layout SET n_pins = ?, digest = ?",
                         (len(pins), get_digest("layout", *columns)))
        for row in pins:
            database.execute("INSERT INTO pin VALUES (?, ?, ?, ?, ?)",
                             (*row, get_digest("pin", *row)))


class Layout(Cases):
    path = "/cli/layout"

    def set_up(self):
        self.recording = self.shared / "small.coterie"
        self.program.succeed("train", "--dataset", "digits", "-o", self.recording, *SMALL)

    def lay_out(self, *options):
        return json.loads(self.program.succeed("layout", "--json", self.recording, *options))

    def test_the_recorded_settings_give_the_recorded_bytes(self):
        before = read_positions(self.recording)
        for threads in ("1", "2"):
            self.lay_out("-o", f"{threads}.coterie", "--threads", threads)
            expect(read_positions(self.folder / f"{threads}.coterie") == before, "places differ")

    def test_training_with_settings_gives_what_they_give_later(self):
        options = ["--scaling", "5", "--lin-log", "yes"]
        self.program.succeed(
            "train", "--dataset", "digits", "-o", "trained.coterie", *SMALL, *options,
            "--layout-mode", "free"
        )
        self.lay_out("-o", "later.coterie", *options, "--mode", "free")
        trained = self.folder / "trained.coterie"
        later = self.folder / "later.coterie"
        expect(read_positions(trained) == read_positions(later), "places differ")
        expect_equal(read(later, "SELECT * FROM layout"), read(trained, "SELECT * FROM layout"),
                     "settings")
        expect(read_positions(later) != read_positions(self.recording), "nothing has changed")

    def expect_settings(self, name):
        found = read(self.folder / name, "SELECT * FROM layout")[0][1:-1]
        expect_equal(found, ("fixed", 3.0, 0.5, 0, 1, 1, 0.5, 1, 2.0, "9", 0), "settings")

    def test_every_option_reaches_the_recording(self):
        options = ["--scaling", "3", "--gravity", "0.5", "--strong-gravity", "no", "--lin-log",
                   "yes", "--dissuade-hubs", "yes", "--weight-influence", "0.5",
                   "--prevent-overlap", "yes", "--force-error", "2"]
        self.lay_out("-o", "all.coterie", "--mode", "fixed", "--seed", "9", *options)
        self.expect_settings("all.coterie")
        self.program.succeed("train", "--dataset", "digits", "-o", "trained.coterie", *SMALL,
                             "--layout-mode", "fixed", "--layout-seed", "9", *options)
        self.expect_settings("trained.coterie")

    def test_fixed_neurons_do_not_move(self):
        layers = self.lay_out("-o", "fixed.coterie", "--mode", "fixed")["layers"]
        expect_equal([layer["mean_move"] for layer in layers], [0.0, 0.0], "moves")
        expect_equal([layer["layer"] for layer in layers], [1, 2], "layers")

    def test_lays_out_in_place(self):
        self.program.succeed("layout", self.recording, "-o", "own.coterie")
        own = self.folder / "own.coterie"
        before = read_positions(own)
        text = self.program.succeed("layout", own, "--seed", "8")
        expect(read_positions(own) != before, "nothing has changed")
        expect("Layer 2: nodes move by" in text, text)
        self.program.succeed("layout", own, "--seed", "1")
        expect(read_positions(own) == before, "the first places do not come back")

    def test_pinned_neurons_are_told(self):
        self.program.succeed("layout", self.recording, "-o", "pinned.coterie")
        pin(self.folder / "pinned.coterie", (1, 3, 0.5, -2.25), (2, 0, 4.0, 1.0), (2, 7, -1.5, 0.0))
        text = self.program.succeed("info", "pinned.coterie")
        expect(re.search(r"^Pinned neurons +1 in layer 1, 2 in layer 2$", text, re.M), text)
        expect_equal(
            self.program.info("pinned.coterie")["pins"],
            [{"layer": 1, "neuron": 3, "x": 0.5, "y": -2.25},
             {"layer": 2, "neuron": 0, "x": 4.0, "y": 1.0},
             {"layer": 2, "neuron": 7, "x": -1.5, "y": 0.0}],
            "pins",
        )
        self.program.succeed("picture", "pinned.coterie", "--layer", "1", "-o", "one.svg")
        one = (self.folder / "one.svg").read_text(encoding="utf-8")
        expect(", pinned L1:3 at (0.5, -2.25); recorded by" in one, "nothing of the pin")
        self.program.succeed("picture", "pinned.coterie", "--layer", "all", "-o", "all.svg")
        both = (self.folder / "all.svg").read_text(encoding="utf-8")
        expect("L2:0 at (4, 1), L2:7 at (-1.5, 0); recorded by" in both, "nothing of layer 2")

    def test_without_pins_nothing_is_told(self):
        expect_equal(self.program.info(self.recording)["pins"], [], "pins")
        expect("Pinned" not in self.program.succeed("info", self.recording), "pins")

    def test_refuses_what_it_cannot_use(self):
        for options, words in [
            (["--gravity", "-1"], ["--gravity", "-1", "0"]),
            (["--weight-influence", "11"], ["--weight-influence", "10"]),
            (["--mode", "lively"], ["--mode", "lively", "anchored"]),
            (["--lin-log", "maybe"], ["--lin-log", "maybe", "yes"]),
            (["--top", "5"], ["--top"]),
        ]:
            self.program.misuse("layout", self.recording, *options, words=words)
        self.program.misuse("layout", words=["0 recordings"])
        self.program.fail("layout", "missing.coterie", words=["missing.coterie"])
        self.program.fail("layout", self.recording, "-o", self.recording, words=["exists"])


main(Layout)
