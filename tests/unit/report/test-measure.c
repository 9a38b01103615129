/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "fixture.h"

#include <math.h>

#include "core/analysis/cover.h"

static CoterieFrame *
create_frame (void)
{
  FixtureLayer layers[FIXTURE_N_LAYERS];

  for (guint l = 0; l < FIXTURE_N_LAYERS; l++)
    fixture_layer_init (&layers[l], l + 1);
  return fixture_frame_new (3, 0.75, layers);
}

static void
test_every_measure_is_named_once (void)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < COTERIE_N_MEASURES; i++) {
    const CoterieMeasureInfo *info = coterie_measure_get_info ((CoterieMeasure) i);
    CoterieMeasure found = COTERIE_N_MEASURES;

    g_assert_nonnull (info->id);
    g_assert_true (g_hash_table_add (ids, (gpointer) info->id));
    g_assert_cmpuint (strlen (info->label), >, 0);
    g_assert_cmpuint (strlen (info->short_label), >, 0);
    g_assert_cmpuint (strlen (info->meaning), >, 0);
    g_assert_nonnull (info->symbol);
    g_assert_nonnull (info->source);
    g_assert_cmpfloat (info->lower, <, info->upper);
    g_assert_true (coterie_measure_from_id (info->id, &found));
    g_assert_cmpuint (found, ==, i);
  }
}

static void
test_an_unknown_id_is_no_measure (void)
{
  CoterieMeasure measure = COTERIE_MEASURE_DEAD;

  g_assert_false (coterie_measure_from_id ("", &measure));
  g_assert_false (coterie_measure_from_id ("Entropy", &measure));
  g_assert_false (coterie_measure_from_id ("entropy ", &measure));
  g_assert_cmpuint (measure, ==, COTERIE_MEASURE_DEAD);
}

typedef struct {
  const char *id;
  double first_layer;
  double second_layer;
} Expected;

static const Expected layer_values[] = {
    {"layer_entropy", 12.0, 24.0},
    {"layer_mean_entropy", 2.0, 4.0},
    {"layer_mean_live_entropy", 3.0, 6.0},
    {"no_overlap", 0.1, 0.1},
    {"unweighted_overlap", 0.2, 0.2},
    {"weighted_overlap", 0.3, 0.3},
    {"louvain", 0.4, 0.4},
    {"klb_weighted", 0.5, 0.5},
    {"klb_unweighted", 0.6, 0.6},
    {"nodes", 4.0, 4.0},
    {"edges", 3.0, 3.0},
    {"unique_neurons", 3.0, 3.0},
    {"shared_neurons", 3.0, 3.0},
    {"communities", 2.0, 2.0},
    {"shown_communities", 2.0, 2.0},
    {"average_nodes", 2.0, 2.0},
    {"community_size_1", 3.0, 3.0},
    {"community_size_2", 1.0, 1.0},
    {"community_size_3", NAN, NAN},
    {"community_size_8", NAN, NAN},
    {"selectivity", 0.7, 0.7},
    {"dead", 0.8, 0.8},
    {"always_active", 0.0625, 0.0625},
    {"sparsity", 0.9, 0.9},
    {"patterns", 11.0, 11.0},
    {"regions", 13.0, 13.0},
    {"class_information", 0.75, 0.75},
    {"modularity_z", -2.5, -2.5},
    {"null_modularity_mean", 0.45, 0.45},
    {"null_modularity_deviation", 0.02, 0.02},
    {"null_modularity_lower", 0.45 - 1.95996398454 * 0.02, 0.45 - 1.95996398454 * 0.02},
    {"layout_separation", (2.0 + G_SQRT2) / (9.0 + sqrt (26.0)),
     (2.0 + G_SQRT2) / (9.0 + sqrt (26.0))},
    {"layout_move", NAN, NAN},
    {"null_modularity_upper", 0.45 + 1.95996398454 * 0.02, 0.45 + 1.95996398454 * 0.02},
};

static void
assert_value (const CoterieFrame *frame, const char *id, guint layer, guint label, double expected)
{
  CoterieMeasure measure;
  double value;

  g_assert_true (coterie_measure_from_id (id, &measure));
  value = coterie_measure_get_value (measure, frame, NULL, layer, label);
  if (isnan (expected))
    g_assert_true (isnan (value));
  else
    g_assert_cmpfloat_with_epsilon (value, expected, 1e-12);
}

static void
test_measures_of_layers_are_those_of_the_frame (void)
{
  g_autoptr (CoterieFrame) frame = create_frame ();

  for (guint i = 0; i < G_N_ELEMENTS (layer_values); i++) {
    assert_value (frame, layer_values[i].id, 0, 0, layer_values[i].first_layer);
    assert_value (frame, layer_values[i].id, 1, 0, layer_values[i].second_layer);
  }
}

static void
test_measures_of_the_network_are_those_of_the_frame (void)
{
  g_autoptr (CoterieFrame) frame = create_frame ();

  assert_value (frame, "training_accuracy", 0, 0, 0.75);
  assert_value (frame, "test_accuracy", 0, 0, 0.65);
  assert_value (frame, "training_loss", 0, 0, 0.25);
  assert_value (frame, "test_loss", 0, 0, 0.5);
  assert_value (frame, "accuracy_gap", 0, 0, 0.1);
  assert_value (frame, "loss_gap", 0, 0, 0.25);
  assert_value (frame, "entropy", 0, 0, 36.0);
  assert_value (frame, "mean_live_entropy", 0, 0, 4.5);
}

