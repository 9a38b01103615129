/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The legend of a saved picture, and the words that it shares with the one in the window.
 *
 * The card has a size of its own, in units of a pixel of the window. It is drawn at the scale of the
 * picture or, so that it can be read in small ones, at least at 1; and smaller than that where it
 * would take too much of the picture. Where nobody could read it, it is left out. */

#include "draw/picture-legend.h"

#include <glib/gi18n.h>
#include <math.h>
#include <pango/pangocairo.h>

#include "draw/palette.h"

/* In units of the card. */
#define FONT_SIZE 12.0
#define BORDER 12.0
#define PADDING 12.0
#define RADIUS 9.0
#define DOT_DIAMETER 11.0
#define COLUMN_GAP 9.0
#define ROW_HEIGHT 18.0
#define TITLE_HEIGHT 22.0
#define MAX_CLASSES_WIDTH 240.0

#define CARD_ALPHA 0.92
#define LINE_ALPHA 0.12

/* Of the picture, at most, with the border. */
#define MAX_WIDTH_FRAC 0.45
#define MAX_HEIGHT_FRAC 0.6

/* Scale below which the text cannot be read. */
#define MIN_SCALE 0.5

typedef enum {
  COLUMN_NAME,
  COLUMN_CLASSES,
  COLUMN_SIZE,
  N_COLUMNS,
} Column;

typedef struct {
  guint32 identity;
  char *texts[N_COLUMNS];
} Row;

