/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window shows one session: a welcome while nothing is open, a page that waits until there is a
 * first frame, and the run. Everything a user can do is one of its actions. */

#include "app/window.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/analysis-popover.h"
#include "app/continue-dialog.h"
#include "app/dataset-chooser.h"
#include "app/frame-watch.h"
#include "app/layout-popover.h"
#include "app/picture-saver.h"
#include "app/recording-chooser.h"
#include "app/run-page.h"
#include "app/shortcuts-window.h"
#include "app/train-dialog.h"
#include "app/welcome-page.h"
#include "app/widget-tree.h"
#include "core/recording/recording.h"
#include "session/recordings-folder.h"
#include "session/session.h"

struct _CoterieWindow {
  AdwApplicationWindow parent_instance;

  CoterieSession *session;
  GSettings *settings;
  char *previous_path;   /* what was open before what is being opened now */
  AdwToast *ended_toast; /* weak; offers what belongs to the recording that is open */
  CoterieTrainDialogState *train_state; /* of the last dialog, or %NULL */

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkStack *pages;
  CoterieWelcomePage *welcome_page;
  AdwStatusPage *loading_page;
  GtkSpinner *spinner;
  GtkWidget *sidebar_button;
  CoterieRunPage *run_page;
  CoterieAnalysisPopover *analysis_popover;
  CoterieLayoutPopover *layout_popover;

  guint inhibition; /* of the desktop's suspending; 0 if there is none */
  gboolean close_when_ended;
};

G_DEFINE_FINAL_TYPE (CoterieWindow, coterie_window, ADW_TYPE_APPLICATION_WINDOW)

static CoterieTimeline *
get_timeline (CoterieWindow *self)
{
  return coterie_session_get_timeline (self->session);
}

static CoterieGraphView *
get_graph_view (CoterieWindow *self)
{
  return coterie_run_page_get_graph_view (self->run_page);
}

static AdwToast *
show_toast (CoterieWindow *self, const char *text, const char *button, const char *action)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  if (button != NULL) {
    adw_toast_set_button_label (toast, button);
    adw_toast_set_action_name (toast, action);
  }
  adw_toast_overlay_add_toast (self->toasts, toast);
  return toast; /* the overlay's */
}

static void
show_error (CoterieWindow *self, const char *heading, const char *message)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* What is being done goes on; something else gets a window of its own. */
static CoterieWindow *
find_free_window (CoterieWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  CoterieWindow *other;

  if (!coterie_session_get_busy (self->session))
    return self;
  other = coterie_window_new (COTERIE_APPLICATION (application));
  gtk_window_present (GTK_WINDOW (other));
  return other;
}

/* If the new thing cannot be opened, the old one comes back. */
static void
keep_previous (CoterieWindow *self)
{
  g_free (self->previous_path);
  self->previous_path = coterie_session_get_n_frames (self->session) > 0
                            ? g_strdup (coterie_session_get_path (self->session))
                            : NULL;
}

static void
open_path (CoterieWindow *self, const char *path)
{
  CoterieWindow *window = find_free_window (self);
  g_autofree char *name = g_path_get_basename (path);

  adw_status_page_set_title (window->loading_page, name);
  adw_status_page_set_description (window->loading_page, _ ("Opening the recording…"));
  keep_previous (window);
  coterie_session_open (window->session, path);
}

