/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The activation pass: what a network does with a data set, dropout off.
 *
 * The training samples go through the network class after class, in blocks of some chunks. Within a
 * block the workers first take chunks (gather, turn, forward, evaluate) and then ranges of neurons of
 * the hidden layers (pack, tally); so a block's activations are still in the cache when they are
 * tallied. The second pass of the tally needs the same activations again: packed, those of the
 * first blocks are kept, as many as fit into memory, and the rest is computed anew. Where histograms
 * of all neurons would not fit, the second pass goes over the samples several times.
 *
 * Chunks, blocks, memory and threads are a matter of speed only: every sample's activations are
 * computed alone in its lane, and the tally adds in the order of the samples. */

#include "core/analysis/activation-pass-private.h"

#include "core/analysis/layer-summary.h"
#include "core/analysis/layer-tally.h"
#include "core/analysis/memory-plan.h"
#include "core/analysis/row-store.h"
#include "core/network/dense.h"

/* Samples side by side in one forward pass: the inputs of a chunk and a layer's activations stay in
 * the second-level cache. */
#define CHUNK_LANES 64

/* A block holds so many chunks at most, and so many bytes, but two chunks for every thread: few
 * enough to stay in a cache, enough to share out. */
#define MAX_BLOCK_CHUNKS 16
#define BLOCK_BYTES ((gsize) 4 * 1024 * 1024)
#define CHUNKS_PER_THREAD 2

/* Neurons of one tally task. */
#define TALLY_NEURONS 16

/* What a tally costs, in forward passes; for the progress. */
#define TALLY_COST 0.2

/* Neurons of one layer whose tally is one piece of work. */
typedef struct {
  guint layer;
  guint first_neuron;
  guint end_neuron;
} TallyTask;

typedef struct {
  const CoterieNetwork *network;
  CoterieDataset *dataset;
  CoteriePassSizes sizes;
  CoteriePool *pool;
  GCancellable *cancellable;
  guint n_layers;
  const CoterieRowKernels *kernels;

  CoterieClassOrder *order;
  CoterieLayerTally **tallies; /* [n_layers] */
  CoterieSignPatterns *patterns;
  TallyTask *tasks;
  guint n_tasks;
  CoterieRowBuffer **buffers; /* [threads] */

  CoterieMemoryPlan plan;
  CoterieRowStore *store;  /* of the memory lent */
  CoterieRowBuffer **kept; /* [n_blocks][n_tasks], in the store */
  gsize n_blocks;
  gsize n_kept_blocks;

  CoterieProgress *progress;
  double done;
  double work;
} Analysis;

/* The block at hand, tallied for the first time or again. */
typedef struct {
  Analysis *analysis;
  const CoterieSamplePass *pass;
  CoterieRowBuffer **kept; /* [n_tasks]; NULL if the block is not kept */
  const CoterieClassRun *runs;
  guint n_runs;
} TallyJob;

static void
choose_sizes (CoteriePassSizes *sizes, const CoterieNetwork *network, guint n_threads)
{
  gsize chunk_bytes =
      MAX (1, coterie_network_count_hidden_neurons (network)) * CHUNK_LANES * sizeof (float);
  gsize n_chunks = CLAMP (BLOCK_BYTES / chunk_bytes, 1, MAX_BLOCK_CHUNKS);

  sizes->chunk_lanes = CHUNK_LANES;
  sizes->block_chunks = (guint) MAX (n_chunks, CHUNKS_PER_THREAD * (gsize) n_threads);
  sizes->tally_neurons = TALLY_NEURONS;
  sizes->sweep_neurons = G_MAXUINT;
}

static CoterieTallySettings
get_tally_settings (const CoterieNetwork *network,
                    guint layer,
                    const CoterieAnalysisSettings *settings,
                    CoterieEntropySpec *spec)
{
  *spec = (CoterieEntropySpec){settings->bins, COTERIE_ENTROPY_RANGE_MIN_MAX};
  return (CoterieTallySettings){network->widths[layer + 1], settings->top, COTERIE_PAIRS_CLASS,
                                spec, 1};
}

