/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saves what the graph view shows as a PNG with a legend: asks where to, draws at once, and writes in
 * a thread. */

#include "app/picture-saver.h"

#include "config.h"

#include <glib/gi18n.h>

/* A saved picture has so many pixels for one on the screen: enough for print. */
#define PICTURE_SCALE 2.0

/* From the question to the answer. Everything is kept alive until then. */
typedef struct {
  GtkWindow *parent;
  CoterieGraphView *view;
  CoterieSession *session;
  CoteriePictureSaved saved;
  cairo_surface_t *surface;
  char *path;
} Picture;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  g_object_unref (picture->parent);
  g_object_unref (picture->view);
  g_object_unref (picture->session);
  g_clear_pointer (&picture->surface, cairo_surface_destroy);
  g_free (picture->path);
  g_free (picture);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

static gboolean
has_suffix (const char *path, const char *suffix)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, suffix);
}

/* Nobody who asks for another kind of picture should get a PNG under its name. */
static gboolean
check_name (const char *path, GError **error)
{
  static const char *const others[] = {".jpg", ".jpeg", ".svg",  ".pdf", ".gif",
                                       ".tif", ".tiff", ".webp", ".bmp", ".eps"};
  g_autofree char *name = g_path_get_basename (path);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (has_suffix (path, others[i])) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   /* Translators: %s is the name of a file */
                   _ ("%s: pictures are saved here as PNG, expected a name that ends in .png. For "
                      "SVG and PDF there is the command “coterie-cli picture”."),
                   name);
      return FALSE;
    }
  return TRUE;
}

/* A name without an ending gets one, unless that is the name of something else. */
static char *
complete_name (const char *path)
{
  g_autofree char *with_ending = g_strconcat (path, ".png", NULL);

  if (has_suffix (path, ".png") || g_file_test (with_ending, G_FILE_TEST_EXISTS))
    return g_strdup (path);
  return g_steal_pointer (&with_ending);
}

static void
write_picture (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Picture *picture = data;
  cairo_status_t status = cairo_surface_write_to_png (picture->surface, picture->path);

  if (status != CAIRO_STATUS_SUCCESS)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", picture->path,
                             cairo_status_to_string (status));
  else
    g_task_return_boolean (task, TRUE);
}

static void
picture_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Picture *picture = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  picture->saved (picture->parent, error);
}

static CoteriePictureLegend *
create_legend (CoterieGraphView *view)
{
  g_autoptr (CoterieSceneLegend) contents =
      coterie_scene_get_legend (coterie_graph_view_get_scene (view), COTERIE_LEGEND_MAX_ROWS);

  return coterie_picture_legend_new (contents);
}

static void
save (Picture *picture, const char *path)
{
  g_autoptr (CoteriePictureLegend) legend = create_legend (picture->view);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, picture_written, NULL);

  picture->path = complete_name (path);
  picture->surface = coterie_graph_view_render_picture (picture->view, PICTURE_SCALE, legend);
  g_task_set_task_data (task, picture, picture_free);
  g_task_run_in_thread (task, write_picture);
}

static void
chooser_response (GtkNativeDialog *chooser, int response, Picture *data)
{
  g_autoptr (Picture) picture = data;
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  g_autoptr (GError) error = NULL;

  /* The recording may have been closed behind the dialog. */
  if (response == GTK_RESPONSE_ACCEPT && path != NULL &&
      coterie_session_get_n_frames (picture->session) > 0) {
    if (check_name (path, &error))
      save (g_steal_pointer (&picture), path);
    else
      picture->saved (picture->parent, error);
  }
  g_object_unref (chooser);
}

static char *
propose_name (CoterieSession *session)
{
  const char *dataset = coterie_session_get_info (session)->dataset.name;
  guint iteration = coterie_session_get_current_frame (session)->iteration;

  if (coterie_session_get_all_layers (session))
    /* Translators: the proposed name of a picture; data set and iteration */
    return g_strdup_printf (_ ("%s, iteration %u, all layers.png"), dataset, iteration);
  /* Translators: the proposed name of a picture; data set, iteration and layer */
  return g_strdup_printf (_ ("%s, iteration %u, layer %u.png"), dataset, iteration,
                          coterie_session_get_layer (session));
}

/**
 * coterie_save_picture:
 * @parent: the window that asks
 * @view: the graph
 * @session: what it shows; must have frames
 * @saved: called when the picture has been written, or could not be; not called when the user
 *   changes his mind
 *
 * Lets the user choose a file and saves what @view shows then, twice as large as on the screen and
 * with a legend.
 */
void
coterie_save_picture (GtkWindow *parent,
                      CoterieGraphView *view,
                      CoterieSession *session,
                      CoteriePictureSaved saved)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Save Picture"), parent, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_autofree char *name = propose_name (session);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  Picture *picture = g_new0 (Picture, 1);

  picture->parent = g_object_ref (parent);
  picture->view = g_object_ref (view);
  picture->session = g_object_ref (session);
  picture->saved = saved;
  gtk_file_filter_set_name (filter, _ ("PNG Pictures"));
  gtk_file_filter_add_suffix (filter, "png");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (chooser_response), picture);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
