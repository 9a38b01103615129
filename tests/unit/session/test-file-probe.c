/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>

#include "core/dataset/dataset.h"
#include "session/file-probe.h"

typedef struct {
  char *folder;
} World;

static void
set_up (World *world, gconstpointer data)
{
  world->folder = g_dir_make_tmp ("coterie-probe-XXXXXX", NULL);
  g_assert_nonnull (world->folder);
}

static void
tear_down (World *world, gconstpointer data)
{
  g_autoptr (GDir) children = g_dir_open (world->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (children)) != NULL) {
    g_autofree char *path = g_build_filename (world->folder, name, NULL);

    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_assert_cmpint (g_rmdir (world->folder), ==, 0);
  g_free (world->folder);
}

static char *
write_file (World *world, const char *name, const void *content, gssize size)
{
  char *path = g_build_filename (world->folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, size, NULL));
  return path;
}

static void
assert_is (const char *path, CoterieFileKind kind, const char *source)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  g_assert_cmpint (coterie_file_probe (path, &found, NULL, &error), ==, kind);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, source);
}

static void
assert_is_nothing (const char *path, CoterieDatasetError code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *found = NULL;

  g_assert_cmpint (coterie_file_probe (path, &found, NULL, &error), ==, COTERIE_FILE_NONE);
  g_assert_error (error, COTERIE_DATASET_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_null (found);
}

static void
test_recording_is_known_by_its_name_or_beginning (World *world, gconstpointer data)
{
  g_autofree char *named = write_file (world, "cut off.coterie", "", 0);
  g_autofree char *missing = g_build_filename (world->folder, "missing.coterie", NULL);
  g_autofree char *renamed = write_file (world, "run", "SQLite format 3\0and more", 24);

  assert_is (named, COTERIE_FILE_RECORDING, named);
  assert_is (missing, COTERIE_FILE_RECORDING, missing);
  assert_is (renamed, COTERIE_FILE_RECORDING, renamed);
}

static void
test_data_set_is_a_folder_or_file (World *world, gconstpointer data)
{
  g_autofree char *table = write_file (world, "iris.csv", "a,b\n1,2\n", -1);
  g_autofree char *part = write_file (world, "labels", "\0\0\10\1\0\0\0\0", 8);

  assert_is (world->folder, COTERIE_FILE_DATASET, world->folder);
  assert_is (table, COTERIE_FILE_DATASET, table);
  assert_is (part, COTERIE_FILE_DATASET, world->folder);
}

static void
test_anything_else_is_named (World *world, gconstpointer data)
{
  g_autofree char *paper = write_file (world, "paper.pdf", "%PDF-1.7", -1);
  g_autofree char *almost = write_file (world, "almost", "SQLite format", -1);
  g_autofree char *missing = g_build_filename (world->folder, "missing.csv", NULL);

  assert_is_nothing (paper, COTERIE_DATASET_ERROR_BAD_MAGIC);
  assert_is_nothing (almost, COTERIE_DATASET_ERROR_BAD_MAGIC);
  assert_is_nothing (missing, COTERIE_DATASET_ERROR_NOT_FOUND);
}

typedef struct {
  GMainLoop *loop;
  CoterieFileKind kind;
  char *source;
} Reply;

static void
probed (GObject *object, GAsyncResult *result, gpointer data)
{
  Reply *reply = data;
  g_autoptr (GError) error = NULL;

  reply->kind = coterie_file_probe_finish (result, &reply->source, &error);
  g_assert_true ((error == NULL) == (reply->kind != COTERIE_FILE_NONE));
  g_main_loop_quit (reply->loop);
}

static void
test_thread_says_the_same (World *world, gconstpointer data)
{
  g_autofree char *table = write_file (world, "iris.csv", "a,b\n1,2\n", -1);
  g_autofree char *missing = g_build_filename (world->folder, "missing.csv", NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Reply reply = {.loop = loop};

  coterie_file_probe_async (table, NULL, probed, &reply);
  g_main_loop_run (loop);
  g_assert_cmpint (reply.kind, ==, COTERIE_FILE_DATASET);
  g_assert_cmpstr (reply.source, ==, table);
  g_free (reply.source);

  coterie_file_probe_async (missing, NULL, probed, &reply);
  g_main_loop_run (loop);
  g_assert_cmpint (reply.kind, ==, COTERIE_FILE_NONE);
  g_assert_null (reply.source);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func)                                                                            \
  g_test_add ("/session/file-probe/" name, World, NULL, set_up, func, tear_down)
  ADD ("recording-is-known-by-its-name-or-beginning",
       test_recording_is_known_by_its_name_or_beginning);
  ADD ("data-set-is-a-folder-or-file", test_data_set_is_a_folder_or_file);
  ADD ("anything-else-is-named", test_anything_else_is_named);
  ADD ("thread-says-the-same", test_thread_says_the_same);
#undef ADD
  return g_test_run ();
}
