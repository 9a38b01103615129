/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/run/run-pace.h"

#include "core/dataset/catalog.h"

static CoterieDataset *digits;

static void
init_settings (CoterieTrainingSettings *training, CoterieAnalysisSettings *analysis)
{
  coterie_training_settings_init (training);
  coterie_analysis_settings_init (analysis);
  training->hidden[0] = 32;
  training->hidden[1] = 16;
  analysis->top = 4;
}

static void
test_prediction_counts_iterations_and_frames (void)
{
  const CoterieRunPace pace = {.iteration_s = 3.0, .frame_s = 0.5};
  CoterieTrainingSettings training;

  coterie_training_settings_init (&training);
  training.n_iterations = 10;
  g_assert_cmpfloat (coterie_run_pace_predict (&pace, &training), ==, 10 * 3.0 + 11 * 0.5);
  training.record_every = 4; /* 0, 4, 8 and the last */
  g_assert_cmpfloat (coterie_run_pace_predict (&pace, &training), ==, 10 * 3.0 + 4 * 0.5);
}

/* Those of large networks are written with the first frame and every tenth after it, and in the end. */
static void
test_prediction_counts_weights (void)
{
  CoterieRunPace pace = {.weights_s = 2.0, .state_s = 4.0, .frames_for_network = 1};
  CoterieTrainingSettings training;

  coterie_training_settings_init (&training);
  training.n_iterations = 20;
  g_assert_cmpfloat (coterie_run_pace_predict (&pace, &training), ==, 21 * 6.0);
  pace.frames_for_network = 10;
  g_assert_cmpfloat (coterie_run_pace_predict (&pace, &training), ==, 3 * 6.0);
  training.n_iterations = 21;
  g_assert_cmpfloat (coterie_run_pace_predict (&pace, &training), ==, 4 * 6.0);
}

static void
test_measures_all (void)
{
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;
  CoterieRunPace pace;
  g_autoptr (GError) error = NULL;

  init_settings (&training, &analysis);
  g_assert_true (
      coterie_run_pace_measure (&pace, digits, &training, &analysis, 0, FALSE, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (pace.iteration_s, >, 0.0);
  g_assert_cmpfloat (pace.frame_s, >, 0.0);
  g_assert_cmpfloat (pace.weights_s, >=, 0.0);
  g_assert_cmpfloat (pace.state_s, ==, 2.0 * pace.weights_s); /* Adam */
  g_assert_cmpuint (pace.frames_for_network, ==, 1);
}

/* 3.2 billion weights are not allocated for it, nor trained. */
static void
test_measures_what_is_too_large_to_try (void)
{
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;
  CoterieRunPace small;
  CoterieRunPace large;

  init_settings (&training, &analysis);
  g_assert_true (
      coterie_run_pace_measure (&small, digits, &training, &analysis, 0, FALSE, NULL, NULL));
  training.hidden[0] = 65536;
  training.hidden[1] = 48000;
  g_assert_true (
      coterie_run_pace_measure (&large, digits, &training, &analysis, 0, FALSE, NULL, NULL));
  g_assert_cmpfloat (large.iteration_s, >, 100.0 * small.iteration_s);
  g_assert_cmpuint (large.frames_for_network, ==, 10);
}

static void
test_short_runs_can_be_measured_briefly (void)
{
  g_autoptr (GError) error = NULL;
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;
  CoterieRunPace pace;

  init_settings (&training, &analysis);
  training.n_iterations = 1;
  g_assert_true (
      coterie_run_pace_measure (&pace, digits, &training, &analysis, 0, TRUE, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (pace.iteration_s, >, 0.0);
  g_assert_cmpfloat (pace.frame_s, >, 0.0);
  g_assert_cmpfloat (coterie_run_pace_predict (&pace, &training), >=,
                     pace.iteration_s + 2.0 * pace.frame_s);
}

static void
test_refuses_settings_out_of_range (void)
{
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;
  CoterieRunPace pace;
  g_autoptr (GError) error = NULL;

  init_settings (&training, &analysis);
  training.batch = 0;
  g_assert_false (
      coterie_run_pace_measure (&pace, digits, &training, &analysis, 0, FALSE, NULL, &error));
  g_assert_error (error, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE);
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;
  CoterieRunPace pace;
  g_autoptr (GError) error = NULL;

  init_settings (&training, &analysis);
  g_cancellable_cancel (cancellable);
  g_assert_false (coterie_run_pace_measure (&pace, digits, &training, &analysis, 0, FALSE,
                                            cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  digits = coterie_dataset_open ("digits", NULL, NULL);
  g_test_add_func ("/run/run-pace/prediction-counts-iterations-and-frames",
                   test_prediction_counts_iterations_and_frames);
  g_test_add_func ("/run/run-pace/prediction-counts-weights", test_prediction_counts_weights);
  g_test_add_func ("/run/run-pace/measures-all", test_measures_all);
  g_test_add_func ("/run/run-pace/measures-what-is-too-large-to-try",
                   test_measures_what_is_too_large_to_try);
  g_test_add_func ("/run/run-pace/short-runs-can-be-measured-briefly",
                   test_short_runs_can_be_measured_briefly);
  g_test_add_func ("/run/run-pace/refuses-settings-out-of-range",
                   test_refuses_settings_out_of_range);
  g_test_add_func ("/run/run-pace/can-be-cancelled", test_can_be_cancelled);
  status = g_test_run ();
  coterie_dataset_unref (digits);
  return status;
}
