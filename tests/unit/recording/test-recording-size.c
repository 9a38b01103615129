/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/recording/recording-size.h"

static void
test_estimates_size (void)
{
  const guint64 few_pages = (24 + 4 * 4) * 4096;
  const guint64 frames = 4 * (4 * (90 + 22) + 4 * 30 + 4 * 6 + 4 * 36 + 240);
  const guint64 weights = 4 * (9 * 500000ull + 500001 * 2);
  const char *class_names[] = {"no", "yes", NULL};
  CoterieRunInfo info = {
      .dataset = {.class_names = class_names, .width = 4, .height = 2, .n_classes = 2}};
  guint64 n_bytes, more;

  coterie_training_settings_init (&info.training);
  coterie_analysis_settings_init (&info.analysis);
  info.training.n_hidden = 1;
  info.training.hidden[0] = 10;
  info.training.n_iterations = 5;
  info.training.record_every = 2;
  info.analysis.top = 3;

  /* Frames 0, 2, 4, 5. Weights: 9 x 10 + 11 x 2 floats. Layer: means and entropies 3 x 10,
   * representatives 2 x 3, nodes 6 with six numbers, edges 15 of 16 bytes. Once, what the optimizer
   * remembers of each weight. Pages not full: 24 of the tables, 4 of each frame with one layer. What is
   * longer than a page has 4 bytes in each that lead to the next. */
  info.training.optimizer = COTERIE_OPTIMIZER_SGD;
  g_assert_cmpuint (coterie_recording_estimate_size (&info, TRUE), ==, few_pages + frames);
  info.training.momentum = 0.9;
  g_assert_cmpuint (coterie_recording_estimate_size (&info, TRUE), ==,
                    few_pages + frames + 4 * 112 + 4);
  info.training.optimizer = COTERIE_OPTIMIZER_ADAM;
  g_assert_cmpuint (coterie_recording_estimate_size (&info, TRUE), ==,
                    few_pages + frames + 2 * 4 * 112 + 4);
  g_assert_cmpuint (coterie_recording_estimate_size (&info, FALSE), ==, few_pages + frames);

  /* Weights of more than 16 MiB: with the first of the six frames only, and once more at the end. */
  info.training.hidden[0] = 500000;
  info.training.record_every = 1;
  info.training.n_iterations = 5;
  info.analysis.top = 0;
  n_bytes = 6 * 4 * 3 * 500000 + (1 + 3) * weights;
  g_assert_cmpuint (coterie_recording_estimate_size (&info, TRUE), ==,
                    (24 + 6 * 4) * 4096 + n_bytes + n_bytes / 4092 * 4 +
                        n_bytes / 4092 / 819 * 4096);

  /* While it is written there are two states, and a log. */
  more =
      coterie_recording_estimate_room (&info, TRUE) - coterie_recording_estimate_size (&info, TRUE);
  g_assert_cmpuint (more, >, 3 * weights + 32 * 1024 * 1024);
  g_assert_cmpuint (more, <, 4 * weights + 32 * 1024 * 1024);
  more = coterie_recording_estimate_room (&info, FALSE) -
         coterie_recording_estimate_size (&info, FALSE);
  g_assert_cmpuint (more, <, weights + 32 * 1024 * 1024);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording/estimates-size", test_estimates_size);
  return g_test_run ();
}
