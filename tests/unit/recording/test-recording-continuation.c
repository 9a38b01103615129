/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recordings that are written on. */

#include "fixture.h"

#include <sqlite3.h>
#include <string.h>

/* A reader that saw the last frame of the ended run sees the one that took its place. */
static void
test_continued_one_is_added_to (FixturePlace *place, gconstpointer data)
{
  g_autoptr (CoterieRunInfo) seeded = fixture_make_seeded_info (40);
  CoterieRunInfo fields = *seeded;
  g_autoptr (CoterieRunInfo) info = NULL;
  g_autoptr (CoterieRecordingWriter) writer = NULL;
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  const guint iterations[] = {0, 3, 5, 6, 9};

  fields.training.record_every = 3;
  info = coterie_run_info_new (&fields);
  writer = coterie_recording_writer_new (place->path, info, &error);
  for (guint i = 0; i < G_N_ELEMENTS (iterations); i++) {
    g_autoptr (CoterieFrame) frame = fixture_make_nth_frame (40, info, iterations[i]);

    if (iterations[i] == 6) { /* the writer died */
      g_clear_pointer (&writer, coterie_recording_writer_free);
      reader = fixture_open (place->path);
      g_assert_cmpuint (coterie_recording_reader_get_iteration (reader, 2), ==, 5);
      writer = coterie_recording_writer_continue (place->path, info, 3, &error);
      g_assert_no_error (error);
      g_assert_true (coterie_recording_reader_refresh (reader, &error));
      g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, 3);
    }
    coterie_recording_writer_add (writer, frame, NULL, NULL, &error);
    g_assert_no_error (error);
    if (iterations[i] == 6) {
      g_assert_true (coterie_recording_reader_refresh (reader, &error));
      g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, 3);
      g_assert_cmpuint (coterie_recording_reader_get_iteration (reader, 2), ==, 6);
    }
  }
  coterie_recording_writer_finish (writer, &error);
  g_assert_true (coterie_recording_reader_refresh (reader, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, 4);
  g_assert_cmpuint (coterie_recording_reader_get_iteration (reader, 3), ==, 9);
}

/* As on a network file system, where a writer cannot be told from none. */
static void
test_two_that_continue_do_not_mix (FixturePlace *place, gconstpointer data)
{
  g_autofree char *path = fixture_write (place->folder, 40, 2);
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (40);
  g_autoptr (CoterieRecordingWriter) writer = NULL;
  g_autoptr (CoterieFrame) frame = fixture_make_nth_frame (40, info, 2);
  g_autoptr (GError) error = NULL;
  sqlite3 *database = NULL;

  g_assert_null (coterie_recording_writer_continue (path, info, 1, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_clear_error (&error);
  fixture_assert_holds (path, 40, 2);

  writer = coterie_recording_writer_continue (path, info, 2, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, "UPDATE state SET n_frames = 3", NULL, NULL, NULL), ==,
                   SQLITE_OK);
  sqlite3_close (database);
  g_assert_false (coterie_recording_writer_add (writer, frame, NULL, NULL, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_assert_nonnull (strstr (error->message, "another program"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD_TEST ("/recording/continued-one-is-added-to", test_continued_one_is_added_to, NULL);
  FIXTURE_ADD_TEST ("/recording/two-that-continue-do-not-mix", test_two_that_continue_do_not_mix,
                    NULL);
  return g_test_run ();
}
