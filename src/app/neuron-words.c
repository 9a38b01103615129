/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is said of a neuron, on cards and by a screen reader. */

#include "app/neuron-words.h"

#include "config.h"

#include <glib/gi18n.h>

#include "draw/picture/picture-legend.h"

/* Of more classes the rest is counted, not named, unless it is only one. */
#define MAX_NAMED_CLASSES 4

/**
 * coterie_neuron_represents:
 * @analysis: of the layer
 * @neuron: a neuron of the layer
 * @class: a class
 *
 * Returns: whether it is one of the representatives of @class
 */
gboolean
coterie_neuron_represents (const CoterieLayerAnalysis *analysis, guint neuron, guint class)
{
  for (guint i = 0; i < analysis->n_representatives[class]; i++)
    if (analysis->representatives[class][i] == neuron)
      return TRUE;
  return FALSE;
}

/* The classes that a neuron represents, the first of them alone if they are many. */
static GPtrArray *
get_class_names (const CoterieLayerAnalysis *analysis,
                 const CoterieRunInfo *info,
                 guint neuron,
                 guint *n_more)
{
  GPtrArray *names = g_ptr_array_new ();

  for (guint c = 0; c < analysis->n_classes; c++)
    if (coterie_neuron_represents (analysis, neuron, c))
      g_ptr_array_add (names, (gpointer) info->dataset.class_names[c]);
  *n_more = names->len > MAX_NAMED_CLASSES + 1 ? names->len - MAX_NAMED_CLASSES : 0;
  g_ptr_array_set_size (names, (gint) (names->len - *n_more));
  return names;
}

/**
 * coterie_neuron_words_classes:
 * @analysis: of the layer
 * @info: what was trained; for the names of the classes
 * @neuron: a neuron of the layer
 *
 * Returns: (transfer full): the classes that it represents: “2” “3”
 */
char *
coterie_neuron_words_classes (const CoterieLayerAnalysis *analysis,
                              const CoterieRunInfo *info,
                              guint neuron)
{
  guint n_more;
  g_autoptr (GPtrArray) names = get_class_names (analysis, info, neuron, &n_more);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (text, i > 0 ? _ (" “%s”") : _ ("“%s”"),
                            (const char *) g_ptr_array_index (names, i));
  if (n_more > 0)
    g_string_append_printf (text, _ (" and %u more"), n_more);
  return g_string_free (text, FALSE);
}

/**
 * coterie_neuron_words_community:
 * @layer: a layer
 * @node: a node of its graph
 *
 * Returns: (transfer full): its community: “community C3”
 */
char *
coterie_neuron_words_community (const CoterieFrameLayer *layer, guint node)
{
  guint identity = layer->identities[layer->communities[node]];
  g_autofree char *name = NULL;

  if (identity == COTERIE_LINEAGE_NONE)
    return g_strdup (_ ("small community"));
  name = coterie_legend_format_name (identity);
  /* Translators: %s is the name of a community, as in "community C3" */
  return g_strdup_printf (_ ("community %s"), name);
}

/* As it is said aloud: "class 2", "classes 2 and 3", "classes 1, 2 and 3", "classes 1, 2, 3, 4 and 3
 * more". */
static char *
speak_classes (const CoterieLayerAnalysis *analysis, const CoterieRunInfo *info, guint neuron)
{
  guint n_more;
  g_autoptr (GPtrArray) names = get_class_names (analysis, info, neuron, &n_more);
  g_autofree char *last = NULL;
  g_autofree char *others = NULL;

  if (names->len == 0)
    return g_strdup (_ ("no class"));
  if (names->len == 1 && n_more == 0)
    return g_strdup_printf (_ ("class %s"), (const char *) g_ptr_array_index (names, 0));

  if (n_more > 0)
    last = g_strdup_printf (_ ("%u more"), n_more);
  else
    last = g_strdup (g_ptr_array_steal_index (names, names->len - 1));
  g_ptr_array_add (names, NULL);
  others = g_strjoinv (", ", (char **) names->pdata);
  /* Translators: "classes 1, 2 and 3" */
  return g_strdup_printf (_ ("classes %s and %s"), others, last);
}

/**
 * coterie_neuron_words_sentence:
 * @layer: the layer
 * @info: what was trained; for the names of the classes
 * @neuron: a neuron of the layer
 *
 * Returns: (transfer full): what a screen reader says: “Neuron 217, layer 2, community C3, classes 2
 *   and 3, strength 41.8”
 */
char *
coterie_neuron_words_sentence (const CoterieFrameLayer *layer,
                               const CoterieRunInfo *info,
                               guint neuron)
{
  const CoterieLayerAnalysis *analysis = layer->analysis;
  gint node = coterie_layer_analysis_find_node (analysis, neuron);
  g_autofree char *community = NULL;
  g_autofree char *classes = NULL;

  if (node < 0)
    return g_strdup_printf (_ ("Neuron %u, layer %u, represents no class now"), neuron,
                            analysis->layer);
  community = coterie_neuron_words_community (layer, (guint) node);
  classes = speak_classes (analysis, info, neuron);
  /* Translators: spoken by a screen reader: "Neuron 217, layer 2, community C3, classes 2 and 3,
   * strength 41.8" */
  return g_strdup_printf (_ ("Neuron %u, layer %u, %s, %s, strength %.1f"), neuron, analysis->layer,
                          community, classes, analysis->graph->strengths[node]);
}
