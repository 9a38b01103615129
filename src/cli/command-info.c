/* SPDX-License-Identifier: GPL-3.0-or-later */

/* coterie-cli info: what is in a recording. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/command-status.h"
#include "cli/commands.h"
#include "cli/info-events.h"
#include "cli/info-subject.h"
#include "core/recording/recording-abandoned.h"
#include "core/run/run-continuation.h"

typedef struct {
  char *path;
  gboolean json;
  gboolean events;
} Options;

static gboolean
parse_options (Options *options, int argc, char **argv, GError **error)
{
  g_auto (GStrv) recordings = NULL;
  const GOptionEntry entries[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, &options->json, N_ ("Print a JSON object"), NULL},
      {"events", 0, 0, G_OPTION_ARG_NONE, &options->events,
       N_ ("Print what happened to the communities, a line for each event, and nothing else"),
       NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &recordings, NULL, N_ ("RECORDING")},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  guint n_recordings;

  g_option_context_set_summary (
      context, _ ("Prints the settings and frames of a recording, and how its measures\n"
                  "correlate with the accuracies."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;
  n_recordings = recordings != NULL ? g_strv_length (recordings) : 0;
  if (n_recordings != 1) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("%u recordings given, expected one"), n_recordings);
    return FALSE;
  }
  if (options->json && options->events) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("--events: --json has them too, expected one of the two"));
    return FALSE;
  }
  options->path = g_strdup (recordings[0]);
  return TRUE;
}

static GPtrArray *
load_frames (CoterieRecordingReader *reader, GError **error)
{
  g_autoptr (GPtrArray) frames =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);

  for (guint i = 0; i < coterie_recording_reader_get_n_frames (reader); i++) {
    CoterieFrame *frame = coterie_recording_reader_load (reader, i, error);

    if (frame == NULL)
      return NULL;
    g_ptr_array_add (frames, frame);
  }
  return g_steal_pointer (&frames);
}

static gboolean
find_continuation (CoterieInfoSubject *subject, const char *path, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  subject->can_continue =
      coterie_run_continuation_find (path, &subject->continues_from, &local_error);
  subject->has_diverged =
      g_error_matches (local_error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DIVERGED);
  if (subject->can_continue || subject->has_diverged ||
      g_error_matches (local_error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
print_info (const Options *options, GError **error)
{
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (options->path, error);
  g_autoptr (GPtrArray) frames = NULL;
  CoterieInfoSubject subject;

  if (reader == NULL)
    return FALSE;
  frames = load_frames (reader, error);
  if (frames == NULL)
    return FALSE;

  if (options->events) {
    g_autofree char *text = coterie_info_events_new (frames);

    g_print ("%s", text);
    return TRUE;
  }
  subject = (CoterieInfoSubject){
      .info = coterie_recording_reader_get_info (reader),
      .reader = reader,
      .frames = frames,
      .is_abandoned = coterie_recording_is_abandoned (options->path),
  };
  if (!find_continuation (&subject, options->path, error))
    return FALSE;
  coterie_info_subject_print (&subject, options->json);
  return TRUE;
}

/**
 * coterie_command_info:
 * @argc: number of arguments
 * @argv: (array length=argc): the command's name, its options and a recording
 *
 * Runs "coterie-cli info".
 *
 * Returns: the exit status: 0; 1 with a line on standard error if the recording cannot be read; 2 if
 *   an option cannot be used
 */
int
coterie_command_info (int argc, char **argv)
{
  Options options = {NULL};
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse_options (&options, argc, argv, &error))
    return coterie_command_misuse (error);
  path = options.path;
  if (!print_info (&options, &error))
    return coterie_command_fail (error);
  return COTERIE_EXIT_DONE;
}
