/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a training would come to, without starting it: its weights, its recording, its memory and its
 * time. Of a data set with a name that is not on this machine all but the time can be said. */

#include "config.h"

#include "cli/train-estimate.h"

#include <glib/gi18n.h>

#include "cli/json-members.h"
#include "cli/standard-output.h"
#include "cli/train-forecast.h"
#include "cli/train-notes.h"
#include "cli/train-size.h"
#include "core/dataset/known-sets.h"
#include "core/run/run-continuation.h"
#include "core/run/run-dataset.h"
#include "core/run/run-memory.h"
#include "core/run/run-output.h"
#include "core/training/trainer.h"

/* What is asked about. */
typedef struct {
  const CoterieTrainOptions *options;
  CoterieRunContinuation continuation; /* or zeros */
  CoterieDataset *dataset;             /* or %NULL: not on this machine */
  CoterieRunInfo info;                 /* borrows from these */
} Plan;

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->dataset, coterie_dataset_unref);
  coterie_run_continuation_clear (&plan->continuation);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/* Of a known data set, which is not there to be read. */
static gboolean
describe_missing (Plan *plan)
{
  const CoterieTrainOptions *options = plan->options;
  const CoterieKnownSet *set = coterie_known_sets_find (options->dataset);

  if (set == NULL || set->kind != COTERIE_KNOWN_SET_DOWNLOAD ||
      g_file_test (options->dataset, G_FILE_TEST_EXISTS) ||
      !coterie_known_set_describe (set, &options->dataset_options, &plan->info.dataset))
    return FALSE;
  plan->info.n_samples[COTERIE_SPLIT_TRAINING] = set->n_training;
  plan->info.n_samples[COTERIE_SPLIT_TEST] = set->n_test;
  if (options->settings.training.limit > 0)
    plan->info.n_samples[COTERIE_SPLIT_TRAINING] =
        MIN (options->settings.training.limit, set->n_training);
  return TRUE;
}

static gboolean
open_new (Plan *plan, CoteriePool *pool, GError **error)
{
  const CoterieRunSettings *settings = &plan->options->settings;
  const CoterieDatasetInfo *info;

  if (describe_missing (plan))
    return TRUE;
  plan->dataset = coterie_run_dataset_open (plan->options->dataset, &plan->options->dataset_options,
                                            &settings->training, pool, NULL, NULL, error);
  if (plan->dataset == NULL)
    return FALSE;
  info = coterie_dataset_get_info (plan->dataset);
  if (coterie_dataset_options_check_used (settings->required, info->options, error))
    return TRUE;
  g_prefix_error (error, "%s: ", info->source);
  return FALSE;
}

static gboolean
open_continued (Plan *plan, CoteriePool *pool, GError **error)
{
  const CoterieTrainOptions *options = plan->options;

  if (!coterie_run_continuation_open (&plan->continuation, options->continued,
                                      options->settings.training.n_iterations, options->dataset,
                                      error))
    return FALSE;
  plan->info = *plan->continuation.info;
  plan->dataset = coterie_run_dataset_reopen_at (options->dataset, plan->continuation.info,
                                                 options->continued, pool, NULL, NULL, error);
  return plan->dataset != NULL;
}

static gboolean
check (const Plan *plan, GError **error)
{
  const CoterieTrainOptions *options = plan->options;
  const CoterieRunInfo *info = &plan->info;

  return coterie_training_settings_validate (&info->training, error) &&
         coterie_analysis_settings_validate (&info->analysis, error) &&
         coterie_trainer_check_memory (coterie_dataset_info_get_n_features (&info->dataset),
                                       info->dataset.n_classes, &info->training, error) &&
         (options->output == NULL || g_strcmp0 (options->output, options->continued) == 0 ||
          coterie_run_output_check (options->output, error));
}

static gboolean
open_plan (Plan *plan, GError **error)
{
  const CoterieRunSettings *settings = &plan->options->settings;
  g_autoptr (CoteriePool) pool = coterie_pool_new (settings->n_threads);

  plan->info.training = settings->training;
  plan->info.analysis = settings->analysis;
  if (plan->options->continued != NULL ? !open_continued (plan, pool, error)
                                       : !open_new (plan, pool, error))
    return FALSE;
  if (plan->dataset != NULL) {
    plan->info.dataset = *coterie_dataset_get_info (plan->dataset);
    for (guint split = 0; split < COTERIE_N_SPLITS; split++)
      plan->info.n_samples[split] =
          coterie_dataset_get_n_samples (plan->dataset, (CoterieSplit) split);
  }
  return check (plan, error);
}

static guint64
estimate_memory (const Plan *plan)
{
  gboolean has_pixels = plan->dataset == NULL ||
                        coterie_dataset_get_pixels (plan->dataset, COTERIE_SPLIT_TRAINING) != NULL;

  return coterie_run_estimate_memory (&plan->info, has_pixels ? 1 : sizeof (float),
                                      plan->options->settings.memory_bytes);
}

static void
print_text (const Plan *plan, double expected_s)
{
  g_autofree char *memory = g_format_size (estimate_memory (plan));
  g_autofree char *time = expected_s >= 0.0 ? coterie_train_forecast_describe (expected_s) : NULL;

  coterie_train_size_print (plan->options, &plan->info);
  g_print (_ ("It will take about %s of memory\n"), memory);
  g_print ("%s", time != NULL ? time
                              : _ ("How long it will take can be said once the data set is on this "
                                   "machine\n"));
}

static void
print_object (const Plan *plan, CoterieDatasetReport *report, double expected_s)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *line = NULL;

  coterie_json_begin_object (builder, NULL);
  coterie_json_add_text (builder, "event", "estimate");
  coterie_train_size_add (builder, plan->options, &plan->info);
  coterie_json_add_whole (builder, "memory_bytes", estimate_memory (plan));
  if (expected_s >= 0.0)
    coterie_json_add_real (builder, "expected_seconds", expected_s);
  coterie_train_notes_add_left_out (builder, report);
  coterie_train_notes_add_untested (builder, report);
  json_builder_end_object (builder);
  line = coterie_json_to_text (builder, FALSE);
  coterie_standard_output_put (line);
}

/**
 * coterie_train_estimate_print:
 * @options: of a training
 * @error: return location for a #GError
 *
 * Prints what the training would come to, as text or as one JSON object, and starts nothing. Cost: the data
 * set is read, and a part of the training tried, which takes about a second.
 *
 * Returns: %FALSE with a sentence if such a training would not start
 */
gboolean
coterie_train_estimate_print (const CoterieTrainOptions *options, GError **error)
{
  g_auto (Plan) plan = {.options = options};
  CoterieDatasetReport *report = NULL;
  double expected_s = -1.0;

  if (!open_plan (&plan, error))
    return FALSE;
  if (plan.dataset != NULL) {
    report = coterie_dataset_get_report (plan.dataset);
    expected_s = coterie_train_forecast_measure_rest (
        plan.dataset, &plan.info, plan.continuation.iteration, options->settings.n_threads);
  }
  coterie_train_notes_print (options, &plan.info, report);
  if (options->json)
    print_object (&plan, report, expected_s);
  else
    print_text (&plan, expected_s);
  if (options->output != NULL)
    coterie_train_size_warn_of_full_disk (options, &plan.info);
  return TRUE;
}
