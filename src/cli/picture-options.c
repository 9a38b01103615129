/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The options of "coterie-cli picture": what is drawn, how large, and how it looks. */

#include "cli/picture-options.h"

#include "config.h"

#include <glib/gi18n.h>

#include "cli/number-text.h"
#include "cli/output-file.h"

#define DEFAULT_WIDTH_PX 1600.0
#define USUAL_PROPORTION 1.6
#define DEFAULT_DPI 300.0
#define MIN_DPI 36.0
#define MAX_DPI 2400.0

/* As they were typed; NULL where the default holds. */
typedef struct {
  char *iteration;
  char *layer;
  char *width;
  char *height;
  char *dpi;
  char *color_by;
  char *size_by;
  char *labels;
  char *within_edges;
  char *across_edges;
  char *least_weight;
  gboolean dark;
  gboolean transparent;
  gboolean no_legend;
  gboolean no_areas;
  gboolean no_shapes;
  gboolean straight;
} Typed;

static void
typed_clear (Typed *typed)
{
  g_free (typed->iteration);
  g_free (typed->layer);
  g_free (typed->width);
  g_free (typed->height);
  g_free (typed->dpi);
  g_free (typed->color_by);
  g_free (typed->size_by);
  g_free (typed->labels);
  g_free (typed->within_edges);
  g_free (typed->across_edges);
  g_free (typed->least_weight);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Typed, typed_clear)

static char *
list_columns (void)
{
  GString *list = g_string_new (NULL);
  guint n_columns;
  const CoterieColumn *columns = coterie_column_list (&n_columns);

  for (guint i = 0; i < n_columns; i++)
    g_string_append_printf (list, "  %-16s %5.1f mm  %s\n", columns[i].name, columns[i].width_mm,
                            _ (columns[i].title));
  return g_string_free (list, FALSE);
}

