/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/analysis/evaluation.h"
#include "core/analysis/sign-patterns.h"
#include "core/base/parallel.h"
#include "core/dataset/dataset.h"
#include "core/network/network.h"

G_BEGIN_DECLS

/**
 * CoteriePassSizes:
 * @chunk_lanes: samples side by side in one forward pass, a multiple of 16, at most 64
 * @block_chunks: chunks that are passed and then tallied together, at least 1
 * @tally_neurons: neurons of one tally task, at least 1
 * @sweep_neurons: neurons of one sweep of the second pass at most, at least 1
 *
 * How the work is cut. A matter of speed and memory only: results do not depend on it.
 */
typedef struct {
  guint chunk_lanes;
  guint block_chunks;
  guint tally_neurons;
  guint sweep_neurons;
} CoteriePassSizes;

typedef struct _CoterieSampleScratch CoterieSampleScratch;

/**
 * CoterieSamplePass:
 * @network: the network
 * @dataset: the data set
 * @split: which of its splits
 * @samples: [n_samples]: in which order
 * @n_samples: how many
 * @sizes: how the work is cut
 * @n_blocks: into how many blocks
 * @block_first: position in the order of the first sample of the block at hand
 * @n_chunks: chunks of the block at hand
 *
 * A split on its way through a network, block by block. A plain value; fields are for reading.
 */
typedef struct {
  const CoterieNetwork *network;
  CoterieDataset *dataset;
  CoterieSplit split;
  const guint32 *samples;
  gsize n_samples;
  CoteriePassSizes sizes;
  gsize n_blocks;
  gsize block_first;
  guint n_chunks;

  /*< private >*/
  gboolean is_finite; /* the network */
  CoteriePool *pool;
  GCancellable *cancellable;
  CoterieSampleScratch *scratch; /* one for each worker */
  float *activations;            /* [block_chunks][hidden neurons][chunk_lanes] */
  gsize *hidden_offsets;         /* [hidden layers + 1] */
  double *losses;                /* [n_samples] */
  guint8 *hits;                  /* [n_samples] */
  gboolean is_first_time;
  CoterieSignPatterns *patterns;
} CoterieSamplePass;

void coterie_sample_pass_init (CoterieSamplePass *pass,
                               const CoterieNetwork *network,
                               CoterieDataset *dataset,
                               CoterieSplit split,
                               const guint32 *samples,
                               const CoteriePassSizes *sizes,
                               CoteriePool *pool,
                               GCancellable *cancellable);
void coterie_sample_pass_clear (CoterieSamplePass *pass);
guint64 coterie_sample_pass_count_bytes (const CoterieNetwork *network,
                                         const CoteriePassSizes *sizes,
                                         guint n_threads,
                                         guint64 n_samples);
gboolean coterie_sample_pass_run_block (CoterieSamplePass *pass,
                                        gsize block,
                                        gboolean is_first_time,
                                        CoterieSignPatterns *patterns,
                                        GError **error);
void coterie_sample_pass_enter_block (CoterieSamplePass *pass, gsize block);
guint coterie_sample_pass_get_n_lanes (const CoterieSamplePass *pass, guint chunk);
const float *
coterie_sample_pass_get_row (const CoterieSamplePass *pass, guint chunk, guint layer, guint neuron);
void coterie_sample_pass_evaluate (const CoterieSamplePass *pass, CoterieEvaluation *evaluation);
double *coterie_sample_pass_compute_class_accuracies (const CoterieSamplePass *pass);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieSamplePass, coterie_sample_pass_clear)

G_END_DECLS
