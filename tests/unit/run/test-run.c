/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/run/run.h"

#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#include "core/recording/frame-positions.h"
#include "core/recording/recording-reader.h"
#include "core/run/relayout.h"
#include "core/run/run-continuation.h"
#include "core/run/run-output.h"
#include "test-folder.h"

typedef struct {
  TestFolder *folder;
  char *output;
  CoterieRunSettings settings;
} Fixture;

/* Small enough for a run to take a fraction of a second. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  CoterieTrainingSettings *training = &fixture->settings.training;

  fixture->folder = test_folder_new ();
  fixture->output = g_build_filename (fixture->folder, "run.coterie", NULL);
  fixture->settings.source = "digits";
  fixture->settings.output = fixture->output;
  fixture->settings.n_threads = 2;
  coterie_training_settings_init (training);
  coterie_analysis_settings_init (&fixture->settings.analysis);
  training->hidden[0] = 24;
  training->hidden[1] = 16;
  training->n_iterations = 3;
  training->record_every = 2;
  training->limit = 200;
  fixture->settings.analysis.top = 4;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_folder_free (fixture->folder);
  g_free (fixture->output);
}

typedef struct {
  guint n_starts;
  GArray *iterations; /* of guint */
  GPtrArray *frames;
  GCancellable *cancellable; /* cancelled at this many frames */
  guint cancel_at;
  GThread *thread;
} Log;

static void
log_init (Log *log)
{
  *log = (Log){
      .iterations = g_array_new (FALSE, FALSE, sizeof (guint)),
      .frames = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref),
      .cancellable = g_cancellable_new (),
  };
}

static void
log_clear (Log *log)
{
  g_array_unref (log->iterations);
  g_ptr_array_unref (log->frames);
  g_object_unref (log->cancellable);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Log, log_clear)

static void
log_cb (CoterieRun *run, CoterieRunInfo *info, CoterieFrame *frame, gpointer data)
{
  Log *log = data;
  CoterieRunStatus status;

  log->thread = g_thread_self ();
  g_assert_nonnull (info);
  if (frame == NULL) {
    coterie_run_get_status (run, &status);
    g_assert_cmpint (status.stage, ==, COTERIE_RUN_STAGE_PREPARATION);
    g_assert_cmpuint (log->iterations->len, ==, 0);
    log->n_starts++;
  } else {
    g_array_append_val (log->iterations, frame->iteration);
    g_ptr_array_add (log->frames, coterie_frame_ref (frame));
    coterie_run_get_status (run, &status);
    g_assert_cmpuint (status.iteration, ==, frame->iteration);
  }
  if (log->cancel_at > 0 && log->iterations->len == log->cancel_at)
    g_cancellable_cancel (log->cancellable);
}

static void
assert_iterations (GArray *found, const guint *expected, guint n_expected)
{
  g_assert_cmpmem (found->data, found->len * sizeof (guint), expected, n_expected * sizeof (guint));
}

/* The same frames are in the file, which says how the run ended. Nodes are where they were last. */
static void
assert_recorded (const char *path, Log *log, CoterieRun *run, CoterieRecordingEnding ending)
{
  g_autoptr (GPtrArray) positions = coterie_run_dup_positions (run);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (path, &error);

  g_assert_no_error (error);
  g_assert_cmpint (coterie_recording_reader_get_ending (reader), ==, ending);
  g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, log->frames->len);
  for (guint i = 0; i < log->frames->len; i++) {
    g_autoptr (CoterieFrame) found = coterie_recording_reader_load (reader, i, &error);
    const CoterieFrame *recorded = g_ptr_array_index (log->frames, i);
    g_autoptr (CoterieFrame) expected =
        positions != NULL
            ? coterie_frame_positions_apply (g_ptr_array_index (positions, i), recorded)
            : coterie_frame_ref ((CoterieFrame *) recorded);

    g_assert_no_error (error);
    g_assert_cmpuint (found->iteration, ==, expected->iteration);
    g_assert_true (found->entropy == expected->entropy ||
                   (isnan (found->entropy) && isnan (expected->entropy)));
    g_assert_cmpmem (
        found->layers[0].positions, found->layers[0].analysis->n_nodes * 2 * sizeof (float),
        expected->layers[0].positions, expected->layers[0].analysis->n_nodes * 2 * sizeof (float));
  }
}

