/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset.h"
#include "core/run/run.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_TRAINING_FORECAST (coterie_training_forecast_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieTrainingForecast, coterie_training_forecast, COTERIE, TRAINING_FORECAST, GObject)

CoterieTrainingForecast *coterie_training_forecast_new (void);
void coterie_training_forecast_ask (CoterieTrainingForecast *self,
                                    CoterieDataset *dataset,
                                    const CoterieRunSettings *settings);
void coterie_training_forecast_ask_run (CoterieTrainingForecast *self,
                                        const CoterieRunInfo *run,
                                        guint iteration,
                                        CoterieDataset *dataset);
void coterie_training_forecast_stop (CoterieTrainingForecast *self);
gboolean coterie_training_forecast_get_known (CoterieTrainingForecast *self);
guint64 coterie_training_forecast_get_n_weights (CoterieTrainingForecast *self);
guint64 coterie_training_forecast_get_n_bytes (CoterieTrainingForecast *self);
guint64 coterie_training_forecast_get_n_room_bytes (CoterieTrainingForecast *self);
gboolean coterie_training_forecast_get_keeps_every_network (CoterieTrainingForecast *self);
double coterie_training_forecast_get_seconds (CoterieTrainingForecast *self);

G_END_DECLS
