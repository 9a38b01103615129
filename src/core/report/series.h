/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/report/measure.h"

G_BEGIN_DECLS

/**
 * CoterieSeriesKey:
 * @measure: what is followed
 * @layer_index: in which hidden layer, from 0; of no account unless the measure is one of layers
 * @label: for which class, from 0; of no account unless the measure is one of classes
 *
 * Which series of a recording.
 */
typedef struct {
  CoterieMeasure measure;
  guint layer_index;
  guint label;
} CoterieSeriesKey;

/**
 * CoterieSeries:
 * @n_frames: how many values there are
 * @iterations: (array length=n_frames): ascending
 * @values: (array length=n_frames): in the measure's unit; not-a-number or infinite where undefined
 *
 * A measure over the frames of a recording. Borrowed from a #CoterieSeriesBook.
 */
typedef struct {
  gsize n_frames;
  const guint *iterations;
  const double *values;
} CoterieSeries;

/* Two points always lie on a line, so that their correlation says nothing. */
#define COTERIE_MIN_CORRELATED_FRAMES 3

/**
 * CoterieCorrelation:
 * @pearson: correlation of the values, -1 … 1; not-a-number if undefined, or with fewer than
 *   %COTERIE_MIN_CORRELATED_FRAMES frames
 * @spearman: correlation of the ranks, the same
 * @n_frames: frames that both come from
 * @n_left_out: frames left out because one of the values is undefined there
 */
typedef struct {
  double pearson;
  double spearman;
  gsize n_frames;
  gsize n_left_out;
} CoterieCorrelation;

/**
 * CoterieSeriesBook:
 *
 * Every measure of every frame of a recording, without the frames. To be used by one thread at a
 * time.
 */
typedef struct _CoterieSeriesBook CoterieSeriesBook;

CoterieSeriesBook *coterie_series_book_new (guint n_layers, guint n_classes);
void coterie_series_book_free (CoterieSeriesBook *book);
void coterie_series_book_add (CoterieSeriesBook *book, const CoterieFrame *frame);
guint coterie_series_book_get_n_layers (const CoterieSeriesBook *book);
guint coterie_series_book_get_n_classes (const CoterieSeriesBook *book);
guint coterie_series_book_get_n_keys (const CoterieSeriesBook *book);
CoterieSeriesKey coterie_series_book_get_key (const CoterieSeriesBook *book, guint index);
CoterieSeries coterie_series_book_get (const CoterieSeriesBook *book,
                                       const CoterieSeriesKey *key,
                                       gboolean with_untrained);
CoterieCorrelation coterie_series_book_correlate (const CoterieSeriesBook *book,
                                                  const CoterieSeriesKey *key,
                                                  CoterieMeasure other,
                                                  gboolean with_untrained);

CoterieCorrelation coterie_series_correlate (const CoterieSeries *a, const CoterieSeries *b);
double coterie_series_get_last (const CoterieSeries *series);
void coterie_series_scale (const CoterieSeries *series, double *scaled);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieSeriesBook, coterie_series_book_free)

G_END_DECLS
