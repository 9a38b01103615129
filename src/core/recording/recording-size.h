/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/run-info.h"

G_BEGIN_DECLS

gboolean coterie_recording_keeps_every_network (const CoterieRunInfo *info);
guint64 coterie_recording_estimate_size (const CoterieRunInfo *info, gboolean keeps_state);
guint64 coterie_recording_estimate_room (const CoterieRunInfo *info, gboolean keeps_state);

G_END_DECLS
