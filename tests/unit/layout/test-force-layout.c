/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/layout/force-layout.h"

#include <math.h>

#include "core/layout/repulsion.h"
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

static double
get_mass (const CoterieGraph *graph, guint v)
{
  return 1.0 + coterie_graph_get_degree (graph, v);
}

static void
add_naive_repulsion (const CoterieGraph *graph,
                     const Settings *settings,
                     const double *places,
                     double *forces)
{
  for (guint v = 0; v < graph->n_nodes; v++) {
    for (guint w = 0; w < graph->n_nodes; w++) {
      double dx = places[2 * v] - places[2 * w], dy = places[2 * v + 1] - places[2 * w + 1];
      double strength = settings->scaling * get_mass (graph, v) * get_mass (graph, w);

      if (w == v)
        continue;
      forces[2 * v] += strength * dx / (dx * dx + dy * dy);
      forces[2 * v + 1] += strength * dy / (dx * dx + dy * dy);
    }
  }
}

static void
add_naive_attraction (const CoterieGraph *graph,
                      const Settings *settings,
                      const double *places,
                      double *forces)
{
  double mean_mass = 1.0 + 2.0 * graph->n_edges / graph->n_nodes;
  double total = 0.0;

  for (guint e = 0; e < graph->n_edges; e++)
    total += pow (graph->edges[e].weight, settings->weight_influence);
  for (guint e = 0; e < graph->n_edges; e++) {
    guint ends[] = {graph->edges[e].source, graph->edges[e].target};
    double dx = places[2 * ends[1]] - places[2 * ends[0]];
    double dy = places[2 * ends[1] + 1] - places[2 * ends[0] + 1];
    double pull = pow (graph->edges[e].weight, settings->weight_influence) * graph->n_edges / total;

    pull *= log_or_linear (hypot (dx, dy), settings->lin_log);
    if (settings->dissuade_hubs)
      pull *= (mean_mass / get_mass (graph, ends[0]) + mean_mass / get_mass (graph, ends[1])) / 2.0;
    forces[2 * ends[0]] += pull * dx;
    forces[2 * ends[0] + 1] += pull * dy;
    forces[2 * ends[1]] -= pull * dx;
    forces[2 * ends[1] + 1] -= pull * dy;
  }
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
  memset (forces, 0, 2 * graph->n_nodes * sizeof *forces);
  add_naive_repulsion (graph, settings, places, forces);
  add_naive_attraction (graph, settings, places, forces);
  for (guint v = 0; v < graph->n_nodes; v++) {
    double mass = get_mass (graph, v);
    double center = hypot (places[2 * v], places[2 * v + 1]);
    double away = hypot (anchors[2 * v] - places[2 * v], anchors[2 * v + 1] - places[2 * v + 1]);
    double gravity = settings->gravity * mass;
    double hold = settings->anchoring * stiffnesses[v] * mass;

    gravity *= settings->strong_gravity ? log_or_linear (center, settings->lin_log) : 1.0 / center;
    hold *= log_or_linear (away, settings->lin_log);
    for (guint axis = 0; axis < 2; axis++) {
      forces[2 * v + axis] += hold * (anchors[2 * v + axis] - places[2 * v + axis]);
      forces[2 * v + axis] -= gravity * places[2 * v + axis];
    }
  }
}

/* The repulsion is added up in single precision. */
static void
test_agrees_with_naive (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_planted (45, 3, 0.5, 0.1, 5);

  for (guint variant = 0; variant < 16; variant++) {
    Settings settings = {.scaling = 3.0,
                         .gravity = 0.7,
                         .strong_gravity = (variant & 1) != 0,
                         .anchoring = 1.3,
                         .lin_log = (variant & 2) != 0,
                         .dissuade_hubs = (variant & 4) != 0,
                         .weight_influence = (variant & 8) != 0 ? 1.0 : 2.5,
                         .max_steps = 10};
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
      g_assert_cmpfloat_with_epsilon (forces[i], expected[i], 1e-4 * (1.0 + fabs (expected[i])));
  }
}

/* Nodes in dense clumps of very different sizes, and some far out: nothing is spread evenly. */
static void
place_in_clumps (double *places, guint n_nodes)
{
  CoterieRng rng;

  coterie_rng_init (&rng, 3, 0);
  for (guint v = 0; v < n_nodes; v++) {
    double size = v % 13 == 0 ? 3000.0 : 1.0 + 40.0 * (v % 5);

    for (guint axis = 0; axis < 2; axis++)
      places[2 * v + axis] = 500.0 * ((v % 7) - 3.0) * (axis == 0 ? 1.0 : (v % 3) - 0.5) +
                             size * (coterie_rng_uniform (&rng) - 0.5);
  }
}

