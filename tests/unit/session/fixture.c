/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of the session begin with. */

#include "fixture.h"

gboolean
fixture_give_up (gpointer data)
{
  g_error ("nothing happened for %d s", FIXTURE_PATIENCE_S);
  return G_SOURCE_REMOVE;
}

static void
take_failure (Fixture *fixture, const GError *error)
{
  g_clear_error (&fixture->failure);
  fixture->failure = g_error_copy (error);
}

static void
count (guint *n)
{
  (*n)++;
}

static void
count_signal (Fixture *fixture, const char *name, guint *n)
{
  g_signal_connect_swapped (fixture->session, name, G_CALLBACK (count), n);
}

void
fixture_set_up (Fixture *fixture, gconstpointer data)
{
  fixture->session = coterie_session_new ();
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "run.coterie", NULL);
  g_signal_connect_swapped (fixture->session, "failed", G_CALLBACK (take_failure), fixture);
  count_signal (fixture, "training-ended", &fixture->n_ended);
  count_signal (fixture, "frames-replaced", &fixture->n_replaced);
  count_signal (fixture, "pins-changed", &fixture->n_pins_changed);
  count_signal (fixture, "weights-loaded", &fixture->n_weights_loaded);
}

static void
train (Fixture *fixture)
{
  CoterieRunSettings settings = fixture_make_settings (fixture, FIXTURE_N_FRAMES - 1);
  g_autoptr (CoterieRun) run = NULL;
  g_autoptr (GError) error = NULL;

  settings.training.hidden[0] = 40;
  settings.training.hidden[1] = 30;
  settings.training.limit = 300;
  run = coterie_run_new (&settings);
  coterie_run_execute (run, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

void
fixture_set_up_recorded (Fixture *fixture, gconstpointer data)
{
  static char *trained;
  static gsize size;

  fixture_set_up (fixture, data);
  if (trained != NULL) {
    g_assert_true (g_file_set_contents (fixture->path, trained, (gssize) size, NULL));
  } else {
    train (fixture);
    g_assert_true (g_file_get_contents (fixture->path, &trained, &size, NULL));
  }
}

void
fixture_tear_down (Fixture *fixture, gconstpointer data)
{
  coterie_session_close (fixture->session);
  g_object_unref (fixture->session);
  test_folder_free (fixture->folder);
  g_free (fixture->path);
  g_clear_error (&fixture->failure);
}

CoterieRunSettings
fixture_make_settings (Fixture *fixture, guint n_iterations)
{
  CoterieRunSettings settings = {.source = "digits", .output = fixture->path, .n_threads = 1};

  coterie_training_settings_init (&settings.training);
  coterie_analysis_settings_init (&settings.analysis);
  settings.training.n_hidden = 2;
  settings.training.hidden[0] = 24;
  settings.training.hidden[1] = 16;
  settings.training.limit = 400;
  settings.training.n_iterations = n_iterations;
  settings.analysis.top = FIXTURE_TOP;
  return settings;
}
