#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trains on data sets of every kind that is read from files: how the options reach them, and what
is said of what cannot be read."""
import json
import re
import struct
import zlib

from program import Cases, expect, expect_equal, main

SMALL = ["--hidden", "8,6", "--top", "2", "--iterations", "1", "--null-graphs", "0"]


def make_png(width, height, rgb):
    """An image of one colour."""
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    rows = (b"\0" + bytes(rgb) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


class Formats(Cases):
    path = "/cli/formats"

    def write_images(self, n_images=10):
        folder = self.folder / "images"
        for c, name in enumerate(("dark", "bright", "red")):
            (folder / name).mkdir(parents=True)
            for i in range(n_images):
                rgb = (100 * c + i, i, i) if c == 2 else (100 * c + i,) * 3
                (folder / name / f"{i}.png").write_bytes(make_png(7, 5, rgb))
        return folder

    def write_table(self):
        path = self.folder / "flowers.csv"
        lines = ["kind;length;width"]
        lines += [f"{'rose' if i % 3 else 'tulip'};{i}.5;{-i * i}" for i in range(30)]
        path.write_text("\n".join(lines) + "\n")
        return path

    def train(self, dataset, *options):
        """Returns the settings, and what was said on standard error."""
        recording = self.folder / "run.coterie"
        recording.unlink(missing_ok=True)
        outcome = self.program.run(
            "train", "--json", "--dataset", dataset, "-o", recording, *SMALL, *options
        )
        expect_equal(outcome.status, 0, f"status ({outcome.err})")
        settings = json.loads(outcome.out.splitlines()[0])["settings"]
        expect_equal(self.program.info(recording)["settings"], settings, "recorded settings")
        return settings, outcome.err

    def expect_settings(self, settings, **expected):
        for name, value in expected.items():
            expect_equal(settings[name], value, name)

    def test_options_reach_a_folder_of_images(self):
        folder = self.write_images()
        plain, err = self.train(folder)
        expect_equal(err, "", "standard error")
        self.expect_settings(
            plain, width=64, height=64, training_samples=24, test_samples=6, dataset=str(folder),
            dataset_name="images",
        )
        small, _ = self.train(folder, "--image-size", "9x4", "--test-fraction", "0.5")
        self.expect_settings(small, width=9, height=4, training_samples=15, test_samples=15)
        hashes = {plain["dataset_hash"], small["dataset_hash"]}
        for options in (["--color"], ["--split-seed", "2"]):
            settings, _ = self.train(folder, "--image-size", "9x4", *options)
            hashes.add(settings["dataset_hash"])
        expect_equal(len(hashes), 4, "different data sets")

    def test_same_options_give_the_same_data(self):
        folder = self.write_images()
        first, _ = self.train(folder, "--threads", "1")
        second, _ = self.train(folder, "--threads", "3", "--seed", "2")
        expect_equal(first["dataset_hash"], second["dataset_hash"], "hash")

    def test_options_reach_a_table(self):
        path = self.write_table()
        settings, err = self.train(path, "--label-column", "kind", "--test-fraction", "0.3")
        expect_equal(err, "", "standard error")
        self.expect_settings(
            settings, width=2, height=1, classes=2, training_samples=21, test_samples=9,
            dataset_name="flowers",
        )
        by_number, _ = self.train(path, "--label-column", "1", "--test-fraction", "0.3")
        found, _ = self.train(path, "--test-fraction", "0.3")
        expect_equal(found["dataset_hash"], settings["dataset_hash"], "hash")
        expect_equal(by_number["dataset_hash"], settings["dataset_hash"], "hash")

    def test_fractions_may_be_per_cent(self):
        path = self.write_table()
        settings, _ = self.train(path, "--test-fraction", "30%", "--label-noise", "12.5%")
        self.expect_settings(settings, training_samples=21, test_samples=9, label_noise=0.125)

    def test_files_that_are_left_out_are_counted(self):
        folder = self.write_images()
        (folder / "dark" / "notes.txt").write_text("no image")
        _, err = self.train(folder)
        expect_equal(err.count("\n"), 2, f"lines ({err})")
        expect("1 file was left out" in err and "notes.txt" in err, err)
        (folder / "bright" / "empty.png").write_bytes(b"")
        _, err = self.train(folder)
        expect_equal(err.count("\n"), 3, f"lines ({err})")
        expect("2 files were left out" in err and "empty.png" in err and "notes.txt" in err, err)
        for number in range(11):
            (folder / "bright" / f"empty {number}.png").write_bytes(b"")
        _, err = self.train(folder)
        expect_equal(err.count("\n"), 12, f"lines ({err})")
        expect(err.endswith("  and 3 more; --list-left-out names them all\n"), err)
        _, err = self.train(folder, "--list-left-out")
        expect_equal(err.count("\n"), 14, f"lines ({err})")
        for number in range(11):
            expect(f"empty {number}.png: " in err, err)

    def test_json_names_all_files_that_are_left_out(self):
        folder = self.write_images()
        for number in range(12):
            (folder / "bright" / f"empty {number}.png").write_bytes(b"")
        outcome = self.program.run(
            "train", "--json", "--dataset", folder, "-o", "left-out.coterie", *SMALL)
        left_out = json.loads(outcome.out.splitlines()[0])["left_out"]
        expect_equal([entry["file"] for entry in left_out],
                     [str(folder / "bright" / f"empty {number}.png") for number in range(12)], "files")
        expect(all(entry["reason"] for entry in left_out), left_out)

    def test_says_before_it_begins_what_is_learnt(self):
        table = self.write_table()
        said = self.program.succeed(
            "train", "--dataset", table, "--label-column", "kind", "-o", "table.coterie", "--hidden",
            "24,60", "--iterations", "1")
        expect_equal(said.splitlines()[0], "Class: column 1 (“kind”), 2 classes: rose, tulip", "class")
        expect("Layer 1 has 24 neurons: with --top 50" in said.splitlines()[1], said)
        expect("Layer 2" not in said, said)

    def test_says_which_classes_are_not_tested(self):
        table = self.folder / "rare.csv"
        table.write_text("a,kind\n" + "".join(f"{i},{'xy'[i % 2]}\n" for i in range(20)) + "9,rare\n")
        said = self.program.succeed("train", "--dataset", table, "-o", "rare.coterie", *SMALL)
        expect_equal(said.splitlines()[1],
                     "1 class has no test samples, and no say in the accuracy: rare", "note")
        event = json.loads(self.program.succeed("train", "--estimate", "--json", "--dataset", table))
        expect_equal(event["untested_classes"], ["rare"], "classes in JSON")

    def test_info_says_how_the_data_was_read(self):
        self.train(self.write_table(), "--label-column", "kind", "--split-seed", "5")
        table = self.program.succeed("info", "run.coterie")
        expect(re.search(r"^Samples +24 training, 6 test, 2 columns, 2 classes$", table, re.M), table)
        expect(re.search(
            r"^Read with +test-fraction=0.2 split-seed=5 label-column=kind$", table, re.M), table)
        self.train(self.write_images(), "--image-size", "9x1")
        expect("9 columns" not in self.program.succeed("info", "run.coterie"), "images have pixels")
        self.train("digits")
        digits = self.program.succeed("info", "run.coterie")
        expect(" pixels, 10 classes" in digits, digits)
        expect("Read with" not in digits, digits)

    def test_says_what_is_wrong(self):
        table = self.write_table()
        nested, words = self.folder / "nested", self.folder / "words.txt"
        (nested / "images").mkdir(parents=True)
        (nested / "more" / "a").mkdir(parents=True)
        words.write_text("no numbers here\n")
        cases = [
            (nested, [], ["nested: ", "1 class folder, more,"]),
            (table, ["--label-column", "price"], ["flowers.csv", "“price”"]),
            (table, ["--label-column", "length"], [
                "flowers.csv", "line 2, column 1 (“kind”)", "“tulip”", "column 2 (“length”) is taken",
                "--label-column"]),
            (words, [], ["words.txt", "1 column"]),
            ("digits", ["--image-size", "16"], ["image-size", "folders of images"]),
            ("digits", ["--label-column", "kind"], ["label-column", "CSV files"]),
            ("digits", ["--test-fraction", "0.5"], ["test-fraction", "without samples"]),
            ("digits", ["--split-seed", "2"], ["split-seed", "without samples"]),
            (table, ["--label-column", "kind", "--color"], ["flowers.csv", "color", "pictures"]),
            (self.folder / "nothing.csv", [], ["nothing.csv", "no such"]),
        ]
        for dataset, options, expected in cases:
            self.program.fail(
                "train", "--dataset", dataset, "-o", self.folder / "x.coterie", *options,
                words=expected,
            )
            expect(not (self.folder / "x.coterie").exists(), "a recording was left behind")


main(Formats)
