/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how fast a run will be before it begins: a few batches are trained, and one frame is made of
 * a few samples, which says what the graphs cost whatever their number. What the other samples of a
 * frame cost goes by what they cost in training: the difference of two short measurements would be
 * mostly that of what else the machine did.
 *
 * Networks too large for a short measurement are made narrower until they fit; what is measured counts
 * for as many times more weights as the real one has. Labels do not matter for speed and are dealt out
 * in turn, so that every class has samples. */

#include "core/run/run-pace.h"

#include "core/analysis/activation-pass.h"
#include "core/run/frame-builder.h"
#include "core/training/trainer.h"

/* 32 MiB: more than the caches hold, as the real one is. */
#define MOST_WEIGHTS (8 * 1024 * 1024)

#define TRAINING_SAMPLES 256 /* at least a batch; what an iteration does once is spread over them */
#define FRAME_SAMPLES 256
#define TRAINING_S 0.3 /* to be measured for so long at least */
#define LONG_S 1.0     /* that a first iteration takes to be counted */

/* What a sample costs in a frame, of what it costs in training: its way forward, which is a third of
 * that, and the counting of activations. */
#define FRAME_SHARE 0.45

typedef struct {
  CoterieDataset *dataset;
  const CoterieTrainingSettings *training;
  const CoterieAnalysisSettings *analysis;
  CoteriePool *pool;
  GCancellable *cancellable;

  CoterieTrainingSettings narrow; /* of the network that is measured */
  double scale;                   /* weights of the real one for each of its weights */
  double sample_s;                /* to train one sample of the real one */
} Measurement;

static double
now_s (void)
{
  return (double) g_get_monotonic_time () / G_USEC_PER_SEC;
}

static void
choose_network (Measurement *self)
{
  const CoterieDatasetInfo *info = coterie_dataset_get_info (self->dataset);
  gsize n_features = coterie_dataset_get_n_features (self->dataset);
  guint64 n_real =
      coterie_training_settings_count_weights (self->training, n_features, info->n_classes);
  guint64 n_weights = n_real;

  self->narrow = *self->training;
  for (guint halvings = 0; n_weights > MOST_WEIGHTS && halvings < 16; halvings++) {
    for (guint l = 0; l < self->narrow.n_hidden; l++)
      self->narrow.hidden[l] = MAX (self->narrow.hidden[l] / 2, 1);
    n_weights =
        coterie_training_settings_count_weights (&self->narrow, n_features, info->n_classes);
  }
  self->scale = (double) n_real / (double) n_weights;
}

static GBytes *
deal_labels (gsize n_samples, guint n_classes)
{
  guint16 *labels = g_new (guint16, n_samples);

  for (gsize s = 0; s < n_samples; s++)
    labels[s] = (guint16) (s % n_classes);
  return g_bytes_new_take (labels, n_samples * sizeof *labels);
}

/* The first training samples, for training as for testing; borrows from the data set. */
static CoterieDataset *
take_samples (const Measurement *self, gsize n_samples, GError **error)
{
  const CoterieDatasetInfo *info = coterie_dataset_get_info (self->dataset);
  gsize n_features = coterie_dataset_get_n_features (self->dataset);
  const guint8 *pixels = coterie_dataset_get_pixels (self->dataset, COTERIE_SPLIT_TRAINING);
  const float *values = coterie_dataset_get_values (self->dataset, COTERIE_SPLIT_TRAINING);
  g_auto (CoterieSamples) samples = {.n_samples = n_samples};

  samples.labels = deal_labels (n_samples, info->n_classes);
  if (pixels != NULL)
    samples.pixels = g_bytes_new_static (pixels, n_samples * n_features);
  else
    samples.values = g_bytes_new_static (values, n_samples * n_features * sizeof *values);
  return coterie_dataset_new (info, (CoterieSamples[]){samples, samples}, error);
}

/* The batches of a short iteration. */
static gsize
count_training_samples (const CoterieTrainingSettings *training, guint n_classes)
{
  gsize n_batches = MAX (TRAINING_SAMPLES / training->batch, 1);

  return MAX (n_batches * training->batch, n_classes);
}

/* Sets sample_s. The first iteration brings memory and caches up, and the threads awake; it is not
 * counted, unless it took so long that another one would take too long. */
static gboolean
measure_training (Measurement *self, CoterieTrainer *trainer, gsize n_samples, GError **error)
{
  double began = now_s ();
  guint n_passes = 1;
  double elapsed;

  if (!coterie_trainer_run_iteration (trainer, NULL, self->cancellable, error))
    return FALSE;
  elapsed = now_s () - began;
  if (elapsed < LONG_S) {
    began = now_s ();
    for (n_passes = 0; n_passes == 0 || now_s () - began < TRAINING_S; n_passes++)
      if (!coterie_trainer_run_iteration (trainer, NULL, self->cancellable, error))
        return FALSE;
    elapsed = now_s () - began;
  }
  self->sample_s = self->scale * elapsed / ((double) n_passes * (double) n_samples);
  return TRUE;
}

