/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that were left out when a data set was read, as a row that opens and lists them with the
 * reasons. It shows only when there are any. */

#include "app/dataset-report-row.h"

#include "config.h"

#include <glib/gi18n.h>

#define MOST_FILES_LISTED 50

struct _CoterieDatasetReportRow {
  AdwExpanderRow parent_instance;

  GPtrArray *file_rows; /* borrowed */
};

G_DEFINE_FINAL_TYPE (CoterieDatasetReportRow, coterie_dataset_report_row, ADW_TYPE_EXPANDER_ROW)

static void
add_file (CoterieDatasetReportRow *self, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_ptr_array_add (self->file_rows, row);
}

static void
clear_files (CoterieDatasetReportRow *self)
{
  for (guint i = 0; i < self->file_rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), g_ptr_array_index (self->file_rows, i));
  g_ptr_array_set_size (self->file_rows, 0);
}

static void
add_files (CoterieDatasetReportRow *self, CoterieDatasetReport *report)
{
  gsize n_files = coterie_dataset_report_get_n_files (report);
  gsize n_listed = MIN (n_files, MOST_FILES_LISTED);

  for (gsize i = 0; i < n_listed; i++)
    add_file (self, coterie_dataset_report_get_path (report, i),
              coterie_dataset_report_get_reason (report, i));
  if (n_files > n_listed) {
    g_autofree char *more = g_strdup_printf (_ ("and %u more"), (guint) (n_files - n_listed));

    add_file (self, more, "");
  }
}

static void
coterie_dataset_report_row_finalize (GObject *object)
{
  CoterieDatasetReportRow *self = COTERIE_DATASET_REPORT_ROW (object);

  g_ptr_array_unref (self->file_rows);
  G_OBJECT_CLASS (coterie_dataset_report_row_parent_class)->finalize (object);
}

static void
coterie_dataset_report_row_class_init (CoterieDatasetReportRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = coterie_dataset_report_row_finalize;
}

static void
coterie_dataset_report_row_init (CoterieDatasetReportRow *self)
{
  self->file_rows = g_ptr_array_new ();
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), _ ("Each with its reason"));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * coterie_dataset_report_row_new:
 *
 * Returns: (transfer floating): a row that has nothing to report, and is hidden
 */
CoterieDatasetReportRow *
coterie_dataset_report_row_new (void)
{
  return g_object_new (COTERIE_TYPE_DATASET_REPORT_ROW, NULL);
}

/**
 * coterie_dataset_report_row_set_report:
 * @self: the row
 * @report: (nullable): what reading a data set met with; %NULL if none has been read
 *
 * Lists the files that were left out.
 */
void
coterie_dataset_report_row_set_report (CoterieDatasetReportRow *self, CoterieDatasetReport *report)
{
  gsize n_files = report != NULL ? coterie_dataset_report_get_n_files (report) : 0;
  g_autofree char *title = g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%u File Was Left Out", "%u Files Were Left Out", n_files),
      (guint) n_files);

  clear_files (self);
  gtk_widget_set_visible (GTK_WIDGET (self), n_files > 0);
  if (n_files == 0)
    return;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  add_files (self, report);
}
