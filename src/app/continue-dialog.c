/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks how many iterations a recorded training shall have in all, and goes on with it. */

#include "app/continue-dialog.h"

#include "config.h"

#include <glib/gi18n.h>

#define MOST_ITERATIONS 10000

/* What the dialog decides on. */
typedef struct {
  CoterieSession *session;
  CoterieFrame *last;
  GtkSpinButton *iterations; /* the dialog's */
} Question;

static void
question_free (gpointer data, GClosure *closure)
{
  Question *question = data;

  g_object_unref (question->session);
  coterie_frame_unref (question->last);
  g_free (question);
}

/* Meanwhile something else may have been opened. */
static void
answered (AdwMessageDialog *dialog, const char *response, Question *question)
{
  CoterieSession *session = question->session;
  guint n_frames = coterie_session_get_n_frames (session);

  if (g_str_equal (response, "continue") && coterie_session_get_can_continue (session) &&
      coterie_session_get_frame (session, n_frames - 1) == question->last)
    coterie_session_continue (session,
                              (guint) gtk_spin_button_get_value_as_int (question->iterations));
}

/* As many as were wanted, or the double of what there is. */
static guint
propose (const CoterieRunInfo *info, guint last)
{
  guint n_wanted = info->training.n_iterations;

  return n_wanted > last ? n_wanted : CLAMP (2 * last, last + 1, MOST_ITERATIONS);
}

static GtkWidget *
make_entry (guint last, guint proposed, GtkSpinButton **iterations)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Iterations in All"));
  GtkWidget *button = gtk_spin_button_new_with_range (last + 1, MOST_ITERATIONS, 1);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), button);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (button), proposed);
  gtk_text_set_activates_default (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (button))),
                                  TRUE);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  *iterations = GTK_SPIN_BUTTON (button);
  return box;
}

/**
 * coterie_ask_for_continuation:
 * @parent: the window
 * @session: for which coterie_session_get_can_continue() holds
 *
 * Asks for the number of iterations, and has @session go on with its training.
 */
void
coterie_ask_for_continuation (GtkWindow *parent, CoterieSession *session)
{
  guint n_frames = coterie_session_get_n_frames (session);
  Question *question = g_new0 (Question, 1);
  guint last;
  GtkWidget *dialog;
  AdwMessageDialog *message;

  question->session = g_object_ref (session);
  question->last = coterie_frame_ref (coterie_session_get_frame (session, n_frames - 1));
  last = question->last->iteration;
  dialog = adw_message_dialog_new (parent, _ ("Continue Training"), NULL);
  message = ADW_MESSAGE_DIALOG (dialog);
  adw_message_dialog_format_body (
      message,
      _ ("The recording ends with iteration %u. What is trained from there is added to it, exactly "
         "as if the training had not ended."),
      last);
  adw_message_dialog_set_extra_child (
      message,
      make_entry (last, propose (coterie_session_get_info (session), last), &question->iterations));
  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "continue", _ ("C_ontinue"),
                                    NULL);
  adw_message_dialog_set_response_appearance (message, "continue", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "continue");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered), question, question_free,
                         G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}
