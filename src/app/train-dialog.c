/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks what to train: the data set, the network, and every setting that has an influence on the
 * result, from a preset or one by one; and says what that comes to before it starts. Emits "start"
 * when the user is done; what was chosen is asked for then. What it says can be kept for
 * the next one. */

#include "app/train-dialog.h"

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "app/forecast-view.h"
#include "app/layer-list.h"
#include "app/shown-value.h"
#include "app/value-row.h"
#include "app/widget-tree.h"
#include "core/dataset/digits.h"
#include "core/run/presets.h"
#include "core/training/trainer.h"
#include "session/recordings-folder.h"
#include "session/training-forecast.h"

struct _CoterieTrainDialog {
  AdwWindow parent_instance;

  CoterieTrainingForecast *forecast;

  GtkWidget *header_bar;
  GtkWidget *start_button;
  AdwComboRow *preset;
  CoterieDatasetGroup *dataset_group;
  CoterieLayerList *layers;
  GtkSpinButton *iterations;
  GtkSpinButton *record_every;
  GtkSpinButton *label_noise;
  GtkSpinButton *seed;
  AdwComboRow *optimizer;
  GtkEditable *learning_rate;
  GtkWidget *momentum_row;
  GtkSpinButton *momentum;
  GtkSpinButton *batch;
  AdwActionRow *top_row;
  GtkSpinButton *top;
  GtkSpinButton *bins;
  GtkSpinButton *resolution;
  AdwComboRow *method;
  GtkLabel *fault_label;
  CoterieForecastView *forecast_view;

  GCancellable *asking; /* how much room there is */
  guint64 n_free_bytes; /* G_MAXUINT64 while nobody knows */
  char *top_subtitle;   /* when there is nothing to warn of */

  gboolean top_is_users;
  gboolean setting;   /* settings are not the user's */
  gboolean was_ready; /* could be started once */
  gboolean is_coming; /* what the training comes to will be known soon */
};

enum { SIGNAL_START, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieTrainDialog, coterie_train_dialog, ADW_TYPE_WINDOW)

/* Until the user sets them, the representatives of a class are a tenth of the narrowest layer, and no
 * more than by default: with more, they would be nearly all its neurons and share everything. */
static void
choose_top (CoterieTrainDialog *self)
{
  CoterieTrainingSettings training;
  CoterieAnalysisSettings defaults;
  guint narrowest = G_MAXUINT;

  if (self->top_is_users)
    return;
  coterie_analysis_settings_init (&defaults);
  coterie_layer_list_get_layers (self->layers, &training);
  for (guint l = 0; l < training.n_hidden; l++)
    narrowest = MIN (narrowest, training.hidden[l]);
  gtk_spin_button_set_value (self->top, CLAMP (narrowest / 10, 1, defaults.top));
}

static void
show_forecast (CoterieTrainDialog *self)
{
  coterie_forecast_view_show (self->forecast_view, self->forecast, self->is_coming,
                              self->n_free_bytes);
}

static void
free_room_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CoterieTrainDialog) self = data;

  if (coterie_recordings_folder_ask_free_finish (result, &self->n_free_bytes) &&
      self->forecast != NULL)
    show_forecast (self);
}

/* Not-a-number if it is none; numbers may be written as in the user's language or as in C. */
static double
read_learning_rate (CoterieTrainDialog *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->learning_rate)));
  char *end;
  double value = g_strtod (text, &end);

  return end != text && *end == '\0' ? value : (double) NAN;
}

/* Returns what is wrong with the settings, NULL if nothing is. */
static char *
find_fault (CoterieTrainDialog *self, CoterieDataset *dataset, const CoterieRunSettings *settings)
{
  g_autoptr (GError) error = NULL;

  if (isnan (settings->training.learning_rate))
    return g_strdup_printf (
        _ ("Learning rate: “%s” is no number, expected one such as 0.001 or 3e-5"),
        gtk_editable_get_text (self->learning_rate));
  if (!coterie_training_settings_validate (&settings->training, &error) ||
      !coterie_analysis_settings_validate (&settings->analysis, &error))
    return g_strdup (error->message);
  if (dataset == NULL ||
      coterie_trainer_check_memory (coterie_dataset_get_n_features (dataset),
                                    coterie_dataset_get_info (dataset)->n_classes,
                                    &settings->training, &error))
    return NULL;
  /* Translators: %s says how much memory it needs and how much there is */
  return g_strdup_printf (_ ("This network is too large: %s."), error->message);
}

