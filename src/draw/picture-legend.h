/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "core/analysis/community-summary.h"
#include "draw/scene/insets.h"
#include "draw/scene/scene-legend.h"

G_BEGIN_DECLS

/* Rows of a legend; more communities are counted. As many as the communities of a layer mostly are: a colour that is seen should be explained. */
#define COTERIE_LEGEND_MAX_ROWS 16

/**
 * CoteriePictureLegend:
 *
 * What the colours, shapes and sizes of a saved picture mean, on a card in the lower left corner.
 */
typedef struct _CoteriePictureLegend CoteriePictureLegend;

char *coterie_legend_format_name (guint identity);
char *coterie_legend_format_classes (const CoterieCommunitySummary *summary,
                                     const char *const *class_names);
char *coterie_legend_format_rest (guint n_rest, guint n_rows);

CoteriePictureLegend *coterie_picture_legend_new (const CoterieSceneLegend *contents);
void coterie_picture_legend_free (CoteriePictureLegend *legend);
CoterieOverlay coterie_picture_legend_place (const CoteriePictureLegend *legend,
                                             double width_px,
                                             double height_px,
                                             double scale);
CoterieInsets coterie_picture_legend_get_insets (const CoteriePictureLegend *legend,
                                                 const CoterieViewport *viewport,
                                                 double view_scale,
                                                 double scale);
void coterie_picture_legend_draw (const CoteriePictureLegend *legend,
                                  cairo_t *cr,
                                  double width_px,
                                  double height_px,
                                  double scale,
                                  gboolean dark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoteriePictureLegend, coterie_picture_legend_free)

G_END_DECLS
