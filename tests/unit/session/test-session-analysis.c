/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "core/dataset/dataset.h"
#include "core/recording/recording-reader.h"
#include "core/recording/recording-writer.h"
#include "fixture.h"

#define OTHER_TOP 7

typedef struct {
  Fixture base;
  GPtrArray *recorded; /* as soon as all is there */
  gint first_replaced; /* frame that was the first to be replaced, or -1 */
} AnalysisFixture;

static void
note_first_replaced (AnalysisFixture *fixture)
{
  for (guint i = 0; fixture->first_replaced < 0 && i < fixture->recorded->len; i++)
    if (coterie_session_get_frame (fixture->base.session, i) !=
        g_ptr_array_index (fixture->recorded, i))
      fixture->first_replaced = (gint) i;
}

static void
set_up (AnalysisFixture *fixture, gconstpointer data)
{
  fixture_set_up_recorded (&fixture->base, data);
  fixture->recorded = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);
  fixture->first_replaced = -1;
  g_signal_connect_swapped (fixture->base.session, "frames-replaced",
                            G_CALLBACK (note_first_replaced), fixture);
}

static void
tear_down (AnalysisFixture *fixture, gconstpointer data)
{
  fixture_tear_down (&fixture->base, data);
  g_ptr_array_unref (fixture->recorded);
}

static void
open_recording (AnalysisFixture *fixture)
{
  CoterieSession *session = fixture->base.session;

  coterie_session_open (session, fixture->base.path);
  g_assert_false (coterie_session_get_can_analyse (session));
  WAIT_UNTIL (coterie_session_get_complete (session));
  g_assert_true (coterie_session_get_can_analyse (session));
  for (guint i = 0; i < coterie_session_get_n_frames (session); i++)
    g_ptr_array_add (fixture->recorded, coterie_frame_ref (coterie_session_get_frame (session, i)));
}

static CoterieAnalysisSettings
make_settings (guint top)
{
  CoterieAnalysisSettings settings;

  coterie_analysis_settings_init (&settings);
  settings.top = top;
  return settings;
}

static guint
count_nodes (CoterieSession *session, guint frame)
{
  return coterie_session_get_frame (session, frame)->layers[0].analysis->n_nodes;
}

static guint
count_representatives (CoterieSession *session, guint frame)
{
  return coterie_session_get_frame (session, frame)->layers[0].analysis->n_representatives[0];
}

static void
assert_recorded_is_shown (AnalysisFixture *fixture)
{
  CoterieAnalysisSettings settings = make_settings (FIXTURE_TOP);
  CoterieSession *session = fixture->base.session;

  g_assert_false (coterie_session_get_analysing (session));
  g_assert_cmpuint (coterie_session_get_n_frames (session), ==, fixture->recorded->len);
  for (guint i = 0; i < fixture->recorded->len; i++)
    g_assert_true (coterie_session_get_frame (session, i) ==
                   g_ptr_array_index (fixture->recorded, i));
  g_assert_true (
      coterie_analysis_settings_equal (&coterie_session_get_info (session)->analysis, &settings));
}

static void
assert_top_is_shown (AnalysisFixture *fixture, guint top)
{
  CoterieSession *session = fixture->base.session;

  g_assert_no_error (fixture->base.failure);
  g_assert_cmpuint (coterie_session_get_info (session)->analysis.top, ==, top);
  for (guint i = 0; i < coterie_session_get_n_frames (session); i++)
    g_assert_cmpuint (count_representatives (session, i), ==, top);
}

