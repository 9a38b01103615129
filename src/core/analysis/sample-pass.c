/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Samples on their way through a network, dropout off: gathered, turned so that samples lie side by
 * side, passed forward, and their outputs evaluated. Workers take chunks of a block. Every sample's
 * activations are computed alone in its lane, and what is found out about it is stored at its place,
 * so results depend neither on chunks and blocks nor on threads. */

#include "core/analysis/sample-pass.h"

#include <math.h>

#include "core/base/real-math.h"

/* So many features of so many samples are turned at a time. */
#define TILE 4

typedef float Vector __attribute__ ((vector_size (TILE * 4), aligned (4), may_alias));
typedef gint32 Places __attribute__ ((vector_size (TILE * 4)));

struct _CoterieSampleScratch {
  float *rows;    /* [chunk_lanes][features] */
  float *inputs;  /* [features][chunk_lanes] */
  float *outputs; /* [classes][chunk_lanes] */
  float **layers; /* [hidden layers + 1] */
};

/**
 * coterie_sample_pass_init:
 * @pass: (out caller-allocates): the pass; clear it with coterie_sample_pass_clear()
 * @network: the network
 * @dataset: the data set
 * @split: which of its splits
 * @samples: all samples of the split, in the order they are to come; must outlive the pass
 * @sizes: how the work is cut
 * @pool: who does the work
 * @cancellable: (nullable): looked at before every chunk
 */
void
coterie_sample_pass_init (CoterieSamplePass *pass,
                          const CoterieNetwork *network,
                          CoterieDataset *dataset,
                          CoterieSplit split,
                          const guint32 *samples,
                          const CoteriePassSizes *sizes,
                          CoteriePool *pool,
                          GCancellable *cancellable)
{
  guint n_hidden = coterie_network_get_n_hidden (network);
  gsize lanes = sizes->chunk_lanes;
  gsize block_samples = lanes * sizes->block_chunks;

  g_assert (lanes > 0 && lanes % COTERIE_LANES == 0 && lanes <= COTERIE_WORD_LANES);
  memset (pass, 0, sizeof *pass);
  pass->network = network;
  pass->is_finite = coterie_network_is_finite (network);
  pass->dataset = dataset;
  pass->split = split;
  pass->samples = samples;
  pass->n_samples = coterie_dataset_get_n_samples (dataset, split);
  pass->sizes = *sizes;
  pass->n_blocks = (pass->n_samples + block_samples - 1) / block_samples;
  pass->pool = pool;
  pass->cancellable = cancellable;
  pass->losses = g_new0 (double, pass->n_samples);
  pass->hits = g_new0 (guint8, pass->n_samples);

  pass->hidden_offsets = g_new0 (gsize, n_hidden + 1);
  for (guint l = 0; l < n_hidden; l++)
    pass->hidden_offsets[l + 1] = pass->hidden_offsets[l] + network->widths[l + 1];
  pass->activations = g_new (float, MAX (1, block_samples * pass->hidden_offsets[n_hidden]));

  pass->scratch = g_new (CoterieSampleScratch, coterie_pool_get_n_threads (pool));
  for (guint i = 0; i < coterie_pool_get_n_threads (pool); i++) {
    pass->scratch[i].rows = g_new (float, network->widths[0] * lanes);
    pass->scratch[i].inputs = g_new (float, network->widths[0] * lanes);
    pass->scratch[i].outputs = g_new (float, coterie_network_get_n_classes (network) * lanes);
    pass->scratch[i].layers = g_new (float *, n_hidden + 1);
  }
}

/**
 * coterie_sample_pass_clear:
 * @pass: the pass, or zeros
 *
 * Releases what @pass owns.
 */
void
coterie_sample_pass_clear (CoterieSamplePass *pass)
{
  for (guint i = 0; pass->scratch != NULL && i < coterie_pool_get_n_threads (pass->pool); i++) {
    g_free (pass->scratch[i].rows);
    g_free (pass->scratch[i].inputs);
    g_free (pass->scratch[i].outputs);
    g_free (pass->scratch[i].layers);
  }
  g_clear_pointer (&pass->scratch, g_free);
  g_clear_pointer (&pass->activations, g_free);
  g_clear_pointer (&pass->hidden_offsets, g_free);
  g_clear_pointer (&pass->losses, g_free);
  g_clear_pointer (&pass->hits, g_free);
}

/**
 * coterie_sample_pass_count_bytes:
 * @network: the network
 * @sizes: how the work is cut
 * @n_threads: threads of the pool
 * @n_samples: samples of the split
 *
 * Returns: how much memory a pass takes
 */
guint64
coterie_sample_pass_count_bytes (const CoterieNetwork *network,
                                 const CoteriePassSizes *sizes,
                                 guint n_threads,
                                 guint64 n_samples)
{
  guint64 lane_bytes = sizes->chunk_lanes * sizeof (float);
  guint64 scratch_bytes =
      (2 * (guint64) network->widths[0] + coterie_network_get_n_classes (network)) * lane_bytes;

  return n_threads * (scratch_bytes + network->n_layers * sizeof (float *)) +
         sizes->block_chunks * coterie_network_count_hidden_neurons (network) * lane_bytes +
         n_samples * (sizeof (double) + sizeof (guint8));
}

