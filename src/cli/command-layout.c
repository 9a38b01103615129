/* SPDX-License-Identifier: GPL-3.0-or-later */

/* coterie-cli layout: the graphs of a recording laid out with other settings, in the recording itself or
 * in a copy. Neither its weights nor its data set are needed. The recording keeps the layout that it has
 * until all of the new one is there. */

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <math.h>

#include "cli/command-status.h"
#include "cli/commands.h"
#include "cli/setting-options.h"
#include "cli/standard-output.h"
#include "core/recording/recording-copy.h"
#include "core/recording/recording-layout.h"
#include "core/recording/recording-reader.h"
#include "core/report/series.h"
#include "core/run/relayout.h"
#include "core/run/run-output.h"

typedef struct {
  char *recording;
  char *output;
  gboolean json;
  CoterieSettingOptions *settings;
} Options;

static void
options_clear (Options *options)
{
  g_free (options->recording);
  g_free (options->output);
  g_clear_pointer (&options->settings, coterie_setting_options_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
check_values (Options *options, char **recordings, CoterieRunSettings *settings, GError **error)
{
  guint n_recordings = recordings != NULL ? g_strv_length (recordings) : 0;
  CoterieLayoutSettings tried;

  if (n_recordings != 1) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("%u recordings given, expected one"), n_recordings);
    return FALSE;
  }
  options->recording = g_strdup (recordings[0]);
  if (options->output != NULL && *options->output == '\0') {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("%s is needed"), "-o");
    return FALSE;
  }
  coterie_layout_settings_init (&tried);
  coterie_training_settings_init (&settings->training);
  coterie_analysis_settings_init (&settings->analysis);
  return coterie_setting_options_apply (options->settings, settings, NULL, error) &&
         coterie_setting_options_apply_layout (options->settings, &tried, error);
}

static gboolean
parse_options (
    Options *options, int argc, char **argv, CoterieRunSettings *settings, GError **error)
{
  g_auto (GStrv) recordings = NULL;
  const GOptionEntry entries[] = {
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
       N_ ("Lay out a copy; must not exist yet (the recording itself)"), N_ ("FILE")},
      {"json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print a JSON object"), NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &recordings, NULL, N_ ("RECORDING")},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (
      context,
      _ ("Lays the graphs of a recording out anew, and prints for each hidden layer how far\n"
         "nodes move from frame to frame, and how far communities are apart. Pinned neurons\n"
         "stay where they are."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  options->settings = coterie_setting_options_new (COTERIE_SETTINGS_OF_LAYOUTS, context);
  return g_option_context_parse (context, &argc, &argv, error) &&
         check_values (options, recordings, settings, error);
}

static CoterieRunInfo *
describe (const Options *options, CoterieRecordingReader *reader, GError **error)
{
  CoterieRunInfo fields = *coterie_recording_reader_get_info (reader);

  return coterie_setting_options_apply_layout (options->settings, &fields.layout, error)
             ? coterie_run_info_new (&fields)
             : NULL;
}

/* A copy that could not be laid out is of no use. */
static gboolean
write_layout (const Options *options,
              const CoterieRunInfo *info,
              GPtrArray *positions,
              GError **error)
{
  if (options->output == NULL)
    return coterie_recording_lay_out (options->recording, info, positions, error);
  if (!coterie_recording_copy (options->recording, options->output, NULL, NULL, error))
    return FALSE;
  if (coterie_recording_lay_out (options->output, info, positions, error))
    return TRUE;
  g_unlink (options->output);
  return FALSE;
}

static CoterieSeriesBook *
measure (CoterieRecordingReader *reader, GPtrArray *positions, GError **error)
{
  CoterieRunInfo *info = coterie_recording_reader_get_info (reader);
  g_autoptr (CoterieSeriesBook) book =
      coterie_series_book_new (info->training.n_hidden, info->dataset.n_classes);

  for (guint i = 0; i < positions->len; i++) {
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, i, error);
    g_autoptr (CoterieFrame) moved = NULL;

    if (frame == NULL)
      return NULL;
    moved = coterie_frame_positions_apply (g_ptr_array_index (positions, i), frame);
    coterie_series_book_add (book, moved);
  }
  return g_steal_pointer (&book);
}

