/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Hulls and paths are few, so the processor makes triangles of them for every frame. A triangle's
 * colour goes evenly from corner to corner, which is just how the border of a hull fades and how the
 * rim of a line is antialiased. */

#include "draw/scene/gl-mesh.h"

#include <math.h>

#include "draw/scene/gl-program.h"
#include "draw/scene/hull-outline.h"

/* How far an arc may be from a circle. */
#define MAX_ARC_ERROR_PX 0.1

/* Device pixels, and a premultiplied colour. */
typedef struct {
  float x;
  float y;
  float color[4];
} Vertex;

struct _CoterieGlMesh {
  GArray *vertices; /* of Vertex, three a triangle: the hulls', then the paths' */
  guint n_hull_vertices;
  CoterieDrawingView view;

  CoterieGlProgram program;
  GLuint array;
  GLuint buffer;
};

/**
 * coterie_gl_mesh_new:
 * @error: return location for a #GError
 *
 * Returns: (transfer full): a mesh without triangles, or %NULL with %COTERIE_GL_ERROR_SHADER
 */
CoterieGlMesh *
coterie_gl_mesh_new (GError **error)
{
  CoterieGlProgram program;
  CoterieGlMesh *mesh;

  if (!coterie_gl_program_link (&program, "mesh.vert.glsl", "mesh.frag.glsl", error))
    return NULL;

  mesh = g_new0 (CoterieGlMesh, 1);
  mesh->program = program;
  mesh->vertices = g_array_new (FALSE, FALSE, sizeof (Vertex));
  glGenVertexArrays (1, &mesh->array);
  glGenBuffers (1, &mesh->buffer);
  glBindVertexArray (mesh->array);
  glBindBuffer (GL_ARRAY_BUFFER, mesh->buffer);
  glEnableVertexAttribArray (0);
  glVertexAttribPointer (0, 2, GL_FLOAT, GL_FALSE, sizeof (Vertex),
                         GSIZE_TO_POINTER (G_STRUCT_OFFSET (Vertex, x)));
  glEnableVertexAttribArray (1);
  glVertexAttribPointer (1, 4, GL_FLOAT, GL_FALSE, sizeof (Vertex),
                         GSIZE_TO_POINTER (G_STRUCT_OFFSET (Vertex, color)));
  glBindVertexArray (0);
  glBindBuffer (GL_ARRAY_BUFFER, 0);
  return mesh;
}

/**
 * coterie_gl_mesh_free:
 * @mesh: (transfer full): the mesh, its context being current
 *
 * Deletes everything it made in the context.
 */
void
coterie_gl_mesh_free (CoterieGlMesh *mesh)
{
  glDeleteProgram (mesh->program.id);
  glDeleteVertexArrays (1, &mesh->array);
  glDeleteBuffers (1, &mesh->buffer);
  g_array_unref (mesh->vertices);
  g_free (mesh);
}

static Vertex
make_vertex (double x, double y, CoterieColor color, double opacity)
{
  float alpha = color.alpha * (float) opacity;

  return (Vertex){
      (float) x, (float) y, {color.red * alpha, color.green * alpha, color.blue * alpha, alpha}};
}

/* A quadrilateral, its corners in the order of the letter Z. */
static void
add_quad (CoterieGlMesh *mesh, Vertex a, Vertex b, Vertex c, Vertex d)
{
  const Vertex vertices[6] = {a, b, c, b, c, d};

  g_array_append_vals (mesh->vertices, vertices, G_N_ELEMENTS (vertices));
}

/* One point of the outline: a corner, and a direction in which it is grown. */
typedef struct {
  double x;
  double y;
  double cosine;
  double sine;
} Spoke;

static double
get_normal_rad (const double *from, const double *to)
{
  return atan2 (from[0] - to[0], to[1] - from[1]);
}

