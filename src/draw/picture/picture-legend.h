/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "core/analysis/community-summary.h"
#include "draw/scene/scene-legend.h"

G_BEGIN_DECLS

/* Rows of a legend; more communities are counted. As many as the communities of a layer mostly are: a
 * colour that is seen should be explained. */
#define COTERIE_LEGEND_MAX_ROWS 16

/**
 * CoteriePictureLegend:
 *
 * What the colours, shapes and sizes of a saved picture mean, on a card.
 */
typedef struct _CoteriePictureLegend CoteriePictureLegend;

/**
 * CoteriePictureLegendForm:
 * @n_rows: rows on the card, the largest of all; the others are counted
 * @n_columns: beside each other, 1 or more; a ramp is always one
 *
 * What a card shows, and how.
 */
typedef struct {
  guint n_rows;
  guint n_columns;
} CoteriePictureLegendForm;

char *coterie_legend_format_name (guint identity);
char *coterie_legend_format_classes (const CoterieCommunitySummary *summary,
                                     const char *const *class_names);
char *coterie_legend_format_rest (guint n_rest, guint n_rows, gboolean filtered);
char *coterie_legend_format_size (const CoterieSceneLegend *contents);
void coterie_legend_format_range (double min, double max, char **least, char **most);

void coterie_legend_draw_rest (cairo_t *cr,
                               double x,
                               double middle,
                               double diameter,
                               const CoterieColor *colors,
                               guint n_colors);

CoteriePictureLegend *coterie_picture_legend_new (const CoterieSceneLegend *contents);
void coterie_picture_legend_free (CoteriePictureLegend *legend);
gboolean coterie_picture_legend_is_empty (const CoteriePictureLegend *legend);
guint coterie_picture_legend_get_n_rows (const CoteriePictureLegend *legend);
void coterie_picture_legend_measure (const CoteriePictureLegend *legend,
                                     CoteriePictureLegendForm form,
                                     double *width,
                                     double *height);
void coterie_picture_legend_draw (const CoteriePictureLegend *legend,
                                  cairo_t *cr,
                                  CoteriePictureLegendForm form,
                                  double x_px,
                                  double y_px,
                                  double unit_px,
                                  gboolean dark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoteriePictureLegend, coterie_picture_legend_free)

G_END_DECLS
