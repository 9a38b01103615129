/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double coterie_correlation_pearson (const double *x, const double *y, gsize n);
double coterie_correlation_spearman (const double *x, const double *y, gsize n);
void coterie_correlation_rank (const double *values, gsize n, double *ranks);

G_END_DECLS
