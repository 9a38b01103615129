/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a layout has to respect besides its forces: neurons that somebody pinned, and discs that must not
 * overlap. */

#include "core/layout/layout-constraints.h"

#include <math.h>

/* What all discs together cover of the picture, were it a disc evenly filled with nodes. More leaves
 * communities no room to be apart. */
#define COVERED_FRAC 0.2

/* The least radius of a disc, of the largest. */
#define MIN_SIZE_FRAC (1.0 / 3.0)

/**
 * coterie_layout_pins_of_layer:
 * @pins: (array length=n_pins): pins of all layers, in the order of coterie_pin_compare()
 * @n_pins: how many
 * @layer: a hidden layer, from 1
 *
 * Returns: the pins of that layer, within @pins
 */
CoterieLayoutPins
coterie_layout_pins_of_layer (const CoteriePin *pins, guint n_pins, guint layer)
{
  guint first = 0, end;

  while (first < n_pins && pins[first].layer < layer)
    first++;
  end = first;
  while (end < n_pins && pins[end].layer == layer)
    end++;
  return (CoterieLayoutPins){pins + first, end - first};
}

/**
 * coterie_layout_pins_place:
 * @pins: pins of a layer
 * @neurons: [n_nodes]: the neuron of each node, ascending
 * @n_nodes: number of nodes
 * @positions: (nullable): [n_nodes][2]: those of pinned neurons are set, in the layout's unit of length
 * @fixed: (nullable): [n_nodes]: 1 is set for pinned neurons
 *
 * Puts pinned neurons where they belong. Cost: one walk along both.
 */
void
coterie_layout_pins_place (const CoterieLayoutPins *pins,
                           const guint32 *neurons,
                           guint n_nodes,
                           double *positions,
                           guint8 *fixed)
{
  guint v = 0;

  for (guint i = 0; i < pins->n_pins; i++) {
    const CoteriePin *pin = &pins->pins[i];

    while (v < n_nodes && neurons[v] < pin->neuron)
      v++;
    if (v == n_nodes || neurons[v] != pin->neuron)
      continue;
    if (positions != NULL) {
      positions[2 * v] = pin->x;
      positions[2 * v + 1] = pin->y;
    }
    if (fixed != NULL)
      fixed[v] = 1;
  }
}

/* As discs are drawn, by the strength of their nodes, so large that they cover what they may. */
static double *
choose_sizes (const CoterieGraph *graph, double radius)
{
  double *sizes = g_new (double, graph->n_nodes + 1);
  double max_strength = 0.0, sum = 0.0, scale;

  for (guint v = 0; v < graph->n_nodes; v++)
    max_strength = MAX (max_strength, graph->strengths[v]);
  for (guint v = 0; v < graph->n_nodes; v++) {
    double share = max_strength > 0.0 ? graph->strengths[v] / max_strength : 0.0;

    sizes[v] = MAX (sqrt (share), MIN_SIZE_FRAC);
    sum += sizes[v] * sizes[v];
  }
  /* The root mean square distance from the middle of an even disc is its radius over the root of 2. */
  scale = sum > 0.0 ? radius * sqrt (2.0 * COVERED_FRAC / sum) : 0.0;
  for (guint v = 0; v < graph->n_nodes; v++)
    sizes[v] *= scale;
  return sizes;
}

/**
 * coterie_layout_run_apart:
 * @layout: a layout with positions
 * @graph: what it lays out
 * @settings: with which
 * @progress: (nullable): as for coterie_force_layout_run()
 * @cancellable: (nullable): ends the layout
 * @error: return location for a #GError
 *
 * Takes steps until the layout has settled, and parts its discs if the settings ask for that; how large
 * these are follows from how large the picture has become.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED if it was cancelled
 */
gboolean
coterie_layout_run_apart (CoterieForceLayout *layout,
                          const CoterieGraph *graph,
                          const CoterieForceSettings *settings,
                          CoterieProgress *progress,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autofree double *sizes = NULL;

  if (!coterie_force_layout_run (layout, progress, cancellable, error))
    return FALSE;
  if (!settings->prevent_overlap)
    return TRUE;
  sizes = choose_sizes (graph, coterie_force_layout_get_radius (layout));
  coterie_force_layout_set_sizes (layout, sizes);
  return coterie_force_layout_run (layout, progress, cancellable, error);
}
