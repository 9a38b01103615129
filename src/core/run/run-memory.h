/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/run-info.h"

G_BEGIN_DECLS

guint64
coterie_run_estimate_memory (const CoterieRunInfo *info, guint value_bytes, guint64 analysis_bytes);

G_END_DECLS
