/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The representatives of the classes, seen as communities of the activation pattern graph. A
 * neuron may represent several classes, so they are a cover and not a partition; here are the ways
 * to deal with that: the class a node represents most strongly (for Eq. 1), equal shares (Eq. 2),
 * shares by edge weight (Eq. 3), and counts of the neurons that a class has for itself (Table 2).
 *
 * Class means come as [n_classes][n_neurons], not-a-number for a class without samples. */

#include "core/analysis/cover.h"

static void
fill_nodes (CoterieCover *cover, const guint8 *is_node)
{
  guint32 *neurons = g_new (guint32, cover->n_neurons);
  gint32 *node_of_neuron = g_new (gint32, cover->n_neurons);

  for (guint q = 0; q < cover->n_neurons; q++) {
    node_of_neuron[q] = is_node[q] ? (gint32) cover->n_nodes : -1;
    if (is_node[q])
      neurons[cover->n_nodes++] = q;
  }
  cover->neurons = neurons;
  cover->node_of_neuron = node_of_neuron;
}

static void
fill_members (CoterieCover *cover, const guint32 *const *representatives)
{
  guint32 *members = g_new (guint32, cover->offsets[cover->n_classes]);
  guint32 *n_overlaps = g_new0 (guint32, cover->n_nodes);

  for (guint c = 0; c < cover->n_classes; c++)
    for (guint32 i = cover->offsets[c]; i < cover->offsets[c + 1]; i++) {
      guint32 neuron = representatives[c][i - cover->offsets[c]];

      members[i] = (guint32) cover->node_of_neuron[neuron];
      n_overlaps[members[i]]++;
    }
  cover->members = members;
  cover->n_overlaps = n_overlaps;
}

/**
 * coterie_cover_new:
 * @n_neurons: neurons of the layer
 * @n_classes: number of classes
 * @n_representatives: (array length=n_classes): how many representatives each class has, may be 0
 * @representatives: (array length=n_classes): each [n_representatives[c]]: different neurons, less
 *   than @n_neurons, best first
 *
 * Returns: (transfer full): the cover. Cost: one pass over neurons and representatives
 */
CoterieCover *
coterie_cover_new (guint n_neurons,
                   guint n_classes,
                   const guint32 *n_representatives,
                   const guint32 *const *representatives)
{
  CoterieCover *cover = g_new0 (CoterieCover, 1);
  g_autofree guint8 *is_node = g_new0 (guint8, n_neurons);
  guint32 *offsets = g_new0 (guint32, n_classes + 1);

  for (guint c = 0; c < n_classes; c++) {
    offsets[c + 1] = offsets[c] + n_representatives[c];
    for (guint i = 0; i < n_representatives[c]; i++)
      is_node[representatives[c][i]] = TRUE;
  }

  cover->n_neurons = n_neurons;
  cover->n_classes = n_classes;
  cover->offsets = offsets;
  fill_nodes (cover, is_node);
  fill_members (cover, representatives);
  return cover;
}

/**
 * coterie_cover_free:
 * @cover: (transfer full): the cover
 */
void
coterie_cover_free (CoterieCover *cover)
{
  g_free ((guint32 *) cover->neurons);
  g_free ((gint32 *) cover->node_of_neuron);
  g_free ((guint32 *) cover->offsets);
  g_free ((guint32 *) cover->members);
  g_free ((guint32 *) cover->n_overlaps);
  g_free (cover);
}

static double
get_mean (const CoterieCover *cover, const double *class_means, guint label, guint node)
{
  return class_means[(gsize) label * cover->n_neurons + cover->neurons[node]];
}

/**
 * coterie_cover_fill_best_member_class:
 * @cover: the cover
 * @class_means: [n_classes][n_neurons]: mean activations, dimensionless
 * @node_classes: (out caller-allocates): [n_nodes]: of the classes the node represents, the one
 *   with the highest mean; the lower class if two are equal
 *
 * Makes the disjoint communities that Eq. 1 needs.
 */
void
coterie_cover_fill_best_member_class (const CoterieCover *cover,
                                      const double *class_means,
                                      guint32 *node_classes)
{
  for (guint v = 0; v < cover->n_nodes; v++)
    node_classes[v] = G_MAXUINT32;

  for (guint c = 0; c < cover->n_classes; c++)
    for (guint32 i = cover->offsets[c]; i < cover->offsets[c + 1]; i++) {
      guint32 node = cover->members[i];

      if (node_classes[node] == G_MAXUINT32 ||
          get_mean (cover, class_means, c, node) >
              get_mean (cover, class_means, node_classes[node], node))
        node_classes[node] = c;
    }
}

/**
 * coterie_cover_fill_best_class:
 * @cover: the cover
 * @class_means: [n_classes][n_neurons]: mean activations, dimensionless
 * @node_classes: (out caller-allocates): [n_nodes]: of all classes with samples, the one with the
 *   highest mean; the lower class if two are equal
 *
 * The other reading of the disjoint communities, which asks all classes.
 */
void
coterie_cover_fill_best_class (const CoterieCover *cover,
                               const double *class_means,
                               guint32 *node_classes)
{
  for (guint v = 0; v < cover->n_nodes; v++) {
    guint best = G_MAXUINT32;
    double best_mean = 0.0;

    for (guint c = 0; c < cover->n_classes; c++) {
      double mean = get_mean (cover, class_means, c, v);

      if (best == G_MAXUINT32 ? mean == mean : mean > best_mean) {
        best = c;
        best_mean = mean;
      }
    }
    node_classes[v] = best;
  }
}

