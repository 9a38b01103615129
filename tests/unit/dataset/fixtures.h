/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset.h"

/* A folder that is gone when the test ends. */
typedef char TestFolder;

TestFolder *test_folder_new (void);
void test_folder_free (TestFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFolder, test_folder_free)

char *test_write (const char *folder, const char *name, GByteArray *bytes);

/* Files, as bytes to spoil. */
GByteArray *test_gzip (const GByteArray *plain);
GByteArray *test_idx_images (guint n_images, guint height, guint width);
GByteArray *test_idx_labels (guint n_labels, guint n_classes);
void test_write_idx_dataset (const char *folder, gboolean compressed);

/* Samples of two by three pixels, whose labels repeat 0, 1, …, n_classes - 1. */
CoterieDataset *test_dataset_new (guint n_training, guint n_test, guint n_classes);
