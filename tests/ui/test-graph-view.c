/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The canvas of the graph comes and goes: what it draws with is made anew each time, nothing of it stays
 * behind, and without OpenGL it goes on. Objects are counted where they are made and deleted, in the
 * functions of libepoxy; GTK paints with Cairo, so that its own are the few of a GtkGLArea. */

#include <adwaita.h>
#include <epoxy/gl.h>

#include "../scene/sample-graph.h"
#include "app/graph-view-private.h"

#define N_CYCLES 100
#define PATIENCE_S 120

typedef struct {
  GtkWidget *window;
  CoterieGraphView *view; /* owned */
  guint n_failures;
} Fixture;

static gint64 n_objects;

#define COUNT(Name)                                                                                \
  static PFNGLGEN##Name##PROC gen_##Name;                                                          \
  static PFNGLDELETE##Name##PROC delete_##Name;                                                    \
  static void count_gen_##Name (GLsizei n, GLuint *names)                                          \
  {                                                                                                \
    gen_##Name (n, names);                                                                         \
    n_objects += n;                                                                                \
  }                                                                                                \
  static void count_delete_##Name (GLsizei n, const GLuint *names)                                 \
  {                                                                                                \
    for (GLsizei i = 0; i < n; i++)                                                                \
      n_objects -= names[i] != 0;                                                                  \
    delete_##Name (n, names);                                                                      \
  }

/* clang-format off */
COUNT (TEXTURES)
COUNT (BUFFERS)
COUNT (FRAMEBUFFERS)
COUNT (VERTEXARRAYS)
/* clang-format on */

static PFNGLCREATEPROGRAMPROC create_program;
static PFNGLDELETEPROGRAMPROC delete_program;

static GLuint
count_create_program (void)
{
  n_objects++;
  return create_program ();
}

static void
count_delete_program (GLuint name)
{
  n_objects -= name != 0;
  delete_program (name);
}

static GLenum
tell_lost (void)
{
  return GL_CONTEXT_LOST;
}

/* Not before libepoxy has found the functions, which it does when they are called first. */
static void
start_counting (void)
{
  if (create_program != NULL)
    return;
  gen_TEXTURES = epoxy_glGenTextures;
  delete_TEXTURES = epoxy_glDeleteTextures;
  gen_BUFFERS = epoxy_glGenBuffers;
  delete_BUFFERS = epoxy_glDeleteBuffers;
  gen_FRAMEBUFFERS = epoxy_glGenFramebuffers;
  delete_FRAMEBUFFERS = epoxy_glDeleteFramebuffers;
  gen_VERTEXARRAYS = epoxy_glGenVertexArrays;
  delete_VERTEXARRAYS = epoxy_glDeleteVertexArrays;
  create_program = epoxy_glCreateProgram;
  delete_program = epoxy_glDeleteProgram;
  epoxy_glGenTextures = count_gen_TEXTURES;
  epoxy_glDeleteTextures = count_delete_TEXTURES;
  epoxy_glGenBuffers = count_gen_BUFFERS;
  epoxy_glDeleteBuffers = count_delete_BUFFERS;
  epoxy_glGenFramebuffers = count_gen_FRAMEBUFFERS;
  epoxy_glDeleteFramebuffers = count_delete_FRAMEBUFFERS;
  epoxy_glGenVertexArrays = count_gen_VERTEXARRAYS;
  epoxy_glDeleteVertexArrays = count_delete_VERTEXARRAYS;
  epoxy_glCreateProgram = count_create_program;
  epoxy_glDeleteProgram = count_delete_program;
}

static void
note_failure (Fixture *fixture)
{
  fixture->n_failures++;
}

static void
show_sample (CoterieGraphView *view)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (4, 5, 0, 10.0);
  g_autoptr (CoterieSceneGraph) graph = coterie_scene_graph_new_from_layer (&sample->layer, NULL);

  coterie_graph_view_set_graphs (view, graph, NULL, 0.0);
}

