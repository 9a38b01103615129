# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes small data sets and arrays, and everything that can be wrong with them."""
import gzip
import struct

IMAGES_MAGIC = 0x00000803
LABELS_MAGIC = 0x00000801

SIDE_PX = 6
N_CLASSES = 3
N_TRAINING = 24
N_TEST = 9

TRAINING_IMAGES = "train-images-idx3-ubyte"
TRAINING_LABELS = "train-labels-idx1-ubyte"
TEST_IMAGES = "t10k-images-idx3-ubyte"
TEST_LABELS = "t10k-labels-idx1-ubyte"


def make_labels(count):
    return [sample % N_CLASSES for sample in range(count)]


def make_idx(magic, dimensions, values):
    return struct.pack(f">{1 + len(dimensions)}I", magic, *dimensions) + bytes(values)


def make_images_file(count, side=SIDE_PX, magic=IMAGES_MAGIC):
    """A bright column for each class, so that there is something to learn."""
    pixels = [
        255 if column % N_CLASSES == sample % N_CLASSES else (sample * 7 + row * 3) % 40
        for sample in range(count) for row in range(side) for column in range(side)
    ]
    return make_idx(magic, [count, side, side], pixels)


def make_labels_file(labels, magic=LABELS_MAGIC):
    return make_idx(magic, [len(labels)], labels)


def make_dataset():
    """The four files of a data set that can be trained on, by their names."""
    return {
        TRAINING_IMAGES: make_images_file(N_TRAINING),
        TRAINING_LABELS: make_labels_file(make_labels(N_TRAINING)),
        TEST_IMAGES: make_images_file(N_TEST),
        TEST_LABELS: make_labels_file(make_labels(N_TEST)),
    }


def write_dataset(folder, **replaced):
    """Writes a data set with some files, by the names of the constants, replaced or left out."""
    files = make_dataset()
    for name, data in replaced.items():
        files[globals()[name]] = data
    folder.mkdir()
    for name, data in files.items():
        if data is not None:
            (folder / name).write_bytes(data)
    return folder


def _with_label(count, place, label):
    labels = make_labels(count)
    labels[place] = label
    return make_labels_file(labels)


def broken_datasets():
    """Yields a name, the files that differ from a good data set's, and words of the message."""
    images, labels = make_images_file(N_TRAINING), make_labels_file(make_labels(N_TRAINING))
    test_labels = make_labels_file(make_labels(N_TEST))
    absurd = struct.pack(">IIII", IMAGES_MAGIC, 0xFFFFFFFF, 4096, 4096) + bytes(100)
    claims = struct.pack(">IIII", IMAGES_MAGIC, 100000, SIDE_PX, SIDE_PX) + bytes(100)
    wide = struct.pack(">IIII", IMAGES_MAGIC, 1, 70000, SIDE_PX) + bytes(100)
    packed = gzip.compress(images)

    yield "one-file-missing", {"TEST_LABELS": None}, ["incomplete", TEST_LABELS]
    yield "empty-file", {"TRAINING_IMAGES": b""}, [TRAINING_IMAGES, "header"]
    yield "short-header", {"TRAINING_LABELS": labels[:6]}, [TRAINING_LABELS, "byte 6", "header"]
    yield "truncated-images", {"TRAINING_IMAGES": images[:-1]}, [TRAINING_IMAGES, "864", "863"]
    yield "truncated-labels", {"TEST_LABELS": test_labels[:-2]}, [TEST_LABELS, "9", "7"]
    yield "longer-than-said", {"TRAINING_IMAGES": images + b"x"}, [TRAINING_IMAGES, "byte 880"]
    yield "wrong-magic", {"TRAINING_IMAGES": b"\x89PNG" + images[4:]}, [
        TRAINING_IMAGES, "0x89504e47", "0x00000803",
    ]
    yield "images-and-labels-swapped", {"TRAINING_IMAGES": labels, "TRAINING_LABELS": images}, [
        TRAINING_IMAGES, "1 dimensions, expected 3",
    ]
    yield "wrong-type", {"TEST_IMAGES": make_images_file(N_TEST, magic=0x00000D03)}, [
        TEST_IMAGES, "0x00000d03", "0x00000803",
    ]
    yield "no-images", {"TRAINING_IMAGES": make_idx(IMAGES_MAGIC, [0, 6, 6], [])}, [
        TRAINING_IMAGES, "byte 4", "0",
    ]
    yield "absurd-size", {"TRAINING_IMAGES": absurd}, [TRAINING_IMAGES, str(0xFFFFFFFF << 24)]
    yield "more-than-there-is", {"TRAINING_IMAGES": claims}, [TRAINING_IMAGES, "3600000", "100"]
    yield "too-high", {"TRAINING_IMAGES": wide}, [TRAINING_IMAGES, "70000", "4096"]
    yield "cut-off-gzip", {"TRAINING_IMAGES": packed[:-20]}, [TRAINING_IMAGES, "gzip", "cut off"]
    yield "damaged-gzip", {"TRAINING_IMAGES": packed[:-8] + bytes(8)}, [TRAINING_IMAGES, "gzip"]
    yield "fewer-labels-than-images", {"TRAINING_LABELS": make_labels_file([0, 1, 2])}, [
        TRAINING_IMAGES, "24 images", "3 labels", TRAINING_LABELS,
    ]
    yield "other-size-for-the-test", {"TEST_IMAGES": make_images_file(N_TEST, side=5)}, [
        TEST_IMAGES, "5 × 5", "6 × 6",
    ]
    yield "label-beyond-the-classes", {"TEST_LABELS": _with_label(N_TEST, 4, 7)}, [
        "t10k-labels-idx1-ubyte: sample 5 has the label 7", "expected 0 to 2",
    ]
    yield "class-without-samples", {"TRAINING_LABELS": _with_label(N_TRAINING, 0, 4)}, [
        "24 training samples", "class 3",
    ]
    yield "only-one-class", {
        "TRAINING_LABELS": make_labels_file(N_TRAINING * [0]),
        "TEST_LABELS": make_labels_file(N_TEST * [0]),
    }, ["1 class", "at least 2"]


