/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a run is called where there is room for one line. */

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