/* As on a graphics processor if @data says so, although there may be none. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->n_failures = 0;
  fixture->view = g_object_ref_sink (g_object_new (COTERIE_TYPE_GRAPH_VIEW, NULL));
  fixture->view->gl_edges = (CoterieGlEdges) GPOINTER_TO_INT (data);
  g_signal_connect_swapped (fixture->view, "opengl-failed", G_CALLBACK (note_failure), fixture);
  show_sample (fixture->view);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 320, 240);
  /* GTK 4.8 keeps any widget that is taken away while it has the focus. */
  gtk_widget_set_focusable (GTK_WIDGET (fixture->view), FALSE);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (fixture->view));
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static gboolean
give_up_cb (gpointer data)
{
  g_printerr ("nothing has come of it within %d s\n", PATIENCE_S);
  abort ();
  return G_SOURCE_REMOVE;
}

static void
wait_until (gboolean (*condition) (gpointer data), gpointer data)
{
  guint limit = g_timeout_add_seconds (PATIENCE_S, give_up_cb, NULL);

  while (!condition (data))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
}

static gboolean
is_drawn (gpointer data)
{
  CoterieGraphView *view = data;

  return view->gl_area != NULL ? view->gl_has_drawn : view->texture != NULL;
}

/* Nothing is being drawn, and nothing is going to be. */
static gboolean
is_at_rest (gpointer data)
{
  CoterieGraphView *view = data;

  return is_drawn (view) && view->settled && view->rest_source == 0 && view->update_source == 0 &&
         !view->picture_running;
}

static gboolean
is_unsettled (gpointer data)
{
  return !COTERIE_GRAPH_VIEW (data)->settled;
}

static gboolean
is_without_opengl (gpointer data)
{
  return COTERIE_GRAPH_VIEW (data)->gl_area == NULL;
}

static gboolean
is_gone (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* A worker that is still painting keeps the view. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer view = fixture->view;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_add_weak_pointer (view, &view);
  g_object_unref (view);
  wait_until (is_gone, &view);
}

/* Takes the view away from its display, and gives it back. */
static void
realize_again (Fixture *fixture)
{
  CoterieGraphView *view = fixture->view;

  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  g_assert_false (gtk_widget_get_realized (GTK_WIDGET (view)));
  g_assert_null (view->renderer);
  view->gl_has_drawn = FALSE;
  g_clear_object (&view->texture);
  gtk_window_set_child (GTK_WINDOW (fixture->window), GTK_WIDGET (view));
  wait_until (is_drawn, view);
}

static gboolean
skip_without_opengl (Fixture *fixture)
{
  wait_until (is_drawn, fixture->view);
  if (fixture->view->gl_area == NULL)
    g_test_skip ("there is no OpenGL that is new enough");
  return fixture->view->gl_area == NULL;
}

static void
test_opengl_is_made_anew (Fixture *fixture, gconstpointer data)
{
  if (skip_without_opengl (fixture))
    return;
  realize_again (fixture);
  start_counting ();
  n_objects = 0;
  for (guint i = 0; i < N_CYCLES; i++)
    realize_again (fixture);
  g_assert_cmpint (n_objects, ==, 0);

  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  g_assert_cmpint (n_objects, <, -10);
}

static void
test_pictures_are_made_anew (Fixture *fixture, gconstpointer data)
{
  wait_until (is_drawn, fixture->view);
  for (guint i = 0; i < N_CYCLES; i++)
    realize_again (fixture);
  g_assert_cmpuint (fixture->n_failures, ==, 0);
}

static void
test_goes_on_when_opengl_fails (Fixture *fixture, gconstpointer data)
{
  PFNGLGETERRORPROC get_error;

  if (skip_without_opengl (fixture))
    return;
  get_error = epoxy_glGetError;
  epoxy_glGetError = tell_lost;
  coterie_graph_view_refresh (fixture->view);
  wait_until (is_without_opengl, fixture->view);
  epoxy_glGetError = get_error;

  g_assert_cmpuint (fixture->n_failures, ==, 1);
  g_assert_null (fixture->view->renderer);
  wait_until (is_drawn, fixture->view);
  realize_again (fixture);
  g_assert_cmpuint (fixture->n_failures, ==, 1);
}

static gboolean
is_there (gpointer data)
{
  return COTERIE_GRAPH_VIEW (data)->glide.graphs[0] == NULL;
}

static double
get_x (CoterieGraphView *view, guint64 key)
{
  double x, y;

  g_assert_true (coterie_graph_view_get_node_place (view, key, &x, &y));
  return x;
}

/* The first neuron of the sample, 3 units further to the right with every call. */
static CoterieSceneGraph *
move_sample (SampleGraph *sample)
{
  sample->positions[0] += 3.0f;
  return coterie_scene_graph_new_from_layer (&sample->layer, NULL);
}

