/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Communities that are known beforehand, followed through graphs of which nothing else goes on: what
 * is planted must be told in the frame in which it happens, and nodes to which nothing happens should
 * keep their identity. */

#include "core/analysis/communities.h"
#include "core/analysis/lineage.h"
#include "sequences.h"

/* Edges of a frame, and the fraction of them that lead elsewhere. */
typedef struct {
  guint n_edges;
  double mixing;
} Density;

static const Density sharp = {9000, 0.15};
static const Density noisy = {3200, 0.4};

/* The identity of each node in the last frame and in this one. */
typedef struct {
  CoterieLineage *lineage;
  CoterieCommunityMethod method;
  guint32 last[TEST_SEQUENCE_N_NODES];
  guint32 now[TEST_SEQUENCE_N_NODES];
  CoterieLineageStep step;
} Follower;

static void
follower_init (Follower *follower, CoterieCommunityMethod method)
{
  *follower = (Follower){.method = method};
  follower->lineage = coterie_lineage_new (method, 1.0, 1);
}

static void
follower_clear (Follower *follower)
{
  coterie_lineage_free (follower->lineage);
  coterie_lineage_step_clear (&follower->step);
}

static void
follow_graph (Follower *follower, CoterieGraph *graph)
{
  g_autofree guint32 *neurons = g_new (guint32, graph->n_nodes);
  g_auto (CoterieCommunities) found = {0};
  g_autoptr (CoterieLayerAnalysis) analysis = NULL;
  g_autoptr (GError) error = NULL;
  CoterieLayerAnalysis fields = {.layer = 1, .n_nodes = graph->n_nodes, .graph = graph};

  for (guint v = 0; v < graph->n_nodes; v++)
    neurons[v] = v;
  fields.neurons = fields.node_classes = fields.communities = neurons;
  fields.n_communities = graph->n_nodes;
  if (follower->method == COTERIE_COMMUNITY_METHOD_LOUVAIN) {
    coterie_communities_detect (&found, graph, 1.0, 1, NULL, &error);
    g_assert_no_error (error);
    fields.n_communities = found.n_communities;
    fields.communities = found.membership;
  }
  analysis = coterie_layer_analysis_new (&fields);

  coterie_lineage_step_clear (&follower->step);
  coterie_lineage_follow (follower->lineage, analysis, &follower->step, NULL, &error);
  g_assert_no_error (error);
  memcpy (follower->last, follower->now, sizeof follower->now);
  for (guint v = 0; v < graph->n_nodes; v++)
    follower->now[v] = follower->step.identities[follower->step.communities[v]];
}

static void
follow_frame (Follower *follower, const Density *density, guint frame, guint64 seed)
{
  guint32 planted[TEST_SEQUENCE_N_NODES];
  g_autoptr (CoterieGraph) graph = NULL;

  test_sequence_plant (frame, planted);
  graph = test_sequence_draw (planted, density->n_edges, density->mixing,
                              seed * TEST_SEQUENCE_N_FRAMES + frame);
  follow_graph (follower, graph);
}

static guint
count_changed (const Follower *follower)
{
  guint n_changed = 0;

  for (guint v = 0; v < TEST_SEQUENCE_N_NODES; v++)
    n_changed += follower->now[v] != follower->last[v];
  return n_changed;
}

/* The only event of a kind. */
static const CoterieLineageEvent *
get_event (const Follower *follower, CoterieLineageEventKind kind)
{
  const CoterieLineageEvent *found = NULL;

  for (guint i = 0; i < follower->step.n_events; i++)
    if (follower->step.events[i].kind == kind) {
      g_assert_null (found);
      found = &follower->step.events[i];
    }
  g_assert_nonnull (found);
  return found;
}

/* n_events: of all kinds; all but one are communities that go on. */
static void
assert_one_event (const Follower *follower, CoterieLineageEventKind kind, guint n_events)
{
  guint n_found = 0;

  g_assert_cmpuint (follower->step.n_events, ==, n_events);
  for (guint i = 0; i < n_events; i++)
    n_found += follower->step.events[i].kind == kind;
  g_assert_cmpuint (n_found, ==, 1);
  for (guint i = 0; i < n_events; i++)
    if (follower->step.events[i].kind != kind)
      g_assert_cmpuint (follower->step.events[i].kind, ==, COTERIE_LINEAGE_CONTINUED);
}

static void
assert_beginning (const Follower *follower)
{
  g_assert_cmpuint (follower->step.n_events, ==, 6);
  for (guint i = 0; i < 6; i++) {
    g_assert_cmpuint (follower->step.events[i].kind, ==, COTERIE_LINEAGE_BORN);
    g_assert_cmpuint (follower->step.events[i].n_neurons, ==, 100);
  }
}

