/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writers that are killed, run out of room, or may not write, each in a process of its own. */

#include "core/recording/recording-abandoned.h"
#include "core/recording/recording-layout.h"
#include "fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SEED 30
#define NOBODY 65534

/* Adds frames until it is killed, and says so for each by a byte. */
static void
write_until_killed (const char *path, int out)
{
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, SEED);

  for (guint i = 0;; i++) {
    g_autoptr (GError) error = NULL;

    fixture_add (writer, SEED, i, &error);
    if (error != NULL || write (out, "+", 1) != 1)
      _exit (1);
  }
}

static guint
count_bytes (int in)
{
  char bytes[256];
  guint n = 0;
  ssize_t n_read;

  while ((n_read = read (in, bytes, sizeof bytes)) > 0)
    n += (guint) n_read;
  return n;
}

/* Returns how many frames the child said it had added. */
static guint
kill_writer (const char *path, guint delay_us)
{
  int ends[2];
  char byte;
  pid_t child;
  int status;
  guint n;

  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    write_until_killed (path, ends[1]);

  close (ends[1]);
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
  g_usleep (delay_us);
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  n = 1 + count_bytes (ends[0]);
  close (ends[0]);
  return n;
}

static char *
compute_hash (const char *path)
{
  g_autofree char *content = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  return g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *) content, size);
}

static void
test_killed_writers_lose_nothing (void)
{
  CoterieRng rng;

  coterie_rng_init (&rng, 31, 0);
  for (guint i = 0; i < 20; i++) {
    char *folder = test_folder_new ();
    g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
    g_autofree char *log = g_strconcat (path, "-wal", NULL);
    guint n = kill_writer (path, (guint) coterie_rng_below (&rng, 20000));
    g_autofree char *hash = compute_hash (path);
    g_autofree char *log_hash = compute_hash (log);
    g_autofree char *hash_after = NULL;
    g_autofree char *log_hash_after = NULL;
    g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (path, NULL);

    g_assert_false (coterie_recording_reader_get_finished (reader));
    fixture_assert_holds (path, SEED, n);
    hash_after = compute_hash (path);
    log_hash_after = compute_hash (log);
    g_assert_cmpstr (hash, ==, hash_after);
    g_assert_cmpstr (log_hash, ==, log_hash_after);
    test_folder_free (folder);
  }
}

/* Adds so many frames and dies. */
static void
write_and_die (const char *path, guint n_frames)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0) {
    g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, SEED);

    for (guint i = 0; i < n_frames; i++)
      fixture_add (writer, SEED, i, NULL);
    kill (getpid (), SIGKILL);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
}

static void
test_a_run_that_goes_on_is_not_abandoned (void)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autofree char *other = g_build_filename (folder, "other.coterie", NULL);
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, SEED);
  int ends[2];
  char byte;
  pid_t child;

  /* in this process */
  fixture_add (writer, SEED, 0, NULL);
  g_assert_false (coterie_recording_is_abandoned (path));
  fixture_add (writer, SEED, 1, NULL);
  g_assert_true (coterie_recording_writer_finish (writer, NULL));
  g_assert_false (coterie_recording_is_abandoned (path));
  fixture_assert_holds (path, SEED, 2);

  /* in another one */
  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    write_until_killed (other, ends[1]);
  close (ends[1]);
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
  for (guint i = 0; i < 10; i++)
    g_assert_false (coterie_recording_is_abandoned (other));
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
  fixture_assert_holds (other, SEED, 1 + count_bytes (ends[0]));
  g_assert_true (coterie_recording_is_abandoned (other));
  close (ends[0]);
  test_folder_free (folder);
}

static void
test_looking_at_an_abandoned_run_leaves_it (void)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *hash = NULL;
  g_autofree char *log_hash = NULL;
  g_autofree char *hash_after = NULL;
  g_autofree char *log_hash_after = NULL;
  guint n_files;

  write_and_die (path, 3);
  n_files = fixture_count_files (folder);
  hash = compute_hash (path);
  log_hash = compute_hash (log);
  g_assert_true (coterie_recording_is_abandoned (path));
  hash_after = compute_hash (path);
  log_hash_after = compute_hash (log);
  g_assert_cmpstr (hash, ==, hash_after);
  g_assert_cmpstr (log_hash, ==, log_hash_after);
  g_assert_cmpuint (fixture_count_files (folder), ==, n_files);
  fixture_assert_holds (path, SEED, 3);

  /* a copy that was made without the log */
  g_remove (log);
  n_files = fixture_count_files (folder);
  g_assert_true (coterie_recording_is_abandoned (path));
  g_assert_cmpuint (fixture_count_files (folder), ==, n_files);
  test_folder_free (folder);
}

