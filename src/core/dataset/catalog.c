/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what a person types or picks to a data set: the built-in digits by their name, files by what
 * they begin with or how they end, and folders by what is in them. */

#include "core/dataset/catalog.h"

#include <glib/gstdio.h>

#include "core/dataset/byte-source.h"
#include "core/dataset/cifar.h"
#include "core/dataset/class-folders.h"
#include "core/dataset/csv-dataset.h"
#include "core/dataset/dataset-request.h"
#include "core/dataset/digits.h"
#include "core/dataset/idx-folder.h"
#include "core/dataset/image-folder.h"
#include "core/dataset/known-sets.h"
#include "core/dataset/npz-dataset.h"

typedef CoterieDataset *(*OpenFunc) (const CoterieDatasetRequest *request,
                                     const char *path,
                                     GError **error);

static gboolean
check_name (const char *path, GError **error)
{
  g_autofree char *display_name = g_filename_display_name (path);

  if (g_utf8_validate (path, -1, NULL))
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "%s: the name is not valid UTF-8, so a recording could not name it", display_name);
  return FALSE;
}

static gboolean
check_folder (const char *folder, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GDir) children = g_dir_open (folder, 0, &local_error);

  if (children != NULL)
    return TRUE;
  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: there is no such folder or file", folder);
  else
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: the folder cannot be read: %s", folder, local_error->message);
  return FALSE;
}

static gboolean
holds_data_set (const char *folder)
{
  g_autofree char *cifar_path = NULL;

  return coterie_idx_folder_exists (folder) ||
         (coterie_cifar_find (folder, &cifar_path, NULL) && cifar_path != NULL);
}

/* The first by its name of the folders inside that are data sets themselves, or NULL. */
static char *
find_inside (const char *folder)
{
  g_autoptr (GDir) children = g_dir_open (folder, 0, NULL);
  g_autofree char *first = NULL;
  const char *name;

  while (children != NULL && (name = g_dir_read_name (children)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if ((first == NULL || strcmp (path, first) < 0) && g_file_test (path, G_FILE_TEST_IS_DIR) &&
        holds_data_set (path)) {
      g_free (first);
      first = g_steal_pointer (&path);
    }
  }
  return g_steal_pointer (&first);
}

static CoterieDataset *
open_folder (const CoterieDatasetRequest *request, const char *folder, GError **error)
{
  g_autofree char *cifar_path = NULL;
  g_autofree char *inside = NULL;
  gboolean has_idx_files;
  CoterieDataset *dataset;

  if (!check_folder (folder, error))
    return NULL;
  dataset = coterie_idx_folder_open (folder, &has_idx_files, request->cancellable, error);
  if (has_idx_files)
    return dataset;
  if (!coterie_cifar_find (folder, &cifar_path, error))
    return NULL;
  if (cifar_path != NULL)
    return coterie_cifar_open (request, cifar_path, error);
  inside = find_inside (folder);
  if (inside != NULL) {
    g_autofree char *display_name = g_filename_display_name (inside);

    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: is no data set, but holds some; did you mean %s?", folder, display_name);
    return NULL;
  }
  if (coterie_class_folders_exist (folder))
    return coterie_image_folder_open (request, folder, error);

  if (coterie_image_folder_is_flat (folder)) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: its images must be in folders, one for each class", folder);
    return NULL;
  }
  g_set_error (
      error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
      "%s: found no data set: looked for train-images-idx3-ubyte, train-labels-idx1-ubyte, "
      "t10k-images-idx3-ubyte, t10k-labels-idx1-ubyte (with or without .gz) here and in the "
      "folders raw, MNIST/raw and FashionMNIST/raw, for CIFAR-10, and for a folder of "
      "images for each class",
      folder);
  return NULL;
}

/* What a file begins with, unpacked, tells what it is. */
#define MAGIC_SIZE 4

