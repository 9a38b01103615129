/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/analysis-settings.h"
#include "core/dataset/dataset.h"
#include "core/layout/layout-settings.h"
#include "core/training/training-settings.h"

G_BEGIN_DECLS

/**
 * CoterieRunInfo:
 * @dataset: name, source, classes and image size of the data set; owned
 * @dataset_hash: SHA-256 of its samples and labels, hexadecimal
 * @n_samples: samples of each #CoterieSplit
 * @training: settings of the training
 * @analysis: settings of the analysis
 * @layout: settings of the layout
 * @n_pins: neurons that somebody put somewhere
 * @pins: (array length=n_pins): they, in the order of coterie_pin_compare()
 * @started: when the run began, seconds since 1970 in UTC
 * @program: which program wrote the recording: "Coterie 0.1.0"
 *
 * Everything needed to do a run again, and to see it as it was left. Immutable and reference-counted.
 */
typedef struct {
  CoterieDatasetInfo dataset;
  const char *dataset_hash;
  guint64 n_samples[COTERIE_N_SPLITS];
  CoterieTrainingSettings training;
  CoterieAnalysisSettings analysis;
  CoterieLayoutSettings layout;
  guint n_pins;
  const CoteriePin *pins;
  gint64 started;
  const char *program;
} CoterieRunInfo;

CoterieRunInfo *coterie_run_info_new (const CoterieRunInfo *fields);
CoterieRunInfo *coterie_run_info_ref (CoterieRunInfo *info);
void coterie_run_info_unref (CoterieRunInfo *info);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieRunInfo, coterie_run_info_unref)

G_END_DECLS
