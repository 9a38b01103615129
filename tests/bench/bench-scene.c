/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how long a frame takes: while a graph is scrubbed from one iteration to the next, and while
 * it is moved. The graph has planted communities, as that of bench-layout, which are laid out by
 * formula; it is drawn with everything that a window shows, offscreen, by OpenGL or by the processor.
 * Prints JSON. */

#include <epoxy/gl.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/base/rng.h"
#include "draw/scene/edge-image.h"
#include "draw/scene/software-renderer.h"
#include "offscreen.h"

#define MIXING 0.3 /* fraction of the edges that lead to another community */
#define N_HULL_POINTS 12
#define MAX_LABELS 40

/* As the scene does for graphs of such a size. */
#define MEAN_DENSITY 0.10
#define NOMINAL_N_EDGES 4000.0
#define MAX_RADIUS_PX 9.0
#define MIN_RADIUS_PX 3.0
#define NOMINAL_N_NODES 400.0

/* Command line. */
static char *planted_text = NULL;
static char *size_text = NULL;
static char *renderer_text = NULL;
static char *picture_path = NULL;
static int n_threads = 2;
static int n_frames = 40;
static int edge_share = 1;
static gboolean straight = FALSE;
static gboolean bare = FALSE;

static const GOptionEntry entries[] = {
    {"planted", 0, 0, G_OPTION_ARG_STRING, &planted_text,
     "Nodes, edges, communities and seed of the graph", "N,E,K,SEED"},
    {"size", 0, 0, G_OPTION_ARG_STRING, &size_text, "Pixels of the picture", "WIDTHxHEIGHT"},
    {"renderer", 0, 0, G_OPTION_ARG_STRING, &renderer_text,
     "software, gl-auto, gl-quads or gl-image", "NAME"},
    {"threads", 0, 0, G_OPTION_ARG_INT, &n_threads, "Number of threads", "T"},
    {"frames", 0, 0, G_OPTION_ARG_INT, &n_frames, "Frames of each movement", "N"},
    {"edge-share", 0, 0, G_OPTION_ARG_INT, &edge_share, "Of so many edges one is drawn", "N"},
    {"straight", 0, 0, G_OPTION_ARG_NONE, &straight, "Edges are not curved", NULL},
    {"bare", 0, 0, G_OPTION_ARG_NONE, &bare, "Neither hulls nor labels", NULL},
    {"picture", 0, 0, G_OPTION_ARG_FILENAME, &picture_path, "Also save what is drawn", "FILE"},
    {NULL},
};

typedef struct {
  guint n_nodes;
  guint n_edges;
  guint n_communities;
  guint64 seed;
  int width_px;
  int height_px;
} Subject;

/* Where frames are drawn: by the processor without a context. */
typedef struct {
  Offscreen *offscreen;
  CoterieGlRenderer *gl;
  GLuint framebuffer;
  GLuint color_buffer;
  CoterieLabelPainter *labels;
  CoteriePool *pool;
  cairo_surface_t *surface;
} Stage;

static void
fail (const char *message)
{
  g_printerr ("bench-scene: %s\n", message);
  exit (1);
}

/* A sunflower's seeds: even, and wide apart for few. */
static void
find_spot (double i, double n, double turn, double *x, double *y)
{
  double radius = sqrt ((i + 0.5) / n);
  double angle = 2.399963 * i + turn;

  *x = radius * cos (angle);
  *y = radius * sin (angle);
}

static void
find_center (const Subject *subject, guint k, guint end, double *x, double *y)
{
  find_spot (k, subject->n_communities, 0.15 * end, x, y);
}

static double
get_community_radius (const Subject *subject)
{
  return 0.75 / sqrt (subject->n_communities);
}

static guint
get_community (const Subject *subject, guint v)
{
  return (guint) ((guint64) v * subject->n_communities / subject->n_nodes);
}

