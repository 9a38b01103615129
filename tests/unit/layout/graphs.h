/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"
#include "core/base/rng.h"

CoterieGraph *test_graph_new_complete (guint n_nodes);
CoterieGraph *test_graph_new_path (guint n_nodes);
CoterieGraph *test_graph_new_star (guint n_nodes);
CoterieGraph *test_graph_new_cliques (guint n_cliques, guint n_members);
CoterieGraph *test_graph_new_planted (guint n_nodes,
                                      guint n_communities,
                                      double density_within,
                                      double density_between,
                                      guint64 seed);
CoterieGraph *test_graph_redraw (const CoterieGraph *graph,
                                 guint n_communities,
                                 double share,
                                 double density_within,
                                 double density_between,
                                 guint64 seed);

double test_layout_separation (const double *positions, guint n_nodes, guint n_communities);
