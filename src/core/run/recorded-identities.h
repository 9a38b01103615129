/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"

G_BEGIN_DECLS

/**
 * CoterieRecordedIdentities:
 *
 * Knows which identity each neuron had in the frames of a recording.
 */
typedef struct _CoterieRecordedIdentities CoterieRecordedIdentities;

CoterieRecordedIdentities *coterie_recorded_identities_new (guint n_layers);
void coterie_recorded_identities_free (CoterieRecordedIdentities *recorded);
void coterie_recorded_identities_add (CoterieRecordedIdentities *recorded,
                                      const CoterieFrame *frame);
GPtrArray *coterie_recorded_identities_rename (const CoterieRecordedIdentities *recorded,
                                               GPtrArray *frames);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieRecordedIdentities, coterie_recorded_identities_free)

G_END_DECLS
