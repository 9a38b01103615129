/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How often two neurons are above their class means together, delta of Eq. 6. For each neuron that
 * is watched for a class there is one bit a sample of that class: above its mean or not. Delta of
 * two neurons is then the number of bits set in both: and, then count. */

#include "core/analysis/coactivation.h"

#include <math.h>

/* Pairs are counted for so many rows at a time: a row is then read once for four others. */
#define TILE 4
#define WORD_BITS 64

/* A neuron is watched for a class. */
typedef struct {
  guint label;
  guint slot;
  float threshold;
} Watch;

/* What is watched of one class. bits [n_neurons][n_words] */
typedef struct {
  guint32 *neurons;
  guint32 *counts;
  guint64 *bits;
  gsize n_words;
} WatchedClass;

struct _CoterieCoactivationCounter {
  guint n_classes;
  guint32 *watch_offsets; /* [n_neurons + 1] */
  Watch *watches;
  WatchedClass *watched;
  CoterieCoactivation *coactivations;
};

static gsize
count_words (const CoterieClassOrder *order, guint label)
{
  return (coterie_class_order_get_size (order, label) + WORD_BITS - 1) / WORD_BITS;
}

static gsize
count_pairs_of (gsize n_neurons)
{
  return n_neurons > 0 ? n_neurons * (n_neurons - 1) / 2 : 0;
}

static void
mark_watched (const CoterieCover *cover, CoteriePairs pairs, guint label, guint8 *is_watched)
{
  guint32 first = pairs == COTERIE_PAIRS_CLASS ? cover->offsets[label] : 0;
  guint32 end = cover->offsets[pairs == COTERIE_PAIRS_CLASS ? label + 1 : cover->n_classes];

  memset (is_watched, 0, cover->n_neurons);
  for (guint32 i = first; i < end; i++)
    is_watched[cover->neurons[cover->members[i]]] = TRUE;
}

static void
watch_class (CoterieCoactivationCounter *counter,
             const CoterieClassOrder *order,
             const CoterieCover *cover,
             CoteriePairs pairs,
             guint label)
{
  WatchedClass *watched = &counter->watched[label];
  g_autofree guint8 *is_watched = g_new (guint8, cover->n_neurons);
  guint n = 0;

  /* a class without samples has no representatives, and no pairs in either reading */
  if (cover->offsets[label] == cover->offsets[label + 1])
    return;
  mark_watched (cover, pairs, label, is_watched);
  watched->neurons = g_new (guint32, cover->n_neurons);
  for (guint q = 0; q < cover->n_neurons; q++)
    if (is_watched[q])
      watched->neurons[n++] = q;

  watched->n_words = count_words (order, label);
  watched->bits = g_new0 (guint64, n * watched->n_words);
  watched->counts = g_new0 (guint32, count_pairs_of (n));
  counter->coactivations[label] = (CoterieCoactivation){n, watched->neurons, watched->counts};
}

/* The largest float that is not above the mean: a float is above the one just if it is above the
 * other. The mean itself, rounded to float, could move past an activation. */
static float
get_threshold (double mean)
{
  float threshold = (float) mean;

  return (double) threshold > mean ? nextafterf (threshold, -INFINITY) : threshold;
}

/* Turns the lists of neurons a class watches into the lists of classes that watch a neuron. */
static void
index_watches (CoterieCoactivationCounter *counter, guint n_neurons, const double *class_means)
{
  g_autofree guint32 *next = NULL;

  counter->watch_offsets = g_new0 (guint32, (gsize) n_neurons + 1);
  for (guint c = 0; c < counter->n_classes; c++)
    for (guint i = 0; i < counter->coactivations[c].n_neurons; i++)
      counter->watch_offsets[counter->watched[c].neurons[i] + 1]++;
  for (guint q = 0; q < n_neurons; q++)
    counter->watch_offsets[q + 1] += counter->watch_offsets[q];

  counter->watches = g_new (Watch, counter->watch_offsets[n_neurons]);
  next = g_memdup2 (counter->watch_offsets, n_neurons * sizeof *next);
  for (guint c = 0; c < counter->n_classes; c++)
    for (guint i = 0; i < counter->coactivations[c].n_neurons; i++) {
      guint32 neuron = counter->watched[c].neurons[i];

      counter->watches[next[neuron]++] =
          (Watch){c, i, get_threshold (class_means[(gsize) c * n_neurons + neuron])};
    }
}

/**
 * coterie_coactivation_counter_new:
 * @order: the order in which samples will come
 * @cover: the representatives of each class, none for a class without samples
 * @pairs: which pairs to count
 * @class_means: [n_classes][n_neurons]: V_i(q) of Eq. 5, dimensionless, 0 or more where there are
 *   samples
 *
 * Returns: (transfer full): a counter that has seen no sample
 */
