/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/recording/frame-positions.h"
#include "core/recording/recording-reader.h"
#include "fixture.h"

static void
open_recording (CoterieSession *session, const char *path)
{
  coterie_session_open (session, path);
  g_assert_false (coterie_session_get_can_lay_out (session));
  WAIT_UNTIL (coterie_session_get_complete (session));
  g_assert_true (coterie_session_get_can_lay_out (session));
}

static void
set_pin (CoterieSession *session, guint layer, guint32 neuron, double x, double y)
{
  const CoteriePin pin = {layer, neuron, x, y};

  coterie_session_set_pins (session, &pin, 1);
}

static void
unset_pin (CoterieSession *session, guint layer, guint32 neuron)
{
  const CoteriePin pin = {.layer = layer, .neuron = neuron};

  coterie_session_unset_pins (session, &pin, 1);
}

/* A neuron that is a node of every frame. */
static guint32
find_lasting_neuron (CoterieSession *session, guint layer)
{
  const CoterieFrame *first = coterie_session_get_frame (session, 0);
  const CoterieLayerAnalysis *analysis = first->layers[layer - 1].analysis;

  for (guint v = 0; v < analysis->n_nodes; v++) {
    guint n_found = 0;

    for (guint i = 0; i < coterie_session_get_n_frames (session); i++) {
      const CoterieFrame *frame = coterie_session_get_frame (session, i);

      n_found += coterie_layer_analysis_find_node (frame->layers[layer - 1].analysis,
                                                   analysis->neurons[v]) >= 0;
    }
    if (n_found == coterie_session_get_n_frames (session))
      return analysis->neurons[v];
  }
  g_assert_not_reached ();
}

static void
assert_is_at (const CoterieFrame *frame, guint layer, guint32 neuron, float x, float y)
{
  const CoterieFrameLayer *shown = &frame->layers[layer - 1];
  gint node = coterie_layer_analysis_find_node (shown->analysis, neuron);

  g_assert_cmpint (node, >=, 0);
  g_assert_cmpfloat (shown->positions[2 * node], ==, x);
  g_assert_cmpfloat (shown->positions[2 * node + 1], ==, y);
}

static CoterieRecordingReader *
read_again (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  CoterieRecordingReader *reader = coterie_recording_reader_open (fixture->path, &error);

  g_assert_no_error (error);
  return reader;
}

static guint
count_recorded_pins (Fixture *fixture)
{
  g_autoptr (CoterieRecordingReader) reader = read_again (fixture);

  return coterie_recording_reader_get_info (reader)->n_pins;
}

static void
test_pinned_neuron_is_there_in_all_frames (Fixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->session;
  const CoteriePin *pin;
  guint32 neuron;
  guint n_pins;

  open_recording (session, fixture->path);
  neuron = find_lasting_neuron (session, 2);
  g_assert_null (coterie_session_find_pin (session, 2, neuron));
  set_pin (session, 2, neuron, 12.5, -3.0);
  g_assert_cmpuint (fixture->n_replaced, ==, 1);
  g_assert_cmpuint (fixture->n_pins_changed, ==, 1);
  for (guint i = 0; i < FIXTURE_N_FRAMES; i++)
    assert_is_at (coterie_session_get_frame (session, i), 2, neuron, 12.5f, -3.0f);
  pin = coterie_session_find_pin (session, 2, neuron);
  g_assert_nonnull (pin);
  g_assert_cmpfloat (pin->x, ==, 12.5);
  g_assert_cmpfloat (pin->y, ==, -3.0);
  g_assert_null (coterie_session_find_pin (session, 1, neuron));
  coterie_session_get_pins (session, &n_pins);
  g_assert_cmpuint (n_pins, ==, 1);

  /* The same again is no change. */
  set_pin (session, 2, neuron, 12.5, -3.0);
  g_assert_cmpuint (fixture->n_pins_changed, ==, 1);
}

