/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An npz file of NumPy as a data set: a zip file of .npy arrays, as Keras gives out MNIST, with the
 * samples in x_train and x_test and their classes in y_train and y_test. */

#include "core/dataset/npz-dataset.h"

#include <math.h>

#include "core/dataset/archive-reader.h"
#include "core/dataset/color.h"
#include "core/dataset/dataset-names.h"
#include "core/dataset/feature-table.h"
#include "core/dataset/npy-labels.h"
#include "core/dataset/stratified-split.h"

#define MAX_ROW_WIDTH 65535
#define N_ARRAYS 4

/* By twice the split, and one more for the labels. */
typedef enum {
  TRAINING_SAMPLES,
  TRAINING_LABELS,
  TEST_SAMPLES,
  TEST_LABELS,
} ArrayRole;

/* Keras's names, and those of MedMNIST. */
static const char *const array_names[N_ARRAYS][2] = {
    [TRAINING_SAMPLES] = {"x_train", "train_images"},
    [TRAINING_LABELS] = {"y_train", "train_labels"},
    [TEST_SAMPLES] = {"x_test", "test_images"},
    [TEST_LABELS] = {"y_test", "test_labels"},
};

/* What a sample is. */
typedef struct {
  gboolean is_image;
  gsize width;
  gsize height;
  gsize n_channels; /* as stored in the file, the last dimension */
} SampleShape;

typedef struct {
  const CoterieDatasetRequest *request;
  char *display_name;
  CoterieNpy *arrays[N_ARRAYS];
  char *array_display_names[N_ARRAYS];
  guint16 *labels[COTERIE_N_SPLITS];
  CoterieFeatureTable *tables[COTERIE_N_SPLITS];
  CoterieSampleOrder orders[COTERIE_N_SPLITS];
  SampleShape shape;
} NpzData;

static void
npz_data_clear (NpzData *npz)
{
  for (guint i = 0; i < N_ARRAYS; i++) {
    g_clear_pointer (&npz->arrays[i], coterie_npy_free);
    g_free (npz->array_display_names[i]);
  }
  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    g_free (npz->labels[i]);
    g_clear_pointer (&npz->tables[i], coterie_feature_table_free);
    coterie_sample_order_clear (&npz->orders[i]);
  }
  g_free (npz->display_name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (NpzData, npz_data_clear)

static gboolean
find_role (const char *member, ArrayRole *role)
{
  for (*role = 0; *role < N_ARRAYS; (*role)++)
    for (guint i = 0; i < G_N_ELEMENTS (array_names[*role]); i++) {
      g_autofree char *file_name = g_strconcat (array_names[*role][i], ".npy", NULL);

      if (g_str_equal (member, file_name))
        return TRUE;
    }
  return FALSE;
}

/* Of labels that are words, for example. */
static gboolean
explain_labels (ArrayRole role, GError **error)
{
  gboolean are_labels = role == TRAINING_LABELS || role == TEST_LABELS;
  g_autofree char *message = NULL;

  if (!are_labels || error == NULL ||
      !g_error_matches (*error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE))
    return FALSE;
  message = g_strdup_printf (
      "%s; labels must be whole numbers, one for each sample, or one-hot rows", (*error)->message);
  g_free ((*error)->message);
  (*error)->message = g_steal_pointer (&message);
  return FALSE;
}

static gboolean
read_array (NpzData *npz, ArrayRole role, CoterieArchiveReader *archive, GError **error)
{
  const char *display_name = coterie_archive_reader_get_display_name (archive);
  g_autoptr (CoterieByteSource) source = coterie_archive_reader_read_member (archive, error);

  if (source == NULL)
    return FALSE;
  if (npz->arrays[role] != NULL) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
                 "%s: is there twice, or under two names", display_name);
    return FALSE;
  }
  npz->array_display_names[role] = g_strdup (display_name);
  npz->arrays[role] =
      coterie_npy_load_from (source, display_name, npz->request->cancellable, error);
  return npz->arrays[role] != NULL || explain_labels (role, error);
}

static gboolean
read_arrays (NpzData *npz, const char *path, GError **error)
{
  const CoterieDatasetRequest *request = npz->request;
  g_autoptr (CoterieArchiveReader) archive =
      coterie_archive_reader_open (path, request->cancellable, error);
  guint n_read = 0;

  while (archive != NULL) {
    const char *member;
    ArrayRole role;

    if (!coterie_progress_step (request->progress, (double) MIN (n_read, N_ARRAYS) / N_ARRAYS,
                                request->cancellable, error) ||
        !coterie_archive_reader_next (archive, &member, error))
      return FALSE;
    if (member == NULL)
      return TRUE;
    if (!find_role (member, &role))
      continue;
    if (!read_array (npz, role, archive, error))
      return FALSE;
    n_read++;
  }
  return FALSE;
}

