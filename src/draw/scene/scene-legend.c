/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What colours, shapes and sizes mean, for the legends of the window and of saved pictures. */

#include "draw/scene/scene-legend.h"

#include <glib/gi18n.h>

#include "draw/scene/scene-legend-private.h"

/* Communities of fewer nodes have no row. */
#define MIN_ROW_NODES 2

static char *
format_color_title (const CoterieSceneStyle *style, const char *const *class_names)
{
  g_autofree char *class_name = NULL;

  switch (style->color_by) {
  case COTERIE_SCENE_COLOR_COMMUNITY:
    return g_strdup (_ ("Communities"));
  case COTERIE_SCENE_COLOR_CLASS:
    return g_strdup (_ ("Main classes"));
  case COTERIE_SCENE_COLOR_LAYER:
    return g_strdup (_ ("Layers"));
  case COTERIE_SCENE_COLOR_ENTROPY:
    return g_strdup (_ ("Entropy, nats"));
  case COTERIE_SCENE_COLOR_STRENGTH:
    return g_strdup (_ ("Strength"));
  case COTERIE_SCENE_COLOR_ACTIVATION:
  default:
    class_name = coterie_scene_format_class (style->activation_class, class_names);
    /* Translators: what colours mean; the name of a class follows, quoted */
    return g_strdup_printf (_ ("Mean activation for %s"), class_name);
  }
}

static char *
format_size_title (const CoterieSceneStyle *style)
{
  switch (style->size_by) {
  case COTERIE_SCENE_SIZE_STRENGTH:
    return g_strdup (_ ("Size: strength"));
  case COTERIE_SCENE_SIZE_DEGREE:
    return g_strdup (_ ("Size: degree"));
  case COTERIE_SCENE_SIZE_ENTROPY:
    return g_strdup (_ ("Size: entropy, nats"));
  case COTERIE_SCENE_SIZE_ACTIVATION:
    return g_strdup (_ ("Size: mean activation"));
  case COTERIE_SCENE_SIZE_CONSTANT:
  default:
    return NULL;
  }
}

static void
name_row (CoterieSceneLegendRow *row,
          const CoterieSceneGroup *group,
          const CoterieSceneEnd *end,
          const CoterieSceneStyle *style,
          const char *const *class_names)
{
  guint32 identity = group->summary.identity;

  row->identity = COTERIE_PALETTE_NO_IDENTITY;
  if (style->color_by == COTERIE_SCENE_COLOR_CLASS) {
    row->name = coterie_scene_format_class (identity, class_names);
  } else if (style->color_by == COTERIE_SCENE_COLOR_LAYER) {
    row->name = g_strdup_printf (_ ("Layer %u"), identity + 1);
  } else {
    row->identity = identity;
    row->name = coterie_scene_format_community (identity, end->graph->n_layers);
    row->detail = coterie_scene_format_classes (&group->summary, class_names);
  }
}

static int
compare_sizes (gconstpointer a, gconstpointer b)
{
  const CoterieSceneGroup *left = *(const CoterieSceneGroup *const *) a;
  const CoterieSceneGroup *right = *(const CoterieSceneGroup *const *) b;

  if (left->summary.size != right->summary.size)
    return left->summary.size > right->summary.size ? -1 : 1;
  return left->summary.identity < right->summary.identity ? -1 : 1;
}

static int
compare_identities (gconstpointer a, gconstpointer b, gpointer data)
{
  const CoterieSceneGroup *left = *(const CoterieSceneGroup *const *) a;
  const CoterieSceneGroup *right = *(const CoterieSceneGroup *const *) b;
  guint n_layers = *(const guint *) data;
  guint left_layer, right_layer;
  guint32 left_own =
      coterie_scene_graph_split_identity (left->summary.identity, n_layers, &left_layer);
  guint32 right_own =
      coterie_scene_graph_split_identity (right->summary.identity, n_layers, &right_layer);

  if (left_layer != right_layer)
    return left_layer < right_layer ? -1 : 1;
  return left_own < right_own ? -1 : 1;
}

/* The largest groups, in the order of their layers and identities, so that the list is calm while one
 * scrubs. The others are in @rest, the largest first. */
static GPtrArray *
choose_groups (const CoterieSceneGroups *groups,
               const CoterieSceneStyle *style,
               guint n_layers,
               guint n_most,
               GPtrArray *rest)
{
  GPtrArray *chosen = g_ptr_array_new ();
  gboolean of_communities = style->color_by == COTERIE_SCENE_COLOR_COMMUNITY;
  guint n_least = of_communities ? MIN_ROW_NODES : 1;
  guint n_joined = of_communities ? n_layers : 1;

  for (guint k = 0; k < groups->n_groups; k++)
    if (groups->groups[k].summary.size >= n_least)
      g_ptr_array_add (chosen, &groups->groups[k]);
  g_ptr_array_sort (chosen, compare_sizes);
  for (guint k = n_most; k < chosen->len; k++)
    g_ptr_array_add (rest, g_ptr_array_index (chosen, k));
  for (guint k = 0; k < groups->n_groups; k++)
    if (groups->groups[k].summary.size < n_least)
      g_ptr_array_add (rest, &groups->groups[k]);
  g_ptr_array_set_size (chosen, (gint) MIN (chosen->len, n_most));
  g_ptr_array_sort_with_data (chosen, compare_identities, &n_joined);
  return chosen;
}