static guint
count_tasks (const CoterieNetwork *network, const CoteriePassSizes *sizes)
{
  guint n_tasks = 0;

  for (guint l = 0; l < coterie_network_get_n_hidden (network); l++)
    n_tasks += (network->widths[l + 1] - 1) / sizes->tally_neurons + 1;
  return n_tasks;
}

/* What an analysis takes besides the histograms and what it keeps. */
static guint64
count_fixed_bytes (const CoterieNetwork *network,
                   CoterieDataset *dataset,
                   const CoterieAnalysisSettings *settings,
                   const CoteriePassSizes *sizes,
                   const CoterieClassOrder *order,
                   guint n_threads)
{
  guint64 n_training = order->n_samples;
  guint64 n_test = coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST);
  guint64 block_lanes = (guint64) sizes->block_chunks * sizes->chunk_lanes;
  guint64 buffer_values = block_lanes * sizes->tally_neurons;
  guint64 n_pieces = (n_training + block_lanes - 1) / block_lanes * count_tasks (network, sizes);
  guint64 bytes = (n_training + n_test) * sizeof (guint32) + n_pieces * sizeof (gpointer);

  bytes += coterie_sample_pass_count_bytes (network, sizes, n_threads, MAX (n_training, n_test));
  bytes += coterie_sign_patterns_count_bytes (network->widths + 1,
                                              coterie_network_get_n_hidden (network), n_training);
  bytes += n_threads * coterie_row_buffer_count_bytes (sizes->tally_neurons, sizes->block_chunks,
                                                       buffer_values);
  bytes += block_lanes * sizeof (CoterieClassRun);
  for (guint l = 0; l < coterie_network_get_n_hidden (network); l++) {
    CoterieEntropySpec spec;
    CoterieTallySettings tally_settings = get_tally_settings (network, l, settings, &spec);

    bytes += coterie_layer_tally_count_bytes (&tally_settings, order);
  }
  return bytes;
}

static guint64
count_neuron_bytes (const CoterieAnalysisSettings *settings)
{
  const CoterieEntropySpec spec = {settings->bins, COTERIE_ENTROPY_RANGE_MIN_MAX};
  const CoterieTallySettings tally_settings = {1, 1, COTERIE_PAIRS_CLASS, &spec, 1};

  return coterie_layer_tally_count_sweep_bytes (&tally_settings, 1);
}

static CoterieClassOrder *
make_order (CoterieDataset *dataset, guint n_classes)
{
  return coterie_class_order_new (coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TRAINING),
                                  coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING),
                                  n_classes);
}

static void
make_tallies (Analysis *analysis, const CoterieAnalysisSettings *settings)
{
  analysis->tallies = g_new0 (CoterieLayerTally *, analysis->n_layers);
  for (guint l = 0; l < analysis->n_layers; l++) {
    CoterieEntropySpec spec;
    CoterieTallySettings tally_settings =
        get_tally_settings (analysis->network, l, settings, &spec);

    analysis->tallies[l] = coterie_layer_tally_new (&tally_settings, analysis->order);
  }
}

static void
make_tasks (Analysis *analysis)
{
  guint n_tasks = 0;

  analysis->n_tasks = count_tasks (analysis->network, &analysis->sizes);
  analysis->tasks = g_new (TallyTask, analysis->n_tasks);
  for (guint l = 0; l < analysis->n_layers; l++) {
    guint width = analysis->network->widths[l + 1];

    for (guint first = 0; first < width; first += MIN (width, analysis->sizes.tally_neurons))
      analysis->tasks[n_tasks++] =
          (TallyTask){l, first, first + MIN (width - first, analysis->sizes.tally_neurons)};
  }
}

static void
make_buffers (Analysis *analysis)
{
  const CoteriePassSizes *sizes = &analysis->sizes;
  gsize block_lanes = (gsize) sizes->block_chunks * sizes->chunk_lanes;
  guint n_threads = coterie_pool_get_n_threads (analysis->pool);

  analysis->buffers = g_new (CoterieRowBuffer *, n_threads);
  for (guint i = 0; i < n_threads; i++)
    analysis->buffers[i] = coterie_row_buffer_new (sizes->tally_neurons, sizes->block_chunks,
                                                   block_lanes * sizes->tally_neurons);
}

