/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/network/network.h"
#include "core/recording/frame.h"
#include "core/recording/recording.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

typedef struct _CoterieRecordingWriter CoterieRecordingWriter;

CoterieRecordingWriter *
coterie_recording_writer_new (const char *path, const CoterieRunInfo *info, GError **error);
void coterie_recording_writer_free (CoterieRecordingWriter *writer);
gboolean coterie_recording_writer_add (CoterieRecordingWriter *writer,
                                       const CoterieFrame *frame,
                                       const CoterieNetwork *network,
                                       GError **error);
gboolean coterie_recording_writer_finish (CoterieRecordingWriter *writer, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieRecordingWriter, coterie_recording_writer_free)

G_END_DECLS