static void
test_replaces_all_frames (AnalysisFixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->base.session;
  CoterieAnalysisSettings settings = make_settings (OTHER_TOP);
  CoterieReanalysisStatus status;

  open_recording (fixture);
  g_assert_false (coterie_session_get_analysis_status (session, &status));
  coterie_session_analyse (session, &settings);
  g_assert_true (coterie_session_get_analysing (session));
  g_assert_true (coterie_session_get_analysis_status (session, &status));
  g_assert_cmpuint (coterie_session_get_info (session)->analysis.top, ==, OTHER_TOP);
  g_assert_cmpuint (coterie_session_get_recorded_info (session)->analysis.top, ==, FIXTURE_TOP);

  WAIT_UNTIL (!coterie_session_get_analysing (session));
  assert_top_is_shown (fixture, OTHER_TOP);
  g_assert_cmpuint (coterie_session_get_n_frames (session), ==, FIXTURE_N_FRAMES);
  g_assert_cmpuint (coterie_session_get_n_left_out (session), ==, 0);
  /* each by itself, then all together */
  g_assert_cmpuint (fixture->base.n_replaced, ==, FIXTURE_N_FRAMES + 1);
  for (guint i = 0; i < FIXTURE_N_FRAMES; i++)
    g_assert_cmpuint (
        count_nodes (session, i), >,
        ((CoterieFrame *) g_ptr_array_index (fixture->recorded, i))->layers[0].analysis->n_nodes);
}

static guint
count_outdated (CoterieSession *session)
{
  guint n_outdated = 0;

  for (guint i = 0; i < coterie_session_get_n_frames (session); i++)
    n_outdated += coterie_session_get_outdated (session, i);
  return n_outdated;
}

static void
note_outdated (CoterieSession *session, GArray *counts)
{
  guint n_outdated = count_outdated (session);

  g_array_append_val (counts, n_outdated);
}

/* At first all are, then one less with each that is ready, and in the end none. */
static void
test_tells_what_is_outdated (AnalysisFixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->base.session;
  CoterieAnalysisSettings settings = make_settings (OTHER_TOP);
  g_autoptr (GArray) counts = g_array_new (FALSE, FALSE, sizeof (guint));

  open_recording (fixture);
  g_assert_cmpuint (count_outdated (session), ==, 0);
  g_signal_connect (session, "frames-replaced", G_CALLBACK (note_outdated), counts);
  coterie_session_analyse (session, &settings);
  g_assert_cmpuint (count_outdated (session), ==, FIXTURE_N_FRAMES);
  WAIT_UNTIL (!coterie_session_get_analysing (session));
  g_assert_cmpuint (counts->len, ==, FIXTURE_N_FRAMES + 1);
  for (guint i = 0; i < FIXTURE_N_FRAMES; i++)
    g_assert_cmpuint (g_array_index (counts, guint, i), ==, FIXTURE_N_FRAMES - 1 - i);
  g_assert_cmpuint (count_outdated (session), ==, 0);
  g_signal_handlers_disconnect_by_data (session, counts);
}

static void
test_begins_with_the_current_frame (AnalysisFixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = make_settings (OTHER_TOP);

  open_recording (fixture);
  coterie_timeline_scrub (coterie_session_get_timeline (fixture->base.session), 2.0);
  coterie_session_analyse (fixture->base.session, &settings);
  WAIT_UNTIL (fixture->base.n_replaced > 0);
  g_assert_cmpint (fixture->first_replaced, ==, 2);
}

static void
test_reset_shows_what_is_recorded (AnalysisFixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = make_settings (OTHER_TOP);
  CoterieAnalysisSettings recorded = make_settings (FIXTURE_TOP);

  open_recording (fixture);
  coterie_session_analyse (fixture->base.session, &settings);
  WAIT_UNTIL (fixture->base.n_replaced > 0);
  coterie_session_reset_analysis (fixture->base.session);
  assert_recorded_is_shown (fixture);

  coterie_session_analyse (fixture->base.session, &settings);
  WAIT_UNTIL (!coterie_session_get_analysing (fixture->base.session));
  coterie_session_analyse (fixture->base.session, &recorded);
  assert_recorded_is_shown (fixture);
}

