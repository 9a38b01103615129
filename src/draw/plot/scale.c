/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The arithmetic of an axis, without any drawing: limits that contain the data, ticks at 1, 2 or 5
 * times a power of ten, or where one tick alone would be left at other multiples of it, pixels, and the
 * text of a tick. */

#include "draw/plot/scale.h"

#include <math.h>

/* Sums of ticks are inexact in their last bits; this much of a step counts as nothing. */
#define STEP_TOLERANCE 1e-9

/* Values closer than this, relative to their size, are one value: a step between them could not be
 * told in the eight digits of a label. */
#define SAME_TOLERANCE 1e-6

/* Beyond this, the arithmetic of spans would overflow. */
#define VALUE_MAX 1e300

#define VALUE_MIN 1e-290

/* Of the span, kept free between the data and limits that are not their natural end. */
#define AIR_FRAC 0.03

/* Five of them come to a tenth of a step, and that is not much greater than the range. */
#define MOST_FINER_STEPS 10

/* Longer labels are told with a power of ten. */
#define MAX_DECIMALS 8
#define MAX_FIXED 1e9

static double
clamp_value (double value)
{
  return CLAMP (value, -VALUE_MAX, VALUE_MAX);
}

static guint
decimals_of_step (double step)
{
  double exponent = floor (log10 (step) + STEP_TOLERANCE);

  return exponent < 0.0 ? (guint) -exponent : 0;
}

static void
place_ticks (CoterieScale *scale, double step)
{
  double first = ceil (scale->lower / step - STEP_TOLERANCE);
  double last = floor (scale->upper / step + STEP_TOLERANCE);

  scale->step = step;
  scale->first_tick = first * step;
  scale->n_ticks = last < first ? 0 : (guint) (last - first) + 1;
  scale->n_decimals = decimals_of_step (step);
}

/* One tick tells where a value is, but not how far it is from another: what lies between the steps of one,
 * two and five then has to do. */
static void
place_two_ticks (CoterieScale *scale, double step)
{
  double decade = pow (10.0, floor (log10 (step) + STEP_TOLERANCE));
  guint lead = (guint) round (step / decade);

  place_ticks (scale, step);
  for (guint i = 0; scale->n_ticks < 2 && i < MOST_FINER_STEPS; i++) {
    if (--lead == 0) {
      lead = 5;
      decade /= 10.0;
    }
    place_ticks (scale, lead * decade);
  }
}

/* The range of nothing at all. */
static void
open_empty_range (double *data_min, double *data_max, double bound_min, double bound_max)
{
  *data_min = isfinite (bound_min) ? bound_min : MIN (0.0, bound_max - 1.0);
  *data_max = isfinite (bound_max) && bound_max > *data_min ? bound_max : *data_min + 1.0;
}

/* A range around one value: zero at one end and as much beyond the value, so that the first value of
 * a series lies in the middle. */
static void
open_point_range (double *data_min, double *data_max, double bound_min, double bound_max)
{
  double value = *data_min;

  if (fabs (value) < VALUE_MIN) {
    *data_min = bound_max <= 0.0 ? -1.0 : 0.0;
    *data_max = *data_min + 1.0;
    return;
  }
  *data_min = MIN (value, MAX (bound_min, MIN (0.0, 2.0 * value)));
  *data_max = MAX (value, MIN (bound_max, MAX (0.0, 2.0 * value)));
  if (*data_min == *data_max)
    *data_max += fabs (value);
}

/* Makes a range of any data. Returns the air around it, none if it has been opened. */
static double
open_range (double *data_min, double *data_max, double bound_min, double bound_max)
{
  if (!isfinite (*data_min) || !isfinite (*data_max) || *data_min > *data_max) {
    open_empty_range (data_min, data_max, bound_min, bound_max);
    return 0.0;
  }

  *data_min = clamp_value (*data_min);
  *data_max = clamp_value (*data_max);
  if (*data_max - *data_min <=
      MAX (SAME_TOLERANCE * MAX (fabs (*data_min), fabs (*data_max)), VALUE_MIN)) {
    open_point_range (data_min, data_max, bound_min, bound_max);
    return 0.0;
  }
  return AIR_FRAC * (*data_max - *data_min);
}

/**
 * coterie_scale_nice_step:
 * @rough: a distance in any unit, greater than 0 and finite
 *
 * Returns: the least of 1, 2 and 5 times a power of ten that is not less than @rough
 */
double
coterie_scale_nice_step (double rough)
{
  double decade = pow (10.0, floor (log10 (rough)));
  double lead = rough / decade * (1.0 - STEP_TOLERANCE);

  return decade * (lead <= 1.0 ? 1.0 : lead <= 2.0 ? 2.0 : lead <= 5.0 ? 5.0 : 10.0);
}

/**
 * coterie_scale_fit:
 * @scale: (out): the scale
 * @data_min: the least value, in the unit of the data; not finite if there is none
 * @data_max: the greatest value
 * @bound_min: a value that the quantity cannot go below; not-a-number, infinite or
 *   as good as infinite if there is none
 * @bound_max: a value that the quantity cannot go above; the same
 * @max_ticks: how many ticks have room; fewer than 3 count as 3, for a range around zero needs them
 *
 * Finds limits at ticks, with some air around the data. The limits do not cross a bound, nor zero
 * if the data do not, unless the data do so themselves. Without data the range is that of the
 * bounds, or 0 to 1. When all data are the same they lie in the middle, with zero at one end. Cost:
 * constant.
 */
