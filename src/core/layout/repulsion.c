/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How all nodes repel each other, in time that grows little faster than their number.
 *
 * The nodes are sorted into leaves of COTERIE_LEAF_NODES: the longer side of their bounding box is
 * split at the middle node, then each half, and so on. The tree over the leaves has the same shape in
 * every step, and stands in flat arrays in preorder: behind a cell come its first half, then its second
 * half. Each leaf in turn walks along this array. A cell that is far away, its radius over the distance
 * being small, acts as a whole by the moments of its masses and its subtree is left out; of the leaves
 * that remain, every node acts by itself. Each pair is counted once at either end.
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
#include "core/layout/repulsion-private.h"

#define LEAF COTERIE_LEAF_NODES
#define LEAVES_PER_TASK 4

/* The order of the nodes is refreshed after so many steps, or when the leaves have grown so much. An old
 * order is as right as a new one, but with large leaves few cells are far away. */
#define SORT_PERIOD 16
#define MAX_LEAF_GROWTH 1.2
#define N_PARALLEL_SPLITS 5

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

typedef struct {
  double x; /* from the middle of all nodes */
  double y;
  guint32 node;
} Point;

typedef struct {
  guint32 first; /* leaf */
  guint32 n_leaves;
} Range;

struct _CoterieRepulsion {
  const CoterieRepulsionKernels *kernels;
  CoteriePool *pool; /* the caller's */
  guint n_nodes;
  guint n_leaves;
  guint n_cells;
  double max_error; /* a fraction; 0 computes exact sums */
  double opening;   /* largest radius over distance of a cell that acts as a whole */
  guint n_steps;
  guint n_steps_sorted; /* since the nodes were sorted */
  double sorted_radius; /* of all leaves together, when they were */

  double *node_masses;     /* [n_nodes] */
  const double *positions; /* the caller's, during a step */
  double *forces;          /* the same */
  double middle[2];

  /* All in the order of the leaves, the last leaf filled up with nodes of mass 0. */
  Point *points;
  CoterieNodePlaces nodes;
  float *sums_x;
  float *sums_y;

