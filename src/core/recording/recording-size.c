/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a recording becomes, from what it will hold. */

#include "core/recording/recording-size.h"

#include "core/recording/recording-schema.h"
#include "core/training/optimizer.h"

/* SQLite writes whole pages. A row that is longer than one page leaves a part of its last empty; and
 * tables and indices have pages of their own. */
#define PAGE_BYTES 4096
#define TABLE_PAGES 24

static guint64
estimate_frame (const CoterieRunInfo *info)
{
  guint64 n_classes = info->dataset.n_classes;
  guint64 bytes = 0;

  for (guint l = 0; l < info->training.n_hidden; l++) {
    guint64 n_neurons = info->training.hidden[l];
    guint64 n_nodes = MIN (n_neurons, n_classes * info->analysis.top);

    bytes += (n_classes + 1) * n_neurons * sizeof (float) + n_nodes * 6 * sizeof (guint32) +
             n_classes * info->analysis.top * sizeof (guint32) +
             n_nodes * (n_nodes - 1) / 2 * (2 * sizeof (guint32) + sizeof (double));
  }
  return bytes;
}

/* Those of a frame: its own row, two of each layer, and that of its weights. */
static guint64
estimate_empty_pages (const CoterieRunInfo *info, guint64 n_frames)
{
  return (TABLE_PAGES + n_frames * (2 + 2 * info->training.n_hidden)) * PAGE_BYTES;
}

static guint64
estimate_parameters (const CoterieRunInfo *info)
{
  gsize n_features = coterie_dataset_info_get_n_features (&info->dataset);

  return coterie_training_settings_count_weights (&info->training, n_features,
                                                  info->dataset.n_classes) *
         sizeof (float);
}

/**
 * coterie_recording_keeps_every_network:
 * @info: a run
 *
 * Returns: whether its recording has the weights of every frame; those of large networks are kept
 *   with the first frame and every tenth after it alone
 */
gboolean
coterie_recording_keeps_every_network (const CoterieRunInfo *info)
{
  return estimate_parameters (info) <= COTERIE_RECORDING_CHUNK_BYTES;
}

/* What the optimizer remembers and, where not every frame has them, the weights of the last one. */
static guint64
estimate_trainer (const CoterieRunInfo *info)
{
  guint64 n_memories = coterie_optimizer_count_memory (&info->training) / sizeof (float);

  return (n_memories + (coterie_recording_keeps_every_network (info) ? 0 : 1)) *
         estimate_parameters (info);
}

/**
 * coterie_recording_estimate_size:
 * @info: a run that has not begun
 * @keeps_state: whether what continuing the training needs is recorded
 *
 * Says how long its recording can become, as if every two nodes had an edge; mostly it is less. What
 * continuing the training needs is there once. While the recording is being written its log
 * takes room besides.
 *
 * Returns: bytes, more than 0
 */
guint64
coterie_recording_estimate_size (const CoterieRunInfo *info, gboolean keeps_state)
{
  guint64 record_every = MAX (info->training.record_every, 1);
  guint64 n_frames = 1 + (info->training.n_iterations + record_every - 1) / record_every;
  guint64 n_bytes = estimate_parameters (info);
  guint64 n_networks =
      coterie_recording_keeps_every_network (info)
          ? n_frames
          : (n_frames + COTERIE_RECORDING_KEY_FRAME - 1) / COTERIE_RECORDING_KEY_FRAME;

  return estimate_empty_pages (info, n_frames) + n_frames * estimate_frame (info) +
         n_networks * n_bytes + (keeps_state ? estimate_trainer (info) : 0);
}
