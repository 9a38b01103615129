/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A window shows one session: a welcome while nothing is open, a page that waits until there is a
 * first frame, and the run. Files beside this one have what can be done in it, what comes into it
 * and what it says. */

#include "app/window.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/frame-watch.h"
#include "app/recording-chooser.h"
#include "app/run-words.h"
#include "app/widget-tree.h"
#include "app/window-private.h"

G_DEFINE_FINAL_TYPE (CoterieWindow, coterie_window, ADW_TYPE_APPLICATION_WINDOW)

static void
update_title (CoterieWindow *self)
{
  const CoterieRunInfo *info = coterie_session_get_info (self->session);
  g_autofree char *network = info != NULL ? coterie_run_words_network (info) : g_strdup ("");
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
  gtk_widget_grab_focus (GTK_WIDGET (coterie_run_page_get_graph_view (self->run_page)));
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
  coterie_window_update_actions (self);
}

static void
state_changed (CoterieWindow *self)
{
  CoterieSessionState state = coterie_session_get_state (self->session);

  update_page (self);
  coterie_window_update_inhibition (self);
  if (state != COTERIE_SESSION_SHOWING && self->ended_toast != NULL)
    adw_toast_dismiss (self->ended_toast);
  if (state == COTERIE_SESSION_TRAINING || state == COTERIE_SESSION_SHOWING)
    coterie_remember_recording (coterie_session_get_path (self->session));
  if (self->close_when_ended && !coterie_session_get_busy (self->session))
    gtk_window_close (GTK_WINDOW (self));
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

/* What becomes of a training that is stopped now. */
static const char *
describe_stopping (CoterieSession *session)
{
  guint n_frames = coterie_session_get_n_frames (session);
  const CoterieFrame *last =
      n_frames > 0 ? coterie_session_get_frame (session, n_frames - 1) : NULL;

  if (last == NULL)
    return _ ("A network is being trained, and nothing has been recorded yet that could be kept.");
  if (coterie_frame_find_failure (last).kind == COTERIE_FAILURE_DIVERGED)
    return _ ("A network is being trained. What has been recorded so far is kept, and can be "
              "opened again later.");
  return _ ("A network is being trained. What has been recorded so far is kept: it can be opened "
            "again later, and the training be continued from there.");
}

static void
ask_before_closing (CoterieWindow *self)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Stop Training?"),
                                              describe_stopping (self->session));
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

static void
show_sidebar_changed (CoterieWindow *self)
{
  coterie_run_page_set_show_sidebar (self->run_page,
                                     g_settings_get_boolean (self->settings, "show-sidebar"));
}

static void
coterie_window_dispose (GObject *object)
{
  CoterieWindow *self = COTERIE_WINDOW (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_weak_pointer (&self->ended_toast);
  g_clear_weak_pointer (&self->train_dialog);
  g_clear_pointer (&self->train_state, coterie_train_dialog_state_free);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->previous_path, g_free);
  G_OBJECT_CLASS (coterie_window_parent_class)->dispose (object);
}

static void
coterie_window_class_init (CoterieWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = coterie_window_close_request;

  g_type_ensure (COTERIE_TYPE_WELCOME_PAGE);
  g_type_ensure (COTERIE_TYPE_RUN_PAGE);
  g_type_ensure (COTERIE_TYPE_ANALYSIS_POPOVER);
  g_type_ensure (COTERIE_TYPE_LAYOUT_POPOVER);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/window.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, title);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, welcome_page);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, loading_page);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, sidebar_button);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, run_page);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, analysis_popover);
  gtk_widget_class_bind_template_child (widget_class, CoterieWindow, layout_popover);
  coterie_window_install_actions (widget_class);
}

static void
coterie_window_init (CoterieWindow *self)
{
  g_autoptr (GAction) show_sidebar = NULL;
  g_autoptr (GAction) speed = NULL;

  self->session = coterie_session_new ();
  self->settings = g_settings_new (APPLICATION_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  coterie_widget_name_buttons_once (GTK_WIDGET (self));
  coterie_widget_open_lists_at_choice (GTK_WIDGET (self));
  coterie_frame_watch_start_if_wanted (GTK_WIDGET (self));
  coterie_window_add_keys (self);
  coterie_window_accept_files (self);

  coterie_run_page_set_session (self->run_page, self->session);
  g_signal_connect_object (coterie_run_page_get_graph_view (self->run_page), "opengl-failed",
                           G_CALLBACK (coterie_window_tell_opengl_failed), self, G_CONNECT_SWAPPED);
  coterie_analysis_popover_set_session (self->analysis_popover, self->session);
  g_signal_connect_swapped (self->analysis_popover, "saved",
                            G_CALLBACK (coterie_window_tell_of_recording), self);
  coterie_layout_popover_set_session (self->layout_popover, self->session);
  g_signal_connect_swapped (self->session, "notify::state", G_CALLBACK (state_changed), self);
  g_signal_connect_swapped (self->session, "notify::paused",
                            G_CALLBACK (coterie_window_update_inhibition), self);
  g_signal_connect_swapped (self->session, "notify::n-frames", G_CALLBACK (update_page), self);
  g_signal_connect_swapped (self->session, "notify::analysing",
                            G_CALLBACK (coterie_window_update_actions), self);
  g_signal_connect_swapped (self->session, "notify::laying-out",
                            G_CALLBACK (coterie_window_update_actions), self);
  g_signal_connect_swapped (self->session, "frames-replaced",
                            G_CALLBACK (coterie_window_update_actions), self);
  g_signal_connect_swapped (self->session, "notify::info", G_CALLBACK (update_title), self);
  g_signal_connect_swapped (self->session, "failed", G_CALLBACK (coterie_window_tell_failure),
                            self);
  g_signal_connect_swapped (self->session, "training-ended",
                            G_CALLBACK (coterie_window_tell_end_of_training), self);

  show_sidebar = g_settings_create_action (self->settings, "show-sidebar");
  g_action_map_add_action (G_ACTION_MAP (self), show_sidebar);
  speed = g_settings_create_action (self->settings, "speed");
  g_action_map_add_action (G_ACTION_MAP (self), speed);
  g_signal_connect_object (self->settings, "changed::show-sidebar",
                           G_CALLBACK (show_sidebar_changed), self, G_CONNECT_SWAPPED);
  g_settings_bind (self->settings, "speed", coterie_session_get_timeline (self->session), "speed",
                   G_SETTINGS_BIND_DEFAULT);
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
