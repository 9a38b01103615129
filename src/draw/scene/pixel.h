/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

#ifdef __SSE2__
  __m128i words = _mm_packs_epi32 ((__m128i) bytes, (__m128i) bytes);

  return (guint32) _mm_cvtsi128_si32 (_mm_packus_epi16 (words, words));
#else
  return (guint32) bytes[3] << 24 | (guint32) bytes[2] << 16 | (guint32) bytes[1] << 8 |
         (guint32) bytes[0];
#endif
}

/**
 * coterie_pixel_unpack:
 * @pixel: a pixel
 *
 * Returns: its channels, from 0 to 255
 */
static inline CoteriePixelChannels
coterie_pixel_unpack (guint32 pixel)
{
#ifdef __SSE2__
  const __m128i zero = _mm_setzero_si128 ();
  __m128i words = _mm_unpacklo_epi8 (_mm_cvtsi32_si128 ((int) pixel), zero);
  CoteriePixelBytes bytes = (CoteriePixelBytes) _mm_unpacklo_epi16 (words, zero);
#else
  CoteriePixelBytes bytes = {(int) (pixel & 0xff), (int) (pixel >> 8 & 0xff),
                             (int) (pixel >> 16 & 0xff), (int) (pixel >> 24)};
#endif

  return __builtin_convertvector(bytes, CoteriePixelChannels);
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
  CoteriePixelChannels under = coterie_pixel_unpack (below);

  channels += under * (1.0f - channels[3] * (1.0f / 255.0f));
  return coterie_pixel_pack (channels);
}

G_END_DECLS
