/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory for many numbers, as the arithmetic likes it: at the start of a cache line, and in huge pages
 * where it is large. A kernel that reads a matrix by columns is in another ordinary page at every
 * step, and finding those would cost as much as the arithmetic. */

#include "core/base/float-array.h"

#include <string.h>
#include <sys/mman.h>

/* A cache line, and the widest vector. */
#define ALIGNMENT 64

#define HUGE_PAGE ((gsize) 2 * 1024 * 1024)

/**
 * coterie_float_array_new:
 * @n_values: how many numbers
 *
 * Returns: (transfer full): [@n_values], all 0; begins at a multiple of 64 bytes
 */
float *
coterie_float_array_new (gsize n_values)
{
  gsize n_bytes = n_values * sizeof (float);
  float *values;

  if (n_bytes < HUGE_PAGE)
    return g_aligned_alloc0 (n_values, sizeof (float), ALIGNMENT);

  values = g_aligned_alloc (n_values, sizeof (float), HUGE_PAGE);
#ifdef MADV_HUGEPAGE
  /* A wish: without huge pages it is only slower. Before the memory is written to, or the ordinary
   * pages are there already. */
  madvise (values, n_bytes, MADV_HUGEPAGE);
#endif
  memset (values, 0, n_bytes);
  return values;
}

/**
 * coterie_float_array_free:
 * @values: (nullable) (transfer full): what coterie_float_array_new() returned
 *
 * Frees @values.
 */
void
coterie_float_array_free (float *values)
{
  g_aligned_free (values);
}
