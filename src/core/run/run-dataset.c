/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The data set of a run: what its source holds, as many samples as the run wants, and labels as noisy
 * as it wants them. The same settings give the same data set again, so that a recording needs to keep
 * nothing of it but where it was and the hash of its content. */

#include "core/run/run-dataset.h"

#include "core/dataset/catalog.h"
#include "core/dataset/digits.h"
#include "core/dataset/label-noise.h"

/**
 * coterie_run_dataset_open:
 * @source: what coterie_dataset_open_with() opens
 * @options: how to read it
 * @training: says how many training samples are used, and how many labels are drawn at random
 * @pool: the threads to work with
 * @progress: (nullable): told how far the opening is; may pause it
 * @cancellable: (nullable): ends the opening
 * @error: return location for a #GError
 *
 * Opens the data set that a run works with. Cost: about 0.5 s for MNIST.
 *
 * Returns: (transfer full): the data set, or %NULL with an error as of coterie_dataset_open_with(), or
 *   if there are fewer samples than wanted
 */
CoterieDataset *
coterie_run_dataset_open (const char *source,
                          const CoterieDatasetOptions *options,
                          const CoterieTrainingSettings *training,
                          CoteriePool *pool,
                          CoterieProgress *progress,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (CoterieDataset) dataset =
      coterie_dataset_open_with (source, options, pool, progress, cancellable, error);

  if (dataset == NULL)
    return NULL;
  if (training->limit > 0) {
    CoterieDataset *limited = coterie_dataset_with_limit (dataset, training->limit, error);

    if (limited == NULL)
      return NULL;
    coterie_dataset_unref (dataset);
    dataset = limited;
  }
  if (training->label_noise > 0.0)
    return coterie_dataset_with_label_noise (dataset, training->label_noise, training->seed);
  return g_steal_pointer (&dataset);
}

/* A path that is not absolute counts from the recording's own folder. */
static char *
dup_source (const char *source, const char *recording)
{
  g_autofree char *folder = NULL;

  if (g_str_equal (source, COTERIE_DIGITS_SOURCE) || g_path_is_absolute (source))
    return g_strdup (source);
  folder = g_path_get_dirname (recording);
  return g_build_filename (folder, source, NULL);
}

static gboolean
check_content (CoterieDataset *dataset, const CoterieRunInfo *info, GError **error)
{
  const char *hash = coterie_dataset_get_hash (dataset);

  if (g_str_equal (hash, info->dataset_hash))
    return TRUE;
  g_set_error (
      error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
      "its content has the hash %.12s…, expected %.12s…, which the recording was made from", hash,
      info->dataset_hash);
  return FALSE;
}

/* What goes before names the data set already. */
static void
drop_prefix (GError *error, const char *source)
{
  g_autofree char *prefix = g_strconcat (source, ": ", NULL);

  if (g_str_has_prefix (error->message, prefix)) {
    char *rest = g_strdup (error->message + strlen (prefix));

    g_free (error->message);
    error->message = rest;
  }
}

/* Of a data set that was looked for where it was recorded to be, what is another one has changed. */
static void
explain (GError **error, const char *moved_to, const char *recording, const char *source)
{
  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  drop_prefix (*error, source);
  if (g_error_matches (*error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND))
    g_prefix_error (
        error, moved_to != NULL ? "%s: there is no data set %s: " : "%s: the data set %s is gone: ",
        recording, source);
  else
    g_prefix_error (error,
                    moved_to != NULL ? "%s: the data set %s is not that of the recording: "
                                     : "%s: the data set %s has changed: ",
                    recording, source);
}

/**
 * coterie_run_dataset_reopen_at:
 * @moved_to: (nullable): where the data set is now, as for coterie_dataset_open_with(); %NULL if it is
 *   where the run found it
 * @info: what is recorded of a run
 * @recording: the path of its recording; errors name it, and a relative source counts from its folder
 * @pool: the threads to work with
 * @progress: (nullable): told how far the opening is; may pause it
 * @cancellable: (nullable): ends the opening
 * @error: return location for a #GError
 *
 * Opens the data set of a recorded run again, exactly as the run had it, wherever it is: what counts
 * is the hash of its content. Cost: about 0.5 s for MNIST.
 *
 * Returns: (transfer full): the data set, or %NULL with an error as of coterie_run_dataset_reopen()
 */
CoterieDataset *
coterie_run_dataset_reopen_at (const char *moved_to,
                               const CoterieRunInfo *info,
                               const char *recording,
                               CoteriePool *pool,
                               CoterieProgress *progress,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autofree char *source =
      moved_to != NULL ? g_strdup (moved_to) : dup_source (info->dataset.source, recording);
  const char *text = info->dataset.options != NULL ? info->dataset.options : "";
  g_autoptr (GError) local_error = NULL;
  g_autoptr (CoterieDataset) dataset = NULL;
  CoterieDatasetOptions options;

  if (!coterie_dataset_options_from_string (text, &options, error)) {
    g_prefix_error (error, "%s: ", recording);
    return NULL;
  }
  dataset = coterie_run_dataset_open (source, &options, &info->training, pool, progress,
                                      cancellable, &local_error);
  if (dataset != NULL && check_content (dataset, info, &local_error))
    return g_steal_pointer (&dataset);
  explain (&local_error, moved_to, recording, source);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/**
 * coterie_run_dataset_reopen:
 * @info: what is recorded of a run
 * @recording: the path of its recording; errors name it, and a relative source counts from its folder
 * @pool: the threads to work with
 * @progress: (nullable): told how far the opening is; may pause it
 * @cancellable: (nullable): ends the opening
 * @error: return location for a #GError
 *
 * Opens the data set of a recorded run again, exactly as the run had it. Cost: about 0.5 s for MNIST.
 *
 * Returns: (transfer full): the data set, or %NULL with COTERIE_DATASET_ERROR_NOT_FOUND if it is gone,
 *   with COTERIE_DATASET_ERROR_MISMATCH if its content is not that which is recorded, or with another
 *   error as of coterie_dataset_open_with()
 */
CoterieDataset *
coterie_run_dataset_reopen (const CoterieRunInfo *info,
                            const char *recording,
                            CoteriePool *pool,
                            CoterieProgress *progress,
                            GCancellable *cancellable,
                            GError **error)
{
  return coterie_run_dataset_reopen_at (NULL, info, recording, pool, progress, cancellable, error);
}
