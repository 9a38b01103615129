/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How the graph gets onto the screen.
 *
 * On a graphics processor a GtkGLArea draws everything in the main thread. Where OpenGL is missing or
 * itself runs on the processor, a worker thread draws whole pictures from immutable drawings and the
 * widget shows the last one that is ready: nodes and edges always belong together, the main thread
 * stays free, and while a picture is being drawn newer wishes replace each other, so that there is at
 * most one waiting. Where pictures take longer than a frame, the last one is moved and scaled with the
 * camera until the next is there, so that panning and zooming answer at once however large the graph.
 *
 * While something moves labels stay where they were beside their anchors, and where there are very many
 * edges some stand for all. When it has come to rest one more picture has all edges, and the labels where
 * they stand best; then nothing is drawn.
 *
 * What OpenGL keeps dies with its context and is made anew in the next one. Where a context fails while
 * it is in use, the worker takes over for good, and whoever listens is told. */

#include <math.h>

#include "app/graph-view-private.h"
#include "app/picture-painter.h"

/* Threads of one widget that draw pictures; the rest of the machine belongs to the training. */
#define MAX_DRAWING_THREADS 4

/* Pictures that take longer come too late to be waited for while the camera moves. */
#define LATE_US 25000

/* Of something that moves, pictures that would take longer have fewer edges. */
#define MOVING_US 40000

/* So many edges are drawn always: of fewer one misses those that are not there. */
#define FEW_EDGES 50000

/* So long after the last picture of something that moves it has come to rest; and as long again as the
 * picture takes that then is drawn, and that nothing interrupts. */
#define REST_MS 150

static void start_picture (CoterieGraphView *self);
static void draw (CoterieGraphView *self, gboolean resting);

static guint
choose_edge_share (CoterieGraphView *self)
{
  guint most = coterie_scene_get_drawing (self->scene)->geometry->n_edges / FEW_EDGES;

  if (self->resting || most <= 1)
    return 1;
  return (guint) CLAMP ((self->whole_us + MOVING_US - 1) / MOVING_US, 1, most);
}

static CoterieDrawingView
get_drawing_view (CoterieGraphView *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  CoterieDrawingView view = {
      .camera = coterie_camera_mover_get_camera (self->mover),
      .width_px = MAX (gtk_widget_get_width (GTK_WIDGET (self)), 1) * scale,
      .height_px = MAX (gtk_widget_get_height (GTK_WIDGET (self)), 1) * scale,
      .scale = scale,
      .edge_share = choose_edge_share (self),
      .n_overlays = self->n_overlays,
  };

  memcpy (view.overlays, self->overlays, self->n_overlays * sizeof *self->overlays);
  return view;
}

/* The last picture once more, as it stays. */
static gboolean
rest_cb (gpointer data)
{
  CoterieGraphView *self = data;

  self->rest_source = 0;
  draw (self, TRUE);
  return G_SOURCE_REMOVE;
}

/* Called after every picture. */
static void
note_settled (CoterieGraphView *self, gboolean settled)
{
  self->settled = settled;
  g_clear_handle_id (&self->rest_source, g_source_remove);
  if (!settled)
    self->rest_source = g_timeout_add (REST_MS + (guint) (self->whole_us / 1000), rest_cb, self);
}

/* Pictures drawn by the worker. */

static void
picture_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  CoterieGraphView *self = COTERIE_GRAPH_VIEW (source);
  CoterieDrawingView view;
  g_autoptr (GdkTexture) texture = coterie_picture_paint_finish (result, &view);

  self->picture_running = FALSE;
  self->painting_us = g_get_monotonic_time () - self->painting_began_us;
  if (view.edge_share == 1)
    self->whole_us = self->painting_us;
  if (texture != NULL) {
    g_set_object (&self->texture, texture);
    g_clear_pointer (&self->painted, coterie_drawing_unref);
    self->painted = coterie_drawing_ref (self->painting);
    self->texture_view = view;
    note_settled (self, view.edge_share == 1 && coterie_label_painter_get_settled (self->labels));
    gtk_widget_queue_draw (GTK_WIDGET (self));
  }
  /* A picture that began with the look shows it, although others may be wanted already: where they take long
   * and something always moves, none ever has the last geometry. */
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) &&
      (self->painting_look ||
       self->painting->geometry == coterie_scene_get_drawing (self->scene)->geometry))
    coterie_graph_view_show_look (self);
  if (self->picture_wanted)
    start_picture (self);
}

