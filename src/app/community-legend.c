/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the colours mean: the largest communities of the frame that is shown, each with the classes
 * most of its neurons stand for and its size; or classes, layers, or the range of a quantity. The row
 * under the pointer, or else the one with the keyboard's focus, brings out its community in the graph.
 * The legend folds into a button, and scrolls where it would cover most of a low graph. */

#include "app/community-legend.h"

#include "config.h"

#include <glib/gi18n.h>

#include <adwaita.h>

#include "app/color-dot.h"
#include "app/color-ramp.h"
#include "app/widget-tree.h"
#include "core/analysis/lineage.h"
#include "draw/palette.h"
#include "draw/picture/picture-legend.h"

#define MAX_CLASS_NAME_CHARS 14

/* Of the height of the graph, what the rows may take; and what they may take anyway, five of them. */
#define ROWS_FRAC 0.5
#define LEAST_ROWS 5
#define LEAST_ROWS_PX 100

typedef struct {
  GtkWidget *widget;
  CoterieColorDot *dot;
  GtkLabel *name;
  GtkLabel *classes;
  GtkLabel *size;
} Row;

struct _CoterieCommunityLegend {
  GtkWidget parent_instance;

  GtkWidget *fold_button;
  GtkImage *fold_icon;
  GtkWidget *size_title;
  GtkWidget *content;
  GtkScrolledWindow *scrolled;
  GtkListBox *list;
  GtkLabel *title;
  GtkWidget *ramp_box;
  GtkLabel *least_label;
  GtkLabel *most_label;
  GtkWidget *rest_box;
  CoterieColorDot *rest_dot;
  GtkLabel *rest_label;
  GtkLabel *sizes_label;
  Row rows[COTERIE_LEGEND_MAX_ROWS];

  guint32 identities[COTERIE_LEGEND_MAX_ROWS];
  guint n_rows;
  int hovered_row; /* -1 for none */
  guint32 pointed; /* what was told last */

  gboolean narrow;
  gboolean folded;
  gboolean has_ramp;
};

enum { SIGNAL_COMMUNITY_POINTED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieCommunityLegend, coterie_community_legend, GTK_TYPE_WIDGET)

static void
show_row (Row *row, const CoterieSceneLegendRow *content)
{
  const char *detail = content->detail != NULL ? content->detail : "";
  g_autofree char *size = g_strdup_printf ("%u", content->n_nodes);
  g_autofree char *neurons =
      g_strdup_printf (ngettext ("%u neuron", "%u neurons", content->n_nodes), content->n_nodes);
  g_autofree char *sentence =
      *detail == '\0'
          /* Translators: a class or layer, and its size, as in "“7”: 21 neurons" */
          ? g_strdup_printf (_ ("%s: %s"), content->name, neurons)
          /* Translators: a community, its classes and its size, as in "C3: “2” “7”, 21 neurons" */
          : g_strdup_printf (_ ("%s: %s, %s"), content->name, detail, neurons);

  coterie_color_dot_set_color (row->dot, content->color);
  coterie_color_dot_set_shape (row->dot, content->shape);
  gtk_label_set_label (row->name, content->name);
  gtk_label_set_label (row->classes, detail);
  gtk_label_set_label (row->size, size);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row->widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  sentence, -1);
}

/* Its labels would still count in the widths of the columns. */
static void
hide_row (Row *row)
{
  gtk_label_set_label (row->name, "");
  gtk_label_set_label (row->classes, "");
  gtk_label_set_label (row->size, "");
}

static guint32
find_pointed (CoterieCommunityLegend *self)
{
  if (self->folded)
    return COTERIE_LINEAGE_NONE;
  if (self->hovered_row >= 0 && self->hovered_row < (int) self->n_rows)
    return self->identities[self->hovered_row];
  for (guint i = 0; i < self->n_rows; i++)
    if (gtk_widget_has_focus (self->rows[i].widget))
      return self->identities[i];
  return COTERIE_LINEAGE_NONE;
}

static void
update_pointed (CoterieCommunityLegend *self)
{
  guint32 pointed = find_pointed (self);

  if (pointed == self->pointed)
    return;
  self->pointed = pointed;
  g_signal_emit (self, signals[SIGNAL_COMMUNITY_POINTED], 0, pointed);
}

