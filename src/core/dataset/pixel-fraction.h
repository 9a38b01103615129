/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * COTERIE_PIXEL_FRACTION:
 * @pixel: a whole number from 0 to 255, or a vector of them, as float
 *
 * @pixel / 255 rounded to float, without a division. The first factor is 1 / 255 to nine bits, so that
 * the product is exact; the second is the rest.
 */
#define COTERIE_PIXEL_FRACTION(pixel) ((pixel) *0x1.01p-8f + (pixel) *0x1.010102p-24f)

G_END_DECLS
