/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a line plot looks: grid, labels, cursor, lines, dots and legend, in this order. A value beyond
 * a range that was set breaks its line, and is a dot in the strip beyond the axis. Lines with more
 * points than pixels are thinned to the least and the greatest value of each column of pixels
 * before Cairo sees them, which looks the same and takes no longer than the plot is wide. */

#include <math.h>

#include "draw/plot/line-plot-layout.h"

/* In px. */
#define LINE_WIDTH 2.0
#define CURSOR_WIDTH 1.5
#define SAMPLE_WIDTH 2.5
#define DOT_RADIUS 3.5
#define LONE_DOT_RADIUS 2.0
#define RIM_WIDTH 1.5
#define HOVER_GAP 6.0
#define HOVER_PADDING 2.0
#define HOVER_ALPHA 0.85
#define BREAK_LENGTH 8.0
#define BREAK_RISE 4.0
#define BREAK_GAP 3.0
#define GAP_CROSS 3.0

#define PALE_ALPHA 0.3

static const double line_dashes[] = {5.0, 3.0};
static const double hover_dashes[] = {2.0, 2.0};

typedef struct {
  const CoterieLinePlot *plot;
  const CoterieLinePlotTexts *texts;
  const CoteriePalette *palette;
  cairo_t *cr;
  gboolean dark;
} Painter;

/* The points of one column on their way to a path. */
typedef struct {
  cairo_t *cr;
  gint64 column;
  guint n_points;
  double low_x;
  double low_y;
  double high_x;
  double high_y;
} Column;

static void
set_color (cairo_t *cr, CoterieColor color)
{
  cairo_set_source_rgba (cr, (double) color.red, (double) color.green, (double) color.blue,
                         (double) color.alpha);
}

static void
show_text (const Painter *painter, const CoteriePlotText *text, double x, double y)
{
  if (text->text == NULL)
    return;
  cairo_move_to (painter->cr, x, y);
  pango_cairo_show_layout (painter->cr, text->text);
}

static double
get_x_px (const Painter *painter, double x)
{
  const CoteriePlotRect *area = &painter->texts->parts.area;

  return coterie_scale_to_px (&painter->texts->parts.x_scale, x, area->x, area->x + area->width);
}

static double
get_y_px (const Painter *painter, double y)
{
  const CoteriePlotRect *area = &painter->texts->parts.area;

  return coterie_scale_to_px (&painter->texts->parts.y_scale, y, area->y + area->height, area->y);
}

/* Two slanted strokes through the axis where it is broken. */
static void
draw_break (const Painter *painter, double y)
{
  double x = painter->texts->parts.area.x - 0.5 * BREAK_LENGTH;

  set_color (painter->cr, painter->palette->dim_text);
  cairo_set_line_width (painter->cr, 1.0);
  for (int sign = -1; sign <= 1; sign += 2) {
    double middle = y + 0.5 * sign * BREAK_GAP;

    cairo_move_to (painter->cr, x, middle + 0.5 * BREAK_RISE);
    cairo_line_to (painter->cr, x + BREAK_LENGTH, middle - 0.5 * BREAK_RISE);
  }
  cairo_stroke (painter->cr);
}

static void
draw_y_axis (const Painter *painter)
{
  const CoterieScale *scale = &painter->texts->parts.y_scale;
  const CoteriePlotRect *area = &painter->texts->parts.area;

  cairo_set_line_width (painter->cr, 1.0);
  for (guint tick = 0; tick < scale->n_ticks; tick++) {
    const CoteriePlotText *label = &painter->texts->y_labels[tick];
    double y = floor (get_y_px (painter, coterie_scale_get_tick (scale, tick))) + 0.5;

    set_color (painter->cr, painter->palette->grid);
    cairo_move_to (painter->cr, area->x, y);
    cairo_line_to (painter->cr, area->x + area->width, y);
    cairo_stroke (painter->cr);

    set_color (painter->cr, painter->palette->dim_text);
    show_text (painter, label, area->x - COTERIE_PLOT_LABEL_GAP - label->width,
               y - 0.5 * label->height);
  }
  if (painter->texts->parts.above.height > 0.0)
    draw_break (painter, area->y);
  if (painter->texts->parts.below.height > 0.0)
    draw_break (painter, area->y + area->height);
}

