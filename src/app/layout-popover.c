/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings of the layout of what is shown. A change applies by itself after a short pause, in which
 * further ones may come, and is kept in the recording. Below them stands what the layout is worth in the
 * frame and layer that are shown. */

#include "app/layout-popover.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "app/popover-place.h"
#include "app/shown-value.h"
#include "core/report/measure.h"

/* Longer than between two steps of a button that is held, short enough to seem immediate. */
#define APPLY_DELAY_MS 300

/* Often enough for a bar that seems to move evenly. */
#define UPDATE_INTERVAL_MS 100

struct _CoterieLayoutPopover {
  GtkPopover parent_instance;

  CoterieSession *session;

  AdwComboRow *mode;
  GtkSpinButton *scaling;
  GtkSpinButton *gravity;
  GtkSwitch *strong_gravity;
  GtkSwitch *lin_log;
  GtkSwitch *dissuade_hubs;
  GtkSpinButton *weight_influence;
  GtkSwitch *prevent_overlap;
  GtkSpinButton *force_error;
  GtkLabel *status_label;
  GtkProgressBar *progress_bar;
  GtkWidget *reset_button;

  guint apply_source;
  guint update_source;
  gboolean filling; /* the values come from the session, not from the user */
};

G_DEFINE_FINAL_TYPE (CoterieLayoutPopover, coterie_layout_popover, GTK_TYPE_POPOVER)

static void
show_settings (CoterieLayoutPopover *self, const CoterieLayoutSettings *settings)
{
  const CoterieForceSettings *force = &settings->force;

  self->filling = TRUE;
  adw_combo_row_set_selected (self->mode, settings->mode);
  gtk_spin_button_set_value (self->scaling, force->scaling);
  gtk_spin_button_set_value (self->gravity, force->gravity);
  gtk_switch_set_active (self->strong_gravity, force->strong_gravity);
  gtk_switch_set_active (self->lin_log, force->lin_log);
  gtk_switch_set_active (self->dissuade_hubs, force->dissuade_hubs);
  gtk_spin_button_set_value (self->weight_influence, force->weight_influence);
  gtk_switch_set_active (self->prevent_overlap, force->prevent_overlap);
  gtk_spin_button_set_value (self->force_error, force->force_error_percent);
  self->filling = FALSE;
}

/* What cannot be set here stays as it is. The modes are in the order of the enumeration. */
static void
read_settings (CoterieLayoutPopover *self, CoterieLayoutSettings *settings)
{
  CoterieForceSettings *force = &settings->force;

  *settings = coterie_session_get_info (self->session)->layout;
  settings->mode = (CoterieLayoutMode) adw_combo_row_get_selected (self->mode);
  force->scaling = coterie_get_shown_value (self->scaling);
  force->gravity = coterie_get_shown_value (self->gravity);
  force->strong_gravity = gtk_switch_get_active (self->strong_gravity);
  force->lin_log = gtk_switch_get_active (self->lin_log);
  force->dissuade_hubs = gtk_switch_get_active (self->dissuade_hubs);
  force->weight_influence = coterie_get_shown_value (self->weight_influence);
  force->prevent_overlap = gtk_switch_get_active (self->prevent_overlap);
  force->force_error_percent = coterie_get_shown_value (self->force_error);
}

static double
get_worth (CoterieLayoutPopover *self, CoterieMeasure measure)
{
  CoterieFrame *frame = coterie_session_get_current_frame (self->session);
  guint index = coterie_timeline_get_frame (coterie_session_get_timeline (self->session));
  CoterieFrame *before =
      index > 0 && frame != NULL ? coterie_session_get_frame (self->session, index - 1) : NULL;
  guint layer = coterie_session_get_layer (self->session);

  if (frame == NULL || layer == 0)
    return NAN;
  return coterie_measure_get_value (measure, frame, before, layer - 1, 0);
}

static char *
describe_worth (CoterieLayoutPopover *self)
{
  double move = get_worth (self, COTERIE_MEASURE_LAYOUT_MOVE);
  double separation = get_worth (self, COTERIE_MEASURE_LAYOUT_SEPARATION);
  g_autofree char *moved = isnan (move) ? g_strdup ("–") : g_strdup_printf ("%.3f", move);
  g_autofree char *apart =
      isnan (separation) ? g_strdup ("–") : g_strdup_printf ("%.3f", separation);

  /* Translators: two numbers; of the picture's radius, and of a whole */
  return g_strdup_printf (_ ("Stability: neurons moved by %s of the radius since the last "
                             "iteration. Separation: distances "
                             "within communities are %s of those between them."),
                          moved, apart);
}

static void
update_status (CoterieLayoutPopover *self)
{
  gboolean working = coterie_session_get_laying_out (self->session);
  g_autofree char *text =
      working ? g_strdup (_ ("Laying out all iterations…")) : describe_worth (self);

  gtk_label_set_label (self->status_label, text);
  gtk_progress_bar_set_fraction (self->progress_bar,
                                 coterie_session_get_layout_fraction (self->session));
  gtk_widget_set_opacity (GTK_WIDGET (self->progress_bar), working ? 1.0 : 0.0);
}

static gboolean
update_cb (gpointer data)
{
  update_status (data);
  return G_SOURCE_CONTINUE;
}

static const char *
describe_button (CoterieSession *session, gboolean can_lay_out)
{
  if (can_lay_out)
    return _ ("Layout Settings");
  if (coterie_session_get_busy (session))
    return _ ("Layout Settings: after the training");
  return _ ("Layout Settings: once all iterations are here");
}

