/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes into a window: recordings, and data sets to train on, whether they are chosen, dropped or
 * named on the command line. */

#include "config.h"

#include <glib/gi18n.h>

#include "app/window-private.h"
#include "core/dataset/digits.h"
#include "session/file-probe.h"
#include "session/recordings-folder.h"

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
open_recording (CoterieWindow *self, const char *path)
{
  CoterieWindow *window = find_free_window (self);
  g_autofree char *name = g_path_get_basename (path);

  adw_status_page_set_title (window->loading_page, name);
  adw_status_page_set_description (window->loading_page, _ ("Opening the recording…"));
  keep_previous (window);
  coterie_session_open (window->session, path);
}

/**
 * coterie_window_train:
 * @self: the window
 * @name: of the data set
 * @settings: of the training; its output is set
 *
 * Trains here, or in a window of its own if a training goes on here.
 */
void
coterie_window_train (CoterieWindow *self, const char *name, CoterieRunSettings *settings)
{
  CoterieWindow *window = find_free_window (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *path = coterie_recordings_folder_propose (name, &error);

  if (path == NULL) {
    coterie_window_show_error (window, _ ("Cannot Record the Training"), error->message);
    return;
  }
  settings->output = path;
  adw_status_page_set_title (window->loading_page, name);
  adw_status_page_set_description (window->loading_page,
                                   _ ("Preparing the data and the untrained network…"));
  keep_previous (window);
  coterie_session_train (window->session, settings);
}

/**
 * coterie_window_train_on_digits:
 * @self: the window
 *
 * Trains on the built-in data set, with nothing asked.
 */
void
coterie_window_train_on_digits (CoterieWindow *self)
{
  CoterieRunSettings settings = {.source = COTERIE_DIGITS_SOURCE};

  coterie_training_settings_init (&settings.training);
  coterie_analysis_settings_init (&settings.analysis);
  coterie_window_train (self, _ ("Digits"), &settings);
}

static void
digits_found (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (CoterieWindow) self = data;
  g_autofree char *path = coterie_recordings_folder_find_last_finish (result);

  /* it may have been closed meanwhile */
  if (gtk_window_get_application (GTK_WINDOW (self)) == NULL)
    return;
  if (path != NULL)
    open_recording (self, path);
  else
    coterie_window_train_on_digits (self);
}

/**
 * coterie_window_open_digits:
 * @self: the window
 *
 * Shows what has been learnt of the built-in data set, or learns it if that has not been done before.
 */
void
coterie_window_open_digits (CoterieWindow *self)
{
  coterie_recordings_folder_find_last_async (_ ("Digits"), NULL, digits_found, g_object_ref (self));
}

/**
 * coterie_window_has_digits:
 * @self: the window
 *
 * Returns: whether it shows a training on the built-in data set, or begins with some training
 */
gboolean
coterie_window_has_digits (CoterieWindow *self)
{
  CoterieRunInfo *info = coterie_session_get_info (self->session);

  if (info == NULL)
    return coterie_session_get_busy (self->session);
  return g_str_equal (info->dataset.source, COTERIE_DIGITS_SOURCE);
}

static void
dialog_start (CoterieTrainDialog *dialog, CoterieWindow *self)
{
  CoterieRunSettings settings;

  coterie_train_dialog_get_settings (dialog, &settings);
  coterie_window_train (self, coterie_train_dialog_get_name (dialog), &settings);
}

/* Whether it was started or not, the next one begins with it. */
static gboolean
dialog_closed (CoterieTrainDialog *dialog, CoterieWindow *self)
{
  g_clear_pointer (&self->train_state, coterie_train_dialog_state_free);
  self->train_state = coterie_train_dialog_dup_state (dialog);
  g_clear_weak_pointer (&self->train_dialog);
  return GDK_EVENT_PROPAGATE;
}

static void
make_train_dialog (CoterieWindow *self)
{
  CoterieTrainDialog *dialog = coterie_train_dialog_new (GTK_WINDOW (self));

  if (self->train_state != NULL)
    coterie_train_dialog_set_state (dialog, self->train_state);
  g_signal_connect_object (dialog, "start", G_CALLBACK (dialog_start), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (dialog, "close-request", G_CALLBACK (dialog_closed), self,
                           G_CONNECT_DEFAULT);
  g_set_weak_pointer (&self->train_dialog, dialog);
}

/**
 * coterie_window_show_train_dialog:
 * @self: the window
 * @dataset: (nullable): the folder or file of a data set to choose
 *
 * Asks what to train, as it was set the last time.
 */
void
coterie_window_show_train_dialog (CoterieWindow *self, GFile *dataset)
{
  if (self->train_dialog == NULL)
    make_train_dialog (self);
  if (dataset != NULL)
    coterie_train_dialog_set_data_set (self->train_dialog, dataset);
  gtk_window_present (GTK_WINDOW (self->train_dialog));
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

/**
 * coterie_window_accept_files:
 * @self: the window
 *
 * Has files that are dropped on @self opened.
 */
void
coterie_window_accept_files (CoterieWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_signal_connect_swapped (drop, "drop", G_CALLBACK (files_dropped), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
}

static void
open_source (CoterieWindow *self, CoterieFileKind kind, const char *source)
{
  g_autoptr (GFile) file = g_file_new_for_path (source);

  if (kind == COTERIE_FILE_RECORDING)
    open_recording (self, source);
  else
    coterie_window_show_train_dialog (self, file);
}

static void
file_probed (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (CoterieWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *source = NULL;
  CoterieFileKind kind = coterie_file_probe_finish (result, &source, &error);

  /* it may have been closed meanwhile */
  if (gtk_window_get_application (GTK_WINDOW (self)) == NULL)
    return;
  if (kind == COTERIE_FILE_NONE)
    coterie_window_show_error (self, _ ("Cannot Open This"), error->message);
  else
    open_source (self, kind, source);
}

/**
 * coterie_window_open_file:
 * @self: the window
 * @file: a recording, or a folder or file with a data set to train on
 *
 * Finds out what @file is. Opens a recording here, or in a window of its own if a training goes on
 * here; of a data set asks how to train on it.
 */
void
coterie_window_open_file (CoterieWindow *self, GFile *file)
{
  const char *path = g_file_peek_path (file);

  if (path == NULL) {
    g_autofree char *uri = g_file_get_uri (file);
    g_autofree char *message =
        g_strdup_printf (_ ("%s: not a file of this computer; copy it here first"), uri);

    coterie_window_show_error (self, _ ("Cannot Open This"), message);
    return;
  }
  coterie_file_probe_async (path, NULL, file_probed, g_object_ref (self));
}
