/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The most multiply-adds that a core does in a second: sums in registers, enough of them that none
 * waits for another, and no memory. Compiled once for each instruction set, as the kernels are. */

#include "fma-peak.h"

#include <time.h>

#if defined(__AVX512F__)
#define VECTOR_FLOATS 16
#define N_SUMS 20
#elif defined(__AVX2__)
#define VECTOR_FLOATS 8
#define N_SUMS 12
#else
#define VECTOR_FLOATS 4
#define N_SUMS 10
#endif

#define N_STEPS 200000
#define N_TRIES 5

typedef float Vector __attribute__ ((vector_size (VECTOR_FLOATS * 4)));

static double
read_thread_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

/* The sums start different, or the compiler would make one of them all. */
static void
multiply_add (float *factor, float *out)
{
  Vector factors = (Vector){0} + *factor;
  Vector sums[N_SUMS];

#pragma GCC unroll 20
  for (guint i = 0; i < N_SUMS; i++)
    sums[i] = (Vector){0} + (float) i;
  for (guint step = 0; step < N_STEPS; step++) {
#pragma GCC unroll 20
    for (guint i = 0; i < N_SUMS; i++)
      sums[i] = sums[i] * factors + factors;
  }
  for (guint i = 1; i < N_SUMS; i++)
    sums[0] += sums[i];
  *out = sums[0][0];
}

#define PASTE(a, b) a##b
#define PEAK_SYMBOL(name) PASTE (coterie_fma_peak_, name)

/* Floating-point operations a second and core, a multiply-add being two: the best of some tries. */
double
PEAK_SYMBOL (COTERIE_KERNELS_NAME) (void)
{
  volatile float factor = 0.5f;
  volatile float kept;
  double best = 0.0;

  for (guint i = 0; i < N_TRIES; i++) {
    float here = factor;
    float out;
    double began = read_thread_seconds ();

    multiply_add (&here, &out);
    kept = out;
    best = MAX (best, 2.0 * VECTOR_FLOATS * N_SUMS * N_STEPS / (read_thread_seconds () - began));
  }
  (void) kept;
  return best;
}
