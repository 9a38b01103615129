/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks for a data set among the user's files. */

#include "app/dataset-chooser.h"

#include "config.h"

#include <glib/gi18n.h>

/**
 * coterie_choose_data_set:
 * @parent: the window that asks
 * @action: whether to choose a folder, or to open a file
 * @chosen: called with what was chosen; not called when the user changes his mind
 * @data: passed to @chosen
 *
 * Lets the user choose a data set.
 */
void
coterie_choose_data_set (GtkWindow *parent,
                         GtkFileChooserAction action,
                         CoterieFileChosenFunc chosen,
                         gpointer data)
{
  const char *title = action == GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER
                          ? _ ("Choose the Folder of a Data Set")
                          : _ ("Choose the File of a Data Set");
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (title, parent, action, _ ("_Choose"), NULL);

  coterie_file_choice_ask (chooser, chosen, data);
}
