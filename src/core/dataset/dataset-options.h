/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define COTERIE_DATASET_MAX_SIDE_PX 4096
#define COTERIE_DATASET_MAX_TEST_FRAC 0.9
#define COTERIE_DATASET_LABEL_COLUMN_SIZE 256

/**
 * CoterieDatasetOptions:
 * @width_px: the width to which the images of an image folder are scaled, 1 … 4096
 * @height_px: their height, 1 … 4096
 * @color: whether pictures in colour keep it, as a red, a green and a blue plane; else they become
 *   grey, 0.299 R + 0.587 G + 0.114 B
 * @test_frac: fraction of the samples of each class that is kept for testing where a data set does
 *   not say which; greater than 0, at most 0.9
 * @split_seed: of that choice and of the order of the samples; less than 2^63
 * @label_column: of a CSV file: the name of the column that holds the class, or its number from 1;
 *   "" finds it
 *
 * What a user may say about how a data set is read. A value; a copy is an assignment.
 */
typedef struct {
  guint width_px;
  guint height_px;
  gboolean color;
  double test_frac;
  guint64 split_seed;
  char label_column[COTERIE_DATASET_LABEL_COLUMN_SIZE];
} CoterieDatasetOptions;

/**
 * CoterieDatasetOptionFlags:
 *
 * Which of the options had a say.
 */
typedef enum {
  COTERIE_DATASET_OPTION_IMAGE_SIZE = 1 << 0,
  COTERIE_DATASET_OPTION_COLOR = 1 << 1,
  COTERIE_DATASET_OPTION_TEST_FRAC = 1 << 2,
  COTERIE_DATASET_OPTION_SPLIT_SEED = 1 << 3,
  COTERIE_DATASET_OPTION_LABEL_COLUMN = 1 << 4,
} CoterieDatasetOptionFlags;

#define COTERIE_DATASET_ALL_OPTIONS ((CoterieDatasetOptionFlags) 0x1f)

void coterie_dataset_options_init (CoterieDatasetOptions *options);
gboolean coterie_dataset_options_validate (const CoterieDatasetOptions *options, GError **error);
gboolean coterie_dataset_options_parse_image_size (const char *text,
                                                   CoterieDatasetOptions *options,
                                                   GError **error);
gboolean coterie_dataset_options_set_label_column (CoterieDatasetOptions *options,
                                                   const char *column,
                                                   GError **error);

gboolean coterie_dataset_options_check_used (CoterieDatasetOptionFlags wanted,
                                             const char *used,
                                             GError **error);
char *coterie_dataset_options_to_string (const CoterieDatasetOptions *options,
                                         CoterieDatasetOptionFlags which);
gboolean coterie_dataset_options_from_string (const char *text,
                                              CoterieDatasetOptions *options,
                                              GError **error);

G_END_DECLS