static void
draw_x_axis (const Painter *painter)
{
  const CoterieScale *scale = &painter->texts->parts.x_scale;
  const CoteriePlotRect *area = &painter->texts->parts.area;
  double y = area->y + area->height + painter->texts->parts.below.height + COTERIE_PLOT_X_LABEL_GAP;
  double label_height = 0.0;

  if (painter->texts->x_labels == NULL)
    return;

  set_color (painter->cr, painter->palette->dim_text);
  for (guint tick = 0; tick < scale->n_ticks; tick++) {
    const CoteriePlotText *label = &painter->texts->x_labels[tick];
    double x = get_x_px (painter, coterie_scale_get_tick (scale, tick));

    show_text (painter, label, x - 0.5 * label->width, y);
    label_height = label->height;
  }
  show_text (painter, &painter->texts->x_title,
             area->x + 0.5 * (area->width - painter->texts->x_title.width), y + label_height);
}

static void
draw_title (const Painter *painter)
{
  const CoterieLinePlotTexts *texts = painter->texts;

  set_color (painter->cr, painter->palette->text);
  show_text (painter, &texts->title, 0.0, 0.0);
  set_color (painter->cr, painter->palette->dim_text);
  show_text (painter, &texts->unit, texts->title.width + COTERIE_PLOT_UNIT_GAP,
             texts->title.baseline - texts->unit.baseline);
}

static gboolean
is_within (const Painter *painter, double x_px)
{
  const CoteriePlotRect *area = &painter->texts->parts.area;

  return x_px >= area->x - 0.5 && x_px <= area->x + area->width + 0.5;
}

static void
draw_upright (const Painter *painter, double x, CoterieColor color, double width)
{
  const CoteriePlotRect *area = &painter->texts->parts.area;
  double x_px = get_x_px (painter, x);

  if (!is_within (painter, x_px))
    return;
  set_color (painter->cr, color);
  cairo_set_line_width (painter->cr, width);
  cairo_move_to (painter->cr, x_px, area->y - painter->texts->parts.above.height);
  cairo_line_to (painter->cr, x_px, area->y + area->height + painter->texts->parts.below.height);
  cairo_stroke (painter->cr);
}

/* The least and the greatest value of a column, in their order. */
static void
end_column (Column *column)
{
  gboolean low_first = column->low_x <= column->high_x;

  if (column->n_points > 1)
    cairo_line_to (column->cr, low_first ? column->low_x : column->high_x,
                   low_first ? column->low_y : column->high_y);
  if (column->n_points > 0)
    cairo_line_to (column->cr, low_first ? column->high_x : column->low_x,
                   low_first ? column->high_y : column->low_y);
  column->n_points = 0;
}

static void
add_to_path (Column *column, double x, double y)
{
  gint64 index = (gint64) floor (x);

  if (column->n_points == 0 || index != column->column) {
    end_column (column);
    column->column = index;
    column->low_x = column->high_x = x;
    column->low_y = column->high_y = y;
  } else if (y < column->low_y) {
    column->low_x = x;
    column->low_y = y;
  } else if (y > column->high_y) {
    column->high_x = x;
    column->high_y = y;
  }
  column->n_points++;
}

static void
add_dot (cairo_t *cr, double x, double y, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, radius, 0.0, 2.0 * G_PI);
}

/* Whether the line has the point, which is neither a gap nor outside of the range. */
static gboolean
is_drawn (const Painter *painter, const CoterieLineSeries *series, gsize i)
{
  return !isnan (series->y[i]) &&
         coterie_line_plot_get_side (painter->plot, series->y[i]) == COTERIE_PLOT_WITHIN;
}

static gboolean
is_pale (const CoterieLineSeries *series, gsize i)
{
  return series->pale != NULL && series->pale[i];
}

/* Whether a line leads from the point to the next. */
static gboolean
is_joined (const Painter *painter, const CoterieLineSeries *series, gsize i)
{
  return i + 1 < series->n_points && is_drawn (painter, series, i) &&
         is_drawn (painter, series, i + 1) && is_pale (series, i) == is_pale (series, i + 1);
}

static gboolean
is_alone (const Painter *painter, const CoterieLineSeries *series, gsize i)
{
  return is_drawn (painter, series, i) && (i == 0 || !is_joined (painter, series, i - 1)) &&
         !is_joined (painter, series, i);
}

static void
stroke_series (const Painter *painter, const CoterieLineSeries *series, gboolean pale)
{
  Column column = {.cr = painter->cr};

  cairo_new_path (painter->cr);
  for (gsize i = 0; i < series->n_points; i++) {
    if (!is_drawn (painter, series, i) || is_pale (series, i) != pale) {
      end_column (&column);
      cairo_new_sub_path (painter->cr);
      continue;
    }
    add_to_path (&column, get_x_px (painter, series->x[i]), get_y_px (painter, series->y[i]));
  }
  end_column (&column);
  cairo_stroke (painter->cr);
}

