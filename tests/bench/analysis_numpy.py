#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""The analysis of one iteration in numpy, as a process that bench-analysis runs in turn with ours.

    analysis_numpy.py WIDTHS FOLDER

WIDTHS are 784-512-512-10 and the like. FOLDER has inputs-0.f32, labels-0.u16 (training), inputs-1.f32,
labels-1.u16 (test) and parameters.f32. Prints "ready VERSION", then for each line of standard input
analyses once and answers with the seconds it took.

Done is what the streaming half of ours does: the forward pass of both splits with accuracy and loss,
class means, representatives, co-activations, entropies over all samples and over each class, class
selectivity, sparsity and sign patterns. Graphs, modularities and communities are not. All samples of
a layer are worked on at once, as numpy likes it; nothing is counted in Python but classes.
"""

import os
import sys
import time

import numpy as np

TOP = 50
BINS = 100


def require_openblas():
    """Without it Debian's numpy multiplies with the reference BLAS, and is no peer."""
    np.ones((64, 64), np.float32) @ np.ones((64, 64), np.float32)
    with open("/proc/self/maps", encoding="ascii", errors="replace") as maps:
        if not any("openblas" in line or "mkl" in line for line in maps):
            sys.exit("numpy has no fast BLAS here: apt install python3-numpy libopenblas0-pthread")


def read_network(widths, path):
    parameters = np.fromfile(path, np.float32)
    layers = []
    for n_in, n_out in zip(widths[:-1], widths[1:]):
        weights, parameters = np.split(parameters, [n_in * n_out])
        biases, parameters = np.split(parameters, [n_out])
        layers.append((weights.reshape(n_out, n_in), biases))
    return layers


def forward(layers, inputs):
    """Returns the activations of each hidden layer [samples][neurons], and the outputs."""
    activations = []
    for weights, biases in layers[:-1]:
        inputs = inputs @ weights.T
        inputs += biases
        np.maximum(inputs, 0.0, out=inputs)
        activations.append(inputs)
    weights, biases = layers[-1]
    return activations, inputs @ weights.T + biases


def evaluate(outputs, labels):
    outputs = outputs.astype(np.float64)
    outputs -= outputs.max(axis=1, keepdims=True)
    losses = np.log(np.exp(outputs).sum(axis=1)) - outputs[np.arange(len(labels)), labels]
    hits = outputs.argmax(axis=1) == labels
    sizes = np.bincount(labels, minlength=outputs.shape[1])
    return losses.mean(), hits.mean(), np.bincount(labels, hits, outputs.shape[1]) / sizes


def compute_entropies(activations):
    """Of each neuron: histogram of the non-zero values, from the smallest to the largest."""
    n_neurons = activations.shape[1]
    active = activations > 0.0
    low = np.where(active, activations, np.inf).min(axis=0)
    span = activations.max(axis=0) - low
    counted = (span > 0.0) & np.isfinite(low)
    scale = np.where(counted, BINS / np.where(counted, span, 1.0), 0.0).astype(np.float32)
    bins = ((activations - np.where(counted, low, 0.0).astype(np.float32)) * scale).astype(np.int32)
    np.minimum(bins, BINS - 1, out=bins)
    bins += np.arange(n_neurons, dtype=np.int32) * BINS
    counts = np.bincount(bins[active & counted], minlength=n_neurons * BINS)
    counts = counts.reshape(n_neurons, BINS).astype(np.float64)
    share = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1.0)
    return -(share * np.log(np.where(share > 0.0, share, 1.0))).sum(axis=1)


def hash_patterns(active, keys):
    """Two words of 64 bits a sample: np.unique of whole rows is much slower."""
    packed = np.packbits(active, axis=1)
    packed = np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8))).view(np.uint64)
    return np.stack([(packed * keys[i, : packed.shape[1]]).sum(axis=1) for i in range(2)], axis=1)


def count_distinct(hashes):
    return len(np.unique(hashes.view([("a", np.uint64), ("b", np.uint64)])))


def analyse_layer(activations, members):
    means = np.stack([activations[rows].mean(axis=0, dtype=np.float64) for rows in members])
    deltas = []
    class_entropies = []
    for rows, mean in zip(members, means):
        representatives = np.sort(np.argsort(-mean, kind="stable")[:TOP])
        of_class = activations[rows]
        above = (of_class[:, representatives] > mean[representatives]).astype(np.float32)
        deltas.append(above.T @ above)
        class_entropies.append(compute_entropies(of_class).sum())
    highest = means.max(axis=0)
    rest = (means.sum(axis=0) - highest) / (len(members) - 1)
    alive = highest > 0.0
    selectivity = ((highest - rest)[alive] / (highest + rest)[alive]).mean()
    sparsity = (activations == 0.0).mean()
    return deltas, compute_entropies(activations), class_entropies, selectivity, sparsity


def analyse(layers, splits, keys):
    (inputs, labels), test = splits
    activations, outputs = forward(layers, inputs)
    evaluate(outputs, labels)
    evaluate(forward(layers, test[0])[1], test[1])
    members = [np.flatnonzero(labels == c) for c in range(outputs.shape[1])]
    joint = np.zeros((len(labels), 2), np.uint64)
    for number, layer in enumerate(activations):
        analyse_layer(layer, members)
        hashes = hash_patterns(layer > 0.0, keys[number])
        joint += hashes
        count_distinct(hashes)
        count_distinct(joint)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    widths = [int(width) for width in sys.argv[1].split("-")]
    folder = sys.argv[2]
    require_openblas()
    splits = [
        (
            np.fromfile(os.path.join(folder, f"inputs-{i}.f32"), np.float32).reshape(-1, widths[0]),
            np.fromfile(os.path.join(folder, f"labels-{i}.u16"), np.uint16),
        )
        for i in range(2)
    ]
    layers = read_network(widths, os.path.join(folder, "parameters.f32"))
    keys = np.random.default_rng(1).integers(
        0, 2**64, (len(widths), 2, max(widths) // 64 + 1), np.uint64
    )
    print("ready", np.__version__, flush=True)
    for _ in sys.stdin:
        began = time.perf_counter()
        analyse(layers, splits, keys)
        print(time.perf_counter() - began, flush=True)


if __name__ == "__main__":
    main()
