/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A tree over nodes in the plane, and what each of its cells looks like from afar.
 *
 * The nodes are sorted into leaves of COTERIE_LEAF_NODES: the longer side of their bounding box is
 * split at the middle node, then each half, and so on. The tree over the leaves has the same shape at
 * all times, and stands in flat arrays in preorder: behind a cell come its first half, then its second
 * half.
 *
 * Ranges of leaves are tasks, and what becomes of them does not depend on who works on them. */

#include "core/layout/repulsion-tree.h"

#include <math.h>
#include <string.h>

#define LEAF COTERIE_LEAF_NODES

/* The order of the nodes is refreshed after so many steps, or when the leaves have grown so much. An old
 * order is as right as a new one, but with large leaves few cells are far away. */
#define SORT_PERIOD 16
#define MAX_LEAF_GROWTH 1.2

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
build_cells (CoterieRepulsionTree *tree, guint32 cell, guint32 first, guint32 n_leaves)
{
  guint32 end = cell + 1;

  if (n_leaves == 1) {
    tree->leaf_cells[first] = cell;
  } else {
    end = build_cells (tree, end, first, n_leaves / 2);
    end = build_cells (tree, end, first + n_leaves / 2, n_leaves - n_leaves / 2);
  }
  tree->cells[cell].first = first;
  tree->cells[cell].n_leaves = n_leaves;
  tree->cells[cell].end = end;
  return end;
}

/**
 * coterie_repulsion_tree_start_over:
 * @tree: the tree
 *
 * Forgets the order of the nodes.
 */
void
coterie_repulsion_tree_start_over (CoterieRepulsionTree *tree)
{
  tree->sorted = FALSE;
  for (guint v = 0; v < tree->n_nodes; v++)
    tree->points[v].node = v;
}

/**
 * coterie_repulsion_tree_count_tasks:
 * @tree: the tree
 *
 * Returns: number of tasks that work on COTERIE_LEAVES_PER_TASK leaves each, the last on fewer
 */
gsize
coterie_repulsion_tree_count_tasks (const CoterieRepulsionTree *tree)
{
  return (tree->n_leaves + COTERIE_LEAVES_PER_TASK - 1) / COTERIE_LEAVES_PER_TASK;
}

/**
 * coterie_repulsion_tree_init:
 * @tree: (out caller-allocates): the tree
 * @n_nodes: number of nodes
 * @masses: [n_nodes]: greater than 0, dimensionless
 * @has_cells: whether there are cells; else there are only leaves, in the order of the nodes
 * @pool: works on the tree; must outlive it
 *
 * Makes a tree of nodes that are nowhere yet.
 */
void
coterie_repulsion_tree_init (CoterieRepulsionTree *tree,
                             guint n_nodes,
                             const double *masses,
                             gboolean has_cells,
                             CoteriePool *pool)
{
  guint n_leaves = (n_nodes + LEAF - 1) / LEAF;
  gsize n_padded = (gsize) n_leaves * LEAF;

  *tree = (CoterieRepulsionTree){.pool = pool, .n_nodes = n_nodes, .n_leaves = n_leaves};
  tree->masses = g_memdup2 (masses, n_nodes * sizeof *masses);
  tree->points = g_new0 (CoterieRepulsionPoint, n_padded);
  allocate_places (&tree->nodes, n_padded);
  coterie_repulsion_tree_start_over (tree);

  if (has_cells && n_leaves > 0) {
    tree->n_cells = 2 * n_leaves - 1;
    tree->cells = g_new0 (CoterieCell, tree->n_cells);
    tree->leaf_cells = g_new (guint32, n_leaves);
    build_cells (tree, 0, 0, n_leaves);
  }
}

/**
 * coterie_repulsion_tree_clear:
 * @tree: the tree
 *
 * Frees what @tree holds.
 */
void
coterie_repulsion_tree_clear (CoterieRepulsionTree *tree)
{
  g_free (tree->masses);
  g_free (tree->points);
  free_places (&tree->nodes);
  g_free (tree->cells);
  g_free (tree->leaf_cells);
}

