/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "core/dataset/dataset-report.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_DATASET_REPORT_ROW (coterie_dataset_report_row_get_type ())
G_DECLARE_FINAL_TYPE (CoterieDatasetReportRow,
                      coterie_dataset_report_row,
                      COTERIE,
                      DATASET_REPORT_ROW,
                      AdwExpanderRow)

CoterieDatasetReportRow *coterie_dataset_report_row_new (void);
void coterie_dataset_report_row_set_report (CoterieDatasetReportRow *self,
                                            CoterieDatasetReport *report);

G_END_DECLS
