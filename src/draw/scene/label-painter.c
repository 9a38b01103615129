/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Labels through Pango and Cairo: letters on a halo. A label becomes an image once, at the size in
 * which it is shown, and every renderer of pixels puts this image on whole pixels: labels are crisp, the
 * same in all of them, and cost next to nothing while the graph moves. Vectors get the letters. */

#include "draw/scene/label-painter.h"

#include <math.h>
#include <pango/pangocairo.h>

/* How far the halo reaches beyond the letters, as a fraction of their size. */
#define HALO_OF_SIZE 0.16

/* More images than any picture has; a painter that has seen so many begins again. */
#define MAX_IMAGES 4096

struct _CoterieLabelPainter {
  PangoFontMap *font_map;
  PangoContext *context;
  GHashTable *images;     /* key → cairo_surface_t */
  GHashTable *candidates; /* text → candidate + 1 */
  GArray *places;         /* of CoterieLabelPlace */
  GArray *numbers;        /* of CoterieNodeNumber */
  CoterieDrawing *placed; /* whose labels were placed the last time, or NULL */
  CoterieCamera camera;   /* with which they were */
  double s_frac;          /* and how far between two frames */
  gboolean settled;       /* whether they stand where they stay at rest */
};

typedef struct {
  CoterieLabelPainter *painter;
  const CoterieDrawing *drawing;
  double scale;
} Measuring;

static void
destroy_surface (gpointer surface)
{
  cairo_surface_destroy (surface);
}

/**
 * coterie_label_painter_new:
 *
 * Returns: (transfer full): a painter
 */
CoterieLabelPainter *
coterie_label_painter_new (void)
{
  CoterieLabelPainter *painter = g_new0 (CoterieLabelPainter, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  /* A map of its own, because the default one belongs to a thread. */
  painter->font_map = pango_cairo_font_map_new ();
  painter->context = pango_font_map_create_context (painter->font_map);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (painter->context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (painter->context, FALSE);

  painter->images = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, destroy_surface);
  painter->candidates = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  painter->places = g_array_new (FALSE, FALSE, sizeof (CoterieLabelPlace));
  painter->numbers = g_array_new (FALSE, FALSE, sizeof (CoterieNodeNumber));
  painter->settled = TRUE;
  return painter;
}

/**
 * coterie_label_painter_free:
 * @painter: (transfer full): the painter
 *
 * Frees @painter.
 */
void
coterie_label_painter_free (CoterieLabelPainter *painter)
{
  g_hash_table_unref (painter->images);
  g_hash_table_unref (painter->candidates);
  g_array_unref (painter->places);
  g_array_unref (painter->numbers);
  g_clear_pointer (&painter->placed, coterie_drawing_unref);
  g_object_unref (painter->context);
  g_object_unref (painter->font_map);
  g_free (painter);
}

static PangoLayout *
make_layout (CoterieLabelPainter *painter, const CoterieDrawingLabel *label, double scale)
{
  PangoLayout *layout = pango_layout_new (painter->context);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");

  pango_font_description_set_absolute_size (font, label->size_px * scale * PANGO_SCALE);
  pango_font_description_set_weight (font, label->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, label->text, -1);
  pango_font_description_free (font);
  return layout;
}

static double
get_halo_px (const CoterieDrawingLabel *label, double scale)
{
  return ceil (HALO_OF_SIZE * label->size_px * scale);
}

static void
set_color (cairo_t *cr, CoterieColor color, double opacity)
{
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha * opacity);
}

/* The label in a box with its upper left corner at (x, y). */
static void
draw_letters (cairo_t *cr,
              PangoLayout *layout,
              const CoterieDrawingLabel *label,
              double x,
              double y,
              double halo_px,
              double opacity)
{
  cairo_new_path (cr);
  if (label->halo_color.alpha > 0.0f) {
    cairo_move_to (cr, x + halo_px, y + halo_px);
    pango_cairo_layout_path (cr, layout);
    cairo_set_line_width (cr, 2.0 * halo_px);
    cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
    set_color (cr, label->halo_color, opacity);
    cairo_stroke (cr);
  }
  cairo_move_to (cr, x + halo_px, y + halo_px);
  set_color (cr, label->color, opacity);
  pango_cairo_show_layout (cr, layout);
  cairo_new_path (cr);
}

static cairo_surface_t *
draw_image (CoterieLabelPainter *painter, const CoterieDrawingLabel *label, double scale)
{
  g_autoptr (PangoLayout) layout = make_layout (painter, label, scale);
  double halo_px = get_halo_px (label, scale);
  cairo_surface_t *surface;
  PangoRectangle rect;
  cairo_t *cr;

  pango_layout_get_extents (layout, NULL, &rect);
  surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int) ceil ((double) rect.width / PANGO_SCALE + 2.0 * halo_px),
      (int) ceil ((double) rect.height / PANGO_SCALE + 2.0 * halo_px));
  cr = cairo_create (surface);
  draw_letters (cr, layout, label, 0.0, 0.0, halo_px, 1.0);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static char *
