/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All measures in the groups in which a plot offers them, and the words for them on its axis and in
 * its legend. */

#include "app/measure-groups.h"

#include "config.h"

#include <glib/gi18n.h>

static const CoterieMeasure modularities[] = {
    COTERIE_MEASURE_WEIGHTED_OVERLAP, COTERIE_MEASURE_UNWEIGHTED_OVERLAP,
    COTERIE_MEASURE_NO_OVERLAP,       COTERIE_MEASURE_LOUVAIN,
    COTERIE_MEASURE_KLB_WEIGHTED,     COTERIE_MEASURE_KLB_UNWEIGHTED,
};

static const CoterieMeasure entropies[] = {
    COTERIE_MEASURE_LAYER_MEAN_LIVE_ENTROPY, COTERIE_MEASURE_LAYER_MEAN_ENTROPY,
    COTERIE_MEASURE_LAYER_ENTROPY,           COTERIE_MEASURE_LAYER_CLASS_ENTROPY,
    COTERIE_MEASURE_MEAN_LIVE_ENTROPY,       COTERIE_MEASURE_ENTROPY,
    COTERIE_MEASURE_CLASS_ENTROPY,
};

static const CoterieMeasure accuracies[] = {
    COTERIE_MEASURE_TRAINING_ACCURACY,   COTERIE_MEASURE_TEST_ACCURACY,
    COTERIE_MEASURE_ACCURACY_GAP,        COTERIE_MEASURE_CLASS_TRAINING_ACCURACY,
    COTERIE_MEASURE_CLASS_TEST_ACCURACY,
};

static const CoterieMeasure losses[] = {
    COTERIE_MEASURE_TRAINING_LOSS,
    COTERIE_MEASURE_TEST_LOSS,
    COTERIE_MEASURE_LOSS_GAP,
};

static const CoterieMeasure communities[] = {
    COTERIE_MEASURE_COMMUNITIES,           COTERIE_MEASURE_SHOWN_COMMUNITIES,
    COTERIE_MEASURE_AVERAGE_NODES,         COTERIE_MEASURE_LARGEST_COMMUNITY,
    COTERIE_MEASURE_LARGEST_COMMUNITY + 1, COTERIE_MEASURE_LARGEST_COMMUNITY + 2,
    COTERIE_MEASURE_LARGEST_COMMUNITY + 3, COTERIE_MEASURE_LARGEST_COMMUNITY + 4,
    COTERIE_MEASURE_LARGEST_COMMUNITY + 5, COTERIE_MEASURE_LARGEST_COMMUNITY + 6,
    COTERIE_MEASURE_LARGEST_COMMUNITY + 7,
};

static const CoterieMeasure graph[] = {
    COTERIE_MEASURE_NODES,
    COTERIE_MEASURE_EDGES,
    COTERIE_MEASURE_UNIQUE_NEURONS,
    COTERIE_MEASURE_SHARED_NEURONS,
    COTERIE_MEASURE_LAYOUT_SEPARATION,
    COTERIE_MEASURE_LAYOUT_MOVE,
};

static const CoterieMeasure baselines[] = {
    COTERIE_MEASURE_SELECTIVITY,
    COTERIE_MEASURE_DEAD,
    COTERIE_MEASURE_ALWAYS_ACTIVE,
    COTERIE_MEASURE_SPARSITY,
    COTERIE_MEASURE_PATTERNS,
    COTERIE_MEASURE_REGIONS,
    COTERIE_MEASURE_CLASS_INFORMATION,
    COTERIE_MEASURE_MODULARITY_Z,
    COTERIE_MEASURE_NULL_MODULARITY_MEAN,
    COTERIE_MEASURE_NULL_MODULARITY_DEVIATION,
    COTERIE_MEASURE_NULL_MODULARITY_LOWER,
    COTERIE_MEASURE_NULL_MODULARITY_UPPER,
};

