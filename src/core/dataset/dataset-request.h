/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/parallel.h"
#include "core/base/progress.h"
#include "core/dataset/dataset-options.h"

G_BEGIN_DECLS

/**
 * CoterieDatasetRequest:
 * @source: what the data set will say it was opened by
 * @options: how to read it
 * @pool: the threads to work with
 * @progress: (nullable): told how far the reading is
 * @cancellable: (nullable): ends it
 *
 * What every reader is given besides a path. All borrowed.
 */
typedef struct {
  const char *source;
  const CoterieDatasetOptions *options;
  CoteriePool *pool;
  CoterieProgress *progress;
  GCancellable *cancellable;
} CoterieDatasetRequest;

G_END_DECLS
