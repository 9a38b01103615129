/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is drawn of one or two graphs, without knowing how. What is asked for is kept; what follows from
 * it is computed in steps, each only when something has changed that it depends on:
 *
 *   graphs ─▶ merge ─▶ ends (style, filter, pins) ─▶ decor (nearer end) ─▶ drawing (attention, rings)
 *
 * A blend alone changes one number of the drawing: positions, sizes, colours and densities move from
 * the one graph to the other by smoothstep; what only one of them has grows or shrinks in its place.
 *
 * A scene that is held computes nothing: it answers out of what was computed last, which belongs
 * together, until another scene has computed what is asked for now, in another thread. */

#include "draw/scene/scene.h"

#include "draw/scene/scene-drawing.h"
#include "draw/scene/scene-legend-private.h"

/* How far the last computation still holds. */
typedef enum {
  FRESH_NOTHING,
  FRESH_MERGE,
  FRESH_ENDS,
  FRESH_DECOR,
  FRESH_DRAWING,
} Freshness;

typedef struct {
  guint64 key;
  float x;
  float y;
} Place;

struct _CoterieScene {
  CoterieSceneGraph *graphs[2];
  CoterieSceneStyle style;
  GStrv class_names;
  CoterieSceneAttention attention;
  CoterieNodeQuery *filter;
  GArray *selected; /* of guint64 */
  GArray *pinned;   /* the same */
  GArray *places;   /* of Place: where pinned neurons stand */
  GArray *trail;    /* of float */
  double t_frac;
  gboolean movers_ringed;

  Freshness freshness;
  gboolean held;
  gboolean whole;                 /* all that was computed belongs together */
  CoterieSceneGraph *computed[2]; /* what it was computed of; %NULL before */
  CoterieSceneStyle computed_style;
  guint decor_end; /* which end was nearer when the decor was made */
  CoterieSceneMerge merge;
  CoterieSceneEnd ends[2];
  CoterieBounds bounds[2];
  guint32 *order;
  CoterieSceneDecor decor;
  CoterieDrawing *drawing;
};

static double
ease (double t_frac)
{
  return t_frac * t_frac * (3.0 - 2.0 * t_frac);
}

static guint
get_nearest_end (const CoterieScene *scene)
{
  return scene->t_frac < 0.5 ? 0 : 1;
}

/* The nearer end in what has been computed. */
static guint
get_computed_end (const CoterieScene *scene)
{
  return scene->held ? scene->decor_end : get_nearest_end (scene);
}

/* Whatever was computed beyond @freshness does not hold any more. */
static void
forget (CoterieScene *scene, Freshness freshness)
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

/* A pinned neuron stands where it was put, whatever the graphs say, and counts for the bounds. */
static void
place_pinned (CoterieScene *scene, guint which)
{
  CoterieBounds *bounds = &scene->bounds[which];

  *bounds = scene->graphs[which]->bounds;
  for (guint i = 0; i < scene->places->len; i++) {
    const Place *place = &g_array_index (scene->places, Place, i);
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
  scene->order = coterie_scene_sort_nodes (scene->ends, scene->merge.n_nodes);
}

static void
compute_decor (CoterieScene *scene)
{
  coterie_scene_decor_clear (&scene->decor);
  scene->decor_end = get_nearest_end (scene);
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
      .shown_end = get_nearest_end (scene),
      .selected = scene->selected,
      .movers_ringed = scene->movers_ringed,
      .pinned = scene->pinned,
      .trail = (const float *) (void *) scene->trail->data,
      .n_trail = scene->trail->len / 2,
  };

  coterie_scene_emphasis_init (&emphasis, &scene->merge, scene->ends, &scene->attention);
  g_clear_pointer (&scene->drawing, coterie_drawing_unref);
  scene->drawing = coterie_scene_look_draw (&look, ease (scene->t_frac));
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

static void
refresh (CoterieScene *scene, Freshness wanted)
{
  if (scene->held || scene->freshness >= wanted)
    return;

  scene->whole = FALSE;
  if (scene->freshness < FRESH_MERGE)
    compute_merge (scene);
  if (scene->freshness < FRESH_ENDS && wanted >= FRESH_ENDS) {
    scene->computed_style = scene->style;
    compute_ends (scene);
  }
  if (scene->freshness < FRESH_DECOR && wanted >= FRESH_DECOR)
    compute_decor (scene);
  if (scene->freshness < FRESH_DRAWING && wanted >= FRESH_DRAWING) {
    compute_drawing (scene);
    scene->whole = TRUE;
  }
  scene->freshness = wanted;
}

/* Outlines and texts do not blend: those of the nearer end are shown. */
static gboolean
changes_half_way (const CoterieScene *scene)
{
  if (scene->decor.changes_half_way)
    return TRUE;
  for (guint n = 0; scene->style.shapes && n < scene->merge.n_nodes; n++)
    if (scene->ends[0].nodes[n].shape != scene->ends[1].nodes[n].shape)
      return TRUE;
  return FALSE;
}

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
  scene->places = g_array_new (FALSE, FALSE, sizeof (Place));
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
  clear_ends (scene);
  coterie_scene_merge_clear (&scene->merge);
  clear_computed_graphs (scene);
  coterie_scene_decor_clear (&scene->decor);
  g_clear_pointer (&scene->drawing, coterie_drawing_unref);
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
  forget (scene, FRESH_NOTHING);
}

/* Whether the drawing is, if nothing else, one of the graphs that are shown. */
static gboolean
shows_graphs (const CoterieScene *scene)
{
  return scene->whole && scene->computed[0] == scene->graphs[0] &&
         scene->computed[1] == scene->graphs[1];
}

