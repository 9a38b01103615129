/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The data set that every later stage reads. What was opened (its description and its samples) is
 * kept once, as the origin; a data set is a view of it with fewer training samples or other labels,
 * so that copies cost next to nothing and all of them know the hash of what was opened. */

#include "core/dataset/dataset.h"

#include "core/dataset/pixel-fraction.h"

#define MAX_CLASSES 1000
#define N_COLOR_CHANNELS 3

/* Pixels that are divided at once. */
#define VECTOR_PIXELS 4

#define CACHE_LINE_BYTES 64

/* Format of the digest's input; changes when coterie_dataset_get_hash() feeds it differently. */
#define HASH_HEADER "coterie-dataset-1"

typedef guint8 Pixels __attribute__ ((vector_size (VECTOR_PIXELS), aligned (1), may_alias));
typedef gint32 Numbers __attribute__ ((vector_size (VECTOR_PIXELS * 4)));
typedef float Fractions __attribute__ ((vector_size (VECTOR_PIXELS * 4), aligned (4), may_alias));

typedef struct {
  CoterieDatasetInfo info;
  CoterieSamples splits[COTERIE_N_SPLITS];
  CoterieDatasetReport *report;
  GMutex hash_mutex;
  char *hash;
} DatasetOrigin;

struct _CoterieDataset {
  DatasetOrigin *origin;
  CoterieSamples splits[COTERIE_N_SPLITS];
};

G_DEFINE_QUARK (coterie - dataset - error - quark, coterie_dataset_error)

static const char *
get_split_name (CoterieSplit split)
{
  return split == COTERIE_SPLIT_TRAINING ? "training" : "test";
}

static GBytes *
ref_bytes (GBytes *bytes)
{
  return bytes != NULL ? g_bytes_ref (bytes) : NULL;
}

static void
copy_samples (CoterieSamples *target, const CoterieSamples *source)
{
  target->pixels = ref_bytes (source->pixels);
  target->values = ref_bytes (source->values);
  target->labels = g_bytes_ref (source->labels);
  target->n_samples = source->n_samples;
}

/**
 * coterie_samples_clear:
 * @samples: the samples; all zero is allowed
 *
 * Gives up what @samples hold.
 */
void
coterie_samples_clear (CoterieSamples *samples)
{
  g_clear_pointer (&samples->pixels, g_bytes_unref);
  g_clear_pointer (&samples->values, g_bytes_unref);
  g_clear_pointer (&samples->labels, g_bytes_unref);
}

/**
 * coterie_dataset_info_get_n_features:
 * @info: what a data set is
 *
 * Returns: numbers in a sample: width times height times channels
 */
gsize
coterie_dataset_info_get_n_features (const CoterieDatasetInfo *info)
{
  return (gsize) info->width * info->height * MAX (info->n_channels, 1);
}

/**
 * coterie_dataset_info_is_image_folder:
 * @info: what a data set is
 *
 * Returns: whether it was read from pictures of any size, in a folder for each class
 */
gboolean
coterie_dataset_info_is_image_folder (const CoterieDatasetInfo *info)
{
  return info->options != NULL && strstr (info->options, "image-size=") != NULL;
}

/**
 * coterie_dataset_info_list_classes:
 * @info: what a data set is
 * @most: how many classes to name at most, at least 1
 *
 * Returns: (transfer full): the names of the classes with commas between them, "cat, dog"; and "…" in
 *   place of those beyond @most
 */
char *
coterie_dataset_info_list_classes (const CoterieDatasetInfo *info, guint most)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint c = 0; c < MIN (info->n_classes, most); c++)
    g_string_append_printf (text, c > 0 ? ", %s" : "%s", info->class_names[c]);
  if (info->n_classes > most)
    g_string_append (text, ", …");
  return g_strdup (text->str);
}

static void
origin_clear (gpointer pointer)
{
  DatasetOrigin *origin = pointer;

  g_free ((char *) origin->info.name);
  g_free ((char *) origin->info.source);
  g_free ((char *) origin->info.options);
  g_strfreev ((char **) origin->info.class_names);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    coterie_samples_clear (&origin->splits[i]);
  coterie_dataset_report_unref (origin->report);
  g_mutex_clear (&origin->hash_mutex);
  g_free (origin->hash);
}

