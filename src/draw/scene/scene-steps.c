/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a scene is computed: in steps, each only when something has changed that it depends on:
 *
 *   graphs ─▶ merge ─▶ ends (style, filter, pins) ─▶ decor (nearer end) ─▶ drawing (attention, rings)
 *
 * A blend alone changes one number of the drawing: positions, sizes, colours and densities move from
 * the one graph to the other by smoothstep; what only one of them has grows or shrinks in its place. */

#include <math.h>

#include "draw/scene/scene-drawing.h"
#include "draw/scene/scene-private.h"

/* Some nodes are seen no larger than if they were so large a part of the graph. */
#define LEAST_SHOWN_FRAC 0.35

/* How far the drawing is for how far the blend is: smoothstep. */
double
coterie_scene_ease (double t_frac)
{
  return t_frac * t_frac * (3.0 - 2.0 * t_frac);
}

/* Which of the graphs is nearer, 0 or 1. */
guint
coterie_scene_get_nearest_end (const CoterieScene *scene)
{
  return scene->t_frac < 0.5 ? 0 : 1;
}

/* The nearer end in what has been computed. */
guint
coterie_scene_get_computed_end (const CoterieScene *scene)
{
  return scene->held ? scene->decor_end : coterie_scene_get_nearest_end (scene);
}

/* Whatever was computed beyond @freshness does not hold any more. */
void
coterie_scene_forget (CoterieScene *scene, CoterieSceneFreshness freshness)
{
  scene->freshness = MIN (scene->freshness, freshness);
}

static void
clear_ends (CoterieScene *scene)
{
  for (guint which = 0; which < 2; which++)
    coterie_scene_end_clear (&scene->ends[which]);
  g_clear_pointer (&scene->order, g_free);
}

/* A pinned neuron stands where it was put, whatever the graphs say, and counts for the bounds. A graph without
 * nodes is seen from where the other one is. */
static void
place_pinned (CoterieScene *scene, guint which)
{
  CoterieBounds *bounds = &scene->bounds[which];

  *bounds = scene->graphs[scene->graphs[which]->n_nodes > 0 ? which : 1 - which]->bounds;
  for (guint i = 0; i < scene->places->len; i++) {
    const CoterieScenePlace *place = &g_array_index (scene->places, CoterieScenePlace, i);
    gint node = coterie_scene_merge_find (&scene->merge, place->key);

    if (node < 0)
      continue;
    scene->ends[which].nodes[node].x = place->x;
    scene->ends[which].nodes[node].y = place->y;
    bounds->min_x = MIN (bounds->min_x, (double) place->x);
    bounds->max_x = MAX (bounds->max_x, (double) place->x);
    bounds->min_y = MIN (bounds->min_y, (double) place->y);
    bounds->max_y = MAX (bounds->max_y, (double) place->y);
  }
}

static void
widen (double *min, double *max, double least)
{
  double missing = fmax (least - (*max - *min), 0.0);

  *min -= 0.5 * missing;
  *max += 0.5 * missing;
}

/* Returns: whether any node is shown. */
static gboolean
find_shown_bounds (const CoterieScene *scene, guint which, CoterieBounds *bounds)
{
  const CoterieBounds *all = &scene->bounds[which];
  gboolean any = FALSE;

  *bounds = (CoterieBounds){G_MAXDOUBLE, G_MAXDOUBLE, -G_MAXDOUBLE, -G_MAXDOUBLE};
  for (guint n = 0; n < scene->merge.n_nodes; n++) {
    const CoterieSceneEndNode *node = &scene->ends[which].nodes[n];

    if (!node->shown)
      continue;
    any = TRUE;
    bounds->min_x = fmin (bounds->min_x, (double) node->x);
    bounds->max_x = fmax (bounds->max_x, (double) node->x);
    bounds->min_y = fmin (bounds->min_y, (double) node->y);
    bounds->max_y = fmax (bounds->max_y, (double) node->y);
  }
  if (!any)
    return FALSE;
  widen (&bounds->min_x, &bounds->max_x, LEAST_SHOWN_FRAC * (all->max_x - all->min_x));
  widen (&bounds->min_y, &bounds->max_y, LEAST_SHOWN_FRAC * (all->max_y - all->min_y));
  return TRUE;
}

/* Where an end shows nothing it is seen from where the other one is. */
static void
compute_shown_bounds (CoterieScene *scene)
{
  CoterieBounds found[2];
  gboolean any[2] = {FALSE, FALSE};

  for (guint which = 0; which < 2 && scene->filter != NULL; which++)
    any[which] = find_shown_bounds (scene, which, &found[which]);
  for (guint which = 0; which < 2; which++)
    scene->shown_bounds[which] = any[which]       ? found[which]
                                 : any[1 - which] ? found[1 - which]
                                                  : scene->bounds[which];
}

