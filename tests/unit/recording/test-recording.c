/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/recording/recording-schema.h"
#include "core/recording/recording-size.h"
#include "core/recording/recording-trainer.h"
#include "fixture.h"

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <string.h>

#include "core/recording/recording-layout.h"

static void
assert_holds_frame (CoterieRecordingReader *reader, guint index, const CoterieFrame *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, index, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (coterie_recording_reader_get_iteration (reader, index), ==,
                    expected->iteration);
  g_assert_true (fixture_frames_equal (frame, expected));
}

static void
assert_holds_network (CoterieRecordingReader *reader, guint index, const CoterieNetwork *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieNetwork) network =
      coterie_recording_reader_load_network (reader, index, &error);

  g_assert_no_error (error);
  g_assert_true (fixture_networks_equal (network, expected));
}

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

  reader = coterie_recording_reader_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (fixture_infos_equal (coterie_recording_reader_get_info (reader), info));
  g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, frames->len);
  for (guint i = 0; i < frames->len; i++) {
    assert_holds_frame (reader, i, frames->pdata[i]);
    assert_holds_network (reader, i, networks->pdata[i]);
  }
}

static void
test_keeps_everything (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  const guint depths[] = {1, 2, COTERIE_MAX_HIDDEN_LAYERS};

  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++) {
    check_round_trip (path, depths[i]);
    g_assert_cmpint (g_remove (path), ==, 0);
  }
  fixture_remove_folder (folder);
}

static void
test_can_be_read_while_written (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, 3);
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (path, &error);
  CoterieRunInfo *info;

  g_assert_no_error (error);
  info = coterie_recording_reader_get_info (reader);
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
    assert_holds_frame (reader, i, expected);
  }
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);
  g_assert_false (coterie_recording_reader_get_finished (reader));
  g_assert_true (coterie_recording_reader_refresh (reader, &error));
  g_assert_true (coterie_recording_reader_get_finished (reader));
  g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, 12);
  g_assert_cmpuint (fixture_count_files (folder), ==, 1);
  fixture_remove_folder (folder);
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
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (looker->path, &error);

  g_assert_no_error (error);
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
test_reader_and_writer_leave_each_other_alone (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, 4);
  Looker looker = {path, FALSE};
  GThread *thread = g_thread_new ("looker", look_all_the_time, &looker);

  for (guint i = 0; i < 40; i++) {
    fixture_add (writer, 4, i, &error);
    g_assert_no_error (error);
  }
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);
  g_atomic_int_set (&looker.stop, TRUE);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (thread)), ==, 40);
  g_assert_cmpuint (fixture_count_files (folder), ==, 1);
  fixture_remove_folder (folder);
}

/* As somebody does who looks at it in SQLite's shell. */
static void
test_finishes_while_others_look (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, 13);
  g_autoptr (CoterieRecordingReader) reader = NULL;
  sqlite3 *database = NULL;

  fixture_add (writer, 13, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, "BEGIN; SELECT * FROM frame", NULL, NULL, NULL);
  fixture_add (writer, 13, 1, &error);
  g_assert_no_error (error);
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);

  reader = coterie_recording_reader_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (coterie_recording_reader_get_finished (reader));
  fixture_assert_holds (path, 13, 2);
  sqlite3_close (database);
  g_clear_pointer (&reader, coterie_recording_reader_free);
  fixture_assert_holds (path, 13, 2);
  fixture_remove_folder (folder);
}

static void
check_ending (CoterieRecordingEnding ending, const char *reason)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  CoterieRecordingWriter *writer = fixture_start (path, 5);
  g_autoptr (CoterieRecordingReader) reader = NULL;

  fixture_add (writer, 5, 0, &error);
  g_assert_no_error (error);
  if (ending == COTERIE_RECORDING_ENDING_FINISHED)
    coterie_recording_writer_finish (writer, &error);
  else if (ending == COTERIE_RECORDING_ENDING_STOPPED)
    coterie_recording_writer_stop (writer, &error);
  else if (ending == COTERIE_RECORDING_ENDING_FAILED)
    coterie_recording_writer_fail (writer, reason, &error);
  g_assert_no_error (error);
  coterie_recording_writer_free (writer);

  g_assert_cmpuint (fixture_count_files (folder), ==, 1);
  fixture_assert_holds (path, 5, 1);
  reader = coterie_recording_reader_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (coterie_recording_reader_get_ending (reader) == ending);
  g_assert_cmpint (coterie_recording_reader_get_finished (reader), ==,
                   ending != COTERIE_RECORDING_ENDING_RUNNING);
  g_assert_cmpstr (coterie_recording_reader_get_reason (reader), ==, reason);
  fixture_remove_folder (folder);
}

