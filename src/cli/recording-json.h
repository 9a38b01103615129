/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "core/recording/frame.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

void coterie_recording_json_add_settings (JsonBuilder *builder, const CoterieRunInfo *info);
void coterie_recording_json_add_null (JsonBuilder *builder,
                                      const CoterieNullComparison *comparison,
                                      guint n_graphs);
void coterie_recording_json_add_frame (JsonBuilder *builder,
                                       const CoterieRunInfo *info,
                                       const CoterieFrame *frame);

G_END_DECLS