/* The spokes around the outline, clockwise; a corner has as many as its arc needs. */
static GArray *
find_spokes (const CoterieHullOutline *outline)
{
  GArray *spokes = g_array_new (FALSE, FALSE, sizeof (Spoke));
  double step_rad = 2.0 * acos (1.0 - fmin (MAX_ARC_ERROR_PX / outline->outer_px, 1.0));
  guint n = outline->n_points;

  for (guint i = 0; i < n; i++) {
    const double *corner = outline->points + 2 * i;
    double start_rad = 0.0, turn_rad = 2.0 * G_PI;
    guint n_steps;

    if (n > 1) {
      start_rad = get_normal_rad (outline->points + 2 * ((i + n - 1) % n), corner);
      turn_rad = get_normal_rad (corner, outline->points + 2 * ((i + 1) % n)) - start_rad;
      if (turn_rad < 0.0)
        turn_rad += 2.0 * G_PI;
    }
    n_steps = (guint) ceil (turn_rad / step_rad);
    for (guint j = 0; j <= n_steps; j++) {
      double angle_rad = start_rad + (n_steps > 0 ? turn_rad * j / n_steps : 0.0);
      Spoke spoke = {corner[0], corner[1], cos (angle_rad), sin (angle_rad)};

      g_array_append_val (spokes, spoke);
    }
  }
  return spokes;
}

static Vertex
make_spoke_vertex (const Spoke *spoke, double distance_px, CoterieColor color, double opacity)
{
  return make_vertex (spoke->x + spoke->cosine * distance_px, spoke->y + spoke->sine * distance_px,
                      color, opacity);
}

static void
add_hull (CoterieGlMesh *mesh, const CoterieHullOutline *outline)
{
  g_autoptr (GArray) spokes = find_spokes (outline);
  CoterieColor color = outline->color;
  double x = 0.0, y = 0.0;

  for (guint i = 0; i < outline->n_points; i++) {
    x += outline->points[2 * i] / outline->n_points;
    y += outline->points[2 * i + 1] / outline->n_points;
  }
  for (guint i = 0; i < spokes->len; i++) {
    const Spoke *spoke = &g_array_index (spokes, Spoke, i);
    const Spoke *next = &g_array_index (spokes, Spoke, (i + 1) % spokes->len);
    Vertex triangle[3] = {make_vertex (x, y, color, 1.0),
                          make_spoke_vertex (spoke, outline->inner_px, color, 1.0),
                          make_spoke_vertex (next, outline->inner_px, color, 1.0)};

    g_array_append_vals (mesh->vertices, triangle, 3);
    add_quad (mesh, triangle[1], triangle[2],
              make_spoke_vertex (spoke, outline->outer_px, color, 0.0),
              make_spoke_vertex (next, outline->outer_px, color, 0.0));
  }
}

/* A piece of a line: full in the middle, fading over a pixel at either side. */
static void
add_piece (CoterieGlMesh *mesh,
           const double from[2],
           const double to[2],
           double width_px,
           CoterieColor color)
{
  double length = hypot (to[0] - from[0], to[1] - from[1]);
  double outer = 0.5 * width_px + 0.5, inner = fmax (0.5 * width_px - 0.5, 0.0);
  const double distances[4] = {-outer, -inner, inner, outer};
  const double opacities[4] = {0.0, fmin (width_px, 1.0), fmin (width_px, 1.0), 0.0};
  double across[2];

  if (length <= 0.0)
    return;
  across[0] = (from[1] - to[1]) / length;
  across[1] = (to[0] - from[0]) / length;
  for (guint i = 0; i < 3; i++) {
    double a = distances[i], b = distances[i + 1];

    add_quad (
        mesh, make_vertex (from[0] + a * across[0], from[1] + a * across[1], color, opacities[i]),
        make_vertex (to[0] + a * across[0], to[1] + a * across[1], color, opacities[i]),
        make_vertex (from[0] + b * across[0], from[1] + b * across[1], color, opacities[i + 1]),
        make_vertex (to[0] + b * across[0], to[1] + b * across[1], color, opacities[i + 1]));
  }
}

/* A disc, fading over a pixel at its rim. */
static void
add_dot (CoterieGlMesh *mesh, double x, double y, double radius_px, CoterieColor color)
{
  double outer = radius_px + 0.5, inner = fmax (radius_px - 0.5, 0.0);
  double step_rad = 2.0 * acos (1.0 - fmin (MAX_ARC_ERROR_PX / outer, 1.0));
  guint n_steps = (guint) ceil (2.0 * G_PI / step_rad);

  for (guint i = 0; i < n_steps; i++) {
    Spoke spokes[2];
    Vertex triangle[3] = {make_vertex (x, y, color, 1.0)};

    for (guint side = 0; side < 2; side++) {
      double angle_rad = 2.0 * G_PI * (i + side) / n_steps;

      spokes[side] = (Spoke){x, y, cos (angle_rad), sin (angle_rad)};
      triangle[1 + side] = make_spoke_vertex (&spokes[side], inner, color, 1.0);
    }
    g_array_append_vals (mesh->vertices, triangle, 3);
    add_quad (mesh, triangle[1], triangle[2], make_spoke_vertex (&spokes[0], outer, color, 0.0),
              make_spoke_vertex (&spokes[1], outer, color, 0.0));
  }
}