static void
pointer_moved (CoterieCommunityLegend *self, double x_px, double y_px)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int) y_px);

  self->hovered_row = row != NULL ? gtk_list_box_row_get_index (row) : -1;
  update_pointed (self);
}

static void
pointer_left (CoterieCommunityLegend *self)
{
  self->hovered_row = -1;
  update_pointed (self);
}

static void
add_pointer (CoterieCommunityLegend *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (pointer_moved), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (pointer_left), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), motion);
}

static void
set_folded (CoterieCommunityLegend *self, gboolean folded)
{
  self->folded = folded;
  gtk_widget_set_visible (self->content, !folded);
  gtk_widget_set_visible (self->size_title, !folded && !self->has_ramp);
  gtk_image_set_from_icon_name (self->fold_icon, folded ? "pan-up-symbolic" : "pan-down-symbolic");
  gtk_widget_set_tooltip_text (self->fold_button,
                               folded ? _ ("Show the Legend") : _ ("Hide the Legend"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->fold_button), GTK_ACCESSIBLE_STATE_EXPANDED,
                               !folded, -1);
  update_pointed (self);
}

static void
toggle_folded (CoterieCommunityLegend *self)
{
  set_folded (self, !self->folded);
}

static GtkLabel *
add_label (GtkWidget *box, GtkSizeGroup *column, float xalign, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, style);
  gtk_size_group_add_widget (column, label);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static void
add_row (CoterieCommunityLegend *self, Row *row, GtkSizeGroup *columns[3])
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  row->dot = COTERIE_COLOR_DOT (coterie_color_dot_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (row->dot));
  row->name = add_label (box, columns[0], 0.0f, "numeric");
  row->classes = add_label (box, columns[1], 0.0f, "dim-label");
  row->size = add_label (box, columns[2], 1.0f, "numeric");
  gtk_label_set_ellipsize (row->classes, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (row->classes, MAX_CLASS_NAME_CHARS);
  gtk_widget_set_hexpand (GTK_WIDGET (row->classes), TRUE);

  row->widget = gtk_list_box_row_new ();
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row->widget), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row->widget), FALSE);
  gtk_widget_set_focus_on_click (row->widget, FALSE);
  gtk_widget_set_visible (row->widget, FALSE);
  g_signal_connect_swapped (row->widget, "notify::has-focus", G_CALLBACK (update_pointed), self);
  gtk_list_box_append (self->list, row->widget);
}

static void
add_rows (CoterieCommunityLegend *self)
{
  GtkSizeGroup *columns[3];

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    columns[i] = gtk_size_group_new (GTK_SIZE_GROUP_HORIZONTAL);
  for (guint i = 0; i < COTERIE_LEGEND_MAX_ROWS; i++)
    add_row (self, &self->rows[i], columns);
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    g_object_unref (columns[i]);
}

static void
coterie_community_legend_dispose (GObject *object)
{
  CoterieCommunityLegend *self = COTERIE_COMMUNITY_LEGEND (object);

  /* Rows lose the focus as they go. */
  self->n_rows = 0;
  self->pointed = COTERIE_LINEAGE_NONE;
  coterie_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (coterie_community_legend_parent_class)->dispose (object);
}

static void
coterie_community_legend_class_init (CoterieCommunityLegendClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_community_legend_dispose;

  /**
   * CoterieCommunityLegend::community-pointed:
   * @self: the legend
   * @identity: of the community whose row is under the pointer or has the focus, or
   *   %COTERIE_LINEAGE_NONE
   */
  signals[SIGNAL_COMMUNITY_POINTED] =
      g_signal_new ("community-pointed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                    NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  g_type_ensure (COTERIE_TYPE_COLOR_DOT);
  g_type_ensure (COTERIE_TYPE_COLOR_RAMP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/community-legend.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, fold_button);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, fold_icon);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, size_title);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, content);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, scrolled);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, list);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, title);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, ramp_box);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, least_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, most_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, rest_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, sizes_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, rest_box);
  gtk_widget_class_bind_template_child (widget_class, CoterieCommunityLegend, rest_dot);
  gtk_widget_class_bind_template_callback (widget_class, toggle_folded);
}

static void
coterie_community_legend_init (CoterieCommunityLegend *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->hovered_row = -1;
  self->pointed = COTERIE_LINEAGE_NONE;
  add_pointer (self);
  add_rows (self);
  set_folded (self, FALSE);
}