static void
test_says_how_the_run_ended (void)
{
  check_ending (COTERIE_RECORDING_ENDING_RUNNING, "");
  check_ending (COTERIE_RECORDING_ENDING_FINISHED, "");
  check_ending (COTERIE_RECORDING_ENDING_STOPPED, "");
  check_ending (COTERIE_RECORDING_ENDING_FAILED, "the loss is not a number");
}

static void
test_weights_may_be_left_out (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (6);
  g_autoptr (CoterieFrame) frame = fixture_make_nth_frame (6, info, 17);
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, 6);
  g_autoptr (CoterieRecordingReader) reader = NULL;

  g_assert_true (coterie_recording_writer_add (writer, frame, NULL, NULL, &error));
  reader = coterie_recording_reader_open (path, &error);
  g_assert_no_error (error);
  assert_holds_frame (reader, 0, frame);
  g_assert_null (coterie_recording_reader_load_network (reader, 0, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "iteration 17"));
  fixture_remove_folder (folder);
}

static GPtrArray *
move_all (CoterieRecordingReader *reader, float by)
{
  GPtrArray *positions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_positions_free);

  for (guint i = 0; i < coterie_recording_reader_get_n_frames (reader); i++) {
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, i, NULL);
    CoterieFramePositions *moved = coterie_frame_positions_new (frame);

    for (guint l = 0; l < moved->n_layers; l++)
      for (guint j = 0; j < 2 * moved->n_nodes[l]; j++)
        moved->positions[l][j] += by;
    g_ptr_array_add (positions, moved);
  }
  return positions;
}

static CoterieRunInfo *
pin_elsewhere (const CoterieRunInfo *info)
{
  const CoteriePin pins[] = {{1, 1, 0.5, 0.25}, {2, 0, 3.0, 4.0}, {2, 4, -3.0, 4.0}};
  CoterieRunInfo fields = *info;

  coterie_layout_settings_init (&fields.layout);
  fields.layout.force.lin_log = TRUE;
  fields.layout.seed = 77;
  fields.pins = pins;
  fields.n_pins = G_N_ELEMENTS (pins);
  return coterie_run_info_new (&fields);
}

static void
test_layout_takes_the_place_of_the_last (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = fixture_write (folder, 21, 4);
  g_autoptr (CoterieRecordingReader) before = coterie_recording_reader_open (path, NULL);
  g_autoptr (CoterieRunInfo) info = pin_elsewhere (coterie_recording_reader_get_info (before));
  g_autoptr (GPtrArray) positions = move_all (before, 1.5f);
  g_autoptr (GPtrArray) frames =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);
  g_autoptr (CoterieRecordingReader) after = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    g_ptr_array_add (frames, coterie_recording_reader_load (before, i, NULL));
  g_assert_true (coterie_recording_lay_out (path, info, positions, &error));
  g_assert_no_error (error);

  after = coterie_recording_reader_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (fixture_infos_equal (coterie_recording_reader_get_info (after), info));
  for (guint i = 0; i < 4; i++) {
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (after, i, &error);
    g_autoptr (CoterieFrame) expected = coterie_frame_positions_apply (
        g_ptr_array_index (positions, i), g_ptr_array_index (frames, i));

    g_assert_no_error (error);
    g_assert_true (fixture_frames_equal (frame, expected));
    g_assert_false (fixture_frames_equal (frame, g_ptr_array_index (frames, i)));
  }
  g_assert_cmpuint (fixture_count_files (folder), ==, 1);
  fixture_remove_folder (folder);
}