static void
add_path (CoterieGlMesh *mesh,
          const CoterieDrawingPath *path,
          const CoterieDrawingMetrics *metrics,
          double scale)
{
  for (guint i = 0; i + 1 < path->n_points; i++) {
    const float *points = path->points + 2 * (gsize) i;
    const double from[2] = {metrics->offset_x_px + points[0] * metrics->scale_px,
                            metrics->offset_y_px - points[1] * metrics->scale_px};
    const double to[2] = {metrics->offset_x_px + points[2] * metrics->scale_px,
                          metrics->offset_y_px - points[3] * metrics->scale_px};
    CoterieColor color = path->color;

    color.alpha = (float) coterie_drawing_get_path_alpha (path, i + 0.5);
    add_piece (mesh, from, to, path->width_px * scale, color);
  }
  for (guint i = 0; path->dot_px > 0.0f && path->n_points > 1 && i < path->n_points; i++) {
    const float *point = path->points + 2 * (gsize) i;
    CoterieColor color = path->color;

    color.alpha = (float) coterie_drawing_get_path_alpha (path, i);
    add_dot (mesh, metrics->offset_x_px + point[0] * metrics->scale_px,
             metrics->offset_y_px - point[1] * metrics->scale_px, path->dot_px * scale, color);
  }
}

/**
 * coterie_gl_mesh_update:
 * @mesh: the mesh
 * @drawing: whose hulls and paths
 * @view: camera and size
 *
 * Makes the triangles and sends them to the graphics memory. Cost: the corners of the hulls and the
 * points of the paths.
 */
void
coterie_gl_mesh_update (CoterieGlMesh *mesh,
                        const CoterieDrawing *drawing,
                        const CoterieDrawingView *view)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);

  g_array_set_size (mesh->vertices, 0);
  mesh->view = *view;
  for (guint i = 0; i < drawing->geometry->n_hulls; i++) {
    CoterieHullOutline outline;

    if (!coterie_hull_outline_init (&outline, drawing, &metrics, i))
      continue;
    add_hull (mesh, &outline);
    coterie_hull_outline_clear (&outline);
  }
  mesh->n_hull_vertices = mesh->vertices->len;
  for (guint i = 0; i < drawing->geometry->n_paths; i++)
    add_path (mesh, &drawing->geometry->paths[i], &metrics, view->scale);

  if (mesh->vertices->len == 0)
    return;
  glBindBuffer (GL_ARRAY_BUFFER, mesh->buffer);
  glBufferData (GL_ARRAY_BUFFER, (GLsizeiptr) (mesh->vertices->len * sizeof (Vertex)),
                mesh->vertices->data, GL_STREAM_DRAW);
  glBindBuffer (GL_ARRAY_BUFFER, 0);
}

static void
draw_range (CoterieGlMesh *mesh, guint first, guint n_vertices)
{
  if (n_vertices == 0)
    return;

  glUseProgram (mesh->program.id);
  glUniform2f (mesh->program.size, (float) mesh->view.width_px, (float) mesh->view.height_px);
  glBindVertexArray (mesh->array);
  glDrawArrays (GL_TRIANGLES, (GLint) first, (GLsizei) n_vertices);
}

/**
 * coterie_gl_mesh_draw_hulls:
 * @mesh: the mesh, updated for this frame
 *
 * Draws the hulls, premultiplied; blending is the caller's.
 */
void
coterie_gl_mesh_draw_hulls (CoterieGlMesh *mesh)
{
  draw_range (mesh, 0, mesh->n_hull_vertices);
}

/**
 * coterie_gl_mesh_draw_paths:
 * @mesh: the mesh, updated for this frame
 *
 * Draws the paths, premultiplied; blending is the caller's.
 */
void
coterie_gl_mesh_draw_paths (CoterieGlMesh *mesh)
{
  draw_range (mesh, mesh->n_hull_vertices, mesh->vertices->len - mesh->n_hull_vertices);
}
