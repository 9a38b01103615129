/* SPDX-License-Identifier: GPL-3.0-or-later */

/* coterie-cli picture: the graph of one layer at one iteration of a recording, as a picture (PNG) or
 * as vectors (SVG, PDF), without a display. */

#include "config.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <glib/gi18n.h>
#include <math.h>

#include "cli/command-status.h"
#include "cli/commands.h"
#include "cli/number-text.h"
#include "cli/output-file.h"
#include "core/recording/recording-reader.h"
#include "draw/picture-legend.h"
#include "draw/scene/cairo-renderer.h"
#include "draw/scene/offscreen.h"

#define MIN_SIZE_PX 16
#define MAX_SIZE_PX 16384
#define DEFAULT_WIDTH_PX 1600
#define DEFAULT_HEIGHT_PX 1000

/* At the default size; other sizes enlarge or reduce the same picture. */
#define MARGIN_PX 48.0

typedef enum {
  FORMAT_PNG,
  FORMAT_SVG,
  FORMAT_PDF,
} Format;

/* As they were typed; NULL where the default holds. */
typedef struct {
  char *recording;
  char *output;
  char *iteration;
  char *layer;
  char *width;
  char *height;
  gboolean dark;
  gboolean no_legend;
  gboolean force;
} Options;

typedef struct {
  Format format;
  guint iteration;
  guint layer;
  int width_px;
  int height_px;
} Request;

/* What is drawn. */
typedef struct {
  CoterieScene *scene;
  CoteriePictureLegend *legend; /* NULL for none */
} Picture;

static void
picture_clear (Picture *picture)
{
  g_clear_pointer (&picture->scene, coterie_scene_free);
  g_clear_pointer (&picture->legend, coterie_picture_legend_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Picture, picture_clear)

static void
options_clear (Options *options)
{
  g_free (options->recording);
  g_free (options->output);
  g_free (options->iteration);
  g_free (options->layer);
  g_free (options->width);
  g_free (options->height);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static gboolean
parse_options (Options *options, int argc, char **argv, GError **error)
{
  g_auto (GStrv) recordings = NULL;
  const GOptionEntry entries[] = {
      {"iteration", 'i', 0, G_OPTION_ARG_STRING, &options->iteration,
       N_ ("Which iteration (default: the last one)"), N_ ("NUMBER")},
      {"layer", 'l', 0, G_OPTION_ARG_STRING, &options->layer,
       N_ ("Which hidden layer, from 1 (default: the last one)"), N_ ("NUMBER")},
      {"width", 0, 0, G_OPTION_ARG_STRING, &options->width, N_ ("Width in pixels (default: 1600)"),
       N_ ("NUMBER")},
      {"height", 0, 0, G_OPTION_ARG_STRING, &options->height,
       N_ ("Height in pixels (default: 1000)"), N_ ("NUMBER")},
      {"dark", 0, 0, G_OPTION_ARG_NONE, &options->dark, N_ ("On a dark background"), NULL},
      {"no-legend", 0, 0, G_OPTION_ARG_NONE, &options->no_legend,
       N_ ("Do not say what the colours mean"), NULL},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
       N_ ("Where to write: a name ending in .png, .svg or .pdf; must not exist yet"), N_ ("FILE")},
      {"force", 0, 0, G_OPTION_ARG_NONE, &options->force, COTERIE_OUTPUT_FILE_FORCE, NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &recordings, NULL, N_ ("RECORDING")},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);

  g_option_context_set_summary (
      context, _ ("Draws the graph of one layer at one iteration of a recording."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error))
    return FALSE;

  if (recordings == NULL || g_strv_length (recordings) != 1 || options->output == NULL) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("one recording and --output are needed"));
    return FALSE;
  }
  options->recording = g_strdup (recordings[0]);
  return TRUE;
}

static gboolean
read_number (
    const char *text, const char *option, guint least, guint most, guint *value, GError **error)
{
  if (text == NULL || coterie_number_text_read_uint (text, least, most, value, error))
    return TRUE;
  g_prefix_error (error, "%s: ", option);
  return FALSE;
}

