/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A data set that can be chosen: one that is known by name, with what it takes to have it on this
 * machine, or a folder or file of the user's. Says what it is, and when it has been read what is in it.
 * Emits
 *
 *   "toggled"  when it is chosen, and when another one is
 *   "located"  with a folder or file that the user wants it to be
 *   "fetched"  when it has been downloaded
 *   "changed"  when a download has begun or failed
 *
 * The row takes the focus itself and does what is next: it chooses the data set, or gets it onto this
 * machine. Only what it does not do can be focused besides.
 */

#include "app/dataset-choice-row.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/dataset-chooser.h"
#include "app/dataset-fetcher.h"
#include "core/base/count-text.h"
#include "core/dataset/download-error.h"

#define MOST_CLASSES_LISTED 6

struct _CoterieDatasetChoiceRow {
  AdwActionRow parent_instance;

  const CoterieKnownSet *set; /* or %NULL: the user's own */
  char *path;                 /* or %NULL: not on this machine */

  GtkCheckButton *check;
  CoterieDatasetFetcher *fetcher; /* or %NULL: nothing is to be downloaded */
  GtkWidget *folder_button;       /* or %NULL: nothing is to be looked for */
};

enum { SIGNAL_TOGGLED, SIGNAL_LOCATED, SIGNAL_FETCHED, SIGNAL_CHANGED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieDatasetChoiceRow, coterie_dataset_choice_row, ADW_TYPE_ACTION_ROW)

static void
set_subtitle (CoterieDatasetChoiceRow *self, const char *subtitle)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
}

static void
set_error (CoterieDatasetChoiceRow *self, gboolean error)
{
  if (error)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
}

/* What a download that was stopped has left is not lost. */
static char *
describe_download (const CoterieKnownSet *set)
{
  guint64 n_kept = coterie_known_set_count_kept (set);
  g_autofree char *kept = g_format_size (n_kept);
  g_autofree char *size = g_format_size (coterie_known_set_get_size (set));

  if (n_kept == 0)
    return g_strdup (_ ("Not downloaded"));
  /* Translators: "7.9 MB of 30.9 MB are here" */
  return g_strdup_printf (_ ("%s of %s are here"), kept, size);
}

static char *
describe_known (CoterieDatasetChoiceRow *self)
{
  const CoterieKnownSet *set = self->set;
  const char *place = _ ("On this machine");
  g_autofree char *download = NULL;

  if (set->kind == COTERIE_KNOWN_SET_BUILT_IN)
    place = _ ("Built in");
  else if (self->path == NULL && set->kind == COTERIE_KNOWN_SET_BY_HAND)
    place = _ ("Choose your copy");
  else if (self->path == NULL)
    place = download = describe_download (set);
  return g_strdup_printf ("%s\n%s", _ (set->summary), place);
}

/* What has been downloaded and is damaged can be downloaded again. */
static gboolean
may_download_again (CoterieDatasetChoiceRow *self)
{
  return self->fetcher != NULL && self->path != NULL && coterie_known_sets_own (self->path);
}

static char *
describe_own (CoterieDatasetChoiceRow *self)
{
  if (self->path != NULL)
    return g_filename_display_name (self->path);
  return g_strdup (_ ("Images in a folder for each class, IDX, CIFAR-10, CSV or NumPy"));
}

/* The row would lend its title as a label to what it activates, behind the name that the button has. */
static void
set_next (CoterieDatasetChoiceRow *self, GtkWidget *next)
{
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), next);
  if (next != NULL)
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (next), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* What activating the row does: where there are two ways to get the data set, nothing. */
static void
update_activation (CoterieDatasetChoiceRow *self)
{
  gboolean by_hand = self->set != NULL && self->folder_button != NULL;
  GtkWidget *next = NULL;

  if (self->path != NULL)
    next = GTK_WIDGET (self->check);
  else if (self->fetcher != NULL)
    next = coterie_dataset_fetcher_get_start (self->fetcher);
  else if (by_hand)
    next = self->folder_button;

  if (by_hand)
    gtk_widget_set_can_focus (self->folder_button, next != self->folder_button);
  set_next (self, next);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), next != NULL);
}

