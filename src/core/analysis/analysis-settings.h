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
 * CoterieCommunityMethod:
 * @COTERIE_COMMUNITY_METHOD_TRACKED: Leiden, started from the communities of the last frame
 * @COTERIE_COMMUNITY_METHOD_LOUVAIN: Louvain, afresh in every frame, as the paper does
 * @COTERIE_COMMUNITY_METHOD_LEIDEN: Leiden, afresh in every frame
 *
 * How the communities that are shown and followed are found.
 */
typedef enum {
  COTERIE_COMMUNITY_METHOD_TRACKED,
  COTERIE_COMMUNITY_METHOD_LOUVAIN,
  COTERIE_COMMUNITY_METHOD_LEIDEN,
} CoterieCommunityMethod;

#define COTERIE_N_COMMUNITY_METHODS 3

#define COTERIE_MAX_TOP 65536
#define COTERIE_MIN_BINS 2
#define COTERIE_MAX_BINS 10000
#define COTERIE_MAX_RESOLUTION 100.0
#define COTERIE_MAX_NULL_GRAPHS 1000

/**
 * CoterieAnalysisSettings:
 * @top: S, representatives of a class, 1 … 65536
 * @bins: R, bins of the activation histogram, 2 … 10000
 * @resolution: Gephi's and the paper's, greater than 0, at most 100; below 1 means more and smaller
 *   communities
 * @method: how the communities that are shown are found
 * @n_null_graphs: rewired graphs that the modularity is compared with, 0 … 1000; less than 2 means
 *   that it is not
 * @seed: of the community detection, the bisection and the rewiring
 *
 * Everything an analysis depends on besides the activations. A value.
 */
typedef struct {
  guint top;
  guint bins;
  double resolution;
  CoterieCommunityMethod method;
  guint n_null_graphs;
  guint64 seed;
} CoterieAnalysisSettings;

void coterie_analysis_settings_init (CoterieAnalysisSettings *settings);
gboolean coterie_analysis_settings_validate (const CoterieAnalysisSettings *settings,
                                             GError **error);
gboolean coterie_analysis_settings_equal (const CoterieAnalysisSettings *a,
                                          const CoterieAnalysisSettings *b);
const char *coterie_community_method_to_string (CoterieCommunityMethod method);
gboolean coterie_community_method_from_string (const char *text, CoterieCommunityMethod *method);

G_END_DECLS