/* Test arrays may be missing, but only both. */
static gboolean
check_complete (const NpzData *npz, GError **error)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  gboolean has_no_test = npz->arrays[TEST_SAMPLES] == NULL && npz->arrays[TEST_LABELS] == NULL;

  for (guint i = 0; i < N_ARRAYS; i++) {
    gboolean is_optional = i >= TEST_SAMPLES && has_no_test;

    if (npz->arrays[i] == NULL && !is_optional)
      g_string_append_printf (missing, "%s%s", missing->len > 0 ? ", " : "", array_names[i][0]);
  }
  if (missing->len == 0)
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND,
               "%s: found no array %s, expected x_train, y_train, x_test and y_test",
               npz->display_name, missing->str);
  return FALSE;
}

static char *
describe_shape (const CoterieNpy *npy)
{
  g_autoptr (GString) text = g_string_new ("[");
  const gsize *shape = coterie_npy_get_shape (npy);

  for (guint i = 0; i < coterie_npy_get_n_dims (npy); i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i > 0 ? ", " : "", shape[i]);
  g_string_append_c (text, ']');
  return g_strdup (text->str);
}

static gboolean
report_shape (const NpzData *npz, ArrayRole role, const char *expected, GError **error)
{
  g_autofree char *shape = describe_shape (npz->arrays[role]);

  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
               "%s: has the shape %s, expected %s", npz->array_display_names[role], shape,
               expected);
  return FALSE;
}

static gboolean
find_shape (NpzData *npz, GError **error)
{
  const CoterieNpy *npy = npz->arrays[TRAINING_SAMPLES];
  const gsize *shape = coterie_npy_get_shape (npy);
  guint n_dims = coterie_npy_get_n_dims (npy);
  gsize most = n_dims == 2 ? MAX_ROW_WIDTH : COTERIE_DATASET_MAX_SIDE_PX;
  gboolean fits = n_dims >= 2 && n_dims <= 4;

  for (guint i = 1; fits && i < n_dims; i++)
    fits = shape[i] >= 1 && (shape[i] <= most || n_dims == 2);
  if (!fits || (n_dims == 4 && shape[3] != 1 && shape[3] != COTERIE_N_COLOR_PLANES))
    return report_shape (npz, TRAINING_SAMPLES,
                         "[samples, numbers], [samples, height, width] or [samples, height, width, "
                         "1 or 3] with sides of 1 to 4096",
                         error);
  npz->shape = (SampleShape){
      .is_image = n_dims > 2,
      .height = n_dims > 2 ? shape[1] : 1,
      .width = n_dims > 2 ? shape[2] : shape[1],
      .n_channels = n_dims == 4 ? shape[3] : 1,
  };
  return TRUE;
}

static gboolean
check_sizes (const NpzData *npz, guint split, GError **error)
{
  const CoterieNpy *samples = npz->arrays[2 * split];
  const CoterieNpy *training = npz->arrays[TRAINING_SAMPLES];
  const CoterieNpy *labels = npz->arrays[2 * split + 1];
  gsize n_samples = coterie_npy_get_n_dims (samples) > 0 ? coterie_npy_get_shape (samples)[0] : 0;
  gsize n_labels = coterie_npy_count_labels (labels);

  if (coterie_npy_get_n_dims (samples) != coterie_npy_get_n_dims (training) ||
      memcmp (coterie_npy_get_shape (samples) + 1, coterie_npy_get_shape (training) + 1,
              (coterie_npy_get_n_dims (training) - 1) * sizeof (gsize)) != 0)
    return report_shape (npz, (ArrayRole) (2 * split), "that of the training samples", error);
  if (n_samples == 0)
    return report_shape (npz, (ArrayRole) (2 * split), "at least one sample", error);
  if (n_samples != n_labels) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
                 "%s: %" G_GSIZE_FORMAT " labels for %" G_GSIZE_FORMAT " samples",
                 npz->array_display_names[2 * split + 1], n_labels, n_samples);
    return FALSE;
  }
  return TRUE;
}

