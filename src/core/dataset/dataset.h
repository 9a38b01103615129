/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define COTERIE_DATASET_ERROR (coterie_dataset_error_quark ())

typedef enum {
  COTERIE_DATASET_ERROR_NOT_FOUND,
  COTERIE_DATASET_ERROR_BAD_MAGIC,
  COTERIE_DATASET_ERROR_BAD_SHAPE,
  COTERIE_DATASET_ERROR_TRUNCATED,
  COTERIE_DATASET_ERROR_TOO_LARGE,
  COTERIE_DATASET_ERROR_MISMATCH,
  COTERIE_DATASET_ERROR_BAD_LABEL,
  COTERIE_DATASET_ERROR_EMPTY_CLASS,
  COTERIE_DATASET_ERROR_BAD_VALUE,
} CoterieDatasetError;

GQuark coterie_dataset_error_quark (void);

typedef enum {
  COTERIE_SPLIT_TRAINING,
  COTERIE_SPLIT_TEST,
} CoterieSplit;

#define COTERIE_N_SPLITS 2

/**
 * CoterieDataset:
 *
 * Labelled samples for training and for testing. Immutable and reference-counted. A sample is an
 * image of width x height pixels (or height 1 for a plain row of numbers), stored as bytes and
 * handed out as floats from 0 to 1. Copies with other labels or fewer samples share the pixels.
 */
typedef struct _CoterieDataset CoterieDataset;

/**
 * CoterieDatasetInfo:
 * @name: shown to people: "MNIST", "Digits"
 * @source: what coterie_dataset_open() finds it by again: "digits", or an absolute folder
 * @class_names: (array zero-terminated): one for each class; "0" … "9", or "Sandal"
 * @width: pixels across
 * @height: pixels down
 * @n_classes: at least 2, at most 1000
 *
 * What a data set is, without its samples.
 */
typedef struct {
  const char *name;
  const char *source;
  const char *const *class_names;
  guint width;
  guint height;
  guint n_classes;
} CoterieDatasetInfo;

/**
 * CoterieSamples:
 * @pixels: [n_samples][width * height], 0 … 255
 * @labels: [n_samples] guint16, the class from 0
 * @n_samples: how many
 *
 * One split as it comes from a reader.
 */
typedef struct {
  GBytes *pixels;
  GBytes *labels;
  gsize n_samples;
} CoterieSamples;

CoterieDataset *coterie_dataset_new (const CoterieDatasetInfo *info,
                                     const CoterieSamples splits[COTERIE_N_SPLITS],
                                     GError **error);
CoterieDataset *coterie_dataset_ref (CoterieDataset *dataset);
void coterie_dataset_unref (CoterieDataset *dataset);

/* The copies keep info, pixels and hash of the original; see label-noise.h for random labels. */
CoterieDataset *
coterie_dataset_with_limit (CoterieDataset *dataset, gsize n_training, GError **error);
CoterieDataset *
coterie_dataset_with_labels (CoterieDataset *dataset, GBytes *training_labels, GBytes *test_labels);

const CoterieDatasetInfo *coterie_dataset_get_info (CoterieDataset *dataset);
const char *coterie_dataset_get_hash (CoterieDataset *dataset);
gsize coterie_dataset_get_n_samples (CoterieDataset *dataset, CoterieSplit split);
gsize coterie_dataset_get_n_features (CoterieDataset *dataset);
const guint16 *coterie_dataset_get_labels (CoterieDataset *dataset, CoterieSplit split);
const guint8 *coterie_dataset_get_pixels (CoterieDataset *dataset, CoterieSplit split);
void coterie_dataset_gather (CoterieDataset *dataset,
                             CoterieSplit split,
                             const guint32 *samples,
                             gsize n_samples,
                             float *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieDataset, coterie_dataset_unref)

G_END_DECLS
