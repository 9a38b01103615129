/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks what to train: the data set, the network, and the settings that people change most. Emits
 * "start" when the user is done; what was chosen is asked for then. */

#include "app/train-dialog.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/widget-tree.h"
#include "core/dataset/digit-styles.h"
#include "core/dataset/digits.h"
#include "core/training/trainer.h"
#include "session/dataset-probe.h"

struct _CoterieTrainDialog {
  AdwWindow parent_instance;

  GFile *folder;
  GCancellable *probing;

  GtkWidget *start_button;
  AdwPreferencesGroup *network_group;
  AdwActionRow *folder_row;
  GtkCheckButton *folder_check;
  GtkEditable *hidden_row;
  GtkSpinButton *dropout;
  GtkSpinButton *iterations;
  AdwComboRow *optimizer;
  GtkSpinButton *learning_rate;
  GtkSpinButton *label_noise;
  GtkSpinButton *seed;
  GtkSpinButton *top;

  gsize folder_n_features;
  guint folder_n_classes;
  gboolean folder_is_good;
  gboolean top_is_users;
  gboolean choosing_top;
};

enum { SIGNAL_START, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieTrainDialog, coterie_train_dialog, ADW_TYPE_WINDOW)

/* "512, 512", as on the command line; returns the number of layers, 0 if the text is something else. */
static guint
parse_hidden (const char *text, guint hidden[COTERIE_MAX_HIDDEN_LAYERS])
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  guint n_hidden = 0;

  for (guint i = 0; words[i] != NULL; i++) {
    guint64 width;

    if (n_hidden == COTERIE_MAX_HIDDEN_LAYERS ||
        !g_ascii_string_to_unsigned (g_strstrip (words[i]), 10, 1, COTERIE_MAX_HIDDEN_WIDTH, &width,
                                     NULL))
      return 0;
    hidden[n_hidden++] = (guint) width;
  }
  return n_hidden;
}

static char *
format_hidden (const CoterieTrainingSettings *settings)
{
  GString *text = g_string_new (NULL);

  for (guint l = 0; l < settings->n_hidden; l++)
    g_string_append_printf (text, l > 0 ? ", %u" : "%u", settings->hidden[l]);
  return g_string_free (text, FALSE);
}

/* Until the user sets them, the representatives of a class are a tenth of the narrowest layer, and no
 * more than by default: with more, they would be nearly all its neurons and share everything. */
static void
choose_top (CoterieTrainDialog *self, const guint *hidden, guint n_hidden)
{
  CoterieAnalysisSettings defaults;
  guint narrowest = G_MAXUINT;

  if (self->top_is_users)
    return;
  coterie_analysis_settings_init (&defaults);
  for (guint l = 0; l < n_hidden; l++)
    narrowest = MIN (narrowest, hidden[l]);

  self->choosing_top = TRUE;
  gtk_spin_button_set_value (self->top, CLAMP (narrowest / 10, 1, defaults.top));
  self->choosing_top = FALSE;
}

static void
top_changed (CoterieTrainDialog *self)
{
  self->top_is_users = self->top_is_users || !self->choosing_top;
}

static gboolean
uses_folder (CoterieTrainDialog *self)
{
  return self->folder != NULL && gtk_check_button_get_active (self->folder_check);
}

/* Returns what is wrong with the network, NULL if nothing is. */
static char *
check_network (CoterieTrainDialog *self)
{
  CoterieRunSettings settings;
  g_autoptr (GError) error = NULL;
  gsize n_features = COTERIE_DIGITS_SIZE_PX * COTERIE_DIGITS_SIZE_PX;
  guint n_classes = COTERIE_N_DIGITS;

  coterie_train_dialog_get_settings (self, &settings);
  if (settings.training.n_hidden == 0)
    return g_strdup (_ ("Write the hidden layers as whole numbers from 1 to 65536 with a comma "
                        "between them, at most 16."));

  choose_top (self, settings.training.hidden, settings.training.n_hidden);
  if (uses_folder (self)) {
    n_features = self->folder_n_features;
    n_classes = self->folder_n_classes;
  }
  if (coterie_trainer_check_memory (n_features, n_classes, &settings.training, &error))
    return NULL;
  /* Translators: %s says how much memory it needs and how much there is */
  return g_strdup_printf (_ ("This network is too large: %s."), error->message);
}

