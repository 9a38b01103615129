/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a run is called where there is room for one line, and what is said of one that failed. */

#include "app/run-words.h"

#include "config.h"

#include <glib/gi18n.h>

static void
append_dropout (GString *text, const CoterieTrainingSettings *training)
{
  guint n_dropouts = coterie_training_settings_get_n_dropouts (training);

  if (n_dropouts == 1 && training->dropout[0] == 0.0)
    return;
  g_string_append_printf (text, _ (" · dropout %g"), training->dropout[0]);
  for (guint l = 1; l < n_dropouts; l++)
    g_string_append_printf (text, "–%g", training->dropout[l]);
}

/**
 * coterie_run_words_network:
 * @info: what was trained
 *
 * Returns: (transfer full): the layers, the optimizer, and what else is not as usual, in one line
 */
char *
coterie_run_words_network (const CoterieRunInfo *info)
{
  const CoterieTrainingSettings *training = &info->training;
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%" G_GSIZE_FORMAT,
                          coterie_dataset_info_get_n_features (&info->dataset));
  for (guint l = 0; l < training->n_hidden; l++)
    g_string_append_printf (text, "–%u", training->hidden[l]);
  g_string_append_printf (text, "–%u · ", info->dataset.n_classes);

  g_string_append_printf (text, "%s %g",
                          training->optimizer == COTERIE_OPTIMIZER_ADAM ? "Adam" : "SGD",
                          training->learning_rate);
  if (training->optimizer == COTERIE_OPTIMIZER_SGD && training->momentum > 0.0)
    g_string_append_printf (text, _ (" · momentum %g"), training->momentum);
  append_dropout (text, training);
  if (training->label_noise > 0.0)
    g_string_append_printf (text, _ (" · %g %% random labels"), 100.0 * training->label_noise);
  return g_string_free (text, FALSE);
}

/**
 * coterie_run_words_failure:
 * @failure: how a training failed
 *
 * Returns: (transfer full) (nullable): what makes it pointless to go on; %NULL if nothing does
 */
char *
coterie_run_words_failure (const CoterieFailure *failure)
{
  switch (failure->kind) {
  case COTERIE_FAILURE_DIVERGED:
    return g_strdup_printf (_ ("The training has diverged: at iteration %u its numbers are no "
                               "longer finite. A smaller learning rate may help."),
                            failure->iteration);
  case COTERIE_FAILURE_EXPLODED:
    return g_strdup_printf (_ ("The training has diverged: at iteration %u its loss is more than "
                               "ten times that of guessing. A smaller learning rate may help."),
                            failure->iteration);
  case COTERIE_FAILURE_SILENT:
    return g_strdup_printf (_ ("At iteration %u all neurons of layer %u are silent: all samples "
                               "look alike to the network. A smaller learning rate may help."),
                            failure->iteration, failure->layer);
  case COTERIE_FAILURE_NONE:
  default:
    return NULL;
  }
}
