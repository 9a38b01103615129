/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/dataset/download-part.h"
#include "core/dataset/download.h"
#include "fixtures.h"
#include "web-server.h"

#define SIZE 300000
#define CUT 120000

#define ETAG "\"version 1\""
#define OTHER_ETAG "\"version 2\""
#define DATE "Sat, 21 Nov 2015 12:00:00 GMT"

/* A server, and a download from it into a folder that is not there yet. */
typedef struct {
  TestServer *server;
  TestFolder *folder;
  char *path;
  char *part_path;
  char *sha256;
  const char *addresses[3];
  CoterieDownload download;

  guint64 n_done;
  guint64 n_total;
  guint n_calls;
  guint64 cancel_at;
  GCancellable *cancellable;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = test_server_new (SIZE);
  fixture->server->etag = ETAG;
  fixture->folder = test_folder_new ();
  fixture->path = g_build_filename (fixture->folder, "new", "file.bin", NULL);
  fixture->part_path = g_strconcat (fixture->path, ".part", NULL);
  fixture->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, fixture->server->content);
  fixture->addresses[0] = fixture->server->address;
  fixture->cancellable = g_cancellable_new ();
  fixture->download = (CoterieDownload){
      .addresses = fixture->addresses,
      .path = fixture->path,
      .size = SIZE,
      .sha256 = fixture->sha256,
  };
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_server_free (fixture->server);
  test_folder_free (fixture->folder);
  g_object_unref (fixture->cancellable);
  g_free (fixture->path);
  g_free (fixture->part_path);
  g_free (fixture->sha256);
}

static void
progress_cb (guint64 n_done, guint64 n_total, gpointer data)
{
  Fixture *fixture = data;

  g_assert_cmpuint (n_done, <=, n_total);
  g_assert_true (fixture->n_calls == 0 || n_done >= fixture->n_done);
  fixture->n_done = n_done;
  fixture->n_total = n_total;
  fixture->n_calls++;
  if (fixture->cancel_at > 0 && n_done >= fixture->cancel_at)
    g_cancellable_cancel (fixture->cancellable);
}

static gboolean
run (Fixture *fixture, GError **error)
{
  fixture->n_calls = 0;
  return coterie_download_run (&fixture->download, progress_cb, fixture, fixture->cancellable,
                               error);
}

static guint64
get_size (const char *path)
{
  GStatBuf status;

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  return (guint64) status.st_size;
}

static void
assert_nothing_but (Fixture *fixture, const char *expected)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);

  if (dir == NULL)
    g_assert_null (expected);
  else
    g_assert_cmpstr (g_dir_read_name (dir), ==, expected);
  if (expected != NULL)
    g_assert_null (g_dir_read_name (dir));
}

static void
assert_succeeds (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) found = NULL;
  g_autofree char *content = NULL;
  gsize size;

  run (fixture, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (fixture->path, &content, &size, NULL));
  found = g_bytes_new_take (g_steal_pointer (&content), size);
  g_assert_true (g_bytes_equal (found, fixture->server->content));
  assert_nothing_but (fixture, "file.bin");
}

static void
assert_fails (Fixture *fixture, CoterieDownloadError code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (run (fixture, &error));
  g_assert_error (error, COTERIE_DOWNLOAD_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, words));
  g_assert_false (g_file_test (fixture->path, G_FILE_TEST_EXISTS));
}

static void
assert_fails_and_leaves_nothing (Fixture *fixture, CoterieDownloadError code, const char *words)
{
  assert_fails (fixture, code, words);
  assert_nothing_but (fixture, NULL);
}

/* Leaves the first CUT bytes of the server's file. */
static void
cut_off (Fixture *fixture)
{
  fixture->server->cut_after = CUT;
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_CUT, "127.0.0.1");
  g_assert_cmpuint (get_size (fixture->part_path), ==, CUT);
  fixture->server->cut_after = 0;
}

static void
test_brings_the_file (Fixture *fixture, gconstpointer data)
{
  assert_succeeds (fixture);
  g_assert_cmpuint (fixture->server->n_requests, ==, 1);
  g_assert_null (fixture->server->range);
  g_assert_cmpstr (fixture->server->accept_encoding, ==, "identity");
  g_assert_cmpuint (fixture->n_done, ==, SIZE);
  g_assert_cmpuint (fixture->n_total, ==, SIZE);
}

