/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what a person types or picks to a data set: the built-in digits by their name, and folders
 * as they come from the authors, from torchvision and from Keras. */

#include "core/dataset/catalog.h"

#include "core/dataset/digits.h"
#include "core/dataset/idx.h"

#define N_FILES 4

typedef enum {
  TRAINING_IMAGES,
  TRAINING_LABELS,
  TEST_IMAGES,
  TEST_LABELS,
} FileRole;

/* The authors' names, and those of copies that were unpacked with a dot before the type. */
static const char *const file_names[N_FILES][2] = {
    [TRAINING_IMAGES] = {"train-images-idx3-ubyte", "train-images.idx3-ubyte"},
    [TRAINING_LABELS] = {"train-labels-idx1-ubyte", "train-labels.idx1-ubyte"},
    [TEST_IMAGES] = {"t10k-images-idx3-ubyte", "t10k-images.idx3-ubyte"},
    [TEST_LABELS] = {"t10k-labels-idx1-ubyte", "t10k-labels.idx1-ubyte"},
};

/* Where in a folder they may lie: torchvision puts them into the last two. */
static const char *const subfolders[] = {".", "raw", "MNIST/raw", "FashionMNIST/raw"};

/* SHA-256 of the 60,000 training labels, one byte each, as the authors published them. */
#define MNIST_LABELS_HASH "1feba77c54802fa5339a11837ea4b2866434b83314ec45192930f1df69120c13"
#define FASHION_LABELS_HASH "657fbd221bfc9f4198cc14b5619cc33ec57c58dd0e47af4d99d6650759e869a7"

static const char *const fashion_class_names[] = {
    "T-shirt/top", "Trouser", "Pullover", "Dress",      "Coat", "Sandal",
    "Shirt",       "Sneaker", "Bag",      "Ankle boot", NULL,
};

typedef struct {
  char *folder;
  char *paths[N_FILES];
} FileSet;

static void
file_set_free (FileSet *set)
{
  g_free (set->folder);
  for (guint i = 0; i < N_FILES; i++)
    g_free (set->paths[i]);
  g_free (set);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FileSet, file_set_free)

static char *
find_file (const char *folder, FileRole role)
{
  static const char *const endings[] = {"", ".gz"};

  for (guint i = 0; i < G_N_ELEMENTS (file_names[role]); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (endings); j++) {
      g_autofree char *name = g_strconcat (file_names[role][i], endings[j], NULL);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_REGULAR))
        return g_steal_pointer (&path);
    }
  }
  return NULL;
}

static guint
count_files (const FileSet *set)
{
  guint n_found = 0;

  for (guint i = 0; i < N_FILES; i++)
    n_found += set->paths[i] != NULL;
  return n_found;
}

static FileSet *
look_into (const char *folder, const char *subfolder)
{
  g_autofree char *inside = g_build_filename (folder, subfolder, NULL);
  FileSet *set = g_new0 (FileSet, 1);

  set->folder = g_canonicalize_filename (inside, NULL);
  for (FileRole role = 0; role < N_FILES; role++)
    set->paths[role] = find_file (set->folder, role);
  return set;
}

static gboolean
check_folder (const char *folder, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GFileEnumerator) children = NULL;
  g_autoptr (GError) local_error = NULL;

  if (!g_utf8_validate (folder, -1, NULL)) {
    g_autofree char *display_name = g_filename_display_name (folder);

    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
                 "%s: the folder's name is not valid UTF-8, so a recording could not name it",
                 display_name);
    return FALSE;
  }

  children = g_file_enumerate_children (file, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                        G_FILE_QUERY_INFO_NONE, NULL, &local_error);
  if (children != NULL)
    return TRUE;

  if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: there is no such folder", folder);
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_NOT_DIRECTORY))
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: is not a folder; expected the folder that holds the data set's files",
                 folder);
  else
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: the folder cannot be read: %s", folder, local_error->message);
  return FALSE;
}

static void
report_missing_files (const char *folder, const FileSet *nearest, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  for (FileRole role = 0; role < N_FILES; role++)
    if (nearest == NULL || nearest->paths[role] == NULL)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", file_names[role][0]);

  if (nearest != NULL)
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: the data set is incomplete: found no %s (with or without .gz)",
                 nearest->folder, missing->str);
  else
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
                 "%s: found no data set: looked for %s (with or without .gz) here and in the "
                 "folders raw, MNIST/raw and FashionMNIST/raw",
                 folder, missing->str);
}

/* The complete set in the folder itself, or the only one in its subfolders: between two, as
 * torchvision leaves them beside each other, nobody should have to guess. */
static FileSet *
find_files (const char *folder, GError **error)
{
  g_autoptr (FileSet) found = NULL;
  g_autoptr (FileSet) incomplete = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (subfolders); i++) {
    g_autoptr (FileSet) set = look_into (folder, subfolders[i]);
    guint n_files = count_files (set);

    if (n_files == N_FILES && i == 0)
      return g_steal_pointer (&set);
    if (n_files == N_FILES && found != NULL) {
      g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
                   "%s: holds more than one data set; choose %s or %s", folder, found->folder,
                   set->folder);
      return NULL;
    }
    if (n_files == N_FILES)
      found = g_steal_pointer (&set);
    else if (n_files > 0 && incomplete == NULL)
      incomplete = g_steal_pointer (&set);
  }

  if (found == NULL)
    report_missing_files (folder, incomplete, error);
  return g_steal_pointer (&found);
}

