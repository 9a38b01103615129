/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The legend of a saved picture, and the words that it shares with the one in the window: a row for
 * each colour, or the ramp of a quantity, and what the sizes mean.
 *
 * The card has a size of its own, in units of a pixel of the window, and may have its rows in several
 * columns, or only the largest of them. Where it lies is chosen in picture/picture-layout.c. */

#include "draw/picture/picture-legend.h"

#include <glib/gi18n.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "draw/palette.h"
#include "draw/scene/shape.h"

/* In units of the card. */
#define FONT_SIZE 12.0
#define PADDING 12.0
#define RADIUS 9.0
#define DOT_DIAMETER 11.0
#define COLUMN_GAP 9.0
#define BLOCK_GAP 22.0
#define ROW_HEIGHT 18.0
#define TITLE_HEIGHT 22.0
#define MAX_DETAIL_WIDTH 240.0
#define RAMP_WIDTH 180.0
#define RAMP_HEIGHT 10.0

/* Steps of a ramp's picture, finer than can be seen. */
#define N_RAMP_STOPS 33

/* Of the end of a range that is further from 0. */
#define N_DIGITS 3
#define MAX_DECIMALS 6

#define CARD_ALPHA 0.92
#define LINE_ALPHA 0.12

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
  guint n_nodes;
  guint rank; /* 0 for the largest */
} Row;

struct _CoteriePictureLegend {
  char *title;
  Row *rows;
  guint n_rows;
  guint n_rest;
  gboolean filtered;
  guint n_rest_colors;
  CoterieColor rest_colors[COTERIE_LEGEND_MAX_REST_COLORS];
  gboolean has_ramp;
  char *ramp_ends[2];
  char *size; /* what the sizes mean; NULL for nothing */

  PangoContext *context;
  double column_widths[N_COLUMNS];
  double title_width;
  double neurons_width;
  double size_width;
};

/* A card of some form, in its units. */
typedef struct {
  CoteriePictureLegendForm form;
  char *rest;    /* NULL if the rows are all */
  guint n_lines; /* in a column */
  double block_width;
  gboolean size_in_title;
  double width;
  double height;
} Card;

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
 * @filtered: whether only some of the nodes are shown: how large a community is cannot be told from
 *   them, only how much of it is shown
 *
 * Returns: (transfer full): that there are more, or that there are no others
 */
char *
coterie_legend_format_rest (guint n_rest, guint n_rows, gboolean filtered)
{
  if (filtered && n_rows == 0)
    return g_strdup_printf (ngettext ("%u community", "%u communities", n_rest), n_rest);
  if (filtered)
    /* Translators: at the end of a list of communities and how many of their neurons are shown */
    return g_strdup_printf (ngettext ("and %u with fewer", "and %u with fewer", n_rest), n_rest);
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

static void
measure_columns (CoteriePictureLegend *legend)
{
  for (guint column = 0; column < N_COLUMNS; column++) {
    double *width = &legend->column_widths[column];

    for (guint i = 0; i < legend->n_rows; i++)
      *width = fmax (*width, measure (legend, legend->rows[i].texts[column], FALSE));
    if (column == COLUMN_DETAIL)
      *width = fmin (*width, MAX_DETAIL_WIDTH);
  }
}

/**
 * coterie_picture_legend_is_empty:
 * @legend: the legend
 *
 * Returns: whether there is nothing to say
 */
gboolean
coterie_picture_legend_is_empty (const CoteriePictureLegend *legend)
{
  return legend->n_rows == 0 && legend->n_rest == 0 && !legend->has_ramp;
}

/* A row of the card: the marker, and the columns beside it. */
static double
get_block_width (const CoteriePictureLegend *legend, const char *rest)
{
  double width = DOT_DIAMETER;

  for (guint column = 0; column < N_COLUMNS; column++)
    width += COLUMN_GAP + legend->column_widths[column];
  if (rest != NULL)
    width = fmax (width, DOT_DIAMETER + COLUMN_GAP + measure (legend, rest, FALSE));
  return width;
}

/* What the sizes mean goes beside the title where there is room. */
static double
get_title_width (const CoteriePictureLegend *legend, gboolean with_size)
{
  double width = legend->title_width;

  if (!legend->has_ramp)
    width += 2.0 * COLUMN_GAP + legend->neurons_width;
  return with_size ? width + BLOCK_GAP + legend->size_width : width;
}

static void
card_init (Card *card, const CoteriePictureLegend *legend, CoteriePictureLegendForm form)
{
  guint n_rest, n_cells, n_lines;
  double content;

  form.n_rows = MIN (form.n_rows, legend->n_rows);
  n_rest = legend->n_rest + legend->n_rows - form.n_rows;
  n_cells = form.n_rows + (n_rest > 0);
  form.n_columns = CLAMP (form.n_columns, 1, MAX (n_cells, 1));
  *card = (Card){.form = form};
  if (n_rest > 0)
    card->rest = coterie_legend_format_rest (n_rest, form.n_rows, legend->filtered);
  card->n_lines = legend->has_ramp ? 2 : (n_cells + form.n_columns - 1) / form.n_columns;
  card->block_width = legend->has_ramp ? RAMP_WIDTH : get_block_width (legend, card->rest);

  content = form.n_columns * card->block_width + (form.n_columns - 1) * BLOCK_GAP;
  card->size_in_title = legend->size != NULL && get_title_width (legend, TRUE) <= content;
  content = fmax (content, get_title_width (legend, card->size_in_title));
  if (legend->size != NULL && !card->size_in_title)
    content = fmax (content, legend->size_width);
  card->block_width = (content - (form.n_columns - 1) * BLOCK_GAP) / form.n_columns;
  n_lines = card->n_lines + (legend->size != NULL && !card->size_in_title);
  card->width = ceil (content) + 2.0 * PADDING;
  card->height = TITLE_HEIGHT + n_lines * ROW_HEIGHT + 2.0 * PADDING - 0.25 * ROW_HEIGHT;
}

static void
card_clear (Card *card)
{
  g_free (card->rest);
}

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  const Row *left = *(const Row *const *) a, *right = *(const Row *const *) b;

  if (left->n_nodes != right->n_nodes)
    return left->n_nodes > right->n_nodes ? -1 : 1;
  return left < right ? -1 : left > right;
}

