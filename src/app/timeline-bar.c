/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The way through the iterations: buttons, a slider with a mark for each of them, and the number of
 * the one that is shown. The bar also is the clock of the timeline: it moves it on before each
 * picture, and only while there is something to move. */

#include "app/timeline-bar.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/widget-tree.h"

/* A slider that rests for so long has arrived, and settles at the nearest frame. */
#define SETTLE_DELAY_MS 260
/* After the machine was suspended, or the window hidden, the timeline goes on where it was. */
#define MAX_ELAPSED_S 0.1
/* As many marks as can be told apart; every fifth, tenth … has a number. */
#define MAX_MARKS 60
#define MAX_NUMBERS 10

struct _CoterieTimelineBar {
  GtkWidget parent_instance;

  CoterieSession *session;

  GtkButton *play_button;
  GtkScale *scale;
  GtkAdjustment *adjustment;
  GtkLabel *iteration_label;
  GtkLabel *mode_label;
  GtkMenuButton *speed_button;

  CoterieTimeline *timeline; /* the session's */
  guint tick_id;
  gint64 last_tick_us;
  guint settle_source;
  guint n_marked;
  guint failure_marked; /* iteration, or 0 */
  gboolean filling;     /* the slider is moved by the timeline, not by the user */
};

G_DEFINE_FINAL_TYPE (CoterieTimelineBar, coterie_timeline_bar, GTK_TYPE_WIDGET)

/* Frames a second that are called 1×; the menu has multiples of it. */
#define NORMAL_SPEED 2.0

static gboolean
tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  CoterieTimelineBar *self = COTERIE_TIMELINE_BAR (widget);
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);
  double elapsed_s = (now_us - self->last_tick_us) / (double) G_USEC_PER_SEC;

  self->last_tick_us = now_us;
  if (coterie_timeline_advance (self->timeline, CLAMP (elapsed_s, 0.0, MAX_ELAPSED_S)))
    return G_SOURCE_CONTINUE;
  self->tick_id = 0;
  return G_SOURCE_REMOVE;
}

static gboolean
animations_enabled (GtkWidget *widget)
{
  gboolean enabled = TRUE;

  g_object_get (gtk_widget_get_settings (widget), "gtk-enable-animations", &enabled, NULL);
  return enabled;
}

static void
follow_moving (CoterieTimelineBar *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  if (!coterie_timeline_get_moving (self->timeline) || self->tick_id != 0)
    return;

  if (clock == NULL ||
      (!coterie_timeline_get_playing (self->timeline) && !animations_enabled (GTK_WIDGET (self)))) {
    coterie_timeline_advance (self->timeline, G_MAXDOUBLE);
    return;
  }
  self->last_tick_us = g_get_monotonic_time ();
  self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick, NULL, NULL);
}

static guint
choose_mark_step (guint n_frames, guint most)
{
  const guint steps[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000};

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (n_frames <= most * steps[i])
      return steps[i];
  return n_frames;
}

/* The same cross that the plots have where a training failed. */
static void
add_failure_mark (CoterieTimelineBar *self, guint iteration)
{
  guint n_frames = coterie_session_get_n_frames (self->session);

  for (guint i = 0; i < n_frames; i++)
    if (coterie_session_get_frame (self->session, i)->iteration == iteration)
      gtk_scale_add_mark (self->scale, i, GTK_POS_TOP, "×");
}

static void
update_marks (CoterieTimelineBar *self)
{
  guint n_planned = coterie_session_get_n_planned_frames (self->session);
  guint mark_step = choose_mark_step (n_planned, MAX_MARKS);
  guint number_step = choose_mark_step (n_planned, MAX_NUMBERS);
  guint failure = coterie_session_get_failure (self->session).iteration;

  if (n_planned == self->n_marked && failure == self->failure_marked)
    return;
  self->n_marked = n_planned;
  self->failure_marked = failure;

  gtk_scale_clear_marks (self->scale);
  for (guint i = 0; i < n_planned; i += mark_step) {
    g_autofree char *number = NULL;

    if (i % number_step == 0)
      number = g_strdup_printf ("%u", coterie_session_get_planned_iteration (self->session, i));
    gtk_scale_add_mark (self->scale, i, GTK_POS_BOTTOM, number);
  }
  if (failure > 0)
    add_failure_mark (self, failure);
}