static void
dataset_clear (gpointer pointer)
{
  CoterieDataset *dataset = pointer;

  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    coterie_samples_clear (&dataset->splits[i]);
  g_atomic_rc_box_release_full (dataset->origin, origin_clear);
}

static gboolean
check_info (const CoterieDatasetInfo *info, GError **error)
{
  guint n_names = g_strv_length ((char **) info->class_names);

  if (info->width == 0 || info->height == 0) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: images of %u × %u pixels have nothing to learn from", info->source,
                 info->width, info->height);
    return FALSE;
  }
  if (info->n_channels > 1 && info->n_channels != N_COLOR_CHANNELS) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: pixels of %u numbers, expected 1 for grey or %d for colour", info->source,
                 info->n_channels, N_COLOR_CHANNELS);
    return FALSE;
  }
  if (info->n_classes < 2) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL,
                 "%s: has %u class, but telling classes apart takes at least 2", info->source,
                 info->n_classes);
    return FALSE;
  }
  if (info->n_classes > MAX_CLASSES) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: has %u classes, at most %d are supported", info->source, info->n_classes,
                 MAX_CLASSES);
    return FALSE;
  }
  if (n_names != info->n_classes) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
                 "%s: %u class names for %u classes", info->source, n_names, info->n_classes);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_sizes (const CoterieDatasetInfo *info,
             const CoterieSamples *samples,
             CoterieSplit split,
             GError **error)
{
  const char *split_name = get_split_name (split);
  gsize value_size = samples->values != NULL ? sizeof (float) : 1;
  gsize n_bytes = g_bytes_get_size (samples->values != NULL ? samples->values : samples->pixels);
  gsize n_label_bytes = g_bytes_get_size (samples->labels);
  gsize sample_size, n_expected;

  if (samples->n_samples == 0) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: the %s split has no samples", info->source, split_name);
    return FALSE;
  }
  if (samples->n_samples > G_MAXUINT32) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: the %s split has %" G_GSIZE_FORMAT " samples, at most %u are supported",
                 info->source, split_name, samples->n_samples, G_MAXUINT32);
    return FALSE;
  }
  if (!g_size_checked_mul (&sample_size, info->width, info->height) ||
      !g_size_checked_mul (&sample_size, sample_size, value_size * MAX (info->n_channels, 1)) ||
      !g_size_checked_mul (&n_expected, sample_size, samples->n_samples) || n_bytes != n_expected) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
                 "%s: the %s split has %" G_GSIZE_FORMAT
                 " bytes of pixels, which is not %" G_GSIZE_FORMAT " samples of %u × %u",
                 info->source, split_name, n_bytes, samples->n_samples, info->width, info->height);
    return FALSE;
  }
  if (n_label_bytes != samples->n_samples * sizeof (guint16)) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
                 "%s: the %s split has %" G_GSIZE_FORMAT " labels for %" G_GSIZE_FORMAT " samples",
                 info->source, split_name, n_label_bytes / sizeof (guint16), samples->n_samples);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_labels (const CoterieDatasetInfo *info,
              const CoterieSamples *samples,
              CoterieSplit split,
              GError **error)
{
  const guint16 *labels = g_bytes_get_data (samples->labels, NULL);

  for (gsize s = 0; s < samples->n_samples; s++) {
    if (labels[s] < info->n_classes)
      continue;
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL,
                 "%s: the label of %s sample %" G_GSIZE_FORMAT " is %u, expected less than %u",
                 info->source, get_split_name (split), s + 1, labels[s], info->n_classes);
    return FALSE;
  }
  return TRUE;
}

/* Written so that not-a-number is out of range. */
static gboolean
check_values (const CoterieDatasetInfo *info,
              const CoterieSamples *samples,
              CoterieSplit split,
              GError **error)
{
  gsize n_features = coterie_dataset_info_get_n_features (info);
  const float *values = samples->values != NULL ? g_bytes_get_data (samples->values, NULL) : NULL;

  for (gsize i = 0; values != NULL && i < samples->n_samples * n_features; i++) {
    if (values[i] >= 0.0f && values[i] <= 1.0f)
      continue;
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
                 "%s: number %" G_GSIZE_FORMAT " of %s sample %" G_GSIZE_FORMAT
                 " is %g, expected 0 to 1",
                 info->source, i % n_features + 1, get_split_name (split), i / n_features + 1,
                 (double) values[i]);
    return FALSE;
  }
  return TRUE;
}

