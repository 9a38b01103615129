/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"
#include "core/base/parallel.h"
#include "core/base/progress.h"

G_BEGIN_DECLS

/**
 * CoterieForceSettings:
 * @scaling: k of the repulsion k m1 m2 / d, greater than 0; 0 takes Gephi's choice: 2, and 10 below
 *   100 nodes
 * @gravity: weight of the edge that ties a node to the origin, a unit of mass, 0 or more; edges of
 *   the graph have a mean weight of 1
 * @anchoring: weight of the edge that ties a node to its anchor, a unit of mass, 0 or more
 * @lin_log: attraction grows with log (1 + d) instead of d
 * @max_steps: end after so many steps at the latest
 *
 * Settings of a layout; forces and distances are in the layout's own unit of length.
 */
typedef struct {
  double scaling;
  double gravity;
  double anchoring;
  gboolean lin_log;
  guint max_steps;
} CoterieForceSettings;

/**
 * CoterieForceLayout:
 *
 * Places the nodes of a graph with ForceAtlas2 (Jacomy et al. 2014).
 */
typedef struct _CoterieForceLayout CoterieForceLayout;

void coterie_force_settings_init (CoterieForceSettings *settings);
CoterieForceLayout *coterie_force_layout_new (CoterieGraph *graph,
                                              const CoterieForceSettings *settings,
                                              CoteriePool *pool);
void coterie_force_layout_free (CoterieForceLayout *layout);
void coterie_force_layout_scatter (CoterieForceLayout *layout, guint64 seed);
void coterie_force_layout_set_positions (CoterieForceLayout *layout, const double *positions);
void coterie_force_layout_set_anchors (CoterieForceLayout *layout,
                                       const double *anchors,
                                       const double *stiffnesses);
const double *coterie_force_layout_get_positions (CoterieForceLayout *layout);
double coterie_force_layout_get_radius (CoterieForceLayout *layout);
void coterie_force_layout_copy_forces (CoterieForceLayout *layout, double *forces);
gboolean coterie_force_layout_step (CoterieForceLayout *layout);
gboolean coterie_force_layout_run (CoterieForceLayout *layout,
                                   CoterieProgress *progress,
                                   GCancellable *cancellable,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieForceLayout, coterie_force_layout_free)

G_END_DECLS
