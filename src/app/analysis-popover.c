/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings of the analysis of what is shown. A change applies by itself after a short pause, in
 * which further ones may come; the recording itself stays as it is. The button that the popover
 * belongs to can be pressed when there is something to analyse, and says else why not. */

#include "app/analysis-popover.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/popover-place.h"
#include "app/shown-value.h"
#include "core/recording/recording.h"

/* Longer than between two steps of a button that is held, short enough to seem immediate. */
#define APPLY_DELAY_MS 300

/* Often enough for a bar that seems to move evenly. */
#define UPDATE_INTERVAL_MS 100

struct _CoterieAnalysisPopover {
  GtkPopover parent_instance;

  CoterieSession *session;

  GtkSpinButton *top;
  GtkSpinButton *bins;
  GtkSpinButton *resolution;
  AdwComboRow *method;
  GtkLabel *status_label;
  GtkStack *progress_stack;
  GtkProgressBar *progress_bar;
  GtkWidget *reset_button;
  GtkWidget *save_button;

  CoterieAnalysisSettings wanted;
  guint apply_source;
  guint update_source;
  gboolean filling; /* the values come from the session, not from the user */
  gboolean saving;
};

enum { SIGNAL_SAVED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieAnalysisPopover, coterie_analysis_popover, GTK_TYPE_POPOVER)

static guint
find_widest (const CoterieTrainingSettings *training)
{
  guint widest = 1;

  for (guint l = 0; l < training->n_hidden; l++)
    widest = MAX (widest, training->hidden[l]);
  return widest;
}

/* More representatives than neurons change nothing. */
static void
fill (CoterieAnalysisPopover *self)
{
  CoterieRunInfo *info = coterie_session_get_info (self->session);
  CoterieRunInfo *recorded = coterie_session_get_recorded_info (self->session);

  g_clear_handle_id (&self->apply_source, g_source_remove);
  if (info == NULL)
    return;
  self->wanted = info->analysis;
  self->filling = TRUE;
  gtk_spin_button_set_range (self->top, 1.0,
                             MAX (find_widest (&info->training), recorded->analysis.top));
  gtk_spin_button_set_value (self->top, info->analysis.top);
  gtk_spin_button_set_value (self->bins, info->analysis.bins);
  gtk_spin_button_set_value (self->resolution, info->analysis.resolution);
  adw_combo_row_set_selected (self->method, info->analysis.method);
  self->filling = FALSE;
}

/* Another layout is not another analysis. */
static gboolean
is_as_recorded (CoterieAnalysisPopover *self)
{
  CoterieRunInfo *info = coterie_session_get_info (self->session);
  CoterieRunInfo *recorded = coterie_session_get_recorded_info (self->session);

  return info == recorded || coterie_analysis_settings_equal (&info->analysis, &recorded->analysis);
}

static char *
describe_rest (CoterieAnalysisPopover *self)
{
  guint n_left_out = coterie_session_get_n_left_out (self->session);

  if (self->saving)
    return g_strdup (_ ("Saving…"));
  if (n_left_out > 0)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%u iteration is left out: its weights are not recorded",
                     "%u iterations are left out: their weights are not recorded", n_left_out),
        n_left_out);
  if (is_as_recorded (self))
    return g_strdup (_ ("As recorded"));
  return g_strdup (_ ("Not as recorded; the recording keeps its own analysis"));
}

static char *
describe_work (const CoterieReanalysisStatus *status)
{
  if (status->n_frames == 0)
    return g_strdup (_ ("Opening the data set…"));
  return g_strdup_printf (_ ("Analysing again: %u of %u"), status->n_done, status->n_frames);
}

static void
update_status (CoterieAnalysisPopover *self)
{
  CoterieReanalysisStatus status;
  gboolean working = coterie_session_get_analysis_status (self->session, &status);
  g_autofree char *text = working ? describe_work (&status) : describe_rest (self);

  gtk_label_set_label (self->status_label, text);
  gtk_stack_set_visible_child_name (self->progress_stack, working ? "working" : "resting");
  if (working)
    gtk_progress_bar_set_fraction (self->progress_bar, status.fraction);
}

static gboolean
update_cb (gpointer data)
{
  update_status (data);
  return G_SOURCE_CONTINUE;
}