static void
fill_lone_points (const Painter *painter, const CoterieLineSeries *series, gboolean pale)
{
  for (gsize i = 0; i < series->n_points; i++)
    if (is_pale (series, i) == pale && is_alone (painter, series, i))
      add_dot (painter->cr, get_x_px (painter, series->x[i]), get_y_px (painter, series->y[i]),
               LONE_DOT_RADIUS);
  cairo_fill (painter->cr);
}

static double
get_middle (const CoteriePlotRect *strip)
{
  return strip->y + 0.5 * strip->height;
}

/* Dots in a strip, one for each pixel where the series has any. Returns where the last one is. */
static double
draw_series_strays (const Painter *painter,
                    const CoterieLineSeries *series,
                    CoteriePlotSide side,
                    const CoteriePlotRect *strip)
{
  double last_px = NAN;

  for (gsize i = 0; i < series->n_points; i++) {
    double x_px = get_x_px (painter, series->x[i]);

    if (isnan (series->y[i]) || coterie_line_plot_get_side (painter->plot, series->y[i]) != side ||
        floor (x_px) == floor (last_px))
      continue;
    add_dot (painter->cr, x_px, get_middle (strip), DOT_RADIUS);
    last_px = x_px;
  }
  set_color (painter->cr, coterie_palette_get_series (series->color, painter->dark));
  cairo_fill (painter->cr);
  return last_px;
}

/* Marks the values beyond the axis and says from where to where they go, right of them if there is
 * room. */
static void
draw_strip (const Painter *painter,
            CoteriePlotSide side,
            const CoteriePlotRect *strip,
            const CoteriePlotText *text)
{
  double x = NAN;

  if (strip->height <= 0.0)
    return;
  for (guint k = 0; k < painter->plot->series->len; k++)
    x = fmax (x, draw_series_strays (painter, coterie_line_plot_get_series (painter->plot, k), side,
                                     strip));

  x += DOT_RADIUS + HOVER_GAP;
  x = fmin (x, strip->x + strip->width - text->width);
  set_color (painter->cr, painter->palette->dim_text);
  show_text (painter, text, x, get_middle (strip) - 0.5 * text->height);
}

/* A cross at the bottom for each iteration, at most one a pixel. */
static void
draw_crosses (const Painter *painter, const GArray *iterations)
{
  const CoteriePlotRect *area = &painter->texts->parts.area;
  double y = area->y + area->height - GAP_CROSS - 1.0;
  double last_px = NAN;

  for (guint i = 0; i < iterations->len; i++) {
    double x = get_x_px (painter, g_array_index (iterations, double, i));

    if (!is_within (painter, x) || floor (x) == floor (last_px))
      continue;
    cairo_move_to (painter->cr, x - GAP_CROSS, y - GAP_CROSS);
    cairo_line_to (painter->cr, x + GAP_CROSS, y + GAP_CROSS);
    cairo_move_to (painter->cr, x - GAP_CROSS, y + GAP_CROSS);
    cairo_line_to (painter->cr, x + GAP_CROSS, y - GAP_CROSS);
    last_px = x;
  }
  set_color (painter->cr, painter->palette->dim_text);
  cairo_set_line_width (painter->cr, CURSOR_WIDTH);
  cairo_stroke (painter->cr);
}

/* Round corners of a line with a point on every other pixel cannot be seen, but take four times as
 * long as the line itself. */
static void
set_precision (const Painter *painter, const CoterieLineSeries *series)
{
  gboolean dense = (double) series->n_points > 0.5 * painter->texts->parts.area.width;

  cairo_set_line_join (painter->cr, dense ? CAIRO_LINE_JOIN_BEVEL : CAIRO_LINE_JOIN_ROUND);
  cairo_set_antialias (painter->cr, dense ? CAIRO_ANTIALIAS_FAST : CAIRO_ANTIALIAS_DEFAULT);
}

