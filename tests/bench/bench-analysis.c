/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures the analysis of one iteration: against training for one iteration, against a bare forward
 * pass of the training samples, and against the same steps in numpy; and the memory that it takes.
 * All that is compared takes turns within one run, so that a machine that others use disturbs each of
 * them alike; of several rounds the best counts. Prints JSON. */

#include <glib/gstdio.h>

#include "bench-kit.h"
#include "bench-peer.h"
#include "core/analysis/activation-pass.h"
#include "core/analysis/sample-pass.h"
#include "core/base/rng.h"
#include "core/dataset/catalog.h"
#include "core/training/trainer.h"

#define N_CLASSES 10
#define MAX_WIDTHS 10
#define BLOB_BRIGHTNESS 96
#define NOISE_BRIGHTNESS 160
#define PEER_FILES 4
#define REST_US 30000 /* in which the threads of the last turn go to sleep */

typedef struct {
  const char *name;
  const char *folder; /* of a real data set below the shared one, or NULL */
  guint side_px;
  gsize n_training;
  gsize n_test;
  guint n_widths;
  guint widths[MAX_WIDTHS];
} Case;

static const Case cases[] = {
    {"784-512-512-10", "data/mnist", 28, 60000, 10000, 4, {784, 512, 512, 10}},
    {"1024-1024-1024-1024-512-256-128-10",
     NULL,
     32,
     50000,
     10000,
     8,
     {1024, 1024, 1024, 1024, 512, 256, 128, 10}},
};

/* Of the best turn, the clock's and the processors'. */
typedef struct {
  double seconds;
  double cpu_seconds;
} Time;

typedef struct {
  CoterieDataset *dataset;
  CoteriePool *pool;
  CoterieAnalysisMemory *memory;
  CoterieTrainer *trainer;
  guint32 *samples;
  Time training;
  Time forward;
  Time analysis;
  Time streaming; /* without null graphs */
  double peer_s;
  double base_bytes; /* before the first analysis */
  double peak_bytes;
} Contest;

typedef struct {
  BenchPeer process;
  char *folder;
  char *paths[PEER_FILES];
} Peer;

/* Command line. */
static int n_rounds = 3;
static int n_threads = 0;
static int memory_mib = 0;
static char *only_network = NULL;
static gboolean without_peer = FALSE;
static gboolean without_training = FALSE;
static char *python = NULL;
static char *peer_script = NULL;

