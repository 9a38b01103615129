/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Images in class folders. First comes the plan, which file will be which sample of which split, by
 * names alone; then the files are decoded straight into their places, on all threads; what could not
 * be decoded is reported, and the samples behind it move up. So the splits depend on the names of
 * the files and the options only, and no image is in memory twice. */

#include "core/dataset/image-folder.h"

#include "core/dataset/class-folders.h"
#include "core/dataset/color.h"
#include "core/dataset/image-decoder.h"
#include "core/dataset/natural-order.h"
#include "core/dataset/stratified-split.h"

#define MAX_SIZE_BYTES MIN (G_GUINT64_CONSTANT (8) << 30, G_MAXSSIZE)

/* Files of a thread between two looks at the progress. */
#define FILES_AT_ONCE 16

/* One split: [n_samples] files in their order, the sample that each becomes, and whether it did. */
typedef struct {
  const CoterieClassFile **files;
  GError **errors;
  guint8 *pixels;
  gsize n_samples;
} ImageSplit;

typedef struct {
  const CoterieDatasetRequest *request;
  CoterieClassFolders classes;
  ImageSplit splits[COTERIE_N_SPLITS];
  gsize sample_size;
  CoterieDatasetReport *report;
} Images;

static void
images_clear (Images *images)
{
  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    ImageSplit *split = &images->splits[i];

    for (gsize s = 0; split->errors != NULL && s < split->n_samples; s++)
      g_clear_error (&split->errors[s]);
    g_free (split->files);
    g_free (split->errors);
    g_free (split->pixels);
  }
  coterie_class_folders_clear (&images->classes);
  coterie_dataset_report_unref (images->report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Images, images_clear)

static void
plan_split (ImageSplit *split, GArray *files, const CoterieSampleOrder *order)
{
  split->n_samples = order->n_samples;
  split->files = g_new (const CoterieClassFile *, MAX (order->n_samples, 1));
  split->errors = g_new0 (GError *, MAX (order->n_samples, 1));
  for (gsize s = 0; s < order->n_samples; s++)
    split->files[s] = &g_array_index (files, CoterieClassFile, order->samples[s]);
}

static gboolean
draw_splits (Images *images, CoterieSampleOrder orders[COTERIE_N_SPLITS], GError **error)
{
  GArray *files = images->classes.files[COTERIE_SPLIT_TRAINING];
  g_autofree guint16 *labels = g_new (guint16, files->len);

  for (guint i = 0; i < files->len; i++)
    labels[i] = g_array_index (files, CoterieClassFile, i).label;
  coterie_stratified_split (labels, files->len, g_strv_length (images->classes.class_names),
                            images->request->options, orders);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    plan_split (&images->splits[i], files, &orders[i]);
  return coterie_stratified_split_check (
      orders, images->request->source,
      "add images, or have the class folders for each in the folders train and test", error);
}

static gboolean
plan (Images *images, GError **error)
{
  CoterieSampleOrder orders[COTERIE_N_SPLITS] = {{NULL}};
  gboolean has_test_files = images->classes.files[COTERIE_SPLIT_TEST]->len > 0;
  gboolean planned = has_test_files || draw_splits (images, orders, error);

  for (guint i = 0; has_test_files && i < COTERIE_N_SPLITS; i++) {
    GArray *files = images->classes.files[i];

    coterie_sample_order_shuffled (files->len, images->request->options->split_seed, &orders[i]);
    plan_split (&images->splits[i], files, &orders[i]);
  }
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    coterie_sample_order_clear (&orders[i]);
  return planned;
}

static gboolean
allocate (Images *images, GError **error)
{
  const CoterieDatasetOptions *options = images->request->options;
  gsize n_samples = images->splits[0].n_samples + images->splits[1].n_samples;
  gsize size;

  images->sample_size = (gsize) options->width_px * options->height_px *
                        (options->color ? COTERIE_N_COLOR_PLANES : 1);
  if (!g_size_checked_mul (&size, images->sample_size, n_samples) || size > MAX_SIZE_BYTES) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: %" G_GSIZE_FORMAT
                 " images of %u × %u pixels take more than the %" G_GUINT64_FORMAT
                 " bytes that are supported; choose a smaller image size",
                 images->request->source, n_samples, options->width_px, options->height_px,
                 (guint64) MAX_SIZE_BYTES);
    return FALSE;
  }
  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    ImageSplit *split = &images->splits[i];

    split->pixels = g_try_malloc (MAX (split->n_samples * images->sample_size, 1));
    if (split->pixels != NULL)
      continue;
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: not enough memory for %" G_GSIZE_FORMAT
                 " bytes of images; choose a smaller image size",
                 images->request->source, size);
    return FALSE;
  }
  return TRUE;
}