static void
test_pins_are_kept_in_the_recording (Fixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->session;
  const CoteriePin pins[] = {{2, 0, 7.0, 8.0}, {1, 2, -1.0, 0.25}};
  g_autoptr (CoterieSession) other = coterie_session_new ();
  const CoteriePin *kept;
  guint n_pins;
  guint32 neuron;

  open_recording (session, fixture->path);
  neuron = find_lasting_neuron (session, 1);
  coterie_session_set_pins (session, pins, 2);
  set_pin (session, 1, neuron, 3.0, 4.0);
  WAIT_UNTIL (count_recorded_pins (fixture) == (neuron == 2 ? 2 : 3));
  g_assert_no_error (fixture->failure);

  open_recording (other, fixture->path);
  kept = coterie_session_get_pins (other, &n_pins);
  g_assert_true (coterie_pins_equal (kept, n_pins, coterie_session_get_info (session)->pins,
                                     coterie_session_get_info (session)->n_pins));
  g_assert_cmpuint (kept[0].layer, ==, 1);
  g_assert_cmpuint (kept[n_pins - 1].layer, ==, 2);
  for (guint i = 0; i < FIXTURE_N_FRAMES; i++)
    assert_is_at (coterie_session_get_frame (other, i), 1, neuron, 3.0f, 4.0f);
}

static void
test_neuron_is_let_go (Fixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->session;
  guint n_pins;

  open_recording (session, fixture->path);
  set_pin (session, 1, 3, 1.0, 2.0);
  set_pin (session, 2, 3, 1.0, 2.0);
  unset_pin (session, 1, 3);
  g_assert_cmpuint (fixture->n_pins_changed, ==, 3);
  coterie_session_get_pins (session, &n_pins);
  g_assert_cmpuint (n_pins, ==, 1);
  g_assert_null (coterie_session_find_pin (session, 1, 3));
  g_assert_nonnull (coterie_session_find_pin (session, 2, 3));
  WAIT_UNTIL (count_recorded_pins (fixture) == 1);

  /* One that is not pinned. */
  unset_pin (session, 1, 3);
  g_assert_cmpuint (fixture->n_pins_changed, ==, 3);
}

static void
remember_positions (CoterieSession *session, GPtrArray *positions)
{
  for (guint i = 0; i < FIXTURE_N_FRAMES; i++)
    g_ptr_array_add (positions,
                     coterie_frame_positions_new (coterie_session_get_frame (session, i)));
}

static guint
count_moved (CoterieSession *session, GPtrArray *positions)
{
  guint n_moved = 0;

  for (guint i = 0; i < FIXTURE_N_FRAMES; i++) {
    const CoterieFrame *frame = coterie_session_get_frame (session, i);
    const CoterieFramePositions *before = g_ptr_array_index (positions, i);

    for (guint l = 0; l < frame->n_layers; l++)
      for (guint j = 0; j < 2 * before->n_nodes[l]; j++)
        n_moved += frame->layers[l].positions[j] != before->positions[l][j];
  }
  return n_moved;
}

static CoterieLayoutMode
read_recorded_mode (Fixture *fixture)
{
  g_autoptr (CoterieRecordingReader) reader = read_again (fixture);

  return coterie_recording_reader_get_info (reader)->layout.mode;
}

/* And the first settings, the first places. */
static void
test_other_settings_lay_all_frames_out (Fixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->session;
  g_autoptr (GPtrArray) positions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_positions_free);
  CoterieLayoutSettings settings;

  open_recording (session, fixture->path);
  remember_positions (session, positions);
  settings = coterie_session_get_info (session)->layout;
  settings.mode = COTERIE_LAYOUT_MODE_FREE;
  coterie_session_lay_out (session, &settings);
  g_assert_true (coterie_session_get_laying_out (session));
  WAIT_UNTIL (!coterie_session_get_laying_out (session));
  g_assert_cmpuint (fixture->n_replaced, >=, FIXTURE_N_FRAMES);
  g_assert_cmpuint (count_moved (session, positions), >, 0);
  WAIT_UNTIL (read_recorded_mode (fixture) == COTERIE_LAYOUT_MODE_FREE);

  settings.mode = COTERIE_LAYOUT_MODE_ANCHORED;
  coterie_session_lay_out (session, &settings);
  WAIT_UNTIL (!coterie_session_get_laying_out (session));
  g_assert_cmpuint (count_moved (session, positions), ==, 0);
  g_assert_no_error (fixture->failure);
}

