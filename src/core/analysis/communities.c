/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Communities by the Louvain method (Blondel et al. 2008), as igraph has it, at Gephi's resolution r
 * (section 7.1 of the paper). Gephi's r multiplies the edges where others' gamma multiplies what is
 * expected, so r is gamma = 1 / r.
 *
 * igraph keeps its random generator, its error and interruption handlers and its list of what to
 * free in global variables, so this is the only file that calls it, and it does so under one lock.
 *
 * Louvain stops when a pass over the nodes gains nothing. igraph keeps the sums of a community by
 * adding and subtracting, and on some weighted graphs their rounding errors let it gain for ever.
 * Passes are therefore counted: after far more than any graph needs, it is tried again with another
 * order of the nodes, and in the end given up. Counting, unlike a clock, is the same everywhere. */

#include "core/analysis/communities.h"

#include "core/analysis/analysis-settings.h"
#include "core/analysis/modularity.h"

#include <igraph/igraph.h>

/* Graphs of 100,000 nodes take some tens of passes. */
#define MAX_PASSES 1000
#define MAX_ATTEMPTS 4

static GMutex igraph_mutex;

/* Read by the interruption handler, which igraph hands no data; guarded by igraph_mutex. */
static struct {
  GCancellable *cancellable;
  guint n_passes;
} watch;

static igraph_error_t
check_interruption (void *data)
{
  watch.n_passes++;
  if (watch.n_passes > MAX_PASSES || g_cancellable_is_cancelled (watch.cancellable))
    return IGRAPH_INTERRUPTED;
  return IGRAPH_SUCCESS;
}

static igraph_error_t
build_graph (const CoterieGraph *graph, igraph_t *out, igraph_vector_t *weights)
{
  igraph_vector_int_t ends;
  igraph_error_t result = igraph_vector_int_init (&ends, 2 * (igraph_integer_t) graph->n_edges);

  if (result != IGRAPH_SUCCESS)
    return result;

  for (guint e = 0; e < graph->n_edges; e++) {
    VECTOR (ends)[2 * (gsize) e] = graph->edges[e].source;
    VECTOR (ends)[2 * (gsize) e + 1] = graph->edges[e].target;
    VECTOR (*weights)[e] = graph->edges[e].weight;
  }
  result = igraph_create (out, &ends, graph->n_nodes, IGRAPH_UNDIRECTED);
  igraph_vector_int_destroy (&ends);
  return result;
}

static igraph_error_t
run_louvain (const igraph_t *graph,
             const igraph_vector_t *weights,
             double gamma,
             guint64 seed,
             guint32 *membership)
{
  igraph_vector_int_t found;
  igraph_error_t result = igraph_vector_int_init (&found, 0);

  if (result != IGRAPH_SUCCESS)
    return result;

  /* igraph's default generator takes 32 bits; seeding it afresh leaves no trace of earlier use */
  igraph_rng_seed (igraph_rng_default (), (igraph_uint_t) ((seed ^ (seed >> 32)) & G_MAXUINT32));
  watch.n_passes = 0;
  result = igraph_community_multilevel (graph, weights, gamma, &found, NULL, NULL);
  if (result == IGRAPH_SUCCESS)
    for (igraph_integer_t v = 0; v < igraph_vector_int_size (&found); v++)
      membership[v] = (guint32) VECTOR (found)[v];

  igraph_vector_int_destroy (&found);
  return result;
}

static igraph_error_t
run_attempts (const CoterieGraph *graph, double gamma, guint64 seed, guint32 *membership)
{
  igraph_t copy;
  igraph_vector_t weights;
  igraph_error_t result = igraph_vector_init (&weights, graph->n_edges);

  if (result != IGRAPH_SUCCESS)
    return result;
  result = build_graph (graph, &copy, &weights);
  if (result == IGRAPH_SUCCESS) {
    guint attempt = 0;

    do {
      result = run_louvain (&copy, &weights, gamma, seed + attempt, membership);
    } while (result == IGRAPH_INTERRUPTED && ++attempt < MAX_ATTEMPTS &&
             !g_cancellable_is_cancelled (watch.cancellable));
    igraph_destroy (&copy);
  }
  igraph_vector_destroy (&weights);
  return result;
}

static igraph_error_t
call_igraph (const CoterieGraph *graph,
             double gamma,
             guint64 seed,
             GCancellable *cancellable,
             guint32 *membership)
{
  igraph_error_handler_t *old_error_handler;
  igraph_interruption_handler_t *old_interruption_handler;
  igraph_error_t result;

  g_mutex_lock (&igraph_mutex);
  watch.cancellable = cancellable;
  /* its own error handler would abort the program */
  old_error_handler = igraph_set_error_handler (igraph_error_handler_ignore);
  old_interruption_handler = igraph_set_interruption_handler (check_interruption);

  result = run_attempts (graph, gamma, seed, membership);

  igraph_set_interruption_handler (old_interruption_handler);
  igraph_set_error_handler (old_error_handler);
  watch.cancellable = NULL;
  g_mutex_unlock (&igraph_mutex);
  return result;
}