static guint
get_first_node (const Subject *subject, guint k)
{
  return (guint) (((guint64) k * subject->n_nodes + subject->n_communities - 1) /
                  subject->n_communities);
}

static CoterieDrawingNode *
make_nodes (const Subject *subject, CoterieRng *rng)
{
  CoterieDrawingNode *nodes = g_new0 (CoterieDrawingNode, subject->n_nodes);
  double shrink = CLAMP (pow (NOMINAL_N_NODES / subject->n_nodes, 0.35), 0.4, 1.3);

  for (guint v = 0; v < subject->n_nodes; v++) {
    guint k = get_community (subject, v);
    guint first = get_first_node (subject, k), n = get_first_node (subject, k + 1) - first;

    for (guint end = 0; end < 2; end++) {
      double relative = sqrt (coterie_rng_uniform (rng));
      double x, y, center_x, center_y;

      find_spot (v - first, n, 0.7 * end, &x, &y);
      find_center (subject, k, end, &center_x, &center_y);
      nodes[v].ends[end] = (CoterieDrawingNodeEnd){
          .x = (float) (center_x + get_community_radius (subject) * x),
          .y = (float) (center_y + get_community_radius (subject) * y),
          .radius_px = (float) (shrink * fmax (MIN_RADIUS_PX, MAX_RADIUS_PX * relative)),
          .color = coterie_palette_get_community (k, FALSE),
      };
    }
  }
  return nodes;
}

static guint32
draw_companion (const Subject *subject, guint32 v, CoterieRng *rng)
{
  guint k = get_community (subject, v);
  guint first = 0, end = subject->n_nodes;

  if (coterie_rng_uniform (rng) >= MIXING) {
    first = get_first_node (subject, k);
    end = get_first_node (subject, k + 1);
  }
  return first + (guint32) (coterie_rng_uniform (rng) * (end - first));
}

static CoterieDrawingEdge *
make_edges (const Subject *subject, CoterieRng *rng)
{
  CoterieDrawingEdge *edges = g_new0 (CoterieDrawingEdge, subject->n_edges);
  double density = MEAN_DENSITY * sqrt (NOMINAL_N_EDGES / subject->n_edges);

  for (guint e = 0; e < subject->n_edges;) {
    guint32 v = (guint32) (coterie_rng_uniform (rng) * subject->n_nodes);
    guint32 w = draw_companion (subject, v, rng);
    guint k = get_community (subject, v);
    gboolean inside = k == get_community (subject, w);

    if (v == w)
      continue;
    edges[e].source = v;
    edges[e].target = w;
    edges[e].width = 1.0f;
    edges[e].bend = straight ? 0.0f : 0.08f;
    for (guint end = 0; end < 2; end++) {
      edges[e].colors[end] =
          inside ? coterie_palette_get_community (k, FALSE) : coterie_palette_get (FALSE)->edge;
      edges[e].colors[end].alpha = (float) (density * 2.0 * coterie_rng_uniform (rng));
    }
    e++;
  }
  return edges;
}

static void
fill_hull (const Subject *subject, guint k, CoterieDrawingHull *hull, float *points)
{
  *hull = (CoterieDrawingHull){
      .n_points = N_HULL_POINTS,
      .points = points,
      .padding_px = 14.0f,
      .softness_px = 10.0f,
      .colors = {coterie_palette_get_community (k, FALSE),
                 coterie_palette_get_community (k, FALSE)},
  };
  hull->colors[0].alpha = hull->colors[1].alpha = 0.12f;
  for (guint end = 0; end < 2; end++)
    for (guint i = 0; i < N_HULL_POINTS; i++) {
      double angle = 2.0 * G_PI * i / N_HULL_POINTS, x, y;

      find_center (subject, k, end, &x, &y);
      points[2 * (end * N_HULL_POINTS + i)] =
          (float) (x + get_community_radius (subject) * cos (angle));
      points[2 * (end * N_HULL_POINTS + i) + 1] =
          (float) (y + get_community_radius (subject) * sin (angle));
    }
}

