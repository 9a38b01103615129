/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/recording-row.h"
#include "core/recording/run-info.h"

G_BEGIN_DECLS

/* More than that is not the work of hands. */
#define COTERIE_MAX_PINS 1000000

void coterie_recording_run_put (CoterieRow *row, const CoterieRunInfo *info);
void coterie_recording_run_take (CoterieRow *row, CoterieRunInfo *fields);
void coterie_recording_layout_put (CoterieRow *row, const CoterieRunInfo *info);
void coterie_recording_layout_take (CoterieRow *row, CoterieRunInfo *fields);
void coterie_recording_pin_put (CoterieRow *row, const CoteriePin *pin);
void coterie_recording_pin_take (CoterieRow *row, CoteriePin *pin);

G_END_DECLS