void
coterie_scale_fit (CoterieScale *scale,
                   double data_min,
                   double data_max,
                   double bound_min,
                   double bound_max,
                   guint max_ticks)
{
  double air, lowest, highest, want_lower, want_upper, step;

  max_ticks = MAX (max_ticks, 3);
  bound_min = fabs (bound_min) <= VALUE_MAX ? bound_min : -INFINITY;
  bound_max = fabs (bound_max) <= VALUE_MAX ? bound_max : INFINITY;
  air = open_range (&data_min, &data_max, bound_min, bound_max);

  lowest = MIN (data_min, data_min >= 0.0 ? MAX (bound_min, 0.0) : bound_min);
  highest = MAX (data_max, data_max <= 0.0 ? MIN (bound_max, 0.0) : bound_max);
  want_lower = MAX (data_min - air, lowest);
  want_upper = MIN (data_max + air, highest);

  step = coterie_scale_nice_step ((data_max - data_min) / (max_ticks - 1));
  for (;;) {
    double lower = floor (want_lower / step + STEP_TOLERANCE);
    double upper = ceil (want_upper / step - STEP_TOLERANCE);

    if (upper - lower < max_ticks) {
      scale->lower = MAX (lower * step, lowest);
      scale->upper = MIN (upper * step, highest);
      break;
    }
    step = coterie_scale_nice_step (1.5 * step);
  }
  place_two_ticks (scale, step);
}

/**
 * coterie_scale_fix:
 * @scale: (out): the scale
 * @lower: the lower limit, in the unit of the data
 * @upper: the upper limit
 * @max_ticks: how many ticks have room; fewer than 2 count as 2
 *
 * Takes the limits as they are and finds ticks within, two at least: where no two of 1, 2 or 5 times a
 * power of ten lie there, at 3 or 4 times one; where there is room for two only, there may be up to four.
 * Without a range, when the limits are not finite or not in order, it is one wide. Cost: constant.
 */
void
coterie_scale_fix (CoterieScale *scale, double lower, double upper, guint max_ticks)
{
  scale->lower = isfinite (lower) ? clamp_value (lower) : 0.0;
  scale->upper = isfinite (upper) ? clamp_value (upper) : scale->lower + 1.0;
  if (scale->upper - scale->lower <=
      MAX (SAME_TOLERANCE * SAME_TOLERANCE * fabs (scale->lower), VALUE_MIN))
    scale->upper = scale->lower + MAX (1.0, SAME_TOLERANCE * fabs (scale->lower));

  place_two_ticks (
      scale, coterie_scale_nice_step ((scale->upper - scale->lower) / (MAX (max_ticks, 2) - 1)));
}

/**
 * coterie_scale_fix_integer:
 * @scale: (out): the scale
 * @lower: the lower limit, in iterations or another count
 * @upper: the upper limit
 * @max_ticks: how many ticks have room; fewer than 2 count as 2
 *
 * As coterie_scale_fix(), with ticks at whole numbers only. Cost: constant.
 */
void
coterie_scale_fix_integer (CoterieScale *scale, double lower, double upper, guint max_ticks)
{
  coterie_scale_fix (scale, lower, upper, max_ticks);
  if (scale->step < 1.0)
    place_ticks (scale, 1.0);
}

/**
 * coterie_scale_get_tick:
 * @scale: the scale
 * @tick: less than the number of ticks
 *
 * Returns: the value of a tick, in the unit of the scale
 */
double
coterie_scale_get_tick (const CoterieScale *scale, guint tick)
{
  /* Counted in steps, so that the tick at zero is zero. */
  return (round (scale->first_tick / scale->step) + tick) * scale->step;
}

/**
 * coterie_scale_to_px:
 * @scale: the scale
 * @value: in the unit of the scale; may lie outside the limits
 * @lower_px: where the lower limit is drawn
 * @upper_px: where the upper limit is drawn; may be less than @lower_px
 *
 * Returns: where @value is drawn, in px; not-a-number for not-a-number
 */
double
coterie_scale_to_px (const CoterieScale *scale, double value, double lower_px, double upper_px)
{
  double t_frac = (value - scale->lower) / (scale->upper - scale->lower);

  return lower_px + t_frac * (upper_px - lower_px);
}

/**
 * coterie_scale_from_px:
 * @scale: the scale
 * @px: a place on the axis, in px; may lie outside the limits
 * @lower_px: where the lower limit is drawn
 * @upper_px: where the upper limit is drawn, not @lower_px
 *
 * Returns: the value that is drawn at @px, in the unit of the scale
 */
double
coterie_scale_from_px (const CoterieScale *scale, double px, double lower_px, double upper_px)
{
  double t_frac = (px - lower_px) / (upper_px - lower_px);

  return scale->lower + t_frac * (scale->upper - scale->lower);
}

/**
 * coterie_scale_format:
 * @value: a dimensionless number, or in any unit; not-a-number gives an en dash
 * @n_decimals: decimals after the point
 *
 * Writes numbers the same way in every locale, with a point and a true minus sign, as the text of
 * recordings and figures is compared between people. A zero has no sign. More than eight decimals
 * and numbers from a thousand millions are written with a power of ten.
 *
 * Returns: (transfer full): the text
 */
char *
coterie_scale_format (double value, guint n_decimals)
{
  char buffer[64];
  char format[8];
  const char *digits = buffer;
  gboolean negative;

  if (!isfinite (value))
    return g_strdup ("–");

  if (n_decimals > MAX_DECIMALS || fabs (value) >= MAX_FIXED)
    g_strlcpy (format, "%.8g", sizeof format);
  else
    g_snprintf (format, sizeof format, "%%.%uf", n_decimals);
  g_ascii_formatd (buffer, sizeof buffer, format, value);

  negative = buffer[0] == '-' && strpbrk (buffer, "123456789") != NULL;
  if (buffer[0] == '-')
    digits++;
  return g_strconcat (negative ? "−" : "", digits, NULL);
}