static void
train (CoterieWindow *self, const char *name, CoterieRunSettings *settings)
{
  CoterieWindow *window = find_free_window (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = coterie_recordings_folder_propose (name, &error);

  if (path == NULL) {
    show_error (window, _ ("Cannot Record the Training"), error->message);
    return;
  }
  settings->output = path;
  adw_status_page_set_title (window->loading_page, name);
  adw_status_page_set_description (window->loading_page,
                                   _ ("Preparing the data and the untrained network…"));
  keep_previous (window);
  coterie_session_train (window->session, settings);
}

static void
dialog_start (CoterieTrainDialog *dialog, CoterieWindow *self)
{
  CoterieRunSettings settings;

  coterie_train_dialog_get_settings (dialog, &settings);
  train (self, coterie_train_dialog_get_name (dialog), &settings);
}

/* Whether it was started or not, the next one begins with it. */
static gboolean
dialog_closed (CoterieTrainDialog *dialog, CoterieWindow *self)
{
  g_clear_pointer (&self->train_state, coterie_train_dialog_state_free);
  self->train_state = coterie_train_dialog_dup_state (dialog);
  return GDK_EVENT_PROPAGATE;
}

static void
show_train_dialog (CoterieWindow *self, GFile *dataset)
{
  CoterieTrainDialog *dialog = coterie_train_dialog_new (GTK_WINDOW (self));

  if (self->train_state != NULL)
    coterie_train_dialog_set_state (dialog, self->train_state);
  if (dataset != NULL)
    coterie_train_dialog_set_data_set (dialog, dataset);
  g_signal_connect_object (dialog, "start", G_CALLBACK (dialog_start), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (dialog, "close-request", G_CALLBACK (dialog_closed), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
recording_chosen (GFile *file, gpointer data)
{
  coterie_window_open_file (data, file);
}

static void
activate_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  coterie_choose_recording (GTK_WINDOW (widget), recording_chosen, widget);
}

static void
activate_open_recent (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  coterie_window_open_file (COTERIE_WINDOW (widget), file);
}

static void
activate_train (GtkWidget *widget, const char *name, GVariant *parameter)
{
  show_train_dialog (COTERIE_WINDOW (widget), NULL);
}

static void
activate_train_on_digits (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CoterieRunSettings settings = {.source = "digits"};

  coterie_training_settings_init (&settings.training);
  coterie_analysis_settings_init (&settings.analysis);
  train (COTERIE_WINDOW (widget), _ ("Digits"), &settings);
}

static void
activate_close_recording (GtkWidget *widget, const char *name, GVariant *parameter)
{
  coterie_session_close (COTERIE_WINDOW (widget)->session);
}

static void
activate_show_in_files (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CoterieWindow *self = COTERIE_WINDOW (widget);
  g_autofree char *folder = g_path_get_dirname (coterie_session_get_path (self->session));
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (self), uri, GDK_CURRENT_TIME);
}

static void
picture_saved (GtkWindow *window, const GError *error)
{
  CoterieWindow *self = COTERIE_WINDOW (window);

  if (error == NULL)
    show_toast (self, _ ("Picture saved"), NULL, NULL);
  else
    show_error (self, _ ("Cannot Save the Picture"), error->message);
}

static void
activate_save_picture (GtkWidget *widget, const char *action, GVariant *parameter)
{
  CoterieWindow *self = COTERIE_WINDOW (widget);

  coterie_save_picture (GTK_WINDOW (self), get_graph_view (self), self->session, picture_saved);
}

static void
activate_zoom (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CoterieGraphView *view = get_graph_view (COTERIE_WINDOW (widget));

  if (g_str_equal (name, "win.zoom-in"))
    coterie_graph_view_zoom_in (view);
  else if (g_str_equal (name, "win.zoom-out"))
    coterie_graph_view_zoom_out (view);
  else
    coterie_graph_view_fit (view);
}

static void
activate_find (GtkWidget *widget, const char *name, GVariant *parameter)
{
  coterie_run_page_find (COTERIE_WINDOW (widget)->run_page);
}

static void
activate_first (GtkWidget *widget, const char *name, GVariant *parameter)
{
  coterie_timeline_go_to_first (get_timeline (COTERIE_WINDOW (widget)));
}

static void
activate_previous (GtkWidget *widget, const char *name, GVariant *parameter)
{
  coterie_timeline_step (get_timeline (COTERIE_WINDOW (widget)), -1);
}

static void
activate_next (GtkWidget *widget, const char *name, GVariant *parameter)
{
  coterie_timeline_step (get_timeline (COTERIE_WINDOW (widget)), 1);
}

static void
activate_last (GtkWidget *widget, const char *name, GVariant *parameter)
{
  coterie_timeline_go_to_last (get_timeline (COTERIE_WINDOW (widget)));
}

static void
activate_play (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CoterieTimeline *timeline = get_timeline (COTERIE_WINDOW (widget));

  coterie_timeline_set_playing (timeline, !coterie_timeline_get_playing (timeline));
}

static void
activate_pause_training (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CoterieSession *session = COTERIE_WINDOW (widget)->session;

  coterie_session_set_paused (session, !coterie_session_get_paused (session));
}

static void
activate_stop_training (GtkWidget *widget, const char *name, GVariant *parameter)
{
  coterie_session_stop (COTERIE_WINDOW (widget)->session);
}

static void
activate_continue_training (GtkWidget *widget, const char *name, GVariant *parameter)
{
  CoterieWindow *self = COTERIE_WINDOW (widget);

  if (coterie_session_get_can_continue (self->session))
    coterie_ask_for_continuation (GTK_WINDOW (self), self->session, NULL);
}

static void
update_actions (CoterieWindow *self)
{
  static const char *const need_frames[] = {
      "win.save-picture", "win.zoom-in", "win.zoom-out", "win.zoom-fit", "win.first",
      "win.previous",     "win.play",    "win.next",     "win.last",     "win.find"};
  gboolean has_frames = coterie_session_get_n_frames (self->session) > 0;
  gboolean busy = coterie_session_get_busy (self->session);
  CoterieSessionState state = coterie_session_get_state (self->session);

  for (guint i = 0; i < G_N_ELEMENTS (need_frames); i++)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), need_frames[i], has_frames);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-in-files", has_frames);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-recording",
                                 state == COTERIE_SESSION_SHOWING ||
                                     state == COTERIE_SESSION_LOADING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.continue-training",
                                 coterie_session_get_can_continue (self->session));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.pause-training",
                                 busy && state == COTERIE_SESSION_TRAINING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.stop-training",
                                 busy && state != COTERIE_SESSION_STOPPING);
}

