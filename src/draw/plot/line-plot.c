/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a line plot shows, as a plain value, and what can be said about it without drawing: its
 * ranges, the values at an iteration and one sentence for those who listen. Where the parts lie is
 * in line-plot-layout.c and how they look in line-plot-draw.c. */

#include <glib/gi18n.h>
#include <math.h>

#include "draw/plot/line-plot-private.h"

/* A cursor that has moved to an iteration is at it, whatever the last bits say. */
#define X_TOLERANCE 1e-6

/* Values are told with one decimal more than an axis of this many ticks has, unless its ticks are so
 * far apart that whole numbers tell as much. */
#define VALUE_TICKS 5
#define WHOLE_STEP 100.0

static void
line_series_free (gpointer pointer)
{
  CoterieLineSeries *series = pointer;

  g_free (series->name);
  g_free (series->x);
  g_free (series->y);
  g_free (series->pale);
  g_free (series);
}

static void
extend (double value, double *min, double *max)
{
  /* fmin and fmax prefer a number to not-a-number, so the first value starts the range. */
  *min = fmin (*min, value);
  *max = fmax (*max, value);
}

/* Index of the last point at or before x, n_points if all are after it. */
static gsize
find_point (const CoterieLineSeries *series, double x)
{
  gsize low = 0;
  gsize high = series->n_points;

  while (low < high) {
    gsize middle = low + (high - low) / 2;

    if (series->x[middle] <= x + X_TOLERANCE)
      low = middle + 1;
    else
      high = middle;
  }
  return low > 0 ? low - 1 : series->n_points;
}

static gboolean
is_listed (const GArray *iterations, double x)
{
  for (guint i = 0; i < iterations->len; i++)
    if (fabs (g_array_index (iterations, double, i) - x) <= X_TOLERANCE)
      return TRUE;
  return FALSE;
}

static gboolean
unit_is_symbol (const char *unit)
{
  return unit != NULL && !g_unichar_isalpha (g_utf8_get_char (unit));
}

static char *
describe_series (const CoterieLinePlot *plot, const CoterieLineSeries *series, guint n_decimals)
{
  gsize first = series->n_points, last = 0, highest = 0;
  g_autofree char *from = NULL, *to = NULL, *top = NULL, *at = NULL;

  for (gsize i = 0; i < series->n_points; i++) {
    if (isnan (series->y[i]))
      continue;
    if (first == series->n_points)
      first = highest = i;
    last = i;
    if (series->y[i] > series->y[highest])
      highest = i;
  }
  if (first == series->n_points)
    /* Translators: %s is the name of a line in a plot */
    return g_strdup_printf (_ ("%s without values"), series->name);

  from = coterie_line_plot_format_value (plot, series->y[first], n_decimals, TRUE);
  if (first == last)
    /* Translators: the name of a line in a plot, and its only value */
    return g_strdup_printf (_ ("%s %s"), series->name, from);

  to = coterie_line_plot_format_value (plot, series->y[last], n_decimals, TRUE);
  top = coterie_line_plot_format_value (plot, series->y[highest], n_decimals, TRUE);
  at = coterie_line_plot_format_x (series->x[highest]);
  if (plot->x_title == NULL)
    /* Translators: the name of a line in a plot, its first, last and highest value, and where */
    return g_strdup_printf (_ ("%s from %s to %s, highest %s at %s"), series->name, from, to, top,
                            at);
  /* Translators: the name of a line in a plot, its first, last and highest value, and where, as in
   * “weighted overlap from 0.02 to 0.38, highest 0.39 at iteration 9” */
  return g_strdup_printf (_ ("%s from %s to %s, highest %s at %s %s"), series->name, from, to, top,
                          plot->x_title, at);
}

/* First and last x that have a value in any series. */
static gboolean
get_x_extent (const CoterieLinePlot *plot, double *out_min, double *out_max)
{
  *out_min = NAN;
  *out_max = NAN;
  for (guint k = 0; k < plot->series->len; k++) {
    const CoterieLineSeries *series = coterie_line_plot_get_series (plot, k);

    for (gsize i = 0; i < series->n_points; i++)
      if (!isnan (series->y[i]))
        extend (series->x[i], out_min, out_max);
  }
  return !isnan (*out_min);
}

