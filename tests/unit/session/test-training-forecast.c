/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/training-forecast.h"

#include "core/dataset/catalog.h"

static CoterieDataset *digits;

static void
init_settings (CoterieRunSettings *settings)
{
  *settings = (CoterieRunSettings){.source = "digits"};
  coterie_training_settings_init (&settings->training);
  coterie_analysis_settings_init (&settings->analysis);
  settings->training.hidden[0] = 32;
  settings->training.hidden[1] = 16;
  settings->analysis.top = 4;
}

static void
count_cb (guint *n_changes)
{
  (*n_changes)++;
}

static CoterieTrainingForecast *
create (guint *n_changes)
{
  CoterieTrainingForecast *forecast = coterie_training_forecast_new ();

  *n_changes = 0;
  g_signal_connect_swapped (forecast, "changed", G_CALLBACK (count_cb), n_changes);
  return forecast;
}

static void
await_changes (const guint *n_changes, guint n)
{
  while (*n_changes < n)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
set_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, set_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_counts_at_once (void)
{
  guint n_changes;
  g_autoptr (CoterieTrainingForecast) forecast = create (&n_changes);
  CoterieRunSettings settings;
  guint64 n_bytes;

  init_settings (&settings);
  g_assert_false (coterie_training_forecast_get_known (forecast));
  coterie_training_forecast_ask (forecast, digits, &settings);
  g_assert_true (coterie_training_forecast_get_known (forecast));
  g_assert_cmpuint (coterie_training_forecast_get_n_weights (forecast), ==,
                    785 * 32 + 33 * 16 + 17 * 10);
  g_assert_true (coterie_training_forecast_get_keeps_every_network (forecast));
  n_bytes = coterie_training_forecast_get_n_bytes (forecast);
  g_assert_cmpuint (coterie_training_forecast_get_n_room_bytes (forecast), >, n_bytes);
  g_assert_cmpuint (n_bytes, >, 21 * 4 * (785 * 32 + 33 * 16 + 17 * 10));

  settings.training.record_every = 5;
  coterie_training_forecast_ask (forecast, digits, &settings);
  g_assert_cmpuint (coterie_training_forecast_get_n_bytes (forecast), <, n_bytes / 3);

  settings.training.hidden[0] = 8192;
  coterie_training_forecast_ask (forecast, digits, &settings);
  g_assert_false (coterie_training_forecast_get_keeps_every_network (forecast));
}

/* Of a data set that is not at hand all is known but the time. */
static void
test_counts_without_samples (void)
{
  guint n_changes;
  g_autoptr (CoterieTrainingForecast) forecast = create (&n_changes);
  CoterieRunSettings settings;
  CoterieRunInfo run = {.dataset = {.width = 28, .height = 28, .n_classes = 10, .n_channels = 1}};
  guint64 n_bytes;

  init_settings (&settings);
  coterie_training_forecast_ask (forecast, digits, &settings);
  n_bytes = coterie_training_forecast_get_n_bytes (forecast);

  run.training = settings.training;
  run.analysis = settings.analysis;
  coterie_training_forecast_ask_run (forecast, &run, 0, NULL);
  g_assert_true (coterie_training_forecast_get_known (forecast));
  g_assert_cmpuint (coterie_training_forecast_get_n_weights (forecast), ==,
                    785 * 32 + 33 * 16 + 17 * 10);
  g_assert_cmpuint (coterie_training_forecast_get_n_bytes (forecast), ==, n_bytes);
  wait_ms (310); /* it does not measure */
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_cmpfloat (coterie_training_forecast_get_seconds (forecast), <, 0.0);
}

/* A training that goes on has the recording of the whole, but only the rest is to be trained. */
static void
test_expects_the_rest_of_a_training (void)
{
  guint n_changes;
  g_autoptr (CoterieTrainingForecast) forecast = create (&n_changes);
  CoterieRunSettings settings;
  CoterieRunInfo run = {.dataset = *coterie_dataset_get_info (digits)};
  guint64 n_bytes;
  double seconds;

  init_settings (&settings);
  coterie_training_forecast_ask (forecast, digits, &settings);
  n_bytes = coterie_training_forecast_get_n_bytes (forecast);
  await_changes (&n_changes, 1);
  seconds = coterie_training_forecast_get_seconds (forecast);

  run.training = settings.training;
  run.analysis = settings.analysis;
  coterie_training_forecast_ask_run (forecast, &run, settings.training.n_iterations / 2, digits);
  g_assert_cmpuint (coterie_training_forecast_get_n_bytes (forecast), ==, n_bytes);
  g_assert_cmpfloat (coterie_training_forecast_get_seconds (forecast), >, 0.4 * seconds);
  g_assert_cmpfloat (coterie_training_forecast_get_seconds (forecast), <, 0.7 * seconds);
}

static void
test_measures_the_time_once (void)
{
  guint n_changes;
  g_autoptr (CoterieTrainingForecast) forecast = create (&n_changes);
  CoterieRunSettings settings;
  double seconds;

  init_settings (&settings);
  coterie_training_forecast_ask (forecast, digits, &settings);
  g_assert_cmpfloat (coterie_training_forecast_get_seconds (forecast), <, 0.0);
  await_changes (&n_changes, 1);
  seconds = coterie_training_forecast_get_seconds (forecast);
  g_assert_cmpfloat (seconds, >, 0.0);

  settings.training.n_iterations *= 2;
  coterie_training_forecast_ask (forecast, digits, &settings);
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_cmpfloat (coterie_training_forecast_get_seconds (forecast), >, 1.5 * seconds);
  g_assert_cmpfloat (coterie_training_forecast_get_seconds (forecast), <, 2.0 * seconds);
}

static void
test_tells_nothing_of_what_was_asked_before (void)
{
  guint n_changes;
  g_autoptr (CoterieTrainingForecast) forecast = create (&n_changes);
  CoterieRunSettings settings;

  init_settings (&settings);
  coterie_training_forecast_ask (forecast, digits, &settings);
  wait_ms (310); /* it has begun to measure */
  coterie_training_forecast_stop (forecast);
  g_assert_false (coterie_training_forecast_get_known (forecast));
  wait_ms (700);
  g_assert_cmpuint (n_changes, ==, 0);
  g_assert_cmpfloat (coterie_training_forecast_get_seconds (forecast), <, 0.0);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  digits = coterie_dataset_open ("digits", NULL, NULL);
  g_test_add_func ("/session/training-forecast/counts-at-once", test_counts_at_once);
  g_test_add_func ("/session/training-forecast/counts-without-samples",
                   test_counts_without_samples);
  g_test_add_func ("/session/training-forecast/expects-the-rest-of-a-training",
                   test_expects_the_rest_of_a_training);
  g_test_add_func ("/session/training-forecast/measures-the-time-once",
                   test_measures_the_time_once);
  g_test_add_func ("/session/training-forecast/tells-nothing-of-what-was-asked-before",
                   test_tells_nothing_of_what_was_asked_before);
  status = g_test_run ();
  coterie_dataset_unref (digits);
  return status;
}
