/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which data set to learn: one that is known by name, which may have to be downloaded, or a folder or
 * file of the user's, with what can be said about how it is read. Whatever is chosen is read at once in
 * another thread, so that it is known to be good before a training starts. Emits "changed". */

#include "app/dataset-group.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/dataset-chooser.h"
#include "app/dataset-options-row.h"
#include "core/dataset/download-error.h"
#include "core/dataset/known-sets.h"
#include "session/dataset-download.h"
#include "session/dataset-probe.h"

#define SETTLING_MS 500
#define MOST_FILES_LISTED 50
#define MOST_CLASSES_LISTED 6

/* A data set that can be chosen. */
typedef struct {
  CoterieDatasetGroup *group;
  const CoterieKnownSet *set; /* or %NULL: the user's own */
  char *path;                 /* or %NULL: not on this machine */
  GCancellable *downloading;
  AdwActionRow *row;
  GtkCheckButton *check;
  GtkWidget *download_button; /* or %NULL: nothing is to be downloaded */
  GtkWidget *progress_bar;
  GtkWidget *cancel_button;
} Choice;

struct _CoterieDatasetGroup {
  AdwPreferencesGroup parent_instance;

  GPtrArray *choices; /* the user's own is the last */
  GCancellable *probing;
  CoterieDataset *dataset;
  const CoterieKnownSet *wanted; /* if the user's own turns out to be no copy of it; or %NULL */

  CoterieDatasetOptionsRow *options_row;
  AdwExpanderRow *report_row;
  GPtrArray *report_rows; /* borrowed */

  guint settling_source;
  gboolean adopting; /* the choice changes, the data set does not */
};

enum { SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieDatasetGroup, coterie_dataset_group, ADW_TYPE_PREFERENCES_GROUP)

static void
emit_changed (CoterieDatasetGroup *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static Choice *
get_choice (CoterieDatasetGroup *self)
{
  for (guint i = 0; i < self->choices->len; i++) {
    Choice *choice = g_ptr_array_index (self->choices, i);

    if (gtk_check_button_get_active (choice->check))
      return choice;
  }
  return g_ptr_array_index (self->choices, 0);
}

static Choice *
get_own (CoterieDatasetGroup *self)
{
  return g_ptr_array_index (self->choices, self->choices->len - 1);
}

static Choice *
find_known (CoterieDatasetGroup *self, const CoterieKnownSet *set)
{
  for (guint i = 0; i + 1 < self->choices->len; i++) {
    Choice *choice = g_ptr_array_index (self->choices, i);

    if (choice->set == set)
      return choice;
  }
  return get_own (self);
}

static void
set_path (Choice *choice, const char *path)
{
  g_free (choice->path);
  choice->path = g_strdup (path);
  gtk_widget_set_tooltip_text (GTK_WIDGET (choice->row), path);
}

static void
set_error (AdwActionRow *row, gboolean error)
{
  if (error)
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
}

static char *
describe_known (const Choice *choice)
{
  const CoterieKnownSet *set = choice->set;
  const char *place = _ ("on this machine");

  if (set->kind == COTERIE_KNOWN_SET_BUILT_IN)
    return g_strdup (_ (set->summary));
  if (choice->path == NULL && set->kind == COTERIE_KNOWN_SET_BY_HAND)
    place = _ ("choose your copy");
  else if (choice->path == NULL)
    place = _ ("not downloaded");
  return g_strdup_printf ("%s · %s", _ (set->summary), place);
}

static char *
describe_own (const Choice *choice)
{
  if (choice->path != NULL)
    return g_filename_display_name (choice->path);
  return g_strdup (_ ("Images in a folder for each class, IDX, CIFAR-10, CSV or NumPy"));
}

/* What a choice says of itself when nothing is wrong. */
static void
update_choice (Choice *choice)
{
  gboolean running = choice->downloading != NULL;
  g_autofree char *subtitle = choice->set != NULL ? describe_known (choice) : describe_own (choice);

  set_error (choice->row, FALSE);
  adw_action_row_set_subtitle (choice->row, subtitle);
  if (choice->download_button != NULL) {
    gtk_widget_set_visible (choice->download_button, choice->path == NULL && !running);
    gtk_widget_set_visible (choice->progress_bar, running);
    gtk_widget_set_visible (choice->cancel_button, running);
  }
  gtk_widget_set_sensitive (GTK_WIDGET (choice->check), choice->path != NULL);
}

static void
show_dataset (Choice *choice, CoterieDataset *dataset)
{
  const char *column =
      coterie_dataset_report_get_class_column (coterie_dataset_get_report (dataset));
  g_autofree char *subtitle = g_strdup_printf (
      /* Translators: numbers of samples, and of classes */
      _ ("%'u samples to train on, %'u to test, %u classes"),
      (guint) coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING),
      (guint) coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST),
      coterie_dataset_get_info (dataset)->n_classes);

  if (column != NULL) {
    g_autofree char *classes =
        coterie_dataset_info_list_classes (coterie_dataset_get_info (dataset), MOST_CLASSES_LISTED);
    /* Translators: numbers of samples and classes; "column 3 (“kind”)"; a list of classes */
    g_autofree char *longer = g_strdup_printf (_ ("%s\nClass: %s: %s"), subtitle, column, classes);

    adw_action_row_set_subtitle (choice->row, longer);
  } else {
    adw_action_row_set_subtitle (choice->row, subtitle);
  }
  if (choice->set == NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (choice->row),
                                   coterie_dataset_get_info (dataset)->name);
}

