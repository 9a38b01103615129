/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An iteration is written as a line: a letter for each neuron's community, a dot for a neuron that
 * is no node. What it should be called is a digit for each community, a dash for none. */

#include "core/analysis/lineage.h"
#include "graphs.h"

static CoterieLayerAnalysis *
make_analysis (const char *line)
{
  CoterieLayerAnalysis fields = {.layer = 1};
  g_autofree guint32 *neurons = g_new (guint32, strlen (line) + 1);
  g_autofree guint32 *communities = g_new (guint32, strlen (line) + 1);
  g_autoptr (CoterieGraph) graph = NULL;

  for (guint neuron = 0; line[neuron] != '\0'; neuron++) {
    if (line[neuron] == '.')
      continue;
    neurons[fields.n_nodes] = neuron;
    communities[fields.n_nodes] = (guint32) (line[neuron] - 'a');
    fields.n_communities = MAX (fields.n_communities, communities[fields.n_nodes] + 1);
    fields.n_nodes++;
  }
  graph = coterie_graph_new (fields.n_nodes, NULL, 0);
  fields.graph = graph;
  fields.neurons = neurons;
  fields.communities = communities;
  fields.node_classes = communities;
  return coterie_layer_analysis_new (&fields);
}

/* Follows the communities that it is given. */
static CoterieLineage *
new_lineage (void)
{
  return coterie_lineage_new (COTERIE_COMMUNITY_METHOD_LOUVAIN, 1.0, 1);
}

static void
follow (CoterieLineage *lineage, const CoterieLayerAnalysis *analysis, CoterieLineageStep *step)
{
  g_autoptr (GError) error = NULL;

  coterie_lineage_follow (lineage, analysis, step, NULL, &error);
  g_assert_no_error (error);
}

static char
get_digit (guint32 identity)
{
  if (identity == COTERIE_LINEAGE_NONE)
    return '-';
  return identity < 10 ? (char) ('0' + identity) : '?';
}

static void
assert_identities (CoterieLineage *lineage, const char *line, const char *expected)
{
  g_autoptr (CoterieLayerAnalysis) analysis = make_analysis (line);
  g_auto (CoterieLineageStep) step = {0};
  g_autoptr (GString) found = g_string_new (NULL);

  follow (lineage, analysis, &step);
  for (guint k = 0; k < step.n_communities; k++)
    g_string_append_c (found, get_digit (step.identities[k]));
  g_assert_cmpstr (found->str, ==, expected);
}

/* A word for each event: the identity, a sign, the other identity, and the neurons that moved. */
static char *
format_events (const CoterieLineageStep *step)
{
  const char signs[] = {'+', '=', '<', '>', '-'};
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < step->n_events; i++) {
    const CoterieLineageEvent *event = &step->events[i];

    g_string_append_printf (text, "%s%u%c", i > 0 ? " " : "", event->identity, signs[event->kind]);
    if (event->other != COTERIE_LINEAGE_NONE)
      g_string_append_printf (text, "%u", event->other);
    g_string_append_c (text, ':');
    for (guint n = 0; n < event->n_neurons; n++)
      g_string_append_printf (text, "%s%u", n > 0 ? "," : "", event->neurons[n]);
  }
  return g_string_free (text, FALSE);
}

