/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

/**
 * CoterieLayoutMemory:
 *
 * Layouts that were shown before, and with which settings and pins. Main thread only.
 */
typedef struct _CoterieLayoutMemory CoterieLayoutMemory;

CoterieLayoutMemory *coterie_layout_memory_new (gsize max_nodes);
void coterie_layout_memory_free (CoterieLayoutMemory *memory);
void
coterie_layout_memory_put (CoterieLayoutMemory *memory, GPtrArray *frames, CoterieRunInfo *info);
GPtrArray *coterie_layout_memory_find (CoterieLayoutMemory *memory,
                                       GPtrArray *frames,
                                       const CoterieRunInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLayoutMemory, coterie_layout_memory_free)

G_END_DECLS
