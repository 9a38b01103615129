/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands behind the nodes and on them: a soft area behind each community, and the names of layers,
 * communities or classes. */

#include "draw/scene/scene-decor.h"

#include <math.h>

#include "draw/scene/hulls.h"
#include "draw/scene/label-core.h"
#include "draw/scene/scene-headings.h"

/* Fewer nodes are no area, and need no name. */
#define MIN_HULL_NODES 3

#define HULL_PADDING_PX 11.0f
#define HULL_SOFTNESS_PX 12.0f
#define LIGHT_HULL_ALPHA 0.07f
#define DARK_HULL_ALPHA 0.10f

#define LABEL_SIZE_PX 13.0f
#define HALO_ALPHA 0.85f

/* How far the letters take on the colour of what they name. */
#define LABEL_TINT_FRAC 0.30

/* A pair of groups, of which one may be missing, at both ends of the blend. */
typedef struct {
  guint32 identity;
  const CoterieSceneGroup *groups[2];
} Pair;

typedef struct {
  const CoterieSceneMerge *merge;
  const CoterieSceneEnd *ends;
  const CoterieSceneStyle *style;
  float *positions[2];
  CoterieSceneGroups groups[2];
} Work;

/* Groups of what is shown, with their members in the numbering of the merge. */
static void
find_groups (Work *work, guint which, gboolean of_classes)
{
  const CoterieSceneMerge *merge = work->merge;
  const CoterieSceneGraph *graph = work->ends[which].graph;
  g_autofree guint32 *slots = g_new (guint32, graph->n_nodes);
  g_autofree guint8 *shown = g_new (guint8, graph->n_nodes);

  for (guint n = 0; n < merge->n_nodes; n++)
    if (merge->nodes[which][n] >= 0) {
      slots[merge->nodes[which][n]] = n;
      shown[merge->nodes[which][n]] = (guint8) work->ends[which].nodes[n].shown;
    }
  coterie_scene_groups_init (&work->groups[which], graph,
                             of_classes ? graph->classes : graph->identities, shown);
  for (guint k = 0; k < work->groups[which].n_groups; k++) {
    const CoterieSceneGroup *group = &work->groups[which].groups[k];
    guint first = (guint) (group->members - work->groups[which].members);

    for (guint i = first; i < first + group->summary.size; i++)
      work->groups[which].members[i] = slots[work->groups[which].members[i]];
  }
}

static void
work_init (Work *work, gboolean of_classes)
{
  for (guint which = 0; which < 2; which++) {
    work->positions[which] = g_new (float, 2 * (gsize) work->merge->n_nodes);
    for (guint n = 0; n < work->merge->n_nodes; n++) {
      work->positions[which][2 * n] = work->ends[which].nodes[n].x;
      work->positions[which][2 * n + 1] = work->ends[which].nodes[n].y;
    }
    find_groups (work, which, of_classes);
  }
}

static void
work_clear (Work *work)
{
  for (guint which = 0; which < 2; which++) {
    g_free (work->positions[which]);
    coterie_scene_groups_clear (&work->groups[which]);
  }
}

static guint
get_size (const CoterieSceneGroup *group)
{
  return group != NULL ? group->summary.size : 0;
}

static guint
get_larger_size (const Pair *pair)
{
  return MAX (get_size (pair->groups[0]), get_size (pair->groups[1]));
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *left = a, *right = b;
  guint left_size = get_larger_size (left), right_size = get_larger_size (right);

  if (left_size != right_size)
    return left_size > right_size ? -1 : 1;
  return left->identity < right->identity ? -1 : left->identity > right->identity;
}

