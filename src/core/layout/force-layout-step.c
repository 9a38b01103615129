/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ForceAtlas2 (Jacomy, Venturini, Heymann and Bastian, PLoS ONE 9 (6), 2014).
 *
 * All pairs of nodes repel each other with k m1 m2 / d, m being their masses, and edges pull their ends
 * together with w d (or w log (1 + d)), w being how strongly an edge pulls; force-layout.c says where both
 * come from. Strong gravity and anchors are edges too: one of weight g m ties a node to the origin, one of
 * weight a s m to a given place, s being how stiff it is. Plain gravity is a force g m. A node then moves
 * along its force, the less the more it has been swinging: f speed / (1 + sqrt (speed swing)), the common
 * speed following from the balance of swing and traction of all nodes.
 *
 * Activation pattern graphs need strong gravity: their masses are large, and against a pull of constant
 * strength a node without edges, or a class that shares no neuron with the others, would come to rest
 * many times farther out than the rest. This way all comes to rest within about twice the radius,
 * evenly spread over a disc.
 *
 * What the original lacks is an end: here a graph that keeps swinging is cooled, and a layout has
 * settled when its nodes hardly move any more. Discs that must not overlap are then moved apart; while
 * forces still act, that would only keep communities from passing each other.
 *
 * Every sum over the nodes is made of blocks of nodes, in their order, so that the result does not
 * depend on the number of threads. */

#include "core/layout/force-layout-private.h"

#include <math.h>

#include "core/base/real-math.h"
#include "core/layout/overlap.h"

/* Gephi's choices for the speed. */
#define JITTER_TOLERANCE 1.0
#define MIN_SPEED_EFFICIENCY 0.05
#define MAX_SPEED_RISE 0.5

/* Settled: a mean step below this fraction of the radius, so many times running. */
#define STILL_FRAC 0.001
#define N_STILL_STEPS 10

/* No step is longer than this fraction of the radius; from step COOLING_START on it shrinks. */
#define MAX_STEP_FRAC 0.2
#define COOLING_START 150
#define COOLING 0.985

/* Discs have parted when they overlap by less than this share of their radii, or after so many steps. */
#define PARTED_FRAC 0.001
#define MAX_PARTING_STEPS 1000

/* Pulls a node towards a place, as an edge of that weight does. */
static inline void
add_pull (const double *from, const double *to, double weight, gboolean lin_log, double *force)
{
  double dx = to[0] - from[0];
  double dy = to[1] - from[1];

  if (lin_log) {
    double distance = sqrt (dx * dx + dy * dy);

    weight *= distance > 0.0 ? coterie_log (1.0 + distance) / distance : 1.0;
  }
  force[0] += weight * dx;
  force[1] += weight * dy;
}

static void
add_attraction (const CoterieForceLayout *layout, guint v, double *force)
{
  const CoterieGraph *graph = layout->graph;
  const double *position = layout->positions + 2 * (gsize) v;
  gboolean lin_log = layout->settings.lin_log;

  for (guint32 slot = graph->offsets[v]; slot < graph->offsets[v + 1]; slot++)
    add_pull (position, layout->positions + 2 * (gsize) graph->neighbors[slot], layout->pulls[slot],
              lin_log, force);
}

static void
add_gravity (const CoterieForceLayout *layout, guint v, double *force)
{
  static const double ORIGIN[2] = {0.0, 0.0};
  const double *position = layout->positions + 2 * (gsize) v;
  double gravity = layout->settings.gravity * layout->masses[v];
  double distance = sqrt (position[0] * position[0] + position[1] * position[1]);

  if (layout->settings.strong_gravity) {
    add_pull (position, ORIGIN, gravity, layout->settings.lin_log, force);
  } else if (distance > 0.0) {
    force[0] -= gravity * position[0] / distance;
    force[1] -= gravity * position[1] / distance;
  }
}

