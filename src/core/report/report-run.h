/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/recording-reader.h"
#include "core/report/series.h"

G_BEGIN_DECLS

/**
 * CoterieReportRun:
 * @path: the recording
 * @name: what heads its column: the data set, what was done to its labels, and what tells it from
 *   other runs of the same
 * @info: how it was made
 * @with_untrained: whether its series begin at iteration 0
 * @book: its series
 * @first: its first frame, from iteration 1 on unless @with_untrained
 * @last: its last frame
 *
 * What a report needs of a recording; free it with coterie_report_run_free().
 */
typedef struct {
  char *path;
  char *name;
  CoterieRunInfo *info;
  gboolean with_untrained;
  CoterieSeriesBook *book;
  CoterieFrame *first;
  CoterieFrame *last;
} CoterieReportRun;

CoterieReportRun *
coterie_report_run_new (const char *path, CoterieRunInfo *info, gboolean with_untrained);
CoterieReportRun *
coterie_report_run_load (const char *path, gboolean with_untrained, GError **error);
void coterie_report_run_free (CoterieReportRun *run);
void coterie_report_run_add (CoterieReportRun *run, CoterieFrame *frame);
gsize coterie_report_run_count_silent (const CoterieReportRun *run, guint layer, guint *first);
gsize coterie_report_run_count_exploded (const CoterieReportRun *run, guint *first);
gsize coterie_report_run_count_edgeless (const CoterieReportRun *run, guint layer, guint *first);
void coterie_report_runs_tell_apart (GPtrArray *runs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieReportRun, coterie_report_run_free)

G_END_DECLS