/* “Modularity, layer 2”. */
static char *
describe_title (const CoterieLinePlot *plot)
{
  if (plot->subject == NULL)
    return g_strdup (plot->title);
  /* Translators: the title of a plot, and of what its values are, as in “Modularity, layer 2” */
  return g_strdup_printf (_ ("%s, %s"), plot->title, plot->subject);
}

/* “Modularity from iteration 0 to 12”. */
static char *
describe_extent (const CoterieLinePlot *plot, double x_min, double x_max)
{
  g_autofree char *title = describe_title (plot);
  g_autofree char *from = coterie_line_plot_format_x (x_min);
  g_autofree char *to = coterie_line_plot_format_x (x_max);

  if (plot->x_title == NULL)
    /* Translators: the title of a plot, and the first and last place on its horizontal axis */
    return g_strdup_printf (_ ("%s from %s to %s"), title, from, to);
  if (x_min == x_max)
    /* Translators: the title of a plot and its only place, as in “Modularity at iteration 0” */
    return g_strdup_printf (_ ("%s at %s %s"), title, plot->x_title, from);
  /* Translators: the title of a plot, and the first and last place on its horizontal axis, as in
   * “Modularity from iteration 0 to 12” */
  return g_strdup_printf (_ ("%s from %s %s to %s"), title, plot->x_title, from, to);
}

/**
 * coterie_line_plot_new:
 * @title: what the vertical axis shows
 * @unit: (nullable): in what unit, as “nats” or “%”; %NULL if dimensionless
 *
 * Makes a plot without series, ranges, cursor and axis title. A unit that is a symbol also stands
 * after the values in the legend.
 *
 * Returns: (transfer full): the plot
 */
CoterieLinePlot *
coterie_line_plot_new (const char *title, const char *unit)
{
  CoterieLinePlot *plot = g_new0 (CoterieLinePlot, 1);

  plot->title = g_strdup (title);
  plot->unit = unit != NULL && unit[0] != '\0' ? g_strdup (unit) : NULL;
  plot->series = g_ptr_array_new_with_free_func (line_series_free);
  plot->gaps = g_array_new (FALSE, FALSE, sizeof (double));
  plot->silent = g_array_new (FALSE, FALSE, sizeof (double));
  plot->exploded = g_array_new (FALSE, FALSE, sizeof (double));
  plot->x_min = plot->x_max = NAN;
  plot->y_min = plot->y_max = NAN;
  plot->y_bound_min = plot->y_bound_max = NAN;
  plot->left_px = NAN;
  plot->cursor = NAN;
  plot->hover = NAN;
  return plot;
}

/**
 * coterie_line_plot_free:
 * @plot: (transfer full): the plot
 */
void
coterie_line_plot_free (CoterieLinePlot *plot)
{
  g_free (plot->title);
  g_free (plot->unit);
  g_free (plot->subject);
  g_free (plot->x_title);
  g_ptr_array_unref (plot->series);
  g_array_unref (plot->gaps);
  g_array_unref (plot->silent);
  g_array_unref (plot->exploded);
  g_free (plot);
}

/**
 * coterie_line_plot_set_subject:
 * @plot: the plot
 * @subject: (nullable): of what the values are, as “layer 2”; stands between title and unit
 */
void
coterie_line_plot_set_subject (CoterieLinePlot *plot, const char *subject)
{
  char *copy = g_strdup (subject);

  g_free (plot->subject);
  plot->subject = copy;
}

/**
 * coterie_line_plot_set_x_title:
 * @plot: the plot
 * @x_title: (nullable): what the horizontal axis counts, in the singular, as “iteration”
 */
void
coterie_line_plot_set_x_title (CoterieLinePlot *plot, const char *x_title)
{
  char *copy = g_strdup (x_title);

  g_free (plot->x_title);
  plot->x_title = copy;
}

