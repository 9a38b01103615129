/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"
#include "core/base/parallel.h"
#include "core/base/progress.h"
#include "core/layout/force-settings.h"

G_BEGIN_DECLS

/**
 * CoterieForceLayout:
 *
 * Places the nodes of a graph with ForceAtlas2 (Jacomy et al. 2014).
 */
typedef struct _CoterieForceLayout CoterieForceLayout;

CoterieForceLayout *coterie_force_layout_new (CoterieGraph *graph,
                                              const CoterieForceSettings *settings,
                                              CoteriePool *pool);
void coterie_force_layout_free (CoterieForceLayout *layout);
void coterie_force_layout_scatter (CoterieForceLayout *layout, guint64 seed);
void coterie_force_layout_set_positions (CoterieForceLayout *layout, const double *positions);
double coterie_force_layout_fit_size (CoterieForceLayout *layout);
void coterie_force_layout_set_anchors (CoterieForceLayout *layout,
                                       const double *anchors,
                                       const double *stiffnesses);
void coterie_force_layout_set_fixed (CoterieForceLayout *layout, const guint8 *fixed);
void coterie_force_layout_set_sizes (CoterieForceLayout *layout, const double *radii);
const double *coterie_force_layout_get_positions (CoterieForceLayout *layout);
double coterie_force_layout_get_radius (CoterieForceLayout *layout);
void coterie_force_layout_copy_forces (CoterieForceLayout *layout, double *forces);
double coterie_force_layout_measure_force_error (CoterieForceLayout *layout, guint n_sampled);
gboolean coterie_force_layout_step (CoterieForceLayout *layout);
gboolean coterie_force_layout_is_settled (CoterieForceLayout *layout);
gboolean coterie_force_layout_run (CoterieForceLayout *layout,
                                   CoterieProgress *progress,
                                   GCancellable *cancellable,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieForceLayout, coterie_force_layout_free)

G_END_DECLS
