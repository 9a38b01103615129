/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CIFAR-10 in its binary version (cs.toronto.edu/~kriz/cifar.html): five files for training and one
 * for testing, of records of 3073 bytes: the label, then 32 × 32 bytes of red, as many of green and
 * as many of blue, row by row; and a text file with the names of the classes. It is read from the
 * folder or from the archive alike, whose files may come in any order. */

#include "core/dataset/cifar.h"

#include "core/dataset/archive-reader.h"
#include "core/dataset/color.h"

#define SIDE_PX 32
#define N_PIXELS (SIDE_PX * SIDE_PX)
#define RECORD_SIZE (1 + COTERIE_N_COLOR_PLANES * N_PIXELS)
#define RECORDS_AT_ONCE 100

/* Ten times as many as there are, so that a wrong file cannot fill the memory. */
#define MAX_RECORDS 100000
#define MAX_CLASSES 256
#define MAX_NAMES_SIZE 65536

#define BINARY_FOLDER "cifar-10-batches-bin"
#define PYTHON_FOLDER "cifar-10-batches-py"
#define BINARY_ARCHIVE "cifar-10-binary.tar.gz"

#define N_BATCHES 6
#define TEST_BATCH 5

static const char *const batch_names[N_BATCHES] = {
    "data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
    "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin",
};
#define CLASS_NAMES_FILE "batches.meta.txt"

/* Where the file with the names is missing. */
static const char *const usual_class_names[] = {
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck", NULL,
};

typedef struct {
  char *display_name;
  GByteArray *labels;
  GByteArray *pixels;
} Batch;

typedef struct {
  const CoterieDatasetRequest *request;
  const char *path;
  Batch batches[N_BATCHES];
  guint n_batches;
  char **class_names;
} Cifar;

static void
cifar_clear (Cifar *cifar)
{
  for (guint i = 0; i < N_BATCHES; i++) {
    Batch *batch = &cifar->batches[i];

    g_free (batch->display_name);
    g_clear_pointer (&batch->labels, g_byte_array_unref);
    g_clear_pointer (&batch->pixels, g_byte_array_unref);
  }
  g_strfreev (cifar->class_names);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cifar, cifar_clear)

static gboolean
has_child (const char *folder, const char *name, GFileTest test)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, test);
}

static gboolean
has_batches (const char *folder)
{
  for (guint i = 0; i < N_BATCHES; i++)
    if (has_child (folder, batch_names[i], G_FILE_TEST_IS_REGULAR))
      return TRUE;
  return FALSE;
}

static gboolean
has_python_batches (const char *folder)
{
  return has_child (folder, "data_batch_1", G_FILE_TEST_IS_REGULAR) &&
         has_child (folder, "batches.meta", G_FILE_TEST_IS_REGULAR);
}

/**
 * coterie_cifar_is_part:
 * @path: of a file
 *
 * Returns: whether @path is called like one of the files that make up CIFAR-10
 */
gboolean
coterie_cifar_is_part (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  for (guint batch = 0; batch < N_BATCHES; batch++)
    if (g_str_equal (name, batch_names[batch]))
      return TRUE;
  return g_str_equal (name, CLASS_NAMES_FILE);
}

/**
 * coterie_cifar_find:
 * @folder: a folder
 * @path: (out) (transfer full) (nullable): the folder or archive with the data set; %NULL if there
 *   is none
 * @error: return location for a #GError
 *
 * Looks for CIFAR-10 in @folder: its files, the folder with them, or the archive.
 *
 * Returns: %FALSE with COTERIE_DATASET_ERROR_MISMATCH if there is only the version for Python, which
 *   is made of pickles
 */