static void
find_classes (const guint16 *labels, gsize n_labels, gboolean seen[MAX_CLASSES])
{
  memset (seen, 0, MAX_CLASSES * sizeof *seen);
  for (gsize s = 0; s < n_labels; s++)
    seen[labels[s]] = TRUE;
}

static gboolean
check_every_class (const CoterieDatasetInfo *info,
                   const guint16 *labels,
                   gsize n_labels,
                   GError **error)
{
  gboolean seen[MAX_CLASSES];

  find_classes (labels, n_labels, seen);
  for (guint c = 0; c < info->n_classes; c++) {
    if (seen[c])
      continue;
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_EMPTY_CLASS,
                 "%s: none of the %" G_GSIZE_FORMAT " training samples is of class %u (%s)",
                 info->source, n_labels, c, info->class_names[c]);
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_dataset (const CoterieDatasetInfo *info,
               const CoterieSamples splits[COTERIE_N_SPLITS],
               GError **error)
{
  const CoterieSamples *training = &splits[COTERIE_SPLIT_TRAINING];

  g_assert ((splits[0].values != NULL) == (splits[1].values != NULL));
  if (!check_info (info, error))
    return FALSE;
  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++)
    if (!check_sizes (info, &splits[split], split, error) ||
        !check_labels (info, &splits[split], split, error) ||
        !check_values (info, &splits[split], split, error))
      return FALSE;
  return check_every_class (info, g_bytes_get_data (training->labels, NULL), training->n_samples,
                            error);
}

static CoterieDataset *
dataset_copy (CoterieDataset *dataset)
{
  CoterieDataset *copy = g_atomic_rc_box_new0 (CoterieDataset);

  copy->origin = g_atomic_rc_box_acquire (dataset->origin);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    copy_samples (&copy->splits[i], &dataset->splits[i]);
  return copy;
}

/* A class that is never tested has no say in the accuracy, which is worth knowing. */
static void
report_untested_classes (CoterieDatasetReport *report,
                         const CoterieDatasetInfo *info,
                         const CoterieSamples *test)
{
  gboolean seen[MAX_CLASSES];

  find_classes (g_bytes_get_data (test->labels, NULL), test->n_samples, seen);
  for (guint c = 0; c < info->n_classes; c++)
    if (!seen[c])
      coterie_dataset_report_add_untested_class (report, info->class_names[c]);
}

static DatasetOrigin *
origin_new (const CoterieDatasetInfo *info, CoterieDatasetReport *report)
{
  DatasetOrigin *origin = g_atomic_rc_box_new0 (DatasetOrigin);

  origin->info = *info;
  origin->info.name = g_strdup (info->name);
  origin->info.source = g_strdup (info->source);
  origin->info.options = g_strdup (info->options != NULL ? info->options : "");
  origin->info.class_names = (const char *const *) g_strdupv ((char **) info->class_names);
  origin->info.n_channels = MAX (info->n_channels, 1);
  origin->report =
      report != NULL ? coterie_dataset_report_ref (report) : coterie_dataset_report_new ();
  g_mutex_init (&origin->hash_mutex);
  return origin;
}

/**
 * coterie_dataset_new_with_report:
 * @info: what the data set is; copied
 * @splits: its training and its test samples; the bytes are shared, not copied, and must stay as
 *   they are
 * @report: (nullable): what was left out while it was read; shared, is told which classes have no test
 *   samples, and must stay as it is then
 * @error: return location for a #GError
 *
 * Checks that sizes fit, that all labels are below the number of classes, that there are at least
 * two classes and a test sample, and that every class has a training sample: a class without one
 * has no mean activation, and the activation pattern graph would be undefined. Values, where there
 * are any, must lie within 0 … 1. Cost: one pass over the labels and the values.
 *
 * Returns: (transfer full): the data set; or %NULL with COTERIE_DATASET_ERROR_BAD_SHAPE,
 *   COTERIE_DATASET_ERROR_MISMATCH, COTERIE_DATASET_ERROR_BAD_LABEL,
 *   COTERIE_DATASET_ERROR_BAD_VALUE, COTERIE_DATASET_ERROR_TOO_LARGE or
 *   COTERIE_DATASET_ERROR_EMPTY_CLASS
 */