/* What the row of the user's own data set says before there is one. */
static void
clear_own (Choice *own)
{
  set_path (own, NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (own->row), _ ("Folder or File"));
  update_choice (own);
}

static gboolean
has_ending (const char *path, const char *const *endings)
{
  g_autofree char *lower_path = g_ascii_strdown (path, -1);

  for (; *endings != NULL; endings++)
    if (g_str_has_suffix (lower_path, *endings))
      return TRUE;
  return FALSE;
}

/* Which options may have a say in what is chosen. */
static CoterieDatasetOptionFlags
find_options (CoterieDatasetGroup *self, const Choice *choice)
{
  static const char *const archives[] = {".tar", ".tar.gz", ".tgz", NULL};
  static const char *const arrays[] = {".npz", NULL};
  static const CoterieDatasetOptionFlags split =
      COTERIE_DATASET_OPTION_TEST_FRAC | COTERIE_DATASET_OPTION_SPLIT_SEED;
  const char *used =
      self->dataset != NULL ? coterie_dataset_get_info (self->dataset)->options : NULL;

  if (choice->set != NULL && choice->set->kind != COTERIE_KNOWN_SET_BY_HAND)
    return g_str_equal (choice->set->identifier, "cifar-10") ? COTERIE_DATASET_OPTION_COLOR : 0;
  if (choice->path == NULL)
    return 0;
  if (has_ending (choice->path, archives))
    return COTERIE_DATASET_OPTION_COLOR;
  if (has_ending (choice->path, arrays))
    return used == NULL || strstr (used, "test-fraction=") != NULL ? split : 0;
  if (!g_file_test (choice->path, G_FILE_TEST_IS_DIR))
    return COTERIE_DATASET_OPTION_LABEL_COLUMN | split;
  if (used != NULL && strstr (used, "image-size=") == NULL)
    return COTERIE_DATASET_OPTION_COLOR;
  return COTERIE_DATASET_OPTION_IMAGE_SIZE | COTERIE_DATASET_OPTION_COLOR | split;
}

static void
update_options (CoterieDatasetGroup *self, const Choice *choice)
{
  coterie_dataset_options_row_offer (self->options_row, find_options (self, choice));
}

static void
add_report_row (CoterieDatasetGroup *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_expander_row_add_row (self->report_row, row);
  g_ptr_array_add (self->report_rows, row);
}

static void
clear_report (CoterieDatasetGroup *self)
{
  for (guint i = 0; i < self->report_rows->len; i++)
    adw_expander_row_remove (self->report_row, g_ptr_array_index (self->report_rows, i));
  g_ptr_array_set_size (self->report_rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->report_row), FALSE);
}

static void
show_report (CoterieDatasetGroup *self, CoterieDatasetReport *report)
{
  gsize n_files = coterie_dataset_report_get_n_files (report);
  gsize n_listed = MIN (n_files, MOST_FILES_LISTED);
  g_autofree char *title = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u File Was Left Out", "%u Files Were Left Out", n_files),
      (guint) n_files);

  if (n_files == 0)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->report_row), title);
  for (gsize i = 0; i < n_listed; i++)
    add_report_row (self, coterie_dataset_report_get_path (report, i),
                    coterie_dataset_report_get_reason (report, i));
  if (n_files > n_listed) {
    g_autofree char *more = g_strdup_printf (_ ("and %u more"), (guint) (n_files - n_listed));

    add_report_row (self, more, "");
  }
  gtk_widget_set_visible (GTK_WIDGET (self->report_row), TRUE);
}

