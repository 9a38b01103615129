/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of files that a reader could do without: one image of thousands that is damaged should
 * not keep anybody from the others, and should not be passed over in silence either; nor should what
 * makes less of the accuracy than it seems, or what was guessed. */

#include "core/dataset/dataset-report.h"

struct _CoterieDatasetReport {
  GPtrArray *paths;
  GPtrArray *reasons;
  GPtrArray *untested_classes;
  char *class_column;
};

static void
report_clear (gpointer pointer)
{
  CoterieDatasetReport *report = pointer;

  g_ptr_array_unref (report->paths);
  g_ptr_array_unref (report->reasons);
  g_ptr_array_unref (report->untested_classes);
  g_free (report->class_column);
}

/**
 * coterie_dataset_report_new:
 *
 * Returns: (transfer full): a report of nothing
 */
CoterieDatasetReport *
coterie_dataset_report_new (void)
{
  CoterieDatasetReport *report = g_atomic_rc_box_new0 (CoterieDatasetReport);

  report->paths = g_ptr_array_new_with_free_func (g_free);
  report->reasons = g_ptr_array_new_with_free_func (g_free);
  report->untested_classes = g_ptr_array_new_with_free_func (g_free);
  return report;
}

/**
 * coterie_dataset_report_ref:
 * @report: the report
 *
 * Returns: (transfer full): @report
 */
CoterieDatasetReport *
coterie_dataset_report_ref (CoterieDatasetReport *report)
{
  return g_atomic_rc_box_acquire (report);
}

/**
 * coterie_dataset_report_unref:
 * @report: (transfer full): the report
 *
 * Frees @report with its last reference.
 */
void
coterie_dataset_report_unref (CoterieDatasetReport *report)
{
  g_atomic_rc_box_release_full (report, report_clear);
}

/**
 * coterie_dataset_report_add:
 * @report: the report, not shared yet
 * @path: the file, as file names are encoded
 * @reason: why it was left out: part of a sentence, in UTF-8
 *
 * Adds a file at the end; a reason of several lines becomes one.
 */
void
coterie_dataset_report_add (CoterieDatasetReport *report, const char *path, const char *reason)
{
  g_ptr_array_add (report->paths, g_filename_display_name (path));
  g_ptr_array_add (report->reasons, g_strstrip (g_strdelimit (g_strdup (reason), "\n\r", ' ')));
}

/**
 * coterie_dataset_report_get_n_files:
 * @report: the report
 *
 * Returns: how many files were left out
 */
gsize
coterie_dataset_report_get_n_files (CoterieDatasetReport *report)
{
  return report->paths->len;
}

/**
 * coterie_dataset_report_get_path:
 * @report: the report
 * @file: from 0, less than the number of files
 *
 * Returns: (transfer none): the path of the file, in UTF-8, to be shown
 */
const char *
coterie_dataset_report_get_path (CoterieDatasetReport *report, gsize file)
{
  g_assert (file < report->paths->len);
  return g_ptr_array_index (report->paths, file);
}

/**
 * coterie_dataset_report_get_reason:
 * @report: the report
 * @file: from 0, less than the number of files
 *
 * Returns: (transfer none): why it was left out
 */
const char *
coterie_dataset_report_get_reason (CoterieDatasetReport *report, gsize file)
{
  g_assert (file < report->reasons->len);
  return g_ptr_array_index (report->reasons, file);
}

/**
 * coterie_dataset_report_dup_list:
 * @report: the report
 *
 * Returns: (transfer full): all files that were left out, in UTF-8, a line for each: its path, a colon
 *   and the reason; empty if none was
 */
char *
coterie_dataset_report_dup_list (CoterieDatasetReport *report)
{
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < coterie_dataset_report_get_n_files (report); i++)
    g_string_append_printf (text, "%s: %s\n", coterie_dataset_report_get_path (report, i),
                            coterie_dataset_report_get_reason (report, i));
  return g_string_free (text, FALSE);
}

/**
 * coterie_dataset_report_set_class_column:
 * @report: the report, not shared yet
 * @column: the column of a table that was taken for the class, as it is shown: "column 3 (“kind”)"
 *
 * Says which column that is.
 */
void
coterie_dataset_report_set_class_column (CoterieDatasetReport *report, const char *column)
{
  g_free (report->class_column);
  report->class_column = g_strdup (column);
}

/**
 * coterie_dataset_report_get_class_column:
 * @report: the report
 *
 * Returns: (transfer none) (nullable): the column that was taken for the class, to be shown; %NULL if the
 *   data set does not come from a table
 */
const char *
coterie_dataset_report_get_class_column (CoterieDatasetReport *report)
{
  return report->class_column;
}

/**
 * coterie_dataset_report_add_untested_class:
 * @report: the report, not shared yet
 * @name: of a class
 *
 * Says that no sample of that class is there for testing.
 */
void
coterie_dataset_report_add_untested_class (CoterieDatasetReport *report, const char *name)
{
  g_ptr_array_add (report->untested_classes, g_strdup (name));
}

/**
 * coterie_dataset_report_get_n_untested_classes:
 * @report: the report
 *
 * Returns: of how many classes no sample is there for testing
 */
guint
coterie_dataset_report_get_n_untested_classes (CoterieDatasetReport *report)
{
  return report->untested_classes->len;
}

/**
 * coterie_dataset_report_get_untested_class:
 * @report: the report
 * @index: from 0, less than the number of such classes
 *
 * Returns: (transfer none): the name of the class
 */
const char *
coterie_dataset_report_get_untested_class (CoterieDatasetReport *report, guint index)
{
  g_assert (index < report->untested_classes->len);
  return g_ptr_array_index (report->untested_classes, index);
}

/**
 * coterie_dataset_report_list_untested_classes:
 * @report: the report
 * @most: how many classes to name at most, at least 1
 *
 * Returns: (transfer full): the names of the classes of which no sample is there for testing, "cat, dog";
 *   "…" in place of those beyond @most; empty if there is none
 */
char *
coterie_dataset_report_list_untested_classes (CoterieDatasetReport *report, guint most)
{
  GPtrArray *names = report->untested_classes;
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < MIN (names->len, most); i++)
    g_string_append_printf (text, i > 0 ? ", %s" : "%s",
                            (const char *) g_ptr_array_index (names, i));
  if (names->len > most)
    g_string_append (text, ", …");
  return g_string_free (text, FALSE);
}
