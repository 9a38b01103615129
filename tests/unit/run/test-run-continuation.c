/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/run/run.h"

#include "core/recording/recording-layout.h"
#include "core/recording/recording-reader.h"
#include "core/run/relayout.h"
#include "core/run/run-continuation.h"
#include "test-folder.h"

#define N_BEFORE 2
#define N_IN_ALL 4
#define N_PINS 3

typedef struct {
  TestFolder *folder;
  char *recording; /* of N_BEFORE iterations */
  char *whole;     /* of N_IN_ALL, without an end in between */
  CoterieRunSettings settings;
  CoteriePool *pool;
} Fixture;

static void
train (Fixture *fixture, const char *path, guint n_iterations)
{
  g_autoptr (CoterieRun) run = NULL;
  g_autoptr (GError) error = NULL;

  fixture->settings.output = path;
  fixture->settings.training.n_iterations = n_iterations;
  run = coterie_run_new (&fixture->settings);
  coterie_run_execute (run, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  CoterieTrainingSettings *training = &fixture->settings.training;

  fixture->folder = test_folder_new ();
  fixture->recording = g_build_filename (fixture->folder, "run.coterie", NULL);
  fixture->whole = g_build_filename (fixture->folder, "whole.coterie", NULL);
  fixture->pool = coterie_pool_new (1);
  fixture->settings.source = "digits";
  fixture->settings.n_threads = 2;
  coterie_training_settings_init (training);
  coterie_analysis_settings_init (&fixture->settings.analysis);
  training->hidden[0] = 24;
  training->hidden[1] = 16;
  training->limit = 200;
  fixture->settings.analysis.top = 4;
  train (fixture, fixture->recording, N_BEFORE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_folder_free (fixture->folder);
  coterie_pool_free (fixture->pool);
  g_free (fixture->recording);
  g_free (fixture->whole);
}

static CoterieRecordingReader *
open_recording (const char *path)
{
  g_autoptr (GError) error = NULL;
  CoterieRecordingReader *reader = coterie_recording_reader_open (path, &error);

  g_assert_no_error (error);
  return reader;
}

static CoterieFrame *
load_frame (CoterieRecordingReader *reader, guint index)
{
  g_autoptr (GError) error = NULL;
  CoterieFrame *frame = coterie_recording_reader_load (reader, index, &error);

  g_assert_no_error (error);
  return frame;
}

/* Away from where it is, so that obeying is no accident. */
static void
choose_pins (const char *path, CoteriePin *pins)
{
  g_autoptr (CoterieRecordingReader) reader = open_recording (path);
  g_autoptr (CoterieFrame) last = load_frame (reader, N_BEFORE);
  const CoterieFrameLayer *layer = &last->layers[1];

  g_assert_cmpuint (layer->analysis->n_nodes, >=, N_PINS);
  for (guint i = 0; i < N_PINS; i++)
    pins[i] = (CoteriePin){2, layer->analysis->neurons[i], 300.0 + 7.5 * i, -200.0};
}

/* As somebody does who puts nodes elsewhere in the window. */
static void
pin (Fixture *fixture, const char *path, const CoteriePin *pins, guint n_pins)
{
  g_autoptr (CoterieRecordingReader) reader = open_recording (path);
  g_autoptr (GPtrArray) positions = NULL;
  g_autoptr (GError) error = NULL;
  CoterieRunInfo info = *coterie_recording_reader_get_info (reader);

  info.pins = pins;
  info.n_pins = n_pins;
  positions = coterie_relayout_compute_recorded (path, &info, fixture->pool, NULL, NULL, &error);
  g_assert_no_error (error);
  coterie_recording_lay_out (path, &info, positions, &error);
  g_assert_no_error (error);
}

static guint
count_obedient (const CoterieFrame *frame, const CoteriePin *pins, guint n_pins)
{
  guint n_obedient = 0;

  for (guint i = 0; i < n_pins; i++) {
    const CoterieFrameLayer *layer = &frame->layers[pins[i].layer - 1];
    gint node = coterie_layer_analysis_find_node (layer->analysis, pins[i].neuron);

    if (node < 0)
      continue;
    g_assert_cmpfloat (layer->positions[2 * node], ==, (float) pins[i].x);
    g_assert_cmpfloat (layer->positions[2 * node + 1], ==, (float) pins[i].y);
    n_obedient++;
  }
  return n_obedient;
}

typedef struct {
  const CoteriePin *pins;
  guint n_pins;
  guint n_frames;
  guint n_obedient;
} Watch;

static void
watch_frame (CoterieRun *run, CoterieRunInfo *info, CoterieFrame *frame, gpointer data)
{
  Watch *watch = data;

  if (frame == NULL)
    return;
  watch->n_frames++;
  watch->n_obedient += count_obedient (frame, watch->pins, watch->n_pins);
}

static void
go_on (Fixture *fixture, Watch *watch)
{
  CoterieRunSettings settings = {.continued = fixture->recording, .n_threads = 2};
  g_autoptr (CoterieRun) run = NULL;
  g_autoptr (GError) error = NULL;

  settings.training.n_iterations = N_IN_ALL;
  run = coterie_run_new (&settings);
  coterie_run_execute (run, watch_frame, watch, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_same_positions (const char *path, const char *other)
{
  g_autoptr (CoterieRecordingReader) reader = open_recording (path);
  g_autoptr (CoterieRecordingReader) other_reader = open_recording (other);

  g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, N_IN_ALL + 1);
  g_assert_cmpuint (coterie_recording_reader_get_n_frames (other_reader), ==, N_IN_ALL + 1);
  for (guint i = 0; i <= N_IN_ALL; i++) {
    g_autoptr (CoterieFrame) frame = load_frame (reader, i);
    g_autoptr (CoterieFrame) expected = load_frame (other_reader, i);

    for (guint l = 0; l < frame->n_layers; l++) {
      guint n_nodes = frame->layers[l].analysis->n_nodes;

      g_assert_cmpuint (n_nodes, ==, expected->layers[l].analysis->n_nodes);
      g_assert_cmpmem (frame->layers[l].positions, 2 * n_nodes * sizeof (float),
                       expected->layers[l].positions, 2 * n_nodes * sizeof (float));
    }
  }
}

/* While it is trained, too: nobody knows the other frames yet then. */
static void
test_frames_obey_pins (Fixture *fixture, gconstpointer data)
{
  CoteriePin pins[N_PINS];
  Watch watch = {pins, N_PINS, 0, 0};

  choose_pins (fixture->recording, pins);
  pin (fixture, fixture->recording, pins, N_PINS);
  go_on (fixture, &watch);
  g_assert_cmpuint (watch.n_frames, ==, N_IN_ALL - N_BEFORE);
  g_assert_cmpuint (watch.n_obedient, >, 0);
}

static void
test_ends_with_the_layout_of_an_uninterrupted_one (Fixture *fixture, gconstpointer data)
{
  Watch watch = {0};

  train (fixture, fixture->whole, N_IN_ALL);
  go_on (fixture, &watch);
  assert_same_positions (fixture->recording, fixture->whole);
}

static void
test_ends_with_the_layout_of_an_uninterrupted_one_with_pins (Fixture *fixture, gconstpointer data)
{
  CoteriePin pins[N_PINS];
  Watch watch = {pins, N_PINS, 0, 0};

  train (fixture, fixture->whole, N_IN_ALL);
  choose_pins (fixture->recording, pins);
  pin (fixture, fixture->recording, pins, N_PINS);
  pin (fixture, fixture->whole, pins, N_PINS);
  go_on (fixture, &watch);
  assert_same_positions (fixture->recording, fixture->whole);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/run-continuation/frames-obey-pins", test_frames_obey_pins);
  ADD ("/run-continuation/ends-with-the-layout-of-an-uninterrupted-one",
       test_ends_with_the_layout_of_an_uninterrupted_one);
  ADD ("/run-continuation/ends-with-the-layout-of-an-uninterrupted-one-with-pins",
       test_ends_with_the_layout_of_an_uninterrupted_one_with_pins);
  return g_test_run ();
}