/* Over the frames where it is defined; not-a-number if there are none. */
static double
average (const CoterieSeriesBook *book, CoterieMeasure measure, guint layer_index)
{
  const CoterieSeriesKey key = {.measure = measure, .layer_index = layer_index};
  CoterieSeries series = coterie_series_book_get (book, &key, TRUE);
  double sum = 0.0, n = 0.0;

  for (gsize i = 0; i < series.n_frames; i++) {
    if (isnan (series.values[i]))
      continue;
    sum += series.values[i];
    n++;
  }
  return n > 0.0 ? sum / n : NAN;
}

static void
add_number (JsonBuilder *builder, const char *name, double number)
{
  json_builder_set_member_name (builder, name);
  if (isnan (number))
    json_builder_add_null_value (builder);
  else
    json_builder_add_double_value (builder, number);
}

static void
print_json (const CoterieSeriesBook *book, guint n_frames)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *json = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "frames");
  json_builder_add_int_value (builder, n_frames);
  json_builder_set_member_name (builder, "layers");
  json_builder_begin_array (builder);
  for (guint l = 0; l < coterie_series_book_get_n_layers (book); l++) {
    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "layer");
    json_builder_add_int_value (builder, l + 1);
    add_number (builder, "mean_move", average (book, COTERIE_MEASURE_LAYOUT_MOVE, l));
    add_number (builder, "mean_separation", average (book, COTERIE_MEASURE_LAYOUT_SEPARATION, l));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  json = json_to_string (root, TRUE);
  text = g_strconcat (json, "\n", NULL);
  coterie_standard_output_put (text);
}

static char *
format_number (double number)
{
  return isnan (number) ? g_strdup ("—") : g_strdup_printf ("%.3f", number);
}

static void
print_text (const CoterieSeriesBook *book)
{
  for (guint l = 0; l < coterie_series_book_get_n_layers (book); l++) {
    g_autofree char *move = format_number (average (book, COTERIE_MEASURE_LAYOUT_MOVE, l));
    g_autofree char *separation =
        format_number (average (book, COTERIE_MEASURE_LAYOUT_SEPARATION, l));
    g_autofree char *line = g_strdup_printf (
        _ ("Layer %u: nodes move by %s of the radius from frame to frame, separation %s\n"), l + 1,
        move, separation);

    coterie_standard_output_print (line);
  }
}

static gboolean
lay_out (const Options *options, guint n_threads, GError **error)
{
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autoptr (CoterieRunInfo) info = NULL;
  g_autoptr (CoteriePool) pool = NULL;
  g_autoptr (GPtrArray) positions = NULL;
  g_autoptr (CoterieSeriesBook) book = NULL;

  if (options->output != NULL && !coterie_run_output_check (options->output, error))
    return FALSE;
  reader = coterie_recording_reader_open (options->recording, error);
  if (reader == NULL)
    return FALSE;
  info = describe (options, reader, error);
  if (info == NULL)
    return FALSE;
  pool = coterie_pool_new (n_threads);
  positions = coterie_relayout_compute_recorded (options->recording, info, pool, NULL, NULL, error);
  if (positions == NULL)
    return FALSE;
  /* a training that goes on may have recorded more, and that has been placed as well */
  if (!coterie_recording_reader_refresh (reader, error))
    return FALSE;
  book = measure (reader, positions, error);
  if (book == NULL || !write_layout (options, info, positions, error))
    return FALSE;
  if (options->json)
    print_json (book, positions->len);
  else
    print_text (book);
  return TRUE;
}

/**
 * coterie_command_layout:
 * @argc: number of arguments
 * @argv: (array length=argc): the command's name, its options and a recording
 *
 * Runs "coterie-cli layout".
 *
 * Returns: the exit status: 0; 1 with a line on standard error if the recording cannot be read or written;
 *   2 if an option cannot be used
 */
int
coterie_command_layout (int argc, char **argv)
{
  g_auto (Options) options = {NULL};
  CoterieRunSettings settings = {NULL};
  g_autoptr (GError) error = NULL;

  if (!parse_options (&options, argc, argv, &settings, &error)) {
    g_printerr ("coterie-cli: %s\n", error->message);
    g_printerr (_ ("Try “%s” for the options.\n"), "coterie-cli layout --help");
    return COTERIE_EXIT_MISUSED;
  }
  if (!lay_out (&options, settings.n_threads, &error)) {
    g_printerr ("coterie-cli: %s\n", error->message);
    return COTERIE_EXIT_FAILED;
  }
  return COTERIE_EXIT_DONE;
}
