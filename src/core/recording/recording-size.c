/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a recording becomes, from what it will hold. */

#include "core/recording/recording-size.h"

#include "core/recording/recording-schema.h"
#include "core/training/optimizer.h"

/* SQLite writes whole pages. A row that is longer than one page leaves a part of its last empty; and
 * tables and indices have pages of their own. A page of a long row begins with the number of the next, and
 * one page of many says what the others are for. */
#define PAGE_BYTES 4096
#define TABLE_PAGES 24
#define LINK_BYTES 4
#define MAPPED_PAGES 819

/* The log is folded into the file once it has so many pages, or a transaction more. */
#define LOG_PAGES 1000

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

/* Of what is longer than a page. */
static guint64
add_page_headers (guint64 n_bytes)
{
  guint64 n_pages = n_bytes / (PAGE_BYTES - LINK_BYTES);

  return n_bytes + n_pages * LINK_BYTES + n_pages / MAPPED_PAGES * PAGE_BYTES;
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
 * continuing the training needs is there once. While the recording is being written it takes more room:
 * coterie_recording_estimate_room().
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

  return estimate_empty_pages (info, n_frames) +
         add_page_headers (n_frames * estimate_frame (info) + n_networks * n_bytes +
                           (keeps_state ? estimate_trainer (info) : 0));
}

/**
 * coterie_recording_estimate_room:
 * @info: a run that has not begun
 * @keeps_state: whether what continuing the training needs is recorded
 *
 * Says how much room its recording can take while it is being written. The log has what is written at a
 * time: a frame, its weights and the state, and what moves up in the place of the state before; of a large
 * network no more than two pieces. The state of that is in the file twice for a while, as the one before
 * stays until the new one is whole.
 *
 * Returns: bytes, more than coterie_recording_estimate_size()
 */
guint64
coterie_recording_estimate_room (const CoterieRunInfo *info, gboolean keeps_state)
{
  guint64 n_state_bytes = keeps_state ? estimate_trainer (info) : 0;
  guint64 n_log_bytes = LOG_PAGES * PAGE_BYTES + estimate_frame (info);

  if (coterie_recording_keeps_every_network (info))
    n_log_bytes += estimate_parameters (info) + 2 * n_state_bytes;
  else
    n_log_bytes += 2 * COTERIE_RECORDING_CHUNK_BYTES + n_state_bytes;
  return coterie_recording_estimate_size (info, keeps_state) + add_page_headers (n_log_bytes);
}