/* --- downloads --- */

static void
fetching_started (CoterieDatasetChoiceRow *self)
{
  coterie_dataset_choice_row_show_itself (self);
  set_subtitle (self, _ ("Connecting…"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* Which servers failed, and how, is more than most want to know: it is in the tooltip. */
static void
show_download_error (CoterieDatasetChoiceRow *self, const GError *error)
{
  g_autofree char *subtitle = NULL;

  if (g_error_matches (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_UNREACHABLE))
    subtitle =
        g_strdup (_ ("Could not download: no server can be reached. Is this computer offline?"));
  else
    subtitle = g_strdup_printf (_ ("Could not download: %s"), error->message);
  coterie_dataset_choice_row_show_error (self, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), error->message);
}

static void
fetching_ended (CoterieDatasetChoiceRow *self, const char *path, const GError *error)
{
  if (path != NULL) {
    g_free (self->path);
    self->path = g_strdup (path);
  }
  coterie_dataset_choice_row_show_itself (self);
  if (error != NULL)
    show_download_error (self, error);
  g_signal_emit (self, signals[path != NULL ? SIGNAL_FETCHED : SIGNAL_CHANGED], 0);
}

/* --- construction --- */

/* What has no name of its own is called as its row. */
static GtkWidget *
add_button (CoterieDatasetChoiceRow *self, const char *label, const char *name, GCallback clicked)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", clicked, self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  return button;
}

static void
file_chosen (GFile *file, gpointer data)
{
  g_signal_emit (data, signals[SIGNAL_LOCATED], 0, file);
}

static void
ask_for (CoterieDatasetChoiceRow *self, GtkFileChooserAction action)
{
  coterie_choose_data_set (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), action,
                           file_chosen, self);
}

static void
choose_folder (CoterieDatasetChoiceRow *self)
{
  ask_for (self, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER);
}

static void
choose_file (CoterieDatasetChoiceRow *self)
{
  ask_for (self, GTK_FILE_CHOOSER_ACTION_OPEN);
}

static void
add_fetcher (CoterieDatasetChoiceRow *self)
{
  self->fetcher = coterie_dataset_fetcher_new (self->set);
  g_signal_connect_object (self->fetcher, "started", G_CALLBACK (fetching_started), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fetcher, "progressed", G_CALLBACK (set_subtitle), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fetcher, "ended", G_CALLBACK (fetching_ended), self,
                           G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->fetcher));
}

static void
add_known (CoterieDatasetChoiceRow *self)
{
  const CoterieKnownSet *set = self->set;
  g_autofree char *folder = g_strdup_printf (_ ("Choose the Folder of %s"), set->name);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), set->name);
  self->path = set->kind == COTERIE_KNOWN_SET_BUILT_IN ? g_strdup (set->identifier)
                                                       : coterie_known_set_find_local (set);
  if (set->kind == COTERIE_KNOWN_SET_DOWNLOAD) {
    add_fetcher (self);
  } else if (set->kind == COTERIE_KNOWN_SET_BY_HAND) {
    self->folder_button = add_button (self, _ ("Folder…"), folder, G_CALLBACK (choose_folder));
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ (set->licence));
  }
}

static void
add_own (CoterieDatasetChoiceRow *self)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Folder or File"));
  self->folder_button = add_button (self, _ ("Folder…"), _ ("Choose the Folder of a Data Set"),
                                    G_CALLBACK (choose_folder));
  add_button (self, _ ("File…"), _ ("Choose the File of a Data Set"), G_CALLBACK (choose_file));
}

static void
check_toggled (CoterieDatasetChoiceRow *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_CHECKED,
                               coterie_dataset_choice_row_get_chosen (self)
                                   ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                   : GTK_ACCESSIBLE_TRISTATE_FALSE,
                               -1);
  g_signal_emit (self, signals[SIGNAL_TOGGLED], 0);
}

