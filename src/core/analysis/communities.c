/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Communities by the Louvain method (louvain.c) and by the Leiden method (Traag, Waltman and van Eck
 * 2019), as igraph has it, at Gephi's resolution r (section 7.1 of the paper). Gephi's r multiplies
 * the edges where others' gamma multiplies what is expected, so r is gamma = 1 / r.
 *
 * igraph keeps its random generator, its error and interruption handlers and its list of what to
 * free in global variables, so this is the only file that calls it, and it does so under one lock.
 *
 * Leiden is always asked for a fixed number of iterations: asked for as many as it takes, igraph
 * never returns from a partition that cannot be improved. And it is stopped after far more visits
 * than any graph needs, should rounding errors let it gain for ever; counting them, unlike a clock,
 * is the same everywhere. */

#include "core/analysis/communities.h"

#include "core/analysis/analysis-settings.h"
#include "core/analysis/louvain.h"
#include "core/analysis/modularity.h"
#include "core/base/rng.h"

#include <igraph/igraph.h>

/* Of every node, in one run; some tens are usual. */
#define MAX_VISITS 1000

/* More find a slightly better partition, and a less steady one. */
#define N_ITERATIONS 2

/* Of the mean edge weight: how large a loss Leiden may still try when it refines a partition. */
#define RANDOMNESS 0.01

/* "leiden"; the starts take the seeds from here on */
#define FIRST_STREAM G_GUINT64_CONSTANT (0x6c656964656e00)

static GMutex igraph_mutex;

/* Read by the interruption handler, which igraph hands no data; guarded by igraph_mutex. */
static struct {
  GCancellable *cancellable;
  gsize n_visits;
  gsize max_visits;
} watch;

static igraph_error_t
check_interruption (void *data)
{
  watch.n_visits++;
  if (watch.n_visits > watch.max_visits || g_cancellable_is_cancelled (watch.cancellable)) {
    /* what is on igraph's list lies in the frames of functions that are about to return */
    IGRAPH_FINALLY_FREE ();
    return IGRAPH_INTERRUPTED;
  }
  return IGRAPH_SUCCESS;
}

/* A graph as igraph wants it, with its edges' weights and its nodes' strengths. */
typedef struct {
  igraph_t graph;
  igraph_vector_t weights;
  igraph_vector_t strengths;
  double total_weight;
  double gamma;
} Problem;

static igraph_error_t
build_graph (igraph_t *out, const CoterieGraph *graph)
{
  igraph_vector_int_t ends;
  igraph_error_t result = igraph_vector_int_init (&ends, 2 * (igraph_integer_t) graph->n_edges);

  if (result != IGRAPH_SUCCESS)
    return result;

  for (guint e = 0; e < graph->n_edges; e++) {
    VECTOR (ends)[2 * (gsize) e] = graph->edges[e].source;
    VECTOR (ends)[2 * (gsize) e + 1] = graph->edges[e].target;
  }
  result = igraph_create (out, &ends, graph->n_nodes, IGRAPH_UNDIRECTED);
  igraph_vector_int_destroy (&ends);
  return result;
}

static igraph_error_t
problem_init (Problem *problem, const CoterieGraph *graph, double gamma)
{
  igraph_error_t result = igraph_vector_init (&problem->weights, graph->n_edges);

  if (result != IGRAPH_SUCCESS)
    return result;
  result = igraph_vector_init_array (&problem->strengths, graph->strengths, graph->n_nodes);
  if (result == IGRAPH_SUCCESS) {
    result = build_graph (&problem->graph, graph);
    if (result != IGRAPH_SUCCESS)
      igraph_vector_destroy (&problem->strengths);
  }
  if (result != IGRAPH_SUCCESS) {
    igraph_vector_destroy (&problem->weights);
    return result;
  }

  for (guint e = 0; e < graph->n_edges; e++)
    VECTOR (problem->weights)[e] = graph->edges[e].weight;
  problem->total_weight = graph->total_weight;
  problem->gamma = gamma;
  return IGRAPH_SUCCESS;
}

static void
problem_clear (Problem *problem)
{
  igraph_destroy (&problem->graph);
  igraph_vector_destroy (&problem->weights);
  igraph_vector_destroy (&problem->strengths);
}

