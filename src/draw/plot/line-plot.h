/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "draw/palette.h"
#include "draw/plot/scale.h"

G_BEGIN_DECLS

typedef struct _CoterieLinePlot CoterieLinePlot;

/**
 * CoteriePlotRect:
 * @x: left edge in px
 * @y: top edge in px
 * @width: in px
 * @height: in px
 */
typedef struct {
  double x;
  double y;
  double width;
  double height;
} CoteriePlotRect;

/**
 * CoterieLinePlotLayout:
 * @title: the title and its unit, and the room that is kept behind them
 * @area: where the lines are
 * @above: strip on top of @area for values above a range that was set; height 0 if there are none
 * @below: strip under @area for values below a range that was set; height 0 if there are none
 * @legend: (array length=n_legend): the entry of each series; width 0 where there was no room
 * @n_legend: number of series
 * @x_scale: iterations along the width of @area
 * @y_scale: values from the bottom of @area to its top
 *
 * Where the parts of a plot lie.
 */
typedef struct {
  CoteriePlotRect title;
  CoteriePlotRect area;
  CoteriePlotRect above;
  CoteriePlotRect below;
  CoteriePlotRect *legend;
  guint n_legend;
  CoterieScale x_scale;
  CoterieScale y_scale;
} CoterieLinePlotLayout;

CoterieLinePlot *coterie_line_plot_new (const char *title, const char *unit);
void coterie_line_plot_free (CoterieLinePlot *plot);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLinePlot, coterie_line_plot_free)

void coterie_line_plot_set_subject (CoterieLinePlot *plot, const char *subject);
void coterie_line_plot_set_x_title (CoterieLinePlot *plot, const char *x_title);
void coterie_line_plot_set_show_x (CoterieLinePlot *plot, gboolean show_x);
void coterie_line_plot_set_x_range (CoterieLinePlot *plot, double x_min, double x_max);
void coterie_line_plot_set_y_range (CoterieLinePlot *plot, double y_min, double y_max);
void coterie_line_plot_set_y_bounds (CoterieLinePlot *plot, double y_min, double y_max);
void coterie_line_plot_set_left_margin (CoterieLinePlot *plot, double left_px);
void coterie_line_plot_set_title_room (CoterieLinePlot *plot, double room_px);
void coterie_line_plot_set_gaps (CoterieLinePlot *plot, const double *x, gsize n_gaps);
void coterie_line_plot_set_silent (CoterieLinePlot *plot, const double *x, gsize n_silent);
void coterie_line_plot_set_exploded (CoterieLinePlot *plot, const double *x, gsize n_exploded);
void coterie_line_plot_set_cursor (CoterieLinePlot *plot, double x);
void coterie_line_plot_set_hover (CoterieLinePlot *plot, double x);
guint coterie_line_plot_add_series (CoterieLinePlot *plot,
                                    const char *name,
                                    guint color,
                                    gboolean dashed,
                                    const double *x,
                                    const double *y,
                                    gsize n_points);

const char *coterie_line_plot_get_title (const CoterieLinePlot *plot);
void coterie_line_plot_set_pale (CoterieLinePlot *plot, guint series, const gboolean *pale);
gboolean coterie_line_plot_is_gap (const CoterieLinePlot *plot, double x);
gboolean coterie_line_plot_is_silent (const CoterieLinePlot *plot, double x);
gboolean coterie_line_plot_has_exploded (const CoterieLinePlot *plot, double x);
double coterie_line_plot_get_hover (const CoterieLinePlot *plot);
double coterie_line_plot_get_value (const CoterieLinePlot *plot, guint series, double x);
char *coterie_line_plot_describe (const CoterieLinePlot *plot);
char *coterie_line_plot_describe_values (const CoterieLinePlot *plot, double x);

double coterie_line_plot_measure_left (const CoterieLinePlot *plot,
                                       PangoContext *context,
                                       double width_px,
                                       double height_px,
                                       const char *font);
CoterieLinePlotLayout *coterie_line_plot_layout (const CoterieLinePlot *plot,
                                                 PangoContext *context,
                                                 double width_px,
                                                 double height_px,
                                                 const char *font);
void coterie_line_plot_layout_free (CoterieLinePlotLayout *layout);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLinePlotLayout, coterie_line_plot_layout_free)

void coterie_line_plot_draw (const CoterieLinePlot *plot,
                             cairo_t *cr,
                             double width_px,
                             double height_px,
                             const CoteriePalette *palette,
                             gboolean dark,
                             const char *font);
void coterie_line_plot_draw_in_context (const CoterieLinePlot *plot,
                                        cairo_t *cr,
                                        PangoContext *context,
                                        double width_px,
                                        double height_px,
                                        const CoteriePalette *palette,
                                        gboolean dark,
                                        const char *font);

G_END_DECLS