/**
 * coterie_line_plot_set_show_x:
 * @plot: the plot
 * @show_x: whether the horizontal axis has labels; in a stack, the lowest plot's only
 */
void
coterie_line_plot_set_show_x (CoterieLinePlot *plot, gboolean show_x)
{
  plot->show_x = show_x;
}

/**
 * coterie_line_plot_set_x_range:
 * @plot: the plot
 * @x_min: the first iteration, or not-a-number to begin where the data begin
 * @x_max: the last iteration to come, or not-a-number to end where the data end
 *
 * Data outside the range widen it.
 */
void
coterie_line_plot_set_x_range (CoterieLinePlot *plot, double x_min, double x_max)
{
  plot->x_min = x_min;
  plot->x_max = x_max;
}

/**
 * coterie_line_plot_set_y_range:
 * @plot: the plot
 * @y_min: the lower limit in the unit of @plot; not-a-number to find limits from the data
 * @y_max: the upper limit in the unit of @plot, greater than @y_min
 *
 * Values outside the range break the line and are marked in a strip beyond the axis, which tells
 * from where to where they go.
 */
void
coterie_line_plot_set_y_range (CoterieLinePlot *plot, double y_min, double y_max)
{
  plot->y_min = y_min;
  plot->y_max = y_max;
}

/**
 * coterie_line_plot_set_y_bounds:
 * @plot: the plot
 * @y_min: what the values cannot go below, in the unit of @plot; not-a-number if nothing
 * @y_max: what the values cannot go above, in the unit of @plot; not-a-number if nothing
 *
 * Keeps limits that are found from the data from going further, as past 100 %.
 */
void
coterie_line_plot_set_y_bounds (CoterieLinePlot *plot, double y_min, double y_max)
{
  plot->y_bound_min = y_min;
  plot->y_bound_max = y_max;
}

/**
 * coterie_line_plot_set_left_margin:
 * @plot: the plot
 * @left_px: room for the labels at the left, in px; not-a-number for as much as they need
 *
 * Lets plots that stand in a stack begin at the same place: give all of them the greatest of their
 * coterie_line_plot_measure_left().
 */
void
coterie_line_plot_set_left_margin (CoterieLinePlot *plot, double left_px)
{
  plot->left_px = left_px;
}

/**
 * coterie_line_plot_set_title_room:
 * @plot: the plot
 * @room_px: what to keep free behind title and unit, in px, for a button; 0 for nothing
 */
void
coterie_line_plot_set_title_room (CoterieLinePlot *plot, double room_px)
{
  plot->title_room_px = room_px;
}

/**
 * coterie_line_plot_set_gaps:
 * @plot: the plot
 * @x: (array length=n_gaps): iterations at which a value that should be there is none
 * @n_gaps: how many there are
 *
 * Marks the iterations with small crosses at the bottom of the lines.
 */
void
coterie_line_plot_set_gaps (CoterieLinePlot *plot, const double *x, gsize n_gaps)
{
  g_array_set_size (plot->gaps, 0);
  g_array_append_vals (plot->gaps, x, (guint) n_gaps);
}

/**
 * coterie_line_plot_set_silent:
 * @plot: the plot
 * @x: (array length=n_silent): iterations at which there is nothing to measure, whose values follow
 *   from definitions alone
 * @n_silent: how many there are
 *
 * Marks the iterations as coterie_line_plot_set_gaps() does; their values are drawn.
 */
void
coterie_line_plot_set_silent (CoterieLinePlot *plot, const double *x, gsize n_silent)
{
  g_array_set_size (plot->silent, 0);
  g_array_append_vals (plot->silent, x, (guint) n_silent);
}

/**
 * coterie_line_plot_set_exploded:
 * @plot: the plot
 * @x: (array length=n_exploded): iterations at which the training had diverged, so that values mean little
 * @n_exploded: how many there are
 *
 * Marks the iterations as coterie_line_plot_set_gaps() does; their values are drawn.
 */
void
coterie_line_plot_set_exploded (CoterieLinePlot *plot, const double *x, gsize n_exploded)
{
  g_array_set_size (plot->exploded, 0);
  g_array_append_vals (plot->exploded, x, (guint) n_exploded);
}

