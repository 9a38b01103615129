/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/report/report-run.h"

G_BEGIN_DECLS

/**
 * CoterieReportTableKind:
 * @COTERIE_REPORT_TABLE_2: neurons that represent one class alone, or two
 * @COTERIE_REPORT_TABLE_3: sizes of the detected communities
 * @COTERIE_REPORT_TABLE_4: modularities and the training accuracy
 * @COTERIE_REPORT_TABLE_5: entropy and both accuracies
 * @COTERIE_REPORT_TABLE_6: entropy of each class and the accuracies
 * @COTERIE_REPORT_BASELINES: other measures and the training accuracy
 * @COTERIE_REPORT_FIGURE_1: the series of Figure 1: entropy, as it is and from 0 to 1, and both
 *   accuracies at every iteration
 *
 * The tables of the paper, by its numbers, and two more.
 */
typedef enum {
  COTERIE_REPORT_TABLE_2,
  COTERIE_REPORT_TABLE_3,
  COTERIE_REPORT_TABLE_4,
  COTERIE_REPORT_TABLE_5,
  COTERIE_REPORT_TABLE_6,
  COTERIE_REPORT_BASELINES,
  COTERIE_REPORT_FIGURE_1,
} CoterieReportTableKind;

#define COTERIE_N_REPORT_TABLES 7

/**
 * CoterieReportStatistic:
 * @COTERIE_REPORT_VALUE: the number itself
 * @COTERIE_REPORT_PEARSON: its correlation with an accuracy over the iterations
 * @COTERIE_REPORT_SPEARMAN: the same of the ranks
 * @COTERIE_REPORT_SCALED: the number from 0 at its lowest to 1 at its highest over the run
 */
typedef enum {
  COTERIE_REPORT_VALUE,
  COTERIE_REPORT_PEARSON,
  COTERIE_REPORT_SPEARMAN,
  COTERIE_REPORT_SCALED,
} CoterieReportStatistic;

/**
 * CoterieReportMoment:
 * @COTERIE_REPORT_OVERALL: over all frames
 * @COTERIE_REPORT_FIRST: at the first frame of each run
 * @COTERIE_REPORT_LAST: at its last frame
 * @COTERIE_REPORT_AT: at the iteration that the row names
 */
typedef enum {
  COTERIE_REPORT_OVERALL,
  COTERIE_REPORT_FIRST,
  COTERIE_REPORT_LAST,
  COTERIE_REPORT_AT,
} CoterieReportMoment;

/* Where a row is not about a class. */
#define COTERIE_REPORT_NO_CLASS G_MAXUINT

/**
 * CoterieReportRow:
 * @measure: what is measured
 * @layer: in which hidden layer, from 1; 0 for the network
 * @label: for which class, or %COTERIE_REPORT_NO_CLASS
 * @other_label: with which other class it is shared, @label itself if with none; or
 *   %COTERIE_REPORT_NO_CLASS where this is not the question
 * @moment: when
 * @iteration: of %COTERIE_REPORT_AT; of no account otherwise
 * @statistic: what was made of it
 * @with: the accuracy that it was correlated with; of no account for a value
 * @values: (array length=n_runs): in the unit of @measure, or dimensionless for a correlation;
 *   not-a-number where undefined, and where the run has no such layer or class
 * @n_frames: (array length=n_runs): frames that a correlation comes from
 * @n_left_out: (array length=n_runs): frames left out of a correlation
 * @n_silent: (array length=n_runs): frames of the run at which @layer, or for the network any hidden
 *   layer, is silent; they are not left out
 *
 * One line of numbers, one for each run.
 */
typedef struct {
  CoterieMeasure measure;
  guint layer;
  guint label;
  guint other_label;
  CoterieReportMoment moment;
  guint iteration;
  CoterieReportStatistic statistic;
  CoterieMeasure with;
  double *values;
  gsize *n_frames;
  gsize *n_left_out;
  gsize *n_silent;
} CoterieReportRow;

/**
 * CoterieReportTable:
 * @kind: which table
 * @n_runs: numbers in a row
 * @rows: (element-type CoterieReportRow): in the order to print them
 *
 * A table without its looks; free it with coterie_report_table_free().
 */
typedef struct {
  CoterieReportTableKind kind;
  guint n_runs;
  GPtrArray *rows;
} CoterieReportTable;

const char *coterie_report_table_kind_to_string (CoterieReportTableKind kind);
gboolean coterie_report_table_kind_from_string (const char *text, CoterieReportTableKind *kind);
gboolean coterie_report_statistic_is_correlation (CoterieReportStatistic statistic);
const char *coterie_report_statistic_to_string (CoterieReportStatistic statistic);
const char *coterie_report_moment_to_string (CoterieReportMoment moment);

CoterieReportTable *coterie_report_table_new (CoterieReportTableKind kind,
                                              GPtrArray *runs,
                                              guint layer,
                                              gboolean all_correlations);
void coterie_report_table_free (CoterieReportTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieReportTable, coterie_report_table_free)

G_END_DECLS
