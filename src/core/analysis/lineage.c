/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which community of this frame continues which of an earlier one.
 *
 * After Greene, Doyle and Cunningham (ASONAM 2010): every identity has a front, its members when it
 * was seen last. The communities of the next frame are matched with the fronts so that as many
 * members as possible stay with their identity, each front going to one community at most; a match
 * counts only from a Jaccard similarity of 0.3 on. So the largest part of a community that splits
 * keeps the identity, and so does the largest of communities that merge. A front that finds no match
 * is told of as ended, but kept for three frames more, in which it can come back and continue: the
 * end stands where it happened, whether or not more frames follow.
 *
 * A community without a match is new. If more than half of it was in one front it broke away from
 * that one, otherwise it was born. A front that has just lost its match and has more than half of its
 * members in one community has merged into that one, and no end is told of it. Halves of the smaller side, unlike a Jaccard similarity, also see a small part that
 * leaves a large community.
 *
 * Identities are numbered from 0 in the order of their appearance and never given twice, so that
 * nothing which hangs on a number, a filter for instance, ever passes on to a stranger. Communities
 * of less than five nodes, or of less than a hundredth of all, are not followed. */

#include "core/analysis/lineage.h"

#include "core/analysis/assignment.h"
#include "core/analysis/community-tracker.h"

#define MIN_JACCARD_FRAC 0.3
#define MAX_ABSENCE 3
#define MIN_SHARE_FRAC 0.01
#define MIN_SIZE 5

typedef struct {
  guint32 identity;
  guint32 *neurons; /* [size], ascending */
  guint size;
  guint absence; /* frames since it was seen */
} Front;

struct _CoterieLineage {
  CoterieCommunityTracker *tracker;
  GPtrArray *fronts; /* in the order of their identities */
  guint32 next_identity;
};

static void
front_free (gpointer data)
{
  Front *front = data;

  g_free (front->neurons);
  g_free (front);
}

/**
 * coterie_lineage_new:
 * @method: how the communities that are followed are found
 * @resolution: Gephi's r, dimensionless, greater than 0; below 1 means more and smaller communities
 * @seed: of the detections
 *
 * Returns: (transfer full): a lineage that knows no community yet
 */
CoterieLineage *
coterie_lineage_new (CoterieCommunityMethod method, double resolution, guint64 seed)
{
  CoterieLineage *lineage = g_new0 (CoterieLineage, 1);

  lineage->tracker = coterie_community_tracker_new (method, resolution, seed);
  lineage->fronts = g_ptr_array_new_with_free_func (front_free);
  return lineage;
}

/**
 * coterie_lineage_free:
 * @lineage: (transfer full): the lineage
 *
 * Frees @lineage.
 */
void
coterie_lineage_free (CoterieLineage *lineage)
{
  coterie_community_tracker_free (lineage->tracker);
  g_ptr_array_unref (lineage->fronts);
  g_free (lineage);
}

/* The frame in hand. */
typedef struct {
  const CoterieLayerAnalysis *analysis;
  const guint32 *communities; /* [n_nodes] */
  guint n_communities;
  guint n_followed; /* those that are, come first */
  guint *sizes;     /* [n_communities] */
  guint n_fronts;   /* before this frame */
  double *shared;   /* [n_followed][n_fronts]: members in common */
  guint *matched;   /* [n_followed]: fronts, or none */
  guint *heirs;     /* [n_fronts]: communities, or none */
  guint32 *identities;
  GArray *events;
} Scene;

/* Communities are numbered by size, so those that are followed come first. */
static void
measure_communities (Scene *scene)
{
  guint n_nodes = scene->analysis->n_nodes;

  scene->sizes = g_new0 (guint, scene->n_communities + 1);
  for (guint v = 0; v < n_nodes; v++)
    scene->sizes[scene->communities[v]]++;

  scene->n_followed = 0;
  while (scene->n_followed < scene->n_communities && scene->sizes[scene->n_followed] >= MIN_SIZE &&
         scene->sizes[scene->n_followed] >= MIN_SHARE_FRAC * n_nodes)
    scene->n_followed++;
}