/* Those of some size at one end or both, the largest first. */
static GArray *
pair_groups (const Work *work)
{
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  const CoterieSceneGroups *a = &work->groups[0], *b = &work->groups[1];
  guint i = 0, j = 0;

  while (i < a->n_groups || j < b->n_groups) {
    guint32 left = i < a->n_groups ? a->groups[i].summary.identity : G_MAXUINT32;
    guint32 right = j < b->n_groups ? b->groups[j].summary.identity : G_MAXUINT32;
    Pair pair = {
        .identity = MIN (left, right),
        .groups = {left <= right ? &a->groups[i] : NULL, right <= left ? &b->groups[j] : NULL},
    };

    i += left <= right;
    j += right <= left;
    if (get_larger_size (&pair) >= MIN_HULL_NODES)
      g_array_append_val (pairs, pair);
  }
  g_array_sort (pairs, compare_pairs);
  return pairs;
}

/* Where a group is missing, its members of the other end stand for it. */
static void
enclose (const Work *work, const Pair *pair, float *points)
{
  for (guint which = 0; which < 2; which++) {
    const CoterieSceneGroup *group =
        pair->groups[which] != NULL ? pair->groups[which] : pair->groups[1 - which];

    coterie_hull_compute (work->positions[which], group->members, group->summary.size,
                          points + 2 * (gsize) which * COTERIE_HULL_N_POINTS);
  }
}

/* The colour of the group's nodes. */
static CoterieColor
get_group_color (const Work *work, const Pair *pair, gboolean of_class)
{
  guint which = pair->groups[0] != NULL ? 0 : 1;
  guint32 hue = pair->identity;

  if (!of_class) {
    guint member = pair->groups[which]->members[0];

    hue = work->ends[which].graph->hues[work->merge->nodes[which][member]];
  }
  return coterie_palette_get_community (hue, work->style->dark);
}

static void
add_hull (CoterieSceneDecor *decor, const Work *work, const Pair *pair, const float *points)
{
  gboolean dark = work->style->dark;
  CoterieDrawingHull *hull = &decor->hulls[decor->n_hulls];

  decor->hull_identities[decor->n_hulls++] = pair->identity;
  *hull = (CoterieDrawingHull){
      .n_points = COTERIE_HULL_N_POINTS,
      .points = points,
      .padding_px = HULL_PADDING_PX,
      .softness_px = HULL_SOFTNESS_PX,
  };
  for (guint which = 0; which < 2; which++) {
    hull->colors[which] = work->style->color_by == COTERIE_SCENE_COLOR_COMMUNITY
                              ? get_group_color (work, pair, FALSE)
                              : coterie_palette_get (dark)->text;
    hull->colors[which].alpha = get_size (pair->groups[which]) >= MIN_HULL_NODES
                                    ? (dark ? DARK_HULL_ALPHA : LIGHT_HULL_ALPHA)
                                    : 0.0f;
  }
}

/* Among all layers the heading says which one a community is of. */
static char *
format_label (const Work *work,
              const CoterieSceneGroup *group,
              gboolean of_class,
              const char *const *class_names)
{
  guint n_layers = work->ends[0].graph->n_layers;
  guint32 own = coterie_scene_graph_split_identity (group->summary.identity, n_layers, NULL);
  g_autofree char *name = NULL;
  g_autofree char *classes = NULL;

  if (of_class)
    return coterie_scene_format_class (group->summary.identity, class_names);
  name = coterie_scene_format_community (own, 1);
  classes = coterie_scene_format_classes (&group->summary, class_names);
  return *classes != '\0' ? g_strdup_printf ("%s %s", name, classes) : g_steal_pointer (&name);
}

/* The text of the end that is nearer; where that has none, of the other. */
static const char *
choose_text (CoterieSceneDecor *decor,
             const Work *work,
             const Pair *pair,
             guint shown_end,
             gboolean of_class,
             const char *const *class_names)
{
  char *texts[2] = {NULL, NULL};

  for (guint which = 0; which < 2; which++)
    if (pair->groups[which] != NULL) {
      texts[which] = format_label (work, pair->groups[which], of_class, class_names);
      g_ptr_array_add (decor->texts, texts[which]);
    }
  if (texts[0] == NULL || texts[1] == NULL)
    return texts[0] != NULL ? texts[0] : texts[1];
  if (!g_str_equal (texts[0], texts[1]))
    decor->changes_half_way = TRUE;
  return texts[shown_end];
}