/* Whether what has been read will do where @set is asked for: of one that everybody has to get by
 * hand there is no telling what it looks like. */
static gboolean
stands_for (CoterieDataset *dataset, const CoterieKnownSet *set)
{
  if (set->kind == COTERIE_KNOWN_SET_BY_HAND)
    return coterie_dataset_info_is_image_folder (coterie_dataset_get_info (dataset));
  return coterie_known_set_is_read_as (set, dataset);
}

/* A copy of a known set that was opened by its path goes into that set's row, so that there are not two
 * rows of the same name. Returns the choice that it is now. */
static Choice *
adopt_copy (CoterieDatasetGroup *self, Choice *own)
{
  for (guint i = 0; i + 1 < self->choices->len; i++) {
    Choice *choice = g_ptr_array_index (self->choices, i);

    if (choice->downloading != NULL || !coterie_known_set_is_read_as (choice->set, self->dataset))
      continue;
    set_path (choice, own->path);
    update_choice (choice);
    self->adopting = TRUE;
    gtk_check_button_set_active (choice->check, TRUE);
    self->adopting = FALSE;
    clear_own (own);
    return choice;
  }
  return own;
}

static void activate (Choice *choice);

static void
probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CoterieDatasetGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = coterie_dataset_probe_finish (result, &error);
  const CoterieKnownSet *wanted = NULL;
  Choice *choice;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  choice = get_choice (self);
  if (choice->set == NULL)
    wanted = g_steal_pointer (&self->wanted);
  g_clear_object (&self->probing);
  g_clear_pointer (&self->dataset, coterie_dataset_unref);
  self->dataset = g_steal_pointer (&dataset);
  if (choice->set == NULL && self->dataset != NULL)
    choice = adopt_copy (self, choice);
  if (self->dataset != NULL) {
    show_dataset (choice, self->dataset);
    show_report (self, coterie_dataset_get_report (self->dataset));
  } else {
    adw_action_row_set_subtitle (choice->row, error->message);
  }
  set_error (choice->row, self->dataset == NULL);
  update_options (self, choice);
  if (wanted != NULL && (self->dataset == NULL || !stands_for (self->dataset, wanted)))
    activate (find_known (self, wanted));
  else
    emit_changed (self);
}

static void
stop_probing (CoterieDatasetGroup *self)
{
  g_clear_handle_id (&self->settling_source, g_source_remove);
  g_cancellable_cancel (self->probing);
  g_clear_object (&self->probing);
  g_clear_pointer (&self->dataset, coterie_dataset_unref);
}

static void
probe (CoterieDatasetGroup *self)
{
  Choice *choice = get_choice (self);

  stop_probing (self);
  clear_report (self);
  update_choice (choice);
  if (choice->path != NULL) {
    adw_action_row_set_subtitle (choice->row, _ ("Reading…"));
    self->probing = g_cancellable_new ();
    coterie_dataset_probe_async (choice->path, coterie_dataset_group_get_options (self),
                                 self->probing, probed, g_object_ref (self));
  } else if (choice->path == NULL && choice->set->kind == COTERIE_KNOWN_SET_BY_HAND) {
    g_autofree char *subtitle = g_strdup_printf (_ ("Choose the folder of %s"), choice->set->name);

    adw_action_row_set_subtitle (choice->row, subtitle);
  }
  update_options (self, choice);
  emit_changed (self);
}

static void
activate (Choice *choice)
{
  if (gtk_check_button_get_active (choice->check))
    probe (choice->group);
  else
    gtk_check_button_set_active (choice->check, TRUE);
}

static void
choose_path (Choice *choice, GFile *file)
{
  g_autofree char *path = g_file_get_path (file);

  choice->group->wanted = NULL;
  set_path (choice, path);
  update_choice (choice);
  activate (choice);
}

/* The one that was left says again what it is. */
static void
choice_toggled (Choice *choice)
{
  if (choice->group->adopting)
    return;
  if (gtk_check_button_get_active (choice->check))
    probe (choice->group);
  else
    update_choice (choice);
}

