/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ways to write a digit that the built-in data set knows: where the pen goes, in the order in
 * which a hand draws it. Everything that differs from one writing to the next, slant, width,
 * thickness, shakiness, is added when a digit is drawn. */

#include "core/dataset/digit-styles.h"

#define CORNER COTERIE_DIGIT_CORNER
#define LIFT COTERIE_DIGIT_LIFT

/* clang-format off */
static const CoterieDigitStyle styles[] = {
    /* 0, closed oval */
    {0, 46, 9,
      {{38, 2}, {14, 18}, {4, 52}, {14, 86}, {36, 98}, {59, 84}, {68, 50}, {58, 14},
       {34, 2, LIFT}}},
    /* 0, the end overlaps the start */
    {0, 24, 10,
      {{52, 8}, {30, 1}, {8, 24}, {5, 66}, {24, 97}, {52, 92}, {67, 56}, {60, 20}, {40, 4},
       {22, 10, LIFT}}},
    /* 0, open at the top */
    {0, 16, 9,
      {{34, 3}, {12, 20}, {4, 54}, {16, 90}, {40, 98}, {62, 80}, {66, 44}, {56, 16},
       {46, 8, LIFT}}},
    /* 0, started at the left, with an inner tail */
    {0, 11, 10,
      {{24, 12}, {8, 34}, {8, 72}, {28, 98}, {54, 88}, {64, 52}, {54, 12}, {32, 2}, {24, 16},
       {34, 26, LIFT}}},
    /* 0, slashed */
    {0, 3, 11,
      {{38, 2}, {14, 18}, {4, 52}, {14, 86}, {36, 98}, {59, 84}, {68, 50}, {58, 14},
       {36, 2, LIFT},
       {60, 14}, {12, 88, LIFT}}},

    /* 1, a straight line */
    {1, 48, 2,
      {{30, 0}, {30, 100, LIFT}}},
    /* 1, a bent line */
    {1, 18, 3,
      {{32, 0}, {31, 50}, {28, 100, LIFT}}},
    /* 1, with a flag */
    {1, 22, 5,
      {{14, 24}, {26, 14}, {36, 0, CORNER}, {35, 50}, {34, 100, LIFT}}},
    /* 1, with a flag and a foot */
    {1, 12, 7,
      {{14, 22}, {36, 0, CORNER}, {35, 50}, {35, 98, LIFT},
       {12, 99}, {36, 98}, {60, 97, LIFT}}},

    /* 2, without a loop */
    {2, 48, 9,
      {{8, 24}, {18, 6}, {40, 0}, {58, 16}, {54, 40}, {34, 66}, {8, 95, CORNER}, {36, 96},
       {70, 94, LIFT}}},
    /* 2, with a loop */
    {2, 34, 12,
      {{10, 22}, {20, 5}, {42, 0}, {58, 16}, {52, 44}, {34, 74}, {14, 94}, {3, 86}, {14, 74},
       {32, 84}, {46, 95}, {70, 90, LIFT}}},
    /* 2, flat foot, straight neck */
    {2, 18, 9,
      {{12, 14}, {34, 1}, {56, 10}, {58, 28}, {40, 54}, {6, 92, CORNER}, {30, 90}, {50, 96},
       {68, 94, LIFT}}},

    /* 3, round */
    {3, 52, 10,
      {{8, 14}, {28, 1}, {56, 10}, {52, 34}, {26, 46, CORNER}, {54, 54}, {64, 74}, {48, 95},
       {22, 98}, {4, 84, LIFT}}},
    /* 3, flat on top */
    {3, 20, 10,
      {{8, 4}, {34, 4}, {60, 3, CORNER}, {44, 22}, {28, 42, CORNER}, {54, 50}, {64, 72},
       {46, 95}, {20, 98}, {3, 86, LIFT}}},
    /* 3, with a loop in the middle */
    {3, 28, 12,
      {{10, 10}, {32, 0}, {56, 12}, {48, 36}, {28, 50}, {20, 44}, {30, 42}, {54, 54},
       {62, 76}, {44, 97}, {16, 96}, {2, 88, LIFT}}},

    /* 4, open */
    {4, 34, 8,
      {{10, 4}, {6, 28}, {5, 52, CORNER}, {30, 54}, {64, 50, LIFT},
       {56, 2}, {52, 50}, {48, 100, LIFT}}},
    /* 4, open and round, in one stroke */
    {4, 26, 7,
      {{12, 4}, {5, 32}, {16, 52}, {42, 48}, {58, 8, CORNER}, {54, 52}, {52, 100, LIFT}}},
    /* 4, closed */
    {4, 26, 8,
      {{50, 0}, {26, 34}, {3, 64, CORNER}, {34, 64}, {70, 61, LIFT},
       {50, 0}, {49, 50}, {47, 100, LIFT}}},
    /* 4, open, bar through the stem */
    {4, 14, 8,
      {{24, 2}, {12, 32}, {4, 60, CORNER}, {36, 60}, {72, 56, LIFT},
       {50, 20}, {46, 60}, {42, 100, LIFT}}},

    /* 5, one stroke */
    {5, 42, 10,
      {{62, 2}, {40, 4}, {18, 4, CORNER}, {14, 24}, {12, 44, CORNER}, {36, 38}, {60, 54},
       {58, 82}, {34, 98}, {4, 92, LIFT}}},
    /* 5, the bar drawn apart */
    {5, 30, 11,
      {{18, 6}, {14, 24}, {12, 42, CORNER}, {36, 38}, {58, 52}, {58, 80}, {36, 98},
       {4, 94, LIFT},
       {16, 5}, {42, 4}, {66, 0, LIFT}}},
    /* 5, flowing */
    {5, 28, 9,
      {{64, 2}, {40, 4}, {22, 10}, {16, 34}, {36, 46}, {56, 60}, {52, 86}, {28, 98},
       {2, 92, LIFT}}},

    /* 6, curved back */
    {6, 46, 10,
      {{50, 0}, {26, 20}, {8, 54}, {10, 86}, {34, 99}, {58, 86}, {58, 64}, {38, 54}, {18, 64},
       {10, 80, LIFT}}},
    /* 6, straight back */
    {6, 32, 9,
      {{32, 0}, {20, 28}, {8, 62}, {14, 92}, {38, 98}, {56, 80}, {48, 60}, {28, 60},
       {10, 78, LIFT}}},
    /* 6, wide, closed loop */
    {6, 22, 10,
      {{56, 4}, {30, 12}, {8, 44}, {4, 78}, {24, 98}, {52, 92}, {60, 70}, {42, 56}, {18, 62},
       {6, 74, LIFT}}},

    /* 7, without a bar */
    {7, 44, 6,
      {{3, 8}, {34, 6}, {64, 3, CORNER}, {48, 34}, {34, 66}, {28, 100, LIFT}}},
    /* 7, with a bar */
    {7, 24, 9,
      {{3, 8}, {34, 6}, {64, 3, CORNER}, {48, 34}, {34, 66}, {26, 100, LIFT},
       {16, 54}, {36, 51}, {60, 48, LIFT}}},
    /* 7, with a hook */
    {7, 20, 7,
      {{4, 24}, {6, 8, CORNER}, {34, 6}, {64, 4, CORNER}, {50, 36}, {38, 66}, {30, 100, LIFT}}},
    /* 7, round shoulder */
    {7, 12, 7,
      {{2, 14}, {24, 6}, {52, 4}, {60, 18}, {44, 48}, {32, 76}, {26, 100, LIFT}}},

    /* 8, one stroke from the top right */
    {8, 52, 11,
      {{58, 12}, {36, 0}, {12, 12}, {18, 34}, {44, 56}, {58, 78}, {36, 99}, {8, 84}, {20, 60},
       {46, 38}, {58, 14, LIFT}}},
    /* 8, two rings */
    {8, 22, 13,
      {{34, 47}, {12, 36}, {12, 12}, {34, 1}, {54, 12}, {54, 36}, {34, 47}, {10, 60}, {6, 84},
       {32, 99}, {58, 86}, {56, 60}, {36, 48, LIFT}}},
    /* 8, one stroke, open at the top */
    {8, 26, 11,
      {{50, 6}, {26, 2}, {10, 18}, {22, 38}, {46, 58}, {54, 82}, {32, 99}, {10, 86}, {16, 62},
       {38, 42}, {62, 8, LIFT}}},

    /* 9, straight tail */
    {9, 44, 8,
      {{56, 10}, {32, 0}, {8, 16}, {12, 42}, {36, 46}, {56, 12, CORNER}, {56, 52},
       {52, 100, LIFT}}},
    /* 9, curved tail */
    {9, 30, 10,
      {{56, 12}, {32, 0}, {8, 18}, {14, 44}, {38, 44}, {58, 16}, {60, 52}, {46, 90}, {24, 99},
       {8, 92, LIFT}}},
    /* 9, slanting tail */
    {9, 26, 8,
      {{60, 8}, {34, 2}, {8, 24}, {16, 46}, {42, 38}, {60, 10, CORNER}, {48, 54},
       {30, 100, LIFT}}},
};
/* clang-format on */

/**
 * coterie_digit_style_pick:
 * @digit: 0 … 9
 * @hundredth: a whole number from 0 to 99, drawn at random
 *
 * Picks styles in proportion to their shares.
 *
 * Returns: a way to write @digit
 */
const CoterieDigitStyle *
coterie_digit_style_pick (guint digit, guint hundredth)
{
  guint passed = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (styles); i++) {
    if (styles[i].digit != digit)
      continue;
    passed += styles[i].share;
    if (hundredth < passed)
      return &styles[i];
  }
  g_assert_not_reached ();
}
