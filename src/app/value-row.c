/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A row of a list that is there for the values in it. They have the focus, and not the row besides, as in
 * the spin rows that libadwaita has from 1.4 on: one stop of the Tab key less. A range that the row names,
 * such as 2–10000, stays in one line. */

#include "app/value-row.h"

struct _CoterieValueRow {
  AdwActionRow parent_instance;
};

G_DEFINE_FINAL_TYPE (CoterieValueRow, coterie_value_row, ADW_TYPE_ACTION_ROW)

static gboolean
coterie_value_row_focus (GtkWidget *widget, GtkDirectionType direction)
{
  return gtk_widget_child_focus (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (widget)), direction);
}

static gboolean
coterie_value_row_grab_focus (GtkWidget *widget)
{
  GtkWidget *value = adw_action_row_get_activatable_widget (ADW_ACTION_ROW (widget));

  return value != NULL ? gtk_widget_grab_focus (value)
                       : coterie_value_row_focus (widget, GTK_DIR_TAB_FORWARD);
}

/* Lines may be broken after a dash, but for a word joiner. */
static void
keep_ranges_whole (AdwActionRow *row)
{
  const char *subtitle = adw_action_row_get_subtitle (row);
  g_auto (GStrv) parts = g_strsplit (subtitle != NULL ? subtitle : "", "–", -1);
  g_autofree char *text = g_strjoinv ("–\u2060", parts);

  if (subtitle != NULL && strstr (subtitle, "\u2060") == NULL && !g_str_equal (subtitle, text))
    adw_action_row_set_subtitle (row, text);
}

static void
coterie_value_row_class_init (CoterieValueRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->focus = coterie_value_row_focus;
  widget_class->grab_focus = coterie_value_row_grab_focus;
}

static void
coterie_value_row_init (CoterieValueRow *self)
{
  g_signal_connect (self, "notify::subtitle", G_CALLBACK (keep_ranges_whole), NULL);
}
