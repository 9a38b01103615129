/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/network/network.h"
#include "core/recording/frame.h"
#include "core/recording/recording.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

/**
 * CoterieRecordingReader:
 *
 * Reads a recording, also while it is being written. To be used by one thread at a time, which may
 * change; what it returns may be shared.
 */
typedef struct _CoterieRecordingReader CoterieRecordingReader;

CoterieRecordingReader *coterie_recording_reader_open (const char *path, GError **error);
void coterie_recording_reader_free (CoterieRecordingReader *reader);
CoterieRunInfo *coterie_recording_reader_get_info (CoterieRecordingReader *reader);
gboolean coterie_recording_reader_refresh (CoterieRecordingReader *reader, GError **error);
gboolean coterie_recording_reader_get_finished (CoterieRecordingReader *reader);
CoterieRecordingEnding coterie_recording_reader_get_ending (CoterieRecordingReader *reader);
const char *coterie_recording_reader_get_reason (CoterieRecordingReader *reader);
guint coterie_recording_reader_get_n_frames (CoterieRecordingReader *reader);
guint coterie_recording_reader_get_iteration (CoterieRecordingReader *reader, guint index);
CoterieFrame *
coterie_recording_reader_load (CoterieRecordingReader *reader, guint index, GError **error);
gboolean coterie_recording_reader_has_network (CoterieRecordingReader *reader,
                                               guint index,
                                               gboolean *has_network,
                                               GError **error);
CoterieNetwork *
coterie_recording_reader_load_network (CoterieRecordingReader *reader, guint index, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieRecordingReader, coterie_recording_reader_free)

G_END_DECLS
