/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How all nodes repel each other, in time that grows little faster than their number.
 *
 * The nodes stand in the leaves of a tree of cells, in preorder. Each leaf in turn walks along it. A cell
 * that is far away, its radius over the distance being small, acts as a whole by the moments of its masses
 * and its subtree is left out; of the leaves that remain, every node acts by itself. Each pair is counted
 * once at either end.
 *
 * How far away is far enough follows from the error that is allowed: the root mean square error of the
 * force on a node over the root mean square of the force. Every so many steps it is measured against
 * the exact sum at a sample of the nodes, and the opening angle is set so that it stays below. A step in
 * which it was found to be too large is computed again.
 *
 * Leaves are tasks, and what a leaf gets does not depend on who works on it. Single precision is enough
 * for all sums: their own error is about 0.001 per cent. */

#include "core/layout/repulsion.h"

#include <math.h>
#include <string.h>

#include "core/base/real-math.h"
#include "core/layout/repulsion-tree.h"

#define LEAF COTERIE_LEAF_NODES

/* The error is measured at the first steps, then after so many; on so many leaves' worth of nodes. */
#define CHECK_PERIOD 16
#define N_CHECKED_LEAVES 12
#define MAX_TRIES 12

/* Of the error that is allowed, what the opening angle aims at: a sample may be luckier than the whole. */
#define AIM 0.75
#define START_OPENING 0.7
#define MIN_OPENING 0.02
#define MAX_OPENING 0.95
#define MAX_OPENING_RISE 1.2

struct _CoterieRepulsion {
  const CoterieRepulsionKernels *kernels;
  CoteriePool *pool; /* the caller's */
  CoterieRepulsionTree tree;
  double max_error; /* a fraction; 0 computes exact sums */
  double opening;   /* largest radius over distance of a cell that acts as a whole */
  guint n_steps;

  double *forces;  /* the caller's, during a step */
  float *sums_x;   /* in the order of the leaves */
  float *sums_y;   /* the same */
  guint32 *chosen; /* [n_threads][n_cells] */
};

static const CoterieRepulsionKernels *
choose_kernels (void)
{
#ifdef __x86_64__
  const char *forced = g_getenv ("COTERIE_KERNELS");

  if (g_strcmp0 (forced, "baseline") == 0 || g_strcmp0 (forced, "naive") == 0)
    return &coterie_repulsion_kernels_baseline;
  if (__builtin_cpu_supports ("avx512f") && g_strcmp0 (forced, "avx2") != 0)
    return &coterie_repulsion_kernels_avx512;
  if (__builtin_cpu_supports ("avx2"))
    return &coterie_repulsion_kernels_avx2;
#endif
  return &coterie_repulsion_kernels_baseline;
}

/**
 * coterie_repulsion_new:
 * @n_nodes: number of nodes
 * @masses: [n_nodes]: greater than 0, dimensionless
 * @max_error_percent: root mean square error of the force on a node, over the root mean square of
 *   that force; from 0, which asks for exact sums, to 100 per cent
 * @pool: works on the sums; must outlive the repulsion
 *
 * Up to COTERIE_REPULSION_MAX_EXACT_NODES nodes the sums are always exact.
 *
 * Returns: (transfer full): the repulsion of nodes that are nowhere yet
 */
CoterieRepulsion *
coterie_repulsion_new (guint n_nodes,
                       const double *masses,
                       double max_error_percent,
                       CoteriePool *pool)
{
  CoterieRepulsion *repulsion = g_new0 (CoterieRepulsion, 1);
  CoterieRepulsionTree *tree = &repulsion->tree;
  gboolean exact = max_error_percent <= 0.0 || n_nodes <= COTERIE_REPULSION_MAX_EXACT_NODES;

  repulsion->kernels = choose_kernels ();
  repulsion->pool = pool;
  repulsion->max_error = max_error_percent / 100.0;
  repulsion->opening = START_OPENING;
  coterie_repulsion_tree_init (tree, n_nodes, masses, !exact, pool);
  repulsion->sums_x = g_new0 (float, (gsize) tree->n_leaves *LEAF);
  repulsion->sums_y = g_new0 (float, (gsize) tree->n_leaves *LEAF);
  repulsion->chosen = g_new (guint32, (gsize) tree->n_cells * coterie_pool_get_n_threads (pool));
  return repulsion;
}

/**
 * coterie_repulsion_free:
 * @repulsion: (transfer full): the repulsion
 *
 * Frees @repulsion.
 */
void
coterie_repulsion_free (CoterieRepulsion *repulsion)
{
  coterie_repulsion_tree_clear (&repulsion->tree);
  g_free (repulsion->sums_x);
  g_free (repulsion->sums_y);
  g_free (repulsion->chosen);
  g_free (repulsion);
}

/**
 * coterie_repulsion_start_over:
 * @repulsion: the repulsion
 *
 * Forgets all earlier positions: what follows depends on those to come alone.
 */