gboolean
coterie_cifar_find (const char *folder, char **path, GError **error)
{
  g_autofree char *binary_folder = g_build_filename (folder, BINARY_FOLDER, NULL);
  g_autofree char *python_folder = g_build_filename (folder, PYTHON_FOLDER, NULL);

  *path = NULL;
  if (has_batches (folder))
    *path = g_strdup (folder);
  else if (has_batches (binary_folder))
    *path = g_steal_pointer (&binary_folder);
  else if (has_child (folder, BINARY_ARCHIVE, G_FILE_TEST_IS_REGULAR))
    *path = g_build_filename (folder, BINARY_ARCHIVE, NULL);
  if (*path != NULL || (!has_python_batches (folder) && !has_python_batches (python_folder)))
    return TRUE;

  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
               "%s: holds the Python version of CIFAR-10, expected the binary version (%s or %s)",
               folder, BINARY_FOLDER, BINARY_ARCHIVE);
  return FALSE;
}

static void
append_records (const Cifar *cifar, Batch *batch, const guint8 *records, gsize n_records)
{
  gboolean keep_color = cifar->request->options->color;
  guint sample_size = keep_color ? COTERIE_N_COLOR_PLANES * N_PIXELS : N_PIXELS;

  for (gsize r = 0; r < n_records; r++) {
    const guint8 *record = records + r * RECORD_SIZE;
    const guint8 *planes[] = {record + 1, record + 1 + N_PIXELS, record + 1 + 2 * N_PIXELS};
    guint old_size = batch->pixels->len;

    g_byte_array_append (batch->labels, record, 1);
    g_byte_array_set_size (batch->pixels, old_size + sample_size);
    coterie_color_store (batch->pixels->data + old_size, N_PIXELS, keep_color, planes, 1);
  }
}

static gboolean
check_rest (const Batch *batch, gsize n_rest, GError **error)
{
  if (n_rest > 0)
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TRUNCATED,
                 "%s: ends within record %u, after %" G_GSIZE_FORMAT
                 " of its %d bytes; expected a whole number of records",
                 batch->display_name, batch->labels->len + 1, n_rest, RECORD_SIZE);
  else if (batch->labels->len == 0)
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TRUNCATED,
                 "%s: is empty, expected records of %d bytes", batch->display_name, RECORD_SIZE);
  else if (batch->labels->len > MAX_RECORDS)
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: has more than %d records", batch->display_name, MAX_RECORDS);
  else
    return TRUE;
  return FALSE;
}

static gboolean
read_records (const Cifar *cifar, Batch *batch, CoterieByteSource *source, GError **error)
{
  const gsize wanted = RECORDS_AT_ONCE * RECORD_SIZE;
  g_autofree guint8 *records = g_malloc (wanted);
  gsize n_read;

  do {
    if (!coterie_byte_source_read (source, records, wanted, &n_read, cifar->request->cancellable,
                                   error))
      return FALSE;
    append_records (cifar, batch, records, n_read / RECORD_SIZE);
  } while (n_read == wanted && batch->labels->len <= MAX_RECORDS);
  return check_rest (batch, n_read % RECORD_SIZE, error);
}

static gboolean
read_batch (
    Cifar *cifar, guint i, CoterieByteSource *source, const char *display_name, GError **error)
{
  Batch *batch = &cifar->batches[i];

  if (batch->labels != NULL) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH, "%s: is there twice",
                 display_name);
    return FALSE;
  }
  batch->display_name = g_strdup (display_name);
  batch->labels = g_byte_array_new ();
  batch->pixels = g_byte_array_new ();
  if (!read_records (cifar, batch, source, error))
    return FALSE;
  cifar->n_batches++;
  return coterie_progress_step (cifar->request->progress, (double) cifar->n_batches / N_BATCHES,
                                cifar->request->cancellable, error);
}

static gboolean
check_class_names (Cifar *cifar, const char *display_name, GError **error)
{
  guint n_names = 0;

  for (guint i = 0; cifar->class_names[i] != NULL; i++) {
    g_strstrip (cifar->class_names[i]);
    if (*cifar->class_names[i] == '\0')
      g_clear_pointer (&cifar->class_names[i], g_free);
    else
      cifar->class_names[n_names++] = cifar->class_names[i];
  }
  cifar->class_names[n_names] = NULL;

  if (n_names >= 2 && n_names <= MAX_CLASSES)
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "%s: has %u names of classes, expected 2 to %d, one a line", display_name, n_names,
               MAX_CLASSES);
  return FALSE;
}

