/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures training against PyTorch: samples a second, samples a second of processor time, and the
 * share of the machine's multiply-adds that was reached. All that is compared takes turns within one
 * run, so that a machine that others use disturbs each of them alike; of several rounds the best
 * counts. Prints JSON.
 *
 * --busy instead trains with two threads while two other processes do nothing but compute. */

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench-kit.h"
#include "bench-peer.h"
#include "core/base/rng.h"
#include "core/training/trainer.h"
#include "fma-peak.h"

#define N_CLASSES 10
#define N_SAMPLES 8192
#define BATCH 32
#define DROPOUT 0.2
#define DROPOUT_TEXT "0.2"
#define MAX_THREAD_COUNTS 8
#define MAX_WIDTHS 10
#define REST_US 30000 /* in which the threads of the last turn go to sleep */

typedef struct {
  const char *name;
  guint n_widths;
  guint widths[MAX_WIDTHS];
} Shape;

/* The paper's for MNIST and, of 32 x 32 grey pixels, for CIFAR-10. */
static const Shape shapes[] = {
    {"784-512-512-10", 4, {784, 512, 512, 10}},
    {"1024-1024-1024-1024-512-256-128-10", 8, {1024, 1024, 1024, 1024, 512, 256, 128, 10}},
};

typedef struct {
  double samples_a_second;
  double samples_a_cpu_second;
} Speed;

typedef struct {
  CoteriePool *pool;
  CoterieTrainer *trainer;
  Speed best;
} OwnTraining;

typedef struct {
  BenchPeer process;
  Speed best;
} PeerTraining;

/* Command line. */
static double turn_seconds = 1.5;
static int n_rounds = 5;
static char *only_network = NULL;
static char *only_optimizer = NULL;
static char *thread_counts_text = NULL;
static gboolean without_peer = FALSE;
static gboolean busy = FALSE;
static char *python = NULL;
static char *peer_script = NULL;

