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
} CoterieRecordingError;

GQuark coterie_recording_error_quark (void);

#define COTERIE_RECORDING_SUFFIX ".coterie"
#define COTERIE_RECORDING_MIME_TYPE "application/vnd.coterie.recording+sqlite3"

G_END_DECLS
