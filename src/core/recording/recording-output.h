/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>
#include <sys/types.h>

G_BEGIN_DECLS

/**
 * CoterieRecordingOutput:
 * @path: absolute
 * @database: the one connection; %NULL while it is closed
 * @device: of the file
 * @inode: with @device tells whether the file still has its name
 *
 * The file that a recording is written into.
 */
typedef struct {
  char *path;
  sqlite3 *database;
  dev_t device;
  ino_t inode;
} CoterieRecordingOutput;

gboolean coterie_recording_output_create (CoterieRecordingOutput *output, GError **error);
gboolean coterie_recording_output_open (CoterieRecordingOutput *output, GError **error);
void coterie_recording_output_close (CoterieRecordingOutput *output);
gboolean coterie_recording_output_has_log (CoterieRecordingOutput *output);
void coterie_recording_output_start_log (CoterieRecordingOutput *output);
void coterie_recording_output_fold_log (CoterieRecordingOutput *output);
gboolean coterie_recording_output_take_over (CoterieRecordingOutput *output);
gboolean coterie_recording_output_execute (CoterieRecordingOutput *output, const char *sql);
gboolean coterie_recording_output_get_number (CoterieRecordingOutput *output,
                                              const char *sql,
                                              guint *number);
void coterie_recording_output_roll_back (CoterieRecordingOutput *output);
void coterie_recording_output_set_error (CoterieRecordingOutput *output,
                                         const char *place,
                                         GError **error);
gboolean coterie_recording_output_check_there (CoterieRecordingOutput *output, GError **error);

G_END_DECLS