static void
assert_events (CoterieLineage *lineage, const char *line, const char *expected)
{
  g_autoptr (CoterieLayerAnalysis) analysis = make_analysis (line);
  g_auto (CoterieLineageStep) step = {0};
  g_autofree char *found = NULL;

  follow (lineage, analysis, &step);
  found = format_events (&step);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_tells_of_birth_and_going_on (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_events (lineage, "aaaaaabbbbb.....", "0+:0,1,2,3,4,5 1+:6,7,8,9,10");
  assert_events (lineage, "aaaaaabbbbb.....", "0=: 1=:");
  assert_events (lineage, "aaaaaa.bbbbb....", "0=: 1=:11");
  assert_events (lineage, "..aaaaaaa..bbbbb", "0=:6,7,8 2+:11,12,13,14,15 1-:7,8,9,10,11");
}

static void
test_tells_of_a_split (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_events (lineage, "aaaaaaaaaaaa...", "0+:0,1,2,3,4,5,6,7,8,9,10,11");
  assert_events (lineage, "aaaaaaabbbbbb..", "0=: 1<0:7,8,9,10,11,12");
}

/* A fifth of a community has a Jaccard similarity of 0.2 with it, and yet comes from nowhere else. */
static void
test_tells_of_a_small_part_that_leaves (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_events (lineage, "aaaaaaaaaaaaaaaaaaaaaaaaa",
                 "0+:0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24");
  assert_events (lineage, "aaaaaaaaaaaaaaaaaaaabbbbb", "0=: 1<0:20,21,22,23,24");
  assert_events (lineage, "aaaaaaaaaaaaaaaaaaaaaaaaa", "0=:20,21,22,23,24 1>0:20,21,22,23,24");
}

/* Half of the new one is not more than half. */
static void
test_a_mixture_is_born (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaaaaaabbbbbbbbbbbb", "01");
  assert_events (lineage, "aaaaaaaaaccccccbbbbbbbbb", "0=: 1=: 2+:9,10,11,12,13,14");
}

/* The one that stays outside the merger goes nowhere and does not count. */
static void
test_tells_of_a_merger (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_events (lineage, "aaaaaaaabbbbbb", "0+:0,1,2,3,4,5,6,7 1+:8,9,10,11,12,13");
  assert_events (lineage, "aaaaaaaaaaaaa.", "0=:8,9,10,11,12 1>0:8,9,10,11,12");
  for (guint t = 0; t < 6; t++)
    assert_events (lineage, "aaaaaaaaaaaaa.", "0=:");
}

static void
test_what_merged_may_come_back (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaabbbbbb", "01");
  assert_events (lineage, "aaaaaaaaaaaaaa", "0=:8,9,10,11,12,13 1>0:8,9,10,11,12,13");
  assert_events (lineage, "aaaaaaaabbbbbb", "0=: 1=:");
  assert_events (lineage, "aaaaaaaa......", "0=: 1-:8,9,10,11,12,13");
}

static void
test_tells_of_an_end_once (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaabbbbbb", "01");
  assert_events (lineage, "aaaaaaaa......", "0=: 1-:8,9,10,11,12,13");
  for (guint t = 0; t < 5; t++)
    assert_events (lineage, "aaaaaaaa......", "0=:");
}

/* None of four equal parts is like what they make together. */
static void
test_all_go_into_a_new_one (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaabbbbbcccccddddd", "0123");
  assert_events (lineage, "aaaaaaaaaaaaaaaaaaaa",
                 "4+:0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19 0>4:0,1,2,3,4 "
                 "1>4:5,6,7,8,9 2>4:10,11,12,13,14 3>4:15,16,17,18,19");
}

/* What is told of neurons 0, 1, 2 … is told of n - 1, n - 2, n - 3 … when they are called so. */
static void
test_ignores_names_of_neurons (void)
{
  const char *const lines[] = {
      "aaaaaaaabbbbbbccccc..", "aaaaaaaaaaaaaaccccc..", "bbbbbbaaaaaaaaccccccc",
      "aaaaaaaaaaaaabbbbbbbb", ".....................", "bbbbbbbaaaaaaaacccccc",
  };
  g_autoptr (CoterieLineage) lineage = new_lineage ();
  g_autoptr (CoterieLineage) mirrored = new_lineage ();

  for (guint t = 0; t < G_N_ELEMENTS (lines); t++) {
    g_autofree char *reverse = g_strreverse (g_strdup (lines[t]));
    g_autoptr (CoterieLayerAnalysis) analysis = make_analysis (lines[t]);
    g_autoptr (CoterieLayerAnalysis) mirror = make_analysis (reverse);
    g_auto (CoterieLineageStep) step = {0};
    g_auto (CoterieLineageStep) image = {0};

    follow (lineage, analysis, &step);
    follow (mirrored, mirror, &image);
    g_assert_cmpmem (step.identities, step.n_communities * sizeof (guint32), image.identities,
                     image.n_communities * sizeof (guint32));
    g_assert_cmpuint (step.n_events, ==, image.n_events);
    for (guint i = 0; i < step.n_events; i++) {
      guint n = step.events[i].n_neurons;

      g_assert_cmpuint (step.events[i].kind, ==, image.events[i].kind);
      g_assert_cmpuint (step.events[i].identity, ==, image.events[i].identity);
      g_assert_cmpuint (step.events[i].other, ==, image.events[i].other);
      g_assert_cmpuint (n, ==, image.events[i].n_neurons);
      for (guint j = 0; j < n; j++)
        g_assert_cmpuint (step.events[i].neurons[j], ==, 20 - image.events[i].neurons[n - 1 - j]);
    }
  }
}

static void
test_cancelling_changes_nothing (void)
{
  g_autoptr (CoterieLineage) lineage =
      coterie_lineage_new (COTERIE_COMMUNITY_METHOD_TRACKED, 1.0, 1);
  g_autoptr (CoterieGraph) graph = test_graph_new_cliques (3, 6);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autofree guint32 *neurons = g_new (guint32, 18);
  CoterieLayerAnalysis fields = {.layer = 1, .n_nodes = 18, .graph = graph, .n_communities = 18};
  g_autoptr (CoterieLayerAnalysis) analysis = NULL;
  g_auto (CoterieLineageStep) step = {0};
  g_autofree char *events = NULL;

  for (guint v = 0; v < 18; v++)
    neurons[v] = v;
  fields.neurons = fields.node_classes = fields.communities = neurons;
  analysis = coterie_layer_analysis_new (&fields);
  follow (lineage, analysis, &step);
  coterie_lineage_step_clear (&step);

  g_cancellable_cancel (cancellable);
  for (guint t = 0; t < 6; t++) {
    g_clear_error (&error);
    g_assert_false (coterie_lineage_follow (lineage, analysis, &step, cancellable, &error));
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    g_assert_null (step.communities);
  }
  follow (lineage, analysis, &step);
  events = format_events (&step);
  g_assert_cmpstr (events, ==, "0=: 1=: 2=:");
}

static void
test_first_iteration (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaabbbbbbccccc", "012");
}

static void
test_other_numbers (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaabbbbbbcccccc", "012");
  assert_identities (lineage, "bbbbbbccccccaaaaaa", "201");
  assert_identities (lineage, "aaaaaabbbbbbcccccc", "012");
}

static void
test_changes_of_some_members (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaaaabbbbbbbbbb", "01");
  assert_identities (lineage, "bbbbbbbbaaaaaaaaaaaa", "10");
  assert_identities (lineage, "bbbbbbabaaaaaaababaa", "10");
}

static void
test_split (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaaaaaaaaaaaaaaaa", "0");
  assert_identities (lineage, "bbbbbbbbaaaaaaaaaaaaaa", "01");
  assert_identities (lineage, "bbbbbbbbcccccaaaaaaaaa", "012");
}

/* Each part has a quarter of the members: none is like the whole. */
static void
test_break_up (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaaaaaaaaaaaaaa", "0");
  assert_identities (lineage, "aaaaabbbbbcccccddddd", "1234");
}

static void
test_merge (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaaaabbbbbbbbbb", "01");
  assert_identities (lineage, "bbbbbbbbaaaaaaaaaaaa", "10");
  assert_identities (lineage, "aaaaaaaaaaaaaaaaaaaa", "1");
}

/* Communities a and b are seen, b is then missing for so many iterations and comes back together
 * with one that is new. */
static void
assert_return (guint n_absent, const char *expected)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaaabbbbbb.......", "01");
  for (guint t = 0; t < n_absent; t++)
    assert_identities (lineage, "aaaaaaaaa.............", "0");
  assert_identities (lineage, "aaaaaaaaaccccccbbbbbbb", expected);
}

