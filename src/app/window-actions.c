/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a user can do in a window, by its buttons, menus and keys. */

#include "config.h"

#include <glib/gi18n.h>

#include "app/continue-dialog.h"
#include "app/picture-saver.h"
#include "app/recording-chooser.h"
#include "app/shortcuts-window.h"
#include "app/window-private.h"

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

static void
file_chosen (GFile *file, gpointer data)
{
  coterie_window_open_file (data, file);
}

static void
activate_open (GtkWidget *widget, const char *name, GVariant *parameter)
{
  coterie_choose_file (GTK_WINDOW (widget), file_chosen, widget);
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
  coterie_window_show_train_dialog (COTERIE_WINDOW (widget), NULL);
}

static void
activate_train_on_digits (GtkWidget *widget, const char *name, GVariant *parameter)
{
  coterie_window_train_on_digits (COTERIE_WINDOW (widget));
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
picture_saved (GtkWindow *window, const char *left_out, const GError *error)
{
  CoterieWindow *self = COTERIE_WINDOW (window);
  g_autofree char *words = NULL;

  if (error != NULL) {
    coterie_window_show_error (self, _ ("Cannot Save the Picture"), error->message);
    return;
  }
  if (left_out != NULL)
    /* Translators: %s says what is not in a picture, "no room for the legend" */
    words = g_strdup_printf (_ ("Picture saved, with %s"), left_out);
  coterie_window_show_toast (self, words != NULL ? words : _ ("Picture saved"), NULL, NULL);
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

/**
 * coterie_window_update_actions:
 * @self: the window
 *
 * Only what makes sense now can be done.
 */
void
coterie_window_update_actions (CoterieWindow *self)
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
  /* a training that has recorded nothing yet may be given up as easily as it was begun */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.close-recording",
                                 state == COTERIE_SESSION_SHOWING ||
                                     state == COTERIE_SESSION_LOADING ||
                                     (state == COTERIE_SESSION_TRAINING && !has_frames));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.continue-training",
                                 coterie_session_get_can_continue (self->session));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.pause-training",
                                 busy && state == COTERIE_SESSION_TRAINING);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.stop-training",
                                 busy && state != COTERIE_SESSION_STOPPING);
}

static void
activate_shortcuts (GtkWidget *widget, const char *name, GVariant *parameter)
{
  coterie_shortcuts_window_show (GTK_APPLICATION_WINDOW (widget));
}

/**
 * coterie_window_add_keys:
 * @self: the window
 *
 * Single keys reach the window only when nothing in it has a use for them. Menus show the last key
 * of an action.
 */
void
coterie_window_add_keys (CoterieWindow *self)
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

/**
 * coterie_window_install_actions:
 * @widget_class: of windows
 *
 * Everything that a user can do in a window.
 */
void
coterie_window_install_actions (GtkWidgetClass *widget_class)
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

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, actions[i].parameter,
                                     actions[i].activate);
}
