/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Three plots over the iterations, one above the other: modularity and entropy of the chosen layer,
 * and the accuracy of the network. A click in one of them goes to that iteration. */

#include "app/evolution-panel.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/plot-view.h"
#include "app/widget-tree.h"

struct _CoterieEvolutionPanel {
  GtkWidget parent_instance;

  CoterieSession *session;

  CoteriePlotView *modularity_plot;
  CoteriePlotView *entropy_plot;
  CoteriePlotView *accuracy_plot;
};

G_DEFINE_FINAL_TYPE (CoterieEvolutionPanel, coterie_evolution_panel, GTK_TYPE_WIDGET)

/* One value of a frame, for the layer at an index from 0. */
typedef double (*FrameValue) (const CoterieFrame *frame, guint layer_index);

typedef struct {
  const char *name;
  FrameValue value;
  guint color;
  gboolean dashed;
} Series;

static double
get_weighted_overlap (const CoterieFrame *frame, guint layer_index)
{
  return frame->layers[layer_index].analysis->modularity.weighted_overlap;
}

static double
get_unweighted_overlap (const CoterieFrame *frame, guint layer_index)
{
  return frame->layers[layer_index].analysis->modularity.unweighted_overlap;
}

static double
get_no_overlap (const CoterieFrame *frame, guint layer_index)
{
  return frame->layers[layer_index].analysis->modularity.no_overlap;
}

static double
get_louvain (const CoterieFrame *frame, guint layer_index)
{
  return frame->layers[layer_index].analysis->modularity.louvain;
}

static double
get_entropy (const CoterieFrame *frame, guint layer_index)
{
  const CoterieLayerAnalysis *analysis = frame->layers[layer_index].analysis;

  return analysis->entropy / analysis->n_neurons;
}

static double
get_live_entropy (const CoterieFrame *frame, guint layer_index)
{
  return frame->layers[layer_index].analysis->mean_live_entropy;
}

static double
get_training_accuracy (const CoterieFrame *frame, guint layer_index)
{
  return 100.0 * frame->evaluations[COTERIE_SPLIT_TRAINING].accuracy;
}

static double
get_test_accuracy (const CoterieFrame *frame, guint layer_index)
{
  return 100.0 * frame->evaluations[COTERIE_SPLIT_TEST].accuracy;
}

static const Series modularity_series[] = {
    {N_ ("weighted overlap"), get_weighted_overlap, 0, FALSE},
    {N_ ("unweighted overlap"), get_unweighted_overlap, 1, FALSE},
    {N_ ("no overlap"), get_no_overlap, 2, TRUE},
    {N_ ("Louvain"), get_louvain, 3, FALSE},
};

static const Series entropy_series[] = {
    {N_ ("live neurons"), get_live_entropy, 4, FALSE},
    {N_ ("all neurons"), get_entropy, 4, TRUE},
};

static const Series accuracy_series[] = {
    {N_ ("training"), get_training_accuracy, 5, FALSE},
    {N_ ("test"), get_test_accuracy, 5, TRUE},
};

static void
add_series (CoterieLinePlot *plot, CoterieSession *session, const Series *series)
{
  guint n_frames = coterie_session_get_n_frames (session);
  guint layer_index = coterie_session_get_layer (session) - 1;
  g_autofree double *x = g_new (double, MAX (n_frames, 1));
  g_autofree double *y = g_new (double, MAX (n_frames, 1));

  for (guint i = 0; i < n_frames; i++) {
    const CoterieFrame *frame = coterie_session_get_frame (session, i);

    x[i] = frame->iteration;
    y[i] = series->value (frame, layer_index);
  }
  coterie_line_plot_add_series (plot, _ (series->name), series->color, series->dashed, x, y,
                                n_frames);
}

