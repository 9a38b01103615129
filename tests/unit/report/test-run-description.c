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
  text = coterie_run_info_describe (&info);

  g_assert_nonnull (strstr (text, "MNIST (SHA-256 0123abcd)"));
  g_assert_nonnull (strstr (text, "network 784-300-100-10"));
  g_assert_nonnull (strstr (text, "seed 42"));
  g_assert_nonnull (strstr (text, "layout fixed"));
  g_assert_nonnull (strstr (text, "strong gravity 0.25"));
  g_assert_nonnull (strstr (text, "Coterie 9.9"));
  g_assert_null (strchr (text, '\n'));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/run-description/names-the-graph", test_graph);
  g_test_add_func ("/report/run-description/says-what-made-the-run", test_run);
  return g_test_run ();
}
