/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/layout/force-layout.h"
#include "core/layout/layout-settings.h"

G_BEGIN_DECLS

/**
 * CoterieLayoutPins:
 * @pins: (array length=n_pins): in the order of neurons, all of one layer; the caller's
 * @n_pins: how many
 *
 * The pins of a layer. A value.
 */
typedef struct {
  const CoteriePin *pins;
  guint n_pins;
} CoterieLayoutPins;

CoterieLayoutPins coterie_layout_pins_of_layer (const CoteriePin *pins, guint n_pins, guint layer);
void coterie_layout_pins_place (const CoterieLayoutPins *pins,
                                const guint32 *neurons,
                                guint n_nodes,
                                double *positions,
                                guint8 *fixed);
gboolean coterie_layout_run_apart (CoterieForceLayout *layout,
                                   const CoterieGraph *graph,
                                   const CoterieForceSettings *settings,
                                   CoterieProgress *progress,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
