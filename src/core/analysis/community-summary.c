/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Says in a few numbers what a community is: how large, and of which classes. */

#include "core/analysis/community-summary.h"

#include "core/analysis/lineage.h"

/* A class belongs to a community's name if so many of its nodes represent it most strongly. */
#define CLASS_SHARE_FRAC 0.2

/**
 * coterie_community_summary_choose_classes:
 * @summary: a community whose size is known; gets its classes
 * @counts: [n_classes]: how many of its nodes represent each class most strongly; overwritten
 * @n_classes: classes of the data set, at least 1
 *
 * Names a community after the class of most of its nodes, and after up to two others of at least a
 * fifth each. Cost: a pass over the classes for each class found.
 */
void
coterie_community_summary_choose_classes (CoterieCommunitySummary *summary,
                                          guint *counts,
                                          guint n_classes)
{
  while (summary->n_classes < COTERIE_MAX_COMMUNITY_CLASSES) {
    guint best = 0;

    for (guint c = 1; c < n_classes; c++)
      if (counts[c] > counts[best])
        best = c;
    if (summary->n_classes > 0 && counts[best] < CLASS_SHARE_FRAC * summary->size)
      return;
    summary->classes[summary->n_classes++] = best;
    counts[best] = 0;
  }
}

/**
 * coterie_community_summarize:
 * @shown: the communities of a layer
 * @community: less than the number of communities
 *
 * Cost: one pass over the nodes.
 *
 * Returns: what the community is
 */
CoterieCommunitySummary
coterie_community_summarize (const CoterieShownCommunities *shown, guint community)
{
  const CoterieLayerAnalysis *analysis = shown->analysis;
  g_autofree guint *counts = g_new0 (guint, analysis->n_classes);
  CoterieCommunitySummary summary = {.identity = shown->identities[community]};

  for (guint v = 0; v < analysis->n_nodes; v++)
    if (shown->communities[v] == community) {
      summary.size++;
      counts[analysis->node_classes[v]]++;
    }
  coterie_community_summary_choose_classes (&summary, counts, analysis->n_classes);
  return summary;
}

static int
compare_identities (gconstpointer a, gconstpointer b)
{
  const CoterieCommunitySummary *left = a;
  const CoterieCommunitySummary *right = b;

  return left->identity < right->identity ? -1 : left->identity > right->identity;
}

/**
 * coterie_community_summarize_largest:
 * @shown: the communities of a layer
 * @most: how many communities at the most
 * @n_summaries: (out): how many were found
 *
 * The largest communities of at least two nodes that have an identity, in the order of their
 * identities, so that a list of them is calm while one scrubs.
 *
 * Returns: (transfer full) (array length=n_summaries): their summaries
 */
CoterieCommunitySummary *
coterie_community_summarize_largest (const CoterieShownCommunities *shown,
                                     guint most,
                                     guint *n_summaries)
{
  CoterieCommunitySummary *summaries = g_new0 (CoterieCommunitySummary, most);

  /* The communities are numbered by size, the largest first. */
  *n_summaries = 0;
  for (guint k = 0; k < shown->n_communities && *n_summaries < most; k++) {
    CoterieCommunitySummary summary;

    if (shown->identities[k] == COTERIE_LINEAGE_NONE)
      continue;
    summary = coterie_community_summarize (shown, k);
    if (summary.size > 1)
      summaries[(*n_summaries)++] = summary;
  }
  qsort (summaries, *n_summaries, sizeof *summaries, compare_identities);
  return summaries;
}
