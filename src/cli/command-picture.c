/* SPDX-License-Identifier: GPL-3.0-or-later */

/* coterie-cli picture: the graph of one layer, or of all side by side, at one iteration of a recording, as a picture (PNG) or
 * as vectors (SVG, PDF), without a display. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/command-status.h"
#include "cli/commands.h"
#include "cli/output-file.h"
#include "cli/picture-options.h"
#include "core/recording/recording-reader.h"
#include "core/report/layer-weights.h"
#include "core/report/run-description.h"
#include "draw/picture/picture-omissions.h"
#include "draw/scene/scene.h"

static char *
list_iterations (CoterieRecordingReader *reader)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < coterie_recording_reader_get_n_frames (reader); i++)
    g_string_append_printf (list, "%s%u", i > 0 ? ", " : "",
                            coterie_recording_reader_get_iteration (reader, i));
  return g_string_free (list, FALSE);
}

/* Which of the frames shows @iteration. */
static gboolean
find_frame (
    CoterieRecordingReader *reader, const char *path, guint iteration, guint *index, GError **error)
{
  guint n_frames = coterie_recording_reader_get_n_frames (reader);
  g_autofree char *recorded = NULL;

  if (n_frames == 0) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _ ("%s: no iteration is recorded yet"),
                 path);
    return FALSE;
  }
  *index = n_frames - 1;
  if (iteration == COTERIE_PICTURE_LAST)
    return TRUE;

  for (*index = 0; *index < n_frames; (*index)++)
    if (coterie_recording_reader_get_iteration (reader, *index) == iteration)
      return TRUE;

  recorded = list_iterations (reader);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
               _ ("%s: iteration %u is not recorded, recorded are %s"), path, iteration, recorded);
  return FALSE;
}

/* The colours of communities follow from all frames up to the one that is drawn. */
static CoterieFrame *
load_frame (CoterieRecordingReader *reader, guint index, CoterieCommunityHues *hues, GError **error)
{
  for (guint i = 0;; i++) {
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, i, error);

    if (frame == NULL)
      return NULL;
    coterie_community_hues_add (hues, frame->layers, frame->n_layers);
    if (i == index)
      return g_steal_pointer (&frame);
  }
}

static const CoterieFrameLayer *
find_layer (const CoterieFrame *frame, const char *path, guint layer, GError **error)
{
  if (layer == COTERIE_PICTURE_LAST && frame->n_layers > 0)
    return &frame->layers[frame->n_layers - 1];
  if (layer <= frame->n_layers)
    return &frame->layers[layer - 1];

  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
               _ ("%s: there is no layer %u, the recording has %u hidden layers"), path, layer,
               frame->n_layers);
  return NULL;
}

/* A class is given by its name, or else by its number. */
static gboolean
find_class (const char *text, const CoterieRunInfo *info, guint *index, GError **error)
{
  for (guint c = 0; c < info->dataset.n_classes; c++)
    if (text == NULL || g_str_equal (text, info->dataset.class_names[c])) {
      *index = c;
      return TRUE;
    }
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
               _ ("--class: “%s”, expected one of the classes from “%s” to “%s”"), text,
               info->dataset.class_names[0],
               info->dataset.class_names[info->dataset.n_classes - 1]);
  return FALSE;
}

/* What is drawn, and what it is called. */
typedef struct {
  CoterieSceneGraph *graph;
  guint layer; /* 0 for all */
  char *title;
} Subject;

static void
subject_clear (Subject *subject)
{
  g_clear_pointer (&subject->graph, coterie_scene_graph_unref);
  g_free (subject->title);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Subject, subject_clear)

static gboolean
take_layer (Subject *subject,
            const CoteriePictureOptions *options,
            const CoterieRunInfo *info,
            const CoterieFrame *frame,
            const CoterieCommunityHues *hues,
            GError **error)
{
  const CoterieFrameLayer *layer = find_layer (frame, options->recording, options->layer, error);

  if (layer == NULL)
    return FALSE;
  subject->graph = coterie_scene_graph_new_from_layer (layer, hues);
  subject->layer = layer->analysis->layer;
  subject->title = coterie_run_info_describe_graph (info, frame->iteration, layer->analysis->layer);
  return TRUE;
}

/* Says whose weights join the layers, if it is not the iteration's own network. */
static gboolean
take_all_layers (Subject *subject,
                 CoterieRecordingReader *reader,
                 const CoterieFrame *frame,
                 const CoterieCommunityHues *hues,
                 GError **error)
{
  const CoterieRunInfo *info = coterie_recording_reader_get_info (reader);
  g_autoptr (CoterieLayerWeights) weights = coterie_layer_weights_load (reader, frame, error);

  if (weights == NULL)
    return FALSE;
  subject->graph = coterie_scene_graph_new_from_layers (
      frame->layers, frame->n_layers, weights->known ? weights->pairs : NULL, hues);
  if (!weights->known)
    subject->title = g_strdup_printf ("%s, iteration %u, all layers; no weights are recorded",
                                      info->dataset.name, frame->iteration);
  else if (weights->iteration != frame->iteration)
    subject->title =
        g_strdup_printf ("%s, iteration %u, all layers; between them weights of iteration %u",
                         info->dataset.name, frame->iteration, weights->iteration);
  else
    subject->title = coterie_run_info_describe_graph (info, frame->iteration, 0);
  if (!weights->known)
    g_printerr (_ ("coterie-cli: no weights are recorded of iteration %u or before: layers are not "
                   "joined\n"),
                frame->iteration);
  else if (weights->iteration != frame->iteration)
    g_printerr (
        _ ("coterie-cli: no weights are recorded of iteration %u: those of iteration %u join "
           "the layers\n"),
        frame->iteration, weights->iteration);
  return TRUE;
}

