/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/layout/force-layout.h"

#include <math.h>

#include "graphs.h"

typedef CoterieForceSettings Settings;

static Settings
get_default_settings (void)
{
  Settings settings;

  coterie_force_settings_init (&settings);
  return settings;
}

static CoterieForceLayout *
new_scattered (CoterieGraph *graph, const Settings *settings, CoteriePool *pool, guint64 seed)
{
  CoterieForceLayout *layout = coterie_force_layout_new (graph, settings, pool);

  coterie_force_layout_scatter (layout, seed);
  return layout;
}

static guint
count_steps_to_rest (CoterieForceLayout *layout)
{
  guint n_steps = 1;

  while (coterie_force_layout_step (layout))
    n_steps++;
  return n_steps;
}

static double
log_or_linear (double distance, gboolean lin_log)
{
  return lin_log ? log1p (distance) / distance : 1.0;
}

/* The forces as the paper writes them, one pair of nodes after the other. */
static void
compute_naive_forces (const CoterieGraph *graph,
                      const Settings *settings,
                      const double *places,
                      const double *anchors,
                      const double *stiffnesses,
                      double *forces)
{
  double weight_scale = graph->n_edges / graph->total_weight;

  for (guint v = 0; v < graph->n_nodes; v++) {
    double mass = 1.0 + coterie_graph_get_degree (graph, v);
    double center = hypot (places[2 * v], places[2 * v + 1]);
    double away = hypot (anchors[2 * v] - places[2 * v], anchors[2 * v + 1] - places[2 * v + 1]);
    double gravity = settings->gravity * mass * log_or_linear (center, settings->lin_log);
    double hold = settings->anchoring * stiffnesses[v] * mass;

    hold *= log_or_linear (away, settings->lin_log);
    for (guint axis = 0; axis < 2; axis++) {
      double *force = &forces[2 * v + axis];

      *force = hold * (anchors[2 * v + axis] - places[2 * v + axis]);
      *force -= gravity * places[2 * v + axis];
      for (guint w = 0; w < graph->n_nodes; w++) {
        double d = hypot (places[2 * v] - places[2 * w], places[2 * v + 1] - places[2 * w + 1]);
        double other_mass = 1.0 + coterie_graph_get_degree (graph, w);

        if (w != v)
          *force += settings->scaling * mass * other_mass / d *
                    (places[2 * v + axis] - places[2 * w + axis]) / d;
      }
      for (guint e = 0; e < graph->n_edges; e++) {
        const CoterieEdge *edge = &graph->edges[e];
        guint w = edge->source == v ? edge->target : edge->source;
        double d = hypot (places[2 * v] - places[2 * w], places[2 * v + 1] - places[2 * w + 1]);

        if (edge->source == v || edge->target == v)
          *force += weight_scale * edge->weight * log_or_linear (d, settings->lin_log) *
                    (places[2 * w + axis] - places[2 * v + axis]);
      }
    }
  }
}

static void
test_agrees_with_naive (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_planted (45, 3, 0.5, 0.1, 5);

  for (guint lin_log = 0; lin_log < 2; lin_log++) {
    Settings settings = {3.0, 0.7, 1.3, lin_log == 1, 10};
    g_autoptr (CoterieForceLayout) layout = new_scattered (graph, &settings, pool, 8);
    double places[90], anchors[90], stiffnesses[45], expected[90], forces[90];

    for (guint i = 0; i < 90; i++) {
      places[i] = coterie_force_layout_get_positions (layout)[i];
      anchors[i] = 10.0 * i - 450.0;
    }
    for (guint v = 0; v < 45; v++)
      stiffnesses[v] = v / 45.0;
    coterie_force_layout_set_anchors (layout, anchors, stiffnesses);
    coterie_force_layout_step (layout);
    coterie_force_layout_copy_forces (layout, forces);

    compute_naive_forces (graph, &settings, places, anchors, stiffnesses, expected);
    for (guint i = 0; i < 90; i++)
      g_assert_cmpfloat_with_epsilon (forces[i], expected[i], 1e-7 * (1.0 + fabs (expected[i])));
  }
}

static void
test_repulsion_sums_to_zero (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = coterie_graph_new (61, NULL, 0);
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = NULL;
  double forces[122];
  double sums[2] = {0.0};
  double total = 0.0;

  settings.gravity = 0.0;
  layout = new_scattered (graph, &settings, pool, 2);
  for (guint step = 0; step < 5; step++)
    coterie_force_layout_step (layout);

  coterie_force_layout_copy_forces (layout, forces);
  for (guint i = 0; i < 122; i++) {
    sums[i % 2] += forces[i];
    total += fabs (forces[i]);
  }
  g_assert_cmpfloat (total, >, 1.0);
  g_assert_cmpfloat (fabs (sums[0]), <, 1e-12 * total);
  g_assert_cmpfloat (fabs (sums[1]), <, 1e-12 * total);
}

