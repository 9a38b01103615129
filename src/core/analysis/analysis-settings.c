/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an analysis depends on besides the activations: the paper's values as defaults, and the
 * limits within which everything downstream is safe. */

#include "core/analysis/analysis-settings.h"

#include "core/base/words.h"

#include <math.h>

/* The paper's S and R, and the resolution it gave to Gephi (sections 5.1, 5.2 and 7.1). */
#define DEFAULT_TOP 50
#define DEFAULT_BINS 100
#define DEFAULT_RESOLUTION 0.5
#define DEFAULT_SEED 1
#define DEFAULT_NULL_GRAPHS 20

G_DEFINE_QUARK (coterie - analysis - error - quark, coterie_analysis_error)

/**
 * coterie_analysis_settings_init:
 * @settings: (out caller-allocates): the settings
 *
 * Sets the paper's values: S = 50, R = 100, resolution 0.5; tracked communities, 20 rewired graphs,
 * and seed 1.
 */
void
coterie_analysis_settings_init (CoterieAnalysisSettings *settings)
{
  settings->top = DEFAULT_TOP;
  settings->bins = DEFAULT_BINS;
  settings->resolution = DEFAULT_RESOLUTION;
  settings->method = COTERIE_COMMUNITY_METHOD_TRACKED;
  settings->n_null_graphs = DEFAULT_NULL_GRAPHS;
  settings->seed = DEFAULT_SEED;
}

/**
 * coterie_analysis_settings_validate:
 * @settings: the settings
 * @error: return location for a #GError
 *
 * Returns: %FALSE with COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE, naming the setting, its value and its
 *   limits, if one of them lies outside
 */
gboolean
coterie_analysis_settings_validate (const CoterieAnalysisSettings *settings, GError **error)
{
  if (settings->top < 1 || settings->top > COTERIE_MAX_TOP) {
    g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE,
                 "top neurons per class: %u, expected 1 to %d", settings->top, COTERIE_MAX_TOP);
    return FALSE;
  }
  if (settings->bins < COTERIE_MIN_BINS || settings->bins > COTERIE_MAX_BINS) {
    g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE,
                 "bins of the histogram: %u, expected %d to %d", settings->bins, COTERIE_MIN_BINS,
                 COTERIE_MAX_BINS);
    return FALSE;
  }
  /* written so that not-a-number fails as well */
  if (!(settings->resolution > 0.0 && settings->resolution <= COTERIE_MAX_RESOLUTION)) {
    g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE,
                 "resolution: %g, expected more than 0 and at most %g", settings->resolution,
                 COTERIE_MAX_RESOLUTION);
    return FALSE;
  }
  if ((guint) settings->method >= COTERIE_N_COMMUNITY_METHODS) {
    g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE,
                 "community method: number %u, expected less than %d", (guint) settings->method,
                 COTERIE_N_COMMUNITY_METHODS);
    return FALSE;
  }
  if (settings->n_null_graphs > COTERIE_MAX_NULL_GRAPHS) {
    g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE,
                 "rewired graphs: %u, expected 0 to %d", settings->n_null_graphs,
                 COTERIE_MAX_NULL_GRAPHS);
    return FALSE;
  }
  return TRUE;
}

/**
 * coterie_analysis_settings_equal:
 * @a: settings
 * @b: other settings
 *
 * Returns: whether they give the same results
 */
gboolean
coterie_analysis_settings_equal (const CoterieAnalysisSettings *a, const CoterieAnalysisSettings *b)
{
  return a->top == b->top && a->bins == b->bins && a->resolution == b->resolution &&
         a->method == b->method && a->n_null_graphs == b->n_null_graphs && a->seed == b->seed;
}

static const char *const method_names[COTERIE_N_COMMUNITY_METHODS] = {
    [COTERIE_COMMUNITY_METHOD_TRACKED] = "tracked",
    [COTERIE_COMMUNITY_METHOD_LOUVAIN] = "louvain",
    [COTERIE_COMMUNITY_METHOD_LEIDEN] = "leiden",
};

/**
 * coterie_community_method_to_string:
 * @method: a method
 *
 * Returns: its name in files and on the command line
 */
const char *
coterie_community_method_to_string (CoterieCommunityMethod method)
{
  return method_names[method];
}

/**
 * coterie_community_method_from_string:
 * @text: a name
 * @method: (out): the method of that name
 *
 * Returns: whether there is one
 */
gboolean
coterie_community_method_from_string (const char *text, CoterieCommunityMethod *method)
{
  gint index = coterie_words_find (text, method_names, COTERIE_N_COMMUNITY_METHODS);

  if (index >= 0)
    *method = (CoterieCommunityMethod) index;
  return index >= 0;
}