static void
fill_label (const Subject *subject, guint k, CoterieDrawingLabel *label, const char *text)
{
  *label = (CoterieDrawingLabel){
      .text = text,
      .size_px = 12.0f,
      .bold = TRUE,
      .color = coterie_palette_get (FALSE)->text,
      .halo_color = coterie_palette_get (FALSE)->canvas,
      .priority = -(float) k,
      .opacities = {1.0f, 1.0f},
  };
  for (guint end = 0; end < 2; end++) {
    double x, y;

    find_center (subject, k, end, &x, &y);
    label->x[end] = (float) x;
    label->y[end] = (float) y;
  }
}

static CoterieDrawing *
make_drawing (const Subject *subject)
{
  guint n_shown = bare ? 0 : MIN (subject->n_communities, MAX_LABELS);
  g_autofree CoterieDrawingHull *hulls = g_new0 (CoterieDrawingHull, n_shown);
  g_autofree float *points = g_new0 (float, (gsize) 4 * N_HULL_POINTS * n_shown);
  g_autofree CoterieDrawingLabel *labels = g_new0 (CoterieDrawingLabel, n_shown);
  g_auto (GStrv) texts = g_new0 (char *, n_shown + 1);
  g_autofree CoterieDrawingNode *nodes = NULL;
  g_autofree CoterieDrawingEdge *edges = NULL;
  CoterieRng rng;

  coterie_rng_init (&rng, subject->seed, 0);
  nodes = make_nodes (subject, &rng);
  edges = make_edges (subject, &rng);
  for (guint k = 0; k < n_shown; k++) {
    texts[k] = g_strdup_printf ("Community %u", k + 1);
    fill_hull (subject, k, &hulls[k], points + (gsize) 4 * N_HULL_POINTS * k);
    fill_label (subject, k, &labels[k], texts[k]);
  }
  return coterie_drawing_new (
      &(CoterieDrawingGeometry){
          .n_nodes = subject->n_nodes,
          .nodes = nodes,
          .n_edges = subject->n_edges,
          .edges = edges,
          .n_hulls = n_shown,
          .hulls = hulls,
          .n_labels = n_shown,
          .labels = labels,
          .spreads = {0.7, 0.7},
          .canvas = coterie_palette_get (FALSE)->canvas,
          .rim = coterie_palette_get (FALSE)->rim,
      },
      0.0);
}

static CoterieGlEdges
get_gl_edges (void)
{
  if (g_str_equal (renderer_text, "gl-quads"))
    return COTERIE_GL_EDGES_QUADS;
  if (g_str_equal (renderer_text, "gl-image"))
    return COTERIE_GL_EDGES_IMAGE;
  return COTERIE_GL_EDGES_AUTO;
}

static void
stage_open (Stage *stage, const Subject *subject)
{
  g_autoptr (GError) error = NULL;

  stage->pool = coterie_pool_new ((guint) n_threads);
  stage->labels = coterie_label_painter_new ();
  stage->surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, subject->width_px, subject->height_px);
  if (g_str_equal (renderer_text, "software"))
    return;

  stage->offscreen = offscreen_new (get_gl_edges (), &error);
  if (stage->offscreen == NULL || !offscreen_make_current (stage->offscreen, &error))
    fail (error->message);
  stage->gl = coterie_gl_renderer_new (get_gl_edges (), &error);
  if (stage->gl == NULL)
    fail (error->message);
  glGenFramebuffers (1, &stage->framebuffer);
  glGenRenderbuffers (1, &stage->color_buffer);
  glBindFramebuffer (GL_FRAMEBUFFER, stage->framebuffer);
  glBindRenderbuffer (GL_RENDERBUFFER, stage->color_buffer);
  glRenderbufferStorage (GL_RENDERBUFFER, GL_RGBA8, subject->width_px, subject->height_px);
  glFramebufferRenderbuffer (GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_RENDERBUFFER,
                             stage->color_buffer);
}

