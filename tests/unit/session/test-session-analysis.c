/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "core/dataset/dataset.h"
#include "core/recording/recording-reader.h"
#include "core/recording/recording-writer.h"
#include "session/session.h"

/* Longer than anything here takes on a slow machine under a sanitizer. */
#define PATIENCE_S 120

#define N_FRAMES 5
#define TOP 4
#define OTHER_TOP 7

typedef struct {
  CoterieSession *session;
  CoterieAnalysisSettings settings; /* as recorded */
  char *folder;
  char *path;
  GError *failure;
  guint n_replaced;
  gint first_replaced; /* frame that was the first to be replaced, or -1 */
  GPtrArray *recorded; /* as soon as all is there */
} Fixture;

/* Trained once, for all tests. */
static char *trained;
static gsize trained_size;

static gboolean
give_up (gpointer data)
{
  g_error ("nothing happened for %d s", PATIENCE_S);
  return G_SOURCE_REMOVE;
}

#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint patience = g_timeout_add_seconds (PATIENCE_S, give_up, NULL);                            \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (patience);                                                                    \
  }                                                                                                \
  G_STMT_END

static void
take_failure (Fixture *fixture, const GError *error)
{
  g_clear_error (&fixture->failure);
  fixture->failure = g_error_copy (error);
}

static void
count_replaced (Fixture *fixture)
{
  fixture->n_replaced++;
  for (guint i = 0; fixture->first_replaced < 0 && i < fixture->recorded->len; i++)
    if (coterie_session_get_frame (fixture->session, i) != g_ptr_array_index (fixture->recorded, i))
      fixture->first_replaced = (gint) i;
}

