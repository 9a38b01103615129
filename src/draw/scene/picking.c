/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which node is under the pointer. A plain scan: a few thousand nodes take some microseconds, less
 * than keeping a grid up to date while the nodes move. */

#include "draw/scene/picking.h"

#include <math.h>

/* A pointer so close to a node's edge still means the node, pixels. */
#define TOLERANCE_PX 3.0

/* A node paler than this is on its way out and cannot be meant. */
#define MIN_ALPHA 0.25

/**
 * coterie_scene_pick:
 * @scene: the scene
 * @camera: where one looks; its scale in logical pixels a layout unit
 * @viewport: size of the view, logical pixels
 * @x_px: pointer, pixels from the left
 * @y_px: pointer, pixels from the top
 *
 * Finds the topmost node whose disc is under the pointer, or else the one whose rim is nearest to it
 * within 3 pixels. Cost: one pass over the nodes.
 *
 * Returns: a node of the scene, or -1
 */
gint
coterie_scene_pick (const CoterieScene *scene,
                    CoterieCamera camera,
                    const CoterieViewport *viewport,
                    double x_px,
                    double y_px)
{
  double node_scale = coterie_drawing_node_scale (scene->spread, camera.scale);
  double best_px = TOLERANCE_PX;
  gint best = -1;

  for (guint i = scene->n_nodes; i-- > 0;) {
    guint32 v = scene->order[i];
    double node_x_px, node_y_px, outside_px;

    if (scene->colors[v].alpha < (float) MIN_ALPHA)
      continue;
    coterie_camera_to_screen (camera, viewport, scene->positions[2 * v],
                              scene->positions[2 * v + 1], &node_x_px, &node_y_px);
    outside_px = hypot (x_px - node_x_px, y_px - node_y_px) - scene->radii_px[v] * node_scale;
    if (outside_px <= 0.0)
      return (gint) v;
    if (outside_px < best_px) {
      best_px = outside_px;
      best = (gint) v;
    }
  }
  return best;
}
