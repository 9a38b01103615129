/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The colours of a quantity, from the least on the left to the most on the right, for legends. */

#include "app/color-ramp.h"

#include <adwaita.h>

#include "draw/palette.h"

#define WIDTH_PX 160
#define HEIGHT_PX 12
#define N_STOPS 9

struct _CoterieColorRamp {
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (CoterieColorRamp, coterie_color_ramp, GTK_TYPE_WIDGET)

static void
coterie_color_ramp_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH_PX : HEIGHT_PX;
  *minimum_baseline = *natural_baseline = -1;
}

static void
coterie_color_ramp_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  float width = (float) gtk_widget_get_width (widget);
  graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (0.0f, 0.0f, width, (float) gtk_widget_get_height (widget));
  GskColorStop stops[N_STOPS];

  for (guint i = 0; i < N_STOPS; i++) {
    float offset = (float) i / (N_STOPS - 1);
    CoterieColor color = coterie_palette_get_ramp ((double) offset, dark);

    stops[i] = (GskColorStop){offset, {color.red, color.green, color.blue, 1.0f}};
  }
  gtk_snapshot_append_linear_gradient (snapshot, &bounds, &GRAPHENE_POINT_INIT (0.0f, 0.0f),
                                       &GRAPHENE_POINT_INIT (width, 0.0f), stops, N_STOPS);
}

static void
coterie_color_ramp_class_init (CoterieColorRampClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = coterie_color_ramp_measure;
  widget_class->snapshot = coterie_color_ramp_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
coterie_color_ramp_init (CoterieColorRamp *self)
{
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}
