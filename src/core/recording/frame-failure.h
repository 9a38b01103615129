/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"

G_BEGIN_DECLS

/**
 * CoterieFailureKind:
 * @COTERIE_FAILURE_NONE: nothing is known to be wrong
 * @COTERIE_FAILURE_DIVERGED: a loss or an activation is no finite number
 * @COTERIE_FAILURE_EXPLODED: the loss has exploded, see coterie_frame_has_exploded()
 * @COTERIE_FAILURE_SILENT: a layer is silent, see coterie_layer_analysis_is_silent()
 *
 * How a training fails.
 */
typedef enum {
  COTERIE_FAILURE_NONE,
  COTERIE_FAILURE_DIVERGED,
  COTERIE_FAILURE_EXPLODED,
  COTERIE_FAILURE_SILENT,
} CoterieFailureKind;

/**
 * CoterieFailure:
 * @kind: how
 * @iteration: at which iteration it shows first; 0 without a failure
 * @layer: the first silent layer, counted from 1; 0 if none is meant
 *
 * How and when a training failed.
 */
typedef struct {
  CoterieFailureKind kind;
  guint iteration;
  guint layer;
} CoterieFailure;

CoterieFailure coterie_frame_find_failure (const CoterieFrame *frame);
CoterieFailure coterie_frames_find_failure (GPtrArray *frames);

G_END_DECLS
