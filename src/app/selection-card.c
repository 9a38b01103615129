/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known about the selected neurons at the iteration that is shown: of one neuron its community,
 * the classes it represents and its mean activation by class; of several their communities and how
 * many of them represent each class. Without any it says how to select some, and has the same size. */

#include "app/selection-card.h"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "app/class-bars.h"
#include "app/neuron-words.h"
#include "app/widget-tree.h"
#include "draw/scene/scene-graph.h"
#include "draw/scene/scene-groups.h"

/* Of more communities the rest is counted. */
#define MAX_NAMED_COMMUNITIES 5

struct _CoterieSelectionCard {
  GtkWidget parent_instance;

  GtkStack *pages;
  GtkWidget *hint_label;
  GtkLabel *title_label;
  GtkLabel *place_label;
  CoterieClassBars *bars;
  GtkLabel *bars_label;
  GtkLabel *strength_label;
  GtkLabel *entropy_label;
  GtkLabel *activation_label;
  GtkButton *pin_button;
};

G_DEFINE_FINAL_TYPE (CoterieSelectionCard, coterie_selection_card, GTK_TYPE_WIDGET)

/* What several neurons come to. */
typedef struct {
  double strength;      /* mean of those in the graph */
  double entropy;       /* mean, nats */
  double activation;    /* mean */
  guint n_in_graph;     /* of the iteration */
  double *n_class;      /* [n_classes]: how many represent a class */
  GHashTable *n_member; /* identity to how many, both in pointers */
  guint n_layers;       /* that identities tell apart: 1 if all neurons are of one */
} Summary;

static void
set_number (GtkLabel *label, const char *format, double value)
{
  char text[32];

  if (isfinite (value))
    g_snprintf (text, sizeof text, format, value);
  else
    g_strlcpy (text, "—", sizeof text);
  gtk_label_set_label (label, text);
}

static void
set_values (CoterieSelectionCard *self, double strength, double entropy, double activation)
{
  set_number (self->strength_label, "%.1f", strength);
  set_number (self->entropy_label, "%.2f", entropy);
  set_number (self->activation_label, "%.3f", activation);
}

static const CoterieFrameLayer *
get_layer (const CoterieFrame *frame, guint64 key)
{
  guint layer = coterie_scene_key_layer (key);

  return layer >= 1 && layer <= frame->n_layers ? &frame->layers[layer - 1] : NULL;
}

/* Mean of the classes' means: every class counts the same. */
static double
get_mean_activation (const CoterieLayerAnalysis *analysis, guint neuron)
{
  double sum = 0.0;
  guint n = 0;

  for (guint c = 0; c < analysis->n_classes; c++) {
    double mean = (double) analysis->class_means[c * analysis->n_neurons + neuron];

    if (!isfinite (mean))
      continue;
    sum += mean;
    n++;
  }
  return n > 0 ? sum / n : (double) NAN;
}

static CoterieColor
get_color (const CoterieFrameLayer *layer, const CoterieCommunityHues *hues, gint node)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  guint32 identity = node >= 0 ? layer->identities[layer->communities[node]] : COTERIE_LINEAGE_NONE;

  return coterie_palette_get_community (
      coterie_community_hues_get (hues, layer->analysis->layer, identity), dark);
}

/* One neuron. */

static void
describe_place (CoterieSelectionCard *self,
                const CoterieFrameLayer *layer,
                const CoterieRunInfo *info,
                guint neuron,
                gint node)
{
  g_autofree char *community = NULL;
  g_autofree char *classes = NULL;
  g_autofree char *text = NULL;

  if (node < 0) {
    text = g_strdup_printf (_ ("layer %u · not in this graph: represents no class"),
                            layer->analysis->layer);
  } else {
    community = coterie_neuron_words_community (layer, (guint) node);
    classes = coterie_neuron_words_classes (layer->analysis, info, neuron);
    text = g_strdup_printf (_ ("layer %u · %s · represents %s"), layer->analysis->layer, community,
                            classes);
  }
  gtk_label_set_label (self->place_label, text);
}

