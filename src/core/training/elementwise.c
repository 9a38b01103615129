/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds the elementwise kernels that go with the dense kernels in use. */

#include "core/training/elementwise.h"

static const CoterieElementwiseKernels *const variants[] = {
#ifdef __x86_64__
    &coterie_elementwise_kernels_avx512,
    &coterie_elementwise_kernels_avx2,
#endif
    &coterie_elementwise_kernels_baseline,
};

/**
 * coterie_elementwise_find_kernels:
 * @name: the name of dense kernels that this processor can execute
 *
 * Returns: the elementwise kernels for the same instruction set; "baseline" where there are none of
 *   that name
 */
const CoterieElementwiseKernels *
coterie_elementwise_find_kernels (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    if (g_strcmp0 (name, variants[i]->name) == 0)
      return variants[i];
  return &coterie_elementwise_kernels_baseline;
}
