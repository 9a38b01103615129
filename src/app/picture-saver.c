/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Saves the graph that a window shows: asks what the picture shall be, then where to, and draws and writes
 * in a thread. What is drawn is what was shown when the picture was asked for, in a scene of its own:
 * neither what happens in the window meanwhile nor the picture's other look disturb each other. */

#include "app/picture-saver.h"

#include "config.h"

#include <glib/gi18n.h>

#include "app/picture-dialog.h"
#include "core/report/run-description.h"
#include "draw/picture/picture-omissions.h"
#include "session/owned-task.h"

/* Threads that draw a picture; the rest of the machine belongs to the training. */
#define MAX_DRAWING_THREADS 4

/* A picture on its way to its file; nothing in it belongs to the main thread. */
typedef struct {
  CoterieScene *scene;
  CoterieDrawingView view; /* of the window */
  gboolean moved;          /* the window shows a part that the user has chosen */
  CoteriePictureChoice choice;
  char *title;
  char *description;
  gint64 started;
  char *path;
  char *left_out; /* once it is drawn; NULL for nothing */
  CoteriePictureSaved saved;
} Picture;

static void
picture_free (gpointer data)
{
  Picture *picture = data;

  coterie_scene_free (picture->scene);
  g_free (picture->title);
  g_free (picture->description);
  g_free (picture->path);
  g_free (picture->left_out);
  g_free (picture);
}

/* From the question to the answer; shared by the dialogs that ask. */
typedef struct {
  GtkWindow *parent;
  Picture *picture; /* until it is on its way */
  char *name;       /* proposed, without an ending */
} Request;

static void
request_clear (gpointer data)
{
  Request *request = data;

  g_object_unref (request->parent);
  g_clear_pointer (&request->picture, picture_free);
  g_free (request->name);
}

static void
request_unref (gpointer request, GClosure *closure)
{
  g_rc_box_release_full (request, request_clear);
}

/* --- drawing and writing, in a thread --- */

static void
apply_choice (Picture *picture)
{
  CoterieSceneStyle style = *coterie_scene_get_style (picture->scene);

  style.dark = picture->choice.background == COTERIE_PICTURE_BACKGROUND_DARK;
  if (!picture->choice.labels)
    style.labels = COTERIE_SCENE_LABELS_NONE;
  coterie_scene_set_style (picture->scene, &style);
}

static CoteriePictureLegend *
create_legend (CoterieScene *scene)
{
  g_autoptr (CoterieSceneLegend) contents =
      coterie_scene_get_legend (scene, COTERIE_LEGEND_MAX_ROWS);

  return coterie_picture_legend_new (contents);
}

static GByteArray *
draw_picture (Picture *picture, GError **error)
{
  const CoteriePictureChoice *choice = &picture->choice;
  CoteriePictureOmissions omissions;
  g_autoptr (CoteriePictureLegend) legend = NULL;
  g_autoptr (CoteriePool) pool =
      coterie_pool_new (CLAMP (g_get_num_processors () / 2, 2, MAX_DRAWING_THREADS));
  CoteriePicture content = {
      .bounds = coterie_scene_get_shown_bounds (picture->scene),
      .seen = picture->moved && !choice->whole_graph ? &picture->view : NULL,
      .dark = choice->background == COTERIE_PICTURE_BACKGROUND_DARK,
      .transparent = choice->background == COTERIE_PICTURE_BACKGROUND_TRANSPARENT,
      .metadata = {.title = picture->title,
                   .description = picture->description,
                   .program = "Coterie " VERSION,
                   .created = picture->started},
  };

  if (!coterie_picture_choice_get_size (choice, picture->view.width_px, picture->view.height_px,
                                        &content.size, error))
    return NULL;
  apply_choice (picture);
  if (choice->legend)
    legend = create_legend (picture->scene);
  content.legend = legend;
  content.drawing = coterie_scene_get_drawing (picture->scene);
  coterie_picture_omissions_find (&omissions, &content);
  picture->left_out = coterie_picture_omissions_describe (&omissions);
  return coterie_picture_draw (&content, choice->format, pool, error);
}

/* The file appears complete or not at all, and one that was there before stays until then. */
static gboolean
write_file (const char *path, const GByteArray *bytes, GError **error)
{
  return g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, error);
}

static void
save_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Picture *picture = data;
  GError *error = NULL;
  g_autoptr (GByteArray) bytes = draw_picture (picture, &error);

  if (bytes != NULL && write_file (picture->path, bytes, &error)) {
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_prefix_error (&error, "%s: ", picture->path);
  g_task_return_error (task, error);
}

static void
picture_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Picture *picture = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  picture->saved (GTK_WINDOW (source), picture->left_out, error);
}

/* --- where to --- */

/* A name without an ending gets one, unless that is the name of something else. One that ends as
 * another kind of picture is taken at its word. */
static char *
complete_name (const char *path, CoteriePictureFormat *format)
{
  g_autofree char *with_ending =
      g_strconcat (path, coterie_picture_format_get_suffix (*format), NULL);

  if (coterie_picture_format_from_name (path, format) ||
      g_file_test (with_ending, G_FILE_TEST_EXISTS))
    return g_strdup (path);
  return g_steal_pointer (&with_ending);
}

