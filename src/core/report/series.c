/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures over the iterations of a recording, and how they go together with one another. A book has
 * a column for each measure, layer and class, and grows by a row with every frame, so that a
 * recording needs to be read once and its graphs need not be kept, but for the last one.
 *
 * The paper's series begin at iteration 1; the untrained network is left out unless it is asked for.
 * Where one of two values is undefined, as after a training that diverged, the pair is left out of
 * their correlation, and counted. */

#include "core/report/series.h"

#include <math.h>

#include "core/analysis/correlation.h"

/* firsts: [COTERIE_N_MEASURES + 1]: the columns of each measure stand side by side, by layer and
 * within it by class; columns: of GArray of double. */
struct _CoterieSeriesBook {
  guint n_layers;
  guint n_classes;
  guint firsts[COTERIE_N_MEASURES + 1];
  GArray *iterations;
  GPtrArray *columns;
  CoterieFrame *last; /* %NULL before the first */
};

static guint
count_columns (const CoterieSeriesBook *book, CoterieMeasureScope scope)
{
  guint n_columns = 1;

  if (coterie_measure_scope_has_layers (scope))
    n_columns *= book->n_layers;
  if (coterie_measure_scope_has_classes (scope))
    n_columns *= book->n_classes;
  return n_columns;
}

static guint
find_column (const CoterieSeriesBook *book, const CoterieSeriesKey *key)
{
  CoterieMeasureScope scope = coterie_measure_get_info (key->measure)->scope;
  guint column = coterie_measure_scope_has_layers (scope) ? key->layer_index : 0;

  if (coterie_measure_scope_has_classes (scope))
    column = column * book->n_classes + key->label;
  return book->firsts[key->measure] + column;
}

/**
 * coterie_series_book_new:
 * @n_layers: hidden layers of the recording
 * @n_classes: classes of its data set
 *
 * Returns: (transfer full): a book without frames
 */
CoterieSeriesBook *
coterie_series_book_new (guint n_layers, guint n_classes)
{
  CoterieSeriesBook *book = g_new0 (CoterieSeriesBook, 1);

  book->n_layers = n_layers;
  book->n_classes = n_classes;
  for (guint i = 0; i < COTERIE_N_MEASURES; i++)
    book->firsts[i + 1] =
        book->firsts[i] +
        count_columns (book, coterie_measure_get_info ((CoterieMeasure) i)->scope);

  book->iterations = g_array_new (FALSE, FALSE, sizeof (guint));
  book->columns = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  for (guint i = 0; i < book->firsts[COTERIE_N_MEASURES]; i++)
    g_ptr_array_add (book->columns, g_array_new (FALSE, FALSE, sizeof (double)));
  return book;
}

/**
 * coterie_series_book_free:
 * @book: (transfer full): the book
 */
void
coterie_series_book_free (CoterieSeriesBook *book)
{
  g_array_unref (book->iterations);
  g_ptr_array_unref (book->columns);
  g_clear_pointer (&book->last, coterie_frame_unref);
  g_free (book);
}

/**
 * coterie_series_book_add:
 * @book: the book
 * @frame: a frame of a later iteration than all before, with the book's layers and classes
 *
 * Adds the frame's values to every series. Series that were handed out are no longer valid. Cost:
 * some passes over the nodes and representatives of every layer.
 */
void
coterie_series_book_add (CoterieSeriesBook *book, const CoterieFrame *frame)
{
  g_return_if_fail (frame->n_layers == book->n_layers && frame->n_classes == book->n_classes);
  g_return_if_fail (book->iterations->len == 0 ||
                    g_array_index (book->iterations, guint, book->iterations->len - 1) <
                        frame->iteration);

  g_array_append_val (book->iterations, frame->iteration);
  for (guint i = 0; i < book->columns->len; i++) {
    CoterieSeriesKey key = coterie_series_book_get_key (book, i);
    double value =
        coterie_measure_get_value (key.measure, frame, book->last, key.layer_index, key.label);

    g_array_append_val (g_ptr_array_index (book->columns, i), value);
  }
  g_clear_pointer (&book->last, coterie_frame_unref);
  book->last = coterie_frame_ref ((CoterieFrame *) frame);
}

/**
 * coterie_series_book_get_n_layers:
 * @book: the book
 *
 * Returns: hidden layers of the recording
 */
guint
coterie_series_book_get_n_layers (const CoterieSeriesBook *book)
{
  return book->n_layers;
}

/**
 * coterie_series_book_get_n_classes:
 * @book: the book
 *
 * Returns: classes of the recording's data set
 */
guint
coterie_series_book_get_n_classes (const CoterieSeriesBook *book)
{
  return book->n_classes;
}

/**
 * coterie_series_book_get_n_keys:
 * @book: the book
 *
 * Returns: how many series there are
 */
guint
coterie_series_book_get_n_keys (const CoterieSeriesBook *book)
{
  return book->columns->len;
}

/**
 * coterie_series_book_get_key:
 * @book: the book
 * @index: less than coterie_series_book_get_n_keys()
 *
 * Returns: which series that is, in the order of #CoterieMeasure, then by layer, then by class; layer
 *   and class are 0 where they are of no account
 */