static void
test_the_last_settings_win (AnalysisFixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = make_settings (OTHER_TOP);
  CoterieAnalysisSettings last = make_settings (FIXTURE_TOP + 1);

  open_recording (fixture);
  coterie_session_analyse (fixture->base.session, &settings);
  WAIT_UNTIL (fixture->base.n_replaced > 0);
  coterie_session_analyse (fixture->base.session, &last);
  WAIT_UNTIL (!coterie_session_get_analysing (fixture->base.session));
  assert_top_is_shown (fixture, FIXTURE_TOP + 1);
}

static void
test_given_up_shows_the_last_whole_one (AnalysisFixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = make_settings (OTHER_TOP);
  CoterieAnalysisSettings next = make_settings (FIXTURE_TOP + 1);
  guint n_replaced;

  open_recording (fixture);
  coterie_session_analyse (fixture->base.session, &settings);
  WAIT_UNTIL (!coterie_session_get_analysing (fixture->base.session));
  n_replaced = fixture->base.n_replaced;
  coterie_session_analyse (fixture->base.session, &next);
  WAIT_UNTIL (fixture->base.n_replaced > n_replaced);
  coterie_session_stop (fixture->base.session);
  g_assert_false (coterie_session_get_analysing (fixture->base.session));
  assert_top_is_shown (fixture, OTHER_TOP);
}

static void
test_closing_ends_it (AnalysisFixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = make_settings (OTHER_TOP);

  open_recording (fixture);
  coterie_session_analyse (fixture->base.session, &settings);
  coterie_session_close (fixture->base.session);
  g_assert_false (coterie_session_get_analysing (fixture->base.session));
  g_assert_false (coterie_session_get_can_analyse (fixture->base.session));
  g_assert_null (coterie_session_get_recorded_info (fixture->base.session));

  g_ptr_array_set_size (fixture->recorded, 0);
  open_recording (fixture);
  assert_recorded_is_shown (fixture);
  g_assert_no_error (fixture->base.failure);
}

/* The same frames and weights, but said to be made from something else; and without the weights of
 * every other frame. */
static void
rewrite (AnalysisFixture *fixture, const char *source, gboolean every_network)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingReader) reader =
      coterie_recording_reader_open (fixture->base.path, &error);
  g_autofree char *path = g_build_filename (fixture->base.folder, "rewritten.coterie", NULL);
  CoterieRunInfo info = *coterie_recording_reader_get_info (reader);
  g_autoptr (CoterieRecordingWriter) writer = NULL;

  info.dataset.source = source;
  writer = coterie_recording_writer_new (path, &info, &error);
  for (guint i = 0; i < FIXTURE_N_FRAMES; i++) {
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, i, &error);
    g_autoptr (CoterieNetwork) network = coterie_recording_reader_load_network (reader, i, &error);

    coterie_recording_writer_add (writer, frame, every_network || i % 2 == 0 ? network : NULL, NULL,
                                  &error);
    g_assert_no_error (error);
  }
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_rename (path, fixture->base.path), ==, 0);
}

static void
test_failure_keeps_what_is_shown (AnalysisFixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = make_settings (OTHER_TOP);

  rewrite (fixture, "/nowhere/to/be/found", TRUE);
  open_recording (fixture);
  coterie_session_analyse (fixture->base.session, &settings);
  WAIT_UNTIL (!coterie_session_get_analysing (fixture->base.session));
  g_assert_error (fixture->base.failure, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (fixture->base.failure->message, "/nowhere/to/be/found"));
  assert_recorded_is_shown (fixture);
}

