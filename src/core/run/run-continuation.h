/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame-failure.h"
#include "core/recording/recording-reader.h"
#include "core/run/frame-builder.h"
#include "core/training/trainer.h"

G_BEGIN_DECLS

/**
 * CoterieRunContinuation:
 * @path: of the recording; owned
 * @reader: of it
 * @info: what is recorded from now on
 * @iteration: after which the training goes on
 * @n_frames: frames that are there
 * @last_recorded: the last iteration that need not be recorded again
 * @failure: how the training has failed, and from when on, if it still has in @last_recorded
 *
 * A recorded run that goes on. Clear it with coterie_run_continuation_clear().
 */
typedef struct {
  char *path;
  CoterieRecordingReader *reader;
  CoterieRunInfo *info;
  guint iteration;
  guint n_frames;
  guint last_recorded;
  CoterieFailure failure;
} CoterieRunContinuation;

gboolean coterie_run_continuation_find (const char *path, guint *iteration, GError **error);
gboolean coterie_run_continuation_open (CoterieRunContinuation *continuation,
                                        const char *path,
                                        guint n_iterations,
                                        const char *source,
                                        GError **error);
gboolean coterie_run_continuation_restore (CoterieRunContinuation *continuation,
                                           CoterieTrainer *trainer,
                                           CoterieFrameBuilder *builder,
                                           CoterieProgress *progress,
                                           GCancellable *cancellable,
                                           GError **error);
void coterie_run_continuation_clear (CoterieRunContinuation *continuation);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieRunContinuation, coterie_run_continuation_clear)

G_END_DECLS