static void
stage_close (Stage *stage)
{
  if (stage->offscreen != NULL) {
    coterie_gl_renderer_free (stage->gl);
    glDeleteFramebuffers (1, &stage->framebuffer);
    glDeleteRenderbuffers (1, &stage->color_buffer);
    offscreen_release_current (stage->offscreen);
    offscreen_free (stage->offscreen);
  }
  cairo_surface_destroy (stage->surface);
  coterie_label_painter_free (stage->labels);
  coterie_pool_free (stage->pool);
}

static void
draw_with_gl (Stage *stage, CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  g_autoptr (GError) error = NULL;
  cairo_surface_t *image = NULL;

  if (coterie_gl_renderer_get_edges (stage->gl) == COTERIE_GL_EDGES_IMAGE) {
    image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, view->width_px, view->height_px);
    coterie_edge_image_render_to_surface (drawing, view, 0, image, stage->pool);
  }
  if (!coterie_gl_renderer_draw (stage->gl, drawing, view, image, &error))
    fail (error->message);
  glFinish ();
  g_clear_pointer (&image, cairo_surface_destroy);
}

/* Milliseconds of one frame, until it is there. */
static double
draw_frame (Stage *stage, CoterieDrawing *drawing, const CoterieDrawingView *view)
{
  gint64 began = g_get_monotonic_time ();

  if (stage->gl != NULL)
    draw_with_gl (stage, drawing, view);
  else
    coterie_software_renderer_draw (drawing, view, stage->surface, stage->labels, stage->pool);
  return (double) (g_get_monotonic_time () - began) / 1e3;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
add_number (JsonBuilder *builder, const char *name, double number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, number);
}

static void
add_count (JsonBuilder *builder, const char *name, gint64 count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, count);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

/* The processor's milliseconds, of all threads, are what remains of a frame on a busy machine. */
static void
add_times (JsonBuilder *builder, const char *name, GArray *times, double cpu_ms)
{
  const double *sorted = (const double *) (void *) times->data;

  g_array_sort (times, compare_doubles);
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
  add_number (builder, "best_ms", sorted[0]);
  add_number (builder, "median_ms", sorted[times->len / 2]);
  add_number (builder, "p95_ms", sorted[(times->len - 1) * 95 / 100]);
  add_number (builder, "mean_cpu_ms", cpu_ms / times->len);
  json_builder_end_object (builder);
}

static double
read_cpu_ms (void)
{
  struct timespec cpu;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &cpu);
  return 1e3 * (double) cpu.tv_sec + 1e-6 * (double) cpu.tv_nsec;
}

static CoterieDrawingView
get_view (const Subject *subject, double shift)
{
  double extent = MIN (subject->width_px, subject->height_px);

  return (CoterieDrawingView){
      .camera = {0.3 * shift, 0.2 * shift, extent / 2.6},
      .width_px = subject->width_px,
      .height_px = subject->height_px,
      .scale = 1.0,
      .edge_share = (guint) edge_share,
  };
}

/* Scrubbing changes the blend, panning the camera. */
static void
measure (JsonBuilder *builder, Stage *stage, CoterieDrawing *drawing, const Subject *subject)
{
  g_autoptr (GArray) scrub = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) pan = g_array_new (FALSE, FALSE, sizeof (double));
  CoterieDrawingView view = get_view (subject, 0.0);
  double first_ms = draw_frame (stage, drawing, &view);
  double began_ms = read_cpu_ms (), turned_ms, ended_ms;

  for (int i = 0; i < n_frames; i++) {
    g_autoptr (CoterieDrawing) blended =
        coterie_drawing_with_blend (drawing, (double) i / n_frames);
    double ms = draw_frame (stage, blended, &view);

    g_array_append_val (scrub, ms);
  }
  turned_ms = read_cpu_ms ();
  for (int i = 0; i < n_frames; i++) {
    CoterieDrawingView moved = get_view (subject, (double) i / n_frames);
    double ms = draw_frame (stage, drawing, &moved);

    g_array_append_val (pan, ms);
  }
  ended_ms = read_cpu_ms ();
  add_number (builder, "first_frame_ms", first_ms);
  add_times (builder, "scrub", scrub, turned_ms - began_ms);
  add_times (builder, "pan", pan, ended_ms - turned_ms);
  add_number (builder, "upload_ms",
              fmax (first_ms - g_array_index (pan, double, pan->len / 2), 0.0));
}

