/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a graph is to look, and the words under which its choices are kept in settings and given on the
 * command line. */

#include "draw/scene/scene-style.h"

#include "core/base/words.h"

static const char *const color_names[COTERIE_N_SCENE_COLORS] = {
    [COTERIE_SCENE_COLOR_COMMUNITY] = "community", [COTERIE_SCENE_COLOR_CLASS] = "class",
    [COTERIE_SCENE_COLOR_LAYER] = "layer",         [COTERIE_SCENE_COLOR_ENTROPY] = "entropy",
    [COTERIE_SCENE_COLOR_STRENGTH] = "strength",   [COTERIE_SCENE_COLOR_ACTIVATION] = "activation",
};

static const char *const size_names[COTERIE_N_SCENE_SIZES] = {
    [COTERIE_SCENE_SIZE_STRENGTH] = "strength", [COTERIE_SCENE_SIZE_DEGREE] = "degree",
    [COTERIE_SCENE_SIZE_ENTROPY] = "entropy",   [COTERIE_SCENE_SIZE_ACTIVATION] = "activation",
    [COTERIE_SCENE_SIZE_CONSTANT] = "constant",
};

static const char *const label_names[COTERIE_N_SCENE_LABELS] = {
    [COTERIE_SCENE_LABELS_NONE] = "none",
    [COTERIE_SCENE_LABELS_COMMUNITIES] = "communities",
    [COTERIE_SCENE_LABELS_CLASSES] = "classes",
};

/**
 * coterie_scene_style_get_default:
 * @dark: which of the two appearances
 *
 * Returns: the style in which a graph is shown unless somebody wants another one
 */
CoterieSceneStyle
coterie_scene_style_get_default (gboolean dark)
{
  return (CoterieSceneStyle){
      .dark = dark,
      .color_by = COTERIE_SCENE_COLOR_COMMUNITY,
      .size_by = COTERIE_SCENE_SIZE_STRENGTH,
      .shapes = TRUE,
      .within_edges_frac = 1.0,
      .across_edges_frac = 1.0,
      .curved = TRUE,
      .hulls = TRUE,
      .labels = COTERIE_SCENE_LABELS_COMMUNITIES,
  };
}

/**
 * coterie_scene_style_equal:
 * @a: a style
 * @b: another
 *
 * Returns: whether both are the same
 */
gboolean
coterie_scene_style_equal (const CoterieSceneStyle *a, const CoterieSceneStyle *b)
{
  return !a->dark == !b->dark && a->color_by == b->color_by && a->size_by == b->size_by &&
         a->activation_class == b->activation_class && !a->shapes == !b->shapes &&
         a->within_edges_frac == b->within_edges_frac &&
         a->across_edges_frac == b->across_edges_frac &&
         a->edge_threshold_frac == b->edge_threshold_frac && !a->curved == !b->curved &&
         !a->hulls == !b->hulls && a->labels == b->labels;
}

/* Numbers with a point in every locale. */
static void
add_fraction (GString *text, const char *name, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof buffer, "%.10g", value);
  g_string_append_printf (text, ", %s %s", name, buffer);
}

/**
 * coterie_scene_style_describe:
 * @style: how a graph looks
 * @class_names: (nullable) (array zero-terminated=1): names of the classes
 *
 * What a picture's file says about it. Not translated, so that the same picture says the same
 * everywhere.
 *
 * Returns: (transfer full): all choices on one line
 */
char *
coterie_scene_style_describe (const CoterieSceneStyle *style, const char *const *class_names)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "colours by %s", color_names[style->color_by]);
  if (style->color_by == COTERIE_SCENE_COLOR_ACTIVATION) {
    if (class_names != NULL && style->activation_class < g_strv_length ((char **) class_names))
      g_string_append_printf (text, " for class %s", class_names[style->activation_class]);
    else
      g_string_append_printf (text, " for class %u", style->activation_class);
  }
  g_string_append_printf (text, ", sizes by %s, labels %s", size_names[style->size_by],
                          label_names[style->labels]);
  add_fraction (text, "edges within communities", style->within_edges_frac);
  add_fraction (text, "edges between communities", style->across_edges_frac);
  add_fraction (text, "least weight", style->edge_threshold_frac);
  g_string_append_printf (text, ", %s edges, %s, %s", style->curved ? "bent" : "straight",
                          style->hulls ? "areas" : "no areas",
                          style->shapes ? "shapes" : "discs alone");
  return g_string_free (text, FALSE);
}

/**
 * coterie_scene_color_by_get_default:
 * @all_layers: whether the graph is that of all layers
 *
 * Communities are followed in one layer; among all layers, only classes are the same everywhere.
 *
 * Returns: what colours mean unless somebody wants something else
 */
CoterieSceneColorBy
coterie_scene_color_by_get_default (gboolean all_layers)
{
  return all_layers ? COTERIE_SCENE_COLOR_CLASS : COTERIE_SCENE_COLOR_COMMUNITY;
}

/**
 * coterie_scene_color_by_to_string:
 * @color_by: what colours mean
 *
 * Returns: the word for it, not translated
 */
const char *
coterie_scene_color_by_to_string (CoterieSceneColorBy color_by)
{
  return color_names[color_by];
}

/**
 * coterie_scene_color_by_from_string:
 * @text: a word
 * @color_by: (out): what it means; unchanged on failure
 *
 * Returns: %FALSE if colours cannot mean that
 */
gboolean
coterie_scene_color_by_from_string (const char *text, CoterieSceneColorBy *color_by)
{
  gint index = coterie_words_find (text, color_names, COTERIE_N_SCENE_COLORS);

  if (index >= 0)
    *color_by = (CoterieSceneColorBy) index;
  return index >= 0;
}

/**
 * coterie_scene_size_by_to_string:
 * @size_by: what the area of a node means
 *
 * Returns: the word for it, not translated
 */
const char *
coterie_scene_size_by_to_string (CoterieSceneSizeBy size_by)
{
  return size_names[size_by];
}

/**
 * coterie_scene_size_by_from_string:
 * @text: a word
 * @size_by: (out): what it means; unchanged on failure
 *
 * Returns: %FALSE if sizes cannot mean that
 */
gboolean
coterie_scene_size_by_from_string (const char *text, CoterieSceneSizeBy *size_by)
{
  gint index = coterie_words_find (text, size_names, COTERIE_N_SCENE_SIZES);

  if (index >= 0)
    *size_by = (CoterieSceneSizeBy) index;
  return index >= 0;
}

/**
 * coterie_scene_labels_to_string:
 * @labels: what is written into the graph
 *
 * Returns: the word for it, not translated
 */
const char *
coterie_scene_labels_to_string (CoterieSceneLabels labels)
{
  return label_names[labels];
}

/**
 * coterie_scene_labels_from_string:
 * @text: a word
 * @labels: (out): what it means; unchanged on failure
 *
 * Returns: %FALSE if that cannot be written into the graph
 */
gboolean
coterie_scene_labels_from_string (const char *text, CoterieSceneLabels *labels)
{
  gint index = coterie_words_find (text, label_names, COTERIE_N_SCENE_LABELS);

  if (index >= 0)
    *labels = (CoterieSceneLabels) index;
  return index >= 0;
}
