/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a training is, how long it still takes, and the buttons to pause and to stop it. Shown
 * while something is being trained; of a training that failed it goes on to say so. */

#include "app/training-card.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/run-words.h"
#include "app/widget-tree.h"

/* Often enough for a bar that seems to move evenly. */
#define UPDATE_INTERVAL_MS 200

struct _CoterieTrainingCard {
  GtkWidget parent_instance;

  CoterieSession *session;

  GtkRevealer *revealer;
  GtkLabel *stage_label;
  GtkLabel *time_label;
  GtkLabel *warning_label;
  GtkProgressBar *progress_bar;
  GtkButton *pause_button;
  GtkButton *stop_button;
  GtkWidget *only_busy[5]; /* those that have no meaning when the training has ended */

  guint update_source;
};

G_DEFINE_FINAL_TYPE (CoterieTrainingCard, coterie_training_card, GTK_TYPE_WIDGET)

static char *
describe_time_left (double seconds)
{
  guint minutes;

  if (seconds < 0)
    return g_strdup ("");
  if (seconds < 5)
    return g_strdup (_ ("a few seconds left"));
  /* In steps of five: a number that changes all the time promises more than is known. */
  if (seconds < 58)
    return g_strdup_printf (_ ("about %u s left"), (guint) (seconds / 5 + 0.5) * 5);
  minutes = (guint) (seconds / 60 + 0.5);
  if (minutes < 60)
    return g_strdup_printf (_ ("about %u min left"), minutes);
  return g_strdup_printf (_ ("about %u h %u min left"), minutes / 60, minutes % 60);
}

static char *
describe_stage (CoterieSession *session, const CoterieRunStatus *status)
{
  if (coterie_session_get_state (session) == COTERIE_SESSION_STOPPING)
    return g_strdup (_ ("Stopping…"));
  if (status->paused)
    return g_strdup_printf (_ ("Paused in iteration %u of %u"), status->iteration,
                            status->n_iterations);
  if (status->stage < COTERIE_RUN_STAGE_TRAINING && coterie_session_get_continuing (session))
    return g_strdup (_ ("Preparing to continue"));
  if (status->iteration == 0)
    return g_strdup (_ ("Untrained network"));
  return g_strdup_printf (_ ("Training iteration %u of %u"), status->iteration,
                          status->n_iterations);
}

/* What the training says of itself; frames may not be there yet, or know less. */
static CoterieFailure
read_failure (const CoterieRunStatus *status)
{
  gboolean exploded_first =
      status->exploded > 0 && (status->diverged == 0 || status->exploded < status->diverged);

  if (exploded_first)
    return (CoterieFailure){COTERIE_FAILURE_EXPLODED, status->exploded, 0};
  if (status->diverged > 0)
    return (CoterieFailure){COTERIE_FAILURE_DIVERGED, status->diverged, 0};
  if (status->silent > 0)
    return (CoterieFailure){COTERIE_FAILURE_SILENT, status->silent, status->silent_layer};
  return (CoterieFailure){0};
}

static void
show_failure (CoterieTrainingCard *self, const CoterieFailure *failure)
{
  g_autofree char *words = coterie_run_words_failure (failure);

  gtk_label_set_label (self->warning_label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning_label), words != NULL);
}

static void
update_pause_button (CoterieTrainingCard *self, gboolean paused)
{
  const char *label = paused ? _ ("Resume Training") : _ ("Pause Training");

  gtk_button_set_icon_name (self->pause_button, paused ? "media-playback-start-symbolic"
                                                       : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause_button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

static gboolean
update (gpointer data)
{
  CoterieTrainingCard *self = data;
  CoterieRunStatus status;
  CoterieFailure failure;
  g_autofree char *stage = NULL;
  g_autofree char *time_left = NULL;

  if (!coterie_session_get_status (self->session, &status))
    return G_SOURCE_CONTINUE;

  stage = describe_stage (self->session, &status);
  failure = read_failure (&status);
  time_left = status.paused ? g_strdup ("") : describe_time_left (status.seconds_left);
  gtk_label_set_label (self->stage_label, stage);
  gtk_label_set_label (self->time_label, time_left);
  show_failure (self, &failure);
  gtk_progress_bar_set_fraction (self->progress_bar, CLAMP (status.fraction, 0.0, 1.0));
  update_pause_button (self, status.paused);
  return G_SOURCE_CONTINUE;
}

/* Out of sight means out of reach, for the keyboard and for screen readers too. */
static void
follow_revealed (CoterieTrainingCard *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), gtk_revealer_get_reveal_child (self->revealer) ||
                                                 gtk_revealer_get_child_revealed (self->revealer));
}

/* What a recording that is not being trained says, so that it still says it when it is opened again. */
static gboolean
update_note (CoterieTrainingCard *self)
{
  CoterieFailure failure = coterie_session_get_failure (self->session);

  if (failure.kind != COTERIE_FAILURE_NONE)
    show_failure (self, &failure);
  return failure.kind != COTERIE_FAILURE_NONE;
}

static void
follow_state (CoterieTrainingCard *self)
{
  gboolean busy = coterie_session_get_busy (self->session);
  gboolean noted = !busy && update_note (self);

  /* what only fades away stays as it was */
  if (busy || noted)
    for (guint i = 0; i < G_N_ELEMENTS (self->only_busy); i++)
      gtk_widget_set_visible (self->only_busy[i], busy);
  gtk_revealer_set_reveal_child (self->revealer, busy || noted);
  follow_revealed (self);
  if (busy && self->update_source == 0)
    self->update_source = g_timeout_add (UPDATE_INTERVAL_MS, update, self);
  if (!busy)
    g_clear_handle_id (&self->update_source, g_source_remove);
  if (!noted)
    update (self);
}

/* While training, what the run says goes first. */
static void
follow_frames (CoterieTrainingCard *self)
{
  if (!coterie_session_get_busy (self->session))
    follow_state (self);
}

static void
coterie_training_card_dispose (GObject *object)
{
  CoterieTrainingCard *self = COTERIE_TRAINING_CARD (object);

  g_clear_handle_id (&self->update_source, g_source_remove);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_clear_object (&self->session);
  coterie_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (coterie_training_card_parent_class)->dispose (object);
}

static void
coterie_training_card_class_init (CoterieTrainingCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_training_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/training-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainingCard, revealer);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainingCard, stage_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainingCard, time_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainingCard, warning_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainingCard, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainingCard, pause_button);
  gtk_widget_class_bind_template_child (widget_class, CoterieTrainingCard, stop_button);
}

static void
coterie_training_card_init (CoterieTrainingCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->only_busy[0] = GTK_WIDGET (self->stage_label);
  self->only_busy[1] = GTK_WIDGET (self->time_label);
  self->only_busy[2] = GTK_WIDGET (self->progress_bar);
  self->only_busy[3] = GTK_WIDGET (self->pause_button);
  self->only_busy[4] = GTK_WIDGET (self->stop_button);
  g_signal_connect_swapped (self->revealer, "notify::child-revealed", G_CALLBACK (follow_revealed),
                            self);
}

/**
 * coterie_training_card_set_session:
 * @self: the card
 * @session: whose training is shown; set once
 *
 * Connects the card with what it shows.
 */
void
coterie_training_card_set_session (CoterieTrainingCard *self, CoterieSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (follow_state), self);
  g_signal_connect_swapped (session, "notify::paused", G_CALLBACK (follow_state), self);
  g_signal_connect_swapped (session, "notify::n-frames", G_CALLBACK (follow_frames), self);
  follow_state (self);
}