/* An empty or damaged file begins with zeros: its reader can tell more about it. */
static gboolean
read_magic (const char *path, guint8 *magic, GCancellable *cancellable, GError **error)
{
  g_autoptr (CoterieByteSource) source = coterie_byte_source_open (path, cancellable, error);
  g_autoptr (GError) gzip_error = NULL;
  gsize n_read;

  if (source == NULL)
    return FALSE;
  if (!coterie_byte_source_read (source, magic, MAGIC_SIZE, &n_read, cancellable, &gzip_error) ||
      n_read < MAGIC_SIZE)
    memset (magic, 0, MAGIC_SIZE);
  return TRUE;
}

static gboolean
is_zip (const guint8 *magic)
{
  return memcmp (magic, "PK\3\4", MAGIC_SIZE) == 0;
}

/* Bytes, in three dimensions for images and in one for labels. */
static gboolean
is_idx (const guint8 *magic)
{
  return memcmp (magic, "\0\0\10\3", MAGIC_SIZE) == 0 ||
         memcmp (magic, "\0\0\10\1", MAGIC_SIZE) == 0;
}

static OpenFunc
find_reader (const char *path)
{
  static const struct {
    const char *ending;
    OpenFunc open;
  } readers[] = {
      {".csv", coterie_csv_dataset_open}, {".csv.gz", coterie_csv_dataset_open},
      {".tsv", coterie_csv_dataset_open}, {".tsv.gz", coterie_csv_dataset_open},
      {".txt", coterie_csv_dataset_open}, {".data", coterie_csv_dataset_open},
      {".tar", coterie_cifar_open},       {".tar.gz", coterie_cifar_open},
      {".tgz", coterie_cifar_open},       {".npz", coterie_npz_dataset_open},
  };
  g_autofree char *lower_path = g_ascii_strdown (path, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (readers); i++)
    if (g_str_has_suffix (lower_path, readers[i].ending))
      return readers[i].open;
  return NULL;
}

static CoterieDataset *
open_file (const CoterieDatasetRequest *request, const char *path, GError **error)
{
  OpenFunc open = find_reader (path);
  guint8 magic[MAGIC_SIZE];

  if (!read_magic (path, magic, request->cancellable, error))
    return NULL;
  if (is_zip (magic))
    open = coterie_npz_dataset_open;
  if (open != NULL)
    return open (request, path, error);

  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
               "%s: is not a folder, nor a file of numbers (.csv, .npz) or CIFAR-10 (.tar.gz); "
               "expected one of these, or the folder that holds the data set's files",
               path);
  return NULL;
}

