/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bar for each class, from 0 to the greatest value, with the names of the classes below as far as
 * there is room for them. Bars that matter have a colour, the others are grey. */

#include "app/class-bars.h"

#include <adwaita.h>
#include <math.h>

#define MIN_WIDTH_PX 120
#define HEIGHT_PX 72

/* Between bars, as a fraction of the room that a class has. */
#define GAP_FRAC 0.24

/* A value that is not 0 is seen. */
#define MIN_BAR_PX 1.0

#define LABEL_SIZE_PT 8
#define LABEL_GAP_PX 3

struct _CoterieClassBars {
  GtkWidget parent_instance;

  double *values;
  gboolean *lit;
  char **names;
  guint n_classes;
  CoterieColor color;
};

G_DEFINE_FINAL_TYPE (CoterieClassBars, coterie_class_bars, GTK_TYPE_WIDGET)

static GdkRGBA
get_rgba (CoterieColor color)
{
  return (GdkRGBA){color.red, color.green, color.blue, color.alpha};
}

static PangoLayout *
make_layout (CoterieClassBars *self)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), NULL);
  PangoFontDescription *font = pango_font_description_new ();

  pango_font_description_set_size (font, LABEL_SIZE_PT * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_font_description_free (font);
  return layout;
}

/* So many classes share a name below them that the widest name has room. */
static guint
get_stride (CoterieClassBars *self, PangoLayout *layout, double step_px)
{
  int widest_px = 1;

  for (guint c = 0; c < self->n_classes; c++) {
    int width_px;

    pango_layout_set_text (layout, self->names[c], -1);
    pango_layout_get_pixel_size (layout, &width_px, NULL);
    widest_px = MAX (widest_px, width_px);
  }
  /* Names may be cut; a few letters are better than a gap. */
  return (guint) ceil (MIN (widest_px + LABEL_GAP_PX, 34) / step_px);
}

static void
snapshot_names (CoterieClassBars *self, GtkSnapshot *snapshot, double step_px, double top_px)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GdkRGBA color = get_rgba (coterie_palette_get (dark)->dim_text);
  g_autoptr (PangoLayout) layout = make_layout (self);
  guint stride = get_stride (self, layout, step_px);

  pango_layout_set_width (layout, (int) (stride * step_px * PANGO_SCALE));
  for (guint c = 0; c < self->n_classes; c += stride) {
    double left_px = (c + 0.5 - 0.5 * stride) * step_px;

    pango_layout_set_text (layout, self->names[c], -1);
    gtk_snapshot_save (snapshot);
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) left_px, (float) top_px));
    gtk_snapshot_append_layout (snapshot, layout, &color);
    gtk_snapshot_restore (snapshot);
  }
}

static int
get_label_height (CoterieClassBars *self)
{
  g_autoptr (PangoLayout) layout = make_layout (self);
  int height_px;

  pango_layout_set_text (layout, "0", -1);
  pango_layout_get_pixel_size (layout, NULL, &height_px);
  return height_px;
}

static void
coterie_class_bars_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CoterieClassBars *self = COTERIE_CLASS_BARS (widget);
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  GdkRGBA grey = get_rgba (coterie_palette_get (dark)->dim_text);
  GdkRGBA lit = get_rgba (self->color);
  double height_px = gtk_widget_get_height (widget) - get_label_height (self) - LABEL_GAP_PX;
  double step_px = gtk_widget_get_width (widget) / (double) MAX (self->n_classes, 1);
  double greatest = 0.0;

  grey.alpha *= 0.45f;
  for (guint c = 0; c < self->n_classes; c++)
    greatest = fmax (greatest, self->values[c]);

  for (guint c = 0; c < self->n_classes; c++) {
    double bar_px;

    /* A class without samples has no mean. */
    if (!(self->values[c] > 0.0))
      continue;
    bar_px = fmax (height_px * self->values[c] / greatest, MIN_BAR_PX);
    gtk_snapshot_append_color (
        snapshot, self->lit[c] ? &lit : &grey,
        &GRAPHENE_RECT_INIT ((float) ((c + 0.5 * GAP_FRAC) * step_px), (float) (height_px - bar_px),
                             (float) ((1.0 - GAP_FRAC) * step_px), (float) bar_px));
  }
  snapshot_names (self, snapshot, step_px, height_px + LABEL_GAP_PX);
}

static void
coterie_class_bars_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? MIN_WIDTH_PX : HEIGHT_PX;
  *minimum_baseline = *natural_baseline = -1;
}

static void
coterie_class_bars_finalize (GObject *object)
{
  CoterieClassBars *self = COTERIE_CLASS_BARS (object);

  g_free (self->values);
  g_free (self->lit);
  g_strfreev (self->names);
  G_OBJECT_CLASS (coterie_class_bars_parent_class)->finalize (object);
}

static void
coterie_class_bars_class_init (CoterieClassBarsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = coterie_class_bars_finalize;
  widget_class->snapshot = coterie_class_bars_snapshot;
  widget_class->measure = coterie_class_bars_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
coterie_class_bars_init (CoterieClassBars *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
}

/* The bars in words. */
static void
describe (CoterieClassBars *self)
{
  GString *text = g_string_new (NULL);

  for (guint c = 0; c < self->n_classes; c++)
    if (isfinite (self->values[c]))
      g_string_append_printf (text, "%s%s: %.3g", text->len > 0 ? ", " : "", self->names[c],
                              self->values[c]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  text->str, -1);
  g_string_free (text, TRUE);
}

/**
 * coterie_class_bars_show:
 * @self: the bars
 * @values: (array length=n_classes): 0 or more, or not-a-number for no bar
 * @lit: (array length=n_classes): which bars have a colour
 * @names: (array length=n_classes): of the classes
 * @n_classes: how many
 * @color: of the bars that are lit
 *
 * Shows other values; everything is copied.
 */
void
coterie_class_bars_show (CoterieClassBars *self,
                         const double *values,
                         const gboolean *lit,
                         const char *const *names,
                         guint n_classes,
                         CoterieColor color)
{
  g_free (self->values);
  g_free (self->lit);
  g_strfreev (self->names);
  self->values = g_memdup2 (values, n_classes * sizeof *values);
  self->lit = g_memdup2 (lit, n_classes * sizeof *lit);
  self->names = g_new0 (char *, n_classes + 1);
  for (guint c = 0; c < n_classes; c++)
    self->names[c] = g_strdup (names[c]);
  self->n_classes = n_classes;
  self->color = color;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
