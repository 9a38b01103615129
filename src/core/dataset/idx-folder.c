/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Folders of IDX files, as they come from the authors of MNIST and Fashion-MNIST, from torchvision
 * and from Keras. */

#include "core/dataset/idx-folder.h"

#include "core/dataset/dataset-names.h"
#include "core/dataset/idx.h"

#define N_FILES 4

#define FEW_FOR_A_CLASS 10

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

static void
report_missing_files (const FileSet *nearest, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);

  for (FileRole role = 0; role < N_FILES; role++)
    if (nearest->paths[role] == NULL)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", file_names[role][0]);
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
               "%s: the data set is incomplete: found no %s (with or without .gz)", nearest->folder,
               missing->str);
}

/* The complete set in the folder itself, or the only one in its subfolders: between two, as
 * torchvision leaves them beside each other, nobody should have to guess. NULL without an error if there is none of the files. */
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

  if (found == NULL && incomplete != NULL)
    report_missing_files (incomplete, error);
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

static guint
find_greatest_label (const CoterieSamples *samples)
{
  const guint16 *labels = g_bytes_get_data (samples->labels, NULL);
  guint greatest = 0;

  for (gsize s = 0; s < samples->n_samples; s++)
    greatest = MAX (greatest, labels[s]);
  return greatest;
}

/* A single wrong byte would make a class, so the samples for testing have to know it as well, unless there
 * are so few of them that they may well have none of a class. */
static gboolean
check_labels (const FileSet *set, const CoterieSamples splits[COTERIE_N_SPLITS], GError **error)
{
  static const FileRole roles[COTERIE_N_SPLITS] = {TRAINING_LABELS, TEST_LABELS};
  guint greatest[COTERIE_N_SPLITS];
  CoterieSplit split, other;
  const guint16 *labels;
  gsize s = 0;

  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    greatest[i] = find_greatest_label (&splits[i]);
  if (greatest[COTERIE_SPLIT_TRAINING] == 0 ||
      greatest[COTERIE_SPLIT_TRAINING] == greatest[COTERIE_SPLIT_TEST] ||
      (greatest[COTERIE_SPLIT_TRAINING] > greatest[COTERIE_SPLIT_TEST] &&
       splits[COTERIE_SPLIT_TEST].n_samples / FEW_FOR_A_CLASS <= greatest[COTERIE_SPLIT_TRAINING]))
    return TRUE;

  split = greatest[COTERIE_SPLIT_TRAINING] > greatest[COTERIE_SPLIT_TEST] ? COTERIE_SPLIT_TRAINING
                                                                          : COTERIE_SPLIT_TEST;
  other = split == COTERIE_SPLIT_TRAINING ? COTERIE_SPLIT_TEST : COTERIE_SPLIT_TRAINING;
  labels = g_bytes_get_data (splits[split].labels, NULL);
  while (labels[s] <= greatest[other])
    s++;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL,
               "%s: sample %" G_GSIZE_FORMAT " has the label %u, expected 0 to %u as in %s",
               set->paths[roles[split]], s + 1, labels[s], greatest[other],
               set->paths[roles[other]]);
  return FALSE;
}

static CoterieDataset *
load_set (const char *source, const FileSet *set, GCancellable *cancellable, GError **error)
{
  CoterieSamples splits[COTERIE_N_SPLITS] = {{NULL}};
  CoterieDatasetInfo info = {.source = source};
  g_autofree char *folder_name = name_folder (set->folder);
  g_autofree char *name = NULL;
  g_auto (GStrv) class_names = NULL;
  CoterieDataset *dataset = NULL;

  if (load_splits (set, splits, &info, cancellable, error) && check_labels (set, splits, error)) {
    coterie_dataset_names_find (folder_name, &splits[COTERIE_SPLIT_TRAINING], &name, &class_names);
    info.name = name;
    info.class_names = (const char *const *) class_names;
    info.n_classes = g_strv_length (class_names);
    dataset = coterie_dataset_new (&info, splits, error);
  }

  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    coterie_samples_clear (&splits[i]);
  return dataset;
}

/**
 * coterie_idx_folder_exists:
 * @folder: a folder
 *
 * Returns: whether @folder holds the four files, as coterie_idx_folder_open() looks for them
 */
gboolean
coterie_idx_folder_exists (const char *folder)
{
  g_autoptr (FileSet) set = find_files (folder, NULL);

  return set != NULL;
}

/**
 * coterie_idx_folder_open:
 * @folder: a folder
 * @found: (out): whether there is anything of such a data set, complete or not
 * @cancellable: (nullable): ends the opening
 * @error: return location for a #GError
 *
 * Opens the four IDX files of a data set, gzip or plain, named as the authors of MNIST, torchvision
 * and Keras name them; they may lie in the folder itself or in raw, MNIST/raw or FashionMNIST/raw
 * below it. There are as many classes as the greatest label for training says; one beyond those for testing
 * is taken for an error where these are ten times as many as classes. Cost: about 0.5 s for
 * MNIST.
 *
 * Returns: (transfer full): the data set, whose source is @folder; or %NULL without an error if
 *   nothing is @found, with COTERIE_DATASET_ERROR_NOT_FOUND if a file is missing, or with another
 *   error of COTERIE_DATASET_ERROR or %G_IO_ERROR
 */
CoterieDataset *
coterie_idx_folder_open (const char *folder,
                         gboolean *found,
                         GCancellable *cancellable,
                         GError **error)
{
  GError *local_error = NULL;
  g_autoptr (FileSet) set = find_files (folder, &local_error);

  *found = set != NULL || local_error != NULL;
  if (set != NULL)
    return load_set (folder, set, cancellable, error);
  if (local_error != NULL)
    g_propagate_error (error, local_error);
  return NULL;
}
