/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define COTERIE_RECORDING_ERROR (coterie_recording_error_quark ())

typedef enum {
  COTERIE_RECORDING_ERROR_NOT_FOUND,
  COTERIE_RECORDING_ERROR_NOT_A_RECORDING,
  COTERIE_RECORDING_ERROR_NEWER_VERSION,
  COTERIE_RECORDING_ERROR_DAMAGED,
  COTERIE_RECORDING_ERROR_CANNOT_WRITE,
  COTERIE_RECORDING_ERROR_CANNOT_READ,
  COTERIE_RECORDING_ERROR_DIVERGED,
} CoterieRecordingError;

GQuark coterie_recording_error_quark (void);

/**
 * CoterieRecordingEnding:
 * @COTERIE_RECORDING_ENDING_RUNNING: it is still being written, or its writer died
 * @COTERIE_RECORDING_ENDING_FINISHED: the run did all its iterations
 * @COTERIE_RECORDING_ENDING_STOPPED: the run was ended early by whoever started it
 * @COTERIE_RECORDING_ENDING_FAILED: the run could not go on
 *
 * How the run in a recording ended.
 */
typedef enum {
  COTERIE_RECORDING_ENDING_RUNNING,
  COTERIE_RECORDING_ENDING_FINISHED,
  COTERIE_RECORDING_ENDING_STOPPED,
  COTERIE_RECORDING_ENDING_FAILED,
} CoterieRecordingEnding;

const char *coterie_recording_ending_to_string (CoterieRecordingEnding ending);
gboolean coterie_recording_ending_from_string (const char *text, CoterieRecordingEnding *ending);

#define COTERIE_RECORDING_SUFFIX ".coterie"
#define COTERIE_RECORDING_MIME_TYPE "application/vnd.coterie.recording+sqlite3"

G_END_DECLS
