/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieScratchRecording:
 *
 * The place of a recording that nobody keeps: a folder of its own.
 */
typedef struct _CoterieScratchRecording CoterieScratchRecording;

CoterieScratchRecording *coterie_scratch_recording_new (const char *parent);
const char *coterie_scratch_recording_get_path (const CoterieScratchRecording *scratch);
void coterie_scratch_recording_free (CoterieScratchRecording *scratch);
guint coterie_scratch_recording_remove_abandoned (const char *parent);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieScratchRecording, coterie_scratch_recording_free)

G_END_DECLS
