/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The Hungarian method (Kuhn 1955), in the form with potentials that adds one row at a time along
 * the cheapest augmenting path, O(rows^2 columns). Rows and columns are numbered from 1 inside, 0
 * being the row or column that is not there. */

#include "core/analysis/assignment.h"

typedef struct {
  const double *gains;
  guint n_rows;
  guint n_columns; /* at least n_rows; those beyond the caller's gain nothing */
  guint n_given_columns;
  double *row_potentials;
  double *column_potentials;
  guint *row_of_column;
  guint *previous_column;
  double *slack;
  gboolean *reached;
} Search;

static double
get_cost (const Search *search, guint row, guint column)
{
  if (column > search->n_given_columns)
    return 0.0;
  return -search->gains[(gsize) (row - 1) * search->n_given_columns + column - 1];
}

/* Looks from the row of the column reached last; returns the column that is cheapest to reach. */
static guint
extend_path (Search *search, guint column)
{
  guint row = search->row_of_column[column];
  guint next = 0;
  double least = G_MAXDOUBLE;

  search->reached[column] = TRUE;
  for (guint j = 1; j <= search->n_columns; j++) {
    double reduced;

    if (search->reached[j])
      continue;
    reduced =
        get_cost (search, row, j) - search->row_potentials[row] - search->column_potentials[j];
    if (reduced < search->slack[j]) {
      search->slack[j] = reduced;
      search->previous_column[j] = column;
    }
    if (search->slack[j] < least) {
      least = search->slack[j];
      next = j;
    }
  }

  for (guint j = 0; j <= search->n_columns; j++) {
    if (search->reached[j]) {
      search->row_potentials[search->row_of_column[j]] += least;
      search->column_potentials[j] -= least;
    } else {
      search->slack[j] -= least;
    }
  }
  return next;
}

static void
add_row (Search *search, guint row)
{
  guint column = 0;

  search->row_of_column[0] = row;
  for (guint j = 0; j <= search->n_columns; j++) {
    search->slack[j] = G_MAXDOUBLE;
    search->reached[j] = FALSE;
  }

  do
    column = extend_path (search, column);
  while (search->row_of_column[column] != 0);

  while (column != 0) {
    guint previous = search->previous_column[column];

    search->row_of_column[column] = search->row_of_column[previous];
    column = previous;
  }
}

/**
 * coterie_assignment_compute:
 * @gains: [n_rows][n_columns]: what it is worth to assign a row to a column, dimensionless, 0 or more
 * @n_rows: number of rows
 * @n_columns: number of columns
 * @assigned: (out caller-allocates): [n_rows]: the column of each row; none where that gains nothing
 *
 * Assigns rows to columns, each at most once, so that the sum of the gains is the greatest. Cost:
 * rows squared times the larger of rows and columns.
 */
void
coterie_assignment_compute (const double *gains, guint n_rows, guint n_columns, guint *assigned)
{
  guint n_padded = MAX (n_rows, n_columns);
  g_autofree double *row_potentials = g_new0 (double, n_rows + 1);
  g_autofree double *column_potentials = g_new0 (double, n_padded + 1);
  g_autofree guint *row_of_column = g_new0 (guint, n_padded + 1);
  g_autofree guint *previous_column = g_new0 (guint, n_padded + 1);
  g_autofree double *slack = g_new0 (double, n_padded + 1);
  g_autofree gboolean *reached = g_new0 (gboolean, n_padded + 1);
  Search search = {
      gains,         n_rows,          n_padded, n_columns, row_potentials, column_potentials,
      row_of_column, previous_column, slack,    reached};

  for (guint row = 1; row <= n_rows; row++)
    add_row (&search, row);

  for (guint i = 0; i < n_rows; i++)
    assigned[i] = COTERIE_ASSIGNMENT_NONE;
  for (guint j = 1; j <= n_columns; j++) {
    guint row = row_of_column[j];

    if (row != 0 && gains[(gsize) (row - 1) * n_columns + j - 1] > 0.0)
      assigned[row - 1] = j - 1;
  }
}
