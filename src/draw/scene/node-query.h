/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/scene-graph.h"

G_BEGIN_DECLS

#define COTERIE_NODE_QUERY_ERROR (coterie_node_query_error_quark ())

/**
 * CoterieNodeQueryError:
 * @COTERIE_NODE_QUERY_ERROR_SYNTAX: something else was expected at a place of the text
 * @COTERIE_NODE_QUERY_ERROR_UNKNOWN_WORD: there is no such quantity
 * @COTERIE_NODE_QUERY_ERROR_UNKNOWN_CLASS: there is no such class
 * @COTERIE_NODE_QUERY_ERROR_OUT_OF_RANGE: a number is too large, or must not be 0
 */
typedef enum {
  COTERIE_NODE_QUERY_ERROR_SYNTAX,
  COTERIE_NODE_QUERY_ERROR_UNKNOWN_WORD,
  COTERIE_NODE_QUERY_ERROR_UNKNOWN_CLASS,
  COTERIE_NODE_QUERY_ERROR_OUT_OF_RANGE,
} CoterieNodeQueryError;

GQuark coterie_node_query_error_quark (void);

/**
 * CoterieNodeQuery:
 *
 * A question that each node of a graph answers with yes or no. Immutable and reference-counted.
 */
typedef struct _CoterieNodeQuery CoterieNodeQuery;

CoterieNodeQuery *
coterie_node_query_parse (const char *text, const char *const *class_names, GError **error);
CoterieNodeQuery *coterie_node_query_ref (CoterieNodeQuery *query);
void coterie_node_query_unref (CoterieNodeQuery *query);
gboolean coterie_node_query_matches (const CoterieNodeQuery *query,
                                     const CoterieSceneGraph *graph,
                                     guint node);
guint coterie_node_query_get_layer (const CoterieNodeQuery *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieNodeQuery, coterie_node_query_unref)

G_END_DECLS
