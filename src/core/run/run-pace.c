/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures how fast a run will be before it begins: a few batches are trained, and some frames are made
 * of a part of the samples.
 *
 * Networks too large for a short measurement are made narrower until they fit; what is measured counts
 * for as many times more weights as the real one has. What is trained there has
 * communities soon, as the real one has; so its graphs take as long. */

#include "core/run/run-pace.h"

#include "core/recording/recording-schema.h"
#include "core/recording/recording-size.h"
#include "core/run/frame-pace.h"
#include "core/training/optimizer.h"
#include "core/training/trainer.h"

/* 32 MiB: more than the caches hold, as the real one is. */
#define MOST_WEIGHTS (8 * 1024 * 1024)

#define TRAINING_SAMPLES 256 /* at least a batch; what an iteration does once is spread over them */
#define TRAINING_S 0.3       /* to be measured for so long at least */
#define LONG_S 1.0           /* that a first iteration takes to be counted */

/* A frame is made of so many samples as that takes about so long, and of a part of them. The part is
 * large enough for the graphs of both to be alike. */
#define LEAST_FRAME_SAMPLES 256
#define FRAME_S 0.2
#define FEW_SHARE 0.25

/* Of these times, where the run itself may be shorter than they are. */
#define BRIEF_SHARE 0.1

/* What a sample costs in a frame, of what it costs in training: its way forward, which is a third of
 * that, and the counting of activations. */
#define FRAME_SHARE 0.3

typedef struct {
  CoterieDataset *dataset;
  const CoterieTrainingSettings *training;
  const CoterieAnalysisSettings *analysis;
  CoteriePool *pool;
  GCancellable *cancellable;
  double share; /* of the time that a careful measurement takes */

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

static gboolean
has_all_classes (const guint16 *labels, gsize n_samples, guint n_classes)
{
  g_autofree guint8 *is_there = g_new0 (guint8, n_classes);
  guint n_there = 0;

  for (gsize s = 0; s < n_samples; s++) {
    n_there += is_there[labels[s]] == 0;
    is_there[labels[s]] = 1;
  }
  return n_there == n_classes;
}

/* Data sets in the order of their classes get others. */
static GBytes *
choose_labels (const Measurement *self, gsize n_samples)
{
  const guint16 *found = coterie_dataset_get_labels (self->dataset, COTERIE_SPLIT_TRAINING);
  guint n_classes = coterie_dataset_get_info (self->dataset)->n_classes;
  guint16 *labels;

  if (has_all_classes (found, n_samples, n_classes))
    return g_bytes_new_static (found, n_samples * sizeof *found);
  labels = g_new (guint16, n_samples);
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

  samples.labels = choose_labels (self, n_samples);
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
    for (n_passes = 0; n_passes == 0 || now_s () - began < TRAINING_S * self->share; n_passes++)
      if (!coterie_trainer_run_iteration (trainer, NULL, self->cancellable, error))
        return FALSE;
    elapsed = now_s () - began;
  }
  self->sample_s = self->scale * elapsed / ((double) n_passes * (double) n_samples);
  return TRUE;
}

static double
count_samples (CoterieDataset *dataset)
{
  return (double) coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING) +
         (double) coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST);
}

/* Of each split. */
static gsize
count_frame_samples (const Measurement *self)
{
  gsize n_training = coterie_dataset_get_n_samples (self->dataset, COTERIE_SPLIT_TRAINING);
  guint n_classes = coterie_dataset_get_info (self->dataset)->n_classes;
  double n_wanted =
      self->share * FRAME_S * self->scale / (COTERIE_N_SPLITS * FRAME_SHARE * self->sample_s);

  return (gsize) CLAMP (n_wanted, (double) MIN (MAX (LEAST_FRAME_SAMPLES, n_classes), n_training),
                        (double) n_training);
}

static CoterieRunInfo *
describe (const Measurement *self, CoterieDataset *samples)
{
  CoterieRunInfo fields = {
      .dataset = *coterie_dataset_get_info (self->dataset),
      .dataset_hash = coterie_dataset_get_hash (self->dataset),
      .training = self->narrow,
      .analysis = *self->analysis,
      .program = "Coterie " COTERIE_VERSION,
  };

  coterie_layout_settings_init (&fields.layout);
  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    fields.n_samples[split] = coterie_dataset_get_n_samples (samples, (CoterieSplit) split);
  return coterie_run_info_new (&fields);
}