CoterieDataset *
coterie_dataset_new_with_report (const CoterieDatasetInfo *info,
                                 const CoterieSamples splits[COTERIE_N_SPLITS],
                                 CoterieDatasetReport *report,
                                 GError **error)
{
  CoterieDataset *dataset;
  DatasetOrigin *origin;

  if (!check_dataset (info, splits, error))
    return NULL;

  origin = origin_new (info, report);
  report_untested_classes (origin->report, info, &splits[COTERIE_SPLIT_TEST]);
  dataset = g_atomic_rc_box_new0 (CoterieDataset);
  dataset->origin = origin;
  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    copy_samples (&origin->splits[i], &splits[i]);
    copy_samples (&dataset->splits[i], &splits[i]);
  }
  return dataset;
}

/**
 * coterie_dataset_new:
 * @info: what the data set is; copied
 * @splits: its training and its test samples; shared
 * @error: return location for a #GError
 *
 * coterie_dataset_new_with_report() with nothing to report.
 *
 * Returns: (transfer full): the data set, or %NULL with an error of COTERIE_DATASET_ERROR
 */
CoterieDataset *
coterie_dataset_new (const CoterieDatasetInfo *info,
                     const CoterieSamples splits[COTERIE_N_SPLITS],
                     GError **error)
{
  return coterie_dataset_new_with_report (info, splits, NULL, error);
}

/**
 * coterie_dataset_ref:
 * @dataset: the data set
 *
 * Returns: (transfer full): @dataset
 */
CoterieDataset *
coterie_dataset_ref (CoterieDataset *dataset)
{
  return g_atomic_rc_box_acquire (dataset);
}

/**
 * coterie_dataset_unref:
 * @dataset: (transfer full): the data set
 *
 * Frees @dataset with its last reference.
 */
void
coterie_dataset_unref (CoterieDataset *dataset)
{
  g_atomic_rc_box_release_full (dataset, dataset_clear);
}

static GBytes *
take_first (GBytes *bytes, gsize size)
{
  return bytes != NULL ? g_bytes_new_from_bytes (bytes, 0, size) : NULL;
}

/**
 * coterie_dataset_with_limit:
 * @dataset: the data set
 * @n_training: how many training samples to keep, the first ones; at least 1
 * @error: return location for a #GError
 *
 * Makes a smaller data set for quick runs; the test samples stay. Cost: one pass over the labels.
 *
 * Returns: (transfer full): the data set with @n_training training samples, sharing the pixels; or
 *   %NULL with COTERIE_DATASET_ERROR_BAD_VALUE if @dataset has fewer, or with
 *   COTERIE_DATASET_ERROR_EMPTY_CLASS if a class has no sample among them
 */
CoterieDataset *
coterie_dataset_with_limit (CoterieDataset *dataset, gsize n_training, GError **error)
{
  const CoterieDatasetInfo *info = coterie_dataset_get_info (dataset);
  CoterieSamples *training = &dataset->splits[COTERIE_SPLIT_TRAINING];
  gsize n_features = coterie_dataset_get_n_features (dataset);
  CoterieSamples limited;
  CoterieDataset *copy;

  if (n_training == 0 || n_training > training->n_samples) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
                 "%s: cannot take the first %" G_GSIZE_FORMAT
                 " training samples, expected 1 to %" G_GSIZE_FORMAT,
                 info->source, n_training, training->n_samples);
    return NULL;
  }
  if (n_training == training->n_samples)
    return coterie_dataset_ref (dataset);
  if (!check_every_class (info, g_bytes_get_data (training->labels, NULL), n_training, error))
    return NULL;

  limited.n_samples = n_training;
  limited.pixels = take_first (training->pixels, n_training * n_features);
  limited.values = take_first (training->values, n_training * n_features * sizeof (float));
  limited.labels = take_first (training->labels, n_training * sizeof (guint16));

  copy = dataset_copy (dataset);
  coterie_samples_clear (&copy->splits[COTERIE_SPLIT_TRAINING]);
  copy->splits[COTERIE_SPLIT_TRAINING] = limited;
  return copy;
}

/**
 * coterie_dataset_with_labels:
 * @dataset: the data set
 * @training_labels: (nullable): [training samples] guint16, each less than the number of classes;
 *   %NULL keeps those of @dataset
 * @test_labels: (nullable): [test samples], the same for the test samples
 *
 * Gives the samples other labels. Unlike a data set that was opened, the result may have a class
 * without training samples. Cost: one pass over the labels.
 *
 * Returns: (transfer full): the data set with these labels, sharing the pixels
 */
