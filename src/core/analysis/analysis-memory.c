/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The memory of one analysis after the other. Activations that are kept from the first pass for the
 * second are most of it: tens of thousands of pages, which a system takes as long to hand out as the
 * passes take to fill them. Analyses that come one after the other, as those of a training do, get them
 * once. */

#include "core/analysis/analysis-memory.h"

struct _CoterieAnalysisMemory {
  guint64 n_bytes;
  CoterieRowStore *store;
};

/**
 * coterie_analysis_memory_new:
 * @n_bytes: how much an analysis may take besides network and data set; 0 takes
 *   %COTERIE_DEFAULT_MEMORY_BYTES
 *
 * Nothing is taken before an analysis needs it.
 *
 * Returns: (transfer full): memory for analyses, of which one at a time may use it
 */
CoterieAnalysisMemory *
coterie_analysis_memory_new (guint64 n_bytes)
{
  CoterieAnalysisMemory *memory = g_new0 (CoterieAnalysisMemory, 1);

  memory->n_bytes = n_bytes > 0 ? n_bytes : COTERIE_DEFAULT_MEMORY_BYTES;
  memory->store = coterie_row_store_new (0);
  return memory;
}

/**
 * coterie_analysis_memory_free:
 * @memory: (transfer full): the memory
 */
void
coterie_analysis_memory_free (CoterieAnalysisMemory *memory)
{
  coterie_row_store_free (memory->store);
  g_free (memory);
}

/**
 * coterie_analysis_memory_get_bytes:
 * @memory: the memory
 *
 * Returns: how much an analysis may take, at least 1
 */
guint64
coterie_analysis_memory_get_bytes (const CoterieAnalysisMemory *memory)
{
  return memory->n_bytes;
}

/**
 * coterie_analysis_memory_get_store:
 * @memory: the memory
 *
 * Returns: (transfer none): where the analysis at hand keeps rows; what the last one has left in it is
 *   of no use
 */
CoterieRowStore *
coterie_analysis_memory_get_store (CoterieAnalysisMemory *memory)
{
  return memory->store;
}
