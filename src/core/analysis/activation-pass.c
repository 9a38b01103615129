/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The activation pass: what a network does with a data set, dropout off.
 *
 * The training samples go through the network class after class, in blocks of some chunks. Within a
 * block the workers first take chunks (gather, transpose, forward, evaluate) and then ranges of
 * neurons of every hidden layer (tally); so a block's activations are still in the cache when they
 * are tallied. The second pass of the tally needs the same activations again: those of the first
 * blocks are kept, as many as fit into a fixed amount of memory, and the rest is computed anew.
 *
 * Chunk and block sizes are a matter of speed only: every sample's activations are computed alone
 * in its lane, and the tally adds in the order of the samples. */

#include "core/analysis/activation-pass.h"

#include "core/analysis/layer-summary.h"
#include "core/analysis/layer-tally.h"
#include "core/base/real-math.h"

#include <float.h>
#include <math.h>

/* Samples side by side in one forward pass: the inputs of a chunk and a layer's activations stay in
 * the second-level cache. */
#define CHUNK_LANES (4 * COTERIE_LANES)

/* A block holds so many samples: enough chunks to share out, few enough to stop at soon. */
#define BLOCK_CHUNKS 16

/* How much memory the activations of the first pass may take until the second. */
#define KEPT_BYTES ((gsize) 512 * 1024 * 1024)

/* Neurons of one tally task. */
#define TALLY_NEURONS 16

/* What a second tally costs, in forward passes; for the progress. */
#define TALLY_COST 0.3

typedef struct {
  float *rows;
  float *inputs;
  float *outputs;
} Scratch;

/* One split of the data set going through the network, block by block. */
typedef struct {
  const CoterieNetwork *network;
  CoterieDataset *dataset;
  CoterieSplit split;
  const guint32 *samples;
  guint32 *own_samples;
  gsize n_samples;
  GCancellable *cancellable;
  CoteriePool *pool;
  Scratch *scratch;

  /* The block in hand. */
  gsize first_sample;
  guint n_chunks;
  float *activations;
  const guint *hidden_offsets;
  gboolean has_bad_value;

  /* What is found out about each sample, in the order of samples. */
  double *losses;
  guint8 *hits;
} Pass;

typedef struct {
  const CoterieNetwork *network;
  guint n_layers;
  CoterieLayerTally **tallies;
  CoterieClassOrder *order;
  guint *hidden_offsets;
  gsize n_blocks;
  gsize n_kept_blocks;
  float **kept_blocks;
  float *spare_block;
  CoterieProgress *progress;
  double done;
  double work;
} Analysis;

static guint
get_n_hidden (const CoterieNetwork *network)
{
  return network->n_layers - 1;
}

static guint
get_n_classes (const CoterieNetwork *network)
{
  return network->widths[network->n_layers];
}

static guint
get_n_lanes (const Pass *pass, guint chunk)
{
  gsize first = pass->first_sample + (gsize) chunk * CHUNK_LANES;

  return (guint) MIN (CHUNK_LANES, pass->n_samples - first);
}

/* [hidden neurons before the layer and its own][CHUNK_LANES] of one chunk */
static float *
get_layer_activations (const Pass *pass, guint chunk, guint layer)
{
  gsize chunk_neurons = pass->hidden_offsets[get_n_hidden (pass->network)];

  return pass->activations +
         ((gsize) chunk * chunk_neurons + pass->hidden_offsets[layer]) * CHUNK_LANES;
}