static void
assert_merger (const Follower *follower)
{
  const CoterieLineageEvent *event = get_event (follower, COTERIE_LINEAGE_MERGED);
  guint first = event->identity == follower->last[0] ? 0 : 100;

  assert_one_event (follower, COTERIE_LINEAGE_MERGED, 6);
  g_assert_cmpuint (event->identity, ==, follower->last[first]);
  g_assert_cmpuint (event->other, ==, follower->last[100 - first]);
  g_assert_cmpuint (event->other, ==, follower->now[0]);
  g_assert_cmpuint (event->n_neurons, ==, 100);
  for (guint i = 0; i < 100; i++)
    g_assert_cmpuint (event->neurons[i], ==, first + i);
  g_assert_cmpuint (count_changed (follower), ==, 100);
}

static void
assert_split (const Follower *follower)
{
  const CoterieLineageEvent *event = get_event (follower, COTERIE_LINEAGE_SPLIT);

  assert_one_event (follower, COTERIE_LINEAGE_SPLIT, 6);
  g_assert_cmpuint (event->identity, ==, 6);
  g_assert_cmpuint (event->other, ==, follower->last[200]);
  g_assert_cmpuint (event->n_neurons, ==, 50);
  for (guint i = 0; i < 50; i++)
    g_assert_cmpuint (event->neurons[i], ==, event->neurons[0] + 2 * i);
  g_assert_cmpuint (count_changed (follower), ==, 50);
}

static void
assert_birth (const Follower *follower)
{
  const CoterieLineageEvent *event = get_event (follower, COTERIE_LINEAGE_BORN);

  assert_one_event (follower, COTERIE_LINEAGE_BORN, 7);
  g_assert_cmpuint (event->identity, ==, 7);
  g_assert_cmpuint (event->other, ==, COTERIE_LINEAGE_NONE);
  g_assert_cmpuint (event->n_neurons, ==, 30);
  for (guint i = 0; i < 30; i++)
    g_assert_cmpuint (event->neurons[i], ==, 300 + i / 10 * 100 + i % 10);
  g_assert_cmpuint (count_changed (follower), ==, 30);
}

static void
assert_end (const Follower *follower)
{
  const CoterieLineageEvent *event = get_event (follower, COTERIE_LINEAGE_ENDED);

  assert_one_event (follower, COTERIE_LINEAGE_ENDED, 7);
  g_assert_cmpuint (event->identity, ==, 7);
  g_assert_cmpuint (event->n_neurons, ==, 30);
  g_assert_cmpuint (count_changed (follower), ==, 30);
}

static void
assert_nothing_happens (const Follower *follower, guint n_changed)
{
  for (guint i = 0; i < follower->step.n_events; i++)
    g_assert_cmpuint (follower->step.events[i].kind, ==, COTERIE_LINEAGE_CONTINUED);
  g_assert_cmpuint (count_changed (follower), ==, n_changed);
}

static void
assert_planted (const Follower *follower, guint frame)
{
  switch (frame) {
  case 0:
    assert_beginning (follower);
    break;
  case TEST_SEQUENCE_MERGER:
    assert_merger (follower);
    break;
  case TEST_SEQUENCE_SPLIT:
    assert_split (follower);
    break;
  case TEST_SEQUENCE_BIRTH:
    assert_birth (follower);
    break;
  case TEST_SEQUENCE_DEATH:
    assert_end (follower);
    break;
  default:
    assert_nothing_happens (follower, 0);
  }
}

static void
test_tells_what_is_planted (void)
{
  for (guint64 seed = 1; seed <= 3; seed++) {
    Follower follower;

    follower_init (&follower, COTERIE_COMMUNITY_METHOD_TRACKED);
    for (guint t = 0; t < TEST_SEQUENCE_N_FRAMES; t++) {
      follow_frame (&follower, &sharp, t, seed);
      assert_planted (&follower, t);
    }
    follower_clear (&follower);
  }
}

/* Mean over the frames of the fraction of nodes that change their identity although nothing happens
 * to their planted community. */
