/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/network/dense.h"

G_BEGIN_DECLS

/* The plain twin, and what dense-kernels.c is compiled to for each instruction set. */
extern const CoterieDenseKernels coterie_dense_kernels_naive;
extern const CoterieDenseKernels coterie_dense_kernels_baseline;
#ifdef __x86_64__
extern const CoterieDenseKernels coterie_dense_kernels_avx2;
extern const CoterieDenseKernels coterie_dense_kernels_avx512;
#endif

G_END_DECLS
