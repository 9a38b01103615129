/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieScale:
 * @lower: value at the start of the axis, less than @upper
 * @upper: value at the end of the axis
 * @first_tick: the lowest tick, a multiple of @step
 * @step: distance between ticks, greater than 0: 1, 2 or 5 times a power of ten
 * @n_ticks: number of ticks within the limits
 * @n_decimals: decimals that tell neighbouring ticks apart
 *
 * The range of an axis and where its ticks lie, in the unit of what is plotted.
 */
typedef struct {
  double lower;
  double upper;
  double first_tick;
  double step;
  guint n_ticks;
  guint n_decimals;
} CoterieScale;

double coterie_scale_nice_step (double rough);
void coterie_scale_fit (CoterieScale *scale,
                        double data_min,
                        double data_max,
                        double bound_min,
                        double bound_max,
                        guint max_ticks);
void coterie_scale_fix (CoterieScale *scale, double lower, double upper, guint max_ticks);
void coterie_scale_fix_integer (CoterieScale *scale, double lower, double upper, guint max_ticks);
double coterie_scale_get_tick (const CoterieScale *scale, guint tick);
double
coterie_scale_to_px (const CoterieScale *scale, double value, double lower_px, double upper_px);
double
coterie_scale_from_px (const CoterieScale *scale, double px, double lower_px, double upper_px);
char *coterie_scale_format (double value, guint n_decimals);

G_END_DECLS