static void
test_pair_rests_where_forces_balance (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_path (2);
  Settings settings = {10.0, 0.3, 0.0, FALSE, 1000};
  g_autoptr (CoterieForceLayout) layout = coterie_force_layout_new (graph, &settings, pool);
  const double starts[] = {-1.0, 0.0, 1.0, 0.0};
  const double *positions;
  gboolean moving = TRUE;

  coterie_force_layout_set_positions (layout, starts);
  while (moving) {
    moving = coterie_force_layout_step (layout);
    positions = coterie_force_layout_get_positions (layout);
    g_assert_cmpfloat (positions[0], ==, -positions[2]);
    g_assert_cmpfloat (positions[1], ==, 0.0);
    g_assert_cmpfloat (positions[3], ==, 0.0);
  }

  /* Masses are 2: 10 * 2 * 2 / d = d + 0.3 * 2 * d / 2. */
  g_assert_cmpfloat_with_epsilon (positions[2] - positions[0], sqrt (40.0 / 1.3), 0.05);
  g_assert_cmpfloat_with_epsilon (coterie_force_layout_get_radius (layout), positions[2], 1e-9);
}

/* Two free nodes at a distance of 100 repel each other with 10 / 100. Both only swing in the first
 * step, twice as much as they go on, which gives the speed sqrt (0.05 sqrt (2)) / 2. */
static void
test_first_step_is_known (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = coterie_graph_new (2, NULL, 0);
  Settings settings = {10.0, 0.0, 0.0, FALSE, 10};
  g_autoptr (CoterieForceLayout) layout = coterie_force_layout_new (graph, &settings, pool);
  const double starts[] = {-50.0, 0.0, 50.0, 0.0};
  const double *positions = coterie_force_layout_get_positions (layout);
  double speed = sqrt (0.05 * sqrt (2.0)) / 2.0;
  double move = 0.1 * speed / (1.0 + sqrt (0.1 * speed));

  coterie_force_layout_set_positions (layout, starts);
  coterie_force_layout_step (layout);
  g_assert_cmpfloat_with_epsilon (positions[0], -50.0 - move, 1e-9);
  g_assert_cmpfloat_with_epsilon (positions[2], 50.0 + move, 1e-9);
}

/* Gephi's choice changes at 100 nodes. */
static void
test_scaling_of_zero_is_chosen (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);

  for (guint n_nodes = 99; n_nodes <= 100; n_nodes++) {
    g_autoptr (CoterieGraph) graph = test_graph_new_path (n_nodes);
    gsize size = 2 * n_nodes * sizeof (double);
    Settings settings = get_default_settings ();
    g_autoptr (CoterieForceLayout) chosen = new_scattered (graph, &settings, pool, 1);
    g_autoptr (CoterieForceLayout) given = NULL;

    settings.scaling = n_nodes < 100 ? 10.0 : 2.0;
    given = new_scattered (graph, &settings, pool, 1);
    coterie_force_layout_step (chosen);
    coterie_force_layout_step (given);
    g_assert_cmpmem (coterie_force_layout_get_positions (chosen), size,
                     coterie_force_layout_get_positions (given), size);
  }
}

static void
test_radius_is_root_mean_square (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = coterie_graph_new (4, NULL, 0);
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = coterie_force_layout_new (graph, &settings, pool);
  const double corners[] = {10.0, 10.0, 10.0, 16.0, 18.0, 10.0, 18.0, 16.0};

  coterie_force_layout_set_positions (layout, corners);
  g_assert_cmpfloat_with_epsilon (coterie_force_layout_get_radius (layout), 5.0, 1e-12);
  g_assert_cmpmem (coterie_force_layout_get_positions (layout), sizeof corners, corners,
                   sizeof corners);
}

static void
test_same_seed_same_positions (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_planted (60, 3, 0.4, 0.05, 5);
  gsize size = 2 * 60 * sizeof (double);
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = new_scattered (graph, &settings, pool, 11);
  g_autofree double *first = NULL;

  count_steps_to_rest (layout);
  first = g_memdup2 (coterie_force_layout_get_positions (layout), size);

  coterie_force_layout_scatter (layout, 12);
  count_steps_to_rest (layout);
  g_assert_cmpint (memcmp (first, coterie_force_layout_get_positions (layout), size), !=, 0);

  coterie_force_layout_scatter (layout, 11);
  count_steps_to_rest (layout);
  g_assert_cmpmem (coterie_force_layout_get_positions (layout), size, first, size);
}

