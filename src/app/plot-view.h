/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "draw/plot/line-plot.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_PLOT_VIEW (coterie_plot_view_get_type ())

G_DECLARE_FINAL_TYPE (CoteriePlotView, coterie_plot_view, COTERIE, PLOT_VIEW, GtkWidget)

GtkWidget *coterie_plot_view_new (void);
void coterie_plot_view_set_plot (CoteriePlotView *self, CoterieLinePlot *plot);
void coterie_plot_view_set_cursor (CoteriePlotView *self, double x);
gboolean coterie_plot_view_get_title_place (CoteriePlotView *self, CoteriePlotRect *place);
void coterie_plot_view_stack_with (CoteriePlotView *self, CoteriePlotView *other);

G_END_DECLS