/* Whether the last picture shows the scene as it is now, or as far as it has been computed, and will be
 * at rest. */
static gboolean
is_painted (CoterieGraphView *self, const CoterieDrawingView *view)
{
  const CoterieDrawingView *last = &self->texture_view;

  return self->texture != NULL && self->settled &&
         self->painted == coterie_scene_get_drawing (self->scene) &&
         last->width_px == view->width_px && last->height_px == view->height_px &&
         last->scale == view->scale && last->n_overlays == view->n_overlays &&
         memcmp (last->overlays, view->overlays, view->n_overlays * sizeof *view->overlays) == 0 &&
         coterie_camera_equal (&last->camera, &view->camera);
}

static void
start_picture (CoterieGraphView *self)
{
  CoterieDrawingView view = get_drawing_view (self);

  self->picture_wanted = self->picture_running;
  if (self->picture_running || !gtk_widget_get_mapped (GTK_WIDGET (self)) ||
      is_painted (self, &view))
    return;

  if (self->pool == NULL) {
    self->pool = coterie_pool_new (CLAMP (g_get_num_processors () / 2, 2, MAX_DRAWING_THREADS));
    self->labels = coterie_label_painter_new ();
  }
  self->picture_running = TRUE;
  self->painting_look = self->look_unseen && coterie_scene_get_ready (self->scene);
  self->painting_began_us = g_get_monotonic_time ();
  g_clear_pointer (&self->painting, coterie_drawing_unref);
  self->painting = coterie_drawing_ref (coterie_scene_get_drawing (self->scene));
  coterie_picture_paint_async (self, self->painting, &view, self->labels, self->pool, picture_ready,
                               NULL);
}

/* From where one sees what is painted: from where one looks now, as long as that is all that has changed.
 * While nodes move, a picture that went along with the camera would show where it ends. */
static CoterieCamera
get_painted_camera (CoterieGraphView *self)
{
  return self->painted == coterie_scene_get_drawing (self->scene)
             ? coterie_camera_mover_get_camera (self->mover)
             : self->texture_view.camera;
}

