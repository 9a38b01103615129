/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define COTERIE_LAYOUT_ERROR (coterie_layout_error_quark ())

typedef enum {
  COTERIE_LAYOUT_ERROR_OUT_OF_RANGE,
} CoterieLayoutError;

GQuark coterie_layout_error_quark (void);

#define COTERIE_MAX_FORCE_STRENGTH 1e6
#define COTERIE_MAX_WEIGHT_INFLUENCE 10.0
#define COTERIE_MAX_FORCE_ERROR_PERCENT 100.0

/**
 * CoterieForceSettings:
 * @scaling: k of the repulsion k m1 m2 / d, at most 1000000; 0 takes Gephi's choice: 2, and 10 below
 *   100 nodes
 * @gravity: what draws a node to the origin, a unit of mass, 0 to 1000000: a force, or with
 *   @strong_gravity the weight of an edge; edges of the graph have a mean weight of 1
 * @strong_gravity: gravity grows with the distance
 * @anchoring: weight of the edge that ties a node to its anchor, a unit of mass, 0 to 1000000
 * @lin_log: attraction grows with log (1 + d) instead of d
 * @dissuade_hubs: the attraction of a node is shared out among its edges, which moves hubs outwards
 * @weight_influence: an edge of weight w pulls with w to this power, 0 to 10; 0 makes all edges equal
 * @prevent_overlap: discs of the sizes that the layout was told do not overlap
 * @force_error_percent: root mean square error of the repulsion of a node over the root mean square of
 *   the repulsion, 0 to 100 per cent; 0 computes exact sums
 * @max_steps: end after so many steps at the latest
 *
 * Settings of a layout, those of Gephi among them; forces and distances are in the layout's own unit of
 * length. A value.
 */
typedef struct {
  double scaling;
  double gravity;
  gboolean strong_gravity;
  double anchoring;
  gboolean lin_log;
  gboolean dissuade_hubs;
  double weight_influence;
  gboolean prevent_overlap;
  double force_error_percent;
  guint max_steps;
} CoterieForceSettings;

void coterie_force_settings_init (CoterieForceSettings *settings);
gboolean coterie_force_settings_validate (const CoterieForceSettings *settings, GError **error);

G_END_DECLS
