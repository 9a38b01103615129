/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paints pictures of a graph without OpenGL, in another thread. */

#include "app/picture-painter.h"

#include "draw/scene/software-renderer.h"
#include "session/owned-task.h"

/* One picture on its way through the thread. */
typedef struct {
  CoterieDrawing *drawing;
  CoterieDrawingView view;
  CoterieLabelPainter *labels; /* the caller's, as the pool */
  CoteriePool *pool;
} Picture;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  coterie_drawing_unref (picture->drawing);
  g_free (picture);
}

static void
destroy_surface (gpointer surface)
{
  cairo_surface_destroy (surface);
}

/* Takes the surface over without copying its pixels. */
static GdkTexture *
make_texture (cairo_surface_t *surface)
{
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  g_autoptr (GBytes) bytes = NULL;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface),
                                      stride * (gsize) height, destroy_surface, surface);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
}

static void
paint_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Picture *picture = data;
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, picture->view.width_px, picture->view.height_px);

  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS) {
    coterie_software_renderer_draw (picture->drawing, &picture->view, surface, picture->labels,
                                    picture->pool);
    g_task_return_pointer (task, make_texture (surface), g_object_unref);
  } else {
    cairo_surface_destroy (surface);
    g_task_return_pointer (task, NULL, NULL);
  }
}

/**
 * coterie_picture_paint_async:
 * @source: (type GObject.Object): who wants the picture; kept until it is there
 * @drawing: what to paint
 * @view: from where, and how large, device pixels
 * @labels: (nullable): draws the labels; must outlive @source, as @pool
 * @pool: (nullable): works on the picture
 * @callback: called with @source when the picture is there
 * @data: passed to @callback
 *
 * Paints in another thread; one picture at a time for one @labels or @pool.
 */
void
coterie_picture_paint_async (gpointer source,
                             CoterieDrawing *drawing,
                             const CoterieDrawingView *view,
                             CoterieLabelPainter *labels,
                             CoteriePool *pool,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_autoptr (GTask) task = coterie_owned_task_new (source, NULL, callback, data);
  Picture *picture = g_new0 (Picture, 1);

  picture->drawing = coterie_drawing_ref (drawing);
  picture->view = *view;
  picture->labels = labels;
  picture->pool = pool;
  g_task_set_task_data (task, picture, picture_free);
  g_task_run_in_thread (task, paint_in_thread);
}

/**
 * coterie_picture_paint_finish:
 * @result: what the callback was given
 * @view: (out): the view that was asked for
 *
 * Returns: (transfer full) (nullable): the picture, or %NULL if there was no memory for it
 */
GdkTexture *
coterie_picture_paint_finish (GAsyncResult *result, CoterieDrawingView *view)
{
  Picture *picture = g_task_get_task_data (G_TASK (result));

  *view = picture->view;
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
