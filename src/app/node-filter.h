/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/node-query.h"

G_BEGIN_DECLS

/**
 * CoterieFilterSubject:
 * @COTERIE_FILTER_COMMUNITY: one community
 * @COTERIE_FILTER_CLASS: one class
 * @COTERIE_FILTER_LAYER: one layer
 * @COTERIE_FILTER_STRENGTH: a least strength
 * @COTERIE_FILTER_SEARCH: what was searched
 *
 * What a condition is about; of each there is one at most in a graph.
 */
typedef enum {
  COTERIE_FILTER_COMMUNITY,
  COTERIE_FILTER_CLASS,
  COTERIE_FILTER_LAYER,
  COTERIE_FILTER_STRENGTH,
  COTERIE_FILTER_SEARCH,
} CoterieFilterSubject;

#define COTERIE_N_FILTER_SUBJECTS 5

#define COTERIE_TYPE_NODE_FILTER (coterie_node_filter_get_type ())
G_DECLARE_FINAL_TYPE (CoterieNodeFilter, coterie_node_filter, COTERIE, NODE_FILTER, GObject)

CoterieNodeFilter *coterie_node_filter_new (void);
void coterie_node_filter_set_class_names (CoterieNodeFilter *self, const char *const *class_names);
void coterie_node_filter_set_layer (CoterieNodeFilter *self, guint layer);
void coterie_node_filter_set_condition (CoterieNodeFilter *self,
                                        CoterieFilterSubject subject,
                                        const char *text);
const char *coterie_node_filter_get_condition (CoterieNodeFilter *self,
                                               CoterieFilterSubject subject);
void coterie_node_filter_clear (CoterieNodeFilter *self);
CoterieNodeQuery *coterie_node_filter_get_query (CoterieNodeFilter *self);

G_END_DECLS