static gboolean
settled_cb (gpointer data)
{
  CoterieDatasetGroup *self = data;

  self->settling_source = 0;
  probe (self);
  return G_SOURCE_REMOVE;
}

static void
options_changed (CoterieDatasetGroup *self)
{
  stop_probing (self);
  emit_changed (self);
  self->settling_source = g_timeout_add (SETTLING_MS, settled_cb, self);
}

/* --- downloads --- */

static void
downloaded_some (guint64 n_done, guint64 n_total, gpointer data)
{
  Choice *choice = data;
  g_autofree char *done = g_format_size (n_done);
  g_autofree char *total = g_format_size (n_total);
  g_autofree char *subtitle = g_strdup_printf (_ ("%s of %s"), done, total);

  if (choice->downloading == NULL)
    return;
  adw_action_row_set_subtitle (choice->row, subtitle);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (choice->progress_bar),
                                 (double) n_done / (double) MAX (n_total, 1));
}

/* Which servers failed, and how, is more than most want to know: it is in the tooltip. */
static void
show_download_error (Choice *choice, const GError *error)
{
  g_autofree char *subtitle = NULL;

  if (g_error_matches (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_UNREACHABLE))
    subtitle =
        g_strdup (_ ("Could not download: no server can be reached. Is this computer offline?"));
  else
    subtitle = g_strdup_printf (_ ("Could not download: %s"), error->message);
  adw_action_row_set_subtitle (choice->row, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (choice->row), error->message);
  set_error (choice->row, TRUE);
}

/* The task keeps the group, and the group its choices. */
static void
downloaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Choice *choice = data;
  g_autoptr (CoterieDatasetGroup) self = choice->group;
  g_autoptr (GError) error = NULL;

  choice->path = coterie_dataset_download_finish (result, &error);
  g_clear_object (&choice->downloading);
  update_choice (choice);
  if (choice->path != NULL) {
    activate (choice);
    return;
  }
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_download_error (choice, error);
  emit_changed (self);
}

static void
download_response (AdwMessageDialog *dialog, const char *response, Choice *choice)
{
  if (!g_str_equal (response, "download") || choice->downloading != NULL)
    return;
  choice->downloading = g_cancellable_new ();
  update_choice (choice);
  adw_action_row_set_subtitle (choice->row, _ ("Connecting…"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (choice->row), NULL);
  g_object_ref (choice->group);
  coterie_dataset_download_async (choice->set, downloaded_some, choice, choice->downloading,
                                  downloaded, choice);
  emit_changed (choice->group);
}

static char *
dup_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return g_strdup (uri != NULL ? g_uri_get_host (uri) : address);
}

static void
ask_to_download (Choice *choice)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (choice->group)));
  g_autofree char *heading = g_strdup_printf (_ ("Download %s?"), choice->set->name);
  g_autofree char *size = g_format_size (coterie_known_set_get_size (choice->set));
  g_autofree char *folder = coterie_known_set_dup_folder (choice->set);
  g_autofree char *host = dup_host (choice->set->files[0].addresses[0]);
  g_autofree char *body =
      /* Translators: the size, the server, the licence, and the folder */
      g_strdup_printf (_ ("%s to download from %s.\nLicence: %s\nIt will be kept in %s."), size,
                       host, _ (choice->set->licence), folder);
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);
  GClosure *response = g_cclosure_new (G_CALLBACK (download_response), choice, NULL);

  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "download", _ ("_Download"),
                                    NULL);
  adw_message_dialog_set_response_appearance (message, "download", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "download");
  g_object_watch_closure (G_OBJECT (choice->group), response);
  g_signal_connect_closure (dialog, "response", response, FALSE);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
cancel_download (Choice *choice)
{
  g_cancellable_cancel (choice->downloading);
}

/* --- construction --- */

static void
choice_free (gpointer data)
{
  Choice *choice = data;

  g_clear_object (&choice->downloading);
  g_free (choice->path);
  g_free (choice);
}