/* Not at once, unless nothing shall be animated; and what comes on the way is come to in the end. */
static void
test_nodes_glide_to_another_layout (Fixture *fixture, gconstpointer data)
{
  CoterieGraphView *view = fixture->view;
  g_autoptr (SampleGraph) sample = sample_graph_new (4, 5, 0, 10.0);
  g_autoptr (CoterieSceneGraph) second = move_sample (sample);
  g_autoptr (CoterieSceneGraph) third = move_sample (sample);
  guint64 key = second->keys[0];
  double start, x, y;

  wait_until (is_at_rest, view);
  start = get_x (view, key);
  coterie_graph_view_replace_graphs (view, second, NULL, 0.0);
  coterie_graph_view_replace_graphs (view, third, NULL, 0.0);
  if (adw_get_enable_animations (GTK_WIDGET (view)))
    g_assert_cmpfloat (get_x (view, key), <, start + 3.0);
  g_assert_true (coterie_graph_view_get_resting_place (view, key, &x, &y));
  g_assert_cmpfloat_with_epsilon (x, start + 6.0, 1.0e-5);
  wait_until (is_there, view);
  g_assert_cmpfloat_with_epsilon (get_x (view, key), start + 6.0, 1.0e-5);
  g_assert_true (coterie_scene_get_nearest_graph (view->scene) == third);

  /* What else is shown is shown at once. */
  coterie_graph_view_replace_graphs (view, second, NULL, 0.0);
  coterie_graph_view_set_graphs (view, third, second, 1.0);
  g_assert_true (is_there (view));
  g_assert_cmpfloat_with_epsilon (get_x (view, key), start + 3.0, 1.0e-5);
}

static void
note_look (CoterieGraphView *view, guint *n_looks)
{
  g_assert_true (view->painted->geometry == coterie_scene_get_drawing (view->scene)->geometry);
  (*n_looks)++;
}

static gboolean
is_positive (gpointer data)
{
  return *(guint *) data > 0;
}

/* Of a graph that is computed and painted by workers: a legend must not change before it does. */
static void
test_look_is_told_when_it_is_seen (Fixture *fixture, gconstpointer data)
{
  CoterieGraphView *view = fixture->view;
  g_autoptr (SampleGraph) sample = sample_graph_new (30, 30, 0, 10.0);
  g_autoptr (CoterieSceneGraph) graph = coterie_scene_graph_new_from_layer (&sample->layer, NULL);
  guint n_looks = 0;

  wait_until (is_at_rest, view);
  g_signal_connect (view, "look-changed", G_CALLBACK (note_look), &n_looks);
  coterie_graph_view_set_graphs (view, graph, NULL, 0.0);
  g_assert_false (coterie_scene_get_ready (view->scene));
  wait_until (is_positive, &n_looks);
  g_assert_true (coterie_scene_get_ready (view->scene));
  g_signal_handlers_disconnect_by_data (view, &n_looks);
}

static void
count_look (CoterieGraphView *view, guint *n_looks)
{
  (*n_looks)++;
}

static gboolean
is_painting_look (gpointer data)
{
  CoterieGraphView *view = data;

  return view->picture_running && view->painting_look;
}

typedef struct {
  CoterieGraphView *view;
  CoterieDrawing *drawing;
} Painting;

static gboolean
is_on_screen (gpointer data)
{
  const Painting *painting = data;

  return painting->view->painted == painting->drawing;
}

/* The legend does not wait until nothing changes any more. */
static void
test_look_is_told_though_others_are_wanted (Fixture *fixture, gconstpointer data)
{
  CoterieGraphView *view = fixture->view;
  g_autoptr (SampleGraph) sample = sample_graph_new (30, 30, 0, 10.0);
  g_autoptr (CoterieSceneGraph) graph = coterie_scene_graph_new_from_layer (&sample->layer, NULL);
  g_autoptr (CoterieDrawing) drawing = NULL;
  Painting painting = {.view = view};
  guint n_looks = 0;

  wait_until (is_at_rest, view);
  coterie_graph_view_set_graphs (view, graph, NULL, 0.0);
  wait_until (is_painting_look, view);
  painting.drawing = drawing = coterie_drawing_ref (view->painting);
  coterie_scene_set_held (view->scene, FALSE);
  coterie_scene_set_selected (view->scene, graph->keys, 1);
  g_assert_true (coterie_scene_get_drawing (view->scene)->geometry != drawing->geometry);

  g_signal_connect (view, "look-changed", G_CALLBACK (count_look), &n_looks);
  wait_until (is_on_screen, &painting);
  g_assert_cmpuint (n_looks, ==, 1);
  g_signal_handlers_disconnect_by_data (view, &n_looks);
}