static void
test_records_first_every_and_last (Fixture *fixture, gconstpointer data)
{
  const guint expected[] = {0, 2, 3};
  g_autoptr (CoterieRun) run = coterie_run_new (&fixture->settings);
  g_auto (Log) log = {0};
  g_autoptr (GError) error = NULL;
  const CoterieFrame *frame;
  CoterieRunStatus status;

  log_init (&log);
  g_assert_true (coterie_run_execute (run, log_cb, &log, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (log.n_starts, ==, 1);
  assert_iterations (log.iterations, expected, G_N_ELEMENTS (expected));
  assert_recorded (fixture->output, &log, run, COTERIE_RECORDING_ENDING_FINISHED);

  frame = g_ptr_array_index (log.frames, 2);
  g_assert_cmpuint (frame->n_layers, ==, 2);
  g_assert_cmpuint (frame->layers[1].analysis->n_neurons, ==, 16);
  g_assert_cmpfloat (frame->entropy, >, 0.0);
  g_assert_cmpfloat (frame->mean_live_entropy, >, 0.0);
  g_assert_cmpfloat (frame->mean_live_entropy, <=, frame->entropy);

  coterie_run_get_status (run, &status);
  g_assert_cmpint (status.stage, ==, COTERIE_RUN_STAGE_ENDED);
  g_assert_cmpuint (status.iteration, ==, 3);
  g_assert_cmpfloat (status.fraction, ==, 1.0);
  g_assert_cmpfloat (status.seconds_left, ==, 0.0);
}

/* Whoever lays the recorded graphs out again, on whatever machine, comes to the recorded places. */
static void
test_layout_follows_from_the_recorded_graphs (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieRun) run = coterie_run_new (&fixture->settings);
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autoptr (GPtrArray) positions = NULL;
  g_autoptr (GPtrArray) others = NULL;
  g_autoptr (GError) error = NULL;
  CoterieRunInfo fields;
  guint n_moved = 0;

  g_assert_true (coterie_run_execute (run, NULL, NULL, NULL, &error));
  reader = coterie_recording_reader_open (fixture->output, &error);
  g_assert_no_error (error);
  fields = *coterie_recording_reader_get_info (reader);
  positions =
      coterie_relayout_compute_recorded (fixture->output, &fields, pool, NULL, NULL, &error);
  g_assert_no_error (error);
  fields.layout.force.scaling = 20.0;
  others = coterie_relayout_compute_recorded (fixture->output, &fields, pool, NULL, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < positions->len; i++) {
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, i, NULL);
    const CoterieFramePositions *there = g_ptr_array_index (positions, i);
    const CoterieFramePositions *elsewhere = g_ptr_array_index (others, i);

    for (guint l = 0; l < frame->n_layers; l++) {
      gsize n_bytes = 2 * there->n_nodes[l] * sizeof (float);

      g_assert_cmpmem (frame->layers[l].positions, n_bytes, there->positions[l], n_bytes);
      n_moved += memcmp (there->positions[l], elsewhere->positions[l], n_bytes) != 0;
    }
  }
  g_assert_cmpuint (n_moved, >, 0);
}

static void
test_recording_describes_the_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieRun) run = NULL;
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autoptr (GError) error = NULL;
  const CoterieRunInfo *info;

  fixture->settings.training.label_noise = 1.0;
  fixture->settings.training.seed = 77;
  run = coterie_run_new (&fixture->settings);
  g_assert_true (coterie_run_execute (run, NULL, NULL, NULL, &error));

  reader = coterie_recording_reader_open (fixture->output, &error);
  g_assert_no_error (error);
  info = coterie_recording_reader_get_info (reader);
  g_assert_cmpstr (info->dataset.source, ==, "digits");
  g_assert_cmpuint (info->n_samples[COTERIE_SPLIT_TRAINING], ==, 200);
  g_assert_cmpfloat (info->training.label_noise, ==, 1.0);
  g_assert_cmpuint (info->training.seed, ==, 77);
  g_assert_cmpuint (info->analysis.top, ==, 4);
  g_assert_true (g_str_has_prefix (info->program, "Coterie "));
}