static void
pass_init (Pass *pass,
           const CoterieNetwork *network,
           CoterieDataset *dataset,
           CoterieSplit split,
           CoteriePool *pool,
           GCancellable *cancellable)
{
  guint n_workers = coterie_pool_get_n_threads (pool);

  memset (pass, 0, sizeof *pass);
  pass->network = network;
  pass->dataset = dataset;
  pass->split = split;
  pass->n_samples = coterie_dataset_get_n_samples (dataset, split);
  pass->cancellable = cancellable;
  pass->pool = pool;
  pass->losses = g_new0 (double, pass->n_samples);
  pass->hits = g_new0 (guint8, pass->n_samples);
  pass->scratch = g_new0 (Scratch, n_workers);
  for (guint i = 0; i < n_workers; i++) {
    pass->scratch[i].rows = g_new (float, (gsize) network->widths[0] * CHUNK_LANES);
    pass->scratch[i].inputs = g_new (float, (gsize) network->widths[0] * CHUNK_LANES);
    pass->scratch[i].outputs = g_new (float, (gsize) get_n_classes (network) * CHUNK_LANES);
  }
}

static void
pass_clear (Pass *pass)
{
  for (guint i = 0; pass->pool != NULL && i < coterie_pool_get_n_threads (pass->pool); i++) {
    g_free (pass->scratch[i].rows);
    g_free (pass->scratch[i].inputs);
    g_free (pass->scratch[i].outputs);
  }
  g_free (pass->scratch);
  g_free (pass->own_samples);
  g_free (pass->losses);
  g_free (pass->hits);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pass, pass_clear)

/* inputs [n_features][CHUNK_LANES] from rows [n_lanes][n_features]; further lanes become 0.
 * Sixteen features at a time, so that what is read and what is written both stay in the cache. */
static void
transpose (float *inputs, const float *rows, gsize n_features, guint n_lanes)
{
  for (gsize first = 0; first < n_features; first += 16) {
    gsize end = MIN (first + 16, n_features);

    for (guint s = 0; s < n_lanes; s++)
      for (gsize i = first; i < end; i++)
        inputs[i * CHUNK_LANES + s] = rows[s * n_features + i];
    for (gsize i = first; i < end; i++)
      for (guint s = n_lanes; s < CHUNK_LANES; s++)
        inputs[i * CHUNK_LANES + s] = 0.0f;
  }
}

/* Cross-entropy after softmax, with the largest output taken out so that no exponential overflows.
 * outputs [n_classes], CHUNK_LANES apart. */
static double
compute_loss (const float *outputs, guint n_classes, guint label, guint *best)
{
  double largest, sum = 0.0;

  *best = 0;
  for (guint c = 1; c < n_classes; c++)
    if (outputs[c * CHUNK_LANES] > outputs[*best * CHUNK_LANES])
      *best = c;
  largest = (double) outputs[*best * CHUNK_LANES];

  for (guint c = 0; c < n_classes; c++)
    sum += coterie_exp ((double) outputs[c * CHUNK_LANES] - largest);
  return coterie_log (sum) + largest - (double) outputs[label * CHUNK_LANES];
}

static void
evaluate_chunk (Pass *pass, gsize first, guint n_lanes, const float *outputs)
{
  const guint16 *labels = coterie_dataset_get_labels (pass->dataset, pass->split);

  for (guint s = 0; s < n_lanes; s++) {
    guint label = labels[pass->samples[first + s]];
    guint best;

    pass->losses[first + s] =
        compute_loss (outputs + s, get_n_classes (pass->network), label, &best);
    pass->hits[first + s] = best == label;
    if (!isfinite (pass->losses[first + s]))
      __atomic_store_n (&pass->has_bad_value, TRUE, __ATOMIC_RELAXED);
  }
}

static void
forward_chunk (Pass *pass, guint chunk, Scratch *scratch)
{
  gsize n_features = pass->network->widths[0];
  gsize first = pass->first_sample + (gsize) chunk * CHUNK_LANES;
  guint n_lanes = get_n_lanes (pass, chunk);
  guint n_hidden = get_n_hidden (pass->network);
  g_autofree float **outputs = g_new (float *, n_hidden + 1);

  for (guint l = 0; l < n_hidden; l++)
    outputs[l] = get_layer_activations (pass, chunk, l);
  outputs[n_hidden] = scratch->outputs;

  coterie_dataset_gather (pass->dataset, pass->split, pass->samples + first, n_lanes,
                          scratch->rows);
  transpose (scratch->inputs, scratch->rows, n_features, n_lanes);
  coterie_network_forward (pass->network, scratch->inputs, outputs, CHUNK_LANES);
  evaluate_chunk (pass, first, n_lanes, scratch->outputs);
}