/* Puts the pointer on a neuron without telling of it. */
static void
put_pointer (CoterieGraphView *view, guint64 key)
{
  view->pointer.inside = TRUE;
  g_assert_true (
      coterie_graph_view_get_node_point (view, key, &view->pointer.x_px, &view->pointer.y_px));
}

static gboolean
can_be_found (gpointer data)
{
  return is_at_rest (data) && coterie_node_finder_get_ready (COTERIE_GRAPH_VIEW (data)->finder);
}

/* A picture that moves under a pointer at rest ends what no longer holds, and begins nothing. */
static void
test_hover_begins_by_a_motion (Fixture *fixture, gconstpointer data)
{
  CoterieGraphView *view = fixture->view;
  guint64 first, second;

  wait_until (can_be_found, view);
  first = coterie_graph_view_get_key (view, 0);
  second = coterie_graph_view_get_key (view, 1);

  put_pointer (view, first);
  coterie_graph_view_pick (view, FALSE);
  g_assert_cmpuint (view->hovered, ==, COTERIE_SELECTION_NO_KEY);
  coterie_graph_view_pick (view, TRUE);
  g_assert_cmpuint (view->hovered, ==, first);
  wait_until (can_be_found, view);
  coterie_graph_view_pick (view, FALSE);
  g_assert_cmpuint (view->hovered, ==, first);

  put_pointer (view, second);
  coterie_graph_view_pick (view, FALSE);
  g_assert_cmpuint (view->hovered, ==, COTERIE_SELECTION_NO_KEY);
}

static gboolean
is_hovering (gpointer data)
{
  return COTERIE_GRAPH_VIEW (data)->hovered != COTERIE_SELECTION_NO_KEY;
}

/* The pointer may move while nodes cannot be found: what it came to is shown when they can. */
static void
test_motion_is_answered_later (Fixture *fixture, gconstpointer data)
{
  CoterieGraphView *view = fixture->view;
  g_autoptr (SampleGraph) sample = sample_graph_new (4, 5, 0, 10.0);
  g_autoptr (CoterieSceneGraph) graph = move_sample (sample);
  guint64 key = graph->keys[7];

  wait_until (can_be_found, view);
  coterie_camera_mover_hold (view->mover);
  coterie_graph_view_set_graphs (view, graph, NULL, 0.0);
  g_assert_false (coterie_node_finder_get_ready (view->finder));
  put_pointer (view, key);
  coterie_graph_view_pick (view, TRUE);
  g_assert_cmpuint (view->hovered, ==, COTERIE_SELECTION_NO_KEY);
  wait_until (is_hovering, view);
  g_assert_cmpuint (view->hovered, ==, key);
}

/* What answers to the first button. */
static GtkGesture *
find_click (CoterieGraphView *view)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_GESTURE_CLICK (controller) &&
        gtk_gesture_single_get_button (GTK_GESTURE_SINGLE (controller)) == GDK_BUTTON_PRIMARY)
      return GTK_GESTURE (controller);
  }
  g_assert_not_reached ();
}

static void
note_community (CoterieGraphView *view, guint64 key, guint64 *requested)
{
  *requested = key;
}

