/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which frames have the weights of their network. */

#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* Of a network whose parameters are too many for every frame. */
typedef struct {
  FixturePlace place;
  CoterieRunInfo *info;
  CoterieNetwork *network;
  CoterieRecordingWriter *writer;
  CoterieRng rng;
} Run;

static void
set_up (Run *run, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture_place_set_up (&run->place, data);
  coterie_rng_init (&run->rng, 7, 0);
  run->info = fixture_make_large_info ();
  run->network = fixture_make_network (&run->rng, run->info);
  run->writer = coterie_recording_writer_new (run->place.path, run->info, &error);
  g_assert_no_error (error);
}

static void
tear_down (Run *run, gconstpointer data)
{
  coterie_recording_writer_free (run->writer);
  coterie_network_unref (run->network);
  coterie_run_info_unref (run->info);
  fixture_place_tear_down (&run->place, data);
}

static void
test_weights_may_be_left_out (FixturePlace *place, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (6);
  g_autoptr (CoterieFrame) frame = fixture_make_nth_frame (6, info, 17);
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (place->path, 6);
  g_autoptr (CoterieRecordingReader) reader = NULL;

  g_assert_true (coterie_recording_writer_add (writer, frame, NULL, NULL, &error));
  reader = fixture_open (place->path);
  fixture_assert_frame (reader, 0, frame);
  g_assert_null (coterie_recording_reader_load_network (reader, 0, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "iteration 17"));
}

static void
assert_has_network (CoterieRecordingReader *reader, guint index, gboolean expected)
{
  gboolean has_network = !expected;
  g_autoptr (GError) error = NULL;

  g_assert_true (coterie_recording_reader_has_network (reader, index, &has_network, &error));
  g_assert_no_error (error);
  g_assert_cmpint (has_network, ==, expected);
}

static void
test_large_weights_come_with_every_tenth_frame (Run *run, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingReader) reader = NULL;

  g_assert_cmpuint (run->network->n_parameters, >, 4 * 1024 * 1024);
  for (guint i = 0; i < 11; i++) {
    g_autoptr (CoterieFrame) frame = fixture_make_frame (&run->rng, run->info, i, FIXTURE_NO_NODES);

    run->network->parameters[run->network->n_parameters - 1] = (float) i;
    g_assert_true (coterie_recording_writer_add (run->writer, frame, run->network, NULL, &error));
  }

  reader = fixture_open (run->place.path);
  fixture_assert_network (reader, 10, run->network);
  run->network->parameters[run->network->n_parameters - 1] = 0.0f;
  fixture_assert_network (reader, 0, run->network);
  assert_has_network (reader, 0, TRUE);
  assert_has_network (reader, 10, TRUE);
  for (guint i = 1; i < 10; i++) {
    assert_has_network (reader, i, FALSE);
    g_assert_null (coterie_recording_reader_load_network (reader, i, &error));
    g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND);
    g_clear_error (&error);
  }
}

static guint64
get_file_size (const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return (guint64) status.st_size;
}

static void
test_weights_put_ahead_come_with_their_frame (Run *run, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieFrame) frame = fixture_make_frame (&run->rng, run->info, 3, FIXTURE_NO_NODES);
  g_autoptr (CoterieProgress) progress = coterie_progress_new ();
  g_autoptr (CoterieRecordingReader) reader = NULL;

  coterie_recording_writer_put_ahead (run->writer, 3, run->network, NULL, progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (coterie_progress_get_fraction (progress), >, 0.5);
  reader = fixture_open (run->place.path);
  g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, 0);
  g_clear_pointer (&reader, coterie_recording_reader_free);

  coterie_recording_writer_add (run->writer, frame, run->network, NULL, &error);
  g_assert_no_error (error);
  coterie_recording_writer_finish (run->writer, &error);
  g_assert_no_error (error);
  reader = fixture_open (run->place.path);
  fixture_assert_network (reader, 0, run->network);
}

static void
test_weights_put_ahead_of_nothing_leave_the_file (Run *run, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieFrame) frame = fixture_make_frame (&run->rng, run->info, 0, FIXTURE_NO_NODES);
  g_autoptr (CoterieRecordingReader) reader = NULL;

  coterie_recording_writer_put_ahead (run->writer, 0, run->network, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_file_size (run->place.path), >, 16 * 1024 * 1024);
  coterie_recording_writer_add (run->writer, frame, NULL, NULL, &error);
  g_assert_no_error (error);
  coterie_recording_writer_stop (run->writer, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (get_file_size (run->place.path), <, 4 * 1024 * 1024);
  reader = fixture_open (run->place.path);
  assert_has_network (reader, 0, FALSE);
}

static void
test_putting_weights_ahead_ends_when_cancelled (Run *run, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  g_assert_false (coterie_recording_writer_put_ahead (run->writer, 0, run->network, NULL, NULL,
                                                      cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_large_weights_come_with_every_frame_when_told_to (Run *run, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingReader) reader = NULL;

  coterie_recording_writer_keep_all (run->writer);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (CoterieFrame) frame = fixture_make_frame (&run->rng, run->info, i, FIXTURE_NO_NODES);

    g_assert_true (coterie_recording_writer_add (run->writer, frame, run->network, NULL, &error));
  }

  reader = fixture_open (run->place.path);
  fixture_assert_network (reader, 1, run->network);
}

#define ADD(name, function) g_test_add ("/recording/" name, Run, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD_TEST ("/recording/weights-may-be-left-out", test_weights_may_be_left_out, NULL);
  ADD ("large-weights-come-with-every-tenth-frame", test_large_weights_come_with_every_tenth_frame);
  ADD ("weights-put-ahead-come-with-their-frame", test_weights_put_ahead_come_with_their_frame);
  ADD ("weights-put-ahead-of-nothing-leave-the-file",
       test_weights_put_ahead_of_nothing_leave_the_file);
  ADD ("putting-weights-ahead-ends-when-cancelled", test_putting_weights_ahead_ends_when_cancelled);
  ADD ("large-weights-come-with-every-frame-when-told-to",
       test_large_weights_come_with_every_frame_when_told_to);
  return g_test_run ();
}
