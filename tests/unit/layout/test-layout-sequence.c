/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/layout/layout-sequence.h"

#include <math.h>

#include "graphs.h"

#define N_NODES 150
#define N_COMMUNITIES 5
#define WITHIN 0.5
#define BETWEEN 0.03

static CoterieLayoutSequence *
new_sequence (guint64 seed, CoteriePool *pool)
{
  CoterieForceSettings settings;

  coterie_force_settings_init (&settings);
  return coterie_layout_sequence_new (&settings, seed, pool);
}

/* Neurons are thrice the node plus an offset. */
static void
place_from (CoterieLayoutSequence *sequence, CoterieGraph *graph, guint offset, float *positions)
{
  g_autofree guint32 *neurons = g_new (guint32, graph->n_nodes + 1);
  g_autoptr (GError) error = NULL;

  for (guint v = 0; v < graph->n_nodes; v++)
    neurons[v] = 3 * v + offset;
  g_assert_true (
      coterie_layout_sequence_place (sequence, graph, neurons, positions, NULL, NULL, &error));
  g_assert_no_error (error);
}

static CoterieGraph *
new_planted (guint64 seed)
{
  return test_graph_new_planted (N_NODES, N_COMMUNITIES, WITHIN, BETWEEN, seed);
}

static double
measure_radius (const float *positions, guint n_nodes)
{
  double sum = 0.0;

  for (guint i = 0; i < 2 * n_nodes; i++)
    sum += (double) positions[i] * positions[i];
  return sqrt (sum / n_nodes);
}

/* Mean way from the places before to the places after, of the radius. */
static double
measure_move (const float *before, const float *after, guint n_nodes)
{
  double sum = 0.0;

  for (guint v = 0; v < n_nodes; v++)
    sum += hypot ((double) after[2 * v] - before[2 * v], after[2 * v + 1] - before[2 * v + 1]);
  return sum / n_nodes / measure_radius (after, n_nodes);
}

static double
measure_separation (const float *positions)
{
  double wide[2 * N_NODES];

  for (guint i = 0; i < 2 * N_NODES; i++)
    wide[i] = positions[i];
  return test_layout_separation (wide, N_NODES, N_COMMUNITIES);
}

/* From a node to the middle of a community. */
static double
measure_distance (const float *positions, guint node, guint community)
{
  double x = 0.0;
  double y = 0.0;

  for (guint v = community; v < N_NODES; v += N_COMMUNITIES) {
    x += positions[2 * v] * N_COMMUNITIES / (double) N_NODES;
    y += positions[2 * v + 1] * N_COMMUNITIES / (double) N_NODES;
  }
  return hypot (positions[2 * node] - x, positions[2 * node + 1] - y);
}

static void
test_unchanged_graph_stays (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayoutSequence) sequence = new_sequence (5, pool);
  g_autoptr (CoterieGraph) graph = new_planted (1);
  float first[2 * N_NODES], next[2 * N_NODES];

  place_from (sequence, graph, 0, first);
  place_from (sequence, graph, 0, next);
  g_assert_cmpfloat (measure_move (first, next, N_NODES), <, 0.01);
}

/* Nodes come, go and return; another sequence of the same seed that recalls them goes on alike to the
 * last bit. */
static void
test_recalled_graphs_count_as_placed (void)
{
  const guint sizes[] = {N_NODES, 90, 0, 120, N_NODES};
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);

  for (guint n = 1; n < G_N_ELEMENTS (sizes); n++) {
    g_autoptr (CoterieLayoutSequence) first = new_sequence (5, pool);
    g_autoptr (CoterieLayoutSequence) second = new_sequence (5, pool);
    float expected[2 * N_NODES], found[2 * N_NODES];

    for (guint t = 0; t <= n; t++) {
      g_autoptr (CoterieGraph) graph =
          test_graph_new_planted (sizes[t], N_COMMUNITIES, WITHIN, BETWEEN, t);
      g_autofree guint32 *neurons = g_new (guint32, N_NODES);

      for (guint v = 0; v < sizes[t]; v++)
        neurons[v] = 3 * v;
      place_from (first, graph, 0, expected);
      if (t < n)
        coterie_layout_sequence_recall (second, graph, neurons, expected);
      else
        place_from (second, graph, 0, found);
    }
    g_assert_cmpmem (found, 2 * sizes[n] * sizeof *found, expected,
                     2 * sizes[n] * sizeof *expected);
  }
}