static void
compute_ends (CoterieScene *scene)
{
  clear_ends (scene);
  for (guint which = 0; which < 2; which++)
    coterie_scene_end_init (&scene->ends[which], scene->graphs[which], &scene->merge, which,
                            &scene->style, scene->filter);
  for (guint which = 0; which < 2; which++)
    coterie_scene_end_complete (&scene->ends[which], &scene->ends[1 - which], &scene->merge);
  for (guint which = 0; which < 2; which++)
    place_pinned (scene, which);
  compute_shown_bounds (scene);
  scene->order = coterie_scene_sort_nodes (scene->ends, scene->merge.n_nodes);
}

static void
compute_decor (CoterieScene *scene)
{
  coterie_scene_decor_clear (&scene->decor);
  scene->decor_end = coterie_scene_get_nearest_end (scene);
  coterie_scene_decor_init (&scene->decor, &scene->merge, scene->ends, scene->decor_end,
                            &scene->style, (const char *const *) scene->class_names);
}

static void
compute_drawing (CoterieScene *scene)
{
  CoterieSceneEmphasis emphasis;
  CoterieSceneLook look = {
      .merge = &scene->merge,
      .ends = scene->ends,
      .order = scene->order,
      .decor = &scene->decor,
      .emphasis = &emphasis,
      .focus = scene->attention.focus,
      .style = &scene->style,
      .shown_end = coterie_scene_get_nearest_end (scene),
      .selected = scene->selected,
      .movers_ringed = scene->movers_ringed,
      .pinned = scene->pinned,
      .trail = (const float *) (void *) scene->trail->data,
      .n_trail = scene->trail->len / 2,
      .trail_ended = scene->trail_ended,
  };

  coterie_scene_emphasis_init (&emphasis, &scene->merge, scene->ends, &scene->attention);
  g_clear_pointer (&scene->drawing, coterie_drawing_unref);
  scene->drawing = coterie_scene_look_draw (&look, coterie_scene_ease (scene->t_frac));
  coterie_scene_emphasis_clear (&emphasis);
}

static void
clear_computed_graphs (CoterieScene *scene)
{
  for (guint which = 0; which < 2; which++)
    g_clear_pointer (&scene->computed[which], coterie_scene_graph_unref);
}

static void
compute_merge (CoterieScene *scene)
{
  coterie_scene_merge_clear (&scene->merge);
  clear_computed_graphs (scene);
  for (guint which = 0; which < 2; which++)
    scene->computed[which] = coterie_scene_graph_ref (scene->graphs[which]);
  coterie_scene_merge_init (&scene->merge, scene->graphs[0], scene->graphs[1]);
}

/* Computes whatever does not hold any more, as far as @wanted. */
void
coterie_scene_refresh (CoterieScene *scene, CoterieSceneFreshness wanted)
{
  if (scene->held || scene->freshness >= wanted)
    return;

  scene->whole = FALSE;
  if (scene->freshness < COTERIE_SCENE_FRESH_MERGE)
    compute_merge (scene);
  if (scene->freshness < COTERIE_SCENE_FRESH_ENDS && wanted >= COTERIE_SCENE_FRESH_ENDS) {
    scene->computed_style = scene->style;
    compute_ends (scene);
  }
  if (scene->freshness < COTERIE_SCENE_FRESH_DECOR && wanted >= COTERIE_SCENE_FRESH_DECOR)
    compute_decor (scene);
  if (scene->freshness < COTERIE_SCENE_FRESH_DRAWING && wanted >= COTERIE_SCENE_FRESH_DRAWING) {
    compute_drawing (scene);
    scene->whole = TRUE;
  }
  scene->freshness = wanted;
}

/* Frees all that has been computed. */
void
coterie_scene_clear_computed (CoterieScene *scene)
{
  clear_ends (scene);
  coterie_scene_merge_clear (&scene->merge);
  clear_computed_graphs (scene);
  coterie_scene_decor_clear (&scene->decor);
  g_clear_pointer (&scene->drawing, coterie_drawing_unref);
}

/* Outlines and texts do not blend: those of the nearer end are shown. */
gboolean
coterie_scene_changes_half_way (const CoterieScene *scene)
{
  if (scene->decor.changes_half_way)
    return TRUE;
  for (guint n = 0; scene->style.shapes && n < scene->merge.n_nodes; n++)
    if (scene->ends[0].nodes[n].shape != scene->ends[1].nodes[n].shape)
      return TRUE;
  return FALSE;
}

/* Whether the drawing is, if nothing else, one of the graphs that are shown. */
static gboolean
shows_graphs (const CoterieScene *scene)
{
  return scene->whole && scene->computed[0] == scene->graphs[0] &&
         scene->computed[1] == scene->graphs[1];
}

/* Brings the blend of the drawing up to date, which costs nothing. */
void
coterie_scene_blend_drawing (CoterieScene *scene)
{
  CoterieDrawing *drawing;

  if (!shows_graphs (scene) || (scene->freshness < COTERIE_SCENE_FRESH_DRAWING && !scene->held) ||
      scene->drawing->s_frac == coterie_scene_ease (scene->t_frac))
    return;
  drawing = coterie_drawing_with_blend (scene->drawing, coterie_scene_ease (scene->t_frac));
  coterie_drawing_unref (scene->drawing);
  scene->drawing = drawing;
}