static void
append_dropout (GString *text, const CoterieTrainingSettings *training)
{
  guint n_dropouts = coterie_training_settings_get_n_dropouts (training);

  if (n_dropouts == 1 && training->dropout[0] == 0.0)
    return;
  g_string_append_printf (text, _ (" · dropout %g"), training->dropout[0]);
  for (guint l = 1; l < n_dropouts; l++)
    g_string_append_printf (text, "–%g", training->dropout[l]);
}

static char *
describe_network (const CoterieRunInfo *info)
{
  const CoterieTrainingSettings *training = &info->training;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GSIZE_FORMAT,
                          coterie_dataset_info_get_n_features (&info->dataset));
  for (guint l = 0; l < training->n_hidden; l++)
    g_string_append_printf (text, "–%u", training->hidden[l]);
  g_string_append_printf (text, "–%u · ", info->dataset.n_classes);

  g_string_append_printf (text, "%s %g",
                          training->optimizer == COTERIE_OPTIMIZER_ADAM ? "Adam" : "SGD",
                          training->learning_rate);
  append_dropout (text, training);
  if (training->label_noise > 0.0)
    g_string_append_printf (text, _ (" · %g %% random labels"), 100.0 * training->label_noise);
  return g_string_free (text, FALSE);
}

static void
update_title (CoterieWindow *self)
{
  const CoterieRunInfo *info = coterie_session_get_info (self->session);
  g_autofree char *network = info != NULL ? describe_network (info) : g_strdup ("");
  const char *name = info != NULL ? info->dataset.name : "Coterie";
  g_autofree char *window_title =
      info != NULL ? g_strdup_printf ("%s — Coterie", name) : g_strdup ("Coterie");

  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, network);
  gtk_window_set_title (GTK_WINDOW (self), window_title);
}

