/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct {
  GSubprocess *process;
  GDataInputStream *answers;
} BenchPeer;

void bench_peer_start (BenchPeer *peer, const char *const *arguments, guint n_threads);
char *bench_peer_ask (BenchPeer *peer, const char *question);
void bench_peer_stop (BenchPeer *peer);

G_END_DECLS