/**
 * coterie_line_plot_set_cursor:
 * @plot: the plot
 * @x: the current iteration, with a fraction while moving; not-a-number for none
 */
void
coterie_line_plot_set_cursor (CoterieLinePlot *plot, double x)
{
  plot->cursor = x;
}

/**
 * coterie_line_plot_set_hover:
 * @plot: the plot
 * @x: the iteration that is pointed at; not-a-number for none
 *
 * While an iteration is pointed at, the legend tells its values and not those at the cursor.
 */
void
coterie_line_plot_set_hover (CoterieLinePlot *plot, double x)
{
  plot->hover = x;
}

/**
 * coterie_line_plot_add_series:
 * @plot: the plot
 * @name: what the line is
 * @color: index for coterie_palette_get_series()
 * @dashed: whether the line is broken, to be told from another of the same colour
 * @x: (array length=n_points): iterations, finite and ascending; copied
 * @y: (array length=n_points): values in the unit of @plot; copied. One that is not finite is a gap
 * @n_points: number of points; 0 names a series whose data are still to come
 *
 * Returns: the number of the series, from 0
 */
guint
coterie_line_plot_add_series (CoterieLinePlot *plot,
                              const char *name,
                              guint color,
                              gboolean dashed,
                              const double *x,
                              const double *y,
                              gsize n_points)
{
  CoterieLineSeries *series = g_new0 (CoterieLineSeries, 1);

  series->name = g_strdup (name);
  series->color = color;
  series->dashed = dashed;
  series->n_points = n_points;
  series->x = g_new (double, n_points);
  series->y = g_new (double, n_points);
  for (gsize i = 0; i < n_points; i++) {
    g_assert (isfinite (x[i]) && (i == 0 || x[i - 1] <= x[i]));
    series->x[i] = x[i];
    series->y[i] = isfinite (y[i]) ? y[i] : NAN;
  }
  g_ptr_array_add (plot->series, series);
  return plot->series->len - 1;
}

/**
 * coterie_line_plot_set_pale:
 * @plot: the plot
 * @series: the number of a series
 * @pale: [n_points of the series]: which of its values are about to be replaced; copied
 *
 * Draws these values pale, and does not join them with the others.
 */
void
coterie_line_plot_set_pale (CoterieLinePlot *plot, guint series, const gboolean *pale)
{
  CoterieLineSeries *line = g_ptr_array_index (plot->series, series);

  g_free (line->pale);
  line->pale = g_memdup2 (pale, line->n_points * sizeof *pale);
}

/**
 * coterie_line_plot_get_title:
 * @plot: the plot
 *
 * Returns: (transfer none): its title, without the unit
 */
const char *
coterie_line_plot_get_title (const CoterieLinePlot *plot)
{
  return plot->title;
}

/**
 * coterie_line_plot_is_gap:
 * @plot: the plot
 * @x: an iteration
 *
 * Returns: whether it is one of coterie_line_plot_set_gaps()
 */
gboolean
coterie_line_plot_is_gap (const CoterieLinePlot *plot, double x)
{
  return is_listed (plot->gaps, x);
}

/**
 * coterie_line_plot_is_silent:
 * @plot: the plot
 * @x: an iteration
 *
 * Returns: whether it is one of coterie_line_plot_set_silent()
 */
gboolean
coterie_line_plot_is_silent (const CoterieLinePlot *plot, double x)
{
  return is_listed (plot->silent, x);
}

/**
 * coterie_line_plot_has_exploded:
 * @plot: the plot
 * @x: an iteration
 *
 * Returns: whether it is one of coterie_line_plot_set_exploded()
 */
gboolean
coterie_line_plot_has_exploded (const CoterieLinePlot *plot, double x)
{
  return is_listed (plot->exploded, x);
}

/**
 * coterie_line_plot_get_hover:
 * @plot: the plot
 *
 * Returns: the iteration that is pointed at; not-a-number if none is
 */