static void
test_does_without_a_length (Fixture *fixture, gconstpointer data)
{
  fixture->server->has_no_length = TRUE;
  assert_succeeds (fixture);
}

static void
test_asks_nobody_for_what_is_there (Fixture *fixture, gconstpointer data)
{
  assert_succeeds (fixture);
  assert_succeeds (fixture);
  g_assert_cmpuint (fixture->server->n_requests, ==, 1);
}

static void
test_replaces_what_is_wrong (Fixture *fixture, gconstpointer data)
{
  assert_succeeds (fixture);
  g_assert_true (g_file_set_contents (fixture->path, "damage", -1, NULL));
  assert_succeeds (fixture);
  g_assert_cmpuint (fixture->server->n_requests, ==, 2);
}

static void
test_goes_on_where_it_was_cut (Fixture *fixture, gconstpointer data)
{
  cut_off (fixture);
  assert_succeeds (fixture);
  g_assert_cmpstr (fixture->server->range, ==, "bytes=120000-");
  g_assert_cmpstr (fixture->server->if_range, ==, ETAG);
}

static void
test_goes_on_twice (Fixture *fixture, gconstpointer data)
{
  cut_off (fixture);
  fixture->server->cut_after = 50000;
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_CUT, "goes on there");
  fixture->server->cut_after = 0;
  assert_succeeds (fixture);
  g_assert_cmpstr (fixture->server->range, ==, "bytes=170000-");
}

static void
test_goes_on_by_date_if_etag_is_weak (Fixture *fixture, gconstpointer data)
{
  fixture->server->etag = "W/\"much the same\"";
  fixture->server->last_modified = DATE;
  cut_off (fixture);
  assert_succeeds (fixture);
  g_assert_cmpstr (fixture->server->if_range, ==, DATE);
}

static void
test_begins_anew_without_version (Fixture *fixture, gconstpointer data)
{
  fixture->server->etag = NULL;
  cut_off (fixture);
  assert_succeeds (fixture);
  g_assert_null (fixture->server->range);
}

static void
test_begins_anew_if_version_changed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *damage = g_strnfill (CUT, 'x');

  cut_off (fixture);
  g_assert_true (g_file_set_contents (fixture->part_path, damage, CUT, NULL));
  fixture->server->etag = OTHER_ETAG;
  assert_succeeds (fixture);
  g_assert_cmpstr (fixture->server->if_range, ==, ETAG);
  g_assert_cmpuint (fixture->server->n_requests, ==, 2);
}

static void
test_begins_anew_if_server_has_no_ranges (Fixture *fixture, gconstpointer data)
{
  cut_off (fixture);
  fixture->server->ignores_ranges = TRUE;
  assert_succeeds (fixture);
  g_assert_cmpuint (fixture->server->n_requests, ==, 2);
}

static void
test_begins_anew_if_range_is_another (Fixture *fixture, gconstpointer data)
{
  cut_off (fixture);
  fixture->server->content_range = "bytes 1000-299999/300000";
  assert_succeeds (fixture);
  g_assert_cmpuint (fixture->server->n_requests, ==, 3);
}

static void
test_begins_anew_if_part_is_too_long (Fixture *fixture, gconstpointer data)
{
  g_autofree char *damage = g_strnfill (SIZE + 1, 'x');

  cut_off (fixture);
  g_assert_true (g_file_set_contents (fixture->part_path, damage, SIZE + 1, NULL));
  assert_succeeds (fixture);
  g_assert_null (fixture->server->range);
}

static void
test_refused_range_removes_the_part (Fixture *fixture, gconstpointer data)
{
  cut_off (fixture);
  fixture->server->status = 416;
  assert_fails_and_leaves_nothing (fixture, COTERIE_DOWNLOAD_ERROR_REFUSED, "416");
  g_assert_null (fixture->server->range);
}

/* The process ended after the last byte, before the file had its name. */
static void
test_complete_part_only_needs_its_name (Fixture *fixture, gconstpointer data)
{
  cut_off (fixture);
  g_assert_true (g_file_set_contents (
      fixture->part_path, g_bytes_get_data (fixture->server->content, NULL), SIZE, NULL));
  assert_succeeds (fixture);
  g_assert_cmpuint (fixture->server->n_requests, ==, 1);
}

