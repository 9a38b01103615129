/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/training-forecast.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_FORECAST_VIEW (coterie_forecast_view_get_type ())
G_DECLARE_FINAL_TYPE (CoterieForecastView, coterie_forecast_view, COTERIE, FORECAST_VIEW, GtkBox)

void coterie_forecast_view_show (CoterieForecastView *self,
                                 CoterieTrainingForecast *forecast,
                                 gboolean is_coming,
                                 guint64 n_free_bytes);

G_END_DECLS