/**
 * coterie_sample_pass_enter_block:
 * @pass: the pass
 * @block: a block, less than @pass->n_blocks
 *
 * Makes @block the one at hand, without computing anything.
 */
void
coterie_sample_pass_enter_block (CoterieSamplePass *pass, gsize block)
{
  gsize lanes = pass->sizes.chunk_lanes;
  gsize n_left;

  pass->block_first = block * pass->sizes.block_chunks * lanes;
  n_left = pass->n_samples - pass->block_first;
  pass->n_chunks = (guint) MIN (pass->sizes.block_chunks, (n_left + lanes - 1) / lanes);
}

/**
 * coterie_sample_pass_get_n_lanes:
 * @pass: the pass
 * @chunk: a chunk of the block at hand
 *
 * Returns: how many samples it has
 */
guint
coterie_sample_pass_get_n_lanes (const CoterieSamplePass *pass, guint chunk)
{
  gsize first = pass->block_first + (gsize) chunk * pass->sizes.chunk_lanes;

  return (guint) MIN (pass->sizes.chunk_lanes, pass->n_samples - first);
}

static float *
get_layer (const CoterieSamplePass *pass, guint chunk, guint layer)
{
  gsize chunk_neurons = pass->hidden_offsets[coterie_network_get_n_hidden (pass->network)];

  return pass->activations +
         (chunk * chunk_neurons + pass->hidden_offsets[layer]) * pass->sizes.chunk_lanes;
}

/**
 * coterie_sample_pass_get_row:
 * @pass: the pass
 * @chunk: a chunk of the block at hand, which has been run
 * @layer: a hidden layer, from 0
 * @neuron: a neuron
 *
 * Returns: (transfer none): [chunk_lanes]: its activations for the samples of the chunk
 */
const float *
coterie_sample_pass_get_row (const CoterieSamplePass *pass, guint chunk, guint layer, guint neuron)
{
  return get_layer (pass, chunk, layer) + (gsize) neuron * pass->sizes.chunk_lanes;
}

/* Four by four: columns[i][s] = rows[s][i]. */
static inline void
turn_tile (float *columns, gsize column_stride, const float *rows, gsize row_stride)
{
  Vector a = *(const Vector *) rows;
  Vector b = *(const Vector *) (rows + row_stride);
  Vector c = *(const Vector *) (rows + 2 * row_stride);
  Vector d = *(const Vector *) (rows + 3 * row_stride);
  Vector ab_low = __builtin_shuffle (a, b, (Places){0, 4, 1, 5});
  Vector cd_low = __builtin_shuffle (c, d, (Places){0, 4, 1, 5});
  Vector ab_high = __builtin_shuffle (a, b, (Places){2, 6, 3, 7});
  Vector cd_high = __builtin_shuffle (c, d, (Places){2, 6, 3, 7});

  *(Vector *) columns = __builtin_shuffle (ab_low, cd_low, (Places){0, 1, 4, 5});
  *(Vector *) (columns + column_stride) = __builtin_shuffle (ab_low, cd_low, (Places){2, 3, 6, 7});
  *(Vector *) (columns + 2 * column_stride) =
      __builtin_shuffle (ab_high, cd_high, (Places){0, 1, 4, 5});
  *(Vector *) (columns + 3 * column_stride) =
      __builtin_shuffle (ab_high, cd_high, (Places){2, 3, 6, 7});
}

/* inputs [n_features][lanes] from rows [lanes][n_features] */
static void
turn (float *inputs, const float *rows, gsize n_features, gsize lanes)
{
  gsize i = 0;

  for (; i + TILE <= n_features; i += TILE)
    for (gsize s = 0; s < lanes; s += TILE)
      turn_tile (inputs + i * lanes + s, lanes, rows + s * n_features + i, n_features);
  for (; i < n_features; i++)
    for (gsize s = 0; s < lanes; s++)
      inputs[i * lanes + s] = rows[s * n_features + i];
}

/* Cross-entropy after softmax, with the largest output taken out so that no exponential overflows;
 * not-a-number if an output is not finite. outputs [n_classes], lanes apart. */
static double
compute_loss (const float *outputs, guint n_classes, gsize lanes, guint label, guint *best)
{
  double largest, sum = 0.0;

  *best = 0;
  for (guint c = 0; c < n_classes; c++) {
    if (!isfinite (outputs[c * lanes]))
      return NAN;
    if (outputs[c * lanes] > outputs[*best * lanes])
      *best = c;
  }
  largest = (double) outputs[*best * lanes];

  for (guint c = 0; c < n_classes; c++)
    sum += coterie_exp ((double) outputs[c * lanes] - largest);
  return coterie_log (sum) + largest - (double) outputs[label * lanes];
}

