/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Modularity, without overlap (Eq. 1, Newman and Girvan) and with it (Eq. 2, Shen et al. 2009;
 * Eq. 3, Chen et al. 2010). All are one double sum over ordered pairs, v = w included,
 *
 *   Q = 1/2m  sum over c  sum over v, w in c  (A_vw - gamma k_v k_w / 2m) f_cv f_cw
 *
 * with f = 1 for a partition, 1 / O_v for Eq. 2 and alpha_cv for Eq. 3. The first term has as many
 * parts as there are edges inside; the second is the square of the sum of k_v f_cv over c. So the
 * cost is that of walking along the members' edges, not that of all pairs. */

#include "core/analysis/modularity.h"

static double
get_strength (const CoterieGraph *graph, CoterieEdgeReading reading, guint node)
{
  return reading == COTERIE_EDGES_WEIGHTED ? graph->strengths[node]
                                           : coterie_graph_get_degree (graph, node);
}

static double
get_total (const CoterieGraph *graph, CoterieEdgeReading reading)
{
  return reading == COTERIE_EDGES_WEIGHTED ? graph->total_weight : graph->n_edges;
}

/**
 * coterie_modularity_of_partition:
 * @graph: undirected, edge weights greater than 0
 * @membership: [n_nodes]: community of each node, any numbers less than the number of nodes or
 *   the number of classes
 * @reading: whether edges count with their weights
 * @gamma: weight of the expected edges, dimensionless, greater than 0; 1 is the usual definition,
 *   and 1 / r is Gephi's resolution r
 *
 * How much more edge weight lies inside the communities than a random graph with the same
 * strengths would have there (Eq. 1). Cost: one pass over the edges, one over the nodes.
 *
 * Returns: modularity, dimensionless, at most 1; 0 if the graph has no edge
 */
double
coterie_modularity_of_partition (const CoterieGraph *graph,
                                 const guint32 *membership,
                                 CoterieEdgeReading reading,
                                 double gamma)
{
  double total = get_total (graph, reading);
  g_autofree double *strengths = NULL;
  guint32 n_communities = 0;
  double inside = 0.0, expected = 0.0;

  if (graph->n_edges == 0)
    return 0.0;

  for (guint v = 0; v < graph->n_nodes; v++)
    n_communities = MAX (n_communities, membership[v] + 1);
  strengths = g_new0 (double, n_communities);

  for (guint e = 0; e < graph->n_edges; e++) {
    const CoterieEdge *edge = &graph->edges[e];

    if (membership[edge->source] == membership[edge->target])
      inside += reading == COTERIE_EDGES_WEIGHTED ? edge->weight : 1.0;
  }
  for (guint v = 0; v < graph->n_nodes; v++)
    strengths[membership[v]] += get_strength (graph, reading, v);
  for (guint32 k = 0; k < n_communities; k++)
    expected += strengths[k] / (2.0 * total) * (strengths[k] / (2.0 * total));

  return inside / total - gamma * expected;
}

/* Sum over the edges inside one class of A_vw f_v f_w; share is 0 for nodes outside. */
static double
sum_inside (const CoterieGraph *graph,
            const guint32 *members,
            gsize n_members,
            const double *share,
            CoterieEdgeReading reading)
{
  double inside = 0.0;

  for (gsize i = 0; i < n_members; i++) {
    guint32 v = members[i];
    double sum = 0.0;

    for (guint32 slot = graph->offsets[v]; slot < graph->offsets[v + 1]; slot++)
      if (graph->neighbors[slot] > v)
        sum += share[graph->neighbors[slot]] *
               (reading == COTERIE_EDGES_WEIGHTED ? graph->weights[slot] : 1.0);
    inside += share[v] * sum;
  }
  return inside;
}

/**
 * coterie_modularity_of_cover:
 * @graph: undirected, edge weights greater than 0, on the nodes of @cover
 * @cover: the classes' representatives
 * @shares: [members of @cover]: how far a node belongs to a class, dimensionless: equal shares for
 *   Eq. 2, alpha for Eq. 3
 * @reading: whether edges count with their weights: they do not in Eq. 2, they do in Eq. 3
 *
 * Modularity of overlapping communities. Cost: for each class, the edges of its members.
 *
 * Returns: modularity, dimensionless, at most 1; 0 if the graph has no edge
 */
double
coterie_modularity_of_cover (const CoterieGraph *graph,
                             const CoterieCover *cover,
                             const double *shares,
                             CoterieEdgeReading reading)
{
  double total = get_total (graph, reading);
  g_autofree double *share = NULL;
  double inside = 0.0, expected = 0.0;

  if (graph->n_edges == 0)
    return 0.0;

  share = g_new0 (double, graph->n_nodes);
  for (guint c = 0; c < cover->n_classes; c++) {
    const guint32 *members = cover->members + cover->offsets[c];
    const double *class_shares = shares + cover->offsets[c];
    gsize n_members = cover->offsets[c + 1] - cover->offsets[c];
    double strength = 0.0;

    for (gsize i = 0; i < n_members; i++) {
      share[members[i]] = class_shares[i];
      strength += get_strength (graph, reading, members[i]) * class_shares[i];
    }
    inside += sum_inside (graph, members, n_members, share, reading);
    expected += strength / (2.0 * total) * (strength / (2.0 * total));
    for (gsize i = 0; i < n_members; i++)
      share[members[i]] = 0.0;
  }

  return inside / total - expected;
}