/* The stack hands the keyboard on as Tab does, which would put it on a neuron; but who has just opened
 * something wants to step through the iterations first. */
static void
start_on_graph (CoterieWindow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (get_graph_view (self)));
  coterie_selection_set_focus (coterie_session_get_selection (self->session),
                               COTERIE_SELECTION_NO_KEY);
}

static void
update_page (CoterieWindow *self)
{
  CoterieSessionState state = coterie_session_get_state (self->session);
  const char *page = "welcome";

  if (coterie_session_get_n_frames (self->session) > 0)
    page = "run";
  else if (state != COTERIE_SESSION_EMPTY && state != COTERIE_SESSION_SHOWING)
    page = "loading";

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), page) != 0) {
    gtk_stack_set_visible_child_name (self->pages, page);
    if (g_str_equal (page, "run"))
      start_on_graph (self);
    else
      gtk_widget_child_focus (gtk_stack_get_visible_child (self->pages), GTK_DIR_TAB_FORWARD);
  }
  gtk_widget_set_visible (self->sidebar_button, g_str_equal (page, "run"));
  /* Out of sight a spinner would keep the whole window busy all the same. */
  gtk_spinner_set_spinning (self->spinner, g_str_equal (page, "loading"));
  update_actions (self);
}

/* While a training goes on the machine is in use, although nobody may be there. */
static void
update_inhibition (CoterieWindow *self)
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

static void
tell_end_of_training (CoterieWindow *self)
{
  CoterieRunInfo *info = coterie_session_get_info (self->session);
  guint n_frames = coterie_session_get_n_frames (self->session);
  guint last = coterie_session_get_frame (self->session, n_frames - 1)->iteration;
  gboolean finished = last == info->training.n_iterations;
  g_autofree char *text = NULL;

  if (finished)
    text = g_strdup (_ ("Training finished; everything is recorded"));
  else
    text = g_strdup_printf (_ ("Training stopped; recorded up to iteration %u"), last);
  g_set_weak_pointer (&self->ended_toast,
                      show_toast (self, text, finished ? _ ("_Show in Files") : _ ("C_ontinue…"),
                                  finished ? "win.show-in-files" : "win.continue-training"));
  notify_in_background (self, text, info->dataset.name);
}