static void
show_one (CoterieSelectionCard *self,
          const CoterieFrameLayer *layer,
          const CoterieRunInfo *info,
          const CoterieCommunityHues *hues,
          guint neuron)
{
  const CoterieLayerAnalysis *analysis = layer->analysis;
  gint node = coterie_layer_analysis_find_node (analysis, neuron);
  g_autofree double *values = g_new (double, analysis->n_classes);
  g_autofree gboolean *lit = g_new (gboolean, analysis->n_classes);
  g_autofree char *title = g_strdup_printf (_ ("Neuron %u"), neuron);

  for (guint c = 0; c < analysis->n_classes; c++) {
    values[c] = (double) analysis->class_means[c * analysis->n_neurons + neuron];
    lit[c] = coterie_neuron_represents (analysis, neuron, c);
  }
  gtk_label_set_label (self->title_label, title);
  describe_place (self, layer, info, neuron, node);
  gtk_label_set_label (self->bars_label, _ ("mean activation by class"));
  coterie_class_bars_show (self->bars, values, lit, (const char *const *) info->dataset.class_names,
                           analysis->n_classes, get_color (layer, hues, node));
  set_values (self, node >= 0 ? analysis->graph->strengths[node] : (double) NAN,
              (double) analysis->neuron_entropies[neuron], get_mean_activation (analysis, neuron));
}

/* Several neurons. */

static void
add_to_summary (Summary *summary, const CoterieFrameLayer *layer, guint neuron)
{
  const CoterieLayerAnalysis *analysis = layer->analysis;
  guint32 joined;
  gint node = coterie_layer_analysis_find_node (analysis, neuron);
  gpointer identity, count;

  summary->entropy += (double) analysis->neuron_entropies[neuron];
  summary->activation += get_mean_activation (analysis, neuron);
  if (node < 0)
    return;
  summary->n_in_graph++;
  summary->strength += analysis->graph->strengths[node];
  for (guint c = 0; c < analysis->n_classes; c++)
    summary->n_class[c] += coterie_neuron_represents (analysis, neuron, c);

  joined = coterie_scene_graph_join_identity (layer->identities[layer->communities[node]],
                                              analysis->layer, summary->n_layers);
  identity = GUINT_TO_POINTER (joined);
  count = g_hash_table_lookup (summary->n_member, identity);
  g_hash_table_insert (summary->n_member, identity,
                       GUINT_TO_POINTER (GPOINTER_TO_UINT (count) + 1));
}

static int
compare_counts (gconstpointer a, gconstpointer b, gpointer counts)
{
  gpointer left = *(const gpointer *) a, right = *(const gpointer *) b;
  guint n_left = GPOINTER_TO_UINT (g_hash_table_lookup (counts, left));
  guint n_right = GPOINTER_TO_UINT (g_hash_table_lookup (counts, right));

  if (n_left != n_right)
    return n_left > n_right ? -1 : 1;
  return GPOINTER_TO_UINT (left) < GPOINTER_TO_UINT (right) ? -1 : left != right;
}

/* "C3 12, C5 4 and 2 in small communities", the largest first. */
static char *
describe_communities (const Summary *summary)
{
  guint n_identities;
  g_autofree gpointer *identities =
      g_hash_table_get_keys_as_array (summary->n_member, &n_identities);
  GString *text = g_string_new (NULL);
  guint n_named = 0, n_rest = 0;

  g_qsort_with_data (identities, (gint) n_identities, sizeof *identities, compare_counts,
                     summary->n_member);
  for (guint i = 0; i < n_identities; i++) {
    guint32 identity = GPOINTER_TO_UINT (identities[i]);
    guint count = GPOINTER_TO_UINT (g_hash_table_lookup (summary->n_member, identities[i]));
    g_autofree char *name = NULL;

    if (identity == COTERIE_LINEAGE_NONE || n_named == MAX_NAMED_COMMUNITIES) {
      n_rest += count;
      continue;
    }
    name = coterie_scene_format_community (identity, summary->n_layers);
    /* Translators: the name of a community and how many of the selected neurons are in it */
    g_string_append_printf (text, n_named++ > 0 ? _ (", %s: %u") : _ ("%s: %u"), name, count);
  }
  if (n_rest > 0)
    g_string_append_printf (text, n_named > 0 ? _ (", others: %u") : _ ("in small communities: %u"),
                            n_rest);
  return g_string_free (text, FALSE);
}

static void
show_summary (CoterieSelectionCard *self,
              const Summary *summary,
              const CoterieRunInfo *info,
              gsize n_keys)
{
  guint n_classes = info->dataset.n_classes;
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  g_autofree gboolean *lit = g_new (gboolean, n_classes);
  g_autofree char *title = NULL;
  g_autofree char *communities = describe_communities (summary);

  for (guint c = 0; c < n_classes; c++)
    lit[c] = TRUE;
  title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%" G_GSIZE_FORMAT " neuron",
                                        "%" G_GSIZE_FORMAT " neurons", n_keys),
                           n_keys);
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->place_label, summary->n_in_graph > 0
                                              ? communities
                                              : _ ("not in this graph: represent no class"));
  gtk_label_set_label (self->bars_label, _ ("neurons that represent a class"));
  coterie_class_bars_show (self->bars, summary->n_class, lit,
                           (const char *const *) info->dataset.class_names, n_classes,
                           coterie_palette_get_series (0, dark));
  set_values (self,
              summary->n_in_graph > 0 ? summary->strength / summary->n_in_graph : (double) NAN,
              summary->entropy / n_keys, summary->activation / n_keys);
}

