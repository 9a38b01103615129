/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks how many iterations a recorded training shall have in all, says what that comes to, and goes on
 * with it; or says at once why that cannot be. */

#include "app/continue-dialog.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/forecast-view.h"
#include "app/run-words.h"
#include "session/dataset-probe.h"

/* What the dialog decides on. */
typedef struct {
  GWeakRef parent;
  CoterieSession *session;
  CoterieRunInfo *info; /* what is recorded */
  CoterieFrame *last;
  char *source;    /* or %NULL: where the recording says */
  guint iteration; /* from where it goes on */

  CoterieTrainingForecast *forecast;
  GCancellable *opening;   /* the data set, or %NULL: done */
  CoterieDataset *dataset; /* or %NULL */

  /* the dialog's */
  GtkSpinButton *iterations;
  CoterieForecastView *view;
} Question;

/* The widgets that would show an answer are gone. */
static void
stop_asking (Question *question)
{
  g_signal_handlers_disconnect_by_data (question->forecast, question);
  coterie_training_forecast_stop (question->forecast);
  g_cancellable_cancel (question->opening);
  g_clear_object (&question->opening);
}

static void
question_free (Question *question)
{
  g_weak_ref_clear (&question->parent);
  stop_asking (question);
  g_object_unref (question->forecast);
  g_clear_pointer (&question->dataset, coterie_dataset_unref);
  g_object_unref (question->session);
  coterie_run_info_unref (question->info);
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
  /* What was typed last may not have been taken yet. */
  gtk_spin_button_update (question->iterations);
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

/* Of kind %COTERIE_FAILURE_NONE unless the training has failed in the end, and as of when it first did. */
static CoterieFailure
find_failure (const Question *question)
{
  CoterieFailure last = coterie_frame_find_failure (question->last);
  CoterieFailure first = coterie_session_get_failure (question->session);

  return last.kind == first.kind && last.layer == first.layer ? first : last;
}

/* Returns %NULL if nothing speaks against going on. */
static GtkWidget *
make_warning (const CoterieFailure *failure)
{
  g_autofree char *words = coterie_run_words_failure (failure);
  g_autofree char *text = NULL;
  GtkWidget *label;

  if (words == NULL)
    return NULL;
  /* Translators: %s is a sentence on how the training failed */
  text = g_strdup_printf (_ ("%s Going on keeps the learning rate, and hardly mends that."), words);
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  gtk_widget_add_css_class (label, "warning");
  return label;
}

static GtkWidget *
make_entry (Question *question, guint proposed)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_ ("_Iterations in All"));
  GtkWidget *button =
      gtk_spin_button_new_with_range (question->last->iteration + 1, COTERIE_MAX_ITERATIONS, 1);

  gtk_label_set_mnemonic_widget (GTK_LABEL (label), button);
  gtk_spin_button_set_update_policy (GTK_SPIN_BUTTON (button), GTK_UPDATE_IF_VALID);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (button), proposed);
  gtk_text_set_activates_default (GTK_TEXT (gtk_editable_get_delegate (GTK_EDITABLE (button))),
                                  TRUE);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  question->iterations = GTK_SPIN_BUTTON (button);
  return box;
}

static void
show_forecast (Question *question)
{
  coterie_forecast_view_show (question->view, question->forecast,
                              question->opening != NULL || question->dataset != NULL, G_MAXUINT64);
}

/* The recording in the end, but the time of what is still to be trained. */
static void
ask_for_forecast (Question *question)
{
  CoterieRunInfo info = *question->info;

  info.training.n_iterations = (guint) gtk_spin_button_get_value_as_int (question->iterations);
  coterie_training_forecast_ask_run (question->forecast, &info, question->iteration,
                                     question->dataset);
  show_forecast (question);
}

/* Without it, the time stays unknown; what is wrong is said when the training goes on. */
static void
dataset_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  g_autoptr (GError) error = NULL;
  CoterieDataset *dataset = coterie_dataset_probe_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&question->opening);
  question->dataset = dataset;
  ask_for_forecast (question);
}

static GtkWidget *
make_contents (Question *question, GtkWidget *warning)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  if (warning != NULL)
    gtk_box_append (GTK_BOX (box), warning);
  question->view = g_object_new (COTERIE_TYPE_FORECAST_VIEW, NULL);
  gtk_box_append (GTK_BOX (box),
                  make_entry (question, propose (question->info, question->last->iteration)));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (question->view));
  g_signal_connect_swapped (question->iterations, "value-changed", G_CALLBACK (ask_for_forecast),
                            question);
  g_signal_connect_swapped (question->forecast, "changed", G_CALLBACK (show_forecast), question);
  question->opening = g_cancellable_new ();
  coterie_dataset_probe_recorded_async (
      question->info, coterie_session_get_path (question->session), question->source,
      question->opening, dataset_opened, question);
  ask_for_forecast (question);
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
ask (Question *question, GtkWindow *parent)
{
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Continue Training"), NULL);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  CoterieFailure failure = find_failure (question);
  GtkWidget *warning = make_warning (&failure);

  describe (message, question->last->iteration, question->iteration);
  adw_message_dialog_set_extra_child (message, make_contents (question, warning));
  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "continue", _ ("C_ontinue"),
                                    NULL);
  if (warning == NULL)
    adw_message_dialog_set_response_appearance (message, "continue", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, warning == NULL ? "continue" : "cancel");
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered), question, free_with_dialog,
                         G_CONNECT_DEFAULT);
  g_signal_connect_swapped (dialog, "destroy", G_CALLBACK (stop_asking), question);
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
  gboolean can_go_on =
      coterie_session_find_continuation_finish (session, result, &question->iteration, &error);

  if (parent == NULL || !still_holds (question)) {
    question_free (question);
  } else if (can_go_on && question->last->iteration < COTERIE_MAX_ITERATIONS) {
    ask (question, parent);
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
  question->info = coterie_run_info_ref (coterie_session_get_info (session));
  question->forecast = coterie_training_forecast_new ();
  question->source = g_strdup (source);
  question->last = coterie_frame_ref (coterie_session_get_frame (session, n_frames - 1));
  coterie_session_find_continuation_async (session, found, question);
}