make_key (const CoterieDrawingLabel *label, double scale)
{
  const CoterieColor *color = &label->color, *halo = &label->halo_color;

  return g_strdup_printf ("%g %d %.3f %.3f %.3f %.3f %.3f %.3f %.3f %.3f %s",
                          label->size_px * scale, label->bold, color->red, color->green,
                          color->blue, color->alpha, halo->red, halo->green, halo->blue,
                          halo->alpha, label->text);
}

/**
 * coterie_label_painter_get_image:
 * @painter: the painter
 * @label: a label
 * @scale: device pixels a logical pixel, greater than 0
 *
 * Cost: drawing it, the first time.
 *
 * Returns: (transfer none): an image surface of %CAIRO_FORMAT_ARGB32, as large as the label's box; until
 *   coterie_label_painter_place() is called the next time
 */
cairo_surface_t *
coterie_label_painter_get_image (CoterieLabelPainter *painter,
                                 const CoterieDrawingLabel *label,
                                 double scale)
{
  g_autofree char *key = make_key (label, scale);
  cairo_surface_t *image = g_hash_table_lookup (painter->images, key);

  if (image == NULL) {
    image = draw_image (painter, label, scale);
    g_hash_table_insert (painter->images, g_steal_pointer (&key), image);
  }
  return image;
}

static void
measure (guint label, double *width_px, double *height_px, gpointer data)
{
  const Measuring *measuring = data;
  const CoterieDrawingLabel *fields = &measuring->drawing->geometry->labels[label];
  cairo_surface_t *image;

  *width_px = *height_px = 0.0;
  if (fields->text == NULL || fields->text[0] == '\0')
    return;

  image = coterie_label_painter_get_image (measuring->painter, fields, measuring->scale);
  *width_px = cairo_image_surface_get_width (image);
  *height_px = cairo_image_surface_get_height (image);
}

static void
measure_number (const CoterieDrawingLabel *label,
                double *width_px,
                double *height_px,
                gpointer data)
{
  const Measuring *measuring = data;
  cairo_surface_t *image =
      coterie_label_painter_get_image (measuring->painter, label, measuring->scale);

  *width_px = cairo_image_surface_get_width (image);
  *height_px = cairo_image_surface_get_height (image);
}

static const char *
get_memory_key (const CoterieDrawingLabel *label)
{
  return label->text != NULL ? label->text : "";
}

/* On the way between two frames, and while the camera moves. */
static gboolean
is_moving (const CoterieLabelPainter *painter,
           const CoterieDrawing *drawing,
           const CoterieDrawingView *view)
{
  return (drawing->s_frac > 0.0 && drawing->s_frac < 1.0 && drawing->s_frac != painter->s_frac) ||
         view->camera.center_x != painter->camera.center_x ||
         view->camera.center_y != painter->camera.center_y ||
         view->camera.scale != painter->camera.scale;
}

/* Where a label of the same text was placed last. A text that has not been placed gives 0, less 1 is nowhere;
 * the nodes of another drawing may be others. */
static guint
recall (const CoterieLabelPainter *painter, const CoterieDrawing *drawing, guint label)
{
  const char *key = get_memory_key (&drawing->geometry->labels[label]);
  guint candidate = GPOINTER_TO_UINT (g_hash_table_lookup (painter->candidates, key)) - 1;
  gboolean same = painter->placed != NULL && painter->placed->geometry == drawing->geometry;

  return same || candidate < COTERIE_LABEL_BESIDE ? candidate : COTERIE_LABEL_NOWHERE;
}

/**
 * coterie_label_painter_place:
 * @painter: the painter
 * @drawing: whose labels
 * @view: camera and size
 *
 * Places the labels as coterie_label_placement_compute() does, and then the numbers of nodes that are near; while something moves, each preferably
 * where the painter last placed a label of that text. At rest the same drawing in the same view has
 * its labels at the same places, whatever was shown before.
 *
 * Returns: (transfer none): [labels]: where each goes, until the next call
 */
const CoterieLabelPlace *
coterie_label_painter_place (CoterieLabelPainter *painter,
                             const CoterieDrawing *drawing,
                             const CoterieDrawingView *view)
{
  const CoterieDrawingGeometry *geometry = drawing->geometry;
  g_autofree guint *preferred = g_new (guint, geometry->n_labels);
  gboolean moving = is_moving (painter, drawing, view);
  Measuring measuring = {painter, drawing, coterie_drawing_view_get_label_scale (view)};
  CoterieLabelPlace *places;

  if (g_hash_table_size (painter->images) > MAX_IMAGES)
    g_hash_table_remove_all (painter->images);
  if (g_hash_table_size (painter->candidates) > MAX_IMAGES)
    g_hash_table_remove_all (painter->candidates);

  for (guint i = 0; i < geometry->n_labels; i++)
    preferred[i] = recall (painter, drawing, i);
  painter->settled =
      !moving || geometry->n_labels == 0 || g_hash_table_size (painter->candidates) == 0;
  g_array_set_size (painter->places, geometry->n_labels);
  places = (CoterieLabelPlace *) (void *) painter->places->data;
  coterie_label_placement_compute (drawing, view, measure, &measuring, moving ? preferred : NULL,
                                   places);
  g_array_unref (painter->numbers);
  painter->numbers = coterie_node_numbers_find (drawing, view, places, measure_number, &measuring);
  if (painter->placed != drawing) {
    g_clear_pointer (&painter->placed, coterie_drawing_unref);
    painter->placed = coterie_drawing_ref ((CoterieDrawing *) drawing);
  }
  painter->camera = view->camera;
  painter->s_frac = drawing->s_frac;
  for (guint i = 0; i < geometry->n_labels; i++)
    if (places[i].candidate < COTERIE_LABEL_AWAY)
      g_hash_table_insert (painter->candidates, g_strdup (get_memory_key (&geometry->labels[i])),
                           GUINT_TO_POINTER (places[i].candidate + 1));
  return places;
}

