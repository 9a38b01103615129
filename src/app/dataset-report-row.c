/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The files that were left out when a data set was read, as a row that opens and lists them all with
 * the reasons, in a place of its own that scrolls, since there may be thousands. The list can be copied.
 * It shows only when there are any. */

#include "app/dataset-report-row.h"

#include "config.h"

#include <glib/gi18n.h>

/* Of a file whose path needs one line, and of the place for them all. */
#define FILE_HEIGHT_PX 48
#define MOST_HEIGHT_PX 280

struct _CoterieDatasetReportRow {
  AdwExpanderRow parent_instance;

  CoterieDatasetReport *report; /* or NULL */

  GtkStringList *paths; /* of the view */

  GtkScrolledWindow *scroller; /* borrowed */
};

G_DEFINE_FINAL_TYPE (CoterieDatasetReportRow, coterie_dataset_report_row, ADW_TYPE_EXPANDER_ROW)

static GtkWidget *
add_label (GtkWidget *box)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "xalign", 0.0f, "wrap", TRUE, "wrap-mode",
                                   PANGO_WRAP_WORD_CHAR, NULL);

  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
setup_file (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *reason;

  add_label (box);
  reason = add_label (box);
  gtk_widget_add_css_class (reason, "dim-label");
  gtk_widget_add_css_class (reason, "caption");
  gtk_list_item_set_child (item, box);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_file (GtkSignalListItemFactory *factory, GtkListItem *item, CoterieDatasetReportRow *self)
{
  GtkWidget *path = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  guint file = gtk_list_item_get_position (item);

  gtk_label_set_label (GTK_LABEL (path), coterie_dataset_report_get_path (self->report, file));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (path)),
                       coterie_dataset_report_get_reason (self->report, file));
}

static void
copy_list (CoterieDatasetReportRow *self)
{
  g_autofree char *list = coterie_dataset_report_dup_list (self->report);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), list);
}

static void
add_copy_button (CoterieDatasetReportRow *self)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("edit-copy-symbolic");

  gtk_widget_set_tooltip_text (button, _ ("Copy the List"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Copy the List"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "", -1);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (copy_list), self);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self), button);
}

static void
add_view (CoterieDatasetReportRow *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *selection = gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->paths)));
  GtkWidget *view = gtk_list_view_new (GTK_SELECTION_MODEL (selection), factory);
  GtkWidget *row;

  self->scroller = g_object_new (GTK_TYPE_SCROLLED_WINDOW, "hscrollbar-policy", GTK_POLICY_NEVER,
                                 "child", view, NULL);
  row = g_object_new (GTK_TYPE_LIST_BOX_ROW, "activatable", FALSE, "focusable", FALSE, "child",
                      self->scroller, NULL);

  g_signal_connect (factory, "setup", G_CALLBACK (setup_file), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_file), self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Files Left Out"), -1);
  gtk_widget_add_css_class (view, "left-out");
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
}

static void
coterie_dataset_report_row_finalize (GObject *object)
{
  CoterieDatasetReportRow *self = COTERIE_DATASET_REPORT_ROW (object);

  g_object_unref (self->paths);
  g_clear_pointer (&self->report, coterie_dataset_report_unref);
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
  self->paths = gtk_string_list_new (NULL);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), _ ("Each with its reason"));
  add_copy_button (self);
  add_view (self);
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

static void
list_files (CoterieDatasetReportRow *self, gsize n_files)
{
  guint n_listed = g_list_model_get_n_items (G_LIST_MODEL (self->paths));
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();

  for (gsize i = 0; i < n_files; i++)
    g_ptr_array_add (paths, (char *) coterie_dataset_report_get_path (self->report, i));
  g_ptr_array_add (paths, NULL);
  gtk_string_list_splice (self->paths, 0, n_listed, (const char *const *) paths->pdata);
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
  CoterieDatasetReport *old_report = self->report;

  self->report = report != NULL ? coterie_dataset_report_ref (report) : NULL;
  list_files (self, n_files);
  gtk_scrolled_window_set_min_content_height (self->scroller,
                                              (int) MIN (n_files * FILE_HEIGHT_PX, MOST_HEIGHT_PX));
  g_clear_pointer (&old_report, coterie_dataset_report_unref);
  gtk_widget_set_visible (GTK_WIDGET (self), n_files > 0);
  if (n_files > 0)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
}
