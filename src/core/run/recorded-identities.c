/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Identities that agree with those of a recording. Communities that are followed again are numbered
 * afresh; with other settings the same community would thus have another number, and another colour,
 * than in the recording. So each new identity takes over the number of the recorded one that it is.
 *
 * For every pair of a new and a recorded identity of a layer, the neurons that they share are counted
 * and summed over the frames. The two that share most belong together, then the two that share most of
 * those that are left, and so on; no community gives up what it mostly is for the sake of a sum, as it
 * might in an optimal assignment. A pair in which a new identity has less than three tenths of its
 * neurons is none. What is left without a counterpart gets numbers that the recording does not use.
 *
 * Identities that are those of the recording stay as they are, as none shares a neuron with another of
 * the same frame. */

#include "core/run/recorded-identities.h"

/* Of the neurons of a new identity that have a recorded one. */
#define MIN_SHARE_FRAC 0.3

/* Nodes of a layer that have an identity, ascending by neuron. */
typedef struct {
  guint32 neuron;
  guint32 identity;
} Member;

typedef struct {
  guint iteration;
  GArray **members; /* [n_layers] of Member */
} Past;

struct _CoterieRecordedIdentities {
  guint n_layers;
  GPtrArray *pasts;   /* in the order in which they were added */
  GHashTable **taken; /* [n_layers]: sets of identities */
};

typedef struct {
  guint32 identity;
  guint32 recorded;
  guint n_shared;
} Pair;

/* New numbers for the identities of one layer. */
typedef struct {
  GHashTable *taken; /* borrowed */
  GHashTable *numbers;
  guint32 next;
} Renaming;

/* No identity is COTERIE_LINEAGE_NONE, so there is always a pointer that is not NULL. */
static gpointer
to_key (guint32 identity)
{
  return GUINT_TO_POINTER (identity + 1);
}

static void
past_free (gpointer data)
{
  Past *past = data;

  for (guint l = 0; past->members[l] != NULL; l++)
    g_array_unref (past->members[l]);
  g_free (past->members);
  g_free (past);
}

/**
 * coterie_recorded_identities_new:
 * @n_layers: hidden layers
 *
 * Returns: (transfer full): a recording of which no frame is known yet
 */
CoterieRecordedIdentities *
coterie_recorded_identities_new (guint n_layers)
{
  CoterieRecordedIdentities *recorded = g_new0 (CoterieRecordedIdentities, 1);

  recorded->n_layers = n_layers;
  recorded->pasts = g_ptr_array_new_with_free_func (past_free);
  recorded->taken = g_new (GHashTable *, n_layers);
  for (guint l = 0; l < n_layers; l++)
    recorded->taken[l] = g_hash_table_new (NULL, NULL);
  return recorded;
}

/**
 * coterie_recorded_identities_free:
 * @recorded: (transfer full): the identities
 */
void
coterie_recorded_identities_free (CoterieRecordedIdentities *recorded)
{
  g_ptr_array_unref (recorded->pasts);
  for (guint l = 0; l < recorded->n_layers; l++)
    g_hash_table_unref (recorded->taken[l]);
  g_free (recorded->taken);
  g_free (recorded);
}

static GArray *
list_members (const CoterieFrameLayer *layer)
{
  GArray *members = g_array_new (FALSE, FALSE, sizeof (Member));

  for (guint v = 0; v < layer->analysis->n_nodes; v++) {
    const Member member = {layer->analysis->neurons[v], layer->identities[layer->communities[v]]};

    if (member.identity != COTERIE_LINEAGE_NONE)
      g_array_append_val (members, member);
  }
  return members;
}

/**
 * coterie_recorded_identities_add:
 * @recorded: the identities
 * @frame: a frame of the recording, of an iteration that has not been added yet
 *
 * Takes a frame in; no reference to it is kept. Cost: 8 bytes for each node.
 */