static const CoterieMeasureGroup groups[] = {
    {N_ ("Modularity"), G_N_ELEMENTS (modularities), modularities},
    {N_ ("Activation entropy"), G_N_ELEMENTS (entropies), entropies},
    {N_ ("Accuracy"), G_N_ELEMENTS (accuracies), accuracies},
    {N_ ("Loss"), G_N_ELEMENTS (losses), losses},
    {N_ ("Communities"), G_N_ELEMENTS (communities), communities},
    {N_ ("Graph"), G_N_ELEMENTS (graph), graph},
    {N_ ("Baselines"), G_N_ELEMENTS (baselines), baselines},
};

/**
 * coterie_measure_groups_get_n:
 *
 * Returns: how many groups there are
 */
guint
coterie_measure_groups_get_n (void)
{
  return G_N_ELEMENTS (groups);
}

/**
 * coterie_measure_groups_get:
 * @index: less than coterie_measure_groups_get_n()
 *
 * Returns: a group
 */
const CoterieMeasureGroup *
coterie_measure_groups_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (groups), NULL);

  return &groups[index];
}

/**
 * coterie_measure_groups_find:
 * @measure: a measure
 *
 * Returns: the group that it is in
 */
const CoterieMeasureGroup *
coterie_measure_groups_find (CoterieMeasure measure)
{
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    for (guint j = 0; j < groups[i].n_measures; j++)
      if (groups[i].measures[j] == measure)
        return &groups[i];
  g_return_val_if_reached (NULL);
}

/**
 * coterie_measure_groups_get_axis:
 * @measure: a measure
 *
 * Returns: (nullable): the unit to write on its axis, translated; %NULL if it has none
 */
const char *
coterie_measure_groups_get_axis (CoterieMeasure measure)
{
  const char *unit = coterie_measure_unit_to_string (coterie_measure_get_info (measure)->unit);

  if (measure == COTERIE_MEASURE_LAYER_MEAN_LIVE_ENTROPY ||
      measure == COTERIE_MEASURE_LAYER_MEAN_ENTROPY || measure == COTERIE_MEASURE_MEAN_LIVE_ENTROPY)
    return _ ("nats per neuron");
  return *unit != '\0' ? _ (unit) : NULL;
}

/* Numbers of one size: parts of one, counts and their means, and z-scores. */
static guint
get_magnitude (CoterieMeasure measure)
{
  const CoterieMeasureInfo *info = coterie_measure_get_info (measure);

  if (measure == COTERIE_MEASURE_MODULARITY_Z)
    return 2;
  return info->unit == COTERIE_MEASURE_UNIT_COUNT || measure == COTERIE_MEASURE_AVERAGE_NODES;
}

/**
 * coterie_measure_groups_share_axis:
 * @a: a measure
 * @b: another
 *
 * Returns: whether both can be read in one plot
 */
gboolean
coterie_measure_groups_share_axis (CoterieMeasure a, CoterieMeasure b)
{
  return g_strcmp0 (coterie_measure_groups_get_axis (a), coterie_measure_groups_get_axis (b)) ==
             0 &&
         get_magnitude (a) == get_magnitude (b);
}

/**
 * coterie_measure_groups_dup_name:
 * @measure: a measure
 * @in_group: whether its group is named already
 *
 * Returns: (transfer full): what to call it in a list or legend, translated
 */
char *
coterie_measure_groups_dup_name (CoterieMeasure measure, gboolean in_group)
{
  const CoterieMeasureInfo *info = coterie_measure_get_info (measure);
  const char *name = in_group ? _ (info->short_label) : _ (info->label);
  gboolean of_entropies = coterie_measure_groups_find (measure)->measures == entropies;

  switch (info->scope) {
  case COTERIE_MEASURE_OF_NETWORK:
    /* Translators: a measure, of the whole network and not of one layer */
    return of_entropies ? g_strdup_printf (_ ("%s, network"), name) : g_strdup (name);
  case COTERIE_MEASURE_OF_CLASS:
    if (of_entropies)
      /* Translators: a measure, of each class in the whole network */
      return g_strdup_printf (_ ("%s, each class, network"), name);
    /* Translators: a measure, of each class */
    return g_strdup_printf (_ ("%s, each class"), name);
  case COTERIE_MEASURE_OF_LAYER_AND_CLASS:
    return g_strdup_printf (_ ("%s, each class"), name);
  case COTERIE_MEASURE_OF_LAYER:
  default:
    return g_strdup (name);
  }
}
