/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finds in the frames of a recording when its training failed: its numbers ceased to be finite, its
 * loss exploded, or a layer fell silent. */

#include "core/recording/frame-failure.h"

static CoterieFailure
find_silence (const CoterieFrame *frame)
{
  for (guint l = 0; l < frame->n_layers; l++) {
    const CoterieLayerAnalysis *analysis = frame->layers[l].analysis;

    if (coterie_layer_analysis_is_silent (analysis))
      return (CoterieFailure){COTERIE_FAILURE_SILENT, frame->iteration, analysis->layer};
  }
  return (CoterieFailure){0};
}

/**
 * coterie_frame_find_failure:
 * @frame: the frame
 *
 * Says whether the training has failed as this frame shows it: has diverged or, if it has not, whether a
 * layer is silent. The untrained network has not failed, whatever it is like. Cost: a look at each layer.
 *
 * Returns: how, at the iteration of @frame; of kind %COTERIE_FAILURE_NONE if it has not
 */
CoterieFailure
coterie_frame_find_failure (const CoterieFrame *frame)
{
  if (frame->iteration == 0)
    return (CoterieFailure){0};
  if (coterie_frame_has_exploded (frame))
    return (CoterieFailure){COTERIE_FAILURE_EXPLODED, frame->iteration, 0};
  if (coterie_frame_has_diverged (frame))
    return (CoterieFailure){COTERIE_FAILURE_DIVERGED, frame->iteration, 0};
  return find_silence (frame);
}

/**
 * coterie_frames_find_failure:
 * @frames: (element-type CoterieFrame): in the order of their iterations; may be empty
 *
 * Looks for the first frame whose training has diverged and, if there is none, for the first with a silent
 * layer, see coterie_frame_find_failure(). Cost: a look at each layer of each frame.
 *
 * Returns: how and when the training failed; of kind %COTERIE_FAILURE_NONE if it did not
 */
CoterieFailure
coterie_frames_find_failure (GPtrArray *frames)
{
  CoterieFailure silence = {0};

  for (guint i = 0; i < frames->len; i++) {
    CoterieFailure failure = coterie_frame_find_failure (g_ptr_array_index (frames, i));

    if (failure.kind != COTERIE_FAILURE_NONE && failure.kind != COTERIE_FAILURE_SILENT)
      return failure;
    if (silence.kind == COTERIE_FAILURE_NONE)
      silence = failure;
  }
  return silence;
}
