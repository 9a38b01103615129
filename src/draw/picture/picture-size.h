/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define COTERIE_PICTURE_SIZE_ERROR (coterie_picture_size_error_quark ())

typedef enum {
  COTERIE_PICTURE_SIZE_ERROR_SYNTAX,
  COTERIE_PICTURE_SIZE_ERROR_OUT_OF_RANGE,
} CoteriePictureSizeError;

GQuark coterie_picture_size_error_quark (void);

#define COTERIE_POINTS_PER_INCH 72.0
#define COTERIE_MM_PER_INCH 25.4

/* Smaller or larger than any page or screen. */
#define COTERIE_PICTURE_MIN_PX 16
#define COTERIE_PICTURE_MAX_PX 16384

/**
 * CoterieColumn:
 * @name: how it is asked for
 * @title: what it is, to be translated
 * @width_mm: how wide a figure in it is
 *
 * A width that a publisher prescribes for figures.
 */
typedef struct {
  const char *name;
  const char *title;
  double width_mm;
} CoterieColumn;

/**
 * CoterieLengthUnit:
 * @COTERIE_LENGTH_PX: pixels; points in a picture of vectors
 * @COTERIE_LENGTH_MM: millimetres
 *
 * What a length is measured in.
 */
typedef enum {
  COTERIE_LENGTH_PX,
  COTERIE_LENGTH_MM,
} CoterieLengthUnit;

/**
 * CoterieLength:
 * @value: greater than 0
 * @unit: of @value
 */
typedef struct {
  double value;
  CoterieLengthUnit unit;
} CoterieLength;

/**
 * CoteriePictureSize:
 * @width_px: device pixels, or points of a picture of vectors
 * @height_px: the same
 * @width_pt: the exact width of a picture of vectors, points; 0 for @width_px
 * @height_pt: the same
 * @scale: of them, for a pixel of the window: a length of 1 there is so long here
 * @text_scale: the same for the legend
 * @least_text_scale: the same, where the legend can just be read
 * @dpi: device pixels an inch; 0 where the picture has no size on paper
 * @narrow: whether it is that of a figure in a column
 * @grows: whether it may become as high as wide, for a legend below the graph
 */
typedef struct {
  int width_px;
  int height_px;
  double width_pt;
  double height_pt;
  double scale;
  double text_scale;
  double least_text_scale;
  double dpi;
  gboolean narrow;
  gboolean grows;
} CoteriePictureSize;

const CoterieColumn *coterie_column_list (guint *n_columns);
gboolean coterie_length_parse (const char *text, CoterieLength *length, GError **error);
double coterie_length_to_pixels (CoterieLength length, double dpi);
gboolean coterie_picture_size_compute (CoterieLength width,
                                       CoterieLength height,
                                       double dpi,
                                       CoteriePictureSize *size,
                                       GError **error);
gboolean coterie_picture_size_compute_for_window (
    double width_px, double height_px, gboolean vector, CoteriePictureSize *size, GError **error);

G_END_DECLS
