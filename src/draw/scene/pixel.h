/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/palette.h"

G_BEGIN_DECLS

/* Blue, green, red and alpha, premultiplied, from 0 to 255: the order of the bytes of a pixel that is a
 * 32-bit number. */
typedef float CoteriePixelChannels __attribute__ ((vector_size (16)));
typedef int CoteriePixelBytes __attribute__ ((vector_size (16)));

/**
 * coterie_pixel_get_channels:
 * @color: a colour; its alpha is not used
 *
 * Returns: the colour, opaque
 */
static inline CoteriePixelChannels
coterie_pixel_get_channels (CoterieColor color)
{
  return (CoteriePixelChannels){color.blue, color.green, color.red, 1.0f} * 255.0f;
}

/**
 * coterie_pixel_pack:
 * @channels: from 0 to 255
 *
 * Returns: the pixel, rounded
 */
static inline guint32
coterie_pixel_pack (CoteriePixelChannels channels)
{
  CoteriePixelBytes bytes = __builtin_convertvector(channels + 0.5f, CoteriePixelBytes);

  return (guint32) bytes[3] << 24 | (guint32) bytes[2] << 16 | (guint32) bytes[1] << 8 |
         (guint32) bytes[0];
}

/**
 * coterie_pixel_blend:
 * @channels: what is drawn, from 0 to 255
 * @below: a pixel
 *
 * Returns: @channels over @below
 */
static inline guint32
coterie_pixel_blend (CoteriePixelChannels channels, guint32 below)
{
  CoteriePixelBytes bytes = {(int) (below & 0xff), (int) (below >> 8 & 0xff),
                             (int) (below >> 16 & 0xff), (int) (below >> 24)};

  channels +=
      __builtin_convertvector(bytes, CoteriePixelChannels) * (1.0f - channels[3] * (1.0f / 255.0f));
  bytes = __builtin_convertvector(channels + 0.5f, CoteriePixelBytes);
  return (guint32) bytes[3] << 24 | (guint32) bytes[2] << 16 | (guint32) bytes[1] << 8 |
         (guint32) bytes[0];
}

G_END_DECLS
