/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"
#include "draw/picture/picture-legend.h"
#include "draw/picture/picture-metadata.h"
#include "draw/picture/picture-size.h"
#include "draw/scene/drawing.h"

G_BEGIN_DECLS

/**
 * CoteriePictureFormat:
 * @COTERIE_PICTURE_PNG: pixels
 * @COTERIE_PICTURE_SVG: vectors
 * @COTERIE_PICTURE_PDF: vectors
 *
 * What a picture's file is.
 */
typedef enum {
  COTERIE_PICTURE_PNG,
  COTERIE_PICTURE_SVG,
  COTERIE_PICTURE_PDF,
} CoteriePictureFormat;

#define COTERIE_N_PICTURE_FORMATS 3

/**
 * CoteriePicture:
 * @drawing: what is drawn
 * @bounds: what contains its nodes, layout units
 * @seen: (nullable): what a window shows of it; %NULL shows all
 * @legend: (nullable): what the colours mean
 * @dark: which appearance the legend has
 * @transparent: leaves the background out
 * @size: how large it is
 * @metadata: what is said about it in the file
 *
 * A picture before it is drawn.
 */
typedef struct {
  CoterieDrawing *drawing;
  CoterieBounds bounds;
  const CoterieDrawingView *seen;
  const CoteriePictureLegend *legend;
  gboolean dark;
  gboolean transparent;
  CoteriePictureSize size;
  CoteriePictureMetadata metadata;
} CoteriePicture;

const char *coterie_picture_format_get_suffix (CoteriePictureFormat format);
gboolean coterie_picture_format_from_name (const char *name, CoteriePictureFormat *format);
gboolean coterie_picture_format_is_vector (CoteriePictureFormat format);
GByteArray *coterie_picture_draw (const CoteriePicture *picture,
                                  CoteriePictureFormat format,
                                  CoteriePool *pool,
                                  GError **error);

G_END_DECLS