static gboolean
read_class_names (Cifar *cifar, CoterieByteSource *source, const char *display_name, GError **error)
{
  g_autofree char *text = g_malloc (MAX_NAMES_SIZE + 1);
  gsize n_read;

  if (!coterie_byte_source_read (source, text, MAX_NAMES_SIZE, &n_read, cifar->request->cancellable,
                                 error))
    return FALSE;
  text[n_read] = '\0';
  if (strlen (text) < n_read || !g_utf8_validate (text, -1, NULL)) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
                 "%s: is not text, expected names of classes, one a line", display_name);
    return FALSE;
  }
  g_strfreev (cifar->class_names);
  cifar->class_names = g_strsplit (text, "\n", -1);
  return check_class_names (cifar, display_name, error);
}

/* What a file of that name is for: a batch, the names of the classes, or nothing. */
static gboolean
read_file (Cifar *cifar,
           const char *name,
           CoterieByteSource *source,
           const char *display_name,
           GError **error)
{
  if (g_str_equal (name, CLASS_NAMES_FILE))
    return read_class_names (cifar, source, display_name, error);
  for (guint i = 0; i < N_BATCHES; i++)
    if (g_str_equal (name, batch_names[i]))
      return read_batch (cifar, i, source, display_name, error);
  return TRUE;
}

static gboolean
read_folder_file (Cifar *cifar, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (cifar->path, name, NULL);
  g_autofree char *display_name = g_filename_display_name (path);
  g_autoptr (CoterieByteSource) source = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  source = coterie_byte_source_open (path, cifar->request->cancellable, error);
  return source != NULL && read_file (cifar, name, source, display_name, error);
}

static gboolean
read_folder (Cifar *cifar, GError **error)
{
  for (guint i = 0; i < N_BATCHES; i++)
    if (!read_folder_file (cifar, batch_names[i], error))
      return FALSE;
  return read_folder_file (cifar, CLASS_NAMES_FILE, error);
}

static gboolean
read_archive (Cifar *cifar, GError **error)
{
  g_autoptr (CoterieArchiveReader) archive =
      coterie_archive_reader_open (cifar->path, cifar->request->cancellable, error);
  const char *member;

  if (archive == NULL)
    return FALSE;
  for (;;) {
    g_autoptr (CoterieByteSource) source = NULL;
    g_autofree char *name = NULL;

    if (!coterie_archive_reader_next (archive, &member, error))
      return FALSE;
    if (member == NULL)
      return TRUE;
    source = coterie_archive_reader_read_member (archive, error);
    name = g_path_get_basename (member);
    if (source == NULL ||
        !read_file (cifar, name, source, coterie_archive_reader_get_display_name (archive), error))
      return FALSE;
  }
}

static gboolean
check_complete (const Cifar *cifar, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  g_autofree char *display_name = g_filename_display_name (cifar->path);

  for (guint i = 0; i < N_BATCHES; i++)
    if (cifar->batches[i].labels == NULL)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", batch_names[i]);
  if (missing->len == 0)
    return TRUE;
  if (cifar->n_batches == 0) {
    g_set_error (
        error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
        "%s: holds no file of CIFAR-10's binary version, such as %s; other archives are not "
        "read: unpack it and choose the folder, where images are in a folder for each "
        "class",
        display_name, batch_names[0]);
    return FALSE;
  }
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
               "%s: CIFAR-10 is incomplete: found no %s", display_name, missing->str);
  return FALSE;
}