/* A node that looks as all of its group do. */
static const CoterieSceneEndNode *
get_member (const CoterieSceneMerge *merge,
            const CoterieSceneEnd *end,
            const CoterieSceneGroup *group)
{
  return &end->nodes[coterie_scene_merge_find (merge, end->graph->keys[group->members[0]])];
}

/* Those of @rest, and grey for those that are no groups. */
static void
add_rest_colors (CoterieSceneLegend *legend,
                 const CoterieSceneMerge *merge,
                 const CoterieSceneEnd *end,
                 const GPtrArray *rest,
                 gboolean dark)
{
  for (guint i = 0; i < MIN (rest->len, COTERIE_LEGEND_MAX_REST_COLORS); i++)
    legend->rest_colors[legend->n_rest_colors++] = get_member (merge, end, rest->pdata[i])->color;
  if (legend->n_rest > rest->len && legend->n_rest_colors < COTERIE_LEGEND_MAX_REST_COLORS)
    legend->rest_colors[legend->n_rest_colors++] =
        coterie_palette_get_community (COTERIE_PALETTE_NO_IDENTITY, dark);
}

/* The sets of nodes that the legend lists, and what each node belongs to. */
static void
add_rows (CoterieSceneLegend *legend,
          const CoterieSceneMerge *merge,
          const CoterieSceneEnd *end,
          guint which,
          const CoterieSceneStyle *style,
          const char *const *class_names,
          guint n_most)
{
  const CoterieSceneGraph *graph = end->graph;
  g_autofree guint32 *categories = g_new (guint32, graph->n_nodes);
  g_autofree guint8 *shown = g_new (guint8, graph->n_nodes);
  g_autofree guint8 *counted = g_new0 (guint8, graph->n_communities);
  g_autoptr (GPtrArray) chosen = NULL;
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  g_auto (CoterieSceneGroups) groups = {0};
  guint n_sets = 0;

  for (guint n = 0; n < merge->n_nodes; n++) {
    gint32 v = merge->nodes[which][n];

    if (v < 0)
      continue;
    categories[v] = end->nodes[n].category;
    shown[v] = (guint8) end->nodes[n].shown;
    legend->filtered |= !shown[v];
    if (shown[v] && !counted[graph->communities[v]]) {
      counted[graph->communities[v]] = TRUE;
      n_sets++;
    }
  }
  coterie_scene_groups_init (&groups, graph, categories, shown);
  chosen = choose_groups (&groups, style, graph->n_layers, n_most, rest);
  legend->n_rows = chosen->len;
  legend->rows = g_new0 (CoterieSceneLegendRow, chosen->len);
  for (guint i = 0; i < chosen->len; i++) {
    const CoterieSceneGroup *group = g_ptr_array_index (chosen, i);
    const CoterieSceneEndNode *node = get_member (merge, end, group);

    legend->rows[i].color = node->color;
    legend->rows[i].shape = node->shape;
    legend->rows[i].n_nodes = group->summary.size;
    name_row (&legend->rows[i], group, end, style, class_names);
  }
  /* Communities without an identity are no groups, but they are there. */
  if (style->color_by != COTERIE_SCENE_COLOR_COMMUNITY)
    n_sets = groups.n_groups;
  legend->n_rest = n_sets - chosen->len;
  add_rest_colors (legend, merge, end, rest, style->dark);
}

/**
 * coterie_scene_legend_new:
 * @merge: of both graphs
 * @end: the end that the legend is about
 * @which: 0 if that is the first one, else 1
 * @style: how the graph looks
 * @class_names: (nullable) (array zero-terminated=1): names of the classes
 * @n_most: rows at the most
 *
 * Cost: sorting the nodes.
 *
 * Returns: (transfer full): what everything means
 */
CoterieSceneLegend *
coterie_scene_legend_new (const CoterieSceneMerge *merge,
                          const CoterieSceneEnd *end,
                          guint which,
                          const CoterieSceneStyle *style,
                          const char *const *class_names,
                          guint n_most)
{
  CoterieSceneLegend *legend = g_new0 (CoterieSceneLegend, 1);

  legend->title = format_color_title (style, class_names);
  legend->size_title = end->size_max > 0.0 ? format_size_title (style) : NULL;
  legend->size_min = end->size_min;
  legend->size_max = end->size_max;
  legend->has_ramp = coterie_scene_style_has_ramp (style);
  legend->ramp_min = end->color_min;
  legend->ramp_max = end->color_max;
  if (!legend->has_ramp)
    add_rows (legend, merge, end, which, style, class_names, n_most);
  return legend;
}

/**
 * coterie_scene_legend_free:
 * @legend: (transfer full): a legend
 */
void
coterie_scene_legend_free (CoterieSceneLegend *legend)
{
  for (guint i = 0; i < legend->n_rows; i++) {
    g_free (legend->rows[i].name);
    g_free (legend->rows[i].detail);
  }
  g_free (legend->rows);
  g_free (legend->title);
  g_free (legend->size_title);
  g_free (legend);
}