static void
test_return_in_time (void)
{
  for (guint n_absent = 0; n_absent <= 3; n_absent++)
    assert_return (n_absent, "021");
}

static void
test_return_too_late (void)
{
  assert_return (4, "023");
  assert_return (6, "023");
}

static void
test_too_different (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaaaa..........", "0");
  assert_identities (lineage, ".....aaaaaaaaaa.....", "0"); /* 5 of 15 */
  assert_identities (lineage, "..........aaaaaaaaaa", "0");
  assert_identities (lineage, "....aaaaaaaaaa......", "1"); /* 4 of 16 */
}

/* 0 and 1 end; new ones are not taken for them. */
static void
test_numbers_are_for_life (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaabbbbbbccccc...............", "012");
  for (guint t = 0; t < 4; t++)
    assert_identities (lineage, ".............aaaaa...............", "2");
  assert_identities (lineage, ".............aaaaabbbbbcccccddddd", "2345");
}

/* What was merged away is not called anew while it might come back. */
static void
test_absent_number_is_kept (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaaaabbbbbbbb.....", "01");
  assert_identities (lineage, "aaaaaaaaaaaaaaaaaabbbbb", "02");
  assert_identities (lineage, "aaaaaaaaaabbbbbbbbccccc", "012");
}

static void
test_few_members (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaabbbbbccccd", "01--");
}