/* What is recalled counts as if this sequence had placed it. */
static void
test_recalled_graph_is_the_last (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayoutSequence) first = new_sequence (5, pool);
  g_autoptr (CoterieLayoutSequence) second = new_sequence (6, pool);
  g_autoptr (CoterieGraph) graph = new_planted (1);
  g_autofree guint32 *neurons = g_new (guint32, N_NODES);
  float places[2 * N_NODES], next[2 * N_NODES];

  place_from (first, graph, 0, places);
  for (guint v = 0; v < N_NODES; v++)
    neurons[v] = 3 * v;
  coterie_layout_sequence_recall (second, graph, neurons, places);
  place_from (second, graph, 0, next);
  g_assert_cmpfloat (measure_move (places, next, N_NODES), <, 0.01);
}

static void
test_flickering_edges_move_little (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayoutSequence) sequence = new_sequence (5, pool);
  g_autoptr (CoterieGraph) graph = new_planted (1);
  float before[2 * N_NODES], after[2 * N_NODES];
  double moves = 0.0;

  place_from (sequence, graph, 0, before);
  for (guint frame = 1; frame <= 8; frame++) {
    CoterieGraph *next =
        test_graph_redraw (graph, N_COMMUNITIES, 0.2, WITHIN, BETWEEN, 100 + frame);

    coterie_graph_unref (graph);
    graph = next;
    place_from (sequence, graph, 0, after);
    moves += measure_move (before, after, N_NODES) / 8;
    memcpy (before, after, sizeof before);
    g_assert_cmpfloat (measure_separation (after), <, 0.35);
  }
  g_assert_cmpfloat (moves, <, 0.1);
}

/* As after the first iteration of a training: nothing of the untrained network's graph is left. */
static void
test_new_structure_shows_at_once (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayoutSequence) sequence = new_sequence (5, pool);
  g_autoptr (CoterieLayoutSequence) fresh = new_sequence (5, pool);
  g_autoptr (CoterieGraph) untrained = test_graph_new_planted (N_NODES, N_COMMUNITIES, 0.1, 0.1, 2);
  g_autoptr (CoterieGraph) graph = new_planted (1);
  float positions[2 * N_NODES], fresh_positions[2 * N_NODES];

  place_from (sequence, untrained, 0, positions);
  g_assert_cmpfloat (measure_separation (positions), >, 0.9);
  place_from (sequence, graph, 0, positions);
  place_from (fresh, graph, 0, fresh_positions);
  g_assert_cmpfloat (measure_separation (positions), <,
                     1.15 * measure_separation (fresh_positions));
}

static void
test_follows_neurons_not_nodes (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayoutSequence) sequence = new_sequence (5, pool);
  g_autoptr (CoterieGraph) graph = new_planted (1);
  g_autoptr (CoterieGraph) shorter = NULL;
  g_autofree CoterieEdge *edges = g_new (CoterieEdge, graph->n_edges);
  guint n_edges = 0;
  float first[2 * N_NODES], next[2 * N_NODES];

  /* Without the first node, so that every other node has a new number. */
  for (guint e = 0; e < graph->n_edges; e++) {
    CoterieEdge edge = graph->edges[e];

    if (edge.source > 0)
      edges[n_edges++] = (CoterieEdge){edge.source - 1, edge.target - 1, edge.weight};
  }
  shorter = coterie_graph_new (N_NODES - 1, edges, n_edges);

  place_from (sequence, graph, 0, first);
  place_from (sequence, shorter, 3, next);
  g_assert_cmpfloat (measure_move (first + 2, next, N_NODES - 1), <, 0.03);

  /* The neuron that comes back is where it was. */
  place_from (sequence, graph, 0, next);
  g_assert_cmpfloat (measure_move (first, next, N_NODES), <, 0.03);
  g_assert_cmpfloat (hypot (first[0] - next[0], first[1] - next[1]), <,
                     0.3 * measure_radius (next, N_NODES));
}

static void
test_new_neuron_joins_its_neighbors (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayoutSequence) sequence = new_sequence (5, pool);
  g_autoptr (CoterieGraph) graph = new_planted (1);
  g_autoptr (CoterieGraph) longer = NULL;
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (CoterieEdge));
  float positions[2 * (N_NODES + 2)];
  guint nearest = 0;

  /* One new node is tied to the first community, another to none. */
  g_array_append_vals (edges, graph->edges, graph->n_edges);
  for (guint32 v = 0; v < N_NODES; v += N_COMMUNITIES) {
    CoterieEdge edge = {v, N_NODES, 1.0};

    g_array_append_val (edges, edge);
  }
  longer = coterie_graph_new (N_NODES + 2, (const CoterieEdge *) edges->data, edges->len);

  place_from (sequence, graph, 0, positions);
  place_from (sequence, longer, 0, positions);
  for (guint k = 1; k < N_COMMUNITIES; k++)
    if (measure_distance (positions, N_NODES, k) < measure_distance (positions, N_NODES, nearest))
      nearest = k;
  g_assert_cmpuint (nearest, ==, 0);
  g_assert_cmpfloat (measure_distance (positions, N_NODES, 0), <,
                     0.6 * measure_radius (positions, N_NODES));

  g_assert_cmpfloat (hypot (positions[2 * N_NODES + 2], positions[2 * N_NODES + 3]), >,
                     1.2 * measure_radius (positions, N_NODES));
  g_assert_cmpfloat (hypot (positions[2 * N_NODES + 2], positions[2 * N_NODES + 3]), <,
                     3.0 * measure_radius (positions, N_NODES));
}