/* As short as the label above it, which keeps the slider where it is. */
static char *
describe_analysis (CoterieTimelineBar *self)
{
  CoterieReanalysisStatus status;

  if (!coterie_session_get_analysis_status (self->session, &status))
    return NULL;
  if (status.n_frames == 0)
    return g_strdup (_ ("analysing again"));
  /* Translators: below the number of the iteration: how many of the frames have been analysed again */
  return g_strdup_printf (_ ("analysing: %u of %u"), status.n_done, status.n_frames);
}

static void
update_labels (CoterieTimelineBar *self)
{
  CoterieFrame *frame = coterie_session_get_current_frame (self->session);
  g_autofree char *label = NULL;
  g_autofree char *analysis = describe_analysis (self);
  const char *mode = "";

  if (frame == NULL) {
    gtk_label_set_label (self->iteration_label, "");
    gtk_widget_set_visible (GTK_WIDGET (self->mode_label), FALSE);
    return;
  }

  label = g_strdup_printf (_ ("Iteration %u of %u"), frame->iteration,
                           coterie_session_get_last_iteration (self->session));
  if (analysis != NULL)
    mode = analysis;
  else if (coterie_timeline_get_playing (self->timeline))
    mode = _ ("playing");
  else if (frame->iteration == 0)
    mode = _ ("untrained network");
  else if (coterie_session_get_busy (self->session) &&
           coterie_timeline_get_following (self->timeline))
    mode = _ ("follows the training");
  else if (!coterie_session_get_busy (self->session) &&
           !coterie_session_get_complete (self->session))
    mode = _ ("recording not finished");

  gtk_label_set_label (self->iteration_label, label);
  gtk_label_set_label (self->mode_label, mode);
  gtk_widget_set_visible (GTK_WIDGET (self->mode_label), mode[0] != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  label, -1);
}

/* GTK 4.8 gives the bar that shows the fill level its new size only when the slider moves. */
static void
set_fill_level (CoterieTimelineBar *self, double level)
{
  gtk_range_set_fill_level (GTK_RANGE (self->scale), level);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->scale)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_queue_allocate (child);
}

static void
update_frames (CoterieTimelineBar *self)
{
  guint n_frames = coterie_session_get_n_frames (self->session);
  guint n_planned = coterie_session_get_n_planned_frames (self->session);

  self->filling = TRUE;
  gtk_adjustment_set_upper (self->adjustment, MAX (n_planned, 2) - 1.0);
  self->filling = FALSE;
  set_fill_level (self, n_frames > 0 ? n_frames - 1.0 : 0.0);
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), n_frames > 1);
  update_marks (self);
  update_labels (self);
}

static void
update_position (CoterieTimelineBar *self)
{
  self->filling = TRUE;
  gtk_adjustment_set_value (self->adjustment, coterie_timeline_get_position (self->timeline));
  self->filling = FALSE;
  update_labels (self);
}