static gboolean
take_words (CoteriePictureOptions *options, Typed *typed, int argc, char **argv, GError **error)
{
  g_auto (GStrv) recordings = NULL;
  const GOptionEntry entries[] = {
      {"iteration", 'i', 0, G_OPTION_ARG_STRING, &typed->iteration,
       N_ ("Which iteration (default: the last one)"), N_ ("NUMBER")},
      {"layer", 'l', 0, G_OPTION_ARG_STRING, &typed->layer,
       N_ ("Which hidden layer, from 1 (default: the last one); or “all” side by side"),
       N_ ("NUMBER")},
      {"width", 0, 0, G_OPTION_ARG_STRING, &typed->width,
       N_ ("Width in pixels, as 1600 (default); on paper, as 89mm or 3.5in; or a column, see "
           "below"),
       N_ ("LENGTH")},
      {"height", 0, 0, G_OPTION_ARG_STRING, &typed->height,
       N_ ("Height, likewise (default: 5/8 of the width)"), N_ ("LENGTH")},
      {"dpi", 0, 0, G_OPTION_ARG_STRING, &typed->dpi,
       N_ ("Pixels an inch of a PNG with a size on paper (default: 300)"), N_ ("NUMBER")},
      {"dark", 0, 0, G_OPTION_ARG_NONE, &typed->dark, N_ ("On a dark background"), NULL},
      {"transparent", 0, 0, G_OPTION_ARG_NONE, &typed->transparent, N_ ("Without a background"),
       NULL},
      {"no-legend", 0, 0, G_OPTION_ARG_NONE, &typed->no_legend,
       N_ ("Do not say what the colours mean"), NULL},
      {"color-by", 0, 0, G_OPTION_ARG_STRING, &typed->color_by,
       N_ ("What colours mean: community (default), class (default for all layers), layer, "
           "entropy, "
           "strength, activation"),
       N_ ("WHAT")},
      {"class", 0, 0, G_OPTION_ARG_STRING, &options->activation_class,
       N_ ("The class whose activation is shown, by name (default: the first)"), N_ ("NAME")},
      {"size-by", 0, 0, G_OPTION_ARG_STRING, &typed->size_by,
       N_ ("What sizes mean: strength (default), degree, entropy, activation, constant"),
       N_ ("WHAT")},
      {"labels", 0, 0, G_OPTION_ARG_STRING, &typed->labels,
       N_ ("What is written: communities (default), classes, none"), N_ ("WHAT")},
      {"within-edges", 0, 0, G_OPTION_ARG_STRING, &typed->within_edges,
       N_ ("Opacity of the edges within communities, 0 to 1 (default: 1)"), N_ ("NUMBER")},
      {"across-edges", 0, 0, G_OPTION_ARG_STRING, &typed->across_edges,
       N_ ("Opacity of the edges between communities, 0 to 1 (default: 1)"), N_ ("NUMBER")},
      {"least-weight", 0, 0, G_OPTION_ARG_STRING, &typed->least_weight,
       N_ ("Leave out edges that weigh less than this fraction of the heaviest (default: 0)"),
       N_ ("NUMBER")},
      {"straight", 0, 0, G_OPTION_ARG_NONE, &typed->straight, N_ ("Do not bend the edges"), NULL},
      {"no-areas", 0, 0, G_OPTION_ARG_NONE, &typed->no_areas,
       N_ ("No soft areas behind the communities"), NULL},
      {"no-shapes", 0, 0, G_OPTION_ARG_NONE, &typed->no_shapes,
       N_ ("Discs alone, also when colours run out"), NULL},
      {"output", 'o', 0, G_OPTION_ARG_FILENAME, &options->output,
       N_ ("Where to write: a name ending in .png, .svg or .pdf; must not exist yet"), N_ ("FILE")},
      {"force", 0, 0, G_OPTION_ARG_NONE, &options->force, COTERIE_OUTPUT_FILE_FORCE, NULL},
      {G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &recordings, NULL, N_ ("RECORDING")},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree char *columns = list_columns ();
  g_autofree char *description = g_strconcat (_ ("Columns:"), "\n", columns, NULL);

  g_option_context_set_summary (
      context, _ ("Draws the graph of one layer, or of all, at one iteration of a recording."));
  g_option_context_set_description (context, description);
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
read_real (
    const char *text, const char *option, double least, double most, double *value, GError **error)
{
  if (text == NULL || coterie_number_text_read_real (text, least, most, value, error))
    return TRUE;
  g_prefix_error (error, "%s: ", option);
  return FALSE;
}

/* One sentence says all that is wrong with a length. */
static gboolean
refuse_length (const char *option, const char *text, GError **error)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("%s: “%s”, expected a length such as 1600, 89mm or 3.5in that comes to %d to %d "
                  "pixels, or the name of a column"),
               option, text, COTERIE_PICTURE_MIN_PX, COTERIE_PICTURE_MAX_PX);
  return FALSE;
}

static gboolean
read_length (
    const char *text, const char *option, double dpi, CoterieLength *length, GError **error)
{
  double pixels;

  if (text == NULL)
    return TRUE;
  if (!coterie_length_parse (text, length, NULL))
    return refuse_length (option, text, error);
  pixels = coterie_length_to_pixels (*length, dpi);
  return (pixels >= COTERIE_PICTURE_MIN_PX && pixels <= COTERIE_PICTURE_MAX_PX) ||
         refuse_length (option, text, error);
}

static gboolean
refuse_useless (const char *option, const char *needed, GError **error)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: an option, and what it is of no use without */
               _ ("%s: it says nothing without %s"), option, needed);
  return FALSE;
}

static gboolean
read_size (CoteriePictureOptions *options, const Typed *typed, GError **error)
{
  CoterieLength width = {DEFAULT_WIDTH_PX, COTERIE_LENGTH_PX};
  CoterieLength height = {0.0, COTERIE_LENGTH_PX};
  double dpi = DEFAULT_DPI;

  if (!read_real (typed->dpi, "--dpi", MIN_DPI, MAX_DPI, &dpi, error))
    return FALSE;
  if (coterie_picture_format_is_vector (options->format))
    dpi = COTERIE_POINTS_PER_INCH;
  if (!read_length (typed->width, "--width", dpi, &width, error) ||
      !read_length (typed->height, "--height", dpi, &height, error))
    return FALSE;
  if (typed->width == NULL && height.unit == COTERIE_LENGTH_MM)
    width = (CoterieLength){height.value * USUAL_PROPORTION, COTERIE_LENGTH_MM};
  if (typed->dpi != NULL && width.unit == COTERIE_LENGTH_PX)
    return refuse_useless ("--dpi", _ ("a width on paper, such as --width 89mm"), error);
  if (coterie_picture_size_compute (width, height, dpi, &options->size, error))
    return TRUE;
  g_prefix_error (error, "--width, --height: ");
  return FALSE;
}

