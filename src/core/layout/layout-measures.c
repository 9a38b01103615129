/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a layout is worth to the eye: whether communities are apart, and whether nodes stay where they
 * were. Neither depends on the layout's scale. */

#include "core/layout/layout-measures.h"

#include <math.h>

#include "core/base/rng.h"

/* Up to so many nodes all pairs count, beyond that as many pairs drawn with a fixed seed. */
#define MAX_NODES_FOR_ALL_PAIRS 1000
#define N_DRAWN_PAIRS 500000

typedef struct {
  const double *positions;
  const guint32 *communities;
  double sums[2]; /* within, between */
  double counts[2];
} Pairs;

/**
 * coterie_layout_measure_radius:
 * @positions: [n_nodes][2]: finite, any unit of length
 * @n_nodes: number of nodes
 *
 * Returns: root mean square distance of the nodes from their middle, in that unit; 0 without nodes
 */
double
coterie_layout_measure_radius (const double *positions, guint n_nodes)
{
  double x = 0.0, y = 0.0, sum = 0.0;

  if (n_nodes == 0)
    return 0.0;
  for (guint v = 0; v < n_nodes; v++) {
    x += positions[2 * v] / n_nodes;
    y += positions[2 * v + 1] / n_nodes;
  }
  for (guint v = 0; v < n_nodes; v++) {
    double dx = positions[2 * v] - x, dy = positions[2 * v + 1] - y;

    sum += dx * dx + dy * dy;
  }
  return sqrt (sum / n_nodes);
}

static void
add_pair (Pairs *pairs, guint32 v, guint32 w)
{
  const double *a = pairs->positions + 2 * (gsize) v;
  const double *b = pairs->positions + 2 * (gsize) w;
  gboolean between = pairs->communities[v] != pairs->communities[w];

  pairs->sums[between] += sqrt ((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]));
  pairs->counts[between] += 1.0;
}

/* Pairs within a community may be rare: half of what is drawn are two nodes that stand near each other
 * when sorted by community. */
static void
add_drawn_pairs (Pairs *pairs, guint n_nodes)
{
  g_autofree guint32 *nodes = g_new (guint32, n_nodes);
  guint32 n_communities = 0;
  g_autofree guint32 *starts = NULL;
  CoterieRng rng;

  for (guint v = 0; v < n_nodes; v++)
    n_communities = MAX (n_communities, pairs->communities[v] + 1);
  starts = g_new0 (guint32, (gsize) n_communities + 2);
  for (guint v = 0; v < n_nodes; v++)
    starts[pairs->communities[v] + 2]++;
  for (guint32 c = 2; c < n_communities + 2; c++)
    starts[c] += starts[c - 1];
  for (guint32 v = 0; v < n_nodes; v++)
    nodes[starts[pairs->communities[v] + 1]++] = v;

  coterie_rng_init (&rng, n_nodes, 0);
  for (guint i = 0; i < N_DRAWN_PAIRS; i++) {
    guint32 v = (guint32) coterie_rng_below (&rng, n_nodes);
    guint32 other = (guint32) coterie_rng_below (&rng, n_nodes);
    guint32 c = pairs->communities[v];
    guint32 mate = nodes[starts[c] + coterie_rng_below (&rng, starts[c + 1] - starts[c])];

    if (mate != v)
      add_pair (pairs, v, mate);
    if (pairs->communities[other] != c)
      add_pair (pairs, v, other);
  }
}

/**
 * coterie_layout_measure_separation:
 * @positions: [n_nodes][2]: finite, any unit of length
 * @communities: [n_nodes]: of each node, less than @n_nodes
 * @n_nodes: number of nodes
 *
 * Mean distance of two nodes of one community over the mean distance of two of different ones. Beyond
 * a thousand nodes the means are those of a sample: each node is drawn as often as any other,
 * and then a companion of its community and one of another. Cost: the pairs that are looked at.
 *
 * Returns: 1 without any structure, 0 when each community is a point, dimensionless; not-a-number if
 *   there are no pairs of either kind
 */
double
coterie_layout_measure_separation (const double *positions,
                                   const guint32 *communities,
                                   guint n_nodes)
{
  Pairs pairs = {.positions = positions, .communities = communities};

  if (n_nodes <= MAX_NODES_FOR_ALL_PAIRS) {
    for (guint32 v = 0; v < n_nodes; v++)
      for (guint32 w = v + 1; w < n_nodes; w++)
        add_pair (&pairs, v, w);
  } else {
    add_drawn_pairs (&pairs, n_nodes);
  }
  if (pairs.counts[0] == 0.0 || pairs.counts[1] == 0.0 || pairs.sums[1] == 0.0)
    return NAN;
  return pairs.sums[0] / pairs.counts[0] / (pairs.sums[1] / pairs.counts[1]);
}

/**
 * coterie_layout_measure_move:
 * @old_positions: [n_old_nodes][2]: of the frame before, finite, any unit of length
 * @old_neurons: [n_old_nodes]: the neuron of each of its nodes, ascending
 * @n_old_nodes: number of its nodes
 * @positions: [n_nodes][2]: of the frame, finite, in the same unit
 * @neurons: [n_nodes]: the neuron of each of its nodes, ascending
 * @n_nodes: number of its nodes
 *
 * How far neurons that are in both frames have moved, in the mean, over the radius of the later one.
 * Cost: one walk along both.
 *
 * Returns: 0 if nothing has moved, dimensionless; 0 too if no neuron is in both frames
 */
double
coterie_layout_measure_move (const double *old_positions,
                             const guint32 *old_neurons,
                             guint n_old_nodes,
                             const double *positions,
                             const guint32 *neurons,
                             guint n_nodes)
{
  double radius = coterie_layout_measure_radius (positions, n_nodes);
  double sum = 0.0;
  guint n_common = 0;
  guint i = 0, j = 0;

  while (i < n_old_nodes && j < n_nodes) {
    if (old_neurons[i] < neurons[j]) {
      i++;
    } else if (old_neurons[i] > neurons[j]) {
      j++;
    } else {
      double dx = positions[2 * j] - old_positions[2 * i];
      double dy = positions[2 * j + 1] - old_positions[2 * i + 1];

      sum += sqrt (dx * dx + dy * dy);
      n_common++;
      i++;
      j++;
    }
  }
  return n_common > 0 && radius > 0.0 ? sum / n_common / radius : 0.0;
}
