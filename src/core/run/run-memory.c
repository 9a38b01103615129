/* SPDX-License-Identifier: GPL-3.0-or-later */

/* About how much memory a run takes, before it begins: the program itself, the data set, the network with
 * what its optimizer remembers, a copy of the weights on their way into the recording, and the analysis,
 * which keeps the activations of all training samples as far as it may. */

#include "core/run/run-memory.h"

#include "core/analysis/analysis-memory.h"
#include "core/training/trainer.h"

/* Libraries, threads, the database: measured. */
#define PROGRAM_BYTES (24 * 1024 * 1024)

/* As said at coterie_network_analysis_get_least_memory(). */
#define BYTES_OF_SAMPLE_AND_LAYER 45
#define BYTES_OF_NEURON_AND_CLASS 60

/* Floats, about half of which are 0 and not kept. */
#define BYTES_OF_ACTIVATION 2

static guint64
estimate_analysis (const CoterieRunInfo *info)
{
  const CoterieTrainingSettings *training = &info->training;
  guint64 n_samples = info->n_samples[COTERIE_SPLIT_TRAINING];
  guint64 n_bytes = 0;

  for (guint l = 0; l < training->n_hidden; l++)
    n_bytes += n_samples * (BYTES_OF_SAMPLE_AND_LAYER +
                            BYTES_OF_ACTIVATION * (guint64) training->hidden[l]) +
               (guint64) training->hidden[l] * BYTES_OF_NEURON_AND_CLASS * info->dataset.n_classes;
  return n_bytes;
}

/**
 * coterie_run_estimate_memory:
 * @info: a run that has not begun; training and analysis are valid
 * @value_bytes: how many bytes a value of a sample takes: 1 for pixels, 4 for numbers
 * @analysis_bytes: how much the analysis may take; 0 takes the default
 *
 * Says about how much memory the run takes at its peak. Within a third of what was measured for MNIST and
 * the digits. Cost: constant.
 *
 * Returns: bytes, more than 0
 */
guint64
coterie_run_estimate_memory (const CoterieRunInfo *info, guint value_bytes, guint64 analysis_bytes)
{
  const CoterieTrainingSettings *training = &info->training;
  guint n_classes = info->dataset.n_classes;
  gsize n_features = coterie_dataset_info_get_n_features (&info->dataset);
  guint64 n_samples = info->n_samples[COTERIE_SPLIT_TRAINING] + info->n_samples[COTERIE_SPLIT_TEST];
  guint64 n_weights = coterie_training_settings_count_weights (training, n_features, n_classes);
  guint64 most_bytes = analysis_bytes > 0 ? analysis_bytes : COTERIE_DEFAULT_MEMORY_BYTES;

  return PROGRAM_BYTES + n_samples * n_features * value_bytes +
         coterie_trainer_estimate_memory (n_features, n_classes, training) +
         n_weights * sizeof (float) + MIN (estimate_analysis (info), most_bytes);
}