/* On a large network a chunk takes long, so that a cancelled pass does not even finish its block. */
static void
forward_task (gsize task, guint worker, gpointer data)
{
  Pass *pass = data;

  if (!g_cancellable_is_cancelled (pass->cancellable))
    forward_chunk (pass, (guint) task, &pass->scratch[worker]);
}

static void
enter_block (Pass *pass, gsize block, float *activations)
{
  gsize n_left;

  pass->first_sample = block * BLOCK_CHUNKS * CHUNK_LANES;
  n_left = pass->n_samples - pass->first_sample;
  pass->n_chunks = (guint) MIN (BLOCK_CHUNKS, (n_left + CHUNK_LANES - 1) / CHUNK_LANES);
  pass->activations = activations;
}

static gsize
count_blocks (gsize n_samples)
{
  return (n_samples + BLOCK_CHUNKS * CHUNK_LANES - 1) / (BLOCK_CHUNKS * CHUNK_LANES);
}

static void
set_bad_value (GError **error, const Pass *pass, const char *where, guint neuron, gsize s, float x)
{
  g_set_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_BAD_VALUE,
               "%s, neuron %u: %g for %s sample %u, expected a finite number%s", where, neuron,
               (double) x, pass->split == COTERIE_SPLIT_TRAINING ? "training" : "test",
               pass->samples[s], x < 0.0f ? " of 0 or more" : "");
}

/* Looks through a chunk in which something is known to be bad, first layers first. */
static gboolean
find_bad_value (Pass *pass, guint chunk, GError **error)
{
  gsize first = pass->first_sample + (gsize) chunk * CHUNK_LANES;
  guint n_lanes = get_n_lanes (pass, chunk);
  guint n_classes = get_n_classes (pass->network);
  const float *outputs = pass->scratch[0].outputs;

  forward_chunk (pass, chunk, &pass->scratch[0]);
  for (guint s = 0; s < n_lanes; s++) {
    for (guint l = 0; l < get_n_hidden (pass->network); l++)
      for (guint q = 0; q < pass->network->widths[l + 1]; q++) {
        float x = get_layer_activations (pass, chunk, l)[q * CHUNK_LANES + s];

        if (!coterie_activation_is_valid (x)) {
          g_autofree char *where = g_strdup_printf ("hidden layer %u", l + 1);

          set_bad_value (error, pass, where, q, first + s, x);
          return TRUE;
        }
      }
    for (guint c = 0; c < n_classes; c++)
      if (!isfinite (outputs[c * CHUNK_LANES + s])) {
        set_bad_value (error, pass, "output layer", c, first + s, outputs[c * CHUNK_LANES + s]);
        return TRUE;
      }
  }
  return FALSE;
}

/* FALSE with an error if the block that has just been computed holds a bad value. */
static gboolean
check_block (Pass *pass, GError **error)
{
  if (!pass->has_bad_value)
    return TRUE;
  for (guint chunk = 0; chunk < pass->n_chunks; chunk++)
    if (find_bad_value (pass, chunk, error))
      return FALSE;
  g_return_val_if_reached (TRUE);
}

static void
summarise (const Pass *pass, CoterieEvaluation *evaluation)
{
  double loss = 0.0;
  gsize n_hits = 0;

  for (gsize s = 0; s < pass->n_samples; s++) {
    loss += pass->losses[s];
    n_hits += pass->hits[s];
  }
  evaluation->accuracy = (double) n_hits / (double) pass->n_samples;
  evaluation->loss = loss / (double) pass->n_samples;
}