static Choice *
add_choice (CoterieDatasetGroup *self, const CoterieKnownSet *set, const char *title)
{
  Choice *choice = g_new0 (Choice, 1);

  choice->group = self;
  choice->set = set;
  choice->row = ADW_ACTION_ROW (adw_action_row_new ());
  choice->check = GTK_CHECK_BUTTON (gtk_check_button_new ());
  if (self->choices->len > 0)
    gtk_check_button_set_group (choice->check,
                                ((Choice *) g_ptr_array_index (self->choices, 0))->check);
  g_ptr_array_add (self->choices, choice);

  gtk_widget_set_valign (GTK_WIDGET (choice->check), GTK_ALIGN_CENTER);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (choice->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (choice->row), title);
  adw_action_row_set_subtitle_lines (choice->row, 0);
  adw_action_row_add_prefix (choice->row, GTK_WIDGET (choice->check));
  adw_action_row_set_activatable_widget (choice->row, GTK_WIDGET (choice->check));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (choice->row));
  return choice;
}

/* What has no name of its own is called as its row. */
static GtkWidget *
add_suffix (AdwActionRow *row, GtkWidget *widget, const char *name)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  if (name != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
  adw_action_row_add_suffix (row, widget);
  return widget;
}

static void
add_download (Choice *choice)
{
  const CoterieKnownSet *set = choice->set;
  g_autofree char *download = g_strdup_printf (_ ("Download %s"), set->name);
  g_autofree char *cancel = g_strdup_printf (_ ("Cancel Download of %s"), set->name);

  choice->download_button =
      add_suffix (choice->row, gtk_button_new_with_label (_ ("Download…")), download);
  choice->progress_bar = add_suffix (choice->row, gtk_progress_bar_new (), download);
  choice->cancel_button =
      add_suffix (choice->row, gtk_button_new_with_label (_ ("Cancel")), cancel);
  gtk_widget_set_size_request (choice->progress_bar, 100, -1);
  g_signal_connect_swapped (choice->download_button, "clicked", G_CALLBACK (ask_to_download),
                            choice);
  g_signal_connect_swapped (choice->cancel_button, "clicked", G_CALLBACK (cancel_download), choice);
}

static void
by_hand_chosen (GFile *file, gpointer data)
{
  choose_path (data, file);
}

static void
choose_by_hand (Choice *choice)
{
  coterie_choose_data_set (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (choice->row))),
                           GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, by_hand_chosen, choice);
}

static void
add_folder (Choice *choice)
{
  g_autofree char *name = g_strdup_printf (_ ("Choose the Folder of %s"), choice->set->name);
  GtkWidget *button = add_suffix (choice->row, gtk_button_new_with_label (_ ("Folder…")), name);

  gtk_widget_set_tooltip_text (GTK_WIDGET (choice->row), _ (choice->set->licence));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (choose_by_hand), choice);
}

static void
add_known (CoterieDatasetGroup *self, const CoterieKnownSet *set)
{
  Choice *choice = add_choice (self, set, set->name);

  choice->path = set->kind == COTERIE_KNOWN_SET_BUILT_IN ? g_strdup (set->identifier)
                                                         : coterie_known_set_find_local (set);
  if (set->kind == COTERIE_KNOWN_SET_DOWNLOAD)
    add_download (choice);
  else if (set->kind == COTERIE_KNOWN_SET_BY_HAND)
    add_folder (choice);
  update_choice (choice);
}

static void
own_chosen (GFile *file, gpointer data)
{
  coterie_dataset_group_set_file (data, file);
}

static void
choose_folder (CoterieDatasetGroup *self)
{
  coterie_choose_data_set (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                           GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, own_chosen, self);
}

static void
choose_file (CoterieDatasetGroup *self)
{
  coterie_choose_data_set (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                           GTK_FILE_CHOOSER_ACTION_OPEN, own_chosen, self);
}

static void
add_own (CoterieDatasetGroup *self)
{
  Choice *choice = add_choice (self, NULL, "");
  GtkWidget *folder = add_suffix (choice->row, gtk_button_new_with_label (_ ("Folder…")),
                                  _ ("Choose the Folder of a Data Set"));
  GtkWidget *file = add_suffix (choice->row, gtk_button_new_with_label (_ ("File…")),
                                _ ("Choose the File of a Data Set"));

  g_signal_connect_swapped (folder, "clicked", G_CALLBACK (choose_folder), self);
  g_signal_connect_swapped (file, "clicked", G_CALLBACK (choose_file), self);
  clear_own (choice);
}

