/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a writer comes to its recording: a new one, or one that is there and goes on. */

#include "core/recording/recording-check.h"
#include "core/recording/recording-rows.h"
#include "core/recording/recording-writer-private.h"

#include <glib/gstdio.h>

/* A new file has nothing to lose, so that its beginning needs no journal. What is taken away from the
 * file's end makes it shorter. */
static gboolean
set_up (CoterieRecordingWriter *writer, GError **error)
{
  CoterieRecordingOutput *output = &writer->output;

  if (!coterie_recording_output_execute (output, "PRAGMA auto_vacuum = FULL; "
                                                 "PRAGMA journal_mode = MEMORY; BEGIN") ||
      !coterie_recording_rows_store_beginning (output->database, writer->info) ||
      !coterie_recording_output_execute (output, "COMMIT")) {
    coterie_recording_output_set_error (output, "the recording", error);
    return FALSE;
  }
  coterie_recording_output_start_log (output);
  return TRUE;
}

/**
 * coterie_recording_writer_new:
 * @path: where to; must not exist
 * @info: what is being recorded
 * @error: return location for a #GError
 *
 * Creates a recording without frames. Other processes can read it from now on.
 *
 * Returns: (transfer full): the writer, or %NULL with COTERIE_RECORDING_ERROR_CANNOT_WRITE if the
 *   file exists, cannot be written, or @info has values out of range; nothing is left behind then
 */
CoterieRecordingWriter *
coterie_recording_writer_new (const char *path, const CoterieRunInfo *info, GError **error)
{
  g_autofree char *fault = NULL;
  CoterieRecordingWriter *writer = g_new0 (CoterieRecordingWriter, 1);

  writer->output.path = g_canonicalize_filename (path, NULL);
  writer->info = coterie_run_info_new (info);
  fault = coterie_run_info_find_fault (writer->info);
  if (fault != NULL) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording cannot be created: %s", path, fault);
    coterie_recording_writer_free (writer);
    return NULL;
  }
  if (!coterie_recording_output_create (&writer->output, error)) {
    coterie_recording_writer_free (writer);
    return NULL;
  }
  if (!set_up (writer, error)) {
    coterie_recording_output_close (&writer->output);
    g_unlink (writer->output.path);
    coterie_recording_writer_free (writer);
    return NULL;
  }
  return writer;
}

static gboolean
take_over (CoterieRecordingWriter *writer, GError **error)
{
  if (!coterie_recording_output_take_over (&writer->output)) {
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording cannot be continued: another program is writing or reading it",
                 writer->output.path);
    return FALSE;
  }
  coterie_recording_output_start_log (&writer->output);
  return TRUE;
}

static gboolean
find_last_frames (CoterieRecordingWriter *writer, guint n_frames)
{
  guint last;
  g_autofree char *sql = NULL;

  if (!coterie_recording_output_get_number (&writer->output, "SELECT max(iteration) FROM frame",
                                            &last))
    return FALSE;
  writer->n_frames = n_frames;
  writer->last_iteration = last;
  if (last % writer->info->training.record_every == 0)
    return TRUE;

  writer->n_frames--;
  writer->extra_iteration = last;
  sql = g_strdup_printf ("SELECT max(iteration) FROM frame WHERE iteration < %u", last);
  return coterie_recording_output_get_number (&writer->output, sql, &writer->last_iteration);
}

static gboolean
mark_running (CoterieRecordingWriter *writer)
{
  sqlite3 *database = writer->output.database;

  return coterie_recording_rows_remove_pieces (database) &&
         coterie_recording_rows_store_run (database, writer->info) &&
         coterie_recording_rows_store_state (database, COTERIE_RECORDING_ENDING_RUNNING, "",
                                             coterie_recording_writer_count_frames (writer)) &&
         coterie_recording_output_execute (&writer->output, "COMMIT");
}

static gboolean
open_again (CoterieRecordingWriter *writer, guint n_frames, GError **error)
{
  const char *place = "the recording";
  CoterieRecordingOutput *output = &writer->output;

  if (!coterie_recording_output_open (output, error) || !take_over (writer, error))
    return FALSE;
  if (!find_last_frames (writer, n_frames)) {
    coterie_recording_output_set_error (output, place, error);
    return FALSE;
  }
  if (!coterie_recording_writer_begin (writer, place, error))
    return FALSE;
  if (!mark_running (writer)) {
    coterie_recording_output_set_error (output, place, error);
    coterie_recording_output_roll_back (output);
    return FALSE;
  }
  return TRUE;
}

/**
 * coterie_recording_writer_continue:
 * @path: a recording that coterie_recording_reader_open() has found sound
 * @info: what is being recorded from now on: the same, with another number of iterations
 * @n_frames: how many frames it said there are, at least 1
 * @error: return location for a #GError
 *
 * Goes on with a recording, whose run looks unfinished again from now on. If its last frame is there only
 * because the run ended, it gives way to the next one. Frames that are there stay as they are.
 *
 * Returns: (transfer full): the writer, or %NULL with COTERIE_RECORDING_ERROR_CANNOT_WRITE if the file
 *   cannot be written, somebody else is writing it, or @info has values out of range; the recording is
 *   then as before
 */
CoterieRecordingWriter *
coterie_recording_writer_continue (const char *path,
                                   const CoterieRunInfo *info,
                                   guint n_frames,
                                   GError **error)
{
  g_autofree char *fault = NULL;
  CoterieRecordingWriter *writer = g_new0 (CoterieRecordingWriter, 1);

  writer->output.path = g_canonicalize_filename (path, NULL);
  writer->info = coterie_run_info_new (info);
  fault = coterie_run_info_find_fault (writer->info);
  if (fault != NULL)
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording cannot be continued: %s", path, fault);
  if (fault != NULL || !open_again (writer, n_frames, error)) {
    coterie_recording_writer_free (writer);
    return NULL;
  }
  return writer;
}