static void
draw_series (const Painter *painter, const CoterieLineSeries *series, gboolean pale)
{
  CoterieColor color = coterie_palette_get_series (series->color, painter->dark);
  const CoteriePlotRect *area = &painter->texts->parts.area;
  cairo_t *cr = painter->cr;

  cairo_save (cr);
  /* Half a line more, so that one along a limit is not cut in two. */
  cairo_rectangle (cr, area->x - LINE_WIDTH, area->y - LINE_WIDTH, area->width + 2 * LINE_WIDTH,
                   area->height + 2 * LINE_WIDTH);
  cairo_clip (cr);
  if (pale)
    color.alpha *= (float) PALE_ALPHA;
  set_color (cr, color);
  cairo_set_line_width (cr, LINE_WIDTH);
  set_precision (painter, series);
  if (series->dashed)
    cairo_set_dash (cr, line_dashes, G_N_ELEMENTS (line_dashes), 0.0);
  stroke_series (painter, series, pale);
  fill_lone_points (painter, series, pale);
  cairo_restore (cr);
}

/* Marks where each line is at x. */
static void
draw_dots (const Painter *painter, double x)
{
  const CoterieScale *scale = &painter->texts->parts.y_scale;
  cairo_t *cr = painter->cr;

  for (guint k = 0; k < painter->plot->series->len; k++) {
    const CoterieLineSeries *series = coterie_line_plot_get_series (painter->plot, k);
    double value = coterie_line_plot_get_value (painter->plot, k, x);

    if (!(value >= scale->lower && value <= scale->upper))
      continue;
    add_dot (cr, get_x_px (painter, x), get_y_px (painter, value), DOT_RADIUS + RIM_WIDTH);
    set_color (cr, painter->palette->panel);
    cairo_fill (cr);
    add_dot (cr, get_x_px (painter, x), get_y_px (painter, value), DOT_RADIUS);
    set_color (cr, coterie_palette_get_series (series->color, painter->dark));
    cairo_fill (cr);
  }
}