static void
test_frames_without_weights_go_and_come_back (AnalysisFixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->base.session;
  CoterieTimeline *timeline = coterie_session_get_timeline (session);
  CoterieAnalysisSettings settings = make_settings (OTHER_TOP);

  rewrite (fixture, "digits", FALSE);
  open_recording (fixture);
  coterie_timeline_scrub (timeline, 2.0);
  coterie_session_analyse (session, &settings);
  WAIT_UNTIL (!coterie_session_get_analysing (session));
  assert_top_is_shown (fixture, OTHER_TOP);
  g_assert_cmpuint (coterie_session_get_n_frames (session), ==, 3);
  g_assert_cmpuint (coterie_session_get_n_left_out (session), ==, 2);
  g_assert_cmpuint (coterie_session_get_current_frame (session)->iteration, ==, 2);
  g_assert_cmpuint (coterie_session_get_n_planned_frames (session), ==, 3);

  coterie_session_reset_analysis (session);
  assert_recorded_is_shown (fixture);
  g_assert_cmpuint (coterie_session_get_n_left_out (session), ==, 0);
  g_assert_cmpuint (coterie_session_get_current_frame (session)->iteration, ==, 2);
}

static void
saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (coterie_session_save_analysis_finish (COTERIE_SESSION (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

static void
test_saves_a_recording_of_its_own (AnalysisFixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = make_settings (OTHER_TOP);
  g_autofree char *path = g_build_filename (fixture->base.folder, "new.coterie", NULL);
  g_autoptr (CoterieSession) other = coterie_session_new ();
  gboolean is_saved = FALSE;

  open_recording (fixture);
  coterie_session_analyse (fixture->base.session, &settings);
  WAIT_UNTIL (!coterie_session_get_analysing (fixture->base.session));
  coterie_session_save_analysis_async (fixture->base.session, path, saved, &is_saved);
  WAIT_UNTIL (is_saved);

  coterie_session_open (other, path);
  WAIT_UNTIL (coterie_session_get_complete (other));
  g_assert_cmpuint (coterie_session_get_info (other)->analysis.top, ==, OTHER_TOP);
  g_assert_cmpuint (coterie_session_get_n_frames (other), ==, FIXTURE_N_FRAMES);
  for (guint i = 0; i < FIXTURE_N_FRAMES; i++)
    g_assert_cmpuint (count_nodes (other, i), ==, count_nodes (fixture->base.session, i));
}

static void
test_not_while_training (AnalysisFixture *fixture, gconstpointer data)
{
  CoterieRunSettings settings = fixture_make_settings (&fixture->base, 1);
  g_autofree char *path = g_build_filename (fixture->base.folder, "new.coterie", NULL);

  settings.output = path;
  g_assert_false (coterie_session_get_can_analyse (fixture->base.session));
  coterie_session_train (fixture->base.session, &settings);
  WAIT_UNTIL (coterie_session_get_n_frames (fixture->base.session) > 0);
  g_assert_false (coterie_session_get_can_analyse (fixture->base.session));
  WAIT_UNTIL (!coterie_session_get_busy (fixture->base.session));
  g_assert_true (coterie_session_get_can_analyse (fixture->base.session));
}

#define ADD(path, func) g_test_add (path, AnalysisFixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/session/analysis/replaces-all-frames", test_replaces_all_frames);
  ADD ("/session/analysis/tells-what-is-outdated", test_tells_what_is_outdated);
  ADD ("/session/analysis/begins-with-the-current-frame", test_begins_with_the_current_frame);
  ADD ("/session/analysis/reset-shows-what-is-recorded", test_reset_shows_what_is_recorded);
  ADD ("/session/analysis/the-last-settings-win", test_the_last_settings_win);
  ADD ("/session/analysis/given-up-shows-the-last-whole-one",
       test_given_up_shows_the_last_whole_one);
  ADD ("/session/analysis/closing-ends-it", test_closing_ends_it);
  ADD ("/session/analysis/failure-keeps-what-is-shown", test_failure_keeps_what_is_shown);
  ADD ("/session/analysis/frames-without-weights-go-and-come-back",
       test_frames_without_weights_go_and_come_back);
  ADD ("/session/analysis/saves-a-recording-of-its-own", test_saves_a_recording_of_its_own);
  ADD ("/session/analysis/not-while-training", test_not_while_training);
  return g_test_run ();
}