static void
test_same_for_thread_counts (Fixture *fixture, gconstpointer data)
{
  g_auto (Log) expected = {0};
  const guint counts[] = {1, 3};

  log_init (&expected);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++) {
    g_autoptr (CoterieRun) run = NULL;

    fixture->settings.n_threads = counts[i];
    run = coterie_run_new (&fixture->settings);
    g_assert_true (coterie_run_execute (run, i == 0 ? log_cb : NULL, &expected, NULL, NULL));
    assert_recorded (fixture->output, &expected, run, COTERIE_RECORDING_ENDING_FINISHED);
    g_unlink (fixture->output);
  }
}

static void
assert_fails (const CoterieRunSettings *settings, GQuark domain, int code, const char *word)
{
  g_autoptr (CoterieRun) run = coterie_run_new (settings);
  g_autoptr (GError) error = NULL;
  CoterieRunStatus status;

  g_assert_false (coterie_run_execute (run, NULL, NULL, NULL, &error));
  g_assert_error (error, domain, code);
  g_assert_nonnull (strstr (error->message, word));
  coterie_run_get_status (run, &status);
  g_assert_cmpint (status.stage, ==, COTERIE_RUN_STAGE_ENDED);
}

static void
test_refuses_existing_output (Fixture *fixture, gconstpointer data)
{
  g_autofree char *contents = NULL;

  g_assert_true (g_file_set_contents (fixture->output, "precious", -1, NULL));
  assert_fails (&fixture->settings, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                "exists already");
  g_assert_true (g_file_get_contents (fixture->output, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "precious");
}

static void
test_refuses_missing_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *output = g_build_filename (fixture->folder, "none", "run.coterie", NULL);

  fixture->settings.output = output;
  assert_fails (&fixture->settings, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                "no folder");
}

static void
test_refuses_read_only_folder (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  if (g_access (fixture->folder, W_OK) == 0)
    g_test_skip ("this user may write everywhere");
  else
    assert_fails (&fixture->settings, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                  "cannot be written");
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);
}

static void
test_refuses_bad_settings (Fixture *fixture, gconstpointer data)
{
  fixture->settings.training.record_every = 0;
  assert_fails (&fixture->settings, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE,
                "iterations");
  fixture->settings.training.record_every = 1;
  fixture->settings.analysis.bins = 1;
  assert_fails (&fixture->settings, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE,
                "bins");
  g_assert_false (g_file_test (fixture->output, G_FILE_TEST_EXISTS));
}