/* The second press may be cancelled: its release then belongs to none, and still ends a double click. */
static void
test_cancelled_press_ends_a_double_click (Fixture *fixture, gconstpointer data)
{
  CoterieGraphView *view = fixture->view;
  guint64 key, requested = COTERIE_SELECTION_NO_KEY;
  GtkGesture *click = find_click (view);
  double x_px, y_px;

  wait_until (can_be_found, view);
  key = coterie_graph_view_get_key (view, 0);
  g_assert_true (coterie_graph_view_get_node_point (view, key, &x_px, &y_px));
  g_signal_connect (view, "community-requested", G_CALLBACK (note_community), &requested);

  g_signal_emit_by_name (click, "pressed", 1, x_px, y_px);
  g_signal_emit_by_name (click, "released", 1, x_px, y_px);
  g_signal_emit_by_name (click, "pressed", 2, x_px, y_px);
  g_assert_cmpuint (requested, ==, COTERIE_SELECTION_NO_KEY);
  g_signal_emit_by_name (click, "unpaired-release", x_px, y_px, GDK_BUTTON_PRIMARY, NULL);
  g_assert_cmpuint (requested, ==, key);

  /* A release without any press is nobody's. */
  requested = COTERIE_SELECTION_NO_KEY;
  g_signal_emit_by_name (click, "unpaired-release", x_px, y_px, GDK_BUTTON_PRIMARY, NULL);
  g_assert_cmpuint (requested, ==, COTERIE_SELECTION_NO_KEY);
  g_signal_handlers_disconnect_by_data (view, &requested);
}

/* With labels, and however the picture is drawn. */
static void
test_labels_settle_after_a_zoom (Fixture *fixture, gconstpointer data)
{
  CoterieSceneStyle style = *coterie_scene_get_style (fixture->view->scene);

  style.labels = COTERIE_SCENE_LABELS_COMMUNITIES;
  coterie_scene_set_style (fixture->view->scene, &style);
  coterie_graph_view_refresh (fixture->view);
  wait_until (is_at_rest, fixture->view);
  coterie_graph_view_zoom_in (fixture->view);
  wait_until (is_unsettled, fixture->view);
  wait_until (is_at_rest, fixture->view);
}

static void
drag_node (CoterieGraphView *view, guint64 key)
{
  double x_px, y_px;

  g_assert_true (coterie_graph_view_get_node_point (view, key, &x_px, &y_px));
  g_signal_emit_by_name (view->pointer.drag_gesture, "drag-begin", x_px, y_px);
  g_signal_emit_by_name (view->pointer.drag_gesture, "drag-update", 8.0, 8.0);
  g_signal_emit_by_name (view->pointer.drag_gesture, "drag-end", 8.0, 8.0);
}

/* One that is selected with others takes them along. */
static void
test_what_is_dragged_is_selected (Fixture *fixture, gconstpointer data)
{
  CoterieGraphView *view = fixture->view;
  g_autoptr (CoterieSelection) selection = coterie_selection_new ();
  guint64 keys[3];

  wait_until (can_be_found, view);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    keys[i] = coterie_graph_view_get_key (view, (gint) i);
  coterie_graph_view_set_selection (view, selection);
  coterie_selection_set (selection, keys, 2);

  drag_node (view, keys[2]);
  g_assert_cmpuint (coterie_selection_get_n_keys (selection), ==, 2);

  coterie_graph_view_set_can_move (view, TRUE);
  drag_node (view, keys[1]);
  g_assert_cmpuint (coterie_selection_get_n_keys (selection), ==, 2);
  g_assert_true (coterie_selection_contains (selection, keys[0]));

  drag_node (view, keys[2]);
  g_assert_cmpuint (coterie_selection_get_n_keys (selection), ==, 1);
  g_assert_true (coterie_selection_contains (selection, keys[2]));
}

/* Where a node is when the camera has come to rest. */
static void
find_place_at_rest (CoterieGraphView *view, guint64 key, double *x_px, double *y_px)
{
  CoterieViewport viewport = coterie_camera_mover_get_viewport (view->mover);
  double x, y;

  g_assert_true (coterie_graph_view_get_node_place (view, key, &x, &y));
  coterie_camera_to_screen (coterie_camera_mover_get_target (view->mover), &viewport, x, y, x_px,
                            y_px);
}

static gboolean
is_below (const CoterieOverlay *overlay, double x_px, double y_px)
{
  return x_px >= overlay->x_px && x_px <= overlay->x_px + overlay->width_px &&
         y_px >= overlay->y_px && y_px <= overlay->y_px + overlay->height_px;
}

/* Of what comes and goes on the view. Where nothing is covered nothing moves, and in the end all is as it
 * was; also where the user has gone elsewhere, except that it stays where it has moved to. */
