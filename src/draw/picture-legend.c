/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The legend of a saved picture, and the words that it shares with the one in the window: a row for
 * each colour, or the ramp of a quantity, and what the sizes mean.
 *
 * The card has a size of its own, in units of a pixel of the window. It is drawn at the scale it is
 * given, and smaller where it would take too much of the picture. Where nobody could read it, it is left
 * out. */

#include "draw/picture-legend.h"

#include <glib/gi18n.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "draw/palette.h"
#include "draw/scene/shape.h"

/* In units of the card. */
#define FONT_SIZE 12.0
#define BORDER 12.0
#define PADDING 12.0
#define RADIUS 9.0
#define DOT_DIAMETER 11.0
#define COLUMN_GAP 9.0
#define ROW_HEIGHT 18.0
#define TITLE_HEIGHT 22.0
#define MAX_DETAIL_WIDTH 240.0
#define RAMP_WIDTH 180.0
#define RAMP_HEIGHT 10.0

/* Steps of a ramp's picture, finer than can be seen. */
#define N_RAMP_STOPS 33

#define CARD_ALPHA 0.92
#define LINE_ALPHA 0.12

/* Of the picture, at most, with the border. */
#define MAX_WIDTH_FRAC 0.45
#define MAX_HEIGHT_FRAC 0.92

/* Where it would have to be smaller than this part of its size, its text cannot be read. */
#define MIN_SCALE_FRAC 0.5

typedef enum {
  COLUMN_NAME,
  COLUMN_DETAIL,
  COLUMN_SIZE,
  N_COLUMNS,
} Column;

typedef struct {
  CoterieColor color;
  CoterieShape shape;
  char *texts[N_COLUMNS];
} Row;

struct _CoteriePictureLegend {
  char *title;
  Row *rows;
  guint n_rows;
  char *rest; /* NULL if the rows are all */
  gboolean has_ramp;
  char *ramp_ends[2];
  char *size; /* what the sizes mean; NULL for nothing */

  PangoContext *context;
  double column_widths[N_COLUMNS];
  double width;
  double height;
};

/**
 * coterie_legend_format_name:
 * @identity: identity of a community
 *
 * Returns: (transfer full): how the community is called: "C3"
 */
char *
coterie_legend_format_name (guint identity)
{
  /* Translators: the name of a community of neurons, C as in community */
  return g_strdup_printf (_ ("C%u"), identity + 1);
}

/**
 * coterie_legend_format_classes:
 * @summary: a community
 * @class_names: the name of each class
 *
 * Returns: (transfer full): its classes, each in quotation marks
 */
char *
coterie_legend_format_classes (const CoterieCommunitySummary *summary,
                               const char *const *class_names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < summary->n_classes; i++)
    /* Translators: the name of a class, quoted: “7” or “Sandal” */
    g_string_append_printf (text, i > 0 ? _ (" “%s”") : _ ("“%s”"),
                            class_names[summary->classes[i]]);
  return g_string_free (text, FALSE);
}

/**
 * coterie_legend_format_rest:
 * @n_rest: number of communities that have no row
 * @n_rows: number of those that have one
 *
 * Returns: (transfer full): that there are more, or that there are no others
 */
char *
coterie_legend_format_rest (guint n_rest, guint n_rows)
{
  if (n_rows == 0)
    return g_strdup_printf (
        ngettext ("only %u small community", "only %u small communities", n_rest), n_rest);
  return g_strdup_printf (ngettext ("and %u smaller one", "and %u smaller ones", n_rest), n_rest);
}

/* The same on every surface, so that pages and pictures of any resolution have the same layout. */
static PangoContext *
create_context (void)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);
  return context;
}

