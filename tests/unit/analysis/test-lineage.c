/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An iteration is written as a line: a letter for each neuron's community, a dot for a neuron that
 * is no node. What it should be called is a digit for each community, a dash for none. */

#include "core/analysis/lineage.h"

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
  return g_test_run ();
}