static double *
compute_class_accuracies (const Pass *pass, guint n_classes)
{
  const guint16 *labels = coterie_dataset_get_labels (pass->dataset, pass->split);
  g_autofree gsize *sizes = g_new0 (gsize, n_classes);
  g_autofree gsize *n_hits = g_new0 (gsize, n_classes);
  double *accuracies = g_new (double, n_classes);

  for (gsize s = 0; s < pass->n_samples; s++) {
    guint label = labels[pass->samples[s]];

    sizes[label]++;
    n_hits[label] += pass->hits[s];
  }
  for (guint c = 0; c < n_classes; c++)
    accuracies[c] = sizes[c] > 0 ? (double) n_hits[c] / (double) sizes[c] : NAN;
  return accuracies;
}

typedef void (*TallyFunc) (CoterieLayerTally *tally,
                           const CoterieTallyBlock *block,
                           guint first_neuron,
                           guint end_neuron,
                           Pass *pass);

/* Shares a block's neurons out. runs [BLOCK_CHUNKS][CHUNK_LANES] */
typedef struct {
  Analysis *analysis;
  Pass *pass;
  TallyFunc func;
  CoterieClassRun runs[BLOCK_CHUNKS][CHUNK_LANES];
  guint n_runs[BLOCK_CHUNKS];
} TallyJob;

static void
add_moments (CoterieLayerTally *tally,
             const CoterieTallyBlock *block,
             guint first_neuron,
             guint end_neuron,
             Pass *pass)
{
  if (!coterie_layer_tally_add_moments (tally, block, first_neuron, end_neuron))
    __atomic_store_n (&pass->has_bad_value, TRUE, __ATOMIC_RELAXED);
}

static void
add_patterns (CoterieLayerTally *tally,
              const CoterieTallyBlock *block,
              guint first_neuron,
              guint end_neuron,
              Pass *pass)
{
  coterie_layer_tally_add_patterns (tally, block, first_neuron, end_neuron);
}

/* The part of a task's neurons that belongs to one layer. */
static void
tally_range (TallyJob *job, guint layer, guint first_neuron, guint end_neuron)
{
  for (guint chunk = 0; chunk < job->pass->n_chunks; chunk++) {
    CoterieTallyBlock block = {get_layer_activations (job->pass, chunk, layer), CHUNK_LANES,
                               job->runs[chunk], job->n_runs[chunk]};

    job->func (job->analysis->tallies[layer], &block, first_neuron, end_neuron, job->pass);
  }
}

static void
tally_task (gsize task, guint worker, gpointer data)
{
  TallyJob *job = data;
  const guint *offsets = job->analysis->hidden_offsets;
  guint first = (guint) task * TALLY_NEURONS;
  guint end = first + TALLY_NEURONS;

  for (guint l = 0; l < job->analysis->n_layers; l++)
    if (first < offsets[l + 1] && end > offsets[l])
      tally_range (job, l, MAX (first, offsets[l]) - offsets[l],
                   MIN (end, offsets[l + 1]) - offsets[l]);
}

static void
tally_block (Analysis *analysis, Pass *pass, TallyFunc func)
{
  g_autofree TallyJob *job = g_new (TallyJob, 1);
  guint n_hidden_neurons = analysis->hidden_offsets[analysis->n_layers];

  job->analysis = analysis;
  job->pass = pass;
  job->func = func;
  for (guint chunk = 0; chunk < pass->n_chunks; chunk++)
    job->n_runs[chunk] = coterie_class_order_get_runs (
        analysis->order, pass->first_sample + (gsize) chunk * CHUNK_LANES,
        get_n_lanes (pass, chunk), job->runs[chunk]);
  coterie_pool_run (pass->pool, (n_hidden_neurons + TALLY_NEURONS - 1) / TALLY_NEURONS, tally_task,
                    job);
}

