/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <unistd.h>

#include "core/dataset/catalog.h"
#include "core/dataset/digits.h"
#include "core/dataset/known-sets.h"
#include "fixtures.h"
#include "web-server.h"

/* The home of these tests, and the folder they work in. */
static char *home;

static const CoterieKnownSet *
get_set (const char *identifier)
{
  const CoterieKnownSet *set = coterie_known_sets_find (identifier);

  g_assert_nonnull (set);
  return set;
}

static gboolean
is_sha256 (const char *text)
{
  return strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static void
check_file (const CoterieKnownFile *file)
{
  g_assert_cmpuint (file->size, >, 0);
  g_assert_true (is_sha256 (file->sha256));
  g_assert_true (file->content_sha256 == NULL || is_sha256 (file->content_sha256));
  g_assert_true (g_str_has_prefix (file->addresses[0], "https://"));
  for (guint i = 0; file->addresses[i] != NULL; i++)
    g_assert_true (g_str_has_suffix (file->addresses[i], file->name));
}

static void
test_every_set_is_complete (void)
{
  guint n_sets;
  const CoterieKnownSet *sets = coterie_known_sets_list (&n_sets);

  g_assert_cmpstr (sets[0].identifier, ==, COTERIE_DIGITS_SOURCE);
  for (guint i = 0; i < n_sets; i++) {
    g_assert_true (coterie_known_sets_find (sets[i].identifier) == &sets[i]);
    g_assert_nonnull (sets[i].name);
    g_assert_nonnull (sets[i].summary);
    g_assert_nonnull (sets[i].licence);
    g_assert_cmpuint (sets[i].n_classes, >, 1);
    g_assert_cmpint (sets[i].n_files > 0, ==, sets[i].kind == COTERIE_KNOWN_SET_DOWNLOAD);
    for (guint j = 0; j < sets[i].n_files; j++)
      check_file (&sets[i].files[j]);
  }
}

/* The sums of the lengths that the servers announce. */
static void
test_sizes_are_those_of_the_files (void)
{
  g_assert_cmpuint (coterie_known_set_get_size (get_set ("mnist")), ==, 11594722);
  g_assert_cmpuint (coterie_known_set_get_size (get_set ("fashion-mnist")), ==, 30878645);
  g_assert_cmpuint (coterie_known_set_get_size (get_set ("cifar-10")), ==, 170052171);
  g_assert_cmpuint (coterie_known_set_get_size (get_set ("digits")), ==, 0);
  g_assert_cmpuint (coterie_known_set_get_size (get_set ("plantvillage")), ==, 0);
}

static void
test_digits_are_as_many_as_said (void)
{
  g_autoptr (CoterieDataset) dataset = coterie_digits_new (NULL, NULL);
  const CoterieKnownSet *set = get_set ("digits");

  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==,
                    set->n_training);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, set->n_test);
  g_assert_cmpuint (coterie_dataset_get_info (dataset)->n_classes, ==, set->n_classes);
}

static void
test_unknown_identifier_is_nothing (void)
{
  g_assert_null (coterie_known_sets_find ("imagenet"));
  g_assert_null (coterie_known_sets_find (""));
  g_assert_null (coterie_known_sets_find ("MNIST/raw"));
}

/* A set of two small files: a text that is gzip on the server, and an image file too large to be
 * looked into. */
#define LABELS "labels of four samples"
#define N_IMAGES 200000

typedef struct {
  TestServer *server;
  GByteArray *packed_labels;
  GByteArray *images;
  GByteArray *packed_images;
  char *sums[3];
  const char *addresses[2];
  const char *local_paths[3];
  CoterieKnownFile files[2];
  CoterieKnownSet set;
} Fixture;

static char *
sum (const void *bytes, gsize n_bytes)
{
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, bytes, n_bytes);
}

