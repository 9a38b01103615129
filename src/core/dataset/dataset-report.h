/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * CoterieDatasetReport:
 *
 * What is worth knowing of how a data set was read: which files were left out although it could be read,
 * in the order in which they were met, and why; which column was taken for the class; and of which classes there are
 * no test samples. Reference-counted; not changed any more once it is shared.
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
char *coterie_dataset_report_dup_list (CoterieDatasetReport *report);
void coterie_dataset_report_set_class_column (CoterieDatasetReport *report, const char *column);
const char *coterie_dataset_report_get_class_column (CoterieDatasetReport *report);
void coterie_dataset_report_add_untested_class (CoterieDatasetReport *report, const char *name);
guint coterie_dataset_report_get_n_untested_classes (CoterieDatasetReport *report);
const char *coterie_dataset_report_get_untested_class (CoterieDatasetReport *report, guint index);
char *coterie_dataset_report_list_untested_classes (CoterieDatasetReport *report, guint most);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieDatasetReport, coterie_dataset_report_unref)

G_END_DECLS