static const GOptionEntry entries[] = {
    {"seconds", 0, 0, G_OPTION_ARG_DOUBLE, &turn_seconds, "Length of a turn", "SECONDS"},
    {"rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "Turns of each", "N"},
    {"network", 0, 0, G_OPTION_ARG_STRING, &only_network, "Only this network", "784-512-512-10"},
    {"optimizer", 0, 0, G_OPTION_ARG_STRING, &only_optimizer, "Only adam or sgd", "NAME"},
    {"threads", 0, 0, G_OPTION_ARG_STRING, &thread_counts_text, "Numbers of threads", "1,2"},
    {"no-peer", 0, 0, G_OPTION_ARG_NONE, &without_peer, "Without PyTorch", NULL},
    {"busy", 0, 0, G_OPTION_ARG_NONE, &busy, "Beside two busy processes", NULL},
    {"python", 0, 0, G_OPTION_ARG_FILENAME, &python, "Which Python has PyTorch", "PROGRAM"},
    {"peer", 0, 0, G_OPTION_ARG_FILENAME, &peer_script, "training_pytorch.py", "FILE"},
    {NULL},
};

static double
measure_fma_peak (void)
{
  const char *kernels = coterie_dense_get_kernels ()->name;

#ifdef __x86_64__
  if (g_str_equal (kernels, "avx512"))
    return coterie_fma_peak_avx512 ();
  if (g_str_equal (kernels, "avx2"))
    return coterie_fma_peak_avx2 ();
#endif
  (void) kernels;
  return coterie_fma_peak_baseline ();
}

static double
count_operations (const Shape *shape)
{
  double n = 0.0;

  for (guint l = 0; l + 1 < shape->n_widths; l++)
    n += (l > 0 ? 6.0 : 4.0) * shape->widths[l] * shape->widths[l + 1];
  return n;
}

static void
keep_best (Speed *best, double n_samples, double seconds, double cpu_seconds)
{
  best->samples_a_second = MAX (best->samples_a_second, n_samples / seconds);
  best->samples_a_cpu_second = MAX (best->samples_a_cpu_second, n_samples / cpu_seconds);
}

/* Bytes at random: speed does not depend on what they are, as long as some are learnt from. */
static CoterieDataset *
new_dataset (guint n_features)
{
  static const char *const class_names[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", NULL};
  gsize n_pixels = (gsize) N_SAMPLES * n_features;
  guint8 *pixels = g_malloc (n_pixels);
  guint16 *labels = g_new (guint16, N_SAMPLES);
  CoterieSamples splits[COTERIE_N_SPLITS] = {{NULL}};
  g_autoptr (GError) error = NULL;
  CoterieDataset *dataset;
  CoterieRng rng;

  coterie_rng_init (&rng, 1, 0);
  for (gsize i = 0; i < n_pixels; i++)
    pixels[i] = (guint8) (coterie_rng_next (&rng) >> 56);
  for (gsize s = 0; s < N_SAMPLES; s++)
    labels[s] = (guint16) (s % N_CLASSES);

  splits[COTERIE_SPLIT_TRAINING].pixels = g_bytes_new_take (pixels, n_pixels);
  splits[COTERIE_SPLIT_TRAINING].labels = g_bytes_new_take (labels, N_SAMPLES * sizeof *labels);
  splits[COTERIE_SPLIT_TRAINING].n_samples = N_SAMPLES;
  splits[COTERIE_SPLIT_TEST] = (CoterieSamples){
      .pixels = g_bytes_ref (splits[COTERIE_SPLIT_TRAINING].pixels),
      .labels = g_bytes_ref (splits[COTERIE_SPLIT_TRAINING].labels),
      .n_samples = N_SAMPLES,
  };
  dataset = coterie_dataset_new (
      &(CoterieDatasetInfo){
          .name = "Noise",
          .source = "noise",
          .class_names = class_names,
          .width = n_features,
          .height = 1,
          .n_classes = N_CLASSES,
      },
      splits, &error);
  if (dataset == NULL)
    bench_fail (error->message);
  for (guint split = 0; split < COTERIE_N_SPLITS; split++) {
    g_bytes_unref (splits[split].pixels);
    g_bytes_unref (splits[split].labels);
  }
  return dataset;
}

static void
own_training_init (OwnTraining *own,
                   const Shape *shape,
                   CoterieOptimizerKind optimizer,
                   guint n_threads,
                   CoterieDataset *dataset)
{
  CoterieTrainingSettings settings;
  g_autoptr (GError) error = NULL;

  coterie_training_settings_init (&settings);
  settings.n_hidden = shape->n_widths - 2;
  for (guint l = 0; l < settings.n_hidden; l++)
    settings.hidden[l] = shape->widths[l + 1];
  settings.optimizer = optimizer;
  settings.learning_rate = optimizer == COTERIE_OPTIMIZER_ADAM ? 0.001 : 0.01;
  coterie_training_settings_set_dropout (&settings, DROPOUT);
  settings.batch = BATCH;

  own->pool = coterie_pool_new (n_threads);
  own->trainer = coterie_trainer_new (dataset, &settings, own->pool, &error);
  if (own->trainer == NULL)
    bench_fail (error->message);
}

static void
own_training_clear (OwnTraining *own)
{
  coterie_trainer_free (own->trainer);
  coterie_pool_free (own->pool);
}

static void
take_own_turn (OwnTraining *own)
{
  double began = bench_read_seconds (CLOCK_MONOTONIC);
  double cpu_began = bench_read_seconds (CLOCK_PROCESS_CPUTIME_ID);
  g_autoptr (GError) error = NULL;
  double n_samples = 0.0;
  double seconds;

  do {
    if (!coterie_trainer_run_iteration (own->trainer, NULL, NULL, &error))
      bench_fail (error->message);
    n_samples += N_SAMPLES;
    seconds = bench_read_seconds (CLOCK_MONOTONIC) - began;
  } while (seconds < turn_seconds);
  keep_best (&own->best, n_samples, seconds,
             bench_read_seconds (CLOCK_PROCESS_CPUTIME_ID) - cpu_began);
}

static void
peer_training_init (PeerTraining *peer,
                    const Shape *shape,
                    CoterieOptimizerKind optimizer,
                    guint n_threads)
{
  g_autofree char *batch = g_strdup_printf ("%d", BATCH);
  const char *const arguments[] = {
      python, peer_script,  shape->name, coterie_optimizer_kind_to_string (optimizer),
      batch,  DROPOUT_TEXT, NULL};

  bench_peer_start (&peer->process, arguments, n_threads);
}

static void
take_peer_turn (PeerTraining *peer)
{
  g_autofree char *question = g_strdup_printf ("%g", turn_seconds);
  g_autofree char *answer = bench_peer_ask (&peer->process, question);
  g_auto (GStrv) numbers = NULL;

  numbers = g_strsplit (answer, " ", 3);
  if (g_strv_length (numbers) != 3)
    bench_fail (answer);
  keep_best (&peer->best, g_ascii_strtod (numbers[0], NULL), g_ascii_strtod (numbers[1], NULL),
             g_ascii_strtod (numbers[2], NULL));
}

static void
add_speed (JsonBuilder *json, const char *program_name, const Speed *speed)
{
  json_builder_set_member_name (json, program_name);
  json_builder_begin_object (json);
  bench_add_number (json, "samples_per_second", speed->samples_a_second);
  bench_add_number (json, "samples_per_cpu_second", speed->samples_a_cpu_second);
  json_builder_end_object (json);
}

/* Of one network and optimizer: everything with every number of threads. */
typedef struct {
  guint n_counts;
  guint counts[MAX_THREAD_COUNTS];
  OwnTraining own[MAX_THREAD_COUNTS];
  PeerTraining peers[MAX_THREAD_COUNTS];
  double fma_peak;
} Contest;

static void
contest_init (Contest *contest, const Shape *shape, CoterieOptimizerKind optimizer)
{
  g_autoptr (CoterieDataset) dataset = new_dataset (shape->widths[0]);
  g_auto (GStrv) counts = g_strsplit (thread_counts_text, ",", MAX_THREAD_COUNTS);

  for (guint i = 0; counts[i] != NULL; i++) {
    guint n_threads = (guint) g_ascii_strtoull (counts[i], NULL, 10);

    if (n_threads == 0)
      bench_fail ("--threads: expected numbers from 1, such as 1,2");
    contest->counts[contest->n_counts++] = n_threads;
    own_training_init (&contest->own[i], shape, optimizer, n_threads, dataset);
    if (!without_peer)
      peer_training_init (&contest->peers[i], shape, optimizer, n_threads);
  }
}

static void
contest_clear (Contest *contest)
{
  for (guint i = 0; i < contest->n_counts; i++) {
    own_training_clear (&contest->own[i]);
    if (!without_peer)
      bench_peer_stop (&contest->peers[i].process);
  }
}

static void
run_round (Contest *contest)
{
  contest->fma_peak = MAX (contest->fma_peak, measure_fma_peak ());
  for (guint i = 0; i < contest->n_counts; i++) {
    take_own_turn (&contest->own[i]);
    g_usleep (REST_US);
    if (without_peer)
      continue;
    take_peer_turn (&contest->peers[i]);
    g_usleep (REST_US);
  }
}

static double
best_peer_speed (const Contest *contest)
{
  double best = 0.0;

  for (guint i = 0; i < contest->n_counts; i++)
    best = MAX (best, contest->peers[i].best.samples_a_second);
  return best;
}

static void
report_contest (JsonBuilder *json, const Contest *contest, const Shape *shape)
{
  double operations = count_operations (shape);
  double peer = best_peer_speed (contest);

  for (guint i = 0; i < contest->n_counts; i++) {
    const Speed *own = &contest->own[i].best;
    guint n_threads = contest->counts[i];

    json_builder_begin_object (json);
    bench_add_number (json, "threads", n_threads);
    add_speed (json, "coterie", own);
    if (!without_peer)
      add_speed (json, "pytorch", &contest->peers[i].best);
    if (peer > 0.0)
      bench_add_number (json, "times_the_best_of_pytorch", own->samples_a_second / peer);
    bench_add_number (json, "share_of_fma_peak",
                      own->samples_a_second * operations / (contest->fma_peak * n_threads));
    bench_add_number (json, "times_the_first",
                      own->samples_a_second / contest->own[0].best.samples_a_second);
    json_builder_end_object (json);
  }
}

static gboolean
is_wanted (const char *only, const char *name)
{
  return only == NULL || g_str_equal (only, name);
}

static void
compare_shape (JsonBuilder *json, const Shape *shape, CoterieOptimizerKind optimizer)
{
  Contest contest = {0};

  contest_init (&contest, shape, optimizer);
  for (int round = 0; round < n_rounds; round++)
    run_round (&contest);

  json_builder_begin_object (json);
  bench_add_text (json, "network", shape->name);
  bench_add_text (json, "optimizer", coterie_optimizer_kind_to_string (optimizer));
  bench_add_number (json, "fma_peak_gflops", contest.fma_peak / 1e9);
  json_builder_set_member_name (json, "results");
  json_builder_begin_array (json);
  report_contest (json, &contest, shape);
  json_builder_end_array (json);
  json_builder_end_object (json);
  contest_clear (&contest);
}

static void
compare_all (JsonBuilder *json)
{
  json_builder_set_member_name (json, "trainings");
  json_builder_begin_array (json);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (guint kind = 0; kind <= COTERIE_OPTIMIZER_SGD; kind++) {
      CoterieOptimizerKind optimizer = (CoterieOptimizerKind) kind;

      if (is_wanted (only_network, shapes[i].name) &&
          is_wanted (only_optimizer, coterie_optimizer_kind_to_string (optimizer)))
        compare_shape (json, &shapes[i], optimizer);
    }
  json_builder_end_array (json);
}

/* A process that computes until it is killed, or this one ends. */
static pid_t
start_busy_process (void)
{
  pid_t child = fork ();

  if (child < 0)
    bench_fail ("cannot start a busy process");
  if (child == 0) {
    volatile guint64 n = 0;

    prctl (PR_SET_PDEATHSIG, SIGKILL);
    for (;;)
      n++;
  }
  return child;
}

static void
stop_busy_process (pid_t child)
{
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
}

/* Two busy processes leave two threads half of two processors. */
static void
measure_busy (JsonBuilder *json)
{
  g_autoptr (CoterieDataset) dataset = new_dataset (shapes[0].widths[0]);
  OwnTraining quiet = {0};
  OwnTraining crowded = {0};

  own_training_init (&quiet, &shapes[0], COTERIE_OPTIMIZER_SGD, 2, dataset);
  own_training_init (&crowded, &shapes[0], COTERIE_OPTIMIZER_SGD, 2, dataset);
  for (int round = 0; round < n_rounds; round++) {
    pid_t children[2];

    take_own_turn (&quiet);
    for (guint i = 0; i < G_N_ELEMENTS (children); i++)
      children[i] = start_busy_process ();
    take_own_turn (&crowded);
    for (guint i = 0; i < G_N_ELEMENTS (children); i++)
      stop_busy_process (children[i]);
  }

  bench_add_text (json, "network", shapes[0].name);
  add_speed (json, "quiet", &quiet.best);
  add_speed (json, "beside_two_busy_processes", &crowded.best);
  bench_add_number (json, "share_of_fair_share",
                    crowded.best.samples_a_second / (0.5 * quiet.best.samples_a_second));
  own_training_clear (&quiet);
  own_training_clear (&crowded);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new ("- measure training");
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (GError) error = NULL;

  python = g_strdup ("/usr/bin/python3");
  peer_script = g_strdup (COTERIE_BENCH_PEER);
  thread_counts_text = g_strdup ("1,2");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    bench_fail (error->message);

  json_builder_begin_object (json);
  bench_add_text (json, "kernels", coterie_dense_get_kernels ()->name);
  if (busy)
    measure_busy (json);
  else
    compare_all (json);
  json_builder_end_object (json);
  bench_print_json (json);
  return 0;
}
