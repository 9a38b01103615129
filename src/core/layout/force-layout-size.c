/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How large a picture of given shape has to be so that its forces, as a whole, neither blow it up nor draw it
 * together. By the virial theorem that is so where the sums over all nodes of place times force cancel. */

#include "core/layout/force-layout-private.h"

#include <math.h>

#include "core/base/real-math.h"

/* A picture has the right size when the next guess differs by less than this fraction. */
#define SIZE_TOLERANCE 1e-4
#define MAX_SIZE_ROUNDS 50

/* By how much the nodes would be drawn together, a unit of growth, if all distances were that many times
 * as large: the sum of place times force over all attraction and gravity. */
static double
measure_contraction (const CoterieForceLayout *layout, double stretch)
{
  const CoterieGraph *graph = layout->graph;
  const double *positions = layout->positions;
  gboolean lin_log = layout->settings.lin_log;
  double sum = 0.0;

  for (guint v = 0; v < graph->n_nodes; v++) {
    double away = stretch * sqrt (positions[2 * v] * positions[2 * v] +
                                  positions[2 * v + 1] * positions[2 * v + 1]);
    double gravity = layout->settings.gravity * layout->masses[v];

    if (!layout->settings.strong_gravity)
      sum += gravity * away;
    else
      sum += gravity * away * (lin_log ? coterie_log (1.0 + away) : away);
    for (guint32 slot = graph->offsets[v]; slot < graph->offsets[v + 1]; slot++) {
      guint32 w = graph->neighbors[slot];
      double dx = positions[2 * v] - positions[2 * w];
      double dy = positions[2 * v + 1] - positions[2 * w + 1];
      double distance = stretch * sqrt (dx * dx + dy * dy);

      /* Either end sees the edge. */
      sum += 0.5 * layout->pulls[slot] * distance *
             (lin_log ? coterie_log (1.0 + distance) : distance);
    }
  }
  return sum;
}

/* The same of the repulsion: each pair adds k m1 m2, however far apart it is. */
static double
measure_expansion (const CoterieForceLayout *layout)
{
  double sum = 0.0, square = 0.0;

  for (guint v = 0; v < layout->n_nodes; v++) {
    sum += layout->masses[v];
    square += layout->masses[v] * layout->masses[v];
  }
  return 0.5 * layout->settings.scaling * (sum * sum - square);
}

/**
 * coterie_force_layout_fit_size:
 * @layout: a layout with positions
 *
 * Stretches or shrinks the picture about the origin so that, as a whole, it tends neither to grow nor
 * to shrink: the virials of repulsion and of attraction cancel. Anchors are left out. What can have no
 * such size, because nothing repels or nothing attracts, stays as it is. Cost: a few passes over the
 * edges.
 *
 * Returns: how many times as large it has become, greater than 0
 */
double
coterie_force_layout_fit_size (CoterieForceLayout *layout)
{
  double expansion = measure_expansion (layout);
  double stretch = 1.0;

  for (guint i = 0; i < MAX_SIZE_ROUNDS; i++) {
    double contraction = measure_contraction (layout, stretch);
    double factor = expansion > 0.0 && contraction > 0.0 ? sqrt (expansion / contraction) : 1.0;

    stretch *= factor;
    if (fabs (factor - 1.0) < SIZE_TOLERANCE)
      break;
  }
  for (gsize i = 0; i < 2 * (gsize) layout->n_nodes; i++)
    layout->positions[i] *= stretch;
  coterie_force_layout_start_over (layout);
  return stretch;
}
