/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures a whole training from the command line to the finished recording, with an analysis of every
 * iteration, against as many epochs of the same training in PyTorch without any: seconds, processor
 * seconds and peak memory. Prints JSON.
 *
 *   bench-program COTERIE-CLI FOLDER-OF-MNIST [ITERATIONS [PEER-EPOCHS]]
 *
 * Of the paper's 20 iterations a busy machine may do fewer; ours then has the worse of it, as there is
 * a frame more than iterations. Or the peers alone do fewer, at least 2: their epochs are all alike, so that
 * those after the first tell how long the missing ones take. What they need to start and the first epoch
 * count once.
 *
 * All take turns: a process whose turn is over is stopped where it is, and goes on in its next turn, so
 * that a machine that others use disturbs each of them alike. The peers' turns are longer, because they
 * are: then all come to their end at about the same time. All have the same low priority, which is the
 * one that the program gives itself. */

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <glib/gstdio.h>

#include "bench-kit.h"

#define N_SAMPLES "60000"
#define SHAPE "784-512-512-10"
#define BATCH "32"
#define DROPOUT "0.3" /* what the program does when it is told nothing */

#define OWN_TURN_S 0.5
#define PEER_TURN_S 2.0
#define LOOK_US 5000 /* from look to look whether a process has ended */
#define NICENESS 10

typedef struct {
  pid_t process;
  gboolean ended;
  double turn_s;

  /* of a peer, which writes a line after every epoch */
  int lines;
  guint n_epochs;
  double first_epoch_s; /* when it had ended */
  double last_epoch_s;

  double seconds; /* in its turns */
  double cpu_seconds;
  double peak_mib;
} Contestant;

static double
to_seconds (struct timeval time)
{
  return (double) time.tv_sec + 1e-6 * (double) time.tv_usec;
}

/* In the new process. */
static void
become (const char *const *arguments, const char *n_peer_threads, int output)
{
  if (n_peer_threads != NULL) {
#ifdef __x86_64__
    if (__builtin_cpu_supports ("avx512f"))
      g_setenv ("OPENBLAS_CORETYPE", "SkylakeX", TRUE);
#endif
    g_setenv ("OMP_NUM_THREADS", n_peer_threads, TRUE);
    g_setenv ("OPENBLAS_NUM_THREADS", n_peer_threads, TRUE);
  }
  prctl (PR_SET_PDEATHSIG, SIGKILL);
  setpriority (PRIO_PROCESS, 0, NICENESS);
  dup2 (output, STDOUT_FILENO);
  raise (SIGSTOP);
  execvp (arguments[0], (char *const *) arguments);
  _exit (127);
}

/* Looks whether it has ended or, with WUNTRACED, was stopped; waits for that without WNOHANG. */
static gboolean
look (Contestant *contestant, int options)
{
  struct rusage usage;
  int status;
  pid_t process = wait4 (contestant->process, &status, options, &usage);

  if (process == 0)
    return FALSE;
  if (process < 0 || (!WIFSTOPPED (status) && status != 0))
    bench_fail ("a command that was to be measured failed");
  if (WIFSTOPPED (status))
    return TRUE;
  contestant->ended = TRUE;
  contestant->cpu_seconds = to_seconds (usage.ru_utime) + to_seconds (usage.ru_stime);
  contestant->peak_mib = (double) usage.ru_maxrss / 1024.0;
  return TRUE;
}

/* Until its first turn it waits. What our program prints goes to standard error: ours is JSON. */
static void
start (Contestant *contestant,
       double turn_s,
       const char *const *arguments,
       const char *n_peer_threads)
{
  int ends[2];

  if (pipe (ends) != 0 || fcntl (ends[0], F_SETFL, O_NONBLOCK) != 0)
    bench_fail ("cannot make a pipe");
  *contestant = (Contestant){.process = fork (), .turn_s = turn_s, .lines = ends[0]};
  if (contestant->process < 0)
    bench_fail ("cannot start a process");
  if (contestant->process == 0)
    become (arguments, n_peer_threads, n_peer_threads != NULL ? ends[1] : STDERR_FILENO);
  close (ends[1]);
  look (contestant, WUNTRACED);
}

static void
start_program (Contestant *contestant,
               const char *program,
               const char *dataset,
               const char *n_iterations,
               const char *recording)
{
  const char *const arguments[] = {
      program, "train", "--dataset", dataset, "--iterations", n_iterations, "-o", recording, NULL,
  };

  start (contestant, OWN_TURN_S, arguments, NULL);
}

static void
start_peer (Contestant *contestant, const char *n_epochs, const char *n_threads)
{
  const char *const arguments[] = {
      "/usr/bin/python3",
      COTERIE_BENCH_PEER,
      "--epochs",
      n_epochs,
      "--samples",
      N_SAMPLES,
      SHAPE,
      "adam",
      BATCH,
      DROPOUT,
      NULL,
  };

  start (contestant, PEER_TURN_S, arguments, n_threads);
}

