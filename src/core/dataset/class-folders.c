/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A folder for each class, with the samples of that class as files: how PlantVillage and most people
 * who collect images themselves keep them. The class folders may lie in the folder itself, or in
 * one for training and one for testing below it. Hidden files and folders, those that archives bring
 * along, and folders without anything in them are not looked at. */

#include "core/dataset/class-folders.h"

#include "core/dataset/natural-order.h"

#define MAX_CLASSES 1000
#define MAX_FILES 10000000

/* Of the folders that may be meant instead. */
#define MAX_SETS_NAMED 5

/* In the order of preference, without regard to case. What is there for validation serves as test
 * samples if there are no others. */
static const char *const training_names[] = {"train", "training", NULL};
static const char *const test_names[] = {"test", "testing", "val", "valid", "validation", NULL};

/* Mac OS puts it into archives, beside what was meant to be there. */
#define ARCHIVE_DEBRIS "__MACOSX"

static void
clear_file (gpointer pointer)
{
  CoterieClassFile *file = pointer;

  g_free (file->path);
}

static gboolean
report_unreadable (const char *folder, const GError *reason, GError **error)
{
  g_autofree char *display_name = g_filename_display_name (folder);

  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
               "%s: the folder cannot be read: %s", display_name, reason->message);
  return FALSE;
}

/* Names of the visible children that pass the test, in natural order, as file names are encoded. The paths of
 * those that are neither files nor folders, such as links that lead nowhere, are added to @others, unless
 * it is NULL. */
static GPtrArray *
list_children (const char *folder, GFileTest test, GPtrArray *others, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GDir) children = g_dir_open (folder, 0, &local_error);
  const char *name;

  if (children == NULL) {
    report_unreadable (folder, local_error, error);
    return NULL;
  }
  while ((name = g_dir_read_name (children)) != NULL && names->len <= MAX_FILES) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (*name == '.')
      continue;
    if (g_file_test (path, test))
      g_ptr_array_add (names, g_strdup (name));
    else if (others != NULL && !g_file_test (path, G_FILE_TEST_IS_REGULAR | G_FILE_TEST_IS_DIR))
      g_ptr_array_add (others, g_steal_pointer (&path));
  }
  g_ptr_array_sort (names, coterie_natural_order_compare_pointers);
  return g_steal_pointer (&names);
}

/* One that cannot be read is for its reader to tell about. */
static gboolean
is_empty (const char *folder)
{
  g_autoptr (GDir) children = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  if (children == NULL)
    return FALSE;
  do
    name = g_dir_read_name (children);
  while (name != NULL && *name == '.');
  return name == NULL;
}

/* Names of the folders that have anything in them that is not hidden. The paths of those that have not are
 * added to @empty, unless it is NULL. */
static GPtrArray *
list_folders (const char *folder, GPtrArray *empty, GError **error)
{
  g_autoptr (GPtrArray) names = list_children (folder, G_FILE_TEST_IS_DIR, NULL, error);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; names != NULL && i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_str_equal (name, ARCHIVE_DEBRIS))
      continue;
    if (!is_empty (path))
      g_ptr_array_add (kept, g_strdup (name));
    else if (empty != NULL)
      g_ptr_array_add (empty, g_steal_pointer (&path));
  }
  return names != NULL ? g_steal_pointer (&kept) : NULL;
}

static const char *
find_name (GPtrArray *names, const char *const *wanted)
{
  for (guint i = 0; wanted[i] != NULL; i++)
    for (guint j = 0; j < names->len; j++)
      if (g_ascii_strcasecmp (g_ptr_array_index (names, j), wanted[i]) == 0)
        return g_ptr_array_index (names, j);
  return NULL;
}

static gboolean
is_split_name (const char *name)
{
  for (guint i = 0; training_names[i] != NULL; i++)
    if (g_ascii_strcasecmp (name, training_names[i]) == 0)
      return TRUE;
  for (guint i = 0; test_names[i] != NULL; i++)
    if (g_ascii_strcasecmp (name, test_names[i]) == 0)
      return TRUE;
  return FALSE;
}

/* A folder called "train" is one of the splits only if it is not a class among others. */
static gboolean
are_splits (GPtrArray *names)
{
  for (guint i = 0; i < names->len; i++)
    if (!is_split_name (g_ptr_array_index (names, i)))
      return FALSE;
  return find_name (names, training_names) != NULL;
}

