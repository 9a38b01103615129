/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How wide the panel beside the graph is: a share of the window, so that a small one keeps room for
 * the graph, until the user moves the divider. */

#include "app/side-divider.h"

#define SHARE_FRAC 0.28

/* The table of the neurons fits, sorted by any of its columns. */
#define LEAST_PX 352
#define MOST_PX 392

struct _CoterieSideDivider {
  GtkPaned *paned;
  int width_px;    /* of the paned, when the divider was put */
  int position_px; /* where it was put */
  gboolean users;  /* where it is */
};

/* The paned is being given its room, and will use what is set now. */
static void
room_changed (CoterieSideDivider *self)
{
  int side_px, max_position_px;

  self->width_px = gtk_widget_get_width (GTK_WIDGET (self->paned));
  if (self->users)
    return;
  side_px = CLAMP ((int) (SHARE_FRAC * self->width_px), LEAST_PX, MOST_PX);
  /* What is further, the paned would not take, which must not be mistaken for the user's hand. */
  g_object_get (self->paned, "max-position", &max_position_px, NULL);
  self->position_px = MIN (self->width_px - side_px, max_position_px);
  gtk_paned_set_position (self->paned, self->position_px);
}

/* With the width the paned moves the divider by itself. */
static void
position_changed (CoterieSideDivider *self)
{
  if (gtk_widget_get_width (GTK_WIDGET (self->paned)) == self->width_px &&
      gtk_paned_get_position (self->paned) != self->position_px)
    self->users = TRUE;
}

/**
 * coterie_side_divider_new:
 * @paned: with the panel at its end; outlives the divider
 *
 * Returns: (transfer full): what puts the divider of @paned
 */
CoterieSideDivider *
coterie_side_divider_new (GtkPaned *paned)
{
  CoterieSideDivider *self = g_new0 (CoterieSideDivider, 1);

  self->paned = paned;
  gtk_widget_set_size_request (gtk_paned_get_end_child (paned), LEAST_PX, -1);
  g_signal_connect_swapped (paned, "notify::max-position", G_CALLBACK (room_changed), self);
  g_signal_connect_swapped (paned, "notify::position", G_CALLBACK (position_changed), self);
  return self;
}

/**
 * coterie_side_divider_free:
 * @self: the divider
 *
 * Leaves it where it is.
 */
void
coterie_side_divider_free (CoterieSideDivider *self)
{
  g_signal_handlers_disconnect_by_data (self->paned, self);
  g_free (self);
}
