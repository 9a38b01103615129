/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define COTERIE_N_DIGITS 10
#define COTERIE_DIGIT_MAX_POINTS 20

/**
 * CoterieDigitJoint:
 * @COTERIE_DIGIT_SMOOTH: the pen runs through the point in a curve
 * @COTERIE_DIGIT_CORNER: the pen turns sharply
 * @COTERIE_DIGIT_LIFT: the pen leaves the paper; the next point begins another stroke
 */
typedef enum {
  COTERIE_DIGIT_SMOOTH,
  COTERIE_DIGIT_CORNER,
  COTERIE_DIGIT_LIFT,
} CoterieDigitJoint;

/**
 * CoterieDigitPoint:
 * @x: to the right, hundredths of the digit's height; about 0 … 70
 * @y: downwards, hundredths of the digit's height, 0 … 100
 * @joint: how the pen passes
 */
typedef struct {
  guint8 x;
  guint8 y;
  CoterieDigitJoint joint;
} CoterieDigitPoint;

/**
 * CoterieDigitStyle:
 * @digit: which digit, 0 … 9
 * @share: how many in a hundred write the digit like this; the shares of a digit add up to 100
 * @n_points: points used
 * @points: where the pen goes; the last one is a lift
 *
 * One way to write a digit.
 */
typedef struct {
  guint digit;
  guint share;
  guint n_points;
  CoterieDigitPoint points[COTERIE_DIGIT_MAX_POINTS];
} CoterieDigitStyle;

const CoterieDigitStyle *coterie_digit_style_pick (guint digit, guint hundredth);

G_END_DECLS