/* resting: nothing has changed since the last picture */
static void
draw (CoterieGraphView *self, gboolean resting)
{
  CoterieCamera camera;

  self->resting = resting;
  if (self->gl_area != NULL) {
    gtk_gl_area_queue_render (GTK_GL_AREA (self->gl_area));
    return;
  }
  start_picture (self);
  camera = get_painted_camera (self);
  if (self->painting_us > LATE_US && !coterie_camera_equal (&camera, &self->texture_view.camera))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Draws what is shown now, as soon as that is possible. */
void
coterie_graph_view_redraw (CoterieGraphView *self)
{
  draw (self, FALSE);
}

/* OpenGL. */

static gboolean
give_up_gl_cb (gpointer data)
{
  CoterieGraphView *self = data;

  if (self->gl_area != NULL) {
    g_clear_pointer (&self->gl_area, gtk_widget_unparent);
    coterie_graph_view_queue_update (self);
    gtk_widget_queue_draw (GTK_WIDGET (self));
    if (self->gl_has_drawn)
      coterie_graph_view_emit (self, COTERIE_GRAPH_VIEW_OPENGL_FAILED);
  }
  return G_SOURCE_REMOVE;
}

/* Later, because a widget must not lose its child while this is being realised. */
static void
give_up_gl (CoterieGraphView *self, const char *reason)
{
  g_debug ("Drawing on the processor: %s", reason);
  g_idle_add_full (G_PRIORITY_HIGH, give_up_gl_cb, g_object_ref (self), g_object_unref);
}

static void
realize_gl_cb (CoterieGraphView *self, GtkGLArea *area)
{
  g_autoptr (GError) error = NULL;

  gtk_gl_area_make_current (area);
  if (gtk_gl_area_get_error (area) != NULL) {
    give_up_gl (self, gtk_gl_area_get_error (area)->message);
    return;
  }

  /* Asked before shaders are compiled, which takes longer than a frame lasts. */
  if (coterie_gl_renderer_choose_edges (self->gl_edges) == COTERIE_GL_EDGES_IMAGE) {
    give_up_gl (self, "OpenGL does so, too");
    return;
  }
  self->renderer = coterie_gl_renderer_new (self->gl_edges, &error);
  if (self->renderer == NULL)
    give_up_gl (self, error->message);
}

static void
unrealize_gl_cb (CoterieGraphView *self, GtkGLArea *area)
{
  if (gtk_gl_area_get_context (area) == NULL)
    return;
  gtk_gl_area_make_current (area);
  g_clear_pointer (&self->renderer, coterie_gl_renderer_free);
}

static gboolean
render_gl_cb (CoterieGraphView *self)
{
  CoterieDrawingView view = get_drawing_view (self);
  g_autoptr (GError) error = NULL;

  if (self->renderer == NULL)
    return TRUE;
  if (coterie_gl_renderer_draw (self->renderer, coterie_scene_get_drawing (self->scene), &view,
                                NULL, &error)) {
    self->gl_has_drawn = TRUE;
    note_settled (self, coterie_gl_renderer_get_settled (self->renderer));
  } else {
    give_up_gl (self, error->message);
  }
  return TRUE;
}

/* Adds what the graph is drawn on. */
void
coterie_graph_view_add_canvas (CoterieGraphView *self)
{
  self->gl_area = gtk_gl_area_new ();
  gtk_gl_area_set_auto_render (GTK_GL_AREA (self->gl_area), FALSE);
  gtk_gl_area_set_required_version (GTK_GL_AREA (self->gl_area), 3, 3);
  gtk_widget_set_can_target (self->gl_area, FALSE);
  g_signal_connect_swapped (self->gl_area, "realize", G_CALLBACK (realize_gl_cb), self);
  g_signal_connect_swapped (self->gl_area, "unrealize", G_CALLBACK (unrealize_gl_cb), self);
  g_signal_connect_swapped (self->gl_area, "render", G_CALLBACK (render_gl_cb), self);
  gtk_widget_set_parent (self->gl_area, GTK_WIDGET (self));
}

/* Where the last picture belongs. One that is not scaled goes to whole pixels, so that it stays crisp. */
static graphene_rect_t
place_texture (CoterieGraphView *self)
{
  CoterieCamera camera = get_painted_camera (self);
  double scale = self->texture_view.scale;
  double width = gdk_texture_get_width (self->texture) / scale;
  double height = gdk_texture_get_height (self->texture) / scale;
  const CoterieViewport viewport = {
      .width_px = gtk_widget_get_width (GTK_WIDGET (self)),
      .height_px = gtk_widget_get_height (GTK_WIDGET (self)),
  };
  double frame[4];

  coterie_camera_place_picture (self->texture_view.camera, camera, &viewport, width, height, frame);
  if (camera.scale == self->texture_view.camera.scale)
    return GRAPHENE_RECT_INIT ((float) (round (frame[0] * scale) / scale),
                               (float) (round (frame[1] * scale) / scale), (float) width,
                               (float) height);
  return GRAPHENE_RECT_INIT ((float) frame[0], (float) frame[1], (float) (frame[2] - frame[0]),
                             (float) (frame[3] - frame[1]));
}

/* The last picture that is ready. While the widget is being resized it may still have the old size:
 * both show the same in the middle. */
void
coterie_graph_view_snapshot_picture (CoterieGraphView *self, GtkSnapshot *snapshot)
{
  CoterieColor canvas = coterie_palette_get (coterie_scene_get_style (self->scene)->dark)->canvas;
  const graphene_rect_t all =
      GRAPHENE_RECT_INIT (0.0f, 0.0f, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                          (float) gtk_widget_get_height (GTK_WIDGET (self)));
  graphene_rect_t place;

  gtk_snapshot_append_color (snapshot, &(GdkRGBA){canvas.red, canvas.green, canvas.blue, 1.0f},
                             &all);
  if (self->texture == NULL)
    return;

  place = place_texture (self);
  gtk_snapshot_push_clip (snapshot, &all);
  gtk_snapshot_append_texture (snapshot, self->texture, &place);
  gtk_snapshot_pop (snapshot);
}

/* What is on the screen now, and from where it is seen: where a worker paints, perhaps not yet what the
 * scene shows. Its nodes are those of the scene's drawing. */
CoterieDrawing *
coterie_graph_view_get_painted (CoterieGraphView *self, CoterieCamera *camera)
{
  CoterieDrawing *drawing = coterie_scene_get_drawing (self->scene);

  if (self->renderer == NULL && self->painted != NULL &&
      self->painted->geometry->n_nodes == drawing->geometry->n_nodes) {
    *camera = get_painted_camera (self);
    return self->painted;
  }
  *camera = coterie_camera_mover_get_camera (self->mover);
  return drawing;
}
