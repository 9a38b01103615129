/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scene that computes nothing itself: what it answers meanwhile, and what it comes to. */

#include "draw/scene/scene.h"

#include "sample-graph.h"

typedef struct {
  CoterieSceneGraph *first;
  CoterieSceneGraph *second;
  CoterieScene *scene; /* held, shows the first graph */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (4, 5, 4, 17.0);

  fixture->first = coterie_scene_graph_new_from_layer (&from->layer, NULL);
  fixture->second = coterie_scene_graph_new_from_layer (&to->layer, NULL);
  fixture->scene = coterie_scene_new ();
  coterie_scene_set_graphs (fixture->scene, fixture->first, NULL);
  coterie_scene_get_drawing (fixture->scene);
  coterie_scene_set_held (fixture->scene, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  coterie_scene_free (fixture->scene);
  coterie_scene_graph_unref (fixture->first);
  coterie_scene_graph_unref (fixture->second);
}

/* What a worker does. */
static gboolean
catch_up (CoterieScene *scene, CoterieScene *copy)
{
  coterie_scene_get_drawing (copy);
  return coterie_scene_catch_up (scene, copy);
}

static void
assert_drawn_alike (CoterieScene *a, CoterieScene *b)
{
  CoterieDrawing *one = coterie_scene_get_drawing (a), *other = coterie_scene_get_drawing (b);

  g_assert_cmpfloat (one->s_frac, ==, other->s_frac);
  g_assert_cmpmem (one->geometry->nodes, one->geometry->n_nodes * sizeof *one->geometry->nodes,
                   other->geometry->nodes,
                   other->geometry->n_nodes * sizeof *other->geometry->nodes);
  g_assert_cmpmem (one->geometry->edges, one->geometry->n_edges * sizeof *one->geometry->edges,
                   other->geometry->edges,
                   other->geometry->n_edges * sizeof *other->geometry->edges);
}

static void
test_shows_nothing_before_anything_was_computed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  coterie_scene_set_graphs (scene, fixture->first, fixture->second);
  coterie_scene_set_held (scene, TRUE);
  coterie_scene_set_blend (scene, 0.7);
  g_assert_false (coterie_scene_get_ready (scene));
  g_assert_cmpuint (coterie_scene_get_n_nodes (scene), ==, 0);
  g_assert_cmpuint (coterie_scene_get_drawing (scene)->geometry->n_nodes, ==, 0);
  g_assert_cmpint (coterie_scene_find (scene, fixture->first->keys[0]), ==, -1);
}

static void
test_answers_alike_until_it_catches_up (Fixture *fixture, gconstpointer data)
{
  CoterieScene *scene = fixture->scene;
  CoterieDrawing *drawing = coterie_scene_get_drawing (scene);
  CoterieBounds bounds = coterie_scene_get_bounds (scene), later;
  CoterieSceneStyle style = *coterie_scene_get_style (scene);
  g_autoptr (CoterieSceneLegend) legend = coterie_scene_get_legend (scene, 16);
  g_autoptr (CoterieSceneLegend) later_legend = NULL;

  style.color_by = COTERIE_SCENE_COLOR_ENTROPY;
  coterie_scene_set_style (scene, &style);
  coterie_scene_set_graphs (scene, fixture->second, fixture->first);
  coterie_scene_set_blend (scene, 0.9);
  coterie_scene_set_hovered (scene, fixture->second->keys[0]);

  later = coterie_scene_get_bounds (scene);
  later_legend = coterie_scene_get_legend (scene, 16);
  g_assert_false (coterie_scene_get_ready (scene));
  g_assert_true (coterie_scene_get_drawing (scene) == drawing);
  g_assert_cmpuint (coterie_scene_get_n_nodes (scene), ==, fixture->first->n_nodes);
  g_assert_cmpmem (&bounds, sizeof bounds, &later, sizeof later);
  g_assert_cmpuint (later_legend->n_rows, ==, legend->n_rows);
}