/* As NumPy counts, from 0 in each dimension. */
static char *
describe_index (const CoterieNpy *npy, gsize i)
{
  const gsize *shape = coterie_npy_get_shape (npy);
  g_autoptr (GString) text = g_string_new ("]");

  for (guint d = coterie_npy_get_n_dims (npy); d-- > 0; i /= shape[d]) {
    g_autofree char *number = g_strdup_printf ("%" G_GSIZE_FORMAT, i % shape[d]);

    g_string_prepend (text, number);
    g_string_prepend (text, d > 0 ? ", " : "[");
  }
  return g_strdup (text->str);
}

static gboolean
report_value (const NpzData *npz, ArrayRole role, gsize i, double value, GError **error)
{
  const CoterieNpy *npy = npz->arrays[role];
  gsize n_values = coterie_npy_get_n_values (npy) / coterie_npy_get_shape (npy)[0];
  g_autofree char *index = describe_index (npy, i);

  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "%s: sample %" G_GSIZE_FORMAT
               " has a value that is %s, at index %s; expected finite "
               "numbers within the range of 32 bits",
               npz->array_display_names[role], i / n_values + 1,
               isnan (value) ? "not a number" : "too large", index);
  return FALSE;
}

static gboolean
check_values (const NpzData *npz, ArrayRole role, GError **error)
{
  const CoterieNpy *npy = npz->arrays[role];

  for (gsize i = 0; coterie_npy_get_bytes (npy) == NULL && i < coterie_npy_get_n_values (npy);
       i++) {
    double value = coterie_npy_get_value (npy, i);

    if (!isfinite ((float) value))
      return report_value (npz, role, i, value, error);
  }
  return TRUE;
}

/* A plane of colour, or the grey of all three, of floats; bytes have coterie_color_store(). */
static double
get_pixel (const CoterieNpy *npy, gsize first, gsize pixel, guint plane, gboolean is_grey)
{
  gsize i = first + pixel * COTERIE_N_COLOR_PLANES;

  if (!is_grey)
    return coterie_npy_get_value (npy, i + plane);
  return 0.299 * coterie_npy_get_value (npy, i) + 0.587 * coterie_npy_get_value (npy, i + 1) +
         0.114 * coterie_npy_get_value (npy, i + 2);
}

static gboolean
append_color_sample (const NpzData *npz,
                     const CoterieNpy *npy,
                     gsize first,
                     guint8 *buffer,
                     CoterieFeatureTable *table)
{
  const guint8 *bytes = coterie_npy_get_bytes (npy);
  gboolean keep_color = npz->request->options->color;
  gsize n_pixels = npz->shape.width * npz->shape.height;
  guint n_planes = keep_color ? COTERIE_N_COLOR_PLANES : 1;

  if (bytes != NULL) {
    const guint8 *planes[] = {bytes + first, bytes + first + 1, bytes + first + 2};

    coterie_color_store (buffer, n_pixels, keep_color, planes, COTERIE_N_COLOR_PLANES);
    return coterie_feature_table_append_bytes (table, buffer, n_planes * n_pixels);
  }
  for (guint plane = 0; plane < n_planes; plane++)
    for (gsize i = 0; i < n_pixels; i++)
      if (!coterie_feature_table_append (table, get_pixel (npy, first, i, plane, !keep_color)))
        return FALSE;
  return TRUE;
}

static gboolean
append_color (const NpzData *npz, const CoterieNpy *npy, CoterieFeatureTable *table)
{
  gsize n_values = npz->shape.width * npz->shape.height * COTERIE_N_COLOR_PLANES;
  g_autofree guint8 *buffer = g_malloc (n_values);

  for (gsize first = 0; first < coterie_npy_get_n_values (npy); first += n_values)
    if (!append_color_sample (npz, npy, first, buffer, table))
      return FALSE;
  return TRUE;
}

static gboolean
append_plain (const CoterieNpy *npy, CoterieFeatureTable *table)
{
  const guint8 *bytes = coterie_npy_get_bytes (npy);
  gsize n_values = coterie_npy_get_n_values (npy);

  if (bytes != NULL)
    return coterie_feature_table_append_bytes (table, bytes, n_values);
  for (gsize i = 0; i < n_values; i++)
    if (!coterie_feature_table_append (table, coterie_npy_get_value (npy, i)))
      return FALSE;
  return TRUE;
}