typedef struct {
  const Images *images;
  ImageSplit *split;
  gsize first;
} DecodeJob;

static void
decode_file (gsize task, guint worker, gpointer data)
{
  const DecodeJob *job = data;
  const CoterieDatasetRequest *request = job->images->request;
  gsize s = job->first + task;

  coterie_image_decode (job->split->files[s]->path, request->options,
                        job->split->pixels + s * job->images->sample_size, request->cancellable,
                        &job->split->errors[s]);
}

static gboolean
decode_split (Images *images, ImageSplit *split, gsize n_done, GError **error)
{
  const CoterieDatasetRequest *request = images->request;
  gsize n_files = images->splits[0].n_samples + images->splits[1].n_samples;
  gsize at_once = (gsize) FILES_AT_ONCE * coterie_pool_get_n_threads (request->pool);

  for (gsize first = 0; first < split->n_samples; first += at_once) {
    DecodeJob job = {images, split, first};

    if (!coterie_progress_step (request->progress, (double) (n_done + first) / (double) n_files,
                                request->cancellable, error))
      return FALSE;
    coterie_pool_run (request->pool, MIN (at_once, split->n_samples - first), decode_file, &job);
  }
  return coterie_progress_step (request->progress,
                                (double) (n_done + split->n_samples) / (double) n_files,
                                request->cancellable, error);
}

typedef struct {
  const char *path;
  const char *reason;
} Failure;

static int
compare_failures (gconstpointer a, gconstpointer b)
{
  return coterie_natural_order_compare (((const Failure *) a)->path, ((const Failure *) b)->path);
}

static const char *
explain_other (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) ? "is no regular file"
                                                : "is a link that leads to no file";
}

/* By name, since the order of the samples says nothing to those who look for the files. */
static void
report_failures (Images *images)
{
  g_autoptr (GArray) failures = g_array_new (FALSE, FALSE, sizeof (Failure));

  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    const ImageSplit *split = &images->splits[i];

    for (gsize s = 0; s < split->n_samples; s++)
      if (split->errors[s] != NULL) {
        Failure failure = {split->files[s]->path, split->errors[s]->message};

        g_array_append_val (failures, failure);
      }
  }
  for (guint i = 0; i < images->classes.others->len; i++) {
    const char *path = g_ptr_array_index (images->classes.others, i);
    Failure failure = {path, explain_other (path)};

    g_array_append_val (failures, failure);
  }
  g_array_sort (failures, compare_failures);
  for (guint i = 0; i < failures->len; i++) {
    const Failure *failure = &g_array_index (failures, Failure, i);

    coterie_dataset_report_add (images->report, failure->path, failure->reason);
  }
}

static void
report_empty_folders (Images *images)
{
  for (guint i = 0; i < images->classes.empty->len; i++)
    coterie_dataset_report_add (images->report, g_ptr_array_index (images->classes.empty, i),
                                "is an empty folder, and no class");
}

/* A class of which nothing can be trained deserves the reason. */
static gboolean
check_training_classes (Images *images, GError **error)
{
  const ImageSplit *split = &images->splits[COTERIE_SPLIT_TRAINING];
  guint n_classes = g_strv_length (images->classes.class_names);
  g_autofree gboolean *is_trained = g_new0 (gboolean, n_classes);

  for (gsize s = 0; s < split->n_samples; s++)
    if (split->errors[s] == NULL)
      is_trained[split->files[s]->label] = TRUE;

  for (gsize s = 0; s < split->n_samples; s++) {
    g_autofree char *display_name = NULL;
    guint class = split->files[s]->label;

    if (is_trained[class])
      continue;
    display_name = g_filename_display_name (split->files[s]->path);
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_EMPTY_CLASS,
                 "%s: cannot be read as an image: %s; nor can any other file for training of class "
                 "%u (%s)",
                 display_name, split->errors[s]->message, class,
                 images->classes.class_names[class]);
    return FALSE;
  }
  return TRUE;
}

/* Nor can anything be tested without an image. */
static gboolean
check_test_images (Images *images, GError **error)
{
  const ImageSplit *split = &images->splits[COTERIE_SPLIT_TEST];
  g_autofree char *display_name = NULL;

  for (gsize s = 0; s < split->n_samples; s++)
    if (split->errors[s] == NULL)
      return TRUE;
  display_name = g_filename_display_name (split->files[0]->path);
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_EMPTY_CLASS,
               "%s: cannot be read as an image: %s; nor can any other file for testing",
               display_name, split->errors[0]->message);
  return FALSE;
}

