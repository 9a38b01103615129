/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/recording-reader.h"
#include "core/report/series.h"

G_BEGIN_DECLS

char *coterie_info_text_new (CoterieRecordingReader *reader,
                             GPtrArray *frames,
                             const CoterieSeriesBook *book);

G_END_DECLS