static void
remove_home (void)
{
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'/* '%s'/.[a-z]*", home, home);

  g_assert_true (g_str_has_prefix (home, g_get_tmp_dir ()));
  g_assert_cmpint (system (command), ==, 0);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) labels = g_byte_array_new ();

  g_byte_array_append (labels, (const guint8 *) LABELS, strlen (LABELS));
  fixture->packed_labels = test_gzip (labels);
  fixture->images = g_byte_array_new ();
  g_byte_array_set_size (fixture->images, N_IMAGES);
  memset (fixture->images->data, 7, N_IMAGES);
  fixture->packed_images = test_gzip (fixture->images);
  fixture->sums[0] = sum (fixture->packed_labels->data, fixture->packed_labels->len);
  fixture->sums[1] = sum (LABELS, strlen (LABELS));
  fixture->sums[2] = sum (fixture->images->data, N_IMAGES);

  fixture->server = test_server_new (1);
  fixture->addresses[0] = fixture->server->address;
  fixture->local_paths[0] = "~/elsewhere";
  fixture->local_paths[1] = "here";
  fixture->files[0] =
      (CoterieKnownFile){"labels.gz",      fixture->addresses, fixture->packed_labels->len,
                         fixture->sums[0], strlen (LABELS),    fixture->sums[1]};
  fixture->files[1] = (CoterieKnownFile){"images.gz",      fixture->addresses, 1234,
                                         fixture->sums[0], N_IMAGES,           fixture->sums[2]};
  fixture->set = (CoterieKnownSet){.identifier = "tiny",
                                   .kind = COTERIE_KNOWN_SET_DOWNLOAD,
                                   .files = fixture->files,
                                   .n_files = 2,
                                   .local_paths = fixture->local_paths};
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_server_free (fixture->server);
  g_byte_array_unref (fixture->packed_labels);
  g_byte_array_unref (fixture->images);
  g_byte_array_unref (fixture->packed_images);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->sums); i++)
    g_free (fixture->sums[i]);
  remove_home ();
}

/* Takes the folder below home, and the bytes as they are. */
static void
put (const char *folder, const char *name, const void *bytes, gsize n_bytes)
{
  g_autofree char *path = g_build_filename (home, folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) n_bytes, NULL));
}

static void
put_array (const char *folder, const char *name, const GByteArray *array)
{
  put (folder, name, array->data, array->len);
}

static void
assert_found (const CoterieKnownSet *set, const char *path)
{
  g_autofree char *found = coterie_known_set_find_local (set);
  g_autofree char *expected = path != NULL ? g_build_filename (home, path, NULL) : NULL;

  g_assert_cmpstr (found, ==, expected);
}

static void
test_finds_no_copy (Fixture *fixture, gconstpointer data)
{
  assert_found (&fixture->set, NULL);
  put_array ("elsewhere", "labels.gz", fixture->packed_labels);
  assert_found (&fixture->set, NULL);
}

static void
test_finds_unpacked_copy (Fixture *fixture, gconstpointer data)
{
  put ("elsewhere", "labels", LABELS, strlen (LABELS));
  put_array ("elsewhere", "images", fixture->images);
  assert_found (&fixture->set, "elsewhere");
}

static void
test_finds_copy_that_was_compressed_otherwise (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (fixture->packed_images->len, !=, fixture->files[1].size);
  put_array ("here", "labels.gz", fixture->packed_labels);
  put_array ("here", "images.gz", fixture->packed_images);
  assert_found (&fixture->set, "here");
}

static void
test_own_copy_comes_first (Fixture *fixture, gconstpointer data)
{
  put ("elsewhere", "labels", LABELS, strlen (LABELS));
  put_array ("elsewhere", "images", fixture->images);
  put ("cache/coterie/datasets/tiny", "labels", LABELS, strlen (LABELS));
  put_array ("cache/coterie/datasets/tiny", "images", fixture->images);
  assert_found (&fixture->set, "cache/coterie/datasets/tiny");
}