static void
show_rows (CoterieCommunityLegend *self, const CoterieSceneLegend *legend)
{
  self->n_rows = MIN (legend->n_rows, COTERIE_LEGEND_MAX_ROWS);
  for (guint i = 0; i < COTERIE_LEGEND_MAX_ROWS; i++) {
    if (i < self->n_rows) {
      show_row (&self->rows[i], &legend->rows[i]);
      self->identities[i] = legend->rows[i].identity;
    } else {
      hide_row (&self->rows[i]);
    }
    gtk_widget_set_visible (self->rows[i].widget, i < self->n_rows);
  }
  /* What may scroll is as high as its scroll bar, which a few rows are not. */
  gtk_scrolled_window_set_policy (self->scrolled, GTK_POLICY_NEVER,
                                  self->n_rows > LEAST_ROWS ? GTK_POLICY_AUTOMATIC
                                                            : GTK_POLICY_NEVER);
  update_pointed (self);
}

static void
show_ramp (CoterieCommunityLegend *self, const CoterieSceneLegend *legend)
{
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;

  coterie_legend_format_range (legend->ramp_min, legend->ramp_max, &least, &most);
  gtk_label_set_label (self->least_label, least);
  gtk_label_set_label (self->most_label, most);
  gtk_widget_set_visible (self->ramp_box, legend->has_ramp);
  gtk_widget_set_visible (GTK_WIDGET (self->scrolled), !legend->has_ramp);
  gtk_widget_set_visible (self->size_title, !legend->has_ramp && !self->folded);
}

/**
 * coterie_community_legend_show:
 * @self: the legend
 * @legend: (nullable): what is shown of it, with at most %COTERIE_LEGEND_MAX_ROWS rows; %NULL hides it
 */
void
coterie_community_legend_show (CoterieCommunityLegend *self, const CoterieSceneLegend *legend)
{
  g_autofree char *rest = NULL;
  g_autofree char *sizes = NULL;
  gboolean empty = legend == NULL || (legend->n_rows == 0 && legend->n_rest == 0);

  gtk_widget_set_visible (GTK_WIDGET (self), legend != NULL && (legend->has_ramp || !empty));
  if (legend == NULL)
    return;

  gtk_label_set_label (self->title, legend->title);
  self->has_ramp = legend->has_ramp;
  show_rows (self, legend);
  show_ramp (self, legend);
  rest = coterie_legend_format_rest (legend->n_rest, legend->n_rows, legend->filtered);
  gtk_label_set_label (self->rest_label, rest);
  coterie_color_dot_set_rest (self->rest_dot, legend->rest_colors, legend->n_rest_colors);
  gtk_widget_set_visible (self->rest_box, legend->n_rest > 0);
  sizes = coterie_legend_format_size (legend);
  gtk_label_set_label (self->sizes_label, sizes != NULL ? sizes : "");
  gtk_widget_set_visible (GTK_WIDGET (self->sizes_label), sizes != NULL);
}

/**
 * coterie_community_legend_set_narrow:
 * @self: the legend
 * @narrow: whether there is little room for it
 *
 * Folds the legend when the room gets narrow, and unfolds it when it gets wide again; in between it
 * stays as the user wants it.
 */
void
coterie_community_legend_set_narrow (CoterieCommunityLegend *self, gboolean narrow)
{
  if (narrow == self->narrow)
    return;
  self->narrow = narrow;
  set_folded (self, narrow);
}

/**
 * coterie_community_legend_get_folded:
 * @self: the legend
 *
 * Returns: whether only its button is shown
 */
gboolean
coterie_community_legend_get_folded (CoterieCommunityLegend *self)
{
  return self->folded;
}

/**
 * coterie_community_legend_set_room:
 * @self: the legend
 * @height_px: height of the graph that it lies on, pixels
 *
 * Has the rows scroll where there are more than fit into a share of it.
 */
void
coterie_community_legend_set_room (CoterieCommunityLegend *self, int height_px)
{
  int most_px = MAX ((int) (ROWS_FRAC * height_px), LEAST_ROWS_PX);

  if (gtk_scrolled_window_get_max_content_height (self->scrolled) != most_px)
    gtk_scrolled_window_set_max_content_height (self->scrolled, most_px);
}
