/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/layer-tally.h"

G_BEGIN_DECLS

/**
 * CoterieEdgeNorm:
 * @COTERIE_EDGE_NORM_CLASS: by |D_i|, the samples of the class
 * @COTERIE_EDGE_NORM_ALL: by all samples
 * @COTERIE_EDGE_NORM_NONE: not at all
 * @COTERIE_EDGE_NORM_TOP: by S
 *
 * What delta is divided by in Eq. 6.
 */
typedef enum {
  COTERIE_EDGE_NORM_CLASS,
  COTERIE_EDGE_NORM_ALL,
  COTERIE_EDGE_NORM_NONE,
  COTERIE_EDGE_NORM_TOP,
} CoterieEdgeNorm;

#define COTERIE_N_EDGE_NORMS 4

CoterieGraph *
coterie_pattern_graph_new (const CoterieLayerTally *tally, CoterieEdgeNorm norm, guint top);

G_END_DECLS