static void
state_changed (CoterieWindow *self)
{
  CoterieSessionState state = coterie_session_get_state (self->session);

  update_page (self);
  update_inhibition (self);
  if (state != COTERIE_SESSION_SHOWING && self->ended_toast != NULL)
    adw_toast_dismiss (self->ended_toast);
  if (state == COTERIE_SESSION_TRAINING || state == COTERIE_SESSION_SHOWING)
    coterie_remember_recording (coterie_session_get_path (self->session));
  if (self->close_when_ended && !coterie_session_get_busy (self->session))
    gtk_window_close (GTK_WINDOW (self));
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

static void
session_failed (CoterieWindow *self, const GError *error)
{
  gboolean was_open = coterie_session_get_info (self->session) != NULL;
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
    show_error (self, heading, error->message);
  if (!was_open && previous_path != NULL)
    coterie_session_open (self->session, previous_path);
}

static void
end_response (AdwMessageDialog *dialog, const char *response, CoterieWindow *self)
{
  if (!g_str_equal (response, "stop"))
    return;
  self->close_when_ended = TRUE;
  if (coterie_session_get_busy (self->session))
    coterie_session_stop (self->session);
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
ask_before_closing (CoterieWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (self), _ ("Stop Training?"),
      _ ("A network is being trained. What has been recorded so far is kept, and can be opened "
         "again later."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "cancel", _ ("_Keep Training"), "stop",
                                    _ ("_Stop and Close"), NULL);
  adw_message_dialog_set_response_appearance (message, "stop", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (message, "cancel");
  adw_message_dialog_set_default_response (message, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (end_response), self, G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
activate_shortcuts (GtkWidget *widget, const char *name, GVariant *parameter)
{
  coterie_shortcuts_window_show (GTK_APPLICATION_WINDOW (widget));
}

static void
save_settings (CoterieWindow *self)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
coterie_window_close_request (GtkWindow *window)
{
  CoterieWindow *self = COTERIE_WINDOW (window);

  if (coterie_session_get_busy (self->session)) {
    if (!self->close_when_ended)
      ask_before_closing (self);
    return GDK_EVENT_STOP;
  }
  save_settings (self);
  coterie_session_close (self->session);
  return GTK_WINDOW_CLASS (coterie_window_parent_class)->close_request (window);
}

static gboolean
files_dropped (CoterieWindow *self, const GValue *value)
{
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr (GSList) files = gdk_file_list_get_files (list);

  for (GSList *link = files; link != NULL; link = link->next)
    coterie_window_open_file (self, link->data);
  return files != NULL;
}

static void
show_sidebar_changed (CoterieWindow *self)
{
  coterie_run_page_set_show_sidebar (self->run_page,
                                     g_settings_get_boolean (self->settings, "show-sidebar"));
}

/* Single keys reach the window only when nothing in it has a use for them. Menus show the last key of
 * an action. */
static void
add_keys (CoterieWindow *self)
{
  static const struct {
    guint key;
    const char *action;
  } keys[] = {
      {GDK_KEY_space, "win.play"},     {GDK_KEY_Left, "win.previous"},
      {GDK_KEY_Right, "win.next"},     {GDK_KEY_Page_Up, "win.previous"},
      {GDK_KEY_Page_Down, "win.next"}, {GDK_KEY_Home, "win.first"},
      {GDK_KEY_End, "win.last"},       {GDK_KEY_plus, "win.zoom-in"},
      {GDK_KEY_equal, "win.zoom-in"},  {GDK_KEY_KP_Add, "win.zoom-in"},
      {GDK_KEY_minus, "win.zoom-out"}, {GDK_KEY_KP_Subtract, "win.zoom-out"},
      {GDK_KEY_KP_0, "win.zoom-fit"},  {GDK_KEY_0, "win.zoom-fit"},
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                          gtk_shortcut_new (gtk_keyval_trigger_new (keys[i].key, 0),
                                                            gtk_named_action_new (keys[i].action)));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
coterie_window_dispose (GObject *object)
{
  CoterieWindow *self = COTERIE_WINDOW (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_weak_pointer (&self->ended_toast);
  g_clear_pointer (&self->train_state, coterie_train_dialog_state_free);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->previous_path, g_free);
  G_OBJECT_CLASS (coterie_window_parent_class)->dispose (object);
}

static void
coterie_window_class_init (CoterieWindowClass *klass)
{
  static const struct {
    const char *name;
    const char *parameter;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
      {"win.open", NULL, activate_open},
      {"win.open-recent", "s", activate_open_recent},
      {"win.train", NULL, activate_train},
      {"win.train-on-digits", NULL, activate_train_on_digits},
      {"win.close-recording", NULL, activate_close_recording},
      {"win.show-in-files", NULL, activate_show_in_files},
      {"win.save-picture", NULL, activate_save_picture},
      {"win.zoom-in", NULL, activate_zoom},
      {"win.zoom-out", NULL, activate_zoom},
      {"win.zoom-fit", NULL, activate_zoom},
      {"win.find", NULL, activate_find},
      {"win.first", NULL, activate_first},
      {"win.previous", NULL, activate_previous},
      {"win.play", NULL, activate_play},
      {"win.next", NULL, activate_next},
      {"win.last", NULL, activate_last},
      {"win.pause-training", NULL, activate_pause_training},
      {"win.stop-training", NULL, activate_stop_training},
      {"win.continue-training", NULL, activate_continue_training},
      {"win.shortcuts", NULL, activate_shortcuts},
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = coterie_window_close_request;

  g_type_ensure (COTERIE_TYPE_WELCOME_PAGE);
  g_type_ensure (COTERIE_TYPE_RUN_PAGE);
  g_type_ensure (COTERIE_TYPE_ANALYSIS_POPOVER);
  g_type_ensure (COTERIE_TYPE_LAYOUT_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, title);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, welcome_page);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, loading_page);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, run_page);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, analysis_popover);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, layout_popover);
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter,
                                     actions[i].activate);
}

static void
coterie_window_init (CoterieWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  g_autoptr (GAction) show_sidebar = NULL;
  g_autoptr (GAction) speed = NULL;

  self->session = coterie_session_new ();
  self->settings = g_settings_new (APPLICATION_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  coterie_widget_name_buttons_once (GTK_WIDGET (self));
  coterie_frame_watch_start_if_wanted (GTK_WIDGET (self));
  add_keys (self);

  coterie_run_page_set_session (self->run_page, self->session);
  coterie_analysis_popover_set_session (self->analysis_popover, self->session);
  coterie_layout_popover_set_session (self->layout_popover, self->session);
  g_signal_connect_swapped (self->session, "notify::state", G_CALLBACK (state_changed), self);
  g_signal_connect_swapped (self->session, "notify::paused", G_CALLBACK (update_inhibition), self);
  g_signal_connect_swapped (self->session, "notify::n-frames", G_CALLBACK (update_page), self);
  g_signal_connect_swapped (self->session, "notify::analysing", G_CALLBACK (update_actions), self);
  g_signal_connect_swapped (self->session, "notify::laying-out", G_CALLBACK (update_actions), self);
  g_signal_connect_swapped (self->session, "frames-replaced", G_CALLBACK (update_actions), self);
  g_signal_connect_swapped (self->session, "notify::info", G_CALLBACK (update_title), self);
  g_signal_connect_swapped (self->session, "failed", G_CALLBACK (session_failed), self);
  g_signal_connect_swapped (self->session, "training-ended", G_CALLBACK (tell_end_of_training),
                            self);

  g_signal_connect_swapped (drop, "drop", G_CALLBACK (files_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));

  show_sidebar = g_settings_create_action (self->settings, "show-sidebar");
  g_action_map_add_action (G_ACTION_MAP (self), show_sidebar);
  speed = g_settings_create_action (self->settings, "speed");
  g_action_map_add_action (G_ACTION_MAP (self), speed);
  g_signal_connect_object (self->settings, "changed::show-sidebar",
                           G_CALLBACK (show_sidebar_changed), self, G_CONNECT_SWAPPED);
  g_settings_bind (self->settings, "speed", get_timeline (self), "speed", G_SETTINGS_BIND_DEFAULT);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  show_sidebar_changed (self);
  update_title (self);
  update_page (self);
  gtk_widget_child_focus (GTK_WIDGET (self->welcome_page), GTK_DIR_TAB_FORWARD);
}

/**
 * coterie_window_new:
 * @application: the program
 *
 * Returns: (transfer none): a window in which nothing is open
 */
CoterieWindow *
coterie_window_new (CoterieApplication *application)
{
  return g_object_new (COTERIE_TYPE_WINDOW, "application", application, NULL);
}

/**
 * coterie_window_open_file:
 * @self: the window
 * @file: a recording, or a folder with a data set to train on
 *
 * Opens @file here, or in a window of its own if a training goes on here.
 */
void
coterie_window_open_file (CoterieWindow *self, GFile *file)
{
  const char *path = g_file_peek_path (file);

  if (path == NULL) {
    g_autofree char *uri = g_file_get_uri (file);
    g_autofree char *message =
        g_strdup_printf (_ ("%s: not a file of this computer; copy it here first"), uri);

    show_error (self, _ ("Cannot Open This"), message);
    return;
  }
  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) == G_FILE_TYPE_DIRECTORY)
    show_train_dialog (self, file);
  else
    open_path (self, path);
}