static double
measure_flicker (CoterieCommunityMethod method, guint64 seed)
{
  Follower follower;
  guint n_changed = 0;

  follower_init (&follower, method);
  follow_frame (&follower, &noisy, 0, seed);
  for (guint t = 1; t < TEST_SEQUENCE_N_FRAMES; t++) {
    guint32 before[TEST_SEQUENCE_N_NODES], after[TEST_SEQUENCE_N_NODES];

    follow_frame (&follower, &noisy, t, seed);
    test_sequence_plant (t - 1, before);
    test_sequence_plant (t, after);
    for (guint v = 0; v < TEST_SEQUENCE_N_NODES; v++)
      n_changed += before[v] == after[v] && follower.now[v] != follower.last[v];
  }
  follower_clear (&follower);
  return (double) n_changed / (TEST_SEQUENCE_N_NODES * (TEST_SEQUENCE_N_FRAMES - 1));
}

static void
test_flickers_less_than_afresh (void)
{
  for (guint64 seed = 1; seed <= 2; seed++) {
    double tracked = measure_flicker (COTERIE_COMMUNITY_METHOD_TRACKED, seed);
    double louvain = measure_flicker (COTERIE_COMMUNITY_METHOD_LOUVAIN, seed);
    double leiden = measure_flicker (COTERIE_COMMUNITY_METHOD_LEIDEN, seed);

    g_test_message ("fraction of nodes that flicker: tracked %.3f, Leiden %.3f, Louvain %.3f",
                    tracked, leiden, louvain);
    g_assert_cmpfloat (tracked, <=, 0.22);
    g_assert_cmpfloat (leiden, >, 1.3 * tracked);
    g_assert_cmpfloat (louvain, >, 2.0 * tracked);
  }
}

/* The layer is silent, or has nodes but no edges. */
static void
test_outlasts_silence (void)
{
  for (guint n_nodes = 0; n_nodes <= TEST_SEQUENCE_N_NODES; n_nodes += TEST_SEQUENCE_N_NODES) {
    g_autoptr (CoterieGraph) silent = coterie_graph_new (n_nodes, NULL, 0);
    guint32 before[TEST_SEQUENCE_N_NODES];
    Follower follower;

    follower_init (&follower, COTERIE_COMMUNITY_METHOD_TRACKED);
    follow_frame (&follower, &sharp, 0, 9);
    memcpy (before, follower.now, sizeof before);
    for (guint i = 0; i < 5; i++) {
      follow_graph (&follower, silent);
      g_assert_cmpuint (follower.step.n_events, ==, 0);
      g_assert_cmpuint (follower.step.n_communities, ==, n_nodes);
      for (guint k = 0; k < n_nodes; k++)
        g_assert_cmpuint (follower.step.identities[k], ==, COTERIE_LINEAGE_NONE);
    }
    follow_frame (&follower, &sharp, 1, 9);
    g_assert_cmpmem (before, sizeof before, follower.now, sizeof follower.now);
    g_assert_cmpuint (follower.step.n_events, ==, 6);
    follower_clear (&follower);
  }
}

static gpointer
follow_in_thread (gpointer data)
{
  GChecksum *checksum = g_checksum_new (G_CHECKSUM_SHA256);
  Follower follower;

  follower_init (&follower, COTERIE_COMMUNITY_METHOD_TRACKED);
  for (guint t = 0; t < 8; t++) {
    follow_frame (&follower, &noisy, t, 3);
    g_checksum_update (checksum, (const guchar *) follower.now, sizeof follower.now);
    for (guint i = 0; i < follower.step.n_events; i++) {
      const CoterieLineageEvent *event = &follower.step.events[i];

      g_checksum_update (checksum, (const guchar *) &event->kind, sizeof event->kind);
      g_checksum_update (checksum, (const guchar *) event->neurons,
                         event->n_neurons * sizeof *event->neurons);
    }
  }
  follower_clear (&follower);
  return checksum;
}

static void
test_same_in_any_thread (void)
{
  GThread *threads[2];
  GChecksum *expected = follow_in_thread (NULL);

  for (guint i = 0; i < 2; i++)
    threads[i] = g_thread_new ("follow", follow_in_thread, NULL);
  for (guint i = 0; i < 2; i++) {
    GChecksum *found = g_thread_join (threads[i]);

    g_assert_cmpstr (g_checksum_get_string (found), ==, g_checksum_get_string (expected));
    g_checksum_free (found);
  }
  g_checksum_free (expected);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/planted-sequences/tells-what-is-planted", test_tells_what_is_planted);
  g_test_add_func ("/analysis/planted-sequences/flickers-less-than-afresh",
                   test_flickers_less_than_afresh);
  g_test_add_func ("/analysis/planted-sequences/outlasts-silence", test_outlasts_silence);
  g_test_add_func ("/analysis/planted-sequences/same-in-any-thread", test_same_in_any_thread);
  return g_test_run ();
}
