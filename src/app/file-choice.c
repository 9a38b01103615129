/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks once for a file or a folder. */

#include "app/file-choice.h"

typedef struct {
  CoterieFileChosenFunc chosen;
  gpointer data;
} Choice;

static void
response_cb (GtkNativeDialog *chooser, int response, gpointer data)
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
 * coterie_file_choice_ask:
 * @chooser: (transfer full): what to ask with
 * @chosen: called with what was chosen; not called when the user changes his mind
 * @data: passed to @chosen
 *
 * Shows @chooser until the user has answered.
 */
void
coterie_file_choice_ask (GtkFileChooserNative *chooser, CoterieFileChosenFunc chosen, gpointer data)
{
  Choice *choice = g_new (Choice, 1);

  *choice = (Choice){chosen, data};
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (response_cb), choice, free_choice,
                         G_CONNECT_DEFAULT);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