/* Looks whether epochs have ended since. */
static void
count_epochs (Contestant *contestant, double now_s)
{
  char byte;

  while (read (contestant->lines, &byte, 1) == 1) {
    if (byte != '\n')
      continue;
    contestant->n_epochs++;
    contestant->last_epoch_s = now_s;
    if (contestant->n_epochs == 1)
      contestant->first_epoch_s = now_s;
  }
}

static void
take_turn (Contestant *contestant)
{
  double began = bench_read_seconds (CLOCK_MONOTONIC);

  if (contestant->ended)
    return;
  kill (contestant->process, SIGCONT);
  while (!look (contestant, WNOHANG) &&
         bench_read_seconds (CLOCK_MONOTONIC) - began < contestant->turn_s) {
    count_epochs (contestant, contestant->seconds + bench_read_seconds (CLOCK_MONOTONIC) - began);
    g_usleep (LOOK_US);
  }
  contestant->seconds += bench_read_seconds (CLOCK_MONOTONIC) - began;
  count_epochs (contestant, contestant->seconds);
  if (!contestant->ended) {
    kill (contestant->process, SIGSTOP);
    look (contestant, WUNTRACED);
  }
}

static void
take_turns (Contestant *contestants, guint n_contestants)
{
  gboolean all_ended;

  do {
    all_ended = TRUE;
    for (guint i = 0; i < n_contestants; i++) {
      take_turn (&contestants[i]);
      all_ended = all_ended && contestants[i].ended;
    }
  } while (!all_ended);
}

/* Of a peer: how long so many epochs take. */
static double
predict (const Contestant *contestant, guint n_epochs)
{
  guint n_done = contestant->n_epochs;

  if (n_done >= n_epochs)
    return contestant->seconds;
  return contestant->seconds + (n_epochs - n_done) *
                                   (contestant->last_epoch_s - contestant->first_epoch_s) /
                                   (n_done - 1);
}

static void
add_own (JsonBuilder *json, const char *name, const Contestant *contestant)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
  bench_add_number (json, "seconds", contestant->seconds);
  bench_add_number (json, "cpu_seconds", contestant->cpu_seconds);
  bench_add_number (json, "peak_mib", contestant->peak_mib);
  json_builder_end_object (json);
}

static void
add_peer (JsonBuilder *json, const char *name, const Contestant *peer, guint n_epochs)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_object (json);
  bench_add_number (json, "epochs", peer->n_epochs);
  bench_add_number (json, "seconds", peer->seconds);
  bench_add_number (json, "cpu_seconds", peer->cpu_seconds);
  bench_add_number (json, "peak_mib", peer->peak_mib);
  bench_add_number (json, "seconds_for_all_epochs", predict (peer, n_epochs));
  json_builder_end_object (json);
}

static void
print_result (const Contestant *own,
              const Contestant *peer_one,
              const Contestant *peer_two,
              guint n_epochs)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  double best_s = MIN (predict (peer_one, n_epochs), predict (peer_two, n_epochs));

  json_builder_begin_object (json);
  add_own (json, "coterie_with_analysis_and_recording", own);
  add_peer (json, "pytorch_one_thread", peer_one, n_epochs);
  add_peer (json, "pytorch_two_threads", peer_two, n_epochs);
  bench_add_number (json, "times_the_best_of_pytorch", best_s / own->seconds);
  json_builder_end_object (json);
  bench_print_json (json);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;
  g_autofree char *recording = NULL;
  const char *n_iterations = argc > 3 ? argv[3] : "20";
  const char *n_peer_epochs = argc > 4 ? argv[4] : n_iterations;
  Contestant contestants[3];

  g_set_prgname ("bench-program");
  if (argc < 3 || argc > 5)
    bench_fail ("expected the path of coterie-cli and a folder with MNIST");
  if (argc > 4 && g_ascii_strtoull (n_peer_epochs, NULL, 10) < 2)
    bench_fail ("expected at least 2 epochs of the peers");
  folder = g_dir_make_tmp ("coterie-bench-XXXXXX", NULL);
  if (folder == NULL)
    bench_fail ("cannot make a folder for the recording");
  recording = g_build_filename (folder, "bench.coterie", NULL);

  start_program (&contestants[0], argv[1], argv[2], n_iterations, recording);
  start_peer (&contestants[1], n_peer_epochs, "1");
  start_peer (&contestants[2], n_peer_epochs, "2");
  take_turns (contestants, G_N_ELEMENTS (contestants));
  g_unlink (recording);
  g_rmdir (folder);
  print_result (&contestants[0], &contestants[1], &contestants[2],
                (guint) g_ascii_strtoull (n_iterations, NULL, 10));
  return 0;
}
