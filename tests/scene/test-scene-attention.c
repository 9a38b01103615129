/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is brought out of a scene, and what stands behind its nodes and on them. */

#include "draw/scene/scene.h"

#include <math.h>

#include "draw/scene/scene-end.h"
#include "sample-graph.h"

static const CoterieDrawingGeometry *
get_geometry (CoterieScene *scene)
{
  return coterie_scene_get_drawing (scene)->geometry;
}

/* Three communities of four neurons, 0 to 11. */
static CoterieScene *
create_scene (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 4, 0, 10.0);
  CoterieScene *scene = coterie_scene_new ();

  sample_graph_show (scene, sample, NULL);
  return scene;
}

static CoterieNodeQuery *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  CoterieNodeQuery *query = coterie_node_query_parse (text, NULL, &error);

  g_assert_no_error (error);
  return query;
}

/* The nodes of a scene that have their full colour, one letter each: "abc". */
static char *
find_lit (CoterieScene *scene, guint which)
{
  g_autoptr (CoterieScene) plain = create_scene ();
  GString *lit = g_string_new (NULL);

  for (guint v = 0; v < get_geometry (plain)->n_nodes; v++) {
    CoterieColor color = get_geometry (scene)->nodes[v].ends[which].color;
    CoterieColor usual = get_geometry (plain)->nodes[v].ends[0].color;

    if (memcmp (&color, &usual, sizeof color) == 0)
      g_string_append_c (lit, (char) ('a' + v));
  }
  return g_string_free (lit, FALSE);
}

static void
assert_lit (CoterieScene *scene, const char *expected)
{
  g_autofree char *lit = find_lit (scene, 0);

  g_assert_cmpstr (lit, ==, expected);
}

static void
test_hovered_brings_out_neighbors (void)
{
  g_autoptr (CoterieScene) scene = create_scene ();
  g_autoptr (CoterieScene) plain = create_scene ();
  CoterieDrawing *drawing;

  assert_lit (scene, "abcdefghijkl");
  coterie_scene_set_hovered (scene, coterie_scene_key (1, 1));
  assert_lit (scene, "abcd");
  drawing = coterie_scene_get_drawing (scene);
  g_assert_cmpuint (coterie_drawing_get_ordered (drawing, 11), ==, 1);
  for (guint v = 0; v < 12; v++)
    g_assert_cmpfloat (drawing->geometry->nodes[v].ends[0].ring, ==, v == 1 ? 1.0f : 0.0f);
  for (guint e = 0; e < drawing->geometry->n_edges; e++) {
    const CoterieDrawingEdge *edge = &drawing->geometry->edges[e];
    float usual = get_geometry (plain)->edges[e].colors[0].alpha;

    if (edge->source == 1 || edge->target == 1)
      g_assert_cmpfloat (edge->colors[0].alpha, >=, usual);
    else
      g_assert_cmpfloat (edge->colors[0].alpha, <, usual);
  }
  coterie_scene_set_hovered (scene, COTERIE_SCENE_NO_KEY);
  assert_lit (scene, "abcdefghijkl");
}