static void
test_cancelled_keeps_frames (Fixture *fixture, gconstpointer data)
{
  const guint expected[] = {0, 2};
  g_autoptr (CoterieRun) run = coterie_run_new (&fixture->settings);
  g_auto (Log) log = {0};
  g_autoptr (GError) error = NULL;

  log_init (&log);
  log.cancel_at = 2;
  g_assert_false (coterie_run_execute (run, log_cb, &log, log.cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_iterations (log.iterations, expected, G_N_ELEMENTS (expected));
  assert_recorded (fixture->output, &log, run, COTERIE_RECORDING_ENDING_STOPPED);
}

static void
test_cancelled_at_once_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieRun) run = coterie_run_new (&fixture->settings);
  g_auto (Log) log = {0};
  g_autoptr (GError) error = NULL;

  log_init (&log);
  g_cancellable_cancel (log.cancellable);
  g_assert_false (coterie_run_execute (run, log_cb, &log, log.cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (g_file_test (fixture->output, G_FILE_TEST_EXISTS));
}

static void
test_diverged_goes_on_is_marked_and_not_continued (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieRun) run = NULL;
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autoptr (CoterieFrame) last = NULL;
  g_auto (Log) log = {0};
  g_autoptr (GError) error = NULL;
  CoterieRunStatus status;
  guint64 n_bad_values = 0;
  guint continued;

  /* Ten layers multiply what the first large steps have made of their weights. */
  fixture->settings.training.n_hidden = 10;
  for (guint l = 0; l < 10; l++)
    fixture->settings.training.hidden[l] = 64;
  fixture->settings.training.optimizer = COTERIE_OPTIMIZER_SGD;
  fixture->settings.training.learning_rate = 10.0;
  fixture->settings.training.momentum = 0.999;
  coterie_training_settings_set_dropout (&fixture->settings.training, 0.0);
  fixture->settings.training.batch = 4;
  run = coterie_run_new (&fixture->settings);
  log_init (&log);
  g_assert_true (coterie_run_execute (run, log_cb, &log, NULL, &error));
  g_assert_no_error (error);
  assert_recorded (fixture->output, &log, run, COTERIE_RECORDING_ENDING_FINISHED);
  coterie_run_get_status (run, &status);
  g_assert_cmpuint (status.diverged, >=, 1);
  g_assert_cmpuint (status.silent, ==, 0);

  reader = coterie_recording_reader_open (fixture->output, NULL);
  last = coterie_recording_reader_load (reader, coterie_recording_reader_get_n_frames (reader) - 1,
                                        &error);
  g_assert_no_error (error);
  g_assert_true (isnan (last->entropy));
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    g_assert_true (isnan (last->evaluations[split].accuracy));
  for (guint l = 0; l < last->n_layers; l++)
    n_bad_values += last->layers[l].analysis->n_bad_values;
  g_assert_cmpuint (n_bad_values, >, 0);
  g_assert_false (coterie_run_continuation_find (fixture->output, &continued, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DIVERGED);
}

/* Small networks fall silent instead of overflowing, and their biases swing to and fro. */
static void
test_exploded_loss_is_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieRun) run = NULL;
  g_auto (Log) log = {0};
  g_autoptr (GError) error = NULL;
  CoterieRunStatus status;
  guint first = 0;

  fixture->settings.training.optimizer = COTERIE_OPTIMIZER_SGD;
  fixture->settings.training.learning_rate = 10.0;
  fixture->settings.training.momentum = 0.999;
  coterie_training_settings_set_dropout (&fixture->settings.training, 0.0);
  fixture->settings.training.batch = 4;
  run = coterie_run_new (&fixture->settings);
  log_init (&log);
  g_assert_true (coterie_run_execute (run, log_cb, &log, NULL, &error));
  g_assert_no_error (error);

  for (guint i = log.frames->len; i > 0; i--) {
    const CoterieFrame *frame = g_ptr_array_index (log.frames, i - 1);
    double loss = frame->evaluations[COTERIE_SPLIT_TRAINING].loss;

    g_assert_true (isfinite (loss));
    if (loss > 10.0 * G_LN10)
      first = frame->iteration;
  }
  coterie_run_get_status (run, &status);
  g_assert_cmpuint (first, >=, 1);
  g_assert_cmpuint (status.exploded, ==, first);
  g_assert_cmpuint (status.diverged, ==, 0);
}

/* The first frame with a silent layer, by looking through all of them. */
static void
find_silence (const Log *log, guint *iteration, guint *layer)
{
  *iteration = *layer = 0;
  for (guint i = log->frames->len; i > 0; i--) {
    const CoterieFrame *frame = g_ptr_array_index (log->frames, i - 1);

    for (guint l = frame->n_layers; l > 0; l--)
      if (coterie_layer_analysis_is_silent (frame->layers[l - 1].analysis)) {
        *iteration = frame->iteration;
        *layer = l;
      }
  }
}

static void
test_silent_layer_is_told (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieRun) run = NULL;
  g_auto (Log) log = {0};
  g_autoptr (GError) error = NULL;
  CoterieRunStatus status;
  guint iteration, layer;

  /* The first large steps send all weights far below 0, from where there is no way back. */
  fixture->settings.training.optimizer = COTERIE_OPTIMIZER_SGD;
  fixture->settings.training.learning_rate = 10.0;
  fixture->settings.training.momentum = 0.999;
  coterie_training_settings_set_dropout (&fixture->settings.training, 0.0);
  fixture->settings.training.batch = 4;
  run = coterie_run_new (&fixture->settings);
  coterie_run_get_status (run, &status);
  g_assert_cmpuint (status.silent, ==, 0);
  log_init (&log);
  g_assert_true (coterie_run_execute (run, log_cb, &log, NULL, &error));
  g_assert_no_error (error);

  find_silence (&log, &iteration, &layer);
  g_assert_cmpuint (iteration, >=, 1);
  coterie_run_get_status (run, &status);
  g_assert_cmpuint (status.silent, ==, iteration);
  g_assert_cmpuint (status.silent_layer, ==, layer);
}

typedef struct {
  Log log;
  CoterieRun *run;
  GMainLoop *loop;
  GThread *destroy_thread;
  gboolean succeeded;
  GError *error;
} AsyncRun;

static void
async_log_cb (CoterieRun *run, CoterieRunInfo *info, CoterieFrame *frame, gpointer data)
{
  AsyncRun *async = data;

  log_cb (run, info, frame, &async->log);
}

