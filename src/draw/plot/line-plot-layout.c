/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the parts of a line plot lie.
 *
 * The title is at the top left and the legend at the right of it. The entries of the legend stand
 * in columns. When they do not fit beside the title they break into more rows, beside the title if
 * that takes no more of them than below it. There are never so many rows that the lines lose their
 * room: then names are shortened, and at last left out. Room for values is kept at the widest of
 * them, so that nothing moves while the cursor does.
 *
 * Where a range was set and values lie beyond it, the axis is broken: a strip as high as a label
 * takes them, on that side of the area. */

#include "draw/plot/line-plot-layout.h"

#include <math.h>

/* In px, unless they say otherwise. */
#define DEFAULT_FONT_SIZE 15.0
#define TITLE_FRAC 0.93
#define LABEL_FRAC 0.82
#define COLUMN_GAP 16.0
#define NAME_MIN 20.0
#define ROW_GAP 2.0
#define AREA_GAP 3.0
#define RIGHT_MARGIN 6.0

/* Of the height that title and legend share with the lines, at most. */
#define HEADER_FRAC 0.52

/* Distance of ticks, at least: in heights of a label, in widths of the widest label. */
#define Y_TICK_HEIGHTS 1.7
#define X_TICK_WIDTHS 3.0

/* Rows and columns of the legend, and whether the first row is beside the title. */
typedef struct {
  guint n_rows;
  guint n_columns;
  gboolean beside_title;
  gboolean shortened;
  double *column_widths;
} LegendGrid;

typedef struct {
  PangoContext *context;
  PangoFontDescription *title_font;
  PangoFontDescription *label_font;
  double label_height;
} Fonts;

static void
clear_text (CoteriePlotText *text)
{
  g_clear_object (&text->text);
}

static void
measure_text (CoteriePlotText *text)
{
  PangoRectangle rect;

  pango_layout_get_extents (text->text, NULL, &rect);
  text->width = (double) rect.width / PANGO_SCALE;
  text->height = (double) rect.height / PANGO_SCALE;
  text->baseline = (double) pango_layout_get_baseline (text->text) / PANGO_SCALE;
}

static void
set_text (CoteriePlotText *text,
          const Fonts *fonts,
          const PangoFontDescription *font,
          const char *words)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* Figures of one width, so that a changing value does not shake. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  clear_text (text);
  text->text = pango_layout_new (fonts->context);
  pango_layout_set_font_description (text->text, font);
  pango_layout_set_attributes (text->text, attributes);
  pango_layout_set_single_paragraph_mode (text->text, TRUE);
  pango_layout_set_text (text->text, words, -1);
  measure_text (text);
}