/* Of one block, with rows that have no zeros at all. */
static guint64
get_most_kept_bytes (const Analysis *analysis)
{
  const CoteriePassSizes *sizes = &analysis->sizes;
  guint64 block_lanes = (guint64) sizes->block_chunks * sizes->chunk_lanes;
  guint64 bytes = 0;

  for (guint i = 0; i < analysis->n_tasks; i++) {
    guint64 n_rows = analysis->tasks[i].end_neuron - analysis->tasks[i].first_neuron;

    bytes += coterie_row_store_count_bytes (n_rows, sizes->block_chunks, n_rows * block_lanes);
  }
  return bytes;
}

static void
make_store (Analysis *analysis)
{
  gsize block_lanes = (gsize) analysis->sizes.block_chunks * analysis->sizes.chunk_lanes;
  guint64 most_bytes;

  analysis->n_blocks = (analysis->order->n_samples + block_lanes - 1) / block_lanes;
  analysis->kept = g_new0 (CoterieRowBuffer *, analysis->n_blocks * analysis->n_tasks);
  most_bytes = analysis->n_blocks * get_most_kept_bytes (analysis);
  coterie_row_store_reset (analysis->store, MIN (analysis->plan.kept_bytes, most_bytes));
}

static void
analysis_init (Analysis *analysis,
               const CoterieNetwork *network,
               CoterieDataset *dataset,
               const CoterieAnalysisSettings *settings,
               CoterieAnalysisMemory *memory,
               const CoteriePassSizes *sizes,
               CoteriePool *pool)
{
  guint n_threads = coterie_pool_get_n_threads (pool);

  memset (analysis, 0, sizeof *analysis);
  analysis->network = network;
  analysis->dataset = dataset;
  analysis->sizes = *sizes;
  analysis->pool = pool;
  analysis->n_layers = coterie_network_get_n_hidden (network);
  analysis->kernels = coterie_row_find_kernels (coterie_dense_get_kernels ()->name);
  analysis->order = make_order (dataset, coterie_network_get_n_classes (network));
  analysis->store = coterie_analysis_memory_get_store (memory);
  coterie_memory_plan_make (
      &analysis->plan, coterie_analysis_memory_get_bytes (memory),
      count_fixed_bytes (network, dataset, settings, sizes, analysis->order, n_threads),
      coterie_network_count_hidden_neurons (network), count_neuron_bytes (settings),
      sizes->sweep_neurons);

  make_tallies (analysis, settings);
  make_tasks (analysis);
  make_buffers (analysis);
  make_store (analysis);
  analysis->patterns = coterie_sign_patterns_new (network->widths + 1, analysis->n_layers,
                                                  analysis->order->n_samples, analysis->kernels);
}

static void
analysis_clear (Analysis *analysis)
{
  g_free (analysis->kept);
  for (guint l = 0; l < analysis->n_layers; l++)
    coterie_layer_tally_free (analysis->tallies[l]);
  for (guint i = 0; analysis->buffers != NULL && i < coterie_pool_get_n_threads (analysis->pool);
       i++)
    coterie_row_buffer_free (analysis->buffers[i]);
  g_clear_pointer (&analysis->patterns, coterie_sign_patterns_free);
  g_clear_pointer (&analysis->order, coterie_class_order_free);
  g_free (analysis->tallies);
  g_free (analysis->tasks);
  g_free (analysis->buffers);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Analysis, analysis_clear)

/* The work still to come with so many blocks kept. */
static double
estimate_rest (const Analysis *analysis, gsize n_kept_blocks, gsize n_test_blocks)
{
  double n_blocks = (double) analysis->n_blocks;

  return (double) analysis->plan.n_sweeps *
             (n_blocks * TALLY_COST + n_blocks - (double) n_kept_blocks) +
         (double) n_test_blocks;
}

