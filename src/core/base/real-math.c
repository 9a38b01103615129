/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The exponential and the natural logarithm from the four operations alone, which IEEE 754 rounds
 * the same everywhere. Those of the C library differ in the last bit from version to version and
 * processor to processor, and a training that used them would end in other weights. */

#include "core/base/real-math.h"

#include <math.h>

#define LOG2_E 1.4426950408889634

/* ln 2 in two parts; the first has enough zeros at its end to be multiplied by any exponent without
 * rounding. */
#define LN_2_HIGH 0x1.62e42feep-1
#define LN_2_LOW 0x1.a39ef35793c76p-33

#define SQRT_HALF 0.70710678118654752

/* Beyond these, e^x is more than the greatest double, or less than half the smallest. */
#define EXP_OVERFLOW 709.79
#define EXP_UNDERFLOW (-745.14)

/* 1 / k! */
static const double inverse_factorials[] = {
    1.0,
    1.0,
    1.0 / 2.0,
    1.0 / 6.0,
    1.0 / 24.0,
    1.0 / 120.0,
    1.0 / 720.0,
    1.0 / 5040.0,
    1.0 / 40320.0,
    1.0 / 362880.0,
    1.0 / 3628800.0,
    1.0 / 39916800.0,
    1.0 / 479001600.0,
    1.0 / 6227020800.0,
};

/* The sum of r^k / k! for k from 0 to 13: at |r| <= ln 2 / 2 the rest is below 1e-17. */
static double
exp_series (double r)
{
  double sum = inverse_factorials[13];

  for (int k = 12; k >= 0; k--)
    sum = sum * r + inverse_factorials[k];
  return sum;
}

/**
 * coterie_exp:
 * @x: any number
 *
 * The same bits on every machine. x = n ln 2 + r with whole n and |r| at most ln 2 / 2; then
 * e^x = 2^n e^r, e^r by its series.
 *
 * Returns: e to the power of @x, with a relative error below 1e-15; infinity and 0 where that
 *   cannot be held; not-a-number for not-a-number
 */
double
coterie_exp (double x)
{
  double n;
  double r;

  if (isnan (x))
    return x;
  if (x > EXP_OVERFLOW)
    return INFINITY;
  if (x < EXP_UNDERFLOW)
    return 0.0;

  n = floor (x * LOG2_E + 0.5);
  r = (x - n * LN_2_HIGH) - n * LN_2_LOW;
  return ldexp (exp_series (r), (int) n);
}

/* The sum of 2 s^k / k for odd k from 1 to 21: at |s| <= 0.172 the rest is below 1e-18. */
static double
log_series (double s)
{
  double square = s * s;
  double sum = 0.0;

  for (int k = 21; k >= 3; k -= 2)
    sum = (sum + 1.0 / (double) k) * square;
  return 2.0 * s + 2.0 * s * sum;
}

/**
 * coterie_log:
 * @x: any number
 *
 * The same bits on every machine. x = 2^n m with m between the square roots of 1/2 and of 2; then
 * ln x = n ln 2 + ln m, ln m = 2 artanh ((m - 1) / (m + 1)) by its series.
 *
 * Returns: the natural logarithm of @x, with a relative error below 1e-15; minus infinity for 0;
 *   not-a-number for a negative number and for not-a-number
 */
double
coterie_log (double x)
{
  double m;
  int n;

  if (isnan (x) || x < 0.0)
    return NAN;
  if (x == 0.0)
    return -INFINITY;
  if (isinf (x))
    return x;

  m = frexp (x, &n);
  if (m < SQRT_HALF) {
    m *= 2.0;
    n--;
  }
  return n * LN_2_HIGH + (log_series ((m - 1.0) / (m + 1.0)) + n * LN_2_LOW);
}