static void
test_a_run_without_an_end_is_abandoned (void)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  CoterieRecordingWriter *writer = fixture_start (path, SEED);

  fixture_add (writer, SEED, 0, NULL);
  coterie_recording_writer_free (writer);
  g_assert_true (coterie_recording_is_abandoned (path));
  g_assert_cmpuint (fixture_count_files (folder), ==, 1);
  fixture_assert_holds (path, SEED, 1);
  test_folder_free (folder);
}

/* As if nothing had been moved. */
static void
lay_out (const char *path, GError **error)
{
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (path, NULL);
  g_autoptr (GPtrArray) positions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_positions_free);

  for (guint i = 0; i < coterie_recording_reader_get_n_frames (reader); i++) {
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, i, NULL);

    g_ptr_array_add (positions, coterie_frame_positions_new (frame));
  }
  coterie_recording_lay_out (path, coterie_recording_reader_get_info (reader), positions, error);
}

static void
test_layout_ends_an_abandoned_run (void)
{
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (SEED);
  const guint n_frames[] = {3, info->training.n_iterations + 1};
  const CoterieRecordingEnding endings[] = {COTERIE_RECORDING_ENDING_STOPPED,
                                            COTERIE_RECORDING_ENDING_FINISHED};

  for (guint i = 0; i < G_N_ELEMENTS (n_frames); i++) {
    char *folder = test_folder_new ();
    g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
    g_autoptr (CoterieRecordingReader) reader = NULL;
    g_autoptr (GError) error = NULL;

    write_and_die (path, n_frames[i]);
    lay_out (path, &error);
    g_assert_no_error (error);
    reader = coterie_recording_reader_open (path, &error);
    g_assert_no_error (error);
    g_assert_cmpint (coterie_recording_reader_get_ending (reader), ==, endings[i]);
    g_assert_false (coterie_recording_is_abandoned (path));
    fixture_assert_holds (path, SEED, n_frames[i]);
    g_assert_cmpuint (fixture_count_files (folder), ==, 1);
    test_folder_free (folder);
  }
}

/* What a writer on a network file system leaves: an older journal with half a transaction. */
static void
change_half_and_die (const char *path)
{
  sqlite3 *database = NULL;

  sqlite3_open (path, &database);
  sqlite3_exec (database,
                "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN;"
                "UPDATE layer SET class_means = zeroblob (length (class_means));"
                "UPDATE parameters SET parameter_values = zeroblob (100000)",
                NULL, NULL, NULL);
  kill (getpid (), SIGKILL);
}

static void
test_half_a_transaction_is_undone (void)
{
  char *folder = test_folder_new ();
  g_autofree char *path = fixture_write (folder, SEED, 4);
  g_autofree char *hash = compute_hash (path);
  g_autofree char *changed = NULL;
  g_autofree char *recovered = NULL;
  pid_t child = fork ();

  if (child == 0)
    change_half_and_die (path);
  waitpid (child, NULL, 0);
  g_assert_cmpuint (fixture_count_files (folder), ==, 2);
  changed = compute_hash (path);
  g_assert_cmpstr (changed, !=, hash);
  fixture_assert_holds (path, SEED, 4);
  recovered = compute_hash (path);
  g_assert_cmpstr (recovered, ==, hash);
  test_folder_free (folder);
}

static void
limit_file_size (rlim_t bytes)
{
  struct rlimit limit;

  getrlimit (RLIMIT_FSIZE, &limit);
  limit.rlim_cur = bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* Runs func in a child; it may fail like a test. */
static void
run_in_child (void (*func) (gconstpointer data), gconstpointer data)
{
  pid_t child = fork ();
  int status;

  g_assert_cmpint (child, >=, 0);
  if (child == 0) {
    func (data);
    _exit (0);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

static void
fill_disk (gconstpointer path)
{
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, SEED);
  g_autoptr (GError) error = NULL;
  guint n = 0;

  signal (SIGXFSZ, SIG_IGN);
  limit_file_size (300000);
  while (error == NULL && n < 1000)
    fixture_add (writer, SEED, n++, &error);
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, "iteration"));
  n--;
  g_assert_cmpuint (n, >, 2);
  g_clear_error (&error);
  fixture_assert_holds (path, SEED, n);

  g_assert_false (coterie_recording_is_abandoned (path));

  limit_file_size (RLIM_INFINITY);
  fixture_add (writer, SEED, n, &error);
  g_assert_no_error (error);
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);
  fixture_assert_holds (path, SEED, n + 1);
}

