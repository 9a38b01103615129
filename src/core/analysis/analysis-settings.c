/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an analysis depends on besides the activations: the paper's values as defaults, and the
 * limits within which everything downstream is safe. */

#include "core/analysis/analysis-settings.h"

#include <math.h>

/* The paper's S and R, and the resolution it gave to Gephi (sections 5.1, 5.2 and 7.1). */
#define DEFAULT_TOP 50
#define DEFAULT_BINS 100
#define DEFAULT_RESOLUTION 0.5
#define DEFAULT_SEED 1

#define MAX_TOP 65536
#define MIN_BINS 2
#define MAX_BINS 10000
#define MAX_RESOLUTION 100.0

G_DEFINE_QUARK (coterie - analysis - error - quark, coterie_analysis_error)

/**
 * coterie_analysis_settings_init:
 * @settings: (out caller-allocates): the settings
 *
 * Sets the paper's values: S = 50, R = 100, resolution 0.5; and seed 1.
 */
void
coterie_analysis_settings_init (CoterieAnalysisSettings *settings)
{
  settings->top = DEFAULT_TOP;
  settings->bins = DEFAULT_BINS;
  settings->resolution = DEFAULT_RESOLUTION;
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
  if (settings->top < 1 || settings->top > MAX_TOP) {
    g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE,
                 "top neurons per class: %u, expected 1 to %d", settings->top, MAX_TOP);
    return FALSE;
  }
  if (settings->bins < MIN_BINS || settings->bins > MAX_BINS) {
    g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE,
                 "bins of the histogram: %u, expected %d to %d", settings->bins, MIN_BINS,
                 MAX_BINS);
    return FALSE;
  }
  /* written so that not-a-number fails as well */
  if (!(settings->resolution > 0.0 && settings->resolution <= MAX_RESOLUTION)) {
    g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE,
                 "resolution: %g, expected more than 0 and at most %g", settings->resolution,
                 MAX_RESOLUTION);
    return FALSE;
  }
  return TRUE;
}