static gboolean
read_format (const char *path, Format *format, GError **error)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  if (g_str_has_suffix (lower, ".png")) {
    *format = FORMAT_PNG;
  } else if (g_str_has_suffix (lower, ".svg")) {
    *format = FORMAT_SVG;
  } else if (g_str_has_suffix (lower, ".pdf")) {
    *format = FORMAT_PDF;
  } else {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("--output: “%s”, expected a name ending in .png, .svg or .pdf"), path);
    return FALSE;
  }
  return TRUE;
}

/* Iteration and layer are G_MAXUINT where the last one is meant. */
static gboolean
read_request (const Options *options, Request *request, GError **error)
{
  guint width_px = DEFAULT_WIDTH_PX;
  guint height_px = DEFAULT_HEIGHT_PX;

  request->iteration = G_MAXUINT;
  request->layer = G_MAXUINT;
  if (!read_format (options->output, &request->format, error) ||
      !read_number (options->iteration, "--iteration", 0, G_MAXINT, &request->iteration, error) ||
      !read_number (options->layer, "--layer", 1, G_MAXINT, &request->layer, error) ||
      !read_number (options->width, "--width", MIN_SIZE_PX, MAX_SIZE_PX, &width_px, error) ||
      !read_number (options->height, "--height", MIN_SIZE_PX, MAX_SIZE_PX, &height_px, error))
    return FALSE;

  request->width_px = (int) width_px;
  request->height_px = (int) height_px;
  return TRUE;
}

static char *
list_iterations (CoterieRecordingReader *reader)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < coterie_recording_reader_get_n_frames (reader); i++)
    g_string_append_printf (list, "%s%u", i > 0 ? ", " : "",
                            coterie_recording_reader_get_iteration (reader, i));
  return g_string_free (list, FALSE);
}

static CoterieFrame *
load_frame (CoterieRecordingReader *reader, const char *path, guint iteration, GError **error)
{
  guint n_frames = coterie_recording_reader_get_n_frames (reader);
  g_autofree char *recorded = NULL;

  if (n_frames == 0) {
    g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL, _ ("%s: no iteration is recorded yet"),
                 path);
    return NULL;
  }
  if (iteration == G_MAXUINT)
    return coterie_recording_reader_load (reader, n_frames - 1, error);

  for (guint i = 0; i < n_frames; i++)
    if (coterie_recording_reader_get_iteration (reader, i) == iteration)
      return coterie_recording_reader_load (reader, i, error);

  recorded = list_iterations (reader);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
               _ ("%s: iteration %u is not recorded, recorded are %s"), path, iteration, recorded);
  return NULL;
}

static const CoterieFrameLayer *
find_layer (const CoterieFrame *frame, const char *path, guint layer, GError **error)
{
  if (layer == G_MAXUINT && frame->n_layers > 0)
    return &frame->layers[frame->n_layers - 1];
  if (layer <= frame->n_layers)
    return &frame->layers[layer - 1];

  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_INVAL,
               _ ("%s: there is no layer %u, the recording has %u hidden layers"), path, layer,
               frame->n_layers);
  return NULL;
}

/* Sizes enlarge the picture, they do not add room around it: a picture of twice the size shows the
 * same with twice the detail. */
static CoterieDrawingView
get_view (const Picture *picture, const Request *request)
{
  double scale = fmin ((double) request->width_px / DEFAULT_WIDTH_PX,
                       (double) request->height_px / DEFAULT_HEIGHT_PX);
  CoterieViewport viewport = {
      .width_px = request->width_px / scale,
      .height_px = request->height_px / scale,
      .margin_px = MARGIN_PX,
  };

  if (picture->legend != NULL)
    viewport.insets = coterie_picture_legend_get_insets (picture->legend, &viewport, scale);
  return (CoterieDrawingView){
      .camera = coterie_camera_fit (coterie_scene_get_bounds (picture->scene), &viewport),
      .width_px = request->width_px,
      .height_px = request->height_px,
      .scale = scale,
  };
}

