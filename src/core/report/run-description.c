/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run in one paragraph, and one of its graphs in a line: what a picture's file says about what it
 * shows and where it comes from. Not translated, so that the same run says the same everywhere. */

#include "core/report/run-description.h"

static void
add_network (GString *text, const CoterieRunInfo *info)
{
  const CoterieTrainingSettings *training = &info->training;
  guint n_channels = MAX (info->dataset.n_channels, 1);

  g_string_append_printf (text, "network %u",
                          info->dataset.width * info->dataset.height * n_channels);
  for (guint l = 0; l < training->n_hidden; l++)
    g_string_append_printf (text, "-%u", training->hidden[l]);
  g_string_append_printf (text, "-%u", info->dataset.n_classes);
}

/* Numbers with a point in every locale. */
static void
add_number (GString *text, const char *name, double value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (buffer, sizeof buffer, "%.10g", value);
  g_string_append_printf (text, ", %s %s", name, buffer);
}

static void
add_training (GString *text, const CoterieTrainingSettings *training)
{
  g_string_append_printf (text, ", %s", coterie_optimizer_kind_to_string (training->optimizer));
  add_number (text, "learning rate", training->learning_rate);
  if (training->momentum > 0.0)
    add_number (text, "momentum", training->momentum);
  for (guint i = 0; i < coterie_training_settings_get_n_dropouts (training); i++)
    add_number (text, "dropout", training->dropout[i]);
  g_string_append_printf (text, ", batch %u", training->batch);
  if (training->label_noise > 0.0)
    add_number (text, "label noise", training->label_noise);
  g_string_append_printf (text, ", seed %" G_GUINT64_FORMAT, training->seed);
}

static void
add_layout (GString *text, const CoterieLayoutSettings *layout)
{
  const CoterieForceSettings *force = &layout->force;

  g_string_append_printf (text, "; layout %s", coterie_layout_mode_to_string (layout->mode));
  if (force->scaling > 0.0)
    add_number (text, "scaling", force->scaling);
  else
    g_string_append (text, ", scaling by the number of nodes");
  add_number (text, force->strong_gravity ? "strong gravity" : "gravity", force->gravity);
  add_number (text, "weight influence", force->weight_influence);
  if (force->lin_log)
    g_string_append (text, ", LinLog");
  if (force->dissuade_hubs)
    g_string_append (text, ", hubs dissuaded");
  if (force->prevent_overlap)
    g_string_append (text, ", overlap prevented");
  g_string_append_printf (text, ", layout seed %" G_GUINT64_FORMAT, layout->seed);
}

/* As one searches for a neuron: "L2:217". */
static void
add_pins (GString *text, const CoterieRunInfo *info, guint layer)
{
  gboolean any = FALSE;

  for (guint i = 0; i < info->n_pins; i++) {
    const CoteriePin *pin = &info->pins[i];
    char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];

    if (layer != 0 && pin->layer != layer)
      continue;
    g_ascii_formatd (x, sizeof x, "%.10g", pin->x);
    g_ascii_formatd (y, sizeof y, "%.10g", pin->y);
    g_string_append_printf (text, "%s L%u:%" G_GUINT32_FORMAT " at (%s, %s)",
                            any ? "," : ", pinned", pin->layer, pin->neuron, x, y);
    any = TRUE;
  }
}

/**
 * coterie_run_info_describe:
 * @info: a run
 * @layer: a hidden layer, from 1, whose pinned neurons are told of; 0 for those of all
 *
 * Returns: (transfer full): data set, network, training, analysis and layout with their settings,
 *   on one line
 */
char *
coterie_run_info_describe (const CoterieRunInfo *info, guint layer)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "Data set %s (SHA-256 %s); ", info->dataset.name,
                          info->dataset_hash);
  add_network (text, info);
  add_training (text, &info->training);
  g_string_append_printf (text, "; %u representatives of each class, %u bins", info->analysis.top,
                          info->analysis.bins);
  add_number (text, "resolution", info->analysis.resolution);
  g_string_append_printf (text, ", communities %s",
                          coterie_community_method_to_string (info->analysis.method));
  add_layout (text, &info->layout);
  add_pins (text, info, layer);
  g_string_append_printf (text, "; recorded by %s", info->program);
  return g_string_free (text, FALSE);
}

/**
 * coterie_run_info_describe_graph:
 * @info: a run
 * @iteration: one of its iterations
 * @layer: a hidden layer, from 1; 0 for all of them side by side
 *
 * Returns: (transfer full): which graph of the run it is: "MNIST, iteration 20, layer 2"
 */
char *
coterie_run_info_describe_graph (const CoterieRunInfo *info, guint iteration, guint layer)
{
  if (layer == 0)
    return g_strdup_printf ("%s, iteration %u, all layers", info->dataset.name, iteration);
  return g_strdup_printf ("%s, iteration %u, layer %u", info->dataset.name, iteration, layer);
}
