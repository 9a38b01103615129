/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The graphs of a session's frames: of the layer that is chosen, or of all of them. The last few are
 * kept, so that the graph, the table and the next step of the timeline share them. */

#include "app/graph-source.h"

/* Both ends of a blend, those of the blends before and after, and some steps to and fro. */
#define N_KEPT 8

/* Frames whose weights are read before anybody gets there. */
#define N_AHEAD 2

typedef struct {
  CoterieFrame *frame;
  CoterieSceneGraph *graph;
  guint layer;      /* 0 for all */
  guint64 last_use; /* counted from 1; 0 where there is none */
} Kept;

struct _CoterieGraphSource {
  CoterieSession *session;
  CoterieCommunityHues *recorded_hues; /* %NULL as long as nothing else has been shown */
  GPtrArray *recorded_frames;          /* which they are of; owned */
  CoterieCommunityHues *hues;          /* of the first frames */
  CoterieFrame *last_frame;            /* the last of them */
  guint n_frames;                      /* how many */
  Kept kept[N_KEPT];
  guint64 n_uses;
  gboolean incomplete;
};

static void
clear_hues (CoterieGraphSource *source)
{
  g_clear_pointer (&source->hues, coterie_community_hues_free);
  g_clear_pointer (&source->last_frame, coterie_frame_unref);
  source->n_frames = 0;
}

static void
clear_recorded (CoterieGraphSource *source)
{
  g_clear_pointer (&source->recorded_hues, coterie_community_hues_free);
  g_clear_pointer (&source->recorded_frames, g_ptr_array_unref);
}

/* What is analysed again should look as it is recorded. */
static void
update_recorded (CoterieGraphSource *source)
{
  GPtrArray *frames = coterie_session_get_recorded_frames (source->session);

  if (frames == source->recorded_frames)
    return;
  clear_hues (source);
  clear_recorded (source);
  if (frames == NULL)
    return;
  source->recorded_frames = g_ptr_array_ref (frames);
  source->recorded_hues = coterie_community_hues_new ();
  for (guint i = 0; i < frames->len; i++) {
    const CoterieFrame *frame = g_ptr_array_index (frames, i);

    coterie_community_hues_add (source->recorded_hues, frame->layers, frame->n_layers);
  }
}

static void
kept_clear (Kept *kept)
{
  g_clear_pointer (&kept->frame, coterie_frame_unref);
  g_clear_pointer (&kept->graph, coterie_scene_graph_unref);
  kept->last_use = 0;
}

/* The one that nobody has asked for longest. */
static Kept *
find_oldest (CoterieGraphSource *source)
{
  Kept *oldest = &source->kept[0];

  for (guint i = 1; i < N_KEPT; i++)
    if (source->kept[i].last_use < oldest->last_use)
      oldest = &source->kept[i];
  return oldest;
}

/**
 * coterie_graph_source_new:
 * @session: whose frames; must live as long as the source
 *
 * Returns: (transfer full): a source
 */
CoterieGraphSource *
coterie_graph_source_new (CoterieSession *session)
{
  CoterieGraphSource *source = g_new0 (CoterieGraphSource, 1);

  source->session = session;
  return source;
}

/**
 * coterie_graph_source_free:
 * @source: (transfer full): a source
 */
void
coterie_graph_source_free (CoterieGraphSource *source)
{
  coterie_graph_source_forget (source);
  clear_recorded (source);
  g_free (source);
}

/**
 * coterie_graph_source_forget:
 * @source: a source
 *
 * Makes all graphs anew from now on: something has changed that they are made of.
 */
void
coterie_graph_source_forget (CoterieGraphSource *source)
{
  for (guint i = 0; i < N_KEPT; i++)
    kept_clear (&source->kept[i]);
  clear_hues (source);
  source->incomplete = FALSE;
}

/**
 * coterie_graph_source_get_hues:
 * @source: a source
 *
 * Cost: a pass over the nodes of the frames that have arrived since the last call.
 *
 * Returns: (transfer none): those of the communities of all frames; until the next call
 */
const CoterieCommunityHues *
coterie_graph_source_get_hues (CoterieGraphSource *source)
{
  guint n_frames = coterie_session_get_n_frames (source->session);

  update_recorded (source);
  if (source->n_frames > n_frames ||
      (source->n_frames > 0 &&
       coterie_session_get_frame (source->session, source->n_frames - 1) != source->last_frame))
    clear_hues (source);
  if (source->hues == NULL)
    source->hues = coterie_community_hues_new_like (source->recorded_hues);
  for (; source->n_frames < n_frames; source->n_frames++) {
    CoterieFrame *frame = coterie_session_get_frame (source->session, source->n_frames);

    coterie_community_hues_add (source->hues, frame->layers, frame->n_layers);
    g_clear_pointer (&source->last_frame, coterie_frame_unref);
    source->last_frame = coterie_frame_ref (frame);
  }
  return source->hues;
}

/**
 * coterie_graph_source_get_incomplete:
 * @source: a source
 *
 * Returns: whether layers were not joined in a graph, because their weights had not been read yet
 */
gboolean
coterie_graph_source_get_incomplete (CoterieGraphSource *source)
{
  return source->incomplete;
}

static CoterieSceneGraph *
create_graph (CoterieGraphSource *source, guint index, guint layer)
{
  CoterieSession *session = source->session;
  CoterieFrame *frame = coterie_session_get_frame (session, index);
  const CoterieCommunityHues *hues = coterie_graph_source_get_hues (source);
  CoterieLayerWeights *weights;

  if (layer > 0)
    return coterie_scene_graph_new_from_layer (&frame->layers[layer - 1], hues);

  /* What is asked for last is read first. */
  for (guint i = MIN (index + N_AHEAD, coterie_session_get_n_frames (session) - 1); i > index; i--)
    coterie_session_get_layer_weights (session, i);
  weights = coterie_session_get_layer_weights (session, index);
  if (weights == NULL)
    source->incomplete = TRUE;
  return coterie_scene_graph_new_from_layers (
      frame->layers, frame->n_layers, weights != NULL && weights->known ? weights->pairs : NULL,
      hues);
}

/**
 * coterie_graph_source_get:
 * @source: a source
 * @index: a frame of the session
 *
 * All layers are joined when their weights have been read; when "weights-loaded" tells so, the graphs
 * have to be forgotten.
 *
 * Returns: (transfer none): its graph, of the layer or layers that are chosen; valid until seven others
 *   have been asked for
 */
CoterieSceneGraph *
coterie_graph_source_get (CoterieGraphSource *source, guint index)
{
  CoterieFrame *frame = coterie_session_get_frame (source->session, index);
  guint layer = coterie_session_get_all_layers (source->session)
                    ? 0
                    : coterie_session_get_layer (source->session);
  Kept *kept;

  source->n_uses++;
  for (guint i = 0; i < N_KEPT; i++)
    if (source->kept[i].frame == frame && source->kept[i].layer == layer) {
      source->kept[i].last_use = source->n_uses;
      return source->kept[i].graph;
    }

  kept = find_oldest (source);
  kept_clear (kept);
  kept->frame = coterie_frame_ref (frame);
  kept->layer = layer;
  kept->graph = create_graph (source, index, layer);
  kept->last_use = source->n_uses;
  return kept->graph;
}
