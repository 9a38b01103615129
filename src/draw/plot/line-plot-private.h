/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the three files of the line plot share: the value, and its layout with the shaped texts. */

#include "draw/plot/line-plot.h"

G_BEGIN_DECLS

typedef struct {
  char *name;
  guint color;
  gboolean dashed;
  gsize n_points;
  double *x;
  double *y;
  gboolean *pale; /* [n_points], or %NULL where none is */
} CoterieLineSeries;

/* Not-a-number in a range, a bound, the margin, the cursor or hover means that it is not set. */
struct _CoterieLinePlot {
  char *title;
  char *unit;
  char *subject;
  char *x_title;
  GPtrArray *series;
  GArray *gaps;     /* of double */
  GArray *silent;   /* of double */
  GArray *exploded; /* of double */

  double x_min;
  double x_max;
  double y_min;
  double y_max;
  double y_bound_min;
  double y_bound_max;
  double left_px;
  double title_room_px;
  double cursor;
  double hover;
  gboolean show_x;
};

/* Where a value lies when a range was set. */
typedef enum {
  COTERIE_PLOT_BELOW,
  COTERIE_PLOT_WITHIN,
  COTERIE_PLOT_ABOVE,
} CoteriePlotSide;

typedef struct {
  PangoLayout *text;
  double width;
  double height;
  double baseline;
} CoteriePlotText;

typedef struct {
  CoteriePlotText name;
  CoteriePlotText value;
} CoterieLegendEntry;

typedef struct {
  CoterieLinePlotLayout parts;

  CoteriePlotText title;
  CoteriePlotText unit;
  CoteriePlotText x_title;
  CoteriePlotText hover;
  CoteriePlotText above;
  CoteriePlotText below;
  CoterieLegendEntry *legend;
  CoteriePlotText *x_labels;
  CoteriePlotText *y_labels;
} CoterieLinePlotTexts;

/* Of a legend entry, in px: the line sample and what keeps the parts apart. */
#define COTERIE_LEGEND_SAMPLE 14.0
#define COTERIE_LEGEND_SAMPLE_GAP 5.0
#define COTERIE_LEGEND_VALUE_GAP 5.0

#define COTERIE_PLOT_LABEL_GAP 8.0
#define COTERIE_PLOT_X_LABEL_GAP 4.0
#define COTERIE_PLOT_UNIT_GAP 5.0
#define COTERIE_PLOT_STRIP_GAP 3.0

const CoterieLineSeries *coterie_line_plot_get_series (const CoterieLinePlot *plot, guint series);
void coterie_line_plot_get_y_extent (const CoterieLinePlot *plot, double *out_min, double *out_max);
CoteriePlotSide coterie_line_plot_get_side (const CoterieLinePlot *plot, double value);
gboolean coterie_line_plot_get_strays (const CoterieLinePlot *plot,
                                       CoteriePlotSide side,
                                       double *out_min,
                                       double *out_max);
void
coterie_line_plot_fit_x (const CoterieLinePlot *plot, CoterieScale *out_scale, guint max_ticks);
void
coterie_line_plot_fit_y (const CoterieLinePlot *plot, CoterieScale *out_scale, guint max_ticks);
guint coterie_line_plot_get_value_decimals (const CoterieLinePlot *plot);
char *coterie_line_plot_format_x (double x);
char *coterie_line_plot_format_value (const CoterieLinePlot *plot,
                                      double value,
                                      guint n_decimals,
                                      gboolean with_words);
double coterie_line_plot_get_read_x (const CoterieLinePlot *plot);

G_END_DECLS
