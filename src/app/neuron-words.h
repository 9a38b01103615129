/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

gboolean
coterie_neuron_represents (const CoterieLayerAnalysis *analysis, guint neuron, guint class);
char *coterie_neuron_words_classes (const CoterieLayerAnalysis *analysis,
                                    const CoterieRunInfo *info,
                                    guint neuron);
char *coterie_neuron_words_community (const CoterieFrameLayer *layer, guint node);
char *coterie_neuron_words_sentence (const CoterieFrameLayer *layer,
                                     const CoterieRunInfo *info,
                                     guint neuron);

G_END_DECLS