static void
count_shared (Scene *scene, const CoterieLineage *lineage)
{
  scene->n_fronts = lineage->fronts->len;
  scene->shared = g_new0 (double, (gsize) scene->n_followed * scene->n_fronts + 1);
  for (guint f = 0; f < scene->n_fronts; f++) {
    const Front *front = g_ptr_array_index (lineage->fronts, f);

    for (guint i = 0; i < front->size; i++) {
      gint node = coterie_layer_analysis_find_node (scene->analysis, front->neurons[i]);

      if (node >= 0 && scene->communities[node] < scene->n_followed)
        scene->shared[(gsize) scene->communities[node] * scene->n_fronts + f] += 1.0;
    }
  }
}

static double
get_shared (const Scene *scene, guint community, guint front)
{
  return scene->shared[(gsize) community * scene->n_fronts + front];
}

static void
match_fronts (Scene *scene, const CoterieLineage *lineage)
{
  g_autofree double *gains = g_new0 (double, (gsize) scene->n_followed * scene->n_fronts + 1);

  for (guint k = 0; k < scene->n_followed; k++)
    for (guint f = 0; f < scene->n_fronts; f++) {
      const Front *front = g_ptr_array_index (lineage->fronts, f);
      double shared = get_shared (scene, k, f);

      if (shared >= MIN_JACCARD_FRAC * (scene->sizes[k] + front->size - shared))
        gains[(gsize) k * scene->n_fronts + f] = shared;
    }

  scene->matched = g_new (guint, scene->n_followed + 1);
  scene->heirs = g_new (guint, scene->n_fronts + 1);
  coterie_assignment_compute (gains, scene->n_followed, scene->n_fronts, scene->matched);
  for (guint f = 0; f < scene->n_fronts; f++)
    scene->heirs[f] = COTERIE_ASSIGNMENT_NONE;
  for (guint k = 0; k < scene->n_followed; k++)
    if (scene->matched[k] != COTERIE_ASSIGNMENT_NONE)
      scene->heirs[scene->matched[k]] = k;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  return (left > right) - (left < right);
}

static gboolean
has_member (const Front *front, guint32 neuron)
{
  return front->size > 0 &&
         bsearch (&neuron, front->neurons, front->size, sizeof neuron, compare_numbers) != NULL;
}

/* front (nullable): only those members of the community that were in it, or that were not. */
static guint32 *
dup_members (
    const Scene *scene, guint community, const Front *front, gboolean in_front, guint *n_members)
{
  guint32 *neurons = g_new (guint32, scene->sizes[community]);

  *n_members = 0;
  for (guint v = 0; v < scene->analysis->n_nodes; v++) {
    guint32 neuron = scene->analysis->neurons[v];

    if (scene->communities[v] == community &&
        (front == NULL || has_member (front, neuron) == in_front))
      neurons[(*n_members)++] = neuron;
  }
  return neurons;
}

/* Of the fronts that more than half of a new community was in, the one seen last. */
static guint32
find_parent (const Scene *scene, const CoterieLineage *lineage, guint community)
{
  const Front *parent = NULL;

  for (guint f = 0; f < scene->n_fronts; f++) {
    const Front *front = g_ptr_array_index (lineage->fronts, f);

    if (2.0 * get_shared (scene, community, f) > scene->sizes[community] &&
        (parent == NULL || front->absence < parent->absence))
      parent = front;
  }
  return parent != NULL ? parent->identity : COTERIE_LINEAGE_NONE;
}