static void
save (Request *request, const char *path)
{
  Picture *picture = g_steal_pointer (&request->picture);
  g_autoptr (GTask) task = coterie_owned_task_new (request->parent, NULL, picture_written, NULL);

  picture->path = complete_name (path, &picture->choice.format);
  g_task_set_task_data (task, picture, picture_free);
  g_task_run_in_thread (task, save_in_thread);
}

static void
refuse_place (Request *request, GFile *file)
{
  g_autofree char *uri = g_file_get_uri (file);
  g_autoptr (GError) error =
      g_error_new (G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   /* Translators: %s is the address of a file */
                   _ ("%s: pictures are saved in folders of this computer only"), uri);

  request->picture->saved (request->parent, NULL, error);
}

static void
place_chosen (GtkNativeDialog *chooser, int response, Request *request)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  GtkWindow *dialog = gtk_native_dialog_get_transient_for (chooser);

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && request->picture != NULL) {
    if (g_file_peek_path (file) != NULL)
      save (request, g_file_peek_path (file));
    else
      refuse_place (request, file);
    if (dialog != NULL)
      gtk_window_close (dialog);
  }
  g_object_unref (chooser);
}

static GtkFileFilter *
create_filter (CoteriePictureFormat format)
{
  static const char *const names[COTERIE_N_PICTURE_FORMATS] = {
      [COTERIE_PICTURE_PNG] = N_ ("PNG Pictures"),
      [COTERIE_PICTURE_SVG] = N_ ("SVG Pictures"),
      [COTERIE_PICTURE_PDF] = N_ ("PDF Documents"),
  };
  GtkFileFilter *filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ (names[format]));
  gtk_file_filter_add_suffix (filter, coterie_picture_format_get_suffix (format) + 1);
  return filter;
}

/* Who changes his mind here comes back to the dialog. */
static void
ask_for_place (CoteriePictureDialog *dialog, Request *request)
{
  CoteriePictureChoice choice = coterie_picture_dialog_get_choice (dialog);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Save Picture"), GTK_WINDOW (dialog), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_autoptr (GtkFileFilter) filter = create_filter (choice.format);
  g_autofree char *name =
      g_strconcat (request->name, coterie_picture_format_get_suffix (choice.format), NULL);

  request->picture->choice = choice;
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), filter);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_data (chooser, "response", G_CALLBACK (place_chosen), g_rc_box_acquire (request),
                         request_unref, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* --- what --- */

/* Which layer is shown, 0 for all. */
static guint
get_layer (CoterieSession *session)
{
  return coterie_session_get_all_layers (session) ? 0 : coterie_session_get_layer (session);
}

static char *
propose_name (const CoterieRunInfo *info, guint iteration, guint layer)
{
  if (layer == 0)
    /* Translators: the proposed name of a picture; data set and iteration */
    return g_strdup_printf (_ ("%s, iteration %u, all layers"), info->dataset.name, iteration);
  /* Translators: the proposed name of a picture; data set, iteration and layer */
  return g_strdup_printf (_ ("%s, iteration %u, layer %u"), info->dataset.name, iteration, layer);
}

static Picture *
picture_new (CoterieGraphView *view, CoterieSession *session, CoteriePictureSaved saved)
{
  const CoterieRunInfo *info = coterie_session_get_info (session);
  Picture *picture = g_new0 (Picture, 1);
  g_autofree char *run = NULL;
  g_autofree char *look = NULL;

  picture->scene = coterie_scene_copy (coterie_graph_view_get_scene (view));
  picture->moved = coterie_graph_view_get_view (view, &picture->view);
  picture->title = coterie_run_info_describe_graph (
      info, coterie_session_get_current_frame (session)->iteration, get_layer (session));
  run = coterie_run_info_describe (info, get_layer (session));
  look = coterie_scene_style_describe (coterie_scene_get_style (picture->scene),
                                       info->dataset.class_names);
  picture->description = g_strdup_printf ("%s; drawn with %s", run, look);
  picture->started = info->started;
  picture->saved = saved;
  return picture;
}

/**
 * coterie_save_picture:
 * @parent: the window that asks
 * @view: the graph
 * @session: what it shows; must have frames
 * @saved: called when the picture has been written, or could not be; not called when the user
 *   changes his mind
 *
 * Lets the user choose what a picture of what @view shows now shall be, and a file, and saves it.
 */
void
coterie_save_picture (GtkWindow *parent,
                      CoterieGraphView *view,
                      CoterieSession *session,
                      CoteriePictureSaved saved)
{
  Request *request = g_rc_box_new0 (Request);
  CoterieScene *scene = coterie_graph_view_get_scene (view);
  CoteriePictureDialog *dialog = coterie_picture_dialog_new (
      parent, gtk_widget_get_width (GTK_WIDGET (view)), gtk_widget_get_height (GTK_WIDGET (view)),
      coterie_scene_get_style (scene)->labels != COTERIE_SCENE_LABELS_NONE);

  request->parent = g_object_ref (parent);
  request->picture = picture_new (view, session, saved);
  request->name =
      propose_name (coterie_session_get_info (session),
                    coterie_session_get_current_frame (session)->iteration, get_layer (session));
  g_signal_connect_data (dialog, "save", G_CALLBACK (ask_for_place), request, request_unref, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
