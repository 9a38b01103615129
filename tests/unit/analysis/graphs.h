/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"
#include "core/base/rng.h"

CoterieGraph *test_graph_new_cliques (guint n_cliques, guint n_members);
CoterieGraph *test_graph_new_karate_club (void);
CoterieGraph *test_graph_new_random (guint n_nodes, double density, guint64 seed);
CoterieGraph *test_graph_relabel (const CoterieGraph *graph, const guint32 *numbers);
