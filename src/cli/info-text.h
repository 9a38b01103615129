/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cli/info-subject.h"
#include "core/report/series.h"

G_BEGIN_DECLS

char *coterie_info_text_new (const CoterieInfoSubject *subject, const CoterieSeriesBook *book);

G_END_DECLS