/* Six of 600 are a hundredth, six of 606 are not. */
static void
test_small_share (void)
{
  g_autofree char *most = g_strnfill (594, 'a');
  g_autofree char *enough = g_strconcat (most, "bbbbbb", NULL);
  g_autofree char *too_few = g_strconcat (most, "aaaaaabbbbbb", NULL);
  g_autoptr (CoterieLineage) lineage = new_lineage ();
  g_autoptr (CoterieLineage) other = new_lineage ();

  assert_identities (lineage, enough, "01");
  assert_identities (other, too_few, "0-");
}

static void
test_shrinks_for_a_while (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaaabbbbbb", "01");
  assert_identities (lineage, "aaaaaaaaaaabbbb", "0-");
  assert_identities (lineage, "aaaaaaaaabbbbbb", "01");
}

/* Nodes are numbered otherwise when neurons come and go; the neurons count. */
static void
test_other_nodes (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "aaaaaaaaaabbbbbbbbbb..........", "01");
  assert_identities (lineage, "..........aaaaaaaaaabbbbbbbbbb", "12");
  assert_identities (lineage, "bbbbbbbbbb..........aaaaaaaaaa", "20");
}

static void
test_without_nodes (void)
{
  g_autoptr (CoterieLineage) lineage = new_lineage ();

  assert_identities (lineage, "", "");
  assert_identities (lineage, "aaaaaabbbbb", "01");
  assert_identities (lineage, "...........", "");
  assert_identities (lineage, "bbbbbbaaaaa", "10");
}

/* Split, merger, absence, end, return, silence, and a number given to one that is long gone. */
static const char *const EVENTFUL[] = {
    "aaaaaaaaaaaabbbbbbcccccc", "aaaaaaabbbbbbbbbbb......", "aaaaaabbbbbbccccc.......",
    "aaaaaa..................", "aaaaaa..........ddddd...", "........................",
    "aaaaaa......bbbbbbcccccc", "aaaaaa..................", "aaaaaa..................",
    "aaaaaa..................", "aaaaaabbbbb.............", "aaaaaabbbbb.ccccc.......",
    "......aaaaaabbbbbbcccccc", "aaaaaaaaaaaaaaaaaabbbbbb",
};

static char *
follow_line (CoterieLineage *lineage, const char *line)
{
  g_autoptr (CoterieLayerAnalysis) analysis = make_analysis (line);
  g_auto (CoterieLineageStep) step = {0};

  follow (lineage, analysis, &step);
  return format_events (&step);
}