static void
test_wrong_bytes_leave_nothing (Fixture *fixture, gconstpointer data)
{
  const char *zeros = "0000000000000000000000000000000000000000000000000000000000000000";

  fixture->download.sha256 = zeros;
  assert_fails_and_leaves_nothing (fixture, COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT,
                                   fixture->server->address);
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT,
                "and was deleted: found the SHA-256 ");
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT, fixture->sha256);
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT, zeros);
}

static void
test_wrong_beginning_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *damage = g_strnfill (CUT, 'x');

  cut_off (fixture);
  g_assert_true (g_file_set_contents (fixture->part_path, damage, CUT, NULL));
  assert_fails_and_leaves_nothing (fixture, COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT, fixture->sha256);
  assert_succeeds (fixture);
}

static void
test_wrong_length_is_not_fetched (Fixture *fixture, gconstpointer data)
{
  fixture->download.size = SIZE - 1;
  assert_fails_and_leaves_nothing (fixture, COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT,
                                   "found 300000 bytes, expected 299999");
  g_assert_cmpuint (fixture->n_calls, ==, 0);
}

static void
test_too_many_bytes_are_not_kept (Fixture *fixture, gconstpointer data)
{
  fixture->server->has_no_length = TRUE;
  fixture->download.size = SIZE - 1;
  assert_fails_and_leaves_nothing (fixture, COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT,
                                   "expected 299999");
}

static void
test_too_few_bytes_are_a_cut (Fixture *fixture, gconstpointer data)
{
  fixture->server->has_no_length = TRUE;
  fixture->download.size = SIZE + 1;
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_CUT, "ended too early");
}

static void
test_missing_file_is_named (Fixture *fixture, gconstpointer data)
{
  fixture->server->status = 404;
  assert_fails_and_leaves_nothing (fixture, COTERIE_DOWNLOAD_ERROR_REFUSED, "404");
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_REFUSED, fixture->server->address);
}

static void
test_error_of_server_keeps_the_part (Fixture *fixture, gconstpointer data)
{
  cut_off (fixture);
  fixture->server->status = 503;
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_REFUSED, "503");
  fixture->server->status = 0;
  assert_succeeds (fixture);
  g_assert_cmpstr (fixture->server->range, ==, "bytes=120000-");
}

static void
test_follows_to_where_the_file_is (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestServer) signpost = test_server_new (1);

  signpost->status = 302;
  signpost->location = fixture->server->address;
  fixture->addresses[0] = signpost->address;
  cut_off (fixture);
  assert_succeeds (fixture);
  g_assert_cmpuint (signpost->n_requests, ==, 2);
  g_assert_cmpstr (fixture->server->if_range, ==, ETAG);
}

static void
test_does_not_follow_out_of_the_web (Fixture *fixture, gconstpointer data)
{
  fixture->server->status = 301;
  fixture->server->location = "file:///etc/passwd";
  assert_fails_and_leaves_nothing (fixture, COTERIE_DOWNLOAD_ERROR_REDIRECT, "file:///etc/passwd");
  fixture->server->location = NULL;
  assert_fails_and_leaves_nothing (fixture, COTERIE_DOWNLOAD_ERROR_REDIRECT, "nowhere");
}

static void
test_does_not_follow_in_circles (Fixture *fixture, gconstpointer data)
{
  fixture->server->status = 302;
  fixture->server->location = "/file.bin";
  assert_fails_and_leaves_nothing (fixture, COTERIE_DOWNLOAD_ERROR_REDIRECT, "on and on");
  g_assert_cmpuint (fixture->server->n_requests, <, 20);
}

static void
assert_may_follow (const char *from, const char *to, gboolean expected)
{
  g_autoptr (GUri) from_uri = g_uri_parse (from, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GUri) to_uri = g_uri_parse (to, G_URI_FLAGS_NONE, NULL);

  g_assert_cmpint (coterie_download_may_follow (from_uri, to_uri), ==, expected);
}

static void
test_security_is_never_lost_on_the_way (void)
{
  assert_may_follow ("http://a.example/", "http://b.example/", TRUE);
  assert_may_follow ("http://a.example/", "https://b.example/", TRUE);
  assert_may_follow ("https://a.example/", "https://b.example/", TRUE);
  assert_may_follow ("https://a.example/", "http://a.example/", FALSE);
  assert_may_follow ("https://a.example/", "ftp://a.example/", FALSE);
  assert_may_follow ("http://a.example/", "data:,x", FALSE);
}

