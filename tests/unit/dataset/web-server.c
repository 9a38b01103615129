/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A web server of a few lines, written on sockets so that it can do what no decent server does:
 * hang up in the middle, fall silent, answer what it was not asked. */

#include "web-server.h"

#define PIECE_SIZE 100

void
test_server_ignore_proxies (void)
{
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
}

static char *
find_header (char **lines, const char *name)
{
  for (guint i = 0; lines[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (lines[i], ": ", 2);

    if (parts[0] != NULL && parts[1] != NULL && g_ascii_strcasecmp (parts[0], name) == 0)
      return g_strdup (parts[1]);
  }
  return NULL;
}

/* Returns FALSE if the client has left without a word. */
static gboolean
read_request (TestServer *server, GInputStream *input)
{
  g_autoptr (GDataInputStream) reader = g_data_input_stream_new (input);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (reader), FALSE);
  g_data_input_stream_set_newline_type (reader, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  for (;;) {
    char *line = g_data_input_stream_read_line (reader, NULL, server->stop, NULL);

    if (line == NULL)
      return FALSE;
    if (*line == '\0') {
      g_free (line);
      break;
    }
    g_ptr_array_add (lines, line);
  }
  g_ptr_array_add (lines, NULL);

  g_free (server->range);
  g_free (server->if_range);
  g_free (server->accept_encoding);
  server->range = find_header ((char **) lines->pdata, "Range");
  server->if_range = find_header ((char **) lines->pdata, "If-Range");
  server->accept_encoding = find_header ((char **) lines->pdata, "Accept-Encoding");
  server->n_requests++;
  return TRUE;
}

/* The first byte to send, as RFC 9110 has it: from the beginning if the version is another one. */
static gsize
find_start (TestServer *server)
{
  gboolean is_same = g_strcmp0 (server->if_range, server->etag) == 0 ||
                     g_strcmp0 (server->if_range, server->last_modified) == 0;

  if (server->range == NULL || server->ignores_ranges || !is_same)
    return 0;
  g_assert_true (g_str_has_prefix (server->range, "bytes="));
  return (gsize) g_ascii_strtoull (server->range + strlen ("bytes="), NULL, 10);
}

static void
add_header (GString *head, const char *name, const char *value)
{
  if (value != NULL)
    g_string_append_printf (head, "%s: %s\r\n", name, value);
}

static GString *
make_head (TestServer *server, gsize start)
{
  gsize size = g_bytes_get_size (server->content);
  GString *head = g_string_new (NULL);
  guint status = server->status != 0 ? server->status : start > 0 ? 206 : 200;

  g_string_append_printf (head, "HTTP/1.1 %u As Told\r\nConnection: close\r\n", status);
  if (!server->has_no_length)
    g_string_append_printf (head, "Content-Length: %" G_GSIZE_FORMAT "\r\n", size - start);
  if (start > 0 && server->content_range == NULL)
    g_string_append_printf (head, "Content-Range: bytes %zu-%zu/%zu\r\n", start, size - 1, size);
  add_header (head, "Content-Range", start > 0 ? server->content_range : NULL);
  add_header (head, "ETag", server->etag);
  add_header (head, "Last-Modified", server->last_modified);
  add_header (head, "Location", server->location);
  g_string_append (head, "\r\n");
  return head;
}

static void
wait_for_client (TestServer *server, GInputStream *input)
{
  guint8 byte;

  g_input_stream_read (input, &byte, 1, server->stop, NULL);
}

static void
send_body (TestServer *server, GIOStream *connection, gsize start)
{
  const guint8 *bytes = g_bytes_get_data (server->content, NULL);
  gsize size = g_bytes_get_size (server->content);
  gsize end = server->cut_after > 0 ? MIN (size, start + server->cut_after) : size;

  if (server->stall_after > 0)
    end = MIN (end, start + server->stall_after);
  while (start < end) {
    gsize n_bytes = MIN (end - start, server->pause_ms > 0 ? PIECE_SIZE : end - start);

    g_usleep (server->pause_ms * 1000);
    if (!g_output_stream_write_all (g_io_stream_get_output_stream (connection), bytes + start,
                                    n_bytes, NULL, server->stop, NULL))
      return;
    start += n_bytes;
  }
  if (server->stall_after > 0)
    wait_for_client (server, g_io_stream_get_input_stream (connection));
}

static void
answer (TestServer *server, GIOStream *connection)
{
  gsize start;
  g_autoptr (GString) head = NULL;

  if (!read_request (server, g_io_stream_get_input_stream (connection)))
    return;
  start = find_start (server);
  head = make_head (server, start);
  if (g_output_stream_write_all (g_io_stream_get_output_stream (connection), head->str, head->len,
                                 NULL, server->stop, NULL))
    send_body (server, connection, start);
}

static gpointer
serve (gpointer data)
{
  TestServer *server = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (server->listener, NULL, server->stop, NULL))) {
    answer (server, G_IO_STREAM (connection));
    g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    g_object_unref (connection);
  }
  return NULL;
}

static guint16
listen_on_loopback (GSocketListener *listener)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) any_port = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) effective = NULL;
  g_autoptr (GError) error = NULL;

  g_socket_listener_add_address (listener, any_port, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 NULL, &effective, &error);
  g_assert_no_error (error);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (effective));
}

static GBytes *
make_content (gsize n_bytes)
{
  guint8 *bytes = g_malloc (n_bytes);

  for (gsize i = 0; i < n_bytes; i++)
    bytes[i] = (guint8) (i * 31 + i / 251);
  return g_bytes_new_take (bytes, n_bytes);
}

TestServer *
test_server_new (gsize n_bytes)
{
  TestServer *server = g_new0 (TestServer, 1);
  guint16 port;

  server->listener = g_socket_listener_new ();
  port = listen_on_loopback (server->listener);
  server->address = g_strdup_printf ("http://127.0.0.1:%u/file.bin", port);
  server->content = make_content (n_bytes);
  server->stop = g_cancellable_new ();
  server->thread = g_thread_new ("server", serve, server);
  return server;
}

void
test_server_free (TestServer *server)
{
  g_cancellable_cancel (server->stop);
  g_thread_join (server->thread);
  g_socket_listener_close (server->listener);
  g_object_unref (server->listener);
  g_object_unref (server->stop);
  g_bytes_unref (server->content);
  g_free (server->address);
  g_free (server->range);
  g_free (server->if_range);
  g_free (server->accept_encoding);
  g_free (server);
}
