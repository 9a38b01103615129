/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/report/report-table.h"

G_BEGIN_DECLS

GPtrArray *coterie_table_notes_new (const CoterieReportTable *table,
                                    GPtrArray *runs,
                                    const CoterieReportRun *only);
gboolean coterie_table_notes_have_common_name (
    GPtrArray *runs, guint first_run, guint n_runs, guint label, const char **common);

G_END_DECLS
