/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which community of this iteration continues which of an earlier one.
 *
 * After Greene, Doyle and Cunningham (ASONAM 2010): every identity has a front, its members when it
 * was seen last. The communities of the next iteration are matched with the fronts so that as many
 * members as possible stay with their identity, each front going to one community at most; a match
 * counts only from a Jaccard similarity of 0.3 on. So the largest part of a community that splits
 * keeps the identity, and so does the largest of communities that merge. A front that finds no match
 * is kept for three iterations more, and then its identity has ended.
 *
 * A new identity gets the lowest number that is free: one never given yet, or one whose owner has
 * ended. So numbers, and the colours that hang on them, are never shared by two that live, and stay
 * few. Communities of less than five nodes, or of less than a hundredth of all, are not followed. */

#include "core/analysis/lineage.h"

#include "core/analysis/assignment.h"

#define MIN_JACCARD_FRAC 0.3
#define MAX_ABSENCE 3
#define MIN_SHARE_FRAC 0.01
#define MIN_SIZE 5

typedef struct {
  guint32 identity;
  guint32 *neurons;
  guint size;
  guint absence; /* iterations since it was seen */
} Front;

struct _CoterieLineage {
  GPtrArray *fronts;
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
 *
 * Returns: (transfer full): a lineage that knows no community yet
 */
CoterieLineage *
coterie_lineage_new (void)
{
  CoterieLineage *lineage = g_new0 (CoterieLineage, 1);

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
  g_ptr_array_unref (lineage->fronts);
  g_free (lineage);
}

/* Communities are numbered by size, so those that are followed come first. */
static guint
count_followed (const CoterieLayerAnalysis *analysis, const guint *sizes)
{
  guint n_followed = 0;

  while (n_followed < analysis->n_communities && sizes[n_followed] >= MIN_SIZE &&
         sizes[n_followed] >= MIN_SHARE_FRAC * analysis->n_nodes)
    n_followed++;
  return n_followed;
}

/* gains[k][f]: members that community k shares with front f, 0 where they are too different. */
static double *
compute_gains (CoterieLineage *lineage,
               const CoterieLayerAnalysis *analysis,
               const guint *sizes,
               guint n_followed)
{
  guint n_fronts = lineage->fronts->len;
  double *gains = g_new0 (double, (gsize) n_followed *n_fronts + 1);

  for (guint f = 0; f < n_fronts; f++) {
    const Front *front = g_ptr_array_index (lineage->fronts, f);

    for (guint i = 0; i < front->size; i++) {
      gint node = coterie_layer_analysis_find_node (analysis, front->neurons[i]);

      if (node >= 0 && analysis->communities[node] < n_followed)
        gains[(gsize) analysis->communities[node] * n_fronts + f] += 1.0;
    }
    for (guint k = 0; k < n_followed; k++) {
      double *gain = &gains[(gsize) k * n_fronts + f];

      if (*gain < MIN_JACCARD_FRAC * (sizes[k] + front->size - *gain))
        *gain = 0.0;
    }
  }
  return gains;
}

static void
renew_front (Front *front, const CoterieLayerAnalysis *analysis, guint community, guint size)
{
  guint filled = 0;

  g_free (front->neurons);
  front->neurons = g_new (guint32, size);
  front->size = size;
  front->absence = 0;
  for (guint v = 0; v < analysis->n_nodes; v++)
    if (analysis->communities[v] == community)
      front->neurons[filled++] = analysis->neurons[v];
}

static gboolean
is_taken (CoterieLineage *lineage, guint32 identity)
{
  for (guint f = 0; f < lineage->fronts->len; f++) {
    const Front *front = g_ptr_array_index (lineage->fronts, f);

    if (front->identity == identity)
      return TRUE;
  }
  return FALSE;
}

static Front *
add_front (CoterieLineage *lineage)
{
  Front *front = g_new0 (Front, 1);

  while (is_taken (lineage, front->identity))
    front->identity++;
  g_ptr_array_add (lineage->fronts, front);
  return front;
}

static void
age_fronts (CoterieLineage *lineage)
{
  for (guint f = lineage->fronts->len; f > 0; f--) {
    Front *front = g_ptr_array_index (lineage->fronts, f - 1);

    if (++front->absence > MAX_ABSENCE + 1)
      g_ptr_array_remove_index (lineage->fronts, f - 1);
  }
}

/**
 * coterie_lineage_follow:
 * @lineage: the lineage
 * @analysis: the layer at the next iteration
 * @identities: (out caller-allocates): [n_communities]: identity of each community, or
 *   %COTERIE_LINEAGE_NONE
 *
 * Gives each community the identity that it continues, or a new one. Cost: the nodes, and the
 * matching of communities with fronts.
 */
void
coterie_lineage_follow (CoterieLineage *lineage,
                        const CoterieLayerAnalysis *analysis,
                        guint32 *identities)
{
  g_autofree guint *sizes = g_new0 (guint, analysis->n_communities + 1);
  g_autofree double *gains = NULL;
  g_autofree guint *matched = NULL;
  guint n_followed;

  for (guint v = 0; v < analysis->n_nodes; v++)
    sizes[analysis->communities[v]]++;
  n_followed = count_followed (analysis, sizes);

  age_fronts (lineage);
  gains = compute_gains (lineage, analysis, sizes, n_followed);
  matched = g_new (guint, n_followed + 1);
  coterie_assignment_compute (gains, n_followed, lineage->fronts->len, matched);

  for (guint k = 0; k < analysis->n_communities; k++)
    identities[k] = COTERIE_LINEAGE_NONE;
  for (guint k = 0; k < n_followed; k++) {
    Front *front = matched[k] == COTERIE_ASSIGNMENT_NONE
                       ? add_front (lineage)
                       : g_ptr_array_index (lineage->fronts, matched[k]);

    renew_front (front, analysis, k, sizes[k]);
    identities[k] = front->identity;
  }
}
