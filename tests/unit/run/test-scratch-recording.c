/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is removed of programs that were killed, and what is not. */

#include "core/run/scratch-recording.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "test-folder.h"

static void
write_file (const char *path)
{
  g_assert_true (g_file_set_contents (path, "recorded", -1, NULL));
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) directory = g_dir_open (folder, 0, NULL);
  guint n_files = 0;

  while (g_dir_read_name (directory) != NULL)
    n_files++;
  return n_files;
}

/* Has a program begin a recording in @folder and be killed. Returns the place of the recording. */
static char *
abandon (const char *folder)
{
  g_autoptr (GDir) directory = NULL;
  int status;
  pid_t child = fork ();

  if (child == 0) {
    CoterieScratchRecording *scratch = coterie_scratch_recording_new (folder);
    g_autofree char *log = g_strconcat (coterie_scratch_recording_get_path (scratch), "-wal", NULL);

    write_file (coterie_scratch_recording_get_path (scratch));
    write_file (log);
    kill (getpid (), SIGKILL);
  }
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_true (WIFSIGNALED (status));
  directory = g_dir_open (folder, 0, NULL);
  return g_build_filename (folder, g_dir_read_name (directory), NULL);
}

static void
test_nothing_is_left_of_one_that_is_let_go_of (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  CoterieScratchRecording *scratch = coterie_scratch_recording_new (folder);

  g_assert_nonnull (scratch);
  write_file (coterie_scratch_recording_get_path (scratch));
  coterie_scratch_recording_free (scratch);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

static void
test_there_is_none_where_nothing_can_be_written (void)
{
  g_assert_null (coterie_scratch_recording_new ("/nonexistent"));
  g_assert_cmpuint (coterie_scratch_recording_remove_abandoned ("/nonexistent"), ==, 0);
}

static void
test_that_of_a_killed_program_is_removed (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *abandoned = abandon (folder);

  g_assert_cmpuint (count_files (abandoned), ==, 2);
  g_assert_cmpuint (coterie_scratch_recording_remove_abandoned (folder), ==, 1);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

static void
test_one_in_use_stays (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (CoterieScratchRecording) first = coterie_scratch_recording_new (folder);
  g_autoptr (CoterieScratchRecording) second = coterie_scratch_recording_new (folder);

  write_file (coterie_scratch_recording_get_path (first));
  g_assert_cmpuint (coterie_scratch_recording_remove_abandoned (folder), ==, 0);
  g_assert_true (g_file_test (coterie_scratch_recording_get_path (first), G_FILE_TEST_IS_REGULAR));
  g_assert_cmpuint (count_files (folder), ==, 2);
  g_assert_nonnull (second);
}

static void
test_what_is_not_ours_stays (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *abandoned = abandon (folder);
  g_autofree char *mine = g_build_filename (abandoned, "mine", NULL);
  g_autofree char *link = g_build_filename (folder, "coterie-scratch-linked", NULL);
  g_autofree char *plain = g_build_filename (folder, "coterie-scratch-plain", NULL);
  g_autofree char *other = g_build_filename (folder, "other", NULL);

  write_file (mine);
  write_file (plain);
  g_assert_cmpint (g_mkdir (other, 0700), ==, 0);
  g_assert_cmpint (symlink (other, link), ==, 0);
  g_assert_cmpuint (coterie_scratch_recording_remove_abandoned (folder), ==, 0);
  g_assert_cmpuint (count_files (folder), ==, 4);
  g_assert_cmpuint (count_files (abandoned), ==, 1);
}

static void
test_somebody_elses_stays (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *abandoned = NULL;

  if (geteuid () != 0) {
    g_test_skip ("only root can give a folder away");
    return;
  }
  abandoned = abandon (folder);
  g_assert_cmpint (chown (abandoned, 1, 1), ==, 0);
  g_assert_cmpuint (coterie_scratch_recording_remove_abandoned (folder), ==, 0);
  g_assert_cmpuint (count_files (abandoned), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/scratch-recording/nothing-is-left-of-one-that-is-let-go-of",
                   test_nothing_is_left_of_one_that_is_let_go_of);
  g_test_add_func ("/run/scratch-recording/there-is-none-where-nothing-can-be-written",
                   test_there_is_none_where_nothing_can_be_written);
  g_test_add_func ("/run/scratch-recording/that-of-a-killed-program-is-removed",
                   test_that_of_a_killed_program_is_removed);
  g_test_add_func ("/run/scratch-recording/one-in-use-stays", test_one_in_use_stays);
  g_test_add_func ("/run/scratch-recording/what-is-not-ours-stays", test_what_is_not_ours_stays);
  g_test_add_func ("/run/scratch-recording/somebody-elses-stays", test_somebody_elses_stays);
  return g_test_run ();
}
