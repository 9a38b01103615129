/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which neurons are shown, in which of the graphs. */

#include "app/node-filter.h"

#include "../scene/sample-graph.h"

/* Three communities of four: neurons 5 to 16 of layer 1, node v of class and community v / 4. */
static guint
count_shown (CoterieNodeFilter *filter)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 4, 5, 10.0);
  g_autoptr (CoterieSceneGraph) graph = coterie_scene_graph_new_from_layer (&sample->layer, NULL);
  CoterieNodeQuery *query = coterie_node_filter_get_query (filter);
  guint n_shown = 0;

  for (guint v = 0; v < graph->n_nodes; v++)
    n_shown += query == NULL || coterie_node_query_matches (query, graph, v);
  return n_shown;
}

static void
count_cb (CoterieNodeFilter *filter, gpointer data)
{
  (*(guint *) data)++;
}

static void
test_conditions_add_up (void)
{
  g_autoptr (CoterieNodeFilter) filter = coterie_node_filter_new ();

  g_assert_cmpuint (count_shown (filter), ==, 12);
  coterie_node_filter_set_condition (filter, COTERIE_FILTER_COMMUNITY, "community 2");
  g_assert_cmpuint (count_shown (filter), ==, 4);
  coterie_node_filter_set_condition (filter, COTERIE_FILTER_SEARCH, "neuron < 11");
  g_assert_cmpuint (count_shown (filter), ==, 2);
  coterie_node_filter_set_condition (filter, COTERIE_FILTER_COMMUNITY, NULL);
  g_assert_cmpuint (count_shown (filter), ==, 6);
  coterie_node_filter_clear (filter);
  g_assert_cmpuint (count_shown (filter), ==, 12);
}

static void
test_community_belongs_to_its_layer (void)
{
  const CoterieFilterSubject subjects[] = {COTERIE_FILTER_COMMUNITY, COTERIE_FILTER_LAYER,
                                           COTERIE_FILTER_SEARCH};

  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++) {
    g_autoptr (CoterieNodeFilter) filter = coterie_node_filter_new ();

    coterie_node_filter_set_layer (filter, 2);
    coterie_node_filter_set_condition (filter, subjects[i], "community 2");
    for (guint layer = 0; layer < 2; layer++) {
      coterie_node_filter_set_layer (filter, layer);
      g_assert_null (coterie_node_filter_get_query (filter));
      g_assert_null (coterie_node_filter_get_condition (filter, subjects[i]));
    }
    coterie_node_filter_clear (filter);
    coterie_node_filter_set_layer (filter, 2);
    g_assert_cmpstr (coterie_node_filter_get_condition (filter, subjects[i]), ==, "community 2");
    g_assert_cmpuint (count_shown (filter), ==, 4);
  }
}

static void
test_class_and_strength_hold_everywhere (void)
{
  g_autoptr (CoterieNodeFilter) filter = coterie_node_filter_new ();

  coterie_node_filter_set_layer (filter, 1);
  coterie_node_filter_set_condition (filter, COTERIE_FILTER_CLASS, "class 1");
  coterie_node_filter_set_condition (filter, COTERIE_FILTER_STRENGTH, "strength >= 1000000");
  for (guint layer = 0; layer < 3; layer++) {
    coterie_node_filter_set_layer (filter, layer);
    g_assert_cmpstr (coterie_node_filter_get_condition (filter, COTERIE_FILTER_CLASS), ==,
                     "class 1");
    g_assert_cmpuint (count_shown (filter), ==, 0);
  }
  coterie_node_filter_clear (filter);
  coterie_node_filter_set_layer (filter, 1);
  g_assert_cmpuint (count_shown (filter), ==, 12);
}

static void
test_change_is_told_once (void)
{
  g_autoptr (CoterieNodeFilter) filter = coterie_node_filter_new ();
  guint n_changes = 0;

  g_signal_connect (filter, "changed", G_CALLBACK (count_cb), &n_changes);
  coterie_node_filter_set_layer (filter, 1);
  g_assert_cmpuint (n_changes, ==, 0);
  coterie_node_filter_set_condition (filter, COTERIE_FILTER_COMMUNITY, "C3");
  coterie_node_filter_set_condition (filter, COTERIE_FILTER_COMMUNITY, "C3");
  g_assert_cmpuint (n_changes, ==, 1);
  coterie_node_filter_set_layer (filter, 2);
  g_assert_cmpuint (n_changes, ==, 2);
  coterie_node_filter_set_layer (filter, 0);
  g_assert_cmpuint (n_changes, ==, 2);
  coterie_node_filter_set_layer (filter, 1);
  g_assert_cmpuint (n_changes, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/node-filter/conditions-add-up", test_conditions_add_up);
  g_test_add_func ("/ui/node-filter/community-belongs-to-its-layer",
                   test_community_belongs_to_its_layer);
  g_test_add_func ("/ui/node-filter/class-and-strength-hold-everywhere",
                   test_class_and_strength_hold_everywhere);
  g_test_add_func ("/ui/node-filter/change-is-told-once", test_change_is_told_once);
  return g_test_run ();
}
