/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is typed to find nodes. */

#include "draw/scene/node-query.h"

#include <string.h>

#include "sample-graph.h"

static const char *const class_names[] = {"T-shirt", "Bag", "7", NULL};

/* Three communities of four: neurons 5 to 16, node v of class and community v / 4, entropy v / 4. */
static CoterieSceneGraph *
create_graph (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 4, 5, 10.0);

  return coterie_scene_graph_new_from_layer (&sample->layer, NULL);
}

/* The nodes that match, one letter each: "abc". */
static char *
find (const char *text)
{
  g_autoptr (CoterieSceneGraph) graph = create_graph ();
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieNodeQuery) query = coterie_node_query_parse (text, class_names, &error);
  GString *found = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint v = 0; v < graph->n_nodes; v++)
    if (coterie_node_query_matches (query, graph, v))
      g_string_append_c (found, (char) ('a' + v));
  return g_string_free (found, FALSE);
}

static void
assert_finds (const char *text, const char *expected)
{
  g_autofree char *found = find (text);

  g_test_message ("%s", text);
  g_assert_cmpstr (found, ==, expected);
}

static void
test_numbers_are_neurons (void)
{
  assert_finds ("5", "a");
  assert_finds ("  16 ", "l");
  assert_finds ("neuron 6", "b");
  assert_finds ("neuron >= 15", "kl");
  assert_finds ("4", "");
  assert_finds ("L1:7", "c");
  assert_finds ("l1 : 7", "c");
  assert_finds ("layer 1:7", "c");
  assert_finds ("L2:7", "");
  assert_finds ("L1", "abcdefghijkl");
  assert_finds ("layer != 1", "");
}

static void
test_communities_count_from_one (void)
{
  assert_finds ("community 1", "abcd");
  assert_finds ("C3", "ijkl");
  assert_finds ("community C3", "ijkl");
  assert_finds ("COMMUNITY = 2", "efgh");
  assert_finds ("community > 1", "efghijkl");
  assert_finds ("c9", "");
}

static void
test_classes_have_names_or_numbers (void)
{
  assert_finds ("class 0", "abcd");
  assert_finds ("class \"T-shirt\"", "abcd");
  assert_finds ("class “t-SHIRT”", "abcd");
  assert_finds ("class bag", "efgh");
  assert_finds ("class 'Bag'", "efgh");
  assert_finds ("class 7", "ijkl");
  assert_finds ("class != bag", "abcdijkl");
  assert_finds ("main class bag", "efgh");
  assert_finds ("MAIN CLASS != “7”", "abcdefgh");
}

/* Nodes e and f stand for the first class, too, and most for the second. */
static void
test_a_node_is_of_all_classes_that_it_represents (void)
{
  const struct {
    const char *text;
    guint64 expected; /* a bit for each node */
  } cases[] = {
      {"class 0", 0x03f},
      {"class bag", 0x0f0},
      {"class 0 class bag", 0x030},
      {"class != 0", 0xfc0},
      {"not class 0", 0xfc0},
      {"class > 0", 0xff0},
      {"main class 0", 0x00f},
      {"main class != 0", 0xff0},
      {"main class bag", 0x0f0},
      {"class < 1", 0x03f},
      {"class 0 main class bag", 0x030},
  };
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 4, 5, 10.0);
  g_autoptr (CoterieSceneGraph) graph = NULL;

  sample->n_representatives[0] = 6;
  graph = coterie_scene_graph_new_from_layer (&sample->layer, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CoterieNodeQuery) query =
        coterie_node_query_parse (cases[i].text, class_names, NULL);
    guint64 found = 0;

    g_assert_nonnull (query);
    for (guint v = 0; v < graph->n_nodes; v++)
      found |= (guint64) coterie_node_query_matches (query, graph, v) << v;
    g_test_message ("%s", cases[i].text);
    g_assert_cmphex (found, ==, cases[i].expected);
  }
}