static void
test_cancelling_keeps_the_part (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server->stall_after = CUT;
  fixture->cancel_at = CUT;
  g_assert_false (run (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (get_size (fixture->part_path), ==, CUT);

  fixture->server->stall_after = 0;
  fixture->cancel_at = 0;
  g_cancellable_reset (fixture->cancellable);
  assert_succeeds (fixture);
  g_assert_cmpstr (fixture->server->range, ==, "bytes=120000-");
}

static void
test_cancelled_before_asks_nobody (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (fixture->cancellable);
  g_assert_false (run (fixture, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fixture->server->n_requests, ==, 0);
}

static void
test_slow_server_is_waited_for (Fixture *fixture, gconstpointer data)
{
  g_bytes_unref (fixture->server->content);
  fixture->server->content = g_bytes_new_static ("0123456789", 10);
  g_free (fixture->sha256);
  fixture->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, fixture->server->content);
  fixture->download.sha256 = fixture->sha256;
  fixture->download.size = 10;
  fixture->server->pause_ms = 100;
  assert_succeeds (fixture);
}

static void
test_silence_ends_it_and_keeps_the_part (Fixture *fixture, gconstpointer data)
{
  fixture->download.timeout_seconds = 1;
  fixture->server->stall_after = CUT;
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_TIMED_OUT, "127.0.0.1");
  g_assert_cmpuint (get_size (fixture->part_path), ==, CUT);
  fixture->server->stall_after = 0;
  assert_succeeds (fixture);
}

static void
test_only_one_downloads_at_a_time (Fixture *fixture, gconstpointer data)
{
  CoterieDownloadPart *other;

  cut_off (fixture);
  other = coterie_download_part_open (fixture->path, NULL);
  g_assert_nonnull (other);
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_BUSY, fixture->path);
  g_assert_cmpuint (get_size (fixture->part_path), ==, CUT);
  coterie_download_part_free (other);
  assert_succeeds (fixture);
  g_assert_cmpstr (fixture->server->range, ==, "bytes=120000-");
}

static void
test_full_disk_is_known_beforehand (Fixture *fixture, gconstpointer data)
{
  fixture->download.size = G_MAXINT64;
  assert_fails_and_leaves_nothing (fixture, COTERIE_DOWNLOAD_ERROR_NO_SPACE, "are free");
  g_assert_cmpuint (fixture->server->n_requests, ==, 0);
}

static void
limit_files (rlim_t n_bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = n_bytes;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* A limit to the length of files stands for a disk that others fill meanwhile. */
static void
test_disk_that_fills_up_keeps_the_part (Fixture *fixture, gconstpointer data)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  limit_files (CUT);
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_NO_SPACE, fixture->part_path);
  limit_files (limit.rlim_cur);
  assert_succeeds (fixture);
  g_assert_cmpstr (fixture->server->range, ==, "bytes=120000-");
}

static void
test_folder_that_cannot_be_made_is_named (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  g_assert_true (g_file_set_contents (folder, "not a folder", -1, NULL));
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_FILE, folder);
  g_assert_cmpuint (fixture->server->n_requests, ==, 0);
}

static void
test_folder_without_rights_is_named (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (fixture->path);

  if (geteuid () == 0) {
    g_test_skip ("the superuser may write everywhere");
    return;
  }
  g_assert_cmpint (g_mkdir (folder, 0500), ==, 0);
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_FILE, folder);
}

static char *
find_dead_address (void)
{
  g_autoptr (TestServer) server = test_server_new (1);

  return g_strdup (server->address);
}

static void
test_dead_server_is_named (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dead = find_dead_address ();

  fixture->addresses[0] = dead;
  assert_fails_and_leaves_nothing (fixture, COTERIE_DOWNLOAD_ERROR_UNREACHABLE,
                                   "cannot reach 127.0.0.1: Connection refused");
}

static void
test_next_address_is_tried (Fixture *fixture, gconstpointer data)
{
  g_autofree char *dead = find_dead_address ();

  fixture->addresses[0] = dead;
  fixture->addresses[1] = fixture->server->address;
  assert_succeeds (fixture);
}

static void
test_wrong_bytes_have_the_next_address_tried (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestServer) liar = test_server_new (SIZE);
  g_autofree char *damage = g_strnfill (SIZE, 'x');

  g_bytes_unref (liar->content);
  liar->content = g_bytes_new (damage, SIZE);
  liar->etag = ETAG;
  fixture->addresses[0] = liar->address;
  fixture->addresses[1] = fixture->server->address;
  fixture->server->status = 404;
  assert_fails_and_leaves_nothing (fixture, COTERIE_DOWNLOAD_ERROR_REFUSED, liar->address);
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_REFUSED, fixture->server->address);
  assert_fails (fixture, COTERIE_DOWNLOAD_ERROR_REFUSED,
                "no server could send file.bin:\n  http://");
}

