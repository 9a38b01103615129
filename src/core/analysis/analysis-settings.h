/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define COTERIE_ANALYSIS_ERROR (coterie_analysis_error_quark ())

typedef enum {
  COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE,
  COTERIE_ANALYSIS_ERROR_BAD_VALUE,
  COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE,
} CoterieAnalysisError;

GQuark coterie_analysis_error_quark (void);

/**
 * CoterieAnalysisSettings:
 * @top: S, representatives of a class, 1 … 65536
 * @bins: R, bins of the activation histogram, 2 … 10000
 * @resolution: Gephi's and the paper's, greater than 0, at most 100; below 1 means more and smaller
 *   communities
 * @seed: of the community detection
 *
 * Everything an analysis depends on besides the activations. A value.
 */
typedef struct {
  guint top;
  guint bins;
  double resolution;
  guint64 seed;
} CoterieAnalysisSettings;

void coterie_analysis_settings_init (CoterieAnalysisSettings *settings);
gboolean coterie_analysis_settings_validate (const CoterieAnalysisSettings *settings,
                                             GError **error);

G_END_DECLS
