/* SPDX-License-Identifier: GPL-3.0-or-later */

/* coterie-cli analyze: the analysis of a recording with other settings, without training again. The
 * result is printed as "info" prints a recording, or becomes a recording of its own. The work is done
 * on a thread of its own; everything here happens on the main one. */

#include "config.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "cli/command-status.h"
#include "cli/commands.h"
#include "cli/dataset-choice.h"
#include "cli/info-subject.h"
#include "cli/number-text.h"
#include "cli/output-file.h"
#include "cli/setting-options.h"
#include "cli/terminal.h"
#include "cli/time-left.h"
#include "core/run/reanalysis-writer.h"
#include "core/run/reanalysis.h"
#include "core/run/run-output.h"

typedef struct {
  char *recording;
  char *output;
  gboolean force;
  char *dataset;
  char *layer_text;
  guint layer; /* 0 for all */
  gboolean json;
  CoterieSettingOptions *settings;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->recording);
  g_free (options->output);
  g_free (options->dataset);
  g_free (options->layer_text);
  g_clear_pointer (&options->settings, coterie_setting_options_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

typedef struct {
  const Options *options;
  CoterieRunSettings settings;
  CoterieRecordingReader *reader;
  CoterieReanalysis *reanalysis;
  GCancellable *cancellable;
  GMainLoop *loop;
  GPtrArray *frames;
  GError *error;
} Work;

static void
work_clear (Work *work)
{
  g_clear_pointer (&work->reader, coterie_recording_reader_free);
  g_clear_pointer (&work->reanalysis, coterie_reanalysis_unref);
  g_clear_object (&work->cancellable);
  g_clear_pointer (&work->loop, g_main_loop_unref);
  g_clear_pointer (&work->frames, g_ptr_array_unref);
  g_clear_error (&work->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static gboolean
take_recording (Options *options, char **recordings, GError **error)
{
  guint n_recordings = recordings != NULL ? g_strv_length (recordings) : 0;

  if (n_recordings != 1) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("%u recordings given, expected one"), n_recordings);
    return FALSE;
  }
  options->recording = g_strdup (recordings[0]);
  return TRUE;
}

static gboolean
check_values (Options *options, GError **error)
{
  CoterieRunSettings tried = {NULL};

  coterie_training_settings_init (&tried.training);
  coterie_analysis_settings_init (&tried.analysis);
  if (!coterie_setting_options_apply (options->settings, &tried, NULL, error))
    return FALSE;
  if (options->output != NULL && *options->output == '\0') {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s is needed"), "-o");
    return FALSE;
  }
  if (options->layer_text == NULL ||
      coterie_number_text_read_uint (options->layer_text, 1, COTERIE_MAX_HIDDEN_LAYERS,
                                     &options->layer, error))
    return TRUE;
  g_prefix_error (error, "--layer: ");
  return FALSE;
}

static gboolean
parse_options (Options *options, int argc, char **argv, GError **error)
{
  g_auto (GStrv) recordings = NULL;
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
       N_ ("Record the result, with all layers; must not exist yet (print it)"), N_ ("FILE")},
      {"force", 0, 0, G_OPTION_ARG_NONE, &options->force, COTERIE_OUTPUT_FILE_FORCE, NULL},
      {"dataset", 0, 0, G_OPTION_ARG_FILENAME, &options->dataset,
       N_ ("Where the data set is now, if it has moved: a name or a path"), N_ ("NAME|PATH")},
      {"layer", 'l', 0, G_OPTION_ARG_STRING, &options->layer_text,
       N_ ("Print this hidden layer only, from 1 (all)"), N_ ("NUMBER")},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print a JSON object"), NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &recordings, NULL, N_ ("RECORDING")},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (
      context,
      _ ("Analyses the networks of a recording again, with other settings, without training. The\n"
         "content of the data set must be the recorded one. The recording stays as it is."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  options->settings = coterie_setting_options_new (COTERIE_SETTINGS_OF_RECORDINGS, context);
  return g_option_context_parse (context, &argc, &argv, error) &&
         take_recording (options, recordings, error) && check_values (options, error);
}

/* Nothing that is not there already is replaced, so its folder must do. */
static gboolean
check_output (const Options *options, const char *dataset, GError **error)
{
  const char *const inputs[] = {options->recording, dataset, NULL};

  if (options->output == NULL)
    return TRUE;
  if (!coterie_output_file_check (options->output, options->force, inputs, error))
    return FALSE;
  return g_file_test (options->output, G_FILE_TEST_EXISTS) ||
         coterie_run_output_check (options->output, error);
}

/* Whatever can be found out before the work begins. */
static gboolean
prepare (Work *work, GError **error)
{
  const Options *options = work->options;
  g_autofree char *dataset = g_strdup (options->dataset);
  const CoterieRunInfo *info;

  if (dataset != NULL)
    coterie_dataset_choice_resolve (&dataset, FALSE, NULL); /* what is not here cannot be opened */
  work->reader = coterie_recording_reader_open (options->recording, error);
  if (work->reader == NULL)
    return FALSE;
  info = coterie_recording_reader_get_info (work->reader);
  if (options->layer > info->training.n_hidden) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("%s: there is no layer %u, the recording has %u hidden layers"),
                 options->recording, options->layer, info->training.n_hidden);
    return FALSE;
  }
  if (!check_output (options, dataset != NULL ? dataset : info->dataset.source, error))
    return FALSE;

  work->settings.training = info->training;
  work->settings.analysis = info->analysis;
  if (!coterie_setting_options_apply (options->settings, &work->settings, NULL, error))
    return FALSE;
  work->reanalysis = coterie_reanalysis_new (options->recording, work->settings.n_threads,
                                             work->settings.memory_bytes);
  coterie_reanalysis_set_dataset (work->reanalysis, dataset);
  return TRUE;
}

