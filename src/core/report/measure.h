/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"

G_BEGIN_DECLS

/**
 * CoterieMeasureScope:
 * @COTERIE_MEASURE_OF_NETWORK: one number a frame
 * @COTERIE_MEASURE_OF_LAYER: one for each hidden layer
 * @COTERIE_MEASURE_OF_CLASS: one for each class
 * @COTERIE_MEASURE_OF_LAYER_AND_CLASS: one for each class in each hidden layer
 *
 * What a measure is about.
 */
typedef enum {
  COTERIE_MEASURE_OF_NETWORK,
  COTERIE_MEASURE_OF_LAYER,
  COTERIE_MEASURE_OF_CLASS,
  COTERIE_MEASURE_OF_LAYER_AND_CLASS,
} CoterieMeasureScope;

/**
 * CoterieMeasureUnit:
 * @COTERIE_MEASURE_UNIT_NONE: dimensionless
 * @COTERIE_MEASURE_UNIT_FRACTION: of a whole, shown to people as percent
 * @COTERIE_MEASURE_UNIT_NATS: nats
 * @COTERIE_MEASURE_UNIT_COUNT: a whole number of things
 *
 * What the numbers of a measure stand for.
 */
typedef enum {
  COTERIE_MEASURE_UNIT_NONE,
  COTERIE_MEASURE_UNIT_FRACTION,
  COTERIE_MEASURE_UNIT_NATS,
  COTERIE_MEASURE_UNIT_COUNT,
} CoterieMeasureUnit;

/* Communities whose sizes are told, as in Table 3. */
#define COTERIE_N_LARGEST_COMMUNITIES 8

/**
 * CoterieMeasure:
 *
 * Every number that a frame has for the network, a layer, a class, or a class in a layer. The sizes
 * of the largest communities stand one after the other.
 */
typedef enum {
  COTERIE_MEASURE_TRAINING_ACCURACY,
  COTERIE_MEASURE_TEST_ACCURACY,
  COTERIE_MEASURE_TRAINING_LOSS,
  COTERIE_MEASURE_TEST_LOSS,
  COTERIE_MEASURE_ACCURACY_GAP,
  COTERIE_MEASURE_LOSS_GAP,
  COTERIE_MEASURE_ENTROPY,
  COTERIE_MEASURE_MEAN_LIVE_ENTROPY,

  COTERIE_MEASURE_LAYER_ENTROPY,
  COTERIE_MEASURE_LAYER_MEAN_ENTROPY,
  COTERIE_MEASURE_LAYER_MEAN_LIVE_ENTROPY,
  COTERIE_MEASURE_WEIGHTED_OVERLAP,
  COTERIE_MEASURE_UNWEIGHTED_OVERLAP,
  COTERIE_MEASURE_NO_OVERLAP,
  COTERIE_MEASURE_LOUVAIN,
  COTERIE_MEASURE_KLB_WEIGHTED,
  COTERIE_MEASURE_KLB_UNWEIGHTED,
  COTERIE_MEASURE_NODES,
  COTERIE_MEASURE_EDGES,
  COTERIE_MEASURE_UNIQUE_NEURONS,
  COTERIE_MEASURE_SHARED_NEURONS,
  COTERIE_MEASURE_SHOWN_COMMUNITIES,
  COTERIE_MEASURE_COMMUNITIES,
  COTERIE_MEASURE_AVERAGE_NODES,
  COTERIE_MEASURE_LARGEST_COMMUNITY,
  COTERIE_MEASURE_SELECTIVITY = COTERIE_MEASURE_LARGEST_COMMUNITY + COTERIE_N_LARGEST_COMMUNITIES,
  COTERIE_MEASURE_DEAD,
  COTERIE_MEASURE_ALWAYS_ACTIVE,
  COTERIE_MEASURE_SPARSITY,
  COTERIE_MEASURE_PATTERNS,
  COTERIE_MEASURE_REGIONS,
  COTERIE_MEASURE_CLASS_INFORMATION,
  COTERIE_MEASURE_MODULARITY_Z,
  COTERIE_MEASURE_NULL_MODULARITY_MEAN,
  COTERIE_MEASURE_NULL_MODULARITY_DEVIATION,
  COTERIE_MEASURE_NULL_MODULARITY_LOWER,
  COTERIE_MEASURE_NULL_MODULARITY_UPPER,
  COTERIE_MEASURE_LAYOUT_SEPARATION,
  COTERIE_MEASURE_LAYOUT_MOVE,

  COTERIE_MEASURE_CLASS_TRAINING_ACCURACY,
  COTERIE_MEASURE_CLASS_TEST_ACCURACY,
  COTERIE_MEASURE_CLASS_ENTROPY,

  COTERIE_MEASURE_LAYER_CLASS_ENTROPY,
} CoterieMeasure;

#define COTERIE_N_MEASURES (COTERIE_MEASURE_LAYER_CLASS_ENTROPY + 1)

/**
 * CoterieMeasureInfo:
 * @id: what programs know it by, the same in every language
 * @label: its name for people, to be translated: "modularity, weighted overlap"
 * @short_label: its name among its like, to be translated: "weighted overlap"
 * @symbol: its letter in the paper or its customary sign, or ""
 * @meaning: what it is, in one line, to be translated
 * @source: the equation, table or article that it is from, or ""
 * @scope: what it is about
 * @unit: what its numbers stand for
 * @lower: no value is below this, in its unit; may be minus infinity
 * @upper: no value is above this, in its unit; may be infinity
 *
 * What is to be known about a measure.
 */
typedef struct {
  const char *id;
  const char *label;
  const char *short_label;
  const char *symbol;
  const char *meaning;
  const char *source;
  CoterieMeasureScope scope;
  CoterieMeasureUnit unit;
  double lower;
  double upper;
} CoterieMeasureInfo;

const CoterieMeasureInfo *coterie_measure_get_info (CoterieMeasure measure);
gboolean coterie_measure_from_id (const char *id, CoterieMeasure *measure);
gboolean coterie_measure_scope_has_layers (CoterieMeasureScope scope);
gboolean coterie_measure_scope_has_classes (CoterieMeasureScope scope);
const char *coterie_measure_unit_to_string (CoterieMeasureUnit unit);
double coterie_measure_get_value (CoterieMeasure measure,
                                  const CoterieFrame *frame,
                                  const CoterieFrame *before,
                                  guint layer_index,
                                  guint label);

G_END_DECLS
