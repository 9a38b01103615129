/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened to the communities, a line for each event, with the names that the window has for them. */

#include "config.h"

#include "cli/info-events.h"

#include <glib/gi18n.h>

/* absent: identities that ended or merged and have not come back. */
static void
add_what (GString *out, const CoterieLineageEvent *event, GHashTable *absent)
{
  gpointer key = GUINT_TO_POINTER (event->identity + 1);
  guint number = event->identity + 1;

  switch (event->kind) {
  case COTERIE_LINEAGE_BORN:
    g_string_append_printf (out, _ ("C%u born"), number);
    break;
  case COTERIE_LINEAGE_SPLIT:
    g_string_append_printf (out, _ ("C%u split from C%u"), number, event->other + 1);
    break;
  case COTERIE_LINEAGE_MERGED:
    g_hash_table_add (absent, key);
    g_string_append_printf (out, _ ("C%u merged into C%u"), number, event->other + 1);
    break;
  case COTERIE_LINEAGE_ENDED:
    g_hash_table_add (absent, key);
    g_string_append_printf (out, _ ("C%u ended"), number);
    break;
  case COTERIE_LINEAGE_CONTINUED:
  default:
    if (g_hash_table_remove (absent, key))
      g_string_append_printf (out, _ ("C%u returned"), number);
    else
      g_string_append_printf (out, _ ("C%u continued"), number);
    break;
  }
}

static void
add_count (GString *out, const CoterieLineageEvent *event)
{
  guint n = event->n_neurons;

  g_string_append (out, " (");
  if (event->kind == COTERIE_LINEAGE_SPLIT || event->kind == COTERIE_LINEAGE_MERGED)
    g_string_append_printf (out, ngettext ("%u neuron moved", "%u neurons moved", n), n);
  else if (event->kind == COTERIE_LINEAGE_CONTINUED)
    g_string_append_printf (out, ngettext ("%u new neuron", "%u new neurons", n), n);
  else
    g_string_append_printf (out, ngettext ("%u neuron", "%u neurons", n), n);
  g_string_append (out, ")\n");
}

static void
add_layer (GString *out, const CoterieFrame *frame, guint layer_index, GHashTable *absent)
{
  const CoterieFrameLayer *layer = &frame->layers[layer_index];

  for (guint i = 0; i < layer->n_events; i++) {
    g_string_append_printf (out, _ ("iteration %u, layer %u: "), frame->iteration,
                            layer->analysis->layer);
    add_what (out, &layer->events[i], absent);
    add_count (out, &layer->events[i]);
  }
}

/**
 * coterie_info_events_new:
 * @frames: (element-type CoterieFrame): all frames of a recording, in their order
 *
 * Returns: (transfer full): a line for each event of each layer: by layer, and then as they happened
 */
char *
coterie_info_events_new (GPtrArray *frames)
{
  GString *out = g_string_new (NULL);
  guint n_layers =
      frames->len > 0 ? ((const CoterieFrame *) g_ptr_array_index (frames, 0))->n_layers : 0;

  for (guint l = 0; l < n_layers; l++) {
    g_autoptr (GHashTable) absent = g_hash_table_new (NULL, NULL);

    for (guint i = 0; i < frames->len; i++)
      add_layer (out, g_ptr_array_index (frames, i), l, absent);
  }
  return g_string_free (out, FALSE);
}
