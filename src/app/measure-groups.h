/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/report/measure.h"

G_BEGIN_DECLS

/**
 * CoterieMeasureGroup:
 * @title: what the measures have in common, to be translated
 * @n_measures: how many there are
 * @measures: (array length=n_measures): in the order to offer them
 *
 * Measures that people look for together.
 */
typedef struct {
  const char *title;
  guint n_measures;
  const CoterieMeasure *measures;
} CoterieMeasureGroup;

guint coterie_measure_groups_get_n (void);
const CoterieMeasureGroup *coterie_measure_groups_get (guint index);
const CoterieMeasureGroup *coterie_measure_groups_find (CoterieMeasure measure);
const char *coterie_measure_groups_get_axis (CoterieMeasure measure);
gboolean coterie_measure_groups_share_axis (CoterieMeasure a, CoterieMeasure b);
char *coterie_measure_groups_dup_name (CoterieMeasure measure, gboolean in_group);

G_END_DECLS
