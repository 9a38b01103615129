/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window shows while nothing is open: three ways to begin, and what was open lately. Where the
 * window is low, the page does without its picture, so that one sees that there is more below. */

#include "app/welcome-page.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "app/widget-tree.h"
#include "core/recording/recording.h"

#define MAX_RECENT 5
#define LOW_PX 640 /* in less, the page ends with the buttons */

struct _CoterieWelcomePage {
  GtkWidget parent_instance;

  AdwStatusPage *status_page;
  GtkWidget *recent_group;
  GtkListBox *recent_list;

  GtkRecentManager *recent_manager;
  guint shape_source;
};

G_DEFINE_FINAL_TYPE (CoterieWelcomePage, coterie_welcome_page, GTK_TYPE_WIDGET)

static gboolean
update_shape (gpointer data)
{
  CoterieWelcomePage *self = data;
  GtkWidget *page = GTK_WIDGET (self->status_page);
  gboolean low = gtk_widget_get_height (GTK_WIDGET (self)) < LOW_PX;
  gboolean has_recent = gtk_widget_get_visible (self->recent_group);

  self->shape_source = 0;
  if (low)
    gtk_widget_add_css_class (page, "compact");
  else
    gtk_widget_remove_css_class (page, "compact");
  adw_status_page_set_icon_name (self->status_page, low && has_recent ? NULL : APPLICATION_ID);
  return G_SOURCE_REMOVE;
}

/* Not while sizes are being given out, but before the next picture. */
static void
queue_shape (CoterieWelcomePage *self)
{
  if (self->shape_source == 0)
    self->shape_source = g_idle_add_full (GDK_PRIORITY_REDRAW - 10, update_shape, self, NULL);
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  GDateTime *left = gtk_recent_info_get_visited ((GtkRecentInfo *) a);
  GDateTime *right = gtk_recent_info_get_visited ((GtkRecentInfo *) b);

  return g_date_time_compare (right, left);
}

static gboolean
is_recording (GtkRecentInfo *info)
{
  return g_strcmp0 (gtk_recent_info_get_mime_type (info), COTERIE_RECORDING_MIME_TYPE) == 0 &&
         gtk_recent_info_has_application (info, PACKAGE_NAME) && gtk_recent_info_is_local (info) &&
         gtk_recent_info_exists (info);
}

static GtkWidget *
create_recent_row (GtkRecentInfo *info)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = g_strdup (gtk_recent_info_get_display_name (info));
  g_autoptr (GDateTime) visited = g_date_time_to_local (gtk_recent_info_get_visited (info));
  /* Translators: when a recording was open last, for example "21 Nov 2026, 14:05" */
  g_autofree char *when = g_date_time_format (visited, _ ("%-d %b %Y, %H:%M"));

  if (g_str_has_suffix (name, COTERIE_RECORDING_SUFFIX))
    name[strlen (name) - strlen (COTERIE_RECORDING_SUFFIX)] = '\0';

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), when);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", gtk_recent_info_get_uri (info));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-recent");
  return row;
}

static void
update_recent (CoterieWelcomePage *self)
{
  GList *items = gtk_recent_manager_get_items (self->recent_manager);
  GtkWidget *row;
  guint n_shown = 0;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list))) != NULL)
    gtk_list_box_remove (self->recent_list, row);

  items = g_list_sort (items, compare_newest_first);
  for (GList *link = items; link != NULL && n_shown < MAX_RECENT; link = link->next)
    if (is_recording (link->data)) {
      gtk_list_box_append (self->recent_list, create_recent_row (link->data));
      n_shown++;
    }
  g_list_free_full (items, (GDestroyNotify) gtk_recent_info_unref);
  gtk_widget_set_visible (self->recent_group, n_shown > 0);
  queue_shape (self);
}

static GtkSizeRequestMode
coterie_welcome_page_get_request_mode (GtkWidget *widget)
{
  return gtk_widget_get_request_mode (gtk_widget_get_first_child (widget));
}

static void
coterie_welcome_page_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural,
                      minimum_baseline, natural_baseline);
}

static void
coterie_welcome_page_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  queue_shape (COTERIE_WELCOME_PAGE (widget));
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
}

static void
coterie_welcome_page_dispose (GObject *object)
{
  CoterieWelcomePage *self = COTERIE_WELCOME_PAGE (object);

  if (self->recent_manager != NULL)
    g_signal_handlers_disconnect_by_data (self->recent_manager, self);
  self->recent_manager = NULL;
  g_clear_handle_id (&self->shape_source, g_source_remove);
  coterie_widget_unparent_children (GTK_WIDGET (self));
  G_OBJECT_CLASS (coterie_welcome_page_parent_class)->dispose (object);
}

static void
coterie_welcome_page_class_init (CoterieWelcomePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_welcome_page_dispose;
  widget_class->get_request_mode = coterie_welcome_page_get_request_mode;
  widget_class->measure = coterie_welcome_page_measure;
  widget_class->size_allocate = coterie_welcome_page_size_allocate;
  gtk_widget_class_set_template_from_resource (widget_class, RESOURCE_PREFIX "/ui/welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieWelcomePage, status_page);
  gtk_widget_class_bind_template_child (widget_class, CoterieWelcomePage, recent_group);
  gtk_widget_class_bind_template_child (widget_class, CoterieWelcomePage, recent_list);
}

static void
coterie_welcome_page_init (CoterieWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->recent_manager = gtk_recent_manager_get_default ();
  g_signal_connect_swapped (self->recent_manager, "changed", G_CALLBACK (update_recent), self);
  update_recent (self);
}
