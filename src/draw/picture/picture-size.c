/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How large a picture is: in pixels, or on paper.
 *
 * A picture in pixels is the window's picture enlarged or reduced: 1600 by 1000 pixels show what a
 * window of this size shows, twice the size shows the same with twice the detail.
 *
 * On paper a letter has a size that can be read, whatever the width of the figure: a pixel of the
 * window is 0.6 points there, so that the texts have 7 points and the thinnest line 0.6. In a narrow
 * figure, such as a column, that would leave the graph little room beside its legend: there it is 0.5
 * points, and the texts of the legend have 6, which is what publishers ask for at the least. Unless its
 * height is prescribed, such a figure grows for a legend below the graph, see
 * picture/picture-layout.c. */

#include "draw/picture/picture-size.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define POINTS_PER_PIXEL 0.6

#define NARROW_MM 120.0
#define NARROW_POINTS_PER_PIXEL 0.5

/* Texts of the legend have 12 pixels of the window; on paper they have 6 points at the least, and 9
 * pixels on a screen. */
#define LEAST_POINTS_PER_TEXT_PIXEL 0.5
#define LEAST_TEXT_FRAC 0.75

/* A picture of the window in pixels has so many for one on the screen: enough for print. */
#define WINDOW_SCALE 2.0

#define NOMINAL_WIDTH_PX 1600.0
#define NOMINAL_HEIGHT_PX 1000.0

G_DEFINE_QUARK (coterie - picture - size - error - quark, coterie_picture_size_error)

/* Widths as the publishers' guides for authors give them. */
static const CoterieColumn columns[] = {
    {"nature", N_ ("Nature, one column"), 89.0},
    {"nature-double", N_ ("Nature, two columns"), 183.0},
    {"ieee", N_ ("IEEE, one column"), 88.9},
    {"ieee-double", N_ ("IEEE, two columns"), 181.9},
    {"acm", N_ ("ACM, one column"), 84.7},
    {"acm-double", N_ ("ACM, two columns"), 177.8},
    {"elsevier", N_ ("Elsevier, one column"), 90.0},
    {"elsevier-double", N_ ("Elsevier, two columns"), 190.0},
    {"lncs", N_ ("LNCS, text width"), 122.0},
    {"neurips", N_ ("NeurIPS, text width"), 139.7},
    {"icml", N_ ("ICML, one column"), 82.6},
    {"icml-double", N_ ("ICML, two columns"), 171.5},
};

/**
 * coterie_column_list:
 * @n_columns: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_columns): the columns that have names
 */
const CoterieColumn *
coterie_column_list (guint *n_columns)
{
  *n_columns = G_N_ELEMENTS (columns);
  return columns;
}

static gboolean
find_column (const char *name, CoterieLength *length)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (strcmp (name, columns[i].name) == 0) {
      *length = (CoterieLength){columns[i].width_mm, COTERIE_LENGTH_MM};
      return TRUE;
    }
  return FALSE;
}

static gboolean
apply_unit (const char *unit, CoterieLength *length)
{
  static const struct {
    const char *name;
    double factor;
    CoterieLengthUnit unit;
  } units[] = {
      {"", 1.0, COTERIE_LENGTH_PX},
      {"px", 1.0, COTERIE_LENGTH_PX},
      {"mm", 1.0, COTERIE_LENGTH_MM},
      {"cm", 10.0, COTERIE_LENGTH_MM},
      {"in", COTERIE_MM_PER_INCH, COTERIE_LENGTH_MM},
      {"pt", COTERIE_MM_PER_INCH / COTERIE_POINTS_PER_INCH, COTERIE_LENGTH_MM},
  };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (strcmp (unit, units[i].name) == 0) {
      length->value *= units[i].factor;
      length->unit = units[i].unit;
      return TRUE;
    }
  return FALSE;
}

/**
 * coterie_length_parse:
 * @text: a number with px, mm, cm, in or pt behind it, pixels without; or the name of a column
 * @length: (out): the length; unchanged on failure
 * @error: return location
 *
 * Errors: %COTERIE_PICTURE_SIZE_ERROR_SYNTAX if @text is nothing of that,
 * %COTERIE_PICTURE_SIZE_ERROR_OUT_OF_RANGE if it is not above 0.
 *
 * Returns: whether @text is a length
 */
gboolean
coterie_length_parse (const char *text, CoterieLength *length, GError **error)
{
  char *end = NULL;
  CoterieLength parsed = {g_ascii_strtod (text, &end), COTERIE_LENGTH_PX};

  if (find_column (text, length))
    return TRUE;
  if (end != text)
    while (*end == ' ')
      end++;
  if (end == text || !g_ascii_isdigit (text[text[0] == '-' || text[0] == '.']) ||
      !apply_unit (end, &parsed)) {
    g_set_error (error, COTERIE_PICTURE_SIZE_ERROR, COTERIE_PICTURE_SIZE_ERROR_SYNTAX,
                 _ ("“%s”, expected a length such as 1600, 89mm, 3.5in, or the name of a column"),
                 text);
    return FALSE;
  }
  if (!isfinite (parsed.value) || parsed.value <= 0.0) {
    g_set_error (error, COTERIE_PICTURE_SIZE_ERROR, COTERIE_PICTURE_SIZE_ERROR_OUT_OF_RANGE,
                 _ ("“%s”, expected a length above 0"), text);
    return FALSE;
  }
  *length = parsed;
  return TRUE;
}