static CoterieLinePlot *
create_plot (CoterieSession *session,
             const char *title,
             const char *subject,
             const char *unit,
             const Series *series,
             guint n_series)
{
  CoterieLinePlot *plot = coterie_line_plot_new (title, unit);

  coterie_line_plot_set_subject (plot, subject);
  coterie_line_plot_set_x_title (plot, _ ("iteration"));
  coterie_line_plot_set_x_range (plot, 0, MAX (coterie_session_get_last_iteration (session), 1));
  for (guint i = 0; i < n_series; i++)
    add_series (plot, session, &series[i]);
  return plot;
}

/* The untrained network knows next to nothing; with it in view, everything after would be a line at
 * the top. It is left out of the range once there is enough to see without it, and marked below. */
static void
limit_accuracy (CoterieLinePlot *plot, CoterieSession *session)
{
  guint n_frames = coterie_session_get_n_frames (session);
  double lowest = 100.0;
  double highest = 0.0;

  for (guint i = 1; i < n_frames; i++) {
    const CoterieFrame *frame = coterie_session_get_frame (session, i);

    for (guint split = 0; split < COTERIE_N_SPLITS; split++) {
      lowest = MIN (lowest, 100.0 * frame->evaluations[split].accuracy);
      highest = MAX (highest, 100.0 * frame->evaluations[split].accuracy);
    }
  }

  coterie_line_plot_set_y_bounds (plot, 0.0, 100.0);
  if (n_frames > 3 && highest > lowest) {
    double air = 0.1 * (highest - lowest);

    coterie_line_plot_set_y_range (plot, MAX (lowest - air, 0.0), MIN (highest + air, 100.0));
  }
}

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
  coterie_plot_view_set_cursor (self->modularity_plot, x);
  coterie_plot_view_set_cursor (self->entropy_plot, x);
  coterie_plot_view_set_cursor (self->accuracy_plot, x);
}

static void
update_plots (CoterieEvolutionPanel *self)
{
  CoterieSession *session = self->session;
  g_autofree char *layer = NULL;
  CoterieLinePlot *plot;

  if (coterie_session_get_info (session) == NULL)
    return;

  layer = g_strdup_printf (_ ("layer %u"), coterie_session_get_layer (session));

  plot = create_plot (session, _ ("Modularity"), layer, NULL, modularity_series,
                      G_N_ELEMENTS (modularity_series));
  coterie_plot_view_set_plot (self->modularity_plot, plot);

  plot = create_plot (session, _ ("Activation entropy"), layer, _ ("nats per neuron"),
                      entropy_series, G_N_ELEMENTS (entropy_series));
  coterie_line_plot_set_y_bounds (plot, 0.0, G_MAXDOUBLE);
  coterie_plot_view_set_plot (self->entropy_plot, plot);

  plot = create_plot (session, _ ("Accuracy"), NULL, "%", accuracy_series,
                      G_N_ELEMENTS (accuracy_series));
  limit_accuracy (plot, session);
  coterie_line_plot_set_show_x (plot, TRUE);
  coterie_plot_view_set_plot (self->accuracy_plot, plot);

  update_cursor (self);
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
coterie_evolution_panel_class_init (CoterieEvolutionPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_evolution_panel_dispose;
  g_type_ensure (COTERIE_TYPE_PLOT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/evolution-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieEvolutionPanel, modularity_plot);
  gtk_widget_class_bind_template_child (widget_class, CoterieEvolutionPanel, entropy_plot);
  gtk_widget_class_bind_template_child (widget_class, CoterieEvolutionPanel, accuracy_plot);
  gtk_widget_class_bind_template_callback (widget_class, iteration_picked);
}

static void
coterie_evolution_panel_init (CoterieEvolutionPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  coterie_plot_view_stack_with (self->entropy_plot, self->modularity_plot);
  coterie_plot_view_stack_with (self->accuracy_plot, self->modularity_plot);
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
  g_signal_connect_swapped (timeline, "notify::position", G_CALLBACK (update_cursor), self);
}