/* Frees the array of the samples, of which the table is a copy. */
static gboolean
take_split (NpzData *npz, guint split, GError **error)
{
  ArrayRole role = (ArrayRole) (2 * split);
  CoterieNpy *npy = npz->arrays[role];
  gboolean fits;

  npz->labels[split] = coterie_npy_dup_labels (npz->arrays[role + 1], error);
  if (npz->labels[split] == NULL || !check_values (npz, role, error))
    return FALSE;
  npz->tables[split] = coterie_feature_table_new ();
  fits = npz->shape.n_channels == 1 ? append_plain (npy, npz->tables[split])
                                    : append_color (npz, npy, npz->tables[split]);
  if (!fits) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: has more numbers than are supported", npz->array_display_names[role]);
    return FALSE;
  }
  return TRUE;
}

static gboolean
load_splits (NpzData *npz, GError **error)
{
  guint n_splits = npz->arrays[TEST_SAMPLES] != NULL ? COTERIE_N_SPLITS : 1;

  if (!find_shape (npz, error))
    return FALSE;
  for (guint i = 0; i < n_splits; i++)
    if (!check_sizes (npz, i, error))
      return FALSE;
  for (guint i = 0; i < n_splits; i++)
    if (!take_split (npz, i, error))
      return FALSE;
  for (guint i = 0; i < n_splits; i++)
    g_clear_pointer (&npz->arrays[2 * i], coterie_npy_free);
  return TRUE;
}

static GBytes *
order_labels (const guint16 *labels, gsize n_samples, const CoterieSampleOrder *order)
{
  guint16 *ordered = g_new (guint16, MAX (n_samples, 1));

  for (gsize s = 0; s < n_samples; s++)
    ordered[s] = labels[order != NULL ? order->samples[s] : s];
  return g_bytes_new_take (ordered, n_samples * sizeof *ordered);
}

static gboolean
draw_splits (NpzData *npz, GError **error)
{
  gsize n_samples = coterie_npy_count_labels (npz->arrays[TRAINING_LABELS]);
  guint n_classes = 0;

  for (gsize s = 0; s < n_samples; s++)
    n_classes = MAX (n_classes, npz->labels[0][s] + 1u);
  coterie_stratified_split (npz->labels[0], n_samples, n_classes, npz->request->options,
                            npz->orders);
  return coterie_stratified_split_check (npz->orders, npz->request->source,
                                         "add samples, or x_test and y_test", error);
}

static gboolean
make_samples (NpzData *npz,
              CoterieDatasetInfo *info,
              CoterieSamples samples[COTERIE_N_SPLITS],
              GError **error)
{
  gboolean is_drawn = npz->tables[COTERIE_SPLIT_TEST] == NULL;
  gboolean keep_color = npz->shape.n_channels > 1 && npz->request->options->color;
  gsize n_features =
      npz->shape.width * npz->shape.height * (keep_color ? npz->shape.n_channels : 1);
  gboolean is_image = npz->shape.is_image;
  CoterieFeatureSplit splits[COTERIE_N_SPLITS];
  guint side_px;

  if (is_drawn && !draw_splits (npz, error))
    return FALSE;
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    splits[i] = (CoterieFeatureSplit){
        npz->tables[is_drawn ? 0 : i],
        is_drawn ? &npz->orders[i] : NULL,
    };

  info->width = (guint) npz->shape.width;
  info->height = (guint) npz->shape.height;
  info->n_channels = keep_color ? COTERIE_N_COLOR_PLANES : 1;
  if (!is_image && coterie_features_guess_image (splits, n_features, &side_px)) {
    info->width = info->height = side_px;
    is_image = TRUE;
  }
  if (!is_image && n_features > MAX_ROW_WIDTH)
    return report_shape (npz, TRAINING_SAMPLES, "at most 65535 numbers in a sample", error);
  coterie_features_scale (splits, n_features, is_image, samples);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    samples[i].labels =
        order_labels (npz->labels[is_drawn ? 0 : i], samples[i].n_samples, splits[i].order);
  return TRUE;
}

static char *
name_file (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  const char *dot = strrchr (name, '.');

  return dot != NULL && dot != name ? g_strndup (name, (gsize) (dot - name))
                                    : g_steal_pointer (&name);
}

