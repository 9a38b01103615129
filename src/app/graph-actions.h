/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/graph-view.h"
#include "session/pin-history.h"
#include "session/session.h"

G_BEGIN_DECLS

/**
 * CoterieGraphActions:
 *
 * What can be done with the selected neurons, as actions with the prefix `graph`.
 */
typedef struct _CoterieGraphActions CoterieGraphActions;

/**
 * CoterieGraphActionsFunc:
 * @data: what was given to coterie_graph_actions_new()
 *
 * Called when the selected neurons shall be shown in the table.
 */
typedef void (*CoterieGraphActionsFunc) (gpointer data);

CoterieGraphActions *coterie_graph_actions_new (CoterieSession *session,
                                                CoterieGraphView *view,
                                                CoterieGraphActionsFunc show_table,
                                                gpointer data);
void coterie_graph_actions_free (CoterieGraphActions *actions);
void coterie_graph_actions_add_to (CoterieGraphActions *actions, GtkWidget *widget);
void coterie_graph_actions_place (CoterieGraphActions *actions,
                                  const CoteriePinPlace *places,
                                  gsize n_places);
void coterie_graph_actions_select_community (CoterieGraphActions *actions, guint64 key);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieGraphActions, coterie_graph_actions_free)

G_END_DECLS