/* A row that does nothing is no stop on the way to its buttons. */
static gboolean
coterie_dataset_choice_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkListBoxRow *row = GTK_LIST_BOX_ROW (widget);

  if (gtk_list_box_row_get_activatable (row))
    return GTK_WIDGET_CLASS (coterie_dataset_choice_row_parent_class)->focus (widget, direction);
  return gtk_widget_child_focus (gtk_list_box_row_get_child (row), direction);
}

static gboolean
coterie_dataset_choice_row_grab_focus (GtkWidget *widget)
{
  CoterieDatasetChoiceRow *self = COTERIE_DATASET_CHOICE_ROW (widget);

  if (gtk_list_box_row_get_activatable (GTK_LIST_BOX_ROW (widget)))
    return GTK_WIDGET_CLASS (coterie_dataset_choice_row_parent_class)->grab_focus (widget);
  return gtk_widget_grab_focus (self->folder_button);
}

static void
coterie_dataset_choice_row_finalize (GObject *object)
{
  g_free (COTERIE_DATASET_CHOICE_ROW (object)->path);
  G_OBJECT_CLASS (coterie_dataset_choice_row_parent_class)->finalize (object);
}

static guint
add_signal (GType type, const char *name)
{
  return g_signal_new (name, type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
coterie_dataset_choice_row_class_init (CoterieDatasetChoiceRowClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = coterie_dataset_choice_row_finalize;
  GTK_WIDGET_CLASS (klass)->focus = coterie_dataset_choice_row_focus;
  GTK_WIDGET_CLASS (klass)->grab_focus = coterie_dataset_choice_row_grab_focus;
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_RADIO);
  signals[SIGNAL_TOGGLED] = add_signal (type, "toggled");
  signals[SIGNAL_LOCATED] = g_signal_new ("located", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_FILE);
  signals[SIGNAL_FETCHED] = add_signal (type, "fetched");
  signals[SIGNAL_CHANGED] = add_signal (type, "changed");
}

static void
coterie_dataset_choice_row_init (CoterieDatasetChoiceRow *self)
{
  AdwActionRow *row = ADW_ACTION_ROW (self);

  self->check =
      g_object_new (GTK_TYPE_CHECK_BUTTON, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION,
                    "can-focus", FALSE, "valign", GTK_ALIGN_CENTER, NULL);
  g_signal_connect_object (self->check, "toggled", G_CALLBACK (check_toggled), self,
                           G_CONNECT_SWAPPED);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_action_row_set_subtitle_lines (row, 0);
  adw_action_row_add_prefix (row, GTK_WIDGET (self->check));
}

/**
 * coterie_dataset_choice_row_new:
 * @set: (nullable): a known data set, or %NULL for one of the user's own
 *
 * Returns: (transfer floating): its row
 */
CoterieDatasetChoiceRow *
coterie_dataset_choice_row_new (const CoterieKnownSet *set)
{
  CoterieDatasetChoiceRow *self = g_object_new (COTERIE_TYPE_DATASET_CHOICE_ROW, NULL);

  self->set = set;
  if (set != NULL)
    add_known (self);
  else
    add_own (self);
  coterie_dataset_choice_row_show_itself (self);
  return self;
}

/**
 * coterie_dataset_choice_row_set_group:
 * @self: the row
 * @other: another one
 *
 * Has one of them be chosen at most.
 */
void
coterie_dataset_choice_row_set_group (CoterieDatasetChoiceRow *self, CoterieDatasetChoiceRow *other)
{
  gtk_check_button_set_group (self->check, other->check);
}

/**
 * coterie_dataset_choice_row_get_set:
 * @self: the row
 *
 * Returns: (nullable): the known data set, or %NULL for the user's own
 */
const CoterieKnownSet *
coterie_dataset_choice_row_get_set (CoterieDatasetChoiceRow *self)
{
  return self->set;
}

/**
 * coterie_dataset_choice_row_get_chosen:
 * @self: the row
 *
 * Returns: whether it is the one that is chosen
 */
gboolean
coterie_dataset_choice_row_get_chosen (CoterieDatasetChoiceRow *self)
{
  return gtk_check_button_get_active (self->check);
}

/**
 * coterie_dataset_choice_row_choose:
 * @self: the row
 *
 * Chooses it instead of the others of its group.
 */
void
coterie_dataset_choice_row_choose (CoterieDatasetChoiceRow *self)
{
  gtk_check_button_set_active (self->check, TRUE);
}

/**
 * coterie_dataset_choice_row_get_path:
 * @self: the row
 *
 * Returns: (nullable): what coterie_dataset_open_with() opens; %NULL if it is not on this machine
 */
const char *
coterie_dataset_choice_row_get_path (CoterieDatasetChoiceRow *self)
{
  return self->path;
}

/**
 * coterie_dataset_choice_row_set_path:
 * @self: the row
 * @path: (nullable) (type filename): where it lies, or %NULL if that is not known
 *
 * Says what it is by that.
 */
void
coterie_dataset_choice_row_set_path (CoterieDatasetChoiceRow *self, const char *path)
{
  char *old_path = self->path;

  self->path = g_strdup (path);
  g_free (old_path);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), path);
  if (self->set == NULL && path == NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _ ("Folder or File"));
  coterie_dataset_choice_row_show_itself (self);
}