/* Where every neuron of a layer represents every class, the graph tells no classes apart. */
static void
warn_of_representatives (CoterieTrainDialog *self, const CoterieRunSettings *settings)
{
  const CoterieTrainingSettings *training = &settings->training;
  g_autofree char *warning = NULL;

  for (guint l = 0; l < training->n_hidden && warning == NULL; l++)
    if (training->hidden[l] <= settings->analysis.top)
      warning =
          training->hidden[l] == 1
              ? g_strdup_printf (_ ("Layer %u has one neuron, which represents every class"), l + 1)
              : g_strdup_printf (_ ("Layer %u has %u neurons: all of them represent every "
                                    "class; choose fewer to tell classes apart"),
                                 l + 1, training->hidden[l]);
  adw_action_row_set_subtitle (self->top_row, warning != NULL ? warning : self->top_subtitle);
  if (warning != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->top_row), "warning");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->top_row), "warning");
}

/* What is wrong is red; what only is not there yet is not. */
static void
show_hindrance (CoterieTrainDialog *self, const char *fault)
{
  g_autofree char *lack = coterie_dataset_group_dup_lack (self->dataset_group);
  const char *hindrance = fault != NULL ? fault : lack;

  gtk_widget_set_visible (GTK_WIDGET (self->fault_label), hindrance != NULL);
  gtk_label_set_label (self->fault_label, hindrance != NULL ? hindrance : "");
  if (fault != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->fault_label), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->fault_label), "error");
}

static void
ask_for_forecast (CoterieTrainDialog *self, const CoterieRunSettings *settings)
{
  CoterieDataset *dataset = coterie_dataset_group_get_dataset (self->dataset_group);
  CoterieRunInfo run = {.training = settings->training, .analysis = settings->analysis};

  if (dataset != NULL)
    coterie_training_forecast_ask (self->forecast, dataset, settings);
  else if (coterie_dataset_group_describe_missing (self->dataset_group, &run.dataset))
    coterie_training_forecast_ask_run (self->forecast, &run, 0, NULL);
  else
    coterie_training_forecast_stop (self->forecast);
}

static void
check (CoterieTrainDialog *self)
{
  CoterieDataset *dataset = coterie_dataset_group_get_dataset (self->dataset_group);
  CoterieRunSettings settings;
  g_autofree char *fault = NULL;

  coterie_train_dialog_get_settings (self, &settings);
  fault = find_fault (self, dataset, &settings);
  show_hindrance (self, fault);
  warn_of_representatives (self, &settings);
  self->is_coming =
      fault == NULL && (dataset != NULL || coterie_dataset_group_is_reading (self->dataset_group));
  gtk_widget_set_sensitive (self->start_button, fault == NULL && dataset != NULL);
  gtk_widget_set_sensitive (self->momentum_row,
                            settings.training.optimizer == COTERIE_OPTIMIZER_SGD);

  if (fault == NULL)
    ask_for_forecast (self, &settings);
  else
    coterie_training_forecast_stop (self->forecast);
  show_forecast (self);
}

/* What most people want next is to start; a button that cannot be used cannot have the focus. */
static void
focus_start (CoterieTrainDialog *self)
{
  if (self->was_ready || !gtk_widget_get_sensitive (self->start_button))
    return;
  self->was_ready = TRUE;
  gtk_window_set_focus (GTK_WINDOW (self), self->start_button);
}

/* --- what the user changes --- */

/* What has been changed is no preset any more. */
static void
settings_changed (CoterieTrainDialog *self)
{
  if (self->setting)
    return;
  self->setting = TRUE;
  adw_combo_row_set_selected (self->preset, 0);
  choose_top (self);
  self->setting = FALSE;
  check (self);
}

