/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the name of a known data set to its files on this machine. They are downloaded only if that
 * was asked for, after saying how large they are and under which licence; the first interrupt ends
 * the download and keeps what has come. */

#include "config.h"

#include "cli/dataset-choice.h"

#include <glib/gi18n.h>
#include <unistd.h>

#include "cli/terminal.h"
#include "core/dataset/download-error.h"
#include "core/dataset/known-sets.h"

#define STATUS_INTERVAL_US (COTERIE_TERMINAL_STATUS_MS * 1000)

typedef struct {
  const CoterieKnownSet *set;
  GCancellable *cancellable;
  GMainLoop *loop;
  char *path;
  GError *error;

  /* of the download's thread */
  gboolean on_terminal;
  gint64 told_at;
} Download;

static void
progress_cb (guint64 n_done, guint64 n_total, gpointer data)
{
  Download *download = data;
  gint64 now = g_get_monotonic_time ();
  g_autofree char *done_text = NULL;
  g_autofree char *total_text = NULL;

  if (!download->on_terminal || (n_done < n_total && now < download->told_at + STATUS_INTERVAL_US))
    return;
  download->told_at = now;
  done_text = g_format_size (n_done);
  total_text = g_format_size (n_total);
  g_printerr (COTERIE_TERMINAL_ERASE_LINE);
  g_printerr (_ ("%s of %s"), done_text, total_text);
}

static void
download_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Download *download = data;
  GError *error = NULL;
  char *path =
      coterie_known_set_download (download->set, progress_cb, download, cancellable, &error);

  if (path != NULL)
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Download *download = data;

  download->path = g_task_propagate_pointer (G_TASK (result), &download->error);
  g_main_loop_quit (download->loop);
}

static void
run_download (Download *download)
{
  g_autoptr (GTask) task = g_task_new (NULL, download->cancellable, ended_cb, download);
  CoterieInterruption interruption;

  coterie_interruption_watch (&interruption, download->cancellable);
  g_task_set_task_data (task, download, NULL);
  g_task_run_in_thread (task, download_in_thread);
  g_main_loop_run (download->loop);

  coterie_interruption_clear (&interruption);
  if (download->on_terminal)
    g_printerr (COTERIE_TERMINAL_ERASE_LINE);
}

/* All of it, or what is still to come; all of it too where everything is there, but damaged. */
static char *
describe_size (const CoterieKnownSet *set)
{
  guint64 n_bytes = coterie_known_set_get_size (set);
  guint64 n_kept = coterie_known_set_count_kept (set);
  g_autofree char *size = g_format_size (n_bytes);
  g_autofree char *rest = g_format_size (n_bytes - n_kept);

  /* Translators: what is still to come: "the remaining 23.0 MB of 30.9 MB" */
  return n_kept > 0 && n_kept < n_bytes ? g_strdup_printf (_ ("the remaining %s of %s"), rest, size)
                                        : g_steal_pointer (&size);
}

/* Says what an interrupt has left. */
static void
report_interruption (const CoterieKnownSet *set, GError **error)
{
  guint64 n_kept = coterie_known_set_count_kept (set);
  g_autofree char *kept = g_format_size (n_kept);
  g_autofree char *size = g_format_size (coterie_known_set_get_size (set));

  if (n_kept == 0)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                 _ ("the download of %s was stopped before anything of it had come"), set->name);
  else
    g_set_error (
        error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
        _ ("the download of %s was stopped; %s of %s are kept, the next try goes on there"),
        set->name, kept, size);
}

/* Says how to go on, in a line of its own after those that name servers; with a wrong address of a proxy there
 * is no going on. */
static void
report_failure (const CoterieKnownSet *set, const GError *cause, GError **error)
{
  guint64 n_kept = coterie_known_set_count_kept (set);
  g_autofree char *kept = g_format_size (n_kept);
  g_autofree char *size = g_format_size (coterie_known_set_get_size (set));
  g_autofree char *advice =
      n_kept > 0 ? g_strdup_printf (_ ("%s of %s are kept; the same command goes on from there"),
                                    kept, size)
                 : g_strdup (_ ("the same command tries again"));

  if (g_error_matches (cause, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_BAD_PROXY)) {
    g_propagate_error (error, g_error_copy (cause));
    return;
  }
  g_set_error (error, cause->domain, cause->code, "%s%s%s", cause->message,
               strchr (cause->message, '\n') != NULL ? "\n  " : "; ", advice);
}

