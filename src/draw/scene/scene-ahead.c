/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scene that another computes for: a copy of what is asked for, made for another thread, and what
 * has been computed of it taken over.
 *
 * A scene that is held computes nothing: it answers out of what was computed last, which belongs
 * together, until another scene has computed what is asked for now, in another thread. */

#include "draw/scene/scene-private.h"

static void
append_all (GArray *array, const GArray *others)
{
  if (others->len > 0)
    g_array_append_vals (array, others->data, others->len);
}

/**
 * coterie_scene_copy:
 * @scene: a scene
 *
 * Makes a scene of its own from the same graphs, which are shared: style, classes, filter, blend, rings,
 * pins and trail are as in @scene. What is brought out for the moment only is left out: the neuron
 * under the pointer, the focus and the search. Nothing is computed yet; the copy may be used in
 * another thread than @scene. Cost: none that grows with the graphs.
 *
 * Returns: (transfer full): the copy
 */
CoterieScene *
coterie_scene_copy (const CoterieScene *scene)
{
  CoterieScene *copy = coterie_scene_new ();

  coterie_scene_set_graphs (copy, scene->graphs[0], scene->graphs[1]);
  coterie_scene_set_style (copy, &scene->style);
  coterie_scene_set_class_names (copy, (const char *const *) scene->class_names);
  coterie_scene_set_filter (copy, scene->filter);
  coterie_scene_set_blend (copy, scene->t_frac);
  append_all (copy->selected, scene->selected);
  append_all (copy->pinned, scene->pinned);
  append_all (copy->places, scene->places);
  append_all (copy->trail, scene->trail);
  copy->movers_ringed = scene->movers_ringed;
  copy->trail_ended = scene->trail_ended;
  return copy;
}

/**
 * coterie_scene_new_ahead:
 * @scene: a scene
 * @from: what is to be shown at blend 0
 * @to: (nullable): what is to be shown at blend 1; %NULL shows @from throughout
 * @t_frac: how far from @from to @to, a fraction from 0 to 1
 *
 * What @scene may have to show soon: another scene, of which all is asked that is asked of @scene. Once
 * its drawing has been made, by a worker for example, coterie_scene_adopt() takes it over. Cost: that of
 * copying selection, pins, trail and names.
 *
 * Returns: (transfer full): a scene that shares nothing with @scene that would change
 */
CoterieScene *
coterie_scene_new_ahead (CoterieScene *scene,
                         CoterieSceneGraph *from,
                         CoterieSceneGraph *to,
                         double t_frac)
{
  CoterieScene *ahead = coterie_scene_copy (scene);

  coterie_scene_set_graphs (ahead, from, to);
  coterie_scene_set_blend (ahead, t_frac);
  coterie_scene_set_hovered (ahead, scene->attention.hovered);
  coterie_scene_set_focus (ahead, scene->attention.focus);
  coterie_scene_set_search (ahead, scene->attention.search);
  return ahead;
}

static gboolean
same_names (GStrv a, GStrv b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_strv_equal ((const char *const *) a, (const char *const *) b);
}

static gboolean
same_array (const GArray *a, const GArray *b)
{
  return a->len == b->len &&
         (a->len == 0 ||
          memcmp (a->data, b->data, a->len * g_array_get_element_size ((GArray *) a)) == 0);
}

/* How far two scenes ask for the same. */
static CoterieSceneFreshness
compare_wishes (const CoterieScene *a, const CoterieScene *b)
{
  if (a->graphs[0] != b->graphs[0] || a->graphs[1] != b->graphs[1])
    return COTERIE_SCENE_FRESH_NOTHING;
  if (!coterie_scene_style_equal (&a->style, &b->style) || a->filter != b->filter ||
      !same_array (a->places, b->places))
    return COTERIE_SCENE_FRESH_MERGE;
  if (coterie_scene_get_nearest_end (a) != coterie_scene_get_nearest_end (b) ||
      !same_names (a->class_names, b->class_names))
    return COTERIE_SCENE_FRESH_ENDS;
  if (a->attention.hovered != b->attention.hovered || a->attention.focus != b->attention.focus ||
      a->attention.search != b->attention.search || !same_array (a->selected, b->selected) ||
      !same_array (a->pinned, b->pinned) || !same_array (a->trail, b->trail) ||
      !a->trail_ended != !b->trail_ended || !a->movers_ringed != !b->movers_ringed)
    return COTERIE_SCENE_FRESH_DECOR;
  return COTERIE_SCENE_FRESH_DRAWING;
}