static double
compare_with_naive (const CoterieGraph *graph, const double *places, const double *forces)
{
  g_autofree double *expected = g_new0 (double, 2 * graph->n_nodes);
  Settings settings = {.scaling = 2.0};
  double error = 0.0, sum = 0.0;

  add_naive_repulsion (graph, &settings, places, expected);
  for (guint i = 0; i < 2 * graph->n_nodes; i++) {
    error += (forces[i] - expected[i]) * (forces[i] - expected[i]);
    sum += expected[i] * expected[i];
  }
  return 100.0 * sqrt (error / sum);
}

/* Without edges and gravity the forces are the repulsion alone. */
static void
test_force_error_is_kept (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);
  const guint n_nodes = COTERIE_REPULSION_MAX_EXACT_NODES + 451;
  g_autoptr (CoterieGraph) graph = coterie_graph_new (n_nodes, NULL, 0);
  g_autofree double *places = g_new (double, 2 * n_nodes);
  g_autofree double *forces = g_new (double, 2 * n_nodes);
  const double allowed[] = {0.0, 0.01, 0.1, 1.0, 5.0};
  double last = -1.0;

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++) {
    Settings settings = {.scaling = 2.0, .force_error_percent = allowed[i], .max_steps = 100};
    g_autoptr (CoterieForceLayout) layout = coterie_force_layout_new (graph, &settings, pool);
    double error = 0.0;

    place_in_clumps (places, n_nodes);
    coterie_force_layout_set_positions (layout, places);
    for (guint step = 0; step < 33; step++) {
      memcpy (places, coterie_force_layout_get_positions (layout), 2 * n_nodes * sizeof *places);
      coterie_force_layout_step (layout);
      if (step != 0 && step != 8 && step != 32)
        continue;
      coterie_force_layout_copy_forces (layout, forces);
      error = compare_with_naive (graph, places, forces);
      g_assert_cmpfloat (error, <=, MAX (allowed[i], 1e-3));
      g_assert_cmpfloat_with_epsilon (coterie_force_layout_measure_force_error (layout, 0), error,
                                      0.02 * error + 2e-3);
    }
    /* What is allowed is made use of, up to what expansions are good for at the worst. */
    if (i < 4)
      g_assert_cmpfloat (error, >, last);
    last = error;
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
  settings.force_error_percent = 0.0;
  layout = new_scattered (graph, &settings, pool, 2);
  for (guint step = 0; step < 5; step++)
    coterie_force_layout_step (layout);

  coterie_force_layout_copy_forces (layout, forces);
  for (guint i = 0; i < 122; i++) {
    sums[i % 2] += forces[i];
    total += fabs (forces[i]);
  }
  g_assert_cmpfloat (total, >, 1.0);
  g_assert_cmpfloat (fabs (sums[0]), <, 1e-5 * total);
  g_assert_cmpfloat (fabs (sums[1]), <, 1e-5 * total);
}