/* How much a node goes to and fro (swing) and how much it goes on (traction), by its mass. */
static void
add_swing (CoterieForceLayout *layout, guint v, CoterieForceSums *sums)
{
  const double *force = layout->forces + 2 * (gsize) v;
  const double *old = layout->old_forces + 2 * (gsize) v;
  double back_x = old[0] - force[0], back_y = old[1] - force[1];
  double on_x = old[0] + force[0], on_y = old[1] + force[1];

  layout->swings[v] = layout->masses[v] * sqrt (back_x * back_x + back_y * back_y);
  if (layout->fixed[v])
    return;
  sums->swing += layout->swings[v];
  sums->traction += 0.5 * layout->masses[v] * sqrt (on_x * on_x + on_y * on_y);
}

/* The forces hold the repulsion of a unit of scaling before. */
static void
complete_forces (gsize block, guint worker, gpointer data)
{
  CoterieForceLayout *layout = data;
  guint first = (guint) block * COTERIE_FORCE_BLOCK_NODES;
  guint end = MIN (first + COTERIE_FORCE_BLOCK_NODES, layout->n_nodes);
  CoterieForceSums sums = {0.0};

  for (guint v = first; v < end; v++) {
    double *force = layout->forces + 2 * (gsize) v;
    double hold = layout->settings.anchoring * layout->stiffnesses[v] * layout->masses[v];

    force[0] *= layout->settings.scaling;
    force[1] *= layout->settings.scaling;
    add_attraction (layout, v, force);
    add_gravity (layout, v, force);
    if (hold > 0.0)
      add_pull (layout->positions + 2 * (gsize) v, layout->anchors + 2 * (gsize) v, hold,
                layout->settings.lin_log, force);
    add_swing (layout, v, &sums);
  }
  layout->sums[block] = sums;
}

static void
compute_forces (CoterieForceLayout *layout)
{
  double *kept = layout->old_forces;

  layout->old_forces = layout->forces;
  layout->forces = kept;
  coterie_repulsion_compute (layout->repulsion, layout->positions, layout->forces);
}

static CoterieForceSums
add_blocks (const CoterieForceLayout *layout, gsize n_blocks)
{
  CoterieForceSums total = {0.0};

  for (gsize block = 0; block < n_blocks; block++) {
    total.swing += layout->sums[block].swing;
    total.traction += layout->sums[block].traction;
    total.way += layout->sums[block].way;
    total.x += layout->sums[block].x;
    total.y += layout->sums[block].y;
    total.square += layout->sums[block].square;
  }
  return total;
}

static void
update_speed (CoterieForceLayout *layout, double swing, double traction)
{
  double n_nodes = layout->n_nodes;
  double estimate = 0.05 * sqrt (n_nodes);
  double jitter = JITTER_TOLERANCE *
                  MAX (sqrt (estimate), MIN (10.0, estimate * traction / (n_nodes * n_nodes)));
  double target;

  if (swing <= 0.0 || traction <= 0.0)
    return;

  if (swing / traction > 2.0) {
    if (layout->speed_efficiency > MIN_SPEED_EFFICIENCY)
      layout->speed_efficiency *= 0.5;
    jitter = MAX (jitter, JITTER_TOLERANCE);
  }
  target = jitter * layout->speed_efficiency * traction / swing;

  if (swing > jitter * traction) {
    if (layout->speed_efficiency > MIN_SPEED_EFFICIENCY)
      layout->speed_efficiency *= 0.7;
  } else if (layout->speed < 1000.0) {
    layout->speed_efficiency *= 1.3;
  }
  layout->speed += MIN (target - layout->speed, MAX_SPEED_RISE * layout->speed);
}

/* Moves a node and returns how far. */
static double
move_node (CoterieForceLayout *layout, guint v, double longest)
{
  const double *force = layout->forces + 2 * (gsize) v;
  double strength = sqrt (force[0] * force[0] + force[1] * force[1]);
  double factor = layout->speed / (1.0 + sqrt (layout->speed * layout->swings[v]));

  if (strength * factor > longest)
    factor = longest / strength;
  layout->positions[2 * v] += factor * force[0];
  layout->positions[2 * v + 1] += factor * force[1];
  return factor * strength;
}

