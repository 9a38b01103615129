/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieDatasetReport:
 *
 * What was left out while a data set was read, although it could be read: the files, in the order
 * in which they were met, and why. Reference-counted; not changed any more once it is shared.
 */
typedef struct _CoterieDatasetReport CoterieDatasetReport;

CoterieDatasetReport *coterie_dataset_report_new (void);
CoterieDatasetReport *coterie_dataset_report_ref (CoterieDatasetReport *report);
void coterie_dataset_report_unref (CoterieDatasetReport *report);

void
coterie_dataset_report_add (CoterieDatasetReport *report, const char *path, const char *reason);
gsize coterie_dataset_report_get_n_files (CoterieDatasetReport *report);
const char *coterie_dataset_report_get_path (CoterieDatasetReport *report, gsize file);
const char *coterie_dataset_report_get_reason (CoterieDatasetReport *report, gsize file);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieDatasetReport, coterie_dataset_report_unref)

G_END_DECLS
