/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Communities of high modularity by the Louvain method (Blondel, Guillaume, Lambiotte and Lefebvre
 * 2008). Every node begins by itself. Pass after pass, in a random order, each node v moves to the
 * community c of a neighbour where
 *
 *   w_vc - gamma k_v K_c / 2m
 *
 * is highest, w_vc being the weight of its edges to c, k_v its strength and K_c that of c without v;
 * this is m times what the move adds to the modularity, up to a constant. When a pass moves nobody,
 * communities become the nodes of a smaller graph, and it all begins again, until nothing joins.
 *
 * The strength of a community is kept by adding and subtracting. So that rounding errors cannot move
 * nodes in a circle for ever, as happens elsewhere, a move has to gain more than they amount to, and
 * the passes are counted. */

#include "core/analysis/louvain.h"

#include "core/base/rng.h"

/* "louvain" */
#define STREAM G_GUINT64_CONSTANT (0x6c6f757661696e)

/* Of a node's strength. */
#define SMALLEST_GAIN 1e-10

/* Graphs of 100,000 nodes take some tens of passes. */
#define MAX_PASSES 1000

/* A graph on the way: the given one, or one whose nodes are communities. Edges within a node are
 * left out, since they go wherever it goes; strengths have them twice. */
typedef struct {
  guint n_nodes;
  const guint32 *offsets;
  const guint32 *neighbors;
  const double *weights;
  const double *strengths;
} Level;

/* What a level owns if it is not the given graph. */
typedef struct {
  guint32 *offsets;
  guint32 *neighbors;
  double *weights;
  double *strengths;
} LevelData;

/* All [n_nodes of the level]. to is the weight of a node's edges to each community, and zeros between
 * two uses; met are the communities that it has edges to. */
typedef struct {
  const Level *level;
  double expected; /* gamma / 2m */
  guint32 *communities;
  double *totals; /* of each community: the strengths of its nodes */
  double *to;
  guint32 *met;
  guint32 *order;
} Moves;

static void
level_data_clear (LevelData *data)
{
  g_free (data->offsets);
  g_free (data->neighbors);
  g_free (data->weights);
  g_free (data->strengths);
}

static void
moves_init (Moves *moves, const Level *level, double expected, CoterieRng *rng)
{
  guint n = level->n_nodes;

  moves->level = level;
  moves->expected = expected;
  moves->communities = g_new (guint32, n);
  moves->totals = g_memdup2 (level->strengths, n * sizeof (double));
  moves->to = g_new0 (double, n);
  moves->met = g_new (guint32, n);
  moves->order = g_new (guint32, n);
  for (guint v = 0; v < n; v++)
    moves->communities[v] = moves->order[v] = v;
  coterie_rng_shuffle (rng, moves->order, n);
}

static void
moves_clear (Moves *moves)
{
  g_free (moves->communities);
  g_free (moves->totals);
  g_free (moves->to);
  g_free (moves->met);
  g_free (moves->order);
}

/* Returns how many communities a node meets: its own first, then those of its neighbours. */
static guint
meet_communities (Moves *moves, guint32 v)
{
  const Level *level = moves->level;
  guint n_met = 1;

  moves->met[0] = moves->communities[v];
  for (guint32 slot = level->offsets[v]; slot < level->offsets[v + 1]; slot++) {
    guint32 community = moves->communities[level->neighbors[slot]];

    if (moves->to[community] == 0.0 && community != moves->met[0])
      moves->met[n_met++] = community;
    moves->to[community] += level->weights[slot];
  }
  return n_met;
}

static gboolean
move_node (Moves *moves, guint32 v)
{
  double strength = moves->level->strengths[v];
  guint32 own = moves->communities[v];
  guint32 best = own;
  guint n_met = meet_communities (moves, v);
  double best_gain;

  moves->totals[own] -= strength;
  best_gain = moves->to[own] - moves->expected * strength * moves->totals[own];
  best_gain += SMALLEST_GAIN * strength;
  for (guint i = 1; i < n_met; i++) {
    guint32 community = moves->met[i];
    double gain = moves->to[community] - moves->expected * strength * moves->totals[community];

    if (gain > best_gain) {
      best_gain = gain;
      best = community;
    }
  }
  for (guint i = 0; i < n_met; i++)
    moves->to[moves->met[i]] = 0.0;
  moves->totals[best] += strength;
  moves->communities[v] = best;
  return best != own;
}

/* Returns whether it was not cancelled. */
static gboolean
move_nodes (Moves *moves, GCancellable *cancellable)
{
  guint n = moves->level->n_nodes;
  gboolean moved = TRUE;

  for (guint pass = 0; moved && pass < MAX_PASSES; pass++) {
    if (g_cancellable_is_cancelled (cancellable))
      return FALSE;
    moved = FALSE;
    for (guint i = 0; i < n; i++)
      moved |= move_node (moves, moves->order[i]);
  }
  return TRUE;
}