static const GOptionEntry entries[] = {
    {"rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "Turns of each", "N"},
    {"threads", 0, 0, G_OPTION_ARG_INT, &n_threads, "Number of threads; 0 takes all", "N"},
    {"memory", 0, 0, G_OPTION_ARG_INT, &memory_mib, "Memory of the analysis; 0 takes 512", "MIB"},
    {"network", 0, 0, G_OPTION_ARG_STRING, &only_network, "Only this network", "784-512-512-10"},
    {"no-peer", 0, 0, G_OPTION_ARG_NONE, &without_peer, "Without numpy", NULL},
    {"no-training", 0, 0, G_OPTION_ARG_NONE, &without_training, "Of the untrained network", NULL},
    {"python", 0, 0, G_OPTION_ARG_FILENAME, &python, "Which Python has numpy", "PROGRAM"},
    {"peer", 0, 0, G_OPTION_ARG_FILENAME, &peer_script, "analysis_numpy.py", "FILE"},
    {NULL},
};

static Time
read_time (void)
{
  return (Time){bench_read_seconds (CLOCK_MONOTONIC),
                bench_read_seconds (CLOCK_PROCESS_CPUTIME_ID)};
}

static double
get_less (double best, double seconds)
{
  return best > 0.0 ? MIN (best, seconds) : seconds;
}

static void
keep_best (Time *best, Time began)
{
  Time now = read_time ();

  best->seconds = get_less (best->seconds, now.seconds - began.seconds);
  best->cpu_seconds = get_less (best->cpu_seconds, now.cpu_seconds - began.cpu_seconds);
}

/* Of this process, "VmRSS:" or "VmHWM:". */
static double
read_memory_bytes (const char *name)
{
  g_autofree char *status = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0.0;
  line = strstr (status, name);
  return line != NULL ? 1024.0 * g_ascii_strtod (line + strlen (name), NULL) : 0.0;
}

static void
forget_peak (void)
{
  FILE *file = g_fopen ("/proc/self/clear_refs", "w");

  if (file == NULL)
    return;
  fputs ("5", file);
  fclose (file);
}

/* A bright blob at a place of its own for each class, and noise: easy, but not at once. */
static CoterieSamples
make_samples (const Case *c, gsize n_samples, guint64 seed)
{
  gsize n_features = (gsize) c->side_px * c->side_px;
  guint8 *pixels = g_malloc (n_samples * n_features);
  guint16 *labels = g_new (guint16, n_samples);
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  for (gsize s = 0; s < n_samples; s++) {
    guint label = (guint) coterie_rng_below (&rng, N_CLASSES);

    labels[s] = (guint16) label;
    for (gsize i = 0; i < n_features; i++) {
      gint x = (gint) (i % c->side_px) - (gint) (c->side_px * (1 + label % 4) / 5);
      gint y = (gint) (i / c->side_px) - (gint) (c->side_px * (1 + label / 4) / 4);
      gboolean in_blob = x * x + y * y < (gint) c->side_px;

      pixels[s * n_features + i] =
          (guint8) (coterie_rng_below (&rng, NOISE_BRIGHTNESS) + (in_blob ? BLOB_BRIGHTNESS : 0));
    }
  }
  return (CoterieSamples){.pixels = g_bytes_new_take (pixels, n_samples * n_features),
                          .labels = g_bytes_new_take (labels, n_samples * sizeof *labels),
                          .n_samples = n_samples};
}

static CoterieDataset *
make_dataset (const Case *c)
{
  static const char *const names[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", NULL};
  CoterieSamples splits[] = {make_samples (c, c->n_training, 1), make_samples (c, c->n_test, 2)};
  g_autoptr (GError) error = NULL;
  CoterieDataset *dataset = coterie_dataset_new (&(CoterieDatasetInfo){.name = "Blobs",
                                                                       .source = "blobs",
                                                                       .class_names = names,
                                                                       .width = c->side_px,
                                                                       .height = c->side_px,
                                                                       .n_classes = N_CLASSES},
                                                 splits, &error);

  if (dataset == NULL)
    bench_fail (error->message);
  for (guint split = 0; split < COTERIE_N_SPLITS; split++) {
    g_bytes_unref (splits[split].pixels);
    g_bytes_unref (splits[split].labels);
  }
  return dataset;
}

static CoterieDataset *
open_dataset (const Case *c)
{
  const char *folder = g_getenv ("COTERIE_SHARED_DIR");
  const char *shared = folder != NULL ? folder : COTERIE_BENCH_SHARED_DIR;
  g_autofree char *path = NULL;

  if (c->folder != NULL) {
    CoterieDataset *dataset;

    path = g_build_filename (shared, c->folder, NULL);
    dataset = coterie_dataset_open (path, NULL, NULL);
    if (dataset != NULL)
      return dataset;
  }
  return make_dataset (c);
}

static void
contest_init (Contest *contest, const Case *c)
{
  CoterieTrainingSettings settings;
  g_autoptr (GError) error = NULL;
  gsize n_samples;

  contest->dataset = open_dataset (c);
  contest->pool = coterie_pool_new ((guint) n_threads);
  contest->memory = coterie_analysis_memory_new ((guint64) memory_mib * 1024 * 1024);
  coterie_training_settings_init (&settings);
  settings.n_hidden = c->n_widths - 2;
  for (guint l = 0; l < settings.n_hidden; l++)
    settings.hidden[l] = c->widths[l + 1];
  contest->trainer = coterie_trainer_new (contest->dataset, &settings, contest->pool, &error);
  if (contest->trainer == NULL)
    bench_fail (error->message);

  n_samples = coterie_dataset_get_n_samples (contest->dataset, COTERIE_SPLIT_TRAINING);
  contest->samples = g_new (guint32, n_samples);
  for (gsize s = 0; s < n_samples; s++)
    contest->samples[s] = (guint32) s;
}

static void
contest_clear (Contest *contest)
{
  coterie_trainer_free (contest->trainer);
  coterie_analysis_memory_free (contest->memory);
  coterie_pool_free (contest->pool);
  coterie_dataset_unref (contest->dataset);
  g_free (contest->samples);
}

static void
train (Contest *contest)
{
  g_autoptr (GError) error = NULL;
  Time began = read_time ();

  if (!coterie_trainer_run_iteration (contest->trainer, NULL, NULL, &error))
    bench_fail (error->message);
  keep_best (&contest->training, began);
}

/* Gathers, turns and multiplies, and nothing else. */
static void
run_forward (Contest *contest)
{
  const CoteriePassSizes sizes = {64, 16, 1, 1};
  g_auto (CoterieSamplePass) pass = {0};
  Time began = read_time ();

  coterie_sample_pass_init (&pass, coterie_trainer_get_network (contest->trainer), contest->dataset,
                            COTERIE_SPLIT_TRAINING, contest->samples, &sizes, contest->pool, NULL);
  for (gsize block = 0; block < pass.n_blocks; block++)
    coterie_sample_pass_run_block (&pass, block, FALSE, NULL, NULL);
  keep_best (&contest->forward, began);
}

static void
analyse (Contest *contest, guint n_null_graphs, Time *best)
{
  CoterieAnalysisSettings settings;
  g_auto (CoterieNetworkAnalysis) analysis = {0};
  g_autoptr (GError) error = NULL;
  Time began;

  coterie_analysis_settings_init (&settings);
  settings.n_null_graphs = n_null_graphs;
  forget_peak ();
  if (contest->base_bytes == 0.0)
    contest->base_bytes = read_memory_bytes ("VmRSS:");
  began = read_time ();
  if (!coterie_network_analysis_compute_within (
          &analysis, coterie_trainer_get_network (contest->trainer), contest->dataset, &settings,
          contest->memory, contest->pool, NULL, NULL, &error))
    bench_fail (error->message);
  keep_best (best, began);
  contest->peak_bytes =
      MAX (contest->peak_bytes, read_memory_bytes ("VmHWM:") - contest->base_bytes);
}

static void
write_file (Peer *peer, guint number, const char *name, gconstpointer data, gsize n_bytes)
{
  g_autoptr (GError) error = NULL;

  peer->paths[number] = g_build_filename (peer->folder, name, NULL);
  if (!g_file_set_contents (peer->paths[number], data, (gssize) n_bytes, &error))
    bench_fail (error->message);
}

/* Both splits one after the other: inputs, labels; and the parameters of the network. */
static void
write_peer_files (Peer *peer, Contest *contest)
{
  const CoterieNetwork *network = coterie_trainer_get_network (contest->trainer);
  gsize n_features = network->widths[0];

  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++) {
    gsize n_samples = coterie_dataset_get_n_samples (contest->dataset, split);
    g_autofree float *rows = g_new (float, n_samples *n_features);
    const guint16 *labels = coterie_dataset_get_labels (contest->dataset, split);
    g_autofree char *inputs_name = g_strdup_printf ("inputs-%u.f32", (guint) split);
    g_autofree char *labels_name = g_strdup_printf ("labels-%u.u16", (guint) split);

    coterie_dataset_gather (contest->dataset, split, contest->samples, n_samples, rows);
    write_file (peer, 2 * split, inputs_name, rows, n_samples * n_features * sizeof (float));
    write_file (peer, 2 * split + 1, labels_name, labels, n_samples * sizeof *labels);
  }
}

static void
peer_init (Peer *peer, Contest *contest, const Case *c)
{
  const CoterieNetwork *network = coterie_trainer_get_network (contest->trainer);
  const char *arguments[] = {python, peer_script, c->name, NULL, NULL};
  g_autofree char *parameters = NULL;
  g_autoptr (GError) error = NULL;

  peer->folder = g_dir_make_tmp ("bench-analysis-XXXXXX", &error);
  if (peer->folder == NULL)
    bench_fail (error->message);
  write_peer_files (peer, contest);
  parameters = g_build_filename (peer->folder, "parameters.f32", NULL);
  if (!g_file_set_contents (parameters, (const char *) network->parameters,
                            (gssize) (network->n_parameters * sizeof (float)), &error))
    bench_fail (error->message);

  arguments[3] = peer->folder;
  bench_peer_start (&peer->process, arguments, coterie_pool_get_n_threads (contest->pool));
  g_unlink (parameters);
}

static void
peer_clear (Peer *peer)
{
  bench_peer_stop (&peer->process);
  for (guint i = 0; i < PEER_FILES; i++) {
    g_unlink (peer->paths[i]);
    g_free (peer->paths[i]);
  }
  g_rmdir (peer->folder);
  g_free (peer->folder);
}

static void
take_peer_turn (Peer *peer, Contest *contest)
{
  g_autofree char *answer = bench_peer_ask (&peer->process, "go");
  double seconds;

  seconds = g_ascii_strtod (answer, NULL);
  if (seconds <= 0.0)
    bench_fail (answer);
  contest->peer_s = get_less (contest->peer_s, seconds);
}

static void
run_rounds (Contest *contest, const Case *c)
{
  CoterieAnalysisSettings defaults;
  Peer peer = {0};

  coterie_analysis_settings_init (&defaults);
  if (!without_training)
    train (contest);
  if (!without_peer)
    peer_init (&peer, contest, c);
  for (int round = 0; round < n_rounds; round++) {
    if (!without_training)
      train (contest);
    g_usleep (REST_US);
    run_forward (contest);
    g_usleep (REST_US);
    analyse (contest, 0, &contest->streaming);
    g_usleep (REST_US);
    analyse (contest, defaults.n_null_graphs, &contest->analysis);
    g_usleep (REST_US);
    if (!without_peer)
      take_peer_turn (&peer, contest);
  }
  if (!without_peer)
    peer_clear (&peer);
}

static void
add_time (JsonBuilder *json, const char *name, const Time *time)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
  bench_add_number (json, "seconds", time->seconds);
  bench_add_number (json, "cpu_seconds", time->cpu_seconds);
  json_builder_end_object (json);
}

