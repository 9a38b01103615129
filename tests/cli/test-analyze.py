#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Analyses recordings again: the same settings give what is recorded, others what a training with
them gives, and a data set that is gone or has changed is named.

    test-analyze.py COTERIE_CLI
"""
import json
import os
import pty
import signal
import subprocess

from program import ENVIRONMENT, Cases, expect, expect_equal, main

SMALL = ["--limit", "300", "--hidden", "20,16", "--top", "4", "--iterations", "3"]
SMALL += ["--no-state"]  # which no analysis has
OTHER = ["--top", "6", "--bins", "30", "--resolution", "0.8", "--communities", "leiden"]
OTHER += ["--null-graphs", "5"]


def without_layout(value):
    """What is printed, without what depends on where nodes are."""
    if isinstance(value, dict):
        return {key: without_layout(item) for key, item in value.items()}
    if isinstance(value, list):
        return [without_layout(item) for item in value
                if not (isinstance(item, dict) and "layout" in str(item.get("measure")))]
    return value


class Analyze(Cases):
    path = "/cli/analyze"

    def set_up(self):
        self.recording = self.shared / "small.coterie"
        self.program.succeed("train", "--dataset", "digits", "-o", self.recording, *SMALL)

    def analyze(self, *options):
        return json.loads(self.program.succeed("analyze", "--json", self.recording, *options))

    def test_the_same_settings_give_what_is_recorded(self):
        recorded = self.program.succeed("info", "--json", self.recording)
        for threads in ("1", "2"):
            found = self.program.succeed("analyze", "--json", self.recording, "--threads", threads)
            expect_equal(found, recorded, f"result with {threads} threads")
        text = self.program.succeed("info", self.recording)
        expect_equal(self.program.succeed("analyze", self.recording), text, "text")

    def test_a_new_recording_is_the_old_one_byte_by_byte(self):
        text = self.program.succeed("analyze", self.recording, "-o", "new.coterie")
        expect_equal(text, "Recorded 4 frames in new.coterie\n", "what was said")
        new = (self.folder / "new.coterie").read_bytes()
        expect(new == self.recording.read_bytes(), "the new recording differs")
        expect_equal(os.listdir(self.folder), ["new.coterie"], "files")

    def test_other_settings_give_what_training_with_them_does(self):
        self.program.succeed(
            "train", "--dataset", "digits", "-o", "trained.coterie", *SMALL, *OTHER
        )
        self.program.succeed("analyze", self.recording, "-o", "analyzed.coterie", *OTHER)
        trained = self.program.info("trained.coterie")
        for found in (self.program.info("analyzed.coterie"), self.analyze(*OTHER)):
            found["settings"]["started"] = trained["settings"]["started"]
            expect_equal(without_layout(found), without_layout(trained), "result")

    def test_laid_out_anew_it_is_what_training_gives(self):
        """Until then nodes are about where they were, whatever the graphs are."""
        self.program.succeed(
            "train", "--dataset", "digits", "-o", "trained.coterie", *SMALL, *OTHER
        )
        self.program.succeed("analyze", self.recording, "-o", "analyzed.coterie", *OTHER)
        self.program.succeed("layout", "analyzed.coterie")
        trained = self.program.info("trained.coterie")
        found = self.program.info("analyzed.coterie")
        found["settings"]["started"] = trained["settings"]["started"]
        expect_equal(found, trained, "result")

    def test_every_option_reaches_the_settings(self):
        settings = self.analyze(*OTHER)["settings"]
        expected = {
            "top": 6, "bins": 30, "resolution": 0.8, "community_method": "leiden", "null_graphs": 5
        }
        expect_equal({name: settings[name] for name in expected}, expected, "settings")
        recorded = self.program.info(self.recording)["settings"]
        expect_equal({**settings, **{name: recorded[name] for name in expected}}, recorded, "others")

    def test_the_recording_stays_as_it_is(self):
        before = self.recording.read_bytes()
        self.analyze("--top", "3")
        self.program.succeed("analyze", self.recording, "--top", "3", "-o", "new.coterie")
        expect(self.recording.read_bytes() == before, "the recording has changed")

    def test_records_all_layers_and_says_so(self):
        text = self.program.succeed("analyze", self.recording, "--layer", "2", "-o", "new.coterie")
        expect("new.coterie, with all 2 hidden layers" in text, text)
        expect_equal((self.folder / "new.coterie").read_bytes(), self.recording.read_bytes(), "file")

    def test_replaces_a_file_when_told_to(self):
        (self.folder / "there.coterie").write_text("old")
        command = ["analyze", self.recording, "-o", "there.coterie"]
        self.program.fail(*command, words=["there.coterie", "exists", "--force"])
        self.program.succeed(*command, "--force")
        expect((self.folder / "there.coterie").read_bytes() == self.recording.read_bytes(), "file")
        command = ["analyze", self.recording, "-o", self.recording, "--force"]
        self.program.fail(*command, words=[self.recording, "another name"])

    def test_one_layer_alone(self):
        everything, found = self.analyze(), self.analyze("--layer", "2")
        for frame in everything["frames"]:
            del frame["layers"][0]
        correlations = everything["correlations"]
        del correlations["layers"][0]
        correlations["measures"] = [
            measure for measure in correlations["measures"] if measure.get("layer") != 1
        ]
        expect_equal(found, everything, "layer 2")
        text = self.program.succeed("analyze", self.recording, "--layer", "2")
        expect("Layer 2" in text and "Layer 1" not in text, text)

    def test_both_at_once(self):
        found = self.analyze("--top", "5", "-o", "new.coterie")
        expect_equal(found, self.program.info("new.coterie"), "what was printed")

    def test_refuses_what_it_cannot_write_before_it_works(self):
        (self.folder / "there").write_text("mine")
        for output in ("there", self.recording):
            words = [output, "exists"]
            self.program.fail("analyze", self.recording, "-o", output, words=words)
        self.program.fail("analyze", self.recording, "-o", "no/where", words=["no folder"])
        expect_equal((self.folder / "there").read_text(), "mine", "content")
        expect_equal(os.listdir(self.folder), ["there"], "files")

    def test_refuses_a_layer_that_is_not_there(self):
        words = ["layer 3", "2 hidden layers"]
        self.program.fail("analyze", self.recording, "--layer", "3", words=words)

    def train_on_table(self):
        """Returns the file of a data set; a recording of it is beside it."""
        table = self.folder / "flowers.csv"
        lines = ["length;kind;width"]
        lines += [f"{i}.5;{'rose' if i % 3 else 'tulip'};{-i * i}" for i in range(40)]
        table.write_text("\n".join(lines) + "\n")
        self.program.succeed(
            "train", "--dataset", table.name, "-o", "run.coterie", "--hidden", "8", "--top", "2",
            "--iterations", "2", "--label-column", "kind", "--test-fraction", "0.4",
            "--split-seed", "7", "--no-state",
        )
        return table

    def test_finds_the_data_set_from_anywhere(self):
        self.train_on_table()
        inner = self.folder / "inner"
        inner.mkdir()
        recorded = self.program.succeed("info", "--json", "run.coterie")
        self.program.folder = inner
        found = self.program.succeed("analyze", "--json", "../run.coterie")
        expect_equal(found, recorded, "result")

    def test_finds_a_data_set_that_has_moved(self):
        table = self.train_on_table()
        recorded = self.program.succeed("info", "--json", "run.coterie")
        moved = table.rename(self.folder / "moved.csv")
        found = self.program.succeed("analyze", "--json", "run.coterie", "--dataset", "moved.csv")
        expect_equal(found, recorded, "result")
        words = ["run.coterie", "none.csv", "no data set"]
        self.program.fail("analyze", "run.coterie", "--dataset", "none.csv", words=words)
        expected = json.loads(recorded)["settings"]["dataset_hash"][:12]
        moved.write_text(moved.read_text().replace("3.5;", "3.6;"))
        words = ["run.coterie", "moved.csv", "has the hash", f"expected {expected}"]
        self.program.fail("analyze", "run.coterie", "--dataset", "moved.csv", words=words)

    def test_says_that_the_data_set_is_gone(self):
        table = self.train_on_table()
        table.unlink()
        words = ["run.coterie", table, "gone"]
        self.program.fail("analyze", "run.coterie", words=words)
        self.program.fail("analyze", "run.coterie", "-o", "new.coterie", words=words)
        expect(not (self.folder / "new.coterie").exists(), "a recording was left")

    def test_says_that_the_data_set_has_changed(self):
        table = self.train_on_table()
        recorded = self.program.info("run.coterie")["settings"]["dataset_hash"][:12]
        table.write_text(table.read_text().replace("3.5;", "3.6;"))
        words = ["run.coterie", table, "changed", recorded]
        self.program.fail("analyze", "run.coterie", words=words)
        table.write_text("kind\nrose\n")
        words = ["run.coterie", table, "changed"]
        self.program.fail("analyze", "run.coterie", words=words)

    def read_terminal(self, terminal, until=None):
        """What is said up to some words, or to the end."""
        said = ""
        while until is None or until not in said:
            try:
                said += os.read(terminal, 4096).decode()
            except OSError:  # nobody has it open any more
                break
        return said

    def check_signal_leaves_nothing(self, number):
        terminal, its_end = pty.openpty()
        command = ["analyze", str(self.recording), "-o", "new.coterie"]
        with subprocess.Popen(
            [self.program.path, *command], cwd=self.folder, stderr=its_end, env=ENVIRONMENT
        ) as process:
            os.close(its_end)
            self.read_terminal(terminal, until="Opening the data set")
            process.send_signal(number)
            said = self.read_terminal(terminal)
        os.close(terminal)
        expect("stopped" in said, said)
        expect_equal(process.returncode, 1, "status")
        expect_equal(os.listdir(self.folder), [], "files")

    def test_an_interrupt_leaves_nothing(self):
        self.check_signal_leaves_nothing(signal.SIGINT)

    def test_termination_leaves_nothing(self):
        self.check_signal_leaves_nothing(signal.SIGTERM)


main(Analyze)