/**
 * coterie_dataset_choice_row_may_be_downloaded:
 * @self: the row
 *
 * Returns: whether it is one of those that can be
 */
gboolean
coterie_dataset_choice_row_may_be_downloaded (CoterieDatasetChoiceRow *self)
{
  return self->fetcher != NULL;
}

/**
 * coterie_dataset_choice_row_is_downloading:
 * @self: the row
 *
 * Returns: whether it is being downloaded
 */
gboolean
coterie_dataset_choice_row_is_downloading (CoterieDatasetChoiceRow *self)
{
  return self->fetcher != NULL && coterie_dataset_fetcher_is_running (self->fetcher);
}

/**
 * coterie_dataset_choice_row_show_itself:
 * @self: the row
 *
 * Says what it is when nothing is wrong, and nothing more is known.
 */
void
coterie_dataset_choice_row_show_itself (CoterieDatasetChoiceRow *self)
{
  g_autofree char *subtitle = self->set != NULL ? describe_known (self) : describe_own (self);

  set_error (self, FALSE);
  set_subtitle (self, subtitle);
  if (self->fetcher != NULL)
    gtk_widget_set_visible (GTK_WIDGET (self->fetcher),
                            self->path == NULL ||
                                coterie_dataset_fetcher_is_running (self->fetcher));
  gtk_widget_set_sensitive (GTK_WIDGET (self->check), self->path != NULL);
  update_activation (self);
}

/**
 * coterie_dataset_choice_row_show_reading:
 * @self: the row, which has been chosen
 *
 * Says that it is being read, or what it takes for that.
 */
void
coterie_dataset_choice_row_show_reading (CoterieDatasetChoiceRow *self)
{
  coterie_dataset_choice_row_show_itself (self);
  if (self->path != NULL) {
    set_subtitle (self, _ ("Reading…"));
  } else if (self->set != NULL && self->set->kind == COTERIE_KNOWN_SET_BY_HAND) {
    g_autofree char *subtitle = g_strdup_printf (_ ("Choose the folder of %s"), self->set->name);

    set_subtitle (self, subtitle);
  }
}

/* What is added to what a data set contains, each in a line of its own that begins here: of a table which column
 * became the class, of a folder of images how many of its files had to be left out, and which classes are
 * not tested. */
