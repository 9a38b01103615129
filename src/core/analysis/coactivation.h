/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/class-order.h"
#include "core/analysis/cover.h"
#include "core/analysis/packed-row.h"
#include "core/base/parallel.h"

G_BEGIN_DECLS

/**
 * CoteriePairs:
 * @COTERIE_PAIRS_CLASS: among the representatives of the class
 * @COTERIE_PAIRS_UNION: among the representatives of all classes
 *
 * Which pairs of neurons are counted for a class in Eq. 6.
 */
typedef enum {
  COTERIE_PAIRS_CLASS,
  COTERIE_PAIRS_UNION,
} CoteriePairs;

/**
 * CoterieCoactivation:
 * @n_neurons: neurons whose pairs were counted
 * @neurons: [n_neurons]: those neurons, ascending
 * @counts: [n_neurons (n_neurons - 1) / 2]: delta of the pairs i < j, (0, 1), (0, 2) … (1, 2) …
 *
 * In how many samples of one class two neurons are both above their class means.
 */
typedef struct {
  guint n_neurons;
  const guint32 *neurons;
  const guint32 *counts;
} CoterieCoactivation;

/**
 * CoterieCoactivationCounter:
 *
 * Finds the co-activations of all classes.
 */
typedef struct _CoterieCoactivationCounter CoterieCoactivationCounter;

CoterieCoactivationCounter *coterie_coactivation_counter_new (const CoterieClassOrder *order,
                                                              const CoterieCover *cover,
                                                              CoteriePairs pairs,
                                                              const double *class_means);
void coterie_coactivation_counter_free (CoterieCoactivationCounter *counter);
guint64 coterie_coactivation_counter_count_bytes (const CoterieClassOrder *order,
                                                  guint n_neurons,
                                                  guint top,
                                                  CoteriePairs pairs);
void coterie_coactivation_counter_add_row (CoterieCoactivationCounter *counter,
                                           guint neuron,
                                           const CoteriePackedRow *row,
                                           const CoterieClassRun *runs,
                                           guint n_runs);
void coterie_coactivation_counter_count (CoterieCoactivationCounter *counter, CoteriePool *pool);
const CoterieCoactivation *
coterie_coactivation_counter_get (const CoterieCoactivationCounter *counter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieCoactivationCounter, coterie_coactivation_counter_free)

G_END_DECLS
