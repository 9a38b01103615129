/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said about a run and its graphs. */

#include "core/report/run-description.h"

#include <string.h>

static void
test_graph (void)
{
  CoterieRunInfo info = {.dataset.name = (char *) "MNIST"};
  g_autofree char *one = coterie_run_info_describe_graph (&info, 20, 2);
  g_autofree char *all = coterie_run_info_describe_graph (&info, 0, 0);

  g_assert_cmpstr (one, ==, "MNIST, iteration 20, layer 2");
  g_assert_cmpstr (all, ==, "MNIST, iteration 0, all layers");
}

static void
test_run (void)
{
  CoterieRunInfo info = {
      .dataset =
          {.name = (char *) "MNIST", .width = 28, .height = 28, .n_channels = 1, .n_classes = 10},
      .dataset_hash = (char *) "0123abcd",
      .program = (char *) "Coterie 9.9",
  };
  g_autofree char *text = NULL;

  coterie_training_settings_init (&info.training);
  coterie_analysis_settings_init (&info.analysis);
  coterie_layout_settings_init (&info.layout);
  info.layout.mode = COTERIE_LAYOUT_MODE_FIXED;
  info.layout.force.gravity = 0.25;
  info.layout.force.strong_gravity = TRUE;
  info.training.n_hidden = 2;
  info.training.hidden[0] = 300;
  info.training.hidden[1] = 100;
  info.training.seed = 42;
  text = coterie_run_info_describe (&info, 0);

  g_assert_nonnull (strstr (text, "MNIST (SHA-256 0123abcd)"));
  g_assert_nonnull (strstr (text, "network 784-300-100-10"));
  g_assert_nonnull (strstr (text, "seed 42"));
  g_assert_nonnull (strstr (text, "layout fixed"));
  g_assert_nonnull (strstr (text, "strong gravity 0.25"));
  g_assert_nonnull (strstr (text, "Coterie 9.9"));
  g_assert_null (strstr (text, "pinned"));
  g_assert_null (strchr (text, '\n'));
}

static void
test_pins (void)
{
  const CoteriePin pins[] = {{1, 7, 0.5, -3.0}, {2, 0, 1e6, 0.25}, {2, 217, -12.5, 8.0}};
  CoterieRunInfo info = {
      .dataset = {.name = (char *) "MNIST"},
      .dataset_hash = (char *) "0123abcd",
      .program = (char *) "Coterie 9.9",
      .n_pins = G_N_ELEMENTS (pins),
      .pins = pins,
  };
  g_autofree char *all = coterie_run_info_describe (&info, 0);
  g_autofree char *second = coterie_run_info_describe (&info, 2);
  g_autofree char *third = coterie_run_info_describe (&info, 3);

  g_assert_nonnull (strstr (
      all, ", pinned L1:7 at (0.5, -3), L2:0 at (1000000, 0.25), L2:217 at (-12.5, 8); recorded"));
  g_assert_nonnull (
      strstr (second, ", pinned L2:0 at (1000000, 0.25), L2:217 at (-12.5, 8); recorded"));
  g_assert_null (strstr (third, "pinned"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/run-description/names-the-graph", test_graph);
  g_test_add_func ("/report/run-description/says-what-made-the-run", test_run);
  g_test_add_func ("/report/run-description/says-which-neurons-are-pinned", test_pins);
  return g_test_run ();
}