static void
add_ratio (JsonBuilder *json, const char *name, const Time *time, const Time *other)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
  bench_add_number (json, "seconds", time->seconds / other->seconds);
  bench_add_number (json, "cpu_seconds", time->cpu_seconds / other->cpu_seconds);
  json_builder_end_object (json);
}

/* Ratios are of the analysis without null graphs, which numpy does not make either. */
static void
report (JsonBuilder *json, const Contest *contest, const Case *c)
{
  json_builder_begin_object (json);
  bench_add_text (json, "network", c->name);
  bench_add_text (json, "dataset", coterie_dataset_get_info (contest->dataset)->name);
  bench_add_number (json, "threads", coterie_pool_get_n_threads (contest->pool));
  add_time (json, "forward_pass", &contest->forward);
  add_time (json, "analysis", &contest->streaming);
  add_time (json, "analysis_with_null_graphs", &contest->analysis);
  bench_add_number (json, "peak_mib", contest->peak_bytes / (1024.0 * 1024.0));
  add_ratio (json, "analysis_per_forward_pass", &contest->streaming, &contest->forward);
  if (!without_training) {
    add_time (json, "training", &contest->training);
    add_ratio (json, "analysis_per_training", &contest->streaming, &contest->training);
    add_ratio (json, "analysis_with_null_graphs_per_training", &contest->analysis,
               &contest->training);
  }
  if (!without_peer) {
    bench_add_number (json, "numpy_seconds", contest->peer_s);
    bench_add_number (json, "times_as_fast_as_numpy", contest->peer_s / contest->streaming.seconds);
  }
  json_builder_end_object (json);
}

static void
compare_all (JsonBuilder *json)
{
  json_builder_begin_array (json);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    Contest contest = {NULL};

    if (only_network != NULL && !g_str_equal (only_network, cases[i].name))
      continue;
    contest_init (&contest, &cases[i]);
    run_rounds (&contest, &cases[i]);
    report (json, &contest, &cases[i]);
    contest_clear (&contest);
  }
  json_builder_end_array (json);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- measure the analysis");
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (GError) error = NULL;

  python = g_strdup ("/usr/bin/python3");
  peer_script = g_strdup (COTERIE_BENCH_PEER);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    bench_fail (error->message);

  compare_all (json);
  bench_print_json (json);
  return 0;
}