static void
assert_damaged (Fixture *fixture, gboolean check_content, const char *path)
{
  g_autofree char *found = coterie_known_set_find_damage (&fixture->set, check_content);
  g_autofree char *expected = path != NULL ? g_build_filename (home, path, NULL) : NULL;

  g_assert_cmpstr (found, ==, expected);
}

static void
test_finds_damage_in_what_it_downloaded (Fixture *fixture, gconstpointer data)
{
  const char *own = "cache/coterie/datasets/tiny";

  assert_damaged (fixture, TRUE, NULL);
  put ("elsewhere", "labels.gz", "cut", 3);
  assert_damaged (fixture, TRUE, NULL);

  /* compressed otherwise, but not damaged */
  put_array (own, "labels.gz", fixture->packed_labels);
  put_array (own, "images.gz", fixture->packed_images);
  assert_damaged (fixture, TRUE, NULL);

  put_array (own, "labels.gz", fixture->packed_images);
  assert_damaged (fixture, FALSE, "cache/coterie/datasets/tiny/labels.gz");
  put_array (own, "labels.gz", fixture->packed_labels);

  fixture->packed_images->data[fixture->packed_images->len / 2] ^= 0xff;
  put_array (own, "images.gz", fixture->packed_images);
  assert_damaged (fixture, FALSE, NULL);
  assert_damaged (fixture, TRUE, "cache/coterie/datasets/tiny/images.gz");

  /* as long as what was published */
  fixture->files[1].size = fixture->packed_images->len;
  assert_damaged (fixture, FALSE, NULL);
  assert_damaged (fixture, TRUE, "cache/coterie/datasets/tiny/images.gz");
}

/* That it can be had again is said of no copies but its own. */
static void
test_unreadable_download_says_what_helps (Fixture *fixture, gconstpointer data)
{
  static const char *const folders[] = {"cache/coterie/datasets/mnist", "elsewhere"};

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *path = g_build_filename (home, folders[i], NULL);
    g_autoptr (CoterieDataset) dataset = NULL;
    g_autoptr (GError) error = NULL;

    put (folders[i], "train-images-idx3-ubyte", "damaged", 7);
    dataset = coterie_dataset_open (path, NULL, &error);
    g_assert_null (dataset);
    g_test_message ("%s", error->message);
    g_assert_true (error->domain == COTERIE_DATASET_ERROR);
    g_assert_cmpint (strstr (error->message, "download it again") != NULL, ==, i == 0);
  }
}

static void
test_other_labels_are_another_set (Fixture *fixture, gconstpointer data)
{
  put ("elsewhere", "labels", "LABELS of four samples", strlen (LABELS));
  put_array ("elsewhere", "images", fixture->images);
  assert_found (&fixture->set, NULL);
}

/* The SHA-256 of an IDX file of @n_labels. */
static char *
sum_labels (guint n_labels)
{
  g_autoptr (GByteArray) labels = test_idx_labels (n_labels, 3);

  return sum (labels->data, labels->len);
}

/* Labels as those of test_idx_labels(), in numbers of eight bytes, the highest first. */
static GByteArray *
make_wide_labels (guint n_labels)
{
  g_autofree char *header =
      g_strdup_printf ("{'descr': '>i8', 'fortran_order': False, 'shape': (%u,), }", n_labels);
  g_autofree guint64 *values = g_new (guint64, n_labels);

  for (guint s = 0; s < n_labels; s++)
    values[s] = GUINT64_TO_BE ((guint64) s % 3);
  return test_npy (header, values, n_labels * sizeof *values);
}