static PangoLayout *
shape (const CoteriePictureLegend *legend, const char *text, gboolean bold)
{
  PangoLayout *layout = pango_layout_new (legend->context);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_font_description_set_absolute_size (font, FONT_SIZE * PANGO_SCALE);
  pango_font_description_set_weight (font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  return layout;
}

static double
measure (const CoteriePictureLegend *legend, const char *text, gboolean bold)
{
  g_autoptr (PangoLayout) layout = shape (legend, text, bold);
  PangoRectangle rect;

  pango_layout_get_extents (layout, NULL, &rect);
  return (double) rect.width / PANGO_SCALE;
}

static double
measure_columns (CoteriePictureLegend *legend)
{
  double total = DOT_DIAMETER;

  for (guint column = 0; column < N_COLUMNS; column++) {
    double *width = &legend->column_widths[column];

    for (guint i = 0; i < legend->n_rows; i++)
      *width = fmax (*width, measure (legend, legend->rows[i].texts[column], FALSE));
    if (column == COLUMN_DETAIL)
      *width = fmin (*width, MAX_DETAIL_WIDTH);
    total += COLUMN_GAP + *width;
  }
  return total;
}

static gboolean
is_empty (const CoteriePictureLegend *legend)
{
  return legend->n_rows == 0 && legend->rest == NULL && !legend->has_ramp;
}

static void
lay_out (CoteriePictureLegend *legend)
{
  double content = measure (legend, legend->title, TRUE);
  guint n_lines =
      legend->n_rows + (legend->rest != NULL) + (legend->size != NULL) + (legend->has_ramp ? 2 : 0);

  if (legend->has_ramp)
    content = fmax (content, RAMP_WIDTH);
  else
    content = fmax (content + 2.0 * COLUMN_GAP + measure (legend, _ ("neurons"), FALSE),
                    measure_columns (legend));
  if (legend->rest != NULL)
    content = fmax (content, DOT_DIAMETER + COLUMN_GAP + measure (legend, legend->rest, FALSE));
  if (legend->size != NULL)
    content = fmax (content, measure (legend, legend->size, FALSE));

  legend->width = ceil (content) + 2.0 * PADDING;
  legend->height = TITLE_HEIGHT + n_lines * ROW_HEIGHT + 2.0 * PADDING - 0.25 * ROW_HEIGHT;
}

static char *
format_quantity (double value)
{
  return g_strdup_printf (fabs (value) < 10.0 ? "%.2f" : "%.1f", value);
}

static char *
format_size (const CoterieSceneLegend *contents)
{
  g_autofree char *most = NULL;

  if (contents->size_title == NULL)
    return NULL;
  most = format_quantity (contents->size_max);
  /* Translators: what the sizes of nodes mean, as in "Size: strength, up to 61.8" */
  return g_strdup_printf (_ ("%s, up to %s"), contents->size_title, most);
}

/**
 * coterie_picture_legend_new:
 * @contents: what colours, shapes and sizes mean
 *
 * Copies what it needs. Cost: shaping some twenty short texts.
 *
 * Returns: (transfer full): the legend
 */
CoteriePictureLegend *
coterie_picture_legend_new (const CoterieSceneLegend *contents)
{
  CoteriePictureLegend *legend = g_new0 (CoteriePictureLegend, 1);

  legend->title = g_strdup (contents->title);
  legend->n_rows = contents->n_rows;
  legend->rows = g_new0 (Row, contents->n_rows);
  for (guint i = 0; i < contents->n_rows; i++) {
    const CoterieSceneLegendRow *from = &contents->rows[i];
    Row *row = &legend->rows[i];

    row->color = from->color;
    row->shape = from->shape;
    row->texts[COLUMN_NAME] = g_strdup (from->name);
    row->texts[COLUMN_DETAIL] = g_strdup (from->detail != NULL ? from->detail : "");
    row->texts[COLUMN_SIZE] = g_strdup_printf ("%u", from->n_nodes);
  }
  if (contents->n_rest > 0)
    legend->rest = coterie_legend_format_rest (contents->n_rest, contents->n_rows);
  legend->has_ramp = contents->has_ramp;
  legend->ramp_ends[0] = format_quantity (contents->ramp_min);
  legend->ramp_ends[1] = format_quantity (contents->ramp_max);
  legend->context = create_context ();
  legend->size = is_empty (legend) ? NULL : format_size (contents);
  lay_out (legend);
  return legend;
}

/**
 * coterie_picture_legend_free:
 * @legend: (transfer full): the legend
 */
void
coterie_picture_legend_free (CoteriePictureLegend *legend)
{
  for (guint i = 0; i < legend->n_rows; i++)
    for (guint column = 0; column < N_COLUMNS; column++)
      g_free (legend->rows[i].texts[column]);
  g_free (legend->rows);
  g_free (legend->title);
  g_free (legend->rest);
  g_free (legend->ramp_ends[0]);
  g_free (legend->ramp_ends[1]);
  g_free (legend->size);
  g_object_unref (legend->context);
  g_free (legend);
}

/* Pixels of the picture for a unit of the card; 0 where it is left out. */
static double
choose_scale (const CoteriePictureLegend *legend, double width_px, double height_px, double scale)
{
  double widest = MAX_WIDTH_FRAC * width_px / (legend->width + BORDER);
  double highest = MAX_HEIGHT_FRAC * height_px / (legend->height + BORDER);
  double chosen = fmin (scale, fmin (widest, highest));

  return is_empty (legend) || chosen < MIN_SCALE_FRAC * scale ? 0.0 : chosen;
}

/**
 * coterie_picture_legend_place:
 * @legend: the legend
 * @width_px: of the picture
 * @height_px: of the picture
 * @scale: pixels of the picture for a unit of the card, greater than 0
 *
 * Returns: where coterie_picture_legend_draw() draws, pixels of the picture; without width and
 *   height if it draws nothing
 */
CoterieOverlay
coterie_picture_legend_place (const CoteriePictureLegend *legend,
                              double width_px,
                              double height_px,
                              double scale)
{
  double unit_px = choose_scale (legend, width_px, height_px, scale);

  return (CoterieOverlay){
      .x_px = BORDER * unit_px,
      .y_px = height_px - (BORDER + legend->height) * unit_px,
      .width_px = legend->width * unit_px,
      .height_px = legend->height * unit_px,
  };
}

/**
 * coterie_picture_legend_get_insets:
 * @legend: the legend
 * @viewport: size and margin of the picture in pixels of the window; its insets are not read
 * @view_scale: pixels of the picture for a pixel of the window, greater than 0
 * @scale: pixels of the picture for a unit of the card, greater than 0
 *
 * Returns: what a graph that is fitted into @viewport leaves to the legend, pixels of the window
 */
CoterieInsets
coterie_picture_legend_get_insets (const CoteriePictureLegend *legend,
                                   const CoterieViewport *viewport,
                                   double view_scale,
                                   double scale)
{
  CoterieOverlay place = coterie_picture_legend_place (legend, view_scale * viewport->width_px,
                                                       view_scale * viewport->height_px, scale);

  place.x_px /= view_scale;
  place.y_px /= view_scale;
  place.width_px /= view_scale;
  place.height_px /= view_scale;
  return coterie_insets_choose (viewport, &place, 1);
}

static void
set_color (cairo_t *cr, CoterieColor color, double alpha)
{
  cairo_set_source_rgba (cr, (double) color.red, (double) color.green, (double) color.blue, alpha);
}

static void
draw_card (const CoteriePictureLegend *legend, cairo_t *cr, const CoteriePalette *palette)
{
  const double right = legend->width - RADIUS;
  const double bottom = legend->height - RADIUS;

  cairo_new_path (cr);
  cairo_arc (cr, right, RADIUS, RADIUS, -0.5 * G_PI, 0.0);
  cairo_arc (cr, right, bottom, RADIUS, 0.0, 0.5 * G_PI);
  cairo_arc (cr, RADIUS, bottom, RADIUS, 0.5 * G_PI, G_PI);
  cairo_arc (cr, RADIUS, RADIUS, RADIUS, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
  set_color (cr, palette->canvas, CARD_ALPHA);
  cairo_fill_preserve (cr);
  set_color (cr, palette->text, LINE_ALPHA);
  cairo_set_line_width (cr, 1.0);
  cairo_stroke (cr);
}

static void
draw_marker (cairo_t *cr, double middle, CoterieShape shape, CoterieColor color)
{
  cairo_new_path (cr);
  coterie_shape_add_path (cr, shape, PADDING + 0.5 * DOT_DIAMETER, middle, 0.5 * DOT_DIAMETER, 0.0);
  set_color (cr, color, 1.0);
  cairo_fill (cr);
}

static void
draw_ramp (cairo_t *cr, double width, double middle, gboolean dark)
{
  cairo_pattern_t *pattern = cairo_pattern_create_linear (PADDING, 0.0, PADDING + width, 0.0);

  for (guint i = 0; i < N_RAMP_STOPS; i++) {
    double along = i / (N_RAMP_STOPS - 1.0);
    CoterieColor color = coterie_palette_get_ramp (along, dark);

    cairo_pattern_add_color_stop_rgb (pattern, along, (double) color.red, (double) color.green,
                                      (double) color.blue);
  }
  cairo_rectangle (cr, PADDING, middle - 0.5 * RAMP_HEIGHT, width, RAMP_HEIGHT);
  cairo_set_source (cr, pattern);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
}

/* Text in a column that begins at x, from its left or up to its right. */
static void
draw_text (const CoteriePictureLegend *legend,
           cairo_t *cr,
           const char *text,
           gboolean bold,
           double x,
           double width,
           double middle,
           gboolean at_right)
{
  g_autoptr (PangoLayout) layout = shape (legend, text, bold);
  PangoRectangle rect;

  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_width (layout, (int) ceil (width * PANGO_SCALE) + 1);
  pango_layout_set_alignment (layout, at_right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_get_extents (layout, NULL, &rect);
  cairo_move_to (cr, x, middle - 0.5 * rect.height / PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
}

static void
draw_row (const CoteriePictureLegend *legend,
          cairo_t *cr,
          const Row *row,
          double middle,
          const CoteriePalette *palette)
{
  double x = PADDING + DOT_DIAMETER + COLUMN_GAP;
  double size_width = legend->column_widths[COLUMN_SIZE];

  draw_marker (cr, middle, row->shape, row->color);
  set_color (cr, palette->text, 1.0);
  draw_text (legend, cr, row->texts[COLUMN_NAME], FALSE, x, legend->column_widths[COLUMN_NAME],
             middle, FALSE);
  draw_text (legend, cr, row->texts[COLUMN_SIZE], FALSE, legend->width - PADDING - size_width,
             size_width, middle, TRUE);
  x += legend->column_widths[COLUMN_NAME] + COLUMN_GAP;
  set_color (cr, palette->dim_text, 1.0);
  draw_text (legend, cr, row->texts[COLUMN_DETAIL], FALSE, x, legend->column_widths[COLUMN_DETAIL],
             middle, FALSE);
}

/* Returns: the middle of the line below. */
static double
draw_rows (const CoteriePictureLegend *legend,
           cairo_t *cr,
           double middle,
           const CoteriePalette *palette,
           gboolean dark)
{
  double content = legend->width - 2.0 * PADDING;

  for (guint i = 0; i < legend->n_rows; i++, middle += ROW_HEIGHT)
    draw_row (legend, cr, &legend->rows[i], middle, palette);
  if (legend->rest == NULL)
    return middle;

  draw_marker (cr, middle, COTERIE_SHAPE_DISC,
               coterie_palette_get_community (COTERIE_PALETTE_NO_IDENTITY, dark));
  set_color (cr, palette->dim_text, 1.0);
  draw_text (legend, cr, legend->rest, FALSE, PADDING + DOT_DIAMETER + COLUMN_GAP, content, middle,
             FALSE);
  return middle + ROW_HEIGHT;
}

static double
draw_quantity (const CoteriePictureLegend *legend,
               cairo_t *cr,
               double middle,
               const CoteriePalette *palette,
               gboolean dark)
{
  double content = legend->width - 2.0 * PADDING;

  draw_ramp (cr, content, middle, dark);
  middle += ROW_HEIGHT;
  set_color (cr, palette->dim_text, 1.0);
  draw_text (legend, cr, legend->ramp_ends[0], FALSE, PADDING, content, middle, FALSE);
  draw_text (legend, cr, legend->ramp_ends[1], FALSE, PADDING, content, middle, TRUE);
  return middle + ROW_HEIGHT;
}

static void
draw_lines (const CoteriePictureLegend *legend,
            cairo_t *cr,
            const CoteriePalette *palette,
            gboolean dark)
{
  double content = legend->width - 2.0 * PADDING;
  double middle = PADDING + 0.5 * ROW_HEIGHT - 2.0;

  set_color (cr, palette->text, 1.0);
  draw_text (legend, cr, legend->title, TRUE, PADDING, content, middle, FALSE);
  set_color (cr, palette->dim_text, 1.0);
  if (!legend->has_ramp)
    draw_text (legend, cr, _ ("neurons"), FALSE, PADDING, content, middle, TRUE);

  middle += TITLE_HEIGHT;
  middle = legend->has_ramp ? draw_quantity (legend, cr, middle, palette, dark)
                            : draw_rows (legend, cr, middle, palette, dark);
  set_color (cr, palette->dim_text, 1.0);
  if (legend->size != NULL)
    draw_text (legend, cr, legend->size, FALSE, PADDING, content, middle, FALSE);
}

/**
 * coterie_picture_legend_draw:
 * @legend: the legend
 * @cr: draws on the picture, with its origin at the top left corner and a pixel as its unit
 * @width_px: of the picture
 * @height_px: of the picture
 * @scale: pixels of the picture for a unit of the card, greater than 0
 * @dark: which appearance the picture has
 *
 * Draws the card over the lower left corner; nothing where it would be too small to be read.
 */
void
coterie_picture_legend_draw (const CoteriePictureLegend *legend,
                             cairo_t *cr,
                             double width_px,
                             double height_px,
                             double scale,
                             gboolean dark)
{
  const CoteriePalette *palette = coterie_palette_get (dark);
  CoterieOverlay place = coterie_picture_legend_place (legend, width_px, height_px, scale);

  if (place.width_px <= 0.0)
    return;
  cairo_save (cr);
  cairo_translate (cr, place.x_px, place.y_px);
  cairo_scale (cr, place.width_px / legend->width, place.width_px / legend->width);
  draw_card (legend, cr, palette);
  draw_lines (legend, cr, palette, dark);
  cairo_restore (cr);
}