/**
 * coterie_cover_fill_equal_shares:
 * @cover: the cover
 * @shares: (out caller-allocates): [offsets[n_classes]]: for each member 1 / O_v, dimensionless
 *
 * The belonging coefficients of Eq. 2 (Shen et al. 2009).
 */
void
coterie_cover_fill_equal_shares (const CoterieCover *cover, double *shares)
{
  for (guint32 i = 0; i < cover->offsets[cover->n_classes]; i++)
    shares[i] = 1.0 / cover->n_overlaps[cover->members[i]];
}

static double
sum_weights_to_class (const CoterieCover *cover,
                      const CoterieGraph *graph,
                      guint32 node,
                      const guint8 *is_member)
{
  double sum = 0.0;

  for (guint32 slot = graph->offsets[node]; slot < graph->offsets[node + 1]; slot++)
    if (is_member[graph->neighbors[slot]])
      sum += graph->weights[slot];
  return sum;
}

/**
 * coterie_cover_fill_alpha:
 * @cover: the cover
 * @graph: the activation pattern graph on the cover's nodes
 * @shares: (out caller-allocates): [offsets[n_classes]]: alpha of each member, 0 … 1; the shares of
 *   a node add up to 1
 *
 * The belonging coefficients of Eq. 3 (Chen et al. 2010): the weight of a node's edges to the
 * representatives of a class, divided by the sum of the same over the classes the node represents.
 * A node without such edges belongs to all its classes alike. Cost: for each member, its degree.
 */
void
coterie_cover_fill_alpha (const CoterieCover *cover, const CoterieGraph *graph, double *shares)
{
  g_autofree guint8 *is_member = g_new0 (guint8, cover->n_nodes);
  g_autofree double *totals = g_new0 (double, cover->n_nodes);

  for (guint c = 0; c < cover->n_classes; c++) {
    guint32 first = cover->offsets[c], end = cover->offsets[c + 1];

    for (guint32 i = first; i < end; i++)
      is_member[cover->members[i]] = TRUE;
    for (guint32 i = first; i < end; i++) {
      shares[i] = sum_weights_to_class (cover, graph, cover->members[i], is_member);
      totals[cover->members[i]] += shares[i];
    }
    for (guint32 i = first; i < end; i++)
      is_member[cover->members[i]] = FALSE;
  }

  for (guint32 i = 0; i < cover->offsets[cover->n_classes]; i++) {
    guint32 node = cover->members[i];

    shares[i] = totals[node] > 0.0 ? shares[i] / totals[node] : 1.0 / cover->n_overlaps[node];
  }
}

/* counts[i][j] += 1 for each node that represents both, of the nodes with so many classes. */
static void
count_pairs (const CoterieCover *cover, guint32 min_overlaps, guint32 max_overlaps, guint32 *counts)
{
  gsize n_classes = cover->n_classes;
  g_autofree guint8 *is_member = g_new0 (guint8, cover->n_nodes);

  for (gsize c = 0; c < n_classes; c++) {
    for (guint32 i = cover->offsets[c]; i < cover->offsets[c + 1]; i++)
      is_member[cover->members[i]] = TRUE;

    for (gsize other = 0; other < c; other++)
      for (guint32 i = cover->offsets[other]; i < cover->offsets[other + 1]; i++) {
        guint32 node = cover->members[i];

        if (is_member[node] && cover->n_overlaps[node] >= min_overlaps &&
            cover->n_overlaps[node] <= max_overlaps) {
          counts[c * n_classes + other]++;
          counts[other * n_classes + c]++;
        }
      }

    for (guint32 i = cover->offsets[c]; i < cover->offsets[c + 1]; i++)
      is_member[cover->members[i]] = FALSE;
  }
}

static void
count_alone (const CoterieCover *cover, guint32 *counts)
{
  gsize n_classes = cover->n_classes;

  for (gsize c = 0; c < n_classes; c++)
    for (guint32 i = cover->offsets[c]; i < cover->offsets[c + 1]; i++)
      if (cover->n_overlaps[cover->members[i]] == 1)
        counts[c * n_classes + c]++;
}

/**
 * coterie_cover_count_unique:
 * @cover: the cover
 * @counts: (out caller-allocates): [n_classes][n_classes]: neurons that represent classes i and j
 *   and no other; on the diagonal those that represent i alone
 *
 * Table 2 by the paper's definition. Cost: each class's members once for every class.
 */
void
coterie_cover_count_unique (const CoterieCover *cover, guint32 *counts)
{
  memset (counts, 0, (gsize) cover->n_classes * cover->n_classes * sizeof *counts);
  count_alone (cover, counts);
  count_pairs (cover, 2, 2, counts);
}

/**
 * coterie_cover_count_shared:
 * @cover: the cover
 * @counts: (out caller-allocates): [n_classes][n_classes]: neurons that represent classes i and j,
 *   whatever else they represent; on the diagonal those that represent i alone
 *
 * Table 2 as it was printed, whose rows add up to more than S. Cost: as for
 * coterie_cover_count_unique().
 */
void
coterie_cover_count_shared (const CoterieCover *cover, guint32 *counts)
{
  memset (counts, 0, (gsize) cover->n_classes * cover->n_classes * sizeof *counts);
  count_alone (cover, counts);
  count_pairs (cover, 2, G_MAXUINT32, counts);
}
