/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset-options.h"
#include "core/dataset/dataset.h"
#include "core/dataset/download.h"

G_BEGIN_DECLS

/**
 * CoterieKnownSetKind:
 * @COTERIE_KNOWN_SET_BUILT_IN: made by this program
 * @COTERIE_KNOWN_SET_DOWNLOAD: files that can be downloaded
 * @COTERIE_KNOWN_SET_BY_HAND: to be got by oneself, and opened by its path
 */
typedef enum {
  COTERIE_KNOWN_SET_BUILT_IN,
  COTERIE_KNOWN_SET_DOWNLOAD,
  COTERIE_KNOWN_SET_BY_HAND,
} CoterieKnownSetKind;

/**
 * CoterieKnownFile:
 * @name: of the file, in the folder of its set
 * @addresses: (array zero-terminated): where it is to be had
 * @size: its bytes
 * @sha256: its SHA-256 in hexadecimal
 * @content_size: bytes of what it is the gzip file of; 0 for an archive
 * @content_sha256: (nullable): SHA-256 of what it is the gzip file of; %NULL for an archive
 *
 * One file of a known set.
 */
typedef struct {
  const char *name;
  const char *const *addresses;
  guint64 size;
  const char *sha256;
  guint64 content_size;
  const char *content_sha256;
} CoterieKnownFile;

/**
 * CoterieKnownSet:
 * @identifier: what people type: "fashion-mnist"
 * @name: what people read: "Fashion-MNIST"
 * @summary: what it is, in one line; to be translated
 * @licence: its licence, or that none is stated; to be translated
 * @kind: how one comes by it
 * @n_training: samples for training; all samples, if the set is not divided
 * @n_test: samples for testing; 0 if the set is not divided
 * @n_classes: classes
 * @side_px: of its pictures, which are square; 0 if they have no size of their own
 * @has_color: whether they are in colour
 * @files: (array length=n_files): what to download
 * @n_files: how many; 0 if nothing can be downloaded
 * @local_paths: (array zero-terminated) (nullable): where other programs put copies; "~" stands for
 *   the home folder
 *
 * A data set that this program knows by name. Constant.
 */
typedef struct {
  const char *identifier;
  const char *name;
  const char *summary;
  const char *licence;
  CoterieKnownSetKind kind;
  guint n_training;
  guint n_test;
  guint n_classes;
  guint side_px;
  gboolean has_color;
  const CoterieKnownFile *files;
  guint n_files;
  const char *const *local_paths;
} CoterieKnownSet;

const CoterieKnownSet *coterie_known_sets_list (guint *n_sets);
const CoterieKnownSet *coterie_known_sets_find (const char *identifier);

guint64 coterie_known_set_get_size (const CoterieKnownSet *set);
gboolean coterie_known_set_describe (const CoterieKnownSet *set,
                                     const CoterieDatasetOptions *options,
                                     CoterieDatasetInfo *info);
char *coterie_known_set_dup_folder (const CoterieKnownSet *set);
guint64 coterie_known_set_count_kept (const CoterieKnownSet *set);
char *coterie_known_set_find_local (const CoterieKnownSet *set);
char *coterie_known_set_find_damage (const CoterieKnownSet *set, gboolean check_content);
gboolean coterie_known_sets_own (const char *path);
gboolean coterie_known_set_is_read_as (const CoterieKnownSet *set, CoterieDataset *dataset);
char *coterie_known_set_download (const CoterieKnownSet *set,
                                  CoterieDownloadProgress progress,
                                  gpointer data,
                                  GCancellable *cancellable,
                                  GError **error);

G_END_DECLS
