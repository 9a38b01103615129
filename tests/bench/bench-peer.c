/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A program that does the same as we do, in another process: it says "ready" once, answers each line
 * with one, and ends when there are no more. */

#include "bench-peer.h"

#include "bench-kit.h"

static char *
read_answer (BenchPeer *peer)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (peer->answers, NULL, NULL, &error);

  if (line == NULL)
    bench_fail (error != NULL ? error->message : "what we are compared with gave no answer");
  return line;
}

/* OpenBLAS 0.3.21 does not know the newest processors and falls back to the oldest. */
static GSubprocessLauncher *
new_launcher (guint n_threads)
{
  GSubprocessLauncher *launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *n_threads_text = g_strdup_printf ("%u", n_threads);

#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx512f"))
    g_subprocess_launcher_setenv (launcher, "OPENBLAS_CORETYPE", "SkylakeX", TRUE);
#endif
  g_subprocess_launcher_setenv (launcher, "OMP_NUM_THREADS", n_threads_text, TRUE);
  g_subprocess_launcher_setenv (launcher, "OPENBLAS_NUM_THREADS", n_threads_text, TRUE);
  return launcher;
}

void
bench_peer_start (BenchPeer *peer, const char *const *arguments, guint n_threads)
{
  g_autoptr (GSubprocessLauncher) launcher = new_launcher (n_threads);
  g_autofree char *ready = NULL;
  g_autoptr (GError) error = NULL;

  peer->process = g_subprocess_launcher_spawnv (launcher, arguments, &error);
  if (peer->process == NULL)
    bench_fail (error->message);
  peer->answers = g_data_input_stream_new (g_subprocess_get_stdout_pipe (peer->process));
  ready = read_answer (peer);
  if (!g_str_has_prefix (ready, "ready"))
    bench_fail (ready);
}

char *
bench_peer_ask (BenchPeer *peer, const char *question)
{
  GOutputStream *questions = g_subprocess_get_stdin_pipe (peer->process);
  g_autoptr (GError) error = NULL;

  if (!g_output_stream_printf (questions, NULL, NULL, &error, "%s\n", question))
    bench_fail (error->message);
  return read_answer (peer);
}

void
bench_peer_stop (BenchPeer *peer)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (peer->process), NULL, NULL);
  g_subprocess_wait (peer->process, NULL, NULL);
  g_object_unref (peer->answers);
  g_object_unref (peer->process);
}