static float
get_mean_radius (const CoterieSceneEnd *end, const CoterieSceneGroup *group)
{
  double sum = 0.0;

  for (guint i = 0; i < group->summary.size; i++)
    sum += end->nodes[group->members[i]].radius_px;
  return (float) (sum / MAX (group->summary.size, 1));
}

/* In the core of the group, or of its members of the other end, and which nodes it names. */
static void
anchor_label (
    CoterieSceneDecor *decor, guint number, const Work *work, const Pair *pair, guint which)
{
  CoterieDrawingLabel *label = &decor->labels[number];
  const CoterieSceneGroup *own = pair->groups[which];
  const CoterieSceneGroup *group = own != NULL ? own : pair->groups[1 - which];
  CoterieLabelCore core =
      coterie_label_core_find (work->positions[which], group->members, group->summary.size);

  label->x[which] = core.x;
  label->y[which] = core.y;
  label->left[which] = core.left;
  label->right[which] = core.right;
  label->below[which] = core.below;
  label->above[which] = core.above;
  label->clearance_px[which] = get_mean_radius (&work->ends[which], group);
  label->opacities[which] = get_size (own) >= MIN_HULL_NODES ? 1.0f : 0.0f;
  for (guint i = 0; i < get_size (own); i++)
    decor->node_labels[which][own->members[i]] = number;
}

static void
add_label (CoterieSceneDecor *decor, const Work *work, const Pair *pair, const char *text)
{
  const CoteriePalette *palette = coterie_palette_get (work->style->dark);
  gboolean of_class = work->style->labels == COTERIE_SCENE_LABELS_CLASSES;
  gboolean tinted = work->style->color_by ==
                    (of_class ? COTERIE_SCENE_COLOR_CLASS : COTERIE_SCENE_COLOR_COMMUNITY);
  guint number = decor->n_labels++;
  CoterieDrawingLabel *label = &decor->labels[number];

  decor->label_identities[number] = of_class ? COTERIE_PALETTE_NO_IDENTITY : pair->identity;
  *label = (CoterieDrawingLabel){
      .text = text,
      .size_px = LABEL_SIZE_PX,
      .bold = TRUE,
      .color = palette->text,
      .halo_color = palette->canvas,
      .priority = (float) get_larger_size (pair),
      .n_named = get_larger_size (pair),
  };
  label->halo_color.alpha = HALO_ALPHA;
  if (tinted)
    label->color =
        coterie_color_mix (palette->text, get_group_color (work, pair, of_class), LABEL_TINT_FRAC);
  for (guint which = 0; which < 2; which++)
    anchor_label (decor, number, work, pair, which);
}

/* Hulls and labels of one kind of groups. */
static void
add_all (CoterieSceneDecor *decor,
         const Work *work,
         GArray *pairs,
         gboolean with_hulls,
         gboolean with_labels,
         guint shown_end,
         const char *const *class_names)
{
  gboolean of_class = work->style->labels == COTERIE_SCENE_LABELS_CLASSES;

  for (guint k = 0; k < pairs->len; k++) {
    const Pair *pair = &g_array_index (pairs, Pair, k);

    if (with_hulls) {
      float *points = decor->points + 4 * (gsize) COTERIE_HULL_N_POINTS * decor->n_hulls;

      enclose (work, pair, points);
      add_hull (decor, work, pair, points);
    }
    if (with_labels)
      add_label (decor, work, pair,
                 choose_text (decor, work, pair, shown_end, of_class, class_names));
  }
}