static void
set_error (GtkWidget *widget, gboolean error)
{
  if (error)
    gtk_widget_add_css_class (widget, "error");
  else
    gtk_widget_remove_css_class (widget, "error");
}

static void
check (CoterieTrainDialog *self)
{
  g_autofree char *fault = check_network (self);
  gboolean dataset_good = self->folder_is_good || !uses_folder (self);

  set_error (GTK_WIDGET (self->hidden_row), fault != NULL);
  adw_preferences_group_set_description (self->network_group, fault);
  gtk_widget_set_sensitive (self->start_button, fault == NULL && dataset_good);
}

static void
show_dataset (CoterieTrainDialog *self, CoterieDataset *dataset)
{
  const CoterieDatasetInfo *info = coterie_dataset_get_info (dataset);
  g_autofree char *subtitle = g_strdup_printf (
      /* Translators: numbers of images, and of classes */
      _ ("%'u images to train on, %'u to test, %u classes"),
      (guint) coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING),
      (guint) coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), info->n_classes);

  self->folder_n_features = coterie_dataset_get_n_features (dataset);
  self->folder_n_classes = info->n_classes;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->folder_row), info->name);
  adw_action_row_set_subtitle (self->folder_row, subtitle);
}

static void
folder_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CoterieTrainDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieDataset) dataset = coterie_dataset_probe_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->folder_is_good = dataset != NULL;
  if (dataset != NULL)
    show_dataset (self, dataset);
  else
    adw_action_row_set_subtitle (self->folder_row, error->message);
  set_error (GTK_WIDGET (self->folder_row), dataset == NULL);
  check (self);
}

static void
stop_probing (CoterieTrainDialog *self)
{
  g_cancellable_cancel (self->probing);
  g_clear_object (&self->probing);
}

static void
start (CoterieTrainDialog *self)
{
  g_signal_emit (self, signals[SIGNAL_START], 0);
  gtk_window_close (GTK_WINDOW (self));
}

typedef struct {
  void (*chosen) (GFile *folder, gpointer data);
  gpointer data;
} FolderChoice;

static void
folder_response (GtkNativeDialog *chooser, int response, gpointer data)
{
  FolderChoice *choice = data;

  if (response == GTK_RESPONSE_ACCEPT) {
    g_autoptr (GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

    choice->chosen (folder, choice->data);
  }
  g_object_unref (chooser);
}

static void
free_choice (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
folder_chosen (GFile *folder, gpointer data)
{
  coterie_train_dialog_set_folder (data, folder);
}

static void
choose_folder (CoterieTrainDialog *self)
{
  coterie_choose_data_set_folder (GTK_WINDOW (self), folder_chosen, self);
}

static void
coterie_train_dialog_dispose (GObject *object)
{
  CoterieTrainDialog *self = COTERIE_TRAIN_DIALOG (object);

  stop_probing (self);
  g_clear_object (&self->folder);
  G_OBJECT_CLASS (coterie_train_dialog_parent_class)->dispose (object);
}

static void
coterie_train_dialog_class_init (CoterieTrainDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_train_dialog_dispose;
  signals[SIGNAL_START] = g_signal_new ("start", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/train-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, start_button);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, folder_check);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, hidden_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, dropout);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, iterations);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, optimizer);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, learning_rate);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, label_noise);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, seed);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, top);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, network_group);
  gtk_widget_class_bind_template_callback (widget_class, start);
  gtk_widget_class_bind_template_callback (widget_class, choose_folder);
  gtk_widget_class_bind_template_callback (widget_class, check);
  gtk_widget_class_bind_template_callback (widget_class, top_changed);
}

