/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A recording that nobody keeps, and what is left of it when the program is killed. It lies in a folder
 * that the program has locked as long as it lives. The system lets go of the lock however the program
 * ends, so that a folder that can be locked is nobody's any more. Such folders are removed, but no other:
 * they have to be the user's own, and only what belongs to a recording is taken out of them. */

#include "core/run/scratch-recording.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define PREFIX "coterie-scratch-"
#define RECORDING "scratch.coterie"
#define N_ATTEMPTS 3

struct _CoterieScratchRecording {
  char *folder;
  char *path;
  int lock; /* the folder, open */
};

static int
open_folder (const char *folder)
{
  return g_open (folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, 0);
}

/* The recording, and what SQLite keeps beside it. */
static void
remove_content (int folder)
{
  unlinkat (folder, RECORDING, 0);
  unlinkat (folder, RECORDING "-wal", 0);
  unlinkat (folder, RECORDING "-shm", 0);
  unlinkat (folder, RECORDING "-journal", 0);
}

static gboolean
is_own (int folder)
{
  struct stat status;

  return fstat (folder, &status) == 0 && status.st_uid == geteuid ();
}

static gboolean
remove_if_abandoned (const char *path)
{
  int folder = open_folder (path);
  gboolean removed = FALSE;

  if (folder < 0)
    return FALSE;
  if (is_own (folder) && flock (folder, LOCK_EX | LOCK_NB) == 0) {
    remove_content (folder);
    removed = g_rmdir (path) == 0;
  }
  close (folder);
  return removed;
}

/* Returns the folder, open and locked; or -1: it has been taken for an abandoned one and removed before
 * it was locked, which hardly ever happens. */
static int
lock_folder (const char *path)
{
  struct stat status;
  int folder = open_folder (path);

  if (folder < 0)
    return -1;
  if (flock (folder, LOCK_SH) == 0 && fstat (folder, &status) == 0 && status.st_nlink > 0)
    return folder;
  close (folder);
  return -1;
}

/**
 * coterie_scratch_recording_new:
 * @parent: (type filename): a folder to write to
 *
 * Makes a place for a recording, which does not exist yet.
 *
 * Returns: (transfer full) (nullable): the place; %NULL if nothing can be written there
 */
CoterieScratchRecording *
coterie_scratch_recording_new (const char *parent)
{
  for (guint attempt = 0; attempt < N_ATTEMPTS; attempt++) {
    g_autofree char *folder = g_build_filename (parent, PREFIX "XXXXXX", NULL);
    CoterieScratchRecording *scratch;
    int lock;

    if (g_mkdtemp (folder) == NULL)
      return NULL;
    lock = lock_folder (folder);
    if (lock < 0)
      continue;
    scratch = g_new (CoterieScratchRecording, 1);
    scratch->path = g_build_filename (folder, RECORDING, NULL);
    scratch->folder = g_steal_pointer (&folder);
    scratch->lock = lock;
    return scratch;
  }
  return NULL;
}

/**
 * coterie_scratch_recording_get_path:
 * @scratch: the place
 *
 * Returns: (type filename): of the recording
 */
const char *
coterie_scratch_recording_get_path (const CoterieScratchRecording *scratch)
{
  return scratch->path;
}

/**
 * coterie_scratch_recording_free:
 * @scratch: the place
 *
 * Removes it, and the recording if there is one.
 */
void
coterie_scratch_recording_free (CoterieScratchRecording *scratch)
{
  remove_content (scratch->lock);
  g_rmdir (scratch->folder);
  close (scratch->lock);
  g_free (scratch->path);
  g_free (scratch->folder);
  g_free (scratch);
}

/**
 * coterie_scratch_recording_remove_abandoned:
 * @parent: (type filename): what coterie_scratch_recording_new() was called with
 *
 * Removes what programs of the same user have left there that were killed. What is in use stays, and
 * whatever is not known to be ours. Cost: one pass over the names in @parent.
 *
 * Returns: how many have been removed
 */
guint
coterie_scratch_recording_remove_abandoned (const char *parent)
{
  g_autoptr (GDir) directory = g_dir_open (parent, 0, NULL);
  const char *name;
  guint n_removed = 0;

  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL) {
    g_autofree char *path = g_build_filename (parent, name, NULL);

    if (g_str_has_prefix (name, PREFIX) && remove_if_abandoned (path))
      n_removed++;
  }
  return n_removed;
}
