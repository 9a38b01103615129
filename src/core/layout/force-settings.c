/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a layout depends on besides the graph: defaults that suit activation pattern graphs, and the
 * limits within which forces stay finite. */

#include "core/layout/force-settings.h"

G_DEFINE_QUARK (coterie - layout - error - quark, coterie_layout_error)

/**
 * coterie_force_settings_init:
 * @settings: (out caller-allocates): the settings
 *
 * Sets what suits activation pattern graphs: Gephi's scaling, a strong gravity that keeps nodes without
 * edges in view, no anchors, a force error of 1 per cent.
 */
void
coterie_force_settings_init (CoterieForceSettings *settings)
{
  *settings = (CoterieForceSettings){
      .scaling = 0.0,
      .gravity = 0.1,
      .strong_gravity = TRUE,
      .anchoring = 0.0,
      .lin_log = FALSE,
      .dissuade_hubs = FALSE,
      .weight_influence = 1.0,
      .prevent_overlap = FALSE,
      .force_error_percent = 1.0,
      .max_steps = 1000,
  };
}

/**
 * coterie_force_settings_validate:
 * @settings: the settings
 * @error: return location for a #GError
 *
 * Returns: %FALSE with COTERIE_LAYOUT_ERROR_OUT_OF_RANGE, naming the setting, its value and its limits,
 *   if one of them lies outside
 */
gboolean
coterie_force_settings_validate (const CoterieForceSettings *settings, GError **error)
{
  const struct {
    const char *name;
    double value;
    double max;
  } limits[] = {
      {"scaling", settings->scaling, COTERIE_MAX_FORCE_STRENGTH},
      {"gravity", settings->gravity, COTERIE_MAX_FORCE_STRENGTH},
      {"anchoring", settings->anchoring, COTERIE_MAX_FORCE_STRENGTH},
      {"edge weight influence", settings->weight_influence, COTERIE_MAX_WEIGHT_INFLUENCE},
      {"force error in per cent", settings->force_error_percent, COTERIE_MAX_FORCE_ERROR_PERCENT},
  };

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++) {
    /* Written so that not-a-number fails as well. */
    if (!(limits[i].value >= 0.0 && limits[i].value <= limits[i].max)) {
      g_set_error (error, COTERIE_LAYOUT_ERROR, COTERIE_LAYOUT_ERROR_OUT_OF_RANGE,
                   "%s: %g, expected 0 to %g", limits[i].name, limits[i].value, limits[i].max);
      return FALSE;
    }
  }
  if (settings->max_steps < 1) {
    g_set_error (error, COTERIE_LAYOUT_ERROR, COTERIE_LAYOUT_ERROR_OUT_OF_RANGE,
                 "steps of a layout: 0, expected at least 1");
    return FALSE;
  }
  return TRUE;
}