static void
draw_sample (const Painter *painter, const CoterieLineSeries *series, double x, double y)
{
  cairo_t *cr = painter->cr;

  cairo_save (cr);
  set_color (cr, coterie_palette_get_series (series->color, painter->dark));
  cairo_set_line_width (cr, SAMPLE_WIDTH);
  if (series->dashed)
    cairo_set_dash (cr, line_dashes, G_N_ELEMENTS (line_dashes), 0.0);
  cairo_move_to (cr, x, y);
  cairo_line_to (cr, x + COTERIE_LEGEND_SAMPLE - 1.0, y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
draw_legend (const Painter *painter)
{
  double x = coterie_line_plot_get_read_x (painter->plot);

  for (guint k = 0; k < painter->texts->parts.n_legend; k++) {
    const CoteriePlotRect *rect = &painter->texts->parts.legend[k];
    const CoterieLegendEntry *entry = &painter->texts->legend[k];

    if (rect->width <= 0.0)
      continue;
    draw_sample (painter, coterie_line_plot_get_series (painter->plot, k), rect->x,
                 round (rect->y + 0.5 * rect->height) + 0.5);
    set_color (painter->cr, painter->palette->dim_text);
    show_text (painter, &entry->name, rect->x + COTERIE_LEGEND_SAMPLE + COTERIE_LEGEND_SAMPLE_GAP,
               rect->y);
    if (!isnan (coterie_line_plot_get_value (painter->plot, k, x)))
      set_color (painter->cr, painter->palette->text);
    show_text (painter, &entry->value, rect->x + rect->width - entry->value.width, rect->y);
  }
}

/* Whether a line comes between two heights at either end of the hover label. */
static gboolean
is_crossed (const Painter *painter, double left, double right, double top, double bottom)
{
  const CoteriePlotRect *area = &painter->texts->parts.area;
  const double ends[] = {left, right};

  for (guint k = 0; k < painter->plot->series->len; k++)
    for (guint end = 0; end < G_N_ELEMENTS (ends); end++) {
      double x = coterie_scale_from_px (&painter->texts->parts.x_scale, ends[end], area->x,
                                        area->x + area->width);
      double y = get_y_px (painter, coterie_line_plot_get_value (painter->plot, k, x));

      if (y > top - DOT_RADIUS && y < bottom + DOT_RADIUS)
        return TRUE;
    }
  return FALSE;
}

/* Names the iteration that is pointed at, on the side of its line where there is room, at the top
 * unless the lines are there and not at the bottom. */
static void
draw_hover_label (const Painter *painter)
{
  const CoteriePlotRect *area = &painter->texts->parts.area;
  const CoteriePlotText *text = &painter->texts->hover;
  CoterieColor behind = painter->palette->panel;
  double line_x = get_x_px (painter, painter->plot->hover);
  double x = line_x + HOVER_GAP;
  double y = area->y + 1.0;
  double low_y = area->y + area->height - text->height - 1.0;

  if (text->text == NULL || !is_within (painter, line_x))
    return;
  if (x + text->width > area->x + area->width)
    x = line_x - HOVER_GAP - text->width;
  if (is_crossed (painter, x, x + text->width, y, y + text->height) &&
      !is_crossed (painter, x, x + text->width, low_y, low_y + text->height))
    y = low_y;

  behind.alpha = (float) HOVER_ALPHA;
  set_color (painter->cr, behind);
  cairo_rectangle (painter->cr, x - HOVER_PADDING, y, text->width + 2 * HOVER_PADDING,
                   text->height);
  cairo_fill (painter->cr);
  set_color (painter->cr, painter->palette->dim_text);
  show_text (painter, text, x, y);
}

static void
draw_hover_line (const Painter *painter)
{
  cairo_save (painter->cr);
  cairo_set_dash (painter->cr, hover_dashes, G_N_ELEMENTS (hover_dashes), 0.0);
  draw_upright (painter, painter->plot->hover, painter->palette->dim_text, 1.0);
  cairo_restore (painter->cr);
}

/**
 * coterie_line_plot_draw_in_context:
 * @plot: the plot
 * @cr: draws with its origin at the top left corner of the plot
 * @context: shapes the text
 * @width_px: width of the whole plot, in the units of @cr
 * @height_px: height of the whole plot
 * @palette: the colours of the appearance
 * @dark: whether that appearance is dark, for the colours of the series
 * @font: (nullable): as in coterie_line_plot_layout()
 *
 * Draws the plot over what is there, which should have the panel's colour. Below some 100 px of
 * width or 60 px of height the parts get in each other's way. Cost: as coterie_line_plot_layout(),
 * and the paths, each of which has at most two points for each px of the width.
 */
void
coterie_line_plot_draw_in_context (const CoterieLinePlot *plot,
                                   cairo_t *cr,
                                   PangoContext *context,
                                   double width_px,
                                   double height_px,
                                   const CoteriePalette *palette,
                                   gboolean dark,
                                   const char *font)
{
  g_autoptr (CoterieLinePlotTexts) texts =
      coterie_line_plot_texts_new (plot, context, width_px, height_px, font);
  Painter painter = {
      .plot = plot,
      .texts = texts,
      .palette = palette,
      .cr = cr,
      .dark = dark,
  };

  cairo_save (cr);
  draw_y_axis (&painter);
  draw_x_axis (&painter);
  draw_title (&painter);
  draw_upright (&painter, plot->cursor, palette->cursor, CURSOR_WIDTH);
  draw_hover_line (&painter);
  for (guint k = 0; k < plot->series->len; k++) {
    const CoterieLineSeries *series = coterie_line_plot_get_series (plot, k);

    draw_series (&painter, series, FALSE);
    if (series->pale != NULL)
      draw_series (&painter, series, TRUE);
  }
  draw_crosses (&painter, plot->gaps);
  draw_crosses (&painter, plot->silent);
  draw_crosses (&painter, plot->exploded);
  draw_strip (&painter, COTERIE_PLOT_ABOVE, &texts->parts.above, &texts->above);
  draw_strip (&painter, COTERIE_PLOT_BELOW, &texts->parts.below, &texts->below);
  draw_dots (&painter, plot->cursor);
  draw_dots (&painter, plot->hover);
  draw_hover_label (&painter);
  draw_legend (&painter);
  cairo_restore (cr);
}

/**
 * coterie_line_plot_draw:
 * @plot: the plot
 * @cr: draws with its origin at the top left corner of the plot
 * @width_px: width of the whole plot, in the units of @cr
 * @height_px: height of the whole plot
 * @palette: the colours of the appearance
 * @dark: whether that appearance is dark
 * @font: a Pango font description, the size of which is that of ordinary text
 *
 * As coterie_line_plot_draw_in_context(), with text made for the surface of @cr, so that pages and
 * pictures of any resolution have the same layout.
 */
void
coterie_line_plot_draw (const CoterieLinePlot *plot,
                        cairo_t *cr,
                        double width_px,
                        double height_px,
                        const CoteriePalette *palette,
                        gboolean dark,
                        const char *font)
{
  PangoContext *context = pango_cairo_create_context (cr);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  coterie_line_plot_draw_in_context (plot, cr, context, width_px, height_px, palette, dark, font);
  g_object_unref (context);
}
