/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/catalog.h"
#include "test-folder.h"

/* What is at that place in the folder of data sets, or NULL if it is not here. */
char *test_find_shared (const char *name);

char *test_write_text (const char *folder, const char *name, const char *text);
char *test_write (const char *folder, const char *name, GByteArray *bytes);

/* Files, as bytes to spoil. */
GByteArray *test_gzip (const GByteArray *plain);
GByteArray *test_idx_images (guint n_images, guint height, guint width);
GByteArray *test_idx_labels (guint n_labels, guint n_classes);
void test_write_idx_dataset (const char *folder, gboolean compressed);

GByteArray *test_npy (const char *header, gconstpointer values, gsize n_bytes);

/* An archive of @n_members files, and its path. */
typedef struct {
  const char *name;
  GByteArray *bytes;
} TestMember;

char *test_write_tar_gz (const char *folder,
                         const char *name,
                         const TestMember *members,
                         guint n_members);
char *test_write_zip (const char *folder,
                      const char *name,
                      const TestMember *members,
                      guint n_members,
                      gboolean compressed);

/* Opens with the default options where @options is NULL; must succeed. */
CoterieDataset *test_open (const char *source, const CoterieDatasetOptions *options);
/* Must fail with that code, and all the words, which end with NULL, in the message. */
void test_assert_refused (const char *source,
                          const CoterieDatasetOptions *options,
                          CoterieDatasetError code,
                          ...) G_GNUC_NULL_TERMINATED;

/* Samples of two by three pixels, whose labels repeat 0, 1, …, n_classes - 1. */
CoterieDataset *test_dataset_new (guint n_training, guint n_test, guint n_classes);