static void
test_quantities_are_compared (void)
{
  assert_finds ("entropy < 0.5", "ab");
  assert_finds ("entropy<=0.5", "abc");
  assert_finds ("entropy ≥ 2.5", "kl");
  assert_finds ("entropy = 1", "e");
  assert_finds ("entropy > 1e0", "fghijkl");
  assert_finds ("activation > 10.5", "kl");
  assert_finds ("strength > 3.3", "ae");
  assert_finds ("degree = 4", "aegk");
  assert_finds ("degree ≠ 3", "aegk");
}

static void
test_conditions_are_joined (void)
{
  assert_finds ("5 or 6", "ab");
  assert_finds ("5, 6, 9", "abe");
  assert_finds ("C1 and entropy > 0.3", "cd");
  assert_finds ("C1 entropy > 0.3", "cd");
  assert_finds ("not C1", "efghijkl");
  assert_finds ("not not C1", "abcd");
  assert_finds ("5 or C2 and entropy > 1.3", "agh");
  assert_finds ("(5 or C2) and entropy < 1.1", "ae");
  assert_finds ("not (C1 or C2) and not 13", "jkl");
}

static void
test_small_communities_have_no_name (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (2, 2, 0, 10.0);
  g_autoptr (CoterieSceneGraph) graph = NULL;
  g_autoptr (CoterieNodeQuery) any = coterie_node_query_parse ("community >= 0", NULL, NULL);
  g_autoptr (CoterieNodeQuery) other = coterie_node_query_parse ("community ≠ 1", NULL, NULL);

  sample->identities[1] = COTERIE_LINEAGE_NONE;
  graph = coterie_scene_graph_new_from_layer (&sample->layer, NULL);
  for (guint v = 0; v < 4; v++) {
    g_assert_cmpint (coterie_node_query_matches (any, graph, v), ==, v < 2);
    g_assert_cmpint (coterie_node_query_matches (other, graph, v), ==, v >= 2);
  }
}

/* In the graph of all layers a community has the number that it has in its own. */
static void
test_layers_share_the_names (void)
{
  g_autoptr (SampleGraph) low = sample_graph_new (2, 2, 0, 10.0);
  g_autoptr (SampleGraph) high = sample_graph_new (2, 2, 0, 10.0);
  g_autoptr (CoterieSceneGraph) graph = NULL;
  g_autoptr (CoterieNodeQuery) second = coterie_node_query_parse ("C2", NULL, NULL);
  g_autoptr (CoterieNodeQuery) above = coterie_node_query_parse ("L2 C2", NULL, NULL);
  CoterieFrameLayer layers[2];

  high->analysis.layer = 2;
  layers[0] = low->layer;
  layers[1] = high->layer;
  graph = coterie_scene_graph_new_from_layers (layers, 2, NULL, NULL);
  for (guint v = 0; v < 8; v++) {
    g_assert_cmpint (coterie_node_query_matches (second, graph, v), ==, v % 4 >= 2);
    g_assert_cmpint (coterie_node_query_matches (above, graph, v), ==, v >= 6);
  }
}

static void
assert_fails (const char *text, CoterieNodeQueryError code, const char *place)
{
  g_autoptr (GError) error = NULL;
  CoterieNodeQuery *query = coterie_node_query_parse (text, class_names, &error);

  g_assert_null (query);
  g_assert_error (error, COTERIE_NODE_QUERY_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, place));
}