static CoterieDataset *
make_dataset (NpzData *npz, const char *path, GError **error)
{
  CoterieDatasetOptionFlags used = (CoterieDatasetOptionFlags) 0;
  CoterieSamples samples[COTERIE_N_SPLITS] = {{NULL}};
  CoterieDatasetInfo info = {.source = npz->request->source};
  g_autofree char *file_name = name_file (path);
  g_autofree char *name = NULL;
  g_autofree char *options = NULL;
  g_auto (GStrv) class_names = NULL;
  CoterieDataset *dataset = NULL;

  if (npz->shape.n_channels > 1)
    used |= COTERIE_DATASET_OPTION_COLOR;
  if (npz->tables[COTERIE_SPLIT_TEST] == NULL)
    used |= COTERIE_DATASET_OPTION_TEST_FRAC | COTERIE_DATASET_OPTION_SPLIT_SEED;
  options = coterie_dataset_options_to_string (npz->request->options, used);

  if (make_samples (npz, &info, samples, error)) {
    coterie_dataset_names_find (file_name, &samples[COTERIE_SPLIT_TRAINING], &name, &class_names);
    info.name = name;
    info.class_names = (const char *const *) class_names;
    info.n_classes = g_strv_length (class_names);
    info.options = options;
    dataset = coterie_dataset_new (&info, samples, error);
  }
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    coterie_samples_clear (&samples[i]);
  return dataset;
}

/**
 * coterie_npz_dataset_open:
 * @request: how to read; of the options, colour, and without test arrays the test fraction and the
 *   seed
 * @path: an npz file
 * @error: return location for a #GError
 *
 * Reads the arrays x_train and x_test, [samples, numbers], [samples, height, width] or [samples,
 * height, width, 1 or 3], of bytes, other integers or floats, and y_train and y_test, [samples] or
 * [samples, 1], of whole numbers from 0, or [samples, classes], one-hot. If both test arrays are missing, a fraction of each class is
 * drawn. The names of MedMNIST, such as train_images, do as well. Numbers are scaled to 0 … 1, see
 * coterie_features_scale(). Memory: each array, and a copy of the samples. Cost: about 1 s for MNIST.
 *
 * Returns: (transfer full): the data set; or %NULL with an error of COTERIE_DATASET_ERROR that names
 *   the file and the array, or with an error of %G_IO_ERROR
 */
CoterieDataset *
coterie_npz_dataset_open (const CoterieDatasetRequest *request, const char *path, GError **error)
{
  g_auto (NpzData) npz = {.request = request, .display_name = g_filename_display_name (path)};

  if (!read_arrays (&npz, path, error) || !check_complete (&npz, error) ||
      !load_splits (&npz, error))
    return NULL;
  return make_dataset (&npz, path, error);
}

/* Returns %NULL if there is no such array, or it cannot be read. */
static CoterieNpy *
load_role (const char *path, ArrayRole wanted)
{
  g_autoptr (CoterieArchiveReader) archive = coterie_archive_reader_open (path, NULL, NULL);
  const char *member;
  ArrayRole role;

  while (archive != NULL && coterie_archive_reader_next (archive, &member, NULL) &&
         member != NULL) {
    g_autoptr (CoterieByteSource) source = NULL;

    if (!find_role (member, &role) || role != wanted)
      continue;
    source = coterie_archive_reader_read_member (archive, NULL);
    return source != NULL
               ? coterie_npy_load_from (source, coterie_archive_reader_get_display_name (archive),
                                        NULL, NULL)
               : NULL;
  }
  return NULL;
}

/**
 * coterie_npz_dataset_digest_labels:
 * @path: a file that may be an npz file
 * @split: whose labels are looked at
 *
 * Tells by what a set is known however its arrays were saved: in whichever order, compressed or not, and of
 * numbers of any kind. Cost: the labels are read, a few milliseconds for MNIST.
 *
 * Returns: (transfer full) (nullable): the SHA-256 in hexadecimal that an IDX file of the labels would
 *   have; %NULL if there are no labels that such a file can hold
 */
char *
coterie_npz_dataset_digest_labels (const char *path, CoterieSplit split)
{
  g_autoptr (CoterieNpy) npy =
      load_role (path, split == COTERIE_SPLIT_TRAINING ? TRAINING_LABELS : TEST_LABELS);
  g_autofree guint16 *labels = npy != NULL ? coterie_npy_dup_labels (npy, NULL) : NULL;
  gsize n_labels = labels != NULL ? coterie_npy_count_labels (npy) : 0;
  g_autoptr (GByteArray) idx = g_byte_array_new ();
  const guint8 header[] = {0,
                           0,
                           8,
                           1,
                           (guint8) (n_labels >> 24),
                           (guint8) (n_labels >> 16),
                           (guint8) (n_labels >> 8),
                           (guint8) n_labels};

  if (n_labels == 0)
    return NULL;
  g_byte_array_append (idx, header, sizeof header);
  for (gsize s = 0; s < n_labels; s++) {
    guint8 label = (guint8) labels[s];

    if (labels[s] > G_MAXUINT8)
      return NULL;
    g_byte_array_append (idx, &label, 1);
  }
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, idx->data, idx->len);
}