static void
test_hovered_follows_the_neuron (void)
{
  g_autoptr (SampleGraph) first = sample_graph_new (2, 4, 0, 10.0);
  g_autoptr (SampleGraph) second = sample_graph_new (2, 4, 3, 10.0);
  g_autoptr (SampleGraph) third = sample_graph_new (2, 4, 100, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  guint64 key = coterie_scene_key (1, 5);

  sample_graph_show (scene, first, NULL);
  coterie_scene_set_hovered (scene, key);
  sample_graph_show (scene, second, NULL);
  g_assert_cmpuint (coterie_scene_get_hovered (scene), ==, key);
  g_assert_cmpfloat (get_geometry (scene)->nodes[2].ends[0].ring, ==, 1.0f);

  /* Where it is not, nothing steps back. */
  sample_graph_show (scene, third, NULL);
  g_assert_true (get_geometry (scene)->nodes[0].ends[0].color.red ==
                 coterie_palette_get_community (0, FALSE).red);
}

static void
test_what_comes_first_wins (void)
{
  g_autoptr (CoterieScene) scene = create_scene ();
  g_autoptr (CoterieNodeQuery) query = parse ("entropy > 2");

  coterie_scene_set_search (scene, query);
  assert_lit (scene, "jkl");
  g_assert_cmpuint (coterie_scene_get_n_matches (scene), ==, 3);
  coterie_scene_set_focus (scene, 1);
  assert_lit (scene, "efgh");
  coterie_scene_set_hovered (scene, coterie_scene_key (1, 1));
  assert_lit (scene, "abcd");
  coterie_scene_set_hovered (scene, COTERIE_SCENE_NO_KEY);
  coterie_scene_set_focus (scene, COTERIE_PALETTE_NO_IDENTITY);
  coterie_scene_set_search (scene, NULL);
  assert_lit (scene, "abcdefghijkl");
  g_assert_cmpuint (coterie_scene_get_n_matches (scene), ==, 0);
}

static void
test_filter_hides_nodes_and_edges (void)
{
  g_autoptr (CoterieScene) scene = create_scene ();
  g_autoptr (CoterieScene) plain = create_scene ();
  g_autoptr (CoterieNodeQuery) filter = parse ("C1 or C3");
  g_autoptr (CoterieNodeQuery) search = parse ("C2 or C3");
  CoterieBounds bounds = coterie_scene_get_bounds (plain);
  CoterieBounds filtered;

  coterie_scene_set_filter (scene, filter);
  coterie_scene_set_search (scene, search);
  for (guint v = 0; v < 12; v++) {
    gboolean shown = v / 4 != 1;

    g_assert_cmpint (coterie_scene_get_shown (scene, v), ==, shown);
    g_assert_cmpint (get_geometry (scene)->nodes[v].ends[0].radius_px > 0.0f, ==, shown);
    g_assert_cmpint (get_geometry (scene)->nodes[v].ends[0].color.alpha > 0.0f, ==, shown);
  }
  g_assert_cmpuint (get_geometry (scene)->n_edges, ==, 2 * 6);
  for (guint e = 0; e < get_geometry (scene)->n_edges; e++)
    g_assert_cmpuint (get_geometry (scene)->edges[e].source / 4, !=, 1);
  g_assert_cmpuint (get_geometry (scene)->n_hulls, ==, 2);
  g_assert_cmpuint (get_geometry (scene)->n_labels, ==, 2);
  g_assert_cmpuint (coterie_scene_get_n_matches (scene), ==, 4);

  /* The graph is as large as before; what is shown may not be, see below. */
  filtered = coterie_scene_get_bounds (scene);
  g_assert_cmpmem (&bounds, sizeof bounds, &filtered, sizeof filtered);
  filtered = coterie_scene_get_shown_bounds (plain);
  g_assert_cmpmem (&bounds, sizeof bounds, &filtered, sizeof filtered);
  coterie_scene_set_filter (scene, NULL);
  g_assert_cmpuint (get_geometry (scene)->n_edges, ==, 3 * 6 + 2);
}

/* Community 1 is the one on the right, at (10, 0), 0.22 of that around it; a single node is widened. Where
 * nothing is shown the whole graph is. */
static void
test_what_a_filter_leaves_has_bounds (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (CoterieScene) scene = create_scene ();
  g_autoptr (CoterieNodeQuery) right = parse ("C1");
  g_autoptr (CoterieNodeQuery) one = parse ("5");
  g_autoptr (CoterieNodeQuery) none = parse ("99");
  CoterieBounds all = coterie_scene_get_bounds (scene), shown;

  coterie_scene_set_filter (scene, right);
  shown = coterie_scene_get_shown_bounds (scene);
  for (guint v = 0; v < 4; v++) {
    g_assert_cmpfloat (sample->positions[2 * v], >=, shown.min_x);
    g_assert_cmpfloat (sample->positions[2 * v], <=, shown.max_x);
  }
  g_assert_cmpfloat (shown.min_x, >, 0.0);
  g_assert_cmpfloat (shown.max_y, <, 0.5 * all.max_y);

  coterie_scene_set_filter (scene, one);
  shown = coterie_scene_get_shown_bounds (scene);
  g_assert_cmpfloat_with_epsilon (0.5 * (shown.min_x + shown.max_x), (double) sample->positions[10],
                                  1e-5);
  g_assert_cmpfloat (shown.max_x - shown.min_x, >, 0.2 * (all.max_x - all.min_x));
  g_assert_cmpfloat (shown.max_x - shown.min_x, <, 0.5 * (all.max_x - all.min_x));

  coterie_scene_set_filter (scene, none);
  shown = coterie_scene_get_shown_bounds (scene);
  g_assert_cmpmem (&all, sizeof all, &shown, sizeof shown);
}

/* One end has nothing to show: it is seen from where the other one is. */
static void
test_bounds_of_what_is_shown_at_one_end_alone (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (3, 4, 50, 20.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieNodeQuery) filter = parse ("neuron >= 50 and C1");
  CoterieBounds before, after;

  sample_graph_show (scene, from, to);
  coterie_scene_set_filter (scene, filter);
  before = coterie_scene_get_shown_bounds (scene);
  coterie_scene_set_blend (scene, 1.0);
  after = coterie_scene_get_shown_bounds (scene);
  g_assert_cmpmem (&before, sizeof before, &after, sizeof after);
  g_assert_cmpfloat (before.min_x, >, 10.0);
}

/* The row of a legend with a name. */
static const CoterieSceneLegendRow *
find_row (const CoterieSceneLegend *legend, const char *name)
{
  for (guint i = 0; i < legend->n_rows; i++)
    if (strcmp (legend->rows[i].name, name) == 0)
      return &legend->rows[i];
  return NULL;
}

static void
test_filter_leaves_communities_their_names (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (2, 12, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieNodeQuery) filter = parse ("main class 0");
  g_autoptr (CoterieSceneLegend) whole = NULL, filtered = NULL;

  /* Half of the first community and four of the twelve in the second. */
  for (guint v = 0; v < 6; v++)
    sample->node_classes[v] = 1;
  for (guint v = 12; v < 16; v++)
    sample->node_classes[v] = 0;
  sample_graph_show (scene, sample, NULL);
  whole = coterie_scene_get_legend (scene, 10);
  coterie_scene_set_filter (scene, filter);
  filtered = coterie_scene_get_legend (scene, 10);

  for (guint i = 0; i < 2; i++) {
    const CoterieSceneLegendRow *before = &whole->rows[i];
    const CoterieSceneLegendRow *after = find_row (filtered, before->name);

    g_assert_cmpuint (before->n_nodes, ==, 12);
    g_assert_nonnull (after);
    g_assert_cmpuint (after->n_nodes, <, 12);
    g_assert_cmpstr (after->detail, ==, before->detail);
  }
}

static void
test_selected_nodes_are_ringed (void)
{
  g_autoptr (CoterieScene) scene = create_scene ();
  const guint64 selected[] = {coterie_scene_key (1, 3), coterie_scene_key (1, 8),
                              coterie_scene_key (2, 3), coterie_scene_key (1, 999)};
  CoterieColor text = coterie_palette_get (FALSE)->text;
  const CoterieDrawingNode *nodes;

  coterie_scene_set_selected (scene, selected, 4);
  assert_lit (scene, "abcdefghijkl");
  nodes = get_geometry (scene)->nodes;
  for (guint v = 0; v < 12; v++)
    g_assert_cmpfloat (nodes[v].ends[0].ring, ==, v == 3 || v == 8 ? 1.0f : 0.0f);
  g_assert_cmpmem (&nodes[3].ring_color, sizeof text, &text, sizeof text);
  g_assert_cmpmem (&nodes[8].ring_color, sizeof text, &text, sizeof text);
  coterie_scene_set_selected (scene, NULL, 0);
  g_assert_cmpfloat (get_geometry (scene)->nodes[3].ends[0].ring, ==, 0.0f);
}

/* Lists beside the picture show nodes as it does, whatever their colours mean. */
static void
test_lists_look_as_the_picture (void)
{
  g_autoptr (CoterieScene) scene = create_scene ();
  CoterieSceneGraph *graph = coterie_scene_get_nearest_graph (scene);
  CoterieSceneStyle style = *coterie_scene_get_style (scene);
  g_autofree CoterieColor *colors = g_new (CoterieColor, graph->n_nodes);
  g_autofree CoterieShape *shapes = g_new (CoterieShape, graph->n_nodes);

  for (guint i = 0; i < COTERIE_N_SCENE_COLORS; i++) {
    const CoterieDrawingNode *nodes;

    style.color_by = (CoterieSceneColorBy) i;
    style.dark = i % 2 == 1;
    coterie_scene_set_style (scene, &style);
    coterie_scene_end_paint (graph, &style, colors, shapes);
    nodes = get_geometry (scene)->nodes;
    for (guint v = 0; v < graph->n_nodes; v++) {
      g_assert_cmpmem (&colors[v], sizeof colors[v], &nodes[v].ends[0].color, sizeof colors[v]);
      g_assert_cmpuint (shapes[v], ==, nodes[v].shape);
    }
  }
}

/* What is selected and not found has a fainter ring than what is both, whatever is under the pointer. */
static void
test_search_goes_before_the_selection (void)
{
  g_autoptr (CoterieScene) scene = create_scene ();
  g_autoptr (CoterieNodeQuery) query = coterie_node_query_parse ("3", NULL, NULL);
  const guint64 selected[] = {coterie_scene_key (1, 3), coterie_scene_key (1, 8)};
  const CoterieDrawingNode *nodes;

  coterie_scene_set_selected (scene, selected, 2);
  coterie_scene_set_search (scene, query);
  nodes = get_geometry (scene)->nodes;
  g_assert_cmpfloat (nodes[3].ends[0].ring, ==, 1.0f);
  g_assert_cmpfloat (nodes[8].ends[0].ring, >, 0.2f);
  g_assert_cmpfloat (nodes[8].ends[0].ring, <, 0.5f);
  coterie_scene_set_search (scene, NULL);
  g_assert_cmpfloat (get_geometry (scene)->nodes[8].ends[0].ring, ==, 1.0f);
}

/* Neuron 5 goes from the second community to the first, 6 into one without an identity; 8 to 11 are
 * gone. */
static void
test_movers_are_ringed (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (2, 4, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  const guint32 identities[] = {0, 1, COTERIE_LINEAGE_NONE};

  g_free (to->identities);
  to->identities = g_memdup2 (identities, sizeof identities);
  to->layer.identities = to->identities;
  to->layer.n_communities = 3;
  to->communities[5] = 0;
  to->communities[6] = 2;
  sample_graph_show (scene, from, to);
  g_assert_cmpfloat (get_geometry (scene)->nodes[5].ends[0].ring, ==, 0.0f);
  coterie_scene_set_movers_ringed (scene, TRUE);
  for (guint v = 0; v < 12; v++)
    for (guint which = 0; which < 2; which++)
      g_assert_cmpfloat (get_geometry (scene)->nodes[v].ends[which].ring, ==, v == 5 ? 1.0f : 0.0f);
  coterie_scene_set_movers_ringed (scene, FALSE);
  g_assert_cmpfloat (get_geometry (scene)->nodes[5].ends[0].ring, ==, 0.0f);
}

/* A third of the nodes goes from the second community to the first. */
static void
test_many_movers_are_not_ringed (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (3, 4, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  for (guint v = 4; v < 8; v++)
    to->communities[v] = 0;
  sample_graph_show (scene, from, to);
  coterie_scene_set_movers_ringed (scene, TRUE);
  for (guint v = 0; v < 12; v++)
    g_assert_cmpfloat (get_geometry (scene)->nodes[v].ends[0].ring, ==, 0.0f);
}

static void
test_a_single_selected_node_shows_its_edges (void)
{
  g_autoptr (CoterieScene) scene = create_scene ();
  g_autoptr (CoterieScene) plain = create_scene ();
  const guint64 selected[] = {coterie_scene_key (1, 5)};

  coterie_scene_set_selected (scene, selected, 1);
  for (guint e = 0; e < get_geometry (scene)->n_edges; e++) {
    const CoterieDrawingEdge *edge = &get_geometry (scene)->edges[e];
    float usual = get_geometry (plain)->edges[e].colors[0].alpha;

    if (edge->source == 5 || edge->target == 5)
      g_assert_cmpfloat (edge->colors[0].alpha, >=, usual);
    else
      g_assert_cmpfloat (edge->colors[0].alpha, ==, usual);
  }
}

static void
test_pinned_nodes_stay_where_they_are_put (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (2, 3, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (2, 3, 0, 20.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  const guint64 keys[] = {coterie_scene_key (1, 4), coterie_scene_key (3, 1)};
  const float positions[] = {55.0f, -7.0f, 0.0f, 0.0f};
  const CoterieDrawingNode *nodes;

  sample_graph_show (scene, from, to);
  coterie_scene_set_pinned (scene, keys, positions, 2);
  nodes = get_geometry (scene)->nodes;
  for (guint which = 0; which < 2; which++) {
    g_assert_cmpfloat (nodes[4].ends[which].x, ==, 55.0f);
    g_assert_cmpfloat (nodes[4].ends[which].y, ==, -7.0f);
  }
  g_assert_cmpfloat (nodes[4].mark, ==, 1.0f);
  g_assert_cmpfloat (nodes[3].mark, ==, 0.0f);
  g_assert_cmpfloat (coterie_scene_get_bounds (scene).max_x, ==, 55.0);

  coterie_scene_set_pinned (scene, keys, NULL, 1);
  nodes = get_geometry (scene)->nodes;
  g_assert_cmpfloat (nodes[4].mark, ==, 1.0f);
  g_assert_cmpfloat (nodes[4].ends[0].x, ==, from->positions[8]);
}

/* Text on paper, whatever its edges look like. */
static void
test_trail_stands_out (void)
{
  g_autoptr (CoterieScene) scene = create_scene ();
  const float points[] = {1.0f, 2.0f, 3.0f, 4.0f, 5.0f, 6.0f};
  const CoteriePalette *palette = coterie_palette_get (FALSE);
  const CoterieDrawingGeometry *geometry;

  coterie_scene_set_trail (scene, points, 3, FALSE);
  geometry = get_geometry (scene);
  g_assert_cmpuint (geometry->n_paths, ==, 2);
  for (guint i = 0; i < 2; i++) {
    g_assert_cmpuint (geometry->paths[i].n_points, ==, 3);
    g_assert_cmpmem (geometry->paths[i].points, sizeof points, points, sizeof points);
    g_assert_cmpfloat (geometry->paths[i].fade, <, 0.5f);
  }
  g_assert_cmpfloat (geometry->paths[0].color.green, ==, palette->canvas.green);
  g_assert_cmpfloat (geometry->paths[1].color.green, ==, palette->text.green);
  g_assert_cmpfloat (geometry->paths[0].width_px, >, geometry->paths[1].width_px);
  g_assert_cmpfloat (geometry->paths[0].dot_px, >, geometry->paths[1].dot_px);
  g_assert_cmpfloat (2.0f * geometry->paths[1].dot_px, >, geometry->paths[1].width_px);
  coterie_scene_set_trail (scene, points, 1, FALSE);
  g_assert_cmpuint (get_geometry (scene)->n_paths, ==, 0);
}

/* Also where there is but one place. Of what is on each other the last is the smallest, and has the colour of
 * the canvas: the ring is hollow. */
static void
test_trail_of_what_is_not_there_ends_in_a_ring (void)
{
  g_autoptr (CoterieScene) scene = create_scene ();
  const float points[] = {1.0f, 2.0f, 3.0f, 4.0f};
  const CoteriePalette *palette = coterie_palette_get (FALSE);

  for (guint n_points = 1; n_points <= 2; n_points++) {
    const CoterieDrawingGeometry *geometry;
    const CoterieDrawingPath *ring;

    coterie_scene_set_trail (scene, points, n_points, TRUE);
    geometry = get_geometry (scene);
    g_assert_cmpuint (geometry->n_paths, ==, n_points == 1 ? 3 : 5);
    ring = geometry->paths + geometry->n_paths - 2;
    for (guint i = 0; i < 2; i++)
      g_assert_cmpmem (ring[1].points + 2 * i, 2 * sizeof (float), points + 2 * (n_points - 1),
                       2 * sizeof (float));
    g_assert_cmpfloat (ring[0].color.green, ==, palette->text.green);
    g_assert_cmpfloat (ring[1].color.green, ==, palette->canvas.green);
    g_assert_cmpfloat (ring[1].dot_px, <, ring[0].dot_px);

    coterie_scene_set_trail (scene, points, n_points, FALSE);
    g_assert_cmpuint (get_geometry (scene)->n_paths, ==, n_points == 1 ? 0 : 2);
  }
  coterie_scene_set_trail (scene, NULL, 0, TRUE);
  g_assert_cmpuint (get_geometry (scene)->n_paths, ==, 0);
}

/* The second community has two neurons in the first frame and three in the second, the third one is
 * gone there. */
static void
test_hulls_come_and_go_with_communities (void)
{
  const guint32 before[] = {0, 0, 0, 0, 1, 1, 2, 2, 2};
  const guint32 after[] = {0, 0, 0, 0, 0, 0, 1, 1, 1};
  g_autoptr (SampleGraph) from = sample_graph_new (3, 3, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (3, 3, 0, 20.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  const CoterieDrawingGeometry *geometry;

  for (guint v = 0; v < 9; v++) {
    from->communities[v] = before[v];
    to->communities[v] = after[v];
  }
  sample_graph_show (scene, from, to);
  geometry = get_geometry (scene);
  g_assert_cmpuint (geometry->n_hulls, ==, 3);
  for (guint i = 0; i < 3; i++) {
    const CoterieDrawingHull *hull = &geometry->hulls[i];
    guint identity = i == 0 ? 0 : hull->colors[0].alpha > 0.0f ? 2 : 1;

    g_assert_cmpint (hull->colors[0].alpha > 0.0f, ==, identity != 1);
    g_assert_cmpint (hull->colors[1].alpha > 0.0f, ==, identity != 2);
    g_assert_cmpfloat (hull->colors[0].blue, ==,
                       coterie_palette_get_community (identity, FALSE).blue);
    for (guint p = 0; p < 2 * hull->n_points; p++)
      g_assert_cmpfloat (hypotf (hull->points[2 * p], hull->points[2 * p + 1]), <,
                         p < hull->n_points ? 13.0f : 25.0f);
  }
}

static const char *const class_names[] = {"zero", "one", "two", NULL};

static const CoterieDrawingLabel *
find_label (CoterieScene *scene, const char *text)
{
  const CoterieDrawingGeometry *geometry = get_geometry (scene);

  for (guint i = 0; i < geometry->n_labels; i++)
    if (g_str_equal (geometry->labels[i].text, text))
      return &geometry->labels[i];
  return NULL;
}

static void
test_labels_name_communities_and_classes (void)
{
  g_autoptr (CoterieScene) scene = create_scene ();
  CoterieSceneStyle style = coterie_scene_style_get_default (FALSE);
  const CoterieDrawingLabel *label;

  coterie_scene_set_class_names (scene, class_names);
  g_assert_cmpuint (get_geometry (scene)->n_labels, ==, 3);
  label = find_label (scene, "C2 “one”");
  g_assert_nonnull (label);
  g_assert_cmpfloat (label->opacities[0], ==, 1.0f);
  g_assert_cmpfloat (label->priority, ==, 4.0f);

  style.labels = COTERIE_SCENE_LABELS_CLASSES;
  coterie_scene_set_style (scene, &style);
  g_assert_cmpuint (get_geometry (scene)->n_labels, ==, 3);
  g_assert_nonnull (find_label (scene, "“two”"));
  style.labels = COTERIE_SCENE_LABELS_NONE;
  style.hulls = FALSE;
  coterie_scene_set_style (scene, &style);
  g_assert_cmpuint (get_geometry (scene)->n_labels, ==, 0);
  g_assert_cmpuint (get_geometry (scene)->n_hulls, ==, 0);
}

/* One of its neurons is far above all others. */
static void
test_an_outlier_leaves_the_name_where_it_is (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (3, 9, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  const CoterieDrawingLabel *label;
  float x, y;

  coterie_scene_set_class_names (scene, class_names);
  sample_graph_show (scene, sample, sample);
  label = find_label (scene, "C1 “zero”");
  g_assert_nonnull (label);
  x = label->x[0];
  y = label->y[0];

  sample->positions[1] += 500.0f;
  sample_graph_show (scene, sample, sample);
  label = find_label (scene, "C1 “zero”");
  g_assert_cmpfloat (hypotf (label->x[0] - x, label->y[0] - y), <, 2.0f);
  g_assert_cmpfloat (label->y[0] + label->above[0], <, 100.0f);
  g_assert_cmpuint (get_geometry (scene)->node_labels[0][0], ==,
                    label - get_geometry (scene)->labels);
}

/* The community comes to stand for another class. */
static void
test_labels_change_half_way (void)
{
  g_autoptr (SampleGraph) from = sample_graph_new (2, 4, 0, 10.0);
  g_autoptr (SampleGraph) to = sample_graph_new (2, 4, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();

  for (guint v = 0; v < 4; v++)
    to->node_classes[v] = 1;
  coterie_scene_set_class_names (scene, class_names);
  sample_graph_show (scene, from, to);
  g_assert_nonnull (find_label (scene, "C1 “zero”"));
  coterie_scene_set_blend (scene, 0.7);
  g_assert_null (find_label (scene, "C1 “zero”"));
  g_assert_nonnull (find_label (scene, "C1 “one”"));
}

static void
test_legend_lists_communities (void)
{
  g_autoptr (SampleGraph) sample = sample_graph_new (4, 3, 0, 10.0);
  g_autoptr (CoterieScene) scene = coterie_scene_new ();
  g_autoptr (CoterieSceneLegend) legend = NULL;
  const guint32 communities[] = {0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 3};

  for (guint v = 0; v < 12; v++)
    sample->communities[v] = communities[v];
  sample->identities[0] = 7;
  sample->identities[3] = COTERIE_LINEAGE_NONE;
  coterie_scene_set_class_names (scene, class_names);
  sample_graph_show (scene, sample, NULL);
  legend = coterie_scene_get_legend (scene, 2);
  g_assert_cmpuint (legend->n_rows, ==, 2);
  g_assert_cmpuint (legend->n_rest, ==, 2);
  g_assert_cmpuint (legend->n_rest_colors, ==, 2);
  g_assert_cmpfloat (legend->rest_colors[0].red, ==, coterie_palette_get_community (2, FALSE).red);
  g_assert_cmpfloat (legend->rest_colors[1].red, ==,
                     coterie_palette_get_community (COTERIE_PALETTE_NO_IDENTITY, FALSE).red);
  g_assert_cmpuint (legend->rows[0].identity, ==, 1);
  g_assert_cmpstr (legend->rows[0].name, ==, "C2");
  g_assert_cmpuint (legend->rows[0].n_nodes, ==, 3);
  g_assert_cmpstr (legend->rows[1].name, ==, "C8");
  g_assert_cmpstr (legend->rows[1].detail, ==, "“zero” “one”");
  g_assert_cmpuint (legend->rows[1].n_nodes, ==, 5);
  g_assert_cmpfloat (legend->rows[1].color.red, ==, coterie_palette_get_community (7, FALSE).red);
  g_assert_false (legend->has_ramp);
}

static void
test_legend_follows_the_style (void)
{
  g_autoptr (CoterieScene) scene = create_scene ();
  g_autoptr (CoterieSceneLegend) classes = NULL;
  g_autoptr (CoterieSceneLegend) ramp = NULL;
  CoterieSceneStyle style = coterie_scene_style_get_default (FALSE);

  coterie_scene_set_class_names (scene, class_names);
  style.color_by = COTERIE_SCENE_COLOR_CLASS;
  style.size_by = COTERIE_SCENE_SIZE_CONSTANT;
  coterie_scene_set_style (scene, &style);
  classes = coterie_scene_get_legend (scene, 16);
  g_assert_cmpuint (classes->n_rows, ==, 3);
  g_assert_cmpstr (classes->rows[2].name, ==, "“two”");
  g_assert_cmpuint (classes->rows[2].identity, ==, COTERIE_PALETTE_NO_IDENTITY);
  g_assert_null (classes->size_title);

  style.color_by = COTERIE_SCENE_COLOR_ENTROPY;
  style.size_by = COTERIE_SCENE_SIZE_ENTROPY;
  coterie_scene_set_style (scene, &style);
  ramp = coterie_scene_get_legend (scene, 16);
  g_assert_true (ramp->has_ramp);
  g_assert_cmpuint (ramp->n_rows, ==, 0);
  g_assert_cmpfloat (ramp->ramp_min, ==, 0.0);
  g_assert_cmpfloat (ramp->ramp_max, ==, 3.0);
  g_assert_cmpfloat (ramp->size_max, ==, 2.75);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/attention/hovered-brings-out-neighbours",
                   test_hovered_brings_out_neighbors);
  g_test_add_func ("/scene/attention/hovered-follows-the-neuron", test_hovered_follows_the_neuron);
  g_test_add_func ("/scene/attention/what-comes-first-wins", test_what_comes_first_wins);
  g_test_add_func ("/scene/attention/filter-hides-nodes-and-edges",
                   test_filter_hides_nodes_and_edges);
  g_test_add_func ("/scene/attention/what-a-filter-leaves-has-bounds",
                   test_what_a_filter_leaves_has_bounds);
  g_test_add_func ("/scene/attention/bounds-of-what-is-shown-at-one-end-alone",
                   test_bounds_of_what_is_shown_at_one_end_alone);
  g_test_add_func ("/scene/attention/filter-leaves-communities-their-names",
                   test_filter_leaves_communities_their_names);
  g_test_add_func ("/scene/attention/selected-nodes-are-ringed", test_selected_nodes_are_ringed);
  g_test_add_func ("/scene/attention/lists-look-as-the-picture", test_lists_look_as_the_picture);
  g_test_add_func ("/scene/attention/search-goes-before-the-selection",
                   test_search_goes_before_the_selection);
  g_test_add_func ("/scene/attention/movers-are-ringed", test_movers_are_ringed);
  g_test_add_func ("/scene/attention/many-movers-are-not-ringed", test_many_movers_are_not_ringed);
  g_test_add_func ("/scene/attention/a-single-selected-node-shows-its-edges",
                   test_a_single_selected_node_shows_its_edges);
  g_test_add_func ("/scene/attention/pinned-nodes-stay-where-they-are-put",
                   test_pinned_nodes_stay_where_they_are_put);
  g_test_add_func ("/scene/attention/trail-stands-out", test_trail_stands_out);
  g_test_add_func ("/scene/attention/trail-of-what-is-not-there-ends-in-a-ring",
                   test_trail_of_what_is_not_there_ends_in_a_ring);
  g_test_add_func ("/scene/decor/hulls-come-and-go-with-communities",
                   test_hulls_come_and_go_with_communities);
  g_test_add_func ("/scene/decor/labels-name-communities-and-classes",
                   test_labels_name_communities_and_classes);
  g_test_add_func ("/scene/decor/an-outlier-leaves-the-name-where-it-is",
                   test_an_outlier_leaves_the_name_where_it_is);
  g_test_add_func ("/scene/decor/labels-change-half-way", test_labels_change_half_way);
  g_test_add_func ("/scene/legend/lists-communities", test_legend_lists_communities);
  g_test_add_func ("/scene/legend/follows-the-style", test_legend_follows_the_style);
  return g_test_run ();
}