static void
assert_joined (const char *first, const char *second, const char *proxy, const char *expected)
{
  const char *messages[] = {first, second, NULL};
  g_autofree char *found = coterie_download_error_join (messages, "f.gz", proxy);

  g_assert_cmpstr (found, ==, expected);
}

static void
test_each_address_has_a_line (void)
{
  assert_joined ("a is away", NULL, NULL, "a is away");
  assert_joined ("a (through the proxy p) is away", NULL, "p", "a (through the proxy p) is away");
  assert_joined ("a is away", "b lies", NULL, "no server could send f.gz:\n  a is away\n  b lies");
  assert_joined ("a (through the proxy p) is away", "b lies (through the proxy p)", "p",
                 "no server could send f.gz (through the proxy p):\n  a is away\n  b lies");
  assert_joined ("a (through the proxy p) is away", "b lies", "p",
                 "no server could send f.gz:\n  a (through the proxy p) is away\n  b lies");
}

/* A part is from one address; another one would have to begin anew. */
static void
test_goes_on_at_the_address_it_began_at (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestServer) first = test_server_new (SIZE);

  first->status = 503;
  fixture->addresses[0] = first->address;
  fixture->addresses[1] = fixture->server->address;
  cut_off (fixture);
  first->status = 0;
  assert_succeeds (fixture);
  g_assert_cmpuint (first->n_requests, ==, 1);
  g_assert_cmpstr (fixture->server->range, ==, "bytes=120000-");
}

/* Another address would begin from nothing. */
static void
test_cut_is_for_the_same_address_to_mend (Fixture *fixture, gconstpointer data)
{
  g_autoptr (TestServer) second = test_server_new (SIZE);

  fixture->addresses[1] = second->address;
  cut_off (fixture);
  g_assert_cmpuint (second->n_requests, ==, 0);
  assert_succeeds (fixture);
  g_assert_cmpstr (fixture->server->range, ==, "bytes=120000-");
}

static void
assert_no_proxy (const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_setenv (name, value, TRUE);
  g_assert_false (coterie_download_error_check_proxy ("http://data.example/file", &error));
  g_assert_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_BAD_PROXY);
  g_assert_nonnull (strstr (error->message, name));
  g_assert_null (strstr (error->message, "secret"));
  g_unsetenv (name);
}

static void
test_malformed_proxies_are_named_by_their_variable (void)
{
  static const char *const names[] = {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    assert_no_proxy (names[i], "http://user:secret@127.0.0.1:99999");
    assert_no_proxy (names[i], "http://127.0.0.1:port");
    assert_no_proxy (names[i], "user:secret@proxy:99999");
    assert_no_proxy (names[i], "user:secret@proxy:3128");
    assert_no_proxy (names[i], "http://");
    assert_no_proxy (names[i], "://proxy");
  }
}