/* membership [n_nodes] is the partition to start from, and then what was found. */
static igraph_error_t
run_leiden (const Problem *problem, guint64 seed, igraph_vector_int_t *membership)
{
  igraph_real_t expected = problem->gamma / (2.0 * problem->total_weight);
  igraph_real_t beta =
      RANDOMNESS * problem->total_weight / (double) igraph_vector_size (&problem->weights);
  igraph_integer_t n_communities;

  /* the default generator takes 32 bits; seeding it afresh leaves no trace of earlier use */
  igraph_rng_seed (igraph_rng_default (), (igraph_uint_t) ((seed ^ (seed >> 32)) & G_MAXUINT32));
  return igraph_community_leiden (&problem->graph, &problem->weights, &problem->strengths, expected,
                                  beta, TRUE, N_ITERATIONS, membership, &n_communities, NULL);
}

static igraph_error_t
solve (const CoterieGraph *graph, double gamma, guint64 seed, guint32 *membership)
{
  Problem problem;
  igraph_vector_int_t found;
  igraph_error_t result = igraph_vector_int_init (&found, graph->n_nodes);

  if (result != IGRAPH_SUCCESS)
    return result;
  result = problem_init (&problem, graph, gamma);
  if (result == IGRAPH_SUCCESS) {
    for (guint v = 0; v < graph->n_nodes; v++)
      VECTOR (found)[v] = membership[v];
    result = run_leiden (&problem, seed, &found);
    if (result == IGRAPH_SUCCESS)
      for (guint v = 0; v < graph->n_nodes; v++)
        membership[v] = (guint32) VECTOR (found)[v];
    problem_clear (&problem);
  }
  igraph_vector_int_destroy (&found);
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
  watch.n_visits = 0;
  watch.max_visits = MAX_VISITS * (gsize) graph->n_nodes;
  /* its own error handler would abort the program */
  old_error_handler = igraph_set_error_handler (igraph_error_handler_ignore);
  old_interruption_handler = igraph_set_interruption_handler (check_interruption);

  result = solve (graph, gamma, seed, membership);

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

static void
set_error (const CoterieGraph *graph, igraph_error_t result, GError **error)
{
  if (result == IGRAPH_INTERRUPTED)
    g_set_error (
        error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE,
        "the communities of %u nodes and %u edges did not settle in %d visits of each node",
        graph->n_nodes, graph->n_edges, MAX_VISITS);
  else
    g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE,
                 "igraph cannot find the communities of %u nodes and %u edges: %s", graph->n_nodes,
                 graph->n_edges, igraph_strerror (result));
}

/* Every node by itself, which is how detections begin and what remains without an edge. */
static void
begin (CoterieCommunities *communities, const CoterieGraph *graph)
{
  memset (communities, 0, sizeof *communities);
  communities->n_nodes = graph->n_nodes;
  communities->membership = g_new (guint32, graph->n_nodes);
  for (guint v = 0; v < graph->n_nodes; v++)
    communities->membership[v] = v;
}

static void
finish (CoterieCommunities *communities, const CoterieGraph *graph, double resolution)
{
  number_communities (communities);
  communities->quality =
      resolution * coterie_modularity_of_partition (graph, communities->membership,
                                                    COTERIE_EDGES_WEIGHTED, 1.0 / resolution);
  communities->modularity =
      coterie_modularity_of_partition (graph, communities->membership, COTERIE_EDGES_WEIGHTED, 1.0);
}

