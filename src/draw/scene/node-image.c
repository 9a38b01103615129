/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nodes on the processor, by the same distances from their outlines as in the shader node.frag, so
 * that both pictures are the same but for rounding. Bands of rows are drawn by threads of their own,
 * each with the nodes that reach into it, in their order. */

#include "draw/scene/node-image.h"

#include <math.h>

#include "draw/scene/pixel.h"

#define BAND_ROWS 32

/* Nodes that one task prepares. */
#define LOT_NODES 4096

/* A node in pixels, whole numbers being the pixels' centres. */
typedef struct {
  CoteriePixelChannels fill_color;
  CoteriePixelChannels rim_color;
  CoteriePixelChannels ring_color;
  CoterieShape shape;
  float x;
  float y;
  float radius;
  float rim;
  float ring_radius;
  float half_ring;
  float ring;
  float mark_radius;
  float mark;
  float alpha;
  float reach; /* 0 if there is nothing to see */
} Node;

typedef struct {
  const CoterieDrawing *drawing;
  CoterieDrawingMetrics metrics;
  int width;
  int height;
  guint8 *pixels;
  gsize stride;

  Node *nodes; /* in the order of drawing */
  guint n_bands;
  guint32 *band_offsets;
  guint32 *band_nodes;
} Job;

static Node
make_node (const Job *job, guint v)
{
  const CoterieDrawingMetrics *metrics = &job->metrics;
  const CoterieDrawingGeometry *geometry = job->drawing->geometry;
  const CoterieDrawingNode *fields = &geometry->nodes[v];
  CoterieDrawingNodeEnd end = coterie_drawing_blend_node (job->drawing, v);
  float radius = (float) (end.radius_px * metrics->node_scale);
  float half_ring = (float) (0.5 * metrics->ring_px);
  float outline = coterie_shape_get_reach (fields->shape, radius, (float) metrics->rim_px);
  float ring_radius = outline + (float) metrics->ring_gap_px + half_ring;
  gboolean visible = radius > 0.0f && (end.color.alpha > 0.0f || end.ring > 0.0f);

  return (Node){
      .fill_color = coterie_pixel_get_channels (end.color),
      .rim_color = coterie_pixel_get_channels (geometry->rim),
      .ring_color = coterie_pixel_get_channels (fields->ring_color),
      .shape = fields->shape,
      .x = (float) (metrics->offset_x_px + end.x * metrics->scale_px - 0.5),
      .y = (float) (metrics->offset_y_px - end.y * metrics->scale_px - 0.5),
      .radius = radius,
      .rim = (float) metrics->rim_px,
      .ring_radius = ring_radius,
      .half_ring = half_ring,
      .ring = end.ring,
      .mark_radius = (float) coterie_drawing_get_mark_radius (metrics, radius),
      .mark = fields->mark,
      .alpha = end.color.alpha,
      .reach = !visible          ? 0.0f
               : end.ring > 0.0f ? ring_radius + half_ring + 0.5f
                                 : outline + 0.5f,
  };
}

static void
prepare_lot (gsize lot, guint worker, gpointer data)
{
  Job *job = data;
  guint first = (guint) lot * LOT_NODES;
  guint end = MIN (first + LOT_NODES, job->drawing->geometry->n_nodes);

  for (guint i = first; i < end; i++)
    job->nodes[i] = make_node (job, coterie_drawing_get_ordered (job->drawing, i));
}

static gboolean
find_bands (const Job *job, const Node *node, guint *first, guint *last)
{
  float top = ceilf (node->y - node->reach), bottom = floorf (node->y + node->reach);

  if (node->reach <= 0.0f || bottom < 0.0f || top > (float) (job->height - 1) ||
      node->x + node->reach < 0.0f || node->x - node->reach > (float) (job->width - 1))
    return FALSE;

  *first = (guint) fmaxf (top, 0.0f) / BAND_ROWS;
  *last = (guint) fminf (bottom, (float) (job->height - 1)) / BAND_ROWS;
  return TRUE;
}

/* Gives every band the list of its nodes, in the order of drawing. */
static void
sort_into_bands (Job *job)
{
  guint n_nodes = job->drawing->geometry->n_nodes;
  g_autofree guint32 *next = g_new (guint32, job->n_bands);
  guint first, last;

  job->band_offsets = g_new0 (guint32, job->n_bands + 1);
  for (guint i = 0; i < n_nodes; i++)
    if (find_bands (job, &job->nodes[i], &first, &last))
      for (guint band = first; band <= last; band++)
        job->band_offsets[band + 1]++;
  for (guint band = 0; band < job->n_bands; band++) {
    job->band_offsets[band + 1] += job->band_offsets[band];
    next[band] = job->band_offsets[band];
  }

  job->band_nodes = g_new (guint32, MAX (job->band_offsets[job->n_bands], 1));
  for (guint i = 0; i < n_nodes; i++)
    if (find_bands (job, &job->nodes[i], &first, &last))
      for (guint band = first; band <= last; band++)
        job->band_nodes[next[band]++] = i;
}

