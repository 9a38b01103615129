/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which communities of a layer are shown. Found afresh in every frame, they flicker: many partitions
 * are nearly as good as the best, and another one is met each time. So the tracked communities are
 * those of the last frame, improved for this one's graph (Leiden), and communities found afresh take
 * their place only when they are clearly better.
 *
 * A node that was not in the last frame's graph begins by itself: a new community can then form out
 * of new nodes, and a node that belongs elsewhere is moved there at once. A frame without nodes, of a
 * layer that is silent, leaves the memory as it was. */

#include "core/analysis/community-tracker.h"

#include "core/analysis/communities.h"

#define N_FRESH_STARTS 5

/* How much modularity, at the resolution asked for, a change of the partition must be worth. */
#define SMALLEST_GAIN 0.001

struct _CoterieCommunityTracker {
  CoterieCommunityMethod method;
  double resolution;
  guint64 seed;

  /* Of the last frame with nodes. */
  guint n_nodes;
  guint32 *neurons;     /* [n_nodes], ascending */
  guint32 *communities; /* [n_nodes] */
};

/**
 * coterie_community_tracker_new:
 * @method: how communities are found
 * @resolution: Gephi's r, dimensionless, greater than 0; below 1 means more and smaller communities
 * @seed: of the detections
 *
 * Returns: (transfer full): a tracker that has seen no frame
 */
CoterieCommunityTracker *
coterie_community_tracker_new (CoterieCommunityMethod method, double resolution, guint64 seed)
{
  CoterieCommunityTracker *tracker = g_new0 (CoterieCommunityTracker, 1);

  tracker->method = method;
  tracker->resolution = resolution;
  tracker->seed = seed;
  return tracker;
}

/**
 * coterie_community_tracker_free:
 * @tracker: (transfer full): the tracker
 *
 * Frees @tracker.
 */
void
coterie_community_tracker_free (CoterieCommunityTracker *tracker)
{
  g_free (tracker->neurons);
  g_free (tracker->communities);
  g_free (tracker);
}

static void
remember (CoterieCommunityTracker *tracker,
          const CoterieLayerAnalysis *analysis,
          const guint32 *communities)
{
  gsize size = analysis->n_nodes * sizeof (guint32);

  if (analysis->n_nodes == 0)
    return;
  g_free (tracker->neurons);
  g_free (tracker->communities);
  tracker->n_nodes = analysis->n_nodes;
  tracker->neurons = g_memdup2 (analysis->neurons, size);
  tracker->communities = g_memdup2 (communities, size);
}

/* [n_nodes]: the last frame's community of each node, named after its lowest node that is still
 * there. */
static guint32 *
make_start (const CoterieCommunityTracker *tracker, const CoterieLayerAnalysis *analysis)
{
  guint32 *start = g_new (guint32, analysis->n_nodes);
  g_autofree guint32 *names = g_new (guint32, tracker->n_nodes);
  guint last = 0;

  for (guint k = 0; k < tracker->n_nodes; k++)
    names[k] = G_MAXUINT32;
  for (guint v = 0; v < analysis->n_nodes; v++) {
    start[v] = v;
    while (last < tracker->n_nodes && tracker->neurons[last] < analysis->neurons[v])
      last++;
    if (last < tracker->n_nodes && tracker->neurons[last] == analysis->neurons[v]) {
      guint32 *name = &names[tracker->communities[last]];

      *name = MIN (*name, v);
      start[v] = *name;
    }
  }
  return start;
}

static gboolean
find_tracked (CoterieCommunityTracker *tracker,
              const CoterieLayerAnalysis *analysis,
              CoterieCommunities *communities,
              GCancellable *cancellable,
              GError **error)
{
  g_autofree guint32 *start = make_start (tracker, analysis);
  g_auto (CoterieCommunities) fresh = {0};

  if (!coterie_communities_detect_leiden (&fresh, analysis->graph, tracker->resolution,
                                          N_FRESH_STARTS, tracker->seed, cancellable, error) ||
      !coterie_communities_improve (communities, analysis->graph, start, tracker->resolution,
                                    tracker->seed, cancellable, error))
    return FALSE;

  if (tracker->n_nodes == 0 ||
      fresh.quality - communities->quality > SMALLEST_GAIN * tracker->resolution) {
    CoterieCommunities worse = *communities;

    *communities = fresh;
    fresh = worse;
  }
  return TRUE;
}

/**
 * coterie_community_tracker_recall:
 * @tracker: the tracker
 * @analysis: the layer in a frame
 * @communities: [n_nodes]: what coterie_community_tracker_find() found there
 *
 * Takes a frame for the last one seen.
 */
void
coterie_community_tracker_recall (CoterieCommunityTracker *tracker,
                                  const CoterieLayerAnalysis *analysis,
                                  const guint32 *communities)
{
  if (tracker->method == COTERIE_COMMUNITY_METHOD_TRACKED)
    remember (tracker, analysis, communities);
}

/**
 * coterie_community_tracker_find:
 * @tracker: the tracker
 * @analysis: the layer in the next frame
 * @n_communities: (out): how many communities there are
 * @cancellable: (nullable): ends the detection
 * @error: return location for a #GError
 *
 * Finds the communities to show in a frame. Cost: Louvain's are those of @analysis and cost nothing;
 * Leiden's take five tries of coterie_communities_detect_leiden(), tracked ones one more.
 *
 * Returns: (transfer full): [n_nodes]: community of each node, from 0, the largest first; %NULL with
 *   COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if igraph fails, with %G_IO_ERROR_CANCELLED if cancelled,
 *   and the frame is then as good as not seen
 */
guint32 *
coterie_community_tracker_find (CoterieCommunityTracker *tracker,
                                const CoterieLayerAnalysis *analysis,
                                guint *n_communities,
                                GCancellable *cancellable,
                                GError **error)
{
  g_auto (CoterieCommunities) communities = {0};

  switch (tracker->method) {
  case COTERIE_COMMUNITY_METHOD_LOUVAIN:
    *n_communities = analysis->n_communities;
    return g_memdup2 (analysis->communities, analysis->n_nodes * sizeof *analysis->communities);

  case COTERIE_COMMUNITY_METHOD_LEIDEN:
    if (!coterie_communities_detect_leiden (&communities, analysis->graph, tracker->resolution,
                                            N_FRESH_STARTS, tracker->seed, cancellable, error))
      return NULL;
    break;

  case COTERIE_COMMUNITY_METHOD_TRACKED:
    if (!find_tracked (tracker, analysis, &communities, cancellable, error))
      return NULL;
    remember (tracker, analysis, communities.membership);
    break;

  default:
    g_assert_not_reached ();
  }

  *n_communities = communities.n_communities;
  return g_steal_pointer (&communities.membership);
}
