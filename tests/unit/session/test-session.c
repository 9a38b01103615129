/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/recording/recording-reader.h"
#include "core/recording/recording-writer.h"
#include "fixture.h"

#include <signal.h>
#include <unistd.h>

/* Where a process that dies records to. */
#define KILLED_PATH "COTERIE_TEST_KILLED_PATH"

static void
test_starts_empty (Fixture *fixture, gconstpointer data)
{
  CoterieRunStatus status;

  g_assert_cmpint (coterie_session_get_state (fixture->session), ==, COTERIE_SESSION_EMPTY);
  g_assert_cmpuint (coterie_session_get_n_frames (fixture->session), ==, 0);
  g_assert_cmpuint (coterie_session_get_n_layers (fixture->session), ==, 0);
  g_assert_null (coterie_session_get_current_frame (fixture->session));
  g_assert_false (coterie_session_get_status (fixture->session, &status));
}

static void
test_frames_arrive_from_a_training (Fixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings = fixture_make_settings (fixture, 3);
  CoterieSession *session = fixture->session;

  coterie_session_train (session, &settings);
  g_assert_true (coterie_session_get_busy (session));
  WAIT_UNTIL (!coterie_session_get_busy (session));

  g_assert_no_error (fixture->failure);
  g_assert_cmpuint (fixture->n_ended, ==, 1);
  g_assert_cmpint (coterie_session_get_state (session), ==, COTERIE_SESSION_SHOWING);
  g_assert_cmpuint (coterie_session_get_n_frames (session), ==, 4);
  g_assert_cmpuint (coterie_session_get_n_layers (session), ==, 2);
  g_assert_cmpuint (coterie_session_get_layer (session), ==, 2);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpuint (coterie_session_get_frame (session, i)->iteration, ==, i);
}

static void
test_opens_what_was_recorded (Fixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings = fixture_make_settings (fixture, 2);
  g_autoptr (CoterieSession) other = coterie_session_new ();

  coterie_session_train (fixture->session, &settings);
  WAIT_UNTIL (!coterie_session_get_busy (fixture->session));
  coterie_session_open (other, fixture->path);
  WAIT_UNTIL (coterie_session_get_n_frames (other) == 3);

  for (guint i = 0; i < 3; i++) {
    CoterieFrame *live = coterie_session_get_frame (fixture->session, i);
    CoterieFrame *loaded = coterie_session_get_frame (other, i);
    guint n_nodes = live->layers[0].analysis->n_nodes;

    g_assert_cmpfloat (loaded->entropy, ==, live->entropy);
    g_assert_cmpmem (loaded->layers[0].positions, n_nodes * 2 * sizeof (float),
                     live->layers[0].positions, n_nodes * 2 * sizeof (float));
  }
  g_assert_cmpstr (coterie_session_get_info (other)->dataset_hash, ==,
                   coterie_session_get_info (fixture->session)->dataset_hash);
}

static void
test_stopping_keeps_what_there_is (Fixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings = fixture_make_settings (fixture, 1000);
  CoterieSession *session = fixture->session;

  coterie_session_train (session, &settings);
  WAIT_UNTIL (coterie_session_get_n_frames (session) >= 2);
  coterie_session_stop (session);
  g_assert_cmpint (coterie_session_get_state (session), ==, COTERIE_SESSION_STOPPING);
  WAIT_UNTIL (!coterie_session_get_busy (session));

  g_assert_no_error (fixture->failure);
  g_assert_cmpint (coterie_session_get_state (session), ==, COTERIE_SESSION_SHOWING);
  g_assert_cmpuint (coterie_session_get_n_frames (session), >=, 2);
  g_assert_cmpuint (coterie_session_get_n_frames (session), <, 1000);
}

/* After a pause one may be on its way still. */
static void
let_frames_arrive (void)
{
  for (guint i = 0; i < 20; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (10000);
  }
}

static void
test_pause_holds_the_frames (Fixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings = fixture_make_settings (fixture, 1000);
  CoterieSession *session = fixture->session;
  guint n_frames;

  coterie_session_train (session, &settings);
  WAIT_UNTIL (coterie_session_get_n_frames (session) >= 1);
  coterie_session_set_paused (session, TRUE);
  g_assert_true (coterie_session_get_paused (session));
  let_frames_arrive ();
  n_frames = coterie_session_get_n_frames (session);
  let_frames_arrive ();
  g_assert_cmpuint (coterie_session_get_n_frames (session), ==, n_frames);

  coterie_session_set_paused (session, FALSE);
  WAIT_UNTIL (coterie_session_get_n_frames (session) > n_frames);
  coterie_session_stop (session);
  WAIT_UNTIL (!coterie_session_get_busy (session));
}

