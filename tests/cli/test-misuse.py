#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Gives the program what it cannot use: it must say what is wrong, in a line, and end in order.

    test-misuse.py COTERIE_CLI
"""
import os
import random
import resource
import shutil
import signal
import sqlite3

import broken_files
from program import Cases, Skip, Training, expect, expect_equal, main

SMALL = ["--limit", "300", "--hidden", "20,12", "--top", "4", "--iterations", "3"]
SEED = 7
N_FLIPS = 60
N_CUTS = 12

# command, words after it, what the message must name
MISUSES = [
    ("", [], ["command"]),
    ("tarin", [], ["tarin"]),
    ("Train", [], ["Train"]),
    ("--colour", [], ["--colour"]),
    ("datasets", ["letters"], ["letters", "digits"]),
    ("datasets", ["digits", "mnist"], ["digits"]),
    ("datasets", ["--colour"], ["--colour"]),
    ("info", [], ["0 recordings"]),
    ("info", ["a", "b"], ["2 recordings"]),
    ("info", ["a", "--colour"], ["--colour"]),
    ("info", ["a", "--json", "--events"], ["--events", "--json"]),
    ("analyze", [], ["0 recordings"]),
    ("analyze", ["a", "b"], ["2 recordings"]),
    ("analyze", ["a", "--hidden", "5"], ["--hidden"]),
    ("analyze", ["a", "-o", ""], ["-o"]),
    ("metrics", [], ["--activations", "--labels"]),
    ("metrics", ["--activations", "a.npy"], ["--labels"]),
    ("metrics", ["--labels", "a.npy"], ["--activations"]),
    ("metrics", ["--activations"], ["--activations"]),
    ("correlate", [], ["--x", "--y"]),
    ("correlate", ["--x", "a.csv"], ["--y"]),
    ("correlate", ["--y", "a.csv"], ["--x"]),
    ("correlate", ["--x=", "--y", "a.csv"], ["--x"]),
    ("correlate", ["--x"], ["--x"]),
    ("tables", [], ["0 recordings"]),
    ("tables", ["--table", "4"], ["0 recordings"]),
    ("tables", ["a", "--table"], ["--table"]),
    ("tables", ["a", "--fragment"], ["--fragment", "latex"]),
    ("tables", ["a", "--fragment", "--format", "csv"], ["--fragment", "latex"]),
    ("picture", [], ["--output"]),
    ("picture", ["a"], ["--output"]),
    ("picture", ["-o", "a.png"], ["recording"]),
    ("picture", ["a", "b", "-o", "a.png"], ["recording"]),
    ("train", [], ["--dataset"]),
    ("train", ["--dataset", "digits"], ["-o"]),
    ("train", ["-o", "x.coterie"], ["--dataset"]),
    ("train", ["--dataset", "", "-o", "x.coterie"], ["--dataset"]),
    ("train", ["--dataset", "digits", "-o", ""], ["-o"]),
    ("train", ["--dataset", "digits", "-o"], ["-o"]),
]

NOT_WHOLE = ["", "x", "-1", "1.5", "1e3", "0x10", " 1", "1 ", "99999999999999999999"]
NOT_REAL = ["", "x", "0,5", "nan", "inf", "0x1p3", " 1", "1 ", "1e999", "1.5.2", "--1"]

# By option, values that are not numbers of its kind, or out of its range.
BAD_VALUES = {
    "train": {
        "--hidden": ["", "0", "x", "5,", ",5", "5,,5", "5;5", "65537", ",".join(17 * ["4"])],
        "--dropout": [*NOT_REAL, "-0.1", "0.96", "0.1,", "0.1,0.2,0.3,0.4", "0.1,x"],
        "--preset": ["", "mnist", "paper", "PAPER_MNIST"],
        "--optimizer": ["", "rmsprop", "ADAM "],
        "--learning-rate": [*NOT_REAL, "0", "-1", "10.5"],
        "--momentum": [*NOT_REAL, "0.9"],
        "--batch": [*NOT_WHOLE, "0", "4097"],
        "--iterations": [*NOT_WHOLE, "0", "10001"],
        "--record-every": [*NOT_WHOLE, "0", "4294967296"],
        "--label-noise": [*NOT_REAL, "-0.1", "1.01"],
        "--seed": [*NOT_WHOLE, "9223372036854775808"],
        "--top": [*NOT_WHOLE, "0", "65537"],
        "--bins": [*NOT_WHOLE, "0", "1", "10001"],
        "--resolution": [*NOT_REAL, "0", "-1", "101"],
        "--threads": [*NOT_WHOLE, "1025"],
        "--memory": [*NOT_WHOLE, "1048577"],
        "--limit": [*NOT_WHOLE, "9223372036854775808"],
        "--image-size": ["", "x", "64x", "0x64", "64x4097", "64 x 64", "-1"],
        "--test-fraction": [*NOT_REAL, "0", "-0.1", "0.91"],
        "--split-seed": [*NOT_WHOLE, "9223372036854775808"],
    },
    "picture": {
        "--iteration": [*NOT_WHOLE, "4294967296"],
        "--layer": [*NOT_WHOLE, "0"],
        "--width": ["", "x", "nan", "1e999", "-3in", "0", "15", "16385", "89furlongs", "1mm"],
        "--height": ["", "x", "nan", "1e999", "-3in", "0", "15", "16385", "89furlongs", "1mm"],
        "--dpi": [*NOT_REAL, "35", "2401"],
        "--color-by": ["", "colour"],
        "--size-by": ["", "class"],
        "--labels": ["", "all"],
        "--within-edges": [*NOT_REAL, "-0.1", "1.1"],
        "--across-edges": [*NOT_REAL, "-0.1", "1.1"],
        "--least-weight": [*NOT_REAL, "-0.1", "1.1"],
        "--output": ["", "a", "a.gif", "png", "a.png/"],
    },
    "analyze": {
        "--top": [*NOT_WHOLE, "0", "65537"],
        "--bins": [*NOT_WHOLE, "0", "1", "10001"],
        "--resolution": [*NOT_REAL, "0", "-1", "101"],
        "--communities": ["", "newman"],
        "--null-graphs": [*NOT_WHOLE, "1001"],
        "--threads": [*NOT_WHOLE, "1025"],
        "--memory": [*NOT_WHOLE, "1048577"],
        "--layer": [*NOT_WHOLE, "0", "17"],
    },
    "tables": {
        "--table": ["", "1", "7", "two", "2,3", "Baselines"],
        "--layer": [*NOT_WHOLE, "0"],
        "--format": ["", "pdf", "TEXT"],
        "--output": [""],
    },
    "metrics": {
        "--classes": [*NOT_WHOLE, "0", "1001"],
        "--top": [*NOT_WHOLE, "0", "65537"],
        "--bins": [*NOT_WHOLE, "0", "1", "5,", "5,x", "10001"],
        "--resolution": [*NOT_REAL, "0", "-1", "101"],
        "--null-graphs": [*NOT_WHOLE, "1001"],
    },
}
# Where something else than the number itself may be wrong: how many there are, another option.
N_KINDS_OF_ERROR = {"--dropout": 2, "--momentum": 2, "--preset": 4}
NEEDED = {
    "train": ["--dataset", "digits", "-o", "x.coterie"],
    "picture": ["x.coterie", "-o", "x.png"],
    "analyze": ["x.coterie"],
    "tables": ["x.coterie"],
    "metrics": ["--activations", "a.npy", "--labels", "l.npy"],
    "correlate": ["--x", "x.csv", "--y", "y.csv"],
}

# What a file of series cannot be, and what the message must name.
BROKEN_SERIES = [
    (b"", ["no numbers"]),
    (b"x\n", ["no numbers"]),
    (b"\n1\n2\n", ["line 1, column 1", "“”"]),
    (b"1\n\n2\n", ["line 2, column 1", "“”"]),
    (b"1\n\n2\n", ["line 2, column 1", "“”"]),
    (b"1\n2\nthree\n", ["line 3, column 1", "“three”"]),
    (b"1\nnan\n3\n", ["line 2, column 1", "“nan”", "finite"]),
    (b"inf\n2\n3\n", ["line 1, column 1", "“inf”", "finite"]),
    (b"1e999\n2\n3\n", ["line 1, column 1", "“1e999”"]),
    (b"0x10\n2\n3\n", ["line 1, column 1", "“0x10”"]),
    (b"1.2.3\n2\n3\n", ["line 1, column 1", "“1.2.3”"]),
    (b"1 2\n2\n3\n", ["line 1, column 1", "“1 2”"]),
    (b"0,5\n1,5\n2,5\n", ["line 1", "names of the 2 columns"]),
    (b"x\n0,5\n1,5\n", ["line 2", "2 columns", "expected 1"]),
    (b"a,b\n1,2\n3\n", ["line 3", "1 columns", "expected 2"]),
    (b"a,b\n1,2\n3,4,5\n", ["line 3", "3 columns", "expected 2"]),
    (b"a,b\n1,2\n3,\n", ["line 3, column 2", "“”"]),
    (b"a,b\n1,2\n3,x\n", ["line 3, column 2", "“x”"]),
    (b"a,2\n1,2\n", ["line 1, column 2", "“2”", "name"]),
    (b"a,\n1,2\n", ["line 1, column 2", "“”", "name"]),
    (b"a,b,a\n1,2,3\n", ["line 1, column 3", "“a”", "no other"]),
    (b"1,a\n1,2\n", ["line 1, column 2", "“a”"]),
    (b'a,"b\n1,2\n', ["line 1, column 2", "closing quotation mark"]),
    (b'"a"b\n1\n', ["line 1, column 1", "closing quotation mark"]),
    (b"1\r2\r3\r", ["line 1, column 1", "“1?2?3”"]),
    (b"1\n2\n\xff\n", ["line 3", "UTF-8"]),
    (b"1\n2\x00\n3\n", ["line 2", "UTF-8"]),
    ("x\n1\n".encode("utf-16"), ["line 1", "UTF-8"]),
    (b"1\n" + b"y" * 100000, ["line 2, column 1", "“" + "y" * 40 + "”"]),
    ("1\n".encode() + "ü".encode() * 100, ["line 2, column 1", "“" + "ü" * 40 + "”"]),
    (b"\x1f\x8b\x08", ["gzip"]),
]


def limit_file_size(n_bytes):
    """Options that let a program write files of n_bytes only, and die of more unless it minds."""
    def limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (n_bytes, n_bytes))
    return {"preexec_fn": limit}


class Misuse(Cases):
    path = "/cli/misuse"

    def set_up(self):
        self.recording = self.shared / "small.coterie"
        self.program.succeed("train", "--dataset", "digits", "-o", self.recording, *SMALL)
        self.info = self.program.info(self.recording)
        self.random = random.Random(SEED)

    def fail_to_train(self, *options, dataset="digits", output=None, words=(), **run_options):
        output = output or self.folder / "x.coterie"
        return self.program.fail(
            "train", "--dataset", dataset, "-o", output, *options, words=words, **run_options
        )

    def expect_files(self, *names):
        found = sorted(path.name for path in self.folder.iterdir())
        expect_equal(found, sorted(names), "files")

    # options

    def test_names_what_is_wrong_with_the_words(self):
        for command, words, expected in MISUSES:
            self.program.misuse(*([command] if command else []), *words, words=expected)
        self.expect_files()

    def test_names_options_that_are_not_there(self):
        for command, needed in NEEDED.items():
            self.program.misuse(command, *needed, "--colour", words=["--colour"])
            self.program.misuse(command, *needed, "-z", words=["-z"])
        for command in ("train", "metrics", "correlate"):
            self.program.misuse(command, *NEEDED[command], "more", words=["more"])
        self.expect_files()

    def check_values(self, command):
        """What is no number and what is out of range are told the same limits."""
        for option, values in BAD_VALUES[command].items():
            limits = set()
            for value in values:
                words = [option] if "," in value else [option, value.strip()]
                line = self.program.misuse(command, *NEEDED[command], f"{option}={value}",
                                           words=words)
                limits.add(line.rsplit("expected ", 1)[-1])
            n_limits = N_KINDS_OF_ERROR.get(option, 1)
            expect_equal(len(limits), n_limits, f"limits of {option}: {limits}")
        self.expect_files()

    def test_names_values_that_train_cannot_use(self):
        self.check_values("train")
        self.program.misuse(
            "train", *NEEDED["train"], "--optimizer=sgd", "--momentum=1", words=["--momentum", "1"]
        )

    def test_names_values_that_picture_cannot_use(self):
        self.check_values("picture")

    def test_names_values_that_analyze_cannot_use(self):
        self.check_values("analyze")

    def test_names_values_that_tables_cannot_use(self):
        self.check_values("tables")

    def test_names_values_that_metrics_cannot_use(self):
        self.check_values("metrics")

    # data sets

    def test_trains_on_the_data_set_that_the_others_are_made_of(self):
        folder = broken_files.write_dataset(self.folder / "good")
        recording = self.folder / "x.coterie"
        self.program.succeed("train", "--dataset", folder, "-o", recording, "--hidden", "5",
                             "--iterations", "1")
        settings = self.program.info(recording)["settings"]
        expect_equal((settings["dataset"], settings["dataset_name"]), (str(folder), "good"), "names")
        expect_equal((settings["classes"], settings["width"]), (3, 6), "shape")

    def test_names_the_file_and_place_of_a_broken_data_set(self):
        for name, replaced, words in broken_files.broken_datasets():
            folder = broken_files.write_dataset(self.folder / name, **replaced)
            self.fail_to_train(dataset=folder, words=[folder, *words])
        expect(not (self.folder / "x.coterie").exists(), "a recording was made")

    def test_names_the_files_that_it_looked_for(self):
        self.fail_to_train(dataset=self.folder, words=[
            self.folder, *broken_files.make_dataset(), ".gz", "MNIST/raw",
        ])
        self.fail_to_train(dataset=self.folder / "none", words=[self.folder / "none", "no such"])
        self.fail_to_train(dataset="minst", words=["minst", "no such", " mnist", "fashion-mnist"])
        self.fail_to_train(dataset=self.recording, words=[self.recording, "not a folder"])
        self.fail_to_train(dataset="Letters", words=[self.folder / "Letters"])

    def test_names_a_folder_that_may_not_be_read(self):
        folder = broken_files.write_dataset(self.folder / "closed")
        folder.chmod(0)
        outcome = self.run_without_rights(
            "train", "--dataset", folder, "-o", "/tmp/none.coterie"
        )
        folder.chmod(0o755)
        self.check_failure(outcome, [folder, "denied"])

    def check_failure(self, outcome, words):
        expect_equal(outcome.status, 1, f"status ({outcome.err})")
        expect_equal(outcome.err.count("\n"), 1, f"lines of {outcome.err!r}")
        for word in words:
            expect(str(word) in outcome.err, f"nothing about “{word}” in: {outcome.err}")

    # where to write

    def test_never_writes_over_a_file(self):
        output = self.folder / "x.coterie"
        output.write_text("precious")
        self.fail_to_train(words=[output, "exists already"])
        expect_equal(output.read_text(), "precious", "the file")
        self.fail_to_train(output=self.folder, words=[self.folder, "exists already"])
        link = self.folder / "link.coterie"
        link.symlink_to(self.folder / "nowhere")
        self.fail_to_train(output=link, words=[link])
        self.expect_files("link.coterie", "x.coterie")

    def test_names_a_folder_that_is_not_there(self):
        folder = self.folder / "none"
        self.fail_to_train(output=folder / "x.coterie", words=[folder / "x.coterie", folder])
        self.fail_to_train(output=self.recording / "x.coterie", words=[self.recording])

    def test_names_the_file_that_was_asked_for(self):
        """And not the one that is written first and becomes it."""
        nowhere, long_name = self.folder / "none" / "x.png", self.folder / ("x" * 300 + ".png")
        for command in (["tables", self.recording], ["picture", self.recording],
                        ["analyze", self.recording], ["layout", self.recording]):
            said = self.program.fail(*command, "-o", nowhere, words=[nowhere, "no folder"]).err
            expect("x.png." not in said, said)
        for command in ("tables", "picture"):
            said = self.program.fail(command, self.recording, "-o", long_name, words=[long_name]).err
            expect(".png." not in said and "too long" in said, said)
        self.program.fail("tables", self.recording, "-o", self.folder, "--force",
                          words=[self.folder, "is a folder"])

    def test_names_a_folder_that_may_not_be_written(self):
        self.folder.chmod(0o555)
        recording = self.folder / "x.coterie"
        picture = self.folder / "x.png"
        outcome = self.run_without_rights("train", "--dataset", "digits", "-o", recording)
        self.check_failure(outcome, [recording, self.folder])
        outcome = self.run_without_rights("picture", self.recording, "-o", picture)
        self.check_failure(outcome, [picture])
        self.expect_files()

    def run_out_of_space(self, n_bytes):
        """Returns the recording, which need not be there."""
        recording = self.folder / f"{n_bytes}.coterie"
        self.fail_to_train(*SMALL, output=recording, words=[recording, "written", "too large"],
                           **limit_file_size(n_bytes))
        return recording

    def write_what_fits(self, n_bytes):
        """Trains with so much space. Returns the recording, and what ended it."""
        recording = self.folder / f"{n_bytes}.coterie"
        outcome = self.program.run("train", "--dataset", "digits", "-o", recording, *SMALL,
                                   **limit_file_size(n_bytes))
        if outcome.status != 0:
            self.check_failure(outcome, [recording, "written", "too large"])
        return recording, outcome.err

    def check_kept(self, recording, reason):
        """Returns how many frames there are: the first ones of the whole recording."""
        info = self.program.info(recording)
        if info["finished"]:
            expect_equal(info["ending"], "failed", "ending")
            expect("too large" in info["reason"] and info["reason"] in reason,
                   f"reason: {info['reason']}")
        else:
            # not even the log fits into the file, so that the frames stay in it
            expect_equal(info["ending"], "running", "ending")
            expect(recording.with_name(recording.name + "-wal").exists(), "the log is gone")
        n_frames = len(info["frames"])
        expect(n_frames > 0, "no frames were kept")
        expect_equal(info["frames"], self.info["frames"][:n_frames], "frames")
        expect_equal(info["continues_from"], info["frames"][-1]["iteration"], "where it goes on")
        self.program.succeed("picture", recording, "-o", self.folder / "x.svg", "--force")
        return n_frames

    def test_keeps_frames_when_no_space_is_left(self):
        # the log of a run takes more than its recording, and starts with all that a frame needs
        step = self.recording.stat().st_size // 4
        n_frames, size = [], step
        recording, reason = self.write_what_fits(size)
        while reason:
            n_frames.append(self.check_kept(recording, reason) if recording.exists() else 0)
            size += step
            recording, reason = self.write_what_fits(size)
        expect_equal(self.program.info(recording)["frames"], self.info["frames"], "frames")
        expect_equal(n_frames, sorted(n_frames), "frames by space")
        expect({0, 1, 2, 3} <= set(n_frames), f"recordings of {n_frames} frames")

    def test_goes_on_when_there_is_space_again(self):
        recording, reason = self.write_what_fits(self.recording.stat().st_size)
        expect(self.check_kept(recording, reason) < len(self.info["frames"]), "all fitted")
        self.program.succeed("train", "--continue", recording)
        info = self.program.info(recording)
        expect_equal(info["frames"], self.info["frames"], "frames")
        expect_equal(info["ending"], "finished", "ending")

    def test_leaves_nothing_when_there_is_no_space_at_all(self):
        for n_bytes in (0, 1000, 20_000, 60_000):
            self.run_out_of_space(n_bytes)
            self.expect_files()

    def test_says_that_output_was_lost(self):
        if not os.path.exists("/dev/full"):
            raise Skip("there is no /dev/full")
        for arguments in (
            ["info", self.recording], ["info", "--json", self.recording], ["--help"],
            ["train", "--dataset", "digits", "-o", "a.coterie", *SMALL],
            ["train", "--dataset", "digits", "-o", "b.coterie", "--json", *SMALL],
            ["metrics", *self.write_arrays()],
        ):
            with open("/dev/full", "wb") as full:
                self.program.fail(*arguments, words=["standard output"], stdout=full)
        for name in ("a.coterie", "b.coterie"):
            found = self.program.info(self.folder / name)["frames"]
            expect_equal(found, self.info["frames"], "frames")

    # recordings

    def check_unreadable(self, recording, *words):
        """None of info, tables and picture can use it, and they leave it as it is."""
        before = recording.read_bytes() if recording.is_file() else None
        picture = self.folder / "unmade.png"
        self.program.fail("info", recording, words=[recording, *words])
        self.program.fail("info", "--json", recording, words=[recording, *words])
        self.program.fail("tables", recording, words=[recording, *words])
        self.program.fail("picture", recording, "-o", picture, words=[recording, *words])
        expect(not picture.exists(), "a picture was made")
        if before is not None:
            expect(recording.read_bytes() == before, f"{recording} was changed")

    def copy_recording(self, name):
        return shutil.copy(self.recording, self.folder / name)

    def edit(self, recording, *statements):
        connection = sqlite3.connect(recording)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()

    def test_names_what_is_not_a_recording(self):
        self.check_unreadable(self.folder / "none.coterie", "No such file")
        self.check_unreadable(self.folder, "not a file")
        self.check_unreadable(self.recording / "x", "Not a directory")
        empty = self.folder / "nothing.coterie"
        empty.touch()
        self.check_unreadable(empty, "the file is empty")
        text = self.folder / "text.coterie"
        text.write_text("To whom it may concern\n" * 100)
        self.check_unreadable(text, "not a recording")
        os.mkfifo(self.folder / "pipe.coterie")
        self.check_unreadable(self.folder / "pipe.coterie", "not a file")
        os.symlink("loop", self.folder / "loop")
        self.check_unreadable(self.folder / "loop")

    def test_names_a_recording_that_may_not_be_read(self):
        recording = self.copy_recording("closed.coterie")
        recording.chmod(0)
        outcome = self.run_without_rights("info", recording)
        self.check_failure(outcome, [recording])

    def test_tells_foreign_and_newer_databases(self):
        foreign = self.folder / "foreign.coterie"
        self.edit(foreign, "CREATE TABLE frame (iteration INTEGER PRIMARY KEY)")
        self.check_unreadable(foreign, "another program")
        newer = self.copy_recording("newer.coterie")
        self.edit(newer, "PRAGMA user_version = 2")
        self.check_unreadable(newer, "newer Coterie", "format 2", "up to 1")
        older = self.copy_recording("older.coterie")
        self.edit(older, "PRAGMA user_version = 0")
        self.check_unreadable(older, "format 0")

    def test_names_rows_that_were_tampered_with(self):
        for number, (statement, words) in enumerate((
            ("UPDATE frame SET test_accuracy = 1 WHERE iteration = 2", ["iteration 2"]),
            ("DELETE FROM frame WHERE iteration = 1", ["frames", "3", "expected 4"]),
            ("DELETE FROM layer WHERE iteration = 3 AND layer = 2", ["iteration 3, layer 2"]),
            ("UPDATE layer SET n_nodes = 4000000000 WHERE iteration = 3", ["iteration 3"]),
            ("UPDATE layer SET edge_weights = zeroblob(8) WHERE iteration = 3", ["iteration 3"]),
            ("UPDATE run SET n_classes = 1000", ["the run"]),
            ("DELETE FROM run", ["the run", "missing"]),
            ("UPDATE state SET n_frames = 4000000000", ["state"]),
            ("UPDATE hidden_layer SET n_neurons = 21", ["hidden layer 1"]),
            ("DELETE FROM class WHERE class = 4", ["class 4"]),
            ("DROP TABLE state", ["tables"]),
            ("CREATE VIEW more AS SELECT * FROM frame", ["tables"]),
            ("CREATE TRIGGER more AFTER INSERT ON frame BEGIN DELETE FROM run; END", ["tables"]),
        )):
            recording = self.copy_recording(f"{number}.coterie")
            self.edit(recording, statement)
            self.check_unreadable(recording, "damaged", *words)

    def test_survives_truncation(self):
        data = self.recording.read_bytes()
        recording = self.folder / "cut.coterie"
        lengths = [1, 15, 16, 99, 100, 512, 4095, 4096, 4097, len(data) - 4096, len(data) - 1]
        lengths += [self.random.randrange(len(data)) for _ in range(N_CUTS)]
        for length in lengths:
            recording.write_bytes(data[:length])
            self.check_unreadable(recording, "cut short" if length > 0 else "empty")

    def test_detects_every_flipped_byte_that_matters(self):
        data = self.recording.read_bytes()
        recording = self.folder / "flipped.coterie"
        n_detected = 0
        for number in range(N_FLIPS):
            # the header and the schema are small, and deserve more than chance gives them
            end = (100, 4096, len(data))[number % 3]
            place = self.random.randrange(end)
            changed = bytearray(data)
            changed[place] ^= self.random.randrange(1, 256)
            recording.write_bytes(changed)
            outcome = self.program.run("info", "--json", recording)
            if outcome.status == 0:
                expect(self.program.info(recording) == self.info, f"byte {place} told lies")
            else:
                self.program.fail("info", "--json", recording, words=[recording])
                n_detected += 1
            for log in self.folder.glob("flipped.coterie-*"):
                log.unlink()
        # most bytes are weights, which info does not read, or have no meaning
        expect(n_detected >= N_FLIPS / 10, f"only {n_detected} of {N_FLIPS} were detected")

    def test_survives_many_flipped_bytes(self):
        data = self.recording.read_bytes()
        recording = self.folder / "riddled.coterie"
        for _ in range(N_CUTS):
            changed = bytearray(data)
            for _ in range(400):
                changed[self.random.randrange(100, len(data))] = self.random.randrange(256)
            recording.write_bytes(changed)
            self.check_unreadable(recording, "damaged")

    # pictures

    def test_names_what_can_be_drawn_instead(self):
        def fail(*options, words):
            self.program.fail("picture", self.recording, "-o", "x.png", *options,
                              words=[self.recording, *words])
        fail("--iteration", "4", words=["iteration 4", "0, 1, 2, 3"])
        fail("--iteration", "2147483647", words=["2147483647", "0, 1, 2, 3"])
        fail("--layer", "3", words=["layer 3", "2 hidden layers"])
        fail("--layer", "2147483647", words=["2147483647", "2 hidden layers"])
        self.expect_files()

    def test_names_a_picture_that_cannot_be_written(self):
        (self.folder / "folder.png").mkdir()
        for suffix in ("png", "svg", "pdf"):
            path = self.folder / "none" / f"x.{suffix}"
            self.program.fail("picture", self.recording, "-o", path,
                              words=[path, "there is no folder"])
        self.program.fail("picture", self.recording, "-o", self.folder / "folder.png",
                          words=[self.folder / "folder.png"])

    def test_leaves_no_half_picture(self):
        for suffix in ("png", "svg", "pdf"):
            path = self.folder / f"x.{suffix}"
            self.program.fail("picture", self.recording, "-o", path, words=[path],
                              **limit_file_size(2000))
            expect(not path.exists(), f"half of {path.name} was left")
            path.write_text("precious")
            self.program.fail("picture", self.recording, "-o", path, words=[path, "exists"])
            self.program.fail("picture", self.recording, "-o", path, "--force", words=[path],
                              **limit_file_size(2000))
            expect_equal(path.read_text(), "precious", "the file before")
        self.expect_files("x.pdf", "x.png", "x.svg")

    # metrics

    def write_arrays(self, activations=None, labels=None):
        paths = self.folder / "activations.npy", self.folder / "labels.npy"
        paths[0].write_bytes(activations or broken_files.make_activations())
        paths[1].write_bytes(labels or broken_files.make_label_array())
        return ["--activations", paths[0], "--labels", paths[1]]

    def test_names_the_file_and_place_of_broken_arrays(self):
        self.program.succeed("metrics", *self.write_arrays())
        for name, activations, labels, culprit, words in broken_files.broken_arrays():
            options = self.write_arrays()
            (self.folder / "activations.npy").write_bytes(activations)
            (self.folder / "labels.npy").write_bytes(labels)
            try:
                outcome = self.program.fail(
                    "metrics", *options, words=[self.folder / culprit, *words]
                )
                expect_equal(outcome.out, "", "standard output")
            except AssertionError as error:
                raise AssertionError(f"{name}: {error}") from error

    def test_names_arrays_that_are_not_there(self):
        options = self.write_arrays()
        for number in (1, 3):
            missing = [*options[:number], self.folder / "none.npy", *options[number + 1 :]]
            path = self.folder / "none.npy"
            outcome = self.program.fail("metrics", *missing, words=[path, "No such file"])
            expect_equal(outcome.err.count("none.npy"), 1, f"names of the file in {outcome.err}")
            folder = [*options[:number], self.folder, *options[number + 1 :]]
            self.program.fail("metrics", *folder, words=[self.folder, "regular file"])

    def test_names_a_label_beyond_the_classes(self):
        self.program.fail("metrics", *self.write_arrays(), "--classes", "1",
                          words=["labels.npy", "index 1", "less than 1"])

    # correlations

    def fail_to_correlate(self, x, y, *words):
        paths = self.folder / "x.csv", self.folder / "y.csv"
        for path, data in zip(paths, (x, y)):
            path.write_bytes(data)
        outcome = self.program.fail("correlate", "--x", paths[0], "--y", paths[1], words=words)
        expect_equal(outcome.out, "", "standard output")
        expect(len(outcome.err) < 500, f"too much was said: {outcome.err}")

    def test_names_the_file_and_place_of_broken_series(self):
        good = b"1\n2\n3\n"
        for data, words in BROKEN_SERIES:
            try:
                self.fail_to_correlate(data, good, self.folder / "x.csv", *words)
                self.fail_to_correlate(good, data, self.folder / "y.csv", *words)
            except AssertionError as error:
                raise AssertionError(f"{data[:40]}: {error}") from error

    def test_names_series_that_do_not_fit(self):
        paths = self.folder / "x.csv", self.folder / "y.csv"
        self.fail_to_correlate(b"1\n2\n3\n", b"1\n2\n", *paths, "2 numbers", "expected 3")
        self.fail_to_correlate(b"1\n2\n", b"a,b\n1,2\n3,4\n", paths[1], "2 columns", "one")

    def test_names_series_that_are_not_there(self):
        (self.folder / "x.csv").write_text("1\n2\n")
        for words in (["--x", "x.csv", "--y", "none.csv"], ["--x", "none.csv", "--y", "x.csv"]):
            self.program.fail("correlate", *words, words=["none.csv", "No such file"])
        self.program.fail("correlate", "--x", self.folder, "--y", "x.csv",
                          words=[self.folder, "regular file"])

    def test_names_series_that_are_too_large(self):
        with open(self.folder / "x.csv", "wb") as file:
            file.truncate(65 * 1024 * 1024)
        self.program.fail("correlate", "--x", "x.csv", "--y", "x.csv", words=["x.csv", "64 MiB"])


main(Misuse)
