/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Discs that must not overlap. Gephi lets overlapping nodes repel each other a hundred times as much,
 * which makes a layout shake. Here they are moved: two discs that overlap part by the overlap, each by
 * half of it, and what several neighbours ask of a disc is added up. Neighbours are found on a grid the
 * cells of which are as wide as the largest disc. */

#include "core/layout/overlap.h"

#include <math.h>
#include <string.h>

/* A little more than the overlap, so that discs part in the end and do not only approach that. */
#define RELAXATION 1.02

/* Discs at the same place part in directions of their own: the golden angle. */
#define GOLDEN_ANGLE 2.39996322972865332

typedef struct {
  const double *positions;
  const double *radii;
  double left;
  double top;
  double side;
  guint n_columns;
  guint n_rows;
  guint32 *starts; /* [n_columns * n_rows + 1] */
  guint32 *nodes;  /* [n_nodes], by cell */
} Grid;

static guint
find_line (double coordinate, double first, double side, guint n_lines)
{
  double line = floor ((coordinate - first) / side);

  return (guint) CLAMP (line, 0.0, n_lines - 1.0);
}

static guint
find_cell (const Grid *grid, guint v)
{
  guint column = find_line (grid->positions[2 * v], grid->left, grid->side, grid->n_columns);
  guint row = find_line (grid->positions[2 * v + 1], grid->top, grid->side, grid->n_rows);

  return row * grid->n_columns + column;
}

/* No more cells than nodes in either direction, so that far-flung nodes do not ask for endless grids. */
static void
measure_grid (Grid *grid, guint n_nodes)
{
  double right = -G_MAXDOUBLE, bottom = -G_MAXDOUBLE, largest = 0.0;
  double max_lines = ceil (sqrt (n_nodes)) + 1.0;

  grid->left = grid->top = G_MAXDOUBLE;
  for (guint v = 0; v < n_nodes; v++) {
    grid->left = MIN (grid->left, grid->positions[2 * v]);
    right = MAX (right, grid->positions[2 * v]);
    grid->top = MIN (grid->top, grid->positions[2 * v + 1]);
    bottom = MAX (bottom, grid->positions[2 * v + 1]);
    largest = MAX (largest, grid->radii[v]);
  }
  grid->side = MAX (2.0 * largest, MAX (right - grid->left, bottom - grid->top) / max_lines);
  if (!(grid->side > 0.0))
    grid->side = 1.0;
  grid->n_columns = 1 + (guint) ((right - grid->left) / grid->side);
  grid->n_rows = 1 + (guint) ((bottom - grid->top) / grid->side);
}

static void
fill_grid (Grid *grid, guint n_nodes)
{
  guint n_cells = grid->n_columns * grid->n_rows;

  grid->starts = g_new0 (guint32, n_cells + 2);
  grid->nodes = g_new (guint32, n_nodes);
  for (guint v = 0; v < n_nodes; v++)
    grid->starts[find_cell (grid, v) + 2]++;
  for (guint cell = 2; cell < n_cells + 2; cell++)
    grid->starts[cell] += grid->starts[cell - 1];
  /* Afterwards each start has moved on to the start of the next cell. */
  for (guint v = 0; v < n_nodes; v++)
    grid->nodes[grid->starts[find_cell (grid, v) + 1]++] = v;
}

/* How far v and w overlap, and from w to v a direction of length 1. */
static double
measure_overlap (const Grid *grid, guint v, guint w, double *direction)
{
  double dx = grid->positions[2 * v] - grid->positions[2 * w];
  double dy = grid->positions[2 * v + 1] - grid->positions[2 * w + 1];
  double overlap = grid->radii[v] + grid->radii[w];
  double distance;

  if (dx * dx + dy * dy >= overlap * overlap)
    return 0.0;
  distance = sqrt (dx * dx + dy * dy);
  if (distance > 0.0) {
    direction[0] = dx / distance;
    direction[1] = dy / distance;
  } else {
    double turn = GOLDEN_ANGLE * MIN (v, w);
    double sign = v < w ? 1.0 : -1.0;

    direction[0] = sign * cos (turn);
    direction[1] = sign * sin (turn);
  }
  return overlap - distance;
}

/* Of what v overlaps with, adds up how it is to move; returns its largest overlap. */
static double
add_pushes (const Grid *grid, const guint8 *fixed, guint v, double *push)
{
  guint cell = find_cell (grid, v);
  guint column = cell % grid->n_columns, row = cell / grid->n_columns;
  double largest = 0.0;

  for (guint r = row > 0 ? row - 1 : 0; r <= MIN (row + 1, grid->n_rows - 1); r++) {
    guint first = r * grid->n_columns + (column > 0 ? column - 1 : 0);
    guint last = r * grid->n_columns + MIN (column + 1, grid->n_columns - 1);

    for (guint32 i = grid->starts[first]; i < grid->starts[last + 1]; i++) {
      guint32 w = grid->nodes[i];
      double direction[2];
      double overlap = w != v ? measure_overlap (grid, v, w, direction) : 0.0;

      if (overlap > 0.0 && !(fixed[v] && fixed[w])) {
        double share = RELAXATION * overlap * (fixed[w] ? 1.0 : 0.5);

        push[0] += share * direction[0];
        push[1] += share * direction[1];
        largest = MAX (largest, overlap / (grid->radii[v] + grid->radii[w]));
      }
    }
  }
  return largest;
}

/**
 * coterie_overlap_push_apart:
 * @positions: (inout): [n_nodes][2]: middles of discs, finite, any unit of length
 * @radii: [n_nodes]: their radii in that unit, 0 or more
 * @fixed: [n_nodes]: whether a disc may not be moved
 * @n_nodes: number of nodes
 *
 * Moves discs that overlap away from each other. Called again and again it ends with discs that do
 * not, but for those that are fixed. Cost: the number of discs and of pairs of near ones.
 *
 * Returns: the largest overlap before, over the sum of the two radii, a fraction from 0 to 1
 */
double
coterie_overlap_push_apart (double *positions,
                            const double *radii,
                            const guint8 *fixed,
                            guint n_nodes)
{
  g_autofree double *pushes = g_new0 (double, 2 * (gsize) n_nodes + 1);
  Grid grid = {.positions = positions, .radii = radii};
  double largest = 0.0;

  if (n_nodes < 2)
    return 0.0;
  measure_grid (&grid, n_nodes);
  fill_grid (&grid, n_nodes);
  for (guint v = 0; v < n_nodes; v++)
    largest = MAX (largest, add_pushes (&grid, fixed, v, pushes + 2 * v));
  for (guint v = 0; v < n_nodes; v++) {
    if (fixed[v])
      continue;
    positions[2 * v] += pushes[2 * v];
    positions[2 * v + 1] += pushes[2 * v + 1];
  }
  g_free (grid.starts);
  g_free (grid.nodes);
  return largest;
}
