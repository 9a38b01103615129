#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Uses the commands one after the other, as people and scripts do, and checks what they say.

    test-commands.py COTERIE_CLI
"""
import datetime
import gzip
import json
import locale
import math
import os
import pathlib
import re
import signal
import sqlite3
import statistics
import struct
import xml.etree.ElementTree

from program import Cases, Skip, Training, expect, expect_equal, expect_failure, main

SMALL = ["--limit", "300", "--hidden", "20,12", "--top", "4", "--iterations", "3"]

SETTINGS_FIELDS = {
    "dataset", "dataset_name", "dataset_hash", "width", "height", "channels",
    "dataset_options", "classes", "training_samples",
    "test_samples", "hidden", "dropout", "optimizer", "learning_rate", "momentum", "batch",
    "iterations", "record_every", "label_noise", "seed", "limit", "top", "bins", "resolution",
    "community_method", "null_graphs", "started", "program",
}
FRAME_FIELDS = {
    "iteration", "training_accuracy", "test_accuracy", "training_loss", "test_loss", "entropy",
    "mean_live_entropy", "diverged", "training_class_accuracies", "test_class_accuracies", "layers",
}
LAYER_FIELDS = {
    "layer", "neurons", "nodes", "edges", "entropy", "mean_live_entropy", "class_entropies",
    "bad_values", "communities", "modularity", "louvain", "baselines", "events",
}
CORRELATED_FIELDS = {"no_overlap", "unweighted_overlap", "weighted_overlap", "louvain"}
MODULARITY_FIELDS = CORRELATED_FIELDS | {"klb_weighted", "klb_unweighted"}

# Every option of a training, with a value that is not its default, and what the settings must say.
OPTIONS = {
    "--hidden": ("17,9,5", "hidden", [17, 9, 5]),
    "--dropout": ("0.125,0.25,0.5", "dropout", [0.125, 0.25, 0.5]),
    "--optimizer": ("sgd", "optimizer", "sgd"),
    "--learning-rate": ("0.0625", "learning_rate", 0.0625),
    "--momentum": ("0.875", "momentum", 0.875),
    "--batch": ("25", "batch", 25),
    "--iterations": ("4", "iterations", 4),
    "--record-every": ("2", "record_every", 2),
    "--label-noise": ("0.25", "label_noise", 0.25),
    "--seed": ("9223372036854775807", "seed", 2**63 - 1),
    "--top": ("3", "top", 3),
    "--bins": ("40", "bins", 40),
    "--resolution": ("1.5", "resolution", 1.5),
    "--communities": ("louvain", "community_method", "louvain"),
    "--null-graphs": ("5", "null_graphs", 5),
    "--limit": ("250", "limit", 250),
}
# What the built-in digits do not depend on; test-formats.py has data that does.
OF_DATASETS = {"--image-size", "--color", "--test-fraction", "--split-seed", "--label-column"}
# How graphs are laid out; test-layout.py gives them all.
OF_LAYOUT = {
    "--layout-mode", "--scaling", "--gravity", "--strong-gravity", "--lin-log", "--dissuade-hubs",
    "--weight-influence", "--prevent-overlap", "--force-error", "--layout-seed",
}
# What results do not depend on, and recordings do not say.
WORKING = {"--threads", "--memory"}

DEFAULTS = {
    "hidden": [512, 512], "dropout": [0.3, 0.3], "optimizer": "adam", "learning_rate": 0.001,
    "momentum": 0.0, "batch": 32, "iterations": 20, "record_every": 1, "label_noise": 0.0,
    "seed": 1, "top": 50, "bins": 100, "resolution": 0.5,
    "community_method": "tracked", "null_graphs": 20, "limit": 0,
}


GOLDEN = pathlib.Path(__file__).resolve().parent.parent / "fixtures" / "golden"


def is_real(value):
    return isinstance(value, float) and math.isfinite(value)


def read_tables(recording):
    """All that was computed: frames, layers with graphs and positions, and weights."""
    connection = sqlite3.connect(recording)
    tables = [
        connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
        for table in ("frame", "layer", "parameters")
    ]
    connection.close()
    return tables


class Commands(Cases):
    path = "/cli/commands"

    def set_up(self):
        self.recording = self.shared / "small.coterie"
        self.train(self.recording, *SMALL)

    def train(self, recording, *options):
        return self.program.succeed("train", "--dataset", "digits", "-o", recording, *options)

    def train_and_read(self, name, *options):
        self.train(self.folder / name, *options)
        return self.program.info(self.folder / name)

    # what is printed

    def check_layer(self, layer, number, n_neurons):
        expect_equal(set(layer), LAYER_FIELDS, "fields of a layer")
        expect_equal(set(layer["modularity"]), MODULARITY_FIELDS, "modularities")
        expect_equal((layer["layer"], layer["neurons"]), (number, n_neurons), "layer")
        expect(0 < layer["nodes"] <= n_neurons, f"{layer['nodes']} nodes")
        expect(0 <= layer["edges"] <= layer["nodes"] * (layer["nodes"] - 1) / 2, "edges")
        expect(0 < layer["communities"] <= layer["nodes"], "communities")
        expect(is_real(layer["entropy"]) and layer["entropy"] >= 0.0, "entropy")
        self.check_rewired(layer, 20)
        for name, value in layer["modularity"].items():
            expect(is_real(value) and -1.0 <= value <= 1.0, f"modularity {name} is {value}")

    def check_rewired(self, layer, n_graphs):
        """The z-score and the interval follow from mean and deviation."""
        rewired = layer["louvain"]["rewired"]
        expect_equal(set(rewired), {"graphs", "mean", "deviation", "interval_95", "z"}, "rewired")
        expect_equal(rewired["graphs"], n_graphs, "rewired graphs")
        expect_equal(rewired["z"], layer["baselines"]["modularity_z"], "z-score")
        if rewired["mean"] is None:
            expect_equal(rewired["interval_95"], [None, None], "interval")
            return
        mean, deviation = rewired["mean"], rewired["deviation"]
        expect(-0.5 <= mean <= 1.0 and 0.0 <= deviation <= 1.0, f"{rewired}")
        for found, sign in zip(rewired["interval_95"], (-1, 1)):
            expected = min(mean + sign * statistics.NormalDist().inv_cdf(0.975) * deviation, 1.0)
            expect(abs(found - expected) <= 1e-9, f"{rewired}")
        if rewired["z"] is not None:
            z = (layer["modularity"]["louvain"] - mean) / deviation
            expect(abs(rewired["z"] - z) <= 1e-9 * max(1.0, abs(z)), f"{rewired}, expected {z}")

    def check_frame(self, frame, iteration, hidden):
        expect_equal(set(frame), FRAME_FIELDS, "fields of a frame")
        expect_equal(frame["iteration"], iteration, "iteration")
        for split in ("training", "test"):
            expect(0.0 <= frame[split + "_accuracy"] <= 1.0, split + " accuracy")
            expect(is_real(frame[split + "_loss"]) and frame[split + "_loss"] > 0.0, "loss")
        expect_equal(len(frame["layers"]), len(hidden), "layers")
        for number, (layer, n_neurons) in enumerate(zip(frame["layers"], hidden), start=1):
            self.check_layer(layer, number, n_neurons)
        total = sum(layer["entropy"] for layer in frame["layers"])
        expect(abs(frame["entropy"] - total) <= 1e-9 * total, "entropy is not that of the layers")

    def test_json_has_exactly_these_fields(self):
        info = self.program.info(self.recording)
        expect_equal(
            set(info),
            {
                "settings", "finished", "ending", "broken_off", "reason", "continues_from",
                "pins", "frames", "correlations",
            },
            "fields",
        )
        expect_equal(set(info["settings"]), SETTINGS_FIELDS, "settings")
        expect_equal((info["finished"], info["ending"]), (True, "finished"), "ending")
        expect_equal(len(info["frames"]), 4, "frames")
        for iteration, frame in enumerate(info["frames"]):
            self.check_frame(frame, iteration, [20, 12])
        correlations = info["correlations"]
        expect_equal(set(correlations), {"with", "entropy", "layers", "measures"}, "correlations")
        for layer in correlations["layers"]:
            expect_equal(set(layer), {"layer", "entropy", "modularity"}, "correlations")
            expect_equal(set(layer["modularity"]), CORRELATED_FIELDS, "correlations")

    def test_every_measure_is_correlated_with_both_accuracies(self):
        info = self.program.info(self.recording)
        frames = info["frames"]
        measures = info["correlations"]["measures"]
        own = {"class_training_accuracy", "class_test_accuracy"}
        for measure in measures:
            fields = {"measure", "last", "training_accuracy", "test_accuracy"}
            fields |= {name for name in ("layer", "class") if name in measure}
            expect_equal(set(measure), fields | (own if "class" in measure else set()), "fields")
            for name in set(measure) & ({"training_accuracy", "test_accuracy"} | own):
                expect_equal(set(measure[name]), {"pearson", "spearman", "n", "left_out"}, name)
                expect_equal(measure[name]["n"] + measure[name]["left_out"], 3, name)
        keys = [(m["measure"], m.get("layer"), m.get("class")) for m in measures]
        expect_equal(len(set(keys)), len(keys), "different measures")

        found = dict(zip(keys, measures))
        last = frames[-1]
        for name, value in last["layers"][1]["modularity"].items():
            expect_equal(found[name, 2, None]["last"], value, name)
        gap = last["training_accuracy"] - last["test_accuracy"]
        expect_equal(found["accuracy_gap", None, None]["last"], gap, "gap")
        expect_equal(found["class_test_accuracy", None, 9]["last"],
                     last["test_class_accuracies"][9], "accuracy of a class")
        itself = found["training_accuracy", None, None]["training_accuracy"]["pearson"]
        expect(abs(itself - 1.0) <= 1e-9, f"correlation of the accuracy with itself is {itself}")
        same = found["weighted_overlap", 2, None]["training_accuracy"]
        old = info["correlations"]["layers"][1]["modularity"]["weighted_overlap"]
        expect_equal({name: same[name] for name in old}, old, "correlation")

        # three points, by the definition
        x = [frame["layers"][0]["entropy"] for frame in frames[1:]]
        y = [frame["test_accuracy"] for frame in frames[1:]]
        pearson = statistics.correlation(x, y)
        coefficient = found["layer_entropy", 1, None]["test_accuracy"]["pearson"]
        expect(abs(coefficient - pearson) <= 1e-9, f"found {coefficient}, expected {pearson}")

    def test_events_of_communities_are_lines(self):
        """As many as in JSON, with the names of the window, which count from 1."""
        recording = self.folder / "events.coterie"
        self.train(recording, "--limit", "400", "--hidden", "40,30", "--top", "12", "--iterations",
                   "8")
        lines = self.program.succeed("info", "--events", recording).splitlines()
        expected, absent = [], set()
        frames = self.program.info(recording)["frames"]
        for layer in range(len(frames[0]["layers"])):
            absent.clear()
            for frame in frames:
                for event in frame["layers"][layer]["events"]:
                    kind, number = event["kind"], event["community"] + 1
                    if kind in ("merged", "ended"):
                        absent.add(number)
                    if kind == "continued" and number in absent:
                        kind = "returned"
                        absent.remove(number)
                    word = {"merged": " into", "split": " from"}.get(kind)
                    other = f"{word} C{event['other'] + 1}" if word else ""
                    expected.append(f"iteration {frame['iteration']}, layer {layer + 1}: "
                                    f"C{number} {kind}{other} ({len(event['neurons'])} ")
        expect(expected, "no events")
        for line, beginning in zip(lines, expected):
            expect(line.startswith(beginning), f"{line}, expected {beginning}")
        expect_equal(len(lines), len(expected), "lines")

    def test_events_say_what_info_says(self):
        recording = self.folder / "run.coterie"
        events = [json.loads(line) for line in self.train(recording, *SMALL, "--json").splitlines()]
        info = self.program.info(recording)
        expect_equal(
            [event.pop("event") for event in events], ["start"] + 4 * ["frame"] + ["end"], "events"
        )
        size = events[0].pop("most_recording_bytes")
        expect(recording.stat().st_size <= size, f"at most {size} bytes were promised")
        expect(events[0].pop("expected_seconds") > 0, "no time was foreseen")
        layers = [784, *info["settings"]["hidden"], 10]
        weights = sum((n_in + 1) * n_out for n_in, n_out in zip(layers, layers[1:]))
        expect_equal(
            events[0],
            {
                "output": str(recording),
                "weights": weights,
                "weights_in_every_frame": True,
                "left_out": [], "untested_classes": [],
                "settings": info["settings"],
            },
            "start",
        )
        expect_equal(events[1:5], info["frames"], "frames")
        expect_equal(events[5], {"finished": True, "frames": 4}, "end")

    def test_info_for_people_says_the_same(self):
        text = self.program.succeed("info", self.recording)
        frame = self.program.info(self.recording)["frames"][3]
        row = next(line.split() for line in text.splitlines() if re.match(r" +3 ", line))
        layer = frame["layers"][0]
        expected = [
            "3", f"{100 * frame['training_accuracy']:.2f}", f"{100 * frame['test_accuracy']:.2f}",
            "1", str(layer["communities"]), f"{layer['entropy']:.2f}",
        ] + [
            f"{layer['modularity'][name]:.4f}"
            for name in ("no_overlap", "unweighted_overlap", "weighted_overlap", "louvain")
        ]
        expect_equal(row, expected, "row of iteration 3")
        expect("entropy is the sum over the layer's neurons, in nats" in text, "heading")

    def test_info_tells_the_rewired_graphs(self):
        text = self.program.succeed("info", self.recording)
        layer = self.program.info(self.recording)["frames"][3]["layers"][0]
        rewired = layer["louvain"]["rewired"]
        expect("at iteration 3, beside 20 rewired graphs" in text, text)
        expected = [layer["modularity"]["louvain"], rewired["mean"], rewired["deviation"],
                    *rewired["interval_95"]]
        row = ["1", *(f"{value:.4f}" for value in expected), f"{rewired['z']:.2f}"]
        expect(row in [line.split() for line in text.splitlines()], f"no row {row} in {text}")

    def test_what_is_born_of_others_names_them(self):
        info = self.train_and_read("long.coterie", "--hidden", "60,60,60", "--limit", "400",
                                   "--top", "12", "--iterations", "14", "--learning-rate", "0.03")
        n_born = n_merged = 0
        for frame in info["frames"]:
            for layer in frame["layers"]:
                merged = [event for event in layer["events"] if event["kind"] == "merged"]
                for event in layer["events"]:
                    expect_equal("from" in event, event["kind"] == "born", f"{event}")
                    if event["kind"] == "born":
                        into = [other["community"] for other in merged
                                if other["other"] == event["community"]]
                        expect_equal(event["from"], into, "origins")
                        n_born += len(into) > 0
                n_merged += len(merged)
        expect(n_merged > 0 and n_born > 0, f"{n_merged} mergers, {n_born} births of them")

    def test_an_estimate_is_that_of_the_start_and_starts_nothing(self):
        command = ["train", "--dataset", "digits", *SMALL, "--json"]
        lines = self.program.succeed(*command, "--estimate").splitlines()
        expect_equal(list(self.folder.iterdir()), [], "files")
        expect_equal(len(lines), 1, "lines")
        found = json.loads(lines[0])
        expect_equal(
            set(found),
            {"event", "weights", "weights_in_every_frame", "most_recording_bytes", "memory_bytes",
             "expected_seconds", "left_out", "untested_classes"}, "members")
        expect(found["memory_bytes"] > 0 and found["expected_seconds"] > 0, f"{found}")
        start = json.loads(self.program.succeed(*command, "-o", "run.coterie").splitlines()[0])
        for name in ("weights", "weights_in_every_frame", "most_recording_bytes"):
            expect_equal(found[name], start[name], name)
        self.program.fail(*command, "--estimate", "-o", "run.coterie", words=["exists"])
        recording = self.folder / "run.coterie"
        before = recording.read_bytes()
        text = self.program.succeed("train", "--continue", recording, "--iterations", "9", "--estimate")
        expect_equal(recording.read_bytes(), before, "recording")
        expect_equal(
            [bool(re.search(pattern, text)) for pattern in ("weights", "of memory", "It will take a")],
            [True, True, True], text)
        self.program.fail(
            "train", "--continue", recording, "--iterations", "3", "--estimate", words=["more than 3"])

    def test_two_iterations_have_no_correlation(self):
        info = self.train_and_read("short.coterie", *SMALL, "--iterations", "2")
        for measure in info["correlations"]["measures"]:
            found = measure["test_accuracy"]
            expect_equal((found["pearson"], found["spearman"]), (None, None), f"{measure}")
            expect_equal(found["n"] + found["left_out"], 2, "iterations")
        text = self.program.succeed("info", "short.coterie")
        row = next(line for line in text.splitlines() if line.startswith("Entropy  "))
        row = row if row.split()[1] != "bins" else text.split("\nEntropy ")[-1].split("\n")[0]
        expect_equal(row.split()[-6:], ["\u2014", "\u2014", "2", "\u2014", "\u2014", "2"], "row")

    def diverge(self):
        """Returns a recording of a training whose numbers are soon no longer finite."""
        recording = self.folder / "diverged.coterie"
        outcome = self.program.run(
            "train", "--dataset", "digits", "-o", recording, "--limit", "300", "--top", "4",
            "--hidden", ",".join(10 * ["64"]), "--dropout", "0", "--optimizer", "sgd",
            "--learning-rate", "10", "--momentum", "0.999", "--batch", "4", "--iterations", "4",
        )
        expect("diverged" in outcome.err, outcome.err)
        return recording, outcome.out

    def test_a_silent_layer_is_marked(self):
        """Its zeros are not values: where no neuron lives, their mean is undefined."""
        recording = self.folder / "silent.coterie"
        outcome = self.program.run(
            "train", "--dataset", "digits", "--limit", "400", "--hidden", "32,16", "--optimizer",
            "sgd", "--learning-rate", "10", "--momentum", "0.999", "--batch", "4", "--iterations",
            "2", "--top", "10", "-o", recording)
        expect_equal(outcome.status, 0, outcome.err)
        warnings = re.findall(
            r"^coterie-cli: in iteration (\d+) all neurons of layer (\d+) are silent: .* smaller",
            outcome.err, re.M)
        silent = [(str(frame["iteration"]), str(layer["layer"]))
                  for frame in self.program.info(recording)["frames"]
                  for layer in frame["layers"] if layer["baselines"]["dead"] == 1]
        expect_equal(warnings, silent[:1], "warnings")
        layers = self.program.info(recording)["frames"][-1]["layers"]
        silent = [layer["baselines"]["dead"] == 1 for layer in layers]
        expect(any(silent), f"no silent layer in {layers}")
        expect_equal([layer["mean_live_entropy"] is None for layer in layers], silent, "undefined")
        text = self.program.succeed("info", recording)
        for number, is_silent in enumerate(silent, start=1):
            expect_equal(f"Layer {number} is silent in" in text, is_silent, f"layer {number}")

    def test_an_exploded_loss_is_marked(self):
        """The training has diverged, though its numbers are finite."""
        recording = self.folder / "exploded.coterie"
        outcome = self.program.run(
            "train", "--dataset", "digits", "--limit", "400", "--hidden", "32,16", "--optimizer",
            "sgd", "--learning-rate", "10", "--momentum", "0.999", "--batch", "4", "--iterations",
            "2", "--top", "10", "-o", recording)
        expect_equal(outcome.status, 0, outcome.err)
        frames = self.program.info(recording)["frames"]
        exploded = [frame["training_loss"] > 10 * math.log(10) for frame in frames]
        expect_equal(exploded, [False, True, True], "losses")
        expect_equal([frame["diverged"] for frame in frames], exploded, "marks")
        expect_equal(outcome.err.count("in iteration 1 its loss is more than ten times"), 1, outcome.err)
        text = self.program.succeed("info", recording)
        loss = frames[1]["training_loss"]
        expect("in 2 of 3 frames the training loss" in text and f"iteration 1: {loss:.3g} nats" in text,
               text)
        notes = self.program.run("tables", recording, "--table", "4").out
        expect("the training diverged: in 2 of 2 iterations" in notes, notes)
        healthy = self.program.info(self.recording)["frames"]
        expect(not any(frame["diverged"] for frame in healthy), "a healthy training is marked")

    def test_a_diverged_network_has_no_accuracy(self):
        recording, said = self.diverge()
        expect("accuracy \u2014 training, \u2014 test" in said, said)
        info = self.program.info(recording)
        last = info["frames"][-1]
        for split in ("training", "test"):
            expect_equal(last[split + "_accuracy"], None, "accuracy")
            expect_equal(set(last[split + "_class_accuracies"]), {None}, "accuracies of classes")
        for layer in last["layers"]:
            if layer["bad_values"] > 0:
                expect_equal(set(layer["baselines"].values()), {None}, "baselines")
        text = self.program.succeed("info", recording)
        row = next(line.split() for line in text.splitlines() if re.match(r" +4  +\S+ +\S+ +1 ", line))
        expect_equal(row, ["4", "\u2014", "\u2014", "1", *(6 * ["\u2014"])], "row")
        first = next(frame for frame in info["frames"] if frame["layers"][0]["bad_values"] > 0)
        words = (f"Layer 1: {first['layers'][0]['bad_values']} activations are not finite in iteration "
                 f"{first['iteration']}, the first of ")
        expect(words in text, f"nothing about “{words}” in {text}")
        text = self.program.succeed("layout", recording)
        layers = json.loads(self.program.succeed("layout", recording, "--json"))["layers"]
        for line, layer in zip(text.splitlines(), layers):
            move, separation = ("\u2014" if layer[name] is None else f"{layer[name]:.3f}"
                                for name in ("mean_move", "mean_separation"))
            expect(f"move by {move} of" in line and line.endswith(f" {separation}"), line)
        expect("\u2014" in text, "everything is defined")
        found = self.program.run("layout", recording, environment={"LC_ALL": "C"}).out
        expect_equal(found, text.replace("\u2014", "-"), "in plain ASCII")
        table = self.program.succeed("tables", recording, "--table", "baselines", "--format", "csv")
        gap = next(line for line in table.splitlines() if "accuracy_gap,value" in line)
        expect_equal(gap.split(",")[-2:], ["", ""], "gap of the accuracies")

    def test_progress_for_people_has_a_line_a_frame(self):
        waiting = re.compile("Reading the data set|Preparing the network|Iteration 0 of 3: (analysis|layout|writing)")
        lines = [line for line in self.train(self.folder / "run.coterie", *SMALL).splitlines()
                 if not waiting.match(line)]
        expect_equal(len(lines), 7, "lines")
        expect("weights, kept in every frame; a recording of at most " in lines[0], lines[0])
        expect(lines[1].startswith("It will take "), lines[1])
        for iteration, line in enumerate(lines[2:6]):
            expect(line.startswith(f"Iteration {iteration} of 3: accuracy "), line)
        expect(lines[6].startswith("Recorded 4 frames in "), lines[5])

    # settings

    def test_every_option_reaches_the_settings(self):
        words = [word for option, (text, *_) in OPTIONS.items() for word in (option, text)]
        info = self.train_and_read("all.coterie", *words, "--threads", "2")
        settings = info["settings"]
        for option, (_, name, value) in OPTIONS.items():
            expect_equal(settings[name], value, option)
            expect(value != DEFAULTS[name], f"{option} is tried with its default")
        expect_equal(settings["training_samples"], 250, "training samples")
        expect_equal((settings["dataset"], settings["classes"]), ("digits", 10), "data set")
        started = datetime.datetime.fromisoformat(settings["started"].replace("Z", "+00:00"))
        age = datetime.datetime.now(datetime.timezone.utc) - started
        expect(abs(age) < datetime.timedelta(hours=1), f"started {settings['started']}")
        expect_equal([len(frame["layers"]) for frame in info["frames"]], [3, 3, 3], "layers")

    def test_no_option_of_train_is_forgotten_here(self):
        options = set(re.findall(r"--[a-z-]+", self.program.succeed("train", "--help")))
        others = {"--help", "--dataset", "--preset", "--download", "--output", "--json", "--estimate"}
        others |= {"--continue", "--no-state", "--list-left-out"} | WORKING | OF_DATASETS | OF_LAYOUT
        expect_equal(options - others, set(OPTIONS), "options of train")

    def test_defaults_are_those_of_the_paper(self):
        with Training(self.program, self.folder / "run.coterie") as training:
            training.await_events("start", 1)
            settings = training.events("start")[0]["settings"]
        for name, value in DEFAULTS.items():
            expect_equal(settings[name], value, name)

    def test_other_options_change_what_a_preset_says(self):
        info = self.train_and_read(
            "preset.coterie", "--preset", "paper-cifar-10-mixed", *SMALL, "--optimizer", "adam",
            "--learning-rate", "0.0078125",
        )
        settings = info["settings"]
        for name, value in (
            ("dataset", "digits"), ("optimizer", "adam"), ("learning_rate", 0.0078125),
            ("record_every", 2), ("label_noise", 1.0),
        ):
            expect_equal(settings[name], value, name)

    # what is computed

    def test_threads_and_memory_make_no_difference(self):
        expected = read_tables(self.recording)
        expect(len(expected[1]) == 8, "not all layers were recorded")
        for n_threads, memory in (("1", "0"), ("2", "1"), ("3", "64")):
            recording = self.folder / f"{n_threads}.coterie"
            self.train(recording, *SMALL, "--threads", n_threads, "--memory", memory)
            expect(read_tables(recording) == expected, f"the recording of {n_threads} differs")

    def test_another_seed_differs(self):
        info = self.train_and_read("other.coterie", *SMALL, "--seed", "2")
        same = self.program.info(self.recording)
        for found, other in zip(info["frames"], same["frames"]):
            expect(found != other, f"iteration {found['iteration']} is the same")

    def test_label_noise_keeps_a_network_from_learning(self):
        options = [*SMALL, "--iterations", "12", "--hidden", "40", "--dropout", "0"]
        clean = self.train_and_read("clean.coterie", *options)
        noisy = self.train_and_read("noisy.coterie", *options, "--label-noise", "1")
        again = self.train_and_read("again.coterie", *options, "--label-noise", "1")
        expect_equal(noisy["frames"], again["frames"], "frames with the same noise")
        expect(clean["frames"][-1]["test_accuracy"] > 0.5, "nothing was learnt without noise")
        expect(noisy["frames"][-1]["test_accuracy"] < 0.3, "something was learnt from noise")

    def test_the_last_iteration_is_always_recorded(self):
        options = [*SMALL, "--iterations", "7", "--record-every", "3"]
        info = self.train_and_read("third.coterie", *options)
        expect_equal([frame["iteration"] for frame in info["frames"]], [0, 3, 6, 7], "iterations")
        every = self.train_and_read("every.coterie", *SMALL, "--iterations", "7")
        last, same = info["frames"][-1], every["frames"][-1]
        expect_equal(last["test_accuracy"], same["test_accuracy"], "accuracy")
        expect_equal(last["entropy"], same["entropy"], "entropy")

    def test_limit_keeps_the_first_samples(self):
        settings = [self.program.info(self.recording)["settings"]]
        info = self.train_and_read("more.coterie", *SMALL, "--limit", "301")
        settings.append(info["settings"])
        expect_equal([s["training_samples"] for s in settings], [300, 301], "training samples")
        expect_equal(settings[0]["test_samples"], settings[1]["test_samples"], "test samples")
        self.program.fail(
            "train", "--dataset", "digits", "-o", self.folder / "x.coterie", "--limit", "1000000000",
            words=["digits", "1000000000"],
        )

    # while it goes on

    def check_signal_keeps_frames(self, number):
        recording = self.folder / "run.coterie"
        with Training(self.program, recording, *SMALL, "--iterations", "10000") as training:
            training.await_events("frame", 3)
            outcome = training.interrupt(number)
            frames = training.frames()
            end = training.events("end")
        expect_failure(outcome, [recording, f"iteration {frames[-1]['iteration']}"], "train")
        expect_equal([event["finished"] for event in end], [False], "finished")
        expect_equal([event["frames"] for event in end], [len(frames)], "frames of the end")
        expect_equal([event["stopped"] for event in end], [True], "stopped")
        expect("error" not in end[0], end[0].get("error"))
        info = self.program.info(recording)
        expect_equal(info["frames"], frames, "frames")
        expect_equal((info["ending"], info["finished"]), ("stopped", True), "ending")
        expect_equal([path.name for path in self.folder.iterdir()], ["run.coterie"], "files")

    def test_an_interrupt_keeps_what_was_recorded(self):
        self.check_signal_keeps_frames(signal.SIGINT)

    def test_termination_keeps_what_was_recorded(self):
        self.check_signal_keeps_frames(signal.SIGTERM)

    def test_a_recording_can_be_read_while_it_grows(self):
        recording = self.folder / "run.coterie"
        seen = []
        with Training(self.program, recording, *SMALL, "--iterations", "10000") as training:
            training.await_events("frame", 1)
            while len(seen) < 5:
                printed = training.frames()
                info = self.program.info(recording)
                expect_equal((info["finished"], info["ending"]), (False, "running"), "ending")
                expect_equal(info["frames"][: len(printed)], printed, "frames")
                expect_equal(info["frames"][: len(seen and seen[-1])], seen[-1] if seen else [],
                             "frames seen before")
                if not seen or len(info["frames"]) > len(seen[-1]):
                    seen.append(info["frames"])
                training.await_events("frame", len(info["frames"]) + 1)
            picture = self.folder / "growing.png"
            self.program.succeed("picture", recording, "-o", picture, "--force")
            training.interrupt()
            expect_equal(self.program.info(recording)["frames"], training.frames(), "at the end")

    # pictures

    def draw(self, name, *options):
        path = self.folder / name
        expect_equal(
            self.program.succeed("picture", self.recording, "-o", path, "--force", *options),
            "", "output",
        )
        return path.read_bytes()

    def test_png_has_the_size_that_was_asked_for(self):
        for options, size in (
            ([], (1600, 1000)),
            (["--width", "333", "--height", "77", "--no-legend", "--labels", "none"], (333, 77)),
            (["--width", "16", "--height", "16", "--no-legend", "--labels", "none"], (16, 16)),
        ):
            data = self.draw("a.png", *options)
            expect_equal(data[:8], b"\x89PNG\r\n\x1a\n", "beginning of the file")
            expect_equal(struct.unpack(">II", data[16:24]), size, "size")
            expect(data.endswith(b"IEND\xaeB`\x82"), "no end of the picture")

    def test_small_picture_says_what_it_lacks(self):
        outcome = self.program.run(
            "picture", self.recording, "-o", self.folder / "tiny.png", "--width", "32",
            "--height", "20",
        )
        expect_equal(outcome.status, 0, "exit status")
        expect(re.fullmatch(r"coterie-cli: no room for the legend\b.*\n", outcome.err), outcome.err)
        expect((self.folder / "tiny.png").exists(), "no picture")

    def test_svg_is_well_formed(self):
        root = xml.etree.ElementTree.fromstring(self.draw("a.svg", "--width", "300"))
        expect_equal(root.tag, "{http://www.w3.org/2000/svg}svg", "root element")
        expect(root.get("width").startswith("300"), f"width is {root.get('width')}")
        expect(len(list(root.iter())) > 20, "nothing is drawn")

    def test_pdf_is_complete(self):
        data = self.draw("A.PDF")
        expect(data.startswith(b"%PDF-"), "beginning of the file")
        expect(data.rstrip().endswith(b"%%EOF"), "end of the file")

    def test_pictures_for_papers(self):
        pdf = self.draw("a.pdf", "--width", "nature")
        expect(b"/MediaBox [ 0 0 252.283465 " in pdf, "not 89 mm wide")
        plain = self.draw("plain.pdf", "--width", "nature", "--no-legend")
        expect(b"/MediaBox [ 0 0 252.283465 157.677165 ]" in plain, "not 5/8 as high as wide")
        expect_equal(self.draw("b.pdf", "--width", "89mm"), pdf, "picture of the same width")
        expect(b"iteration 3, layer 2" in pdf, "no title")
        svg = self.draw("a.svg", "--width", "3.5in", "--transparent")
        expect_equal(self.draw("b.svg", "--width", "3.5in", "--transparent"), svg, "same picture")
        expect(b"seed 1" in svg and b"resolution 0.5" in svg, "the settings are not told")
        for words in (b"layout anchored, scaling ", b"colours by community, sizes by strength"):
            expect(words in svg, f"{words} is not told")
        png = self.draw("a.png", "--width", "1in", "--height", "0.5in", "--dpi", "100",
                        "--no-legend", "--labels", "none")
        expect_equal(struct.unpack(">II", png[16:24]), (100, 50), "size")
        expect(b"pHYs" in png, "no size on paper")
        self.program.misuse("picture", self.recording, "-o", "x.png", "--dpi", "600",
                            words=["--dpi", "--width 89mm"])
        self.program.misuse("picture", self.recording, "-o", "x.png", "--class", "3",
                            words=["--class", "--color-by activation"])
        self.program.fail("picture", self.recording, "-o", "x.png", "--color-by", "activation",
                          "--class", "no such", words=["--class", "no such"])

    def test_all_layers_are_joined_by_their_own_weights(self):
        first = self.draw("a.svg", "--layer", "all", "--iteration", "1")
        expect(b"iteration 1, all layers</" in first, "no title, or of another iteration's weights")
        xml.etree.ElementTree.fromstring(first)
        expect(b"colours by class" in first, "communities of two layers have the same colour")
        first = self.draw("b.svg", "--layer", "all", "--color-by", "community")
        expect(b"colours by community" in first, "another choice")
        self.program.misuse("picture", self.recording, "-o", "x.png", "--layer", "every",
                            words=["--layer", "every", "all"])

    def test_every_option_of_a_picture_changes_it(self):
        plain = self.draw("plain.png")
        expect_equal(self.draw("same.png", "--iteration", "3", "--layer", "2"), plain, "picture")
        for options in (["--iteration", "0"], ["--layer", "1"], ["--layer", "all"], ["--dark"], ["--width", "800"],
                        ["--no-legend"], ["--transparent"], ["--color-by", "class"],
                        ["--size-by", "constant"], ["--labels", "classes"], ["--within-edges", "0"],
                        ["--across-edges", "0.5"], ["--least-weight", "0.5"], ["--straight"],
                        ["--color-by", "activation", "--class", "3"]):
            expect(self.draw("other.png", *options) != plain, f"{options} makes no difference")

    # locales and names

    def test_a_point_stands_in_every_number(self):
        names = [f"{name}.{charset}" for name in ("de_DE", "fr_FR", "nl_NL", "ru_RU")
                 for charset in ("UTF-8", "utf8")]
        available = [name for name in names if self.is_comma_locale(name)]
        if not available:
            raise Skip("no locale with a decimal comma is installed")
        info = self.program.succeed("info", "--json", self.recording)
        comma = {"LC_ALL": available[0]}
        found = self.program.succeed("info", "--json", self.recording, environment=comma)
        expect_equal(found, info, "info --json")
        self.program.succeed(
            "train", "--dataset", "digits", "-o", self.folder / "run.coterie", *SMALL,
            "--dropout", "0.3", environment=comma,
        )
        expect(read_tables(self.folder / "run.coterie") == read_tables(self.recording), "frames")

    @staticmethod
    def is_comma_locale(name):
        try:
            locale.setlocale(locale.LC_NUMERIC, name)
            return locale.localeconv()["decimal_point"] == ","
        except locale.Error:
            return False
        finally:
            locale.setlocale(locale.LC_NUMERIC, "C")

    def test_json_is_utf8_in_every_locale(self):
        for name in ("C", "C.UTF-8"):
            recording = self.folder / f"Gemüse-{name}.coterie"
            out = self.program.succeed(
                "train", "--dataset", "digits", "--json", "-o", recording, *SMALL,
                environment={"LC_ALL": name},
            )
            expect_equal(json.loads(out.splitlines()[0])["output"], str(recording), name)

    def test_names_that_are_not_text_are_names(self):
        recording = os.fsdecode(b"caf\xe9.coterie")
        out = self.program.succeed(
            "train", "--dataset", "digits", "--json", "-o", recording, *SMALL
        )
        expect_equal(json.loads(out.encode().decode("utf-8").splitlines()[0])["output"],
                     "caf\N{REPLACEMENT CHARACTER}.coterie", "output")
        expect_equal(len(self.program.info(recording)["frames"]), 4, "frames")

    def test_a_name_may_look_like_an_option(self):
        self.program.succeed("train", "--dataset", "digits", "-o", "-x.coterie", *SMALL)
        self.program.succeed("info", "--", "-x.coterie")
        self.program.succeed("picture", "-o", "x.svg", "--", "-x.coterie")

    # correlations

    def correlate(self, x, y, **options):
        for name, text in (("x.csv", x), ("y.csv", y)):
            (self.folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return json.loads(
            self.program.succeed("correlate", "--x", "x.csv", "--y", "y.csv", **options)
        )

    def expect_coefficients(self, found, expected):
        expect_equal(set(found), {"pearson", "spearman", "n"}, "fields")
        expect_equal(found["n"], len(expected["x"]), "pairs")
        for name in ("pearson", "spearman"):
            value = found[name]
            if expected[name] is None:
                expect_equal(value, None, name)
            else:
                expect(is_real(value) and abs(value - expected[name]) <= 1e-9,
                       f"{name}: found {value}, expected {expected[name]}")

    def test_correlates_the_golden_series(self):
        pairs = json.loads((GOLDEN / "correlation.json").read_text())
        expect(len(pairs) > 0, "no pairs")
        for pair in pairs:
            x, y = ("".join(f"{value!r}\n" for value in pair[name]) for name in "xy")
            self.expect_coefficients(self.correlate(x, y), pair)
            # in a locale with a decimal comma, if there is one
            environment = {"LC_ALL": "de_DE.UTF-8"}
            self.expect_coefficients(self.correlate(x, y, environment=environment), pair)

    def test_correlates_every_column_by_its_name(self):
        pairs = [pair for pair in json.loads((GOLDEN / "correlation.json").read_text())
                 if len(pair["x"]) == 20]
        expect(len(pairs) > 1, "too few pairs")
        for pair in pairs:
            rows = zip(*(other["x"] for other in pairs))
            names = [f"series {number}" for number in range(len(pairs))]
            x = "\n".join([",".join(names), *(",".join(map(repr, row)) for row in rows)])
            found = self.correlate(x, "\n".join(["accuracy", *map(repr, pair["y"])]))
            expect_equal(list(found), names, "names")
            self.expect_coefficients(found[names[pairs.index(pair)]], pair)

    def test_reads_one_column_whatever_the_others_hold(self):
        (self.folder / "named.csv").write_text("run,a,b\nfirst,1,3\nsecond,2,1\nthird,4,\"2\"\n")
        expected = self.correlate("1\n2\n4\n", "3\n1\n2\n")
        found = self.program.succeed("correlate", "--x", "named.csv", "--x-column", "a", "--y",
                                     "named.csv", "--y-column", "b")
        expect_equal(json.loads(found), expected, "coefficients")
        self.program.fail("correlate", "--x", "named.csv", "--x-column", "c", "--y", "y.csv",
                          words=["named.csv", "“c”"])

    def test_reads_the_series_that_tables_writes(self):
        """The coefficients are those of the tables."""
        figure = self.folder / "figure.csv"
        recording = self.folder / "series.coterie"
        self.train(recording, *SMALL, "--iterations", "5")
        self.program.succeed("tables", recording, "-t", "figure1", "-f", "csv", "-o", figure)
        found = json.loads(self.program.succeed(
            "correlate", "--x", figure, "--y", figure, "--y-column", "test_accuracy"))
        expect_equal(list(found), ["entropy scaled", "training_accuracy", "test_accuracy",
                                   "entropy"], "series")
        measures = self.program.info(recording)["correlations"]["measures"]
        expected = next(m for m in measures if m["measure"] == "entropy")["test_accuracy"]
        for name in ("entropy", "entropy scaled"):
            for statistic in ("pearson", "spearman"):
                value, right = found[name][statistic], expected[statistic]
                expect(value == right or abs(value - right) < 1e-9, f"{name} {value} {right}")
        both = self.folder / "both.csv"
        self.program.succeed("tables", recording, self.recording, "-t", "figure1", "-f", "csv",
                             "-o", both)
        names = json.loads(self.program.succeed("correlate", "--x", both, "--y", figure,
                                                "--y-column", "entropy"))
        expect_equal(len(names), 8, "series of two runs")
        self.program.succeed("tables", recording, "-t", "5", "-f", "csv", "-o", both, "--force")
        self.program.fail("correlate", "--x", both, "--y", figure, words=[both, "figure1"])

    def test_reads_series_as_programs_write_them(self):
        expected = self.correlate("1\n2\n4\n", "3\n1\n2\n")
        for x in (
            "1\n2\n4", "x\n1\n2\n4\n", "x\r\n1\r\n2\r\n4\r\n", "\ufeffx\n1\n2\n4\n",
            '"x, y"\n"1"\n2.0\n4e0\n', " x \n 1 \n\t2\n+4 \n", "Größe\n1\n2\n.4e1\n",
            gzip.compress(b"1\n2\n4\n"), "1\n2\n4\n\n", "x\r\n1\r\n2\r\n4\r\n \r\n\r\n",
        ):
            expect_equal(self.correlate(x, "3\n1\n2\n"), expected, f"coefficients of {x!r}")
        found = self.correlate('"a ""b"", c",Größe\n1,4\n2,2\n4,1\n', "3\n1\n2\n")
        expect_equal(list(found), ['a "b", c', "Größe"], "names")
        expect_equal(found['a "b", c'], expected, "coefficients of a column")

    # the program itself

    def test_help_names_every_command(self):
        text = self.program.succeed("--help")
        for command in ("train", "info", "tables", "analyze", "metrics", "correlate", "picture"):
            expect(re.search(rf"^  {command} ", text, re.MULTILINE), f"no {command} in the help")
            help_text = self.program.succeed(command, "--help")
            expect(f"coterie-cli {command}" in help_text, f"{command} is called otherwise")

    def test_version_tells_what_it_runs_with(self):
        text = self.program.succeed("--version")
        expect(re.match(r"coterie-cli \d+\.\d+\.\d+\n", text), text)
        for library in ("GLib", "igraph", "SQLite"):
            expect(re.search(rf"^{library}: compiled with [\d.]+, running with ", text, re.M), text)

    def test_warns_of_kernels_that_are_not_there(self):
        for name, warned in (("abacus", True), ("baseline", False), ("", False)):
            outcome = self.program.run("--version", environment={"COTERIE_KERNELS": name})
            expect_equal(outcome.status, 0, "status")
            words = [f"COTERIE_KERNELS={name} ", "baseline, naive"] if warned else []
            expect(bool(outcome.err) == warned, f"{name}: {outcome.err}")
            expect(all(word in outcome.err for word in words), outcome.err)

    def test_does_not_train_with_kernels_that_are_not_there(self):
        recording = self.folder / "kernels.coterie"
        self.program.fail(
            "train", "--dataset", "digits", *SMALL, "-o", recording,
            environment={"COTERIE_KERNELS": "abacus"},
            words=["COTERIE_KERNELS is “abacus”", "baseline, naive"])
        expect(not recording.exists(), "it was recorded")

    def test_needs_no_display(self):
        environment = {"DISPLAY": ":nowhere", "WAYLAND_DISPLAY": "nowhere"}
        self.program.succeed("picture", self.recording, "-o", "a.png", environment=environment)


main(Commands)