static inline float
clamp_frac (float value)
{
  return value < 0.0f ? 0.0f : value > 1.0f ? 1.0f : value;
}

static inline CoteriePixelChannels
shade (const Node *node, float distance, float from_center)
{
  float fill = clamp_frac (0.5f - distance);
  float cover = clamp_frac (node->rim + 0.5f - distance) * node->alpha;
  float mark = clamp_frac (node->mark_radius + 0.5f - from_center) * node->mark;
  float inner = fill * (1.0f - mark);
  CoteriePixelChannels color =
      (node->fill_color * inner + node->rim_color * (1.0f - inner)) * cover;
  float ring;

  if (node->ring <= 0.0f)
    return color;

  ring = clamp_frac (node->half_ring + 0.5f - fabsf (from_center - node->ring_radius)) * node->ring;
  return color * (1.0f - ring) + node->ring_color * ring;
}

static void
draw_disc_row (const Node *node, guint32 *pixels, int first, int last, float dy)
{
  float inner = node->radius - 0.5f;
  float outer = node->radius + node->rim + 0.5f;
  guint32 full = coterie_pixel_pack (node->fill_color);
  gboolean solid = node->alpha >= 1.0f && inner > 0.0f && node->mark <= 0.0f;

  for (int column = first; column <= last; column++) {
    float dx = (float) column - node->x;
    float square = dx * dx + dy * dy;

    if (solid && square <= inner * inner) {
      pixels[column] = full;
    } else if (square < outer * outer || node->ring > 0.0f) {
      float from_center = sqrtf (square);

      pixels[column] = coterie_pixel_blend (shade (node, from_center - node->radius, from_center),
                                            pixels[column]);
    }
  }
}

static void
draw_shape_row (const Node *node, guint32 *pixels, int first, int last, float dy)
{
  for (int column = first; column <= last; column++) {
    float dx = (float) column - node->x;
    float distance = coterie_shape_get_distance (node->shape, node->radius, dx, dy);

    if (distance < node->rim + 0.5f || node->ring > 0.0f)
      pixels[column] =
          coterie_pixel_blend (shade (node, distance, sqrtf (dx * dx + dy * dy)), pixels[column]);
  }
}

static void
draw_node (const Job *job, const Node *node, int first_row, int last_row)
{
  int left = (int) fmaxf (ceilf (node->x - node->reach), 0.0f);
  int right = (int) fminf (floorf (node->x + node->reach), (float) (job->width - 1));
  int top = MAX ((int) ceilf (node->y - node->reach), first_row);
  int bottom = MIN ((int) floorf (node->y + node->reach), last_row);

  for (int row = top; row <= bottom; row++) {
    guint32 *pixels = (guint32 *) (void *) (job->pixels + (gsize) row * job->stride);

    if (node->shape == COTERIE_SHAPE_DISC)
      draw_disc_row (node, pixels, left, right, (float) row - node->y);
    else
      draw_shape_row (node, pixels, left, right, (float) row - node->y);
  }
}

static void
render_band (gsize band, guint worker, gpointer data)
{
  const Job *job = data;
  int first_row = (int) band * BAND_ROWS;
  int last_row = MIN (first_row + BAND_ROWS, job->height) - 1;

  for (guint32 i = job->band_offsets[band]; i < job->band_offsets[band + 1]; i++)
    draw_node (job, &job->nodes[job->band_nodes[i]], first_row, last_row);
}

static void
run (CoteriePool *pool, gsize n_tasks, CoteriePoolFunc func, gpointer data)
{
  if (pool != NULL)
    coterie_pool_run (pool, n_tasks, func, data);
  else
    for (gsize task = 0; task < n_tasks; task++)
      func (task, 0, data);
}

/**
 * coterie_node_image_render:
 * @drawing: whose nodes
 * @view: camera and size of the picture
 * @pixels: [height][@stride] (inout): as in coterie_edge_image_render(); the nodes are drawn over what
 *   is there
 * @stride: bytes from row to row
 * @pool: (nullable): threads that share the work; the bytes are the same for any number
 *
 * Cost: one pass over the nodes, and their pixels.
 */
void
coterie_node_image_render (const CoterieDrawing *drawing,
                           const CoterieDrawingView *view,
                           guint8 *pixels,
                           gsize stride,
                           CoteriePool *pool)
{
  guint n_nodes = drawing->geometry->n_nodes;
  Job job = {
      .drawing = drawing,
      .metrics = coterie_drawing_measure (drawing, view),
      .width = view->width_px,
      .height = view->height_px,
      .pixels = pixels,
      .stride = stride,
      .n_bands = (guint) ((view->height_px + BAND_ROWS - 1) / BAND_ROWS),
  };

  if (n_nodes == 0)
    return;

  job.nodes = g_aligned_alloc (n_nodes, sizeof (Node), 64);
  run (pool, (n_nodes + LOT_NODES - 1) / LOT_NODES, prepare_lot, &job);
  sort_into_bands (&job);
  run (pool, job.n_bands, render_band, &job);

  g_free (job.band_offsets);
  g_free (job.band_nodes);
  g_aligned_free (job.nodes);
}