static void
add_options (CoterieDatasetGroup *self)
{
  self->options_row = coterie_dataset_options_row_new ();
  g_signal_connect_swapped (self->options_row, "changed", G_CALLBACK (options_changed), self);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->options_row));
}

static void
add_report (CoterieDatasetGroup *self)
{
  self->report_row = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_expander_row_set_subtitle (self->report_row, _ ("They could not be read"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->report_row));
  gtk_widget_set_visible (GTK_WIDGET (self->report_row), FALSE);
}

static void
coterie_dataset_group_dispose (GObject *object)
{
  CoterieDatasetGroup *self = COTERIE_DATASET_GROUP (object);

  stop_probing (self);
  for (guint i = 0; i < self->choices->len; i++) {
    Choice *choice = g_ptr_array_index (self->choices, i);

    g_signal_handlers_disconnect_by_data (choice->check, choice);
  }
  g_ptr_array_set_size (self->choices, 0);
  G_OBJECT_CLASS (coterie_dataset_group_parent_class)->dispose (object);
}

static void
coterie_dataset_group_finalize (GObject *object)
{
  CoterieDatasetGroup *self = COTERIE_DATASET_GROUP (object);

  g_ptr_array_unref (self->choices);
  g_ptr_array_unref (self->report_rows);
  G_OBJECT_CLASS (coterie_dataset_group_parent_class)->finalize (object);
}

/* A download goes on as long as the window does. */
static void
coterie_dataset_group_unroot (GtkWidget *widget)
{
  CoterieDatasetGroup *self = COTERIE_DATASET_GROUP (widget);

  for (guint i = 0; i < self->choices->len; i++)
    cancel_download (g_ptr_array_index (self->choices, i));
  stop_probing (self);
  GTK_WIDGET_CLASS (coterie_dataset_group_parent_class)->unroot (widget);
}

static void
coterie_dataset_group_class_init (CoterieDatasetGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = coterie_dataset_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = coterie_dataset_group_finalize;
  GTK_WIDGET_CLASS (klass)->unroot = coterie_dataset_group_unroot;
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                          0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
coterie_dataset_group_init (CoterieDatasetGroup *self)
{
  guint n_sets;
  const CoterieKnownSet *sets = coterie_known_sets_list (&n_sets);

  self->choices = g_ptr_array_new_with_free_func (choice_free);
  self->report_rows = g_ptr_array_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ ("Data Set"));

  for (guint i = 0; i < n_sets; i++)
    add_known (self, &sets[i]);
  add_own (self);
  add_options (self);
  add_report (self);

  for (guint i = 0; i < self->choices->len; i++) {
    Choice *choice = g_ptr_array_index (self->choices, i);

    g_signal_connect_swapped (choice->check, "toggled", G_CALLBACK (choice_toggled), choice);
  }
  gtk_check_button_set_active (((Choice *) g_ptr_array_index (self->choices, 0))->check, TRUE);
}

/**
 * coterie_dataset_group_set_file:
 * @self: the group
 * @file: where a data set lies: a folder or a file
 *
 * Offers @file and chooses it.
 */
void
coterie_dataset_group_set_file (CoterieDatasetGroup *self, GFile *file)
{
  Choice *own = get_own (self);

  clear_own (own);
  choose_path (own, file);
}

/**
 * coterie_dataset_group_set_known:
 * @self: the group
 * @identifier: of a known set
 * @options: how to read it
 *
 * Chooses that data set, whether it is on this machine or not. But what the user has opened stays if it
 * will do instead, which shows when it has been read.
 */
void
coterie_dataset_group_set_known (CoterieDatasetGroup *self,
                                 const char *identifier,
                                 const CoterieDatasetOptions *options)
{
  const CoterieKnownSet *set = coterie_known_sets_find (identifier);
  Choice *known = find_known (self, set);
  gboolean may_stand_for_it = get_choice (self) == get_own (self) && known->path == NULL &&
                              (self->dataset != NULL ? stands_for (self->dataset, set)
                                                     : coterie_dataset_group_is_reading (self));

  coterie_dataset_options_row_set_options (self->options_row, options);
  self->wanted = may_stand_for_it ? set : NULL;
  activate (may_stand_for_it ? get_own (self) : known);
}

/**
 * coterie_dataset_group_set_options:
 * @self: the group
 * @options: how to read what is chosen
 */
