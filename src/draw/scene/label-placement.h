/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/label-leader.h"

G_BEGIN_DECLS

/**
 * COTERIE_LABEL_NOWHERE:
 *
 * The place of a label that is not shown.
 */
#define COTERIE_LABEL_NOWHERE G_MAXUINT

/**
 * COTERIE_LABEL_BESIDE:
 *
 * The first of the places beside a node, up to %COTERIE_LABEL_AWAY. They belong to the nodes of a drawing.
 */
#define COTERIE_LABEL_BESIDE 64

/**
 * COTERIE_LABEL_AWAY:
 *
 * The place of a label that is joined by a line to what it names.
 */
#define COTERIE_LABEL_AWAY (G_MAXUINT - 1)

/**
 * CoterieLabelMeasureFunc:
 * @label: number of a label
 * @width_px: (out): of its box, device pixels
 * @height_px: (out): the same
 * @data: what was given with the function
 */
typedef void (*CoterieLabelMeasureFunc) (guint label,
                                         double *width_px,
                                         double *height_px,
                                         gpointer data);

/**
 * CoterieLabelPlace:
 * @candidate: which of the places around the anchor or beside a node, %COTERIE_LABEL_AWAY, or %COTERIE_LABEL_NOWHERE
 * @x_px: left of its box, a whole number of device pixels; if it is shown
 * @y_px: top of its box
 * @width_px: of its box
 * @height_px: of its box
 * @opacity: at the drawing's blend
 * @leader: to what it names; if it is away
 */
typedef struct {
  guint candidate;
  double x_px;
  double y_px;
  double width_px;
  double height_px;
  double opacity;
  CoterieLabelLeader leader;
} CoterieLabelPlace;

void coterie_label_placement_compute (const CoterieDrawing *drawing,
                                      const CoterieDrawingView *view,
                                      CoterieLabelMeasureFunc measure,
                                      gpointer data,
                                      const guint *preferred,
                                      CoterieLabelPlace *places);

G_END_DECLS
