/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Chooses, once, the dense kernels for the processor at hand. */

#include "core/network/dense-private.h"

#include <gio/gio.h>

typedef enum {
  NEEDS_NOTHING,
  NEEDS_AVX2_AND_FMA,
  NEEDS_AVX512F,
} ProcessorNeed;

typedef struct {
  const CoterieDenseKernels *kernels;
  ProcessorNeed need;
} KernelChoice;

/* Best first. */
static const KernelChoice choices[] = {
#ifdef __x86_64__
    {&coterie_dense_kernels_avx512, NEEDS_AVX512F},
    {&coterie_dense_kernels_avx2, NEEDS_AVX2_AND_FMA},
#endif
    {&coterie_dense_kernels_baseline, NEEDS_NOTHING},
    {&coterie_dense_kernels_naive, NEEDS_NOTHING},
};

static gboolean
processor_has (ProcessorNeed need)
{
  switch (need) {
#ifdef __x86_64__
  case NEEDS_AVX512F:
    /* The file for AVX-512 is compiled with FMA as well, for its single floats. */
    return __builtin_cpu_supports ("avx512f") && __builtin_cpu_supports ("fma");
  case NEEDS_AVX2_AND_FMA:
    return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma");
#else
  case NEEDS_AVX512F:
  case NEEDS_AVX2_AND_FMA:
    return FALSE;
#endif
  case NEEDS_NOTHING:
  default:
    return TRUE;
  }
}

/**
 * coterie_dense_find_kernels:
 * @name: (nullable): "avx512", "avx2", "baseline" or "naive"
 *
 * Returns: (nullable): the kernels of that name; %NULL if there are none, or this processor cannot
 *   execute them
 */
const CoterieDenseKernels *
coterie_dense_find_kernels (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (g_strcmp0 (name, choices[i].kernels->name) == 0 && processor_has (choices[i].need))
      return choices[i].kernels;
  return NULL;
}

/**
 * coterie_dense_dup_kernel_names:
 *
 * Returns: (transfer full): the names of the kernels that this processor can execute, the fastest first,
 *   with commas between them
 */
char *
coterie_dense_dup_kernel_names (void)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (processor_has (choices[i].need))
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", choices[i].kernels->name);
  return g_string_free (names, FALSE);
}

/**
 * coterie_dense_check_kernels:
 * @error: return location for a #GError
 *
 * Asks whether the environment variable COTERIE_KERNELS can be heeded. Who sets it wants to know what was
 * computed with which arithmetic: a training that took another one would be worse than none.
 *
 * Returns: %FALSE with %G_IO_ERROR_INVALID_ARGUMENT if it names kernels that there are not, or that this
 *   processor cannot execute
 */
gboolean
coterie_dense_check_kernels (GError **error)
{
  const char *forced = g_getenv ("COTERIE_KERNELS");
  g_autofree char *names = NULL;

  if (forced == NULL || *forced == '\0' || coterie_dense_find_kernels (forced) != NULL)
    return TRUE;
  names = coterie_dense_dup_kernel_names ();
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "the environment variable COTERIE_KERNELS is “%s”, expected one of those that this "
               "processor has: %s",
               forced, names);
  return FALSE;
}

static const CoterieDenseKernels *
choose_kernels (void)
{
  const CoterieDenseKernels *forced = coterie_dense_find_kernels (g_getenv ("COTERIE_KERNELS"));

  if (forced != NULL)
    return forced;
  for (guint i = 0; i < G_N_ELEMENTS (choices); i++)
    if (processor_has (choices[i].need))
      return choices[i].kernels;
  return &coterie_dense_kernels_naive;
}

/**
 * coterie_dense_get_kernels:
 *
 * Chosen at the first call: those the environment variable COTERIE_KERNELS names, if this processor
 * can execute them, otherwise the fastest. May be called from any thread.
 *
 * Returns: the kernels to use
 */
const CoterieDenseKernels *
coterie_dense_get_kernels (void)
{
  static gsize chosen = 0;

  if (g_once_init_enter (&chosen))
    g_once_init_leave (&chosen, (gsize) choose_kernels ());
  return (const CoterieDenseKernels *) chosen;
}