static CoterieLayoutSequence *
new_sequence_of_single_steps (CoteriePool *pool)
{
  CoterieForceSettings settings;

  coterie_force_settings_init (&settings);
  settings.max_steps = 1;
  return coterie_layout_sequence_new (&settings, 5, pool);
}

/* The longest step is a fifth of the radius, so one step tells where a node started. */
static void
test_new_neuron_starts_at_its_neighbor (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayoutSequence) sequence = new_sequence_of_single_steps (pool);
  g_autoptr (CoterieGraph) graph = test_graph_new_star (40);
  g_autofree CoterieEdge *edges = g_new (CoterieEdge, graph->n_edges + 1);
  g_autoptr (CoterieGraph) longer = NULL;
  float first[80], next[82];
  guint32 farthest = 1;

  place_from (sequence, graph, 0, first);
  for (guint32 v = 1; v < 40; v++)
    if (hypot (first[2 * v], first[2 * v + 1]) >
        hypot (first[2 * farthest], first[2 * farthest + 1]))
      farthest = v;

  memcpy (edges, graph->edges, graph->n_edges * sizeof *edges);
  edges[graph->n_edges] = (CoterieEdge){farthest, 40, 1.0};
  longer = coterie_graph_new (41, edges, graph->n_edges + 1);
  place_from (sequence, longer, 0, next);
  g_assert_cmpfloat (hypot (next[80] - first[2 * farthest], next[81] - first[2 * farthest + 1]), <,
                     0.25 * measure_radius (first, 40));
}

static void
test_absent_neurons_start_where_they_were (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayoutSequence) sequence = new_sequence_of_single_steps (pool);
  g_autoptr (CoterieGraph) graph = test_graph_new_complete (40);
  g_autoptr (CoterieGraph) fewer = test_graph_new_complete (10);
  float first[80], other[20], last[80];

  place_from (sequence, graph, 0, first);
  place_from (sequence, fewer, 0, other);
  place_from (sequence, graph, 0, last);
  for (guint v = 10; v < 40; v++)
    g_assert_cmpfloat (hypot (last[2 * v] - first[2 * v], last[2 * v + 1] - first[2 * v + 1]), <,
                       0.21 * measure_radius (first, 40));
}

static void
test_seed_is_of_the_start (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = new_planted (1);
  float positions[3][2 * N_NODES];

  for (guint i = 0; i < 3; i++) {
    g_autoptr (CoterieLayoutSequence) sequence = new_sequence (i < 2 ? 5 : 6, pool);

    place_from (sequence, graph, 0, positions[i]);
  }
  g_assert_cmpmem (positions[0], sizeof positions[0], positions[1], sizeof positions[1]);
  g_assert_cmpint (memcmp (positions[0], positions[2], sizeof positions[0]), !=, 0);
}

static void
test_ignores_number_of_threads (void)
{
  g_autoptr (CoterieGraph) graph = new_planted (1);
  g_autoptr (CoterieGraph) next = new_planted (2);
  float expected[2 * N_NODES], positions[2 * N_NODES];

  for (guint n_threads = 1; n_threads <= 3; n_threads++) {
    g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
    g_autoptr (CoterieLayoutSequence) sequence = new_sequence (5, pool);

    place_from (sequence, graph, 0, positions);
    place_from (sequence, next, 0, positions);
    if (n_threads == 1)
      memcpy (expected, positions, sizeof expected);
    g_assert_cmpmem (positions, sizeof positions, expected, sizeof expected);
  }
}

