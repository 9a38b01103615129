/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The correlations of the golden cases: pairs of series, and the series of the trajectory with its
 * accuracy. */

#include "core/analysis/correlation.h"

#include <json-glib/json-glib.h>
#include <math.h>

static JsonParser *
load (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fixtures", "golden", name, NULL);
  g_autoptr (GError) error = NULL;
  JsonParser *parser = json_parser_new ();

  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  return parser;
}

static double *
dup_numbers (JsonArray *array)
{
  guint n = json_array_get_length (array);
  double *numbers = g_new (double, n);

  for (guint i = 0; i < n; i++)
    numbers[i] = json_array_get_double_element (array, i);
  return numbers;
}

/* One member of every object of an array. */
static double *
dup_member (JsonArray *objects, const char *member)
{
  guint n = json_array_get_length (objects);
  double *numbers = g_new (double, n);

  for (guint i = 0; i < n; i++)
    numbers[i] = json_object_get_double_member (json_array_get_object_element (objects, i), member);
  return numbers;
}

static double *
dup_class_entropies (JsonArray *iterations, guint label)
{
  guint n = json_array_get_length (iterations);
  double *numbers = g_new (double, n);

  for (guint i = 0; i < n; i++) {
    JsonObject *iteration = json_array_get_object_element (iterations, i);
    JsonArray *entropies = json_object_get_array_member (iteration, "class_entropy");

    numbers[i] = json_array_get_double_element (entropies, label);
  }
  return numbers;
}

/* null stands for what is undefined */
static void
assert_matches (double found, JsonNode *expected)
{
  if (JSON_NODE_HOLDS_NULL (expected))
    g_assert_true (isnan (found));
  else
    g_assert_cmpfloat_with_epsilon (found, json_node_get_double (expected), 1e-9);
}

static void
test_pairs (void)
{
  g_autoptr (JsonParser) parser = load ("correlation.json");
  JsonArray *pairs = json_node_get_array (json_parser_get_root (parser));

  g_assert_cmpuint (json_array_get_length (pairs), >, 0);
  for (guint i = 0; i < json_array_get_length (pairs); i++) {
    JsonObject *pair = json_array_get_object_element (pairs, i);
    JsonArray *expected_ranks = json_object_get_array_member (pair, "ranks_x");
    gsize n = json_array_get_length (expected_ranks);
    g_autofree double *x = dup_numbers (json_object_get_array_member (pair, "x"));
    g_autofree double *y = dup_numbers (json_object_get_array_member (pair, "y"));
    g_autofree double *ranks = g_new (double, n);

    assert_matches (coterie_correlation_pearson (x, y, n),
                    json_object_get_member (pair, "pearson"));
    assert_matches (coterie_correlation_spearman (x, y, n),
                    json_object_get_member (pair, "spearman"));
    coterie_correlation_rank (x, n, ranks);
    for (gsize j = 0; j < n; j++)
      g_assert_cmpfloat (ranks[j], ==, json_array_get_double_element (expected_ranks, (guint) j));
  }
}

static void
test_trajectory (void)
{
  static const char *const names[] = {"no_overlap", "unweighted_overlap", "weighted_overlap",
                                      "entropy"};
  g_autoptr (JsonParser) parser = load ("trajectory" G_DIR_SEPARATOR_S "expected.json");
  JsonObject *expected = json_node_get_object (json_parser_get_root (parser));
  JsonArray *iterations = json_object_get_array_member (expected, "iterations");
  g_autofree double *accuracy = dup_numbers (json_object_get_array_member (expected, "accuracy"));
  gsize n = json_array_get_length (iterations);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree double *series = dup_member (iterations, names[i]);
    JsonObject *pearson = json_object_get_object_member (expected, "pearson");
    JsonObject *spearman = json_object_get_object_member (expected, "spearman");

    assert_matches (coterie_correlation_pearson (series, accuracy, n),
                    json_object_get_member (pearson, names[i]));
    assert_matches (coterie_correlation_spearman (series, accuracy, n),
                    json_object_get_member (spearman, names[i]));
  }
}

static void
test_class_entropies (void)
{
  g_autoptr (JsonParser) parser = load ("trajectory" G_DIR_SEPARATOR_S "expected.json");
  JsonObject *expected = json_node_get_object (json_parser_get_root (parser));
  JsonArray *iterations = json_object_get_array_member (expected, "iterations");
  JsonArray *pearson = json_object_get_array_member (expected, "class_entropy_pearson");
  JsonArray *spearman = json_object_get_array_member (expected, "class_entropy_spearman");
  g_autofree double *accuracy = dup_numbers (json_object_get_array_member (expected, "accuracy"));
  gsize n = json_array_get_length (iterations);

  for (guint c = 0; c < json_array_get_length (pearson); c++) {
    g_autofree double *series = dup_class_entropies (iterations, c);

    assert_matches (coterie_correlation_pearson (series, accuracy, n),
                    json_array_get_element (pearson, c));
    assert_matches (coterie_correlation_spearman (series, accuracy, n),
                    json_array_get_element (spearman, c));
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/golden/series/pairs-correlate-as-expected", test_pairs);
  g_test_add_func ("/golden/series/trajectory-correlates-as-expected", test_trajectory);
  g_test_add_func ("/golden/series/class-entropies-correlate-as-expected", test_class_entropies);
  return g_test_run ();
}