static void
test_errors_name_the_place (void)
{
  assert_fails ("", COTERIE_NODE_QUERY_ERROR_SYNTAX, "end");
  assert_fails ("   ", COTERIE_NODE_QUERY_ERROR_SYNTAX, "end");
  assert_fails ("strength", COTERIE_NODE_QUERY_ERROR_SYNTAX, "end");
  assert_fails ("strength >", COTERIE_NODE_QUERY_ERROR_SYNTAX, "end");
  assert_fails ("strength > big", COTERIE_NODE_QUERY_ERROR_SYNTAX, "12: “big”");
  assert_fails ("strenght > 3", COTERIE_NODE_QUERY_ERROR_UNKNOWN_WORD, "1: “strenght”");
  assert_fails ("class shoe", COTERIE_NODE_QUERY_ERROR_UNKNOWN_CLASS,
                "7: there is no class “shoe”");
  assert_fails ("main bag", COTERIE_NODE_QUERY_ERROR_SYNTAX, "6: “bag”, expected class");
  assert_fails ("class -1", COTERIE_NODE_QUERY_ERROR_UNKNOWN_CLASS, "7: there is no class “-1”");
  assert_fails ("class “T-shirt", COTERIE_NODE_QUERY_ERROR_SYNTAX, "7: ");
  assert_fails ("C0", COTERIE_NODE_QUERY_ERROR_OUT_OF_RANGE, "1: “c0”");
  assert_fails ("L2:x", COTERIE_NODE_QUERY_ERROR_SYNTAX, "4: “x”");
  assert_fails ("(5 or 6", COTERIE_NODE_QUERY_ERROR_SYNTAX, "expected )");
  assert_fails ("5)", COTERIE_NODE_QUERY_ERROR_SYNTAX, "2: “)”");
  assert_fails ("5 or", COTERIE_NODE_QUERY_ERROR_SYNTAX, "end");
  assert_fails ("ß §", COTERIE_NODE_QUERY_ERROR_UNKNOWN_WORD, "1: “ß”");
  assert_fails ("5 §", COTERIE_NODE_QUERY_ERROR_SYNTAX, "3: “§”");
  assert_fails ("entropy < 1e999", COTERIE_NODE_QUERY_ERROR_OUT_OF_RANGE, "11");
  assert_fails ("\xff\xfe", COTERIE_NODE_QUERY_ERROR_SYNTAX, "1");
}

static void
test_deep_nesting_ends_somewhere (void)
{
  g_autofree char *brackets = g_strnfill (100000, '(');
  GString *nested = g_string_new (NULL);

  assert_fails (brackets, COTERIE_NODE_QUERY_ERROR_SYNTAX, "fewer");
  for (guint i = 0; i < 23; i++)
    g_string_append (nested, "99 or C1 and (");
  g_string_append (nested, "5");
  for (guint i = 0; i < 23; i++)
    g_string_append (nested, ")");
  assert_finds (nested->str, "a");
  g_string_free (nested, TRUE);
}

static void
assert_layer (const char *text, guint expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieNodeQuery) query = coterie_node_query_parse (text, class_names, &error);

  g_test_message ("%s", text);
  g_assert_no_error (error);
  g_assert_cmpuint (coterie_node_query_get_layer (query), ==, expected);
}

static void
test_layer_that_is_asked_for_is_known (void)
{
  assert_layer ("L2:217", 2);
  assert_layer ("layer 3", 3);
  assert_layer ("strength > 3 and L4 C2", 4);
  assert_layer ("L2:1 or L2:5", 2);
  assert_layer ("L2:1 or L3:5", 0);
  assert_layer ("L2 or 5", 0);
  assert_layer ("not L2", 0);
  assert_layer ("layer > 2", 0);
  assert_layer ("217", 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/node-query/numbers-are-neurons", test_numbers_are_neurons);
  g_test_add_func ("/scene/node-query/communities-count-from-one", test_communities_count_from_one);
  g_test_add_func ("/scene/node-query/classes-have-names-or-numbers",
                   test_classes_have_names_or_numbers);
  g_test_add_func ("/scene/node-query/a-node-is-of-all-classes-that-it-represents",
                   test_a_node_is_of_all_classes_that_it_represents);
  g_test_add_func ("/scene/node-query/quantities-are-compared", test_quantities_are_compared);
  g_test_add_func ("/scene/node-query/conditions-are-joined", test_conditions_are_joined);
  g_test_add_func ("/scene/node-query/small-communities-have-no-name",
                   test_small_communities_have_no_name);
  g_test_add_func ("/scene/node-query/layers-share-the-names", test_layers_share_the_names);
  g_test_add_func ("/scene/node-query/layer-that-is-asked-for-is-known",
                   test_layer_that_is_asked_for_is_known);
  g_test_add_func ("/scene/node-query/errors-name-the-place", test_errors_name_the_place);
  g_test_add_func ("/scene/node-query/deep-nesting-ends-somewhere",
                   test_deep_nesting_ends_somewhere);
  return g_test_run ();
}
