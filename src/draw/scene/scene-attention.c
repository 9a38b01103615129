/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is brought out of a scene, hidden, ringed, pinned and followed: all of it is only kept here, by key
 * and identity, whether the graphs have it or not. */

#include "draw/scene/scene-private.h"

/**
 * coterie_scene_set_hovered:
 * @scene: the scene
 * @key: a neuron, or %COTERIE_SCENE_NO_KEY
 *
 * Rings the neuron, brings out its edges and neighbours and dims the rest; while the graphs do not
 * show it, nothing is. It goes before the focus and the search.
 */
void
coterie_scene_set_hovered (CoterieScene *scene, guint64 key)
{
  if (scene->attention.hovered == key)
    return;
  scene->attention.hovered = key;
  coterie_scene_forget (scene, COTERIE_SCENE_FRESH_DECOR);
}

/**
 * coterie_scene_get_hovered:
 * @scene: the scene
 *
 * Returns: the hovered neuron, or %COTERIE_SCENE_NO_KEY
 */
guint64
coterie_scene_get_hovered (CoterieScene *scene)
{
  return scene->attention.hovered;
}

/**
 * coterie_scene_set_focus:
 * @scene: the scene
 * @identity: of the community to bring out, or %COTERIE_PALETTE_NO_IDENTITY for none
 *
 * Dims everything outside of one community. It goes before the search.
 */
void
coterie_scene_set_focus (CoterieScene *scene, guint32 identity)
{
  if (scene->attention.focus == identity)
    return;
  scene->attention.focus = identity;
  coterie_scene_forget (scene, COTERIE_SCENE_FRESH_DECOR);
}

static void
set_query (CoterieNodeQuery **place, CoterieNodeQuery *query)
{
  if (query != NULL)
    coterie_node_query_ref (query);
  if (*place != NULL)
    coterie_node_query_unref (*place);
  *place = query;
}

/**
 * coterie_scene_set_search:
 * @scene: the scene
 * @query: (nullable): dims everything that does not match
 */
void
coterie_scene_set_search (CoterieScene *scene, CoterieNodeQuery *query)
{
  set_query (&scene->attention.search, query);
  coterie_scene_forget (scene, COTERIE_SCENE_FRESH_DECOR);
}

/**
 * coterie_scene_set_filter:
 * @scene: the scene
 * @query: (nullable): hides everything that does not match, with its edges
 */
void
coterie_scene_set_filter (CoterieScene *scene, CoterieNodeQuery *query)
{
  set_query (&scene->filter, query);
  coterie_scene_forget (scene, COTERIE_SCENE_FRESH_MERGE);
}

static void
set_keys (CoterieScene *scene, GArray *array, const guint64 *keys, guint n_keys)
{
  if (array->len == n_keys &&
      (n_keys == 0 || memcmp (array->data, keys, n_keys * sizeof *keys) == 0))
    return;
  g_array_set_size (array, 0);
  if (n_keys > 0)
    g_array_append_vals (array, keys, n_keys);
  coterie_scene_forget (scene, COTERIE_SCENE_FRESH_DECOR);
}

/**
 * coterie_scene_set_selected:
 * @scene: the scene
 * @keys: (array length=n_keys) (nullable): neurons; copied
 * @n_keys: how many
 *
 * Rings neurons without dimming others; a single one has its edges brought out. Neurons that the
 * graphs do not have are left out.
 */
void
coterie_scene_set_selected (CoterieScene *scene, const guint64 *keys, guint n_keys)
{
  set_keys (scene, scene->selected, keys, n_keys);
}

/**
 * coterie_scene_set_movers_ringed:
 * @scene: the scene
 * @ringed: whether neurons get a ring that go over into another community from one graph to the other
 *
 * Neurons that come from a community without an identity, or go into one, are not counted.
 */
void
coterie_scene_set_movers_ringed (CoterieScene *scene, gboolean ringed)
{
  if (!scene->movers_ringed == !ringed)
    return;
  scene->movers_ringed = ringed;
  coterie_scene_forget (scene, COTERIE_SCENE_FRESH_DECOR);
}

/**
 * coterie_scene_set_pinned:
 * @scene: the scene
 * @keys: (array length=n_keys) (nullable): neurons that get a dot in their middle; copied
 * @positions: (nullable): [n_keys][2]: where they stand at both ends of the blend, layout units of the
 *   graphs shown; %NULL leaves them where the graphs have them
 * @n_keys: how many
 *
 * Cost, when something is asked of the scene: that of other graphs without their merging.
 */
void
coterie_scene_set_pinned (CoterieScene *scene,
                          const guint64 *keys,
                          const float *positions,
                          guint n_keys)
{
  gboolean moved = positions != NULL || scene->places->len > 0;

  set_keys (scene, scene->pinned, keys, n_keys);
  g_array_set_size (scene->places, 0);
  for (guint i = 0; positions != NULL && i < n_keys; i++) {
    CoterieScenePlace place = {keys[i], positions[2 * i], positions[2 * i + 1]};

    g_array_append_val (scene->places, place);
  }
  if (moved)
    coterie_scene_forget (scene, COTERIE_SCENE_FRESH_MERGE);
}

/**
 * coterie_scene_set_trail:
 * @scene: the scene
 * @points: (nullable): [n_points][2]: where a neuron was, the oldest place first, layout units; copied
 * @n_points: how many; fewer than two are no trail
 * @ended: whether the neuron is not there now: a ring then marks the last of the points
 */
void
coterie_scene_set_trail (CoterieScene *scene, const float *points, guint n_points, gboolean ended)
{
  if (scene->trail->len == 2 * n_points && !scene->trail_ended == !ended &&
      (n_points == 0 || memcmp (scene->trail->data, points, 2 * n_points * sizeof *points) == 0))
    return;
  scene->trail_ended = ended;
  g_array_set_size (scene->trail, 0);
  if (n_points > 0)
    g_array_append_vals (scene->trail, points, 2 * n_points);
  coterie_scene_forget (scene, COTERIE_SCENE_FRESH_DECOR);
}
