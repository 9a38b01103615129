/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From what somebody wants of a picture to its size in pixels or points, and to words that say what
 * will come out. */

#include "draw/picture/picture-choice.h"

#include <glib/gi18n.h>

static double
get_units_per_inch (CoteriePictureUnit unit, double dpi)
{
  switch (unit) {
  case COTERIE_PICTURE_UNIT_INCH:
    return 1.0;
  case COTERIE_PICTURE_UNIT_PX:
    return dpi;
  case COTERIE_PICTURE_UNIT_MM:
  default:
    return COTERIE_MM_PER_INCH;
  }
}

/**
 * coterie_picture_unit_convert:
 * @value: a length in units of @from, 0 or more
 * @from: a unit
 * @to: another
 * @dpi: pixels an inch, greater than 0
 *
 * Returns: the same length in @to
 */
double
coterie_picture_unit_convert (double value,
                              CoteriePictureUnit from,
                              CoteriePictureUnit to,
                              double dpi)
{
  if (from == to)
    return value;
  return value / get_units_per_inch (from, dpi) * get_units_per_inch (to, dpi);
}

static gboolean
is_on_paper (const CoteriePictureChoice *choice)
{
  return choice->room == COTERIE_PICTURE_ROOM_COLUMN ||
         (choice->room == COTERIE_PICTURE_ROOM_OWN && choice->unit != COTERIE_PICTURE_UNIT_PX);
}

/**
 * coterie_picture_choice_needs_dpi:
 * @choice: what is wanted
 *
 * Returns: whether its resolution matters: it has a size on paper and consists of pixels
 */
gboolean
coterie_picture_choice_needs_dpi (const CoteriePictureChoice *choice)
{
  return is_on_paper (choice) && !coterie_picture_format_is_vector (choice->format);
}

static CoterieLength
make_length (double value, CoteriePictureUnit unit)
{
  if (unit == COTERIE_PICTURE_UNIT_PX)
    return (CoterieLength){value, COTERIE_LENGTH_PX};
  return (CoterieLength){coterie_picture_unit_convert (value, unit, COTERIE_PICTURE_UNIT_MM, 1.0),
                         COTERIE_LENGTH_MM};
}

static CoterieLength
get_width (const CoteriePictureChoice *choice)
{
  guint n_columns;
  const CoterieColumn *columns = coterie_column_list (&n_columns);

  if (choice->room == COTERIE_PICTURE_ROOM_COLUMN)
    return (CoterieLength){columns[MIN (choice->column, n_columns - 1)].width_mm,
                           COTERIE_LENGTH_MM};
  return make_length (choice->width, choice->unit);
}

/**
 * coterie_picture_choice_get_size:
 * @choice: what is wanted
 * @window_width_px: how wide the window shows the graph, its pixels, greater than 0
 * @window_height_px: how high, greater than 0
 * @size: (out): the size; unchanged on failure
 * @error: return location
 *
 * Errors: as coterie_picture_size_compute().
 *
 * Returns: whether there can be such a picture
 */
gboolean
coterie_picture_choice_get_size (const CoteriePictureChoice *choice,
                                 double window_width_px,
                                 double window_height_px,
                                 CoteriePictureSize *size,
                                 GError **error)
{
  gboolean vector = coterie_picture_format_is_vector (choice->format);
  CoterieLength width, height;

  if (choice->room == COTERIE_PICTURE_ROOM_WINDOW)
    return coterie_picture_size_compute_for_window (window_width_px, window_height_px, vector, size,
                                                    error);
  width = get_width (choice);
  height = choice->own_height
               ? make_length (choice->height, choice->unit)
               : (CoterieLength){width.value * window_height_px / window_width_px, width.unit};
  if (!coterie_picture_size_compute (width, height, vector ? COTERIE_POINTS_PER_INCH : choice->dpi,
                                     size, error))
    return FALSE;
  size->grows = size->narrow && !choice->own_height && choice->legend;
  return TRUE;
}

static double
get_mm (int px, double dpi)
{
  return px / dpi * COTERIE_MM_PER_INCH;
}

static char *
describe_sides (const CoteriePictureSize *size, gboolean vector)
{
  double dpi = vector ? COTERIE_POINTS_PER_INCH : size->dpi;

  if (vector)
    /* Translators: width and height of a picture */
    return g_strdup_printf (_ ("%.0f × %.0f mm, vectors"), get_mm (size->width_px, dpi),
                            get_mm (size->height_px, dpi));
  if (dpi > 0.0)
    return g_strdup_printf (_ ("%d × %d pixels, %.0f × %.0f mm"), size->width_px, size->height_px,
                            get_mm (size->width_px, dpi), get_mm (size->height_px, dpi));
  return g_strdup_printf (_ ("%d × %d pixels"), size->width_px, size->height_px);
}

/**
 * coterie_picture_size_describe:
 * @size: a size
 * @vector: whether it is that of a picture of vectors
 *
 * Returns: (transfer full): what comes out, in words: "1051 × 657 pixels, 89 × 56 mm"
 */
char *
coterie_picture_size_describe (const CoteriePictureSize *size, gboolean vector)
{
  g_autofree char *sides = describe_sides (size, vector);

  /* Translators: %s is the width and the height of a picture */
  return size->grows ? g_strdup_printf (_ ("%s; higher for a legend below the graph"), sides)
                     : g_steal_pointer (&sides);
}
