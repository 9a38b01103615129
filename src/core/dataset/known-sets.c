/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The data sets that have a name here: what they are, under which licence, where they are to be had,
 * and where on this machine a copy may lie already. Nothing is downloaded but on demand, and no copy
 * is downloaded that another program has left: Keras puts them into ~/.keras/datasets, torchvision
 * into the folder it is told, which by its documentation is ./data or ~/data. (Of CIFAR-10, Keras
 * keeps Python's own format, which is no use here.)
 *
 * Addresses, sizes and sums are those that torchvision and Keras have. */

#include "core/dataset/known-sets.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "core/base/words.h"
#include "core/dataset/byte-source.h"
#include "core/dataset/digits.h"
#include "core/dataset/download-part.h"
#include "core/dataset/npz-dataset.h"

/* Files up to this size, which are the labels, are read to tell one set from another whose files
 * have the same names and sizes. */
#define MAX_IDENTIFYING_SIZE 100000

#define IDX_IMAGES_SIZE(n_images) (16 + 784 * (n_images))
#define IDX_LABELS_SIZE(n_labels) (8 + (n_labels))
#define CIFAR_BATCH_SIZE (10000 * 3073)

#define ADDRESSES(...) ((const char *const[]){__VA_ARGS__, NULL})

#define MNIST_ADDRESSES(name)                                                                      \
  ADDRESSES ("https://ossci-datasets.s3.amazonaws.com/mnist/" name,                                \
             "https://storage.googleapis.com/cvdf-datasets/mnist/" name)

/* The last one is the authors' own; it is not encrypted, so that the SHA-256 is what one relies on. */
#define FASHION_ADDRESSES(name)                                                                    \
  ADDRESSES ("https://storage.googleapis.com/tensorflow/tf-keras-datasets/" name,                  \
             "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/"        \
             "fashion/" name,                                                                      \
             "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/" name)

static const CoterieKnownFile mnist_files[] = {
    {"train-images-idx3-ubyte.gz", MNIST_ADDRESSES ("train-images-idx3-ubyte.gz"), 9912422,
     "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609", IDX_IMAGES_SIZE (60000),
     "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"},
    {"train-labels-idx1-ubyte.gz", MNIST_ADDRESSES ("train-labels-idx1-ubyte.gz"), 28881,
     "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c", IDX_LABELS_SIZE (60000),
     "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"},
    {"t10k-images-idx3-ubyte.gz", MNIST_ADDRESSES ("t10k-images-idx3-ubyte.gz"), 1648877,
     "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6", IDX_IMAGES_SIZE (10000),
     "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"},
    {"t10k-labels-idx1-ubyte.gz", MNIST_ADDRESSES ("t10k-labels-idx1-ubyte.gz"), 4542,
     "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6", IDX_LABELS_SIZE (10000),
     "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"},
};

static const CoterieKnownFile fashion_files[] = {
    {"train-images-idx3-ubyte.gz", FASHION_ADDRESSES ("train-images-idx3-ubyte.gz"), 26421880,
     "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84", IDX_IMAGES_SIZE (60000),
     "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"},
    {"train-labels-idx1-ubyte.gz", FASHION_ADDRESSES ("train-labels-idx1-ubyte.gz"), 29515,
     "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845", IDX_LABELS_SIZE (60000),
     "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"},
    {"t10k-images-idx3-ubyte.gz", FASHION_ADDRESSES ("t10k-images-idx3-ubyte.gz"), 4422102,
     "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073", IDX_IMAGES_SIZE (10000),
     "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"},
    {"t10k-labels-idx1-ubyte.gz", FASHION_ADDRESSES ("t10k-labels-idx1-ubyte.gz"), 5148,
     "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5", IDX_LABELS_SIZE (10000),
     "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"},
};

static const CoterieKnownFile cifar_files[] = {
    {"cifar-10-binary.tar.gz",
     ADDRESSES ("https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz"), 170052171,
     "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd", 0, NULL},
};

static const char *const mnist_local_paths[] = {
    "data/MNIST/raw",
    "MNIST/raw",
    "~/data/MNIST/raw",
    "~/.torch/MNIST/raw",
    "~/.torch/mnist/raw",
    "~/MNIST/raw",
    "~/.keras/datasets/mnist.npz",
    NULL,
};

static const char *const fashion_local_paths[] = {
    "data/FashionMNIST/raw",
    "FashionMNIST/raw",
    "~/data/FashionMNIST/raw",
    "~/.torch/FashionMNIST/raw",
    "~/FashionMNIST/raw",
    "~/.keras/datasets/fashion-mnist",
    NULL,
};

static const char *const cifar_local_paths[] = {
    "data/cifar-10-batches-bin",
    "cifar-10-batches-bin",
    "data/cifar-10-binary.tar.gz",
    "~/data/cifar-10-batches-bin",
    "~/.torch/cifar-10-batches-bin",
    "~/cifar-10-batches-bin",
    "~/data/cifar-10-binary.tar.gz",
    "~/.torch/cifar-10-binary.tar.gz",
    "~/.keras/datasets/cifar-10-batches-bin",
    "~/.keras/datasets/cifar-10-binary.tar.gz",
    NULL,
};

static const CoterieKnownSet known_sets[] = {
    {COTERIE_DIGITS_SOURCE, "Digits", N_ ("Digits drawn by this program, 28 × 28 pixels, grey"),
     N_ ("None needed: made by this program"), COTERIE_KNOWN_SET_BUILT_IN, 12000, 2000, 10, 28,
     FALSE},
    {"mnist", "MNIST", N_ ("Handwritten digits, 28 × 28 pixels, grey"),
     N_ ("CC BY-SA 3.0, as commonly stated"), COTERIE_KNOWN_SET_DOWNLOAD, 60000, 10000, 10, 28,
     FALSE, mnist_files, G_N_ELEMENTS (mnist_files), mnist_local_paths},
    {"fashion-mnist", "Fashion-MNIST", N_ ("Pictures of clothes, 28 × 28 pixels, grey"),
     N_ ("MIT, © 2017 Zalando SE"), COTERIE_KNOWN_SET_DOWNLOAD, 60000, 10000, 10, 28, FALSE,
     fashion_files, G_N_ELEMENTS (fashion_files), fashion_local_paths},
    {"cifar-10", "CIFAR-10", N_ ("Photos of animals and vehicles, 32 × 32 pixels, in colour"),
     N_ ("None stated"), COTERIE_KNOWN_SET_DOWNLOAD, 50000, 10000, 10, 32, TRUE, cifar_files,
     G_N_ELEMENTS (cifar_files), cifar_local_paths},
    {"plantvillage", "PlantVillage", N_ ("Photos of healthy and ill leaves, in colour"),
     N_ ("Disputed: opened as an image folder, never downloaded"), COTERIE_KNOWN_SET_BY_HAND, 54306,
     0, 38},
};

/**
 * coterie_known_sets_list:
 * @n_sets: (out): how many there are
 *
 * Returns: (array length=n_sets): all known sets, the built-in one first
 */
const CoterieKnownSet *
coterie_known_sets_list (guint *n_sets)
{
  *n_sets = G_N_ELEMENTS (known_sets);
  return known_sets;
}

/**
 * coterie_known_sets_find:
 * @identifier: such as "mnist", in any case and with or without its hyphens
 *
 * Returns: (nullable): the set of that identifier, if there is one
 */
const CoterieKnownSet *
coterie_known_sets_find (const char *identifier)
{
  for (guint i = 0; i < G_N_ELEMENTS (known_sets); i++)
    if (coterie_words_name (known_sets[i].identifier, identifier))
      return &known_sets[i];
  return NULL;
}

/**
 * coterie_known_set_get_size:
 * @set: a known set
 *
 * Returns: bytes to download; 0 if nothing can be
 */
guint64
coterie_known_set_get_size (const CoterieKnownSet *set)
{
  guint64 size = 0;

  for (guint i = 0; i < set->n_files; i++)
    size += set->files[i].size;
  return size;
}

/**
 * coterie_known_set_describe:
 * @set: a known set
 * @options: how it would be read
 * @info: (out caller-allocates): the size of its pictures, and its number of classes; nothing else
 *
 * Says what is known of the samples of a set that need not be on this machine.
 *
 * Returns: %FALSE if that depends on the copy
 */
gboolean
coterie_known_set_describe (const CoterieKnownSet *set,
                            const CoterieDatasetOptions *options,
                            CoterieDatasetInfo *info)
{
  *info = (CoterieDatasetInfo){
      .width = set->side_px,
      .height = set->side_px,
      .n_classes = set->n_classes,
      .n_channels = set->has_color && options->color ? 3 : 1,
  };
  return set->side_px > 0;
}

/**
 * coterie_known_set_dup_folder:
 * @set: a known set
 *
 * Returns: (transfer full): where its files are downloaded to, below the user's cache folder
 */
char *
coterie_known_set_dup_folder (const CoterieKnownSet *set)
{
  return g_build_filename (g_get_user_cache_dir (), "coterie", "datasets", set->identifier, NULL);
}

/**
 * coterie_known_sets_own:
 * @path: an absolute path
 *
 * Returns: whether it is where this program downloads to, so that what lies there can be downloaded
 *   again
 */
gboolean
coterie_known_sets_own (const char *path)
{
  g_autofree char *folder =
      g_build_filename (g_get_user_cache_dir (), "coterie", "datasets", "", NULL);

  return g_str_has_prefix (path, folder);
}

static gboolean
has_size (const char *path, guint64 size)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 && S_ISREG (status.st_mode) &&
         (guint64) status.st_size == size;
}

