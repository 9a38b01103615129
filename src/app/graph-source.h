/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/scene-graph.h"
#include "session/session.h"

G_BEGIN_DECLS

/**
 * CoterieGraphSource:
 *
 * What is shown of the frames of a session.
 */
typedef struct _CoterieGraphSource CoterieGraphSource;

CoterieGraphSource *coterie_graph_source_new (CoterieSession *session);
void coterie_graph_source_free (CoterieGraphSource *source);
CoterieSceneGraph *coterie_graph_source_get (CoterieGraphSource *source, guint frame);
const CoterieCommunityHues *coterie_graph_source_get_hues (CoterieGraphSource *source);
gboolean coterie_graph_source_get_incomplete (CoterieGraphSource *source);
void coterie_graph_source_forget (CoterieGraphSource *source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieGraphSource, coterie_graph_source_free)

G_END_DECLS