static gsize
count_test_blocks (const Analysis *analysis)
{
  gsize block_lanes = (gsize) analysis->sizes.block_chunks * analysis->sizes.chunk_lanes;

  return (coterie_dataset_get_n_samples (analysis->dataset, COTERIE_SPLIT_TEST) + block_lanes - 1) /
         block_lanes;
}

static gboolean
step (Analysis *analysis, double cost, GError **error)
{
  analysis->done += cost;
  return coterie_progress_step (analysis->progress, analysis->done / analysis->work,
                                analysis->cancellable, error);
}

/* Adds a neuron's row of the block; returns how many of its activations are bad. */
static guint64
pack_row (const TallyJob *job, CoterieRowBuffer *buffer, guint layer, guint neuron)
{
  guint64 n_bad = 0;

  for (guint chunk = 0; chunk < job->pass->n_chunks; chunk++)
    n_bad += coterie_row_buffer_pack (buffer, job->analysis->kernels,
                                      coterie_sample_pass_get_row (job->pass, chunk, layer, neuron),
                                      coterie_sample_pass_get_n_lanes (job->pass, chunk));
  return n_bad;
}

static void
moments_task (gsize task_number, guint worker, gpointer data)
{
  TallyJob *job = data;
  Analysis *analysis = job->analysis;
  const TallyTask *task = &analysis->tasks[task_number];
  CoterieRowBuffer *buffer = analysis->buffers[worker];
  gsize first_value = 0;

  coterie_row_buffer_clear (buffer, job->pass->n_chunks);
  for (guint q = task->first_neuron; q < task->end_neuron; q++) {
    guint64 n_bad = pack_row (job, buffer, task->layer, q);
    CoteriePackedRow row;

    coterie_row_buffer_read (buffer, q - task->first_neuron, analysis->sizes.chunk_lanes,
                             &first_value, &row);
    coterie_layer_tally_add_row_moments (analysis->tallies[task->layer], q, &row, n_bad, job->runs,
                                         job->n_runs);
  }
  if (job->kept != NULL)
    job->kept[task_number] = coterie_row_store_add (analysis->store, buffer);
}

static void
patterns_task (gsize task_number, guint worker, gpointer data)
{
  TallyJob *job = data;
  Analysis *analysis = job->analysis;
  const TallyTask *task = &analysis->tasks[task_number];
  CoterieRowBuffer *buffer = job->kept != NULL ? job->kept[task_number] : analysis->buffers[worker];
  gsize first_value = 0;

  if (job->kept == NULL)
    coterie_row_buffer_clear (buffer, job->pass->n_chunks);
  for (guint q = task->first_neuron; q < task->end_neuron; q++) {
    CoteriePackedRow row;

    if (job->kept == NULL)
      pack_row (job, buffer, task->layer, q);
    coterie_row_buffer_read (buffer, q - task->first_neuron, analysis->sizes.chunk_lanes,
                             &first_value, &row);
    coterie_layer_tally_add_row_patterns (analysis->tallies[task->layer], q, &row, job->runs,
                                          job->n_runs);
  }
}

static void
tally_block (Analysis *analysis,
             const CoterieSamplePass *pass,
             CoterieRowBuffer **kept,
             CoteriePoolFunc func)
{
  gsize block_lanes = (gsize) pass->n_chunks * analysis->sizes.chunk_lanes;
  guint n_samples = (guint) MIN (block_lanes, pass->n_samples - pass->block_first);
  g_autofree CoterieClassRun *runs =
      g_new (CoterieClassRun, MIN (n_samples, analysis->order->n_classes));
  TallyJob job = {analysis, pass, kept, runs, 0};

  job.n_runs = coterie_class_order_get_runs (analysis->order, pass->block_first, n_samples, runs);
  coterie_pool_run (analysis->pool, analysis->n_tasks, func, &job);
}

