#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the window as a person would, and looks at what it says. Speaks TAP.

    test-window.py COTERIE COTERIE_CLI
"""
import json
import pathlib
import re
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import time
import zlib

from cases import Cases, main, train_small


def count_neurons(description):
    return int(re.search(r"(\d+) neurons", description).group(1))


def write_png(path, size, grey):
    """A grey picture of one shade."""
    def chunk(kind, content):
        checksum = zlib.crc32(kind + content)
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)

    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([grey] * size)) * size)
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


class WindowCases(Cases):
    def test_trains_on_digits_and_scrubs(self):
        with self.start() as p:
            p.click(p.find("push button", "^Train on Digits$"))
            p.find("label", r"^Iteration ([3-9]|1[0-9]) of 20$", seconds=120)
            p.click(p.find("push button", "^Pause Training$"))
            p.find("label", r"^Paused in iteration [0-9]+ of 20$")
            slider = p.find("slider", "^Iteration$")
            reached = p.value(slider) / 20
            p.drag(slider, (reached, 0.25), (0.0, 0.25))
            p.find("label", "^Iteration 0 of 20$")
            p.click(p.find("push button", "^Play$"))
            p.find("label", r"^Iteration ([1-9]|1[0-9]|20) of 20$")
            p.click(p.find("push button", "^Stop Training$"))
            p.wait(lambda: not p.shown("push button", "^Stop Training$"))
            p.find("label", "^Training stopped$")

    def test_learns_the_digits_when_they_are_asked_for(self):
        with self.start("--digits") as p:
            p.find("label", r"^Iteration [0-9]+ of 20$", seconds=120)
            p.find("push button", "^Stop Training$")

    def test_shows_recent_recordings_in_a_small_window(self):
        home = {"XDG_DATA_HOME": str(self.folder / "recent")}
        with self.start(self.recording, **home) as p:
            p.find("label", "^Iteration 4 of 4$")
            p.wait((self.folder / "recent" / "recently-used.xbel").exists)
        with self.start(**home) as p:
            p.find("push button", "^Train on Digits$")
            p.resize(720, 560)
            row = p.find("label", "^small$")

            def is_seen():
                frame = next(n for n in p.walk() if n.get_role_name() == "frame")
                height = p.extent(frame).height
                extent = p.extent(row)
                return height < 600 and extent.y + extent.height < height

            p.wait(is_seen)

    def test_shows_all_layers_side_by_side(self):
        with self.start(self.recording) as p:
            p.find("label", "^C[0-9]+$")
            p.click(p.find("push button", "^All layers$"))
            # communities of two layers have nothing to do with each other: colours mean classes
            p.find("label", "^Colour by Class$")
            p.find("label", "^“[0-9]”$")
            p.wait(lambda: not p.shown("label", "C[0-9]+$"))
            p.click(p.find("push button", "^Layer 1$"))
            p.find("label", "^Colour by Community$")
            p.find("label", "^C[0-9]+$")

    def test_opens_a_recording_and_steps_by_keyboard(self):
        with self.start(self.recording) as p:
            p.find("label", "^Iteration 4 of 4$")
            p.key("Home")
            p.find("label", "^Iteration 0 of 4$")
            p.key("Right")
            p.find("label", "^Iteration 1 of 4$")
            p.key("End")
            p.find("label", "^Iteration 4 of 4$")
            p.key("Left")
            p.find("label", "^Iteration 3 of 4$")
            p.key("Home")
            p.find("label", "^Iteration 0 of 4$")
            p.key("space")
            p.find("label", "^Iteration 4 of 4$")

    def test_switches_the_layer(self):
        with self.start(self.recording) as p:
            p.find(None, "^Graph of the Layer$")
            graph = p.find(None, "^Graph of the Layer$")
            p.wait(lambda: "layer 2" in (graph.get_description() or ""))
            p.click(p.find("push button", "^Layer 1$"))
            p.wait(lambda: "layer 1" in (graph.get_description() or ""))

    def test_analyses_again_and_resets(self):
        with self.start(self.recording) as p:
            graph = p.find(None, "^Graph of the Layer$")
            p.wait(lambda: "neurons" in (graph.get_description() or ""))
            recorded = graph.get_description()
            p.click(p.find("push button", "^Analysis Settings$"))
            p.find("label", "^As recorded$")
            representatives = p.find("spin button", "^Representatives$")
            assert p.value(representatives) == 16
            p.set_value(representatives, 4)
            p.find("label", "^Not as recorded", seconds=60)
            assert count_neurons(graph.get_description()) < count_neurons(recorded)
            reset = p.find("push button", "^Reset$")
            p.press(reset)
            p.find("label", "^As recorded$")
            p.wait(lambda: graph.get_description() == recorded)
            assert p.value(representatives) == 16
            assert not p.sensitive(reset)

    def test_lays_out_anew_and_keeps_it(self):
        recording = self.folder / "laid out.coterie"
        shutil.copy(self.recording, recording)

        def read_gravity():
            with sqlite3.connect(f"file:{recording}?mode=ro", uri=True) as database:
                return database.execute("SELECT gravity FROM layout").fetchone()[0]

        before = read_gravity()
        with self.start(recording) as p:
            p.click(p.find("push button", "^Layout Settings$"))
            p.find("label", "^Stability: neurons moved by [0-9.]+ of the radius")
            p.set_value(p.find("spin button", "^Gravity$"), 0.5)
            p.wait(lambda: read_gravity() == 0.5, seconds=60)
            p.press(p.find("push button", "^Reset$"))
            p.wait(lambda: read_gravity() == before, seconds=60)

    def test_keeps_what_is_shown_without_the_data_set(self):
        folder = self.folder / "data that goes"
        folder.mkdir()
        table = folder / "numbers.csv"
        lines = ["a,b,class", *(f"{i % 7},{i % 11},{'even' if i % 2 else 'odd'}" for i in range(60))]
        table.write_text("\n".join(lines) + "\n")
        recording = folder / "numbers.coterie"
        subprocess.run(
            [self.cli, "train", "--dataset", str(table), "--hidden", "12", "--top", "3"]
            + ["--iterations", "2", "-o", str(recording)],
            check=True, stdout=subprocess.DEVNULL,
        )
        table.unlink()
        with self.start(recording) as p:
            graph = p.find(None, "^Graph of the Layer$")
            p.wait(lambda: "neurons" in (graph.get_description() or ""))
            recorded = graph.get_description()
            p.click(p.find("push button", "^Analysis Settings$"))
            p.set_value(p.find("spin button", "^Representatives$"), 2)
            p.find("label", "numbers.csv is gone")
            p.press(p.find("push button", "Close Close"))
            assert graph.get_description() == recorded

    def test_space_plays_after_a_click(self):
        with self.start(self.recording) as p:
            p.find("label", "^Iteration 4 of 4$")
            p.click(p.find("push button", "^Layer 1$"))
            p.key("Home")
            p.find("label", "^Iteration 0 of 4$")
            p.key("space")
            p.find("label", "^Iteration 4 of 4$")

    def test_shows_a_stopped_training_to_its_end(self):
        stopped = self.folder / "stopped.coterie"
        command = [self.cli, "train", "--dataset", "digits", "--limit", "1500", "--hidden", "48"]
        with subprocess.Popen(
            [*command, "--iterations", "5000", "--json", "-o", str(stopped)],
            stdout=subprocess.PIPE, text=True,
        ) as training:
            while '"iteration":3' not in training.stdout.readline().replace(" ", ""):
                pass
            training.send_signal(signal.SIGINT)
        with self.start(stopped) as p:
            label = p.find("label", r"^Iteration \d+ of \d+$").get_name().split()
            p.wait(lambda: p.shown("label", r"^Iteration (\d+) of \1$"))
            assert int(label[3]) < 5000, label

    def frames_of(self, recording):
        text = subprocess.check_output([self.cli, "info", "--json", str(recording)], text=True)
        return json.loads(text)["frames"]

    def test_continues_a_recording(self):
        recording, whole = self.folder / "continued.coterie", self.folder / "whole.coterie"
        train_small(self.cli, recording)
        train_small(self.cli, whole, "--iterations", "100")
        with self.start(recording) as p:
            p.find("label", r"^Iteration \d of 4$")
            p.key("F10")
            p.wait(lambda: p.sensitive(p.find("menu item", "^Continue Training…$")))
            p.key("o")
            p.find("label", "^Time, about$")
            p.set_value(p.find("spin button", "^Iterations in All$"), 100)
            p.press(p.find("push button", "Continue$"))
            pause = p.find("push button", "^Pause Training$")
            p.wait(lambda: p.sensitive(pause))
            p.press(pause)  # not clicked, as its card may still be sliding in
            p.find("label", "^Paused in iteration [0-9]+ of 100$")
            p.press(p.find("push button", "^Resume Training$"))
            p.find("label", "^Training finished$", seconds=120)
            p.find("label", r"^Iteration \d+ of 100$")
        assert self.frames_of(recording) == self.frames_of(whole)

    def test_says_at_once_what_cannot_be_continued(self):
        recording = self.folder / "without.coterie"
        train_small(self.cli, recording, "--no-state")
        with self.start(recording) as p:
            p.find("label", r"^Iteration \d of 4$")
            p.key("F10")
            p.wait(lambda: p.sensitive(p.find("menu item", "^Continue Training…$")))
            p.key("o")
            p.find("label", "^Cannot Continue the Training$")
            p.find("label", re.escape(str(recording)) + ".*--no-state")
            assert not p.shown("spin button", "^Iterations in All$")
            p.key("Escape")
            p.wait(lambda: not p.shown("label", "^Cannot Continue the Training$"))

    def test_continues_with_a_data_set_that_was_moved(self):
        folder = self.folder / "data that moves"
        folder.mkdir()
        table, recording = folder / "numbers.csv", folder / "numbers.coterie"
        lines = ["a,b,class", *(f"{i % 7},{i % 11},{'even' if i % 2 else 'odd'}" for i in range(60))]
        table.write_text("\n".join(lines) + "\n")
        subprocess.run(
            [self.cli, "train", "--dataset", str(table), "--hidden", "12", "--top", "3"]
            + ["--iterations", "2", "-o", str(recording)],
            check=True, stdout=subprocess.DEVNULL,
        )
        moved = folder / "elsewhere.csv"
        table.rename(moved)
        with self.start(recording) as p:
            p.find("label", "^Iteration 2 of 2$")
            p.key("F10")
            p.wait(lambda: p.sensitive(p.find("menu item", "^Continue Training…$")))
            p.key("o")
            p.press(p.find("push button", "Continue$"))
            p.press(p.find("push button", "Locate File…$"))
            p.find("push button", "Choose$")
            p.type(str(moved))
            p.key("Return")
            p.set_value(p.find("spin button", "^Iterations in All$"), 5)
            p.press(p.find("push button", "Continue$"))
            p.find("label", "^Iteration 5 of 5$", seconds=60)

    def test_refuses_a_folder_without_a_data_set(self):
        empty = self.folder / "nothing here"
        empty.mkdir()
        with self.start(empty) as p:
            p.find("label", re.escape(str(empty)) + ": found no data set")
            assert not p.sensitive(p.find("push button", "^Start Training$"))

    def test_representatives_follow_the_layers(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            representatives = p.find("spin button", "^Representatives$")
            p.wait(lambda: p.value(representatives) == 50)
            self.set_layers(p, 96, 64)
            p.wait(lambda: p.value(representatives) == 6)
            p.set_value(representatives, 64)
            p.find("label", "^Layer 2 has 64 neurons: all of them represent every class")
            p.set_value(representatives, 63)
            p.wait(lambda: not p.shown("label", "all of them represent every class"))

    def test_refuses_a_network_larger_than_the_machine(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            start = p.find("push button", "^Start Training$")
            p.wait(lambda: p.sensitive(start))
            self.set_layers(p, 65536, 65536)
            for layer in (3, 4, 5, 6):
                p.press(p.find("push button", "^Add Layer$"))
                p.find("push button", f"^Remove Layer {layer}$")
            p.find("label", r"too large: hidden layers need [\d.]+ GB of memory")
            p.wait(lambda: not p.sensitive(start))
            for layer in (6, 5, 4, 3):
                p.press(p.find("push button", f"^Remove Layer {layer}$"))
                p.wait(lambda: not p.shown("push button", f"^Remove Layer {layer}$"))
            self.set_layers(p, 96, 64)
            p.wait(lambda: p.sensitive(start) and not p.shown("label", "GB of memory"))

    def layers(self, p):
        """Neurons and dropout of each layer of the dialog."""
        return [
            (p.value(width), round(p.value(dropout), 3))
            for width, dropout in zip(
                p.all("spin button", "^Neurons of Layer"), p.all("spin button", "^Dropout of Layer")
            )
        ]

    def set_layers(self, p, *widths):
        for layer, width in enumerate(widths, start=1):
            p.set_value(p.find("spin button", f"^Neurons of Layer {layer}$"), width)

    def test_edits_layers_by_buttons_and_keyboard(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            p.find("spin button", "^Neurons of Layer 2$")
            p.press(p.find("push button", "^Add Layer$"))
            p.wait(lambda: self.layers(p) == [(512, 0.3)] * 3)
            self.set_layers(p, 96, 64, 32)
            p.set_value(p.find("spin button", "^Dropout of Layer 1$"), 0.5)
            p.press(p.find("push button", "^Move Layer 1 Down$"))
            p.wait(lambda: self.layers(p) == [(64, 0.3), (96, 0.5), (32, 0.3)])
            p.key("alt+Down")
            p.wait(lambda: self.layers(p) == [(64, 0.3), (32, 0.3), (96, 0.5)])
            p.key("alt+Down")
            p.key("alt+Up", "alt+Up", "alt+Up")
            p.wait(lambda: self.layers(p) == [(96, 0.5), (64, 0.3), (32, 0.3)])
            p.press(p.find("push button", "^Remove Layer 2$"))
            p.wait(lambda: self.layers(p) == [(96, 0.5), (32, 0.3)])
            p.press(p.find("push button", "^Remove Layer 1$"))
            p.wait(lambda: self.layers(p) == [(32, 0.3)])
            assert not p.sensitive(p.find("push button", "^Remove Layer 1$"))

    def test_says_what_a_training_comes_to(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            p.find("label", "^669.?706$")
            p.find("label", r"^(a few seconds|\d+ s|\d+ min)$")
            p.find("label", "^Recording, at most$")
            p.find("label", r"^While training it takes up to [\d.,]+.[MG]B on the disk")
            self.set_layers(p, 65536)
            p.find("label", "weights in every tenth frame only$")
            self.set_layers(p, 64, 32)
            p.find("label", "^52.?650$")

    def test_a_preset_sets_everything(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            start = p.find("push button", "^Start Training$")
            p.wait(lambda: p.sensitive(start) and p.focused(start))
            p.key("Tab")
            p.wait(lambda: not p.focused(start))
            p.key("space")
            p.find(None, "^Paper: CIFAR-10$")
            p.key("Down", "Down", "Down", "Down", "Down", "Return")
            p.wait(lambda: len(self.layers(p)) == 6)
            assert p.value(p.find("spin button", "^Iterations$")) == 40
            assert p.value(p.find("spin button", "^Record Every$")) == 2
            assert p.value(p.find("spin button", "^Representatives$")) == 50
            p.find("label", "^CIFAR-10 is not on this machine yet: download it or choose")
            assert not p.sensitive(start)
            p.find("label", "^3.?839.?114$")
            assert len(p.all("label", "^–$")) == 1, "only the time is unknown"
            p.press(p.find("push button", "^Download CIFAR-10"))
            p.find("label", "170.1.MB to download from www.cs.toronto.edu.\nLicence: None stated")
            p.key("Escape")
            p.wait(lambda: not p.shown("label", "to download"))
            p.press(p.find("push button", "Defaults$"))
            p.wait(lambda: p.sensitive(start))
            assert not p.shown("label", "not on this machine yet")

    def test_a_data_set_is_one_stop_of_the_tab_key(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            start = p.find("push button", "^Start Training$")
            p.wait(lambda: p.sensitive(start) and p.focused(start))
            p.key("Tab", "Tab")
            for name in ("Digits", "MNIST", "Fashion-MNIST", "CIFAR-10", "PlantVillage"):
                p.wait(lambda: p.focused(p.find("radio button", f"^{name}$")))
                p.key("Tab")
            p.wait(lambda: p.focused(p.find("push button", "^Choose the Folder of a Data Set$")))
            p.key("shift+Tab", "Up", "space")
            p.find("label", "170.1.MB to download from www.cs.toronto.edu")

    def test_the_tab_key_goes_from_value_to_value(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            start = p.find("push button", "^Start Training$")
            p.wait(lambda: p.sensitive(start) and p.focused(start))
            p.press(p.find("push button", "^Remove Layer 2$"))
            first = p.find("spin button", "^Neurons of Layer 1$")
            p.wait(lambda: p.focused(first))
            p.key("shift+Tab")
            p.wait(lambda: p.focused(p.find("push button", "^Add Layer$")))
            p.key("Tab")
            p.wait(lambda: p.focused(first))
            p.key("Tab", "Tab")
            p.wait(lambda: p.focused(p.find("spin button", "^Iterations$")))
            p.key("Tab")
            p.wait(lambda: p.focused(p.find("spin button", "^Record Every$")))

    def choose_preset(self, p, number):
        """Of the dialog, whose Start Training has the focus."""
        start = p.find("push button", "^Start Training$")
        p.wait(lambda: p.sensitive(start) and p.focused(start))
        p.key("Tab")
        p.wait(lambda: not p.focused(start))
        p.key("space")
        p.find(None, "^Paper: PlantVillage, mixed$")
        p.key(*["Down"] * number, "Return")
        p.wait(lambda: not p.shown(None, "^Paper: CIFAR-10$"))

    def test_a_preset_asks_for_its_own_data_set(self):
        with self.start(self.write_table("leaves.csv")) as p:
            self.choose_preset(p, 7)
            p.find("label", "^Choose the folder of PlantVillage$")
            assert p.value(p.find("spin button", "^Neurons of Layer 1$")) == 8192
            assert not p.sensitive(p.find("push button", "^Start Training$"))

    def test_a_preset_takes_the_folder_of_images_that_was_opened(self):
        folder = self.folder / "shades"
        for name in ("dark", "light"):
            (folder / name).mkdir(parents=True)
            for i in range(10):
                write_png(folder / name / f"{i}.png", 8, 20 * i + len(name))
        with self.start(folder) as p:
            self.choose_preset(p, 7)
            p.wait(lambda: p.value(p.find("spin button", "^Neurons of Layer 1$")) == 8192)
            p.find("label", "^16 samples to train on, 4 to test, 2 classes$")
            assert not p.shown("label", "^Choose the folder of PlantVillage$")

    def test_a_preset_takes_the_copy_that_was_opened(self):
        folder = self.folder / "fashion"
        folder.mkdir()
        for kind, n in (("train", 60000), ("t10k", 10000)):
            images = struct.pack(">IIII", 0x803, n, 1, 1) + bytes(n)
            labels = struct.pack(">II", 0x801, n) + bytes(range(10)) * (n // 10)
            (folder / f"{kind}-images-idx3-ubyte").write_bytes(images)
            (folder / f"{kind}-labels-idx1-ubyte").write_bytes(labels)
        with self.start(folder) as p:
            self.choose_preset(p, 3)
            p.wait(lambda: not p.shown("push button", "^Download Fashion-MNIST"))
            p.find("label", "\n60.?000 samples to train on, 10.?000 to test, 10 classes$")
            p.find("label", "^Folder or File$")
            p.wait(lambda: p.sensitive(p.find("push button", "^Start Training$")))

    def test_takes_every_learning_rate_that_can_be_trained_with(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            start = p.find("push button", "^Start Training$")
            p.wait(lambda: p.sensitive(start))
            rate = p.find("text", "^Learning Rate$")
            p.set_text(rate, "11")
            p.find("label", "^learning rate is 11, expected more than 0 and at most 10$")
            assert not p.sensitive(start)
            p.set_text(rate, "quick")
            p.find("label", "^Learning rate: “quick” is no number")
            assert not p.sensitive(start)
            p.set_text(rate, "3e-7")
            p.wait(lambda: p.sensitive(start))
            self.set_layers(p, 24, 16)
            p.key("alt+s")
            p.find("label", "784–24–16–10 · Adam 3e-07", seconds=60)

    def type_into(self, p, name, text):
        p.tab_to(p.find("spin button", name))
        p.key("ctrl+a")
        p.type(text)

    def test_takes_what_was_typed_last(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            start = p.find("push button", "^Start Training$")
            p.wait(lambda: p.sensitive(start))
            self.set_layers(p, 24, 16)
            self.type_into(p, "^Iterations$", "2")
            self.type_into(p, "^Random Labels$", "33.6")
            p.key("alt+s")
            p.find("label", "^Iteration 2 of 2$", seconds=60)
            p.find("label", "^Training finished$", seconds=60)
            p.find("label", "34 % random labels")

    def test_closes_while_a_number_is_typed(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            p.wait(lambda: p.sensitive(p.find("push button", "^Start Training$")))
            self.type_into(p, "^Iterations$", "7")
            p.key("Escape")
            p.wait(lambda: not p.shown("push button", "^Start Training$"))
            p.find("push button", "^Train on Digits$")

    def test_the_wheel_scrolls_and_changes_nothing(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            start = p.find("push button", "^Start Training$")
            p.wait(lambda: p.sensitive(start) and p.focused(start))
            spins = p.all("spin button")
            before = [p.value(spin) for spin in spins]
            group = p.find("label", "^Graph$")

            def depth():
                return p.position(group)[1]

            highest = depth()
            p.scroll_dialog("Train a Network", 0.85, 60)
            p.wait(lambda: depth() < highest - 400)
            assert [p.value(spin) for spin in spins] == before
            assert p.focused(start)

    def test_keeps_settings_in_a_window_until_defaults_are_asked_for(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            start = p.find("push button", "^Start Training$")
            p.wait(lambda: p.sensitive(start))
            self.set_layers(p, 24, 16)
            p.set_value(p.find("spin button", "^Iterations$"), 3)
            p.key("alt+s")
            p.find("label", "^Training finished$", seconds=60)
            p.key("ctrl+n")
            start = p.find("push button", "^Start Training$")
            p.wait(lambda: p.sensitive(start) and p.focused(start))
            assert [width for width, _ in self.layers(p)] == [24, 16]
            assert p.value(p.find("spin button", "^Iterations$")) == 3
            p.press(p.find("push button", "Defaults$"))
            p.wait(lambda: [width for width, _ in self.layers(p)] == [512, 512])
            assert p.value(p.find("spin button", "^Iterations$")) == 20
            p.wait(lambda: p.sensitive(start))

    def test_one_window_shows_one_thing_after_the_other(self):
        other = self.folder / "other.coterie"
        train_small(self.cli, other, "--iterations", "2", "--hidden", "32,16", "--top", "4")
        with self.start(self.recording) as p:
            p.find("label", "^Iteration 4 of 4$")
            p.key("ctrl+o")
            p.find("push button", "Open$")
            p.type(str(other))
            p.key("Return")
            p.find("label", "^Iteration 2 of 2$")
            p.find("label", "784–32–16–10")
            p.key("F10")
            p.find("menu item", "^Close Recording$")
            p.key("c")
            p.click(p.find("push button", "^Train on Digits$"))
            p.find("label", r"^Iteration ([3-9]|1[0-9]) of 20$", seconds=120)
            p.find("label", "784–512–512–10")
            p.click(p.find("push button", "^Stop Training$"))
            p.find("label", "^Training stopped$")

    def write_table(self, name):
        path = self.folder / name
        lines = ["a,b,kind", *(f"{i % 7},{i % 11},{'even' if i % 2 else 'odd'}" for i in range(60))]
        path.write_text("\n".join(lines) + "\n")
        return path

    def test_asks_how_to_train_on_a_table(self):
        with self.start(self.write_table("numbers.csv")) as p:
            start = p.find("push button", "^Start Training$")
            p.find("label", "^48 samples to train on, 12 to test, 2 classes")
            p.wait(lambda: p.sensitive(start))
            p.set_value(p.all("spin button", "^Test Samples$")[0], 49.9)
            p.set_value(p.all("spin button", "^Seed of the Choice$")[0], 999999999)
            p.find("label", "^30 samples to train on, 30 to test, 2 classes")
            p.wait(lambda: p.sensitive(start))

    def test_opens_a_table_beside_a_recording(self):
        table = self.write_table("beside.csv")
        with self.start(self.recording) as p:
            p.find("label", "^Iteration 4 of 4$")
            p.key("ctrl+o")
            p.find("push button", "Open$")
            p.type(str(table))
            p.key("Return")
            p.find("push button", "^Start Training$")
            p.find("label", "^48 samples to train on, 12 to test, 2 classes")
            p.key("Escape")
            p.find("label", "^Iteration 4 of 4$")

    def test_says_what_cannot_be_opened(self):
        paper = self.folder / "paper.pdf"
        paper.write_text("%PDF-1.7")
        with self.start(paper) as p:
            p.find("label", "^Cannot Open This$")
            p.find("label", re.escape(str(paper)) + ".*neither a recording nor a data set")

    def test_reads_a_folder_of_images_as_the_dialog_says(self):
        folder = self.folder / "leaves"
        for number, name in enumerate(("healthy", "ill")):
            (folder / name).mkdir(parents=True)
            for i in range(10):
                write_png(folder / name / f"{i}.png", 8, 100 * number + i)
        (folder / "ill" / "broken.png").write_bytes(b"not a picture")
        with self.start(folder) as p:
            start = p.find("push button", "^Start Training$")
            left_out = "1 of 21 files left out"
            p.find("label", f"^1[67] samples to train on, [34] to test, 2 classes\n{left_out}$")
            p.find("label", "^1 File Was Left Out$")
            p.wait(lambda: p.sensitive(start))
            p.set_value(p.all("spin button", "^Test Samples$")[0], 50)
            half = "(9|10|11)"
            p.find("label", f"^{half} samples to train on, {half} to test, 2 classes\n{left_out}$")
            p.set_value(p.all("spin button", "^Image Width$")[0], 4)
            p.set_value(p.all("spin button", "^Image Height$")[0], 4)
            self.set_layers(p, 8, 4)
            p.find("label", "^182$")

    def test_trains_as_the_dialog_says(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            p.key("ctrl+n")
            start = p.find("push button", "^Start Training$")
            p.wait(lambda: p.sensitive(start))
            self.set_layers(p, 96, 64)
            p.set_value(p.find("spin button", "^Dropout of Layer 2$"), 0.1)
            p.key("alt+s")
            p.find("label", r"^Iteration ([2-9]|1[0-9]|20) of 20$", seconds=60)
            p.find("label", "784–96–64–10.*dropout 0.3–0.1")

    def test_keeps_the_desktop_awake_and_tells_the_end(self):
        command = [sys.executable, str(pathlib.Path(__file__).with_name("desktop.py"))]
        said = self.folder / "desktop"
        with open(said, "w", encoding="utf-8") as lines:
            desktop = subprocess.Popen(command, stdout=lines)
        try:
            while "ready" not in said.read_text():
                assert desktop.poll() is None
                time.sleep(0.05)
            with self.start() as p:
                p.find("push button", "^Train on Digits$")
                p.key("ctrl+n")
                start = p.find("push button", "^Start Training$")
                p.wait(lambda: p.sensitive(start))
                self.set_layers(p, 24, 16)
                p.set_value(p.find("spin button", "^Iterations$"), 100)
                p.key("alt+s")
                p.find("label", r"^Iteration \d+ of 100$", seconds=60)
                p.press(p.find("push button", "^Pause Training$"))
                # 4 is what the portal calls suspending
                p.wait(lambda: re.search("^Inhibit .* 4, .*is being trained", said.read_text(), re.M))
                p.key("ctrl+shift+n")
                p.find("push button", "^Train on Digits$")
                p.press(p.find("push button", "^Resume Training$"))
                p.wait(lambda: "Training finished; everything is recorded" in said.read_text(), 300)
        finally:
            desktop.terminate()
            desktop.wait()

    def test_shows_the_shortcuts(self):
        with self.start() as p:
            p.find("push button", "^Train on Digits$")
            for _ in range(2):
                p.key("F1")
                p.find("label", "^Play or pause$")
                p.key("Escape")
                p.wait(lambda: not p.shown("label", "^Play or pause$"))

    def test_reaches_the_layers_by_tab(self):
        with self.start(self.recording) as p:
            p.find("label", "^Iteration 4 of 4$")
            p.key("shift+Tab")
            p.wait(lambda: p.focused(p.shown("push button", "^All layers$")))

    def test_zooms_and_shows_a_card(self):
        with self.start(self.recording) as p:
            graph = p.find(None, "^Graph of the Layer$")
            p.find("label", "^Iteration 4 of 4$")
            p.click(p.find("push button", "^Zoom In$"))
            p.key("minus", "0")
            for i in range(400):
                p.move_to(graph, 0.3 + 0.4 * (i % 20) / 20, 0.25 + 0.5 * (i // 20) / 20)
                if p.shown("label", r"^Neuron \d+ · layer 2$"):
                    break
            p.find("label", r"^Neuron \d+ · layer 2$")
            p.find("label", r"^strength [\d.]+ · entropy [\d.]+ nats$")

    def test_layers_and_tools_stand_apart_in_a_narrow_window(self):
        with self.start(self.recording) as p:
            layers = p.find("push button", "^All layers$")
            tools = p.find(None, "^Appearance of the Graph$")
            p.resize(720, 640)
            p.wait(lambda: p.position(tools, 0, 0)[1] >= p.position(layers, 0, 1)[1])
            p.resize(1400, 800)
            p.wait(lambda: p.position(tools, 0, 0)[0] >= p.position(layers, 1, 0)[0]
                   and p.position(tools, 0, 0)[1] < p.position(layers, 0, 1)[1])

    def test_folds_the_legend_in_a_narrow_window(self):
        with self.start(self.recording) as p:
            p.find("list item", r"^C\d+: ")
            p.resize(780, 640)
            p.wait(lambda: not p.shown("list item", r"^C\d+: "))
            p.click(p.find("push button", "^Communities$"))
            p.find("list item", r"^C\d+: ")
            p.resize(1300, 800)
            graph = p.find(None, "^Graph of the Layer$")
            p.wait(lambda: p.position(graph, 1)[0] - p.position(graph, 0)[0] > 600)
            p.resize(780, 640)
            p.wait(lambda: not p.shown("list item", r"^C\d+: "))

    def open_measures(self, p, plot):
        """Opens the list of measures of a plot, the first of which has the focus then."""
        number = [node.get_name() for node in p.all("image")].index(plot)
        first = [node.get_name() for node in p.all("image")].index("Modularity")
        # a menu button and the button in it have the same name
        buttons = p.all("push button", "^Choose Measures$")[1::2]
        p.click(buttons[number - first])
        p.wait(lambda: any(map(p.focused, p.all("check box"))))

    def go_to(self, p, name):
        """Moves the focus to a measure of the list that is open."""
        for _ in range(50):
            if any(p.focused(node) for node in p.all("check box", f"^{name}$")):
                return
            p.key("Tab")
            time.sleep(0.1)
        raise AssertionError(f"{name} cannot be reached")

    def test_plots_show_what_is_chosen(self):
        with self.start(self.recording) as p:
            p.find("label", "^Iteration 4 of 4$")
            plot = p.find("image", "^Modularity$")
            p.wait(lambda: "Louvain" in plot.get_description())
            assert "bisection" not in plot.get_description()
            self.open_measures(p, "Modularity")
            self.go_to(p, "weighted bisection")
            p.key("space")
            p.wait(lambda: "weighted bisection" in plot.get_description())
            assert "Louvain" in plot.get_description()
            # another unit takes the place of what was there
            self.go_to(p, "live neurons")
            p.key("space")
            p.wait(lambda: plot.get_name() == "Activation entropy")
            assert "bisection" not in plot.get_description()
            # a plot is never without a measure
            p.key("space")
            time.sleep(0.3)
            assert "live neurons" in plot.get_description()
            p.key("Escape")
            p.find("label", "^Iteration 4 of 4$")

    def test_lists_and_sorts_the_neurons(self):
        with self.start(self.recording) as p:
            graph = p.find(None, "^Graph of the Layer$")
            p.wait(lambda: "neurons" in (graph.get_description() or ""))
            n_neurons = count_neurons(graph.get_description())
            p.click(p.find(None, "^Neurons$"))
            p.find("label", f"^{n_neurons} neurons$")

            def strengths():
                return [float(n.get_name()) for n in p.all("label", r"^[0-9]+\.[0-9]$")]

            p.wait(lambda: len(strengths()) > 3)
            p.click(p.find(None, "^Strength$"))
            p.wait(lambda: strengths() == sorted(strengths(), reverse=True))
            p.click(p.find(None, "^Strength$"))
            p.wait(lambda: strengths() == sorted(strengths()))

    def test_legend_and_plots_know_the_keyboard(self):
        with self.start(self.recording) as p:
            p.find("label", "^Iteration 4 of 4$")
            p.key("Tab", "Tab")
            first = p.wait(lambda: next((n for n in p.all("list item") if p.focused(n)), None))
            p.key("Down")
            p.wait(lambda: not p.focused(first) and any(map(p.focused, p.all("list item"))))
            plot = p.find("image", "^Accuracy$")
            p.wait(lambda: plot.get_description().startswith("At iteration 4: training "))
            for _ in range(20):
                if p.focused(plot):
                    break
                p.key("Tab")
                time.sleep(0.1)
            p.key("Left")
            p.find("label", "^Iteration 3 of 4$")
            p.wait(lambda: plot.get_description().startswith("At iteration 3: training "))
            assert p.focused(plot)

    def test_toast_goes_with_its_recording(self):
        with self.start() as p:
            p.click(p.find("push button", "^Train on Digits$"))
            p.find("label", r"^Iteration ([1-9]|1[0-9]) of 20$", seconds=120)
            p.click(p.find("push button", "^Stop Training$"))
            p.find("push button", "Continue…$")
            p.key("F10")
            p.find("menu item", "^Close Recording$")
            p.key("c")
            # sooner than it would go by itself
            p.wait(lambda: not p.shown("label", "^Iteration"), seconds=5)
            p.wait(lambda: not p.shown("push button", "Continue…$"), seconds=5)

    def test_asks_before_closing_while_training(self):
        with self.start() as p:
            p.click(p.find("push button", "^Train on Digits$"))
            p.find("push button", "^Stop Training$", seconds=60)
            p.find("label", r"^Iteration \d+ of 20$", seconds=120)
            p.key("ctrl+w")
            p.find("push button", "Keep Training")
            p.find("label", "kept: it can be opened again later, and the training be continued")
            p.key("Escape")
            p.wait(lambda: not p.shown("push button", "Keep Training"))
            p.find("push button", "^Stop Training$")
            p.key("ctrl+q")
            p.press(p.find("push button", "Stop and Close"))
            assert p.wait_for_end() == 0
        recorded = list(self.folder.glob("*/data/coterie/recordings/*.coterie"))
        assert recorded, "nothing was recorded"
        for path in recorded:
            subprocess.run([self.cli, "info", str(path)], check=True, stdout=subprocess.DEVNULL)

    def test_says_what_is_wrong_with_a_file(self):
        broken = self.folder / "broken.coterie"
        broken.write_bytes(b"not a recording")
        with self.start(broken) as p:
            p.find("label", re.escape(str(broken)))
            p.press(p.find("push button", "Close Close"))
            p.find("push button", "^Train on Digits$")

    def test_draws_without_opengl(self):
        with self.start(self.recording, GDK_DEBUG="gl-disable") as p:
            p.find(None, "^Graph of the Layer$")
            p.find("label", "^Iteration 4 of 4$")
            p.key("Home")
            p.find("label", "^Iteration 0 of 4$")

    def test_every_control_has_a_name(self):
        roles = {"push button", "toggle button", "slider", "combo box", "spin button", "text"}
        with self.start(self.recording) as p:
            p.find("label", "^Iteration 4 of 4$")
            nameless = [
                node.get_role_name()
                for node in p.walk()
                if node.get_role_name() in roles and p.on_screen(node)
                # without a name of its own, GTK gives a widget that of its type
                and re.match("(Gtk|Adw|Coterie|$)", node.get_name() or "")
            ]
            assert not nameless, f"without a name: {nameless}"


if __name__ == "__main__":
    sys.exit(main(WindowCases, "window"))
