/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Downloads a known data set: a button that asks first, saying how large it is and under which licence,
 * then how far it has come, and a button that cancels. When it has failed the first button tries again,
 * without asking. Emits
 *
 *   "started"
 *   "progressed"  with what has come, in words
 *   "ended"       with the path of the data set, or with the error, or, if cancelled, with neither
 *
 * The first button is not to be focused: what it is about has the focus, and activates it.
 */

#include "app/dataset-fetcher.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "session/dataset-download.h"

#define BAR_WIDTH_PX 100
#define SPACING_PX 6 /* as between what else is in a row */

struct _CoterieDatasetFetcher {
  GtkBox parent_instance;

  GCancellable *downloading; /* or %NULL */
  gboolean failed;           /* the last time */

  const CoterieKnownSet *set;
  GtkWidget *download_button;
  GtkWidget *progress_bar;
  GtkWidget *cancel_button;
};

enum { SIGNAL_STARTED, SIGNAL_PROGRESSED, SIGNAL_ENDED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CoterieDatasetFetcher, coterie_dataset_fetcher, GTK_TYPE_BOX)

static void
set_downloading (CoterieDatasetFetcher *self, GCancellable *downloading)
{
  gboolean running = downloading != NULL;

  g_set_object (&self->downloading, downloading);
  gtk_widget_set_visible (self->download_button, !running);
  gtk_widget_set_visible (self->progress_bar, running);
  gtk_widget_set_visible (self->cancel_button, running);
}

/* What has no name of its own is called as what it is about. */
static void
set_failed (CoterieDatasetFetcher *self, gboolean failed)
{
  g_autofree char *name =
      g_strdup_printf (failed ? _ ("Retry Download of %s") : _ ("Download %s"), self->set->name);

  self->failed = failed;
  gtk_button_set_label (GTK_BUTTON (self->download_button), failed ? _ ("Retry") : _ ("Download…"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->download_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
downloaded_some (guint64 n_done, guint64 n_total, gpointer data)
{
  CoterieDatasetFetcher *self = data;
  g_autofree char *done = g_format_size (n_done);
  g_autofree char *total = g_format_size (n_total);
  g_autofree char *progress = g_strdup_printf (_ ("%s of %s"), done, total);

  if (self->downloading == NULL)
    return;
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress_bar),
                                 (double) n_done / (double) MAX (n_total, 1));
  g_signal_emit (self, signals[SIGNAL_PROGRESSED], 0, progress);
}

static void
downloaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (CoterieDatasetFetcher) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = coterie_dataset_download_finish (result, &error);

  set_downloading (self, NULL);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_clear_error (&error);
  set_failed (self, error != NULL);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0, path, error);
}

static void
begin (CoterieDatasetFetcher *self)
{
  g_autoptr (GCancellable) downloading = g_cancellable_new ();

  if (self->downloading != NULL)
    return;
  set_downloading (self, downloading);
  coterie_dataset_download_async (self->set, downloaded_some, self, downloading, downloaded,
                                  g_object_ref (self));
  g_signal_emit (self, signals[SIGNAL_STARTED], 0);
}

static void
download_response (AdwMessageDialog *dialog, const char *response, CoterieDatasetFetcher *self)
{
  if (g_str_equal (response, "download"))
    begin (self);
}

/* A name with a hyphen stays in one line: "Fashion-MNIST". */
static char *
keep_whole (const char *name)
{
  g_auto (GStrv) parts = g_strsplit (name, "-", -1);

  return g_strjoinv ("-\u2060", parts);
}

static char *
dup_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return g_strdup (uri != NULL ? g_uri_get_host (uri) : address);
}

/* All that may be asked, in that order. */
static char *
list_hosts (const CoterieKnownSet *set)
{
  const char *const *addresses = set->files[0].addresses;
  g_autofree char *first = dup_host (addresses[0]);
  g_autoptr (GString) others = g_string_new (NULL);

  for (guint i = 1; addresses[i] != NULL; i++) {
    g_autofree char *host = dup_host (addresses[i]);

    /* Translators: between the names of two servers, either of which will do */
    g_string_append_printf (others, i > 1 ? _ (" or %s") : "%s", host);
  }
  if (others->len == 0)
    return g_steal_pointer (&first);
  /* Translators: names of servers */
  return g_strdup_printf (_ ("%s (if that fails, from %s)"), first, others->str);
}

/* All of it, or what is still to come; all of it too where everything is there, but damaged. */
static char *
describe_size (const CoterieKnownSet *set)
{
  guint64 n_bytes = coterie_known_set_get_size (set);
  guint64 n_kept = coterie_known_set_count_kept (set);
  g_autofree char *size = g_format_size (n_bytes);
  g_autofree char *rest = g_format_size (n_bytes - n_kept);

  /* Translators: what is still to come: "The remaining 23.0 MB of 30.9 MB" */
  return n_kept > 0 && n_kept < n_bytes ? g_strdup_printf (_ ("The remaining %s of %s"), rest, size)
                                        : g_steal_pointer (&size);
}