void
coterie_repulsion_start_over (CoterieRepulsion *repulsion)
{
  repulsion->n_steps = 0;
  repulsion->opening = START_OPENING;
  coterie_repulsion_tree_start_over (&repulsion->tree);
}

static void
repel_by_leaves (CoterieRepulsion *repulsion, guint32 leaf, guint32 first, guint32 n_leaves)
{
  gsize at = (gsize) leaf * LEAF;
  gsize from = (gsize) first * LEAF;

  repulsion->kernels->repel_by_nodes (repulsion->sums_x + at, repulsion->sums_y + at,
                                      &repulsion->tree.nodes, at, &repulsion->tree.nodes, from,
                                      (gsize) n_leaves * LEAF);
}

/* Lets near leaves act at once, and collects the cells that act as a whole. Returns their number. */
static gsize
walk (CoterieRepulsion *repulsion, guint32 leaf, guint32 *chosen)
{
  const CoterieCell *cells = repulsion->tree.cells;
  const CoterieCell *own = &cells[repulsion->tree.leaf_cells[leaf]];
  float stretch = (float) (1.0 / repulsion->opening);
  gsize n_chosen = 0;

  for (guint32 i = 0; i < repulsion->tree.n_cells;) {
    const CoterieCell *cell = &cells[i];
    float dx = cell->x - own->x, dy = cell->y - own->y;
    float needed = cell->radius * stretch + own->radius;

    if (cell != own && needed * needed <= dx * dx + dy * dy) {
      chosen[n_chosen++] = i;
      i = cell->end;
    } else {
      if (cell->n_leaves == 1)
        repel_by_leaves (repulsion, leaf, cell->first, 1);
      i++;
    }
  }
  return n_chosen;
}

static void
repel_leaf (CoterieRepulsion *repulsion, guint32 leaf, guint worker)
{
  gsize at = (gsize) leaf * LEAF;
  float *sums_x = repulsion->sums_x + at, *sums_y = repulsion->sums_y + at;

  memset (sums_x, 0, LEAF * sizeof *sums_x);
  memset (sums_y, 0, LEAF * sizeof *sums_y);
  if (repulsion->tree.cells == NULL) {
    repel_by_leaves (repulsion, leaf, 0, repulsion->tree.n_leaves);
  } else {
    guint32 *chosen = repulsion->chosen + (gsize) worker * repulsion->tree.n_cells;
    gsize n_chosen = walk (repulsion, leaf, chosen);

    repulsion->kernels->repel_by_cells (sums_x, sums_y, &repulsion->tree.nodes, at,
                                        repulsion->tree.cells, chosen, n_chosen);
  }
}

static void
repel_leaves (gsize task, guint worker, gpointer data)
{
  CoterieRepulsion *repulsion = data;
  guint32 first = (guint32) task * COTERIE_LEAVES_PER_TASK;
  guint32 end = MIN (first + COTERIE_LEAVES_PER_TASK, repulsion->tree.n_leaves);

  for (guint32 leaf = first; leaf < end; leaf++)
    repel_leaf (repulsion, leaf, worker);
}

typedef struct {
  CoterieRepulsion *repulsion;
  guint n_sampled;
  double *errors; /* [a task for LEAF nodes]: sums of squares */
} Check;

/* Nodes at equal distances in the order of the leaves, which is all over the picture. */
static void
check_leaf (gsize task, guint worker, gpointer data)
{
  Check *check = data;
  CoterieRepulsion *repulsion = check->repulsion;
  guint n_here = MIN (LEAF, check->n_sampled - (guint) task * LEAF);
  const CoterieNodePlaces *nodes = &repulsion->tree.nodes;
  float places[4][LEAF] = {{0.0f}}, sums_x[LEAF] = {0.0f}, sums_y[LEAF] = {0.0f};
  CoterieNodePlaces sampled = {places[0], places[1], places[2], places[3], NULL};
  gsize samples[LEAF];

  for (guint i = 0; i < n_here; i++) {
    samples[i] = (task * LEAF + i) * repulsion->tree.n_nodes / check->n_sampled;
    sampled.x[i] = nodes->x[samples[i]];
    sampled.y[i] = nodes->y[samples[i]];
    sampled.x_rest[i] = nodes->x_rest[samples[i]];
    sampled.y_rest[i] = nodes->y_rest[samples[i]];
  }
  repulsion->kernels->repel_by_nodes (sums_x, sums_y, &sampled, 0, nodes, 0,
                                      (gsize) repulsion->tree.n_leaves * LEAF);

  for (guint i = 0; i < n_here; i++) {
    double mass = (double) nodes->masses[samples[i]];
    double error_x = mass * (double) (repulsion->sums_x[samples[i]] - sums_x[i]);
    double error_y = mass * (double) (repulsion->sums_y[samples[i]] - sums_y[i]);

    check->errors[task] += error_x * error_x + error_y * error_y;
  }
}

