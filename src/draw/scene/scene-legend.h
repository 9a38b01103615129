/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/palette.h"
#include "draw/scene/scene-graph.h"
#include "draw/scene/scene-style.h"
#include "draw/scene/shape.h"

G_BEGIN_DECLS

/**
 * CoterieSceneLegendRow:
 * @identity: what coterie_scene_set_focus() takes to bring it out, or %COTERIE_PALETTE_NO_IDENTITY if
 *   colours do not mean communities
 * @color: the colour of its nodes
 * @shape: their shape
 * @name: what it is: "C3", "“Sandal”", "Layer 2"
 * @detail: (nullable): more about it: the classes of a community
 * @n_nodes: how many nodes it has
 */
typedef struct {
  guint32 identity;
  CoterieColor color;
  CoterieShape shape;
  char *name;
  char *detail;
  guint n_nodes;
} CoterieSceneLegendRow;

/* Colours that stand for all that have no row. */
#define COTERIE_LEGEND_MAX_REST_COLORS 3

/**
 * CoterieSceneLegend:
 * @title: what the colours mean: "Communities", "Entropy, nats"
 * @n_rows: number of rows; 0 if there is a ramp
 * @rows: [n_rows]: the largest, in an order that is the same in all frames
 * @n_rest: how many have no row, of those that the colours tell apart and those that are grey
 * @filtered: whether only some of the nodes are shown, so that rows and their order are about these
 * @n_rest_colors: number of colours in @rest_colors; 0 only if @n_rest is 0
 * @rest_colors: [n_rest_colors]: of the largest of them, grey last
 * @has_ramp: whether colours mean a quantity, see coterie_palette_get_ramp()
 * @ramp_min: quantity at the lower end of the ramp
 * @ramp_max: quantity at its upper end
 * @size_title: (nullable): what the sizes mean; %NULL if all nodes have the same, as where
 *   the greatest quantity is 0
 * @size_min: quantity that has no area: 0, or that of the smallest node
 * @size_max: quantity of the largest node
 *
 * What colours, shapes and sizes mean.
 */
typedef struct {
  char *title;
  guint n_rows;
  CoterieSceneLegendRow *rows;
  guint n_rest;
  gboolean filtered;
  guint n_rest_colors;
  CoterieColor rest_colors[COTERIE_LEGEND_MAX_REST_COLORS];
  gboolean has_ramp;
  double ramp_min;
  double ramp_max;
  char *size_title;
  double size_min;
  double size_max;
} CoterieSceneLegend;

void coterie_scene_legend_free (CoterieSceneLegend *legend);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieSceneLegend, coterie_scene_legend_free)

G_END_DECLS