static void
ask_to_download (CoterieDatasetFetcher *self)
{
  const CoterieKnownSet *set = self->set;
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  g_autofree char *name = keep_whole (set->name);
  g_autofree char *heading = g_strdup_printf (_ ("Download %s?"), name);
  g_autofree char *size = describe_size (set);
  g_autofree char *folder = coterie_known_set_dup_folder (set);
  g_autofree char *hosts = list_hosts (set);
  g_autofree char *body =
      /* Translators: the size, the servers, the licence, and the folder */
      g_strdup_printf (_ ("%s to download from %s.\nLicence: %s\nIt will be kept in %s."), size,
                       hosts, _ (set->licence), folder);
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "download", _ ("_Download"),
                                    NULL);
  adw_message_dialog_set_response_appearance (message, "download", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (message, "download");
  g_signal_connect_object (dialog, "response", G_CALLBACK (download_response), self,
                           G_CONNECT_DEFAULT);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
download_clicked (CoterieDatasetFetcher *self)
{
  if (self->failed)
    begin (self);
  else
    ask_to_download (self);
}

static void
cancel_download (CoterieDatasetFetcher *self)
{
  g_cancellable_cancel (self->downloading);
}

/* What has no name of its own is called as what it is about. */
static GtkWidget *
add_widget (CoterieDatasetFetcher *self, GtkWidget *widget, const char *name)
{
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (self), widget);
  return widget;
}

static void
coterie_dataset_fetcher_dispose (GObject *object)
{
  g_clear_object (&COTERIE_DATASET_FETCHER (object)->downloading);
  G_OBJECT_CLASS (coterie_dataset_fetcher_parent_class)->dispose (object);
}

/* A download goes on as long as the window does. */
static void
coterie_dataset_fetcher_unroot (GtkWidget *widget)
{
  cancel_download (COTERIE_DATASET_FETCHER (widget));
  GTK_WIDGET_CLASS (coterie_dataset_fetcher_parent_class)->unroot (widget);
}

static void
coterie_dataset_fetcher_class_init (CoterieDatasetFetcherClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_dataset_fetcher_dispose;
  GTK_WIDGET_CLASS (klass)->unroot = coterie_dataset_fetcher_unroot;
  signals[SIGNAL_STARTED] =
      g_signal_new ("started", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROGRESSED] = g_signal_new ("progressed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                             NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_ENDED] = g_signal_new ("ended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_ERROR);
}

static void
coterie_dataset_fetcher_init (CoterieDatasetFetcher *self)
{
  gtk_box_set_spacing (GTK_BOX (self), SPACING_PX);
}

/**
 * coterie_dataset_fetcher_new:
 * @set: one that can be downloaded
 *
 * Returns: (transfer floating): what downloads it, when the user has said so
 */
CoterieDatasetFetcher *
coterie_dataset_fetcher_new (const CoterieKnownSet *set)
{
  CoterieDatasetFetcher *self = g_object_new (COTERIE_TYPE_DATASET_FETCHER, NULL);
  g_autofree char *download = g_strdup_printf (_ ("Download %s"), set->name);
  g_autofree char *cancel = g_strdup_printf (_ ("Cancel Download of %s"), set->name);

  self->set = set;
  self->download_button = add_widget (self, gtk_button_new_with_label (_ ("Download…")), download);
  self->progress_bar = add_widget (self, gtk_progress_bar_new (), download);
  self->cancel_button = add_widget (self, gtk_button_new_with_label (_ ("Cancel")), cancel);
  gtk_widget_set_can_focus (self->download_button, FALSE);
  gtk_widget_set_size_request (self->progress_bar, BAR_WIDTH_PX, -1);
  g_signal_connect_swapped (self->download_button, "clicked", G_CALLBACK (download_clicked), self);
  g_signal_connect_swapped (self->cancel_button, "clicked", G_CALLBACK (cancel_download), self);
  set_downloading (self, NULL);
  return self;
}

/**
 * coterie_dataset_fetcher_is_running:
 * @self: the fetcher
 *
 * Returns: whether it is downloading
 */
gboolean
coterie_dataset_fetcher_is_running (CoterieDatasetFetcher *self)
{
  return self->downloading != NULL;
}

/**
 * coterie_dataset_fetcher_get_start:
 * @self: the fetcher
 *
 * Returns: (transfer none) (nullable): what begins a download when it is activated; %NULL while there
 *   is one
 */
GtkWidget *
coterie_dataset_fetcher_get_start (CoterieDatasetFetcher *self)
{
  return self->downloading == NULL ? self->download_button : NULL;
}
