/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

static void
check_round_trip (const char *path, guint n_hidden)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = NULL;
  g_autoptr (CoterieRecordingWriter) writer = NULL;
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autoptr (GPtrArray) frames =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);
  g_autoptr (GPtrArray) networks =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_network_unref);
  CoterieRng rng;

  coterie_rng_init (&rng, n_hidden, 0);
  info = fixture_make_info (&rng, n_hidden, 50);
  writer = coterie_recording_writer_new (path, info, &error);
  g_assert_no_error (error);
  for (FixtureShape shape = FIXTURE_PLAIN; shape <= FIXTURE_EMPTY_CLASS; shape++) {
    g_ptr_array_add (frames, fixture_make_frame (&rng, info, 41 + 3 * shape, shape));
    g_ptr_array_add (networks, fixture_make_network (&rng, info));
    coterie_recording_writer_add (writer, frames->pdata[shape], networks->pdata[shape], NULL,
                                  &error);
    g_assert_no_error (error);
  }
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);

  reader = fixture_open (path);
  g_assert_true (fixture_infos_equal (coterie_recording_reader_get_info (reader), info));
  g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, frames->len);
  for (guint i = 0; i < frames->len; i++) {
    fixture_assert_frame (reader, i, frames->pdata[i]);
    fixture_assert_network (reader, i, networks->pdata[i]);
  }
}

static void
test_keeps_everything (FixturePlace *place, gconstpointer data)
{
  const guint depths[] = {1, 2, COTERIE_MAX_HIDDEN_LAYERS};

  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++) {
    check_round_trip (place->path, depths[i]);
    g_assert_cmpint (g_remove (place->path), ==, 0);
  }
}

static void
test_can_be_read_while_written (FixturePlace *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (place->path, 3);
  g_autoptr (CoterieRecordingReader) reader = fixture_open (place->path);
  CoterieRunInfo *info = coterie_recording_reader_get_info (reader);

  g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, 0);
  for (guint i = 0; i < 12; i++) {
    g_autoptr (CoterieFrame) expected = fixture_make_nth_frame (3, info, i);

    fixture_add (writer, 3, i, &error);
    g_assert_no_error (error);
    g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, i);
    g_assert_true (coterie_recording_reader_refresh (reader, &error));
    g_assert_true (coterie_recording_reader_refresh (reader, &error));
    g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, i + 1);
    g_assert_false (coterie_recording_reader_get_finished (reader));
    fixture_assert_frame (reader, i, expected);
  }
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);
  g_assert_false (coterie_recording_reader_get_finished (reader));
  g_assert_true (coterie_recording_reader_refresh (reader, &error));
  g_assert_true (coterie_recording_reader_get_finished (reader));
  g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, 12);
  g_assert_cmpuint (fixture_count_files (place->folder), ==, 1);
}

typedef struct {
  const char *path;
  gint stop;
} Looker;

static gpointer
look_all_the_time (gpointer data)
{
  Looker *looker = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingReader) reader = fixture_open (looker->path);

  while (!g_atomic_int_get (&looker->stop) || !coterie_recording_reader_get_finished (reader)) {
    guint n_frames = coterie_recording_reader_get_n_frames (reader);

    g_assert_true (coterie_recording_reader_refresh (reader, &error));
    g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), >=, n_frames);
    if (n_frames > 0) {
      g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, n_frames - 1, &error);

      g_assert_no_error (error);
    }
    g_usleep (500);
  }
  return GUINT_TO_POINTER (coterie_recording_reader_get_n_frames (reader));
}

static void
test_reader_and_writer_leave_each_other_alone (FixturePlace *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (place->path, 4);
  Looker looker = {place->path, FALSE};
  GThread *thread = g_thread_new ("looker", look_all_the_time, &looker);

  for (guint i = 0; i < 40; i++) {
    fixture_add (writer, 4, i, &error);
    g_assert_no_error (error);
  }
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);
  g_atomic_int_set (&looker.stop, TRUE);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (thread)), ==, 40);
  g_assert_cmpuint (fixture_count_files (place->folder), ==, 1);
}

/* As somebody does who looks at it in SQLite's shell. */
static void
test_finishes_while_others_look (FixturePlace *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (place->path, 13);
  g_autoptr (CoterieRecordingReader) reader = NULL;
  sqlite3 *database = NULL;

  fixture_add (writer, 13, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open (place->path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, "BEGIN; SELECT * FROM frame", NULL, NULL, NULL);
  fixture_add (writer, 13, 1, &error);
  g_assert_no_error (error);
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);

  reader = fixture_open (place->path);
  g_assert_true (coterie_recording_reader_get_finished (reader));
  fixture_assert_holds (place->path, 13, 2);
  sqlite3_close (database);
  g_clear_pointer (&reader, coterie_recording_reader_free);
  fixture_assert_holds (place->path, 13, 2);
}

typedef struct {
  CoterieRecordingEnding ending;
  const char *reason;
} End;

static const End goes_on = {COTERIE_RECORDING_ENDING_RUNNING, ""};
static const End finished = {COTERIE_RECORDING_ENDING_FINISHED, ""};
static const End stopped = {COTERIE_RECORDING_ENDING_STOPPED, ""};
static const End failed = {COTERIE_RECORDING_ENDING_FAILED, "the loss is not a number"};

