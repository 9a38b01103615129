/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a graph gets from one layout to another. Where the same neurons have other places, as a pin is undone
 * or a layout has come to its end, they glide there from where they are, instead of being elsewhere at
 * once. What comes while they are on their way is shown next. A node that the user has moved is there
 * already: the others follow as soon as their places are known. */

#include "app/graph-view-private.h"

#define GLIDE_MS 350

static void glide (CoterieGraphView *self);

static CoterieSceneGraph *
get_nearest (const CoterieGraphGlide *glide)
{
  return glide->graphs[glide->t_frac < 0.5 || glide->graphs[1] == NULL ? 0 : 1];
}

static void
take_graphs (CoterieGraphGlide *glide,
             CoterieSceneGraph *from,
             CoterieSceneGraph *to,
             double t_frac)
{
  CoterieSceneGraph *graphs[2] = {coterie_scene_graph_ref (from),
                                  to != NULL ? coterie_scene_graph_ref (to) : NULL};

  for (guint which = 0; which < 2; which++) {
    g_clear_pointer (&glide->graphs[which], coterie_scene_graph_unref);
    glide->graphs[which] = graphs[which];
  }
  glide->t_frac = t_frac;
}

/* Forgets a glide, wherever the nodes are. */
void
coterie_graph_view_drop_glide (CoterieGraphView *self)
{
  if (self->glide.animation != NULL) {
    g_signal_handlers_disconnect_by_data (self->glide.animation, self);
    adw_animation_pause (self->glide.animation);
  }
  g_clear_object (&self->glide.animation);
  for (guint which = 0; which < 2; which++)
    g_clear_pointer (&self->glide.graphs[which], coterie_scene_graph_unref);
}

/* Shows what the nodes are gliding to. */
void
coterie_graph_view_end_glide (CoterieGraphView *self)
{
  g_autoptr (CoterieSceneGraph) from = g_steal_pointer (&self->glide.graphs[0]);
  g_autoptr (CoterieSceneGraph) to = g_steal_pointer (&self->glide.graphs[1]);

  if (from != NULL)
    coterie_graph_view_set_graphs (self, from, to, self->glide.t_frac);
}

/* Whether they are the same neurons in other places. */
static gboolean
is_elsewhere (const CoterieSceneGraph *graph, const CoterieSceneGraph *other)
{
  gsize n_nodes = graph->n_nodes;

  return n_nodes == other->n_nodes && n_nodes > 0 &&
         memcmp (graph->keys, other->keys, n_nodes * sizeof *graph->keys) == 0 &&
         memcmp (graph->positions, other->positions, 2 * n_nodes * sizeof *graph->positions) != 0;
}

/* Between two frames, nodes are on another way already. */
static gboolean
is_at_an_end (double t_frac)
{
  return t_frac == 0.0 || t_frac == 1.0;
}

static gboolean
can_glide (CoterieGraphView *self)
{
  return self->has_states && !self->telling_moved &&
         is_at_an_end (coterie_scene_get_blend (self->scene)) &&
         is_at_an_end (self->glide.t_frac) &&
         is_elsewhere (coterie_scene_get_nearest_graph (self->scene), get_nearest (&self->glide));
}

static void
glide_value_cb (double value, gpointer data)
{
  CoterieGraphView *self = data;

  coterie_scene_set_blend (self->scene, value);
  coterie_scene_ahead_take (self->ahead);
  coterie_graph_view_queue_update (self);
}

/* There. Meanwhile the way may have got another end. */
static void
glide_done_cb (CoterieGraphView *self)
{
  g_clear_object (&self->glide.animation);
  if (can_glide (self)) {
    glide (self);
  } else {
    coterie_graph_view_end_glide (self);
    coterie_graph_view_emit (self, COTERIE_GRAPH_VIEW_LOOK_CHANGED);
  }
}

static void
glide (CoterieGraphView *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (glide_value_cb, self, NULL);
  g_autoptr (CoterieSceneGraph) start =
      coterie_scene_graph_ref (coterie_scene_get_nearest_graph (self->scene));
  g_autoptr (AdwAnimation) animation = NULL;

  coterie_scene_set_graphs (self->scene, start, get_nearest (&self->glide));
  coterie_scene_set_movers_ringed (self->scene, FALSE);
  self->places_changed = TRUE;
  animation = adw_timed_animation_new (GTK_WIDGET (self), 0.0, 1.0, GLIDE_MS, target);
  /* The scene eases. */
  adw_timed_animation_set_easing (ADW_TIMED_ANIMATION (animation), ADW_LINEAR);
  g_signal_connect_swapped (animation, "done", G_CALLBACK (glide_done_cb), self);
  self->glide.animation = g_object_ref (animation);
  adw_animation_play (animation);
}

/* Where a neuron is when nothing moves any more and all is computed; between two frames, where it is now. A
 * key that is hit again begins where the one before has led. */
gboolean
coterie_graph_view_get_resting_place (CoterieGraphView *self, guint64 key, double *x, double *y)
{
  const CoterieSceneGraph *graph = self->glide.animation != NULL
                                       ? get_nearest (&self->glide)
                                       : coterie_scene_get_nearest_graph (self->scene);
  gint node = coterie_scene_graph_find (graph, key);

  if (self->glide.animation == NULL && !is_at_an_end (coterie_scene_get_blend (self->scene)))
    return coterie_graph_view_get_node_place (self, key, x, y);
  if (node < 0)
    return FALSE;
  *x = (double) graph->positions[2 * node];
  *y = (double) graph->positions[2 * node + 1];
  return TRUE;
}

/**
 * coterie_graph_view_replace_graphs:
 * @self: the view
 * @from: what is shown at blend 0
 * @to: (nullable): what is shown at blend 1
 * @t_frac: how far from @from to @to, a fraction from 0 to 1
 *
 * Does coterie_graph_view_set_graphs() for what is shown already, with its nodes elsewhere. Where nothing
 * else moves, they glide there.
 */
void
coterie_graph_view_replace_graphs (CoterieGraphView *self,
                                   CoterieSceneGraph *from,
                                   CoterieSceneGraph *to,
                                   double t_frac)
{
  gboolean gliding = self->glide.animation != NULL;

  take_graphs (&self->glide, from, to, t_frac);
  if (!gliding && can_glide (self))
    glide (self);
  else if (!gliding || self->telling_moved || !is_at_an_end (t_frac))
    coterie_graph_view_end_glide (self);
}