CoterieDataset *
coterie_dataset_with_labels (CoterieDataset *dataset, GBytes *training_labels, GBytes *test_labels)
{
  GBytes *const labels[COTERIE_N_SPLITS] = {training_labels, test_labels};
  const CoterieDatasetInfo *info = coterie_dataset_get_info (dataset);
  CoterieDataset *copy = dataset_copy (dataset);

  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++) {
    CoterieSamples *samples = &copy->splits[split];

    if (labels[split] == NULL)
      continue;
    g_assert (g_bytes_get_size (labels[split]) == samples->n_samples * sizeof (guint16));
    g_bytes_unref (samples->labels);
    samples->labels = g_bytes_ref (labels[split]);
    g_assert (check_labels (info, samples, split, NULL));
  }
  return copy;
}

/**
 * coterie_dataset_get_info:
 * @dataset: the data set
 *
 * Returns: (transfer none): what it is; a limit or other labels do not change it
 */
const CoterieDatasetInfo *
coterie_dataset_get_info (CoterieDataset *dataset)
{
  return &dataset->origin->info;
}

/**
 * coterie_dataset_get_report:
 * @dataset: the data set
 *
 * Returns: (transfer none): what was left out while it was read; mostly empty
 */
CoterieDatasetReport *
coterie_dataset_get_report (CoterieDataset *dataset)
{
  return dataset->origin->report;
}

/* Grey images of bytes came first; the words after them keep the other kinds apart. */
static char *
describe_shape (const DatasetOrigin *origin)
{
  return g_strdup_printf (HASH_HEADER " %u %u %u %" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT "%s%s\n",
                          origin->info.width, origin->info.height, origin->info.n_classes,
                          origin->splits[0].n_samples, origin->splits[1].n_samples,
                          origin->info.n_channels > 1 ? " color" : "",
                          origin->splits[0].values != NULL ? " floats" : "");
}

/* Little-endian, so that the hash is the same on every machine. */
static void
hash_values (GChecksum *checksum, const float *values, gsize n_values)
{
  for (gsize i = 0; i < n_values; i++) {
    guint32 bits;

    memcpy (&bits, &values[i], sizeof bits);
    bits = GUINT32_TO_LE (bits);
    g_checksum_update (checksum, (const guchar *) &bits, sizeof bits);
  }
}

static void
hash_samples (GChecksum *checksum, const CoterieSamples *samples)
{
  const guint16 *labels = g_bytes_get_data (samples->labels, NULL);
  gsize size;
  gconstpointer data;

  for (gsize s = 0; s < samples->n_samples; s++) {
    guint16 label = GUINT16_TO_LE (labels[s]);

    g_checksum_update (checksum, (const guchar *) &label, sizeof label);
  }
  data = g_bytes_get_data (samples->values != NULL ? samples->values : samples->pixels, &size);
  if (samples->values != NULL)
    hash_values (checksum, data, size / sizeof (float));
  else
    g_checksum_update (checksum, data, (gssize) size);
}

static char *
compute_hash (const DatasetOrigin *origin)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *shape = describe_shape (origin);

  g_checksum_update (checksum, (const guchar *) shape, (gssize) strlen (shape));
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    hash_samples (checksum, &origin->splits[i]);
  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * coterie_dataset_get_hash:
 * @dataset: the data set
 *
 * Tells whether two data sets are the same: SHA-256 over the shape and the labels and pixels of
 * both splits, as they were opened; a limit or other labels do not change it. Computed when first
 * asked for, by any thread. Cost: one pass over all pixels, once; about 0.3 s for MNIST.
 *
 * Returns: (transfer none): 64 hexadecimal digits
 */
const char *
coterie_dataset_get_hash (CoterieDataset *dataset)
{
  DatasetOrigin *origin = dataset->origin;

  g_mutex_lock (&origin->hash_mutex);
  if (origin->hash == NULL)
    origin->hash = compute_hash (origin);
  g_mutex_unlock (&origin->hash_mutex);
  return origin->hash;
}

/**
 * coterie_dataset_get_n_samples:
 * @dataset: the data set
 * @split: which split
 *
 * Returns: how many samples @split has, at least 1
 */
