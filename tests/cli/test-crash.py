#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Kills trainings at random moments: what the program has said to be recorded is recorded.

    test-crash.py COTERIE_CLI
"""
import json
import random
import time

from program import Cases, Training, expect, expect_equal, main

SETTINGS = ["--limit", "600", "--hidden", "48,32", "--top", "10", "--iterations", "1000"]
SEED = 20
N_KILLS_WHILE_RECORDING = 16
N_KILLS_WHILE_STARTING = 4

# About as long as a frame takes, so that every part of its making gets hit.
MAX_DELAY_S = 0.05


class Crashes(Cases):
    path = "/cli/crash"

    def set_up(self):
        self.random = random.Random(SEED)

    def kill_once(self, recording, n_frames):
        """Returns the frames that had been printed when the program died."""
        with Training(self.program, recording, *SETTINGS) as training:
            if n_frames > 0:
                training.await_events("frame", n_frames)
            time.sleep(self.random.uniform(0.0, MAX_DELAY_S))
            training.kill()
            return training.frames()

    def expect_recorded(self, recording, frames):
        info = self.program.info(recording)
        expect_equal(info["ending"], "running", "ending")
        expect(not info["finished"], "said to be finished")
        expect_equal(info["frames"][: len(frames)], frames, "frames")
        iterations = [frame["iteration"] for frame in info["frames"]]
        expect_equal(iterations, list(range(len(iterations))), "iterations")

    def test_every_frame_that_was_printed_is_kept(self):
        for number in range(N_KILLS_WHILE_RECORDING):
            recording = self.folder / f"{number}.coterie"
            picture = self.folder / f"{number}.svg"
            n_awaited = self.random.randint(1, 25)
            frames = self.kill_once(recording, n_awaited)

            expect(len(frames) >= n_awaited, "fewer frames than were seen")
            self.expect_recorded(recording, frames)
            last = str(frames[-1]["iteration"])
            self.program.succeed("picture", recording, "--iteration", last, "-o", picture)
            expect(picture.stat().st_size > 0, "an empty picture")

    def test_a_frame_is_printed_when_it_is_recorded(self):
        # nothing comes after it that could push it out of a buffer
        options = [*SETTINGS, "--iterations", "10000", "--record-every", "10000"]
        recording = self.folder / "run.coterie"
        with Training(self.program, recording, *options) as training:
            training.await_events("frame", 1)
            training.kill()
            frames = training.frames()
        expect_equal([frame["iteration"] for frame in frames], [0], "iterations")
        self.expect_recorded(recording, frames)

    def test_killed_while_starting_leaves_nothing_that_harms(self):
        for number in range(N_KILLS_WHILE_STARTING):
            recording = self.folder / f"{number}.coterie"
            frames = self.kill_once(recording, 0)
            if frames:
                self.expect_recorded(recording, frames)
            elif self.program.run("info", recording).status != 0:
                self.program.fail("info", recording, words=[recording])

    def test_reading_changes_nothing(self):
        recording = self.folder / "run.coterie"
        frames = self.kill_once(recording, 5)
        log = self.folder / "run.coterie-wal"
        before = recording.read_bytes(), log.read_bytes()
        for _ in range(3):
            self.expect_recorded(recording, frames)
        expect_equal((recording.read_bytes(), log.read_bytes()), before, "file and log")

    def test_layout_ends_what_was_broken_off(self):
        recording = self.folder / "run.coterie"
        with Training(self.program, recording, *SETTINGS, "--iterations", "1000") as training:
            training.await_events("frame", 3)
            expect(not self.program.info(recording)["broken_off"], "said to be broken off")
            self.program.fail("layout", recording, words=[recording, "another program"])
            training.kill()
        info = self.program.info(recording)
        expect(info["broken_off"], "not said to be broken off")
        expect("broken off" in self.program.succeed("info", recording), "not told to people")
        copy = self.folder / "copy.coterie"
        self.program.succeed("layout", recording, "-o", copy)
        expect_equal(self.program.info(copy)["ending"], "stopped", "ending of a copy")
        expect_equal(self.program.info(recording)["ending"], "running", "ending of the original")

        self.program.succeed("layout", recording)
        after = self.program.info(recording)
        expect_equal((after["ending"], after["broken_off"]), ("stopped", False), "ending")
        expect_equal(len(after["frames"]), len(info["frames"]), "frames")
        expect_equal(after["continues_from"], info["continues_from"], "where it goes on")
        expect(not (self.folder / "run.coterie-wal").exists(), "a log was left")
        n_iterations = str(after["continues_from"] + 1)
        self.program.succeed("train", "--continue", recording, "--iterations", n_iterations)
        expect_equal(self.program.info(recording)["ending"], "finished", "ending")

    def test_can_be_read_where_nothing_can_be_written(self):
        recording = self.folder / "run.coterie"
        frames = self.kill_once(recording, 5)
        for path in self.folder.iterdir():
            path.chmod(0o444)
        self.folder.chmod(0o555)
        outcome = self.run_without_rights("info", "--json", recording)
        self.folder.chmod(0o755)
        expect_equal((outcome.status, outcome.err), (0, ""), "status")
        expect_equal(json.loads(outcome.out)["frames"][: len(frames)], frames, "frames")

    def test_what_a_removed_recording_left_does_not_harm_the_next(self):
        recording = self.folder / "run.coterie"
        self.kill_once(recording, 3)
        recording.unlink()
        expect((self.folder / "run.coterie-wal").exists(), "no log was left")
        with Training(self.program, recording, *SETTINGS, "--seed", "2") as training:
            training.await_events("frame", 3)
            training.interrupt()
            frames = training.frames()
        info = self.program.info(recording)
        expect_equal(info["settings"]["seed"], 2, "seed")
        expect_equal(info["frames"], frames, "frames")


main(Crashes)
