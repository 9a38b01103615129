/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small picture of the whole graph with a frame around what is seen of it; a click or a drag goes
 * there. It appears where one gets lost, with large graphs. A worker paints the nodes as dots, from an
 * immutable drawing, one picture at a time; the frame alone is drawn in the main thread. */

#include "app/minimap.h"

#include "session/owned-task.h"

#include <adwaita.h>
#include <math.h>

#define WIDTH_PX 168
#define HEIGHT_PX 120
#define MARGIN_PX 8.0
#define DOT_PX 1.6

/* Smaller graphs are seen whole. */
#define MIN_NODES 2000

struct _CoterieMinimap {
  GtkWidget parent_instance;

  GdkTexture *texture;
  CoterieDrawing *painted;  /* what the texture shows */
  CoterieDrawing *painting; /* what the worker paints; %NULL while it rests */

  CoterieGraphView *view; /* weak */
};

G_DEFINE_FINAL_TYPE (CoterieMinimap, coterie_minimap, GTK_TYPE_WIDGET)

typedef struct {
  CoterieDrawing *drawing;
  CoterieCamera camera;
  int scale;
} Picture;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  coterie_drawing_unref (picture->drawing);
  g_free (picture);
}

static CoterieViewport
get_viewport (void)
{
  return (CoterieViewport){.width_px = WIDTH_PX, .height_px = HEIGHT_PX, .margin_px = MARGIN_PX};
}

static CoterieCamera
get_camera (CoterieMinimap *self)
{
  CoterieViewport viewport = get_viewport ();

  return coterie_camera_fit (coterie_graph_view_get_bounds (self->view), &viewport);
}

/* Painting. */

static void
paint_nodes (cairo_t *cr, const Picture *picture)
{
  CoterieViewport viewport = get_viewport ();

  for (guint place = 0; place < picture->drawing->geometry->n_nodes; place++) {
    guint v = coterie_drawing_get_ordered (picture->drawing, place);
    CoterieDrawingNodeEnd node = coterie_drawing_blend_node (picture->drawing, v);
    double x_px, y_px;

    if (node.radius_px <= 0.0f)
      continue;
    coterie_camera_to_screen (picture->camera, &viewport, (double) node.x, (double) node.y, &x_px,
                              &y_px);
    cairo_set_source_rgba (cr, (double) node.color.red, (double) node.color.green,
                           (double) node.color.blue, (double) node.color.alpha);
    cairo_rectangle (cr, x_px - 0.5 * DOT_PX, y_px - 0.5 * DOT_PX, DOT_PX, DOT_PX);
    cairo_fill (cr);
  }
}

static void
paint_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Picture *picture = data;
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, WIDTH_PX * picture->scale, HEIGHT_PX * picture->scale);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GBytes) bytes = NULL;
  gsize stride;

  cairo_scale (cr, picture->scale, picture->scale);
  paint_nodes (cr, picture);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  bytes = g_bytes_new (cairo_image_surface_get_data (surface),
                       stride * (gsize) (HEIGHT_PX * picture->scale));
  cairo_surface_destroy (surface);
  g_task_return_pointer (task,
                         gdk_memory_texture_new (WIDTH_PX * picture->scale,
                                                 HEIGHT_PX * picture->scale, GDK_MEMORY_DEFAULT,
                                                 bytes, stride),
                         g_object_unref);
}

static void view_changed (CoterieMinimap *self);

static void
painted (GObject *source, GAsyncResult *result, gpointer data)
{
  CoterieMinimap *self = COTERIE_MINIMAP (source);

  g_clear_object (&self->texture);
  g_clear_pointer (&self->painted, coterie_drawing_unref);
  self->texture = g_task_propagate_pointer (G_TASK (result), NULL);
  self->painted = g_steal_pointer (&self->painting);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  view_changed (self);
}

static void
start_painting (CoterieMinimap *self, CoterieDrawing *drawing)
{
  g_autoptr (GTask) task = coterie_owned_task_new (self, NULL, painted, NULL);
  Picture *picture = g_new0 (Picture, 1);

  self->painting = coterie_drawing_ref (drawing);
  picture->drawing = coterie_drawing_ref (drawing);
  picture->camera = get_camera (self);
  picture->scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  g_task_set_task_data (task, picture, picture_free);
  g_task_run_in_thread (task, paint_in_thread);
}

/* Nodes of the graph that is seen in the end: others are on their way out. */
static guint
count_nodes (const CoterieDrawing *drawing)
{
  guint n_nodes = 0;

  for (guint v = 0; v < drawing->geometry->n_nodes; v++)
    n_nodes += drawing->geometry->nodes[v].ends[1].radius_px > 0.0f;
  return n_nodes;
}