/* A paused training looks like one whose program was killed. */
static void
test_nothing_is_planned_until_it_is_written (Fixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings = fixture_make_settings (fixture, 1000);
  CoterieSession *writer = fixture->session;
  g_autoptr (CoterieSession) reader = coterie_session_new ();

  coterie_session_train (writer, &settings);
  WAIT_UNTIL (coterie_session_get_n_frames (writer) >= 2);
  coterie_session_set_paused (writer, TRUE);
  let_frames_arrive ();
  g_assert_cmpuint (coterie_session_get_n_planned_frames (writer), ==, 1001);

  coterie_session_open (reader, fixture->path);
  WAIT_UNTIL (coterie_session_get_n_frames (reader) >= 2 &&
              coterie_session_get_n_planned_frames (reader) ==
                  coterie_session_get_n_frames (reader));
  g_assert_false (coterie_session_get_complete (reader));
  g_assert_cmpuint (coterie_session_get_last_iteration (reader), <, 1000);

  coterie_session_set_paused (writer, FALSE);
  WAIT_UNTIL (coterie_session_get_n_planned_frames (reader) == 1001);
  g_assert_cmpuint (coterie_session_get_last_iteration (reader), ==, 1000);
  coterie_session_close (reader);
  coterie_session_stop (writer);
  WAIT_UNTIL (!coterie_session_get_busy (writer));
}

static void
test_a_broken_file_fails (Fixture *fixture, gconstpointer data)
{
  g_file_set_contents (fixture->path, "not a recording", -1, NULL);
  coterie_session_open (fixture->session, fixture->path);
  WAIT_UNTIL (fixture->failure != NULL);
  g_assert_error (fixture->failure, COTERIE_RECORDING_ERROR,
                  COTERIE_RECORDING_ERROR_NOT_A_RECORDING);
  g_assert_nonnull (strstr (fixture->failure->message, fixture->path));
  g_assert_cmpint (coterie_session_get_state (fixture->session), ==, COTERIE_SESSION_EMPTY);
}

static CoterieRunInfo *
read_info (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (path, &error);

  g_assert_no_error (error);
  return coterie_run_info_ref (coterie_recording_reader_get_info (reader));
}

/* As when its training was killed at once, or it was copied without what had not been merged yet. */
static void
test_a_recording_without_frames_fails (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieRunInfo) info = read_info (fixture->path);
  g_autofree char *path = g_strconcat (fixture->path, ".empty", NULL);
  g_autoptr (GError) error = NULL;
  CoterieRecordingWriter *writer = coterie_recording_writer_new (path, info, &error);

  g_assert_no_error (error);
  coterie_recording_writer_free (writer);
  coterie_session_open (fixture->session, path);
  WAIT_UNTIL (fixture->failure != NULL);
  g_assert_error (fixture->failure, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (fixture->failure->message, path));
  g_assert_nonnull (strstr (fixture->failure->message, "no iterations"));
  g_assert_cmpint (coterie_session_get_state (fixture->session), ==, COTERIE_SESSION_EMPTY);
}

static void
test_closing_drops_what_is_under_way (Fixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings = fixture_make_settings (fixture, 1000);
  CoterieSession *session = fixture->session;

  coterie_session_train (session, &settings);
  WAIT_UNTIL (coterie_session_get_n_frames (session) >= 1);
  coterie_session_close (session);
  g_assert_cmpint (coterie_session_get_state (session), ==, COTERIE_SESSION_EMPTY);
  for (guint i = 0; i < 50; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (10000);
  }
  g_assert_cmpuint (coterie_session_get_n_frames (session), ==, 0);
  g_assert_no_error (fixture->failure);
}

static void
test_iterations_and_positions_are_inverse (Fixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings = fixture_make_settings (fixture, 7);
  CoterieSession *session = fixture->session;
  const guint iterations[] = {0, 3, 6, 7};

  settings.training.record_every = 3;
  coterie_session_train (session, &settings);
  WAIT_UNTIL (!coterie_session_get_busy (session));

  g_assert_cmpuint (coterie_session_get_n_planned_frames (session), ==, 4);
  for (guint i = 0; i < 4; i++) {
    g_assert_cmpuint (coterie_session_get_planned_iteration (session, i), ==, iterations[i]);
    g_assert_cmpfloat (coterie_session_get_iteration_at (session, i), ==, iterations[i]);
  }
  for (double position = 0.0; position <= 3.0; position += 0.25)
    g_assert_cmpfloat_with_epsilon (
        coterie_session_get_position_of (session,
                                         coterie_session_get_iteration_at (session, position)),
        position, 1e-12);
}

