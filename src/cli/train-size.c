/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How large a training will be, which is known before it begins: its weights and its recording, and
 * whether there is room for it. */

#include "config.h"

#include "cli/train-size.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "cli/json-members.h"
#include "core/base/count-text.h"
#include "core/recording/recording-size.h"
#include "core/run/run-output.h"

/* What a training comes to, which is known before it begins. */
typedef struct {
  guint64 n_weights;
  guint64 n_bytes; /* of the recording, at most */
  gboolean keeps_every_network;
} Size;

static Size
count_size (const CoterieTrainOptions *options, const CoterieRunInfo *info)
{
  gboolean keeps_state = !options->settings.leaves_state_out;
  gsize n_features = coterie_dataset_info_get_n_features (&info->dataset);

  return (Size){
      .n_weights = coterie_training_settings_count_weights (&info->training, n_features,
                                                            info->dataset.n_classes),
      .n_bytes = coterie_recording_estimate_size (info, keeps_state),
      .keeps_every_network = coterie_recording_keeps_every_network (info),
  };
}

/* Of what is there already of the recording, bytes. */
static guint64
get_length (const char *path)
{
  GStatBuf status;

  return g_stat (path, &status) == 0 ? (guint64) status.st_size : 0;
}

/* What continuing the training needs is written twice, and is most of it with large networks. */
static void
advise_on_state (const CoterieRunInfo *info, guint64 n_free)
{
  guint64 n_bytes = coterie_recording_estimate_room (info, FALSE);
  g_autofree char *bytes = g_format_size (n_bytes);

  if (n_bytes <= n_free)
    g_printerr (_ ("coterie-cli: with --no-state it takes %s, but cannot be continued later\n"),
                bytes);
}

/**
 * coterie_train_size_print:
 * @options: of the training
 * @info: what is to be trained
 *
 * Prints how many weights there are, and how large the recording can become, in a line.
 */
void
coterie_train_size_print (const CoterieTrainOptions *options, const CoterieRunInfo *info)
{
  Size size = count_size (options, info);
  g_autofree char *weights = coterie_count_to_text (size.n_weights);
  g_autofree char *bytes = g_format_size (size.n_bytes);

  if (size.keeps_every_network)
    g_print (_ ("%s weights, kept in every frame; a recording of at most %s\n"), weights, bytes);
  else
    g_print (_ ("%s weights, kept in every tenth frame only; a recording of at most %s\n"), weights,
             bytes);
}

/**
 * coterie_train_size_add:
 * @builder: in an object
 * @options: of the training
 * @info: what is to be trained
 *
 * Adds the same as members.
 */
void
coterie_train_size_add (JsonBuilder *builder,
                        const CoterieTrainOptions *options,
                        const CoterieRunInfo *info)
{
  Size size = count_size (options, info);

  coterie_json_add_whole (builder, "weights", size.n_weights);
  coterie_json_add_boolean (builder, "weights_in_every_frame", size.keeps_every_network);
  coterie_json_add_whole (builder, "most_recording_bytes", size.n_bytes);
}

/**
 * coterie_train_size_warn_of_full_disk:
 * @options: of the training, which say where it is to be recorded
 * @info: what is to be trained
 *
 * Says on standard error if there is not enough room.
 */
void
coterie_train_size_warn_of_full_disk (const CoterieTrainOptions *options,
                                      const CoterieRunInfo *info)
{
  const char *output = options->output;
  gboolean keeps_state = !options->settings.leaves_state_out;
  guint64 n_bytes = coterie_recording_estimate_room (info, keeps_state);
  guint64 n_free = coterie_run_output_get_free_bytes (output);
  guint64 n_available = n_free + get_length (output);
  g_autofree char *bytes = g_format_size (n_bytes);
  g_autofree char *free_text = g_format_size (n_free);

  if (n_bytes <= n_available)
    return;
  g_printerr (_ ("coterie-cli: %s: while it is being written it can take %s, and only %s are free "
                 "here\n"),
              output, bytes, free_text);
  if (keeps_state)
    advise_on_state (info, n_available);
}