/* Of all nodes: a few of them that happen to be very close to each other make up much of it. */
static double
square_forces (const CoterieRepulsion *repulsion)
{
  double sum = 0.0;

  for (guint i = 0; i < repulsion->tree.n_nodes; i++) {
    double mass = (double) repulsion->tree.nodes.masses[i];
    double x = mass * (double) repulsion->sums_x[i], y = mass * (double) repulsion->sums_y[i];

    sum += x * x + y * y;
  }
  return sum / repulsion->tree.n_nodes;
}

static double
measure_error (CoterieRepulsion *repulsion, guint n_sampled)
{
  gsize n_tasks = (n_sampled + LEAF - 1) / LEAF;
  g_autofree double *errors = g_new0 (double, n_tasks + 1);
  Check check = {repulsion, n_sampled, errors};
  double force = square_forces (repulsion);
  double error = 0.0;

  coterie_pool_run (repulsion->pool, n_tasks, check_leaf, &check);
  for (gsize i = 0; i < n_tasks; i++)
    error += errors[i];
  return force > 0.0 ? sqrt (error / n_sampled / force) : 0.0;
}

/* An expansion of n terms is wrong by the opening to the power of n: this is where the error would be
 * what is aimed at. It opens slowly and closes at once. */
static void
adapt_opening (CoterieRepulsion *repulsion, double error)
{
  double ratio = AIM * repulsion->max_error / MAX (error, 1e-9);
  double factor = coterie_exp (coterie_log (ratio) / COTERIE_N_MOMENTS);

  repulsion->opening *= CLAMP (factor, 0.5, MAX_OPENING_RISE);
  repulsion->opening = CLAMP (repulsion->opening, MIN_OPENING, MAX_OPENING);
}

static void
repel (CoterieRepulsion *repulsion)
{
  coterie_pool_run (repulsion->pool, coterie_repulsion_tree_count_tasks (&repulsion->tree),
                    repel_leaves, repulsion);
}

/* Nodes move most at first: steps 0, 1, 2, 4 and 8 as well. */
static gboolean
is_step_to_check (guint step)
{
  return step % CHECK_PERIOD == 0 || (step < CHECK_PERIOD && (step & (step - 1)) == 0);
}

static void
repel_within_error (CoterieRepulsion *repulsion)
{
  guint n_sampled = MIN (N_CHECKED_LEAVES * LEAF, repulsion->tree.n_nodes);

  repel (repulsion);
  for (guint try = 0; try < MAX_TRIES && is_step_to_check (repulsion->n_steps); try++) {
    double error = measure_error (repulsion, n_sampled);

    adapt_opening (repulsion, error);
    if (error <= repulsion->max_error)
      return;
    repel (repulsion);
  }
}

static void
copy_forces (gsize task, guint worker, gpointer data)
{
  CoterieRepulsion *repulsion = data;
  gsize first = task * COTERIE_LEAVES_PER_TASK * LEAF;
  gsize end = MIN (first + COTERIE_LEAVES_PER_TASK * LEAF, repulsion->tree.n_nodes);

  for (gsize i = first; i < end; i++) {
    gsize v = repulsion->tree.points[i].node;

    repulsion->forces[2 * v] = repulsion->tree.masses[v] * (double) repulsion->sums_x[i];
    repulsion->forces[2 * v + 1] = repulsion->tree.masses[v] * (double) repulsion->sums_y[i];
  }
}

/**
 * coterie_repulsion_compute:
 * @repulsion: the repulsion
 * @positions: [n_nodes][2]: where the nodes are, any unit of length
 * @forces: (out caller-allocates): [n_nodes][2]: m_v times the sum over w of m_w (x_v - x_w) / d^2, in
 *   the reciprocal of that unit
 *
 * Computes what repels every node. Nodes at the same place do not repel each other. Cost: all pairs of
 * nodes where sums are exact; otherwise some hundred pairs a node.
 */
void
coterie_repulsion_compute (CoterieRepulsion *repulsion, const double *positions, double *forces)
{
  gsize n_tasks = coterie_repulsion_tree_count_tasks (&repulsion->tree);

  if (repulsion->tree.n_nodes == 0)
    return;
  coterie_repulsion_tree_update (&repulsion->tree, positions);
  if (repulsion->tree.cells == NULL)
    repel (repulsion);
  else
    repel_within_error (repulsion);
  repulsion->forces = forces;
  coterie_pool_run (repulsion->pool, n_tasks, copy_forces, repulsion);
  repulsion->forces = NULL;
  repulsion->n_steps++;
}

/**
 * coterie_repulsion_measure_error:
 * @repulsion: the repulsion, computed at least once
 * @n_sampled: at how many nodes; 0 takes all
 *
 * Compares what was computed last with the exact sums. Cost: @n_sampled times the number of nodes.
 *
 * Returns: root mean square error of the forces over the root mean square of the forces, in per cent,
 *   0 or more; 0 where there are no forces
 */
double
coterie_repulsion_measure_error (CoterieRepulsion *repulsion, guint n_sampled)
{
  if (n_sampled == 0 || n_sampled > repulsion->tree.n_nodes)
    n_sampled = repulsion->tree.n_nodes;
  return 100.0 * measure_error (repulsion, n_sampled);
}
