/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a popover stands that changes the graph: beside it, so that one sees what is changed, and
 * within the height of the window; what does not fit into it scrolls. This is decided each time
 * it opens. */

#include "app/popover-place.h"

#include <math.h>

/* With less room there is nothing beside the graph that could be covered instead. */
#define LEAST_SIDE_PX 280

/* To the border of the window, shadow of the popover included. */
#define BORDER_PX 12

#define LEAST_HEIGHT_PX 160

static GtkScrolledWindow *
find_scroller (GtkWidget *widget)
{
  GtkScrolledWindow *found = NULL;

  if (GTK_IS_SCROLLED_WINDOW (widget))
    return GTK_SCROLLED_WINDOW (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_scroller (child);
  return found;
}

static int
get_natural_height (GtkWidget *widget)
{
  int height_px;

  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, -1, NULL, &height_px, NULL, NULL);
  return height_px;
}

/* Lets what scrolls be as high as the window has room for below @top_px. */
static void
fit_height (GtkPopover *popover, GtkWidget *root, double top_px)
{
  GtkScrolledWindow *scroller = find_scroller (GTK_WIDGET (popover));
  int rest_px, room_px;

  if (scroller == NULL)
    return;
  rest_px = get_natural_height (GTK_WIDGET (popover)) - get_natural_height (GTK_WIDGET (scroller));
  room_px = gtk_widget_get_height (root) - (int) top_px - rest_px - BORDER_PX;
  gtk_scrolled_window_set_max_content_height (scroller, MAX (room_px, LEAST_HEIGHT_PX));
}

static void
place_below (GtkMenuButton *button, gpointer data)
{
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (button)));
  graphene_rect_t bounds;

  if (gtk_widget_compute_bounds (GTK_WIDGET (button), root, &bounds))
    fit_height (gtk_menu_button_get_popover (button), root,
                (double) bounds.origin.y + (double) bounds.size.height);
}

/* Right of the tools if there is something beside the graph, else below their end. */
static void
place_beside (GtkMenuButton *button, gpointer data)
{
  GtkPopover *popover = gtk_menu_button_get_popover (button);
  GtkWidget *popover_widget = GTK_WIDGET (popover);
  GtkWidget *tools = data;
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (tools));
  graphene_rect_t in_button, in_root;
  double side_px, top_px;
  gboolean beside;

  if (!gtk_widget_compute_bounds (tools, GTK_WIDGET (button), &in_button) ||
      !gtk_widget_compute_bounds (tools, root, &in_root))
    return;
  side_px = gtk_widget_get_width (root) - (double) (in_root.origin.x + in_root.size.width);
  beside = side_px >= LEAST_SIDE_PX;
  top_px = (double) (beside ? in_root.origin.y : in_root.origin.y + in_root.size.height);
  gtk_popover_set_pointing_to (popover, &(GdkRectangle){(int) lroundf (in_button.origin.x),
                                                        (int) lroundf (in_button.origin.y),
                                                        (int) lroundf (in_button.size.width),
                                                        (int) lroundf (in_button.size.height)});
  gtk_popover_set_position (popover, beside ? GTK_POS_RIGHT : GTK_POS_BOTTOM);
  gtk_widget_set_valign (popover_widget, beside ? GTK_ALIGN_START : GTK_ALIGN_FILL);
  gtk_widget_set_halign (popover_widget, beside ? GTK_ALIGN_FILL : GTK_ALIGN_END);
  fit_height (popover, root, top_px);
}

/**
 * coterie_popover_place_below:
 * @popover: of a menu button; in it may be a scrolled window that takes its natural height
 *
 * Has @popover end within the window, always.
 */
void
coterie_popover_place_below (GtkPopover *popover)
{
  gtk_menu_button_set_create_popup_func (
      GTK_MENU_BUTTON (gtk_widget_get_parent (GTK_WIDGET (popover))), place_below, NULL, NULL);
}

/**
 * coterie_popover_place_beside:
 * @popover: of a menu button among @tools; in it may be a scrolled window that takes its natural height
 * @tools: what lies in the corner of the graph, next to the side panel; outlives the button
 *
 * Has @popover stand beside the graph and end within the window, always.
 */
void
coterie_popover_place_beside (GtkPopover *popover, GtkWidget *tools)
{
  gtk_menu_button_set_create_popup_func (
      GTK_MENU_BUTTON (gtk_widget_get_parent (GTK_WIDGET (popover))), place_beside, tools, NULL);
}