/* Other labels, another order of the arrays, another way to store them. */
static void
test_finds_arrays_that_were_saved_again (Fixture *fixture, gconstpointer data)
{
  g_autofree char *training = sum_labels (12);
  g_autofree char *test = sum_labels (5);
  const CoterieKnownFile files[] = {
      {.name = "a.gz", .content_size = 1, .content_sha256 = ""},
      {.name = "b.gz", .content_size = 20, .content_sha256 = training},
      {.name = "c.gz", .content_size = 1, .content_sha256 = ""},
      {.name = "d.gz", .content_size = 13, .content_sha256 = test}};
  g_autofree char *path = g_build_filename (home, "here.npz", NULL);
  TestMember members[] = {{"y_test.npy", make_wide_labels (5)},
                          {"x_test.npy", g_byte_array_new ()},
                          {"y_train.npy", make_wide_labels (12)}};

  fixture->set.files = files;
  fixture->set.n_files = G_N_ELEMENTS (files);
  fixture->local_paths[1] = "here.npz";
  g_free (test_write_zip (home, "here.npz", members, 3, TRUE));
  assert_found (&fixture->set, "here.npz");
  g_free (test_write_zip (home, "here.npz", members, 2, FALSE));
  assert_found (&fixture->set, NULL);
  g_byte_array_unref (members[2].bytes);
  members[2].bytes = make_wide_labels (11);
  g_free (test_write_zip (home, "here.npz", members, 3, FALSE));
  assert_found (&fixture->set, NULL);
  put ("", "here.npz", "no zip file", 11);
  assert_found (&fixture->set, NULL);
  for (guint i = 0; i < 3; i++)
    g_byte_array_unref (members[i].bytes);
  g_remove (path);
}

static void
test_other_sizes_are_another_set (Fixture *fixture, gconstpointer data)
{
  put ("elsewhere", "labels", LABELS, strlen (LABELS));
  put ("elsewhere", "images", fixture->images->data, N_IMAGES - 1);
  assert_found (&fixture->set, NULL);
  put ("elsewhere", "labels", "", 0);
  put_array ("elsewhere", "images", fixture->images);
  assert_found (&fixture->set, NULL);
}

/* Of other programs, only the names and sizes of the files matter here. */
static void
put_hole (const char *folder, const char *name, gint64 size)
{
  g_autofree char *path = g_build_filename (home, folder, name, NULL);

  put (folder, name, "", 0);
  g_assert_cmpint (truncate (path, size), ==, 0);
}

static void
test_finds_what_keras_and_torchvision_left (Fixture *fixture, gconstpointer data)
{
  const CoterieKnownSet *cifar = get_set ("cifar-10");

  assert_found (get_set ("mnist"), NULL);
  put_hole (".keras/datasets", "mnist.npz", 11490434);
  assert_found (get_set ("mnist"), ".keras/datasets/mnist.npz");
  assert_found (get_set ("fashion-mnist"), NULL);

  put_hole (".torch", "cifar-10-binary.tar.gz", 170042395);
  assert_found (cifar, NULL);
  put_hole (".torch", "cifar-10-binary.tar.gz", 170052171);
  assert_found (cifar, ".torch/cifar-10-binary.tar.gz");
  for (guint i = 1; i <= 5; i++) {
    g_autofree char *name = g_strdup_printf ("data_batch_%u.bin", i);

    put_hole ("data/cifar-10-batches-bin", name, 30730000);
  }
  assert_found (cifar, ".torch/cifar-10-binary.tar.gz");
  put_hole ("data/cifar-10-batches-bin", "test_batch.bin", 30730000);
  assert_found (cifar, "data/cifar-10-batches-bin");
}

static void
test_built_in_needs_no_copy (void)
{
  g_autofree char *digits = coterie_known_set_find_local (get_set ("digits"));
  g_autofree char *leaves = coterie_known_set_find_local (get_set ("plantvillage"));

  g_assert_cmpstr (digits, ==, "digits");
  g_assert_null (leaves);
}

typedef struct {
  guint64 n_done;
  guint64 n_total;
} Progress;

static void
progress_cb (guint64 n_done, guint64 n_total, gpointer data)
{
  Progress *progress = data;

  g_assert_cmpuint (n_done, >=, progress->n_done);
  progress->n_done = n_done;
  progress->n_total = n_total;
}