def make_npy(descr, shape, data, version=1, order="False"):
    header = f"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H", len(header)) + header.encode() + data


def make_activations(values=(0.0, 1.0, 2.0, 0.5, 0.0, 3.0), shape=(3, 2)):
    return make_npy("<f4", shape, struct.pack(f"<{len(values)}f", *values))


def make_label_array(labels=(0, 1, 0)):
    return make_npy("<i4", f"({len(labels)},)", struct.pack(f"<{len(labels)}i", *labels))


def broken_arrays():
    """Yields a name, activations, labels, which of the two is at fault, and words of the message."""
    acts, labels = make_activations(), make_label_array()
    numbers = struct.pack("<6f", *range(6))

    for name, data, words in (
        ("empty", b"", []),
        ("text", b"0.0 1.0\n2.0 0.5\n0.0 3.0\n", ["NumPy"]),
        ("truncated-values", acts[:-3], ["24", "21"]),
        ("truncated-header", acts[:40], []),
        ("longer-than-said", acts + b"x", ["6 values"]),
        ("newer-version", make_npy("<f4", (3, 2), numbers, version=9), ["version 9"]),
        ("objects", make_npy("|O", (3, 2), numbers), ["|O"]),
        ("complex-numbers", make_npy("<c8", (3, 2), 2 * numbers), ["<c8"]),
        ("no-dictionary", acts.replace(b"{", b"[", 1), ["dictionary"]),
        ("negative-shape", make_npy("<f4", (3, -2), numbers), []),
        ("absurd-shape", make_npy("<f4", (2**40, 2**40), numbers), []),
        ("more-than-there-is", make_npy("<f4", (3000, 2000), numbers), ["24000000"]),
        ("one-dimension", make_npy("<f4", "(6,)", numbers), ["1 dimensions", "expected 2"]),
        ("three-dimensions", make_npy("<f4", (3, 2, 1), numbers), ["3 dimensions", "expected 2"]),
        ("no-samples", make_npy("<f4", (0, 2), b""), ["0 samples"]),
        ("no-neurons", make_npy("<f4", (3, 0), b""), ["0 neurons"]),
        ("not-a-number", make_activations((0, 1, 2, float("nan"), 0, 3)), ["row 1, column 1"]),
        ("infinity", make_activations((0, 1, 2, 1, float("inf"), 3)), ["row 2, column 0"]),
        ("negative", make_activations((0, -1, 2, 1, 0, 3)), ["row 0, column 1", "-1"]),
    ):
        yield "activations-" + name, data, labels, "activations.npy", words

    for name, data, words in (
        ("truncated", labels[:-1], ["12", "11"]),
        ("too-few", make_label_array((0, 1)), ["2 labels", "3 samples"]),
        ("too-many", make_label_array((0, 1, 0, 1)), ["4 labels", "3 samples"]),
        ("negative", make_label_array((0, -1, 0)), ["label at index 1 is -1"]),
        ("too-great", make_label_array((0, 1, 5000)), ["label at index 2 is 5000"]),
        ("fractions", make_npy("<f4", "(3,)", struct.pack("<3f", 0, 0.5, 1)), ["1 is 0.5", "whole"]),
        ("two-dimensions", make_npy("<i4", (3, 1), bytes(12)), ["2 dimensions", "expected 1"]),
    ):
        yield "labels-" + name, acts, data, "labels.npy", words