static void
assert_translates (GQuark domain, int code, const char *proxy, int expected, const char *words)
{
  GError *cause = g_error_new_literal (domain, code, "for a reason");
  g_autoptr (GError) error =
      coterie_download_error_translate ("https://data.example/file", proxy, cause);

  g_assert_error (error, COTERIE_DOWNLOAD_ERROR, expected);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "data.example"));
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_failures_are_said_in_words (void)
{
  assert_translates (G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, NULL,
                     COTERIE_DOWNLOAD_ERROR_UNREACHABLE, "offline?");
  assert_translates (G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, NULL,
                     COTERIE_DOWNLOAD_ERROR_UNREACHABLE, "offline?");
  assert_translates (G_IO_ERROR, G_IO_ERROR_PROXY_FAILED, "http://proxy.example:3128",
                     COTERIE_DOWNLOAD_ERROR_UNREACHABLE, "proxy http://proxy.example:3128");
  assert_translates (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "http://proxy.example:3128",
                     COTERIE_DOWNLOAD_ERROR_TIMED_OUT, "proxy http://proxy.example:3128");
  assert_translates (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, NULL,
                     COTERIE_DOWNLOAD_ERROR_INSECURE, "trusted");
  assert_translates (G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE, NULL, COTERIE_DOWNLOAD_ERROR_INSECURE,
                     "glib-networking");
  assert_translates (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, NULL, COTERIE_DOWNLOAD_ERROR_CUT,
                     "broke");
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/dataset/download/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

static void
add_normal_tests (void)
{
  add ("brings-the-file", test_brings_the_file);
  add ("does-without-a-length", test_does_without_a_length);
  add ("asks-nobody-for-what-is-there", test_asks_nobody_for_what_is_there);
  add ("replaces-what-is-wrong", test_replaces_what_is_wrong);
  add ("follows-to-where-the-file-is", test_follows_to_where_the_file_is);
  add ("slow-server-is-waited-for", test_slow_server_is_waited_for);
  add ("next-address-is-tried", test_next_address_is_tried);
}

static void
add_resuming_tests (void)
{
  add ("goes-on-where-it-was-cut", test_goes_on_where_it_was_cut);
  add ("goes-on-twice", test_goes_on_twice);
  add ("goes-on-by-date-if-etag-is-weak", test_goes_on_by_date_if_etag_is_weak);
  add ("goes-on-at-the-address-it-began-at", test_goes_on_at_the_address_it_began_at);
  add ("cut-is-for-the-same-address-to-mend", test_cut_is_for_the_same_address_to_mend);
  add ("begins-anew-without-version", test_begins_anew_without_version);
  add ("begins-anew-if-version-changed", test_begins_anew_if_version_changed);
  add ("begins-anew-if-server-has-no-ranges", test_begins_anew_if_server_has_no_ranges);
  add ("begins-anew-if-range-is-another", test_begins_anew_if_range_is_another);
  add ("begins-anew-if-part-is-too-long", test_begins_anew_if_part_is_too_long);
  add ("refused-range-removes-the-part", test_refused_range_removes_the_part);
  add ("complete-part-only-needs-its-name", test_complete_part_only_needs_its_name);
  add ("error-of-server-keeps-the-part", test_error_of_server_keeps_the_part);
  add ("cancelling-keeps-the-part", test_cancelling_keeps_the_part);
  add ("silence-ends-it-and-keeps-the-part", test_silence_ends_it_and_keeps_the_part);
}

static void
add_failing_tests (void)
{
  add ("wrong-bytes-leave-nothing", test_wrong_bytes_leave_nothing);
  add ("wrong-beginning-leaves-nothing", test_wrong_beginning_leaves_nothing);
  add ("wrong-bytes-have-the-next-address-tried", test_wrong_bytes_have_the_next_address_tried);
  add ("wrong-length-is-not-fetched", test_wrong_length_is_not_fetched);
  add ("too-many-bytes-are-not-kept", test_too_many_bytes_are_not_kept);
  add ("too-few-bytes-are-a-cut", test_too_few_bytes_are_a_cut);
  add ("missing-file-is-named", test_missing_file_is_named);
  add ("does-not-follow-out-of-the-web", test_does_not_follow_out_of_the_web);
  add ("does-not-follow-in-circles", test_does_not_follow_in_circles);
  add ("cancelled-before-asks-nobody", test_cancelled_before_asks_nobody);
  add ("only-one-downloads-at-a-time", test_only_one_downloads_at_a_time);
  add ("full-disk-is-known-beforehand", test_full_disk_is_known_beforehand);
  add ("disk-that-fills-up-keeps-the-part", test_disk_that_fills_up_keeps_the_part);
  add ("folder-that-cannot-be-made-is-named", test_folder_that_cannot_be_made_is_named);
  add ("folder-without-rights-is-named", test_folder_without_rights_is_named);
  add ("dead-server-is-named", test_dead_server_is_named);
}

int
main (int argc, char *argv[])
{
  test_server_ignore_proxies ();
  g_test_init (&argc, &argv, NULL);
  add_normal_tests ();
  add_resuming_tests ();
  add_failing_tests ();
  g_test_add_func ("/dataset/download/security-is-never-lost-on-the-way",
                   test_security_is_never_lost_on_the_way);
  g_test_add_func ("/dataset/download/each-address-has-a-line", test_each_address_has_a_line);
  g_test_add_func ("/dataset/download/failures-are-said-in-words", test_failures_are_said_in_words);
  g_test_add_func ("/dataset/download/malformed-proxies-are-named-by-their-variable",
                   test_malformed_proxies_are_named_by_their_variable);
  return g_test_run ();
}
