/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which neurons are shown: those that meet all of some conditions, each written as a search. */

#include "app/node-filter.h"

struct _CoterieNodeFilter {
  GObject parent_instance;

  char *conditions[COTERIE_N_FILTER_SUBJECTS];
  char **class_names;
  CoterieNodeQuery *query; /* nullable: nothing is hidden */
};

G_DEFINE_FINAL_TYPE (CoterieNodeFilter, coterie_node_filter, G_TYPE_OBJECT)

typedef enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
} CoterieNodeFilterSignal;

static guint signals[N_SIGNALS];

static char *
join_conditions (CoterieNodeFilter *self)
{
  GString *text = g_string_new (NULL);

  for (guint subject = 0; subject < COTERIE_N_FILTER_SUBJECTS; subject++)
    if (self->conditions[subject] != NULL)
      g_string_append_printf (text, "%s(%s)", text->len > 0 ? " and " : "",
                              self->conditions[subject]);
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

  for (guint subject = 0; subject < COTERIE_N_FILTER_SUBJECTS; subject++)
    g_free (self->conditions[subject]);
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
 * coterie_node_filter_set_condition:
 * @self: the filter
 * @subject: what the condition is about; it takes the place of the one before
 * @text: (nullable): the condition, as it would be searched, or %NULL for none
 *
 * Changes which neurons are shown.
 */
void
coterie_node_filter_set_condition (CoterieNodeFilter *self,
                                   CoterieFilterSubject subject,
                                   const char *text)
{
  if (g_strcmp0 (text, self->conditions[subject]) == 0)
    return;
  g_free (self->conditions[subject]);
  self->conditions[subject] = g_strdup (text);
  update (self);
}

/**
 * coterie_node_filter_get_condition:
 * @self: the filter
 * @subject: what the condition is about
 *
 * Returns: (nullable) (transfer none): the condition
 */
const char *
coterie_node_filter_get_condition (CoterieNodeFilter *self, CoterieFilterSubject subject)
{
  return self->conditions[subject];
}

/**
 * coterie_node_filter_clear:
 * @self: the filter
 *
 * Shows all neurons.
 */
void
coterie_node_filter_clear (CoterieNodeFilter *self)
{
  for (guint subject = 0; subject < COTERIE_N_FILTER_SUBJECTS; subject++)
    g_clear_pointer (&self->conditions[subject], g_free);
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