/* One frame of so many samples of each split. */
static gboolean
measure_frame (const Measurement *self,
               const CoterieNetwork *network,
               gsize n_samples,
               double *pass_s,
               double *layout_s,
               GError **error)
{
  g_autoptr (CoterieDataset) dataset = take_samples (self, n_samples, error);
  g_autoptr (CoterieFrameBuilder) builder = NULL;
  g_autoptr (CoterieFrame) frame = NULL;
  g_auto (CoterieNetworkAnalysis) analysis = {0};
  CoterieLayoutSettings layout;
  double began = now_s ();

  if (dataset == NULL ||
      !coterie_network_analysis_compute (&analysis, network, dataset, self->analysis, self->pool,
                                         NULL, self->cancellable, error))
    return FALSE;
  *pass_s = now_s () - began;

  began = now_s ();
  coterie_layout_settings_init (&layout);
  builder = coterie_frame_builder_new (self->narrow.n_hidden, self->analysis, &layout, self->pool);
  coterie_frame_builder_begin (builder, 0, &analysis);
  for (guint l = 0; l < analysis.n_layers; l++)
    if (!coterie_frame_builder_place (builder, l, NULL, self->cancellable, error))
      return FALSE;
  frame = coterie_frame_builder_end (builder);
  *layout_s = now_s () - began;
  return TRUE;
}

static double
count_samples (CoterieDataset *dataset)
{
  return (double) coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING) +
         (double) coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST);
}

/* Without the graphs if there is no time any more to measure them. */
static double
measure_frames (const Measurement *self, const CoterieNetwork *network, gsize n_samples)
{
  double total = count_samples (self->dataset);
  double share_s = FRAME_SHARE * self->sample_s;
  double pass_s;
  double layout_s;

  if (!measure_frame (self, network, n_samples, &pass_s, &layout_s, NULL))
    return total * share_s;
  return total * share_s + MAX (pass_s - 2.0 * (double) n_samples * share_s / self->scale, 0.0) +
         layout_s;
}

/**
 * coterie_run_pace_measure:
 * @pace: (out caller-allocates): what was measured
 * @dataset: what will be learnt
 * @training: settings of the training
 * @analysis: settings of the analysis
 * @cancellable: (nullable): ends the measurement; if that is after the training was measured, the
 *   frames are guessed by it
 * @error: return location for a #GError
 *
 * Measures how fast this machine does a run, with a pool of its own. The result is no better than the
 * calm of the machine. Cost: a few tenths of a second, and at most some 100 MiB.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED, or if settings or data set cannot be trained
 */
gboolean
coterie_run_pace_measure (CoterieRunPace *pace,
                          CoterieDataset *dataset,
                          const CoterieTrainingSettings *training,
                          const CoterieAnalysisSettings *analysis,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (0);
  g_autoptr (CoterieDataset) samples = NULL;
  g_autoptr (CoterieTrainer) trainer = NULL;
  gsize n_training = coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING);
  guint n_classes = coterie_dataset_get_info (dataset)->n_classes;
  Measurement self = {dataset, training, analysis, pool, cancellable};
  gsize n_samples;

  if (!coterie_training_settings_validate (training, error) ||
      !coterie_analysis_settings_validate (analysis, error))
    return FALSE;
  choose_network (&self);

  n_samples = MIN (count_training_samples (training, n_classes), n_training);
  samples = take_samples (&self, n_samples, error);
  if (samples == NULL)
    return FALSE;
  trainer = coterie_trainer_new (samples, &self.narrow, pool, error);
  if (trainer == NULL || !measure_training (&self, trainer, n_samples, error))
    return FALSE;

  pace->iteration_s = self.sample_s * (double) n_training;
  pace->frame_s = measure_frames (&self, coterie_trainer_get_network (trainer),
                                  MIN (MAX (FRAME_SAMPLES, n_classes), n_training));
  return TRUE;
}

/**
 * coterie_run_pace_predict:
 * @pace: what was measured
 * @training: how many iterations are trained, and which are recorded
 *
 * Returns: how long the run will take, seconds
 */
double
coterie_run_pace_predict (const CoterieRunPace *pace, const CoterieTrainingSettings *training)
{
  guint64 record_every = MAX (training->record_every, 1);
  guint64 n_frames = 1 + (training->n_iterations + record_every - 1) / record_every;

  return training->n_iterations * pace->iteration_s + (double) n_frames * pace->frame_s;
}
