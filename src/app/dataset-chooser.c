/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks for a data set among the user's files. */

#include "app/dataset-chooser.h"

#include "config.h"

#include <glib/gi18n.h>

typedef struct {
  void (*chosen) (GFile *file, gpointer data);
  gpointer data;
} Choice;

static void
chooser_response (GtkNativeDialog *chooser, int response, gpointer data)
{
  Choice *choice = data;

  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

    choice->chosen (file, choice->data);
  }
  g_object_unref (chooser);
}

static void
free_choice (gpointer data, GClosure *closure)
{
  g_free (data);
}

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
                         void (*chosen) (GFile *file, gpointer data),
                         gpointer data)
{
  const char *title = action == GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER
                          ? _ ("Choose the Folder of a Data Set")
                          : _ ("Choose the File of a Data Set");
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (title, parent, action, _ ("_Choose"), NULL);
  Choice *choice = g_new0 (Choice, 1);

  choice->chosen = chosen;
  choice->data = data;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (chooser_response), choice, free_choice,
                         G_CONNECT_DEFAULT);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
