/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A place where a test may write what it likes. */

#include "test-folder.h"

#include <glib/gstdio.h>

TestFolder *
test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("coterie-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_recursively (const char *path)
{
  g_autoptr (GDir) children = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    children = g_dir_open (path, 0, NULL);
  while (children != NULL && (name = g_dir_read_name (children)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    remove_recursively (child);
  }
  g_remove (path);
}

void
test_folder_free (TestFolder *folder)
{
  remove_recursively (folder);
  g_free (folder);
}
