/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is drawn of one or two graphs, without knowing how: what is asked for is kept, and what is asked
 * of the scene is computed (scene-steps.c) before it is answered. */

#include "draw/scene/scene-legend-private.h"
#include "draw/scene/scene-private.h"

/**
 * coterie_scene_new:
 *
 * Returns: (transfer full): a scene without nodes, in the default style
 */
CoterieScene *
coterie_scene_new (void)
{
  CoterieScene *scene = g_new0 (CoterieScene, 1);

  scene->graphs[0] = coterie_scene_graph_new_empty ();
  scene->graphs[1] = coterie_scene_graph_ref (scene->graphs[0]);
  scene->style = coterie_scene_style_get_default (FALSE);
  scene->attention.hovered = COTERIE_SCENE_NO_KEY;
  scene->attention.focus = COTERIE_PALETTE_NO_IDENTITY;
  scene->selected = g_array_new (FALSE, FALSE, sizeof (guint64));
  scene->pinned = g_array_new (FALSE, FALSE, sizeof (guint64));
  scene->places = g_array_new (FALSE, FALSE, sizeof (CoterieScenePlace));
  scene->trail = g_array_new (FALSE, FALSE, sizeof (float));
  return scene;
}

/**
 * coterie_scene_free:
 * @scene: (transfer full): the scene
 *
 * Frees @scene. Drawings taken from it live on.
 */
void
coterie_scene_free (CoterieScene *scene)
{
  coterie_scene_clear_computed (scene);
  for (guint which = 0; which < 2; which++)
    coterie_scene_graph_unref (scene->graphs[which]);
  g_clear_pointer (&scene->attention.search, coterie_node_query_unref);
  g_clear_pointer (&scene->filter, coterie_node_query_unref);
  g_strfreev (scene->class_names);
  g_array_unref (scene->selected);
  g_array_unref (scene->pinned);
  g_array_unref (scene->places);
  g_array_unref (scene->trail);
  g_free (scene);
}

/**
 * coterie_scene_set_graphs:
 * @scene: the scene
 * @from: what is shown at blend 0
 * @to: (nullable): what is shown at blend 1; %NULL shows @from throughout
 *
 * Shows other graphs, at blend 0. All that was asked for stays, by key and identity. Cost, when
 * something is asked of the scene: some passes over nodes and edges.
 */
void
coterie_scene_set_graphs (CoterieScene *scene, CoterieSceneGraph *from, CoterieSceneGraph *to)
{
  CoterieSceneGraph *graphs[2] = {
      coterie_scene_graph_ref (from),
      coterie_scene_graph_ref (to != NULL ? to : from),
  };

  for (guint which = 0; which < 2; which++) {
    coterie_scene_graph_unref (scene->graphs[which]);
    scene->graphs[which] = graphs[which];
  }
  scene->t_frac = 0.0;
  coterie_scene_forget (scene, COTERIE_SCENE_FRESH_NOTHING);
}

/**
 * coterie_scene_set_blend:
 * @scene: the scene
 * @t_frac: how far from the first graph to the second, a fraction from 0 to 1
 *
 * Moves the scene between its graphs, by smoothstep in @t_frac. Cost: none that grows with the graphs,
 * except half-way, where outlines and texts change: a pass over nodes and edges.
 */
void
coterie_scene_set_blend (CoterieScene *scene, double t_frac)
{
  scene->t_frac = CLAMP (t_frac, 0.0, 1.0);
  if (scene->freshness >= COTERIE_SCENE_FRESH_DECOR &&
      scene->decor_end != coterie_scene_get_nearest_end (scene)) {
    if (coterie_scene_changes_half_way (scene))
      coterie_scene_forget (scene, COTERIE_SCENE_FRESH_ENDS);
    scene->decor_end = coterie_scene_get_nearest_end (scene);
  }
  coterie_scene_blend_drawing (scene);
}

/**
 * coterie_scene_get_blend:
 * @scene: the scene
 *
 * Returns: how far it is from the first graph to the second, a fraction from 0 to 1
 */
double
coterie_scene_get_blend (CoterieScene *scene)
{
  return scene->t_frac;
}

/**
 * coterie_scene_set_style:
 * @scene: the scene
 * @style: how it is to look
 */
void
coterie_scene_set_style (CoterieScene *scene, const CoterieSceneStyle *style)
{
  if (coterie_scene_style_equal (&scene->style, style))
    return;
  scene->style = *style;
  coterie_scene_forget (scene, COTERIE_SCENE_FRESH_MERGE);
}

/**
 * coterie_scene_get_style:
 * @scene: the scene
 *
 * Returns: (transfer none): how it looks
 */
const CoterieSceneStyle *
coterie_scene_get_style (CoterieScene *scene)
{
  return &scene->style;
}

/**
 * coterie_scene_set_class_names:
 * @scene: the scene
 * @class_names: (nullable) (array zero-terminated=1): names of the classes; %NULL gives them numbers
 */
void
coterie_scene_set_class_names (CoterieScene *scene, const char *const *class_names)
{
  g_strfreev (scene->class_names);
  scene->class_names = g_strdupv ((GStrv) class_names);
  coterie_scene_forget (scene, COTERIE_SCENE_FRESH_ENDS);
}

/**
 * coterie_scene_get_size:
 * @scene: the scene
 *
 * Returns: nodes and edges of both graphs, computed or not: what a drawing costs grows with them
 */
gsize
coterie_scene_get_size (CoterieScene *scene)
{
  gsize size = 0;

  for (guint which = 0; which < 2; which++)
    size += (gsize) scene->graphs[which]->n_nodes + scene->graphs[which]->n_edges;
  return scene->graphs[0] == scene->graphs[1] ? size / 2 : size;
}