/* Nothing of it: the frames are as they were. */
static void
test_layout_that_does_not_fit_is_refused (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = fixture_write (folder, 22, 3);
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (path, NULL);
  CoterieRunInfo *recorded = coterie_recording_reader_get_info (reader);

  for (guint i = 0; i < 4; i++) {
    g_autoptr (GPtrArray) positions = move_all (reader, 1.0f);
    CoterieFramePositions *last = g_ptr_array_index (positions, 2);
    CoteriePin pin = {3, 0, 0.0, 0.0};
    CoterieRunInfo fields = *recorded;
    g_autoptr (CoterieRunInfo) info = NULL;
    g_autoptr (CoterieFrame) frame = NULL;
    g_autoptr (CoterieFramePositions) kept = NULL;
    g_autoptr (GError) error = NULL;

    if (i == 0)
      last->iteration = 9;
    else if (i == 1)
      last->n_nodes[1]--;
    else if (i == 2)
      last->positions[0][1] = NAN;
    else
      fields.pins = &pin, fields.n_pins = 1;
    info = coterie_run_info_new (&fields);
    g_assert_false (coterie_recording_lay_out (path, info, positions, &error));
    g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
    g_assert_true (g_str_has_prefix (error->message, path));

    frame = coterie_recording_reader_load (reader, 0, NULL);
    kept = g_ptr_array_steal_index (positions, 0);
    g_assert_cmpfloat (frame->layers[0].positions[0], !=, kept->positions[0][0]);
  }
  fixture_remove_folder (folder);
}

