/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/plot-view.h"
#include "core/recording/run-info.h"
#include "core/report/series.h"

G_BEGIN_DECLS

/**
 * CoterieMeasurePlotData:
 * @book: all measures of the frames so far
 * @info: of the recording
 * @layer_index: the hidden layer to show, from 0
 * @last_iteration: where the axis ends
 * @n_bad: how many of the frames have activations or losses that are not numbers
 * @bad: (array length=n_bad): their iterations
 * @n_silent: in how many of the frames all neurons of the layer are silent
 * @silent: (array length=n_silent): their iterations
 * @n_exploded: in how many of the frames the training had diverged although its numbers are finite
 * @exploded: (array length=n_exploded): their iterations
 * @outdated: (nullable): [frames in @book]: which of them are about to be analysed again
 *
 * What a plot draws its measures from; borrowed until the next.
 */
typedef struct {
  const CoterieSeriesBook *book;
  const CoterieRunInfo *info;
  guint layer_index;
  guint last_iteration;
  gsize n_bad;
  const guint *bad;
  gsize n_silent;
  const double *silent;
  gsize n_exploded;
  const double *exploded;
  const gboolean *outdated;
} CoterieMeasurePlotData;

#define COTERIE_TYPE_MEASURE_PLOT (coterie_measure_plot_get_type ())
G_DECLARE_FINAL_TYPE (CoterieMeasurePlot, coterie_measure_plot, COTERIE, MEASURE_PLOT, GtkWidget)

CoteriePlotView *coterie_measure_plot_get_view (CoterieMeasurePlot *self);
void coterie_measure_plot_remember_as (CoterieMeasurePlot *self, const char *key, gboolean show_x);
void coterie_measure_plot_show (CoterieMeasurePlot *self, const CoterieMeasurePlotData *data);

G_END_DECLS