CoterieCoactivationCounter *
coterie_coactivation_counter_new (const CoterieClassOrder *order,
                                  const CoterieCover *cover,
                                  CoteriePairs pairs,
                                  const double *class_means)
{
  CoterieCoactivationCounter *counter = g_new0 (CoterieCoactivationCounter, 1);

  counter->n_classes = cover->n_classes;
  counter->watched = g_new0 (WatchedClass, cover->n_classes);
  counter->coactivations = g_new0 (CoterieCoactivation, cover->n_classes);
  for (guint c = 0; c < cover->n_classes; c++)
    watch_class (counter, order, cover, pairs, c);
  index_watches (counter, cover->n_neurons, class_means);
  return counter;
}

/**
 * coterie_coactivation_counter_free:
 * @counter: (transfer full): the counter
 */
void
coterie_coactivation_counter_free (CoterieCoactivationCounter *counter)
{
  for (guint c = 0; c < counter->n_classes; c++) {
    g_free (counter->watched[c].neurons);
    g_free (counter->watched[c].counts);
    g_free (counter->watched[c].bits);
  }
  g_free (counter->watch_offsets);
  g_free (counter->watches);
  g_free (counter->watched);
  g_free (counter->coactivations);
  g_free (counter);
}

/**
 * coterie_coactivation_counter_count_bytes:
 * @order: the order of the samples
 * @n_neurons: neurons of the layer
 * @top: S
 * @pairs: which pairs are counted
 *
 * Returns: how much memory a counter takes at most: |D| S / 8 for the bits, and for each class
 *   2 S (S - 1) for the counts, as long as pairs are those of a class
 */
guint64
coterie_coactivation_counter_count_bytes (const CoterieClassOrder *order,
                                          guint n_neurons,
                                          guint top,
                                          CoteriePairs pairs)
{
  guint64 n_top = MIN (n_neurons, top);
  guint64 n = pairs == COTERIE_PAIRS_CLASS ? n_top : MIN (n_neurons, n_top * order->n_classes);
  guint64 bytes = ((guint64) n_neurons + 1) * 2 * sizeof (guint32) + n_neurons;

  for (guint c = 0; c < order->n_classes; c++)
    if (coterie_class_order_get_size (order, c) > 0)
      bytes += n_neurons * sizeof (guint32) + n * count_words (order, c) * sizeof (guint64) +
               count_pairs_of (n) * sizeof (guint32) + n * sizeof (Watch);
  return bytes + order->n_classes * (sizeof (WatchedClass) + sizeof (CoterieCoactivation));
}

static void
set_bit (guint64 *bits, gsize rank, gboolean is_above)
{
  bits[rank / WORD_BITS] |= (guint64) is_above << (rank % WORD_BITS);
}

/* Of an activation that is 0 the bit is never set, as no mean is less. values: those of the run */
static void
set_run_bits (guint64 *bits,
              const CoteriePackedRow *row,
              const CoterieClassRun *run,
              const float *values,
              float threshold)
{
  for (guint word = run->first / row->word_lanes; word * row->word_lanes < run->end; word++) {
    guint word_first = word * row->word_lanes;
    guint64 left = row->active[word];

    if (run->first > word_first)
      left &= ~(guint64) 0 << (run->first - word_first);
    for (; left != 0; left &= left - 1) {
      guint lane = word_first + (guint) __builtin_ctzll (left);

      if (lane >= run->end)
        return;
      set_bit (bits, run->rank + (lane - run->first), *values++ > threshold);
    }
  }
}

static void
add_watched_row (const WatchedClass *watched,
                 const Watch *watch,
                 const CoteriePackedRow *row,
                 const CoterieClassRun *runs,
                 guint n_runs)
{
  const float *values = row->values;

  for (guint r = 0; r < n_runs; r++) {
    if (runs[r].label == watch->label)
      set_run_bits (watched->bits + watch->slot * watched->n_words, row, &runs[r], values,
                    watch->threshold);
    if (r + 1 < n_runs)
      values += coterie_packed_row_count (row, runs[r].first, runs[r].end);
  }
}

static gboolean
is_in_runs (guint label, const CoterieClassRun *runs, guint n_runs)
{
  return n_runs > 0 && label >= runs[0].label && label <= runs[n_runs - 1].label;
}

/**
 * coterie_coactivation_counter_add_row:
 * @counter: the counter
 * @neuron: a neuron
 * @row: its activations of the next samples
 * @runs: (array length=n_runs): the classes of the samples
 * @n_runs: how many runs
 *
 * Notes in which samples @neuron is above its class mean. To add a row again changes nothing. Calls
 * for different neurons may run at the same time.
 */