static void
move_block (gsize block, guint worker, gpointer data)
{
  CoterieForceLayout *layout = data;
  guint first = (guint) block * COTERIE_FORCE_BLOCK_NODES;
  guint end = MIN (first + COTERIE_FORCE_BLOCK_NODES, layout->n_nodes);
  double longest = layout->heat * MAX (MAX_STEP_FRAC * layout->radius, 1.0);
  CoterieForceSums sums = {0.0};

  for (guint v = first; v < end; v++) {
    double dx, dy;

    if (!layout->fixed[v])
      sums.way += move_node (layout, v, longest);
    dx = layout->positions[2 * v] - layout->middle[0];
    dy = layout->positions[2 * v + 1] - layout->middle[1];
    sums.x += dx;
    sums.y += dy;
    sums.square += dx * dx + dy * dy;
  }
  layout->sums[block] = sums;
}

/* The nodes' squared distances from their middle, by those from the last one. */
static void
update_radius (CoterieForceLayout *layout, const CoterieForceSums *total)
{
  double x = total->x / layout->n_nodes, y = total->y / layout->n_nodes;
  double square = total->square / layout->n_nodes - x * x - y * y;

  layout->middle[0] += x;
  layout->middle[1] += y;
  layout->radius = sqrt (MAX (square, 0.0));
}

static void
follow_forces (CoterieForceLayout *layout)
{
  gsize n_blocks = (layout->n_nodes + COTERIE_FORCE_BLOCK_NODES - 1) / COTERIE_FORCE_BLOCK_NODES;
  guint n_free = layout->n_nodes - layout->n_fixed;
  CoterieForceSums total;

  compute_forces (layout);
  coterie_pool_run (layout->pool, n_blocks, complete_forces, layout);
  total = add_blocks (layout, n_blocks);
  update_speed (layout, total.swing, total.traction);
  coterie_pool_run (layout->pool, n_blocks, move_block, layout);
  total = add_blocks (layout, n_blocks);
  update_radius (layout, &total);
  if (++layout->n_steps > COOLING_START)
    layout->heat *= COOLING;

  layout->n_still =
      total.way < STILL_FRAC * layout->radius * n_free || n_free == 0 ? layout->n_still + 1 : 0;
  layout->at_rest =
      layout->n_still >= N_STILL_STEPS || layout->n_steps >= layout->settings.max_steps;
}

static void
part_discs (CoterieForceLayout *layout)
{
  double overlap =
      coterie_overlap_push_apart (layout->positions, layout->sizes, layout->fixed, layout->n_nodes);

  coterie_force_layout_measure_radius (layout);
  layout->settled = overlap < PARTED_FRAC || ++layout->n_parting_steps >= MAX_PARTING_STEPS;
}

/**
 * coterie_force_layout_step:
 * @layout: the layout
 *
 * Takes one step; none if the layout has settled. Cost: the edges, and that of
 * coterie_repulsion_compute().
 *
 * Returns: %FALSE when it has settled or taken as many steps as the settings allow
 */
gboolean
coterie_force_layout_step (CoterieForceLayout *layout)
{
  if (layout->n_nodes < 2) {
    if (layout->n_nodes == 1 && layout->n_fixed == 0)
      layout->positions[0] = layout->positions[1] = 0.0;
    layout->settled = TRUE;
  }
  if (layout->settled)
    return FALSE;

  if (!layout->at_rest)
    follow_forces (layout);
  else
    part_discs (layout);
  if (layout->at_rest && !layout->settings.prevent_overlap)
    layout->settled = TRUE;
  return !layout->settled;
}

/**
 * coterie_force_layout_is_settled:
 * @layout: the layout
 *
 * Returns: whether further steps would do nothing
 */
gboolean
coterie_force_layout_is_settled (CoterieForceLayout *layout)
{
  return layout->settled;
}

/**
 * coterie_force_layout_run:
 * @layout: the layout
 * @progress: (nullable): asked for a pause at every step, and told the fraction of the steps
 * @cancellable: (nullable): ends the layout
 * @error: return location for a #GError
 *
 * Takes steps until the layout has settled.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED if it was cancelled
 */
gboolean
coterie_force_layout_run (CoterieForceLayout *layout,
                          CoterieProgress *progress,
                          GCancellable *cancellable,
                          GError **error)
{
  do {
    double fraction = (double) layout->n_steps / MAX (layout->settings.max_steps, 1);

    if (!coterie_progress_step (progress, MIN (fraction, 1.0), cancellable, error))
      return FALSE;
  } while (coterie_force_layout_step (layout));
  return TRUE;
}
