/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "../dataset/web-server.h"
#include "session/dataset-download.h"

#define SIZE 1000000

static char *cache;

/* A set of one archive, on a server of our own. */
typedef struct {
  TestServer *server;
  char *sha256;
  const char *addresses[2];
  CoterieKnownFile file;
  CoterieKnownSet set;

  GMainLoop *loop;
  GCancellable *cancellable;
  GThread *thread;
  gboolean cancels;
  gboolean has_ended;
  guint64 n_done;
  char *path;
  GError *error;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = test_server_new (SIZE);
  fixture->server->etag = "\"1\"";
  fixture->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, fixture->server->content);
  fixture->addresses[0] = fixture->server->address;
  fixture->file = (CoterieKnownFile){
      .name = "archive", .addresses = fixture->addresses, .size = SIZE, .sha256 = fixture->sha256};
  fixture->set = (CoterieKnownSet){.identifier = "tiny",
                                   .kind = COTERIE_KNOWN_SET_DOWNLOAD,
                                   .files = &fixture->file,
                                   .n_files = 1};
  fixture->loop = g_main_loop_new (NULL, FALSE);
  fixture->cancellable = g_cancellable_new ();
  fixture->thread = g_thread_self ();
}

static void
remove_file (const CoterieKnownSet *set, const char *name)
{
  g_autofree char *folder = coterie_known_set_dup_folder (set);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_remove (path);
  g_rmdir (folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_file (&fixture->set, "archive");
  remove_file (&fixture->set, "archive.part.origin");
  remove_file (&fixture->set, "archive.part");
  test_server_free (fixture->server);
  g_main_loop_unref (fixture->loop);
  g_object_unref (fixture->cancellable);
  g_clear_error (&fixture->error);
  g_free (fixture->sha256);
  g_free (fixture->path);
}

static void
progress_cb (guint64 n_done, guint64 n_total, gpointer data)
{
  Fixture *fixture = data;

  g_assert_true (g_thread_self () == fixture->thread);
  g_assert_false (fixture->has_ended);
  g_assert_cmpuint (n_total, ==, SIZE);
  g_assert_cmpuint (n_done, >=, fixture->n_done);
  fixture->n_done = n_done;
  if (fixture->cancels)
    g_cancellable_cancel (fixture->cancellable);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  g_assert_true (g_thread_self () == fixture->thread);
  fixture->has_ended = TRUE;
  fixture->path = coterie_dataset_download_finish (result, &fixture->error);
  g_main_loop_quit (fixture->loop);
}

static void
download (Fixture *fixture)
{
  fixture->has_ended = FALSE;
  coterie_dataset_download_async (&fixture->set, progress_cb, fixture, fixture->cancellable,
                                  ended_cb, fixture);
  g_main_loop_run (fixture->loop);
  while (g_main_context_iteration (NULL, FALSE))
    ; /* were there progress behind the end, it would show */
}

static void
test_ends_with_what_can_be_opened (Fixture *fixture, gconstpointer data)
{
  g_autofree char *found = NULL;

  download (fixture);
  g_assert_no_error (fixture->error);
  found = coterie_known_set_find_local (&fixture->set);
  g_assert_cmpstr (fixture->path, ==, found);
  g_assert_cmpuint (fixture->n_done, ==, SIZE);
}

static void
test_failure_is_told (Fixture *fixture, gconstpointer data)
{
  fixture->server->status = 404;
  download (fixture);
  g_assert_error (fixture->error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_REFUSED);
  g_assert_null (fixture->path);
}

static void
test_cancelled_download_goes_on_later (Fixture *fixture, gconstpointer data)
{
  fixture->server->stall_after = SIZE / 2;
  fixture->cancels = TRUE;
  download (fixture);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&fixture->error);

  fixture->server->stall_after = 0;
  fixture->cancels = FALSE;
  g_cancellable_reset (fixture->cancellable);
  download (fixture);
  g_assert_no_error (fixture->error);
  g_assert_nonnull (fixture->path);
}

static void
remove_cache (void)
{
  g_autofree char *datasets = g_build_filename (cache, "coterie", "datasets", NULL);
  g_autofree char *own = g_build_filename (cache, "coterie", NULL);

  g_rmdir (datasets);
  g_rmdir (own);
  g_assert_cmpint (g_rmdir (cache), ==, 0);
  g_free (cache);
}

static void
add (const char *name, void (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/session/dataset-download/", name, NULL);

  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  int status;

  test_server_ignore_proxies ();
  cache = g_dir_make_tmp ("coterie-cache-XXXXXX", NULL);
  g_setenv ("XDG_CACHE_HOME", cache, TRUE);

  g_test_init (&argc, &argv, NULL);
  add ("ends-with-what-can-be-opened", test_ends_with_what_can_be_opened);
  add ("failure-is-told", test_failure_is_told);
  add ("cancelled-download-goes-on-later", test_cancelled_download_goes_on_later);
  status = g_test_run ();
  remove_cache ();
  return status;
}