static gboolean
step (Analysis *analysis, double cost, Pass *pass, GError **error)
{
  analysis->done += cost;
  return coterie_progress_step (analysis->progress, analysis->done / analysis->work,
                                pass->cancellable, error);
}

static void
analysis_clear (Analysis *analysis)
{
  for (guint l = 0; l < analysis->n_layers; l++)
    coterie_layer_tally_free (analysis->tallies[l]);
  for (gsize block = 0; block < analysis->n_kept_blocks; block++)
    g_free (analysis->kept_blocks[block]);
  g_free (analysis->tallies);
  g_free (analysis->kept_blocks);
  g_free (analysis->spare_block);
  g_free (analysis->hidden_offsets);
  g_clear_pointer (&analysis->order, coterie_class_order_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Analysis, analysis_clear)

static void
make_tallies (Analysis *analysis, const CoterieAnalysisSettings *settings)
{
  CoterieEntropySpec spec = {settings->bins, COTERIE_ENTROPY_RANGE_MIN_MAX};

  analysis->tallies = g_new0 (CoterieLayerTally *, analysis->n_layers);
  for (guint l = 0; l < analysis->n_layers; l++) {
    CoterieTallySettings tally_settings = {analysis->network->widths[l + 1], settings->top,
                                           COTERIE_PAIRS_CLASS, &spec, 1};

    analysis->tallies[l] = coterie_layer_tally_new (&tally_settings, analysis->order);
  }
}

static void
analysis_init (Analysis *analysis,
               const CoterieNetwork *network,
               CoterieDataset *dataset,
               const CoterieAnalysisSettings *settings,
               gsize kept_bytes,
               CoterieProgress *progress)
{
  gsize n_training = coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING);
  gsize n_test = coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST);
  gsize block_bytes;

  memset (analysis, 0, sizeof *analysis);
  analysis->network = network;
  analysis->n_layers = get_n_hidden (network);
  analysis->progress = progress;
  analysis->hidden_offsets = g_new0 (guint, analysis->n_layers + 1);
  for (guint l = 0; l < analysis->n_layers; l++)
    analysis->hidden_offsets[l + 1] = analysis->hidden_offsets[l] + network->widths[l + 1];
  analysis->order =
      coterie_class_order_new (coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TRAINING),
                               n_training, get_n_classes (network));
  make_tallies (analysis, settings);

  block_bytes = sizeof (float) * BLOCK_CHUNKS * CHUNK_LANES *
                MAX (1, analysis->hidden_offsets[analysis->n_layers]);
  analysis->n_blocks = count_blocks (n_training);
  analysis->n_kept_blocks = MIN (analysis->n_blocks, kept_bytes / block_bytes);
  analysis->kept_blocks = g_new0 (float *, analysis->n_kept_blocks);
  for (gsize block = 0; block < analysis->n_kept_blocks; block++)
    analysis->kept_blocks[block] = g_malloc (block_bytes);
  analysis->spare_block = g_malloc (block_bytes);
  analysis->work = (double) (analysis->n_blocks - analysis->n_kept_blocks) +
                   (double) analysis->n_blocks * (1.0 + TALLY_COST) +
                   (double) count_blocks (n_test);
}

static gboolean
run_first_pass (Analysis *analysis, Pass *pass, GError **error)
{
  for (gsize block = 0; block < analysis->n_blocks; block++) {
    if (!step (analysis, block > 0 ? 1.0 : 0.0, pass, error))
      return FALSE;

    enter_block (pass, block,
                 block < analysis->n_kept_blocks ? analysis->kept_blocks[block]
                                                 : analysis->spare_block);
    coterie_pool_run (pass->pool, pass->n_chunks, forward_task, pass);
    if (g_cancellable_set_error_if_cancelled (pass->cancellable, error))
      return FALSE;
    tally_block (analysis, pass, add_moments);
    if (!check_block (pass, error))
      return FALSE;
  }
  return step (analysis, 1.0, pass, error);
}