typedef struct {
  guint32 label;
  guint32 size;
  guint32 lowest_node;
} Found;

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *left = a;
  const Found *right = b;

  if (left->size != right->size)
    return left->size > right->size ? -1 : 1;
  return (left->lowest_node > right->lowest_node) - (left->lowest_node < right->lowest_node);
}

/* Numbers communities by size; labels are less than the number of nodes, with or without gaps. */
static void
number_communities (CoterieCommunities *communities)
{
  guint n_nodes = communities->n_nodes;
  g_autofree Found *found = g_new0 (Found, n_nodes);
  g_autofree guint32 *numbers = g_new0 (guint32, n_nodes);

  for (guint v = n_nodes; v > 0; v--) {
    Found *community = &found[communities->membership[v - 1]];

    community->label = communities->membership[v - 1];
    community->size++;
    community->lowest_node = v - 1;
  }
  if (n_nodes > 0)
    qsort (found, n_nodes, sizeof *found, compare_found);

  communities->sizes = g_new (guint32, n_nodes);
  for (guint k = 0; k < n_nodes && found[k].size > 0; k++) {
    numbers[found[k].label] = k;
    communities->sizes[k] = found[k].size;
    communities->n_communities = k + 1;
  }
  for (guint v = 0; v < n_nodes; v++)
    communities->membership[v] = numbers[communities->membership[v]];
}

/* On TRUE, the membership is igraph's or, without an edge, every node by itself. */
static gboolean
find_membership (CoterieCommunities *communities,
                 const CoterieGraph *graph,
                 double gamma,
                 guint64 seed,
                 GCancellable *cancellable,
                 GError **error)
{
  igraph_error_t result = IGRAPH_SUCCESS;

  for (guint v = 0; v < graph->n_nodes; v++)
    communities->membership[v] = v;
  if (graph->n_edges > 0)
    result = call_igraph (graph, gamma, seed, cancellable, communities->membership);

  if (result == IGRAPH_SUCCESS)
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (result == IGRAPH_INTERRUPTED)
    g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE,
                 "the communities of %u nodes and %u edges did not settle in %d attempts of %d "
                 "passes",
                 graph->n_nodes, graph->n_edges, MAX_ATTEMPTS, MAX_PASSES);
  else
    g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE,
                 "igraph cannot find the communities of %u nodes and %u edges: %s", graph->n_nodes,
                 graph->n_edges, igraph_strerror (result));
  return FALSE;
}

/**
 * coterie_communities_detect:
 * @communities: (out caller-allocates): what was found; empty on failure
 * @graph: undirected, edge weights greater than 0
 * @resolution: Gephi's r, dimensionless, greater than 0; below 1 means more and smaller communities
 * @seed: decides the order in which nodes are visited
 * @cancellable: (nullable): ends the detection
 * @error: return location for a #GError
 *
 * Finds communities of high modularity (Louvain). A heuristic: another seed may find another
 * partition. A node without edges is a community of its own; an empty graph has none. May be called
 * from any thread; calls wait for each other. Cost: about 3 ms for 500 nodes and 12,000 edges, 0.1 s
 * for 10,000 and 100,000.
 *
 * Returns: %FALSE with COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if the method does not settle or
 *   igraph fails, with %G_IO_ERROR_CANCELLED if cancelled
 */
gboolean
coterie_communities_detect (CoterieCommunities *communities,
                            const CoterieGraph *graph,
                            double resolution,
                            guint64 seed,
                            GCancellable *cancellable,
                            GError **error)
{
  double gamma = 1.0 / resolution;

  memset (communities, 0, sizeof *communities);
  communities->n_nodes = graph->n_nodes;
  communities->membership = g_new (guint32, graph->n_nodes);
  if (!find_membership (communities, graph, gamma, seed, cancellable, error)) {
    coterie_communities_clear (communities);
    return FALSE;
  }

  number_communities (communities);
  communities->quality =
      resolution * coterie_modularity_of_partition (graph, communities->membership,
                                                    COTERIE_EDGES_WEIGHTED, gamma);
  communities->modularity =
      coterie_modularity_of_partition (graph, communities->membership, COTERIE_EDGES_WEIGHTED, 1.0);
  return TRUE;
}

/**
 * coterie_communities_clear:
 * @communities: what coterie_communities_detect() filled, or zeros
 *
 * Frees what @communities holds and leaves it empty.
 */
void
coterie_communities_clear (CoterieCommunities *communities)
{
  g_free (communities->membership);
  g_free (communities->sizes);
  memset (communities, 0, sizeof *communities);
}
