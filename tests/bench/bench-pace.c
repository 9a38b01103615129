/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Compares how long a training takes with how long it was said to. The measurement behind what is said is
 * made before the training, as the window does it, and again after every frame, while the training waits:
 * on a machine that others use the first may meet a calmer moment than the training does, the others
 * meet the same. Prints JSON.
 *
 *   bench-pace DATASET PRESET ITERATIONS [REWIRED-GRAPHS] */

#include <glib/gstdio.h>

#include "bench-kit.h"
#include "core/run/presets.h"
#include "core/run/run-dataset.h"
#include "core/run/run-pace.h"
#include "core/run/run.h"

#define RECORDING "bench.coterie"

typedef struct {
  CoterieDataset *dataset;
  CoterieRunSettings settings;
  CoterieRunPace first;
  CoterieRunPace sum; /* of those after frames */
  guint n_paces;

  /* seconds */
  double began;
  double measuring;
  double first_frame;
  double stages[COTERIE_RUN_STAGE_ENDED + 1];

  CoterieRun *run;
  gint is_measuring; /* both atomic */
  gint has_ended;
} Bench;

static double
now_s (void)
{
  return (double) g_get_monotonic_time () / G_TIME_SPAN_SECOND;
}

static void
measure (Bench *bench, CoterieRunPace *pace)
{
  g_autoptr (GError) error = NULL;

  if (!coterie_run_pace_measure (pace, bench->dataset, &bench->settings.training,
                                 &bench->settings.analysis, 0, FALSE, NULL, &error))
    bench_fail (error->message);
}

/* Time begins with the call before the first frame. */
static void
recorded_cb (CoterieRun *run, CoterieRunInfo *info, CoterieFrame *frame, gpointer data)
{
  Bench *bench = data;
  CoterieRunPace pace;
  double called = now_s ();

  if (frame == NULL) {
    bench->began = called;
    return;
  }
  if (frame->iteration == 0)
    bench->first_frame = called - bench->began;
  g_atomic_int_set (&bench->is_measuring, TRUE);
  measure (bench, &pace);
  g_atomic_int_set (&bench->is_measuring, FALSE);
  bench->sum.iteration_s += pace.iteration_s;
  bench->sum.frame_s += pace.frame_s;
  bench->sum.weights_s += pace.weights_s;
  bench->sum.state_s += pace.state_s;
  bench->sum.frames_for_network = pace.frames_for_network;
  bench->n_paces++;
  bench->measuring += now_s () - called;
}

static void
open_dataset (Bench *bench)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (0);
  g_autoptr (GError) error = NULL;

  bench->dataset =
      coterie_run_dataset_open (bench->settings.source, bench->settings.dataset_options,
                                &bench->settings.training, pool, NULL, NULL, &error);
  if (bench->dataset == NULL)
    bench_fail (error->message);
}

/* Looks every millisecond at what the run does. */
static gpointer
watch_stages (gpointer data)
{
  Bench *bench = data;
  double last = now_s ();

  while (!g_atomic_int_get (&bench->has_ended)) {
    CoterieRunStatus status;
    double now;

    g_usleep (1000);
    now = now_s ();
    coterie_run_get_status (bench->run, &status);
    if (!g_atomic_int_get (&bench->is_measuring))
      bench->stages[status.stage] += now - last;
    last = now;
  }
  return NULL;
}

static double
take_time (Bench *bench)
{
  GThread *watcher;
  g_autoptr (GError) error = NULL;

  bench->run = coterie_run_new (&bench->settings);
  watcher = g_thread_new ("watcher", watch_stages, bench);
  if (!coterie_run_execute (bench->run, recorded_cb, bench, NULL, &error))
    bench_fail (error->message);
  g_atomic_int_set (&bench->has_ended, TRUE);
  g_thread_join (watcher);
  coterie_run_unref (bench->run);
  return now_s () - bench->began - bench->measuring;
}

static void
add_pace (JsonBuilder *json, const char *name, const Bench *bench, const CoterieRunPace *pace)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
  bench_add_number (json, "iteration_seconds", pace->iteration_s);
  bench_add_number (json, "frame_seconds", pace->frame_s);
  bench_add_number (json, "weights_seconds", pace->weights_s + pace->state_s);
  bench_add_number (json, "seconds", coterie_run_pace_predict (pace, &bench->settings.training));
  json_builder_end_object (json);
}

static void
add_stages (JsonBuilder *json, const Bench *bench)
{
  static const char *const names[] = {"opening", "training", "analysis",
                                      "layout",  "writing",  "refinement"};

  json_builder_set_member_name (json, "stages");
  json_builder_begin_object (json);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    bench_add_number (json, names[i], bench->stages[i]);
  json_builder_end_object (json);
}

static void
print_result (const Bench *bench, double seconds)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  CoterieRunPace mean = {
      .iteration_s = bench->sum.iteration_s / bench->n_paces,
      .frame_s = bench->sum.frame_s / bench->n_paces,
      .weights_s = bench->sum.weights_s / bench->n_paces,
      .state_s = bench->sum.state_s / bench->n_paces,
      .frames_for_network = bench->sum.frames_for_network,
  };

  json_builder_begin_object (json);
  add_pace (json, "said_before", bench, &bench->first);
  add_pace (json, "said_meanwhile", bench, &mean);
  bench_add_number (json, "first_frame_seconds", bench->first_frame);
  add_stages (json, bench);
  bench_add_number (json, "seconds", seconds);
  bench_add_number (json, "said_before_for_each_second",
                    coterie_run_pace_predict (&bench->first, &bench->settings.training) / seconds);
  bench_add_number (json, "said_meanwhile_for_each_second",
                    coterie_run_pace_predict (&mean, &bench->settings.training) / seconds);
  json_builder_end_object (json);
  bench_print_json (json);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = g_dir_make_tmp ("coterie-bench-XXXXXX", NULL);
  g_autofree char *output = g_build_filename (folder, RECORDING, NULL);
  const CoteriePreset *preset = argc == 4 || argc == 5 ? coterie_presets_find (argv[2]) : NULL;
  CoterieDatasetOptions options;
  Bench bench = {NULL};
  double seconds;

  g_set_prgname ("bench-pace");
  if (preset == NULL)
    bench_fail (
        "expected a data set, a preset, a number of iterations, and perhaps one of rewired graphs");
  coterie_preset_apply (preset, &bench.settings.training, &bench.settings.analysis, &options);
  bench.settings.source = argv[1];
  bench.settings.output = output;
  bench.settings.dataset_options = &options;
  bench.settings.training.n_iterations = (guint) g_ascii_strtoull (argv[3], NULL, 10);
  if (argc == 5)
    bench.settings.analysis.n_null_graphs = (guint) g_ascii_strtoull (argv[4], NULL, 10);
  open_dataset (&bench);
  measure (&bench, &bench.first);
  seconds = take_time (&bench);

  print_result (&bench, seconds);
  coterie_dataset_unref (bench.dataset);
  g_unlink (output);
  g_rmdir (folder);
  return 0;
}