/**
 * coterie_scene_get_n_nodes:
 * @scene: the scene
 *
 * Returns: nodes of either graph, shown or not
 */
guint
coterie_scene_get_n_nodes (CoterieScene *scene)
{
  coterie_scene_refresh (scene, COTERIE_SCENE_FRESH_MERGE);
  return scene->merge.n_nodes;
}

/**
 * coterie_scene_get_keys:
 * @scene: the scene
 *
 * Returns: (transfer none) (array): the key of each node, ascending; valid until the graphs change
 */
const guint64 *
coterie_scene_get_keys (CoterieScene *scene)
{
  coterie_scene_refresh (scene, COTERIE_SCENE_FRESH_MERGE);
  return scene->merge.keys;
}

/**
 * coterie_scene_find:
 * @scene: the scene
 * @key: a neuron
 *
 * Returns: the node of the scene which is this neuron, or -1. Cost: a binary search.
 */
gint
coterie_scene_find (CoterieScene *scene, guint64 key)
{
  coterie_scene_refresh (scene, COTERIE_SCENE_FRESH_MERGE);
  return coterie_scene_merge_find (&scene->merge, key);
}

/**
 * coterie_scene_get_shown:
 * @scene: the scene
 * @node: a node of it
 *
 * Returns: whether the nearer graph has it and no filter hides it
 */
gboolean
coterie_scene_get_shown (CoterieScene *scene, guint node)
{
  coterie_scene_refresh (scene, COTERIE_SCENE_FRESH_ENDS);
  g_return_val_if_fail (node < scene->merge.n_nodes, FALSE);
  return scene->ends[coterie_scene_get_computed_end (scene)].nodes[node].shown;
}

/**
 * coterie_scene_get_n_matches:
 * @scene: the scene
 *
 * Returns: how many nodes that are shown match the search; 0 without one. Cost: a pass over the nodes.
 */
guint
coterie_scene_get_n_matches (CoterieScene *scene)
{
  guint which = coterie_scene_get_computed_end (scene);
  guint n_matches = 0;

  if (scene->attention.search == NULL)
    return 0;
  coterie_scene_refresh (scene, COTERIE_SCENE_FRESH_ENDS);
  for (guint n = 0; n < scene->merge.n_nodes; n++)
    if (scene->ends[which].nodes[n].shown)
      n_matches += coterie_node_query_matches (scene->attention.search, scene->computed[which],
                                               (guint) scene->merge.nodes[which][n]) != FALSE;
  return n_matches;
}

/**
 * coterie_scene_get_nearest_graph:
 * @scene: the scene
 *
 * Returns: (transfer none): the graph that is nearer
 */
CoterieSceneGraph *
coterie_scene_get_nearest_graph (CoterieScene *scene)
{
  return scene->graphs[coterie_scene_get_nearest_end (scene)];
}

/**
 * coterie_scene_to_layer:
 * @scene: the scene
 * @layer: a hidden layer, from 1
 * @x: (inout): a place, to the right, layout units
 * @y: (inout): upwards
 *
 * Says where a place is in a layer's own layout, as the nearer graph has it.
 *
 * Returns: whether the layer is shown; if it is not, @x and @y are left alone
 */
gboolean
coterie_scene_to_layer (CoterieScene *scene, guint layer, double *x, double *y)
{
  coterie_scene_refresh (scene, COTERIE_SCENE_FRESH_MERGE);
  return coterie_scene_graph_to_layer (scene->computed[coterie_scene_get_computed_end (scene)],
                                       layer, x, y);
}

static CoterieBounds
mix_bounds (const CoterieScene *scene, const CoterieBounds bounds[2])
{
  return coterie_bounds_mix (bounds[0], bounds[1],
                             scene->held ? scene->drawing->s_frac
                                         : coterie_scene_ease (scene->t_frac));
}

/**
 * coterie_scene_get_bounds:
 * @scene: the scene
 *
 * Returns: what contains the centres of all nodes of the graphs, hidden or not, layout units, blended
 */
CoterieBounds
coterie_scene_get_bounds (CoterieScene *scene)
{
  coterie_scene_refresh (scene, COTERIE_SCENE_FRESH_ENDS);
  return mix_bounds (scene, scene->bounds);
}

/**
 * coterie_scene_get_shown_bounds:
 * @scene: the scene
 *
 * Returns: what contains the centres of the nodes that no filter hides, layout units, blended; wider where
 *   they are a small part of the graph, and those of all nodes where none is shown or there is no filter
 */
CoterieBounds
coterie_scene_get_shown_bounds (CoterieScene *scene)
{
  coterie_scene_refresh (scene, COTERIE_SCENE_FRESH_ENDS);
  return mix_bounds (scene, scene->shown_bounds);
}

/**
 * coterie_scene_get_legend:
 * @scene: the scene
 * @n_most: rows at the most
 *
 * Returns: (transfer full): what colours, shapes and sizes mean in the nearer graph
 */
CoterieSceneLegend *
coterie_scene_get_legend (CoterieScene *scene, guint n_most)
{
  guint which = coterie_scene_get_computed_end (scene);

  coterie_scene_refresh (scene, COTERIE_SCENE_FRESH_ENDS);
  return coterie_scene_legend_new (&scene->merge, &scene->ends[which], which,
                                   &scene->computed_style, (const char *const *) scene->class_names,
                                   n_most);
}

/**
 * coterie_scene_get_drawing:
 * @scene: the scene
 *
 * Returns: (transfer none): the scene as it is now, for a renderer; the same until the scene changes
 */
CoterieDrawing *
coterie_scene_get_drawing (CoterieScene *scene)
{
  coterie_scene_refresh (scene, COTERIE_SCENE_FRESH_DRAWING);
  return scene->drawing;
}