static void
show_several (CoterieSelectionCard *self,
              const CoterieFrame *frame,
              const CoterieRunInfo *info,
              const guint64 *keys,
              gsize n_keys)
{
  g_autofree double *n_class = g_new0 (double, info->dataset.n_classes);
  g_autoptr (GHashTable) n_member = g_hash_table_new (NULL, NULL);
  gboolean one_layer =
      coterie_scene_key_layer (keys[0]) == coterie_scene_key_layer (keys[n_keys - 1]);
  Summary summary = {
      .n_class = n_class, .n_member = n_member, .n_layers = one_layer ? 1 : frame->n_layers};

  for (gsize i = 0; i < n_keys; i++)
    if (get_layer (frame, keys[i]) != NULL)
      add_to_summary (&summary, get_layer (frame, keys[i]), coterie_scene_key_neuron (keys[i]));
  show_summary (self, &summary, info, n_keys);
}

/* What is not on screen is not found by those who hear it either. */
static void
forget (CoterieSelectionCard *self)
{
  gtk_label_set_label (self->title_label, "");
  gtk_label_set_label (self->place_label, "");
  gtk_label_set_label (self->bars_label, "");
}

static void
coterie_selection_card_dispose (GObject *object)
{
  coterie_widget_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (coterie_selection_card_parent_class)->dispose (object);
}

static void
coterie_selection_card_class_init (CoterieSelectionCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = coterie_selection_card_dispose;
  g_type_ensure (COTERIE_TYPE_CLASS_BARS);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESOURCE_PREFIX "/ui/selection-card.ui");
  gtk_widget_class_bind_template_child (widget_class, CoterieSelectionCard, pages);
  gtk_widget_class_bind_template_child (widget_class, CoterieSelectionCard, hint_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieSelectionCard, title_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieSelectionCard, place_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieSelectionCard, bars);
  gtk_widget_class_bind_template_child (widget_class, CoterieSelectionCard, bars_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieSelectionCard, strength_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieSelectionCard, entropy_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieSelectionCard, activation_label);
  gtk_widget_class_bind_template_child (widget_class, CoterieSelectionCard, pin_button);
}

static void
coterie_selection_card_init (CoterieSelectionCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * coterie_selection_card_show:
 * @self: the card
 * @frame: (nullable): the iteration that is shown
 * @info: (nullable): what was trained; for the names of the classes
 * @hues: those of the communities
 * @keys: (array length=n_keys): selected neurons
 * @n_keys: how many
 *
 * Writes what is known about them on the card. Cost: one pass over the
 * neurons and the representatives of their layers.
 */
void
coterie_selection_card_show (CoterieSelectionCard *self,
                             const CoterieFrame *frame,
                             const CoterieRunInfo *info,
                             const CoterieCommunityHues *hues,
                             const guint64 *keys,
                             gsize n_keys)
{
  gboolean shown =
      frame != NULL && info != NULL && n_keys > 0 && get_layer (frame, keys[0]) != NULL;

  gtk_stack_set_visible_child_name (self->pages, shown ? "neurons" : "nothing");
  if (!shown)
    forget (self);
  else if (n_keys == 1)
    show_one (self, get_layer (frame, keys[0]), info, hues, coterie_scene_key_neuron (keys[0]));
  else
    show_several (self, frame, info, keys, n_keys);
}

/**
 * coterie_selection_card_set_pinned:
 * @self: the card
 * @pinned: whether all selected neurons are pinned
 *
 * Offers to let them go instead of pinning them.
 */
void
coterie_selection_card_set_pinned (CoterieSelectionCard *self, gboolean pinned)
{
  gtk_button_set_label (self->pin_button, pinned ? _ ("Unpin") : _ ("Pin"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pin_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  pinned ? _ ("Unpin") : _ ("Pin"), -1);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->pin_button),
                                  pinned ? "graph.unpin" : "graph.pin");
}

/**
 * coterie_selection_card_set_low:
 * @self: the card
 * @low: whether there is little room above each other
 *
 * Has the card one line high while nothing is selected; otherwise it is always as high as with something,
 * so that nothing moves when that comes.
 */
void
coterie_selection_card_set_low (CoterieSelectionCard *self, gboolean low)
{
  gtk_stack_set_vhomogeneous (self->pages, !low);
  gtk_widget_set_visible (self->hint_label, !low);
}
