/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which neurons are shown: those that meet all of some conditions, each written as a search. The numbers
 * of neurons, communities and layers mean something in one graph alone, that of a layer or that of all:
 * conditions with them hold there, and are kept for when that graph is shown again. Classes and
 * strengths mean the same everywhere. */

#include "app/node-filter.h"

/* Where conditions are kept that hold in all graphs; no layer has that number. */
#define EVERYWHERE G_MAXUINT

typedef char *Conditions[COTERIE_N_FILTER_SUBJECTS];

struct _CoterieNodeFilter {
  GObject parent_instance;

  GHashTable *conditions; /* of a Conditions for each layer, 0 for all, or EVERYWHERE */
  guint layer;            /* whose graph is shown; 0 for all */
  char **class_names;
  CoterieNodeQuery *query; /* nullable: nothing is hidden */
};

G_DEFINE_FINAL_TYPE (CoterieNodeFilter, coterie_node_filter, G_TYPE_OBJECT)

typedef enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
} CoterieNodeFilterSignal;

static guint signals[N_SIGNALS];

static void
free_conditions (gpointer data)
{
  Conditions *conditions = data;

  for (guint subject = 0; subject < COTERIE_N_FILTER_SUBJECTS; subject++)
    g_free ((*conditions)[subject]);
  g_free (conditions);
}

/* Where the condition about @subject is kept that holds now. */
static char **
find_condition (CoterieNodeFilter *self, CoterieFilterSubject subject)
{
  gboolean everywhere = subject == COTERIE_FILTER_CLASS || subject == COTERIE_FILTER_STRENGTH;
  gpointer place = GUINT_TO_POINTER (everywhere ? EVERYWHERE : self->layer);
  Conditions *conditions = g_hash_table_lookup (self->conditions, place);

  if (conditions == NULL) {
    conditions = g_new0 (Conditions, 1);
    g_hash_table_insert (self->conditions, place, conditions);
  }
  return &(*conditions)[subject];
}

static char *
join_conditions (CoterieNodeFilter *self)
{
  GString *text = g_string_new (NULL);

  for (guint subject = 0; subject < COTERIE_N_FILTER_SUBJECTS; subject++) {
    const char *condition = *find_condition (self, subject);

    if (condition != NULL)
      g_string_append_printf (text, "%s(%s)", text->len > 0 ? " and " : "", condition);
  }
  return g_string_free (text, FALSE);
}

/* A condition about a class that the next data set does not have hides nothing. */
static void
update (CoterieNodeFilter *self)
{
  g_autofree char *text = join_conditions (self);

  g_clear_pointer (&self->query, coterie_node_query_unref);
  if (text[0] != '\0')
    self->query = coterie_node_query_parse (text, (const char *const *) self->class_names, NULL);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
coterie_node_filter_finalize (GObject *object)
{
  CoterieNodeFilter *self = COTERIE_NODE_FILTER (object);

  g_hash_table_unref (self->conditions);
  g_strfreev (self->class_names);
  g_clear_pointer (&self->query, coterie_node_query_unref);
  G_OBJECT_CLASS (coterie_node_filter_parent_class)->finalize (object);
}

static void
coterie_node_filter_class_init (CoterieNodeFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = coterie_node_filter_finalize;

  /**
   * CoterieNodeFilter::changed:
   * @self: the filter
   *
   * Other neurons are shown.
   */
  signals[SIGNAL_CHANGED] = g_signal_new ("changed", COTERIE_TYPE_NODE_FILTER, G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
coterie_node_filter_init (CoterieNodeFilter *self)
{
  self->conditions = g_hash_table_new_full (NULL, NULL, NULL, free_conditions);
}

/**
 * coterie_node_filter_new:
 *
 * Returns: (transfer full): a filter without conditions, which hides nothing
 */
CoterieNodeFilter *
coterie_node_filter_new (void)
{
  return g_object_new (COTERIE_TYPE_NODE_FILTER, NULL);
}

/**
 * coterie_node_filter_set_class_names:
 * @self: the filter
 * @class_names: (nullable): names that conditions may use; copied
 *
 * Says what the classes of the data set are called.
 */
void
coterie_node_filter_set_class_names (CoterieNodeFilter *self, const char *const *class_names)
{
  if (self->class_names != NULL && class_names != NULL &&
      g_strv_equal ((const char *const *) self->class_names, class_names))
    return;
  g_strfreev (self->class_names);
  self->class_names = g_strdupv ((char **) class_names);
  update (self);
}

/**
 * coterie_node_filter_set_layer:
 * @self: the filter
 * @layer: whose graph is shown, from 1; 0 for that of all layers, as it is in the beginning
 *
 * Has the conditions hold that were set while the same graph was shown, and those that hold in all.
 */
void
coterie_node_filter_set_layer (CoterieNodeFilter *self, guint layer)
{
  g_autofree char *before = join_conditions (self);
  g_autofree char *after = NULL;

  self->layer = layer;
  after = join_conditions (self);
  if (strcmp (before, after) != 0)
    update (self);
}

/**
 * coterie_node_filter_set_condition:
 * @self: the filter
 * @subject: what the condition is about; it takes the place of the one before
 * @text: (nullable): the condition, as it would be searched, or %NULL for none
 *
 * Changes which neurons are shown: by class or strength in all graphs, otherwise in the one that is shown
 * now.
 */
void
coterie_node_filter_set_condition (CoterieNodeFilter *self,
                                   CoterieFilterSubject subject,
                                   const char *text)
{
  char **condition = find_condition (self, subject);

  if (g_strcmp0 (text, *condition) == 0)
    return;
  g_free (*condition);
  *condition = g_strdup (text);
  update (self);
}

/**
 * coterie_node_filter_get_condition:
 * @self: the filter
 * @subject: what the condition is about
 *
 * Returns: (nullable) (transfer none): the condition that holds now
 */
const char *
coterie_node_filter_get_condition (CoterieNodeFilter *self, CoterieFilterSubject subject)
{
  return *find_condition (self, subject);
}

/**
 * coterie_node_filter_clear:
 * @self: the filter
 *
 * Shows all neurons of the graph that is shown now.
 */
void
coterie_node_filter_clear (CoterieNodeFilter *self)
{
  for (guint subject = 0; subject < COTERIE_N_FILTER_SUBJECTS; subject++)
    g_clear_pointer (find_condition (self, subject), g_free);
  update (self);
}

/**
 * coterie_node_filter_get_query:
 * @self: the filter
 *
 * Returns: (nullable) (transfer none): what neurons have to match to be shown, or %NULL if all are
 */
CoterieNodeQuery *
coterie_node_filter_get_query (CoterieNodeFilter *self)
{
  return self->query;
}
