/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the colours mean: the largest communities of the frame that is shown, each with the classes
 * most of its neurons stand for and its size. */

#include "app/community-legend.h"

#include "config.h"

#include <glib/gi18n.h>

#include <adwaita.h>

#include "app/color-dot.h"
#include "app/widget-tree.h"
#include "core/analysis/lineage.h"
#include "draw/palette.h"
#include "session/community-summary.h"

#define MAX_ROWS 8
#define MAX_CLASS_NAME_CHARS 14

typedef struct {
  CoterieColorDot *dot;
  GtkLabel *name;
  GtkLabel *classes;
  GtkLabel *size;
} Row;

struct _CoterieCommunityLegend {
  GtkWidget parent_instance;

  GtkGrid *grid;
  GtkWidget *rest_box;
  CoterieColorDot *rest_dot;
  GtkLabel *rest_label;
  Row rows[MAX_ROWS];

  guint32 identities[MAX_ROWS];
  guint n_rows;
  guint32 hovered;
};

enum { SIGNAL_COMMUNITY_HOVERED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieCommunityLegend, coterie_community_legend, GTK_TYPE_WIDGET)

/**
 * coterie_community_get_name:
 * @identity: identity of a community
 *
 * Returns: (transfer full): how the community is called: "C3"
 */
char *
coterie_community_get_name (guint identity)
{
  /* Translators: the name of a community of neurons, C as in community */
  return g_strdup_printf (_ ("C%u"), identity + 1);
}

static gboolean
is_dark (void)
{
  return adw_style_manager_get_dark (adw_style_manager_get_default ());
}

static char *
describe_classes (const CoterieCommunitySummary *summary, const CoterieRunInfo *info)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < summary->n_classes; i++)
    /* Translators: the name of a class, quoted: “7” or “Sandal” */
    g_string_append_printf (text, i > 0 ? _ (" “%s”") : _ ("“%s”"),
                            info->dataset.class_names[summary->classes[i]]);
  return g_string_free (text, FALSE);
}

static void
show_row (Row *row, const CoterieCommunitySummary *summary, const CoterieRunInfo *info)
{
  g_autofree char *name = coterie_community_get_name (summary->identity);
  g_autofree char *classes = describe_classes (summary, info);
  g_autofree char *size = g_strdup_printf ("%u", summary->size);

  coterie_color_dot_set_color (row->dot,
                               coterie_palette_get_community (summary->identity, is_dark ()));
  gtk_label_set_label (row->name, name);
  gtk_label_set_label (row->classes, classes);
  gtk_label_set_label (row->size, size);
}

static void
set_row_visible (Row *row, gboolean visible)
{
  gtk_widget_set_visible (GTK_WIDGET (row->dot), visible);
  gtk_widget_set_visible (GTK_WIDGET (row->name), visible);
  gtk_widget_set_visible (GTK_WIDGET (row->classes), visible);
  gtk_widget_set_visible (GTK_WIDGET (row->size), visible);
}

static void
set_hovered (CoterieCommunityLegend *self, guint32 identity)
{
  if (identity == self->hovered)
    return;
  self->hovered = identity;
  g_signal_emit (self, signals[SIGNAL_COMMUNITY_HOVERED], 0, identity);
}

static void
pointer_moved (CoterieCommunityLegend *self, double x_px, double y_px)
{
  guint32 identity = COTERIE_LINEAGE_NONE;

  for (guint i = 0; i < self->n_rows; i++) {
    graphene_rect_t bounds;

    if (gtk_widget_compute_bounds (GTK_WIDGET (self->rows[i].name), GTK_WIDGET (self->grid),
                                   &bounds) &&
        y_px >= bounds.origin.y && y_px < bounds.origin.y + bounds.size.height)
      identity = self->identities[i];
  }
  set_hovered (self, identity);
}

static void
pointer_left (CoterieCommunityLegend *self)
{
  set_hovered (self, COTERIE_LINEAGE_NONE);
}

static void
add_pointer (CoterieCommunityLegend *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (pointer_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self->grid), motion);
}

static GtkLabel *
add_label (GtkGrid *grid, int column, int row, float xalign, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, style);
  gtk_grid_attach (grid, label, column, row, 1, 1);
  return GTK_LABEL (label);
}

static void
coterie_community_legend_dispose (GObject *object)
{
  coterie_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (coterie_community_legend_parent_class)->dispose (object);
}

static void
coterie_community_legend_class_init (CoterieCommunityLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_community_legend_dispose;

  /**
   * CoterieCommunityLegend::community-hovered:
   * @self: the legend
   * @identity: of the community whose row is under the pointer, or %COTERIE_LINEAGE_NONE
   */
  signals[SIGNAL_COMMUNITY_HOVERED] =
      g_signal_new ("community-hovered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (COTERIE_TYPE_COLOR_DOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/community-legend.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, grid);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, rest_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, rest_box);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, rest_dot);
}

static void
coterie_community_legend_init (CoterieCommunityLegend *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->hovered = COTERIE_LINEAGE_NONE;
  add_pointer (self);
  for (int i = 0; i < MAX_ROWS; i++) {
    self->rows[i].dot = COTERIE_COLOR_DOT (coterie_color_dot_new ());
    gtk_grid_attach (self->grid, GTK_WIDGET (self->rows[i].dot), 0, i, 1, 1);
    self->rows[i].name = add_label (self->grid, 1, i, 0.0f, "numeric");
    self->rows[i].classes = add_label (self->grid, 2, i, 0.0f, "dim-label");
    self->rows[i].size = add_label (self->grid, 3, i, 1.0f, "numeric");
    gtk_label_set_ellipsize (self->rows[i].classes, PANGO_ELLIPSIZE_END);
    gtk_label_set_max_width_chars (self->rows[i].classes, MAX_CLASS_NAME_CHARS);
    gtk_widget_set_hexpand (GTK_WIDGET (self->rows[i].classes), TRUE);
    set_row_visible (&self->rows[i], FALSE);
  }
}

/**
 * coterie_community_legend_show:
 * @self: the legend
 * @layer: (nullable): the layer that is shown
 * @info: (nullable): what was trained; for the names of the classes
 *
 * Lists the communities of @layer in the colours of the current appearance.
 */
void
coterie_community_legend_show (CoterieCommunityLegend *self,
                               const CoterieFrameLayer *layer,
                               const CoterieRunInfo *info)
{
  g_autofree CoterieCommunitySummary *summaries = NULL;
  g_autofree char *rest = NULL;
  guint n_rows = 0;
  guint n_rest;

  gtk_widget_set_visible (GTK_WIDGET (self), layer != NULL && layer->analysis->n_nodes > 0);
  if (layer == NULL)
    return;

  summaries = coterie_community_summarize_largest (layer, MAX_ROWS, &n_rows);
  for (guint i = 0; i < MAX_ROWS; i++) {
    if (i < n_rows) {
      show_row (&self->rows[i], &summaries[i], info);
      self->identities[i] = summaries[i].identity;
    }
    set_row_visible (&self->rows[i], i < n_rows);
  }

  self->n_rows = n_rows;

  n_rest = layer->n_communities - n_rows;
  rest = g_strdup_printf (ngettext ("and %u smaller one", "and %u smaller ones", n_rest), n_rest);
  gtk_label_set_label (self->rest_label, rest);
  coterie_color_dot_set_color (self->rest_dot,
                               coterie_palette_get_community (COTERIE_LINEAGE_NONE, is_dark ()));
  gtk_widget_set_visible (self->rest_box, n_rest > 0);
}
