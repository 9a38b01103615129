/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/run/run.h"

G_BEGIN_DECLS

/**
 * CoterieTrainOptions:
 * @dataset: what to learn: a name or a path; %NULL if that is what a recording says
 * @preset: (nullable): identifier of the preset that was asked for
 * @download: whether to download it if it is a known data set that is not on this machine
 * @output: path of the recording; may be %NULL if @estimates
 * @continued: (nullable): path of the recording whose training goes on
 * @estimates: whether to say what the training comes to, and not to start it
 * @json: whether to print JSON
 * @lists_left_out: whether to name every file that was left out
 * @dataset_options: how to read the data set
 * @layout: how to lay the graphs out
 * @settings: of the run; borrows @dataset, @output, @continued, @dataset_options and @layout
 *
 * What "train" was asked to do.
 */
typedef struct {
  char *dataset;
  char *preset;
  gboolean download;
  char *output;
  char *continued;
  gboolean estimates;
  gboolean json;
  gboolean lists_left_out;
  CoterieDatasetOptions dataset_options;
  CoterieLayoutSettings layout;
  CoterieRunSettings settings;
} CoterieTrainOptions;

gboolean
coterie_train_options_parse (CoterieTrainOptions *options, int argc, char **argv, GError **error);
void coterie_train_options_clear (CoterieTrainOptions *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieTrainOptions, coterie_train_options_clear)

G_END_DECLS
