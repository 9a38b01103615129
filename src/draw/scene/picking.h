/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/scene.h"

G_BEGIN_DECLS

gint coterie_scene_pick (const CoterieScene *scene,
                         CoterieCamera camera,
                         const CoterieViewport *viewport,
                         double x_px,
                         double y_px);

G_END_DECLS
