/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/progress.h"
#include "core/network/network.h"
#include "core/recording/frame-positions.h"
#include "core/recording/recording.h"
#include "core/recording/run-info.h"
#include "core/training/trainer.h"

G_BEGIN_DECLS

/**
 * CoterieRecordingWriter:
 *
 * Records a run, a frame at a time; whatever happens, every frame that was added stays readable. To
 * be used by one thread at a time, which may change.
 */
typedef struct _CoterieRecordingWriter CoterieRecordingWriter;

CoterieRecordingWriter *
coterie_recording_writer_new (const char *path, const CoterieRunInfo *info, GError **error);
CoterieRecordingWriter *coterie_recording_writer_continue (const char *path,
                                                           const CoterieRunInfo *info,
                                                           guint n_frames,
                                                           GError **error);
void coterie_recording_writer_keep_all (CoterieRecordingWriter *writer);
void coterie_recording_writer_free (CoterieRecordingWriter *writer);
gboolean coterie_recording_writer_put_ahead (CoterieRecordingWriter *writer,
                                             guint iteration,
                                             const CoterieNetwork *network,
                                             const CoterieTrainerState *state,
                                             CoterieProgress *progress,
                                             GCancellable *cancellable,
                                             GError **error);
gboolean coterie_recording_writer_add (CoterieRecordingWriter *writer,
                                       const CoterieFrame *frame,
                                       const CoterieNetwork *network,
                                       const CoterieTrainerState *state,
                                       GError **error);
gboolean coterie_recording_writer_lay_out (CoterieRecordingWriter *writer,
                                           const CoterieRunInfo *info,
                                           GPtrArray *positions,
                                           GError **error);
gboolean coterie_recording_writer_finish (CoterieRecordingWriter *writer, GError **error);
gboolean coterie_recording_writer_stop (CoterieRecordingWriter *writer, GError **error);
gboolean
coterie_recording_writer_fail (CoterieRecordingWriter *writer, const char *reason, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieRecordingWriter, coterie_recording_writer_free)

G_END_DECLS
