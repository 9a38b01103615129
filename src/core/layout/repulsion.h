/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"

G_BEGIN_DECLS

/* Up to so many nodes the repulsion is the exact sum. */
#define COTERIE_REPULSION_MAX_EXACT_NODES 2048

/**
 * CoterieRepulsion:
 *
 * Adds up how all nodes repel each other: exactly, or to within a given error.
 */
typedef struct _CoterieRepulsion CoterieRepulsion;

CoterieRepulsion *coterie_repulsion_new (guint n_nodes,
                                         const double *masses,
                                         double max_error_percent,
                                         CoteriePool *pool);
void coterie_repulsion_free (CoterieRepulsion *repulsion);
void coterie_repulsion_start_over (CoterieRepulsion *repulsion);
void
coterie_repulsion_compute (CoterieRepulsion *repulsion, const double *positions, double *forces);
double coterie_repulsion_measure_error (CoterieRepulsion *repulsion, guint n_sampled);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieRepulsion, coterie_repulsion_free)

G_END_DECLS
