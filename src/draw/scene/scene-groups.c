/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The communities or classes of a graph, as sets of nodes, and what they are called. */

#include "draw/scene/scene-groups.h"

#include <glib/gi18n.h>

typedef struct {
  guint32 identity;
  guint32 node;
} Member;

static int
compare_members (gconstpointer a, gconstpointer b)
{
  const Member *left = a, *right = b;

  if (left->identity != right->identity)
    return left->identity < right->identity ? -1 : 1;
  return left->node < right->node ? -1 : left->node > right->node;
}

/* The members of all groups, sorted by group, and how many there are. */
static Member *
sort_members (const CoterieSceneGraph *graph, const guint32 *identities, guint *n_members)
{
  Member *members = g_new (Member, graph->n_nodes);

  *n_members = 0;
  for (guint v = 0; v < graph->n_nodes; v++)
    if (identities[v] != COTERIE_LINEAGE_NONE)
      members[(*n_members)++] = (Member){identities[v], v};
  if (*n_members > 1)
    qsort (members, *n_members, sizeof *members, compare_members);
  return members;
}

static void
describe_group (CoterieSceneGroup *group, const CoterieSceneGraph *graph, guint *counts)
{
  if (graph->n_classes == 0)
    return;
  memset (counts, 0, graph->n_classes * sizeof *counts);
  for (guint i = 0; i < group->summary.size; i++)
    counts[graph->classes[group->members[i]]]++;
  coterie_community_summary_choose_classes (&group->summary, counts, graph->n_classes);
}

/* Takes hidden nodes out of the groups, and groups without any other out of the list. */
static void
drop_hidden (CoterieSceneGroups *groups, const guint8 *shown)
{
  guint n_kept = 0, n_members = 0;

  for (guint k = 0; k < groups->n_groups; k++) {
    CoterieSceneGroup group = groups->groups[k];
    guint first = n_members;

    for (guint i = 0; i < group.summary.size; i++)
      if (shown[group.members[i]])
        groups->members[n_members++] = group.members[i];
    group.members = groups->members + first;
    group.summary.size = n_members - first;
    if (group.summary.size > 0)
      groups->groups[n_kept++] = group;
  }
  groups->n_groups = n_kept;
}

/**
 * coterie_scene_groups_init:
 * @groups: (out caller-allocates): the groups
 * @graph: a graph
 * @identities: [n_nodes]: which group each node belongs to, or %COTERIE_LINEAGE_NONE
 * @shown: (nullable): [n_nodes]: whether it is a member; %NULL for all
 *
 * Members are those that are shown. The classes of a group are those of all its nodes: it keeps its name
 * when some of them are hidden.
 *
 * Cost: a sort of the nodes, and a pass over the classes for each group.
 */
void
coterie_scene_groups_init (CoterieSceneGroups *groups,
                           const CoterieSceneGraph *graph,
                           const guint32 *identities,
                           const guint8 *shown)
{
  guint n_members;
  g_autofree Member *members = sort_members (graph, identities, &n_members);
  g_autofree guint *counts = g_new (guint, graph->n_classes);

  *groups = (CoterieSceneGroups){
      .groups = g_new0 (CoterieSceneGroup, n_members),
      .members = g_new (guint32, n_members),
  };
  for (guint i = 0; i < n_members; i++) {
    CoterieSceneGroup *group;

    groups->members[i] = members[i].node;
    if (i == 0 || members[i].identity != members[i - 1].identity) {
      group = &groups->groups[groups->n_groups++];
      group->summary.identity = members[i].identity;
      group->members = groups->members + i;
    }
    groups->groups[groups->n_groups - 1].summary.size++;
  }
  for (guint k = 0; k < groups->n_groups; k++)
    describe_group (&groups->groups[k], graph, counts);
  if (shown != NULL)
    drop_hidden (groups, shown);
}

/**
 * coterie_scene_groups_clear:
 * @groups: some groups, or zeroed
 */
void
coterie_scene_groups_clear (CoterieSceneGroups *groups)
{
  g_free (groups->groups);
  g_free (groups->members);
  *groups = (CoterieSceneGroups){0};
}

/**
 * coterie_scene_format_community:
 * @identity: identity of a community in a graph
 * @n_layers: layers that the graph shows
 *
 * Returns: (transfer full): what the community is called: "C3", or "L2 C3" among all layers
 */
char *
coterie_scene_format_community (guint32 identity, guint n_layers)
{
  guint layer;
  guint own = coterie_scene_graph_split_identity (identity, n_layers, &layer) + 1;

  if (layer == 0)
    /* Translators: the name of a community of neurons, C as in community */
    return g_strdup_printf (_ ("C%u"), own);
  /* Translators: the name of a community of neurons in one of several layers */
  return g_strdup_printf (_ ("L%u C%u"), layer, own);
}

/**
 * coterie_scene_format_class:
 * @class_index: a class, from 0
 * @class_names: (nullable) (array zero-terminated=1): names of the classes
 *
 * Returns: (transfer full): its name in quotation marks; its number where there is no name
 */
char *
coterie_scene_format_class (guint class_index, const char *const *class_names)
{
  if (class_names == NULL || class_index >= g_strv_length ((char **) class_names))
    return g_strdup_printf (_ ("class %u"), class_index);
  /* Translators: the name of a class, quoted: “7” or “Sandal” */
  return g_strdup_printf (_ ("“%s”"), class_names[class_index]);
}

/**
 * coterie_scene_format_classes:
 * @summary: a community
 * @class_names: (nullable) (array zero-terminated=1): names of the classes
 *
 * Returns: (transfer full): its classes, each in quotation marks
 */
char *
coterie_scene_format_classes (const CoterieCommunitySummary *summary,
                              const char *const *class_names)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < summary->n_classes; i++) {
    g_autofree char *name = coterie_scene_format_class (summary->classes[i], class_names);

    g_string_append_printf (text, i > 0 ? " %s" : "%s", name);
  }
  return g_string_free (text, FALSE);
}