static void
test_layout_of_a_run_that_goes_on_is_its_writers (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, 23);
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autoptr (GPtrArray) positions = NULL;
  g_autoptr (CoterieFrame) frame = NULL;
  g_autoptr (CoterieFrame) moved = NULL;
  g_autoptr (GError) error = NULL;

  fixture_add (writer, 23, 0, &error);
  g_assert_no_error (error);
  reader = coterie_recording_reader_open (path, &error);
  g_assert_no_error (error);
  frame = coterie_recording_reader_load (reader, 0, NULL);
  positions = move_all (reader, 2.0f);
  g_assert_false (coterie_recording_lay_out (path, coterie_recording_reader_get_info (reader),
                                             positions, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_clear_error (&error);

  g_assert_true (coterie_recording_writer_lay_out (
      writer, coterie_recording_reader_get_info (reader), positions, &error));
  g_assert_no_error (error);
  g_assert_true (coterie_recording_writer_finish (writer, &error));
  moved = coterie_recording_reader_load (reader, 0, NULL);
  g_assert_cmpfloat (moved->layers[0].positions[0], ==, frame->layers[0].positions[0] + 2.0f);
  fixture_remove_folder (folder);
}

/* 16.3 MiB of parameters: two pieces. */
static CoterieRunInfo *
make_large_info (void)
{
  const char *class_names[] = {"no", "yes", NULL};
  CoterieRunInfo fields = {
      .dataset = {.class_names = class_names, .width = 62, .height = 1, .n_classes = 2}};

  coterie_training_settings_init (&fields.training);
  coterie_analysis_settings_init (&fields.analysis);
  coterie_layout_settings_init (&fields.layout);
  fields.training.n_hidden = 1;
  fields.training.hidden[0] = 65536;
  return coterie_run_info_new (&fields);
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
test_large_weights_come_with_every_tenth_frame (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = make_large_info ();
  g_autoptr (CoterieNetwork) network = NULL;
  g_autoptr (CoterieRecordingWriter) writer = coterie_recording_writer_new (path, info, &error);
  g_autoptr (CoterieRecordingReader) reader = NULL;
  CoterieRng rng;

  g_assert_no_error (error);
  coterie_rng_init (&rng, 7, 0);
  network = fixture_make_network (&rng, info);
  g_assert_cmpuint (network->n_parameters, >, 4 * 1024 * 1024);
  for (guint i = 0; i < 11; i++) {
    g_autoptr (CoterieFrame) frame = fixture_make_frame (&rng, info, i, FIXTURE_NO_NODES);

    network->parameters[network->n_parameters - 1] = (float) i;
    g_assert_true (coterie_recording_writer_add (writer, frame, network, NULL, &error));
  }

  reader = coterie_recording_reader_open (path, &error);
  g_assert_no_error (error);
  assert_holds_network (reader, 10, network);
  network->parameters[network->n_parameters - 1] = 0.0f;
  assert_holds_network (reader, 0, network);
  assert_has_network (reader, 0, TRUE);
  assert_has_network (reader, 10, TRUE);
  for (guint i = 1; i < 10; i++) {
    assert_has_network (reader, i, FALSE);
    g_assert_null (coterie_recording_reader_load_network (reader, i, &error));
    g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND);
    g_clear_error (&error);
  }
  fixture_remove_folder (folder);
}

static guint64
get_file_size (const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return (guint64) status.st_size;
}

static void
test_weights_put_ahead_come_with_their_frame (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = make_large_info ();
  g_autoptr (CoterieNetwork) network = NULL;
  g_autoptr (CoterieFrame) frame = NULL;
  g_autoptr (CoterieProgress) progress = coterie_progress_new ();
  g_autoptr (CoterieRecordingWriter) writer = coterie_recording_writer_new (path, info, &error);
  g_autoptr (CoterieRecordingReader) reader = NULL;
  CoterieRng rng;

  g_assert_no_error (error);
  coterie_rng_init (&rng, 7, 0);
  network = fixture_make_network (&rng, info);
  frame = fixture_make_frame (&rng, info, 3, FIXTURE_NO_NODES);
  coterie_recording_writer_put_ahead (writer, 3, network, NULL, progress, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpfloat (coterie_progress_get_fraction (progress), >, 0.5);
  reader = coterie_recording_reader_open (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, 0);
  g_clear_pointer (&reader, coterie_recording_reader_free);

  coterie_recording_writer_add (writer, frame, network, NULL, &error);
  g_assert_no_error (error);
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);
  reader = coterie_recording_reader_open (path, &error);
  g_assert_no_error (error);
  assert_holds_network (reader, 0, network);
  fixture_remove_folder (folder);
}

static void
test_weights_put_ahead_of_nothing_leave_the_file (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = make_large_info ();
  g_autoptr (CoterieNetwork) network = NULL;
  g_autoptr (CoterieFrame) frame = NULL;
  g_autoptr (CoterieRecordingWriter) writer = coterie_recording_writer_new (path, info, &error);
  g_autoptr (CoterieRecordingReader) reader = NULL;
  CoterieRng rng;

  g_assert_no_error (error);
  coterie_rng_init (&rng, 7, 0);
  network = fixture_make_network (&rng, info);
  frame = fixture_make_frame (&rng, info, 0, FIXTURE_NO_NODES);
  coterie_recording_writer_put_ahead (writer, 0, network, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (get_file_size (path), >, 16 * 1024 * 1024);
  coterie_recording_writer_add (writer, frame, NULL, NULL, &error);
  g_assert_no_error (error);
  coterie_recording_writer_stop (writer, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (get_file_size (path), <, 4 * 1024 * 1024);
  reader = coterie_recording_reader_open (path, &error);
  g_assert_no_error (error);
  assert_has_network (reader, 0, FALSE);
  fixture_remove_folder (folder);
}

static void
test_putting_weights_ahead_ends_when_cancelled (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = make_large_info ();
  g_autoptr (CoterieNetwork) network = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CoterieRecordingWriter) writer = coterie_recording_writer_new (path, info, &error);
  CoterieRng rng;

  g_assert_no_error (error);
  coterie_rng_init (&rng, 7, 0);
  network = fixture_make_network (&rng, info);
  g_cancellable_cancel (cancellable);
  g_assert_false (
      coterie_recording_writer_put_ahead (writer, 0, network, NULL, NULL, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  fixture_remove_folder (folder);
}

static void
test_large_weights_come_with_every_frame_when_told_to (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = make_large_info ();
  g_autoptr (CoterieNetwork) network = NULL;
  g_autoptr (CoterieRecordingWriter) writer = coterie_recording_writer_new (path, info, &error);
  g_autoptr (CoterieRecordingReader) reader = NULL;
  CoterieRng rng;

  g_assert_no_error (error);
  coterie_rng_init (&rng, 7, 0);
  network = fixture_make_network (&rng, info);
  coterie_recording_writer_keep_all (writer);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (CoterieFrame) frame = fixture_make_frame (&rng, info, i, FIXTURE_NO_NODES);

    g_assert_true (coterie_recording_writer_add (writer, frame, network, NULL, &error));
  }

  reader = coterie_recording_reader_open (path, &error);
  g_assert_no_error (error);
  assert_holds_network (reader, 1, network);
  fixture_remove_folder (folder);
}

static void
test_never_overwrites (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autofree char *content = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (8);

  g_assert_true (g_file_set_contents (path, "precious", -1, NULL));
  g_assert_null (coterie_recording_writer_new (path, info, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "precious");
  fixture_remove_folder (folder);
}

static void
test_needs_a_folder (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "nowhere", "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (8);

  g_assert_null (coterie_recording_writer_new (path, info, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_assert_nonnull (strstr (error->message, g_strerror (ENOENT)));
  fixture_remove_folder (folder);
}

static void
test_odd_file_names_are_fine (void)
{
  char *folder = fixture_make_folder ();
  const char *names[] = {":memory:", "file:a?mode=ro", "a b%20#?.coterie", "sch\xf6n"};
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);
    g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, 9);

    fixture_add (writer, 9, 0, &error);
    g_assert_no_error (error);
    coterie_recording_writer_finish (writer, &error);
    g_assert_no_error (error);
    fixture_assert_holds (path, 9, 1);
  }
  g_assert_cmpuint (fixture_count_files (folder), ==, G_N_ELEMENTS (names));
  fixture_remove_folder (folder);
}

static void
test_notices_that_the_file_is_gone (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, 10);
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_remove (path), ==, 0);
  fixture_add (writer, 10, 0, &error);
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_clear_error (&error);
  g_assert_false (coterie_recording_reader_refresh (reader, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND);
  g_clear_pointer (&writer, coterie_recording_writer_free);
  fixture_remove_folder (folder);
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
test_refuses_frames_that_do_not_fit (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (11);
  g_autoptr (CoterieRunInfo) other = fixture_make_seeded_info (12);
  g_autoptr (CoterieFrame) frame = fixture_make_nth_frame (11, info, 5);
  g_autoptr (CoterieFrame) earlier = fixture_make_nth_frame (11, info, 4);
  g_autoptr (CoterieFrame) foreign = fixture_make_nth_frame (12, other, 6);
  g_autoptr (CoterieNetwork) network = fixture_make_nth_network (12, other, 6);
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, 11);

  assert_refuses (writer, foreign, NULL);
  assert_refuses (writer, frame, network);
  g_assert_true (coterie_recording_writer_add (writer, frame, NULL, NULL, &error));
  assert_refuses (writer, frame, NULL);
  assert_refuses (writer, earlier, NULL);
  fixture_remove_folder (folder);
}

/* What a trainer of that network would hold: numbers that tell where they stand. */
static CoterieTrainerState
make_state (CoterieNetwork *network, guint iteration, float *memories)
{
  CoterieTrainerState state = {
      .iteration = iteration,
      .diverged = iteration / 2,
      .n_parameters = network->n_parameters,
      .parameters = network->parameters,
      .n_memories = 2,
      .memories = {memories, memories + network->n_parameters},
  };

  for (gsize i = 0; i < 2 * network->n_parameters; i++)
    memories[i] = (float) (i % 1000) + (float) iteration;
  return state;
}

static void
assert_holds_state (const char *path, const CoterieTrainerState *expected)
{
  g_autofree float *parameters = g_new (float, expected->n_parameters);
  g_autofree float *memories = g_new (float, 2 * expected->n_parameters);
  CoterieTrainerState found = {
      .n_parameters = expected->n_parameters,
      .parameters = parameters,
      .n_memories = 2,
      .memories = {memories, memories + expected->n_parameters},
  };
  g_autoptr (GError) error = NULL;
  gsize size = expected->n_parameters * sizeof (float);
  gboolean is_there;
  guint iteration;

  g_assert_true (coterie_recording_trainer_find (path, &is_there, &iteration, &error));
  g_assert_true (is_there);
  g_assert_cmpuint (iteration, ==, expected->iteration);
  g_assert_true (coterie_recording_trainer_load (path, &found, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (found.iteration, ==, expected->iteration);
  g_assert_cmpuint (found.diverged, ==, expected->diverged);
  g_assert_cmpmem (found.parameters, size, expected->parameters, size);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpmem (found.memories[i], size, expected->memories[i], size);
}

/* Of a small network, after every frame; it takes the place of the one before. */
static void
test_state_is_that_of_the_last_frame (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, 40);
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (40);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++) {
    g_autoptr (CoterieFrame) frame = fixture_make_nth_frame (40, info, i);
    g_autoptr (CoterieNetwork) network = fixture_make_nth_network (40, info, i);
    g_autofree float *memories = g_new (float, 2 * network->n_parameters);
    CoterieTrainerState state = make_state (network, i, memories);

    coterie_recording_writer_add (writer, frame, network, &state, &error);
    g_assert_no_error (error);
    assert_holds_state (path, &state);
  }
  fixture_remove_folder (folder);
}

/* Gigabytes must not go through it: neither when they are written nor when they are taken away. */
static void
assert_log_is_short (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf status;

  g_assert_cmpint (g_stat (log, &status), ==, 0);
  g_assert_cmpint (status.st_size, <, 3 * COTERIE_RECORDING_CHUNK_BYTES / 2);
}

static void
assert_pieces_of_state (const char *path, guint expected)
{
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (database, "SELECT count(*) FROM trainer_values", -1, &statement, NULL),
      ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, expected);
  sqlite3_finalize (statement);
  sqlite3_close (database);
}

/* More than 16 MiB: with the weights, and with the last frame, which then has its own. */
static void
test_large_state_comes_with_weights_and_in_the_end (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (CoterieRunInfo) info = make_large_info ();
  g_autoptr (CoterieRunInfo) shorter = NULL;
  g_autoptr (CoterieRecordingWriter) writer = NULL;
  g_autoptr (CoterieNetwork) network = NULL;
  g_autofree float *memories = NULL;
  g_autoptr (GError) error = NULL;
  CoterieRunInfo fields = *info;
  CoterieTrainerState first, state;
  CoterieRng rng;

  fields.training.n_iterations = 2;
  fields.training.record_every = 1;
  shorter = coterie_run_info_new (&fields);
  writer = coterie_recording_writer_new (path, shorter, &error);
  coterie_rng_init (&rng, 7, 0);
  network = fixture_make_network (&rng, shorter);
  memories = g_new (float, 2 * network->n_parameters);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (CoterieFrame) frame = fixture_make_frame (&rng, shorter, i, FIXTURE_NO_NODES);

    state = make_state (network, i, memories);
    coterie_recording_writer_put_ahead (writer, i, network, &state, NULL, NULL, &error);
    g_assert_no_error (error);
    coterie_recording_writer_add (writer, frame, network, &state, &error);
    g_assert_no_error (error);
    first = make_state (network, i < 2 ? 0 : 2, memories);
    assert_holds_state (path, &first);
  }
  assert_log_is_short (path);
  assert_pieces_of_state (path, 3 * coterie_recording_trainer_count_chunks (&state));
  fixture_remove_folder (folder);
}