static void
test_what_is_covered_comes_clear (Fixture *fixture, gconstpointer data)
{
  CoterieGraphView *view = fixture->view;
  guint64 keys[2];
  double before[2], other[2], x_px, y_px;
  CoterieOverlay bar = {.width_px = 120.0, .height_px = 30.0};

  wait_until (is_at_rest, view);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    keys[i] = coterie_graph_view_get_key (view, (gint) i * 10);
  for (guint user = 0; user < 2; user++) {
    find_place_at_rest (view, keys[0], &before[0], &before[1]);
    find_place_at_rest (view, keys[1], &other[0], &other[1]);
    bar.x_px = before[0] - 60.0;
    bar.y_px = before[1] - 20.0;
    g_assert_false (is_below (&bar, other[0], other[1]));
    coterie_graph_view_set_overlays (view, &bar, 1, 0);

    coterie_graph_view_clear_covered (view, &keys[1], 1);
    find_place_at_rest (view, keys[0], &x_px, &y_px);
    g_assert_cmpfloat_with_epsilon (x_px, before[0], 1.0e-6);
    g_assert_cmpfloat_with_epsilon (y_px, before[1], 1.0e-6);

    coterie_graph_view_clear_covered (view, &keys[0], 1);
    find_place_at_rest (view, keys[0], &x_px, &y_px);
    g_assert_false (is_below (&bar, x_px, y_px));

    coterie_graph_view_end_clearing (view);
    if (user == 0) {
      find_place_at_rest (view, keys[0], &x_px, &y_px);
      g_assert_cmpfloat_with_epsilon (x_px, before[0], 1.0e-6);
      g_assert_cmpfloat_with_epsilon (y_px, before[1], 1.0e-6);
    }
    coterie_camera_mover_hold (view->mover);
  }
}

/* It covers a node of a fitted graph, which comes clear before anybody asks for it; not where the user has
 * gone elsewhere. */
static void
test_fitted_graph_makes_room_for_a_bar (Fixture *fixture, gconstpointer data)
{
  CoterieGraphView *view = fixture->view;
  CoterieOverlay bar = {.width_px = 200.0, .height_px = 60.0};
  double before[2], x_px, y_px;
  guint64 key;

  wait_until (is_at_rest, view);
  key = coterie_graph_view_get_key (view, 0);
  for (guint user = 0; user < 2; user++) {
    find_place_at_rest (view, key, &before[0], &before[1]);
    bar.x_px = before[0] - 100.0;
    bar.y_px = before[1] - 30.0;
    coterie_graph_view_set_overlays (view, &bar, 1, 0);
    coterie_graph_view_begin_clearing (view);
    find_place_at_rest (view, key, &x_px, &y_px);
    g_assert_cmpint (is_below (&bar, x_px, y_px), ==, user);

    coterie_graph_view_end_clearing (view);
    find_place_at_rest (view, key, &x_px, &y_px);
    g_assert_cmpfloat_with_epsilon (x_px, before[0], 1.0e-6);
    g_assert_cmpfloat_with_epsilon (y_px, before[1], 1.0e-6);
    coterie_camera_mover_hold (view->mover);
  }
}

/* What it leaves is seen from nearer, and all again from where it was when the filter goes; not where the
 * user has gone elsewhere. */
static void
test_fitted_graph_is_fitted_by_what_a_filter_leaves (Fixture *fixture, gconstpointer data)
{
  CoterieGraphView *view = fixture->view;
  g_autoptr (CoterieNodeQuery) filter = coterie_node_query_parse ("C1", NULL, NULL);
  CoterieCamera before, after;

  wait_until (is_at_rest, view);
  before = coterie_camera_mover_get_target (view->mover);
  coterie_graph_view_set_filter (view, filter);
  wait_until (is_at_rest, view);
  after = coterie_camera_mover_get_target (view->mover);
  g_assert_cmpfloat (after.scale, >, 1.1 * before.scale);

  coterie_graph_view_set_filter (view, NULL);
  wait_until (is_at_rest, view);
  after = coterie_camera_mover_get_target (view->mover);
  g_assert_cmpfloat_with_epsilon (after.scale, before.scale, 1e-9);

  coterie_camera_mover_hold (view->mover);
  coterie_graph_view_set_filter (view, filter);
  wait_until (is_at_rest, view);
  after = coterie_camera_mover_get_target (view->mover);
  g_assert_cmpfloat (after.scale, <, 1.1 * before.scale);
}

static gboolean
is_drawn_in_part (gpointer data)
{
  return COTERIE_GRAPH_VIEW (data)->texture_view.edge_share > 1;
}