static void
tell_of_communities (Scene *scene, CoterieLineage *lineage)
{
  for (guint k = 0; k < scene->n_followed; k++) {
    CoterieLineageEvent event = {.other = COTERIE_LINEAGE_NONE};
    const Front *front = NULL;

    if (scene->matched[k] != COTERIE_ASSIGNMENT_NONE) {
      front = g_ptr_array_index (lineage->fronts, scene->matched[k]);
      event.kind = COTERIE_LINEAGE_CONTINUED;
      event.identity = front->identity;
    } else {
      event.other = find_parent (scene, lineage, k);
      event.kind =
          event.other == COTERIE_LINEAGE_NONE ? COTERIE_LINEAGE_BORN : COTERIE_LINEAGE_SPLIT;
      event.identity = lineage->next_identity++;
    }
    event.neurons = dup_members (scene, k, front, FALSE, &event.n_neurons);
    scene->identities[k] = event.identity;
    g_array_append_val (scene->events, event);
  }
}

static gboolean
tell_of_merger (Scene *scene, const Front *front, guint f)
{
  gboolean merged = FALSE;

  for (guint k = 0; k < scene->n_followed; k++) {
    CoterieLineageEvent event = {.kind = COTERIE_LINEAGE_MERGED, .identity = front->identity};

    if (2.0 * get_shared (scene, k, f) <= front->size)
      continue;
    merged = TRUE;
    event.other = scene->identities[k];
    event.neurons = dup_members (scene, k, front, TRUE, &event.n_neurons);
    g_array_append_val (scene->events, event);
  }
  return merged;
}

static void
tell_of_end (Scene *scene, const Front *front)
{
  CoterieLineageEvent event = {
      .kind = COTERIE_LINEAGE_ENDED,
      .identity = front->identity,
      .other = COTERIE_LINEAGE_NONE,
      .n_neurons = front->size,
      .neurons = g_memdup2 (front->neurons, front->size * sizeof *front->neurons),
  };

  g_array_append_val (scene->events, event);
}

static void
tell_of_fronts (Scene *scene, const CoterieLineage *lineage)
{
  for (guint f = 0; f < scene->n_fronts; f++) {
    Front *front = g_ptr_array_index (lineage->fronts, f);

    if (scene->heirs[f] != COTERIE_ASSIGNMENT_NONE || front->absence > 1)
      continue;
    if (!tell_of_merger (scene, front, f))
      tell_of_end (scene, front);
  }
}

static Front *
find_front (CoterieLineage *lineage, guint32 identity)
{
  Front *front;

  for (guint f = 0; f < lineage->fronts->len; f++) {
    front = g_ptr_array_index (lineage->fronts, f);
    if (front->identity == identity)
      return front;
  }
  front = g_new0 (Front, 1);
  front->identity = identity;
  g_ptr_array_add (lineage->fronts, front);
  return front;
}

static void
renew_fronts (const Scene *scene, CoterieLineage *lineage)
{
  for (guint k = 0; k < scene->n_followed; k++) {
    Front *front = find_front (lineage, scene->identities[k]);

    g_free (front->neurons);
    front->neurons = dup_members (scene, k, NULL, FALSE, &front->size);
    front->absence = 0;
  }

  for (guint f = lineage->fronts->len; f > 0; f--) {
    const Front *front = g_ptr_array_index (lineage->fronts, f - 1);

    if (front->absence > MAX_ABSENCE)
      g_ptr_array_remove_index (lineage->fronts, f - 1);
  }
}

static void
age_fronts (CoterieLineage *lineage)
{
  for (guint f = 0; f < lineage->fronts->len; f++)
    ((Front *) g_ptr_array_index (lineage->fronts, f))->absence++;
}

static void
match_and_tell (Scene *scene, CoterieLineage *lineage)
{
  age_fronts (lineage);
  count_shared (scene, lineage);
  match_fronts (scene, lineage);
  tell_of_communities (scene, lineage);
  tell_of_fronts (scene, lineage);
  renew_fronts (scene, lineage);
}

/* In a frame without any community to follow, of a silent layer for instance, time stands still. */
static void
play (Scene *scene, CoterieLineage *lineage)
{
  for (guint k = 0; k < scene->n_communities; k++)
    scene->identities[k] = COTERIE_LINEAGE_NONE;
  measure_communities (scene);
  if (scene->n_followed > 0)
    match_and_tell (scene, lineage);

  g_free (scene->sizes);
  g_free (scene->shared);
  g_free (scene->matched);
  g_free (scene->heirs);
}