static gboolean
run_second_pass (Analysis *analysis, Pass *pass, GError **error)
{
  for (gsize block = 0; block < analysis->n_blocks; block++) {
    gboolean kept = block < analysis->n_kept_blocks;

    enter_block (pass, block, kept ? analysis->kept_blocks[block] : analysis->spare_block);
    if (!kept)
      coterie_pool_run (pass->pool, pass->n_chunks, forward_task, pass);
    if (g_cancellable_set_error_if_cancelled (pass->cancellable, error))
      return FALSE;
    tally_block (analysis, pass, add_patterns);
    if (!step (analysis, kept ? TALLY_COST : 1.0 + TALLY_COST, pass, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
analyse_training (Analysis *analysis, Pass *pass, GError **error)
{
  pass->samples = analysis->order->samples;
  pass->hidden_offsets = analysis->hidden_offsets;
  if (!run_first_pass (analysis, pass, error))
    return FALSE;

  for (guint l = 0; l < analysis->n_layers; l++)
    coterie_layer_tally_choose (analysis->tallies[l]);
  for (guint l = 0; l < analysis->n_layers; l++)
    coterie_layer_tally_begin_sweep (analysis->tallies[l], 0, analysis->network->widths[l + 1]);
  if (!run_second_pass (analysis, pass, error))
    return FALSE;

  for (guint l = 0; l < analysis->n_layers; l++)
    coterie_layer_tally_count_pairs (analysis->tallies[l], pass->pool);
  return TRUE;
}

static gboolean
evaluate_test (Analysis *analysis, Pass *pass, GError **error)
{
  guint32 *samples = g_new (guint32, pass->n_samples);

  for (gsize s = 0; s < pass->n_samples; s++)
    samples[s] = (guint32) s;
  pass->samples = pass->own_samples = samples;
  pass->hidden_offsets = analysis->hidden_offsets;

  for (gsize block = 0; block < count_blocks (pass->n_samples); block++) {
    enter_block (pass, block, analysis->spare_block);
    coterie_pool_run (pass->pool, pass->n_chunks, forward_task, pass);
    if (!step (analysis, 1.0, pass, error) || !check_block (pass, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
evaluate_splits (Analysis *analysis,
                 CoterieNetworkAnalysis *result,
                 CoterieDataset *dataset,
                 CoteriePool *pool,
                 GCancellable *cancellable,
                 GError **error)
{
  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++) {
    g_auto (Pass) pass = {0};

    pass_init (&pass, analysis->network, dataset, split, pool, cancellable);
    if (split == COTERIE_SPLIT_TRAINING ? !analyse_training (analysis, &pass, error)
                                        : !evaluate_test (analysis, &pass, error))
      return FALSE;
    summarise (&pass, &result->evaluations[split]);
    result->class_accuracies[split] = compute_class_accuracies (&pass, result->n_classes);
  }
  return TRUE;
}

static gboolean
summarise_layers (Analysis *analysis,
                  CoterieNetworkAnalysis *result,
                  const CoterieAnalysisSettings *settings,
                  GCancellable *cancellable,
                  GError **error)
{
  result->layers = g_new0 (CoterieLayerAnalysis *, analysis->n_layers);
  for (guint l = 0; l < analysis->n_layers; l++) {
    result->layers[l] =
        coterie_layer_summary_compute (analysis->tallies[l], l + 1, settings, cancellable, error);
    if (result->layers[l] == NULL)
      return FALSE;
    result->n_layers++;
  }
  return TRUE;
}

/**
 * coterie_network_analysis_compute_within:
 * @analysis: (out caller-allocates): what was found; empty on failure
 * @network: the network; its inputs are the features and its outputs the classes of @dataset
 * @dataset: the data set
 * @settings: of the analysis
 * @kept_bytes: how much memory the activations of the first pass may take until the second; results
 *   do not depend on it
 * @pool: who does the work; results do not depend on its number of threads
 * @progress: (nullable): told how much is done, a fraction from 0 to 1, once a block
 * @cancellable: (nullable): ends the computation, within one chunk of samples for each thread
 * @error: return location for a #GError
 *
 * The same as coterie_network_analysis_compute() within another amount of memory.
 *
 * Returns: as coterie_network_analysis_compute()
 */
gboolean
coterie_network_analysis_compute_within (CoterieNetworkAnalysis *analysis,
                                         const CoterieNetwork *network,
                                         CoterieDataset *dataset,
                                         const CoterieAnalysisSettings *settings,
                                         gsize kept_bytes,
                                         CoteriePool *pool,
                                         CoterieProgress *progress,
                                         GCancellable *cancellable,
                                         GError **error)
{
  g_auto (Analysis) work = {0};

  memset (analysis, 0, sizeof *analysis);
  analysis->n_classes = get_n_classes (network);
  g_assert (network->widths[0] == coterie_dataset_get_n_features (dataset));
  g_assert (get_n_classes (network) == coterie_dataset_get_info (dataset)->n_classes);
  if (!coterie_analysis_settings_validate (settings, error))
    return FALSE;

  analysis_init (&work, network, dataset, settings, kept_bytes, progress);
  if (!evaluate_splits (&work, analysis, dataset, pool, cancellable, error) ||
      !summarise_layers (&work, analysis, settings, cancellable, error)) {
    coterie_network_analysis_clear (analysis);
    return FALSE;
  }
  return TRUE;
}

/**
 * coterie_network_analysis_compute:
 * @analysis: (out caller-allocates): what was found; empty on failure
 * @network: the network; its inputs are the features and its outputs the classes of @dataset
 * @dataset: the data set
 * @settings: of the analysis
 * @pool: who does the work; results do not depend on its number of threads
 * @progress: (nullable): told how much is done, a fraction from 0 to 1, once a block
 * @cancellable: (nullable): ends the computation, within one chunk of samples for each thread
 * @error: return location for a #GError
 *
 * Sends both splits through the network, dropout off, evaluates them and analyses every hidden
 * layer over the training samples (sections 5.1, 5.2 and 7). Of equal outputs the lower class is
 * the answer. A class without training samples has no mean and no representatives. Memory: the
 * activations of the first pass up to 512 MiB, and the bits and histograms of the layers. Cost:
 * one forward pass over both splits and about a third more, twice that for activations which do not
 * fit.
 *
 * Returns: %FALSE with COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE if the settings are not valid, with
 *   COTERIE_ANALYSIS_ERROR_BAD_VALUE if an activation is not finite, naming layer, neuron and
 *   sample, with COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if communities cannot be found, and with
 *   %G_IO_ERROR_CANCELLED if cancelled
 */
gboolean
coterie_network_analysis_compute (CoterieNetworkAnalysis *analysis,
                                  const CoterieNetwork *network,
                                  CoterieDataset *dataset,
                                  const CoterieAnalysisSettings *settings,
                                  CoteriePool *pool,
                                  CoterieProgress *progress,
                                  GCancellable *cancellable,
                                  GError **error)
{
  return coterie_network_analysis_compute_within (analysis, network, dataset, settings, KEPT_BYTES,
                                                  pool, progress, cancellable, error);
}

/**
 * coterie_network_analysis_clear:
 * @analysis: what coterie_network_analysis_compute() filled, or zeros
 *
 * Releases the layers and leaves @analysis empty.
 */
void
coterie_network_analysis_clear (CoterieNetworkAnalysis *analysis)
{
  for (guint l = 0; l < analysis->n_layers; l++)
    coterie_layer_analysis_unref (analysis->layers[l]);
  g_free (analysis->layers);
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    g_free (analysis->class_accuracies[split]);
  memset (analysis, 0, sizeof *analysis);
}