static guint32
count_nodes (CoterieRepulsionTree *tree, guint32 first, guint32 n_leaves)
{
  return MIN (first * LEAF + n_leaves * LEAF, tree->n_nodes) - first * LEAF;
}

static void
swap_points (CoterieRepulsionPoint *a, CoterieRepulsionPoint *b)
{
  CoterieRepulsionPoint kept = *a;

  *a = *b;
  *b = kept;
}

static double
get_coordinate (const CoterieRepulsionPoint *point, gboolean vertical)
{
  return vertical ? point->y : point->x;
}

/* Wirth's selection: afterwards no point before the given one lies beyond any from it on. */
static void
split_points (CoterieRepulsionPoint *points, gssize n_points, gssize at, gboolean vertical)
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
is_higher_than_wide (const CoterieRepulsionPoint *points, gsize n_points)
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
split_range (CoterieRepulsionTree *tree, CoterieRepulsionRange range)
{
  CoterieRepulsionPoint *points = tree->points + (gsize) range.first * LEAF;
  guint32 n_points = count_nodes (tree, range.first, range.n_leaves);

  if (range.n_leaves > 1)
    split_points (points, n_points, (gssize) (range.n_leaves / 2) * LEAF,
                  is_higher_than_wide (points, n_points));
}

static void
sort_range (CoterieRepulsionTree *tree, CoterieRepulsionRange range)
{
  CoterieRepulsionRange half = {range.first, range.n_leaves / 2};
  CoterieRepulsionRange rest = {range.first + half.n_leaves, range.n_leaves - half.n_leaves};

  if (range.n_leaves < 2)
    return;
  split_range (tree, range);
  sort_range (tree, half);
  sort_range (tree, rest);
}

static void
split_task (gsize task, guint worker, gpointer data)
{
  CoterieRepulsionTree *tree = data;

  split_range (tree, tree->ranges[task]);
}

static void
sort_task (gsize task, guint worker, gpointer data)
{
  CoterieRepulsionTree *tree = data;

  sort_range (tree, tree->ranges[task]);
}

/* From the last range backwards, so that none is overwritten before it is halved. */
static void
halve_ranges (CoterieRepulsionTree *tree, gsize n_ranges)
{
  for (gsize i = n_ranges; i-- > 0;) {
    CoterieRepulsionRange range = tree->ranges[i];
    guint32 n_first = range.n_leaves / 2;

    tree->ranges[2 * i] = (CoterieRepulsionRange){range.first, n_first};
    tree->ranges[2 * i + 1] =
        (CoterieRepulsionRange){range.first + n_first, range.n_leaves - n_first};
  }
}

static void
place_points (gsize task, guint worker, gpointer data)
{
  CoterieRepulsionTree *tree = data;
  gsize first = task * COTERIE_LEAVES_PER_TASK * LEAF;
  gsize end = MIN (first + COTERIE_LEAVES_PER_TASK * LEAF, tree->n_nodes);

  for (gsize i = first; i < end; i++) {
    const double *position = tree->positions + 2 * (gsize) tree->points[i].node;

    tree->points[i].x = position[0] - tree->middle[0];
    tree->points[i].y = position[1] - tree->middle[1];
  }
}

static void
sort_points (CoterieRepulsionTree *tree)
{
  gsize n_ranges = 1;

  tree->ranges[0] = (CoterieRepulsionRange){0, tree->n_leaves};
  for (; n_ranges < G_N_ELEMENTS (tree->ranges); n_ranges *= 2) {
    coterie_pool_run (tree->pool, n_ranges, split_task, tree);
    halve_ranges (tree, n_ranges);
  }
  coterie_pool_run (tree->pool, n_ranges, sort_task, tree);
}