void
coterie_dataset_group_set_options (CoterieDatasetGroup *self, const CoterieDatasetOptions *options)
{
  self->wanted = NULL;
  coterie_dataset_options_row_set_options (self->options_row, options);
  probe (self);
}

/**
 * coterie_dataset_group_dup_state:
 * @self: the group
 *
 * Returns: (transfer full): what is chosen, how it is read, and what the user has found on this
 *   machine
 */
CoterieDatasetGroupState *
coterie_dataset_group_dup_state (CoterieDatasetGroup *self)
{
  CoterieDatasetGroupState *state = g_new0 (CoterieDatasetGroupState, 1);

  state->options = *coterie_dataset_group_get_options (self);
  state->paths = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < self->choices->len; i++) {
    const Choice *choice = g_ptr_array_index (self->choices, i);

    g_ptr_array_add (state->paths, g_strdup (choice->path));
    if (choice == get_choice (self))
      state->chosen = i;
  }
  return state;
}

/**
 * coterie_dataset_group_set_state:
 * @self: the group
 * @state: of another group, or of this one earlier
 *
 * Has everything as it was then. What has been downloaded since stays.
 */
void
coterie_dataset_group_set_state (CoterieDatasetGroup *self, const CoterieDatasetGroupState *state)
{
  for (guint i = 0; i < self->choices->len; i++) {
    Choice *choice = g_ptr_array_index (self->choices, i);

    const char *path = g_ptr_array_index (state->paths, i);

    if (choice->path == NULL && path != NULL &&
        (choice->download_button == NULL || g_file_test (path, G_FILE_TEST_EXISTS))) {
      set_path (choice, path);
      update_choice (choice);
    }
  }
  coterie_dataset_options_row_set_options (self->options_row, &state->options);
  activate (g_ptr_array_index (self->choices, state->chosen));
}

/**
 * coterie_dataset_group_state_free:
 * @state: what coterie_dataset_group_dup_state() gave
 */
void
coterie_dataset_group_state_free (CoterieDatasetGroupState *state)
{
  g_ptr_array_unref (state->paths);
  g_free (state);
}

/**
 * coterie_dataset_group_get_source:
 * @self: the group
 *
 * Returns: (nullable): what coterie_dataset_open_with() opens, until something else is chosen; %NULL
 *   if what is chosen is not on this machine
 */
const char *
coterie_dataset_group_get_source (CoterieDatasetGroup *self)
{
  return get_choice (self)->path;
}

/**
 * coterie_dataset_group_get_options:
 * @self: the group
 *
 * Returns: (transfer none): how to read it
 */
const CoterieDatasetOptions *
coterie_dataset_group_get_options (CoterieDatasetGroup *self)
{
  return coterie_dataset_options_row_get_options (self->options_row);
}

/**
 * coterie_dataset_group_get_dataset:
 * @self: the group
 *
 * Returns: (transfer none) (nullable): what is chosen, read; %NULL if that is not done, or cannot be
 */
CoterieDataset *
coterie_dataset_group_get_dataset (CoterieDatasetGroup *self)
{
  return self->dataset;
}

/**
 * coterie_dataset_group_is_reading:
 * @self: the group
 *
 * Returns: whether it will be known soon if what is chosen can be read
 */
gboolean
coterie_dataset_group_is_reading (CoterieDatasetGroup *self)
{
  return self->probing != NULL || self->settling_source != 0;
}

/**
 * coterie_dataset_group_dup_lack:
 * @self: the group
 *
 * Returns: (transfer full) (nullable): why there is no data set, and what to do about it; %NULL if there
 *   is one
 */
char *
coterie_dataset_group_dup_lack (CoterieDatasetGroup *self)
{
  const Choice *choice = get_choice (self);

  if (self->dataset != NULL)
    return NULL;
  if (coterie_dataset_group_is_reading (self))
    return g_strdup (_ ("The data set is being read"));
  if (choice->path != NULL)
    return g_strdup (_ ("This data set cannot be read: choose another one"));
  if (choice->downloading != NULL)
    return g_strdup_printf (_ ("%s is being downloaded"), choice->set->name);
  if (choice->download_button == NULL)
    return g_strdup_printf (_ ("%s is not on this machine yet: choose its folder"),
                            choice->set->name);
  return g_strdup_printf (_ ("%s is not on this machine yet: download it or choose its folder"),
                          choice->set->name);
}