void
coterie_coactivation_counter_add_row (CoterieCoactivationCounter *counter,
                                      guint neuron,
                                      const CoteriePackedRow *row,
                                      const CoterieClassRun *runs,
                                      guint n_runs)
{
  for (guint32 i = counter->watch_offsets[neuron]; i < counter->watch_offsets[neuron + 1]; i++) {
    const Watch *watch = &counter->watches[i];

    if (is_in_runs (watch->label, runs, n_runs))
      add_watched_row (&counter->watched[watch->label], watch, row, runs, n_runs);
  }
}

/* counts[k] = bits set both in row and in others[k], for k < TILE. Written once, compiled twice. */
static inline __attribute__ ((always_inline)) void
count_common_bits (const guint64 *row, const guint64 *const *others, gsize n_words, guint32 *counts)
{
  guint32 sums[TILE] = {0};

  for (gsize w = 0; w < n_words; w++)
    for (guint k = 0; k < TILE; k++)
      sums[k] += (guint32) __builtin_popcountll (row[w] & others[k][w]);
  memcpy (counts, sums, sizeof sums);
}

#if defined(__x86_64__)
__attribute__ ((target ("popcnt"))) static void
count_common_bits_popcnt (const guint64 *row,
                          const guint64 *const *others,
                          gsize n_words,
                          guint32 *counts)
{
  count_common_bits (row, others, n_words, counts);
}
#endif

static void
count_common_bits_plain (const guint64 *row,
                         const guint64 *const *others,
                         gsize n_words,
                         guint32 *counts)
{
  count_common_bits (row, others, n_words, counts);
}

typedef void (*CountFunc) (const guint64 *row,
                           const guint64 *const *others,
                           gsize n_words,
                           guint32 *counts);

static CountFunc
get_count_func (void)
{
#if defined(__x86_64__)
  if (__builtin_cpu_supports ("popcnt"))
    return count_common_bits_popcnt;
#endif
  return count_common_bits_plain;
}

static void
count_pairs_of_row (const WatchedClass *watched, guint n_rows, guint row, CountFunc count)
{
  const guint64 *row_bits = watched->bits + row * watched->n_words;
  guint32 *counts = watched->counts + (gsize) row * (2 * (gsize) n_rows - row - 1) / 2;

  for (guint first = row + 1; first < n_rows; first += TILE) {
    const guint64 *others[TILE];
    guint32 tile_counts[TILE];
    guint n = MIN (TILE, n_rows - first);

    /* beyond the last row the tile is filled up with the first of them */
    for (guint k = 0; k < TILE; k++)
      others[k] = watched->bits + (first + (k < n ? k : 0)) * watched->n_words;
    count (row_bits, others, watched->n_words, tile_counts);
    memcpy (counts + (first - row - 1), tile_counts, n * sizeof *counts);
  }
}

typedef struct {
  CoterieCoactivationCounter *counter;
  const gsize *first_tasks;
  CountFunc count;
} PairsJob;

/* A task is one row of one class. */
static void
pairs_task (gsize task, guint worker, gpointer data)
{
  const PairsJob *job = data;
  guint label = 0;

  while (task >= job->first_tasks[label + 1])
    label++;
  count_pairs_of_row (&job->counter->watched[label], job->counter->coactivations[label].n_neurons,
                      (guint) (task - job->first_tasks[label]), job->count);
}

/**
 * coterie_coactivation_counter_count:
 * @counter: a counter that has seen all samples
 * @pool: who does the work
 *
 * Counts delta of all pairs from the bits. Cost: for each class S (S - 1) / 2 times |D_i| / 64
 * words; 0.5 ms for 10 classes of 6000 samples and S = 50.
 */
void
coterie_coactivation_counter_count (CoterieCoactivationCounter *counter, CoteriePool *pool)
{
  g_autofree gsize *first_tasks = g_new0 (gsize, counter->n_classes + 1);
  PairsJob job = {counter, first_tasks, get_count_func ()};

  for (guint c = 0; c < counter->n_classes; c++)
    first_tasks[c + 1] = first_tasks[c] + counter->coactivations[c].n_neurons;
  coterie_pool_run (pool, first_tasks[counter->n_classes], pairs_task, &job);
}

/**
 * coterie_coactivation_counter_get:
 * @counter: a counter that has counted
 *
 * Returns: (transfer none): [n_classes]: delta of the pairs of each class
 */
const CoterieCoactivation *
coterie_coactivation_counter_get (const CoterieCoactivationCounter *counter)
{
  return counter->coactivations;
}
