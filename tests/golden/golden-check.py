#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs `coterie-cli metrics` on one golden case and compares every field with expected.json.

Counts, lists and orders must agree exactly, other numbers to 1e-9 max(1, |v|). Communities are found
by a heuristic, as are halves: they are judged by their quality. A trajectory is compared iteration by iteration; its
correlations are those of test-series. Prints TAP.

usage: golden-check.py COTERIE-CLI CASE-FOLDER
"""

import json
import os
import subprocess
import sys

TOLERANCE = 1e-9
QUALITY_MARGIN = 0.01
CUT_FACTOR = 1.02
RESOLUTIONS = {"resolution_0.5": "0.5", "resolution_1": "1"}

# Fields of expected.json that hold the results of other programs' heuristics.
HEURISTIC = {"klb", "louvain"}


def differences(found, expected, path):
    """Yields one line for each place where found is not what was expected."""
    if isinstance(expected, dict):
        if not isinstance(found, dict):
            yield f"{path}: found {found!r}, expected the fields {sorted(expected)}"
            return
        for key, value in expected.items():
            yield from differences(found.get(key), value, f"{path}.{key}")
    elif isinstance(expected, list):
        if not isinstance(found, list) or len(found) != len(expected):
            length = len(found) if isinstance(found, list) else found
            yield f"{path}: found {length} entries, expected {len(expected)}"
            return
        for index, value in enumerate(expected):
            yield from differences(found[index], value, f"{path}[{index}]")
    elif isinstance(expected, float):
        is_number = isinstance(found, (int, float)) and not isinstance(found, bool)
        # written so that not-a-number differs from everything
        if not is_number or not abs(found - expected) <= TOLERANCE * max(1.0, abs(expected)):
            yield f"{path}: found {found!r}, expected {expected!r}"
    elif found != expected or type(found) is not type(expected):
        yield f"{path}: found {found!r}, expected {expected!r}"


def partition_quality(edges, communities, resolution):
    """Gephi's modularity with resolution and the usual modularity, both by their definitions."""
    community_of = {v: k for k, members in enumerate(communities) for v in members}
    total = sum(weight for _, _, weight in edges)
    if total == 0:
        return 0.0, 0.0
    inside = [0.0] * len(communities)
    strength = [0.0] * len(communities)
    for source, target, weight in edges:
        strength[community_of[source]] += weight
        strength[community_of[target]] += weight
        if community_of[source] == community_of[target]:
            inside[community_of[source]] += weight
    expected = sum((s / (2 * total)) ** 2 for s in strength)
    return resolution * sum(inside) / total - expected, sum(inside) / total - expected


def louvain_differences(louvain, expected, report):
    """Judges the communities that were found: are they what is said of them, and good enough?"""
    communities = louvain["communities"]
    members = sorted(v for community in communities for v in community)
    if members != report["vertices"]:
        yield "louvain: the communities are not a partition of the vertices"
        return
    if communities != sorted(communities, key=lambda c: (-len(c), c[0])):
        yield "louvain: the communities are not ordered by size and lowest neuron"

    quality, modularity = partition_quality(report["edges"], communities, louvain["resolution"])
    yield from differences(louvain["quality"], quality, "louvain.quality")
    yield from differences(louvain["modularity"], modularity, "louvain.modularity")
    sizes = sorted(map(len, communities), reverse=True)[:8]
    yield from differences(louvain["sizes_8_largest"], sizes, "louvain.sizes_8_largest")
    average = float(len(members) / len(communities))
    yield from differences(louvain["average_nodes"], average, "louvain.average_nodes")

    connected = {v for source, target, _ in report["edges"] for v in (source, target)}
    for community in communities:
        if len(community) > 1 and not connected.issuperset(community):
            yield f"louvain: {community} holds a vertex without edges"
    if louvain["quality"] < expected["quality_worst"] - QUALITY_MARGIN:
        yield (f"louvain.quality: found {louvain['quality']}, expected at least "
               f"{expected['quality_worst']} - {QUALITY_MARGIN}")