static void
async_ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  AsyncRun *async = data;

  g_assert_null (source);
  g_assert_null (async->destroy_thread);
  async->succeeded = coterie_run_execute_finish (result, &async->error);
}

static void
async_destroy (gpointer data)
{
  AsyncRun *async = data;

  async->destroy_thread = g_thread_self ();
  g_main_loop_quit (async->loop);
}

static void
start_async (AsyncRun *async, Fixture *fixture)
{
  *async = (AsyncRun){.run = coterie_run_new (&fixture->settings),
                      .loop = g_main_loop_new (NULL, FALSE)};
  log_init (&async->log);
  coterie_run_set_paused (async->run, TRUE);
  coterie_run_execute_async (async->run, async_log_cb, async, async_destroy, async->log.cancellable,
                             async_ended_cb, async);
}

static void
end_async (AsyncRun *async)
{
  coterie_run_unref (async->run); /* the run keeps itself alive until it has ended */
  g_main_loop_run (async->loop);
  g_assert_true (async->destroy_thread == g_thread_self ());
  g_main_loop_unref (async->loop);
}

static void
test_async_pauses_and_goes_on (Fixture *fixture, gconstpointer data)
{
  const guint expected[] = {0, 2, 3};
  AsyncRun async;
  CoterieRunStatus status;

  start_async (&async, fixture);
  g_usleep (50000);
  coterie_run_get_status (async.run, &status);
  g_assert_true (status.paused);
  g_assert_cmpint (status.stage, ==, COTERIE_RUN_STAGE_OPENING);
  g_assert_cmpfloat (status.stage_fraction, ==, 0.0);

  coterie_run_set_paused (async.run, FALSE);
  coterie_run_get_status (async.run, &status);
  g_assert_false (status.paused);
  end_async (&async);
  g_assert_no_error (async.error);
  g_assert_true (async.succeeded);
  g_assert_true (async.log.thread != g_thread_self ());
  assert_iterations (async.log.iterations, expected, G_N_ELEMENTS (expected));
  log_clear (&async.log);
}

static void
test_async_cancelled_while_paused (Fixture *fixture, gconstpointer data)
{
  AsyncRun async;

  start_async (&async, fixture);
  g_usleep (20000);
  g_cancellable_cancel (async.log.cancellable);
  end_async (&async);
  g_assert_false (async.succeeded);
  g_assert_error (async.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&async.error);
  log_clear (&async.log);
}

static void
test_free_bytes_are_those_of_the_folder (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (coterie_run_output_get_free_bytes (fixture->settings.output), <, G_MAXUINT64);
  g_assert_cmpuint (coterie_run_output_get_free_bytes ("/no/such/folder/a.coterie"), ==,
                    G_MAXUINT64);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/run/records-first-every-and-last", test_records_first_every_and_last);
  ADD ("/run/layout-follows-from-the-recorded-graphs",
       test_layout_follows_from_the_recorded_graphs);
  ADD ("/run/recording-describes-the-run", test_recording_describes_the_run);
  ADD ("/run/same-for-thread-counts", test_same_for_thread_counts);
  ADD ("/run/refuses-existing-output", test_refuses_existing_output);
  ADD ("/run/refuses-missing-folder", test_refuses_missing_folder);
  ADD ("/run/refuses-read-only-folder", test_refuses_read_only_folder);
  ADD ("/run/refuses-bad-settings", test_refuses_bad_settings);
  ADD ("/run/cancelled-keeps-frames", test_cancelled_keeps_frames);
  ADD ("/run/cancelled-at-once-leaves-nothing", test_cancelled_at_once_leaves_nothing);
  ADD ("/run/diverged-goes-on-is-marked-and-not-continued",
       test_diverged_goes_on_is_marked_and_not_continued);
  ADD ("/run/exploded-loss-is-told", test_exploded_loss_is_told);
  ADD ("/run/silent-layer-is-told", test_silent_layer_is_told);
  ADD ("/run/async-pauses-and-goes-on", test_async_pauses_and_goes_on);
  ADD ("/run/async-cancelled-while-paused", test_async_cancelled_while_paused);
  ADD ("/run/free-bytes-are-those-of-the-folder", test_free_bytes_are_those_of_the_folder);
  return g_test_run ();
}
