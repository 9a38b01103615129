/* SPDX-License-Identifier: GPL-3.0-or-later */

/* coterie-cli train: does a run, and says how far it is: on a terminal in one line that is rewritten,
 * elsewhere in a line a frame, or as JSON objects. The run works on its own thread; everything here
 * happens on the main one. */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <unistd.h>

#include "cli/command-status.h"
#include "cli/commands.h"
#include "cli/dataset-choice.h"
#include "cli/json-members.h"
#include "cli/recording-json.h"
#include "cli/standard-output.h"
#include "cli/terminal.h"
#include "cli/time-left.h"
#include "cli/train-estimate.h"
#include "cli/train-forecast.h"
#include "cli/train-notes.h"
#include "cli/train-options.h"
#include "cli/train-size.h"
#include "core/dataset/known-sets.h"

#define FIRST_SILENCE_S 5

typedef struct {
  const CoterieTrainOptions *options;
  CoterieRun *run;
  GCancellable *cancellable;
  GMainLoop *loop;
  gboolean has_begun; /* or else not even the data set was found */
  gboolean on_terminal;
  gboolean warned_of_divergence;
  gboolean warned_of_silence;
  double expected_s; /* as Message has it */
  GTimer *timer;     /* since that was known */
  guint silence_source;
  guint silence_s; /* so long nothing is said before the first frame */

  /* of the last frame */
  guint n_frames;
  guint iteration;
  double training_accuracy;
  double test_accuracy;

  GError *error;
} Training;

/* What the run's thread hands over. */
typedef struct {
  Training *training;
  CoterieRunInfo *info;
  CoterieFrame *frame;
  double
      expected_s; /* before the first frame: how long it will take; negative if that is unknown */
} Message;

static void
message_free (gpointer data)
{
  Message *message = data;

  coterie_run_info_unref (message->info);
  g_clear_pointer (&message->frame, coterie_frame_unref);
  g_free (message);
}

static void
print_json (JsonBuilder *builder)
{
  g_autofree char *line = NULL;

  json_builder_end_object (builder);
  line = coterie_json_to_text (builder, FALSE);
  coterie_standard_output_put (line);
}

static void
print_expectation (double expected_s)
{
  g_autofree char *line = expected_s >= 0.0 ? coterie_train_forecast_describe (expected_s) : NULL;

  if (line != NULL)
    g_print ("%s", line);
}

static JsonBuilder *
begin_event (const char *event)
{
  JsonBuilder *builder = json_builder_new ();

  coterie_json_begin_object (builder, NULL);
  coterie_json_add_text (builder, "event", event);
  return builder;
}

static void
print_start_event (Training *training, CoterieRunInfo *info, double expected_s)
{
  g_autoptr (JsonBuilder) builder = begin_event ("start");
  g_autoptr (CoterieDatasetReport) report = coterie_run_dup_dataset_report (training->run);

  coterie_json_add_text (builder, "output", training->options->output);
  coterie_train_size_add (builder, training->options, info);
  if (expected_s >= 0.0)
    coterie_json_add_real (builder, "expected_seconds", expected_s);
  coterie_train_notes_add_left_out (builder, report);
  coterie_train_notes_add_untested (builder, report);
  coterie_recording_json_add_settings (builder, info);
  print_json (builder);
}

static void
print_frame_event (CoterieRunInfo *info, CoterieFrame *frame)
{
  g_autoptr (JsonBuilder) builder = begin_event ("frame");

  coterie_recording_json_add_frame (builder, info, frame);
  print_json (builder);
}

