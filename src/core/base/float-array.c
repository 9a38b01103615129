/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory for many numbers, as the arithmetic likes it: at the start of a cache line, and in huge pages
 * where it is large. A kernel that reads a matrix by columns is in another ordinary page at every
 * step, and finding those would cost as much as the arithmetic. */

#include "core/base/float-array.h"

#include <errno.h>
#include <sys/mman.h>

/* A cache line, and the widest vector. */
#define ALIGNMENT 64

#define HUGE_PAGE ((gsize) 2 * 1024 * 1024)

/* Stands before the numbers, and takes ALIGNMENT bytes. */
typedef struct {
  gpointer start;
  gsize n_mapped; /* bytes that were mapped from start on; 0 if they were allocated */
} Header;

G_STATIC_ASSERT (sizeof (Header) <= ALIGNMENT);

static float *
put_behind_header (guint8 *values, gpointer start, gsize n_mapped)
{
  *(Header *) (gpointer) (values - ALIGNMENT) = (Header){start, n_mapped};
  return (float *) (gpointer) values;
}

/* Fresh memory of the system is 0 already. It comes page by page when it is written to, which for
 * gigabytes takes seconds: then the threads that work with it share those, and can be seen to work. */
static float *
map (gsize n_bytes)
{
  gsize n_mapped = n_bytes + 2 * HUGE_PAGE;
  guint8 *start = mmap (NULL, n_mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  gsize into_page;
  guint8 *values;

  if (start == MAP_FAILED)
    g_error ("%" G_GSIZE_FORMAT " bytes cannot be allocated: %s", n_mapped, g_strerror (errno));
  into_page = (gsize) (guintptr) start % HUGE_PAGE;
  values = start + (HUGE_PAGE - into_page);
  if (values - start < ALIGNMENT)
    values += HUGE_PAGE;
#ifdef MADV_HUGEPAGE
  /* A wish: without huge pages it is only slower. Before the memory is written to, or the ordinary
   * pages are there already. */
  madvise (values, n_bytes, MADV_HUGEPAGE);
#endif
  return put_behind_header (values, start, n_mapped);
}

/**
 * coterie_float_array_new:
 * @n_values: how many numbers
 *
 * Ends the program if there is no memory, as GLib does. Cost: of many, that of the first use of each.
 *
 * Returns: (transfer full): [@n_values], all 0; begins at a multiple of 64 bytes
 */
float *
coterie_float_array_new (gsize n_values)
{
  gsize n_bytes = n_values * sizeof (float);
  guint8 *start;

  if (n_bytes >= HUGE_PAGE)
    return map (n_bytes);
  start = g_aligned_alloc0 (n_bytes + ALIGNMENT, 1, ALIGNMENT);
  return put_behind_header (start + ALIGNMENT, start, 0);
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
  Header header;

  if (values == NULL)
    return;
  header = *(Header *) (gpointer) ((guint8 *) values - ALIGNMENT);
  if (header.n_mapped > 0)
    munmap (header.start, header.n_mapped);
  else
    g_aligned_free (header.start);
}
