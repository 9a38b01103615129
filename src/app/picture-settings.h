/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "draw/picture/picture-choice.h"

G_BEGIN_DECLS

CoteriePictureChoice coterie_picture_settings_load (GSettings *settings);
void coterie_picture_settings_save (GSettings *settings, const CoteriePictureChoice *choice);

G_END_DECLS