/**
 * coterie_label_painter_get_numbers:
 * @painter: the painter
 *
 * Returns: (transfer none) (element-type CoterieNodeNumber): the numbers of nodes that belong to the labels
 *   that coterie_label_painter_place() has placed last, until the next call
 */
GArray *
coterie_label_painter_get_numbers (CoterieLabelPainter *painter)
{
  return painter->numbers;
}

/**
 * coterie_label_painter_get_settled:
 * @painter: the painter
 *
 * Returns: whether the labels stand where the last drawing has them at rest; if they do not, placing them
 *   once more puts them there
 */
gboolean
coterie_label_painter_get_settled (const CoterieLabelPainter *painter)
{
  return painter->settled;
}

/* Below all labels. */
static void
draw_leaders (cairo_t *cr,
              const CoterieDrawing *drawing,
              const CoterieLabelPlace *places,
              double scale)
{
  for (guint i = 0; i < drawing->geometry->n_labels; i++)
    if (places[i].candidate == COTERIE_LABEL_AWAY)
      coterie_label_leader_draw (&places[i].leader, &drawing->geometry->labels[i], cr, scale,
                                 places[i].opacity);
}

static void
draw_image_at (CoterieLabelPainter *painter,
               cairo_t *cr,
               const CoterieDrawingLabel *label,
               const CoterieLabelPlace *place,
               double scale)
{
  cairo_set_source_surface (cr, coterie_label_painter_get_image (painter, label, scale),
                            place->x_px, place->y_px);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_NEAREST);
  cairo_paint_with_alpha (cr, place->opacity);
}

/**
 * coterie_label_painter_draw:
 * @painter: the painter
 * @cr: a context; its units are device pixels of @view
 * @drawing: whose labels
 * @view: camera and size
 *
 * Draws the labels and numbers that have room, as images.
 */
void
coterie_label_painter_draw (CoterieLabelPainter *painter,
                            cairo_t *cr,
                            const CoterieDrawing *drawing,
                            const CoterieDrawingView *view)
{
  const CoterieLabelPlace *places = coterie_label_painter_place (painter, drawing, view);
  double scale = coterie_drawing_view_get_label_scale (view);

  draw_leaders (cr, drawing, places, scale);
  for (guint i = 0; i < drawing->geometry->n_labels; i++)
    if (places[i].candidate != COTERIE_LABEL_NOWHERE)
      draw_image_at (painter, cr, &drawing->geometry->labels[i], &places[i], scale);
  for (guint i = 0; i < painter->numbers->len; i++) {
    const CoterieNodeNumber *number = &g_array_index (painter->numbers, CoterieNodeNumber, i);

    draw_image_at (painter, cr, &number->label, &number->place, scale);
  }
}

static void
draw_letters_at (CoterieLabelPainter *painter,
                 cairo_t *cr,
                 const CoterieDrawingLabel *label,
                 const CoterieLabelPlace *place,
                 double scale)
{
  g_autoptr (PangoLayout) layout = make_layout (painter, label, scale);

  draw_letters (cr, layout, label, place->x_px, place->y_px, get_halo_px (label, scale),
                place->opacity);
}

/**
 * coterie_label_painter_draw_vector:
 * @painter: the painter
 * @cr: a context; its units are device pixels of @view
 * @drawing: whose labels
 * @view: camera and size
 *
 * Draws the same labels and numbers as letters.
 */
void
coterie_label_painter_draw_vector (CoterieLabelPainter *painter,
                                   cairo_t *cr,
                                   const CoterieDrawing *drawing,
                                   const CoterieDrawingView *view)
{
  const CoterieLabelPlace *places = coterie_label_painter_place (painter, drawing, view);
  double scale = coterie_drawing_view_get_label_scale (view);

  draw_leaders (cr, drawing, places, scale);
  for (guint i = 0; i < drawing->geometry->n_labels; i++)
    if (places[i].candidate != COTERIE_LABEL_NOWHERE)
      draw_letters_at (painter, cr, &drawing->geometry->labels[i], &places[i], scale);
  for (guint i = 0; i < painter->numbers->len; i++) {
    const CoterieNodeNumber *number = &g_array_index (painter->numbers, CoterieNodeNumber, i);

    draw_letters_at (painter, cr, &number->label, &number->place, scale);
  }
}
