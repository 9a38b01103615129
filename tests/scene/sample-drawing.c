/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drawings made by formula and by a fixed seed, without a scene. */

#include "sample-drawing.h"

#include <math.h>

#include "core/base/rng.h"

#define CIRCLE_RADIUS 100.0
#define N_HULL_POINTS 6
#define N_PATH_POINTS 12

#define SPREAD_OF_LARGER 1200.0

const SampleDrawing sample_drawing_full = {
    .n_communities = 6,
    .n_members = 9,
    .n_edges = 260,
    .bend = 0.12f,
    .hulls = TRUE,
    .labels = TRUE,
    .shapes = TRUE,
    .rings = TRUE,
    .paths = TRUE,
};

static void
find_center (const SampleDrawing *sample, guint community, guint end, double *x, double *y)
{
  double around = 2.0 * G_PI * community / sample->n_communities + 0.5 * end;
  double radius = sample->n_communities > 1 ? CIRCLE_RADIUS * (1.0 + 0.3 * end) : 0.0;

  *x = radius * cos (around);
  *y = radius * sin (around);
}

static void
fill_node (const SampleDrawing *sample, guint v, CoterieDrawingNode *node)
{
  const CoteriePalette *palette = coterie_palette_get (sample->dark);
  guint community = v / sample->n_members, member = v % sample->n_members;
  double within = 2.4 * member;
  double radius = 38.0 * sqrt ((member + 0.5) / sample->n_members);

  for (guint end = 0; end < 2; end++) {
    CoterieDrawingNodeEnd *to = &node->ends[end];
    double x, y;

    find_center (sample, community, end, &x, &y);
    to->x = (float) (x + radius * cos (within + end));
    to->y = (float) (y + radius * sin (within + end));
    to->radius_px = 5.0f + 4.0f * (float) ((v + end) % 3);
    to->color = coterie_palette_get_community (community + end, sample->dark);
    to->ring = sample->rings && member % 4 == 1 ? 1.0f - 0.5f * (float) end : 0.0f;
    if (sample->rings && member % 5 == 2)
      to->color.alpha = 0.5f;
  }
  node->ring_color = member % 8 == 1 ? palette->cursor : palette->text;
  node->shape = sample->shapes ? (CoterieShape) (v % COTERIE_N_SHAPES) : COTERIE_SHAPE_DISC;
  node->mark = sample->rings && member % 3 == 0 ? 1.0f : 0.0f;
}

static void
fill_edges (const SampleDrawing *sample, CoterieDrawingEdge *edges)
{
  guint n_nodes = sample->n_communities * sample->n_members;
  CoterieRng rng;

  coterie_rng_init (&rng, 17, 0);
  for (guint e = 0; e < sample->n_edges; e++) {
    guint v = (guint) (coterie_rng_uniform (&rng) * n_nodes);
    guint k = v / sample->n_members;
    gboolean inside = sample->n_communities == 1 || coterie_rng_uniform (&rng) < 0.7;
    guint first = inside ? k * sample->n_members : 0;
    guint n_possible = inside ? sample->n_members : n_nodes;
    guint w = first + (v - first + 1 + (guint) (coterie_rng_uniform (&rng) * (n_possible - 1))) %
                          n_possible;
    CoterieColor color = inside ? coterie_palette_get_community (k, sample->dark)
                                : coterie_palette_get (sample->dark)->edge;

    color.alpha = 0.15f + 0.3f * (float) coterie_rng_uniform (&rng);
    edges[e] = (CoterieDrawingEdge){
        v, w, {color, color}, 0.6f + 1.2f * (float) coterie_rng_uniform (&rng), sample->bend};
    edges[e].colors[1].alpha *= 0.5f;
  }
}

static void
fill_hulls (const SampleDrawing *sample, CoterieDrawingHull *hulls, float *points)
{
  for (guint k = 0; k < sample->n_communities; k++) {
    float *own = points + (gsize) 4 * N_HULL_POINTS * k;

    hulls[k] = (CoterieDrawingHull){
        .n_points = N_HULL_POINTS,
        .points = own,
        .padding_px = 16.0f,
        .softness_px = 14.0f,
        .colors = {coterie_palette_get_community (k, sample->dark),
                   coterie_palette_get_community (k + 1, sample->dark)},
    };
    hulls[k].colors[0].alpha = hulls[k].colors[1].alpha = 0.18f;
    for (guint end = 0; end < 2; end++)
      for (guint i = 0; i < N_HULL_POINTS; i++) {
        double angle = 2.0 * G_PI * i / N_HULL_POINTS, x, y;

        find_center (sample, k, end, &x, &y);
        own[2 * (N_HULL_POINTS * end + i)] = (float) (x + 36.0 * cos (angle));
        own[2 * (N_HULL_POINTS * end + i) + 1] = (float) (y + 30.0 * sin (angle));
      }
  }
}

