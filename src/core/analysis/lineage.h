/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/layer-analysis.h"

G_BEGIN_DECLS

/* What communities too small to be followed have instead of an identity; drawn grey. */
#define COTERIE_LINEAGE_NONE G_MAXUINT32

/**
 * CoterieLineage:
 *
 * Follows the communities of one layer through the iterations and gives each an identity for life.
 */
typedef struct _CoterieLineage CoterieLineage;

CoterieLineage *coterie_lineage_new (void);
void coterie_lineage_free (CoterieLineage *lineage);
void coterie_lineage_follow (CoterieLineage *lineage,
                             const CoterieLayerAnalysis *analysis,
                             guint32 *identities);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLineage, coterie_lineage_free)

G_END_DECLS