static void
add_groups (CoterieSceneDecor *decor,
            Work *work,
            gboolean of_classes,
            gboolean with_hulls,
            gboolean with_labels,
            guint shown_end,
            const char *const *class_names)
{
  g_autoptr (GArray) pairs = NULL;

  work_init (work, of_classes);
  pairs = pair_groups (work);
  if (with_hulls) {
    decor->hulls = g_new (CoterieDrawingHull, pairs->len);
    decor->hull_identities = g_new (guint32, pairs->len);
    decor->points = g_new (float, 4 * (gsize) COTERIE_HULL_N_POINTS * pairs->len);
  }
  if (with_labels) {
    decor->labels = g_new (CoterieDrawingLabel, pairs->len);
    decor->label_identities = g_new (guint32, pairs->len);
    for (guint which = 0; which < 2; which++) {
      decor->node_labels[which] = g_new (guint32, work->merge->n_nodes);
      for (guint n = 0; n < work->merge->n_nodes; n++)
        decor->node_labels[which][n] = G_MAXUINT32;
    }
  }
  add_all (decor, work, pairs, with_hulls, with_labels, shown_end, class_names);
  work_clear (work);
}

/* The names of the layers. */
static void
add_headings (CoterieSceneDecor *decor, const Work *work, guint shown_end)
{
  guint n_headings = coterie_scene_headings_count (work->ends);

  if (n_headings == 0)
    return;
  decor->labels = g_renew (CoterieDrawingLabel, decor->labels, decor->n_labels + n_headings);
  decor->label_identities =
      g_renew (guint32, decor->label_identities, decor->n_labels + n_headings);
  for (guint i = 0; i < n_headings; i++)
    decor->label_identities[decor->n_labels + i] = COTERIE_PALETTE_NO_IDENTITY;
  if (coterie_scene_headings_fill (decor->labels + decor->n_labels, decor->texts, work->merge,
                                   work->ends, shown_end, work->style))
    decor->changes_half_way = TRUE;
  decor->n_labels += n_headings;
}

/**
 * coterie_scene_decor_init:
 * @decor: (out caller-allocates): what it becomes
 * @merge: of both graphs
 * @ends: both ends
 * @shown_end: which of them is nearer, 0 or 1; its texts are written
 * @style: how the graph is to look
 * @class_names: (nullable) (array zero-terminated=1): names of the classes
 *
 * Cost: sorting the nodes, and some passes over them.
 */
void
coterie_scene_decor_init (CoterieSceneDecor *decor,
                          const CoterieSceneMerge *merge,
                          const CoterieSceneEnd ends[2],
                          guint shown_end,
                          const CoterieSceneStyle *style,
                          const char *const *class_names)
{
  gboolean of_communities = style->labels == COTERIE_SCENE_LABELS_COMMUNITIES;
  Work work = {.merge = merge, .ends = ends, .style = style};

  *decor = (CoterieSceneDecor){.texts = g_ptr_array_new_with_free_func (g_free)};
  if (style->hulls || of_communities)
    add_groups (decor, &work, FALSE, style->hulls, of_communities, shown_end, class_names);
  if (style->labels == COTERIE_SCENE_LABELS_CLASSES)
    add_groups (decor, &work, TRUE, FALSE, TRUE, shown_end, class_names);
  if (style->labels != COTERIE_SCENE_LABELS_NONE)
    add_headings (decor, &work, shown_end);
}

/**
 * coterie_scene_decor_clear:
 * @decor: a decor, or zeroed
 */
void
coterie_scene_decor_clear (CoterieSceneDecor *decor)
{
  g_free (decor->hulls);
  g_free (decor->hull_identities);
  g_free (decor->labels);
  g_free (decor->label_identities);
  for (guint which = 0; which < 2; which++)
    g_free (decor->node_labels[which]);
  g_free (decor->points);
  g_clear_pointer (&decor->texts, g_ptr_array_unref);
  *decor = (CoterieSceneDecor){0};
}
