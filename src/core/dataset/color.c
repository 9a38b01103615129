/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From red, green and blue to what a sample keeps: all three, one plane after the other, or grey by
 * the weights of ITU-R BT.601, with which the paper made CIFAR-10 grey. */

#include "core/dataset/color.h"

/* In thousandths, so that the sum is exact and white stays white. */
#define RED_WEIGHT 299u
#define GREEN_WEIGHT 587u
#define BLUE_WEIGHT 114u
#define WEIGHT_SUM 1000u

/**
 * coterie_color_store:
 * @sample: (out caller-allocates): [@n_pixels] if grey, [3][@n_pixels] if colour is kept
 * @n_pixels: pixels of the image
 * @keep_color: whether to keep the colour
 * @planes: the first byte of red, of green and of blue; must not overlap @sample
 * @stride: bytes from one pixel to the next in each of @planes: 1 for planes, 3 for RGB
 *
 * Writes an image as a sample. Grey is 0.299 R + 0.587 G + 0.114 B, rounded to the nearest byte.
 */
void
coterie_color_store (guint8 *sample,
                     gsize n_pixels,
                     gboolean keep_color,
                     const guint8 *const planes[COTERIE_N_COLOR_PLANES],
                     gsize stride)
{
  for (guint plane = 0; keep_color && plane < COTERIE_N_COLOR_PLANES; plane++)
    for (gsize i = 0; i < n_pixels; i++)
      sample[plane * n_pixels + i] = planes[plane][i * stride];

  for (gsize i = 0; !keep_color && i < n_pixels; i++) {
    guint sum = RED_WEIGHT * planes[0][i * stride] + GREEN_WEIGHT * planes[1][i * stride] +
                BLUE_WEIGHT * planes[2][i * stride];

    sample[i] = (guint8) ((sum + WEIGHT_SUM / 2) / WEIGHT_SUM);
  }
}