static void
test_ignores_number_of_threads (void)
{
  g_autoptr (CoterieGraph) graph = test_graph_new_planted (203, 4, 0.3, 0.02, 6);
  gsize size = 2 * 203 * sizeof (double);
  g_autofree double *expected = NULL;
  Settings settings = get_default_settings ();

  for (guint n_threads = 1; n_threads <= 3; n_threads++) {
    g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
    g_autoptr (CoterieForceLayout) layout = new_scattered (graph, &settings, pool, 4);

    for (guint step = 0; step < 60; step++)
      coterie_force_layout_step (layout);
    if (expected == NULL)
      expected = g_memdup2 (coterie_force_layout_get_positions (layout), size);
    g_assert_cmpmem (coterie_force_layout_get_positions (layout), size, expected, size);
  }
}

static void
test_ignores_scale_of_weights (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_planted (50, 3, 0.4, 0.05, 5);
  g_autofree CoterieEdge *edges = g_memdup2 (graph->edges, graph->n_edges * sizeof *edges);
  g_autoptr (CoterieGraph) heavy = NULL;
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = new_scattered (graph, &settings, pool, 4);
  g_autoptr (CoterieForceLayout) other = NULL;
  gsize size = 2 * 50 * sizeof (double);

  /* By a power of two: nothing is rounded otherwise. */
  for (guint e = 0; e < graph->n_edges; e++)
    edges[e].weight *= 0x1p-9;
  heavy = coterie_graph_new (50, edges, graph->n_edges);
  other = new_scattered (heavy, &settings, pool, 4);

  count_steps_to_rest (layout);
  count_steps_to_rest (other);
  g_assert_cmpmem (coterie_force_layout_get_positions (layout), size,
                   coterie_force_layout_get_positions (other), size);
}

static void
assert_comes_to_rest (CoterieGraph *graph, const Settings *settings, gboolean scattered)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieForceLayout) layout = coterie_force_layout_new (graph, settings, pool);
  g_autofree double *starts = g_new0 (double, 2 * (gsize) graph->n_nodes);
  const double *positions;

  if (scattered)
    coterie_force_layout_scatter (layout, 3);
  else
    coterie_force_layout_set_positions (layout, starts);
  g_assert_cmpuint (count_steps_to_rest (layout), <, settings->max_steps);

  positions = coterie_force_layout_get_positions (layout);
  for (guint i = 0; i < 2 * graph->n_nodes; i++)
    g_assert_true (isfinite (positions[i]));
}

static void
test_comes_to_rest (void)
{
  CoterieGraph *zoo[] = {
      coterie_graph_new (0, NULL, 0),
      coterie_graph_new (1, NULL, 0),
      coterie_graph_new (2, NULL, 0),
      coterie_graph_new (50, NULL, 0),
      test_graph_new_path (2),
      test_graph_new_path (70),
      test_graph_new_star (60),
      test_graph_new_complete (3),
      test_graph_new_complete (70),
      test_graph_new_cliques (6, 10),
      test_graph_new_cliques (40, 2),
      test_graph_new_planted (120, 4, 0.4, 0.05, 1),
      test_graph_new_planted (120, 1, 0.05, 0.05, 1),
  };

  for (guint i = 0; i < G_N_ELEMENTS (zoo); i++) {
    for (guint variant = 0; variant < 8; variant++) {
      Settings settings = get_default_settings ();

      settings.lin_log = (variant & 1) != 0;
      if ((variant & 2) != 0)
        settings.gravity = 0.0;
      assert_comes_to_rest (zoo[i], &settings, (variant & 4) != 0);
    }
    coterie_graph_unref (zoo[i]);
  }
}

/* Ten steps running, not ten of all. */
static void
test_rest_lasts (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_planted (120, 4, 0.4, 0.05, 1);
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = new_scattered (graph, &settings, pool, 3);
  const double *positions = coterie_force_layout_get_positions (layout);
  double before[240];
  guint n_still = 0;
  gboolean moving;

  do {
    double sum = 0.0;

    memcpy (before, positions, sizeof before);
    moving = coterie_force_layout_step (layout);
    for (guint v = 0; v < 120; v++)
      sum += hypot (positions[2 * v] - before[2 * v], positions[2 * v + 1] - before[2 * v + 1]);
    n_still = sum / 120 < 0.001 * coterie_force_layout_get_radius (layout) ? n_still + 1 : 0;
    g_assert_cmpint (moving, ==, n_still < 10);
  } while (moving);
}

static void
test_ends_after_max_steps (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_complete (30);
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = NULL;

  settings.max_steps = 7;
  layout = new_scattered (graph, &settings, pool, 1);
  g_assert_cmpuint (count_steps_to_rest (layout), ==, 7);
}

static void
test_communities_part (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_planted (160, 5, 0.6, 0.03, 9);
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = new_scattered (graph, &settings, pool, 1);

  g_assert_cmpfloat (test_layout_separation (coterie_force_layout_get_positions (layout), 160, 5),
                     >, 0.9);
  count_steps_to_rest (layout);
  g_assert_cmpfloat (test_layout_separation (coterie_force_layout_get_positions (layout), 160, 5),
                     <, 0.36);
}