/* The last part of the path that says something: "FashionMNIST" of "…/FashionMNIST/raw". */
static char *
name_folder (const char *folder)
{
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *parent = g_path_get_dirname (folder);

  return g_strcmp0 (name, "raw") == 0 ? g_path_get_basename (parent) : g_steal_pointer (&name);
}

static guint
find_n_classes (const CoterieSamples *training)
{
  const guint16 *labels = g_bytes_get_data (training->labels, NULL);
  guint n_classes = 0;

  for (gsize s = 0; s < training->n_samples; s++)
    n_classes = MAX (n_classes, labels[s] + 1u);
  return n_classes;
}

static char *
hash_labels (const CoterieSamples *samples)
{
  g_autofree guint8 *narrow = g_new (guint8, samples->n_samples);
  const guint16 *labels = g_bytes_get_data (samples->labels, NULL);

  for (gsize s = 0; s < samples->n_samples; s++)
    narrow[s] = (guint8) labels[s];
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, narrow, samples->n_samples);
}

static char **
number_classes (guint n_classes)
{
  char **names = g_new0 (char *, (gsize) n_classes + 1);

  for (guint c = 0; c < n_classes; c++)
    names[c] = g_strdup_printf ("%u", c);
  return names;
}

/* Recognises the two known data sets by their labels, and Fashion-MNIST by its folder as well, for
 * those who have shortened it. Names are transferred to the caller. */
static void
name_dataset (const char *folder, const CoterieSamples *training, char **name, char ***class_names)
{
  g_autofree char *folder_name = name_folder (folder);
  g_autofree char *lower_name = g_utf8_strdown (folder_name, -1);
  g_autofree char *hash = hash_labels (training);
  guint n_classes = find_n_classes (training);
  gboolean is_mnist = g_str_equal (hash, MNIST_LABELS_HASH);
  gboolean is_fashion = g_str_equal (hash, FASHION_LABELS_HASH);

  if (!is_mnist && n_classes == G_N_ELEMENTS (fashion_class_names) - 1)
    is_fashion = is_fashion || strstr (lower_name, "fashion") != NULL;

  if (is_fashion)
    *name = g_strdup ("Fashion-MNIST");
  else
    *name = is_mnist ? g_strdup ("MNIST") : g_steal_pointer (&folder_name);
  *class_names =
      is_fashion ? g_strdupv ((char **) fashion_class_names) : number_classes (n_classes);
}

static gboolean
load_splits (const FileSet *set,
             CoterieSamples splits[COTERIE_N_SPLITS],
             CoterieDatasetInfo *info,
             GCancellable *cancellable,
             GError **error)
{
  guint test_width, test_height;

  if (!coterie_idx_load_split (set->paths[TRAINING_IMAGES], set->paths[TRAINING_LABELS],
                               &splits[COTERIE_SPLIT_TRAINING], &info->width, &info->height,
                               cancellable, error) ||
      !coterie_idx_load_split (set->paths[TEST_IMAGES], set->paths[TEST_LABELS],
                               &splits[COTERIE_SPLIT_TEST], &test_width, &test_height, cancellable,
                               error))
    return FALSE;

  if (test_width != info->width || test_height != info->height) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: images are %u × %u pixels, those for training %u × %u",
                 set->paths[TEST_IMAGES], test_width, test_height, info->width, info->height);
    return FALSE;
  }
  return TRUE;
}

static CoterieDataset *
load_folder (const char *folder, const FileSet *set, GCancellable *cancellable, GError **error)
{
  CoterieSamples splits[COTERIE_N_SPLITS] = {{NULL}};
  CoterieDatasetInfo info = {.source = folder};
  g_autofree char *name = NULL;
  g_auto (GStrv) class_names = NULL;
  CoterieDataset *dataset = NULL;

  if (load_splits (set, splits, &info, cancellable, error)) {
    name_dataset (set->folder, &splits[COTERIE_SPLIT_TRAINING], &name, &class_names);
    info.name = name;
    info.class_names = (const char *const *) class_names;
    info.n_classes = g_strv_length (class_names);
    dataset = coterie_dataset_new (&info, splits, error);
  }

  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    g_clear_pointer (&splits[i].pixels, g_bytes_unref);
    g_clear_pointer (&splits[i].labels, g_bytes_unref);
  }
  return dataset;
}

/**
 * coterie_dataset_open:
 * @source: "digits" for the built-in data set; anything else is the path of a folder, so that
 *   "./digits" is a folder of that name
 * @cancellable: (nullable): ends the opening
 * @error: return location for a #GError
 *
 * Opens a data set. A folder holds four IDX files, gzip or plain, named as the authors of MNIST,
 * torchvision and Keras name them; they may lie in the folder itself or in raw, MNIST/raw or
 * FashionMNIST/raw below it. There are as many classes as the greatest training label says. Cost:
 * about 0.5 s for MNIST.
 *
 * Returns: (transfer full): the data set, whose source is "digits" or the absolute path of the
 *   folder; or %NULL with COTERIE_DATASET_ERROR_NOT_FOUND if the folder or a file is missing or may
 *   not be read, with another error of COTERIE_DATASET_ERROR if what was found is not a data set,
 *   or with an error of %G_IO_ERROR
 */
CoterieDataset *
coterie_dataset_open (const char *source, GCancellable *cancellable, GError **error)
{
  g_autofree char *folder = NULL;
  g_autoptr (FileSet) set = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (g_str_equal (source, COTERIE_DIGITS_SOURCE))
    return coterie_digits_new (cancellable, error);

  folder = g_canonicalize_filename (source, NULL);
  if (!check_folder (folder, error))
    return NULL;
  set = find_files (folder, error);
  return set != NULL ? load_folder (folder, set, cancellable, error) : NULL;
}