/* A trainer of another network or optimizer cannot take it. */
static void
test_state_of_another_trainer_is_refused (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (path, 40);
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (40);
  g_autoptr (CoterieFrame) frame = fixture_make_nth_frame (40, info, 0);
  g_autoptr (CoterieNetwork) network = fixture_make_nth_network (40, info, 0);
  g_autofree float *memories = g_new (float, 2 * network->n_parameters);
  CoterieTrainerState state = make_state (network, 0, memories);
  g_autoptr (GError) error = NULL;

  coterie_recording_writer_add (writer, frame, network, &state, &error);
  g_assert_no_error (error);

  state.n_memories = 1;
  g_assert_false (coterie_recording_trainer_load (path, &state, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED);
  g_clear_error (&error);
  state.n_memories = 2;
  state.n_parameters--;
  g_assert_false (coterie_recording_trainer_load (path, &state, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED);
  fixture_remove_folder (folder);
}

static void
test_recording_without_state_says_so (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = fixture_write (folder, 40, 2);
  CoterieTrainerState state = {0};
  g_autoptr (GError) error = NULL;
  gboolean is_there = TRUE;
  guint iteration;

  g_assert_true (coterie_recording_trainer_find (path, &is_there, &iteration, &error));
  g_assert_no_error (error);
  g_assert_false (is_there);
  g_assert_false (coterie_recording_trainer_load (path, &state, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND);
  fixture_remove_folder (folder);
}

/* A reader that saw the last frame of the ended run sees the one that took its place. */
static void
test_continued_one_is_added_to (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = g_build_filename (folder, "run.coterie", NULL);
  g_autoptr (CoterieRunInfo) seeded = fixture_make_seeded_info (40);
  CoterieRunInfo fields = *seeded;
  g_autoptr (CoterieRunInfo) info = NULL;
  g_autoptr (CoterieRecordingWriter) writer = NULL;
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  const guint iterations[] = {0, 3, 5, 6, 9};

  fields.training.record_every = 3;
  info = coterie_run_info_new (&fields);
  writer = coterie_recording_writer_new (path, info, &error);
  for (guint i = 0; i < G_N_ELEMENTS (iterations); i++) {
    g_autoptr (CoterieFrame) frame = fixture_make_nth_frame (40, info, iterations[i]);

    if (iterations[i] == 6) { /* the writer died */
      g_clear_pointer (&writer, coterie_recording_writer_free);
      reader = coterie_recording_reader_open (path, &error);
      g_assert_cmpuint (coterie_recording_reader_get_iteration (reader, 2), ==, 5);
      writer = coterie_recording_writer_continue (path, info, 3, &error);
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
  fixture_remove_folder (folder);
}

/* As on a network file system, where a writer cannot be told from none. */
static void
test_two_that_continue_do_not_mix (void)
{
  char *folder = fixture_make_folder ();
  g_autofree char *path = fixture_write (folder, 40, 2);
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
  fixture_remove_folder (folder);
}

static void
test_estimates_size (void)
{
  const guint64 few_pages = (24 + 4 * 4) * 4096;
  const guint64 frames = 4 * (4 * (90 + 22) + 4 * 30 + 4 * 6 + 4 * 36 + 240);
  const guint64 weights = 4 * (9 * 500000ull + 500001 * 2);
  const char *class_names[] = {"no", "yes", NULL};
  CoterieRunInfo info = {
      .dataset = {.class_names = class_names, .width = 4, .height = 2, .n_classes = 2}};
  guint64 n_bytes, more;

  coterie_training_settings_init (&info.training);
  coterie_analysis_settings_init (&info.analysis);
  info.training.n_hidden = 1;
  info.training.hidden[0] = 10;
  info.training.n_iterations = 5;
  info.training.record_every = 2;
  info.analysis.top = 3;

  /* Frames 0, 2, 4, 5. Weights: 9 x 10 + 11 x 2 floats. Layer: means and entropies 3 x 10,
   * representatives 2 x 3, nodes 6 with six numbers, edges 15 of 16 bytes. Once, what the optimizer
   * remembers of each weight. Pages not full: 24 of the tables, 4 of each frame with one layer. What is
   * longer than a page has 4 bytes in each that lead to the next. */
  info.training.optimizer = COTERIE_OPTIMIZER_SGD;
  g_assert_cmpuint (coterie_recording_estimate_size (&info, TRUE), ==, few_pages + frames);
  info.training.momentum = 0.9;
  g_assert_cmpuint (coterie_recording_estimate_size (&info, TRUE), ==,
                    few_pages + frames + 4 * 112 + 4);
  info.training.optimizer = COTERIE_OPTIMIZER_ADAM;
  g_assert_cmpuint (coterie_recording_estimate_size (&info, TRUE), ==,
                    few_pages + frames + 2 * 4 * 112 + 4);
  g_assert_cmpuint (coterie_recording_estimate_size (&info, FALSE), ==, few_pages + frames);

  /* Weights of more than 16 MiB: with the first of the six frames only, and once more at the end. */
  info.training.hidden[0] = 500000;
  info.training.record_every = 1;
  info.training.n_iterations = 5;
  info.analysis.top = 0;
  n_bytes = 6 * 4 * 3 * 500000 + (1 + 3) * weights;
  g_assert_cmpuint (coterie_recording_estimate_size (&info, TRUE), ==,
                    (24 + 6 * 4) * 4096 + n_bytes + n_bytes / 4092 * 4 +
                        n_bytes / 4092 / 819 * 4096);

  /* While it is written there are two states, and a log. */
  more =
      coterie_recording_estimate_room (&info, TRUE) - coterie_recording_estimate_size (&info, TRUE);
  g_assert_cmpuint (more, >, 3 * weights + 32 * 1024 * 1024);
  g_assert_cmpuint (more, <, 4 * weights + 32 * 1024 * 1024);
  more = coterie_recording_estimate_room (&info, FALSE) -
         coterie_recording_estimate_size (&info, FALSE);
  g_assert_cmpuint (more, <, weights + 32 * 1024 * 1024);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording/keeps-everything", test_keeps_everything);
  g_test_add_func ("/recording/can-be-read-while-written", test_can_be_read_while_written);
  g_test_add_func ("/recording/reader-and-writer-leave-each-other-alone",
                   test_reader_and_writer_leave_each_other_alone);
  g_test_add_func ("/recording/finishes-while-others-look", test_finishes_while_others_look);
  g_test_add_func ("/recording/says-how-the-run-ended", test_says_how_the_run_ended);
  g_test_add_func ("/recording/state-is-that-of-the-last-frame",
                   test_state_is_that_of_the_last_frame);
  g_test_add_func ("/recording/large-state-comes-with-weights-and-in-the-end",
                   test_large_state_comes_with_weights_and_in_the_end);
  g_test_add_func ("/recording/state-of-another-trainer-is-refused",
                   test_state_of_another_trainer_is_refused);
  g_test_add_func ("/recording/recording-without-state-says-so",
                   test_recording_without_state_says_so);
  g_test_add_func ("/recording/continued-one-is-added-to", test_continued_one_is_added_to);
  g_test_add_func ("/recording/two-that-continue-do-not-mix", test_two_that_continue_do_not_mix);
  g_test_add_func ("/recording/weights-may-be-left-out", test_weights_may_be_left_out);
  g_test_add_func ("/recording/large-weights-come-with-every-tenth-frame",
                   test_large_weights_come_with_every_tenth_frame);
  g_test_add_func ("/recording/weights-put-ahead-come-with-their-frame",
                   test_weights_put_ahead_come_with_their_frame);
  g_test_add_func ("/recording/weights-put-ahead-of-nothing-leave-the-file",
                   test_weights_put_ahead_of_nothing_leave_the_file);
  g_test_add_func ("/recording/putting-weights-ahead-ends-when-cancelled",
                   test_putting_weights_ahead_ends_when_cancelled);
  g_test_add_func ("/recording/large-weights-come-with-every-frame-when-told-to",
                   test_large_weights_come_with_every_frame_when_told_to);
  g_test_add_func ("/recording/never-overwrites", test_never_overwrites);
  g_test_add_func ("/recording/needs-a-folder", test_needs_a_folder);
  g_test_add_func ("/recording/odd-file-names-are-fine", test_odd_file_names_are_fine);
  g_test_add_func ("/recording/notices-that-the-file-is-gone", test_notices_that_the_file_is_gone);
  g_test_add_func ("/recording/refuses-frames-that-do-not-fit",
                   test_refuses_frames_that_do_not_fit);
  g_test_add_func ("/recording/estimates-size", test_estimates_size);
  g_test_add_func ("/recording/layout-takes-the-place-of-the-last",
                   test_layout_takes_the_place_of_the_last);
  g_test_add_func ("/recording/layout-that-does-not-fit-is-refused",
                   test_layout_that_does_not_fit_is_refused);
  g_test_add_func ("/recording/layout-of-a-run-that-goes-on-is-its-writers",
                   test_layout_of_a_run_that_goes_on_is_its_writers);
  return g_test_run ();
}
