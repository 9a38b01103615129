/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program as the desktop sees it: it opens files in windows, has an about page, and quits only
 * when every window agrees. */

#include "app/application.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/window.h"
#include "core/run/scratch-recording.h"

struct _CoterieApplication {
  AdwApplication parent_instance;
};

G_DEFINE_FINAL_TYPE (CoterieApplication, coterie_application, ADW_TYPE_APPLICATION)

static void
new_window (CoterieApplication *self, GFile *file)
{
  CoterieWindow *window = coterie_window_new (self);

  gtk_window_present (GTK_WINDOW (window));
  if (file != NULL)
    coterie_window_open_file (window, file);
}

/* As a file on the command line does, it gets a window of its own; but one is enough. */
static void
activate_digits (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  CoterieWindow *window;

  for (GList *link = gtk_application_get_windows (data); link != NULL; link = link->next)
    if (COTERIE_IS_WINDOW (link->data) && coterie_window_has_digits (link->data)) {
      gtk_window_present (link->data);
      return;
    }
  window = coterie_window_new (data);
  gtk_window_present (GTK_WINDOW (window));
  coterie_window_open_digits (window);
}

static void
activate_new_window (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  new_window (data, NULL);
}

/* Each window closes by itself, or asks first; with the last one the program ends. */
static void
activate_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *application = GTK_APPLICATION (data);
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
}

static char *
describe_versions (void)
{
  return g_strdup_printf (
      "Coterie %s\n"
      "GTK %u.%u.%u (built with %d.%d.%d)\n"
      "libadwaita %u.%u.%u (built with %d.%d.%d)\n"
      "GLib %u.%u.%u (built with %d.%d.%d)\n",
      VERSION, gtk_get_major_version (), gtk_get_minor_version (), gtk_get_micro_version (),
      GTK_MAJOR_VERSION, GTK_MINOR_VERSION, GTK_MICRO_VERSION, adw_get_major_version (),
      adw_get_minor_version (), adw_get_micro_version (), ADW_MAJOR_VERSION, ADW_MINOR_VERSION,
      ADW_MICRO_VERSION, glib_major_version, glib_minor_version, glib_micro_version,
      GLIB_MAJOR_VERSION, GLIB_MINOR_VERSION, GLIB_MICRO_VERSION);
}

static void
activate_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (data));
  const char *developers[] = {_ ("The Coterie developers"), NULL};
  g_autofree char *versions = describe_versions ();

  adw_show_about_window (
      parent, "application-name", "Coterie", "application-icon", APPLICATION_ID, "version", VERSION,
      "developer-name", _ ("The Coterie developers"), "developers", developers, "license-type",
      GTK_LICENSE_GPL_3_0, "comments",
      _ ("Trains a neural network and shows how communities of neurons form in it, iteration by "
         "iteration.\n\nAfter “On the Evolution of Neuron Communities in a Deep Learning "
         "Architecture” by Mondal and Mostafa."),
      "debug-info", versions, "debug-info-filename", "coterie-versions.txt",
      /* Translators: put your names here, one a line */
      "translator-credits", _ ("translator-credits"), NULL);
}

/* What a notification is about; the window may be closed by now. */
static void
activate_present_window (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWindow *window =
      gtk_application_get_window_by_id (GTK_APPLICATION (data), g_variant_get_uint32 (parameter));

  if (window != NULL)
    gtk_window_present (window);
}

static const GActionEntry actions[] = {
    {"new-window", activate_new_window},
    {"digits", activate_digits},
    {"present-window", activate_present_window, "u"},
    {"quit", activate_quit},
    {"about", activate_about},
};

static const struct {
  const char *action;
  const char *accelerators[3];
} accelerators[] = {
    {"app.new-window", {"<Control><Shift>n"}},
    {"app.quit", {"<Control>q"}},
    {"win.open", {"<Control>o"}},
    {"win.find", {"<Control>f"}},
    {"win.train", {"<Control>n"}},
    {"win.save-picture", {"<Control><Shift>s"}},
    {"window.close", {"<Control>w"}},
    {"win.shortcuts", {"F1", "<Control>question"}},
    {"win.show-sidebar", {"F9"}},
};

static void
remove_abandoned (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  coterie_scratch_recording_remove_abandoned (g_get_tmp_dir ());
}

/* What was measured when the program was killed would stay for ever. */
static void
clean_up (void)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_run_in_thread (task, remove_abandoned);
}

static void
coterie_application_startup (GApplication *application)
{
  G_APPLICATION_CLASS (coterie_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions),
                                   application);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), accelerators[i].action,
                                           accelerators[i].accelerators);
  gtk_window_set_default_icon_name (APPLICATION_ID);
  clean_up ();
}

static void
coterie_application_activate (GApplication *application)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (active != NULL)
    gtk_window_present (active);
  else
    new_window (COTERIE_APPLICATION (application), NULL);
}

static void
coterie_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  for (int i = 0; i < n_files; i++)
    new_window (COTERIE_APPLICATION (application), files[i]);
}

static int
coterie_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version")) {
    g_autofree char *versions = describe_versions ();

    g_print ("%s", versions);
    return 0;
  }
  /* Of a program that is running already, that one opens the window; then it comes to the front. */
  if (g_variant_dict_contains (options, "digits") &&
      g_application_register (application, NULL, NULL))
    g_action_group_activate_action (G_ACTION_GROUP (application), "digits", NULL);
  return -1;
}

static void
coterie_application_class_init (CoterieApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = coterie_application_startup;
  application_class->activate = coterie_application_activate;
  application_class->open = coterie_application_open;
  application_class->handle_local_options = coterie_application_handle_local_options;
}

static void
coterie_application_init (CoterieApplication *self)
{
  const GOptionEntry options[] = {
      {"digits", 0, 0, G_OPTION_ARG_NONE, NULL,
       N_ ("Show the built-in data set: the last training on it, or a new one"), NULL},
      {"version", 0, 0, G_OPTION_ARG_NONE, NULL,
       N_ ("Show the versions of Coterie and its libraries"), NULL},
      {NULL},
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE…]"));
}

/**
 * coterie_application_new:
 *
 * Returns: (transfer full): the program
 */
CoterieApplication *
coterie_application_new (void)
{
  return g_object_new (COTERIE_TYPE_APPLICATION, "application-id", APPLICATION_ID,
                       "resource-base-path", RESOURCE_PREFIX, "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