/* Numbers communities from 0 without gaps; returns how many there are. */
static guint
number_communities (Moves *moves)
{
  guint n = moves->level->n_nodes;
  guint32 *numbers = moves->order;
  guint n_communities = 0;

  for (guint k = 0; k < n; k++)
    numbers[k] = G_MAXUINT32;
  for (guint v = 0; v < n; v++) {
    guint32 *number = &numbers[moves->communities[v]];

    if (*number == G_MAXUINT32)
      *number = n_communities++;
    moves->communities[v] = *number;
  }
  return n_communities;
}

/* order [n_nodes] gets the nodes of community 0, then those of 1 …; ends [n_communities] where each
 * community's end. */
static void
sort_by_community (const Moves *moves, guint n_communities, guint32 *order, guint32 *ends)
{
  guint n = moves->level->n_nodes;
  guint32 sum = 0;

  for (guint v = 0; v < n; v++)
    ends[moves->communities[v]]++;
  for (guint k = 0; k < n_communities; k++) {
    guint32 size = ends[k];

    ends[k] = sum;
    sum += size;
  }
  for (guint v = 0; v < n; v++)
    order[ends[moves->communities[v]]++] = v;
}

/* Appends the edges of one community, which are those of its nodes but for those within. */
static guint32
join_edges (Moves *moves,
            guint32 community,
            const guint32 *nodes,
            guint n_nodes,
            LevelData *data,
            guint32 end)
{
  const Level *level = moves->level;
  guint32 first = end;

  for (guint i = 0; i < n_nodes; i++) {
    guint32 v = nodes[i];

    data->strengths[community] += level->strengths[v];
    for (guint32 slot = level->offsets[v]; slot < level->offsets[v + 1]; slot++) {
      guint32 other = moves->communities[level->neighbors[slot]];

      if (other == community)
        continue;
      if (moves->to[other] == 0.0)
        data->neighbors[end++] = other;
      moves->to[other] += level->weights[slot];
    }
  }
  for (guint32 slot = first; slot < end; slot++) {
    data->weights[slot] = moves->to[data->neighbors[slot]];
    moves->to[data->neighbors[slot]] = 0.0;
  }
  return end;
}

static void
join_communities (Moves *moves, guint n_communities, LevelData *data)
{
  const Level *level = moves->level;
  guint32 n_slots = level->offsets[level->n_nodes];
  g_autofree guint32 *ends = g_new0 (guint32, n_communities);
  guint32 *order = moves->order;
  guint32 first = 0;

  sort_by_community (moves, n_communities, order, ends);
  data->offsets = g_new0 (guint32, (gsize) n_communities + 1);
  data->neighbors = g_new (guint32, n_slots);
  data->weights = g_new (double, n_slots);
  data->strengths = g_new0 (double, n_communities);
  for (guint k = 0; k < n_communities; k++) {
    data->offsets[k + 1] =
        join_edges (moves, k, order + first, ends[k] - first, data, data->offsets[k]);
    first = ends[k];
  }
}

/**
 * coterie_louvain_find:
 * @graph: undirected, edge weights greater than 0, at least one edge
 * @gamma: weight of the expected edges, dimensionless, greater than 0; 1 is the usual modularity
 * @seed: decides the order in which nodes are visited
 * @cancellable: (nullable): ends the search after the pass in hand
 * @membership: (out caller-allocates): [n_nodes]: community of each node, from 0 without gaps
 *
 * Finds communities of high modularity. A heuristic: another seed may find others. Cost: some tens of
 * passes over the edges, 2 ms for 500 nodes and 12,000 edges.
 *
 * Returns: %FALSE if cancelled
 */
gboolean
coterie_louvain_find (const CoterieGraph *graph,
                      double gamma,
                      guint64 seed,
                      GCancellable *cancellable,
                      guint32 *membership)
{
  Level level = {graph->n_nodes, graph->offsets, graph->neighbors, graph->weights,
                 graph->strengths};
  LevelData data = {0};
  gboolean joined = TRUE, completed = TRUE;
  CoterieRng rng;

  coterie_rng_init (&rng, seed, STREAM);
  for (guint v = 0; v < graph->n_nodes; v++)
    membership[v] = v;
  while (joined && completed) {
    LevelData next = {0};
    guint n_communities;
    Moves moves;

    moves_init (&moves, &level, gamma / (2.0 * graph->total_weight), &rng);
    completed = move_nodes (&moves, cancellable);
    n_communities = number_communities (&moves);
    for (guint v = 0; v < graph->n_nodes; v++)
      membership[v] = moves.communities[membership[v]];
    joined = n_communities < level.n_nodes;
    if (joined)
      join_communities (&moves, n_communities, &next);
    moves_clear (&moves);
    level_data_clear (&data);
    data = next;
    level = (Level){n_communities, data.offsets, data.neighbors, data.weights, data.strengths};
  }
  level_data_clear (&data);
  return completed;
}
