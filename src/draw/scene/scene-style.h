/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/scene-graph.h"

G_BEGIN_DECLS

/**
 * CoterieSceneColorBy:
 * @COTERIE_SCENE_COLOR_COMMUNITY: the identity of a node's community
 * @COTERIE_SCENE_COLOR_CLASS: the class that it represents most strongly
 * @COTERIE_SCENE_COLOR_LAYER: its layer
 * @COTERIE_SCENE_COLOR_ENTROPY: its activation pattern entropy
 * @COTERIE_SCENE_COLOR_STRENGTH: the sum of its edge weights
 * @COTERIE_SCENE_COLOR_ACTIVATION: its mean activation for the style's class
 *
 * What colours mean.
 */
typedef enum {
  COTERIE_SCENE_COLOR_COMMUNITY,
  COTERIE_SCENE_COLOR_CLASS,
  COTERIE_SCENE_COLOR_LAYER,
  COTERIE_SCENE_COLOR_ENTROPY,
  COTERIE_SCENE_COLOR_STRENGTH,
  COTERIE_SCENE_COLOR_ACTIVATION,
} CoterieSceneColorBy;

#define COTERIE_N_SCENE_COLORS 6

/**
 * CoterieSceneSizeBy:
 * @COTERIE_SCENE_SIZE_STRENGTH: the sum of a node's edge weights
 * @COTERIE_SCENE_SIZE_DEGREE: how many edges it has
 * @COTERIE_SCENE_SIZE_ENTROPY: its activation pattern entropy
 * @COTERIE_SCENE_SIZE_ACTIVATION: its mean activation for the class that it represents most strongly;
 *   where the colours show the activation for one class, for that one
 * @COTERIE_SCENE_SIZE_CONSTANT: all nodes have the same
 *
 * What the area of a node means.
 */
typedef enum {
  COTERIE_SCENE_SIZE_STRENGTH,
  COTERIE_SCENE_SIZE_DEGREE,
  COTERIE_SCENE_SIZE_ENTROPY,
  COTERIE_SCENE_SIZE_ACTIVATION,
  COTERIE_SCENE_SIZE_CONSTANT,
} CoterieSceneSizeBy;

#define COTERIE_N_SCENE_SIZES 5

/**
 * CoterieSceneLabels:
 * @COTERIE_SCENE_LABELS_NONE: no texts
 * @COTERIE_SCENE_LABELS_COMMUNITIES: the name of each community, with its classes
 * @COTERIE_SCENE_LABELS_CLASSES: the name of each class, among the nodes that represent it
 *
 * What is written into the graph.
 */
typedef enum {
  COTERIE_SCENE_LABELS_NONE,
  COTERIE_SCENE_LABELS_COMMUNITIES,
  COTERIE_SCENE_LABELS_CLASSES,
} CoterieSceneLabels;

#define COTERIE_N_SCENE_LABELS 3

/**
 * CoterieSceneStyle:
 * @dark: which of the two appearances
 * @color_by: what colours mean
 * @size_by: what the area of a node means
 * @activation_class: the class of %COTERIE_SCENE_COLOR_ACTIVATION, from 0
 * @shapes: whether nodes get other shapes when the colours run out; else all are discs
 * @within_edges_frac: opacity of the edges within communities, 0 (hidden) … 1
 * @across_edges_frac: opacity of the edges between communities or layers, 0 (hidden) … 1
 * @edge_threshold_frac: edges whose weight is less than this fraction of the greatest one are left
 *   out, 0 … 1
 * @curved: whether edges are slightly bent
 * @hulls: whether there is a soft area behind each community
 * @labels: what is written into the graph
 *
 * How a graph is to look; a value.
 */
typedef struct {
  gboolean dark;
  CoterieSceneColorBy color_by;
  CoterieSceneSizeBy size_by;
  guint activation_class;
  gboolean shapes;
  double within_edges_frac;
  double across_edges_frac;
  double edge_threshold_frac;
  gboolean curved;
  gboolean hulls;
  CoterieSceneLabels labels;
} CoterieSceneStyle;

CoterieSceneStyle coterie_scene_style_get_default (gboolean dark);
gboolean coterie_scene_style_equal (const CoterieSceneStyle *a, const CoterieSceneStyle *b);
char *coterie_scene_style_describe (const CoterieSceneStyle *style, const char *const *class_names);

CoterieSceneColorBy coterie_scene_color_by_get_default (gboolean all_layers);
const char *coterie_scene_color_by_to_string (CoterieSceneColorBy color_by);
gboolean coterie_scene_color_by_from_string (const char *text, CoterieSceneColorBy *color_by);
const char *coterie_scene_size_by_to_string (CoterieSceneSizeBy size_by);
gboolean coterie_scene_size_by_from_string (const char *text, CoterieSceneSizeBy *size_by);
const char *coterie_scene_labels_to_string (CoterieSceneLabels labels);
gboolean coterie_scene_labels_from_string (const char *text, CoterieSceneLabels *labels);

G_END_DECLS