static void
close_gaps (Images *images, ImageSplit *split)
{
  gsize n_kept = 0;

  for (gsize s = 0; s < split->n_samples; s++) {
    if (split->errors[s] != NULL) {
      g_clear_error (&split->errors[s]);
      continue;
    }
    if (n_kept < s)
      memcpy (split->pixels + n_kept * images->sample_size, split->pixels + s * images->sample_size,
              images->sample_size);
    split->files[n_kept++] = split->files[s];
  }
  split->n_samples = n_kept;
}

static void
take_samples (Images *images, ImageSplit *split, CoterieSamples *samples)
{
  guint16 *labels = g_new (guint16, MAX (split->n_samples, 1));

  for (gsize s = 0; s < split->n_samples; s++)
    labels[s] = split->files[s]->label;
  samples->n_samples = split->n_samples;
  samples->labels = g_bytes_new_take (labels, split->n_samples * sizeof *labels);
  samples->pixels =
      g_bytes_new_take (g_steal_pointer (&split->pixels), split->n_samples * images->sample_size);
}

static CoterieDatasetOptionFlags
find_used_options (const Images *images)
{
  CoterieDatasetOptionFlags used = COTERIE_DATASET_OPTION_IMAGE_SIZE |
                                   COTERIE_DATASET_OPTION_COLOR | COTERIE_DATASET_OPTION_SPLIT_SEED;

  if (images->classes.files[COTERIE_SPLIT_TEST]->len == 0)
    used |= COTERIE_DATASET_OPTION_TEST_FRAC;
  return used;
}

static CoterieDataset *
make_dataset (Images *images, const char *folder, GError **error)
{
  const CoterieDatasetOptions *options = images->request->options;
  g_autofree char *name = g_path_get_basename (folder);
  g_autofree char *text = coterie_dataset_options_to_string (options, find_used_options (images));
  CoterieSamples splits[COTERIE_N_SPLITS] = {{NULL}};
  const CoterieDatasetInfo info = {
      .name = name,
      .source = images->request->source,
      .class_names = (const char *const *) images->classes.class_names,
      .width = options->width_px,
      .height = options->height_px,
      .n_classes = g_strv_length (images->classes.class_names),
      .n_channels = options->color ? COTERIE_N_COLOR_PLANES : 1,
      .options = text,
  };
  CoterieDataset *dataset;

  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    take_samples (images, &images->splits[i], &splits[i]);
  dataset = coterie_dataset_new_with_report (&info, splits, images->report, error);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    coterie_samples_clear (&splits[i]);
  return dataset;
}

/**
 * coterie_image_folder_is_flat:
 * @folder: a folder
 *
 * Returns: whether there are files in @folder itself that are images, by their names
 */
gboolean
coterie_image_folder_is_flat (const char *folder)
{
  g_autoptr (GDir) children = g_dir_open (folder, 0, NULL);
  const char *name;

  while (children != NULL && (name = g_dir_read_name (children)) != NULL)
    if (*name != '.' && coterie_image_decoder_knows (name))
      return TRUE;
  return FALSE;
}

/**
 * coterie_image_folder_open:
 * @request: how to read; all options but the label column matter
 * @folder: a folder with a folder of images for each class, see coterie_class_folders_list()
 * @error: return location for a #GError
 *
 * Reads images in any format and of any size that gdk-pixbuf knows; see coterie_image_decode() for
 * what is done to them. Where there is no folder for testing, a fraction of each class is drawn for
 * it. Both splits are in a random order, so that the first samples are of all classes. Files that
 * cannot be read, what is no regular file, and empty folders, are left out and named in the data set's report. The result does not depend on the
 * number of threads. Memory: a byte a pixel, three in colour, and one image in full for each thread.
 * Cost: decoding, shared by the threads, about 2 ms for a JPEG of 256 × 256 pixels.
 *
 * Returns: (transfer full): the data set; or %NULL with COTERIE_DATASET_ERROR_EMPTY_CLASS if of a
 *   class no image for training can be read, or none at all for testing, with another error of COTERIE_DATASET_ERROR that names
 *   the folder, or with %G_IO_ERROR_CANCELLED
 */
CoterieDataset *
coterie_image_folder_open (const CoterieDatasetRequest *request, const char *folder, GError **error)
{
  g_auto (Images) images = {.request = request, .report = coterie_dataset_report_new ()};

  if (!coterie_class_folders_list (&images.classes, folder, request->cancellable, error))
    return NULL;
  if (!plan (&images, error) || !allocate (&images, error) ||
      !decode_split (&images, &images.splits[0], 0, error) ||
      !decode_split (&images, &images.splits[1], images.splits[0].n_samples, error) ||
      !check_training_classes (&images, error) || !check_test_images (&images, error))
    return NULL;
  report_failures (&images);
  report_empty_folders (&images);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    close_gaps (&images, &images.splits[i]);
  return make_dataset (&images, folder, error);
}