static void
train (Fixture *fixture)
{
  CoterieRunSettings settings = {.source = "digits", .output = fixture->path, .n_threads = 1};
  g_autoptr (CoterieRun) run = NULL;
  g_autoptr (GError) error = NULL;

  coterie_training_settings_init (&settings.training);
  settings.analysis = fixture->settings;
  settings.training.n_hidden = 2;
  settings.training.hidden[0] = 40;
  settings.training.hidden[1] = 30;
  settings.training.limit = 300;
  settings.training.n_iterations = N_FRAMES - 1;
  run = coterie_run_new (&settings);
  coterie_run_execute (run, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = coterie_session_new ();
  fixture->folder = g_dir_make_tmp ("coterie-session-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "run.coterie", NULL);
  fixture->recorded = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);
  fixture->first_replaced = -1;
  coterie_analysis_settings_init (&fixture->settings);
  fixture->settings.top = TOP;
  if (trained != NULL) {
    g_assert_true (g_file_set_contents (fixture->path, trained, (gssize) trained_size, NULL));
  } else {
    train (fixture);
    g_assert_true (g_file_get_contents (fixture->path, &trained, &trained_size, NULL));
  }
  g_signal_connect_swapped (fixture->session, "failed", G_CALLBACK (take_failure), fixture);
  g_signal_connect_swapped (fixture->session, "frames-replaced", G_CALLBACK (count_replaced),
                            fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) folder = g_dir_open (fixture->folder, 0, NULL);
  const char *name;

  g_object_unref (fixture->session);
  while ((name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (fixture->folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
  g_clear_error (&fixture->failure);
  g_ptr_array_unref (fixture->recorded);
}

static void
open_recording (Fixture *fixture)
{
  CoterieSession *session = fixture->session;

  coterie_session_open (session, fixture->path);
  g_assert_false (coterie_session_get_can_analyse (session));
  WAIT_UNTIL (coterie_session_get_complete (session));
  g_assert_true (coterie_session_get_can_analyse (session));
  for (guint i = 0; i < coterie_session_get_n_frames (session); i++)
    g_ptr_array_add (fixture->recorded, coterie_frame_ref (coterie_session_get_frame (session, i)));
}

static CoterieAnalysisSettings
with_top (Fixture *fixture, guint top)
{
  CoterieAnalysisSettings settings = fixture->settings;

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
assert_recorded_is_shown (Fixture *fixture)
{
  CoterieSession *session = fixture->session;

  g_assert_false (coterie_session_get_analysing (session));
  g_assert_cmpuint (coterie_session_get_n_frames (session), ==, fixture->recorded->len);
  for (guint i = 0; i < fixture->recorded->len; i++)
    g_assert_true (coterie_session_get_frame (session, i) ==
                   g_ptr_array_index (fixture->recorded, i));
  g_assert_true (coterie_analysis_settings_equal (&coterie_session_get_info (session)->analysis,
                                                  &fixture->settings));
}

static void
assert_top_is_shown (Fixture *fixture, guint top)
{
  CoterieSession *session = fixture->session;

  g_assert_no_error (fixture->failure);
  g_assert_cmpuint (coterie_session_get_info (session)->analysis.top, ==, top);
  for (guint i = 0; i < coterie_session_get_n_frames (session); i++)
    g_assert_cmpuint (count_representatives (session, i), ==, top);
}

static void
test_replaces_all_frames (Fixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->session;
  CoterieAnalysisSettings settings = with_top (fixture, OTHER_TOP);
  CoterieReanalysisStatus status;

  open_recording (fixture);
  g_assert_false (coterie_session_get_analysis_status (session, &status));
  coterie_session_analyse (session, &settings);
  g_assert_true (coterie_session_get_analysing (session));
  g_assert_true (coterie_session_get_analysis_status (session, &status));
  g_assert_cmpuint (coterie_session_get_info (session)->analysis.top, ==, OTHER_TOP);
  g_assert_cmpuint (coterie_session_get_recorded_info (session)->analysis.top, ==, TOP);

  WAIT_UNTIL (!coterie_session_get_analysing (session));
  assert_top_is_shown (fixture, OTHER_TOP);
  g_assert_cmpuint (coterie_session_get_n_frames (session), ==, N_FRAMES);
  g_assert_cmpuint (coterie_session_get_n_left_out (session), ==, 0);
  /* each by itself, then all together */
  g_assert_cmpuint (fixture->n_replaced, ==, N_FRAMES + 1);
  for (guint i = 0; i < N_FRAMES; i++)
    g_assert_cmpuint (
        count_nodes (session, i), >,
        ((CoterieFrame *) g_ptr_array_index (fixture->recorded, i))->layers[0].analysis->n_nodes);
}

static void
test_begins_with_the_current_frame (Fixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = with_top (fixture, OTHER_TOP);

  open_recording (fixture);
  coterie_timeline_scrub (coterie_session_get_timeline (fixture->session), 2.0);
  coterie_session_analyse (fixture->session, &settings);
  WAIT_UNTIL (fixture->n_replaced > 0);
  g_assert_cmpint (fixture->first_replaced, ==, 2);
}

static void
test_reset_shows_what_is_recorded (Fixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = with_top (fixture, OTHER_TOP);

  open_recording (fixture);
  coterie_session_analyse (fixture->session, &settings);
  WAIT_UNTIL (fixture->n_replaced > 0);
  coterie_session_reset_analysis (fixture->session);
  assert_recorded_is_shown (fixture);

  coterie_session_analyse (fixture->session, &settings);
  WAIT_UNTIL (!coterie_session_get_analysing (fixture->session));
  coterie_session_analyse (fixture->session, &fixture->settings);
  assert_recorded_is_shown (fixture);
}

static void
test_the_last_settings_win (Fixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = with_top (fixture, OTHER_TOP);
  CoterieAnalysisSettings last = with_top (fixture, TOP + 1);

  open_recording (fixture);
  coterie_session_analyse (fixture->session, &settings);
  WAIT_UNTIL (fixture->n_replaced > 0);
  coterie_session_analyse (fixture->session, &last);
  WAIT_UNTIL (!coterie_session_get_analysing (fixture->session));
  assert_top_is_shown (fixture, TOP + 1);
}

static void
test_given_up_shows_the_last_whole_one (Fixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = with_top (fixture, OTHER_TOP);
  CoterieAnalysisSettings next = with_top (fixture, TOP + 1);
  guint n_replaced;

  open_recording (fixture);
  coterie_session_analyse (fixture->session, &settings);
  WAIT_UNTIL (!coterie_session_get_analysing (fixture->session));
  n_replaced = fixture->n_replaced;
  coterie_session_analyse (fixture->session, &next);
  WAIT_UNTIL (fixture->n_replaced > n_replaced);
  coterie_session_stop (fixture->session);
  g_assert_false (coterie_session_get_analysing (fixture->session));
  assert_top_is_shown (fixture, OTHER_TOP);
}

static void
test_closing_ends_it (Fixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = with_top (fixture, OTHER_TOP);

  open_recording (fixture);
  coterie_session_analyse (fixture->session, &settings);
  coterie_session_close (fixture->session);
  g_assert_false (coterie_session_get_analysing (fixture->session));
  g_assert_false (coterie_session_get_can_analyse (fixture->session));
  g_assert_null (coterie_session_get_recorded_info (fixture->session));

  g_ptr_array_set_size (fixture->recorded, 0);
  open_recording (fixture);
  assert_recorded_is_shown (fixture);
  g_assert_no_error (fixture->failure);
}

/* The same frames and weights, but said to be made from something else; and without the weights of
 * every other frame. */
static void
rewrite (Fixture *fixture, const char *source, gboolean every_network)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (fixture->path, &error);
  g_autofree char *path = g_build_filename (fixture->folder, "rewritten.coterie", NULL);
  CoterieRunInfo info = *coterie_recording_reader_get_info (reader);
  g_autoptr (CoterieRecordingWriter) writer = NULL;

  info.dataset.source = source;
  writer = coterie_recording_writer_new (path, &info, &error);
  for (guint i = 0; i < N_FRAMES; i++) {
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, i, &error);
    g_autoptr (CoterieNetwork) network = coterie_recording_reader_load_network (reader, i, &error);

    coterie_recording_writer_add (writer, frame, every_network || i % 2 == 0 ? network : NULL, NULL,
                                  &error);
    g_assert_no_error (error);
  }
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_rename (path, fixture->path), ==, 0);
}

static void
test_failure_keeps_what_is_shown (Fixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = with_top (fixture, OTHER_TOP);

  rewrite (fixture, "/nowhere/to/be/found", TRUE);
  open_recording (fixture);
  coterie_session_analyse (fixture->session, &settings);
  WAIT_UNTIL (!coterie_session_get_analysing (fixture->session));
  g_assert_error (fixture->failure, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (fixture->failure->message, "/nowhere/to/be/found"));
  assert_recorded_is_shown (fixture);
}

static void
test_frames_without_weights_go_and_come_back (Fixture *fixture, gconstpointer data)
{
  CoterieSession *session = fixture->session;
  CoterieTimeline *timeline = coterie_session_get_timeline (session);
  CoterieAnalysisSettings settings = with_top (fixture, OTHER_TOP);

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
test_saves_a_recording_of_its_own (Fixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = with_top (fixture, OTHER_TOP);
  g_autofree char *path = g_build_filename (fixture->folder, "new.coterie", NULL);
  g_autoptr (CoterieSession) other = coterie_session_new ();
  gboolean is_saved = FALSE;

  open_recording (fixture);
  coterie_session_analyse (fixture->session, &settings);
  WAIT_UNTIL (!coterie_session_get_analysing (fixture->session));
  coterie_session_save_analysis_async (fixture->session, path, saved, &is_saved);
  WAIT_UNTIL (is_saved);

  coterie_session_open (other, path);
  WAIT_UNTIL (coterie_session_get_complete (other));
  g_assert_cmpuint (coterie_session_get_info (other)->analysis.top, ==, OTHER_TOP);
  g_assert_cmpuint (coterie_session_get_n_frames (other), ==, N_FRAMES);
  for (guint i = 0; i < N_FRAMES; i++)
    g_assert_cmpuint (count_nodes (other, i), ==, count_nodes (fixture->session, i));
}

static void
test_not_while_training (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "new.coterie", NULL);
  CoterieRunSettings settings = {.source = "digits", .output = path, .n_threads = 1};

  coterie_training_settings_init (&settings.training);
  coterie_analysis_settings_init (&settings.analysis);
  settings.training.hidden[0] = 24;
  settings.training.hidden[1] = 16;
  settings.training.limit = 200;
  settings.training.n_iterations = 1;
  settings.analysis.top = 2;
  g_assert_false (coterie_session_get_can_analyse (fixture->session));
  coterie_session_train (fixture->session, &settings);
  WAIT_UNTIL (coterie_session_get_n_frames (fixture->session) > 0);
  g_assert_false (coterie_session_get_can_analyse (fixture->session));
  WAIT_UNTIL (!coterie_session_get_busy (fixture->session));
  g_assert_true (coterie_session_get_can_analyse (fixture->session));
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  ADD ("/session/analysis/replaces-all-frames", test_replaces_all_frames);
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
  status = g_test_run ();
  g_free (trained);
  return status;
}