struct _CoteriePictureLegend {
  Row rows[COTERIE_LEGEND_MAX_ROWS];
  guint n_rows;
  char *rest; /* NULL if the rows are all */

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
 *
 * Returns: (transfer full): that there are more
 */
char *
coterie_legend_format_rest (guint n_rest)
{
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
lay_out (CoteriePictureLegend *legend)
{
  double content = measure (legend, _ ("Communities"), TRUE) + 2.0 * COLUMN_GAP +
                   measure (legend, _ ("neurons"), FALSE);
  double columns = DOT_DIAMETER;

  for (guint column = 0; column < N_COLUMNS; column++) {
    double *width = &legend->column_widths[column];

    for (guint i = 0; i < legend->n_rows; i++)
      *width = fmax (*width, measure (legend, legend->rows[i].texts[column], FALSE));
    if (column == COLUMN_CLASSES)
      *width = fmin (*width, MAX_CLASSES_WIDTH);
    columns += COLUMN_GAP + *width;
  }
  content = fmax (content, columns);
  if (legend->rest != NULL)
    content = fmax (content, DOT_DIAMETER + COLUMN_GAP + measure (legend, legend->rest, FALSE));

  legend->width = ceil (content) + 2.0 * PADDING;
  legend->height = TITLE_HEIGHT + (legend->n_rows + (legend->rest != NULL)) * ROW_HEIGHT +
                   2.0 * PADDING - 0.25 * ROW_HEIGHT;
}

/**
 * coterie_picture_legend_new:
 * @shown: the communities of a layer
 * @class_names: the name of each class
 *
 * Copies what it needs. Cost: a pass over the nodes for each row, and shaping some twenty short texts.
 *
 * Returns: (transfer full): the legend of the largest communities
 */
CoteriePictureLegend *
coterie_picture_legend_new (const CoterieShownCommunities *shown, const char *const *class_names)
{
  CoteriePictureLegend *legend = g_new0 (CoteriePictureLegend, 1);
  g_autofree CoterieCommunitySummary *summaries =
      coterie_community_summarize_largest (shown, COTERIE_LEGEND_MAX_ROWS, &legend->n_rows);

  for (guint i = 0; i < legend->n_rows; i++) {
    Row *row = &legend->rows[i];

    row->identity = summaries[i].identity;
    row->texts[COLUMN_NAME] = coterie_legend_format_name (summaries[i].identity);
    row->texts[COLUMN_CLASSES] = coterie_legend_format_classes (&summaries[i], class_names);
    row->texts[COLUMN_SIZE] = g_strdup_printf ("%u", summaries[i].size);
  }
  if (shown->n_communities > legend->n_rows)
    legend->rest = coterie_legend_format_rest (shown->n_communities - legend->n_rows);
  legend->context = create_context ();
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
  g_free (legend->rest);
  g_object_unref (legend->context);
  g_free (legend);
}

/* Pixels of the picture for a unit of the card; 0 where it is left out. */
static double
choose_scale (const CoteriePictureLegend *legend, double width_px, double height_px, double scale)
{
  double widest = MAX_WIDTH_FRAC * width_px / (legend->width + BORDER);
  double highest = MAX_HEIGHT_FRAC * height_px / (legend->height + BORDER);
  double chosen = fmin (fmax (scale, 1.0), fmin (widest, highest));

  if ((legend->n_rows == 0 && legend->rest == NULL) || chosen < MIN_SCALE)
    return 0.0;
  return chosen;
}

/**
 * coterie_picture_legend_place:
 * @legend: the legend
 * @width_px: of the picture
 * @height_px: of the picture
 * @scale: pixels of the picture for a pixel of the window, greater than 0
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
 * @scale: pixels of the picture for a pixel of the window, greater than 0
 *
 * Returns: what a graph that is fitted into @viewport leaves to the legend, pixels of the window
 */
CoterieInsets
coterie_picture_legend_get_insets (const CoteriePictureLegend *legend,
                                   const CoterieViewport *viewport,
                                   double scale)
{
  CoterieOverlay place = coterie_picture_legend_place (legend, scale * viewport->width_px,
                                                       scale * viewport->height_px, scale);

  place.x_px /= scale;
  place.y_px /= scale;
  place.width_px /= scale;
  place.height_px /= scale;
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
draw_dot (cairo_t *cr, double middle, CoterieColor color)
{
  cairo_new_path (cr);
  cairo_arc (cr, PADDING + 0.5 * DOT_DIAMETER, middle, 0.5 * DOT_DIAMETER, 0.0, 2.0 * G_PI);
  set_color (cr, color, 1.0);
  cairo_fill (cr);
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
          const CoteriePalette *palette,
          gboolean dark)
{
  double x = PADDING + DOT_DIAMETER + COLUMN_GAP;
  double size_width = legend->column_widths[COLUMN_SIZE];

  draw_dot (cr, middle, coterie_palette_get_community (row->identity, dark));
  set_color (cr, palette->text, 1.0);
  draw_text (legend, cr, row->texts[COLUMN_NAME], FALSE, x, legend->column_widths[COLUMN_NAME],
             middle, FALSE);
  draw_text (legend, cr, row->texts[COLUMN_SIZE], FALSE, legend->width - PADDING - size_width,
             size_width, middle, TRUE);
  x += legend->column_widths[COLUMN_NAME] + COLUMN_GAP;
  set_color (cr, palette->dim_text, 1.0);
  draw_text (legend, cr, row->texts[COLUMN_CLASSES], FALSE, x,
             legend->column_widths[COLUMN_CLASSES], middle, FALSE);
}

static void
draw_rows (const CoteriePictureLegend *legend,
           cairo_t *cr,
           const CoteriePalette *palette,
           gboolean dark)
{
  double content = legend->width - 2.0 * PADDING;
  double middle = PADDING + 0.5 * ROW_HEIGHT - 2.0;

  set_color (cr, palette->text, 1.0);
  draw_text (legend, cr, _ ("Communities"), TRUE, PADDING, content, middle, FALSE);
  set_color (cr, palette->dim_text, 1.0);
  draw_text (legend, cr, _ ("neurons"), FALSE, PADDING, content, middle, TRUE);

  middle += TITLE_HEIGHT;
  for (guint i = 0; i < legend->n_rows; i++, middle += ROW_HEIGHT)
    draw_row (legend, cr, &legend->rows[i], middle, palette, dark);
  if (legend->rest == NULL)
    return;

  draw_dot (cr, middle, coterie_palette_get_community (COTERIE_PALETTE_NO_IDENTITY, dark));
  set_color (cr, palette->dim_text, 1.0);
  draw_text (legend, cr, legend->rest, FALSE, PADDING + DOT_DIAMETER + COLUMN_GAP, content, middle,
             FALSE);
}

/**
 * coterie_picture_legend_draw:
 * @legend: the legend
 * @cr: draws on the picture, with its origin at the top left corner and a pixel as its unit
 * @width_px: of the picture
 * @height_px: of the picture
 * @scale: pixels of the picture for a pixel of the window, greater than 0
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
  draw_rows (legend, cr, palette, dark);
  cairo_restore (cr);
}
