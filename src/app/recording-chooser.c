/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks which file to open, and tells the desktop which ones were. */

#include "app/recording-chooser.h"

#include "config.h"

#include <glib/gi18n.h>

#include "core/recording/recording.h"

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (; *patterns != NULL; patterns++)
    gtk_file_filter_add_pattern (filter, *patterns);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
add_filters (GtkFileChooser *chooser)
{
  static const char *const recordings[] = {"*" COTERIE_RECORDING_SUFFIX, NULL};
  static const char *const known[] = {"*" COTERIE_RECORDING_SUFFIX,
                                      "*.csv",
                                      "*.tsv",
                                      "*.csv.gz",
                                      "*.tsv.gz",
                                      "*.npz",
                                      "*.tar.gz",
                                      "*.tgz",
                                      "*-idx?-ubyte",
                                      "*-idx?-ubyte.gz",
                                      NULL};
  static const char *const all[] = {"*", NULL};

  add_filter (chooser, _ ("Recordings and Data Sets"), known);
  add_filter (chooser, _ ("Recordings"), recordings);
  add_filter (chooser, _ ("Data Sets"), known + 1);
  add_filter (chooser, _ ("All Files"), all);
}

/**
 * coterie_choose_file:
 * @parent: the window that asks
 * @chosen: called with the file; not called when the user changes his mind
 * @data: passed to @chosen
 *
 * Lets the user choose a recording, or the file of a data set.
 */
void
coterie_choose_file (GtkWindow *parent, CoterieFileChosenFunc chosen, gpointer data)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Open a Recording or Data Set"), parent, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);

  add_filters (GTK_FILE_CHOOSER (chooser));
  coterie_file_choice_ask (chooser, chosen, data);
}

/**
 * coterie_remember_recording:
 * @path: a recording that is open
 *
 * Puts @path among the files that were used recently.
 */
void
coterie_remember_recording (const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  GtkRecentData data = {
      .mime_type = (char *) COTERIE_RECORDING_MIME_TYPE,
      .app_name = (char *) PACKAGE_NAME,
      .app_exec = (char *) "coterie %u",
  };

  if (uri != NULL)
    gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}
