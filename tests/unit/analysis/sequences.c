/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sequences of graphs in which communities are planted that merge, split, are born and die. No edge
 * of one frame depends on those of another, so nothing but the communities goes on. */

#include "sequences.h"

#include "core/base/rng.h"

#define N_HOMES 6
#define HOME_SIZE (TEST_SEQUENCE_N_NODES / N_HOMES)

/* communities [TEST_SEQUENCE_N_NODES]: six of 100 nodes at first. */
void
test_sequence_plant (guint frame, guint32 *communities)
{
  for (guint v = 0; v < TEST_SEQUENCE_N_NODES; v++) {
    guint32 home = v / HOME_SIZE;

    communities[v] = home;
    if (frame >= TEST_SEQUENCE_MERGER && home == 1)
      communities[v] = 0;
    if (frame >= TEST_SEQUENCE_SPLIT && home == 2 && v % 2 == 1)
      communities[v] = 6;
    if (frame >= TEST_SEQUENCE_BIRTH && frame < TEST_SEQUENCE_DEATH && home >= 3 &&
        v % HOME_SIZE < 10)
      communities[v] = 7;
  }
}

static guint32
draw_companion (const guint32 *communities, guint32 v, gboolean outside, CoterieRng *rng)
{
  for (;;) {
    guint32 w = (guint32) coterie_rng_below (rng, TEST_SEQUENCE_N_NODES);

    if (w != v && (communities[w] != communities[v]) == outside)
      return w;
  }
}

/* mixing: the fraction of the edges that lead from a node to one of another community. */
CoterieGraph *
test_sequence_draw (const guint32 *communities, guint n_edges, double mixing, guint64 seed)
{
  g_autofree CoterieEdge *edges = g_new (CoterieEdge, n_edges);
  g_autofree guint8 *joined = g_new0 (guint8, TEST_SEQUENCE_N_NODES * TEST_SEQUENCE_N_NODES);
  guint n_drawn = 0;
  CoterieRng rng;

  coterie_rng_init (&rng, seed, 0);
  while (n_drawn < n_edges) {
    guint32 v = (guint32) coterie_rng_below (&rng, TEST_SEQUENCE_N_NODES);
    guint32 w = draw_companion (communities, v, coterie_rng_uniform (&rng) < mixing, &rng);
    guint32 source = MIN (v, w), target = MAX (v, w);
    guint8 *is_joined = &joined[source * TEST_SEQUENCE_N_NODES + target];

    if (*is_joined)
      continue;
    *is_joined = TRUE;
    edges[n_drawn++] = (CoterieEdge){source, target, 1.0};
  }
  return coterie_graph_new (TEST_SEQUENCE_N_NODES, edges, n_edges);
}