/* The last four bytes of a gzip file are the length of its content, modulo 2^32 (RFC 1952). */
static gboolean
has_gzip_content_size (const char *path, guint64 size)
{
  guint8 bytes[4] = {0};
  FILE *file = g_fopen (path, "rbe");
  gboolean was_read;

  if (file == NULL)
    return FALSE;
  was_read = fseek (file, -4, SEEK_END) == 0 && fread (bytes, 1, 4, file) == 4;
  fclose (file);
  return was_read && (bytes[0] | bytes[1] << 8 | bytes[2] << 16 | (guint64) bytes[3] << 24) == size;
}

static gboolean
has_content (const char *path, const CoterieKnownFile *file)
{
  g_autoptr (CoterieByteSource) source = coterie_byte_source_open (path, NULL, NULL);
  g_autofree guint8 *content = g_malloc (file->content_size + 1);
  g_autofree char *sha256 = NULL;
  gsize n_read;

  if (source == NULL ||
      !coterie_byte_source_read (source, content, file->content_size + 1, &n_read, NULL, NULL))
    return FALSE;
  sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, content, n_read);
  return g_str_equal (sha256, file->content_sha256);
}

/* A gzip file as published, the same content compressed otherwise, or the content itself. */
static gboolean
holds_file (const char *folder, const CoterieKnownFile *file)
{
  g_autofree char *packed = g_build_filename (folder, file->name, NULL);
  g_autofree char *plain = g_str_has_suffix (packed, ".gz")
                               ? g_strndup (packed, strlen (packed) - strlen (".gz"))
                               : g_strdup (packed);
  gboolean is_plain = g_file_test (plain, G_FILE_TEST_EXISTS);

  if (file->content_sha256 == NULL)
    return has_size (packed, file->size);
  if (is_plain
          ? !has_size (plain, file->content_size)
          : !has_size (packed, file->size) && !has_gzip_content_size (packed, file->content_size))
    return FALSE;
  return file->content_size > MAX_IDENTIFYING_SIZE || has_content (is_plain ? plain : packed, file);
}

