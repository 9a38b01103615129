/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/row-store.h"

G_BEGIN_DECLS

/* How much memory an analysis may take unless told otherwise. */
#define COTERIE_DEFAULT_MEMORY_BYTES (G_GUINT64_CONSTANT (512) * 1024 * 1024)

/**
 * CoterieAnalysisMemory:
 *
 * How much memory an analysis may take, and the piece of it that one analysis after the other uses.
 */
typedef struct _CoterieAnalysisMemory CoterieAnalysisMemory;

CoterieAnalysisMemory *coterie_analysis_memory_new (guint64 n_bytes);
void coterie_analysis_memory_free (CoterieAnalysisMemory *memory);
guint64 coterie_analysis_memory_get_bytes (const CoterieAnalysisMemory *memory);
CoterieRowStore *coterie_analysis_memory_get_store (CoterieAnalysisMemory *memory);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieAnalysisMemory, coterie_analysis_memory_free)

G_END_DECLS
