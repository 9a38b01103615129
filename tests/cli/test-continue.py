#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Trainings that go on: what they record is what they would have recorded without an end in between.

    test-continue.py COTERIE_CLI
"""
import random
import shutil
import sqlite3
import time

from program import Cases, Training, expect, expect_equal, main

SETTINGS = ["--limit", "300", "--hidden", "24,16", "--top", "6"]
DIGITS = ["--dataset", "digits", *SETTINGS]

TABLES = [
    "run", "class", "hidden_layer", "layout", "pin", "state", "frame", "layer", "positions",
    "parameters", "trainer", "trainer_values",
]

# Of the run, which has begun at another time.
OTHERWISE = {"started", "digest"}

# About as long as a frame takes, so that every part of its making gets hit.
MAX_DELAY_S = 0.05


def read_table(recording, table):
    """All rows, each a dictionary, without what may differ."""
    with sqlite3.connect(recording) as database:
        cursor = database.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3")
        names = [column[0] for column in cursor.description]
        ignored = OTHERWISE if table == "run" else set()
        return [
            {name: value for name, value in zip(names, row) if name not in ignored}
            for row in cursor
        ]


def expect_same(found, expected):
    """Compares the content of two recordings to the last bit."""
    for table in TABLES:
        found_rows, expected_rows = read_table(found, table), read_table(expected, table)
        expect_equal(len(found_rows), len(expected_rows), f"rows of {table}")
        for number, (row, other) in enumerate(zip(found_rows, expected_rows)):
            different = [name for name in row if row[name] != other[name]]
            expect_equal(different, [], f"differences in row {number} of {table}")


class Continuations(Cases):
    path = "/cli/continue"

    def set_up(self):
        self.finished = self.shared / "finished.coterie"
        self.whole = self.shared / "whole.coterie"
        self.program.succeed("train", *DIGITS, "--iterations", "3", "-o", self.finished)
        self.program.succeed("train", *DIGITS, "--iterations", "6", "-o", self.whole)

    def copy_finished(self):
        recording = self.folder / "run.coterie"
        shutil.copy(self.finished, recording)
        return recording

    def go_on(self, recording, n_iterations, *options):
        return self.program.succeed(
            "train", "--continue", recording, "--iterations", str(n_iterations), *options
        )

    def expect_like_whole(self, recording, *options):
        """The recording was continued up to its last iteration."""
        n_iterations = self.program.info(recording)["settings"]["iterations"]
        whole = self.folder / "expected.coterie"
        whole.unlink(missing_ok=True)
        self.program.succeed(
            "train", *DIGITS, "--iterations", str(n_iterations), *options, "-o", whole
        )
        expect_same(recording, whole)

    def expect_continuable(self, first, second, *options):
        recording = self.folder / "run.coterie"
        self.program.succeed(
            "train", *DIGITS, "--iterations", str(first), "--threads", "1", *options, "-o",
            recording,
        )
        self.go_on(recording, second, "--threads", "3")
        self.expect_like_whole(recording, *options)

    def test_adam(self):
        recording = self.copy_finished()
        self.go_on(recording, 6)
        expect_same(recording, self.whole)

    def test_sgd(self):
        self.expect_continuable(2, 4, "--optimizer", "sgd", "--learning-rate", "0.05")

    def test_momentum_dropout_and_noise(self):
        self.expect_continuable(
            2, 5, "--optimizer", "sgd", "--momentum", "0.9", "--dropout", "0.5,0.2",
            "--label-noise", "0.3",
        )

    def test_last_frame_out_of_turn_gives_way(self):
        self.expect_continuable(5, 10, "--record-every", "3")
        iterations = [
            frame["iteration"] for frame in self.program.info(self.folder / "run.coterie")["frames"]
        ]
        expect_equal(iterations, [0, 3, 6, 9, 10], "iterations")

    def test_more_than_once(self):
        recording = self.copy_finished()
        for n_iterations in (4, 5, 6):
            self.go_on(recording, n_iterations)
        expect_same(recording, self.whole)

    def test_weights_that_are_not_kept_with_every_frame(self):
        # more than 16 MiB: the state is that of the last frame with weights, or of the last iteration
        options = ["--hidden", "5500", "--limit", "40", "--null-graphs", "0"]
        recording = self.folder / "run.coterie"
        with Training(self.program, recording, *SETTINGS, *options, "--iterations", "99") as training:
            training.await_events("frame", 2)
            training.interrupt()
        info = self.program.info(recording)
        expect_equal(info["continues_from"], 0, "where it goes on")
        n_iterations = info["frames"][-1]["iteration"] + 1
        self.go_on(recording, n_iterations)
        expect_equal(self.program.info(recording)["continues_from"], n_iterations, "where it goes on")
        self.go_on(recording, n_iterations + 1)
        self.expect_like_whole(recording, *options)

    def test_interrupted_within_an_iteration(self):
        recording = self.folder / "run.coterie"
        with Training(self.program, recording, *SETTINGS, "--iterations", "1000") as training:
            training.await_events("frame", 4)
            training.interrupt()
        info = self.program.info(recording)
        last = info["frames"][-1]["iteration"]
        expect_equal(info["continues_from"], last, "where it goes on")
        self.go_on(recording, last + 2)
        self.expect_like_whole(recording)

    def test_killed_again_and_again(self):
        choice = random.Random(21)
        recording = self.folder / "run.coterie"
        last = 0
        for number in range(6):
            with Training(
                self.program, recording, *(SETTINGS if number == 0 else []), "--iterations", "1000",
                continues=number > 0,
            ) as training:
                training.await_events("frame", choice.randint(1, 4))
                time.sleep(choice.uniform(0.0, MAX_DELAY_S))
                training.kill()
            info = self.program.info(recording)
            expect_equal(info["ending"], "running", "ending")
            iterations = [frame["iteration"] for frame in info["frames"]]
            expect_equal(iterations, list(range(len(iterations))), "iterations")
            expect(len(iterations) > last, "frames are gone")
            expect_equal(info["continues_from"], iterations[-1], "where it goes on")
            last = len(iterations)
        self.go_on(recording, last + 1)
        self.expect_like_whole(recording)

    def test_copy_goes_on_and_original_stays(self):
        original = self.copy_finished()
        before = original.read_bytes()
        copy = self.folder / "copy.coterie"
        self.go_on(original, 6, "-o", copy)
        expect_same(copy, self.whole)
        expect_equal(original.read_bytes(), before, "original")
        self.program.fail(
            "train", "--continue", original, "--iterations", "6", "-o", copy, words=[copy, "exists"]
        )

    def test_stopped_one_gets_as_many_as_were_wanted(self):
        recording = self.folder / "run.coterie"
        with Training(self.program, recording, *SETTINGS, "--iterations", "40") as training:
            training.await_events("frame", 2)
            training.interrupt()
        self.program.succeed("train", "--continue", recording)
        info = self.program.info(recording)
        expect_equal(info["frames"][-1]["iteration"], 40, "last iteration")
        expect_equal(info["ending"], "finished", "ending")

    def test_too_few_iterations_are_refused(self):
        recording = self.copy_finished()
        before = recording.read_bytes()
        for options, words in (
            (["--iterations", "3"], "has 3 iterations already, and 3 in all"),
            (["--iterations", "2"], "and 2 in all were asked for; to go on, ask for more than 3"),
            ([], "add --iterations with a number greater than 3"),
        ):
            self.program.fail("train", "--continue", recording, *options, words=[recording, words])
        expect_equal(recording.read_bytes(), before, "recording")

    def test_what_the_recording_says_is_refused(self):
        recording = self.copy_finished()
        given = [
            ["--hidden", "10"], ["--dropout", "0"], ["--optimizer", "sgd"], ["--batch", "8"],
            ["--learning-rate", "0.1"], ["--record-every", "2"], ["--seed", "3"], ["--top", "4"],
            ["--resolution", "1"], ["--null-graphs", "0"], ["--test-fraction", "0.3"],
            ["--limit", "10"], ["--preset", "paper-mnist"], ["--color"],
        ]
        for options in given:
            self.program.misuse("train", "--continue", recording, *options, words=[options[0]])

    def test_without_state_it_cannot_go_on(self):
        recording = self.folder / "run.coterie"
        self.program.succeed(
            "train", *DIGITS, "--iterations", "1", "--no-state", "-o", recording
        )
        expect_equal(self.program.info(recording)["continues_from"], None, "where it goes on")
        expect("no, what" in self.program.succeed("info", recording), "nothing about it")
        self.program.fail(
            "train", "--continue", recording, "--iterations", "2", words=[recording, "--no-state"]
        )

    def test_state_can_be_left_out_in_the_end(self):
        recording = self.copy_finished()
        self.go_on(recording, 4, "--no-state")
        expect_equal(read_table(recording, "trainer_values"), [], "what is left")
        expect_equal(self.program.info(recording)["continues_from"], None, "where it goes on")

    def test_another_analysis_cannot_go_on(self):
        analysis = self.folder / "analysis.coterie"
        self.program.succeed("analyze", self.finished, "--top", "4", "-o", analysis)
        self.program.fail(
            "train", "--continue", analysis, "--iterations", "5", words=[analysis, "analysis"]
        )

    def test_recording_of_an_earlier_version_cannot_go_on(self):
        recording = self.copy_finished()
        with sqlite3.connect(recording) as database:
            database.executescript("DROP TABLE trainer; DROP TABLE trainer_values")
        expect_equal(self.program.info(recording)["continues_from"], None, "where it goes on")
        self.program.fail(
            "train", "--continue", recording, "--iterations", "5", words=[recording, "earlier"]
        )

    def test_one_whose_numbers_are_not_finite_is_refused(self):
        recording = self.folder / "diverged.coterie"
        self.program.run(
            "train", "--dataset", "digits", "--limit", "300", "--top", "4", "--hidden",
            ",".join(10 * ["64"]), "--dropout", "0", "--optimizer", "sgd", "--learning-rate", "10",
            "--momentum", "0.999", "--batch", "4", "--iterations", "3", "-o", recording,
        )
        before = recording.read_bytes()
        frames = self.program.info(recording)["frames"]
        expect(frames[-1]["diverged"], "it has not diverged")
        first = next(frame["iteration"] for frame in frames if frame["training_loss"] is None)
        self.program.fail(
            "train", "--continue", recording, "--iterations", "5",
            words=[recording, f"from iteration {first} on its numbers are not finite"],
        )
        expect_equal(recording.read_bytes(), before, "recording")
        expect_equal(self.program.info(recording)["continues_from"], None, "where it goes on")
        expect("no, its numbers" in self.program.succeed("info", recording), "nothing about it")

    def test_one_whose_loss_has_exploded_goes_on_with_a_warning(self):
        recording = self.folder / "exploded.coterie"
        self.program.run(
            "train", "--dataset", "digits", "--limit", "400", "--hidden", "32,16", "--optimizer",
            "sgd", "--learning-rate", "10", "--momentum", "0.999", "--batch", "4", "--iterations",
            "2", "--top", "10", "-o", recording,
        )
        outcome = self.program.run("train", "--continue", recording, "--iterations", "3")
        expect_equal(outcome.status, 0, outcome.err)
        lines = outcome.err.splitlines()
        expect("in iteration 1 its loss is more than ten times" in lines[0], outcome.err)
        expect("going on keeps the learning rate" in lines[1], outcome.err)
        outcome = self.program.run("train", "--continue", self.copy_finished(), "--iterations", "4")
        expect_equal(outcome.err, "", "what is said of a healthy training")

    def test_damaged_state_is_found(self):
        changes = {
            "UPDATE trainer SET iteration = 2": "checksum",
            "DELETE FROM trainer_values WHERE memory = 2": "missing",
            "UPDATE trainer_values SET numbers = substr(numbers, 1, 400)": "checksum",
            "DELETE FROM parameters WHERE iteration = 3": "missing",
        }
        for sql, word in changes.items():
            recording = self.copy_finished()
            with sqlite3.connect(recording) as database:
                database.execute(sql)
            self.program.fail(
                "train", "--continue", recording, "--iterations", "5",
                words=[recording, "damaged", word],
            )

    def test_one_that_is_being_written_is_left_alone(self):
        recording = self.folder / "run.coterie"
        with Training(self.program, recording, *SETTINGS, "--iterations", "1000") as training:
            training.await_events("frame", 2)
            self.program.fail(
                "train", "--continue", recording, "--iterations", "2000",
                words=[recording, "another program"],
            )
            training.interrupt()
            frames = training.frames()
        expect_equal(self.program.info(recording)["frames"], frames, "frames")

    def test_interrupted_before_anything_is_added(self):
        recording = self.folder / "run.coterie"
        self.program.succeed(
            "train", *DIGITS, "--iterations", "1", "--record-every", "5000", "-o", recording
        )
        before = self.program.info(recording)["frames"]
        with Training(
            self.program, recording, "--iterations", "10000", continues=True
        ) as training:
            training.await_events("start", 1)
            outcome = training.interrupt()
        expect("added" in outcome.err, f"says otherwise: {outcome.err}")
        info = self.program.info(recording)
        expect_equal(info["frames"], before, "frames")
        expect_equal(info["ending"], "stopped", "ending")
        expect_equal(info["continues_from"], 1, "where it goes on")

    def write_table(self, path, last):
        lines = [f"{i % 7},{i * i % 11},{int(i % 7 > 3)}" for i in range(120)]
        path.write_text("\n".join(["x,y,label", *lines, last, ""]))

    def test_moved_data_set_is_named(self):
        table, moved = self.folder / "table.csv", self.folder / "elsewhere.csv"
        recording, whole = self.folder / "run.coterie", self.folder / "whole.coterie"
        options = ["--dataset", "table.csv", "--hidden", "20", "--top", "5"]
        self.write_table(table, "1,2,0")
        self.program.succeed("train", *options, "--iterations", "4", "-o", whole)
        self.program.succeed("train", *options, "--iterations", "2", "-o", recording)

        table.rename(moved)
        again = ["train", "--continue", recording, "--iterations", "4"]
        self.program.fail(*again, words=[recording, table, "gone"])
        self.write_table(table, "1,2,1")
        self.program.fail(*again, words=[recording, table, "changed"])
        self.program.fail(*again, "--dataset", table, words=[table, "not that of the recording"])
        self.program.succeed(*again, "--dataset", "elsewhere.csv")
        expect_equal(
            self.program.info(recording)["frames"], self.program.info(whole)["frames"], "frames"
        )
        expect_equal(read_table(recording, "run")[0]["dataset_source"], str(moved), "source")


main(Continuations)
