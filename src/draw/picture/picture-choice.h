/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/picture/picture-file.h"

G_BEGIN_DECLS

/**
 * CoteriePictureRoom:
 * @COTERIE_PICTURE_ROOM_WINDOW: as much as the window has
 * @COTERIE_PICTURE_ROOM_COLUMN: a column's width
 * @COTERIE_PICTURE_ROOM_OWN: a width that was given
 *
 * Where the width of a picture comes from.
 */
typedef enum {
  COTERIE_PICTURE_ROOM_WINDOW,
  COTERIE_PICTURE_ROOM_COLUMN,
  COTERIE_PICTURE_ROOM_OWN,
} CoteriePictureRoom;

/**
 * CoteriePictureUnit:
 * @COTERIE_PICTURE_UNIT_MM: millimetres
 * @COTERIE_PICTURE_UNIT_INCH: inches
 * @COTERIE_PICTURE_UNIT_PX: pixels; points in a picture of vectors
 *
 * What an own width or height is given in.
 */
typedef enum {
  COTERIE_PICTURE_UNIT_MM,
  COTERIE_PICTURE_UNIT_INCH,
  COTERIE_PICTURE_UNIT_PX,
} CoteriePictureUnit;

#define COTERIE_N_PICTURE_UNITS 3

/**
 * CoteriePictureBackground:
 * @COTERIE_PICTURE_BACKGROUND_LIGHT: the light appearance
 * @COTERIE_PICTURE_BACKGROUND_DARK: the dark appearance
 * @COTERIE_PICTURE_BACKGROUND_TRANSPARENT: the light appearance without its background
 *
 * What lies behind the graph.
 */
typedef enum {
  COTERIE_PICTURE_BACKGROUND_LIGHT,
  COTERIE_PICTURE_BACKGROUND_DARK,
  COTERIE_PICTURE_BACKGROUND_TRANSPARENT,
} CoteriePictureBackground;

#define COTERIE_N_PICTURE_BACKGROUNDS 3

/**
 * CoteriePictureChoice:
 * @format: what the file is
 * @room: where the width comes from
 * @column: which of coterie_column_list(), for %COTERIE_PICTURE_ROOM_COLUMN
 * @unit: of @width and @height
 * @width: for %COTERIE_PICTURE_ROOM_OWN
 * @own_height: whether @height holds, for all but %COTERIE_PICTURE_ROOM_WINDOW; else the window's
 *   proportions do
 * @height: how high
 * @dpi: pixels an inch, for pixels on paper
 * @background: what lies behind the graph
 * @whole_graph: shows everything; else what the window shows
 * @legend: says what the colours mean
 * @labels: keeps the texts in the graph
 *
 * What somebody wants a picture of a window to be; a value.
 */
typedef struct {
  CoteriePictureFormat format;
  CoteriePictureRoom room;
  guint column;
  CoteriePictureUnit unit;
  double width;
  gboolean own_height;
  double height;
  double dpi;
  CoteriePictureBackground background;
  gboolean whole_graph;
  gboolean legend;
  gboolean labels;
} CoteriePictureChoice;

double coterie_picture_unit_convert (double value,
                                     CoteriePictureUnit from,
                                     CoteriePictureUnit to,
                                     double dpi);
gboolean coterie_picture_choice_needs_dpi (const CoteriePictureChoice *choice);
gboolean coterie_picture_choice_get_size (const CoteriePictureChoice *choice,
                                          double window_width_px,
                                          double window_height_px,
                                          CoteriePictureSize *size,
                                          GError **error);
char *coterie_picture_size_describe (const CoteriePictureSize *size, gboolean vector);

G_END_DECLS