static const char *
describe_button (CoterieSession *session, gboolean can_analyse)
{
  if (can_analyse)
    return _ ("Analysis Settings");
  if (coterie_session_get_busy (session))
    return _ ("Analysis Settings: after the training");
  return _ ("Analysis Settings: once all iterations are here");
}

static void
update_button (CoterieAnalysisPopover *self, gboolean can_analyse)
{
  GtkWidget *button = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_MENU_BUTTON);

  if (button == NULL)
    return;
  gtk_widget_set_visible (button, coterie_session_get_n_frames (self->session) > 0);
  gtk_widget_set_sensitive (button, can_analyse);
  gtk_widget_set_tooltip_text (button, describe_button (self->session, can_analyse));
}

static void
update (CoterieAnalysisPopover *self)
{
  gboolean can_analyse = coterie_session_get_can_analyse (self->session);
  gboolean analysing = coterie_session_get_analysing (self->session);
  gboolean changed = !is_as_recorded (self);

  if (analysing && self->update_source == 0)
    self->update_source = g_timeout_add (UPDATE_INTERVAL_MS, update_cb, self);
  if (!analysing)
    g_clear_handle_id (&self->update_source, g_source_remove);
  if (!can_analyse)
    gtk_popover_popdown (GTK_POPOVER (self));
  update_button (self, can_analyse);
  gtk_widget_set_sensitive (self->reset_button, changed);
  gtk_widget_set_sensitive (self->save_button, changed && !analysing && !self->saving);
  update_status (self);
}

static gboolean
apply (gpointer data)
{
  CoterieAnalysisPopover *self = data;

  self->apply_source = 0;
  if (coterie_session_get_can_analyse (self->session))
    coterie_session_analyse (self->session, &self->wanted);
  return G_SOURCE_REMOVE;
}

static void
queue_apply (CoterieAnalysisPopover *self)
{
  g_clear_handle_id (&self->apply_source, g_source_remove);
  self->apply_source = g_timeout_add (APPLY_DELAY_MS, apply, self);
}

static void
top_changed (CoterieAnalysisPopover *self)
{
  if (self->filling)
    return;
  self->wanted.top = (guint) gtk_spin_button_get_value_as_int (self->top);
  queue_apply (self);
}

static void
bins_changed (CoterieAnalysisPopover *self)
{
  if (self->filling)
    return;
  self->wanted.bins = (guint) gtk_spin_button_get_value_as_int (self->bins);
  queue_apply (self);
}

static void
resolution_changed (CoterieAnalysisPopover *self)
{
  if (self->filling)
    return;
  self->wanted.resolution = coterie_get_shown_value (self->resolution);
  queue_apply (self);
}

/* The list is in the order of the enumeration. */
static void
method_changed (CoterieAnalysisPopover *self)
{
  if (self->filling || self->session == NULL)
    return;
  self->wanted.method = (CoterieCommunityMethod) adw_combo_row_get_selected (self->method);
  queue_apply (self);
}

static void
reset_clicked (CoterieAnalysisPopover *self)
{
  coterie_session_reset_analysis (self->session);
  fill (self);
}

static void
tell_of_error (CoterieAnalysisPopover *self, const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (root != NULL ? GTK_WINDOW (root) : NULL,
                                              _ ("Cannot Save the Analysis"), error->message);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Keeps the popover, which may be gone from its window by then. */
typedef struct {
  CoterieAnalysisPopover *self;
  char *path;
} Saving;

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autofree Saving *saving = data;
  g_autoptr (CoterieAnalysisPopover) self = saving->self;
  g_autofree char *path = saving->path;
  g_autoptr (GError) error = NULL;

  self->saving = FALSE;
  if (coterie_session_save_analysis_finish (COTERIE_SESSION (source), result, &error))
    g_signal_emit (self, signals[SIGNAL_SAVED], 0, path);
  else
    tell_of_error (self, error);
  if (self->session != NULL)
    update (self);
}

static char *
complete_name (const char *path)
{
  return g_str_has_suffix (path, COTERIE_RECORDING_SUFFIX)
             ? g_strdup (path)
             : g_strconcat (path, COTERIE_RECORDING_SUFFIX, NULL);
}