/* The one server has one file, so both files of the set are made the same. */
static void
serve_labels (Fixture *fixture)
{
  g_bytes_unref (fixture->server->content);
  fixture->server->content =
      g_bytes_new (fixture->packed_labels->data, fixture->packed_labels->len);
  fixture->files[1] = fixture->files[0];
  fixture->files[1].name = "more-labels.gz";
}

static void
test_downloads_all_files_to_where_they_are_found (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = coterie_known_set_dup_folder (&fixture->set);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  Progress progress = {0};

  serve_labels (fixture);
  path = coterie_known_set_download (&fixture->set, progress_cb, &progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (path, ==, folder);
  g_assert_cmpuint (fixture->server->n_requests, ==, 2);
  g_assert_cmpuint (progress.n_done, ==, coterie_known_set_get_size (&fixture->set));
  g_assert_cmpuint (progress.n_total, ==, progress.n_done);
  assert_found (&fixture->set, "cache/coterie/datasets/tiny");
}

static void
test_damaged_download_is_replaced (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) damaged = g_byte_array_new ();
  g_autofree char *path = NULL;

  serve_labels (fixture);
  g_byte_array_set_size (damaged, fixture->packed_labels->len);
  memset (damaged->data, 0, damaged->len);
  put_array ("cache/coterie/datasets/tiny", "labels.gz", damaged);
  put_array ("cache/coterie/datasets/tiny", "more-labels.gz", fixture->packed_labels);
  path = coterie_known_set_download (&fixture->set, NULL, NULL, NULL, NULL);
  g_assert_nonnull (path);
  g_assert_cmpuint (fixture->server->n_requests, ==, 1);
  assert_found (&fixture->set, "cache/coterie/datasets/tiny");
  assert_damaged (fixture, TRUE, NULL);
}

static void
test_what_is_kept_of_a_download_counts (Fixture *fixture, gconstpointer data)
{
  const guint64 cut_after = 10;
  g_autofree char *path = NULL;

  serve_labels (fixture);
  g_assert_cmpuint (coterie_known_set_count_kept (&fixture->set), ==, 0);
  fixture->server->etag = "\"1\"";
  fixture->server->cut_after = cut_after;
  g_assert_null (coterie_known_set_download (&fixture->set, NULL, NULL, NULL, NULL));
  g_assert_cmpuint (coterie_known_set_count_kept (&fixture->set), ==, cut_after);

  put_array ("cache/coterie/datasets/tiny", "more-labels.gz", fixture->packed_labels);
  g_assert_cmpuint (coterie_known_set_count_kept (&fixture->set), ==,
                    cut_after + fixture->packed_labels->len);
  fixture->server->cut_after = 0;
  path = coterie_known_set_download (&fixture->set, NULL, NULL, NULL, NULL);
  g_assert_nonnull (path);
  g_assert_cmpuint (coterie_known_set_count_kept (&fixture->set), ==,
                    coterie_known_set_get_size (&fixture->set));
}

static void
test_bytes_of_an_unknown_version_are_not_kept (Fixture *fixture, gconstpointer data)
{
  serve_labels (fixture);
  fixture->server->etag = NULL;
  fixture->server->last_modified = NULL;
  fixture->server->cut_after = 10;
  g_assert_null (coterie_known_set_download (&fixture->set, NULL, NULL, NULL, NULL));
  g_assert_cmpuint (coterie_known_set_count_kept (&fixture->set), ==, 0);
}

static void
test_archive_is_opened_as_a_file (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  serve_labels (fixture);
  fixture->set.n_files = 1;
  fixture->files[0].content_sha256 = NULL;
  path = coterie_known_set_download (&fixture->set, NULL, NULL, NULL, NULL);
  g_assert_true (g_str_has_suffix (path, "datasets/tiny/labels.gz"));
  assert_found (&fixture->set, "cache/coterie/datasets/tiny/labels.gz");
}

static void
test_failed_download_says_why (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server->status = 404;
  g_assert_null (coterie_known_set_download (&fixture->set, NULL, NULL, NULL, &error));
  g_assert_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_REFUSED);
  assert_found (&fixture->set, NULL);
}