/* What has been computed of @ahead becomes that of @scene, and the reverse. */
static void
swap_computed (CoterieScene *scene, CoterieScene *ahead)
{
  CoterieScene before = *scene;

  scene->decor_end = ahead->decor_end;
  scene->whole = ahead->whole;
  scene->computed_style = ahead->computed_style;
  memcpy (scene->computed, ahead->computed, sizeof scene->computed);
  scene->merge = ahead->merge;
  scene->order = ahead->order;
  scene->decor = ahead->decor;
  scene->drawing = ahead->drawing;
  memcpy (scene->ends, ahead->ends, sizeof scene->ends);
  memcpy (scene->bounds, ahead->bounds, sizeof scene->bounds);
  memcpy (scene->shown_bounds, ahead->shown_bounds, sizeof scene->shown_bounds);
  ahead->whole = FALSE;
  memcpy (ahead->computed, before.computed, sizeof ahead->computed);
  ahead->merge = before.merge;
  ahead->order = before.order;
  ahead->decor = before.decor;
  ahead->drawing = before.drawing;
  memcpy (ahead->ends, before.ends, sizeof ahead->ends);
}

static void
take_over (CoterieScene *scene, CoterieScene *ahead, CoterieSceneFreshness freshness)
{
  swap_computed (scene, ahead);
  scene->freshness = freshness;
  ahead->freshness = COTERIE_SCENE_FRESH_NOTHING;
  coterie_scene_blend_drawing (scene);
}

/**
 * coterie_scene_adopt:
 * @scene: the scene
 * @ahead: a scene made with coterie_scene_new_ahead(); used up if %TRUE is returned
 *
 * Takes over what has been computed of @ahead, as far as @scene shows the same graphs now, asks for the
 * same and has not got so far itself. The scene never looks otherwise than without @ahead.
 *
 * Returns: whether it got any further
 */
gboolean
coterie_scene_adopt (CoterieScene *scene, CoterieScene *ahead)
{
  CoterieSceneFreshness freshness = MIN (compare_wishes (scene, ahead), ahead->freshness);

  if (freshness <= scene->freshness || (scene->held && !ahead->whole))
    return FALSE;
  take_over (scene, ahead, freshness);
  return TRUE;
}

/* Before anything has been computed: what belongs to no graph. */
static void
show_nothing (CoterieScene *scene)
{
  CoterieScene *nothing = coterie_scene_new ();

  coterie_scene_set_style (nothing, &scene->style);
  coterie_scene_refresh (nothing, COTERIE_SCENE_FRESH_DRAWING);
  take_over (scene, nothing, COTERIE_SCENE_FRESH_NOTHING);
  coterie_scene_free (nothing);
}

/**
 * coterie_scene_set_held:
 * @scene: the scene
 * @held: whether nothing shall be computed when something is asked of it
 *
 * Lets the scene answer at once: as long as it is held all that can be asked of it, from
 * coterie_scene_get_n_nodes() to coterie_scene_get_drawing(), is as it was computed last; only the blend
 * of the graphs goes on. What is wanted meanwhile is computed elsewhere, by a scene made with
 * coterie_scene_copy_wanted(), and comes in with coterie_scene_catch_up(). Cost: none that grows with the
 * graphs.
 */
void
coterie_scene_set_held (CoterieScene *scene, gboolean held)
{
  if (held && !scene->held && !scene->whole)
    show_nothing (scene);
  scene->held = held;
}

/**
 * coterie_scene_get_held:
 * @scene: the scene
 *
 * Returns: whether nothing is computed when something is asked of it
 */
gboolean
coterie_scene_get_held (CoterieScene *scene)
{
  return scene->held;
}

/**
 * coterie_scene_get_ready:
 * @scene: the scene
 *
 * Returns: whether all that is wanted has been computed, so that its drawing costs nothing
 */
gboolean
coterie_scene_get_ready (CoterieScene *scene)
{
  return scene->freshness == COTERIE_SCENE_FRESH_DRAWING;
}

/**
 * coterie_scene_wants_same:
 * @scene: the scene
 * @other: another, which another thread may just be computing
 *
 * Returns: whether both look the same, when they have been computed and blended alike
 */
gboolean
coterie_scene_wants_same (CoterieScene *scene, CoterieScene *other)
{
  return compare_wishes (scene, other) == COTERIE_SCENE_FRESH_DRAWING;
}

/**
 * coterie_scene_copy_wanted:
 * @scene: the scene
 *
 * Returns: (transfer full): what @scene wants to show now, see coterie_scene_new_ahead()
 */
CoterieScene *
coterie_scene_copy_wanted (CoterieScene *scene)
{
  CoterieScene *copy =
      coterie_scene_new_ahead (scene, scene->graphs[0], scene->graphs[1], scene->t_frac);

  coterie_scene_set_movers_ringed (copy, scene->movers_ringed);
  return copy;
}

/**
 * coterie_scene_catch_up:
 * @scene: the scene, held
 * @computed: made with coterie_scene_copy_wanted(), its drawing has been computed; used up if %TRUE is
 *   returned
 *
 * Shows what was wanted when @computed was made, even if something else is wanted by now: it is nearer to
 * that than what was shown before.
 *
 * Returns: whether anything was left to catch up with
 */
gboolean
coterie_scene_catch_up (CoterieScene *scene, CoterieScene *computed)
{
  g_return_val_if_fail (scene->held && computed->whole, FALSE);

  if (scene->freshness == COTERIE_SCENE_FRESH_DRAWING)
    return FALSE;
  take_over (scene, computed, MIN (compare_wishes (scene, computed), computed->freshness));
  return TRUE;
}