static gboolean
report_empty_class (const char *class_folder, gboolean has_others, GError **error)
{
  g_autofree char *display_name = g_filename_display_name (class_folder);

  if (has_others) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_EMPTY_CLASS,
                 "%s: holds no regular files, expected the files of one class", display_name);
    return FALSE;
  }
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_EMPTY_CLASS,
               "%s: holds folders, but no files; expected the files of one class, or else choose "
               "this folder as the data set",
               display_name);
  return FALSE;
}

static gboolean
add_class (CoterieClassFolders *classes,
           CoterieSplit split,
           const char *class_folder,
           guint16 label,
           GError **error)
{
  GArray *files = classes->files[split];
  guint n_others = classes->others->len;
  g_autoptr (GPtrArray) names =
      list_children (class_folder, G_FILE_TEST_IS_REGULAR, classes->others, error);

  if (names == NULL)
    return FALSE;
  if (names->len == 0)
    return report_empty_class (class_folder, classes->others->len > n_others, error);
  if (files->len + names->len > MAX_FILES) {
    g_autofree char *display_name = g_filename_display_name (class_folder);

    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: with it there are more than %d files", display_name, MAX_FILES);
    return FALSE;
  }
  for (guint i = 0; i < names->len; i++) {
    CoterieClassFile file = {
        g_build_filename (class_folder, g_ptr_array_index (names, i), NULL),
        label,
    };

    g_array_append_val (files, file);
  }
  return TRUE;
}

/* Those of the folders that hold several folders themselves, in quotation marks; NULL if there are none. */
static char *
describe_sets_inside (const char *folder, GPtrArray *names)
{
  GString *text = g_string_new (NULL);
  guint n_found = 0;

  for (guint i = 0; i < names->len && n_found < MAX_SETS_NAMED; i++) {
    g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
    g_autoptr (GPtrArray) inner = list_folders (path, NULL, NULL);
    g_autofree char *display_name = g_filename_display_name (path);

    if (inner != NULL && inner->len > 1)
      g_string_append_printf (text, n_found++ > 0 ? ", “%s”" : "“%s”", display_name);
  }
  return g_string_free (text, n_found == 0);
}

/* A folder above the one that is meant: its folders are not classes, but hold them. */
static void
suggest_sets_inside (const char *folder, GPtrArray *names, GError **error)
{
  g_autofree char *sets = describe_sets_inside (folder, names);
  g_autofree char *display_name = g_filename_display_name (folder);

  if (sets == NULL)
    return;
  g_clear_error (error);
  g_set_error (
      error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_EMPTY_CLASS,
      "%s: holds folders that hold folders themselves; choose one of these as the data set: %s",
      display_name, sets);
}

/* Whoever unpacks an archive often gets one folder too many. */
static void
report_single_class (const char *folder, const char *name, GError **error)
{
  g_autofree char *display_name = g_filename_display_name (folder);
  g_autofree char *class_name = g_filename_display_name (name);
  g_autofree char *class_folder = g_build_filename (folder, name, NULL);
  g_autoptr (GPtrArray) inner = list_folders (class_folder, NULL, NULL);

  if (inner != NULL && inner->len > 1)
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL,
                 "%s: holds 1 class folder, %s, which itself holds %u folders: choose that one?",
                 display_name, class_name, inner->len);
  else
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL,
                 "%s: holds 1 class folder, %s, but telling classes apart takes at least 2",
                 display_name, class_name);
}

static gboolean
check_n_classes (const char *folder, GPtrArray *names, GError **error)
{
  g_autofree char *display_name = g_filename_display_name (folder);

  if (names->len == 0)
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL,
                 "%s: holds no class folder with files in it, but telling classes apart takes at "
                 "least 2",
                 display_name);
  else if (names->len == 1)
    report_single_class (folder, g_ptr_array_index (names, 0), error);
  else if (names->len > MAX_CLASSES)
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: holds %u class folders, at most %d classes are supported", display_name,
                 names->len, MAX_CLASSES);
  else
    return TRUE;
  return FALSE;
}

static void
keep_class_names (CoterieClassFolders *classes, GPtrArray *names)
{
  classes->class_names = g_new0 (char *, (gsize) names->len + 1);
  for (guint c = 0; c < names->len; c++)
    classes->class_names[c] = g_filename_display_name (g_ptr_array_index (names, c));
}