static void
write_recording (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;

  if (coterie_reanalysis_write (work->options->recording, &work->settings.analysis, work->frames,
                                work->options->output, work->options->force, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;

  g_task_propagate_boolean (G_TASK (result), &work->error);
  g_main_loop_quit (work->loop);
}

static void
analysed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Work *work = data;
  g_autoptr (GTask) task = NULL;

  work->frames = coterie_reanalysis_execute_finish (result, &work->error);
  if (work->frames == NULL || work->options->output == NULL) {
    g_main_loop_quit (work->loop);
    return;
  }
  task = g_task_new (NULL, work->cancellable, written_cb, work);
  /* what is in its place by now is there, however late somebody interrupts */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, work, NULL);
  g_task_run_in_thread (task, write_recording);
}

static gboolean
status_cb (gpointer data)
{
  Work *work = data;
  CoterieReanalysisStatus status;
  g_autofree char *left = NULL;

  coterie_reanalysis_get_status (work->reanalysis, &status);
  g_printerr (COTERIE_TERMINAL_ERASE_LINE);
  if (status.n_frames == 0) {
    g_printerr (_ ("Opening the data set"));
    return G_SOURCE_CONTINUE;
  }
  left = coterie_time_left_describe (status.seconds_left);
  g_printerr (_ ("Analysed %u of %u"), status.n_done, status.n_frames);
  g_printerr (", %s", left);
  return G_SOURCE_CONTINUE;
}

/* How far it is goes where it does not mix with what is printed. */
static void
execute (Work *work)
{
  CoterieInterruption interruption;
  guint status_source = 0;

  work->cancellable = g_cancellable_new ();
  work->loop = g_main_loop_new (NULL, FALSE);
  coterie_interruption_watch (&interruption, work->cancellable);
  if (isatty (STDERR_FILENO)) {
    status_source = g_timeout_add (COTERIE_TERMINAL_STATUS_MS, status_cb, work);
    status_cb (work);
  }
  coterie_reanalysis_execute_async (work->reanalysis, &work->settings.analysis, NULL, 0, NULL, NULL,
                                    NULL, work->cancellable, analysed_cb, work);
  g_main_loop_run (work->loop);

  coterie_interruption_clear (&interruption);
  if (status_source > 0) {
    g_source_remove (status_source);
    g_printerr (COTERIE_TERMINAL_ERASE_LINE);
  }
}

static void
tell_of_missing_frames (Work *work)
{
  guint n_left_out = coterie_recording_reader_get_n_frames (work->reader) - work->frames->len;

  if (n_left_out > 0)
    g_printerr (
        ngettext ("coterie-cli: %u frame is left out, as its weights are not recorded\n",
                  "coterie-cli: %u frames are left out, as their weights are not recorded\n",
                  n_left_out),
        n_left_out);
}

static void
print_result (Work *work)
{
  const Options *options = work->options;
  g_autoptr (CoterieRunInfo) info = coterie_reanalysis_describe (
      coterie_recording_reader_get_info (work->reader), &work->settings.analysis);
  const CoterieInfoSubject subject = {info, work->reader, work->frames, options->layer};

  tell_of_missing_frames (work);
  if (options->output != NULL && !options->json && options->layer > 0)
    g_print (_ ("Recorded %u frames in %s, with all %u hidden layers; --layer chooses what is "
                "printed\n"),
             work->frames->len, options->output, info->training.n_hidden);
  else if (options->output != NULL && !options->json)
    g_print (_ ("Recorded %u frames in %s\n"), work->frames->len, options->output);
  else
    coterie_info_subject_print (&subject, options->json);
}

static int
report_error (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_printerr (_ ("coterie-cli: stopped; nothing has been recorded\n"));
  else
    g_printerr ("coterie-cli: %s\n", error->message);
  return COTERIE_EXIT_FAILED;
}

/**
 * coterie_command_analyze:
 * @argc: number of arguments
 * @argv: (array length=argc): the command's name, its options and a recording
 *
 * Runs "coterie-cli analyze". The first interrupt or termination signal ends it, and leaves nothing.
 *
 * Returns: the exit status: 0; 1 with a line on standard error if the recording or its data set cannot
 *   be used, the result cannot be written, or it was interrupted; 2 if an option cannot be used
 */
int
coterie_command_analyze (int argc, char **argv)
{
  g_auto (Options) options = {NULL};
  g_auto (Work) work = {.options = &options};
  g_autoptr (GError) error = NULL;

  if (!parse_options (&options, argc, argv, &error))
    return coterie_command_misuse (error);
  if (!prepare (&work, &error))
    return report_error (error);
  execute (&work);
  if (work.error != NULL)
    return report_error (work.error);
  print_result (&work);
  return COTERIE_EXIT_DONE;
}
