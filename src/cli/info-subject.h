/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/recording-reader.h"

G_BEGIN_DECLS

/**
 * CoterieInfoSubject:
 * @info: what was done
 * @reader: the recording, which says how it ended
 * @frames: (element-type CoterieFrame): all its frames, or other ones of the same run
 * @layer: the only layer to tell of, from 1; 0 for all
 * @is_abandoned: whether its run was broken off
 * @can_continue: whether its training can be continued
 * @has_diverged: whether it cannot because its numbers are not finite
 * @continues_from: after which iteration, if it can
 *
 * What is told about a recording.
 */
typedef struct {
  CoterieRunInfo *info;
  CoterieRecordingReader *reader;
  GPtrArray *frames;
  guint layer;
  gboolean is_abandoned;
  gboolean can_continue;
  gboolean has_diverged;
  guint continues_from;
} CoterieInfoSubject;

void coterie_info_subject_print (const CoterieInfoSubject *subject, gboolean json);

G_END_DECLS