static void
layers_changed (CoterieTrainDialog *self)
{
  settings_changed (self);
}

static void
dataset_changed (CoterieTrainDialog *self)
{
  if (self->setting)
    return;
  check (self);
  focus_start (self);
}

static void
top_changed (CoterieTrainDialog *self)
{
  self->top_is_users = self->top_is_users || !self->setting;
  settings_changed (self);
}

static void
show_settings (CoterieTrainDialog *self,
               const CoterieTrainingSettings *training,
               const CoterieAnalysisSettings *analysis)
{
  g_autofree char *learning_rate = g_strdup_printf ("%g", training->learning_rate);

  coterie_layer_list_set_layers (self->layers, training);
  gtk_spin_button_set_value (self->iterations, training->n_iterations);
  gtk_spin_button_set_value (self->record_every, training->record_every);
  gtk_spin_button_set_value (self->label_noise, 100.0 * training->label_noise);
  gtk_spin_button_set_value (self->seed, (double) training->seed);
  adw_combo_row_set_selected (self->optimizer, training->optimizer);
  gtk_editable_set_text (self->learning_rate, learning_rate);
  gtk_spin_button_set_value (self->momentum, training->momentum);
  gtk_spin_button_set_value (self->batch, training->batch);
  gtk_spin_button_set_value (self->top, analysis->top);
  gtk_spin_button_set_value (self->bins, analysis->bins);
  gtk_spin_button_set_value (self->resolution, analysis->resolution);
  adw_combo_row_set_selected (self->method, analysis->method);
}

static void
preset_selected (CoterieTrainDialog *self)
{
  guint n_presets;
  const CoteriePreset *presets = coterie_presets_list (&n_presets);
  guint selected = adw_combo_row_get_selected (self->preset);
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;
  CoterieDatasetOptions options;

  if (self->setting || selected == 0 || selected > n_presets)
    return;
  coterie_preset_apply (&presets[selected - 1], &training, &analysis, &options);
  self->setting = TRUE;
  self->top_is_users = TRUE;
  show_settings (self, &training, &analysis);
  coterie_dataset_group_set_known (self->dataset_group, presets[selected - 1].dataset, &options);
  self->setting = FALSE;
  check (self);
}

/* A data set that is not on this machine, such as a preset may have asked for, does not stay. */
static void
restore_defaults (CoterieTrainDialog *self)
{
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;
  CoterieDatasetOptions options;

  coterie_training_settings_init (&training);
  coterie_analysis_settings_init (&analysis);
  coterie_dataset_options_init (&options);
  self->setting = TRUE;
  self->top_is_users = FALSE;
  adw_combo_row_set_selected (self->preset, 0);
  show_settings (self, &training, &analysis);
  if (coterie_dataset_group_get_source (self->dataset_group) != NULL)
    coterie_dataset_group_set_options (self->dataset_group, &options);
  else
    coterie_dataset_group_set_known (self->dataset_group, COTERIE_DIGITS_SOURCE, &options);
  self->setting = FALSE;
  check (self);
}

/* A field takes what was typed into it when the focus leaves it, which a key alone does not do. */
static void
start (CoterieTrainDialog *self)
{
  gtk_window_set_focus (GTK_WINDOW (self), self->start_button);
  if (!gtk_widget_get_sensitive (self->start_button))
    return;
  g_signal_emit (self, signals[SIGNAL_START], 0);
  gtk_window_close (GTK_WINDOW (self));
}

static void
coterie_train_dialog_dispose (GObject *object)
{
  CoterieTrainDialog *self = COTERIE_TRAIN_DIALOG (object);

  /* Fields that lose the focus now may still change. */
  self->setting = TRUE;
  if (self->forecast != NULL) {
    g_signal_handlers_disconnect_by_data (self->forecast, self);
    coterie_training_forecast_stop (self->forecast);
  }
  g_clear_object (&self->forecast);
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  G_OBJECT_CLASS (coterie_train_dialog_parent_class)->dispose (object);
}