static void
test_catches_up_with_what_is_wanted (Fixture *fixture, gconstpointer data)
{
  CoterieScene *scene = fixture->scene;
  g_autoptr (CoterieScene) alone = coterie_scene_new ();
  g_autoptr (CoterieScene) copy = NULL;

  coterie_scene_set_graphs (scene, fixture->first, fixture->second);
  coterie_scene_set_graphs (alone, fixture->first, fixture->second);
  coterie_scene_set_movers_ringed (scene, TRUE);
  coterie_scene_set_movers_ringed (alone, TRUE);
  copy = coterie_scene_copy_wanted (scene);
  g_assert_true (coterie_scene_wants_same (scene, copy));
  coterie_scene_set_blend (scene, 0.4);
  coterie_scene_set_blend (alone, 0.4);

  g_assert_true (catch_up (scene, copy));
  g_assert_true (coterie_scene_get_ready (scene));
  g_assert_false (catch_up (scene, alone));
  assert_drawn_alike (scene, alone);
}

static void
test_shows_what_is_old_rather_than_older (Fixture *fixture, gconstpointer data)
{
  CoterieScene *scene = fixture->scene;
  g_autoptr (CoterieScene) second = coterie_scene_new ();
  g_autoptr (CoterieScene) copy = NULL, last = NULL;

  coterie_scene_set_graphs (second, fixture->second, NULL);
  coterie_scene_set_graphs (scene, fixture->second, NULL);
  copy = coterie_scene_copy_wanted (scene);
  coterie_scene_set_graphs (scene, fixture->second, fixture->first);
  coterie_scene_set_blend (scene, 0.8);
  g_assert_false (coterie_scene_wants_same (scene, copy));

  g_assert_true (catch_up (scene, copy));
  g_assert_false (coterie_scene_get_ready (scene));
  assert_drawn_alike (scene, second);

  last = coterie_scene_copy_wanted (scene);
  g_assert_true (catch_up (scene, last));
  g_assert_true (coterie_scene_get_ready (scene));
  g_assert_cmpuint (coterie_scene_get_n_nodes (scene), >, fixture->second->n_nodes);
}

static void
test_blends_while_colours_are_waited_for (Fixture *fixture, gconstpointer data)
{
  CoterieScene *scene = fixture->scene;
  g_autoptr (CoterieScene) copy = NULL;
  const CoterieDrawingGeometry *geometry;

  coterie_scene_set_graphs (scene, fixture->first, fixture->second);
  copy = coterie_scene_copy_wanted (scene);
  g_assert_true (catch_up (scene, copy));
  geometry = coterie_scene_get_drawing (scene)->geometry;
  coterie_scene_set_hovered (scene, fixture->first->keys[0]);
  coterie_scene_set_blend (scene, 0.25);
  g_assert_false (coterie_scene_get_ready (scene));
  g_assert_true (coterie_scene_get_drawing (scene)->geometry == geometry);
  g_assert_cmpfloat (coterie_scene_get_drawing (scene)->s_frac, >, 0.0);
}

static void
test_computes_itself_when_let_go (Fixture *fixture, gconstpointer data)
{
  CoterieScene *scene = fixture->scene;
  g_autoptr (CoterieScene) alone = coterie_scene_new ();

  coterie_scene_set_graphs (scene, fixture->second, NULL);
  coterie_scene_set_graphs (alone, fixture->second, NULL);
  coterie_scene_set_held (scene, FALSE);
  assert_drawn_alike (scene, alone);
}

int
main (int argc, char *argv[])
{
  static const struct {
    const char *name;
    void (*test) (Fixture *fixture, gconstpointer data);
  } tests[] = {
      {"/scene/held/shows-nothing-before-anything-was-computed",
       test_shows_nothing_before_anything_was_computed},
      {"/scene/held/answers-alike-until-it-catches-up", test_answers_alike_until_it_catches_up},
      {"/scene/held/catches-up-with-what-is-wanted", test_catches_up_with_what_is_wanted},
      {"/scene/held/shows-what-is-old-rather-than-older", test_shows_what_is_old_rather_than_older},
      {"/scene/held/blends-while-colours-are-waited-for", test_blends_while_colours_are_waited_for},
      {"/scene/held/computes-itself-when-let-go", test_computes_itself_when_let_go},
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].name, Fixture, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