static void
test_pair_rests_where_forces_balance (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_path (2);
  Settings settings = {.scaling = 10.0, .gravity = 0.3, .strong_gravity = TRUE, .max_steps = 1000};
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
  Settings settings = {.scaling = 10.0, .max_steps = 10};
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
assert_ignores_number_of_threads (CoterieGraph *graph, guint n_steps)
{
  gsize size = 2 * graph->n_nodes * sizeof (double);
  g_autofree double *expected = NULL;
  Settings settings = get_default_settings ();

  for (guint n_threads = 1; n_threads <= 3; n_threads++) {
    g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
    g_autoptr (CoterieForceLayout) layout = new_scattered (graph, &settings, pool, 4);

    for (guint step = 0; step < n_steps; step++)
      coterie_force_layout_step (layout);
    if (expected == NULL)
      expected = g_memdup2 (coterie_force_layout_get_positions (layout), size);
    g_assert_cmpmem (coterie_force_layout_get_positions (layout), size, expected, size);
  }
}

static void
test_ignores_number_of_threads (void)
{
  g_autoptr (CoterieGraph) small = test_graph_new_planted (203, 4, 0.3, 0.02, 6);
  g_autoptr (CoterieGraph) large = test_graph_new_planted (5003, 4, 0.005, 0.0005, 6);

  assert_ignores_number_of_threads (small, 60);
  assert_ignores_number_of_threads (large, 40);
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

/* A layout at rest has its size; made larger or smaller, it gets it back. */
static void
test_size_is_found_again (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_planted (120, 4, 0.4, 0.05, 1);

  for (guint variant = 0; variant < 4; variant++) {
    Settings settings = get_default_settings ();
    g_autoptr (CoterieForceLayout) layout = NULL;
    const double *positions;
    double stretched[240], radius;

    settings.lin_log = (variant & 1) != 0;
    settings.strong_gravity = (variant & 2) != 0;
    layout = new_scattered (graph, &settings, pool, 1);
    positions = coterie_force_layout_get_positions (layout);
    count_steps_to_rest (layout);
    radius = coterie_force_layout_get_radius (layout);
    for (guint i = 0; i < 240; i++)
      stretched[i] = 7.0 * positions[i];
    coterie_force_layout_set_positions (layout, stretched);
    g_assert_cmpfloat_with_epsilon (coterie_force_layout_fit_size (layout), 1.0 / 7.0, 0.005);
    g_assert_cmpfloat_with_epsilon (coterie_force_layout_get_radius (layout), radius,
                                    0.03 * radius);
  }
}

static void
test_fixed_nodes_stay (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_star (20);
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = new_scattered (graph, &settings, pool, 1);
  const double *positions = coterie_force_layout_get_positions (layout);
  guint8 fixed[20] = {[3] = 1, [7] = 2};
  double before[40];

  memcpy (before, positions, sizeof before);
  coterie_force_layout_set_fixed (layout, fixed);
  count_steps_to_rest (layout);
  for (guint v = 0; v < 20; v++) {
    gboolean stayed =
        positions[2 * v] == before[2 * v] && positions[2 * v + 1] == before[2 * v + 1];

    g_assert_cmpint (stayed, ==, fixed[v] != 0);
  }

  memset (fixed, 1, sizeof fixed);
  coterie_force_layout_set_fixed (layout, fixed);
  memcpy (before, positions, sizeof before);
  g_assert_cmpuint (count_steps_to_rest (layout), <=, 10);
  g_assert_cmpmem (positions, sizeof before, before, sizeof before);
}

static void
test_settled_layout_is_idle (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_cliques (3, 8);
  Settings settings = get_default_settings ();
  g_autoptr (CoterieForceLayout) layout = new_scattered (graph, &settings, pool, 1);
  const double *positions = coterie_force_layout_get_positions (layout);
  const double stiffnesses[24] = {0.0};
  double before[48];

  g_assert_false (coterie_force_layout_is_settled (layout));
  count_steps_to_rest (layout);
  g_assert_true (coterie_force_layout_is_settled (layout));
  memcpy (before, positions, sizeof before);
  g_assert_false (coterie_force_layout_step (layout));
  g_assert_cmpmem (positions, sizeof before, before, sizeof before);

  coterie_force_layout_set_anchors (layout, before, stiffnesses);
  g_assert_false (coterie_force_layout_is_settled (layout));
  g_assert_true (coterie_force_layout_step (layout));
}

static double
find_worst_overlap (const double *positions, const double *radii, guint n_nodes)
{
  double worst = -G_MAXDOUBLE;

  for (guint v = 0; v < n_nodes; v++)
    for (guint w = v + 1; w < n_nodes; w++)
      worst = MAX (worst, 1.0 - hypot (positions[2 * v] - positions[2 * w],
                                       positions[2 * v + 1] - positions[2 * w + 1]) /
                                    (radii[v] + radii[w]));
  return worst;
}

/* So large that they do overlap where the forces rest, and one much larger than the others. */
static void
test_discs_do_not_overlap (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (CoterieGraph) graph = test_graph_new_planted (150, 3, 0.5, 0.02, 9);
  double radii[150];

  for (guint variant = 0; variant < 2; variant++) {
    Settings settings = get_default_settings ();
    g_autoptr (CoterieForceLayout) layout = NULL;
    const double *positions;

    settings.prevent_overlap = variant == 1;
    layout = new_scattered (graph, &settings, pool, 1);
    positions = coterie_force_layout_get_positions (layout);
    for (guint v = 0; v < 150; v++)
      radii[v] = v == 40 ? 20.0 : 3.0 + v % 4;
    coterie_force_layout_set_sizes (layout, radii);
    count_steps_to_rest (layout);
    if (variant == 0)
      g_assert_cmpfloat (find_worst_overlap (positions, radii, 150), >, 0.2);
    else
      g_assert_cmpfloat (find_worst_overlap (positions, radii, 150), <, 0.002);
    g_assert_cmpfloat (test_layout_separation (positions, 150, 3), <, 0.5);
  }
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
  g_test_add_func ("/layout/force/force-error-is-kept", test_force_error_is_kept);
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
  g_test_add_func ("/layout/force/size-is-found-again", test_size_is_found_again);
  g_test_add_func ("/layout/force/fixed-nodes-stay", test_fixed_nodes_stay);
  g_test_add_func ("/layout/force/settled-layout-is-idle", test_settled_layout_is_idle);
  g_test_add_func ("/layout/force/discs-do-not-overlap", test_discs_do_not_overlap);
  g_test_add_func ("/layout/force/can-be-cancelled", test_can_be_cancelled);
  return g_test_run ();
}