static void
test_loose_parts_stay_near (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) cliques = test_graph_new_cliques (5, 40);
  g_autoptr (CoterieGraph) graph = coterie_graph_new (206, cliques->edges, cliques->n_edges);
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = new_scattered (graph, &settings, pool, 1);
  const double *positions = coterie_force_layout_get_positions (layout);

  count_steps_to_rest (layout);
  for (guint v = 0; v < 206; v++)
    g_assert_cmpfloat (hypot (positions[2 * v], positions[2 * v + 1]), <,
                       2.0 * coterie_force_layout_get_radius (layout));
  g_assert_cmpfloat (test_layout_separation (positions, 200, 5), <, 0.3);
  g_assert_cmpfloat (test_layout_separation (positions, 200, 5), >, 0.1);
}

static void
test_coincident_nodes_part (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_complete (40);
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = coterie_force_layout_new (graph, &settings, pool);
  const double starts[80] = {0.0};
  const double *positions = coterie_force_layout_get_positions (layout);
  double nearest = G_MAXDOUBLE;

  coterie_force_layout_set_positions (layout, starts);
  count_steps_to_rest (layout);
  for (guint v = 0; v < 40; v++)
    for (guint w = v + 1; w < 40; w++)
      nearest = MIN (nearest, hypot (positions[2 * v] - positions[2 * w],
                                     positions[2 * v + 1] - positions[2 * w + 1]));
  g_assert_cmpfloat (nearest, >, 0.05 * coterie_force_layout_get_radius (layout));
}

static void
test_anchors_hold (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_complete (20);
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = NULL;
  double anchors[40], stiffnesses[20];
  const double *positions;

  settings.anchoring = 1000.0;
  layout = new_scattered (graph, &settings, pool, 1);
  for (guint v = 0; v < 20; v++) {
    anchors[2 * v] = 30.0 * v;
    anchors[2 * v + 1] = -20.0 * v;
    stiffnesses[v] = v < 19 ? 1.0 : 0.0;
  }
  coterie_force_layout_set_anchors (layout, anchors, stiffnesses);
  count_steps_to_rest (layout);

  positions = coterie_force_layout_get_positions (layout);
  for (guint v = 0; v < 19; v++)
    g_assert_cmpfloat (
        hypot (positions[2 * v] - anchors[2 * v], positions[2 * v + 1] - anchors[2 * v + 1]), <,
        3.0);
  g_assert_cmpfloat (hypot (positions[38] - anchors[38], positions[39] - anchors[39]), >, 30.0);
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_complete (20);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (CoterieProgress) progress = coterie_progress_new ();
  g_autoptr (GError) error = NULL;
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = new_scattered (graph, &settings, pool, 1);

  g_assert_true (coterie_force_layout_run (layout, progress, cancellable, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (coterie_progress_get_fraction (progress), >, 0.0);

  g_cancellable_cancel (cancellable);
  g_assert_false (coterie_force_layout_run (layout, progress, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/force/agrees-with-naive", test_agrees_with_naive);
  g_test_add_func ("/layout/force/repulsion-sums-to-zero", test_repulsion_sums_to_zero);
  g_test_add_func ("/layout/force/pair-rests-where-forces-balance",
                   test_pair_rests_where_forces_balance);
  g_test_add_func ("/layout/force/first-step-is-known", test_first_step_is_known);
  g_test_add_func ("/layout/force/scaling-of-zero-is-chosen", test_scaling_of_zero_is_chosen);
  g_test_add_func ("/layout/force/radius-is-root-mean-square", test_radius_is_root_mean_square);
  g_test_add_func ("/layout/force/same-seed-same-positions", test_same_seed_same_positions);
  g_test_add_func ("/layout/force/ignores-number-of-threads", test_ignores_number_of_threads);
  g_test_add_func ("/layout/force/ignores-scale-of-weights", test_ignores_scale_of_weights);
  g_test_add_func ("/layout/force/comes-to-rest", test_comes_to_rest);
  g_test_add_func ("/layout/force/rest-lasts", test_rest_lasts);
  g_test_add_func ("/layout/force/ends-after-max-steps", test_ends_after_max_steps);
  g_test_add_func ("/layout/force/communities-part", test_communities_part);
  g_test_add_func ("/layout/force/loose-parts-stay-near", test_loose_parts_stay_near);
  g_test_add_func ("/layout/force/coincident-nodes-part", test_coincident_nodes_part);
  g_test_add_func ("/layout/force/anchors-hold", test_anchors_hold);
  g_test_add_func ("/layout/force/can-be-cancelled", test_can_be_cancelled);
  return g_test_run ();
}
