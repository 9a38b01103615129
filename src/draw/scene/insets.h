/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/camera.h"

G_BEGIN_DECLS

/**
 * COTERIE_MAX_OVERLAYS:
 *
 * Things that may lie on a graph at one time.
 */
#define COTERIE_MAX_OVERLAYS 10

/**
 * CoterieOverlay:
 * @x_px: left edge, pixels from the viewport's left
 * @y_px: top edge, pixels from the viewport's top
 * @width_px: 0 for nothing
 * @height_px: 0 for nothing
 *
 * Something that lies on the graph, near a border.
 */
typedef struct {
  double x_px;
  double y_px;
  double width_px;
  double height_px;
} CoterieOverlay;

CoterieInsets coterie_insets_choose (const CoterieViewport *viewport,
                                     const CoterieOverlay *overlays,
                                     guint n_overlays,
                                     double aspect,
                                     gboolean cornered);

G_END_DECLS