double
coterie_line_plot_get_hover (const CoterieLinePlot *plot)
{
  return plot->hover;
}

const CoterieLineSeries *
coterie_line_plot_get_series (const CoterieLinePlot *plot, guint series)
{
  return g_ptr_array_index (plot->series, series);
}

/**
 * coterie_line_plot_get_value:
 * @plot: the plot
 * @series: less than the number of series
 * @x: an iteration, which may have a fraction
 *
 * Reads the line as it is drawn: straight between two points. Cost: a binary search.
 *
 * Returns: the value in the unit of @plot; not-a-number in a gap, between a pale value and another,
 *   and before the first and after the last point
 */
double
coterie_line_plot_get_value (const CoterieLinePlot *plot, guint series, double x)
{
  const CoterieLineSeries *line = coterie_line_plot_get_series (plot, series);
  gsize i;
  double t_frac;

  if (!isfinite (x))
    return NAN;
  i = find_point (line, x);
  if (i == line->n_points)
    return NAN;
  if (fabs (line->x[i] - x) <= X_TOLERANCE)
    return line->y[i];
  if (i + 1 == line->n_points || (line->pale != NULL && line->pale[i] != line->pale[i + 1]))
    return NAN;

  t_frac = (x - line->x[i]) / (line->x[i + 1] - line->x[i]);
  return line->y[i] + t_frac * (line->y[i + 1] - line->y[i]);
}

/* The iteration whose values the legend tells; not-a-number if it tells none. */
double
coterie_line_plot_get_read_x (const CoterieLinePlot *plot)
{
  return isfinite (plot->hover) ? plot->hover : plot->cursor;
}

/* Least and greatest value of all series; not-a-number if there is none. */
void
coterie_line_plot_get_y_extent (const CoterieLinePlot *plot, double *out_min, double *out_max)
{
  *out_min = NAN;
  *out_max = NAN;
  for (guint k = 0; k < plot->series->len; k++) {
    const CoterieLineSeries *series = coterie_line_plot_get_series (plot, k);

    for (gsize i = 0; i < series->n_points; i++)
      extend (series->y[i], out_min, out_max);
  }
}

CoteriePlotSide
coterie_line_plot_get_side (const CoterieLinePlot *plot, double value)
{
  if (!(plot->y_min < plot->y_max))
    return COTERIE_PLOT_WITHIN;
  if (value < plot->y_min)
    return COTERIE_PLOT_BELOW;
  return value > plot->y_max ? COTERIE_PLOT_ABOVE : COTERIE_PLOT_WITHIN;
}

/* Least and greatest of the values on one side of the range; FALSE if there is none. */
gboolean
coterie_line_plot_get_strays (const CoterieLinePlot *plot,
                              CoteriePlotSide side,
                              double *out_min,
                              double *out_max)
{
  *out_min = NAN;
  *out_max = NAN;
  for (guint k = 0; k < plot->series->len; k++) {
    const CoterieLineSeries *series = coterie_line_plot_get_series (plot, k);

    for (gsize i = 0; i < series->n_points; i++)
      if (!isnan (series->y[i]) && coterie_line_plot_get_side (plot, series->y[i]) == side)
        extend (series->y[i], out_min, out_max);
  }
  return !isnan (*out_min);
}

void
coterie_line_plot_fit_x (const CoterieLinePlot *plot, CoterieScale *out_scale, guint max_ticks)
{
  double x_min = plot->x_min;
  double x_max = plot->x_max;

  for (guint k = 0; k < plot->series->len; k++) {
    const CoterieLineSeries *series = coterie_line_plot_get_series (plot, k);

    if (series->n_points == 0)
      continue;
    extend (series->x[0], &x_min, &x_max);
    extend (series->x[series->n_points - 1], &x_min, &x_max);
  }
  coterie_scale_fix_integer (out_scale, x_min, x_max, max_ticks);
}