static void
assert_is_real (const char *identifier, const char *name)
{
  const char *shared = g_getenv ("COTERIE_SHARED_DIR");
  g_autofree char *data =
      shared != NULL ? g_build_filename (shared, "data", identifier, NULL) : NULL;
  g_autofree char *link = g_build_filename (home, "data", name, "raw", NULL);
  g_autofree char *parent = g_path_get_dirname (link);
  g_autofree char *expected = g_build_filename ("data", name, "raw", NULL);

  if (data == NULL || !g_file_test (data, G_FILE_TEST_IS_DIR)) {
    g_test_skip ("the real files are not here");
    return;
  }
  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  g_assert_cmpint (symlink (data, link), ==, 0);
  assert_found (get_set (identifier), expected);
}

/* Of samples of one pixel each, whose classes take turns. */
static CoterieDataset *
make_dataset (
    const char *name, const char *options, gsize n_training, gsize n_test, guint n_classes)
{
  g_auto (GStrv) class_names = g_new0 (char *, (gsize) n_classes + 1);
  const gsize n_samples[COTERIE_N_SPLITS] = {n_training, n_test};
  CoterieSamples splits[COTERIE_N_SPLITS];
  g_autoptr (GError) error = NULL;
  CoterieDataset *dataset;

  for (guint c = 0; c < n_classes; c++)
    class_names[c] = g_strdup_printf ("%u", c);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    guint16 *labels = g_new (guint16, n_samples[i]);

    for (gsize s = 0; s < n_samples[i]; s++)
      labels[s] = (guint16) (s % n_classes);
    splits[i] = (CoterieSamples){
        .pixels = g_bytes_new_take (g_malloc0 (n_samples[i]), n_samples[i]),
        .labels = g_bytes_new_take (labels, n_samples[i] * sizeof *labels),
        .n_samples = n_samples[i],
    };
  }
  dataset = coterie_dataset_new (
      &(const CoterieDatasetInfo){
          .name = name,
          .source = "/somewhere",
          .class_names = (const char *const *) class_names,
          .width = 1,
          .height = 1,
          .n_classes = n_classes,
          .options = options,
      },
      splits, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    coterie_samples_clear (&splits[i]);
  return dataset;
}

static void
test_recognises_what_was_read (void)
{
  g_autoptr (CoterieDataset) mnist = make_dataset ("MNIST", NULL, 60000, 10000, 10);
  g_autoptr (CoterieDataset) part = make_dataset ("MNIST", NULL, 600, 100, 10);
  g_autoptr (CoterieDataset) drawn = make_dataset ("Digits", NULL, 12000, 2000, 10);
  g_autoptr (CoterieDataset) leaves = make_dataset ("color", "image-size=64x64", 380, 76, 38);
  g_autoptr (CoterieDataset) table = make_dataset ("color", "test-fraction=0.2", 380, 76, 38);

  g_assert_true (coterie_known_set_is_read_as (get_set ("mnist"), mnist));
  g_assert_false (coterie_known_set_is_read_as (get_set ("fashion-mnist"), mnist));
  g_assert_false (coterie_known_set_is_read_as (get_set ("mnist"), part));
  g_assert_false (coterie_known_set_is_read_as (get_set (COTERIE_DIGITS_SOURCE), drawn));
  g_assert_true (coterie_known_set_is_read_as (get_set ("plantvillage"), leaves));
  g_assert_false (coterie_known_set_is_read_as (get_set ("plantvillage"), table));
}

static void
test_knows_the_real_files (Fixture *fixture, gconstpointer data)
{
  assert_is_real ("mnist", "MNIST");
  assert_is_real ("fashion-mnist", "FashionMNIST");
}

