/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures a whole training from the command line to the finished recording, with an analysis of every
 * iteration, against as many epochs of the same training in PyTorch without any: seconds, processor
 * seconds and peak memory. Prints JSON.
 *
 *   bench-program COTERIE-CLI FOLDER-OF-MNIST */

#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <glib/gstdio.h>

#define N_ITERATIONS "20"
#define N_SAMPLES "60000"
#define SHAPE "784-512-512-10"
#define BATCH "32"
#define DROPOUT "0.3" /* what the program does when it is told nothing */

typedef struct {
  double seconds;
  double cpu_seconds;
  double peak_mib;
} Cost;

static void
fail (const char *message)
{
  g_printerr ("bench-program: %s\n", message);
  exit (1);
}

static double
read_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

static double
to_seconds (struct timeval time)
{
  return (double) time.tv_sec + 1e-6 * (double) time.tv_usec;
}

/* Its output goes to standard error: ours is JSON. */
static void
become (const char *const *arguments, const char *n_peer_threads)
{
  if (n_peer_threads != NULL) {
#ifdef __x86_64__
    if (__builtin_cpu_supports ("avx512f"))
      g_setenv ("OPENBLAS_CORETYPE", "SkylakeX", TRUE);
#endif
    g_setenv ("OMP_NUM_THREADS", n_peer_threads, TRUE);
    g_setenv ("OPENBLAS_NUM_THREADS", n_peer_threads, TRUE);
  }
  dup2 (STDERR_FILENO, STDOUT_FILENO);
  execvp (arguments[0], (char *const *) arguments);
  _exit (127);
}

static Cost
measure_command (const char *const *arguments, const char *n_peer_threads)
{
  double began = read_seconds ();
  pid_t child = fork ();
  struct rusage usage;
  int status;

  if (child < 0)
    fail ("cannot start a process");
  if (child == 0)
    become (arguments, n_peer_threads);
  if (wait4 (child, &status, 0, &usage) < 0 || status != 0)
    fail ("a command that was to be measured failed");
  return (Cost){
      .seconds = read_seconds () - began,
      .cpu_seconds = to_seconds (usage.ru_utime) + to_seconds (usage.ru_stime),
      .peak_mib = (double) usage.ru_maxrss / 1024.0,
  };
}

static Cost
measure_program (const char *program, const char *dataset)
{
  g_autofree char *folder = g_dir_make_tmp ("coterie-bench-XXXXXX", NULL);
  g_autofree char *recording = g_build_filename (folder, "bench.coterie", NULL);
  const char *const arguments[] = {
      program, "train", "--dataset", dataset, "--iterations", N_ITERATIONS, "-o", recording, NULL,
  };
  Cost cost = measure_command (arguments, NULL);

  g_unlink (recording);
  g_rmdir (folder);
  return cost;
}

static Cost
measure_peer (const char *n_threads)
{
  const char *const arguments[] = {
      "/usr/bin/python3",
      COTERIE_BENCH_PEER,
      "--epochs",
      N_ITERATIONS,
      "--samples",
      N_SAMPLES,
      SHAPE,
      "adam",
      BATCH,
      DROPOUT,
      NULL,
  };

  return measure_command (arguments, n_threads);
}

static void
add_number (JsonBuilder *json, const char *name, double value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_double_value (json, value);
}

static void
add_cost (JsonBuilder *json, const char *name, const Cost *cost)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
  add_number (json, "seconds", cost->seconds);
  add_number (json, "cpu_seconds", cost->cpu_seconds);
  add_number (json, "peak_mib", cost->peak_mib);
  json_builder_end_object (json);
}

int
main (int argc, char *argv[])
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *text = NULL;
  Cost own;
  Cost peer_one;
  Cost peer_two;

  if (argc != 3)
    fail ("expected the path of coterie-cli and a folder with MNIST");
  own = measure_program (argv[1], argv[2]);
  peer_one = measure_peer ("1");
  peer_two = measure_peer ("2");

  json_builder_begin_object (json);
  add_cost (json, "coterie_with_analysis_and_recording", &own);
  add_cost (json, "pytorch_one_thread", &peer_one);
  add_cost (json, "pytorch_two_threads", &peer_two);
  add_number (json, "times_the_best_of_pytorch",
              MIN (peer_one.seconds, peer_two.seconds) / own.seconds);
  json_builder_end_object (json);
  root = json_builder_get_root (json);
  text = json_to_string (root, TRUE);
  g_print ("%s\n", text);
  return 0;
}
