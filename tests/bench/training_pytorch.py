#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later

"""The same training in PyTorch, as a process that bench-training runs in turn with ours.

    training_pytorch.py WIDTHS OPTIMIZER BATCH DROPOUT

WIDTHS are 784-512-512-10 and the like, OPTIMIZER is sgd or adam. Prints "ready VERSION", then reads
numbers of seconds from standard input, one a line, trains for about so long, and answers with the
samples trained on, the seconds and the seconds of processor time.

    training_pytorch.py --epochs N --samples COUNT WIDTHS OPTIMIZER BATCH DROPOUT

trains N epochs of COUNT samples, without any analysis, says so after each, and exits.

How many threads it takes is said by OMP_NUM_THREADS and OPENBLAS_NUM_THREADS. It does what makes
PyTorch fast on a processor: no data loader but slices of one tensor, gradients set to None, the
optimizer's way of working through all tensors at once, and no numbers so small that the processor
does them in software: of neurons that have died, Adam's means become such.
"""

import argparse
import os
import sys
import time

PACKAGES = "python3-torch libopenblas0-pthread"
SAMPLES_IN_TURN = 8192

try:
    import torch
except ImportError:
    sys.exit(f"PyTorch is not installed: apt install {PACKAGES}")


def require_openblas():
    """Without it Debian's PyTorch multiplies with the reference BLAS, and is no peer."""
    torch.rand(64, 64) @ torch.rand(64, 64)
    with open("/proc/self/maps", encoding="ascii", errors="replace") as maps:
        if not any("openblas" in line or "mkl" in line for line in maps):
            sys.exit(f"PyTorch has no fast BLAS here: apt install {PACKAGES}")


def make_network(widths, dropout):
    layers = []
    for n_in, n_out in zip(widths[:-2], widths[1:-1]):
        layers += [torch.nn.Linear(n_in, n_out), torch.nn.ReLU(), torch.nn.Dropout(dropout)]
    return torch.nn.Sequential(*layers, torch.nn.Linear(widths[-2], widths[-1]))


def make_optimizer(name, network):
    if name == "adam":
        return torch.optim.Adam(network.parameters(), lr=0.001, eps=1e-7, foreach=True)
    return torch.optim.SGD(network.parameters(), lr=0.01, foreach=True)


class Training:
    def __init__(self, options, n_samples):
        torch.manual_seed(1)
        widths = [int(width) for width in options.widths.split("-")]
        self.batch = options.batch
        self.inputs = torch.rand(n_samples, widths[0])
        self.labels = torch.randint(widths[-1], (n_samples,))
        self.network = make_network(widths, options.dropout)
        self.optimizer = make_optimizer(options.optimizer, self.network)
        self.loss = torch.nn.CrossEntropyLoss()

    def update(self, first):
        self.optimizer.zero_grad(set_to_none=True)
        outputs = self.network(self.inputs[first : first + self.batch])
        self.loss(outputs, self.labels[first : first + self.batch]).backward()
        self.optimizer.step()

    def run_epoch(self):
        for first in range(0, len(self.inputs), self.batch):
            self.update(first)

    def run_turn(self, seconds):
        n_samples = 0
        first = 0
        began, cpu_began = time.perf_counter(), time.process_time()
        while time.perf_counter() - began < seconds:
            self.update(first)
            n_samples += self.batch
            first = (first + self.batch) % len(self.inputs)
        return n_samples, time.perf_counter() - began, time.process_time() - cpu_began


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--samples", type=int, default=SAMPLES_IN_TURN)
    parser.add_argument("widths")
    parser.add_argument("optimizer", choices=["sgd", "adam"])
    parser.add_argument("batch", type=int)
    parser.add_argument("dropout", type=float)
    options = parser.parse_args()

    torch.set_num_threads(int(os.environ.get("OMP_NUM_THREADS", "1")))
    torch.set_flush_denormal(True)
    require_openblas()
    training = Training(options, options.samples)
    if options.epochs is not None:
        for epoch in range(options.epochs):
            training.run_epoch()
            print("epoch", epoch + 1, flush=True)
        return

    print("ready", torch.__version__, flush=True)
    for line in sys.stdin:
        print(*training.run_turn(float(line)), flush=True)


if __name__ == "__main__":
    main()