/**
 * coterie_length_to_pixels:
 * @length: a length
 * @dpi: device pixels an inch, greater than 0
 *
 * Returns: how many device pixels it comes to, a whole number
 */
double
coterie_length_to_pixels (CoterieLength length, double dpi)
{
  return round (length.unit == COTERIE_LENGTH_PX ? length.value
                                                 : length.value / COTERIE_MM_PER_INCH * dpi);
}

/* A length on paper in points, which need not be whole ones; 0 for one in pixels. */
static double
get_points (CoterieLength length)
{
  return length.unit == COTERIE_LENGTH_MM
             ? length.value / COTERIE_MM_PER_INCH * COTERIE_POINTS_PER_INCH
             : 0.0;
}

static gboolean
check_pixels (double pixels, GError **error)
{
  if (pixels >= COTERIE_PICTURE_MIN_PX && pixels <= COTERIE_PICTURE_MAX_PX)
    return TRUE;
  g_set_error (error, COTERIE_PICTURE_SIZE_ERROR, COTERIE_PICTURE_SIZE_ERROR_OUT_OF_RANGE,
               _ ("a side of %.0f pixels, expected %d to %d"), pixels, COTERIE_PICTURE_MIN_PX,
               COTERIE_PICTURE_MAX_PX);
  return FALSE;
}

/**
 * coterie_picture_size_compute:
 * @width: how wide
 * @height: how high; a value of 0 takes the window's usual proportions, and lets a narrow figure grow for its
 *   legend
 * @dpi: device pixels an inch, greater than 0; %COTERIE_POINTS_PER_INCH for a picture of vectors
 * @size: (out): the size; unchanged on failure
 * @error: return location
 *
 * Errors: %COTERIE_PICTURE_SIZE_ERROR_OUT_OF_RANGE if a side has fewer than %COTERIE_PICTURE_MIN_PX
 * or more than %COTERIE_PICTURE_MAX_PX pixels.
 *
 * Returns: whether there can be such a picture
 */
gboolean
coterie_picture_size_compute (
    CoterieLength width, CoterieLength height, double dpi, CoteriePictureSize *size, GError **error)
{
  double width_px = coterie_length_to_pixels (width, dpi);
  double height_px =
      height.value > 0.0
          ? coterie_length_to_pixels (height, dpi)
          : fmax (round (width_px * NOMINAL_HEIGHT_PX / NOMINAL_WIDTH_PX), COTERIE_PICTURE_MIN_PX);
  gboolean on_paper = width.unit == COTERIE_LENGTH_MM;
  gboolean narrow = on_paper && width.value < NARROW_MM;
  double scale = on_paper ? (narrow ? NARROW_POINTS_PER_PIXEL : POINTS_PER_PIXEL) * dpi /
                                COTERIE_POINTS_PER_INCH
                          : fmin (width_px / NOMINAL_WIDTH_PX, height_px / NOMINAL_HEIGHT_PX);
  double text_scale = on_paper ? scale : fmax (scale, 1.0);
  gboolean grows = narrow && height.value <= 0.0;

  if (!check_pixels (width_px, error) || !check_pixels (height_px, error))
    return FALSE;
  if (height.value <= 0.0)
    height = (CoterieLength){width.value * NOMINAL_HEIGHT_PX / NOMINAL_WIDTH_PX, width.unit};

  *size = (CoteriePictureSize){
      .width_px = (int) width_px,
      .height_px = (int) height_px,
      .width_pt = get_points (width),
      .height_pt = get_points (height),
      .scale = scale,
      .text_scale = text_scale,
      .least_text_scale = on_paper ? LEAST_POINTS_PER_TEXT_PIXEL * dpi / COTERIE_POINTS_PER_INCH
                                   : LEAST_TEXT_FRAC * text_scale,
      .dpi = on_paper ? dpi : 0.0,
      .narrow = narrow,
      .grows = grows,
  };
  return TRUE;
}

/**
 * coterie_picture_size_compute_for_window:
 * @width_px: how wide the window shows the graph, its pixels
 * @height_px: how high
 * @vector: whether the picture is one of vectors, in points
 * @size: (out): the size; unchanged on failure
 * @error: return location
 *
 * The picture has the room of the window: twice as many pixels as on the screen, or vectors in the
 * scale of a picture on paper.
 *
 * Errors: as coterie_picture_size_compute().
 *
 * Returns: whether there can be such a picture
 */
gboolean
coterie_picture_size_compute_for_window (
    double width_px, double height_px, gboolean vector, CoteriePictureSize *size, GError **error)
{
  double scale = vector ? POINTS_PER_PIXEL : WINDOW_SCALE;

  width_px = round (scale * width_px);
  height_px = round (scale * height_px);
  if (!check_pixels (width_px, error) || !check_pixels (height_px, error))
    return FALSE;

  *size = (CoteriePictureSize){
      .width_px = (int) width_px,
      .height_px = (int) height_px,
      .scale = scale,
      .text_scale = scale,
      .least_text_scale = vector ? LEAST_POINTS_PER_TEXT_PIXEL : LEAST_TEXT_FRAC * scale,
      .dpi = vector ? COTERIE_POINTS_PER_INCH : 0.0,
  };
  return TRUE;
}