static CoterieScene *
create_scene (CoterieSceneGraph *graph, const CoterieRunInfo *info, const CoterieSceneStyle *style)
{
  CoterieScene *scene = coterie_scene_new ();

  coterie_scene_set_class_names (scene, info->dataset.class_names);
  coterie_scene_set_style (scene, style);
  coterie_scene_set_graphs (scene, graph, NULL);
  return scene;
}

static CoteriePictureLegend *
create_legend (CoterieScene *scene)
{
  g_autoptr (CoterieSceneLegend) contents =
      coterie_scene_get_legend (scene, COTERIE_LEGEND_MAX_ROWS);

  return coterie_picture_legend_new (contents);
}

static void
tell_omissions (const CoteriePicture *picture)
{
  CoteriePictureOmissions omissions;
  g_autofree char *words = NULL;

  coterie_picture_omissions_find (&omissions, picture);
  words = coterie_picture_omissions_describe (&omissions);
  if (words != NULL)
    /* Translators: %s says what is not in a picture, "no room for the legend" */
    g_printerr (_ ("coterie-cli: %s in a picture of this size\n"), words);
}

/* The file appears complete or not at all, and one that was there before stays until then. */
static gboolean
write_picture (const CoteriePictureOptions *options, const CoteriePicture *picture, GError **error)
{
  const char *const inputs[] = {options->recording, NULL};
  g_autoptr (CoteriePool) pool = coterie_pool_new (0);
  g_autoptr (GByteArray) bytes = coterie_picture_draw (picture, options->format, pool, error);

  if (bytes == NULL) {
    g_prefix_error (error, "%s: ", options->output);
    return FALSE;
  }
  if (!coterie_output_file_write (options->output, options->force, inputs,
                                  (const char *) bytes->data, bytes->len, error))
    return FALSE;
  tell_omissions (picture);
  return TRUE;
}

static gboolean
draw_subject (const CoteriePictureOptions *options,
              const CoterieRunInfo *info,
              const Subject *subject,
              GError **error)
{
  CoterieSceneStyle style = options->style;
  g_autoptr (CoterieScene) scene = NULL;
  g_autoptr (CoteriePictureLegend) legend = NULL;
  g_autofree char *run = coterie_run_info_describe (info, subject->layer);
  g_autofree char *look = NULL;
  g_autofree char *description = NULL;

  if (!find_class (options->activation_class, info, &style.activation_class, error))
    return FALSE;
  look = coterie_scene_style_describe (&style, (const char *const *) info->dataset.class_names);
  description = g_strdup_printf ("%s; drawn with %s", run, look);
  scene = create_scene (subject->graph, info, &style);
  if (options->legend)
    legend = create_legend (scene);
  return write_picture (options,
                        &(CoteriePicture){
                            .drawing = coterie_scene_get_drawing (scene),
                            .bounds = coterie_scene_get_bounds (scene),
                            .legend = legend,
                            .dark = style.dark,
                            .transparent = options->transparent,
                            .size = options->size,
                            .metadata = {.title = subject->title,
                                         .description = description,
                                         .program = "Coterie " VERSION,
                                         .created = info->started},
                        },
                        error);
}

static gboolean
draw_picture (const CoteriePictureOptions *options, GError **error)
{
  const char *const inputs[] = {options->recording, NULL};
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autoptr (CoterieCommunityHues) hues = coterie_community_hues_new ();
  g_autoptr (CoterieFrame) frame = NULL;
  g_auto (Subject) subject = {0};
  guint index;
  const CoterieRunInfo *info;

  if (!coterie_output_file_check (options->output, options->force, inputs, error))
    return FALSE;
  reader = coterie_recording_reader_open (options->recording, error);
  if (reader == NULL)
    return FALSE;
  if (!find_frame (reader, options->recording, options->iteration, &index, error))
    return FALSE;
  frame = load_frame (reader, index, hues, error);
  if (frame == NULL)
    return FALSE;
  info = coterie_recording_reader_get_info (reader);
  if (options->layer == COTERIE_PICTURE_ALL_LAYERS
          ? !take_all_layers (&subject, reader, frame, hues, error)
          : !take_layer (&subject, options, info, frame, hues, error))
    return FALSE;
  return draw_subject (options, info, &subject, error);
}

/**
 * coterie_command_picture:
 * @argc: number of arguments
 * @argv: (array length=argc): the command's name and its options
 *
 * Runs "coterie-cli picture".
 *
 * Returns: the exit status: 0; 1 with a line on standard error if the recording cannot be read, does
 *   not have the iteration or layer, or the picture cannot be written; 2 if an option cannot be used
 */
int
coterie_command_picture (int argc, char **argv)
{
  g_auto (CoteriePictureOptions) options = {0};
  g_autoptr (GError) error = NULL;

  if (!coterie_picture_options_parse (&options, argc, argv, &error))
    return coterie_command_misuse (error);
  if (!draw_picture (&options, &error))
    return coterie_command_fail (error);
  return COTERIE_EXIT_DONE;
}