static gboolean
has_many_edges (gpointer data)
{
  return is_at_rest (data) && COTERIE_GRAPH_VIEW (data)->painted->geometry->n_edges > 100000;
}

/* What takes long, here as it is said to, has fewer edges until it has come to rest. */
static void
test_edges_are_all_there_at_rest (Fixture *fixture, gconstpointer data)
{
  CoterieGraphView *view = fixture->view;
  g_autoptr (SampleGraph) sample = sample_graph_new (2, 350, 0, 10.0);
  g_autoptr (CoterieSceneGraph) graph = coterie_scene_graph_new_from_layer (&sample->layer, NULL);

  g_assert_cmpuint (sample->analysis.graph->n_edges, >, 100000);
  coterie_graph_view_set_graphs (view, graph, NULL, 0.0);
  wait_until (has_many_edges, view);
  g_assert_cmpuint (view->texture_view.edge_share, ==, 1);
  view->whole_us = 300000;
  coterie_graph_view_zoom_in (view);
  wait_until (is_drawn_in_part, view);
  wait_until (is_at_rest, view);
  g_assert_cmpuint (view->texture_view.edge_share, ==, 1);
}

int
main (int argc, char *argv[])
{
  gpointer quads = GINT_TO_POINTER (COTERIE_GL_EDGES_QUADS);
  gpointer image = GINT_TO_POINTER (COTERIE_GL_EDGES_IMAGE);

  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ()) {
    g_print ("1..0 # SKIP there is no display\n");
    return 0;
  }
  adw_init ();
  g_test_add ("/ui/graph-view/opengl-is-made-anew", Fixture, quads, set_up,
              test_opengl_is_made_anew, tear_down);
  g_test_add ("/ui/graph-view/pictures-are-made-anew", Fixture, image, set_up,
              test_pictures_are_made_anew, tear_down);
  g_test_add ("/ui/graph-view/goes-on-when-opengl-fails", Fixture, quads, set_up,
              test_goes_on_when_opengl_fails, tear_down);
  g_test_add ("/ui/graph-view/nodes-glide-to-another-layout", Fixture, image, set_up,
              test_nodes_glide_to_another_layout, tear_down);
  g_test_add ("/ui/graph-view/look-is-told-when-it-is-seen", Fixture, image, set_up,
              test_look_is_told_when_it_is_seen, tear_down);
  g_test_add ("/ui/graph-view/look-is-told-though-others-are-wanted", Fixture, image, set_up,
              test_look_is_told_though_others_are_wanted, tear_down);
  g_test_add ("/ui/graph-view/hover-begins-by-a-motion", Fixture, image, set_up,
              test_hover_begins_by_a_motion, tear_down);
  g_test_add ("/ui/graph-view/motion-is-answered-later", Fixture, image, set_up,
              test_motion_is_answered_later, tear_down);
  g_test_add ("/ui/graph-view/cancelled-press-ends-a-double-click", Fixture, image, set_up,
              test_cancelled_press_ends_a_double_click, tear_down);
  g_test_add ("/ui/graph-view/what-is-dragged-is-selected", Fixture, image, set_up,
              test_what_is_dragged_is_selected, tear_down);
  g_test_add ("/ui/graph-view/what-is-covered-comes-clear", Fixture, image, set_up,
              test_what_is_covered_comes_clear, tear_down);
  g_test_add ("/ui/graph-view/fitted-graph-makes-room-for-a-bar", Fixture, image, set_up,
              test_fitted_graph_makes_room_for_a_bar, tear_down);
  g_test_add ("/ui/graph-view/fitted-graph-is-fitted-by-what-a-filter-leaves", Fixture, image,
              set_up, test_fitted_graph_is_fitted_by_what_a_filter_leaves, tear_down);
  g_test_add ("/ui/graph-view/labels-settle-after-a-zoom", Fixture, image, set_up,
              test_labels_settle_after_a_zoom, tear_down);
  g_test_add ("/ui/graph-view/labels-settle-after-a-zoom-with-opengl", Fixture, quads, set_up,
              test_labels_settle_after_a_zoom, tear_down);
  g_test_add ("/ui/graph-view/edges-are-all-there-at-rest", Fixture, image, set_up,
              test_edges_are_all_there_at_rest, tear_down);
  return g_test_run ();
}