void
coterie_recorded_identities_add (CoterieRecordedIdentities *recorded, const CoterieFrame *frame)
{
  Past *past = g_new (Past, 1);

  g_assert (frame->n_layers == recorded->n_layers);

  past->iteration = frame->iteration;
  past->members = g_new0 (GArray *, frame->n_layers + 1);
  for (guint l = 0; l < frame->n_layers; l++) {
    const CoterieFrameLayer *layer = &frame->layers[l];

    past->members[l] = list_members (layer);
    for (guint k = 0; k < layer->n_communities; k++)
      if (layer->identities[k] != COTERIE_LINEAGE_NONE)
        g_hash_table_add (recorded->taken[l], to_key (layer->identities[k]));
  }
  g_ptr_array_add (recorded->pasts, past);
}

static const Past *
find_past (const CoterieRecordedIdentities *recorded, guint iteration)
{
  for (guint i = 0; i < recorded->pasts->len; i++) {
    const Past *past = g_ptr_array_index (recorded->pasts, i);

    if (past->iteration == iteration)
      return past;
  }
  return NULL;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  guint64 left = *(const guint64 *) a;
  guint64 right = *(const guint64 *) b;

  return (left > right) - (left < right);
}

/* One number for each neuron of a frame that has both identities: the new one above the recorded. */
static void
meet_members (const CoterieFrameLayer *layer, const GArray *members, GArray *meetings)
{
  g_autoptr (GArray) own = list_members (layer);
  guint i = 0;

  for (guint j = 0; j < own->len; j++) {
    const Member *member = &g_array_index (own, Member, j);

    while (i < members->len && g_array_index (members, Member, i).neuron < member->neuron)
      i++;
    if (i < members->len && g_array_index (members, Member, i).neuron == member->neuron) {
      guint64 meeting =
          (guint64) member->identity << 32 | g_array_index (members, Member, i).identity;

      g_array_append_val (meetings, meeting);
    }
  }
}

/* All pairs that share a neuron in any frame, by their new identity. */
static GArray *
count_shared (const CoterieRecordedIdentities *recorded, GPtrArray *frames, guint l)
{
  g_autoptr (GArray) meetings = g_array_new (FALSE, FALSE, sizeof (guint64));
  GArray *pairs = g_array_new (FALSE, FALSE, sizeof (Pair));
  guint end;

  for (guint i = 0; i < frames->len; i++) {
    const CoterieFrame *frame = g_ptr_array_index (frames, i);
    const Past *past = find_past (recorded, frame->iteration);

    if (past != NULL)
      meet_members (&frame->layers[l], past->members[l], meetings);
  }
  g_array_sort (meetings, compare_numbers);
  for (guint start = 0; start < meetings->len; start = end) {
    guint64 meeting = g_array_index (meetings, guint64, start);
    Pair pair = {(guint32) (meeting >> 32), (guint32) meeting, 0};

    for (end = start; end < meetings->len; end++)
      if (g_array_index (meetings, guint64, end) != meeting)
        break;
    pair.n_shared = end - start;
    g_array_append_val (pairs, pair);
  }
  return pairs;
}

/* Leaves out pairs in which a new identity has too few of its neurons. */
static GArray *
drop_strangers (const GArray *pairs)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (Pair));
  guint end;

  for (guint start = 0; start < pairs->len; start = end) {
    guint32 identity = g_array_index (pairs, Pair, start).identity;
    double n_all = 0.0;

    for (end = start; end < pairs->len; end++) {
      if (g_array_index (pairs, Pair, end).identity != identity)
        break;
      n_all += g_array_index (pairs, Pair, end).n_shared;
    }
    for (guint i = start; i < end; i++)
      if (g_array_index (pairs, Pair, i).n_shared >= MIN_SHARE_FRAC * n_all)
        g_array_append_val (kept, g_array_index (pairs, Pair, i));
  }
  return kept;
}

/* Those that share most first. */
static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *left = a;
  const Pair *right = b;

  if (left->n_shared != right->n_shared)
    return left->n_shared < right->n_shared ? 1 : -1;
  if (left->identity != right->identity)
    return left->identity < right->identity ? -1 : 1;
  return (left->recorded > right->recorded) - (left->recorded < right->recorded);
}