static void
rank_rows (CoteriePictureLegend *legend)
{
  g_autofree Row **ranked = g_new (Row *, legend->n_rows);

  for (guint i = 0; i < legend->n_rows; i++)
    ranked[i] = &legend->rows[i];
  if (legend->n_rows > 0)
    qsort (ranked, legend->n_rows, sizeof *ranked, compare_sizes);
  for (guint i = 0; i < legend->n_rows; i++)
    ranked[i]->rank = i;
}

static char *
format_quantity (double value, int n_decimals)
{
  return value == 0.0 ? g_strdup ("0") : g_strdup_printf ("%.*f", n_decimals, value);
}

/**
 * coterie_legend_format_range:
 * @min: the lower end of a range
 * @max: its upper end, in the same unit
 * @least: (out) (transfer full): @min in digits
 * @most: (out) (transfer full): @max in digits
 *
 * Writes both with as many decimals as the one that is further from 0 needs for %N_DIGITS digits; an end
 * that is 0 is a plain 0.
 */
void
coterie_legend_format_range (double min, double max, char **least, char **most)
{
  double furthest = fmax (fabs (min), fabs (max));
  double n_whole = furthest > 0.0 ? floor (log10 (furthest)) + 1.0 : 1.0;
  int n_decimals = (int) CLAMP (N_DIGITS - n_whole, 0.0, MAX_DECIMALS);

  *least = format_quantity (min, n_decimals);
  *most = format_quantity (max, n_decimals);
}

/**
 * coterie_legend_format_size:
 * @contents: what colours, shapes and sizes mean
 *
 * Returns: (transfer full) (nullable): what the sizes mean, "Size: strength, up to 61.8"; %NULL if all nodes
 *   have the same
 */
char *
coterie_legend_format_size (const CoterieSceneLegend *contents)
{
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;

  if (contents->size_title == NULL)
    return NULL;
  coterie_legend_format_range (contents->size_min, contents->size_max, &least, &most);
  if (contents->size_min > 0.0)
    /* Translators: what the sizes of nodes mean, as in "Size: entropy, nats, 2.93 to 4.31" */
    return g_strdup_printf (_ ("%s, %s to %s"), contents->size_title, least, most);
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
    row->n_nodes = from->n_nodes;
  }
  rank_rows (legend);
  legend->n_rest = contents->n_rest;
  legend->filtered = contents->filtered;
  legend->n_rest_colors = contents->n_rest_colors;
  memcpy (legend->rest_colors, contents->rest_colors, sizeof legend->rest_colors);
  legend->has_ramp = contents->has_ramp;
  coterie_legend_format_range (contents->ramp_min, contents->ramp_max, &legend->ramp_ends[0],
                               &legend->ramp_ends[1]);
  legend->context = create_context ();
  legend->size =
      coterie_picture_legend_is_empty (legend) ? NULL : coterie_legend_format_size (contents);
  measure_columns (legend);
  legend->title_width = measure (legend, legend->title, TRUE);
  legend->neurons_width = measure (legend, _ ("neurons"), FALSE);
  if (legend->size != NULL)
    legend->size_width = measure (legend, legend->size, FALSE);
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
  g_free (legend->ramp_ends[0]);
  g_free (legend->ramp_ends[1]);
  g_free (legend->size);
  g_object_unref (legend->context);
  g_free (legend);
}

