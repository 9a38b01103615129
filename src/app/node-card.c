/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known about the neuron under the pointer. */

#include "app/node-card.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/neuron-words.h"
#include "app/widget-tree.h"

struct _CoterieNodeCard {
  GtkWidget parent_instance;

  GtkLabel *title_label;
  GtkLabel *community_label;
  GtkLabel *classes_label;
  GtkLabel *values_label;
};

G_DEFINE_FINAL_TYPE (CoterieNodeCard, coterie_node_card, GTK_TYPE_WIDGET)

static void
coterie_node_card_dispose (GObject *object)
{
  coterie_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (coterie_node_card_parent_class)->dispose (object);
}

static void
coterie_node_card_class_init (CoterieNodeCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_node_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/node-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieNodeCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieNodeCard, community_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieNodeCard, classes_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieNodeCard, values_label);
}

static void
coterie_node_card_init (CoterieNodeCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * coterie_node_card_show:
 * @self: the card
 * @layer: the layer that is shown
 * @info: what was trained; for the names of the classes
 * @neuron: a neuron of the layer
 *
 * Writes what is known about @neuron on the card.
 *
 * Returns: %FALSE if @neuron is not in the graph of @layer
 */
gboolean
coterie_node_card_show (CoterieNodeCard *self,
                        const CoterieFrameLayer *layer,
                        const CoterieRunInfo *info,
                        guint neuron)
{
  const CoterieLayerAnalysis *analysis = layer->analysis;
  gint node = coterie_layer_analysis_find_node (analysis, neuron);
  g_autofree char *title = NULL;
  g_autofree char *community = NULL;
  g_autofree char *classes = NULL;
  g_autofree char *representing = NULL;
  g_autofree char *values = NULL;

  if (node < 0)
    return FALSE;

  title = g_strdup_printf (_ ("Neuron %u · layer %u"), neuron, analysis->layer);
  community = coterie_neuron_words_community (layer, (guint) node);
  classes = coterie_neuron_words_classes (analysis, info, neuron);
  /* Translators: the classes a neuron stands for: "represents “2” “3”" */
  representing = g_strdup_printf (_ ("represents %s"), classes);
  /* Translators: strength in the graph, and activation entropy in nats */
  values =
      g_strdup_printf (_ ("strength %.1f · entropy %.2f nats"), analysis->graph->strengths[node],
                       (double) analysis->neuron_entropies[neuron]);

  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->community_label, community);
  gtk_label_set_label (self->classes_label, representing);
  gtk_label_set_label (self->values_label, values);
  return TRUE;
}