CoterieSeriesKey
coterie_series_book_get_key (const CoterieSeriesBook *book, guint index)
{
  CoterieSeriesKey key = {0};
  CoterieMeasureScope scope;
  guint column;

  g_return_val_if_fail (index < book->columns->len, key);

  while (book->firsts[key.measure + 1] <= index)
    key.measure++;
  scope = coterie_measure_get_info (key.measure)->scope;
  column = index - book->firsts[key.measure];
  if (coterie_measure_scope_has_classes (scope)) {
    key.label = column % book->n_classes;
    column /= book->n_classes;
  }
  key.layer_index = column;
  return key;
}

/**
 * coterie_series_book_get:
 * @book: the book
 * @key: which series; layer and class must be of the book where they are of account
 * @with_untrained: whether to begin at iteration 0, if it is recorded, rather than after it
 *
 * Returns: the series, borrowed until a frame is added
 */
CoterieSeries
coterie_series_book_get (const CoterieSeriesBook *book,
                         const CoterieSeriesKey *key,
                         gboolean with_untrained)
{
  const guint *iterations = (const guint *) (gconstpointer) book->iterations->data;
  guint column = find_column (book, key);
  gsize first = 0;

  g_return_val_if_fail (column < book->firsts[key->measure + 1], (CoterieSeries){0});

  if (!with_untrained && book->iterations->len > 0 && iterations[0] == 0)
    first = 1;
  if (book->iterations->len == first)
    return (CoterieSeries){0};
  return (CoterieSeries){
      .n_frames = book->iterations->len - first,
      .iterations = iterations + first,
      .values =
          &g_array_index ((GArray *) g_ptr_array_index (book->columns, column), double, first),
  };
}

/**
 * coterie_series_book_correlate:
 * @book: the book
 * @key: a series
 * @other: the measure to correlate it with, of the same layer and class where it has them
 * @with_untrained: whether iteration 0 counts
 *
 * Returns: the correlations, as of coterie_series_correlate()
 */
CoterieCorrelation
coterie_series_book_correlate (const CoterieSeriesBook *book,
                               const CoterieSeriesKey *key,
                               CoterieMeasure other,
                               gboolean with_untrained)
{
  CoterieSeriesKey other_key = {other, key->layer_index, key->label};
  CoterieSeries a = coterie_series_book_get (book, key, with_untrained);
  CoterieSeries b = coterie_series_book_get (book, &other_key, with_untrained);

  return coterie_series_correlate (&a, &b);
}

/**
 * coterie_series_correlate:
 * @a: a series, any unit
 * @b: another one, any unit, of the same iterations
 *
 * Correlates the values of the frames at which both are finite. Cost: sorting them.
 *
 * Returns: the correlations, dimensionless; not-a-number with fewer than
 *   %COTERIE_MIN_CORRELATED_FRAMES such frames, or if either series is constant over them
 */
CoterieCorrelation
coterie_series_correlate (const CoterieSeries *a, const CoterieSeries *b)
{
  g_autofree double *x = g_new (double, a->n_frames);
  g_autofree double *y = g_new (double, a->n_frames);
  gboolean enough;
  gsize n = 0;

  g_return_val_if_fail (a->n_frames == b->n_frames, (CoterieCorrelation){0});

  for (gsize i = 0; i < a->n_frames; i++)
    if (isfinite (a->values[i]) && isfinite (b->values[i])) {
      x[n] = a->values[i];
      y[n++] = b->values[i];
    }
  enough = n >= COTERIE_MIN_CORRELATED_FRAMES;
  return (CoterieCorrelation){
      .pearson = enough ? coterie_correlation_pearson (x, y, n) : NAN,
      .spearman = enough ? coterie_correlation_spearman (x, y, n) : NAN,
      .n_frames = n,
      .n_left_out = a->n_frames - n,
  };
}

/**
 * coterie_series_get_last:
 * @series: a series, any unit
 *
 * Returns: its value at the last frame, whether it is defined there or not; not-a-number without
 *   frames
 */
double
coterie_series_get_last (const CoterieSeries *series)
{
  return series->n_frames > 0 ? series->values[series->n_frames - 1] : NAN;
}

/**
 * coterie_series_scale:
 * @series: a series, any unit
 * @scaled: (out caller-allocates) (array length=n_frames): dimensionless, 0 … 1; not-a-number where
 *   the value is undefined, and everywhere if all that are defined are equal
 *
 * Scales the values to 0 … 1, (x − min) / (max − min), as the paper's Figure 1 does with the
 * entropy.
 */
void
coterie_series_scale (const CoterieSeries *series, double *scaled)
{
  double lowest = INFINITY;
  double highest = -INFINITY;

  for (gsize i = 0; i < series->n_frames; i++)
    if (isfinite (series->values[i])) {
      lowest = MIN (lowest, series->values[i]);
      highest = MAX (highest, series->values[i]);
    }
  for (gsize i = 0; i < series->n_frames; i++)
    scaled[i] = isfinite (series->values[i]) && highest > lowest
                    ? (series->values[i] - lowest) / (highest - lowest)
                    : NAN;
}
