/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * TestServer:
 * @address: of the one file it has, on the loopback
 * @content: of that file
 * @etag: (nullable): its ETag
 * @last_modified: (nullable): its date
 * @location: (nullable): where to point to instead
 * @status: what to answer instead of 200 or 206; 0 means nothing
 * @content_range: (nullable): what to say instead of the true range
 * @ignores_ranges: whether to send everything always
 * @has_no_length: whether not to say how long the body is
 * @cut_after: bytes of the body after which to hang up; 0 means all
 * @stall_after: bytes of the body after which to wait until the client hangs up; 0 means never
 * @pause_ms: how long to wait before each hundred bytes
 * @n_requests: answered so far
 * @range: (nullable): Range of the last request
 * @if_range: (nullable): If-Range of the last request
 * @accept_encoding: (nullable): Accept-Encoding of the last request
 *
 * A web server with one file, which does what it is told. What it does is set, and what it was asked
 * is read, while no request is on its way.
 */
typedef struct {
  char *address;
  GBytes *content;
  const char *etag;
  const char *last_modified;
  const char *location;
  guint status;
  const char *content_range;
  gboolean ignores_ranges;
  gboolean has_no_length;
  gsize cut_after;
  gsize stall_after;
  guint pause_ms;

  guint n_requests;
  char *range;
  char *if_range;
  char *accept_encoding;

  GThread *thread;
  GSocketListener *listener;
  GCancellable *stop;
} TestServer;

/* Shuts the environment's proxies out of the tests; the first thing that main() does. */
void test_server_ignore_proxies (void);

TestServer *test_server_new (gsize n_bytes);
void test_server_free (TestServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)