/* start [n_nodes] (nullable): otherwise every node begins by itself. */
static gboolean
find_by_leiden (CoterieCommunities *communities,
                const CoterieGraph *graph,
                const guint32 *start,
                double resolution,
                guint64 seed,
                GCancellable *cancellable,
                GError **error)
{
  igraph_error_t result = IGRAPH_SUCCESS;

  begin (communities, graph);
  if (graph->n_edges > 0) {
    if (start != NULL)
      memcpy (communities->membership, start, graph->n_nodes * sizeof *start);
    result = call_igraph (graph, 1.0 / resolution, seed, cancellable, communities->membership);
  }
  if (result != IGRAPH_SUCCESS) {
    if (!g_cancellable_set_error_if_cancelled (cancellable, error))
      set_error (graph, result, error);
    coterie_communities_clear (communities);
    return FALSE;
  }
  finish (communities, graph, resolution);
  return TRUE;
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
 * Finds communities of high modularity by the Louvain method. A heuristic: another seed may find
 * another partition. A node without edges is a community of its own; an empty graph has none. Cost:
 * that of coterie_louvain_find(), 2 ms for 500 nodes and 12,000 edges, 30 ms for 4,000 and 60,000.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED if cancelled
 */
gboolean
coterie_communities_detect (CoterieCommunities *communities,
                            const CoterieGraph *graph,
                            double resolution,
                            guint64 seed,
                            GCancellable *cancellable,
                            GError **error)
{
  begin (communities, graph);
  if (graph->n_edges > 0)
    coterie_louvain_find (graph, 1.0 / resolution, seed, cancellable, communities->membership);
  if (g_cancellable_set_error_if_cancelled (cancellable, error)) {
    coterie_communities_clear (communities);
    return FALSE;
  }
  finish (communities, graph, resolution);
  return TRUE;
}

/**
 * coterie_communities_detect_leiden:
 * @communities: (out caller-allocates): what was found; empty on failure
 * @graph: undirected, edge weights greater than 0
 * @resolution: Gephi's r, dimensionless, greater than 0; below 1 means more and smaller communities
 * @n_starts: how often it is tried, at least 1
 * @seed: of the tries
 * @cancellable: (nullable): ends the detection
 * @error: return location for a #GError
 *
 * As coterie_communities_detect(), by the Leiden method, whose communities are always connected
 * within: the partition of the highest quality that several seeded tries find, the first of equal
 * ones. May be called from any thread; calls wait for each other. Cost: for each try 2 to 6 ms for 500
 * nodes and 12,000 edges.
 *
 * Returns: %FALSE with COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if igraph fails, with
 *   %G_IO_ERROR_CANCELLED if cancelled
 */
gboolean
coterie_communities_detect_leiden (CoterieCommunities *communities,
                                   const CoterieGraph *graph,
                                   double resolution,
                                   guint n_starts,
                                   guint64 seed,
                                   GCancellable *cancellable,
                                   GError **error)
{
  memset (communities, 0, sizeof *communities);
  for (guint i = 0; i < n_starts; i++) {
    g_auto (CoterieCommunities) found = {0};
    CoterieRng rng;

    coterie_rng_init (&rng, seed, FIRST_STREAM + i);
    if (!find_by_leiden (&found, graph, NULL, resolution, coterie_rng_next (&rng), cancellable,
                         error)) {
      coterie_communities_clear (communities);
      return FALSE;
    }
    if (i == 0 || found.quality > communities->quality) {
      CoterieCommunities worse = *communities;

      *communities = found;
      found = worse;
    }
  }
  return TRUE;
}

/**
 * coterie_communities_improve:
 * @communities: (out caller-allocates): what was found; empty on failure
 * @graph: undirected, edge weights greater than 0
 * @start: [n_nodes]: the partition to start from: any numbers less than the number of nodes
 * @resolution: Gephi's r, dimensionless, greater than 0; below 1 means more and smaller communities
 * @seed: decides the order in which nodes are visited
 * @cancellable: (nullable): ends the detection
 * @error: return location for a #GError
 *
 * Improves a partition by the Leiden method: communities that still are good ones stay as they are,
 * and the quality is never less than before. Without an edge every node is by itself. Cost: 2 to 6 ms
 * for 500 nodes and 12,000 edges.
 *
 * Returns: %FALSE with COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if igraph fails, with
 *   %G_IO_ERROR_CANCELLED if cancelled
 */
gboolean
coterie_communities_improve (CoterieCommunities *communities,
                             const CoterieGraph *graph,
                             const guint32 *start,
                             double resolution,
                             guint64 seed,
                             GCancellable *cancellable,
                             GError **error)
{
  return find_by_leiden (communities, graph, start, resolution, seed, cancellable, error);
}

/**
 * coterie_communities_clear:
 * @communities: what one of these functions filled, or zeros
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
