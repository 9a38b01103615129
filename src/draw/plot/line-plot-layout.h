/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/plot/line-plot-private.h"

G_BEGIN_DECLS

CoterieLinePlotTexts *coterie_line_plot_texts_new (const CoterieLinePlot *plot,
                                                   PangoContext *context,
                                                   double width_px,
                                                   double height_px,
                                                   const char *font);
void coterie_line_plot_texts_free (CoterieLinePlotTexts *texts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieLinePlotTexts, coterie_line_plot_texts_free)

G_END_DECLS