static void
save (CoterieAnalysisPopover *self, const char *path)
{
  Saving *saving = g_new0 (Saving, 1);

  *saving = (Saving){g_object_ref (self), complete_name (path)};
  self->saving = TRUE;
  coterie_session_save_analysis_async (self->session, saving->path, saved_cb, saving);
  update (self);
}

/* Meanwhile something else may be open. */
static void
save_response (GtkNativeDialog *chooser, int response, CoterieAnalysisPopover *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT && self->session != NULL &&
      coterie_session_get_can_analyse (self->session) &&
      !coterie_session_get_analysing (self->session))
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL && g_file_peek_path (file) != NULL)
    save (self, g_file_peek_path (file));
  g_object_unref (chooser);
}

/* "digits.coterie" with 25 representatives becomes "digits, S = 25.coterie". */
static char *
propose_name (const char *path, guint top)
{
  g_autofree char *name = g_path_get_basename (path);

  if (g_str_has_suffix (name, COTERIE_RECORDING_SUFFIX))
    name[strlen (name) - strlen (COTERIE_RECORDING_SUFFIX)] = '\0';
  /* Translators: the proposed name of a recording; the name of another one, and a number */
  return g_strdup_printf (_ ("%s, S = %u" COTERIE_RECORDING_SUFFIX), name, top);
}

static void
save_clicked (CoterieAnalysisPopover *self)
{
  const char *path = coterie_session_get_path (self->session);
  g_autofree char *folder_path = g_path_get_dirname (path);
  g_autofree char *name = propose_name (path, self->wanted.top);
  g_autoptr (GFile) folder = g_file_new_for_path (folder_path);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Save the Analysis"), GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);

  gtk_popover_popdown (GTK_POPOVER (self));
  gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), folder, NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (save_response), self,
                           G_CONNECT_DEFAULT);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
info_changed (CoterieAnalysisPopover *self)
{
  fill (self);
  update (self);
}

static void
coterie_analysis_popover_dispose (GObject *object)
{
  CoterieAnalysisPopover *self = COTERIE_ANALYSIS_POPOVER (object);

  g_clear_handle_id (&self->apply_source, g_source_remove);
  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (coterie_analysis_popover_parent_class)->dispose (object);
}

static void
coterie_analysis_popover_class_init (CoterieAnalysisPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_analysis_popover_dispose;
  signals[SIGNAL_SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/analysis-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieAnalysisPopover, top);
  gtk_widget_class_bind_template_child (widget_class, CoterieAnalysisPopover, bins);
  gtk_widget_class_bind_template_child (widget_class, CoterieAnalysisPopover, resolution);
  gtk_widget_class_bind_template_child (widget_class, CoterieAnalysisPopover, method);
  gtk_widget_class_bind_template_child (widget_class, CoterieAnalysisPopover, status_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieAnalysisPopover, progress_stack);
  gtk_widget_class_bind_template_child (widget_class, CoterieAnalysisPopover, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CoterieAnalysisPopover, reset_button);
  gtk_widget_class_bind_template_child (widget_class, CoterieAnalysisPopover, save_button);
  gtk_widget_class_bind_template_callback (widget_class, top_changed);
  gtk_widget_class_bind_template_callback (widget_class, bins_changed);
  gtk_widget_class_bind_template_callback (widget_class, resolution_changed);
  gtk_widget_class_bind_template_callback (widget_class, method_changed);
  gtk_widget_class_bind_template_callback (widget_class, reset_clicked);
  gtk_widget_class_bind_template_callback (widget_class, save_clicked);
}

static void
coterie_analysis_popover_init (CoterieAnalysisPopover *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

/**
 * coterie_analysis_popover_set_session:
 * @self: the popover of a menu button
 * @session: whose analysis is set; set once
 *
 * Connects the popover and its button with what is shown.
 */
void
coterie_analysis_popover_set_session (CoterieAnalysisPopover *self, CoterieSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  coterie_popover_place_below (GTK_POPOVER (self));
  g_signal_connect_swapped (session, "notify::info", G_CALLBACK (info_changed), self);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (update), self);
  g_signal_connect_swapped (session, "notify::n-frames", G_CALLBACK (update), self);
  g_signal_connect_swapped (session, "notify::analysing", G_CALLBACK (update), self);
  info_changed (self);
}