static void
test_others_make_room_for_pins (Fixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->session;
  g_autoptr (GPtrArray) positions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_positions_free);
  guint32 neuron;

  open_recording (session, fixture->path);
  neuron = find_lasting_neuron (session, 1);
  remember_positions (session, positions);
  set_pin (session, 1, neuron, 0.0, 0.0);
  WAIT_UNTIL (!coterie_session_get_laying_out (session));
  g_assert_cmpuint (count_moved (session, positions), >, 2 * FIXTURE_N_FRAMES);
  for (guint i = 0; i < FIXTURE_N_FRAMES; i++)
    assert_is_at (coterie_session_get_frame (session, i), 1, neuron, 0.0f, 0.0f);
}

/* Undone, all nodes are at once where they were, and redone, where they were before that. */
static void
test_pins_that_are_put_back_bring_the_layout_back (Fixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->session;
  g_autoptr (GPtrArray) before =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_positions_free);
  g_autoptr (GPtrArray) after =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_positions_free);
  guint32 neuron;

  open_recording (session, fixture->path);
  neuron = find_lasting_neuron (session, 1);
  remember_positions (session, before);
  set_pin (session, 1, neuron, 0.0, 0.0);
  WAIT_UNTIL (!coterie_session_get_laying_out (session));
  remember_positions (session, after);

  unset_pin (session, 1, neuron);
  g_assert_false (coterie_session_get_laying_out (session));
  g_assert_cmpuint (count_moved (session, before), ==, 0);
  set_pin (session, 1, neuron, 0.0, 0.0);
  g_assert_false (coterie_session_get_laying_out (session));
  g_assert_cmpuint (count_moved (session, after), ==, 0);

  /* In the midst of a layout, too. */
  set_pin (session, 1, neuron, 5.0, 5.0);
  g_assert_true (coterie_session_get_laying_out (session));
  unset_pin (session, 1, neuron);
  g_assert_false (coterie_session_get_laying_out (session));
  g_assert_cmpuint (count_moved (session, before), ==, 0);
  WAIT_UNTIL (count_recorded_pins (fixture) == 0);
}

static void
test_pins_need_a_recording (Fixture *fixture, gconstpointer data)
{
  guint n_pins = 5;

  g_assert_false (coterie_session_get_can_lay_out (fixture->session));
  g_assert_null (coterie_session_get_pins (fixture->session, &n_pins));
  g_assert_cmpuint (n_pins, ==, 0);
  g_assert_null (coterie_session_find_pin (fixture->session, 1, 0));
}

#define ADD(path, test)                                                                            \
  g_test_add (path, Fixture, NULL, fixture_set_up_recorded, test, fixture_tear_down)

/* The place of a neuron that is a node of the last layer of all frames, or of none. */
static void
assert_pinned_in_all_frames (CoterieSession *session, guint32 neuron, double x, double y)
{
  guint n_found = 0;

  for (guint i = 0; i < coterie_session_get_n_frames (session); i++) {
    const CoterieFrameLayer *layer = &coterie_session_get_frame (session, i)->layers[1];
    gint node = coterie_layer_analysis_find_node (layer->analysis, neuron);

    if (node < 0)
      continue;
    n_found++;
    g_assert_cmpfloat (layer->positions[2 * node], ==, (float) x);
    g_assert_cmpfloat (layer->positions[2 * node + 1], ==, (float) y);
  }
  g_assert_cmpuint (n_found, >, 0);
}

/* Pins a neuron of the first frame of a training. */
static guint32
pin_in_training (Fixture *fixture, guint n_iterations)
{
  CoterieSession *session = fixture->session;
  CoterieRunSettings settings = fixture_make_settings (fixture, n_iterations);
  guint32 neuron;

  g_assert_false (coterie_session_get_can_pin (session));
  coterie_session_train (session, &settings);
  g_assert_false (coterie_session_get_can_pin (session));
  WAIT_UNTIL (coterie_session_get_n_frames (session) > 0);
  g_assert_true (coterie_session_get_can_pin (session));
  neuron = coterie_session_get_frame (session, 0)->layers[1].analysis->neurons[0];
  set_pin (session, 2, neuron, 9.0, -4.0);
  g_assert_cmpuint (fixture->n_pins_changed, ==, 1);
  assert_pinned_in_all_frames (session, neuron, 9.0, -4.0);
  return neuron;
}

