/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a window has to say: that a training has ended, and what went wrong. Who does something else
 * meanwhile is told by the desktop. */

#include "config.h"

#include <glib/gi18n.h>

#include "app/continue-dialog.h"
#include "app/dataset-chooser.h"
#include "app/window-private.h"
#include "core/recording/recording.h"

#define OFFER_S 15 /* how long an offer stays, in seconds */

/**
 * coterie_window_show_toast:
 * @self: the window
 * @text: what to say, in few words: a small window has little room
 * @button: (nullable): what can be done about it
 * @action: (nullable): of the window, what @button does
 *
 * Says so beside what lies on the graph, where nothing is covered that can be clicked.
 *
 * Returns: (transfer none): what is shown for a moment
 */
AdwToast *
coterie_window_show_toast (CoterieWindow *self,
                           const char *text,
                           const char *button,
                           const char *action)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (button != NULL) {
    adw_toast_set_button_label (toast, button);
    adw_toast_set_action_name (toast, action);
    adw_toast_set_timeout (toast, OFFER_S);
  }
  coterie_run_page_add_toast (self->run_page, toast);
  return toast; /* the page's */
}

/**
 * coterie_window_tell_of_recording:
 * @self: the window
 * @path: of a recording that an analysis was saved as
 *
 * Says so, and offers to open it.
 */
void
coterie_window_tell_of_recording (CoterieWindow *self, const char *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  AdwToast *toast = coterie_window_show_toast (self, _ ("Saved as a new recording"), _ ("_Open"),
                                               "win.open-recent");

  adw_toast_set_action_target (toast, "s", uri);
}

/**
 * coterie_window_show_error:
 * @self: the window
 * @heading: what went wrong
 * @message: how
 *
 * Says so in a dialog.
 */
void
coterie_window_show_error (CoterieWindow *self, const char *heading, const char *message)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * coterie_window_update_inhibition:
 * @self: the window
 *
 * While a training goes on the machine is in use, although nobody may be there: it is not to be
 * suspended.
 */
void
coterie_window_update_inhibition (CoterieWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  gboolean working =
      coterie_session_get_busy (self->session) && !coterie_session_get_paused (self->session);

  if (application == NULL)
    return;
  if (working && self->inhibition == 0)
    self->inhibition =
        gtk_application_inhibit (application, GTK_WINDOW (self), GTK_APPLICATION_INHIBIT_SUSPEND,
                                 _ ("A network is being trained"));
  if (!working && self->inhibition != 0) {
    gtk_application_uninhibit (application, self->inhibition);
    self->inhibition = 0;
  }
}

/* Who waits for the end and does something else meanwhile is told by the desktop. */
static void
notify_in_background (CoterieWindow *self, const char *title, const char *body)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autoptr (GNotification) notification = NULL;

  if (application == NULL || gtk_window_is_active (GTK_WINDOW (self)))
    return;
  notification = g_notification_new (title);
  if (body != NULL)
    g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (
      notification, "app.present-window", "u",
      gtk_application_window_get_id (GTK_APPLICATION_WINDOW (self)));
  g_application_send_notification (application, NULL, notification);
}

/**
 * coterie_window_tell_end_of_training:
 * @self: the window, whose training has ended
 *
 * Says how, and offers what one may want next; not to go on where that cannot be.
 */
void
coterie_window_tell_end_of_training (CoterieWindow *self)
{
  CoterieRunInfo *info = coterie_session_get_info (self->session);
  guint n_frames = coterie_session_get_n_frames (self->session);
  const CoterieFrame *frame = coterie_session_get_frame (self->session, n_frames - 1);
  guint last = frame->iteration;
  gboolean finished = last == info->training.n_iterations;
  g_autofree char *stopped =
      g_strdup_printf (_ ("Training stopped; recorded up to iteration %u"), last);
  gboolean diverged = coterie_frame_find_failure (frame).kind == COTERIE_FAILURE_DIVERGED;
  AdwToast *toast;

  if (finished || diverged)
    toast = coterie_window_show_toast (self,
                                       finished ? _ ("Training finished") : _ ("Training stopped"),
                                       _ ("_Show in Files"), "win.show-in-files");
  else
    toast = coterie_window_show_toast (self, _ ("Training stopped"), _ ("C_ontinue…"),
                                       "win.continue-training");
  g_set_weak_pointer (&self->ended_toast, toast);
  notify_in_background (self, finished ? _ ("Training finished; everything is recorded") : stopped,
                        info->dataset.name);
}

static void
data_set_located (GFile *file, gpointer data)
{
  CoterieWindow *self = data;
  const char *path = g_file_peek_path (file);

  if (path != NULL && coterie_session_get_can_continue (self->session))
    coterie_ask_for_continuation (GTK_WINDOW (self), self->session, path);
}

static void
locate_response (AdwMessageDialog *dialog, const char *response, CoterieWindow *self)
{
  GtkFileChooserAction action = g_str_equal (response, "file")
                                    ? GTK_FILE_CHOOSER_ACTION_OPEN
                                    : GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER;

  if (!g_str_equal (response, "close"))
    coterie_choose_data_set (GTK_WINDOW (self), action, data_set_located, self);
}

/* The data set may only have been moved. */
static void
offer_to_locate (CoterieWindow *self, const char *heading, const char *message)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, message);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"), "folder",
                                    _ ("Locate _Folder…"), "file", _ ("Locate _File…"), NULL);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_object (dialog, "response", G_CALLBACK (locate_response), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * coterie_window_tell_failure:
 * @self: the window
 * @error: why its session cannot do what it was asked
 *
 * Says so, and opens again what was open before.
 */
void
coterie_window_tell_failure (CoterieWindow *self, const GError *error)
{
  gboolean was_open = coterie_session_get_n_frames (self->session) > 0;
  g_autofree char *previous_path = g_steal_pointer (&self->previous_path);
  const char *heading = _ ("Cannot Train");

  if (coterie_session_get_continuing (self->session))
    heading = _ ("Cannot Continue the Training");
  else if (was_open && error->domain == COTERIE_DATASET_ERROR)
    heading = _ ("Cannot Analyse Again");
  else if (was_open)
    heading = _ ("Something Went Wrong");
  else if (error->domain == COTERIE_RECORDING_ERROR)
    heading = _ ("Cannot Open This Recording");

  notify_in_background (self, heading, error->message);
  if (coterie_session_get_continuing (self->session) && error->domain == COTERIE_DATASET_ERROR)
    offer_to_locate (self, heading, error->message);
  else
    coterie_window_show_error (self, heading, error->message);
  if (!was_open && previous_path != NULL)
    coterie_session_open (self->session, previous_path);
  else if (!was_open)
    coterie_session_close (self->session);
}

/**
 * coterie_window_tell_opengl_failed:
 * @self: the window
 *
 * Says that the graph is drawn without OpenGL from now on: it does not look worse, but is slower.
 */
void
coterie_window_tell_opengl_failed (CoterieWindow *self)
{
  coterie_window_show_toast (self, _ ("OpenGL failed; drawing without it"), NULL, NULL);
}
