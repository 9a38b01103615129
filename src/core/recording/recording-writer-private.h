/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/recording-output.h"
#include "core/recording/recording-writer.h"

G_BEGIN_DECLS

struct _CoterieRecordingWriter {
  CoterieRecordingOutput output; /* closed after the end */
  CoterieRunInfo *info;

  guint n_frames; /* without the extra one */
  guint last_iteration;
  guint extra_iteration; /* the last frame, if the next one takes its place; otherwise 0 */
  gboolean keeps_all;

  gboolean is_ahead; /* parameters or state are in the file already, of this iteration */
  guint ahead_iteration;
};

guint coterie_recording_writer_count_frames (const CoterieRecordingWriter *writer);
gboolean
coterie_recording_writer_begin (CoterieRecordingWriter *writer, const char *place, GError **error);
void coterie_recording_writer_set_frame_error (CoterieRecordingWriter *writer,
                                               guint iteration,
                                               GError **error);

gboolean coterie_recording_writer_keeps_parameters (const CoterieRecordingWriter *writer,
                                                    const CoterieNetwork *network);
gboolean coterie_recording_writer_keeps_last_state (const CoterieRecordingWriter *writer,
                                                    const CoterieTrainerState *state);
void coterie_recording_writer_take_back (CoterieRecordingWriter *writer);

G_END_DECLS