static void
test_says_how_the_run_ended (FixturePlace *place, gconstpointer data)
{
  const End *end = data;
  g_autoptr (GError) error = NULL;
  CoterieRecordingWriter *writer = fixture_start (place->path, 5);
  g_autoptr (CoterieRecordingReader) reader = NULL;

  fixture_add (writer, 5, 0, &error);
  g_assert_no_error (error);
  if (end->ending == COTERIE_RECORDING_ENDING_FINISHED)
    coterie_recording_writer_finish (writer, &error);
  else if (end->ending == COTERIE_RECORDING_ENDING_STOPPED)
    coterie_recording_writer_stop (writer, &error);
  else if (end->ending == COTERIE_RECORDING_ENDING_FAILED)
    coterie_recording_writer_fail (writer, end->reason, &error);
  g_assert_no_error (error);
  coterie_recording_writer_free (writer);

  g_assert_cmpuint (fixture_count_files (place->folder), ==, 1);
  fixture_assert_holds (place->path, 5, 1);
  reader = fixture_open (place->path);
  g_assert_true (coterie_recording_reader_get_ending (reader) == end->ending);
  g_assert_cmpint (coterie_recording_reader_get_finished (reader), ==,
                   end->ending != COTERIE_RECORDING_ENDING_RUNNING);
  g_assert_cmpstr (coterie_recording_reader_get_reason (reader), ==, end->reason);
}

static void
test_never_overwrites (FixturePlace *place, gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (8);

  g_assert_true (g_file_set_contents (place->path, "precious", -1, NULL));
  g_assert_null (coterie_recording_writer_new (place->path, info, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_assert_nonnull (strstr (error->message, place->path));
  g_assert_true (g_file_get_contents (place->path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "precious");
}

static void
test_needs_a_folder (FixturePlace *place, gconstpointer data)
{
  g_autofree char *path = g_build_filename (place->folder, "nowhere", "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (8);

  g_assert_null (coterie_recording_writer_new (path, info, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_assert_nonnull (strstr (error->message, g_strerror (ENOENT)));
}

static void
test_odd_file_names_are_fine (FixturePlace *place, gconstpointer data)
{
  const char *names[] = {":memory:", "file:a?mode=ro", "a b%20#?.coterie", "sch\xf6n"};
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (place->folder, names[i], NULL);
    g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, 9);

    fixture_add (writer, 9, 0, &error);
    g_assert_no_error (error);
    coterie_recording_writer_finish (writer, &error);
    g_assert_no_error (error);
    fixture_assert_holds (path, 9, 1);
  }
  g_assert_cmpuint (fixture_count_files (place->folder), ==, G_N_ELEMENTS (names));
}

static void
test_notices_that_the_file_is_gone (FixturePlace *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (place->path, 10);
  g_autoptr (CoterieRecordingReader) reader = fixture_open (place->path);

  g_assert_cmpint (g_remove (place->path), ==, 0);
  fixture_add (writer, 10, 0, &error);
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_clear_error (&error);
  g_assert_false (coterie_recording_reader_refresh (reader, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND);
  g_clear_pointer (&writer, coterie_recording_writer_free);
}

static void
assert_refuses (CoterieRecordingWriter *writer,
                const CoterieFrame *frame,
                const CoterieNetwork *network)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (coterie_recording_writer_add (writer, frame, network, NULL, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
}

static void
test_refuses_frames_that_do_not_fit (FixturePlace *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (11);
  g_autoptr (CoterieRunInfo) other = fixture_make_seeded_info (12);
  g_autoptr (CoterieFrame) frame = fixture_make_nth_frame (11, info, 5);
  g_autoptr (CoterieFrame) earlier = fixture_make_nth_frame (11, info, 4);
  g_autoptr (CoterieFrame) foreign = fixture_make_nth_frame (12, other, 6);
  g_autoptr (CoterieNetwork) network = fixture_make_nth_network (12, other, 6);
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (place->path, 11);

  assert_refuses (writer, foreign, NULL);
  assert_refuses (writer, frame, network);
  g_assert_true (coterie_recording_writer_add (writer, frame, NULL, NULL, &error));
  assert_refuses (writer, frame, NULL);
  assert_refuses (writer, earlier, NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD_TEST ("/recording/keeps-everything", test_keeps_everything, NULL);
  FIXTURE_ADD_TEST ("/recording/can-be-read-while-written", test_can_be_read_while_written, NULL);
  FIXTURE_ADD_TEST ("/recording/reader-and-writer-leave-each-other-alone",
                    test_reader_and_writer_leave_each_other_alone, NULL);
  FIXTURE_ADD_TEST ("/recording/finishes-while-others-look", test_finishes_while_others_look, NULL);
  FIXTURE_ADD_TEST ("/recording/says-that-it-goes-on", test_says_how_the_run_ended, &goes_on);
  FIXTURE_ADD_TEST ("/recording/says-that-it-finished", test_says_how_the_run_ended, &finished);
  FIXTURE_ADD_TEST ("/recording/says-that-it-was-stopped", test_says_how_the_run_ended, &stopped);
  FIXTURE_ADD_TEST ("/recording/says-why-it-failed", test_says_how_the_run_ended, &failed);
  FIXTURE_ADD_TEST ("/recording/never-overwrites", test_never_overwrites, NULL);
  FIXTURE_ADD_TEST ("/recording/needs-a-folder", test_needs_a_folder, NULL);
  FIXTURE_ADD_TEST ("/recording/odd-file-names-are-fine", test_odd_file_names_are_fine, NULL);
  FIXTURE_ADD_TEST ("/recording/notices-that-the-file-is-gone", test_notices_that_the_file_is_gone,
                    NULL);
  FIXTURE_ADD_TEST ("/recording/refuses-frames-that-do-not-fit",
                    test_refuses_frames_that_do_not_fit, NULL);
  return g_test_run ();
}