#define ADD(name, test)                                                                            \
  g_test_add ("/session/session/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

static void
assert_iterations (CoterieSession *session, const guint *expected, guint n_expected)
{
  g_assert_cmpuint (coterie_session_get_n_frames (session), ==, n_expected);
  for (guint i = 0; i < n_expected; i++)
    g_assert_cmpuint (coterie_session_get_frame (session, i)->iteration, ==, expected[i]);
}

static void
test_continues_what_is_shown (Fixture *fixture, gconstpointer data)
{
  const guint first[] = {0, 2, 3}, all[] = {0, 2, 4, 5};
  CoterieRunSettings settings = fixture_make_settings (fixture, 3);
  CoterieSession *session = fixture->session;
  guint n_replaced;

  settings.training.record_every = 2;
  g_assert_false (coterie_session_get_can_continue (session));
  coterie_session_train (session, &settings);
  g_assert_false (coterie_session_get_can_continue (session));
  WAIT_UNTIL (!coterie_session_get_busy (session));
  assert_iterations (session, first, G_N_ELEMENTS (first));

  n_replaced = fixture->n_replaced;
  g_assert_true (coterie_session_get_can_continue (session));
  coterie_session_continue (session, 5, NULL);
  g_assert_true (coterie_session_get_busy (session));
  g_assert_true (coterie_session_get_continuing (session));
  g_assert_cmpuint (coterie_session_get_last_iteration (session), ==, 5);
  g_assert_cmpuint (coterie_session_get_n_planned_frames (session), ==, 4);
  assert_iterations (session, first, G_N_ELEMENTS (first));
  WAIT_UNTIL (!coterie_session_get_busy (session));

  g_assert_no_error (fixture->failure);
  g_assert_false (coterie_session_get_continuing (session));
  g_assert_cmpuint (fixture->n_ended, ==, 2);
  /* When the last frame went, and when all were laid out together. */
  g_assert_cmpuint (fixture->n_replaced - n_replaced, ==, 2);
  assert_iterations (session, all, G_N_ELEMENTS (all));
  g_assert_cmpuint (coterie_session_get_info (session)->training.n_iterations, ==, 5);
}

/* The layout is in the file by then, with the pin that the next frames obey. */
static void
test_continues_once_nodes_are_laid_out (Fixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings = fixture_make_settings (fixture, 1);
  CoterieSession *session = fixture->session;
  const CoterieLayerAnalysis *analysis;
  CoteriePin pin = {.layer = 1, .x = 300.0, .y = -200.0};

  coterie_session_train (session, &settings);
  WAIT_UNTIL (!coterie_session_get_busy (session));
  analysis = coterie_session_get_frame (session, 1)->layers[0].analysis;
  pin.neuron = analysis->neurons[0];
  coterie_session_set_pins (session, &pin, 1);
  g_assert_true (coterie_session_get_laying_out (session));
  g_assert_false (coterie_session_get_can_continue (session));
  WAIT_UNTIL (coterie_session_get_can_continue (session));
  g_assert_false (coterie_session_get_laying_out (session));

  coterie_session_continue (session, 2, NULL);
  WAIT_UNTIL (!coterie_session_get_busy (session));
  g_assert_no_error (fixture->failure);
  g_assert_cmpuint (coterie_session_get_n_frames (session), ==, 3);
  g_assert_nonnull (coterie_session_find_pin (session, 1, pin.neuron));
}

typedef struct {
  gboolean is_known;
  gboolean found;
  guint iteration;
  GError *error;
} Continuation;

static void
note_continuation (GObject *source, GAsyncResult *result, gpointer data)
{
  Continuation *continuation = data;

  continuation->found = coterie_session_find_continuation_finish (
      COTERIE_SESSION (source), result, &continuation->iteration, &continuation->error);
  continuation->is_known = TRUE;
}

static void
test_knows_from_where_it_can_be_continued (Fixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings = fixture_make_settings (fixture, 2);
  Continuation continuation = {0};

  coterie_session_train (fixture->session, &settings);
  WAIT_UNTIL (!coterie_session_get_busy (fixture->session));
  coterie_session_find_continuation_async (fixture->session, note_continuation, &continuation);
  WAIT_UNTIL (continuation.is_known);
  g_assert_no_error (continuation.error);
  g_assert_true (continuation.found);
  g_assert_cmpuint (continuation.iteration, ==, 2);
}

static void
test_knows_that_it_cannot_be_continued (Fixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings = fixture_make_settings (fixture, 1);
  Continuation continuation = {0};

  settings.leaves_state_out = TRUE;
  coterie_session_train (fixture->session, &settings);
  WAIT_UNTIL (!coterie_session_get_busy (fixture->session));
  coterie_session_find_continuation_async (fixture->session, note_continuation, &continuation);
  WAIT_UNTIL (continuation.is_known);
  g_assert_false (continuation.found);
  g_assert_error (continuation.error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND);
  g_error_free (continuation.error);
}

static void
test_what_cannot_be_continued_stays_on_view (Fixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings = fixture_make_settings (fixture, 1);
  CoterieSession *session = fixture->session;

  settings.leaves_state_out = TRUE;
  coterie_session_train (session, &settings);
  WAIT_UNTIL (!coterie_session_get_busy (session));
  coterie_session_continue (session, 5, NULL);
  WAIT_UNTIL (!coterie_session_get_busy (session));

  g_assert_error (fixture->failure, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND);
  g_assert_cmpint (coterie_session_get_state (session), ==, COTERIE_SESSION_SHOWING);
  g_assert_cmpuint (coterie_session_get_n_frames (session), ==, 2);
}

/* Between its last frame and the layout of all graphs. */
static void
die_at_last_frame (CoterieRun *run, CoterieRunInfo *info, CoterieFrame *frame, gpointer data)
{
  if (frame != NULL && frame->iteration == info->training.n_iterations)
    kill (getpid (), SIGKILL);
}

/* Has no fixture: nobody would clear it up. */
static void
run_until_killed (void)
{
  Fixture fixture = {.path = (char *) g_getenv (KILLED_PATH)};
  CoterieRunSettings settings = fixture_make_settings (&fixture, 3);
  g_autoptr (CoterieRun) run = coterie_run_new (&settings);

  coterie_run_execute (run, die_at_last_frame, NULL, NULL, NULL);
}

static void
test_completes_what_was_killed_in_the_end (Fixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->session;
  g_autoptr (CoterieRecordingReader) before = NULL;
  g_autoptr (CoterieRecordingReader) after = NULL;
  g_autoptr (CoterieSession) whole = coterie_session_new ();
  g_autofree char *whole_path = g_build_filename (fixture->folder, "whole.coterie", NULL);
  CoterieRunSettings settings = fixture_make_settings (fixture, 3);

  g_setenv (KILLED_PATH, fixture->path, TRUE);
  g_test_trap_subprocess ("/session/session/run-until-killed/subprocess", 0,
                          G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
  before = coterie_recording_reader_open (fixture->path, NULL);
  g_assert_cmpint (coterie_recording_reader_get_ending (before), ==,
                   COTERIE_RECORDING_ENDING_RUNNING);

  coterie_session_open (session, fixture->path);
  WAIT_UNTIL (coterie_session_get_complete (session));
  g_assert_true (coterie_session_get_laying_out (session));
  WAIT_UNTIL (coterie_session_get_can_continue (session));
  g_assert_no_error (fixture->failure);
  after = coterie_recording_reader_open (fixture->path, NULL);
  g_assert_cmpint (coterie_recording_reader_get_ending (after), ==,
                   COTERIE_RECORDING_ENDING_FINISHED);

  settings.output = whole_path;
  coterie_session_train (whole, &settings);
  WAIT_UNTIL (!coterie_session_get_busy (whole));
  for (guint i = 0; i < 4; i++) {
    const CoterieFrame *found = coterie_session_get_frame (session, i);
    const CoterieFrame *expected = coterie_session_get_frame (whole, i);
    gsize n_nodes = expected->layers[1].analysis->n_nodes;

    g_assert_cmpmem (found->layers[1].positions, n_nodes * 2 * sizeof (float),
                     expected->layers[1].positions, n_nodes * 2 * sizeof (float));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("starts-empty", test_starts_empty);
  ADD ("frames-arrive-from-a-training", test_frames_arrive_from_a_training);
  ADD ("continues-what-is-shown", test_continues_what_is_shown);
  ADD ("continues-once-nodes-are-laid-out", test_continues_once_nodes_are_laid_out);
  ADD ("knows-from-where-it-can-be-continued", test_knows_from_where_it_can_be_continued);
  ADD ("knows-that-it-cannot-be-continued", test_knows_that_it_cannot_be_continued);
  ADD ("what-cannot-be-continued-stays-on-view", test_what_cannot_be_continued_stays_on_view);
  ADD ("opens-what-was-recorded", test_opens_what_was_recorded);
  ADD ("stopping-keeps-what-there-is", test_stopping_keeps_what_there_is);
  ADD ("pause-holds-the-frames", test_pause_holds_the_frames);
  ADD ("nothing-is-planned-until-it-is-written", test_nothing_is_planned_until_it_is_written);
  ADD ("a-broken-file-fails", test_a_broken_file_fails);
  g_test_add ("/session/session/a-recording-without-frames-fails", Fixture, NULL,
              fixture_set_up_recorded, test_a_recording_without_frames_fails, fixture_tear_down);
  ADD ("closing-drops-what-is-under-way", test_closing_drops_what_is_under_way);
  ADD ("iterations-and-positions-are-inverse", test_iterations_and_positions_are_inverse);
  ADD ("completes-what-was-killed-in-the-end", test_completes_what_was_killed_in_the_end);
  g_test_add_func ("/session/session/run-until-killed/subprocess", run_until_killed);
  return g_test_run ();
}
