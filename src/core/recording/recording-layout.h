/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame-positions.h"
#include "core/recording/recording.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

gboolean coterie_recording_lay_out (const char *path,
                                    const CoterieRunInfo *info,
                                    GPtrArray *positions,
                                    GError **error);

G_END_DECLS