static void
test_cancelled_frame_leaves_no_trace (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayoutSequence) sequence = new_sequence (5, pool);
  g_autoptr (CoterieLayoutSequence) other = new_sequence (5, pool);
  g_autoptr (CoterieGraph) graph = new_planted (1);
  g_autoptr (CoterieGraph) next = new_planted (2);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint32 neurons[N_NODES];
  float positions[2 * N_NODES], expected[2 * N_NODES];

  for (guint v = 0; v < N_NODES; v++)
    neurons[v] = 3 * v;
  place_from (other, graph, 0, expected);
  place_from (other, next, 0, expected);

  place_from (sequence, graph, 0, positions);
  g_cancellable_cancel (cancellable);
  g_assert_false (coterie_layout_sequence_place (sequence, next, neurons, positions, NULL,
                                                 cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  place_from (sequence, next, 0, positions);
  g_assert_cmpmem (positions, sizeof positions, expected, sizeof expected);
}

static void
test_graphs_can_be_empty (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayoutSequence) sequence = new_sequence (5, pool);
  g_autoptr (CoterieGraph) nothing = coterie_graph_new (0, NULL, 0);
  g_autoptr (CoterieGraph) one = coterie_graph_new (1, NULL, 0);
  g_autoptr (CoterieGraph) graph = new_planted (1);
  float positions[2 * N_NODES];

  place_from (sequence, nothing, 0, positions);
  place_from (sequence, one, 0, positions);
  g_assert_cmpfloat (positions[0], ==, 0.0f);
  g_assert_cmpfloat (positions[1], ==, 0.0f);
  place_from (sequence, nothing, 0, positions);
  place_from (sequence, graph, 0, positions);
  g_assert_cmpfloat (measure_separation (positions), <, 0.4);
  for (guint i = 0; i < 2 * N_NODES; i++)
    g_assert_true (isfinite (positions[i]));
}

static void
test_empty_graphs_change_nothing (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayoutSequence) sequence = new_sequence (5, pool);
  g_autoptr (CoterieLayoutSequence) fresh = new_sequence (5, pool);
  g_autoptr (CoterieGraph) nothing = coterie_graph_new (0, NULL, 0);
  g_autoptr (CoterieGraph) graph = new_planted (1);
  float first[2 * N_NODES], next[2 * N_NODES], expected[2 * N_NODES];

  /* Before the first graph: as if they had not been. */
  place_from (sequence, nothing, 0, NULL);
  place_from (sequence, graph, 0, first);
  place_from (fresh, graph, 0, expected);
  g_assert_cmpmem (first, sizeof first, expected, sizeof expected);

  /* In between: nodes start where they were, though nothing holds them. */
  place_from (sequence, nothing, 0, NULL);
  place_from (sequence, graph, 0, next);
  g_assert_cmpfloat (measure_move (first, next, N_NODES), <, 0.03);
}

static void
test_tells_progress (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieLayoutSequence) sequence = new_sequence (5, pool);
  g_autoptr (CoterieProgress) progress = coterie_progress_new ();
  g_autoptr (CoterieGraph) graph = test_graph_new_path (3);
  const guint32 neurons[] = {4, 5, 9};
  g_autoptr (GError) error = NULL;
  float positions[6];

  g_assert_true (
      coterie_layout_sequence_place (sequence, graph, neurons, positions, progress, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (coterie_progress_get_fraction (progress), >, 0.0);
  g_assert_cmpfloat (coterie_progress_get_fraction (progress), <=, 1.0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/sequence/unchanged-graph-stays", test_unchanged_graph_stays);
  g_test_add_func ("/layout/sequence/recalled-graph-is-the-last", test_recalled_graph_is_the_last);
  g_test_add_func ("/layout/sequence/recalled-graphs-count-as-placed",
                   test_recalled_graphs_count_as_placed);
  g_test_add_func ("/layout/sequence/flickering-edges-move-little",
                   test_flickering_edges_move_little);
  g_test_add_func ("/layout/sequence/new-structure-shows-at-once",
                   test_new_structure_shows_at_once);
  g_test_add_func ("/layout/sequence/follows-neurons-not-nodes", test_follows_neurons_not_nodes);
  g_test_add_func ("/layout/sequence/new-neuron-joins-its-neighbors",
                   test_new_neuron_joins_its_neighbors);
  g_test_add_func ("/layout/sequence/new-neuron-starts-at-its-neighbor",
                   test_new_neuron_starts_at_its_neighbor);
  g_test_add_func ("/layout/sequence/absent-neurons-start-where-they-were",
                   test_absent_neurons_start_where_they_were);
  g_test_add_func ("/layout/sequence/seed-is-of-the-start", test_seed_is_of_the_start);
  g_test_add_func ("/layout/sequence/ignores-number-of-threads", test_ignores_number_of_threads);
  g_test_add_func ("/layout/sequence/cancelled-frame-leaves-no-trace",
                   test_cancelled_frame_leaves_no_trace);
  g_test_add_func ("/layout/sequence/graphs-can-be-empty", test_graphs_can_be_empty);
  g_test_add_func ("/layout/sequence/empty-graphs-change-nothing",
                   test_empty_graphs_change_nothing);
  g_test_add_func ("/layout/sequence/tells-progress", test_tells_progress);
  return g_test_run ();
}