static void
test_full_disks_lose_nothing (void)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);

  run_in_child (fill_disk, path);
  g_assert_cmpuint (fixture_count_files (folder), ==, 1);
  test_folder_free (folder);
}

static void
give_up_rights (void)
{
  if (geteuid () == 0)
    g_assert_cmpint (setuid (NOBODY), ==, 0);
}

static void
try_to_create (gconstpointer path)
{
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (SEED);
  g_autoptr (GError) error = NULL;

  give_up_rights ();
  g_assert_null (coterie_recording_writer_new (path, info, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_assert_nonnull (strstr (error->message, g_strerror (EACCES)));
}

static void
test_needs_a_writable_folder (void)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);

  g_chmod (folder, 0555);
  run_in_child (try_to_create, path);
  g_chmod (folder, 0755);
  test_folder_free (folder);
}

typedef struct {
  const char *path;
  guint n_frames;
} Expected;

static void
read_without_rights (gconstpointer data)
{
  const Expected *expected = data;

  give_up_rights ();
  fixture_assert_holds (expected->path, SEED, expected->n_frames);
}

static void
check_read_only (const char *folder, const char *path, guint n_frames)
{
  Expected expected = {path, n_frames};
  guint n_files = fixture_count_files (folder);

  g_chmod (path, 0444);
  g_chmod (folder, 0555);
  run_in_child (read_without_rights, &expected);
  g_chmod (folder, 0755);
  g_assert_cmpuint (fixture_count_files (folder), ==, n_files);
}

static void
remove_beside (const char *path, const char *suffix)
{
  g_autofree char *beside = g_strconcat (path, suffix, NULL);

  g_assert_cmpint (g_remove (beside), ==, 0);
}

static void
make_beside_readable (const char *path, const char *suffix)
{
  g_autofree char *beside = g_strconcat (path, suffix, NULL);

  g_assert_cmpint (g_chmod (beside, 0444), ==, 0);
}

static void
test_finished_recordings_need_no_rights (void)
{
  char *folder = test_folder_new ();
  g_autofree char *path = fixture_write (folder, SEED, 3);

  check_read_only (folder, path, 3);
  test_folder_free (folder);
}

static void
test_unfinished_recordings_need_no_rights (void)
{
  char *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  guint n = kill_writer (path, 10000);

  make_beside_readable (path, "-wal");
  make_beside_readable (path, "-shm");
  check_read_only (folder, path, n);
  remove_beside (path, "-shm");
  check_read_only (folder, path, n);
  remove_beside (path, "-wal");
  check_read_only (folder, path, 0);
  test_folder_free (folder);
}

static void
try_to_open (gconstpointer path)
{
  g_autoptr (GError) error = NULL;

  give_up_rights ();
  g_assert_null (coterie_recording_reader_open (path, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_READ);
  g_assert_nonnull (strstr (error->message, path));
}

static void
test_says_when_reading_is_forbidden (void)
{
  char *folder = test_folder_new ();
  g_autofree char *path = fixture_write (folder, SEED, 1);

  g_chmod (folder, 0755);
  g_chmod (path, 0);
  run_in_child (try_to_open, path);
  g_chmod (path, 0644);
  g_chmod (folder, 0);
  run_in_child (try_to_open, path);
  g_chmod (folder, 0755);
  test_folder_free (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording/crash/killed-writers-lose-nothing",
                   test_killed_writers_lose_nothing);
  g_test_add_func ("/recording/crash/a-run-that-goes-on-is-not-abandoned",
                   test_a_run_that_goes_on_is_not_abandoned);
  g_test_add_func ("/recording/crash/looking-at-an-abandoned-run-leaves-it",
                   test_looking_at_an_abandoned_run_leaves_it);
  g_test_add_func ("/recording/crash/a-run-without-an-end-is-abandoned",
                   test_a_run_without_an_end_is_abandoned);
  g_test_add_func ("/recording/crash/layout-ends-an-abandoned-run",
                   test_layout_ends_an_abandoned_run);
  g_test_add_func ("/recording/crash/half-a-transaction-is-undone",
                   test_half_a_transaction_is_undone);
  g_test_add_func ("/recording/crash/full-disks-lose-nothing", test_full_disks_lose_nothing);
  g_test_add_func ("/recording/rights/needs-a-writable-folder", test_needs_a_writable_folder);
  g_test_add_func ("/recording/rights/finished-recordings-need-none",
                   test_finished_recordings_need_no_rights);
  g_test_add_func ("/recording/rights/unfinished-recordings-need-none",
                   test_unfinished_recordings_need_no_rights);
  g_test_add_func ("/recording/rights/says-when-reading-is-forbidden",
                   test_says_when_reading_is_forbidden);
  return g_test_run ();
}
