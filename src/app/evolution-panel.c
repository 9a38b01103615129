/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three plots over the iterations, one above the other: of what people choose, at first modularity and
 * entropy of the chosen layer, and the accuracy of the network. A click in one of them goes to that
 * iteration. */

#include "app/evolution-panel.h"

#include "config.h"

#include "app/measure-plot.h"
#include "app/widget-tree.h"

#define N_PLOTS 3

struct _CoterieEvolutionPanel {
  GtkWidget parent_instance;

  /* owned */
  CoterieSession *session;
  CoterieSeriesBook *book;
  CoterieRunInfo *info; /* of what the book is about */
  GArray *bad;          /* of guint: iterations with activations or losses that are not numbers */
  GArray *silent;       /* of double: iterations at which the chosen layer is */
  GArray *exploded;     /* of double: iterations at which the training had diverged */
  GArray *outdated;     /* of gboolean: of each frame */

  CoterieMeasurePlot *plots[N_PLOTS];

  guint n_frames; /* in the book */
};

G_DEFINE_FINAL_TYPE (CoterieEvolutionPanel, coterie_evolution_panel, GTK_TYPE_WIDGET)

static const char *const plot_names[N_PLOTS] = {"first_plot", "second_plot", "third_plot"};
static const char *const setting_keys[N_PLOTS] = {"first-plot", "second-plot", "third-plot"};

static double
get_cursor (CoterieSession *session)
{
  double position = coterie_timeline_get_position (coterie_session_get_timeline (session));

  return coterie_session_get_iteration_at (session, position);
}

static void
update_cursor (CoterieEvolutionPanel *self)
{
  double x;

  if (coterie_session_get_n_frames (self->session) == 0)
    return;
  x = get_cursor (self->session);
  for (guint i = 0; i < N_PLOTS; i++)
    coterie_plot_view_set_cursor (coterie_measure_plot_get_view (self->plots[i]), x);
}

static void
start_book (CoterieEvolutionPanel *self, CoterieRunInfo *info)
{
  g_clear_pointer (&self->book, coterie_series_book_free);
  g_clear_pointer (&self->info, coterie_run_info_unref);
  g_array_set_size (self->bad, 0);
  g_array_set_size (self->exploded, 0);
  self->n_frames = 0;
  self->info = coterie_run_info_ref (info);
  self->book = coterie_series_book_new (info->training.n_hidden, info->dataset.n_classes);
}

static void
find_outdated (CoterieEvolutionPanel *self)
{
  g_array_set_size (self->outdated, 0);
  for (guint i = 0; i < self->n_frames; i++) {
    gboolean outdated = coterie_session_get_outdated (self->session, i);

    g_array_append_val (self->outdated, outdated);
  }
}

static void
find_silent (CoterieEvolutionPanel *self)
{
  guint l = coterie_session_get_layer (self->session) - 1;

  g_array_set_size (self->silent, 0);
  for (guint i = 0; i < self->n_frames; i++) {
    const CoterieFrame *frame = coterie_session_get_frame (self->session, i);
    double iteration = frame->iteration;

    if (l < frame->n_layers && coterie_layer_analysis_is_silent (frame->layers[l].analysis))
      g_array_append_val (self->silent, iteration);
  }
}

static void
note_explosion (CoterieEvolutionPanel *self, double iteration)
{
  g_array_append_val (self->exploded, iteration);
}

/* Takes down what frames have arrived. */
static void
extend_book (CoterieEvolutionPanel *self)
{
  CoterieRunInfo *info = coterie_session_get_info (self->session);
  guint n_frames = coterie_session_get_n_frames (self->session);

  if (self->info != info || n_frames < self->n_frames)
    start_book (self, info);
  for (; self->n_frames < n_frames; self->n_frames++) {
    const CoterieFrame *frame = coterie_session_get_frame (self->session, self->n_frames);

    coterie_series_book_add (self->book, frame);
    if (coterie_frame_has_exploded (frame))
      note_explosion (self, frame->iteration);
    if (coterie_frame_has_diverged (frame))
      g_array_append_val (self->bad, frame->iteration);
  }
}

