/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How much two partitions of the same nodes tell about each other: their mutual information, divided
 * by the mean of their entropies (Danon, Díaz-Guilera, Duch and Arenas 2005),
 *
 *   2 I (A; B) / (H (A) + H (B)),   I (A; B) = H (A) + H (B) - H (A, B)
 *
 * with H = -sum over parts of n_k / n ln (n_k / n) = ln n - 1 / n sum n_k ln n_k; parts of (A, B) are
 * what parts of A and B have in common. Sizes are added in ascending order, so that a partition and
 * the same one with other numbers have the same entropy to the last digit. */

#include "core/analysis/partition-information.h"

#include <math.h>

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  guint64 left = *(const guint64 *) a;
  guint64 right = *(const guint64 *) b;

  return (left > right) - (left < right);
}

static void
sort (guint64 *values, gsize n_values)
{
  if (n_values > 1)
    qsort (values, n_values, sizeof *values, compare_keys);
}

/* keys [n_nodes] names the part of each node, and is used up. n_nodes is at least 1. */
static double
compute_entropy (guint64 *keys, guint n_nodes)
{
  gsize n_parts = 0;
  guint end;
  double sum = 0.0;

  sort (keys, n_nodes);
  for (guint first = 0; first < n_nodes; first = end) {
    for (end = first + 1; end < n_nodes && keys[end] == keys[first]; end++)
      continue;
    keys[n_parts++] = end - first;
  }

  sort (keys, n_parts);
  for (gsize k = 0; k < n_parts; k++)
    sum += (double) keys[k] * log ((double) keys[k]);
  return n_parts > 1 ? log (n_nodes) - sum / n_nodes : 0.0;
}

/**
 * coterie_partition_information_compute:
 * @membership: [n_nodes]: part of each node, any numbers
 * @other: [n_nodes]: part of each node in the other partition, any numbers
 * @n_nodes: number of nodes
 *
 * The normalised mutual information of two partitions, with natural logarithms and the arithmetic
 * mean, as scikit-learn has it by default. It does not depend on how parts are numbered, nor on which
 * partition comes first. Cost: sorting the nodes.
 *
 * Returns: dimensionless, 0 … 1: 1 if the partitions are the same, also if both are one part; 0 if
 *   they are independent, in particular if only one of them is one part; not-a-number without nodes
 */
double
coterie_partition_information_compute (const guint32 *membership,
                                       const guint32 *other,
                                       guint n_nodes)
{
  g_autofree guint64 *keys = g_new (guint64, n_nodes);
  double first_nats, second_nats, joint_nats;

  if (n_nodes == 0)
    return NAN;

  for (guint v = 0; v < n_nodes; v++)
    keys[v] = membership[v];
  first_nats = compute_entropy (keys, n_nodes);
  for (guint v = 0; v < n_nodes; v++)
    keys[v] = other[v];
  second_nats = compute_entropy (keys, n_nodes);
  for (guint v = 0; v < n_nodes; v++)
    keys[v] = (guint64) membership[v] << 32 | other[v];
  joint_nats = compute_entropy (keys, n_nodes);

  if (joint_nats == 0.0)
    return 1.0;
  return CLAMP (2.0 * (first_nats + second_nats - joint_nats) / (first_nats + second_nats), 0.0,
                1.0);
}
