/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset-report.h"

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
  COTERIE_DATASET_ERROR_BAD_COLUMN,
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
 * image of width x height pixels, grey or in three planes of colour, or a plain row of numbers
 * (height 1). Images are stored as bytes, numbers as floats; both are handed out as floats from 0
 * to 1. Copies with other labels or fewer samples share the pixels.
 */
typedef struct _CoterieDataset CoterieDataset;

/**
 * CoterieDatasetInfo:
 * @name: shown to people: "MNIST", "Digits"
 * @source: what coterie_dataset_open_with() finds it by again: "digits", or an absolute path
 * @class_names: (array zero-terminated): one for each class; "0" … "9", or "Sandal"
 * @width: pixels across
 * @height: pixels down
 * @n_classes: at least 2, at most 1000
 * @n_channels: numbers of a pixel: 1 for grey, which 0 says too, or 3 for a red, a green and a blue
 *   plane, one after the other
 * @options: (nullable): the #CoterieDatasetOptions that it was read with, as text, as far as they
 *   had a say; %NULL or "" if none had
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
  guint n_channels;
  const char *options;
} CoterieDatasetInfo;

/**
 * CoterieSamples:
 * @pixels: (nullable): [n_samples][features], 0 … 255; features are channels x height x width
 * @labels: [n_samples] guint16, the class from 0
 * @n_samples: how many
 * @values: (nullable): [n_samples][features] float, 0 … 1, where bytes would be too coarse
 *
 * One split as it comes from a reader: either pixels or values, and the same in both splits.
 */
typedef struct {
  GBytes *pixels;
  GBytes *labels;
  gsize n_samples;
  GBytes *values;
} CoterieSamples;

void coterie_samples_clear (CoterieSamples *samples);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieSamples, coterie_samples_clear)

gsize coterie_dataset_info_get_n_features (const CoterieDatasetInfo *info);
gboolean coterie_dataset_info_is_image_folder (const CoterieDatasetInfo *info);
char *coterie_dataset_info_list_classes (const CoterieDatasetInfo *info, guint most);

CoterieDataset *coterie_dataset_new (const CoterieDatasetInfo *info,
                                     const CoterieSamples splits[COTERIE_N_SPLITS],
                                     GError **error);
CoterieDataset *coterie_dataset_new_with_report (const CoterieDatasetInfo *info,
                                                 const CoterieSamples splits[COTERIE_N_SPLITS],
                                                 CoterieDatasetReport *report,
                                                 GError **error);
CoterieDataset *coterie_dataset_ref (CoterieDataset *dataset);
void coterie_dataset_unref (CoterieDataset *dataset);

/* The copies keep info, pixels and hash of the original; see label-noise.h for random labels. */
CoterieDataset *
coterie_dataset_with_limit (CoterieDataset *dataset, gsize n_training, GError **error);
CoterieDataset *
coterie_dataset_with_labels (CoterieDataset *dataset, GBytes *training_labels, GBytes *test_labels);

const CoterieDatasetInfo *coterie_dataset_get_info (CoterieDataset *dataset);
CoterieDatasetReport *coterie_dataset_get_report (CoterieDataset *dataset);
const char *coterie_dataset_get_hash (CoterieDataset *dataset);
gsize coterie_dataset_get_n_samples (CoterieDataset *dataset, CoterieSplit split);
gsize coterie_dataset_get_n_features (CoterieDataset *dataset);
const guint16 *coterie_dataset_get_labels (CoterieDataset *dataset, CoterieSplit split);
const guint8 *coterie_dataset_get_pixels (CoterieDataset *dataset, CoterieSplit split);
const float *coterie_dataset_get_values (CoterieDataset *dataset, CoterieSplit split);
void coterie_dataset_gather (CoterieDataset *dataset,
                             CoterieSplit split,
                             const guint32 *samples,
                             gsize n_samples,
                             float *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieDataset, coterie_dataset_unref)

G_END_DECLS