def bisection_differences(bisection, expected, report, weighted):
    """Judges two halves: are they what is said of them, and is the cut low enough?"""
    edges = [(p, q, weight if weighted else 1.0) for p, q, weight in report["edges"]]
    halves = bisection["halves"]
    n = len(report["vertices"])
    if sorted(v for half in halves for v in half) != report["vertices"]:
        yield "klb: the halves are not a partition of the vertices"
        return
    if [len(half) for half in halves] != [n // 2, n - n // 2]:
        yield f"klb: halves of {list(map(len, halves))} vertices"

    first = set(halves[0])
    cut = sum((weight for p, q, weight in edges if (p in first) != (q in first)), 0.0)
    _, modularity = partition_quality(edges, halves, 1.0)
    yield from differences(bisection["cut"], cut, "klb.cut")
    yield from differences(bisection["modularity"], modularity, "klb.modularity")
    if bisection["cut"] > CUT_FACTOR * expected["cut_max"] + TOLERANCE:
        yield (f"klb.cut: found {bisection['cut']}, expected at most "
               f"{CUT_FACTOR} * {expected['cut_max']}")


def klb_differences(klb, expected, report):
    """Judges the halves of both readings of the edges, which are named only if there are edges."""
    readings = set(expected) - {"fixed"}
    if set(klb) != readings:
        yield f"klb: found {sorted(klb)}, expected {sorted(readings)}"
        return
    for reading in sorted(readings):
        yield from bisection_differences(
            klb[reading], expected[reading], report, reading == "weighted")


def run_metrics(program, case, expected, resolution, activations="acts.npy"):
    """Runs the program on a case in a locale with a decimal comma, if there is one."""
    bins = expected["R"] if isinstance(expected["R"], list) else [expected["R"]]
    bins = ",".join(map(str, bins))
    command = [program, "metrics",
               "--activations", os.path.join(case, activations),
               "--labels", os.path.join(case, "labels.npy"),
               "--classes", str(expected["classes"]),
               "--top", str(expected["S"]), "--bins", bins, "--resolution", resolution]
    result = subprocess.run(command, stdout=subprocess.PIPE, check=True,
                            env={**os.environ, "LC_ALL": "de_DE.UTF-8"})
    return json.loads(result.stdout)


def report_test(number, name, lines):
    """Prints one TAP line and what was wrong; returns whether all was right."""
    print(f"{'not ok' if lines else 'ok'} {number} - {name}")
    for line in lines[:10]:
        print(f"# {line}")
    return not lines


def check_trajectory(program, case, expected):
    """Compares the series, one iteration a test."""
    print(f"1..{len(expected['iterations'])}")
    good = True
    for number, values in enumerate(expected["iterations"], 1):
        report = run_metrics(program, case, expected, "0.5", f"acts-{number:02}.npy")
        entropy = report["entropy"][f"R={expected['R']} range=min-max"]
        found = {**report["modularity"], "entropy": entropy["total"],
                 "class_entropy": entropy["per_class"]}
        lines = list(differences(found, values, f"iteration {number}"))
        good &= report_test(number, f"iteration {number}", lines)
    return good


def check_layer(program, case, expected):
    """Compares all fields, then the halves, and the communities at each resolution the case has."""
    fields = [field for field in expected if field not in HEURISTIC]
    louvain = expected["louvain"]

    print(f"1..{len(fields) + 1 + len(louvain)}")
    report = run_metrics(program, case, expected, RESOLUTIONS["resolution_0.5"])
    good = True
    for number, field in enumerate(fields, 1):
        lines = list(differences(report.get(field), expected[field], field))
        good &= report_test(number, field, lines)
    lines = list(klb_differences(report["klb"], expected["klb"], report))
    good &= report_test(len(fields) + 1, "klb", lines)
    for number, (name, values) in enumerate(louvain.items(), len(fields) + 2):
        report = run_metrics(program, case, expected, RESOLUTIONS[name])
        lines = list(louvain_differences(report["louvain"], values, report))
        good &= report_test(number, f"louvain {name}", lines)
    return good


def main():
    """Checks one case of either kind."""
    program, case = sys.argv[1:3]
    with open(os.path.join(case, "expected.json"), encoding="utf-8") as file:
        expected = json.load(file)
    check = check_trajectory if "iterations" in expected else check_layer
    sys.exit(0 if check(program, case, expected) else 1)


main()