static char *
fetch (const CoterieKnownSet *set, GError **error)
{
  g_autofree char *size = describe_size (set);
  g_autofree char *folder = coterie_known_set_dup_folder (set);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Download download = {
      .set = set, .cancellable = cancellable, .loop = loop, .on_terminal = isatty (STDERR_FILENO)};

  g_printerr (_ ("Downloading %s, %s, to %s; licence: %s\n"), set->name, size, folder,
              _ (set->licence));
  run_download (&download);
  if (g_error_matches (download.error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    report_interruption (set, error);
  } else if (download.error != NULL) {
    report_failure (set, download.error, error);
  }
  g_clear_error (&download.error);
  return download.path;
}

static char *
report_missing (const CoterieKnownSet *set, GError **error)
{
  g_autofree char *size = describe_size (set);
  g_autofree char *damaged = coterie_known_set_find_damage (set, FALSE);

  if (damaged != NULL)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("%s: this file is damaged; add --download to fetch it again"), damaged);
  else if (set->kind == COTERIE_KNOWN_SET_DOWNLOAD)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("%s is not on this machine; add --download to fetch it: %s, licence: %s"),
                 set->name, size, _ (set->licence));
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _ ("%s cannot be downloaded; give the path of its folder. Licence: %s"), set->name,
                 _ (set->licence));
  return NULL;
}

/* A word without a slash is taken for a name, as long as there is no such file. */
static gboolean
check_name (const char *dataset, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *path = NULL;
  g_autofree char *display_path = NULL;
  g_autofree char *display_name = NULL;
  const CoterieKnownSet *sets;
  guint n_sets;

  if (strchr (dataset, G_DIR_SEPARATOR) != NULL || g_file_test (dataset, G_FILE_TEST_EXISTS))
    return TRUE;
  sets = coterie_known_sets_list (&n_sets);
  for (guint i = 0; i < n_sets; i++)
    g_string_append_printf (names, i > 0 ? ", %s" : "%s", sets[i].identifier);
  path = g_canonicalize_filename (dataset, NULL);
  display_path = g_filename_display_name (path);
  display_name = g_filename_display_name (dataset);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
               _ ("%s: there is no such folder or file, and no data set is called “%s”; known are "
                  "%s"),
               display_path, display_name, names->str);
  return FALSE;
}

/* What was downloaded may have been damaged since; one who asks for a download means to have it right. */
static gboolean
is_damaged (const CoterieKnownSet *set, const char *path)
{
  g_autofree char *damaged = NULL;

  if (!coterie_known_sets_own (path))
    return FALSE;
  damaged = coterie_known_set_find_damage (set, TRUE);
  if (damaged != NULL)
    g_printerr (_ ("coterie-cli: %s is damaged\n"), damaged);
  return damaged != NULL;
}

/**
 * coterie_dataset_choice_resolve:
 * @dataset: (inout): what was asked for; becomes a path if it is the name of a known data set
 * @may_download: whether to download a known data set that is not on this machine, or whose download is
 *   damaged
 * @error: return location for a #GError
 *
 * Leaves paths alone: whether one can be opened shows when it is.
 *
 * Returns: %FALSE with a sentence if there is neither a file nor a data set of that name, if a known data set is not here and cannot or may not be had, or
 *   with %G_IO_ERROR_CANCELLED, and what is kept of it, if its download was interrupted
 */
gboolean
coterie_dataset_choice_resolve (char **dataset, gboolean may_download, GError **error)
{
  const CoterieKnownSet *set = coterie_known_sets_find (*dataset);
  g_autofree char *path = NULL;

  if (set == NULL)
    return check_name (*dataset, error);
  if (g_file_test (*dataset, G_FILE_TEST_EXISTS))
    return TRUE;

  path = coterie_known_set_find_local (set);
  if (path != NULL && may_download && is_damaged (set, path))
    g_clear_pointer (&path, g_free);
  if (path == NULL)
    path = may_download && set->kind == COTERIE_KNOWN_SET_DOWNLOAD ? fetch (set, error)
                                                                   : report_missing (set, error);
  if (path == NULL)
    return FALSE;
  g_free (*dataset);
  *dataset = g_steal_pointer (&path);
  return TRUE;
}