static void
save_picture (Stage *stage, CoterieDrawing *drawing, const Subject *subject)
{
  CoterieDrawingView view = get_view (subject, 0.0);
  cairo_surface_t *surface = cairo_surface_reference (stage->surface);

  if (stage->offscreen != NULL) {
    cairo_surface_destroy (surface);
    surface = offscreen_draw (stage->offscreen, drawing, &view, NULL);
  } else {
    draw_frame (stage, drawing, &view);
  }
  if (surface == NULL || cairo_surface_write_to_png (surface, picture_path) != CAIRO_STATUS_SUCCESS)
    fail ("the picture cannot be written");
  cairo_surface_destroy (surface);
}

static const char *
get_kind (const Stage *stage)
{
  if (stage->gl == NULL)
    return "software";
  return coterie_gl_renderer_get_edges (stage->gl) == COTERIE_GL_EDGES_IMAGE
             ? "OpenGL, edges by the processor"
             : "OpenGL";
}

static void
run (const Subject *subject)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (CoterieDrawing) drawing = make_drawing (subject);
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  Stage stage = {0};

  stage_open (&stage, subject);
  json_builder_begin_object (builder);
  add_count (builder, "nodes", subject->n_nodes);
  add_count (builder, "edges", subject->n_edges);
  add_count (builder, "width_px", subject->width_px);
  add_count (builder, "height_px", subject->height_px);
  add_count (builder, "threads", n_threads);
  json_builder_set_member_name (builder, "curved");
  json_builder_add_boolean_value (builder, !straight);
  add_text (builder, "renderer", get_kind (&stage));
  add_text (builder, "gl_renderer",
            stage.offscreen != NULL ? offscreen_get_device (stage.offscreen) : "none");
  measure (builder, &stage, drawing, subject);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
  if (picture_path != NULL)
    save_picture (&stage, drawing, subject);
  stage_close (&stage);
}

static Subject
read_command_line (int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  Subject subject = {500, 12000, 8, 11, 1600, 1000};

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    fail (error->message);
  if (planted_text != NULL &&
      (sscanf (planted_text, "%u,%u,%u,%" G_GUINT64_FORMAT, &subject.n_nodes, &subject.n_edges,
               &subject.n_communities, &subject.seed) != 4 ||
       subject.n_communities < 1 || subject.n_nodes < 2 * subject.n_communities ||
       subject.n_edges < 1))
    fail ("--planted wants nodes, edges, communities and a seed, such as 500,12000,8,11");
  if (size_text != NULL &&
      (sscanf (size_text, "%dx%d", &subject.width_px, &subject.height_px) != 2 ||
       subject.width_px < 1 || subject.height_px < 1))
    fail ("--size wants a width and a height, such as 1600x1000");
  if (renderer_text == NULL)
    renderer_text = g_strdup ("software");
  if (!g_strv_contains ((const char *const[]){"software", "gl-auto", "gl-quads", "gl-image", NULL},
                        renderer_text))
    fail ("--renderer wants software, gl-auto, gl-quads or gl-image");
  if (n_threads < 1 || n_frames < 1)
    fail ("threads and frames are at least 1");
  return subject;
}

int
main (int argc, char *argv[])
{
  Subject subject = read_command_line (&argc, &argv);

  run (&subject);
  return 0;
}