static void
renaming_init (Renaming *renaming,
               const CoterieRecordedIdentities *recorded,
               GPtrArray *frames,
               guint l)
{
  g_autoptr (GArray) all = count_shared (recorded, frames, l);
  g_autoptr (GArray) pairs = drop_strangers (all);
  g_autoptr (GHashTable) given = g_hash_table_new (NULL, NULL);

  *renaming = (Renaming){recorded->taken[l], g_hash_table_new (NULL, NULL), 0};
  g_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++) {
    const Pair *pair = &g_array_index (pairs, Pair, i);

    if (g_hash_table_contains (renaming->numbers, to_key (pair->identity)) ||
        g_hash_table_contains (given, to_key (pair->recorded)))
      continue;
    g_hash_table_insert (renaming->numbers, to_key (pair->identity), to_key (pair->recorded));
    g_hash_table_add (given, to_key (pair->recorded));
  }
}

/* Those without a counterpart are numbered in the order in which they are asked for. */
static guint32
find_number (Renaming *renaming, guint32 identity)
{
  gpointer key;

  if (identity == COTERIE_LINEAGE_NONE)
    return COTERIE_LINEAGE_NONE;
  key = g_hash_table_lookup (renaming->numbers, to_key (identity));
  if (key == NULL) {
    while (g_hash_table_contains (renaming->taken, to_key (renaming->next)))
      renaming->next++;
    key = to_key (renaming->next++);
    g_hash_table_insert (renaming->numbers, to_key (identity), key);
  }
  return GPOINTER_TO_UINT (key) - 1;
}

static void
rename_layer (Renaming *renaming, CoterieFrameLayer *layer)
{
  guint32 *identities = g_new (guint32, layer->n_communities + 1);
  CoterieLineageEvent *events = g_new (CoterieLineageEvent, layer->n_events + 1);

  for (guint k = 0; k < layer->n_communities; k++)
    identities[k] = find_number (renaming, layer->identities[k]);
  for (guint i = 0; i < layer->n_events; i++) {
    events[i] = layer->events[i];
    events[i].identity = find_number (renaming, events[i].identity);
    events[i].other = find_number (renaming, events[i].other);
  }
  layer->identities = identities;
  layer->events = events;
}

static CoterieFrame *
rename_frame (Renaming *renamings, const CoterieFrame *frame)
{
  CoterieFrame fields = *frame;
  g_autofree CoterieFrameLayer *layers =
      g_memdup2 (frame->layers, frame->n_layers * sizeof *frame->layers);
  CoterieFrame *renamed;

  fields.layers = layers;
  for (guint l = 0; l < frame->n_layers; l++)
    rename_layer (&renamings[l], &layers[l]);
  renamed = coterie_frame_new (&fields);
  for (guint l = 0; l < frame->n_layers; l++) {
    g_free ((gpointer) layers[l].identities);
    g_free ((gpointer) layers[l].events);
  }
  return renamed;
}

/**
 * coterie_recorded_identities_rename:
 * @recorded: the identities of a recording
 * @frames: (element-type CoterieFrame): other analyses of its networks, through which communities have
 *   been followed in this order
 *
 * Gives every identity the number of the recorded one that it shares most neurons with, in its
 * communities as in its events, or one that the recording does not use. Different identities stay
 * different. Frames without a counterpart in the recording say nothing of who is who. Cost: sorts the
 * nodes of all frames.
 *
 * Returns: (transfer full) (element-type CoterieFrame): the frames with these numbers
 */
GPtrArray *
coterie_recorded_identities_rename (const CoterieRecordedIdentities *recorded, GPtrArray *frames)
{
  g_autofree Renaming *renamings = g_new (Renaming, recorded->n_layers);
  GPtrArray *renamed = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);

  for (guint l = 0; l < recorded->n_layers; l++)
    renaming_init (&renamings[l], recorded, frames, l);
  for (guint i = 0; i < frames->len; i++)
    g_ptr_array_add (renamed, rename_frame (renamings, g_ptr_array_index (frames, i)));
  for (guint l = 0; l < recorded->n_layers; l++)
    g_hash_table_unref (renamings[l].numbers);
  return renamed;
}