static void
update_plots (CoterieEvolutionPanel *self)
{
  CoterieMeasurePlotData data;

  if (coterie_session_get_info (self->session) == NULL)
    return;

  extend_book (self);
  find_outdated (self);
  find_silent (self);
  data = (CoterieMeasurePlotData){
      .book = self->book,
      .info = self->info,
      .layer_index = coterie_session_get_layer (self->session) - 1,
      .last_iteration = coterie_session_get_last_iteration (self->session),
      .n_bad = self->bad->len,
      .bad = (const guint *) (gconstpointer) self->bad->data,
      .n_silent = self->silent->len,
      .silent = (const double *) (gconstpointer) self->silent->data,
      .n_exploded = self->exploded->len,
      .exploded = (const double *) (gconstpointer) self->exploded->data,
      .outdated = coterie_session_get_analysing (self->session)
                      ? (const gboolean *) (gconstpointer) self->outdated->data
                      : NULL,
  };
  for (guint i = 0; i < N_PLOTS; i++)
    coterie_measure_plot_show (self->plots[i], &data);
  update_cursor (self);
}

/* The same iterations, analysed in another way. */
static void
show_replaced (CoterieEvolutionPanel *self)
{
  start_book (self, coterie_session_get_info (self->session));
  update_plots (self);
}

static void
iteration_picked (CoterieEvolutionPanel *self, double iteration)
{
  CoterieTimeline *timeline = coterie_session_get_timeline (self->session);

  coterie_timeline_go_to (timeline, coterie_session_get_position_of (self->session, iteration));
  coterie_timeline_settle (timeline);
}

static void
coterie_evolution_panel_dispose (GObject *object)
{
  CoterieEvolutionPanel *self = COTERIE_EVOLUTION_PANEL (object);

  if (self->session != NULL) {
    g_signal_handlers_disconnect_by_data (self->session, self);
    g_signal_handlers_disconnect_by_data (coterie_session_get_timeline (self->session), self);
  }
  g_clear_object (&self->session);
  coterie_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (coterie_evolution_panel_parent_class)->dispose (object);
}

static void
coterie_evolution_panel_finalize (GObject *object)
{
  CoterieEvolutionPanel *self = COTERIE_EVOLUTION_PANEL (object);

  g_clear_pointer (&self->book, coterie_series_book_free);
  g_clear_pointer (&self->info, coterie_run_info_unref);
  g_array_unref (self->bad);
  g_array_unref (self->silent);
  g_array_unref (self->exploded);
  g_array_unref (self->outdated);
  G_OBJECT_CLASS (coterie_evolution_panel_parent_class)->finalize (object);
}

static void
bind_plot (GtkWidgetClass *widget_class, const char *name, guint index)
{
  gtk_widget_class_bind_template_child_full (widget_class, name, FALSE,
                                             G_STRUCT_OFFSET (CoterieEvolutionPanel, plots) +
                                                 index * sizeof (CoterieMeasurePlot *));
}

static void
coterie_evolution_panel_class_init (CoterieEvolutionPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_evolution_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = coterie_evolution_panel_finalize;
  g_type_ensure (COTERIE_TYPE_MEASURE_PLOT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/evolution-panel.ui");
  for (guint i = 0; i < N_PLOTS; i++)
    bind_plot (widget_class, plot_names[i], i);
  gtk_widget_class_bind_template_callback (widget_class, iteration_picked);
}

static void
coterie_evolution_panel_init (CoterieEvolutionPanel *self)
{
  self->bad = g_array_new (FALSE, FALSE, sizeof (guint));
  self->silent = g_array_new (FALSE, FALSE, sizeof (double));
  self->exploded = g_array_new (FALSE, FALSE, sizeof (double));
  self->outdated = g_array_new (FALSE, FALSE, sizeof (gboolean));
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_PLOTS; i++) {
    coterie_measure_plot_remember_as (self->plots[i], setting_keys[i], i + 1 == N_PLOTS);
    if (i > 0)
      coterie_plot_view_stack_with (coterie_measure_plot_get_view (self->plots[i]),
                                    coterie_measure_plot_get_view (self->plots[0]));
  }
}

/**
 * coterie_evolution_panel_set_session:
 * @self: the panel
 * @session: whose frames are plotted; set once
 *
 * Connects the panel with what it shows.
 */
void
coterie_evolution_panel_set_session (CoterieEvolutionPanel *self, CoterieSession *session)
{
  CoterieTimeline *timeline = coterie_session_get_timeline (session);

  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_swapped (session, "notify::n-frames", G_CALLBACK (update_plots), self);
  g_signal_connect_swapped (session, "notify::layer", G_CALLBACK (update_plots), self);
  g_signal_connect_swapped (session, "notify::analysing", G_CALLBACK (update_plots), self);
  g_signal_connect_swapped (session, "frames-replaced", G_CALLBACK (show_replaced), self);
  g_signal_connect_swapped (timeline, "notify::position", G_CALLBACK (update_cursor), self);
}