/**
 * coterie_picture_legend_get_n_rows:
 * @legend: the legend
 *
 * Returns: how many rows it may show
 */
guint
coterie_picture_legend_get_n_rows (const CoteriePictureLegend *legend)
{
  return legend->n_rows;
}

/**
 * coterie_picture_legend_measure:
 * @legend: the legend
 * @form: what its card shows; more rows or columns than there are count as all
 * @width: (out): of the card in its units, pixels of the window; 0 if there is nothing to say
 * @height: (out): the same
 */
void
coterie_picture_legend_measure (const CoteriePictureLegend *legend,
                                CoteriePictureLegendForm form,
                                double *width,
                                double *height)
{
  Card card;

  *width = *height = 0.0;
  if (coterie_picture_legend_is_empty (legend))
    return;
  card_init (&card, legend, form);
  *width = card.width;
  *height = card.height;
  card_clear (&card);
}

static void
set_color (cairo_t *cr, CoterieColor color, double alpha)
{
  cairo_set_source_rgba (cr, (double) color.red, (double) color.green, (double) color.blue, alpha);
}

static void
draw_background (const Card *card, cairo_t *cr, const CoteriePalette *palette)
{
  const double right = card->width - RADIUS;
  const double bottom = card->height - RADIUS;

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
draw_marker (cairo_t *cr, double x, double middle, CoterieShape shape, CoterieColor color)
{
  cairo_new_path (cr);
  coterie_shape_add_path (cr, shape, x + 0.5 * DOT_DIAMETER, middle, 0.5 * DOT_DIAMETER, 0.0);
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
          const Card *card,
          cairo_t *cr,
          const Row *row,
          double left,
          double middle,
          const CoteriePalette *palette)
{
  double x = left + DOT_DIAMETER + COLUMN_GAP;
  double size_width = legend->column_widths[COLUMN_SIZE];

  draw_marker (cr, left, middle, row->shape, row->color);
  set_color (cr, palette->text, 1.0);
  draw_text (legend, cr, row->texts[COLUMN_NAME], FALSE, x, legend->column_widths[COLUMN_NAME],
             middle, FALSE);
  draw_text (legend, cr, row->texts[COLUMN_SIZE], FALSE, left + card->block_width - size_width,
             size_width, middle, TRUE);
  x += legend->column_widths[COLUMN_NAME] + COLUMN_GAP;
  set_color (cr, palette->dim_text, 1.0);
  draw_text (legend, cr, row->texts[COLUMN_DETAIL], FALSE, x, legend->column_widths[COLUMN_DETAIL],
             middle, FALSE);
}

/**
 * coterie_legend_draw_rest:
 * @cr: a context
 * @x: left edge of the marker, units of @cr
 * @middle: its middle, vertically, the same
 * @diameter: of the marker of a row, the same
 * @colors: [n_colors]: what it stands for
 * @n_colors: at most %COTERIE_LEGEND_MAX_REST_COLORS; with none nothing is drawn
 *
 * Draws the marker of those that have no row: a disc, or as many small ones as there are colours.
 */
void
coterie_legend_draw_rest (cairo_t *cr,
                          double x,
                          double middle,
                          double diameter,
                          const CoterieColor *colors,
                          guint n_colors)
{
  /* Middle and radius of each disc, in diameters, from the middle of the marker. */
  static const double discs[][COTERIE_LEGEND_MAX_REST_COLORS][3] = {
      {{0.0, 0.0, 0.5}},
      {{-0.26, 0.0, 0.25}, {0.26, 0.0, 0.25}},
      {{0.0, -0.24, 0.25}, {-0.26, 0.22, 0.25}, {0.26, 0.22, 0.25}},
  };

  for (guint i = 0; i < n_colors; i++) {
    const double *disc = discs[n_colors - 1][i];

    cairo_new_path (cr);
    coterie_shape_add_path (cr, COTERIE_SHAPE_DISC, x + (0.5 + disc[0]) * diameter,
                            middle + disc[1] * diameter, disc[2] * diameter, 0.0);
    set_color (cr, colors[i], 1.0);
    cairo_fill (cr);
  }
}

/* Of the rows that are left out, the largest first, and of those that have none anyway. */
static void
draw_rest_marker (
    const CoteriePictureLegend *legend, const Card *card, cairo_t *cr, double left, double middle)
{
  CoterieColor colors[COTERIE_LEGEND_MAX_REST_COLORS];
  guint n_left_out = MIN (legend->n_rows - card->form.n_rows, G_N_ELEMENTS (colors));
  guint n_colors = MIN (n_left_out + legend->n_rest_colors, G_N_ELEMENTS (colors));

  for (guint i = 0; i < legend->n_rows; i++)
    if (legend->rows[i].rank >= card->form.n_rows &&
        legend->rows[i].rank < card->form.n_rows + n_left_out)
      colors[legend->rows[i].rank - card->form.n_rows] = legend->rows[i].color;
  for (guint i = n_left_out; i < n_colors; i++)
    colors[i] = legend->rest_colors[i - n_left_out];
  coterie_legend_draw_rest (cr, left, middle, DOT_DIAMETER, colors, n_colors);
}

/* Column by column, the count of the others last. */
static void
draw_rows (const CoteriePictureLegend *legend,
           const Card *card,
           cairo_t *cr,
           double top,
           const CoteriePalette *palette)
{
  guint cell = 0;

  for (guint i = 0; i <= legend->n_rows; i++) {
    double left = PADDING + cell / card->n_lines * (card->block_width + BLOCK_GAP);
    double middle = top + cell % card->n_lines * ROW_HEIGHT;

    if (i < legend->n_rows && legend->rows[i].rank < card->form.n_rows) {
      draw_row (legend, card, cr, &legend->rows[i], left, middle, palette);
      cell++;
    } else if (i == legend->n_rows && card->rest != NULL) {
      draw_rest_marker (legend, card, cr, left, middle);
      set_color (cr, palette->dim_text, 1.0);
      draw_text (legend, cr, card->rest, FALSE, left + DOT_DIAMETER + COLUMN_GAP, card->block_width,
                 middle, FALSE);
    }
  }
}

static void
draw_quantity (const CoteriePictureLegend *legend,
               const Card *card,
               cairo_t *cr,
               double middle,
               const CoteriePalette *palette,
               gboolean dark)
{
  double content = card->block_width;

  draw_ramp (cr, content, middle, dark);
  middle += ROW_HEIGHT;
  set_color (cr, palette->dim_text, 1.0);
  draw_text (legend, cr, legend->ramp_ends[0], FALSE, PADDING, content, middle, FALSE);
  draw_text (legend, cr, legend->ramp_ends[1], FALSE, PADDING, content, middle, TRUE);
}

static void
draw_lines (const CoteriePictureLegend *legend,
            const Card *card,
            cairo_t *cr,
            const CoteriePalette *palette,
            gboolean dark)
{
  double content = card->width - 2.0 * PADDING;
  double middle = PADDING + 0.5 * ROW_HEIGHT - 2.0;
  double top = middle + TITLE_HEIGHT;

  set_color (cr, palette->text, 1.0);
  draw_text (legend, cr, legend->title, TRUE, PADDING, content, middle, FALSE);
  set_color (cr, palette->dim_text, 1.0);
  if (!legend->has_ramp)
    draw_text (legend, cr, _ ("neurons"), FALSE, PADDING, content, middle, TRUE);
  if (legend->size != NULL)
    draw_text (legend, cr, legend->size, FALSE,
               PADDING + (card->size_in_title ? legend->title_width + BLOCK_GAP : 0.0), content,
               card->size_in_title ? middle : top + card->n_lines * ROW_HEIGHT, FALSE);

  if (legend->has_ramp)
    draw_quantity (legend, card, cr, top, palette, dark);
  else
    draw_rows (legend, card, cr, top, palette);
}

/**
 * coterie_picture_legend_draw:
 * @legend: the legend
 * @cr: draws on the picture, with its origin at the top left corner and a pixel as its unit
 * @form: what its card shows, as for coterie_picture_legend_measure()
 * @x_px: left edge of the card, pixels of the picture
 * @y_px: its top edge
 * @unit_px: pixels of the picture for a unit of the card, greater than 0
 * @dark: which appearance the picture has
 *
 * Draws the card; nothing if there is nothing to say.
 */
void
coterie_picture_legend_draw (const CoteriePictureLegend *legend,
                             cairo_t *cr,
                             CoteriePictureLegendForm form,
                             double x_px,
                             double y_px,
                             double unit_px,
                             gboolean dark)
{
  const CoteriePalette *palette = coterie_palette_get (dark);
  Card card;

  if (coterie_picture_legend_is_empty (legend))
    return;
  card_init (&card, legend, form);
  cairo_save (cr);
  cairo_translate (cr, x_px, y_px);
  cairo_scale (cr, unit_px, unit_px);
  draw_background (&card, cr, palette);
  draw_lines (legend, &card, cr, palette, dark);
  cairo_restore (cr);
  card_clear (&card);
}