/* Of what this program has downloaded itself there is a way to have it whole again. */
static void
suggest_download (GError **error, const char *path)
{
  GError *cause = *error;

  if (!coterie_known_sets_own (path) || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  *error =
      g_error_new (cause->domain, cause->code,
                   "%s; this copy was downloaded: download it again, or delete it", cause->message);
  g_error_free (cause);
}

/**
 * coterie_dataset_open:
 * @source: as for coterie_dataset_open_with()
 * @cancellable: (nullable): ends the opening
 * @error: return location for a #GError
 *
 * coterie_dataset_open_with() with the defaults of all options, on the caller's thread alone.
 *
 * Returns: (transfer full): the data set, or %NULL with an error
 */
CoterieDataset *
coterie_dataset_open (const char *source, GCancellable *cancellable, GError **error)
{
  return coterie_dataset_open_with (source, NULL, NULL, NULL, cancellable, error);
}

/**
 * coterie_dataset_open_with:
 * @source: "digits" for the built-in data set; anything else is the path of a folder or file, so
 *   that "./digits" is a folder of that name
 * @options: (nullable): how to read it, as far as there is a choice; %NULL takes the defaults
 * @pool: (nullable): the threads to work with; %NULL uses the caller's alone
 * @progress: (nullable): told how far the reading is, 0 … 1; may pause it
 * @cancellable: (nullable): ends the opening
 * @error: return location for a #GError
 *
 * Opens a data set:
 *
 * - a folder with the four IDX files of MNIST or one like it, see coterie_idx_folder_open();
 * - CIFAR-10, as the archive, the folder in it, or a folder with either, see coterie_cifar_open();
 * - a folder with a folder of images for each class, see coterie_image_folder_open();
 * - a CSV file, see coterie_csv_dataset_open();
 * - an npz file of NumPy, see coterie_npz_dataset_open().
 *
 * If it is one that this program has downloaded, an error says that it can be downloaded again.
 *
 * The data set's info says by which options it was read. The same source and options give the same
 * data set, whatever the number of threads. Cost: about 0.5 s for MNIST.
 *
 * Returns: (transfer full): the data set, whose source is "digits" or the absolute path; or %NULL
 *   with COTERIE_DATASET_ERROR_NOT_FOUND if the folder or a file is missing or may not be read, with
 *   another error of COTERIE_DATASET_ERROR if an option is out of range or what was found is not a
 *   data set, or with an error of %G_IO_ERROR
 */
CoterieDataset *
coterie_dataset_open_with (const char *source,
                           const CoterieDatasetOptions *options,
                           CoteriePool *pool,
                           CoterieProgress *progress,
                           GCancellable *cancellable,
                           GError **error)
{
  g_autoptr (CoteriePool) own_pool = pool == NULL ? coterie_pool_new (1) : NULL;
  g_autofree char *path = g_canonicalize_filename (source, NULL);
  g_autoptr (GError) local_error = NULL;
  CoterieDataset *dataset;
  CoterieDatasetOptions defaults;
  CoterieDatasetRequest request = {
      .source = path,
      .options = options != NULL ? options : &defaults,
      .pool = pool != NULL ? pool : own_pool,
      .progress = progress,
      .cancellable = cancellable,
  };

  coterie_dataset_options_init (&defaults);
  if (!coterie_dataset_options_validate (request.options, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (g_str_equal (source, COTERIE_DIGITS_SOURCE))
    return coterie_digits_new (cancellable, error);
  if (!check_name (path, error))
    return NULL;
  if (g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_DIR))
    dataset = open_file (&request, path, &local_error);
  else
    dataset = open_folder (&request, path, &local_error);
  if (dataset == NULL) {
    suggest_download (&local_error, path);
    g_propagate_error (error, g_steal_pointer (&local_error));
  }
  return dataset;
}

/**
 * coterie_dataset_find_source:
 * @path: a file or folder that someone picked
 * @cancellable: (nullable): ends the search
 * @error: return location for a #GError
 *
 * Finds out which data set is meant: the folder or file itself, or the folder of a file that is only
 * a part of a data set: an IDX file or a batch of CIFAR-10. Of a file no more is read than how it
 * begins; that it can be opened is not said.
 *
 * Returns: (transfer full): what to give to coterie_dataset_open_with(), or %NULL with
 *   COTERIE_DATASET_ERROR_BAD_MAGIC if @path is nothing that a data set can be in, or with another
 *   error if it does not exist or cannot be read
 */
char *
coterie_dataset_find_source (const char *path, GCancellable *cancellable, GError **error)
{
  guint8 magic[MAGIC_SIZE];

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_canonicalize_filename (path, NULL);
  if (!read_magic (path, magic, cancellable, error))
    return NULL;
  if (is_idx (magic) || coterie_cifar_is_part (path)) {
    g_autofree char *folder = g_path_get_dirname (path);

    return g_canonicalize_filename (folder, NULL);
  }
  if (find_reader (path) != NULL || is_zip (magic))
    return g_canonicalize_filename (path, NULL);

  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_MAGIC,
               "%s: is nothing that can be learnt from; expected a file of numbers (.csv, .npz), "
               "IDX or CIFAR-10 (.tar.gz), or a folder with a folder of images for each class",
               path);
  return NULL;
}