/* What fills the last leaf up is at its last node, and has no mass. */
static void
unpack_leaf (CoterieRepulsionTree *tree, guint32 leaf)
{
  CoterieNodePlaces *nodes = &tree->nodes;
  gsize last = tree->n_nodes - 1;

  for (gsize i = (gsize) leaf * LEAF; i < ((gsize) leaf + 1) * LEAF; i++) {
    const CoterieRepulsionPoint *point = &tree->points[MIN (i, last)];

    nodes->x[i] = (float) point->x;
    nodes->y[i] = (float) point->y;
    nodes->x_rest[i] = (float) (point->x - (double) nodes->x[i]);
    nodes->y_rest[i] = (float) (point->y - (double) nodes->y[i]);
    nodes->masses[i] = i <= last ? (float) tree->masses[point->node] : 0.0f;
  }
}

static void
describe_leaf (const CoterieRepulsionTree *tree, CoterieCell *cell)
{
  const float *x = tree->nodes.x + (gsize) cell->first * LEAF;
  const float *y = tree->nodes.y + (gsize) cell->first * LEAF;
  const float *masses = tree->nodes.masses + (gsize) cell->first * LEAF;
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
describe_cell (const CoterieRepulsionTree *tree, CoterieCell *cell)
{
  const CoterieCell *left = cell + 1;
  const CoterieCell *right = &tree->cells[left->end];
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
describe_wholes (CoterieRepulsionTree *tree)
{
  for (guint32 i = tree->n_cells; i-- > 0;)
    if (tree->cells[i].n_leaves > 1)
      describe_cell (tree, &tree->cells[i]);
}

static void
describe_leaves (gsize task, guint worker, gpointer data)
{
  CoterieRepulsionTree *tree = data;
  guint32 first = (guint32) task * COTERIE_LEAVES_PER_TASK;
  guint32 end = MIN (first + COTERIE_LEAVES_PER_TASK, tree->n_leaves);

  for (guint32 leaf = first; leaf < end; leaf++) {
    unpack_leaf (tree, leaf);
    if (tree->cells != NULL)
      describe_leaf (tree, &tree->cells[tree->leaf_cells[leaf]]);
  }
}

static double
add_leaf_radii (CoterieRepulsionTree *tree)
{
  double sum = 0.0;

  for (guint32 leaf = 0; leaf < tree->n_leaves; leaf++)
    sum += (double) tree->cells[tree->leaf_cells[leaf]].radius;
  return sum;
}

static void
describe (CoterieRepulsionTree *tree)
{
  coterie_pool_run (tree->pool, coterie_repulsion_tree_count_tasks (tree), describe_leaves, tree);
}

static void
sort_and_describe (CoterieRepulsionTree *tree)
{
  sort_points (tree);
  describe (tree);
  tree->sorted_radius = add_leaf_radii (tree);
  tree->n_updates = 0;
  tree->sorted = TRUE;
}

static void
find_middle (CoterieRepulsionTree *tree)
{
  double x = 0.0, y = 0.0;

  for (guint v = 0; v < tree->n_nodes; v++) {
    x += tree->positions[2 * v];
    y += tree->positions[2 * v + 1];
  }
  tree->middle[0] = x / tree->n_nodes;
  tree->middle[1] = y / tree->n_nodes;
}

/**
 * coterie_repulsion_tree_update:
 * @tree: the tree
 * @positions: [n_nodes][2]: where the nodes are, any unit of length
 *
 * Describes leaves and cells of nodes at these places. An old order of the nodes is kept for a while. There
 * must be a node. Cost: a few passes over the nodes, and every so many times that of sorting them.
 */
void
coterie_repulsion_tree_update (CoterieRepulsionTree *tree, const double *positions)
{
  tree->positions = positions;
  find_middle (tree);
  coterie_pool_run (tree->pool, coterie_repulsion_tree_count_tasks (tree), place_points, tree);
  tree->positions = NULL;
  if (tree->cells == NULL) {
    describe (tree);
    return;
  }

  if (!tree->sorted || ++tree->n_updates >= SORT_PERIOD) {
    sort_and_describe (tree);
  } else {
    describe (tree);
    if (add_leaf_radii (tree) > MAX_LEAF_GROWTH * tree->sorted_radius)
      sort_and_describe (tree);
  }
  describe_wholes (tree);
}
