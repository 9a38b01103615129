/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/insets.h"

G_BEGIN_DECLS

CoterieOverlay coterie_free_place_find (const CoterieViewport *viewport,
                                        double width_px,
                                        double height_px,
                                        const CoterieOverlay *overlays,
                                        guint n_overlays);

G_END_DECLS
