/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All layers at once: what joins them comes from the recording, away from the main thread. */

#include <glib/gstdio.h>

#include "fixture.h"

/* A training of three iterations is recorded, with the network of every frame. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings;

  fixture_set_up (fixture, data);
  settings = fixture_make_settings (fixture, 3);
  coterie_session_train (fixture->session, &settings);
  WAIT_UNTIL (!coterie_session_get_busy (fixture->session));
  g_assert_cmpuint (coterie_session_get_n_frames (fixture->session), ==, 4);
}

static void
test_weights_join_what_is_shown (Fixture *fixture, gconstpointer data)
{
  CoterieFrame *frame = coterie_session_get_frame (fixture->session, 2);
  CoterieLayerWeights *weights;

  g_assert_null (coterie_session_get_layer_weights (fixture->session, 2));
  WAIT_UNTIL (fixture->n_weights_loaded > 0);
  weights = coterie_session_get_layer_weights (fixture->session, 2);
  g_assert_nonnull (weights);
  g_assert_true (weights->known);
  g_assert_cmpuint (weights->n_pairs, ==, 1);
  g_assert_cmpuint (weights->pairs[0]->layer, ==, 1);
  g_assert_cmpuint (weights->pairs[0]->n_weights, ==,
                    COTERIE_STRONG_WEIGHTS_PER_NEURON * frame->layers[1].analysis->n_nodes);
  for (guint i = 0; i < weights->pairs[0]->n_weights; i++) {
    const CoterieStrongWeight *weight = &weights->pairs[0]->weights[i];

    g_assert_cmpint (coterie_layer_analysis_find_node (frame->layers[0].analysis, weight->source),
                     >=, 0);
    g_assert_cmpint (coterie_layer_analysis_find_node (frame->layers[1].analysis, weight->target),
                     >=, 0);
  }
}

static void
test_each_frame_has_its_network (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 4; i++)
    coterie_session_get_layer_weights (fixture->session, i);
  WAIT_UNTIL (fixture->n_weights_loaded == 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (coterie_session_get_layer_weights (fixture->session, i)->iteration, ==, i);
}

/* A frame of an iteration whose network is not recorded. */
static void
test_an_earlier_network_stands_in (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (fixture->path, &error);
  CoterieFrame later = *coterie_session_get_frame (fixture->session, 1);
  g_autoptr (CoterieLayerWeights) weights = NULL;

  later.iteration = 17;
  weights = coterie_layer_weights_load (reader, &later, &error);
  g_assert_no_error (error);
  g_assert_true (weights->known);
  g_assert_cmpuint (weights->iteration, ==, 3);
}

/* A file that is gone has no weights; it is not read again and again. */
static void
test_what_cannot_be_read_has_none (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_unlink (fixture->path), ==, 0);
  g_assert_null (coterie_session_get_layer_weights (fixture->session, 1));
  WAIT_UNTIL (fixture->n_weights_loaded == 1);
  g_assert_null (coterie_session_get_layer_weights (fixture->session, 1));
  g_assert_null (coterie_session_get_layer_weights (fixture->session, 3));
  WAIT_UNTIL (fixture->n_weights_loaded == 2);
}

static void
test_closing_forgets_the_wishes (Fixture *fixture, gconstpointer data)
{
  coterie_session_get_layer_weights (fixture->session, 1);
  coterie_session_get_layer_weights (fixture->session, 2);
  coterie_session_close (fixture->session);
  coterie_session_open (fixture->session, fixture->path);
  WAIT_UNTIL (coterie_session_get_n_frames (fixture->session) == 4);
  coterie_session_get_layer_weights (fixture->session, 3);
  WAIT_UNTIL (fixture->n_weights_loaded > 0);
  g_assert_cmpuint (fixture->n_weights_loaded, ==, 1);
  g_assert_nonnull (coterie_session_get_layer_weights (fixture->session, 3));
}

static void
count (guint *n_changes)
{
  (*n_changes)++;
}

static void
test_the_choice_is_told (Fixture *fixture, gconstpointer data)
{
  guint n_changes = 0;

  g_signal_connect_swapped (fixture->session, "notify::all-layers", G_CALLBACK (count), &n_changes);
  g_assert_false (coterie_session_get_all_layers (fixture->session));
  coterie_session_set_all_layers (fixture->session, TRUE);
  coterie_session_set_all_layers (fixture->session, TRUE);
  g_assert_cmpuint (n_changes, ==, 1);
  g_assert_true (coterie_session_get_all_layers (fixture->session));
  g_assert_cmpuint (coterie_session_get_layer (fixture->session), ==, 2);

  /* The choice is for where there are several. */
  coterie_session_close (fixture->session);
  g_assert_false (coterie_session_get_all_layers (fixture->session));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test)                                                                            \
  g_test_add ("/session/weights/" name, Fixture, NULL, set_up, test, fixture_tear_down)
  ADD ("join-what-is-shown", test_weights_join_what_is_shown);
  ADD ("each-frame-has-its-network", test_each_frame_has_its_network);
  ADD ("an-earlier-network-stands-in", test_an_earlier_network_stands_in);
  ADD ("what-cannot-be-read-has-none", test_what_cannot_be_read_has_none);
  ADD ("closing-forgets-the-wishes", test_closing_forgets_the_wishes);
  ADD ("the-choice-is-told", test_the_choice_is_told);
  return g_test_run ();
}