  CoterieCell *cells;
  guint32 *leaf_cells; /* [n_leaves] */
  guint32 *chosen;     /* [n_threads][n_cells] */
  Range ranges[1 << N_PARALLEL_SPLITS];
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

static gboolean
is_exact (CoterieRepulsion *repulsion)
{
  return repulsion->max_error <= 0.0 || repulsion->n_nodes <= COTERIE_REPULSION_MAX_EXACT_NODES;
}

static void
allocate_places (CoterieNodePlaces *places, gsize n_places)
{
  places->x = g_new0 (float, n_places);
  places->y = g_new0 (float, n_places);
  places->x_rest = g_new0 (float, n_places);
  places->y_rest = g_new0 (float, n_places);
  places->masses = g_new0 (float, n_places);
}

static void
free_places (CoterieNodePlaces *places)
{
  g_free (places->x);
  g_free (places->y);
  g_free (places->x_rest);
  g_free (places->y_rest);
  g_free (places->masses);
}

/* The shape of the tree. Returns the cell behind the last. */
static guint32
build_cells (CoterieRepulsion *repulsion, guint32 cell, guint32 first, guint32 n_leaves)
{
  guint32 end = cell + 1;

  if (n_leaves == 1) {
    repulsion->leaf_cells[first] = cell;
  } else {
    end = build_cells (repulsion, end, first, n_leaves / 2);
    end = build_cells (repulsion, end, first + n_leaves / 2, n_leaves - n_leaves / 2);
  }
  repulsion->cells[cell].first = first;
  repulsion->cells[cell].n_leaves = n_leaves;
  repulsion->cells[cell].end = end;
  return end;
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
  guint n_leaves = (n_nodes + LEAF - 1) / LEAF;
  gsize n_padded = (gsize) n_leaves * LEAF;

  repulsion->kernels = choose_kernels ();
  repulsion->pool = pool;
  repulsion->n_nodes = n_nodes;
  repulsion->n_leaves = n_leaves;
  repulsion->n_cells = n_leaves > 0 ? 2 * n_leaves - 1 : 0;
  repulsion->max_error = max_error_percent / 100.0;
  repulsion->opening = START_OPENING;
  repulsion->node_masses = g_memdup2 (masses, n_nodes * sizeof *masses);

  repulsion->points = g_new0 (Point, n_padded);
  allocate_places (&repulsion->nodes, n_padded);
  repulsion->sums_x = g_new0 (float, n_padded);
  repulsion->sums_y = g_new0 (float, n_padded);
  for (guint v = 0; v < n_nodes; v++)
    repulsion->points[v].node = v;

  if (n_leaves > 0 && !is_exact (repulsion)) {
    repulsion->cells = g_new0 (CoterieCell, repulsion->n_cells);
    repulsion->leaf_cells = g_new (guint32, n_leaves);
    repulsion->chosen =
        g_new (guint32, (gsize) repulsion->n_cells * coterie_pool_get_n_threads (pool));
    build_cells (repulsion, 0, 0, n_leaves);
  }
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
  g_free (repulsion->node_masses);
  g_free (repulsion->points);
  free_places (&repulsion->nodes);
  g_free (repulsion->sums_x);
  g_free (repulsion->sums_y);
  g_free (repulsion->cells);
  g_free (repulsion->leaf_cells);
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
  for (guint v = 0; v < repulsion->n_nodes; v++)
    repulsion->points[v].node = v;
}

static guint32
count_nodes (CoterieRepulsion *repulsion, guint32 first, guint32 n_leaves)
{
  return MIN (first * LEAF + n_leaves * LEAF, repulsion->n_nodes) - first * LEAF;
}

static void
swap_points (Point *a, Point *b)
{
  Point kept = *a;

  *a = *b;
  *b = kept;
}

static double
get_coordinate (const Point *point, gboolean vertical)
{
  return vertical ? point->y : point->x;
}

/* Wirth's selection: afterwards no point before the given one lies beyond any from it on. */
static void
split_points (Point *points, gssize n_points, gssize at, gboolean vertical)
{
  gssize first = 0;
  gssize last = n_points - 1;

  while (first < last) {
    double pivot = get_coordinate (&points[at], vertical);
    gssize low = first;
    gssize high = last;

    do {
      while (get_coordinate (&points[low], vertical) < pivot)
        low++;
      while (get_coordinate (&points[high], vertical) > pivot)
        high--;
      if (low <= high)
        swap_points (&points[low++], &points[high--]);
    } while (low <= high);
    if (high < at)
      first = low;
    if (low > at)
      last = high;
  }
}

static gboolean
is_higher_than_wide (const Point *points, gsize n_points)
{
  double low_x = points[0].x, high_x = points[0].x;
  double low_y = points[0].y, high_y = points[0].y;

  for (gsize i = 1; i < n_points; i++) {
    low_x = MIN (low_x, points[i].x);
    high_x = MAX (high_x, points[i].x);
    low_y = MIN (low_y, points[i].y);
    high_y = MAX (high_y, points[i].y);
  }
  return high_y - low_y > high_x - low_x;
}

static void
split_range (CoterieRepulsion *repulsion, Range range)
{
  Point *points = repulsion->points + (gsize) range.first * LEAF;
  guint32 n_points = count_nodes (repulsion, range.first, range.n_leaves);

  if (range.n_leaves > 1)
    split_points (points, n_points, (gssize) (range.n_leaves / 2) * LEAF,
                  is_higher_than_wide (points, n_points));
}

static void
sort_range (CoterieRepulsion *repulsion, Range range)
{
  Range half = {range.first, range.n_leaves / 2};
  Range rest = {range.first + half.n_leaves, range.n_leaves - half.n_leaves};

  if (range.n_leaves < 2)
    return;
  split_range (repulsion, range);
  sort_range (repulsion, half);
  sort_range (repulsion, rest);
}

static void
split_task (gsize task, guint worker, gpointer data)
{
  CoterieRepulsion *repulsion = data;

  split_range (repulsion, repulsion->ranges[task]);
}

static void
sort_task (gsize task, guint worker, gpointer data)
{
  CoterieRepulsion *repulsion = data;

  sort_range (repulsion, repulsion->ranges[task]);
}

/* From the last range backwards, so that none is overwritten before it is halved. */
static void
halve_ranges (CoterieRepulsion *repulsion, gsize n_ranges)
{
  for (gsize i = n_ranges; i-- > 0;) {
    Range range = repulsion->ranges[i];
    guint32 n_first = range.n_leaves / 2;

    repulsion->ranges[2 * i] = (Range){range.first, n_first};
    repulsion->ranges[2 * i + 1] = (Range){range.first + n_first, range.n_leaves - n_first};
  }
}

static void
place_point (gsize task, guint worker, gpointer data)
{
  CoterieRepulsion *repulsion = data;
  gsize first = task * LEAVES_PER_TASK * LEAF;
  gsize end = MIN (first + LEAVES_PER_TASK * LEAF, repulsion->n_nodes);

  for (gsize i = first; i < end; i++) {
    const double *position = repulsion->positions + 2 * (gsize) repulsion->points[i].node;

    repulsion->points[i].x = position[0] - repulsion->middle[0];
    repulsion->points[i].y = position[1] - repulsion->middle[1];
  }
}

static void
sort_points (CoterieRepulsion *repulsion)
{
  gsize n_ranges = 1;

  repulsion->ranges[0] = (Range){0, repulsion->n_leaves};
  for (; n_ranges < G_N_ELEMENTS (repulsion->ranges); n_ranges *= 2) {
    coterie_pool_run (repulsion->pool, n_ranges, split_task, repulsion);
    halve_ranges (repulsion, n_ranges);
  }
  coterie_pool_run (repulsion->pool, n_ranges, sort_task, repulsion);
}

/* What fills the last leaf up is at its last node, and has no mass. */
static void
unpack_leaf (CoterieRepulsion *repulsion, guint32 leaf)
{
  CoterieNodePlaces *nodes = &repulsion->nodes;
  gsize last = repulsion->n_nodes - 1;

  for (gsize i = (gsize) leaf * LEAF; i < ((gsize) leaf + 1) * LEAF; i++) {
    const Point *point = &repulsion->points[MIN (i, last)];

    nodes->x[i] = (float) point->x;
    nodes->y[i] = (float) point->y;
    nodes->x_rest[i] = (float) (point->x - (double) nodes->x[i]);
    nodes->y_rest[i] = (float) (point->y - (double) nodes->y[i]);
    nodes->masses[i] = i <= last ? (float) repulsion->node_masses[point->node] : 0.0f;
  }
}

static void
describe_leaf (const CoterieRepulsion *repulsion, CoterieCell *cell)
{
  const float *x = repulsion->nodes.x + (gsize) cell->first * LEAF;
  const float *y = repulsion->nodes.y + (gsize) cell->first * LEAF;
  const float *masses = repulsion->nodes.masses + (gsize) cell->first * LEAF;
  double mass = 0.0, middle_x = 0.0, middle_y = 0.0;
  float radius_squared = 0.0f;

  for (guint i = 0; i < LEAF; i++) {
    mass += (double) masses[i];
    middle_x += (double) masses[i] * (double) x[i];
    middle_y += (double) masses[i] * (double) y[i];
  }
  cell->x = (float) (middle_x / mass);
  cell->y = (float) (middle_y / mass);
  for (guint i = 0; i < LEAF; i++) {
    float dx = x[i] - cell->x, dy = y[i] - cell->y;

    radius_squared = MAX (radius_squared, dx * dx + dy * dy);
  }
  /* A little more, so that rounding never puts a node outside. */
  cell->radius = sqrtf (radius_squared) * 1.0001f;

  memset (cell->moments, 0, sizeof cell->moments);
  for (guint i = 0; i < LEAF; i++) {
    float t_re = cell->radius > 0.0f ? (x[i] - cell->x) / cell->radius : 0.0f;
    float t_im = cell->radius > 0.0f ? (y[i] - cell->y) / cell->radius : 0.0f;
    float re = masses[i], im = 0.0f;

    for (guint k = 0; k < COTERIE_N_MOMENTS; k++) {
      float turned = re * t_re - im * t_im;

      cell->moments[k][0] += re;
      cell->moments[k][1] += im;
      im = re * t_im + im * t_re;
      re = turned;
    }
  }
  cell->moments[1][0] = cell->moments[1][1] = 0.0f;
}

/* Adds a half's moments, moved to the centre of the whole: the moment of order k becomes the sum over
 * j of binomial (k, j) a_j d^(k - j). By Horner's rule, once for each k, all in units of the whole's
 * radius. */
static void
add_moments (CoterieCell *cell, const CoterieCell *half)
{
  static const float BINOMIALS[COTERIE_N_MOMENTS][COTERIE_N_MOMENTS] = {
      {1}, {1, 1}, {1, 2, 1}, {1, 3, 3, 1}};
  float shrink = cell->radius > 0.0f ? half->radius / cell->radius : 0.0f;
  float d_re = cell->radius > 0.0f ? (half->x - cell->x) / cell->radius : 0.0f;
  float d_im = cell->radius > 0.0f ? (half->y - cell->y) / cell->radius : 0.0f;
  float scaled[COTERIE_N_MOMENTS][2];
  float unit = 1.0f;

  for (guint k = 0; k < COTERIE_N_MOMENTS; k++) {
    scaled[k][0] = half->moments[k][0] * unit;
    scaled[k][1] = half->moments[k][1] * unit;
    unit *= shrink;
  }
  for (guint k = 0; k < COTERIE_N_MOMENTS; k++) {
    float re = 0.0f, im = 0.0f;

    for (guint j = 0; j <= k; j++) {
      float turned = re * d_re - im * d_im;

      im = re * d_im + im * d_re + BINOMIALS[k][j] * scaled[j][1];
      re = turned + BINOMIALS[k][j] * scaled[j][0];
    }
    cell->moments[k][0] += re;
    cell->moments[k][1] += im;
  }
}

static float
reach_half (const CoterieCell *cell, const CoterieCell *half)
{
  float dx = half->x - cell->x, dy = half->y - cell->y;

  return sqrtf (dx * dx + dy * dy) + half->radius;
}

static void
describe_cell (const CoterieRepulsion *repulsion, CoterieCell *cell)
{
  const CoterieCell *left = cell + 1;
  const CoterieCell *right = &repulsion->cells[left->end];
  float share = left->moments[0][0] / (left->moments[0][0] + right->moments[0][0]);

  cell->x = right->x + share * (left->x - right->x);
  cell->y = right->y + share * (left->y - right->y);
  cell->radius = MAX (reach_half (cell, left), reach_half (cell, right));
  memset (cell->moments, 0, sizeof cell->moments);
  add_moments (cell, left);
  add_moments (cell, right);
  cell->moments[1][0] = cell->moments[1][1] = 0.0f;
}

/* Halves stand behind the whole. */
static void
describe_wholes (CoterieRepulsion *repulsion)
{
  for (guint32 i = repulsion->n_cells; i-- > 0;)
    if (repulsion->cells[i].n_leaves > 1)
      describe_cell (repulsion, &repulsion->cells[i]);
}

static void
describe_leaves (gsize task, guint worker, gpointer data)
{
  CoterieRepulsion *repulsion = data;
  guint32 first = (guint32) task * LEAVES_PER_TASK;
  guint32 end = MIN (first + LEAVES_PER_TASK, repulsion->n_leaves);

  for (guint32 leaf = first; leaf < end; leaf++) {
    unpack_leaf (repulsion, leaf);
    if (repulsion->cells != NULL)
      describe_leaf (repulsion, &repulsion->cells[repulsion->leaf_cells[leaf]]);
  }
}

static void
repel_by_leaves (CoterieRepulsion *repulsion, guint32 leaf, guint32 first, guint32 n_leaves)
{
  gsize at = (gsize) leaf * LEAF;
  gsize from = (gsize) first * LEAF;

  repulsion->kernels->repel_by_nodes (repulsion->sums_x + at, repulsion->sums_y + at,
                                      &repulsion->nodes, at, &repulsion->nodes, from,
                                      (gsize) n_leaves * LEAF);
}

/* Lets near leaves act at once, and collects the cells that act as a whole. Returns their number. */
static gsize
walk (CoterieRepulsion *repulsion, guint32 leaf, guint32 *chosen)
{
  const CoterieCell *cells = repulsion->cells;
  const CoterieCell *own = &cells[repulsion->leaf_cells[leaf]];
  float stretch = (float) (1.0 / repulsion->opening);
  gsize n_chosen = 0;

  for (guint32 i = 0; i < repulsion->n_cells;) {
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
  if (repulsion->cells == NULL) {
    repel_by_leaves (repulsion, leaf, 0, repulsion->n_leaves);
  } else {
    guint32 *chosen = repulsion->chosen + (gsize) worker * repulsion->n_cells;
    gsize n_chosen = walk (repulsion, leaf, chosen);

    repulsion->kernels->repel_by_cells (sums_x, sums_y, &repulsion->nodes, at, repulsion->cells,
                                        chosen, n_chosen);
  }
}

static void
repel_leaves (gsize task, guint worker, gpointer data)
{
  CoterieRepulsion *repulsion = data;
  guint32 first = (guint32) task * LEAVES_PER_TASK;
  guint32 end = MIN (first + LEAVES_PER_TASK, repulsion->n_leaves);

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
  const CoterieNodePlaces *nodes = &repulsion->nodes;
  float places[4][LEAF] = {{0.0f}}, sums_x[LEAF] = {0.0f}, sums_y[LEAF] = {0.0f};
  CoterieNodePlaces sampled = {places[0], places[1], places[2], places[3], NULL};
  gsize samples[LEAF];

  for (guint i = 0; i < n_here; i++) {
    samples[i] = (task * LEAF + i) * repulsion->n_nodes / check->n_sampled;
    sampled.x[i] = nodes->x[samples[i]];
    sampled.y[i] = nodes->y[samples[i]];
    sampled.x_rest[i] = nodes->x_rest[samples[i]];
    sampled.y_rest[i] = nodes->y_rest[samples[i]];
  }
  repulsion->kernels->repel_by_nodes (sums_x, sums_y, &sampled, 0, nodes, 0,
                                      (gsize) repulsion->n_leaves * LEAF);

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

  for (guint i = 0; i < repulsion->n_nodes; i++) {
    double mass = (double) repulsion->nodes.masses[i];
    double x = mass * (double) repulsion->sums_x[i], y = mass * (double) repulsion->sums_y[i];

    sum += x * x + y * y;
  }
  return sum / repulsion->n_nodes;
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
  gsize n_tasks = (repulsion->n_leaves + LEAVES_PER_TASK - 1) / LEAVES_PER_TASK;

  coterie_pool_run (repulsion->pool, n_tasks, repel_leaves, repulsion);
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
  guint n_sampled = MIN (N_CHECKED_LEAVES * LEAF, repulsion->n_nodes);

  repel (repulsion);
  for (guint try = 0; try < MAX_TRIES && is_step_to_check (repulsion->n_steps); try++) {
    double error = measure_error (repulsion, n_sampled);

    adapt_opening (repulsion, error);
    if (error <= repulsion->max_error)
      return;
    repel (repulsion);
  }
}

static double
add_leaf_radii (CoterieRepulsion *repulsion)
{
  double sum = 0.0;

  for (guint32 leaf = 0; leaf < repulsion->n_leaves; leaf++)
    sum += (double) repulsion->cells[repulsion->leaf_cells[leaf]].radius;
  return sum;
}

static void
describe (CoterieRepulsion *repulsion)
{
  gsize n_tasks = (repulsion->n_leaves + LEAVES_PER_TASK - 1) / LEAVES_PER_TASK;

  coterie_pool_run (repulsion->pool, n_tasks, describe_leaves, repulsion);
}

static void
sort_and_describe (CoterieRepulsion *repulsion)
{
  sort_points (repulsion);
  describe (repulsion);
  repulsion->sorted_radius = add_leaf_radii (repulsion);
  repulsion->n_steps_sorted = 0;
}

static void
describe_in_order (CoterieRepulsion *repulsion)
{
  if (repulsion->n_steps == 0 || ++repulsion->n_steps_sorted >= SORT_PERIOD) {
    sort_and_describe (repulsion);
  } else {
    describe (repulsion);
    if (add_leaf_radii (repulsion) > MAX_LEAF_GROWTH * repulsion->sorted_radius)
      sort_and_describe (repulsion);
  }
  describe_wholes (repulsion);
}

static void
find_middle (CoterieRepulsion *repulsion)
{
  double x = 0.0, y = 0.0;

  for (guint v = 0; v < repulsion->n_nodes; v++) {
    x += repulsion->positions[2 * v];
    y += repulsion->positions[2 * v + 1];
  }
  repulsion->middle[0] = x / repulsion->n_nodes;
  repulsion->middle[1] = y / repulsion->n_nodes;
}

static void
copy_forces (gsize task, guint worker, gpointer data)
{
  CoterieRepulsion *repulsion = data;
  gsize first = task * LEAVES_PER_TASK * LEAF;
  gsize end = MIN (first + LEAVES_PER_TASK * LEAF, repulsion->n_nodes);

  for (gsize i = first; i < end; i++) {
    gsize v = repulsion->points[i].node;

    repulsion->forces[2 * v] = repulsion->node_masses[v] * (double) repulsion->sums_x[i];
    repulsion->forces[2 * v + 1] = repulsion->node_masses[v] * (double) repulsion->sums_y[i];
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
  gsize n_tasks = (repulsion->n_leaves + LEAVES_PER_TASK - 1) / LEAVES_PER_TASK;

  if (repulsion->n_nodes == 0)
    return;
  repulsion->positions = positions;
  repulsion->forces = forces;
  find_middle (repulsion);
  coterie_pool_run (repulsion->pool, n_tasks, place_point, repulsion);
  if (repulsion->cells == NULL) {
    describe (repulsion);
    repel (repulsion);
  } else {
    describe_in_order (repulsion);
    repel_within_error (repulsion);
  }
  coterie_pool_run (repulsion->pool, n_tasks, copy_forces, repulsion);
  repulsion->n_steps++;
  repulsion->positions = NULL;
  repulsion->forces = NULL;
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
  if (n_sampled == 0 || n_sampled > repulsion->n_nodes)
    n_sampled = repulsion->n_nodes;
  return 100.0 * measure_error (repulsion, n_sampled);
}
