/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks how many iterations a recorded training shall have in all, and goes on with it; or says at once why
 * that cannot be. */

#include "app/continue-dialog.h"

#include "config.h"

#include <glib/gi18n.h>

/* What the dialog decides on. */
typedef struct {
  GWeakRef parent;
  CoterieSession *session;
  CoterieFrame *last;
  char *source;              /* or %NULL: where the recording says */
  GtkSpinButton *iterations; /* the dialog's */
} Question;

static void
question_free (Question *question)
{
  g_weak_ref_clear (&question->parent);
  g_object_unref (question->session);
  coterie_frame_unref (question->last);
  g_free (question->source);
  g_free (question);
}

static void
free_with_dialog (gpointer data, GClosure *closure)
{
  question_free (data);
}

/* Meanwhile something else may have been opened. */
static gboolean
still_holds (const Question *question)
{
  CoterieSession *session = question->session;

  return coterie_session_get_can_continue (session) &&
         coterie_session_get_frame (session, coterie_session_get_n_frames (session) - 1) ==
             question->last;
}

static void
answered (AdwMessageDialog *dialog, const char *response, Question *question)
{
  if (g_str_equal (response, "continue") && still_holds (question))
    coterie_session_continue (question->session,
                              (guint) gtk_spin_button_get_value_as_int (question->iterations),
                              question->source);
}

/* As many as were wanted, or the double of what there is. */
static guint
propose (const CoterieRunInfo *info, guint last)
{
  guint n_wanted = info->training.n_iterations;

  return n_wanted > last ? n_wanted : CLAMP (2 * last, last + 1, COTERIE_MAX_ITERATIONS);
}

static GtkWidget *
make_entry (guint last, guint proposed, GtkSpinButton **iterations)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Iterations in All"));
  GtkWidget *button = gtk_spin_button_new_with_range (last + 1, COTERIE_MAX_ITERATIONS, 1);

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

static void
describe (AdwMessageDialog *dialog, guint last, guint iteration)
{
  if (iteration == last)
    adw_message_dialog_format_body (dialog,
                                    _ ("The recording ends with iteration %u. What is trained from "
                                       "there is added to it, exactly "
                                       "as if the training had not ended."),
                                    last);
  else
    adw_message_dialog_format_body (
        dialog,
        _ ("The recording ends with iteration %u. The training goes on from iteration %u, the last "
           "whose weights are kept, and comes to the same results again before it adds further "
           "ones, "
           "exactly as if it had not ended."),
        last, iteration);
}

static void
ask (Question *question, GtkWindow *parent, guint iteration)
{
  CoterieRunInfo *info = coterie_session_get_info (question->session);
  guint last = question->last->iteration;
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Continue Training"), NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  describe (message, last, iteration);
  adw_message_dialog_set_extra_child (
      message, make_entry (last, propose (info, last), &question->iterations));
  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "continue", _ ("C_ontinue"),
                                    NULL);
  adw_message_dialog_set_response_appearance (message, "continue", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "continue");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered), question, free_with_dialog,
                         G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
tell_obstacle (GtkWindow *parent, const char *reason)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Cannot Continue the Training"), reason);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
found (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  CoterieSession *session = COTERIE_SESSION (source);
  g_autoptr (GtkWindow) parent = g_weak_ref_get (&question->parent);
  g_autoptr (GError) error = NULL;
  guint iteration;
  gboolean can_go_on =
      coterie_session_find_continuation_finish (session, result, &iteration, &error);

  if (parent == NULL || !still_holds (question)) {
    question_free (question);
  } else if (can_go_on && question->last->iteration < COTERIE_MAX_ITERATIONS) {
    ask (question, parent, iteration);
  } else {
    tell_obstacle (parent, error != NULL ? error->message
                                         : _ ("It has as many iterations as there can be."));
    question_free (question);
  }
}

/**
 * coterie_ask_for_continuation:
 * @parent: the window
 * @session: for which coterie_session_get_can_continue() holds
 * @source: (nullable): where the data set is now, if it has been moved
 *
 * Asks for the number of iterations, and has @session go on with its training. If the recording has not
 * what that needs, says so.
 */
void
coterie_ask_for_continuation (GtkWindow *parent, CoterieSession *session, const char *source)
{
  guint n_frames = coterie_session_get_n_frames (session);
  Question *question = g_new0 (Question, 1);

  g_weak_ref_init (&question->parent, parent);
  question->session = g_object_ref (session);
  question->source = g_strdup (source);
  question->last = coterie_frame_ref (coterie_session_get_frame (session, n_frames - 1));
  coterie_session_find_continuation_async (session, found, question);
}
