/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "draw/scene/label-crowd.h"

G_BEGIN_DECLS

/**
 * CoterieLabelLeader:
 * @from: on the border of a label's box
 * @to: a node that the label names
 *
 * A straight line that joins a label to what it names.
 */
typedef struct {
  CoterieLabelPoint from;
  CoterieLabelPoint to;
} CoterieLabelLeader;

CoterieLabelLeader coterie_label_leader_find (const CoterieLabelBox *box, const GArray *ends);
double coterie_label_leader_get_length (const CoterieLabelLeader *leader);
gboolean coterie_label_leader_meets (const CoterieLabelLeader *leader, const CoterieLabelBox *box);
gboolean coterie_label_leader_crosses (const CoterieLabelLeader *leader,
                                       const CoterieLabelLeader *other);
void coterie_label_leader_draw (const CoterieLabelLeader *leader,
                                const CoterieDrawingLabel *label,
                                cairo_t *cr,
                                double scale,
                                double opacity);

G_END_DECLS