/* Brings the blend of the drawing up to date, which costs nothing. */
static void
blend_drawing (CoterieScene *scene)
{
  CoterieDrawing *drawing;

  if (!shows_graphs (scene) || (scene->freshness < FRESH_DRAWING && !scene->held) ||
      scene->drawing->s_frac == ease (scene->t_frac))
    return;
  drawing = coterie_drawing_with_blend (scene->drawing, ease (scene->t_frac));
  coterie_drawing_unref (scene->drawing);
  scene->drawing = drawing;
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
  if (scene->freshness >= FRESH_DECOR && scene->decor_end != get_nearest_end (scene)) {
    if (changes_half_way (scene))
      forget (scene, FRESH_ENDS);
    scene->decor_end = get_nearest_end (scene);
  }
  blend_drawing (scene);
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
  forget (scene, FRESH_MERGE);
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
  forget (scene, FRESH_ENDS);
}

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
  forget (scene, FRESH_DECOR);
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
  forget (scene, FRESH_DECOR);
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
  forget (scene, FRESH_DECOR);
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
  forget (scene, FRESH_MERGE);
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
  forget (scene, FRESH_DECOR);
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
  forget (scene, FRESH_DECOR);
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
    Place place = {keys[i], positions[2 * i], positions[2 * i + 1]};

    g_array_append_val (scene->places, place);
  }
  if (moved)
    forget (scene, FRESH_MERGE);
}

/**
 * coterie_scene_set_trail:
 * @scene: the scene
 * @points: (nullable): [n_points][2]: where a neuron was, the oldest place first, layout units; copied
 * @n_points: how many; fewer than two are no trail
 */
void
coterie_scene_set_trail (CoterieScene *scene, const float *points, guint n_points)
{
  if (scene->trail->len == 2 * n_points &&
      (n_points == 0 || memcmp (scene->trail->data, points, 2 * n_points * sizeof *points) == 0))
    return;
  g_array_set_size (scene->trail, 0);
  if (n_points > 0)
    g_array_append_vals (scene->trail, points, 2 * n_points);
  forget (scene, FRESH_DECOR);
}

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
  return copy;
}

/* Working ahead. */

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
static Freshness
compare_wishes (const CoterieScene *a, const CoterieScene *b)
{
  if (a->graphs[0] != b->graphs[0] || a->graphs[1] != b->graphs[1])
    return FRESH_NOTHING;
  if (!coterie_scene_style_equal (&a->style, &b->style) || a->filter != b->filter ||
      !same_array (a->places, b->places))
    return FRESH_MERGE;
  if (get_nearest_end (a) != get_nearest_end (b) || !same_names (a->class_names, b->class_names))
    return FRESH_ENDS;
  if (a->attention.hovered != b->attention.hovered || a->attention.focus != b->attention.focus ||
      a->attention.search != b->attention.search || !same_array (a->selected, b->selected) ||
      !same_array (a->pinned, b->pinned) || !same_array (a->trail, b->trail) ||
      !a->movers_ringed != !b->movers_ringed)
    return FRESH_DECOR;
  return FRESH_DRAWING;
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
  ahead->whole = FALSE;
  memcpy (ahead->computed, before.computed, sizeof ahead->computed);
  ahead->merge = before.merge;
  ahead->order = before.order;
  ahead->decor = before.decor;
  ahead->drawing = before.drawing;
  memcpy (ahead->ends, before.ends, sizeof ahead->ends);
}

static void
take_over (CoterieScene *scene, CoterieScene *ahead, Freshness freshness)
{
  swap_computed (scene, ahead);
  scene->freshness = freshness;
  ahead->freshness = FRESH_NOTHING;
  blend_drawing (scene);
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
  Freshness freshness = MIN (compare_wishes (scene, ahead), ahead->freshness);

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
  refresh (nothing, FRESH_DRAWING);
  take_over (scene, nothing, FRESH_NOTHING);
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
  return scene->freshness == FRESH_DRAWING;
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
 * coterie_scene_wants_same:
 * @scene: the scene
 * @other: another, which another thread may just be computing
 *
 * Returns: whether both look the same, when they have been computed and blended alike
 */
gboolean
coterie_scene_wants_same (CoterieScene *scene, CoterieScene *other)
{
  return compare_wishes (scene, other) == FRESH_DRAWING;
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

  if (scene->freshness == FRESH_DRAWING)
    return FALSE;
  take_over (scene, computed, MIN (compare_wishes (scene, computed), computed->freshness));
  return TRUE;
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
  refresh (scene, FRESH_MERGE);
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
  refresh (scene, FRESH_MERGE);
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
  refresh (scene, FRESH_MERGE);
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
  refresh (scene, FRESH_ENDS);
  g_return_val_if_fail (node < scene->merge.n_nodes, FALSE);
  return scene->ends[get_computed_end (scene)].nodes[node].shown;
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
  guint which = get_computed_end (scene);
  guint n_matches = 0;

  if (scene->attention.search == NULL)
    return 0;
  refresh (scene, FRESH_ENDS);
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
  return scene->graphs[get_nearest_end (scene)];
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
  refresh (scene, FRESH_MERGE);
  return coterie_scene_graph_to_layer (scene->computed[get_computed_end (scene)], layer, x, y);
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
  refresh (scene, FRESH_ENDS);
  return coterie_bounds_mix (scene->bounds[0], scene->bounds[1],
                             scene->held ? scene->drawing->s_frac : ease (scene->t_frac));
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
  guint which = get_computed_end (scene);

  refresh (scene, FRESH_ENDS);
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
  refresh (scene, FRESH_DRAWING);
  return scene->drawing;
}
