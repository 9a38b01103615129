/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#ifdef __x86_64__
#include <xmmintrin.h>
#endif

G_BEGIN_DECLS

/* Where a gradient vanishes, its decaying averages would sooner or later be denormal numbers, with
 * which processors compute a hundred times slower. Between these two calls the calling thread takes
 * such numbers for 0, read or written. Processors that have no such mode, or that we do not know to,
 * compute with them. */

typedef guint64 CoterieFloatMode;

#if defined(__x86_64__)

#define COTERIE_DENORMALS_ARE_ZERO 0x8040u

static inline CoterieFloatMode
coterie_denormals_flush (void)
{
  CoterieFloatMode before = _mm_getcsr ();

  _mm_setcsr ((guint) before | COTERIE_DENORMALS_ARE_ZERO);
  return before;
}

static inline void
coterie_denormals_restore (CoterieFloatMode before)
{
  _mm_setcsr ((guint) before);
}

#elif defined(__aarch64__)

#define COTERIE_DENORMALS_ARE_ZERO (G_GUINT64_CONSTANT (1) << 24)

static inline CoterieFloatMode
coterie_denormals_flush (void)
{
  CoterieFloatMode before;

  __asm__ volatile("mrs %0, fpcr" : "=r"(before));
  __asm__ volatile("msr fpcr, %0" : : "r"(before | COTERIE_DENORMALS_ARE_ZERO));
  return before;
}

static inline void
coterie_denormals_restore (CoterieFloatMode before)
{
  __asm__ volatile("msr fpcr, %0" : : "r"(before));
}

#else

static inline CoterieFloatMode
coterie_denormals_flush (void)
{
  return 0;
}

static inline void
coterie_denormals_restore (CoterieFloatMode before)
{
}

#endif

G_END_DECLS