static void
shorten_text (CoteriePlotText *text, double width)
{
  if (text->width <= width)
    return;
  pango_layout_set_ellipsize (text->text, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (text->text, (int) (MAX (width, 1.0) * PANGO_SCALE));
  measure_text (text);
}

static double
get_font_size_px (const PangoFontDescription *font, PangoContext *context)
{
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  double dpi = pango_cairo_context_get_resolution (context);

  if (size <= 0.0)
    return DEFAULT_FONT_SIZE;
  if (pango_font_description_get_size_is_absolute (font))
    return size;
  return size * (dpi > 0.0 ? dpi : 96.0) / 72.0;
}

static void
init_fonts (Fonts *fonts, PangoContext *context, const char *font)
{
  g_autoptr (PangoFontDescription) base =
      font != NULL ? pango_font_description_from_string (font)
                   : pango_font_description_copy (pango_context_get_font_description (context));
  double size = get_font_size_px (base, context);
  CoteriePlotText probe = {NULL};

  fonts->context = context;
  fonts->title_font = pango_font_description_copy (base);
  pango_font_description_set_weight (fonts->title_font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (fonts->title_font, size * TITLE_FRAC * PANGO_SCALE);
  fonts->label_font = pango_font_description_copy (base);
  pango_font_description_set_absolute_size (fonts->label_font, size * LABEL_FRAC * PANGO_SCALE);

  set_text (&probe, fonts, fonts->label_font, "0");
  fonts->label_height = probe.height;
  clear_text (&probe);
}

static void
clear_fonts (Fonts *fonts)
{
  pango_font_description_free (fonts->title_font);
  pango_font_description_free (fonts->label_font);
}

static void
set_title (CoterieLinePlotTexts *texts,
           const CoterieLinePlot *plot,
           const Fonts *fonts,
           double width)
{
  CoteriePlotRect *rect = &texts->parts.title;
  g_autofree char *beside = NULL;

  set_text (&texts->title, fonts, fonts->title_font, plot->title);
  shorten_text (&texts->title, width - plot->title_room_px);
  rect->width = texts->title.width + plot->title_room_px;
  rect->height = texts->title.height;
  if (plot->unit == NULL && plot->subject == NULL)
    return;

  beside = g_strjoin (", ", plot->subject != NULL ? plot->subject : plot->unit,
                      plot->subject != NULL ? plot->unit : NULL, NULL);
  set_text (&texts->unit, fonts, fonts->label_font, beside);
  if (rect->width + COTERIE_PLOT_UNIT_GAP + texts->unit.width > width)
    clear_text (&texts->unit);
  else
    rect->width += COTERIE_PLOT_UNIT_GAP + texts->unit.width;
}

/* The width of the widest value that the legend may have to tell. */
static double
measure_values (const CoterieLinePlot *plot, const Fonts *fonts, guint n_decimals)
{
  double extent[2];
  double width = 0.0;
  CoteriePlotText text = {NULL};

  coterie_line_plot_get_y_extent (plot, &extent[0], &extent[1]);
  for (guint i = 0; i < G_N_ELEMENTS (extent); i++) {
    g_autofree char *words = coterie_line_plot_format_value (plot, extent[i], n_decimals, FALSE);

    set_text (&text, fonts, fonts->label_font, words);
    width = MAX (width, text.width);
  }
  clear_text (&text);
  return width;
}

static void
set_legend_texts (CoterieLinePlotTexts *texts, const CoterieLinePlot *plot, const Fonts *fonts)
{
  double x = coterie_line_plot_get_read_x (plot);
  guint n_decimals = coterie_line_plot_get_value_decimals (plot);

  for (guint k = 0; k < texts->parts.n_legend; k++) {
    CoterieLegendEntry *entry = &texts->legend[k];
    g_autofree char *value = NULL;

    set_text (&entry->name, fonts, fonts->label_font, coterie_line_plot_get_series (plot, k)->name);
    if (!isfinite (x))
      continue;
    value = coterie_line_plot_format_value (plot, coterie_line_plot_get_value (plot, k, x),
                                            n_decimals, FALSE);
    set_text (&entry->value, fonts, fonts->label_font, value);
  }
}

static double
get_entry_width (const CoterieLegendEntry *entry, double value_width)
{
  return COTERIE_LEGEND_SAMPLE + COTERIE_LEGEND_SAMPLE_GAP + entry->name.width +
         (value_width > 0.0 ? COTERIE_LEGEND_VALUE_GAP + value_width : 0.0);
}

/* Column widths for n_rows rows of entries; returns their sum with the gaps between. */
static double
size_columns (const CoterieLinePlotTexts *texts, LegendGrid *grid, guint n_rows, double value_width)
{
  guint n_entries = texts->parts.n_legend;
  double width = 0.0;

  grid->n_rows = n_rows;
  grid->n_columns = (n_entries + n_rows - 1) / n_rows;
  for (guint column = 0; column < grid->n_columns; column++) {
    grid->column_widths[column] = 0.0;
    for (guint k = column; k < n_entries; k += grid->n_columns)
      grid->column_widths[column] =
          MAX (grid->column_widths[column], get_entry_width (&texts->legend[k], value_width));
    width += grid->column_widths[column] + (column > 0 ? COLUMN_GAP : 0.0);
  }
  return width;
}

static void
share_width (LegendGrid *grid, guint n_entries, guint n_rows, double width)
{
  grid->n_rows = n_rows;
  grid->n_columns = (n_entries + n_rows - 1) / n_rows;
  grid->shortened = TRUE;
  for (guint column = 0; column < grid->n_columns; column++)
    grid->column_widths[column] = (width - (grid->n_columns - 1) * COLUMN_GAP) / grid->n_columns;
}

/* Chooses the grid that takes the fewest rows of the header; max_rows counts the title's own. */
static void
choose_grid (const CoterieLinePlotTexts *texts,
             LegendGrid *grid,
             double width,
             guint max_rows,
             double value_width)
{
  double beside = width - texts->parts.title.width - COLUMN_GAP;

  grid->shortened = FALSE;
  for (guint n_rows = 1; n_rows <= max_rows; n_rows++) {
    grid->beside_title = TRUE;
    if (size_columns (texts, grid, n_rows, value_width) <= beside)
      return;
    grid->beside_title = FALSE;
    if (n_rows > 1 && size_columns (texts, grid, n_rows - 1, value_width) <= width)
      return;
  }

  grid->beside_title = max_rows == 1;
  share_width (grid, texts->parts.n_legend, MAX (max_rows - 1, 1),
               grid->beside_title ? beside : width);
}

/* Makes an entry fit a column that is narrower than it would like. */
static void
shorten_entry (CoterieLegendEntry *entry, double column_width, double value_width)
{
  double room = column_width - COTERIE_LEGEND_SAMPLE - COTERIE_LEGEND_SAMPLE_GAP;
  double name_room = room - COTERIE_LEGEND_VALUE_GAP - value_width;

  if (entry->value.text != NULL && name_room < MIN (NAME_MIN, entry->name.width))
    clear_text (&entry->value);
  shorten_text (&entry->name, entry->value.text != NULL ? name_room : room);
  if (entry->name.width > room)
    clear_text (&entry->name);
}

/* Puts the entries into their cells, the columns at the right. Returns where the rows end. */
static double
place_legend (CoterieLinePlotTexts *texts,
              const LegendGrid *grid,
              double width,
              double row_height,
              double value_width)
{
  double left = width;
  double first_baseline = texts->title.baseline;

  if (!grid->beside_title)
    first_baseline = texts->title.height + ROW_GAP + texts->legend[0].name.baseline;
  for (guint column = grid->n_columns; column-- > 0;) {
    left -= grid->column_widths[column];
    for (guint k = column; k < texts->parts.n_legend; k += grid->n_columns) {
      CoterieLegendEntry *entry = &texts->legend[k];
      CoteriePlotRect *rect = &texts->parts.legend[k];
      guint row = k / grid->n_columns;

      rect->x = left;
      rect->y = first_baseline + row * row_height - entry->name.baseline;
      rect->width = grid->column_widths[column];
      rect->height = entry->name.height;
      if (grid->shortened)
        shorten_entry (entry, grid->column_widths[column], value_width);
      if (entry->name.text == NULL)
        rect->width = 0.0;
    }
    left -= COLUMN_GAP;
  }
  return first_baseline + (grid->n_rows - 1) * row_height - texts->legend[0].name.baseline +
         texts->legend[0].name.height;
}

/* Returns the height of title and legend; height is what they share with the lines. */
static double
set_header (CoterieLinePlotTexts *texts,
            const CoterieLinePlot *plot,
            const Fonts *fonts,
            double width,
            double height)
{
  guint n_entries = texts->parts.n_legend;
  double row_height = fonts->label_height + ROW_GAP;
  double max_rows = floor ((HEADER_FRAC * height - texts->title.height) / row_height) + 1.0;
  g_autofree double *column_widths = g_new0 (double, MAX (n_entries, 1));
  LegendGrid grid = {.column_widths = column_widths};
  double value_width = 0.0;
  double legend_end;

  if (n_entries == 0)
    return texts->title.height;

  set_legend_texts (texts, plot, fonts);
  if (isfinite (coterie_line_plot_get_read_x (plot)))
    value_width = measure_values (plot, fonts, coterie_line_plot_get_value_decimals (plot));
  choose_grid (texts, &grid, width, (guint) CLAMP (max_rows, 1.0, 100.0), value_width);
  legend_end = place_legend (texts, &grid, width, row_height, value_width);
  return MAX (texts->title.height, legend_end);
}

static double
measure_left (CoterieLinePlotTexts *texts, const CoterieLinePlot *plot, const Fonts *fonts)
{
  const CoterieScale *scale = &texts->parts.y_scale;
  double width = 0.0;

  texts->y_labels = g_new0 (CoteriePlotText, scale->n_ticks);
  for (guint tick = 0; tick < scale->n_ticks; tick++) {
    g_autofree char *words =
        coterie_scale_format (coterie_scale_get_tick (scale, tick), scale->n_decimals);

    set_text (&texts->y_labels[tick], fonts, fonts->label_font, words);
    width = MAX (width, texts->y_labels[tick].width);
  }
  return ceil (width) + COTERIE_PLOT_LABEL_GAP;
}

static void
set_x_labels (CoterieLinePlotTexts *texts, const CoterieLinePlot *plot, const Fonts *fonts)
{
  const CoterieScale *scale = &texts->parts.x_scale;

  texts->x_labels = g_new0 (CoteriePlotText, scale->n_ticks);
  for (guint tick = 0; tick < scale->n_ticks; tick++) {
    g_autofree char *words = coterie_line_plot_format_x (coterie_scale_get_tick (scale, tick));

    set_text (&texts->x_labels[tick], fonts, fonts->label_font, words);
  }
  if (plot->x_title != NULL)
    set_text (&texts->x_title, fonts, fonts->label_font, plot->x_title);
}

static void
set_hover (CoterieLinePlotTexts *texts, const CoterieLinePlot *plot, const Fonts *fonts)
{
  g_autofree char *x = NULL;
  g_autofree char *words = NULL;

  if (!isfinite (plot->hover))
    return;
  x = coterie_line_plot_format_x (plot->hover);
  words = plot->x_title != NULL ? g_strconcat (plot->x_title, " ", x, NULL) : g_strdup (x);
  set_text (&texts->hover, fonts, fonts->label_font, words);
}

/* The label of the last iteration is centred below it and may be wider than the margin. Plots of a
 * stack share it whether they show it or not, so that their areas end at the same place. */
static double
measure_right (const CoterieLinePlot *plot, const Fonts *fonts, double *out_label_width)
{
  CoterieScale scale;
  CoteriePlotText text = {NULL};
  g_autofree char *words = NULL;

  coterie_line_plot_fit_x (plot, &scale, 2);
  words = coterie_line_plot_format_x (round (scale.upper));
  set_text (&text, fonts, fonts->label_font, words);
  *out_label_width = text.width;
  clear_text (&text);
  return MAX (RIGHT_MARGIN, ceil (0.5 * *out_label_width));
}

/* “11 %”, or “11–80 %” where there are several. */
static void
set_strays (CoteriePlotText *text,
            const CoterieLinePlot *plot,
            const Fonts *fonts,
            double least,
            double greatest)
{
  /* As the ticks: these values are told in passing. */
  guint n_value_decimals = coterie_line_plot_get_value_decimals (plot);
  guint n_decimals = n_value_decimals > 0 ? n_value_decimals - 1 : 0;
  g_autofree char *from = coterie_scale_format (least, n_decimals);
  g_autofree char *to = coterie_line_plot_format_value (plot, greatest, n_decimals, FALSE);
  g_autofree char *only = coterie_line_plot_format_value (plot, least, n_decimals, FALSE);
  g_autofree char *range = g_strconcat (from, "–", to, NULL);

  set_text (text, fonts, fonts->label_font, g_str_equal (only, to) ? only : range);
}

/* Takes the room of the strips from the area's height. */
static void
place_strips (CoterieLinePlotTexts *texts, const CoterieLinePlot *plot, const Fonts *fonts)
{
  CoteriePlotRect *area = &texts->parts.area;
  double height = ceil (fonts->label_height) + COTERIE_PLOT_STRIP_GAP;
  double least, greatest;

  if (coterie_line_plot_get_strays (plot, COTERIE_PLOT_ABOVE, &least, &greatest)) {
    set_strays (&texts->above, plot, fonts, least, greatest);
    texts->parts.above = (CoteriePlotRect){.y = area->y, .height = height};
    area->y += height;
    area->height -= height;
  }
  if (coterie_line_plot_get_strays (plot, COTERIE_PLOT_BELOW, &least, &greatest)) {
    set_strays (&texts->below, plot, fonts, least, greatest);
    texts->parts.below.height = height;
    area->height -= height;
  }
  area->height = MAX (area->height, 1.0);
  texts->parts.below.y = area->y + area->height;
}

static guint
count_ticks (double length, double distance)
{
  return (guint) CLAMP (floor (length / distance) + 1.0, 2.0, 100.0);
}

static void
place_area (CoterieLinePlotTexts *texts,
            const CoterieLinePlot *plot,
            const Fonts *fonts,
            double width,
            double height)
{
  CoteriePlotRect *area = &texts->parts.area;
  double half_label = ceil (0.5 * fonts->label_height);
  double bottom = half_label;
  double right, left, x_label_width;

  if (plot->show_x) {
    bottom = COTERIE_PLOT_X_LABEL_GAP + fonts->label_height;
    bottom += plot->x_title != NULL ? fonts->label_height : 0.0;
  }

  area->y = ceil (set_header (texts, plot, fonts, width, height - bottom)) + AREA_GAP + half_label;
  area->height = MAX (floor (height - area->y - bottom), 1.0);
  place_strips (texts, plot, fonts);
  coterie_line_plot_fit_y (plot, &texts->parts.y_scale,
                           count_ticks (area->height, Y_TICK_HEIGHTS * fonts->label_height));

  left = measure_left (texts, plot, fonts);
  right = measure_right (plot, fonts, &x_label_width);
  area->x = isfinite (plot->left_px) ? plot->left_px : left;
  area->width = MAX (floor (width - area->x - right), 1.0);
  texts->parts.above.x = texts->parts.below.x = area->x;
  texts->parts.above.width = texts->parts.below.width = area->width;
  coterie_line_plot_fit_x (
      plot, &texts->parts.x_scale,
      count_ticks (area->width, MAX (X_TICK_WIDTHS * x_label_width, 4.0 * fonts->label_height)));
}

/**
 * coterie_line_plot_texts_new:
 * @plot: the plot
 * @context: shapes the text
 * @width_px: width of the whole plot
 * @height_px: height of the whole plot
 * @font: (nullable): as in coterie_line_plot_layout()
 *
 * All texts of a plot, shaped and placed, of which coterie_line_plot_layout() gives the places. For
 * the files of the line plot only.
 *
 * Returns: (transfer full): the texts
 */
CoterieLinePlotTexts *
coterie_line_plot_texts_new (const CoterieLinePlot *plot,
                             PangoContext *context,
                             double width_px,
                             double height_px,
                             const char *font)
{
  CoterieLinePlotTexts *texts = g_new0 (CoterieLinePlotTexts, 1);
  Fonts fonts;

  init_fonts (&fonts, context, font);
  texts->parts.n_legend = plot->series->len;
  texts->parts.legend = g_new0 (CoteriePlotRect, plot->series->len);
  texts->legend = g_new0 (CoterieLegendEntry, plot->series->len);

  set_title (texts, plot, &fonts, width_px);
  place_area (texts, plot, &fonts, width_px, height_px);
  if (plot->show_x)
    set_x_labels (texts, plot, &fonts);
  set_hover (texts, plot, &fonts);
  clear_fonts (&fonts);
  return texts;
}

/**
 * coterie_line_plot_texts_free:
 * @texts: (transfer full): the texts
 */
void
coterie_line_plot_texts_free (CoterieLinePlotTexts *texts)
{
  for (guint tick = 0; texts->x_labels != NULL && tick < texts->parts.x_scale.n_ticks; tick++)
    clear_text (&texts->x_labels[tick]);
  for (guint tick = 0; tick < texts->parts.y_scale.n_ticks; tick++)
    clear_text (&texts->y_labels[tick]);
  for (guint k = 0; k < texts->parts.n_legend; k++) {
    clear_text (&texts->legend[k].name);
    clear_text (&texts->legend[k].value);
  }
  clear_text (&texts->title);
  clear_text (&texts->unit);
  clear_text (&texts->x_title);
  clear_text (&texts->hover);
  clear_text (&texts->above);
  clear_text (&texts->below);
  g_free (texts->x_labels);
  g_free (texts->y_labels);
  g_free (texts->legend);
  g_free (texts->parts.legend);
  g_free (texts);
}

/**
 * coterie_line_plot_layout:
 * @plot: the plot
 * @context: shapes the text
 * @width_px: width of the whole plot
 * @height_px: height of the whole plot
 * @font: (nullable): a Pango font description, the size of which is that of ordinary text; %NULL
 *   takes the one of @context
 *
 * Says where the parts would be drawn. Cost: shaping some twenty short texts and one pass over the
 * points.
 *
 * Returns: (transfer full): the places, free with coterie_line_plot_layout_free()
 */
CoterieLinePlotLayout *
coterie_line_plot_layout (const CoterieLinePlot *plot,
                          PangoContext *context,
                          double width_px,
                          double height_px,
                          const char *font)
{
  return &coterie_line_plot_texts_new (plot, context, width_px, height_px, font)->parts;
}

/**
 * coterie_line_plot_layout_free:
 * @layout: (transfer full): the places
 */
void
coterie_line_plot_layout_free (CoterieLinePlotLayout *layout)
{
  G_STATIC_ASSERT (G_STRUCT_OFFSET (CoterieLinePlotTexts, parts) == 0);

  coterie_line_plot_texts_free ((CoterieLinePlotTexts *) layout);
}

/**
 * coterie_line_plot_measure_left:
 * @plot: the plot
 * @context: shapes the text
 * @width_px: width of the whole plot
 * @height_px: height of the whole plot
 * @font: (nullable): as in coterie_line_plot_layout()
 *
 * Returns: the room in px that the labels at the left need, whatever margin is set
 */
double
coterie_line_plot_measure_left (const CoterieLinePlot *plot,
                                PangoContext *context,
                                double width_px,
                                double height_px,
                                const char *font)
{
  g_autoptr (CoterieLinePlotTexts) texts =
      coterie_line_plot_texts_new (plot, context, width_px, height_px, font);
  double width = 0.0;

  for (guint tick = 0; tick < texts->parts.y_scale.n_ticks; tick++)
    width = MAX (width, texts->y_labels[tick].width);
  return ceil (width) + COTERIE_PLOT_LABEL_GAP;
}