static gboolean
holds_all_files (const char *folder, const CoterieKnownSet *set)
{
  for (guint i = 0; i < set->n_files; i++)
    if (!holds_file (folder, &set->files[i]))
      return FALSE;
  return set->n_files > 0;
}

static gboolean
holds_cifar_batches (const char *folder)
{
  static const char *const names[] = {
      "data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin",
      "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin",
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);

    if (!has_size (path, CIFAR_BATCH_SIZE))
      return FALSE;
  }
  return TRUE;
}

/* As Keras publishes it. */
static gboolean
is_mnist_npz (const char *path)
{
  return g_str_has_suffix (path, "mnist.npz") && has_size (path, 11490434);
}

/* Of four IDX files, the second and the fourth are the labels; those who save the arrays of an npz file
 * again get a file of another size. */
static gboolean
is_npz_of (const char *path, const CoterieKnownSet *set)
{
  if (!g_str_has_suffix (path, ".npz") || set->n_files != 4)
    return FALSE;
  for (guint split = 0; split < COTERIE_N_SPLITS; split++) {
    g_autofree char *sha256 = coterie_npz_dataset_digest_labels (path, (CoterieSplit) split);

    if (g_strcmp0 (sha256, set->files[2 * split + 1].content_sha256) != 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_archive (const char *path, const CoterieKnownSet *set)
{
  g_autofree char *name = g_path_get_basename (path);

  return set->n_files == 1 && set->files[0].content_sha256 == NULL &&
         g_str_equal (name, set->files[0].name) && has_size (path, set->files[0].size);
}

static gboolean
is_copy (const char *path, const CoterieKnownSet *set)
{
  if (set->n_files == 0)
    return FALSE;
  if (set->files == mnist_files && is_mnist_npz (path))
    return TRUE;
  if (set->files == cifar_files && holds_cifar_batches (path))
    return TRUE;
  return is_archive (path, set) || is_npz_of (path, set) || holds_all_files (path, set);
}

/* What coterie_dataset_open() takes: the archive if the set is one, or else the folder. */
static char *
find_downloaded (const CoterieKnownSet *set, const char *folder)
{
  if (set->n_files == 1 && set->files[0].content_sha256 == NULL)
    return g_build_filename (folder, set->files[0].name, NULL);
  return g_strdup (folder);
}

static char *
expand_path (const char *path)
{
  if (g_str_has_prefix (path, "~/"))
    return g_build_filename (g_get_home_dir (), path + 2, NULL);
  return g_canonicalize_filename (path, NULL);
}

/**
 * coterie_known_set_count_kept:
 * @set: a known set
 *
 * Counts what an earlier download has left, whole files and a part of one. Cost: looks at sizes only.
 *
 * Returns: bytes of coterie_known_set_get_size() that need not come again; 0 if nothing has been downloaded
 */
guint64
coterie_known_set_count_kept (const CoterieKnownSet *set)
{
  g_autofree char *folder = coterie_known_set_dup_folder (set);
  guint64 n_kept = 0;

  for (guint i = 0; i < set->n_files; i++) {
    guint64 size = set->files[i].size;
    g_autofree char *path = g_build_filename (folder, set->files[i].name, NULL);

    n_kept += has_size (path, size) ? size : coterie_download_part_count_kept (path, size);
  }
  return n_kept;
}

/**
 * coterie_known_set_find_local:
 * @set: a known set
 *
 * Looks for a complete copy on this machine: where this program downloads to, and where torchvision
 * and Keras put theirs. Names, sizes and the contents of the labels must be right, which takes a few
 * milliseconds; damage elsewhere shows when the copy is opened.
 *
 * Returns: (transfer full) (nullable): what coterie_dataset_open() opens it by: "digits" for the
 *   built-in set, otherwise the absolute path of a folder or a file; %NULL if there is no copy
 */
char *
coterie_known_set_find_local (const CoterieKnownSet *set)
{
  g_autofree char *folder = coterie_known_set_dup_folder (set);
  g_autofree char *downloaded = find_downloaded (set, folder);

  if (set->kind == COTERIE_KNOWN_SET_BUILT_IN)
    return g_strdup (set->identifier);
  if (is_copy (downloaded, set))
    return g_steal_pointer (&downloaded);
  for (guint i = 0; set->local_paths != NULL && set->local_paths[i] != NULL; i++) {
    g_autofree char *path = expand_path (set->local_paths[i]);

    if (is_copy (path, set))
      return g_steal_pointer (&path);
  }
  return NULL;
}

/* What lies there may have been compressed otherwise. */
static gboolean
is_damaged (const char *folder, const CoterieKnownFile *file, gboolean check_content)
{
  g_autofree char *path = g_build_filename (folder, file->name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return FALSE;
  if (!holds_file (folder, file))
    return TRUE;
  if (!check_content)
    return FALSE;
  if (has_size (path, file->size))
    return !coterie_download_part_check_file (path, file->size, file->sha256, NULL, NULL);
  return !has_content (path, file);
}

/**
 * coterie_known_set_find_damage:
 * @set: a known set
 * @check_content: whether to compare the whole content, which takes about 5 ms a megabyte; otherwise
 *   as much as coterie_known_set_find_local()
 *
 * Looks through what this program has downloaded of a set.
 *
 * Returns: (transfer full) (nullable): the path of the first file that is there, but not as it was
 *   published; coterie_known_set_download() replaces it. %NULL if there is none
 */
char *
coterie_known_set_find_damage (const CoterieKnownSet *set, gboolean check_content)
{
  g_autofree char *folder = coterie_known_set_dup_folder (set);

  for (guint i = 0; i < set->n_files; i++)
    if (is_damaged (folder, &set->files[i], check_content))
      return g_build_filename (folder, set->files[i].name, NULL);
  return NULL;
}

/**
 * coterie_known_set_is_read_as:
 * @set: a known set
 * @dataset: what has been read from somewhere
 *
 * Tells a copy of a known set by what has been read, wherever it lies and whatever its files are called:
 * a set that can be downloaded by its name, which readers give by what they find, and its numbers of
 * samples and classes; one to be got by hand, which comes cut in many ways, as a folder of images with
 * its number of classes. The built-in set has no copies. Cost: none to speak of.
 *
 * Returns: whether @dataset is a copy of @set
 */
gboolean
coterie_known_set_is_read_as (const CoterieKnownSet *set, CoterieDataset *dataset)
{
  const CoterieDatasetInfo *info = coterie_dataset_get_info (dataset);

  if (set->kind == COTERIE_KNOWN_SET_BUILT_IN || info->n_classes != set->n_classes)
    return FALSE;
  if (set->kind == COTERIE_KNOWN_SET_BY_HAND)
    return coterie_dataset_info_is_image_folder (info);
  return g_str_equal (info->name, set->name) &&
         coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING) == set->n_training &&
         coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST) == set->n_test;
}

/* How far the files before the present one are, so that progress is that of the whole set. */
typedef struct {
  CoterieDownloadProgress progress;
  gpointer data;
  guint64 n_before;
  guint64 n_total;
} SetProgress;

static void
file_progress_cb (guint64 n_done, guint64 n_file, gpointer data)
{
  SetProgress *set_progress = data;

  if (set_progress->progress != NULL)
    set_progress->progress (set_progress->n_before + n_done, set_progress->n_total,
                            set_progress->data);
}

/**
 * coterie_known_set_download:
 * @set: a known set of the kind %COTERIE_KNOWN_SET_DOWNLOAD
 * @progress: (nullable): told how far the whole set is, on this thread
 * @data: passed to @progress
 * @cancellable: (nullable): ends it; what has come is kept for the next time
 * @error: return location for a #GError
 *
 * Downloads all files of a set, one after the other, into coterie_known_set_dup_folder(); see
 * coterie_download_run(). Files that are there and right are not asked for again. Does not look for
 * copies elsewhere: coterie_known_set_find_local() does. Where nothing has come, no folder is left.
 *
 * Returns: (transfer full): what coterie_dataset_open() opens it by; %NULL with an error of
 *   COTERIE_DOWNLOAD_ERROR, or %G_IO_ERROR_CANCELLED
 */
char *
coterie_known_set_download (const CoterieKnownSet *set,
                            CoterieDownloadProgress progress,
                            gpointer data,
                            GCancellable *cancellable,
                            GError **error)
{
  g_autofree char *folder = coterie_known_set_dup_folder (set);
  SetProgress set_progress = {
      .progress = progress, .data = data, .n_total = coterie_known_set_get_size (set)};

  g_return_val_if_fail (set->kind == COTERIE_KNOWN_SET_DOWNLOAD, NULL);

  for (guint i = 0; i < set->n_files; i++) {
    const CoterieKnownFile *file = &set->files[i];
    g_autofree char *path = g_build_filename (folder, file->name, NULL);
    const CoterieDownload download = {
        .addresses = file->addresses, .path = path, .size = file->size, .sha256 = file->sha256};

    if (!coterie_download_run (&download, file_progress_cb, &set_progress, cancellable, error)) {
      g_rmdir (folder); /* which it is only if nothing has come */
      return NULL;
    }
    set_progress.n_before += file->size;
    file_progress_cb (0, file->size, &set_progress);
  }
  return find_downloaded (set, folder);
}