static void
update_button (CoterieLayoutPopover *self, gboolean can_lay_out)
{
  GtkWidget *button = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_MENU_BUTTON);

  if (button == NULL)
    return;
  gtk_widget_set_visible (button, coterie_session_get_n_frames (self->session) > 0);
  gtk_widget_set_sensitive (button, can_lay_out);
  gtk_widget_set_tooltip_text (button, describe_button (self->session, can_lay_out));
}

static gboolean
has_usual_settings (CoterieLayoutPopover *self)
{
  CoterieRunInfo *info = coterie_session_get_info (self->session);
  CoterieLayoutSettings usual;

  if (info == NULL)
    return TRUE;
  coterie_layout_settings_init (&usual);
  usual.seed = info->layout.seed;
  return coterie_layout_settings_equal (&usual, &info->layout);
}

static void
update (CoterieLayoutPopover *self)
{
  gboolean can_lay_out = coterie_session_get_can_lay_out (self->session);
  gboolean working = coterie_session_get_laying_out (self->session);

  if (working && self->update_source == 0)
    self->update_source = g_timeout_add (UPDATE_INTERVAL_MS, update_cb, self);
  if (!working)
    g_clear_handle_id (&self->update_source, g_source_remove);
  if (!can_lay_out)
    gtk_popover_popdown (GTK_POPOVER (self));
  update_button (self, can_lay_out);
  gtk_widget_set_sensitive (self->reset_button, !has_usual_settings (self));
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_status (self);
}

static gboolean
apply (gpointer data)
{
  CoterieLayoutPopover *self = data;
  CoterieLayoutSettings settings;

  self->apply_source = 0;
  if (!coterie_session_get_can_lay_out (self->session))
    return G_SOURCE_REMOVE;
  read_settings (self, &settings);
  coterie_session_lay_out (self->session, &settings);
  return G_SOURCE_REMOVE;
}

static void
changed (CoterieLayoutPopover *self)
{
  if (self->filling || self->session == NULL)
    return;
  g_clear_handle_id (&self->apply_source, g_source_remove);
  self->apply_source = g_timeout_add (APPLY_DELAY_MS, apply, self);
}

static void
reset_clicked (CoterieLayoutPopover *self)
{
  CoterieLayoutSettings usual;

  coterie_layout_settings_init (&usual);
  show_settings (self, &usual);
  changed (self);
}

static void
info_changed (CoterieLayoutPopover *self)
{
  CoterieRunInfo *info = coterie_session_get_info (self->session);

  /* A change of the user's that is waiting goes on waiting. */
  if (info != NULL && self->apply_source == 0)
    show_settings (self, &info->layout);
  update (self);
}

static void
coterie_layout_popover_map (GtkWidget *widget)
{
  CoterieLayoutPopover *self = COTERIE_LAYOUT_POPOVER (widget);

  GTK_WIDGET_CLASS (coterie_layout_popover_parent_class)->map (widget);
  if (self->session != NULL)
    update_status (self);
}

static void
coterie_layout_popover_dispose (GObject *object)
{
  CoterieLayoutPopover *self = COTERIE_LAYOUT_POPOVER (object);

  g_clear_handle_id (&self->apply_source, g_source_remove);
  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (coterie_layout_popover_parent_class)->dispose (object);
}

static void
coterie_layout_popover_class_init (CoterieLayoutPopoverClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_layout_popover_dispose;
  widget_class->map = coterie_layout_popover_map;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/layout-popover.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieLayoutPopover, mode);
  gtk_widget_class_bind_template_child (widget_class, CoterieLayoutPopover, scaling);
  gtk_widget_class_bind_template_child (widget_class, CoterieLayoutPopover, gravity);
  gtk_widget_class_bind_template_child (widget_class, CoterieLayoutPopover, strong_gravity);
  gtk_widget_class_bind_template_child (widget_class, CoterieLayoutPopover, lin_log);
  gtk_widget_class_bind_template_child (widget_class, CoterieLayoutPopover, dissuade_hubs);
  gtk_widget_class_bind_template_child (widget_class, CoterieLayoutPopover, weight_influence);
  gtk_widget_class_bind_template_child (widget_class, CoterieLayoutPopover, prevent_overlap);
  gtk_widget_class_bind_template_child (widget_class, CoterieLayoutPopover, force_error);
  gtk_widget_class_bind_template_child (widget_class, CoterieLayoutPopover, status_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieLayoutPopover, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CoterieLayoutPopover, reset_button);
  gtk_widget_class_bind_template_callback (widget_class, changed);
  gtk_widget_class_bind_template_callback (widget_class, reset_clicked);
}

static void
coterie_layout_popover_init (CoterieLayoutPopover *self)
{
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  self->filling = FALSE;
}

/**
 * coterie_layout_popover_set_session:
 * @self: the popover of a menu button
 * @session: whose layout is set; set once
 *
 * Connects the popover and its button with what is shown.
 */
void
coterie_layout_popover_set_session (CoterieLayoutPopover *self, CoterieSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  coterie_popover_place_below (GTK_POPOVER (self));
  g_signal_connect_swapped (session, "notify::info", G_CALLBACK (info_changed), self);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (update), self);
  g_signal_connect_swapped (session, "notify::n-frames", G_CALLBACK (update), self);
  g_signal_connect_swapped (session, "notify::layer", G_CALLBACK (update), self);
  g_signal_connect_swapped (session, "notify::analysing", G_CALLBACK (update), self);
  g_signal_connect_swapped (session, "notify::laying-out", G_CALLBACK (update), self);
  info_changed (self);
}
