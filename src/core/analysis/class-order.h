/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieClassRun:
 * @label: a class
 * @first: the first lane of the run
 * @end: the lane after its last
 * @rank: which sample of its class the first one is, from 0
 *
 * Neighbouring lanes of a block whose samples are of one class.
 */
typedef struct {
  guint label;
  guint first;
  guint end;
  guint32 rank;
} CoterieClassRun;

/**
 * CoterieClassOrder:
 * @n_samples: number of samples
 * @n_classes: number of classes
 * @samples: [n_samples]: the samples, class after class, ascending within a class
 * @offsets: [n_classes + 1]: those of class c stand from offsets[c] to offsets[c + 1] - 1
 *
 * The order in which samples are tallied. Immutable; its fields are for reading.
 */
typedef struct {
  gsize n_samples;
  guint n_classes;
  const guint32 *samples;
  const gsize *offsets;
} CoterieClassOrder;

CoterieClassOrder *
coterie_class_order_new (const guint16 *labels, gsize n_samples, guint n_classes);
void coterie_class_order_free (CoterieClassOrder *order);
gsize coterie_class_order_get_size (const CoterieClassOrder *order, guint label);
guint coterie_class_order_get_runs (const CoterieClassOrder *order,
                                    gsize first,
                                    guint n_lanes,
                                    CoterieClassRun *runs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieClassOrder, coterie_class_order_free)

G_END_DECLS