void
coterie_line_plot_fit_y (const CoterieLinePlot *plot, CoterieScale *out_scale, guint max_ticks)
{
  double data_min, data_max;

  if (plot->y_min < plot->y_max) {
    coterie_scale_fix (out_scale, plot->y_min, plot->y_max, max_ticks);
    return;
  }
  coterie_line_plot_get_y_extent (plot, &data_min, &data_max);
  coterie_scale_fit (out_scale, data_min, data_max, plot->y_bound_min, plot->y_bound_max,
                     max_ticks);
}

/* Decimals of values in the legend and in the sentence. */
guint
coterie_line_plot_get_value_decimals (const CoterieLinePlot *plot)
{
  CoterieScale scale;

  coterie_line_plot_fit_y (plot, &scale, VALUE_TICKS);
  return scale.step < WHOLE_STEP ? scale.n_decimals + 1 : 0;
}

/* Iterations are whole, but a cursor on its way, or another axis, has a fraction. */
char *
coterie_line_plot_format_x (double x)
{
  return coterie_scale_format (x, fabs (x - round (x)) <= X_TOLERANCE ? 0 : 1);
}

/* A symbol follows every number; a unit that is a word is said once where it is seen, but follows
 * every number where it is heard. */
char *
coterie_line_plot_format_value (const CoterieLinePlot *plot,
                                double value,
                                guint n_decimals,
                                gboolean with_words)
{
  g_autofree char *number = coterie_scale_format (value, n_decimals);

  if (!isfinite (value) || plot->unit == NULL || !(with_words || unit_is_symbol (plot->unit)))
    return g_steal_pointer (&number);
  return g_strconcat (number, "\u00a0", plot->unit, NULL);
}

/**
 * coterie_line_plot_describe:
 * @plot: the plot
 *
 * Says in one translated sentence what a look at the plot tells: from where to where each line
 * goes and where it is highest. Does not depend on the cursor. Cost: one pass over the points.
 *
 * Returns: (transfer full): the sentence
 */
char *
coterie_line_plot_describe (const CoterieLinePlot *plot)
{
  g_autoptr (GString) sentence = NULL;
  g_autofree char *extent = NULL;
  g_autofree char *title = describe_title (plot);
  double x_min, x_max;
  guint n_decimals;

  if (!get_x_extent (plot, &x_min, &x_max))
    /* Translators: %s is the title of a plot */
    return g_strdup_printf (_ ("%s: no values yet"), title);

  n_decimals = coterie_line_plot_get_value_decimals (plot);
  extent = describe_extent (plot, x_min, x_max);
  sentence = g_string_new (extent);
  for (guint k = 0; k < plot->series->len; k++) {
    g_autofree char *text =
        describe_series (plot, coterie_line_plot_get_series (plot, k), n_decimals);

    /* Translators: between the title of a plot and its first line */
    g_string_append (sentence, k == 0 ? _ (": ") : _ ("; "));
    g_string_append (sentence, text);
  }
  return g_string_free (g_steal_pointer (&sentence), FALSE);
}

/**
 * coterie_line_plot_describe_values:
 * @plot: the plot
 * @x: an iteration
 *
 * Says in translated words what the legend tells while the cursor is at @x, as in “iteration 12:
 * training 99.9 %; test 98.0 %”. Cost: a binary search a series.
 *
 * Returns: (transfer full) (nullable): the words; %NULL if no series has a value at @x
 */
char *
coterie_line_plot_describe_values (const CoterieLinePlot *plot, double x)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *place = coterie_line_plot_format_x (x);
  guint n_decimals = coterie_line_plot_get_value_decimals (plot);
  gboolean any = FALSE;

  if (plot->x_title != NULL)
    g_string_append_printf (words, "%s ", plot->x_title);
  g_string_append (words, place);
  for (guint k = 0; k < plot->series->len; k++) {
    double value = coterie_line_plot_get_value (plot, k, x);
    g_autofree char *text = coterie_line_plot_format_value (plot, value, n_decimals, TRUE);

    if (isnan (value))
      continue;
    g_string_append (words, any ? _ ("; ") : _ (": "));
    g_string_append_printf (words, _ ("%s %s"), coterie_line_plot_get_series (plot, k)->name, text);
    any = TRUE;
  }
  return any ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}