static gboolean
refuse_word (const char *option, const char *text, const char *expected, GError **error)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               /* Translators: an option, what was given, and the words that it takes */
               _ ("%s: “%s”, expected %s"), option, text, expected);
  return FALSE;
}

static gboolean
read_style (CoteriePictureOptions *options, const Typed *typed, GError **error)
{
  CoterieSceneStyle *style = &options->style;

  *style = coterie_scene_style_get_default (typed->dark);
  style->color_by =
      coterie_scene_color_by_get_default (options->layer == COTERIE_PICTURE_ALL_LAYERS);
  if (typed->color_by != NULL &&
      !coterie_scene_color_by_from_string (typed->color_by, &style->color_by))
    return refuse_word ("--color-by", typed->color_by,
                        "community, class, layer, entropy, strength, activation", error);
  if (typed->size_by != NULL &&
      !coterie_scene_size_by_from_string (typed->size_by, &style->size_by))
    return refuse_word ("--size-by", typed->size_by,
                        "strength, degree, entropy, activation, constant", error);
  if (typed->labels != NULL && !coterie_scene_labels_from_string (typed->labels, &style->labels))
    return refuse_word ("--labels", typed->labels, "communities, classes, none", error);
  if (options->activation_class != NULL && style->color_by != COTERIE_SCENE_COLOR_ACTIVATION)
    return refuse_useless ("--class", "--color-by activation", error);

  style->curved = !typed->straight;
  style->hulls = !typed->no_areas;
  style->shapes = !typed->no_shapes;
  return read_real (typed->within_edges, "--within-edges", 0.0, 1.0, &style->within_edges_frac,
                    error) &&
         read_real (typed->across_edges, "--across-edges", 0.0, 1.0, &style->across_edges_frac,
                    error) &&
         read_real (typed->least_weight, "--least-weight", 0.0, 1.0, &style->edge_threshold_frac,
                    error);
}

static gboolean
read_layer (const char *text, guint *layer, GError **error)
{
  if (g_strcmp0 (text, "all") == 0) {
    *layer = COTERIE_PICTURE_ALL_LAYERS;
    return TRUE;
  }
  if (text == NULL || coterie_number_text_read_uint (text, 1, G_MAXINT, layer, NULL))
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("--layer: “%s”, expected a whole number from 1 on, or “all”"), text);
  return FALSE;
}

static gboolean
read_values (CoteriePictureOptions *options, const Typed *typed, GError **error)
{
  options->iteration = COTERIE_PICTURE_LAST;
  options->layer = COTERIE_PICTURE_LAST;
  options->transparent = typed->transparent;
  options->legend = !typed->no_legend;
  if (!coterie_picture_format_from_name (options->output, &options->format)) {
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("--output: “%s”, expected a name ending in .png, .svg or .pdf"),
                 options->output);
    return FALSE;
  }
  return read_number (typed->iteration, "--iteration", 0, G_MAXINT, &options->iteration, error) &&
         read_layer (typed->layer, &options->layer, error) && read_size (options, typed, error) &&
         read_style (options, typed, error);
}

/**
 * coterie_picture_options_parse:
 * @options: (out): what was asked for; to be cleared also after a failure; zeroed before
 * @argc: number of arguments
 * @argv: (array length=argc): the command's name and its options
 * @error: return location
 *
 * Errors: #GOptionError for what cannot be used, and #CoteriePictureSizeError for sizes, both naming
 * the option.
 *
 * Returns: whether it can be done
 */
gboolean
coterie_picture_options_parse (CoteriePictureOptions *options,
                               int argc,
                               char **argv,
                               GError **error)
{
  g_auto (Typed) typed = {0};

  return take_words (options, &typed, argc, argv, error) && read_values (options, &typed, error);
}

/**
 * coterie_picture_options_clear:
 * @options: what was parsed
 */
void
coterie_picture_options_clear (CoteriePictureOptions *options)
{
  g_clear_pointer (&options->recording, g_free);
  g_clear_pointer (&options->output, g_free);
  g_clear_pointer (&options->activation_class, g_free);
}
