/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The cut and modularity of the given halves of the golden cases, which are exact whatever halves a
 * search would find. */

#include "core/analysis/bisection.h"

#include <json-glib/json-glib.h>

static JsonParser *
load (const char *name)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "fixtures", "golden", name, "expected.json", NULL);
  g_autoptr (GError) error = NULL;
  JsonParser *parser = json_parser_new ();

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return parser;
}

/* [n_neurons]: the node of each neuron, or -1 */
static gint32 *
number_nodes (JsonObject *expected)
{
  JsonArray *vertices = json_object_get_array_member (expected, "vertices");
  gint64 n_neurons = json_object_get_int_member (expected, "neurons");
  gint32 *nodes = g_new (gint32, n_neurons);

  for (gint64 q = 0; q < n_neurons; q++)
    nodes[q] = -1;
  for (guint v = 0; v < json_array_get_length (vertices); v++)
    nodes[json_array_get_int_element (vertices, v)] = (gint32) v;
  return nodes;
}

static CoterieGraph *
build_graph (JsonObject *expected, const gint32 *nodes)
{
  JsonArray *triples = json_object_get_array_member (expected, "edges");
  guint n_edges = json_array_get_length (triples);
  g_autofree CoterieEdge *edges = g_new (CoterieEdge, n_edges);

  for (guint e = 0; e < n_edges; e++) {
    JsonArray *triple = json_array_get_array_element (triples, e);

    edges[e].source = (guint32) nodes[json_array_get_int_element (triple, 0)];
    edges[e].target = (guint32) nodes[json_array_get_int_element (triple, 1)];
    edges[e].weight = json_array_get_double_element (triple, 2);
  }
  return coterie_graph_new (
      json_array_get_length (json_object_get_array_member (expected, "vertices")), edges, n_edges);
}

static guint32 *
read_halves (JsonObject *fixed, const gint32 *nodes, guint n_nodes)
{
  JsonArray *halves = json_object_get_array_member (fixed, "partition");
  guint32 *membership = g_new0 (guint32, n_nodes);
  JsonArray *second = json_array_get_array_element (halves, 1);

  g_assert_cmpuint (json_array_get_length (halves), ==, 2);
  for (guint i = 0; i < json_array_get_length (second); i++)
    membership[nodes[json_array_get_int_element (second, i)]] = 1;
  return membership;
}

static void
assert_near (double found, JsonObject *fixed, const char *member)
{
  double expected = json_object_get_double_member (fixed, member);

  g_assert_cmpfloat_with_epsilon (found, expected, 1e-9 * MAX (1.0, ABS (expected)));
}

static void
test_case (gconstpointer name)
{
  g_autoptr (JsonParser) parser = load (name);
  JsonObject *expected = json_node_get_object (json_parser_get_root (parser));
  JsonObject *fixed =
      json_object_get_object_member (json_object_get_object_member (expected, "klb"), "fixed");
  g_autofree gint32 *nodes = number_nodes (expected);
  g_autoptr (CoterieGraph) graph = build_graph (expected, nodes);
  g_autofree guint32 *halves = read_halves (fixed, nodes, graph->n_nodes);

  assert_near (coterie_bisection_compute_cut (graph, halves, COTERIE_EDGES_WEIGHTED), fixed,
               "cut_weighted");
  assert_near (coterie_bisection_compute_cut (graph, halves, COTERIE_EDGES_UNWEIGHTED), fixed,
               "cut_unweighted");
  assert_near (coterie_modularity_of_partition (graph, halves, COTERIE_EDGES_WEIGHTED, 1.0), fixed,
               "modularity_weighted");
  assert_near (coterie_modularity_of_partition (graph, halves, COTERIE_EDGES_UNWEIGHTED, 1.0),
               fixed, "modularity_unweighted");
}

int
main (int argc, char *argv[])
{
  static const char *const cases[] = {
      "all-zero-3x10x12", "block-4x24x80", "messy-10x64x500",  "random-10x48x200",
      "random-3x40x90",   "ring-5x40x150", "s-above-n-3x8x30",
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/golden/bisection/", cases[i], NULL);

    g_test_add_data_func (path, cases[i], test_case);
  }
  return g_test_run ();
}