static gboolean
list_training (CoterieClassFolders *classes,
               const char *folder,
               GPtrArray *names,
               GCancellable *cancellable,
               GError **error)
{
  if (!check_n_classes (folder, names, error))
    return FALSE;
  keep_class_names (classes, names);

  for (guint c = 0; c < names->len; c++) {
    g_autofree char *class_folder = g_build_filename (folder, g_ptr_array_index (names, c), NULL);
    g_autoptr (GError) local_error = NULL;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (!add_class (classes, COTERIE_SPLIT_TRAINING, class_folder, (guint16) c, &local_error)) {
      if (g_error_matches (local_error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_EMPTY_CLASS))
        suggest_sets_inside (folder, names, &local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
list_test (CoterieClassFolders *classes,
           const char *folder,
           GPtrArray *training_names_found,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GPtrArray) names = list_folders (folder, classes->empty, error);

  for (guint i = 0; names != NULL && i < names->len; i++) {
    const char *name = g_ptr_array_index (names, i);
    g_autofree char *class_folder = g_build_filename (folder, name, NULL);
    guint c;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (!g_ptr_array_find_with_equal_func (training_names_found, name, g_str_equal, &c)) {
      g_autofree char *display_name = g_filename_display_name (class_folder);

      g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL,
                   "%s: there is no class of that name for training", display_name);
      return FALSE;
    }
    if (!add_class (classes, COTERIE_SPLIT_TEST, class_folder, (guint16) c, error))
      return FALSE;
  }
  return names != NULL;
}

static gboolean
list_splits (CoterieClassFolders *classes,
             const char *folder,
             GPtrArray *names,
             GCancellable *cancellable,
             GError **error)
{
  const char *test_name = find_name (names, test_names);
  g_autofree char *training_folder =
      g_build_filename (folder, find_name (names, training_names), NULL);
  g_autofree char *test_folder = g_build_filename (folder, test_name, NULL);
  g_autoptr (GPtrArray) class_names = list_folders (training_folder, classes->empty, error);

  return class_names != NULL &&
         list_training (classes, training_folder, class_names, cancellable, error) &&
         (test_name == NULL || list_test (classes, test_folder, class_names, cancellable, error));
}

/**
 * coterie_class_folders_exist:
 * @folder: a folder
 *
 * Returns: whether there are folders in @folder with anything in them, which may be those of classes
 */
gboolean
coterie_class_folders_exist (const char *folder)
{
  g_autoptr (GPtrArray) names = list_folders (folder, NULL, NULL);

  return names != NULL && names->len > 0;
}

/**
 * coterie_class_folders_list:
 * @classes: (out caller-allocates): the classes and their files; clear it in any case
 * @folder: a folder
 * @cancellable: (nullable): ends it
 * @error: return location for a #GError
 *
 * Finds the classes and their files. If @folder holds nothing but folders that are called train or
 * training, and test, testing, val, valid or validation, the classes lie in these: the samples for
 * training in the first, those for testing in the first of the others that is there. Files that lie
 * beside the class folders, and folders within them, are not looked at. Folders with nothing in them are
 * no classes; they are listed, and so is what lies among the files of a class and is none.
 *
 * Returns: %FALSE with COTERIE_DATASET_ERROR_BAD_LABEL if there are less than two classes, or one
 *   for testing only; with COTERIE_DATASET_ERROR_EMPTY_CLASS if a class folder has folders only; with
 *   COTERIE_DATASET_ERROR_TOO_LARGE beyond 1000 classes or 10 million files; with
 *   COTERIE_DATASET_ERROR_NOT_FOUND if a folder cannot be read; or with %G_IO_ERROR_CANCELLED
 */
gboolean
coterie_class_folders_list (CoterieClassFolders *classes,
                            const char *folder,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autoptr (GPtrArray) names = NULL;

  *classes = (CoterieClassFolders){.empty = g_ptr_array_new_with_free_func (g_free),
                                   .others = g_ptr_array_new_with_free_func (g_free)};
  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    classes->files[i] = g_array_new (FALSE, FALSE, sizeof (CoterieClassFile));
    g_array_set_clear_func (classes->files[i], clear_file);
  }
  names = list_folders (folder, classes->empty, error);
  if (names == NULL)
    return FALSE;
  return are_splits (names) ? list_splits (classes, folder, names, cancellable, error)
                            : list_training (classes, folder, names, cancellable, error);
}

/**
 * coterie_class_folders_clear:
 * @classes: the classes
 *
 * Frees what @classes own.
 */
void
coterie_class_folders_clear (CoterieClassFolders *classes)
{
  g_clear_pointer (&classes->class_names, g_strfreev);
  g_clear_pointer (&classes->empty, g_ptr_array_unref);
  g_clear_pointer (&classes->others, g_ptr_array_unref);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    g_clear_pointer (&classes->files[i], g_array_unref);
}
