/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A recording that has been analysed again, as a recording of its own: the same run and the same
 * weights, other frames. It is written under a name of its own beside the place where it belongs, and
 * gets that place when it is whole: whatever happens before, nothing is there. */

#include "core/run/reanalysis-writer.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "core/recording/recording-reader.h"
#include "core/recording/recording-writer.h"
#include "core/run/reanalysis.h"
#include "core/run/run-output.h"

static gboolean
check_output (const char *recording, const char *output, gboolean replace, GError **error)
{
  if (!replace || !g_file_test (output, G_FILE_TEST_EXISTS))
    return coterie_run_output_check (output, error);
  if (!coterie_run_output_is_same_file (recording, output))
    return TRUE;
  g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
               "%s: is the recording that was analysed, expected another name", output);
  return FALSE;
}

/* Hidden, and unlike any that is there. */
static char *
invent_name (const char *output)
{
  g_autofree char *folder = g_path_get_dirname (output);

  for (;;) {
    g_autofree char *name =
        g_strdup_printf (".%08x" COTERIE_RECORDING_SUFFIX ".part", g_random_int ());
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return g_steal_pointer (&path);
  }
}

static void
remove_files (const char *path)
{
  const char *const endings[] = {"", "-wal", "-shm", "-journal"};

  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++) {
    g_autofree char *name = g_strconcat (path, endings[i], NULL);

    g_unlink (name);
  }
}

static gboolean
set_move_error (const char *output, int number, GError **error)
{
  if (number == EEXIST)
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: exists already, expected the name of a new file", output);
  else
    g_set_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_CANNOT_WRITE,
                 "%s: the recording cannot be put there: %s", output, g_strerror (number));
  return FALSE;
}

/* A second name, unlike a new one, never takes the place of a file that came meanwhile; but not every
 * file system has second names. */
static gboolean
move_into_place (const char *path, const char *output, gboolean replace, GError **error)
{
  if (!replace && link (path, output) == 0) {
    g_unlink (path);
    return TRUE;
  }
  if (!replace && g_file_test (output, G_FILE_TEST_EXISTS))
    return set_move_error (output, EEXIST, error);
  return g_rename (path, output) == 0 || set_move_error (output, errno, error);
}

/* Frames and the recording are both in the order of iterations. */
static gboolean
write_frames (CoterieRecordingReader *reader,
              CoterieRecordingWriter *writer,
              GPtrArray *frames,
              GCancellable *cancellable,
              GError **error)
{
  guint n_recorded = coterie_recording_reader_get_n_frames (reader);
  guint index = 0;

  for (guint i = 0; i < frames->len; i++) {
    const CoterieFrame *frame = g_ptr_array_index (frames, i);
    g_autoptr (CoterieNetwork) network = NULL;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    while (index < n_recorded &&
           coterie_recording_reader_get_iteration (reader, index) < frame->iteration)
      index++;
    g_return_val_if_fail (index < n_recorded, FALSE);
    network = coterie_recording_reader_load_network (reader, index, error);
    if (network == NULL ||
        !coterie_recording_writer_put_ahead (writer, frame->iteration, network, NULL, NULL,
                                             cancellable, error) ||
        !coterie_recording_writer_add (writer, frame, network, NULL, error))
      return FALSE;
  }
  return TRUE;
}

/* The same end as that of the run; one that has not ended, or broke off, was stopped as far as its
 * new recording goes. */
static gboolean
write_end (CoterieRecordingReader *reader, CoterieRecordingWriter *writer, GError **error)
{
  const char *reason = coterie_recording_reader_get_reason (reader);

  switch (coterie_recording_reader_get_ending (reader)) {
  case COTERIE_RECORDING_ENDING_FINISHED:
    return coterie_recording_writer_finish (writer, error);
  case COTERIE_RECORDING_ENDING_FAILED:
    return coterie_recording_writer_fail (writer, reason != NULL ? reason : "", error);
  case COTERIE_RECORDING_ENDING_STOPPED:
  case COTERIE_RECORDING_ENDING_RUNNING:
  default:
    return coterie_recording_writer_stop (writer, error);
  }
}

static gboolean
write_all (CoterieRecordingReader *reader,
           const CoterieAnalysisSettings *settings,
           GPtrArray *frames,
           const char *path,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (CoterieRunInfo) info =
      coterie_reanalysis_describe (coterie_recording_reader_get_info (reader), settings);
  g_autoptr (CoterieRecordingWriter) writer = coterie_recording_writer_new (path, info, error);

  if (writer == NULL)
    return FALSE;
  coterie_recording_writer_keep_all (writer);
  return write_frames (reader, writer, frames, cancellable, error) &&
         write_end (reader, writer, error);
}

/**
 * coterie_reanalysis_write:
 * @recording: the path of the recording that was analysed again
 * @settings: with which
 * @frames: (element-type CoterieFrame): what coterie_reanalysis_execute() returned
 * @output: the path of the new recording
 * @replace: whether a file of that name may be replaced; never the recording itself
 * @cancellable: (nullable): ends the writing, within a frame
 * @error: return location for a #GError
 *
 * Writes a recording of the same run and weights with new frames. It is there when it is whole, and
 * not before. Cost: some 20 ms a frame.
 *
 * Returns: %FALSE with COTERIE_RECORDING_ERROR_CANNOT_WRITE if it cannot be written, with another
 *   error of the recording if that cannot be read, with %G_IO_ERROR_CANCELLED if cancelled; nothing
 *   is left then
 */
gboolean
coterie_reanalysis_write (const char *recording,
                          const CoterieAnalysisSettings *settings,
                          GPtrArray *frames,
                          const char *output,
                          gboolean replace,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autofree char *path = NULL;

  if (!check_output (recording, output, replace, error))
    return FALSE;
  reader = coterie_recording_reader_open (recording, error);
  if (reader == NULL)
    return FALSE;

  path = invent_name (output);
  if (write_all (reader, settings, frames, path, cancellable, error) &&
      !g_cancellable_set_error_if_cancelled (cancellable, error) &&
      move_into_place (path, output, replace, error))
    return TRUE;
  remove_files (path);
  return FALSE;
}