/* Blocks are kept from the first on, as long as one without any zeros would fit. */
static CoterieRowBuffer **
begin_keeping (const Analysis *analysis, gsize block)
{
  if (analysis->n_kept_blocks < block ||
      coterie_row_store_get_room (analysis->store) < get_most_kept_bytes (analysis))
    return NULL;
  return analysis->kept + block * analysis->n_tasks;
}

static gboolean
run_first_pass (Analysis *analysis, CoterieSamplePass *pass, GError **error)
{
  for (gsize block = 0; block < pass->n_blocks; block++) {
    CoterieRowBuffer **kept = begin_keeping (analysis, block);

    if (!step (analysis, 0.0, error) ||
        !coterie_sample_pass_run_block (pass, block, TRUE, analysis->patterns, error))
      return FALSE;
    tally_block (analysis, pass, kept, moments_task);
    if (kept != NULL)
      analysis->n_kept_blocks++;
    analysis->done += 1.0 + TALLY_COST;
  }
  return TRUE;
}

static gboolean
run_sweep (Analysis *analysis, CoterieSamplePass *pass, GError **error)
{
  for (gsize block = 0; block < pass->n_blocks; block++) {
    gboolean is_kept = block < analysis->n_kept_blocks;

    coterie_sample_pass_enter_block (pass, block);
    if (!is_kept && !coterie_sample_pass_run_block (pass, block, FALSE, NULL, error))
      return FALSE;
    tally_block (analysis, pass, is_kept ? analysis->kept + block * analysis->n_tasks : NULL,
                 patterns_task);
    if (!step (analysis, is_kept ? TALLY_COST : 1.0 + TALLY_COST, error))
      return FALSE;
  }
  return TRUE;
}

/* Neurons of all layers count one after the other. */
static void
begin_sweep (Analysis *analysis, guint64 first, guint64 end)
{
  guint64 layer_first = 0;

  for (guint l = 0; l < analysis->n_layers; l++) {
    guint64 width = analysis->network->widths[l + 1];
    guint64 from = CLAMP (first, layer_first, layer_first + width) - layer_first;
    guint64 to = CLAMP (end, layer_first, layer_first + width) - layer_first;

    coterie_layer_tally_begin_sweep (analysis->tallies[l], (guint) from, (guint) to);
    layer_first += width;
  }
}