static void
coterie_train_dialog_finalize (GObject *object)
{
  g_free (COTERIE_TRAIN_DIALOG (object)->top_subtitle);
  G_OBJECT_CLASS (coterie_train_dialog_parent_class)->finalize (object);
}

static void
bind_settings (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, iterations);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, record_every);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, label_noise);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, seed);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, optimizer);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, learning_rate);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, momentum_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, momentum);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, batch);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, top_row);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, top);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, bins);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, resolution);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, method);
}

static void
coterie_train_dialog_class_init (CoterieTrainDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (COTERIE_TYPE_DATASET_GROUP);
  g_type_ensure (COTERIE_TYPE_FORECAST_VIEW);
  g_type_ensure (COTERIE_TYPE_LAYER_LIST);
  g_type_ensure (COTERIE_TYPE_VALUE_ROW);
  G_OBJECT_CLASS (klass)->dispose = coterie_train_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = coterie_train_dialog_finalize;
  signals[SIGNAL_START] = g_signal_new ("start", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/train-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, header_bar);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, start_button);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, preset);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, dataset_group);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, layers);
  bind_settings (widget_class);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, fault_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainDialog, forecast_view);
  gtk_widget_class_bind_template_callback (widget_class, start);
  gtk_widget_class_bind_template_callback (widget_class, restore_defaults);
  gtk_widget_class_bind_template_callback (widget_class, preset_selected);
  gtk_widget_class_bind_template_callback (widget_class, dataset_changed);
  gtk_widget_class_bind_template_callback (widget_class, layers_changed);
  gtk_widget_class_bind_template_callback (widget_class, settings_changed);
  gtk_widget_class_bind_template_callback (widget_class, top_changed);
}

static void
list_presets (CoterieTrainDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint n_presets;
  const CoteriePreset *presets = coterie_presets_list (&n_presets);

  gtk_string_list_append (names, _ ("None: as set below"));
  for (guint i = 0; i < n_presets; i++)
    gtk_string_list_append (names, _ (presets[i].name));
  adw_combo_row_set_model (self->preset, G_LIST_MODEL (names));
}

/* A combo row gives what is selected the room of twenty letters, however much there is. */
static void
let_item_be_read (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_widget_get_first_child (gtk_list_item_get_child (item));

  if (!GTK_IS_LABEL (label))
    return;
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), -1);
}

static void
show_whole_items (AdwComboRow *row)
{
  g_autoptr (GtkListItemFactory) factory = g_object_ref (adw_combo_row_get_factory (row));

  g_signal_connect (factory, "setup", G_CALLBACK (let_item_be_read), NULL);
  adw_combo_row_set_factory (row, NULL);
  adw_combo_row_set_factory (row, factory);
}

static void
coterie_train_dialog_init (CoterieTrainDialog *self)
{
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;

  coterie_training_settings_init (&training);
  coterie_analysis_settings_init (&analysis);
  self->forecast = coterie_training_forecast_new ();
  g_signal_connect_swapped (self->forecast, "changed", G_CALLBACK (show_forecast), self);
  self->n_free_bytes = G_MAXUINT64;
  self->asking = g_cancellable_new ();
  coterie_recordings_folder_ask_free_async (self->asking, free_room_found, g_object_ref (self));

  self->setting = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->top_subtitle = g_strdup (adw_action_row_get_subtitle (self->top_row));
  coterie_widget_name_buttons_once (self->header_bar);
  coterie_widget_ignore_wheel (GTK_WIDGET (self));
  coterie_widget_open_lists_at_choice (GTK_WIDGET (self));
  show_whole_items (self->preset);
  show_whole_items (self->method);
  list_presets (self);
  show_settings (self, &training, &analysis);
  self->setting = FALSE;
  check (self);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->start_button);
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
 * coterie_train_dialog_set_data_set:
 * @self: the dialog
 * @file: where a data set lies: a folder or a file
 *
 * Offers @file and chooses it. The training can start when a data set has been found there.
 */
void
coterie_train_dialog_set_data_set (CoterieTrainDialog *self, GFile *file)
{
  coterie_dataset_group_set_file (self->dataset_group, file);
}

