/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the page says of its graph in words, on it and to screen readers. */

#include "config.h"

#include <glib/gi18n.h>

#include "app/neuron-words.h"
#include "app/run-page-private.h"
#include "draw/plot/scale.h"

/**
 * coterie_run_page_update_spoken:
 * @self: the page
 *
 * A screen reader says which neuron the keyboard is on, or that this is the graph where it is elsewhere.
 */
void
coterie_run_page_update_spoken (CoterieRunPage *self)
{
  CoterieFrame *frame = coterie_session_get_current_frame (self->session);
  guint64 key = coterie_selection_get_focus (coterie_session_get_selection (self->session));
  guint layer = coterie_scene_key_layer (key);
  g_autofree char *words = NULL;

  if (key != COTERIE_SELECTION_NO_KEY && frame != NULL && layer <= frame->n_layers &&
      gtk_widget_has_focus (GTK_WIDGET (self->graph_view)))
    words = coterie_neuron_words_sentence (&frame->layers[layer - 1],
                                           coterie_session_get_info (self->session),
                                           coterie_scene_key_neuron (key));
  else
    words = g_strdup (_ ("Graph of the Layer"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->graph_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  words, -1);
}

/* Where the weights between the layers come from, if that is not the frame itself; %NULL if it is. */
static char *
describe_weights (CoterieRunPage *self)
{
  CoterieTimeline *timeline = coterie_session_get_timeline (self->session);
  CoterieFrame *frame = coterie_session_get_current_frame (self->session);
  CoterieLayerWeights *weights;

  if (!coterie_session_get_all_layers (self->session))
    return NULL;
  weights =
      coterie_session_get_layer_weights (self->session, coterie_timeline_get_frame (timeline));
  if (weights == NULL || weights->iteration == frame->iteration)
    return NULL;
  if (!weights->known)
    return g_strdup (_ ("The recording has no weights of this iteration or before"));
  return g_strdup_printf (_ ("Between layers: weights of iteration %u"), weights->iteration);
}

/**
 * coterie_run_page_update_weights_label:
 * @self: the page
 *
 * Says above the graph where the weights between the layers come from, if not from the frame itself.
 */
void
coterie_run_page_update_weights_label (CoterieRunPage *self)
{
  g_autofree char *text =
      coterie_session_get_n_frames (self->session) > 0 ? describe_weights (self) : NULL;

  gtk_widget_set_visible (self->weights_label, text != NULL);
  if (text != NULL)
    gtk_label_set_label (GTK_LABEL (self->weights_label), text);
}

static char *
describe_all_layers (CoterieRunPage *self, const CoterieFrame *frame)
{
  const CoterieSceneGraph *graph =
      coterie_scene_get_nearest_graph (coterie_graph_view_get_scene (self->graph_view));

  return g_strdup_printf (
      _ ("Iteration %u, all %u layers side by side: %u neurons, %u edges, %u communities"),
      frame->iteration, frame->n_layers, graph->n_nodes, graph->n_edges, graph->n_communities);
}

/**
 * coterie_run_page_describe_graph:
 * @self: the page
 * @layer: what is shown of the nearest frame
 *
 * Describes the graph to those who do not see it.
 */
void
coterie_run_page_describe_graph (CoterieRunPage *self, const CoterieFrameLayer *layer)
{
  CoterieFrame *frame = coterie_session_get_current_frame (self->session);
  g_autofree char *overlap = coterie_scale_format (layer->analysis->modularity.weighted_overlap, 2);
  g_autofree char *description = NULL;

  if (coterie_session_get_all_layers (self->session))
    description = describe_all_layers (self, frame);
  else if (layer->analysis->n_bad_values > 0)
    description = g_strdup_printf (_ ("Iteration %u, layer %u: activations are not numbers"),
                                   frame->iteration, layer->analysis->layer);
  else if (coterie_layer_analysis_is_silent (layer->analysis))
    description = g_strdup_printf (_ ("Iteration %u, layer %u: all neurons are silent"),
                                   frame->iteration, layer->analysis->layer);
  else
    description = g_strdup_printf (
        _ ("Iteration %u, layer %u: %u neurons, %u edges, %u communities; modularity with weighted "
           "overlap %s"),
        frame->iteration, layer->analysis->layer, layer->analysis->n_nodes,
        layer->analysis->graph->n_edges, layer->n_communities, overlap);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->graph_view),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
}

/* What is to be said of a graph whose activations are numbers, or NULL. */
static char *
describe_failure (CoterieFrame *frame, gboolean silent)
{
  const char *words = silent ? _ ("All neurons of this layer are silent at this iteration") : NULL;
  g_autofree char *loss = NULL;
  g_autofree char *exploded = NULL;

  if (frame == NULL || !coterie_frame_has_exploded (frame))
    return g_strdup (words);
  loss = coterie_scale_format (frame->evaluations[COTERIE_SPLIT_TRAINING].loss, 0);
  exploded = g_strdup_printf (
      _ ("The training has diverged: its loss is %s nats at this iteration"), loss);
  return words != NULL ? g_strdup_printf ("%s\n%s", words, exploded) : g_strdup (exploded);
}

/**
 * coterie_run_page_update_bad_label:
 * @self: the page
 * @layer: (nullable): what is shown of the nearest frame
 *
 * Has a layer without any edge say why, and a graph of a training that has diverged say so.
 */
void
coterie_run_page_update_bad_label (CoterieRunPage *self, const CoterieFrameLayer *layer)
{
  CoterieFrame *frame = layer != NULL ? coterie_session_get_current_frame (self->session) : NULL;
  gboolean shown = layer != NULL && coterie_run_page_get_shown_layer (self) > 0;
  gboolean bad = shown && layer->analysis->n_bad_values > 0;
  gboolean silent = shown && coterie_layer_analysis_is_silent (layer->analysis);
  g_autofree char *failure = describe_failure (frame, silent);

  if (bad)
    gtk_label_set_label (GTK_LABEL (self->bad_label),
                         _ ("This layer’s activations are not numbers at this iteration"));
  else if (failure != NULL)
    gtk_label_set_label (GTK_LABEL (self->bad_label), failure);
  /* unlike one whose activations are not numbers, there is something in the middle: nodes, or the name
   * of the silent layer */
  gtk_widget_set_valign (self->bad_label, bad ? GTK_ALIGN_CENTER : GTK_ALIGN_START);
  gtk_widget_set_visible (self->bad_label, bad || failure != NULL);
}
