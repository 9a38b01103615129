/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where trainings are recorded when nobody was asked, and which of them was the last. */

#include "session/recordings-folder.h"

#include "fixture.h"

static void
found (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static char *
find_last (const char *dataset_name)
{
  g_autoptr (GAsyncResult) result = NULL;

  coterie_recordings_folder_find_last_async (dataset_name, NULL, found, &result);
  WAIT_UNTIL (result != NULL);
  return coterie_recordings_folder_find_last_finish (result);
}

/* Under the name that a training on @dataset_name has had at that time. */
static char *
add (const char *dataset_name, const char *time, const char *content, gsize n_bytes)
{
  g_autofree char *proposed = coterie_recordings_folder_propose (dataset_name, NULL);
  g_autofree char *folder = g_path_get_dirname (proposed);
  g_autofree char *name = g_strdup_printf ("%s %s.coterie", dataset_name, time);
  char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, content, (gssize) n_bytes, NULL));
  return path;
}

static void
test_there_is_no_last_one_at_first (Fixture *fixture, gconstpointer data)
{
  g_assert_null (find_last ("Digits"));
}

static void
test_the_last_one_that_can_be_shown_is_found (Fixture *fixture, gconstpointer data)
{
  g_autofree char *content = NULL;
  g_autofree char *first = NULL, *last = NULL, *broken = NULL, *other = NULL, *found_last = NULL;
  gsize n_bytes;

  g_assert_true (g_file_get_contents (fixture->path, &content, &n_bytes, NULL));
  last = add ("Digits", "2026-11-21 10.00.00", content, n_bytes);
  first = add ("Digits", "2026-11-20 23.00.00", content, n_bytes);
  broken = add ("Digits", "2026-11-22 10.00.00", "broken", 6);
  other = add ("Digits of mine", "2026-11-23 10.00.00", content, n_bytes);
  found_last = find_last ("Digits");
  g_assert_cmpstr (found_last, ==, last);
}

static void
test_a_proposed_name_is_free (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = coterie_recordings_folder_propose ("a/b", NULL);
  g_autofree char *second = NULL;

  g_assert_true (g_file_set_contents (first, "taken", -1, NULL));
  second = coterie_recordings_folder_propose ("a/b", NULL);
  g_assert_cmpstr (first, !=, second);
  g_assert_nonnull (strstr (first, "a-b "));
}

#define ADD(name, function)                                                                        \
  g_test_add ("/session/recordings-folder/" name, Fixture, NULL, fixture_set_up_recorded,          \
              function, fixture_tear_down)

int
main (int argc, char **argv)
{
  g_autoptr (TestFolder) home = test_folder_new ();

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  ADD ("there-is-no-last-one-at-first", test_there_is_no_last_one_at_first);
  ADD ("the-last-one-that-can-be-shown-is-found", test_the_last_one_that_can_be_shown_is_found);
  ADD ("a-proposed-name-is-free", test_a_proposed_name_is_free);
  return g_test_run ();
}