static void
update_playing (CoterieTimelineBar *self)
{
  gboolean playing = coterie_timeline_get_playing (self->timeline);

  gtk_button_set_icon_name (self->play_button, playing ? "media-playback-pause-symbolic"
                                                       : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->play_button),
                               playing ? _ ("Pause (Space)") : _ ("Play (Space)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  playing ? _ ("Pause") : _ ("Play"), -1);
  update_labels (self);
}

static gboolean
settle (gpointer data)
{
  CoterieTimelineBar *self = data;

  self->settle_source = 0;
  coterie_timeline_settle (self->timeline);
  return G_SOURCE_REMOVE;
}

/* Dragging is followed at once; keys and clicks beside the handle are eased to. */
static gboolean
scale_changed (CoterieTimelineBar *self, GtkScrollType scroll, double value, GtkRange *range)
{
  value = MIN (value, gtk_range_get_fill_level (range));
  if (scroll == GTK_SCROLL_JUMP) {
    coterie_timeline_scrub (self->timeline, value);
    g_clear_handle_id (&self->settle_source, g_source_remove);
    self->settle_source = g_timeout_add (SETTLE_DELAY_MS, settle, self);
  } else if (scroll == GTK_SCROLL_STEP_FORWARD || scroll == GTK_SCROLL_STEP_RIGHT ||
             scroll == GTK_SCROLL_STEP_UP) {
    coterie_timeline_step (self->timeline, 1);
  } else if (scroll == GTK_SCROLL_STEP_BACKWARD || scroll == GTK_SCROLL_STEP_LEFT ||
             scroll == GTK_SCROLL_STEP_DOWN) {
    coterie_timeline_step (self->timeline, -1);
  } else if (scroll == GTK_SCROLL_END) {
    coterie_timeline_go_to_last (self->timeline);
  } else {
    coterie_timeline_go_to (self->timeline, value);
    coterie_timeline_settle (self->timeline);
  }
  return GDK_EVENT_STOP;
}

/* Assistive technology sets the value of the slider without a word about scrolling. GTK tells again of
 * what is set meanwhile, when the timeline has the slider back. */
static void
value_set (CoterieTimelineBar *self)
{
  double value = gtk_adjustment_get_value (self->adjustment);

  if (self->filling || value == coterie_timeline_get_position (self->timeline))
    return;
  coterie_timeline_go_to (self->timeline,
                          MIN (value, gtk_range_get_fill_level (GTK_RANGE (self->scale))));
  coterie_timeline_settle (self->timeline);
  update_position (self);
}

static void
show_speed (CoterieTimelineBar *self)
{
  double factor = coterie_timeline_get_speed (self->timeline) / NORMAL_SPEED;
  g_autofree char *label = NULL;

  if (factor == 0.25)
    label = g_strdup ("¼×");
  else if (factor == 0.5)
    label = g_strdup ("½×");
  else
    label = g_strdup_printf ("%g×", factor);
  gtk_menu_button_set_label (self->speed_button, label);
}

static void
coterie_timeline_bar_dispose (GObject *object)
{
  CoterieTimelineBar *self = COTERIE_TIMELINE_BAR (object);

  g_clear_handle_id (&self->settle_source, g_source_remove);
  if (self->session != NULL) {
    g_signal_handlers_disconnect_by_data (self->session, self);
    g_signal_handlers_disconnect_by_data (self->timeline, self);
  }
  g_clear_object (&self->session);
  coterie_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (coterie_timeline_bar_parent_class)->dispose (object);
}

static void
coterie_timeline_bar_class_init (CoterieTimelineBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_timeline_bar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/timeline-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieTimelineBar, play_button);
  gtk_widget_class_bind_template_child (widget_class, CoterieTimelineBar, scale);
  gtk_widget_class_bind_template_child (widget_class, CoterieTimelineBar, adjustment);
  gtk_widget_class_bind_template_child (widget_class, CoterieTimelineBar, iteration_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieTimelineBar, mode_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieTimelineBar, speed_button);
}

static void
coterie_timeline_bar_init (CoterieTimelineBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * coterie_timeline_bar_set_session:
 * @self: the bar
 * @session: whose timeline is shown; set once
 *
 * Connects the bar with what it shows.
 */
void
coterie_timeline_bar_set_session (CoterieTimelineBar *self, CoterieSession *session)
{
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->timeline = coterie_session_get_timeline (session);
  g_signal_connect_swapped (session, "notify::info", G_CALLBACK (update_frames), self);
  g_signal_connect_swapped (session, "notify::n-frames", G_CALLBACK (update_frames), self);
  g_signal_connect_swapped (session, "notify::state", G_CALLBACK (update_labels), self);
  g_signal_connect_swapped (session, "notify::analysing", G_CALLBACK (update_labels), self);
  g_signal_connect_swapped (self->timeline, "notify::position", G_CALLBACK (update_position), self);
  g_signal_connect_swapped (self->timeline, "notify::playing", G_CALLBACK (update_playing), self);
  g_signal_connect_swapped (self->timeline, "notify::following", G_CALLBACK (update_labels), self);
  g_signal_connect_swapped (self->timeline, "notify::moving", G_CALLBACK (follow_moving), self);
  g_signal_connect_swapped (self->timeline, "notify::speed", G_CALLBACK (show_speed), self);
  g_signal_connect_swapped (self->scale, "change-value", G_CALLBACK (scale_changed), self);
  g_signal_connect_swapped (self->adjustment, "value-changed", G_CALLBACK (value_set), self);
  show_speed (self);
  update_frames (self);
  update_playing (self);
}