static gboolean
try_frames (const Measurement *self, const CoterieNetwork *network, CoterieFramePace *pace)
{
  gsize n_many = count_frame_samples (self);
  guint n_classes = coterie_dataset_get_info (self->dataset)->n_classes;
  gsize n_few = MIN (MAX ((gsize) (FEW_SHARE * (double) n_many), n_classes), n_many);
  g_autoptr (CoterieDataset) many = take_samples (self, n_many, NULL);
  g_autoptr (CoterieDataset) few = take_samples (self, n_few, NULL);
  g_autoptr (CoterieRunInfo) info = NULL;

  if (many == NULL || few == NULL)
    return FALSE;
  info = describe (self, many);
  return coterie_frame_pace_measure (pace, network, few, many, info, self->pool, self->cancellable,
                                     NULL);
}

/* By their samples alone if there is no time any more to measure more than that. */
static void
measure_frames (const Measurement *self, const CoterieNetwork *network, CoterieRunPace *pace)
{
  double n_samples = count_samples (self->dataset);
  CoterieFramePace frame;

  if (!try_frames (self, network, &frame)) {
    pace->frame_s = n_samples * FRAME_SHARE * self->sample_s;
    return;
  }
  pace->frame_s =
      n_samples * self->scale * frame.sample_s + frame.graphs_s + frame.layout_s + frame.writing_s;
  pace->weights_s = self->scale * frame.weights_s;
  pace->state_s = pace->weights_s * (double) coterie_optimizer_count_memory (self->training) /
                  (double) sizeof (float);
}

static guint
count_frames_for_network (const Measurement *self)
{
  CoterieRunInfo info = {
      .dataset = *coterie_dataset_get_info (self->dataset),
      .training = *self->training,
  };

  return coterie_recording_keeps_every_network (&info) ? 1 : COTERIE_RECORDING_KEY_FRAME;
}

/**
 * coterie_run_pace_measure:
 * @pace: (out caller-allocates): what was measured
 * @dataset: what will be learnt
 * @training: settings of the training
 * @analysis: settings of the analysis
 * @n_threads: of the run; 0 takes as many as the machine has processors
 * @brief: whether a tenth of that care will do, since the run itself is short
 * @cancellable: (nullable): ends the measurement; if that is after the training was measured, the
 *   frames are guessed by it
 * @error: return location for a #GError
 *
 * Measures how fast this machine does a run, with a pool of its own. The result is no better than the
 * calm of the machine. Cost: a few tenths of a second, and at most some 100 MiB; if
 * @brief, some hundredths and three frames of a few hundred samples.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED, or if settings or data set cannot be trained
 */
gboolean
coterie_run_pace_measure (CoterieRunPace *pace,
                          CoterieDataset *dataset,
                          const CoterieTrainingSettings *training,
                          const CoterieAnalysisSettings *analysis,
                          guint n_threads,
                          gboolean brief,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
  g_autoptr (CoterieDataset) samples = NULL;
  g_autoptr (CoterieTrainer) trainer = NULL;
  gsize n_training = coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING);
  guint n_classes = coterie_dataset_get_info (dataset)->n_classes;
  Measurement self = {dataset, training, analysis, pool, cancellable, brief ? BRIEF_SHARE : 1.0};
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

  *pace = (CoterieRunPace){
      .iteration_s = self.sample_s * (double) n_training,
      .frames_for_network = count_frames_for_network (&self),
  };
  measure_frames (&self, coterie_trainer_get_network (trainer), pace);
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
  guint64 n_between = MAX (pace->frames_for_network, 1);
  guint64 n_networks = (n_frames + n_between - 1) / n_between;

  /* after the last iteration the training can go on, whether it is the turn of its weights or not */
  if ((n_frames - 1) % n_between > 0)
    n_networks++;
  return training->n_iterations * pace->iteration_s + (double) n_frames * pace->frame_s +
         (double) n_networks * (pace->weights_s + pace->state_s);
}