/* What an eventful history leads to in its next frame, if the frames before are recalled as another
 * lineage has followed them. */
static void
test_recalled_frames_count_as_followed (void)
{
  for (guint n = 1; n < G_N_ELEMENTS (EVENTFUL); n++) {
    g_autoptr (CoterieLineage) followed = new_lineage ();
    g_autoptr (CoterieLineage) recalled = new_lineage ();
    g_autofree char *expected = NULL;
    g_autofree char *found = NULL;

    for (guint t = 0; t < n; t++) {
      g_autoptr (CoterieLayerAnalysis) analysis = make_analysis (EVENTFUL[t]);
      g_auto (CoterieLineageStep) step = {0};

      follow (followed, analysis, &step);
      coterie_lineage_recall (recalled, analysis, step.n_communities, step.communities,
                              step.identities);
    }
    expected = follow_line (followed, EVENTFUL[n]);
    found = follow_line (recalled, EVENTFUL[n]);
    g_assert_cmpstr (found, ==, expected);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/analysis/lineage/first-iteration-counts-by-size", test_first_iteration);
  g_test_add_func ("/analysis/lineage/other-numbers-same-identities", test_other_numbers);
  g_test_add_func ("/analysis/lineage/members-may-change", test_changes_of_some_members);
  g_test_add_func ("/analysis/lineage/largest-part-of-a-split-keeps", test_split);
  g_test_add_func ("/analysis/lineage/small-parts-are-all-new", test_break_up);
  g_test_add_func ("/analysis/lineage/larger-of-a-merge-keeps", test_merge);
  g_test_add_func ("/analysis/lineage/returns-within-three-iterations", test_return_in_time);
  g_test_add_func ("/analysis/lineage/does-not-return-later", test_return_too_late);
  g_test_add_func ("/analysis/lineage/too-different-is-new", test_too_different);
  g_test_add_func ("/analysis/lineage/numbers-are-for-life", test_numbers_are_for_life);
  g_test_add_func ("/analysis/lineage/number-of-an-absent-one-is-kept", test_absent_number_is_kept);
  g_test_add_func ("/analysis/lineage/few-members-have-no-identity", test_few_members);
  g_test_add_func ("/analysis/lineage/small-share-has-no-identity", test_small_share);
  g_test_add_func ("/analysis/lineage/too-small-for-a-while-keeps", test_shrinks_for_a_while);
  g_test_add_func ("/analysis/lineage/follows-neurons-not-nodes", test_other_nodes);
  g_test_add_func ("/analysis/lineage/without-nodes", test_without_nodes);
  g_test_add_func ("/analysis/lineage/tells-of-birth-and-going-on",
                   test_tells_of_birth_and_going_on);
  g_test_add_func ("/analysis/lineage/tells-of-a-split", test_tells_of_a_split);
  g_test_add_func ("/analysis/lineage/tells-of-a-small-part-that-leaves",
                   test_tells_of_a_small_part_that_leaves);
  g_test_add_func ("/analysis/lineage/a-mixture-is-born", test_a_mixture_is_born);
  g_test_add_func ("/analysis/lineage/tells-of-a-merger", test_tells_of_a_merger);
  g_test_add_func ("/analysis/lineage/what-merged-may-come-back", test_what_merged_may_come_back);
  g_test_add_func ("/analysis/lineage/tells-of-an-end-once", test_tells_of_an_end_once);
  g_test_add_func ("/analysis/lineage/all-go-into-a-new-one", test_all_go_into_a_new_one);
  g_test_add_func ("/analysis/lineage/ignores-names-of-neurons", test_ignores_names_of_neurons);
  g_test_add_func ("/analysis/lineage/recalled-frames-count-as-followed",
                   test_recalled_frames_count_as_followed);
  g_test_add_func ("/analysis/lineage/cancelling-changes-nothing", test_cancelling_changes_nothing);
  return g_test_run ();
}
