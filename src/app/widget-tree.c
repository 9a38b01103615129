/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What widgets with children of their own have in common. */

#include "app/widget-tree.h"

#include <adwaita.h>

/**
 * coterie_widget_unparent_children:
 * @widget: a widget that is being disposed of
 *
 * Lets go of all children of @widget; calling it twice does nothing the second time.
 */
void
coterie_widget_unparent_children (GtkWidget *widget)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (widget)) != NULL)
    gtk_widget_unparent (child);
}

/**
 * coterie_widget_name_buttons_once:
 * @widget: a widget whose template is complete
 *
 * Gives every button below @widget that has a label exactly this as its accessible name. Without,
 * GTK 4.8 would have screen readers say it twice, and the first time with its underscore.
 */
void
coterie_widget_name_buttons_once (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && gtk_button_get_label (GTK_BUTTON (widget)) != NULL)
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    coterie_widget_name_buttons_once (child);
}

static void
ignore_wheel (GtkWidget *spin_button)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (spin_button);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller))
      gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
  }
}

/**
 * coterie_widget_ignore_wheel:
 * @widget: a widget in something that scrolls
 *
 * Has every spin button that is now below @widget, or is @widget, leave the mouse wheel to what
 * scrolls. Who turns the wheel to read on would change whatever comes under the pointer.
 */
void
coterie_widget_ignore_wheel (GtkWidget *widget)
{
  if (GTK_IS_SPIN_BUTTON (widget))
    ignore_wheel (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    coterie_widget_ignore_wheel (child);
}

static GtkWidget *
find_below (GtkWidget *widget, GType type)
{
  GtkWidget *found = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = G_TYPE_CHECK_INSTANCE_TYPE (child, type) ? child : find_below (child, type);
  return found;
}

/* The rows of a list are its children, in order. */
static void
list_opened_cb (GtkWidget *popover, AdwComboRow *row)
{
  GtkWidget *list = find_below (popover, GTK_TYPE_LIST_VIEW);
  GtkWidget *child = list != NULL ? gtk_widget_get_first_child (list) : NULL;

  for (guint i = adw_combo_row_get_selected (row); i > 0 && child != NULL; i--)
    child = gtk_widget_get_next_sibling (child);
  if (child != NULL)
    gtk_widget_grab_focus (child);
}

/**
 * coterie_widget_open_lists_at_choice:
 * @widget: a widget whose template is complete
 *
 * Has the list of every combo row below @widget, or of @widget itself, open with the keyboard on what is
 * chosen. In libadwaita 1.2 it is on the first entry, which looks as if that were chosen.
 */
void
coterie_widget_open_lists_at_choice (GtkWidget *widget)
{
  if (ADW_IS_COMBO_ROW (widget)) {
    GtkWidget *popover = find_below (widget, GTK_TYPE_POPOVER);

    if (popover != NULL)
      g_signal_connect_object (popover, "map", G_CALLBACK (list_opened_cb), widget,
                               G_CONNECT_AFTER);
    return;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    coterie_widget_open_lists_at_choice (child);
}

static void
scroll_into_view (GtkWidget *widget)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;
  float n_below_px, step_px;

  if (page == NULL || !gtk_widget_compute_bounds (widget, page, &bounds))
    return;
  n_below_px = bounds.origin.y + bounds.size.height - (float) gtk_widget_get_height (page);
  step_px = MIN (MAX (n_below_px, 0.0f), bounds.origin.y);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (page));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + (double) step_px);
}

/* What has changed in this frame has its place in the next one. */
#define N_FRAMES_TO_SETTLE 2

static gboolean
settle_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  guint *n_frames = data;

  if (++*n_frames < N_FRAMES_TO_SETTLE || gtk_widget_get_height (widget) == 0)
    return G_SOURCE_CONTINUE;
  scroll_into_view (widget);
  return G_SOURCE_REMOVE;
}

/**
 * coterie_widget_scroll_into_view:
 * @widget: a widget in something that scrolls
 *
 * Scrolls, as soon as everything has its place, no further than it takes to see all of @widget; if that
 * is higher than the page, its beginning.
 */
void
coterie_widget_scroll_into_view (GtkWidget *widget)
{
  gtk_widget_add_tick_callback (widget, settle_cb, g_new0 (guint, 1), g_free);
}
