#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints the tables of the paper for small recordings, and computes them again by other means.

    test-tables.py COTERIE_CLI
"""
import csv
import io
import json
import math
import re
import shutil
import statistics
import subprocess

import broken_files
from program import Cases, Skip, Training, expect, expect_equal, main

SMALL = ["--limit", "300", "--top", "4"]
TABLES = ["2", "3", "4", "5", "6", "baselines"]
KEYS = ["layer", "class", "other_class", "iteration", "measure", "statistic", "with"]
DASH = "\N{EM DASH}"
MODULARITIES = [
    "klb_weighted", "klb_unweighted", "no_overlap", "unweighted_overlap", "weighted_overlap",
]


def rank(values):
    """Average ranks, by the definition."""
    return [
        sum(other < value for other in values) + (sum(other == value for other in values) + 1) / 2
        for value in values
    ]


def correlate(x, y, statistic):
    """None where it is undefined."""
    if len(x) < 3 or len(set(x)) == 1 or len(set(y)) == 1:
        return None
    if statistic == "spearman":
        x, y = rank(x), rank(y)
    return statistics.correlation(x, y)


def expect_near(found, expected, what):
    if expected is None or found is None:
        expect_equal(found, expected, what)
    else:
        expect(abs(found - expected) <= 1e-9, f"{what}: found {found}, expected {expected}")


class Tables(Cases):
    path = "/cli/tables"

    def set_up(self):
        self.plain = self.train("plain.coterie", "--hidden", "20,12", "--iterations", "4")
        self.mixed = self.train("mixed.coterie", "--hidden", "16", "--iterations", "3",
                                "--label-noise", "1")
        self.noisy = self.train("noisy.coterie", "--hidden", "12,9,7", "--iterations", "5",
                                "--record-every", "2", "--label-noise", "0.5")
        self.runs = [self.plain, self.mixed, self.noisy]

    def train(self, name, *options, dataset="digits"):
        recording = self.shared / name
        self.program.succeed("train", "--dataset", dataset, "-o", recording, *SMALL, *options)
        return recording

    def tables(self, *arguments, **options):
        return self.program.succeed("tables", *arguments, **options)

    def data(self, *arguments):
        return json.loads(self.tables(*arguments, "--format", "json"))

    def rows(self, table, *arguments):
        """Values by key: layer, class, other class, iteration, measure, statistic, with."""
        rows = self.data("--table", table, *arguments)["tables"][table]
        found = {tuple(row.get(name) for name in KEYS): row["values"] for row in rows}
        expect_equal(len(found), len(rows), "different rows")
        return found

    def frames(self, recording, first=1):
        frames = self.program.info(recording)["frames"]
        return [frame for frame in frames if frame["iteration"] >= first]

    # what they hold

    def check_layer(self, found, frames, layer, name, get):
        """The value at the end and its correlations with the accuracies are those of the frames."""
        values = [get(frame["layers"][layer - 1]) for frame in frames]
        expect_near(found[layer, None, None, "last", name, "value", None][0], values[-1], name)
        for key, (coefficient, *_) in found.items():
            if key[0] == layer and key[4] == name and key[5] != "value":
                accuracies = [frame[key[6]] for frame in frames]
                expect_near(coefficient, correlate(values, accuracies, key[5]), f"{key}")

    def test_table_4_is_that_of_the_frames(self):
        frames = self.frames(self.plain)
        found = self.rows("4", self.plain)
        expect_equal(len(found), 2 * 2 * len(MODULARITIES), "rows")
        for layer in (1, 2):
            for name in MODULARITIES:
                self.check_layer(found, frames, layer, name, lambda l: l["modularity"][name])

    def test_table_5_is_that_of_the_frames(self):
        frames = self.frames(self.plain)
        found = self.rows("5", self.plain)
        for layer in (1, 2):
            for name in ("entropy", "mean_live_entropy"):
                self.check_layer(found, frames, layer, "layer_" + name, lambda l: l[name])
        for statistic in ("pearson", "spearman"):
            for accuracy in ("training_accuracy", "test_accuracy"):
                expected = correlate([frame["entropy"] for frame in frames],
                                     [frame[accuracy] for frame in frames], statistic)
                key = (None, None, None, None, "entropy", statistic, accuracy)
                expect_near(found[key][0], expected, f"{key}")

    def test_table_3_is_that_of_the_frames(self):
        frames = self.frames(self.plain)
        found = self.rows("3", self.plain)
        for layer in (1, 2):
            louvain = frames[-1]["layers"][layer - 1]["louvain"]
            sizes = [found[layer, None, None, "last", f"community_size_{nth}", "value", None][0]
                     for nth in range(1, 9)]
            expected = louvain["sizes_8_largest"]
            expect_equal(sizes, expected + [None] * (8 - len(expected)), "sizes")
            self.check_layer(found, frames, layer, "average_nodes",
                             lambda l: l["louvain"]["average_nodes"])

    def test_table_6_knows_the_accuracy_of_each_class(self):
        frames = self.frames(self.plain)
        found = self.rows("6", self.plain, "--layer", "2")
        expect_equal(len(found), 10 * (1 + 4 * 2), "rows")
        for c in range(10):
            entropies = [frame["layers"][1]["class_entropies"][c] for frame in frames]
            accuracies = [frame["test_class_accuracies"][c] for frame in frames]
            key = (2, c, None, None, "layer_class_entropy", "spearman", "class_test_accuracy")
            pairs = [(x, y) for x, y in zip(entropies, accuracies) if None not in (x, y)]
            expected = correlate(*zip(*pairs), "spearman") if pairs else None
            expect_near(found[key][0], expected, f"class {c}")

    def test_baselines_are_those_of_the_frames(self):
        frames = self.frames(self.plain)
        found = self.rows("baselines", self.plain, "--layer", "2")
        baselines = frames[-1]["layers"][1]["baselines"]
        rewired = frames[-1]["layers"][1]["louvain"]["rewired"]
        names = ("mean", "deviation", "lower", "upper")
        numbers = (rewired["mean"], rewired["deviation"], *rewired["interval_95"])
        baselines.update((f"null_modularity_{name}", n) for name, n in zip(names, numbers))
        baselines["louvain"] = frames[-1]["layers"][1]["modularity"]["louvain"]
        expect_equal({key[4] for key in found}, set(baselines), "names")
        for name, value in baselines.items():
            # 0 patterns have never been counted
            expected = None if name in ("patterns", "regions") and value == 0 else value
            expect_equal(found[2, None, None, "last", name, "value", None][0], expected, name)

    def test_table_2_counts_neurons_in_two_readings(self):
        found = self.rows("2", self.plain)
        expect_equal(len(found), 2 * 2 * 55, "rows")
        expect_equal({key[0] for key in found}, {1}, "layers")
        measures = {
            m["measure"]: m["last"]
            for m in self.program.info(self.plain)["correlations"]["measures"]
            if m.get("layer") == 1 and "class" not in m
        }
        for iteration in ("first", "last"):
            n_alone = n_pairs = 0
            for i in range(10):
                for j in range(i, 10):
                    unique, shared = (
                        found[1, i, j, iteration, reading, "value", None][0]
                        for reading in ("unique_neurons", "shared_neurons")
                    )
                    expect(unique == shared if i == j else 0 <= unique <= shared <= 4, f"{i} {j}")
                    n_alone += unique if i == j else 0
                    n_pairs += shared if i != j else 0
            if iteration == "last":
                expect_equal((n_alone, n_pairs),
                             (measures["unique_neurons"], measures["shared_neurons"]), "sums")

    def test_the_first_iteration_is_the_untrained_one_on_demand(self):
        plain = self.data(self.plain)
        untrained = self.data(self.plain, "--with-iteration-0")
        expect_equal(plain["runs"][0]["iterations"], [1, 2, 3, 4], "iterations")
        expect_equal(untrained["runs"][0]["iterations"], [0, 1, 2, 3, 4], "iterations")
        frames = self.frames(self.plain, first=0)
        found = self.rows("4", self.plain, "--with-iteration-0")
        for layer in (1, 2):
            self.check_layer(found, frames, layer, "no_overlap",
                             lambda l: l["modularity"]["no_overlap"])
        text = self.tables(self.plain, "--table", "2", "--with-iteration-0")
        expect("Iteration 0: " in text and "Iteration 4: " in text, "moments")

    def test_figure_1_is_that_of_the_frames(self):
        data = self.data(*self.runs, "--table", "figure1")
        expect_equal(list(data["tables"]), ["figure1"], "tables")
        rows = data["tables"]["figure1"]
        for layer, name in ((None, "entropy"), (2, "layer_entropy")):
            if layer is not None:
                rows = self.data(*self.runs, "--table", "figure1", "--layer", "2")["tables"]["figure1"]
            for number, run in enumerate(self.runs):
                frames = self.frames(run)
                if layer is not None and len(frames[0]["layers"]) < layer:
                    continue
                entropies = [frame["entropy"] if layer is None
                             else frame["layers"][layer - 1]["entropy"] for frame in frames]
                low, high = min(entropies), max(entropies)
                found = {(row["measure"], row["statistic"], row["iteration"]): row["values"][number]
                         for row in rows}
                for frame, entropy in zip(frames, entropies):
                    at = frame["iteration"]
                    expect_near(found.pop((name, "value", at)), entropy, "entropy")
                    expect_near(found.pop((name, "scaled", at)), (entropy - low) / (high - low),
                                "scaled entropy")
                    for accuracy in ("training_accuracy", "test_accuracy"):
                        expect_near(found.pop((accuracy, "value", at)), frame[accuracy], accuracy)
                expect_equal(set(found.values()) | {None}, {None}, "iterations of other runs")

    # runs as columns

    def test_runs_are_columns(self):
        data = self.data(*self.runs)
        expect_equal([run["name"] for run in data["runs"]],
                     ["Digits", "Digits mixed", "Digits noise 0.5"], "names")
        expect_equal([run["iterations"] for run in data["runs"]],
                     [[1, 2, 3, 4], [1, 2, 3], [2, 4, 5]], "iterations")
        expect_equal(list(data["tables"]), TABLES, "tables")
        for number, run in enumerate(self.runs):
            alone = self.data(run)["tables"]
            for table, rows in data["tables"].items():
                column = {tuple(row.get(name) for name in KEYS): row["values"][number]
                          for row in rows}
                for row in alone[table]:
                    key = tuple(row.get(name) for name in KEYS)
                    expect_equal(column.pop(key), row["values"][0], f"{table} {key}")
                expect_equal(set(column.values()) | {None}, {None}, "layers that a run has not")

    def test_runs_may_have_different_classes(self):
        folder = broken_files.write_dataset(self.folder / "three")
        three = self.train("three.coterie", "--hidden", "20", "--iterations", "2", "--limit", "0",
                           dataset=folder)
        both = self.data(self.plain, three)["tables"]
        alone = self.data(three)["tables"]
        for table in ("2", "6"):
            expected = {tuple(row.get(name) for name in KEYS): row["values"][0]
                        for row in alone[table]}
            for row in both[table]:
                key = tuple(row.get(name) for name in KEYS)
                few = max(row["class"], row.get("other_class", 0)) < 3
                expect_equal(key in expected, few, f"{key} is there")
                expect_equal(row["values"][1], expected.get(key), f"{table} {key}")
        for format in ("text", "latex", "markdown"):
            self.tables(self.plain, three, "--format", format)

    def test_runs_of_the_same_name_are_told_apart(self):
        names = [run["name"] for run in self.data(self.plain, self.mixed, self.plain)["runs"]]
        expect_equal(names, ["Digits (plain)", "Digits mixed", "Digits (plain) 2"], "names")

    def test_a_single_table_or_layer_can_be_asked_for(self):
        for table in TABLES:
            expect_equal(list(self.data(self.plain, "--table", table)["tables"]), [table], "tables")
        both = self.data(self.plain, "--table", "5", "--table", "3")
        expect_equal(list(both["tables"]), ["3", "5"], "tables")
        for rows in self.data(self.plain, "--layer", "2")["tables"].values():
            expect_equal({row["layer"] for row in rows}, {2}, "layers")

    # formats

    def test_csv_says_what_json_says(self):
        data = self.data(*self.runs)
        text = self.tables(*self.runs, "--format", "csv")
        header, *lines = csv.reader(io.StringIO(text))
        names = [run["name"] for run in data["runs"]]
        prefixes = ("", "n of ", "silent of ", "class of ", "other class of ")
        columns = [prefix + name for prefix in prefixes for name in names]
        expect_equal(header, ["table", *KEYS, *columns], "header")
        rows = [(table, row) for table, rows in data["tables"].items() for row in rows]
        expect_equal(len(lines), len(rows), "lines")
        for line, (table, row) in zip(lines, rows):
            expect_equal(line[0], table, "table")
            expect_equal(line[1:8], [str(row.get(name, "")) for name in KEYS], "key")
            values = [float(value) if value else None for value in line[8:11]]
            expect_equal(values, row["values"], f"{line}")
            expect_equal(line[11:14], [str(n) for n in row.get("n", 3 * [""])], f"{line}")
            expect_equal(line[14:17], [str(n) for n in row["silent"]], f"{line}")
            for cells, key in ((line[17:20], "class"), (line[20:], "other_class")):
                expected = [run["class_names"][row[key]] if key in row else ""
                            for run in data["runs"]]
                expect_equal(cells, expected, f"{line}")

    def test_classes_that_differ_are_named(self):
        folder = broken_files.write_dataset(self.folder / "few")
        few = self.train("few.coterie", "--hidden", "20", "--iterations", "2", "--limit", "0",
                         dataset=folder)
        rows = [["a", "b", "label"]] + [[k % 7, k % 5, ("50%", "a_b")[k % 2]] for k in range(40)]
        with open(self.folder / "weird.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows(rows)
        weird = self.train("weird.coterie", "--hidden", "6", "--iterations", "2", "--limit", "0",
                           dataset=self.folder / "weird.csv")
        data = self.data(weird, few, "--table", "6")
        expect_equal(data["runs"][0]["class_names"], ["50%", "a_b"], "names")
        lines = csv.DictReader(io.StringIO(self.tables(weird, few, "--format", "csv")))
        name = data["runs"][0]["name"]
        names = {line["class"]: line[f"class of {name}"] for line in lines if line["class"]}
        expect_equal((names["0"], names["1"], names["2"]), ("50%", "a_b", ""), "names")
        text = self.tables(weird, self.plain, "--table", "6")
        expect("Equal numbers are not the same class" in text, text)
        expect(f"{name}: classes 0 50%, 1 a_b\n" in text, text)
        expect("Equal numbers" not in self.tables(*self.runs, "--table", "6"), "equal classes")

    def test_every_correlation_names_its_accuracy(self):
        for table in ("3", "4", "5", "baselines"):
            text = self.tables(self.plain, "--table", table, "--correlations", "all")
            rows = [re.split(r"  +", line.strip())[0] for line in text.splitlines()
                    if "CC, " in line and line.startswith("  ")]
            expect(rows, f"no correlations in {text}")
            for kind in ("PCC", "SCC"):
                ends = [row.rsplit(", ", 1)[1] for row in rows if f", {kind}, " in row]
                expect_equal(ends.count("training"), ends.count("test"), f"{kind} of {table}")
                expect_equal(len(ends) * 2, len(rows), f"{kind} of {table}")
        self.program.misuse("tables", self.plain, "--correlations", "some", words=["some", "all"])

    def test_table_3_says_its_resolution(self):
        coarse = self.train("coarse.coterie", "--hidden", "9", "--iterations", "3",
                            "--resolution", "2")
        words = "communities at resolution 2, where the paper has 0.5"
        expect(words in self.tables(coarse, "--table", "3"), "resolution")
        expect("where the paper" not in self.tables(self.plain, "--table", "3"), "resolution")

    def test_few_iterations_are_told(self):
        for row in self.data(*self.runs)["tables"]["5"]:
            if row["statistic"] != "value" and row.get("layer", 1) == 1:
                counts = [n + left_out for n, left_out in zip(row["n"], row["left_out"])]
                expect_equal(counts, [4, 3, 3], "iterations")
        short = self.train("short.coterie", "--hidden", "9", "--iterations", "2")
        text = self.tables(self.plain, short, "--table", "5")
        for words in ("correlations over 4 iterations alone", "too few iterations for correlations: 2"):
            expect(words in text, f"nothing about “{words}” in {text}")
        expect("iterations alone" not in self.tables(self.plain, "--table", "2"), "Table 2")
        for key, values in self.rows("5", short).items():
            expect(key[5] == "value" or values == [None], f"{key} is {values}")

    def train_wildly(self, name, *options):
        """What goes wrong, and when, is taken from the recording."""
        recording = self.folder / name
        outcome = self.program.run("train", "--dataset", "digits", "-o", recording, *SMALL,
                                   "--hidden", "64,64,64", "--dropout", "0", "--optimizer", "sgd",
                                   "--batch", "4", "--iterations", "6", *options)
        expect_equal(outcome.status, 0, outcome.err)
        return recording

    def test_silent_layers_are_told(self):
        recording = self.train_wildly("hushed.coterie", "--learning-rate", "1", "--momentum", "0.9")
        silent = [[layer["baselines"]["dead"] == 1 for layer in frame["layers"]]
                  for frame in self.frames(recording)]
        counts = [sum(column) for column in zip(*silent)]
        expect(max(counts) > 0, "no layer is silent")
        network = sum(map(any, silent))
        for rows in self.data(recording)["tables"].values():
            for row in rows:
                expected = counts[row["layer"] - 1] if "layer" in row else network
                expect_equal(row["silent"], [expected], f"{row}")
        for format in ("text", "latex", "markdown"):
            for table in TABLES:
                text = self.tables(recording, "--table", table, "--format", format)
                for layer, count in enumerate(counts, start=1):
                    words = f"Digits: layer {layer} is silent in {count} of 6 iterations, first at"
                    told = count > 0 and (table != "2" or layer == 1)
                    expect_equal(words in text, told, f"“{words}” in table {table} as {format}")
                expect("is silent in 0" not in text, "layers that are not silent")
        expect("silent" not in self.tables(self.plain), "silent layers where none is")

    def test_notes_count_the_iterations_that_count(self):
        recording = self.train_wildly("wild.coterie", "--learning-rate", "0.3", "--momentum", "0.99")
        n_undefined = sum(any(layer["bad_values"] for layer in frame["layers"])
                          for frame in self.frames(recording))
        expect(n_undefined > 0, "the training has not diverged")
        for table, rows in self.data(recording)["tables"].items():
            counts = [row["n"][0] for row in rows if "n" in row]
            if not counts:
                continue
            expect(all(row["n"][0] + row["left_out"][0] == 6 for row in rows if "n" in row), table)
            text = self.tables(recording, "--table", table)
            few, most = min(filter(None, counts), default=0), max(counts)
            if most < 3:
                words = f"too few iterations for correlations: {most}, expected"
            elif few < most:
                words = f"correlations over {few} to {most} iterations;"
            else:
                words = f"correlations over {most} iterations alone"
            expect(words in text, f"nothing about “{words}” in {text}")

    def test_text_and_markdown_round_what_json_says(self):
        column = self.rows("4", *self.runs)
        expected = []
        for (_, _, _, _, _, statistic, _), values in column.items():
            digits = 4 if statistic == "value" else 2
            texts = [DASH if value is None else f"{value:.{digits}f}" for value in values]
            expected.append([text[1:] if re.fullmatch(r"-0\.0+", text) else text for text in texts])
        text = self.tables(*self.runs, "--table", "4")
        lines = [re.split(r"  +", line.strip()) for line in text.splitlines()
                 if line.startswith("  ")]
        expect_equal(lines[0], ["Digits", "Digits mixed", "Digits noise 0.5"], "columns")
        expect_equal([line[1:] for line in lines[1:]], expected, "text")
        markdown = self.tables(*self.runs, "--table", "4", "--format", "markdown")
        lines = [[cell.strip() for cell in line.split("|")[1:-1]]
                 for line in markdown.splitlines() if line.startswith("|")]
        expect_equal(set(map(len, lines)), {5}, "columns")
        expect_equal(lines[0][2:], ["Digits", "Digits mixed", "Digits noise 0.5"], "columns")
        expect_equal([line[2:] for line in lines[2:]], expected, "markdown")

    def test_columns_of_text_are_aligned(self):
        for block in self.tables(*self.runs).split("\n\n")[1:]:
            lines = [line for line in block.splitlines() if line.startswith("  ")]
            expect(len(lines) > 1, f"no lines in {block[:60]}")
            expect_equal(len({len(line) for line in lines}), 1, f"widths in {block[:60]}")

    def test_settings_are_named(self):
        for format in ("text", "markdown", "latex"):
            text = self.tables(*self.runs, "--table", "5", "--format", format)
            text = text.replace("-{}", "-").replace("\\", "")
            for words in ("hidden layers 12, 9, 7", "dropout 0.3", "top 4 neurons", "100 bins",
                          "learning rate 0.001", "iterations 2 to 5, 3 of them recorded"):
                expect(words in text, f"nothing about “{words}” in {format}")

    def test_a_point_stands_in_every_number(self):
        comma = {"LC_ALL": "de_DE.UTF-8"}
        for format in ("text", "csv", "json", "latex", "markdown"):
            expected = self.tables(*self.runs, "--format", format)
            found = self.tables(*self.runs, "--format", format, environment=comma)
            # where that locale is not installed, it is one without letters for a dash
            expect(found in (expected, expected.replace(DASH, "-")), f"{format} is different")

    def test_text_has_a_dash_in_every_locale(self):
        expected = self.tables(*self.runs)
        expect(DASH in expected, "nothing is undefined")
        found = self.tables(*self.runs, environment={"LC_ALL": "C"})
        expect(found == expected.replace(DASH, "-"), "text is different in plain ASCII")

    # LaTeX

    def check_latex(self, path):
        text = path.read_text(encoding="utf-8")
        open_environments = []
        for verb, name in re.findall(r"\\(begin|end)\{(\w+)\}", text):
            if verb == "begin":
                open_environments.append(name)
            else:
                expect_equal(open_environments.pop(), name, "environment")
        expect_equal(open_environments, [], "open environments")
        unescaped = re.sub(r"\\[\\{}]", "", text)
        expect_equal(unescaped.count("{"), unescaped.count("}"), "braces")
        for tabular in re.findall(r"\\begin\{tabular\}\{@\{\}(l?r+)@\{\}\}(.*?)\\end\{tabular\}",
                                  text, re.DOTALL):
            for line in tabular[1].splitlines():
                n_cells = len(re.findall(r"(?<!\\)&", line)) + 1
                expect(n_cells in (1, len(tabular[0])), f"{n_cells} cells in {line}")
        return text

    def compile(self, path):
        if shutil.which("pdflatex") is None:
            raise Skip("there is no pdflatex")
        result = subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", path.name],
            cwd=path.parent, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
            timeout=120,
        )
        log = result.stdout.decode("latin-1")
        expect_equal(result.returncode, 0, f"pdflatex: {log[-2000:]}")
        expect(path.with_suffix(".pdf").read_bytes().startswith(b"%PDF-"), "no PDF")

    def test_latex_is_a_document_that_compiles(self):
        path = self.folder / "tables.tex"
        expect_equal(self.tables(*self.runs, "--format", "latex", "-o", path), "", "output")
        text = self.check_latex(path)
        expect(text.startswith("\\documentclass{article}\n"), "beginning")
        expect(text.endswith("\\end{document}\n"), "end")
        expect("\\toprule" in text and "{booktabs}" in text, "rules")
        self.compile(path)

    def test_parts_of_a_latex_table_have_one_number(self):
        path = self.folder / "parts.tex"
        self.tables(*self.runs, "--table", "4", "--table", "baselines", "--format", "latex", "-o", path)
        parts = self.check_latex(path).split("\\begin{table}")[1:]
        continued = ["(continued)" in part for part in parts]
        expect(continued.count(False) == 2 and any(continued), "parts")
        expect_equal(["\\addtocounter{table}{-1}\n  \\caption" in part for part in parts], continued,
                     "parts that have no number of their own")
        self.compile(path)
        numbers = re.findall(r"\\contentsline \{table\}\{\\numberline \{(\d+)\}",
                             path.with_suffix(".aux").read_text(encoding="utf-8"))
        expected = []
        for part in continued:
            expected.append(expected[-1] if part else str(1 + len(set(expected))))
        expect_equal(numbers, expected, "numbers")

    def test_latex_tables_can_be_read_into_another_document(self):
        fragment = self.folder / "fragment.tex"
        self.tables(*self.runs, "--format", "latex", "--fragment", "-o", fragment)
        text = self.check_latex(fragment)
        expect("\\documentclass" not in text and "{document}" not in text, "a document")
        packages = re.findall(r"^%   (\\usepackage.*)$", text, re.MULTILINE)
        expect("\\usepackage{booktabs}" in packages, f"packages {packages}")
        whole = self.tables(*self.runs, "--format", "latex").replace("\\clearpage\n", "")
        expect(text.split("\n", 1 + len(packages))[-1] in whole, "the tables differ")
        path = self.folder / "paper.tex"
        path.write_text("\n".join([
            "\\documentclass{article}", *packages, "\\begin{document}", "\\input{fragment}",
            "\\end{document}", "",
        ]), encoding="utf-8")
        self.compile(path)

    def test_names_may_be_anything(self):
        name = "50% #1_{a}&b $x$ ^~<|>\\ \"q\" -- größer 漢"
        folder = broken_files.write_dataset(self.folder / name)
        recording = self.folder / "odd.coterie"
        self.program.succeed("train", "--dataset", folder, "-o", recording, "--hidden", "5",
                             "--iterations", "2")
        text = self.tables(recording, "--table", "5", "--format", "csv")
        expect_equal(next(csv.reader(io.StringIO(text)))[-5], name, "column of CSV")
        expect_equal(self.data(recording)["runs"][0]["name"], name, "name in JSON")
        lines = self.tables(recording, "--table", "5", "--format", "markdown").splitlines()
        header = next(line for line in lines if line.startswith("|"))
        expect_equal(re.sub(r"\\(.)", r"\1", re.split(r"(?<!\\)\|", header)[3].strip()), name,
                     "column of Markdown")
        path = self.folder / "odd.tex"
        self.tables(recording, "--format", "latex", "-o", path)
        text = self.check_latex(path)
        expect("U+6F22" in text, "a character that no font has")
        self.compile(path)

    # what cannot be

    def test_needs_an_iteration_after_0(self):
        recording = self.folder / "untrained.coterie"
        # an update for each of 12000 samples takes long enough to be interrupted
        with Training(self.program, recording, "--hidden", "300", "--batch", "1") as training:
            training.await_events("frame", 1)
            training.interrupt()
        self.program.fail("tables", recording, words=[recording, "after 0"])
        self.program.fail("tables", self.plain, recording, words=[recording])
        values = self.rows("4", recording, "--with-iteration-0")
        frame = self.frames(recording, first=0)[0]
        for name in MODULARITIES:
            expect_equal(values[1, None, None, "last", name, "value", None][0],
                         frame["layers"][0]["modularity"][name], name)
            key = (1, None, None, None, name, "pearson", "training_accuracy")
            expect_equal(values[key][0], None, f"correlation of one {name}")

    def test_names_a_layer_that_no_run_has(self):
        self.program.fail("tables", self.plain, "--layer", "3", words=[self.plain, "layer 3", "2"])
        self.program.fail("tables", self.mixed, self.plain, "--layer", "99", words=["layer 99"])
        rows = self.data(self.mixed, self.noisy, "--layer", "3")["tables"]["4"]
        expect({row["values"][0] for row in rows} == {None}, "values of a layer that is not there")
        expect(all(math.isfinite(row["values"][1]) for row in rows if row["statistic"] == "value"),
               "values of a layer that is there")

    def test_never_replaces_what_it_reads(self):
        """Whatever path leads to it, and whether it is the first recording or another."""
        recording = self.folder / "d.coterie"
        shutil.copy(self.plain, recording)
        before = recording.read_bytes()
        (self.folder / "soft.png").symlink_to(recording)
        (self.folder / "hard.png").hardlink_to(recording)
        picture = ["picture", recording, "--iteration", "1", "--layer", "1"]
        for command, paths in (
            (["tables", self.mixed, recording], [recording, "d.coterie", "./d.coterie", "soft.png", "hard.png"]),
            (["analyze", recording], [recording, "./d.coterie", "soft.png", "hard.png"]),
            (picture, ["soft.png", "hard.png"]),
        ):
            for path in paths:
                self.program.fail(*command, "-o", path, "--force", words=[path, "another name"])
        expect_equal(recording.read_bytes(), before, "recording")
        expect((self.folder / "soft.png").is_symlink(), "symbolic link")

    def test_writes_a_file_whole_or_not_at_all(self):
        path = self.folder / "tables.csv"
        path.write_text("old")
        command = [self.plain, "--format", "csv", "-o", path]
        self.program.fail("tables", *command, words=[path, "exists", "--force"])
        expect_equal(path.read_text(), "old", "file")
        self.tables(*command, "--force")
        expect_equal(path.read_text(), self.tables(self.plain, "--format", "csv"), "file")
        nowhere = self.folder / "none" / "tables.csv"
        self.program.fail("tables", self.plain, "-o", nowhere, words=[nowhere])


main(Tables)