static gboolean
check_labels (const Cifar *cifar, guint n_classes, GError **error)
{
  for (guint i = 0; i < N_BATCHES; i++) {
    const Batch *batch = &cifar->batches[i];

    for (guint r = 0; r < batch->labels->len; r++) {
      if (batch->labels->data[r] < n_classes)
        continue;
      g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL,
                   "%s: the label of record %u, at byte %" G_GSIZE_FORMAT
                   ", is %u, expected 0 to %u",
                   batch->display_name, r + 1, (gsize) r * RECORD_SIZE, batch->labels->data[r],
                   n_classes - 1);
      return FALSE;
    }
  }
  return TRUE;
}

/* Puts batches one after the other, and frees each as soon as it has been copied. */
static void
join_batches (Batch *batches, guint n_batches, CoterieSamples *samples)
{
  g_autoptr (GByteArray) pixels = g_byte_array_new ();
  g_autoptr (GArray) labels = g_array_new (FALSE, FALSE, sizeof (guint16));

  for (guint i = 0; i < n_batches; i++) {
    for (guint r = 0; r < batches[i].labels->len; r++) {
      guint16 label = batches[i].labels->data[r];

      g_array_append_val (labels, label);
    }
    g_byte_array_append (pixels, batches[i].pixels->data, batches[i].pixels->len);
    g_clear_pointer (&batches[i].pixels, g_byte_array_unref);
  }
  samples->n_samples = labels->len;
  samples->labels = g_bytes_new (labels->data, labels->len * sizeof (guint16));
  samples->pixels = g_byte_array_free_to_bytes (g_steal_pointer (&pixels));
}

static CoterieDataset *
make_dataset (Cifar *cifar, GError **error)
{
  const CoterieDatasetOptions *options = cifar->request->options;
  g_autofree char *text = coterie_dataset_options_to_string (options, COTERIE_DATASET_OPTION_COLOR);
  CoterieSamples splits[COTERIE_N_SPLITS] = {{NULL}};
  const CoterieDatasetInfo info = {
      .name = "CIFAR-10",
      .source = cifar->request->source,
      .class_names = (const char *const *) cifar->class_names,
      .width = SIDE_PX,
      .height = SIDE_PX,
      .n_classes = g_strv_length (cifar->class_names),
      .n_channels = options->color ? COTERIE_N_COLOR_PLANES : 1,
      .options = text,
  };
  CoterieDataset *dataset;

  join_batches (cifar->batches, TEST_BATCH, &splits[COTERIE_SPLIT_TRAINING]);
  join_batches (&cifar->batches[TEST_BATCH], 1, &splits[COTERIE_SPLIT_TEST]);
  dataset = coterie_dataset_new (&info, splits, error);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    coterie_samples_clear (&splits[i]);
  return dataset;
}

/**
 * coterie_cifar_open:
 * @request: how to read; of the options, colour matters
 * @path: the folder with the files, or an archive of it
 * @error: return location for a #GError
 *
 * Reads CIFAR-10: 32 × 32 pixels, grey or in colour, in the order of the files. The files may be
 * shorter than the original's 10,000 records, for those who want less. Memory: 60 MB in grey, 180 MB
 * in colour, and as much again for a moment. Cost: about 2 s from the archive, most of it for
 * unpacking.
 *
 * Returns: (transfer full): the data set; or %NULL with an error of COTERIE_DATASET_ERROR that names
 *   the file, and the record where there is one, or with an error of %G_IO_ERROR
 */
CoterieDataset *
coterie_cifar_open (const CoterieDatasetRequest *request, const char *path, GError **error)
{
  g_auto (Cifar) cifar = {.request = request, .path = path};
  gboolean is_folder = g_file_test (path, G_FILE_TEST_IS_DIR);

  if (!(is_folder ? read_folder (&cifar, error) : read_archive (&cifar, error)) ||
      !check_complete (&cifar, error))
    return NULL;
  if (cifar.class_names == NULL)
    cifar.class_names = g_strdupv ((char **) usual_class_names);
  if (!check_labels (&cifar, g_strv_length (cifar.class_names), error))
    return NULL;
  return make_dataset (&cifar, error);
}
