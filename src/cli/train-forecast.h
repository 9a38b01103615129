/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/run/run.h"

G_BEGIN_DECLS

double coterie_train_forecast_measure (CoterieRun *run,
                                       const CoterieRunInfo *info,
                                       guint n_threads,
                                       GCancellable *cancellable);
double coterie_train_forecast_measure_rest (CoterieDataset *dataset,
                                            const CoterieRunInfo *info,
                                            guint iteration,
                                            guint n_threads);
char *coterie_train_forecast_describe (double seconds);

G_END_DECLS