static cairo_status_t
append_bytes (void *bytes, const unsigned char *data, unsigned int n_data)
{
  g_byte_array_append (bytes, data, n_data);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_legend (const Picture *picture, cairo_t *cr, const CoterieDrawingView *view)
{
  if (picture->legend != NULL)
    coterie_picture_legend_draw (picture->legend, cr, view->width_px, view->height_px, view->scale,
                                 coterie_scene_get_style (picture->scene)->dark);
}

static cairo_status_t
draw_raster (const Picture *picture, const CoterieDrawingView *view, GByteArray *bytes)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (0);
  cairo_surface_t *surface = coterie_scene_render_to_surface (picture->scene, view, pool);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  draw_legend (picture, cr, view);
  status = cairo_status (cr);
  cairo_destroy (cr);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  return status;
}

/* A pixel becomes a point. */
static cairo_status_t
draw_vector (const Picture *picture,
             const CoterieDrawingView *view,
             GByteArray *bytes,
             cairo_surface_t *(*make_surface) (cairo_write_func_t, void *, double, double) )
{
  cairo_surface_t *surface = make_surface (append_bytes, bytes, view->width_px, view->height_px);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  coterie_cairo_renderer_draw_vector (cr, coterie_scene_get_drawing (picture->scene), view);
  draw_legend (picture, cr, view);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
draw_file (const Picture *picture, const Request *request, GByteArray *bytes)
{
  CoterieDrawingView view = get_view (picture, request);

  switch (request->format) {
  case FORMAT_PNG:
    return draw_raster (picture, &view, bytes);
  case FORMAT_SVG:
    return draw_vector (picture, &view, bytes, cairo_svg_surface_create_for_stream);
  case FORMAT_PDF:
    return draw_vector (picture, &view, bytes, cairo_pdf_surface_create_for_stream);
  default:
    g_assert_not_reached ();
  }
}

static gboolean
write_picture (const Picture *picture,
               const Request *request,
               const Options *options,
               GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_status_t status = draw_file (picture, request, bytes);

  if (status == CAIRO_STATUS_SUCCESS)
    return coterie_output_file_write (options->output, options->force, (const char *) bytes->data,
                                      bytes->len, error);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED,
               _ ("%s: the picture of %d × %d pixels cannot be drawn: %s"), options->output,
               request->width_px, request->height_px, cairo_status_to_string (status));
  return FALSE;
}

static CoteriePictureLegend *
create_legend (const CoterieFrameLayer *layer, const CoterieRunInfo *info)
{
  CoterieShownCommunities shown = {
      .analysis = layer->analysis,
      .n_communities = layer->n_communities,
      .communities = layer->communities,
      .identities = layer->identities,
  };

  return coterie_picture_legend_new (&shown, info->dataset.class_names);
}

static CoterieScene *
create_scene (const CoterieFrameLayer *layer, const CoterieRunInfo *info, gboolean dark)
{
  g_autoptr (CoterieSceneGraph) graph = coterie_scene_graph_new_from_layer (layer);
  CoterieSceneStyle style = coterie_scene_style_get_default (dark);
  CoterieScene *scene = coterie_scene_new ();

  coterie_scene_set_class_names (scene, info->dataset.class_names);
  coterie_scene_set_style (scene, &style);
  coterie_scene_set_graphs (scene, graph, NULL);
  return scene;
}

static gboolean
draw_picture (const Options *options, const Request *request, GError **error)
{
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autoptr (CoterieFrame) frame = NULL;
  g_auto (Picture) picture = {0};
  const CoterieFrameLayer *layer;

  if (!coterie_output_file_check (options->output, options->force, error))
    return FALSE;
  reader = coterie_recording_reader_open (options->recording, error);
  if (reader == NULL)
    return FALSE;
  frame = load_frame (reader, options->recording, request->iteration, error);
  if (frame == NULL)
    return FALSE;
  layer = find_layer (frame, options->recording, request->layer, error);
  if (layer == NULL)
    return FALSE;

  picture.scene = create_scene (layer, coterie_recording_reader_get_info (reader), options->dark);
  if (!options->no_legend)
    picture.legend = create_legend (layer, coterie_recording_reader_get_info (reader));
  return write_picture (&picture, request, options, error);
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
  g_auto (Options) options = {0};
  g_autoptr (GError) error = NULL;
  Request request = {0};

  if (!parse_options (&options, argc, argv, &error) || !read_request (&options, &request, &error))
    return coterie_command_misuse (error);
  if (!draw_picture (&options, &request, &error))
    return coterie_command_fail (error);
  return COTERIE_EXIT_DONE;
}