gsize
coterie_dataset_get_n_samples (CoterieDataset *dataset, CoterieSplit split)
{
  return dataset->splits[split].n_samples;
}

/**
 * coterie_dataset_get_n_features:
 * @dataset: the data set
 *
 * Returns: numbers in a sample, width times height times channels
 */
gsize
coterie_dataset_get_n_features (CoterieDataset *dataset)
{
  return coterie_dataset_info_get_n_features (&dataset->origin->info);
}

/**
 * coterie_dataset_get_labels:
 * @dataset: the data set
 * @split: which split
 *
 * Returns: (transfer none): [samples of @split], the class of each, from 0
 */
const guint16 *
coterie_dataset_get_labels (CoterieDataset *dataset, CoterieSplit split)
{
  return g_bytes_get_data (dataset->splits[split].labels, NULL);
}

/**
 * coterie_dataset_get_pixels:
 * @dataset: the data set
 * @split: which split
 *
 * Returns: (transfer none) (nullable): [samples of @split][channels][height][width], 0 … 255; %NULL
 *   if the samples are numbers, see coterie_dataset_get_values()
 */
const guint8 *
coterie_dataset_get_pixels (CoterieDataset *dataset, CoterieSplit split)
{
  GBytes *pixels = dataset->splits[split].pixels;

  return pixels != NULL ? g_bytes_get_data (pixels, NULL) : NULL;
}

/**
 * coterie_dataset_get_values:
 * @dataset: the data set
 * @split: which split
 *
 * Returns: (transfer none) (nullable): [samples of @split][features], dimensionless, 0 … 1; %NULL if
 *   the samples are bytes, see coterie_dataset_get_pixels()
 */
const float *
coterie_dataset_get_values (CoterieDataset *dataset, CoterieSplit split)
{
  GBytes *values = dataset->splits[split].values;

  return values != NULL ? g_bytes_get_data (values, NULL) : NULL;
}

/* fractions [n_pixels] = pixels / 255, rounded to float */
static void
divide_pixels (float *fractions, const guint8 *pixels, gsize n_pixels)
{
  gsize i = 0;

  for (; i + VECTOR_PIXELS <= n_pixels; i += VECTOR_PIXELS) {
    Numbers numbers = __builtin_convertvector(*(const Pixels *) (pixels + i), Numbers);

    *(Fractions *) (fractions + i) =
        COTERIE_PIXEL_FRACTION (__builtin_convertvector(numbers, Fractions));
  }
  for (; i < n_pixels; i++)
    fractions[i] = COTERIE_PIXEL_FRACTION ((float) pixels[i]);
}

/* Asks for a sample's pixels, which the processor cannot foresee: samples come in any order. */
static void
prefetch_pixels (const guint8 *pixels, gsize n_pixels)
{
  for (gsize i = 0; i < n_pixels; i += CACHE_LINE_BYTES)
    __builtin_prefetch (pixels + i);
}

/**
 * coterie_dataset_gather:
 * @dataset: the data set
 * @split: which split
 * @samples: (array length=n_samples): which samples, in any order, repeats allowed
 * @n_samples: how many; 0 writes nothing
 * @rows: (out caller-allocates): [@n_samples][features], dimensionless, 0 … 1, row-major
 *
 * Gives what a network takes: pixels divided by 255 and rounded to float, values as they are. Cost:
 * that of reading and writing them once.
 */
void
coterie_dataset_gather (CoterieDataset *dataset,
                        CoterieSplit split,
                        const guint32 *samples,
                        gsize n_samples,
                        float *rows)
{
  const guint8 *pixels = coterie_dataset_get_pixels (dataset, split);
  const float *values = coterie_dataset_get_values (dataset, split);
  gsize n_features = coterie_dataset_get_n_features (dataset);

  for (gsize row = 0; row < n_samples; row++) {
    gsize first = samples[row] * n_features;
    float *out = rows + row * n_features;

    g_assert (samples[row] < dataset->splits[split].n_samples);
    if (values != NULL) {
      memcpy (out, values + first, n_features * sizeof *out);
      continue;
    }
    if (row + 1 < n_samples)
      prefetch_pixels (pixels + samples[row + 1] * n_features, n_features);
    divide_pixels (out, pixels + first, n_features);
  }
}