static void
coterie_train_dialog_init (CoterieTrainDialog *self)
{
  CoterieTrainingSettings settings;
  g_autofree char *hidden = NULL;

  coterie_training_settings_init (&settings);
  hidden = format_hidden (&settings);

  gtk_widget_init_template (GTK_WIDGET (self));
  coterie_widget_name_buttons_once (GTK_WIDGET (self));
  gtk_editable_set_text (self->hidden_row, hidden);
  gtk_spin_button_set_value (self->dropout, settings.dropout[0]);
  gtk_spin_button_set_value (self->iterations, settings.n_iterations);
  adw_combo_row_set_selected (self->optimizer, settings.optimizer);
  gtk_spin_button_set_value (self->learning_rate, settings.learning_rate);
  gtk_spin_button_set_value (self->label_noise, 100.0 * settings.label_noise);
  gtk_spin_button_set_value (self->seed, (double) settings.seed);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->start_button);
  gtk_window_set_focus (GTK_WINDOW (self), self->start_button);
}

/**
 * coterie_train_dialog_new:
 * @parent: the window that asks
 *
 * Returns: (transfer none): the dialog, with the default settings
 */
CoterieTrainDialog *
coterie_train_dialog_new (GtkWindow *parent)
{
  return g_object_new (COTERIE_TYPE_TRAIN_DIALOG, "transient-for", parent, NULL);
}

/**
 * coterie_train_dialog_set_folder:
 * @self: the dialog
 * @folder: where a data set lies
 *
 * Offers @folder and chooses it. The training can start when a data set has been found there.
 */
void
coterie_train_dialog_set_folder (CoterieTrainDialog *self, GFile *folder)
{
  stop_probing (self);
  g_set_object (&self->folder, folder);
  self->folder_n_features = 0;
  self->folder_n_classes = 0;
  self->folder_is_good = FALSE;
  self->probing = g_cancellable_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->folder_row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->folder_row), _ ("Folder"));
  adw_action_row_set_subtitle (self->folder_row, _ ("Reading…"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->folder_row), g_file_peek_path (folder));
  set_error (GTK_WIDGET (self->folder_row), FALSE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->folder_check), TRUE);
  gtk_check_button_set_active (self->folder_check, TRUE);
  check (self);
  coterie_dataset_probe_async (g_file_peek_path (folder), self->probing, folder_probed,
                               g_object_ref (self));
}

/**
 * coterie_train_dialog_get_settings:
 * @self: the dialog
 * @settings: (out caller-allocates): what was chosen; the source belongs to the dialog's folder and
 *   lives as long, the output is not set
 *
 * Tells what to train.
 */
void
coterie_train_dialog_get_settings (CoterieTrainDialog *self, CoterieRunSettings *settings)
{
  CoterieTrainingSettings *training = &settings->training;

  *settings = (CoterieRunSettings){0};
  coterie_training_settings_init (training);
  coterie_analysis_settings_init (&settings->analysis);

  settings->source = "digits";
  if (uses_folder (self))
    settings->source = g_file_peek_path (self->folder);
  training->n_hidden = parse_hidden (gtk_editable_get_text (self->hidden_row), training->hidden);
  coterie_training_settings_set_dropout (training, gtk_spin_button_get_value (self->dropout));
  training->n_iterations = (guint) gtk_spin_button_get_value_as_int (self->iterations);
  training->optimizer = (CoterieOptimizerKind) adw_combo_row_get_selected (self->optimizer);
  training->learning_rate = gtk_spin_button_get_value (self->learning_rate);
  training->label_noise = gtk_spin_button_get_value (self->label_noise) / 100.0;
  training->seed = (guint64) gtk_spin_button_get_value_as_int (self->seed);
  settings->analysis.top = (guint) gtk_spin_button_get_value_as_int (self->top);
}

/**
 * coterie_choose_data_set_folder:
 * @parent: the window that asks
 * @chosen: called with the folder; not called when the user changes his mind
 * @data: passed to @chosen
 *
 * Lets the user choose the folder of a data set.
 */
void
coterie_choose_data_set_folder (GtkWindow *parent,
                                void (*chosen) (GFile *folder, gpointer data),
                                gpointer data)
{
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (_ ("Choose the Folder of a Data Set"), parent,
                                   GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"), NULL);
  FolderChoice *choice = g_new0 (FolderChoice, 1);

  choice->chosen = chosen;
  choice->data = data;
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (folder_response), choice, free_choice,
                         G_CONNECT_DEFAULT);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