/* As the built-in one is when it is opened. */
static void
test_samples_are_known_before_they_are_here (void)
{
  CoterieDatasetOptions options;
  CoterieDatasetInfo info;

  coterie_dataset_options_init (&options);
  for (guint i = 0; i < 3; i++) {
    const char *const identifiers[] = {"digits", "mnist", "fashion-mnist"};

    g_assert_true (
        coterie_known_set_describe (coterie_known_sets_find (identifiers[i]), &options, &info));
    g_assert_cmpuint (coterie_dataset_info_get_n_features (&info), ==, 784);
    g_assert_cmpuint (info.n_classes, ==, 10);
  }
  g_assert_true (
      coterie_known_set_describe (coterie_known_sets_find ("cifar-10"), &options, &info));
  g_assert_cmpuint (coterie_dataset_info_get_n_features (&info), ==, 1024);
  options.color = TRUE;
  g_assert_true (
      coterie_known_set_describe (coterie_known_sets_find ("cifar-10"), &options, &info));
  g_assert_cmpuint (coterie_dataset_info_get_n_features (&info), ==, 3 * 1024);
  g_assert_false (
      coterie_known_set_describe (coterie_known_sets_find ("plantvillage"), &options, &info));
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/dataset/known-sets/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static void
add_tests (void)
{
  g_test_add_func ("/dataset/known-sets/every-set-is-complete", test_every_set_is_complete);
  g_test_add_func ("/dataset/known-sets/samples-are-known-before-they-are-here",
                   test_samples_are_known_before_they_are_here);
  g_test_add_func ("/dataset/known-sets/sizes-are-those-of-the-files",
                   test_sizes_are_those_of_the_files);
  g_test_add_func ("/dataset/known-sets/digits-are-as-many-as-said",
                   test_digits_are_as_many_as_said);
  g_test_add_func ("/dataset/known-sets/unknown-identifier-is-nothing",
                   test_unknown_identifier_is_nothing);
  g_test_add_func ("/dataset/known-sets/recognises-what-was-read", test_recognises_what_was_read);
  g_test_add_func ("/dataset/known-sets/built-in-needs-no-copy", test_built_in_needs_no_copy);
  add ("finds-no-copy", test_finds_no_copy);
  add ("finds-unpacked-copy", test_finds_unpacked_copy);
  add ("finds-copy-that-was-compressed-otherwise", test_finds_copy_that_was_compressed_otherwise);
  add ("finds-arrays-that-were-saved-again", test_finds_arrays_that_were_saved_again);
  add ("own-copy-comes-first", test_own_copy_comes_first);
  add ("other-labels-are-another-set", test_other_labels_are_another_set);
  add ("other-sizes-are-another-set", test_other_sizes_are_another_set);
  add ("finds-what-keras-and-torchvision-left", test_finds_what_keras_and_torchvision_left);
  add ("knows-the-real-files", test_knows_the_real_files);
  add ("downloads-all-files-to-where-they-are-found",
       test_downloads_all_files_to_where_they_are_found);
  add ("finds-damage-in-what-it-downloaded", test_finds_damage_in_what_it_downloaded);
  add ("unreadable-download-says-what-helps", test_unreadable_download_says_what_helps);
  add ("damaged-download-is-replaced", test_damaged_download_is_replaced);
  add ("what-is-kept-of-a-download-counts", test_what_is_kept_of_a_download_counts);
  add ("bytes-of-an-unknown-version-are-not-kept", test_bytes_of_an_unknown_version_are_not_kept);
  add ("archive-is-opened-as-a-file", test_archive_is_opened_as_a_file);
  add ("failed-download-says-why", test_failed_download_says_why);
}

int
main (int argc, char *argv[])
{
  g_autofree char *cache = NULL;
  int status;

  test_server_ignore_proxies ();
  home = g_dir_make_tmp ("coterie-home-XXXXXX", NULL);
  cache = g_build_filename (home, "cache", NULL);
  g_setenv ("HOME", home, TRUE);
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);
  g_assert_cmpint (g_chdir (home), ==, 0);

  g_test_init (&argc, &argv, NULL);
  add_tests ();
  status = g_test_run ();
  remove_home ();
  g_rmdir (home);
  g_free (home);
  return status;
}
