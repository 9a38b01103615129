/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double coterie_fma_peak_baseline (void);
#ifdef __x86_64__
double coterie_fma_peak_avx2 (void);
double coterie_fma_peak_avx512 (void);
#endif

G_END_DECLS