static void
print_end_event (Training *training)
{
  g_autoptr (JsonBuilder) builder = begin_event ("end");

  coterie_json_add_boolean (builder, "finished", training->error == NULL);
  coterie_json_add_whole (builder, "frames", training->n_frames);
  if (g_error_matches (training->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    coterie_json_add_boolean (builder, "stopped", TRUE);
  else if (training->error != NULL)
    coterie_json_add_text (builder, "error", training->error->message);
  print_json (builder);
}

static const char *
describe_stage (CoterieRunStage stage)
{
  switch (stage) {
  case COTERIE_RUN_STAGE_OPENING:
    return _ ("Reading the data set");
  case COTERIE_RUN_STAGE_PREPARATION:
    return _ ("Preparing the network");
  case COTERIE_RUN_STAGE_TRAINING:
    return _ ("training");
  case COTERIE_RUN_STAGE_ANALYSIS:
    return _ ("analysis");
  case COTERIE_RUN_STAGE_LAYOUT:
    return _ ("layout");
  case COTERIE_RUN_STAGE_WRITING:
    return _ ("writing");
  case COTERIE_RUN_STAGE_REFINEMENT:
    return _ ("layout of all iterations");
  case COTERIE_RUN_STAGE_ENDED:
  default:
    return _ ("ended");
  }
}

/* In percent, or a dash where it is undefined. */
static char *
format_accuracy (double accuracy)
{
  return isfinite (accuracy) ? g_strdup_printf ("%.2f %%", 100.0 * accuracy) : g_strdup ("—");
}

/* Translators: the values are percentages such as "97.50 %" */
static char *
describe_accuracies (const Training *training)
{
  g_autofree char *training_text = format_accuracy (training->training_accuracy);
  g_autofree char *test_text = format_accuracy (training->test_accuracy);

  return g_strdup_printf (_ ("accuracy %s training, %s test"), training_text, test_text);
}

/* Until the run has a notion of its own, what was foreseen when it began counts. */
static char *
describe_time_left (const Training *training, const CoterieRunStatus *status)
{
  double seconds_left = status->seconds_left;

  if (seconds_left < 0.0 && training->expected_s >= 0.0)
    seconds_left = MAX (training->expected_s - g_timer_elapsed (training->timer, NULL), 1.0);
  return coterie_time_left_describe (seconds_left);
}

/* Before the first iteration, when nothing is known of the time it will take. */
static void
print_preparation (const CoterieRunStatus *status)
{
  g_print ("%s", describe_stage (status->stage));
  if (status->stage_fraction > 0.0)
    g_print (" %.0f %%", 100.0 * status->stage_fraction);
}

/* Where the run is, and what the last frame said; without the end of the line. */
static void
print_status (Training *training)
{
  CoterieRunStatus status;
  g_autofree char *accuracies = describe_accuracies (training);
  g_autofree char *left = NULL;

  coterie_run_get_status (training->run, &status);
  if (status.stage < COTERIE_RUN_STAGE_TRAINING) {
    print_preparation (&status);
    return;
  }
  left = describe_time_left (training, &status);
  /* Translators: how much of the stage, for example "training", is done */
  g_print (_ ("Iteration %u of %u: %s %.0f %%"), status.iteration, status.n_iterations,
           describe_stage (status.stage), 100.0 * status.stage_fraction);
  if (training->n_frames > 0)
    g_print (", %s", accuracies);
  g_print (", %s", left);
}

static void
erase_status_line (const Training *training)
{
  if (training->on_terminal)
    g_print (COTERIE_TERMINAL_ERASE_LINE);
}

/* The line that is rewritten on a terminal. */
static void
print_status_line (Training *training)
{
  erase_status_line (training);
  print_status (training);
}

static void
print_frame_line (Training *training)
{
  CoterieRunStatus status;
  g_autofree char *accuracies = describe_accuracies (training);
  g_autofree char *left = NULL;

  coterie_run_get_status (training->run, &status);
  left = describe_time_left (training, &status);
  g_print (_ ("Iteration %u of %u: %s, %s\n"), training->iteration, status.n_iterations, accuracies,
           left);
}

/* Nothing of it would be changed by going on but the iterations. */
static void
warn_of_going_on (const Training *training)
{
  if (training->options->continued != NULL && training->n_frames == 0)
    g_printerr (_ ("coterie-cli: going on keeps the learning rate, and hardly mends that\n"));
}

static void
warn_of_divergence (const CoterieRunStatus *status)
{
  if (status->diverged > 0)
    g_printerr (_ ("coterie-cli: the training diverged in iteration %u: its numbers are no longer "
                   "finite; try a smaller learning rate\n"),
                status->diverged);
  else
    g_printerr (_ ("coterie-cli: the training diverged: in iteration %u its loss is more than ten "
                   "times that of guessing; try a smaller learning rate\n"),
                status->exploded);
}

/* Once, when it has happened. The training goes on until it is interrupted. */
static void
warn_of_failure (Training *training)
{
  CoterieRunStatus status;

  coterie_run_get_status (training->run, &status);
  if ((status.diverged > 0 || status.exploded > 0) && !training->warned_of_divergence) {
    training->warned_of_divergence = TRUE;
    erase_status_line (training);
    warn_of_divergence (&status);
    warn_of_going_on (training);
  }
  if (status.diverged == 0 && status.silent > 0 && !training->warned_of_silence) {
    training->warned_of_silence = TRUE;
    erase_status_line (training);
    g_printerr (_ ("coterie-cli: in iteration %u all neurons of layer %u are silent: all samples "
                   "look alike to the network; try a smaller learning rate\n"),
                status.silent, status.silent_layer);
    warn_of_going_on (training);
  }
}

static void
print_start (const Message *message)
{
  Training *training = message->training;
  g_autoptr (CoterieDatasetReport) report = coterie_run_dup_dataset_report (training->run);

  training->expected_s = message->expected_s;
  g_timer_start (training->timer);
  erase_status_line (training);
  coterie_train_notes_print (training->options, message->info, report);
  if (training->options->json) {
    print_start_event (training, message->info, message->expected_s);
  } else {
    coterie_train_size_print (training->options, message->info);
    print_expectation (message->expected_s);
  }
  coterie_train_size_warn_of_full_disk (training->options, message->info);
}

static gboolean
handle_message (gpointer data)
{
  Message *message = data;
  Training *training = message->training;
  CoterieFrame *frame = message->frame;

  if (frame == NULL) {
    print_start (message);
    warn_of_failure (training);
    return G_SOURCE_REMOVE;
  }

  training->n_frames++;
  training->iteration = frame->iteration;
  training->training_accuracy = frame->evaluations[COTERIE_SPLIT_TRAINING].accuracy;
  training->test_accuracy = frame->evaluations[COTERIE_SPLIT_TEST].accuracy;
  if (training->options->json)
    print_frame_event (message->info, frame);
  else if (training->on_terminal)
    print_status_line (training);
  else
    print_frame_line (training);
  warn_of_failure (training);
  return G_SOURCE_REMOVE;
}

/* On the thread of the run. */
static void
recorded_cb (CoterieRun *run, CoterieRunInfo *info, CoterieFrame *frame, gpointer data)
{
  Message *message = g_new0 (Message, 1);

  message->training = data;
  message->info = coterie_run_info_ref (info);
  message->frame = frame != NULL ? coterie_frame_ref (frame) : NULL;
  if (frame == NULL)
    message->expected_s = coterie_train_forecast_measure (
        run, info, message->training->options->settings.n_threads, message->training->cancellable);
  g_idle_add_full (G_PRIORITY_DEFAULT, handle_message, message, message_free);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Training *training = data;

  if (!coterie_run_execute_finish (result, &training->error))
    coterie_train_notes_advise (training->error);
  g_main_loop_quit (training->loop);
}

static gboolean
status_cb (gpointer data)
{
  print_status_line (data);
  return G_SOURCE_CONTINUE;
}

/* Where lines are not rewritten, the first frame may be long in coming: meanwhile there are a few lines,
 * ever further apart. */
static gboolean
silence_cb (gpointer data)
{
  Training *training = data;

  training->silence_source = 0;
  if (training->n_frames == 0) {
    print_status (training);
    g_print ("\n");
    training->silence_s *= 2;
    training->silence_source = g_timeout_add_seconds (training->silence_s, silence_cb, training);
  }
  return G_SOURCE_REMOVE;
}

static void
run_to_end (Training *training)
{
  CoterieInterruption interruption;
  guint status_source =
      training->on_terminal ? g_timeout_add (COTERIE_TERMINAL_STATUS_MS, status_cb, training) : 0;

  if (!training->on_terminal && !training->options->json) {
    training->silence_s = FIRST_SILENCE_S;
    training->silence_source = g_timeout_add_seconds (training->silence_s, silence_cb, training);
  }
  coterie_interruption_watch (&interruption, training->cancellable);
  coterie_run_execute_async (training->run, recorded_cb, training, NULL, training->cancellable,
                             ended_cb, training);
  g_main_loop_run (training->loop);

  coterie_interruption_clear (&interruption);
  g_clear_handle_id (&training->silence_source, g_source_remove);
  g_clear_handle_id (&status_source, g_source_remove);
  erase_status_line (training);
}

static void
execute (Training *training)
{
  training->has_begun = TRUE;
  training->run = coterie_run_new (&training->options->settings);
  training->cancellable = g_cancellable_new ();
  training->loop = g_main_loop_new (NULL, FALSE);
  training->expected_s = -1.0;
  training->timer = g_timer_new ();
  training->on_terminal = !training->options->json && isatty (STDOUT_FILENO);
  run_to_end (training);

  g_clear_pointer (&training->timer, g_timer_destroy);
  g_clear_pointer (&training->loop, g_main_loop_unref);
  g_clear_object (&training->cancellable);
  g_clear_pointer (&training->run, coterie_run_unref);
}

static void
report_error (Training *training)
{
  const char *output = training->options->output;

  if (!training->has_begun || !g_error_matches (training->error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_printerr ("coterie-cli: %s\n", training->error->message);
  else if (training->n_frames == 0 && training->options->continued != NULL)
    g_printerr (_ ("coterie-cli: stopped before anything was added to %s\n"),
                training->options->continued);
  else if (training->n_frames == 0)
    g_printerr (_ ("coterie-cli: stopped before anything was recorded\n"));
  else
    g_printerr (_ ("coterie-cli: stopped; the recording up to iteration %u is kept in %s\n"),
                training->iteration, output);
}

static void
report_end (Training *training)
{
  g_autofree char *accuracies = describe_accuracies (training);

  if (training->options->json)
    print_end_event (training);
  if (training->error != NULL)
    report_error (training);
  else if (!training->options->json)
    g_print (training->options->continued != NULL
                 ? g_dngettext (GETTEXT_PACKAGE, "Added %u frame to %s: %s\n",
                                "Added %u frames to %s: %s\n", training->n_frames)
                 : g_dngettext (GETTEXT_PACKAGE, "Recorded %u frame in %s: %s\n",
                                "Recorded %u frames in %s: %s\n", training->n_frames),
             training->n_frames, training->options->output, accuracies);
}

/* A recording that goes on names its data set, unless that has been moved; then it gets the new place,
 * from wherever it will be looked for. */
static gboolean
find_dataset (CoterieTrainOptions *options, GError **error)
{
  char *absolute;

  if (options->dataset == NULL)
    return TRUE;
  if (!coterie_dataset_choice_resolve (&options->dataset, options->download, error))
    return FALSE;
  if (options->continued == NULL || !g_file_test (options->dataset, G_FILE_TEST_EXISTS))
    return TRUE;
  absolute = g_canonicalize_filename (options->dataset, NULL);
  g_free (options->dataset);
  options->dataset = absolute;
  return TRUE;
}

/* Of a known data set enough is known before it is here. */
static gboolean
is_known (const CoterieTrainOptions *options)
{
  const CoterieKnownSet *set =
      options->dataset != NULL ? coterie_known_sets_find (options->dataset) : NULL;

  return set != NULL && set->kind == COTERIE_KNOWN_SET_DOWNLOAD && options->continued == NULL &&
         !options->download;
}

static int
estimate (CoterieTrainOptions *options)
{
  g_autoptr (GError) error = NULL;

  if (!find_dataset (options, &error) && is_known (options))
    g_clear_error (&error);
  if (error == NULL && !coterie_train_estimate_print (options, &error))
    coterie_train_notes_advise (error);
  return error != NULL ? coterie_command_fail (error) : COTERIE_EXIT_DONE;
}

/**
 * coterie_command_train:
 * @argc: number of arguments
 * @argv: (array length=argc): the command's name and its options
 *
 * Runs "coterie-cli train", or says what that would come to. The first interrupt or termination signal ends the run cleanly.
 *
 * Returns: the exit status: 0; 1 with a line on standard error if the run failed or was interrupted;
 *   2 if an option cannot be used
 */
int
coterie_command_train (int argc, char **argv)
{
  g_auto (CoterieTrainOptions) options = {NULL};
  g_autoptr (GError) error = NULL;
  Training training = {.options = &options};
  gboolean failed;

  if (!coterie_train_options_parse (&options, argc, argv, &error))
    return coterie_command_misuse (error);
  if (options.estimates)
    return estimate (&options);

  if (find_dataset (&options, &training.error)) {
    options.settings.source = options.dataset;
    execute (&training);
  }
  report_end (&training);

  failed = training.error != NULL;
  g_clear_error (&training.error);
  return failed ? COTERIE_EXIT_FAILED : COTERIE_EXIT_DONE;
}