/**
 * coterie_lineage_follow:
 * @lineage: the lineage
 * @analysis: the layer in the next frame
 * @step: (out caller-allocates): the communities that are shown, their identities, and what happened;
 *   empty on failure
 * @cancellable: (nullable): ends the detection
 * @error: return location for a #GError
 *
 * Finds the communities of a frame, gives each the identity that it continues, or a new one, and
 * tells what happened since the last frame: first of each community, by its number, that it was
 * born, continued or broke away; then of each identity that is missing, by its number, that it
 * merged or ended. In a frame without a community large enough, the identities wait. Cost: that of
 * coterie_community_tracker_find(), and the matching of communities with fronts.
 *
 * Returns: %FALSE with COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if igraph fails, with
 *   %G_IO_ERROR_CANCELLED if cancelled; @lineage is then as before
 */
gboolean
coterie_lineage_follow (CoterieLineage *lineage,
                        const CoterieLayerAnalysis *analysis,
                        CoterieLineageStep *step,
                        GCancellable *cancellable,
                        GError **error)
{
  Scene scene = {.analysis = analysis};
  GError *failure = NULL;

  memset (step, 0, sizeof *step);
  step->communities = coterie_community_tracker_find (lineage->tracker, analysis,
                                                      &step->n_communities, cancellable, &failure);
  if (failure != NULL) {
    g_propagate_error (error, failure);
    step->n_communities = 0;
    return FALSE;
  }

  step->identities = g_new (guint32, step->n_communities);
  scene.communities = step->communities;
  scene.n_communities = step->n_communities;
  scene.identities = step->identities;
  scene.events = g_array_new (FALSE, FALSE, sizeof (CoterieLineageEvent));
  play (&scene, lineage);
  step->n_events = scene.events->len;
  step->events = (CoterieLineageEvent *) g_array_free (scene.events, FALSE);
  return TRUE;
}

/**
 * coterie_lineage_recall:
 * @lineage: the lineage
 * @analysis: the layer in the next frame
 * @n_communities: communities that are shown there
 * @communities: [n_nodes]: community of each node, from 0, the largest first
 * @identities: [n_communities]: the identity that coterie_lineage_follow() gave each
 *
 * Takes in a frame that has been followed already. Once all frames of a lineage are recalled, in their
 * order, this one goes on as that one would have. Cost: one pass over the nodes for each community.
 */
void
coterie_lineage_recall (CoterieLineage *lineage,
                        const CoterieLayerAnalysis *analysis,
                        guint n_communities,
                        const guint32 *communities,
                        const guint32 *identities)
{
  Scene scene = {
      .analysis = analysis,
      .communities = communities,
      .n_communities = n_communities,
      .identities = (guint32 *) identities,
  };

  coterie_community_tracker_recall (lineage->tracker, analysis, communities);
  measure_communities (&scene);
  for (guint k = 0; k < scene.n_followed; k++) {
    if (identities[k] == COTERIE_LINEAGE_NONE) /* recorded by somebody else */
      scene.n_followed = k;
    else
      lineage->next_identity = MAX (lineage->next_identity, identities[k] + 1);
  }
  if (scene.n_followed > 0) {
    age_fronts (lineage);
    renew_fronts (&scene, lineage);
  }
  g_free (scene.sizes);
}

/**
 * coterie_lineage_step_clear:
 * @step: what coterie_lineage_follow() filled, or zeros
 *
 * Frees what @step holds and leaves it empty.
 */
void
coterie_lineage_step_clear (CoterieLineageStep *step)
{
  for (guint i = 0; i < step->n_events; i++)
    g_free ((gpointer) step->events[i].neurons);
  g_free (step->communities);
  g_free (step->identities);
  g_free (step->events);
  memset (step, 0, sizeof *step);
}
