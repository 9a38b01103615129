/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where nodes are, written again. */

#include "core/recording/recording-layout.h"
#include "fixture.h"

#include <math.h>

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
test_layout_takes_the_place_of_the_last (FixturePlace *place, gconstpointer data)
{
  g_autofree char *path = fixture_write (place->folder, 21, 4);
  g_autoptr (CoterieRecordingReader) before = fixture_open (path);
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

  after = fixture_open (path);
  g_assert_true (fixture_infos_equal (coterie_recording_reader_get_info (after), info));
  for (guint i = 0; i < 4; i++) {
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (after, i, &error);
    g_autoptr (CoterieFrame) expected = coterie_frame_positions_apply (
        g_ptr_array_index (positions, i), g_ptr_array_index (frames, i));

    g_assert_no_error (error);
    g_assert_true (fixture_frames_equal (frame, expected));
    g_assert_false (fixture_frames_equal (frame, g_ptr_array_index (frames, i)));
  }
  g_assert_cmpuint (fixture_count_files (place->folder), ==, 1);
}

/* Nothing of it: the frames are as they were. */
static void
test_layout_that_does_not_fit_is_refused (FixturePlace *place, gconstpointer data)
{
  g_autofree char *path = fixture_write (place->folder, 22, 3);
  g_autoptr (CoterieRecordingReader) reader = fixture_open (path);
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
}

static void
test_layout_of_a_run_that_goes_on_is_its_writers (FixturePlace *place, gconstpointer data)
{
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (place->path, 23);
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autoptr (GPtrArray) positions = NULL;
  g_autoptr (CoterieFrame) frame = NULL;
  g_autoptr (CoterieFrame) moved = NULL;
  g_autoptr (GError) error = NULL;

  fixture_add (writer, 23, 0, &error);
  g_assert_no_error (error);
  reader = fixture_open (place->path);
  frame = coterie_recording_reader_load (reader, 0, NULL);
  positions = move_all (reader, 2.0f);
  g_assert_false (coterie_recording_lay_out (
      place->path, coterie_recording_reader_get_info (reader), positions, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_clear_error (&error);

  g_assert_true (coterie_recording_writer_lay_out (
      writer, coterie_recording_reader_get_info (reader), positions, &error));
  g_assert_no_error (error);
  g_assert_true (coterie_recording_writer_finish (writer, &error));
  moved = coterie_recording_reader_load (reader, 0, NULL);
  g_assert_cmpfloat (moved->layers[0].positions[0], ==, frame->layers[0].positions[0] + 2.0f);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD_TEST ("/recording/layout-takes-the-place-of-the-last",
                    test_layout_takes_the_place_of_the_last, NULL);
  FIXTURE_ADD_TEST ("/recording/layout-that-does-not-fit-is-refused",
                    test_layout_that_does_not_fit_is_refused, NULL);
  FIXTURE_ADD_TEST ("/recording/layout-of-a-run-that-goes-on-is-its-writers",
                    test_layout_of_a_run_that_goes_on_is_its_writers, NULL);
  return g_test_run ();
}