static gboolean
run_second_pass (Analysis *analysis, CoterieSamplePass *pass, GError **error)
{
  for (guint64 i = 0; i < analysis->plan.n_sweeps; i++) {
    begin_sweep (analysis, i * analysis->plan.sweep_neurons,
                 (i + 1) * analysis->plan.sweep_neurons);
    if (!run_sweep (analysis, pass, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
analyse_training (Analysis *analysis, CoterieSamplePass *pass, GError **error)
{
  gsize n_test_blocks = count_test_blocks (analysis);

  analysis->work =
      (double) analysis->n_blocks * (1.0 + TALLY_COST) + estimate_rest (analysis, 0, n_test_blocks);
  if (!run_first_pass (analysis, pass, error))
    return FALSE;

  analysis->work =
      analysis->done + estimate_rest (analysis, analysis->n_kept_blocks, n_test_blocks);
  for (guint l = 0; l < analysis->n_layers; l++)
    coterie_layer_tally_choose (analysis->tallies[l]);
  if (!run_second_pass (analysis, pass, error))
    return FALSE;

  g_clear_pointer (&analysis->kept, g_free);
  for (guint l = 0; l < analysis->n_layers; l++)
    coterie_layer_tally_count_pairs (analysis->tallies[l], analysis->pool);
  return TRUE;
}

static gboolean
evaluate_test (Analysis *analysis, CoterieSamplePass *pass, GError **error)
{
  for (gsize block = 0; block < pass->n_blocks; block++)
    if (!coterie_sample_pass_run_block (pass, block, TRUE, NULL, error) ||
        !step (analysis, 1.0, error))
      return FALSE;
  return TRUE;
}

static gboolean
run_split (Analysis *analysis,
           CoterieNetworkAnalysis *result,
           CoterieSplit split,
           const guint32 *samples,
           GError **error)
{
  g_auto (CoterieSamplePass) pass = {0};

  coterie_sample_pass_init (&pass, analysis->network, analysis->dataset, split, samples,
                            &analysis->sizes, analysis->pool, analysis->cancellable);
  if (split == COTERIE_SPLIT_TRAINING ? !analyse_training (analysis, &pass, error)
                                      : !evaluate_test (analysis, &pass, error))
    return FALSE;
  coterie_sample_pass_evaluate (&pass, &result->evaluations[split]);
  result->class_accuracies[split] = coterie_sample_pass_compute_class_accuracies (&pass);
  return TRUE;
}

static gboolean
run_splits (Analysis *analysis, CoterieNetworkAnalysis *result, GError **error)
{
  gsize n_test = coterie_dataset_get_n_samples (analysis->dataset, COTERIE_SPLIT_TEST);
  g_autofree guint32 *test_samples = g_new (guint32, n_test);

  for (gsize s = 0; s < n_test; s++)
    test_samples[s] = (guint32) s;
  return run_split (analysis, result, COTERIE_SPLIT_TRAINING, analysis->order->samples, error) &&
         run_split (analysis, result, COTERIE_SPLIT_TEST, test_samples, error);
}

/* Patterns with a bad value are none, in its layer and jointly in all later ones. */
static void
count_patterns (Analysis *analysis, guint64 *n_patterns, guint64 *n_regions)
{
  gboolean is_bad = FALSE;

  coterie_sign_patterns_count (analysis->patterns, analysis->pool, n_patterns, n_regions);
  for (guint l = 0; l < analysis->n_layers; l++) {
    if (coterie_layer_tally_get_n_bad_values (analysis->tallies[l]) > 0) {
      n_patterns[l] = 0;
      is_bad = TRUE;
    }
    if (is_bad)
      n_regions[l] = 0;
  }
}

static gboolean
summarise_layers (Analysis *analysis,
                  CoterieNetworkAnalysis *result,
                  const CoterieAnalysisSettings *settings,
                  GError **error)
{
  g_autofree guint64 *n_patterns = g_new0 (guint64, analysis->n_layers);
  g_autofree guint64 *n_regions = g_new0 (guint64, analysis->n_layers);

  count_patterns (analysis, n_patterns, n_regions);
  result->layers = g_new0 (CoterieLayerAnalysis *, analysis->n_layers);
  for (guint l = 0; l < analysis->n_layers; l++) {
    result->layers[l] =
        coterie_layer_summary_compute (analysis->tallies[l], l + 1, n_patterns[l], n_regions[l],
                                       settings, analysis->pool, analysis->cancellable, error);
    if (result->layers[l] == NULL)
      return FALSE;
    result->n_layers++;
  }
  return TRUE;
}

gboolean
coterie_network_analysis_compute_cut (CoterieNetworkAnalysis *analysis,
                                      const CoterieNetwork *network,
                                      CoterieDataset *dataset,
                                      const CoterieAnalysisSettings *settings,
                                      CoterieAnalysisMemory *memory,
                                      const CoteriePassSizes *sizes,
                                      CoteriePool *pool,
                                      CoterieProgress *progress,
                                      GCancellable *cancellable,
                                      GError **error)
{
  g_auto (Analysis) work = {0};

  memset (analysis, 0, sizeof *analysis);
  g_assert (network->widths[0] == coterie_dataset_get_n_features (dataset));
  g_assert (coterie_network_get_n_classes (network) ==
            coterie_dataset_get_info (dataset)->n_classes);
  if (!coterie_analysis_settings_validate (settings, error))
    return FALSE;

  analysis->n_classes = coterie_network_get_n_classes (network);
  analysis_init (&work, network, dataset, settings, memory, sizes, pool);
  work.progress = progress;
  work.cancellable = cancellable;
  if (!run_splits (&work, analysis, error) ||
      !summarise_layers (&work, analysis, settings, error)) {
    coterie_network_analysis_clear (analysis);
    return FALSE;
  }
  return TRUE;
}

/**
 * coterie_network_analysis_compute_within:
 * @analysis: (out caller-allocates): what was found; empty on failure
 * @network: the network; its inputs are the features and its outputs the classes of @dataset
 * @dataset: the data set
 * @settings: of the analysis
 * @memory: how much memory it may take, where less than coterie_network_analysis_get_least_memory()
 *   counts as that, and what earlier analyses have taken of it; results do not depend on it
 * @pool: who does the work; results do not depend on its number of threads
 * @progress: (nullable): told how much is done, a fraction from 0 to 1, once a block
 * @cancellable: (nullable): ends the computation, within one chunk of samples for each thread
 * @error: return location for a #GError
 *
 * Sends both splits through the network, dropout off, evaluates them and analyses every hidden
 * layer over the training samples (sections 5.1, 5.2 and 7). Of equal outputs the lower class is
 * the answer. A class without training samples has no mean and no representatives.
 *
 * A network with numbers that are not finite, as a training that has diverged leaves it, is analysed
 * as far as it goes: a layer with such activations says how many there are, and all else about it is
 * not-a-number or empty; a sample with such outputs counts as wrong, and the loss is not-a-number.
 *
 * Memory: all that the analysis takes besides network, data set and result, until the activations
 * have been tallied; the graph of a layer, and what finds communities in it, come beside it then, with
 * 8 bytes for each pair of its nodes. @memory holds what it has taken for activations. Cost: one forward pass over both splits and about a third more;
 * a second one for the part of the activations, 4 bytes for each that is not 0, which does not fit.
 *
 * Returns: %FALSE with COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE if the settings are not valid, with
 *   COTERIE_ANALYSIS_ERROR_NO_CONVERGENCE if communities cannot be found, and with
 *   %G_IO_ERROR_CANCELLED if cancelled
 */
gboolean
coterie_network_analysis_compute_within (CoterieNetworkAnalysis *analysis,
                                         const CoterieNetwork *network,
                                         CoterieDataset *dataset,
                                         const CoterieAnalysisSettings *settings,
                                         CoterieAnalysisMemory *memory,
                                         CoteriePool *pool,
                                         CoterieProgress *progress,
                                         GCancellable *cancellable,
                                         GError **error)
{
  CoteriePassSizes sizes;

  choose_sizes (&sizes, network, coterie_pool_get_n_threads (pool));
  return coterie_network_analysis_compute_cut (analysis, network, dataset, settings, memory, &sizes,
                                               pool, progress, cancellable, error);
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
 * The same as coterie_network_analysis_compute_within() with the usual amount of memory, which goes
 * back to the system in the end.
 *
 * Returns: as coterie_network_analysis_compute_within()
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
  g_autoptr (CoterieAnalysisMemory) memory = coterie_analysis_memory_new (0);

  return coterie_network_analysis_compute_within (analysis, network, dataset, settings, memory,
                                                  pool, progress, cancellable, error);
}

/**
 * coterie_network_analysis_get_least_memory:
 * @network: the network
 * @dataset: the data set
 * @settings: of the analysis, valid
 * @pool: who will do the work
 *
 * Cost: one pass over the labels.
 *
 * Returns: how many bytes an analysis takes in any case: class means, bits of the representatives,
 *   hashes of the sign patterns, one block of activations, and histograms of 64 neurons at a time.
 *   About 45 bytes for each training sample and hidden layer, and 60 for each neuron and class
 */
guint64
coterie_network_analysis_get_least_memory (const CoterieNetwork *network,
                                           CoterieDataset *dataset,
                                           const CoterieAnalysisSettings *settings,
                                           CoteriePool *pool)
{
  g_autoptr (CoterieClassOrder) order =
      make_order (dataset, coterie_network_get_n_classes (network));
  guint n_threads = coterie_pool_get_n_threads (pool);
  CoteriePassSizes sizes;

  choose_sizes (&sizes, network, n_threads);
  return coterie_memory_plan_get_least_bytes (
      count_fixed_bytes (network, dataset, settings, &sizes, order, n_threads),
      coterie_network_count_hidden_neurons (network), count_neuron_bytes (settings));
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