/**
 * coterie_train_dialog_dup_state:
 * @self: the dialog
 *
 * Returns: (transfer full): everything that is set
 */
CoterieTrainDialogState *
coterie_train_dialog_dup_state (CoterieTrainDialog *self)
{
  CoterieTrainDialogState *state = g_new0 (CoterieTrainDialogState, 1);
  CoterieRunSettings settings;

  coterie_train_dialog_get_settings (self, &settings);
  state->training = settings.training;
  state->analysis = settings.analysis;
  state->dataset = coterie_dataset_group_dup_state (self->dataset_group);
  state->preset = adw_combo_row_get_selected (self->preset);
  state->top_is_users = self->top_is_users;
  return state;
}

/**
 * coterie_train_dialog_set_state:
 * @self: the dialog
 * @state: of another dialog
 *
 * Has everything set as there.
 */
void
coterie_train_dialog_set_state (CoterieTrainDialog *self, const CoterieTrainDialogState *state)
{
  CoterieTrainingSettings training = state->training;
  CoterieTrainingSettings defaults;

  coterie_training_settings_init (&defaults);
  if (isnan (training.learning_rate))
    training.learning_rate = defaults.learning_rate;
  self->setting = TRUE;
  self->top_is_users = state->top_is_users;
  adw_combo_row_set_selected (self->preset, state->preset);
  show_settings (self, &training, &state->analysis);
  coterie_dataset_group_set_state (self->dataset_group, state->dataset);
  self->setting = FALSE;
  check (self);
}

/**
 * coterie_train_dialog_state_free:
 * @state: what coterie_train_dialog_dup_state() gave
 */
void
coterie_train_dialog_state_free (CoterieTrainDialogState *state)
{
  coterie_dataset_group_state_free (state->dataset);
  g_free (state);
}

/**
 * coterie_train_dialog_get_name:
 * @self: the dialog
 *
 * Returns: (nullable): what the data set is called, once it has been read
 */
const char *
coterie_train_dialog_get_name (CoterieTrainDialog *self)
{
  CoterieDataset *dataset = coterie_dataset_group_get_dataset (self->dataset_group);

  return dataset != NULL ? coterie_dataset_get_info (dataset)->name : NULL;
}

/**
 * coterie_train_dialog_get_settings:
 * @self: the dialog
 * @settings: (out caller-allocates): what was chosen; source and options of the data set belong to
 *   the dialog, the output is not set
 *
 * Tells what to train.
 */
void
coterie_train_dialog_get_settings (CoterieTrainDialog *self, CoterieRunSettings *settings)
{
  CoterieTrainingSettings *training = &settings->training;
  CoterieAnalysisSettings *analysis = &settings->analysis;

  *settings = (CoterieRunSettings){
      .source = coterie_dataset_group_get_source (self->dataset_group),
      .dataset_options = coterie_dataset_group_get_options (self->dataset_group),
  };
  coterie_training_settings_init (training);
  coterie_analysis_settings_init (analysis);

  coterie_layer_list_get_layers (self->layers, training);
  training->n_iterations = (guint) gtk_spin_button_get_value_as_int (self->iterations);
  training->record_every = (guint) gtk_spin_button_get_value_as_int (self->record_every);
  training->label_noise = coterie_get_shown_value (self->label_noise) / 100.0;
  training->seed = (guint64) gtk_spin_button_get_value_as_int (self->seed);
  training->optimizer = (CoterieOptimizerKind) adw_combo_row_get_selected (self->optimizer);
  training->learning_rate = read_learning_rate (self);
  if (training->optimizer == COTERIE_OPTIMIZER_SGD)
    training->momentum = coterie_get_shown_value (self->momentum);
  training->batch = (guint) gtk_spin_button_get_value_as_int (self->batch);
  analysis->top = (guint) gtk_spin_button_get_value_as_int (self->top);
  analysis->bins = (guint) gtk_spin_button_get_value_as_int (self->bins);
  analysis->resolution = coterie_get_shown_value (self->resolution);
  analysis->method = (CoterieCommunityMethod) adw_combo_row_get_selected (self->method);
  analysis->seed = training->seed;
}
