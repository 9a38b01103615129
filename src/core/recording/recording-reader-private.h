/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/recording-reader.h"
#include "core/recording/recording-row.h"
#include <sqlite3.h>

G_BEGIN_DECLS

struct _CoterieRecordingReader {
  char *path;
  sqlite3 *database; /* %NULL between calls while the run goes on */
  guint64 size;      /* bytes */
  CoterieRunInfo *info;

  GArray *iterations; /* of guint */
  CoterieRecordingEnding ending;
  char *reason;
};

gboolean coterie_recording_reader_set_damaged (CoterieRecordingReader *reader,
                                               const char *place,
                                               const char *fault,
                                               GError **error);
gboolean coterie_recording_reader_is_sound (CoterieRecordingReader *reader,
                                            const CoterieRow *row,
                                            const char *place,
                                            GError **error);
sqlite3_stmt *coterie_recording_reader_prepare (CoterieRecordingReader *reader,
                                                const char *table,
                                                const char *condition,
                                                const char *place,
                                                GError **error);
sqlite3_stmt *coterie_recording_reader_find_row (CoterieRecordingReader *reader,
                                                 const char *table,
                                                 const char *condition,
                                                 guint key,
                                                 guint second_key,
                                                 CoterieRow *row,
                                                 const char *place,
                                                 GError **error);
gboolean coterie_recording_reader_load_info (CoterieRecordingReader *reader, GError **error);

G_END_DECLS