static void
evaluate_chunk (CoterieSamplePass *pass, gsize first, guint n_lanes, const float *outputs)
{
  const guint16 *labels = coterie_dataset_get_labels (pass->dataset, pass->split);

  for (guint s = 0; s < n_lanes; s++) {
    guint label = labels[pass->samples[first + s]];
    guint best;
    double loss = compute_loss (outputs + s, coterie_network_get_n_classes (pass->network),
                                pass->sizes.chunk_lanes, label, &best);

    pass->losses[first + s] = loss;
    pass->hits[first + s] = !isnan (loss) && best == label;
  }
}

static void
run_chunk (CoterieSamplePass *pass, guint chunk, CoterieSampleScratch *scratch)
{
  gsize lanes = pass->sizes.chunk_lanes;
  gsize n_features = pass->network->widths[0];
  gsize first = pass->block_first + chunk * lanes;
  guint n_lanes = coterie_sample_pass_get_n_lanes (pass, chunk);
  guint n_hidden = coterie_network_get_n_hidden (pass->network);

  for (guint l = 0; l < n_hidden; l++)
    scratch->layers[l] = get_layer (pass, chunk, l);
  scratch->layers[n_hidden] = scratch->outputs;

  coterie_dataset_gather (pass->dataset, pass->split, pass->samples + first, n_lanes,
                          scratch->rows);
  memset (scratch->rows + n_lanes * n_features, 0, (lanes - n_lanes) * n_features * sizeof (float));
  turn (scratch->inputs, scratch->rows, n_features, lanes);
  if (pass->is_finite)
    coterie_network_forward_sparse (pass->network, scratch->inputs, scratch->layers, lanes);
  else
    coterie_network_forward (pass->network, scratch->inputs, scratch->layers, lanes);

  if (pass->is_first_time)
    evaluate_chunk (pass, first, n_lanes, scratch->outputs);
  for (guint l = 0; pass->patterns != NULL && l < n_hidden; l++)
    coterie_sign_patterns_add (pass->patterns, l, first, n_lanes, scratch->layers[l], lanes);
}

/* On a large network a chunk takes long, so that a cancelled pass does not even finish its block. */
static void
chunk_task (gsize task, guint worker, gpointer data)
{
  CoterieSamplePass *pass = data;

  if (!g_cancellable_is_cancelled (pass->cancellable))
    run_chunk (pass, (guint) task, &pass->scratch[worker]);
}

/**
 * coterie_sample_pass_run_block:
 * @pass: the pass
 * @block: a block, less than @pass->n_blocks, which becomes the one at hand
 * @is_first_time: whether to evaluate the outputs
 * @patterns: (nullable): where to note which neurons are active
 * @error: return location for a #GError
 *
 * Computes the activations of a block of samples. Cost: one multiplication and addition for each
 * weight and sample.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED if cancelled
 */
gboolean
coterie_sample_pass_run_block (CoterieSamplePass *pass,
                               gsize block,
                               gboolean is_first_time,
                               CoterieSignPatterns *patterns,
                               GError **error)
{
  coterie_sample_pass_enter_block (pass, block);
  pass->is_first_time = is_first_time;
  pass->patterns = patterns;
  coterie_pool_run (pass->pool, pass->n_chunks, chunk_task, pass);
  return !g_cancellable_set_error_if_cancelled (pass->cancellable, error);
}

/**
 * coterie_sample_pass_evaluate:
 * @pass: a pass of which all blocks have been run
 * @evaluation: (out caller-allocates): how well the network did; not-a-number if an output is not
 *   finite
 */
void
coterie_sample_pass_evaluate (const CoterieSamplePass *pass, CoterieEvaluation *evaluation)
{
  double loss = 0.0;
  gsize n_hits = 0;

  for (gsize s = 0; s < pass->n_samples; s++) {
    loss += pass->losses[s];
    n_hits += pass->hits[s];
  }
  evaluation->accuracy = isnan (loss) ? NAN : (double) n_hits / (double) pass->n_samples;
  evaluation->loss = loss / (double) pass->n_samples;
}

/**
 * coterie_sample_pass_compute_class_accuracies:
 * @pass: a pass of which all blocks have been run
 *
 * Returns: (transfer full): [n_classes]: fraction of the class's samples whose class has the highest
 *   output, 0 … 1; not-a-number for a class without samples, and for one with an output that is not
 *   finite for any of them
 */
double *
coterie_sample_pass_compute_class_accuracies (const CoterieSamplePass *pass)
{
  const guint16 *labels = coterie_dataset_get_labels (pass->dataset, pass->split);
  guint n_classes = coterie_network_get_n_classes (pass->network);
  g_autofree gsize *sizes = g_new0 (gsize, n_classes);
  g_autofree gsize *n_hits = g_new0 (gsize, n_classes);
  g_autofree double *losses = g_new0 (double, n_classes);
  double *accuracies = g_new (double, n_classes);

  for (gsize s = 0; s < pass->n_samples; s++) {
    guint label = labels[pass->samples[s]];

    sizes[label]++;
    n_hits[label] += pass->hits[s];
    losses[label] += pass->losses[s];
  }
  for (guint c = 0; c < n_classes; c++)
    accuracies[c] =
        sizes[c] > 0 && !isnan (losses[c]) ? (double) n_hits[c] / (double) sizes[c] : (double) NAN;
  return accuracies;
}