static char *
describe_reading (CoterieDataset *dataset)
{
  const CoterieDatasetInfo *info = coterie_dataset_get_info (dataset);
  CoterieDatasetReport *report = coterie_dataset_get_report (dataset);
  const char *column = coterie_dataset_report_get_class_column (report);
  gsize n_left_out = coterie_dataset_report_get_n_files (report);
  gsize n_samples = coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING) +
                    coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST);
  GString *text = g_string_new (NULL);

  if (column != NULL) {
    g_autofree char *classes = coterie_dataset_info_list_classes (info, MOST_CLASSES_LISTED);

    g_string_append_c (text, '\n');
    /* Translators: "column 3 (“kind”)"; a list of classes */
    g_string_append_printf (text, _ ("Class: %s: %s"), column, classes);
  } else if (n_left_out > 0 && coterie_dataset_info_is_image_folder (info)) {
    g_string_append_c (text, '\n');
    g_string_append_printf (text, _ ("%'u of %'u files left out"), (guint) n_left_out,
                            (guint) (n_left_out + n_samples));
  }
  if (coterie_dataset_report_get_n_untested_classes (report) > 0) {
    g_autofree char *classes =
        coterie_dataset_report_list_untested_classes (report, MOST_CLASSES_LISTED);

    g_string_append_c (text, '\n');
    /* Translators: a list of classes */
    g_string_append_printf (text, _ ("Without test samples: %s"), classes);
  }
  return g_string_free (text, FALSE);
}

/**
 * coterie_dataset_choice_row_show_dataset:
 * @self: the row
 * @dataset: what it has been read as
 *
 * Says what is in it.
 */
void
coterie_dataset_choice_row_show_dataset (CoterieDatasetChoiceRow *self, CoterieDataset *dataset)
{
  const CoterieDatasetInfo *info = coterie_dataset_get_info (dataset);
  g_autofree char *reading = describe_reading (dataset);
  g_autofree char *n_training =
      coterie_count_to_text (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING));
  g_autofree char *n_test =
      coterie_count_to_text (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST));
  g_autofree char *contents = g_strdup_printf (
      /* Translators: numbers of samples, and of classes */
      _ ("%s samples to train on, %s to test, %u classes"), n_training, n_test, info->n_classes);
  const char *summary = self->set != NULL ? _ (self->set->summary) : NULL;
  g_autofree char *subtitle = g_strconcat (summary != NULL ? summary : "",
                                           summary != NULL ? "\n" : "", contents, reading, NULL);

  set_error (self, FALSE);
  set_subtitle (self, subtitle);
  if (self->set == NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), info->name);
}

/**
 * coterie_dataset_choice_row_show_error:
 * @self: the row
 * @message: what is wrong with it
 *
 * Says so, and offers to download it again if that may help.
 */
void
coterie_dataset_choice_row_show_error (CoterieDatasetChoiceRow *self, const char *message)
{
  set_subtitle (self, message);
  set_error (self, TRUE);
  if (may_download_again (self)) {
    gtk_widget_set_visible (GTK_WIDGET (self->fetcher), TRUE);
    set_next (self, coterie_dataset_fetcher_get_start (self->fetcher));
  }
}

/**
 * coterie_dataset_choice_row_dup_lack:
 * @self: the row, which is chosen
 *
 * Returns: (transfer full): why it cannot be learnt, as it has not been read, and what to do about it
 */
char *
coterie_dataset_choice_row_dup_lack (CoterieDatasetChoiceRow *self)
{
  if (coterie_dataset_choice_row_is_downloading (self))
    return g_strdup_printf (_ ("%s is being downloaded"), self->set->name);
  if (may_download_again (self))
    return g_strdup (_ ("This data set cannot be read: download it again or choose another one"));
  if (self->path != NULL)
    return g_strdup (_ ("This data set cannot be read: choose another one"));
  if (self->fetcher == NULL)
    return g_strdup_printf (_ ("%s is not on this machine yet: choose its folder in its row above"),
                            self->set->name);
  return g_strdup_printf (
      _ ("%s is not on this machine yet: download it or choose its folder in the "
         "last row of the list"),
      self->set->name);
}