/* Something else is seen, or is seen from elsewhere. */
static void
view_changed (CoterieMinimap *self)
{
  CoterieDrawing *drawing;

  if (self->view == NULL)
    return;
  drawing = coterie_scene_get_drawing (coterie_graph_view_get_scene (self->view));
  if (drawing->geometry->n_nodes < MIN_NODES)
    gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  else if (drawing != self->painted)
    gtk_widget_set_visible (GTK_WIDGET (self), count_nodes (drawing) >= MIN_NODES);
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  if (self->painting == NULL && drawing != self->painted)
    start_painting (self, drawing);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* The frame around what is seen; what is not seen is dimmed. */
static void
snapshot_frame (CoterieMinimap *self, GtkSnapshot *snapshot)
{
  CoterieViewport viewport = get_viewport ();
  CoterieCamera camera = get_camera (self);
  CoterieBounds seen = coterie_graph_view_get_seen (self->view);
  GdkRGBA accent = {0.2f, 0.5f, 0.9f, 1.0f};
  double left_px, top_px, right_px, bottom_px;
  GskRoundedRect frame;

  coterie_camera_to_screen (camera, &viewport, seen.min_x, seen.max_y, &left_px, &top_px);
  coterie_camera_to_screen (camera, &viewport, seen.max_x, seen.min_y, &right_px, &bottom_px);
  left_px = CLAMP (left_px, 1.0, WIDTH_PX - 3.0);
  top_px = CLAMP (top_px, 1.0, HEIGHT_PX - 3.0);
  right_px = CLAMP (right_px, left_px + 2.0, WIDTH_PX - 1.0);
  bottom_px = CLAMP (bottom_px, top_px + 2.0, HEIGHT_PX - 1.0);

  gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), "accent_color",
                                  &accent);
  gsk_rounded_rect_init_from_rect (&frame,
                                   &GRAPHENE_RECT_INIT ((float) left_px, (float) top_px,
                                                        (float) (right_px - left_px),
                                                        (float) (bottom_px - top_px)),
                                   2.0f);
  gtk_snapshot_append_border (snapshot, &frame, (float[]){1.5f, 1.5f, 1.5f, 1.5f},
                              (GdkRGBA[]){accent, accent, accent, accent});
}

static void
coterie_minimap_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  CoterieMinimap *self = COTERIE_MINIMAP (widget);

  if (self->view == NULL)
    return;
  if (self->texture != NULL)
    gtk_snapshot_append_texture (snapshot, self->texture,
                                 &GRAPHENE_RECT_INIT (0.0f, 0.0f, WIDTH_PX, HEIGHT_PX));
  snapshot_frame (self, snapshot);
}

static void
coterie_minimap_measure (GtkWidget *widget,
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
go_to (CoterieMinimap *self, double x_px, double y_px)
{
  CoterieViewport viewport = get_viewport ();
  double x, y;

  if (self->view == NULL)
    return;
  coterie_camera_to_layout (get_camera (self), &viewport, x_px, y_px, &x, &y);
  coterie_graph_view_look_at (self->view, x, y);
}

static void
drag_begin_cb (CoterieMinimap *self, double x_px, double y_px, GtkGesture *gesture)
{
  gtk_gesture_set_state (gesture, GTK_EVENT_SEQUENCE_CLAIMED);
  go_to (self, x_px, y_px);
}

static void
drag_update_cb (CoterieMinimap *self, double dx_px, double dy_px, GtkGestureDrag *gesture)
{
  double x_px, y_px;

  if (gtk_gesture_drag_get_start_point (gesture, &x_px, &y_px))
    go_to (self, x_px + dx_px, y_px + dy_px);
}

static void
coterie_minimap_dispose (GObject *object)
{
  CoterieMinimap *self = COTERIE_MINIMAP (object);

  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  g_clear_weak_pointer (&self->view);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->painted, coterie_drawing_unref);
  G_OBJECT_CLASS (coterie_minimap_parent_class)->dispose (object);
}

static void
coterie_minimap_class_init (CoterieMinimapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_minimap_dispose;
  widget_class->snapshot = coterie_minimap_snapshot;
  widget_class->measure = coterie_minimap_measure;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
coterie_minimap_init (CoterieMinimap *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

/**
 * coterie_minimap_set_view:
 * @self: the map
 * @view: whose graph it shows; set once
 *
 * Follows @view from now on.
 */
void
coterie_minimap_set_view (CoterieMinimap *self, CoterieGraphView *view)
{
  g_return_if_fail (self->view == NULL);

  g_set_weak_pointer (&self->view, view);
  g_signal_connect_swapped (view, "view-changed", G_CALLBACK (view_changed), self);
}
