/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small disc in the colour of a community, for legends. */

#include "app/color-dot.h"

#define DIAMETER_PX 11

struct _CoterieColorDot {
  GtkWidget parent_instance;

  CoterieColor color;
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

static void
coterie_color_dot_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  const CoterieColor *color = &COTERIE_COLOR_DOT (widget)->color;
  float x = (float) (gtk_widget_get_width (widget) - DIAMETER_PX) / 2.0f;
  float y = (float) (gtk_widget_get_height (widget) - DIAMETER_PX) / 2.0f;
  graphene_rect_t square = GRAPHENE_RECT_INIT (x, y, DIAMETER_PX, DIAMETER_PX);
  GdkRGBA fill = {color->red, color->green, color->blue, color->alpha};
  GskRoundedRect disc;

  gsk_rounded_rect_init_from_rect (&disc, &square, DIAMETER_PX / 2.0f);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, &fill, &square);
  gtk_snapshot_pop (snapshot);
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
