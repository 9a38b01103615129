/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/report/series.h"

#define FIXTURE_N_LAYERS 2
#define FIXTURE_N_CLASSES 3
#define FIXTURE_N_NEURONS 6

/* A layer that can be changed before it becomes part of a frame: representatives {0, 1}, {1, 2} and
 * {1, 4}; nodes 0, 1, 2, 4; two communities, of three nodes and one. */
typedef struct {
  CoterieLayerAnalysis fields;
  double class_entropies[FIXTURE_N_CLASSES];
  gboolean has_no_edges;
} FixtureLayer;

void fixture_layer_init (FixtureLayer *layer, guint number);

/* Accuracy of the test is 0.1 below that of the training, loss 0.25 above it; classes differ by
 * 0.01. */
CoterieFrame *fixture_frame_new (guint iteration, double accuracy, const FixtureLayer *layers);
