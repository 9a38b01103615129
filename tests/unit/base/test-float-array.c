/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/base/float-array.h"

static void
test_zero_and_aligned (void)
{
  const gsize sizes[] = {0, 1, 1000, 512 * 1024 - 1, 512 * 1024, 3 * 1024 * 1024 + 5};

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    float *values = coterie_float_array_new (sizes[i]);

    g_assert_cmpuint ((gsize) values % 64, ==, 0);
    for (gsize v = 0; v < sizes[i]; v++)
      g_assert_true (values[v] == 0.0f);
    if (sizes[i] > 0)
      values[sizes[i] - 1] = 1.0f;
    coterie_float_array_free (values);
  }
  coterie_float_array_free (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/float-array/zero-and-aligned", test_zero_and_aligned);
  return g_test_run ();
}