static void
fill_labels (const SampleDrawing *sample, CoterieDrawingLabel *labels, char **texts)
{
  const CoteriePalette *palette = coterie_palette_get (sample->dark);

  for (guint k = 0; k < sample->n_communities; k++) {
    texts[k] = g_strdup_printf ("C%u · class %u", k, k);
    labels[k] = (CoterieDrawingLabel){
        .text = texts[k],
        .size_px = 11.0f + (float) (k % 3),
        .bold = k % 2 == 0,
        .color = palette->text,
        .halo_color = palette->canvas,
        .priority = (float) (sample->n_communities - k),
        .opacities = {1.0f, 0.8f},
    };
    for (guint end = 0; end < 2; end++) {
      double x, y;

      find_center (sample, k, end, &x, &y);
      labels[k].x[end] = (float) x;
      labels[k].y[end] = (float) y;
    }
  }
}

static CoterieDrawingPath
make_path (float *points, CoterieColor color)
{
  for (guint i = 0; i < N_PATH_POINTS; i++) {
    points[2 * i] = (float) (-90.0 + 16.0 * i);
    points[2 * i + 1] = (float) (12.0 * sin (0.9 * i));
  }
  return (CoterieDrawingPath){N_PATH_POINTS, points, 3.0f, 4.0f, color, 0.2f};
}

static double
find_spread (const SampleDrawing *sample, double usual)
{
  if (sample->numbers)
    return SPREAD_OF_LARGER;
  return sample->n_communities * sample->n_members > 1 ? usual : 0.0;
}

CoterieDrawing *
sample_drawing_new (const SampleDrawing *sample)
{
  const CoteriePalette *palette = coterie_palette_get (sample->dark);
  guint n_nodes = sample->n_communities * sample->n_members;
  g_autofree CoterieDrawingNode *nodes = g_new0 (CoterieDrawingNode, n_nodes);
  g_autofree CoterieDrawingEdge *edges = g_new0 (CoterieDrawingEdge, sample->n_edges);
  g_autofree CoterieDrawingHull *hulls = g_new0 (CoterieDrawingHull, sample->n_communities);
  g_autofree float *points = g_new0 (float, (gsize) 4 * N_HULL_POINTS * sample->n_communities);
  g_autofree CoterieDrawingLabel *labels = g_new0 (CoterieDrawingLabel, sample->n_communities);
  g_autofree guint32 *numbers = sample->numbers ? g_new (guint32, n_nodes) : NULL;
  g_auto (GStrv) texts = g_new0 (char *, sample->n_communities + 1);
  float path_points[2 * N_PATH_POINTS];
  CoterieDrawingPath path = make_path (path_points, palette->cursor);

  for (guint v = 0; v < n_nodes; v++) {
    fill_node (sample, v, &nodes[v]);
    if (numbers != NULL)
      numbers[v] = 37 * v;
  }
  fill_edges (sample, edges);
  fill_hulls (sample, hulls, points);
  fill_labels (sample, labels, texts);
  return coterie_drawing_new (
      &(CoterieDrawingGeometry){
          .n_nodes = n_nodes,
          .nodes = nodes,
          .n_edges = sample->n_edges,
          .edges = edges,
          .n_hulls = sample->hulls ? sample->n_communities : 0,
          .hulls = hulls,
          .n_labels = sample->labels ? sample->n_communities : 0,
          .labels = labels,
          .numbers = numbers,
          .n_paths = sample->paths,
          .paths = &path,
          .spreads = {find_spread (sample, 80.0), find_spread (sample, 110.0)},
          .canvas = palette->canvas,
          .rim = palette->rim,
      },
      sample->s_frac);
}

/* A drawing whose ends are both what @drawing is at its blend. */
CoterieDrawing *
sample_drawing_new_mixed (const CoterieDrawing *drawing)
{
  const CoterieDrawingGeometry *geometry = drawing->geometry;
  g_autofree CoterieDrawingNode *nodes =
      g_memdup2 (geometry->nodes, geometry->n_nodes * sizeof *geometry->nodes);
  g_autofree CoterieDrawingEdge *edges =
      g_memdup2 (geometry->edges, geometry->n_edges * sizeof *geometry->edges);
  CoterieDrawingGeometry mixed = *geometry;

  for (guint v = 0; v < geometry->n_nodes; v++)
    nodes[v].ends[0] = nodes[v].ends[1] = coterie_drawing_blend_node (drawing, v);
  for (guint e = 0; e < geometry->n_edges; e++)
    edges[e].colors[0] = edges[e].colors[1] = coterie_drawing_blend_edge (drawing, e);
  mixed.nodes = nodes;
  mixed.edges = edges;
  mixed.n_hulls = mixed.n_labels = 0;
  mixed.spreads[0] = mixed.spreads[1] = coterie_drawing_get_spread (drawing);
  return coterie_drawing_new (&mixed, 0.0);
}