static void
test_measures_of_classes_add_up_over_the_layers (void)
{
  g_autoptr (CoterieFrame) frame = create_frame ();

  for (guint c = 0; c < FIXTURE_N_CLASSES; c++) {
    assert_value (frame, "layer_class_entropy", 0, c, 1.0 + 0.125 * c);
    assert_value (frame, "layer_class_entropy", 1, c, 2.0 + 0.125 * c);
    assert_value (frame, "class_entropy", 0, c, 3.0 + 0.25 * c);
    assert_value (frame, "class_training_accuracy", 0, c, 0.75 + 0.01 * c);
    assert_value (frame, "class_test_accuracy", 0, c, 0.65 + 0.01 * c);
  }
}

static void
test_neurons_are_counted_as_in_table_2 (void)
{
  g_autoptr (CoterieFrame) frame = create_frame ();
  const CoterieLayerAnalysis *layer = frame->layers[0].analysis;
  g_autoptr (CoterieCover) cover = coterie_cover_new (
      layer->n_neurons, layer->n_classes, layer->n_representatives, layer->representatives);
  guint32 counts[FIXTURE_N_CLASSES][FIXTURE_N_CLASSES];
  double n_unique = 0.0, n_shared = 0.0;

  coterie_cover_count_shared (cover, &counts[0][0]);
  for (guint i = 0; i < FIXTURE_N_CLASSES; i++) {
    n_unique += counts[i][i];
    for (guint j = 0; j < i; j++)
      n_shared += counts[i][j];
  }
  assert_value (frame, "unique_neurons", 0, 0, n_unique);
  assert_value (frame, "shared_neurons", 0, 0, n_shared);
}

static void
test_a_bad_layer_is_undefined_and_spoils_sums (void)
{
  FixtureLayer layers[FIXTURE_N_LAYERS];
  g_autoptr (CoterieFrame) frame = NULL;

  fixture_layer_init (&layers[0], 1);
  fixture_layer_init (&layers[1], 2);
  layers[1].fields.n_bad_values = 1;
  frame = fixture_frame_new (3, 0.75, layers);

  for (guint i = 0; i < G_N_ELEMENTS (layer_values); i++) {
    assert_value (frame, layer_values[i].id, 0, 0, layer_values[i].first_layer);
    assert_value (frame, layer_values[i].id, 1, 0, NAN);
  }
  assert_value (frame, "layer_class_entropy", 0, 1, 1.125);
  assert_value (frame, "layer_class_entropy", 1, 1, NAN);
  assert_value (frame, "class_entropy", 0, 1, NAN);
  assert_value (frame, "entropy", 0, 0, NAN);
  assert_value (frame, "mean_live_entropy", 0, 0, NAN);
  assert_value (frame, "training_accuracy", 0, 0, 0.75);
}

static void
test_what_was_not_counted_is_undefined (void)
{
  FixtureLayer layers[FIXTURE_N_LAYERS];
  g_autoptr (CoterieFrame) frame = NULL;

  for (guint l = 0; l < FIXTURE_N_LAYERS; l++) {
    fixture_layer_init (&layers[l], l + 1);
    layers[l].fields.baselines.n_patterns = 0;
    layers[l].fields.baselines.n_regions = 0;
    layers[l].fields.baselines.selectivity = NAN;
    layers[l].class_entropies[1] = NAN;
  }
  frame = fixture_frame_new (3, 0.75, layers);
  assert_value (frame, "patterns", 0, 0, NAN);
  assert_value (frame, "regions", 0, 0, NAN);
  assert_value (frame, "selectivity", 0, 0, NAN);
  assert_value (frame, "class_entropy", 0, 1, NAN);
  assert_value (frame, "class_entropy", 0, 2, 3.5);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/measure/every-measure-is-named-once", test_every_measure_is_named_once);
  g_test_add_func ("/report/measure/an-unknown-id-is-no-measure", test_an_unknown_id_is_no_measure);
  g_test_add_func ("/report/measure/measures-of-layers-are-those-of-the-frame",
                   test_measures_of_layers_are_those_of_the_frame);
  g_test_add_func ("/report/measure/measures-of-the-network-are-those-of-the-frame",
                   test_measures_of_the_network_are_those_of_the_frame);
  g_test_add_func ("/report/measure/measures-of-classes-add-up-over-the-layers",
                   test_measures_of_classes_add_up_over_the_layers);
  g_test_add_func ("/report/measure/neurons-are-counted-as-in-table-2",
                   test_neurons_are_counted_as_in_table_2);
  g_test_add_func ("/report/measure/a-bad-layer-is-undefined-and-spoils-sums",
                   test_a_bad_layer_is_undefined_and_spoils_sums);
  g_test_add_func ("/report/measure/what-was-not-counted-is-undefined",
                   test_what_was_not_counted_is_undefined);
  return g_test_run ();
}