static void
assert_recorded_alike (Fixture *fixture)
{
  g_autoptr (CoterieSession) other = coterie_session_new ();

  coterie_session_open (other, fixture->path);
  WAIT_UNTIL (coterie_session_get_complete (other));
  g_assert_cmpuint (coterie_session_get_n_frames (other), ==,
                    coterie_session_get_n_frames (fixture->session));
  for (guint i = 0; i < coterie_session_get_n_frames (other); i++) {
    const CoterieFrameLayer *one = coterie_session_get_frame (other, i)->layers;
    const CoterieFrameLayer *two = coterie_session_get_frame (fixture->session, i)->layers;

    for (guint l = 0; l < 2; l++)
      g_assert_cmpmem (one[l].positions, 2 * one[l].analysis->n_nodes * sizeof (float),
                       two[l].positions, 2 * two[l].analysis->n_nodes * sizeof (float));
  }
}

static void
test_pins_hold_while_training (Fixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->session;
  guint32 neuron = pin_in_training (fixture, 3);

  WAIT_UNTIL (!coterie_session_get_busy (session));
  g_assert_no_error (fixture->failure);
  WAIT_UNTIL (!coterie_session_get_laying_out (session));
  g_assert_nonnull (coterie_session_find_pin (session, 2, neuron));
  assert_pinned_in_all_frames (session, neuron, 9.0, -4.0);
  WAIT_UNTIL (coterie_session_get_can_continue (session));
  g_assert_cmpuint (count_recorded_pins (fixture), ==, 1);
  assert_recorded_alike (fixture);
}

static void
test_pins_of_a_stopped_training_are_kept (Fixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->session;
  guint32 neuron = pin_in_training (fixture, 1000);

  coterie_session_stop (session);
  g_assert_false (coterie_session_get_can_pin (session));
  WAIT_UNTIL (coterie_session_get_can_continue (session));
  g_assert_no_error (fixture->failure);
  g_assert_cmpuint (count_recorded_pins (fixture), ==, 1);
  assert_pinned_in_all_frames (session, neuron, 9.0, -4.0);
  assert_recorded_alike (fixture);
}

static void
test_a_pin_is_taken_back_while_training (Fixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->session;
  guint32 neuron = pin_in_training (fixture, 3);

  unset_pin (session, 2, neuron);
  g_assert_null (coterie_session_find_pin (session, 2, neuron));
  WAIT_UNTIL (!coterie_session_get_busy (session));
  WAIT_UNTIL (coterie_session_get_can_continue (session));
  g_assert_no_error (fixture->failure);
  g_assert_null (coterie_session_find_pin (session, 2, neuron));
  g_assert_cmpuint (count_recorded_pins (fixture), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/layout/pinned-neuron-is-there-in-all-frames",
       test_pinned_neuron_is_there_in_all_frames);
  ADD ("/session/layout/pins-are-kept-in-the-recording", test_pins_are_kept_in_the_recording);
  ADD ("/session/layout/neuron-is-let-go", test_neuron_is_let_go);
  ADD ("/session/layout/other-settings-lay-all-frames-out", test_other_settings_lay_all_frames_out);
  ADD ("/session/layout/others-make-room-for-pins", test_others_make_room_for_pins);
  ADD ("/session/layout/pins-that-are-put-back-bring-the-layout-back",
       test_pins_that_are_put_back_bring_the_layout_back);
  ADD ("/session/layout/pins-need-a-recording", test_pins_need_a_recording);
  g_test_add ("/session/layout/pins-hold-while-training", Fixture, NULL, fixture_set_up,
              test_pins_hold_while_training, fixture_tear_down);
  g_test_add ("/session/layout/pins-of-a-stopped-training-are-kept", Fixture, NULL, fixture_set_up,
              test_pins_of_a_stopped_training_are_kept, fixture_tear_down);
  g_test_add ("/session/layout/a-pin-is-taken-back-while-training", Fixture, NULL, fixture_set_up,
              test_a_pin_is_taken_back_while_training, fixture_tear_down);
  return g_test_run ();
}
