/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small node in the colour and the shape of a community, for legends. */

#include "app/color-dot.h"

#include "draw/picture/picture-legend.h"

#define DIAMETER_PX 11
#define MARGIN_PX 4.0f

struct _CoterieColorDot {
  GtkWidget parent_instance;

  CoterieColor color;
  CoterieShape shape;
  CoterieColor rest[COTERIE_LEGEND_MAX_REST_COLORS];
  guint n_rest;
};

G_DEFINE_FINAL_TYPE (CoterieColorDot, coterie_color_dot, GTK_TYPE_WIDGET)

static void
coterie_color_dot_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  *minimum = *natural = DIAMETER_PX;
  *minimum_baseline = *natural_baseline = -1;
}

/* The corners of some shapes reach beyond the disc of the same area. */
static void
coterie_color_dot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CoterieColorDot *self = COTERIE_COLOR_DOT (widget);
  const CoterieColor *color = &self->color;
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_t *cr = gtk_snapshot_append_cairo (
      snapshot, &GRAPHENE_RECT_INIT (-MARGIN_PX, -MARGIN_PX, (float) width + 2.0f * MARGIN_PX,
                                     (float) height + 2.0f * MARGIN_PX));

  if (self->n_rest > 0)
    coterie_legend_draw_rest (cr, 0.5 * (width - DIAMETER_PX), 0.5 * height, DIAMETER_PX,
                              self->rest, self->n_rest);
  coterie_shape_add_path (cr, self->shape, 0.5 * width, 0.5 * height, 0.5 * DIAMETER_PX, 0.0);
  cairo_set_source_rgba (cr, (double) color->red, (double) color->green, (double) color->blue,
                         (double) color->alpha);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
coterie_color_dot_class_init (CoterieColorDotClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = coterie_color_dot_measure;
  widget_class->snapshot = coterie_color_dot_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
coterie_color_dot_init (CoterieColorDot *self)
{
}

/**
 * coterie_color_dot_new:
 *
 * Returns: (transfer none): a dot without a colour
 */
GtkWidget *
coterie_color_dot_new (void)
{
  return g_object_new (COTERIE_TYPE_COLOR_DOT, NULL);
}

/**
 * coterie_color_dot_set_color:
 * @self: the dot
 * @color: red, green, blue and opacity, fractions from 0 to 1
 *
 * Sets what it is filled with.
 */
void
coterie_color_dot_set_color (CoterieColorDot *self, CoterieColor color)
{
  self->color = color;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * coterie_color_dot_set_shape:
 * @self: the dot
 * @shape: a shape
 *
 * Sets its outline; at first it is a disc.
 */
void
coterie_color_dot_set_shape (CoterieColorDot *self, CoterieShape shape)
{
  self->shape = shape;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * coterie_color_dot_set_rest:
 * @self: a dot without a colour
 * @colors: [n_colors]: what it stands for
 * @n_colors: at most %COTERIE_LEGEND_MAX_REST_COLORS
 *
 * Shows several colours instead of one, as coterie_legend_draw_rest() does.
 */
void
coterie_color_dot_set_rest (CoterieColorDot *self, const CoterieColor *colors, guint n_colors)
{
  g_return_if_fail (n_colors <= G_N_ELEMENTS (self->rest));

  for (guint i = 0; i < n_colors; i++)
    self->rest[i] = colors[i];
  self->n_rest = n_colors;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
