/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Colours for identities. There are more identities in a long training than colours, but few of them
 * live at the same time: a colour whose community is gone can be given again.
 *
 * The frames are taken one after the other. An identity that appears gets a hue, and keeps it for life;
 * of those that appear together the larger ones come first. It gets the first colour that nobody has
 * and nobody had lately, in an order in which those that look alike come late; if there is none, the one that has not been seen for longest among those whose
 * communities will not come back (a lineage waits for them for three frames); and if all of these are
 * taken, a colour that is not to be seen now, or that the fewest have, with a shape of its own. What comes later never changes a
 * hue: while a training is running the colours stand, and its recording has the same when it is opened.
 *
 * Frames that were analysed again look like the recorded ones where they can: an identity that the
 * recording has as well gets the hue that it has there, unless somebody else has it at that time. */

#include "draw/scene/community-hues.h"

#include "draw/palette.h"
#include "draw/scene/shape.h"

/* Frames after which a lineage has forgotten an identity. */
#define MAX_RETURN_FRAMES 4

/* So long a colour rests, if there is another. */
#define REST_FRAMES 8

typedef struct {
  guint32 identity;
  guint32 hue;
  guint last_frame; /* in which it was seen */
} Life;

/* The lives in one layer, the first to appear first, and where each identity is among them. */
typedef struct {
  GArray *lives;
  GHashTable *places; /* identity to place + 1, both in pointers */
} Layer;

/* A community that has just appeared. */
typedef struct {
  guint32 identity;
  guint size;
} Newborn;

struct _CoterieCommunityHues {
  GArray *layers; /* of Layer */
  guint n_frames;
  const CoterieCommunityHues *model; /* borrowed, or %NULL */
};

static void
layer_clear (gpointer data)
{
  Layer *layer = data;

  g_array_unref (layer->lives);
  g_hash_table_unref (layer->places);
}

static Life *
find_life (const Layer *layer, guint32 identity)
{
  guint place = GPOINTER_TO_UINT (g_hash_table_lookup (layer->places, GUINT_TO_POINTER (identity)));

  return place > 0 ? &g_array_index (layer->lives, Life, place - 1) : NULL;
}

/**
 * coterie_community_hues_new:
 *
 * Returns: (transfer full): hues that know no community yet
 */
CoterieCommunityHues *
coterie_community_hues_new (void)
{
  CoterieCommunityHues *hues = g_new0 (CoterieCommunityHues, 1);

  hues->layers = g_array_new (FALSE, FALSE, sizeof (Layer));
  g_array_set_clear_func (hues->layers, layer_clear);
  return hues;
}

/**
 * coterie_community_hues_new_like:
 * @model: (nullable): those of other frames of the same iterations; must outlive the new ones, and not change
 *
 * Returns: (transfer full): hues that know no community yet, but what hues identities have elsewhere
 */
CoterieCommunityHues *
coterie_community_hues_new_like (const CoterieCommunityHues *model)
{
  CoterieCommunityHues *hues = coterie_community_hues_new ();

  hues->model = model;
  return hues;
}

/**
 * coterie_community_hues_free:
 * @hues: (transfer full): the hues
 */
void
coterie_community_hues_free (CoterieCommunityHues *hues)
{
  g_array_unref (hues->layers);
  g_free (hues);
}

/* How long ago each colour was seen last, frames; and how many have it that are there now. */
static void
count_colors (const Layer *layer, guint frame, guint *ages, guint *n_living)
{
  for (guint k = 0; k < COTERIE_PALETTE_N_COLORS; k++) {
    ages[k] = G_MAXUINT;
    n_living[k] = 0;
  }
  for (guint i = 0; i < layer->lives->len; i++) {
    const Life *life = &g_array_index (layer->lives, Life, i);
    guint color = life->hue % COTERIE_PALETTE_N_COLORS;
    guint age = frame - life->last_frame;

    ages[color] = MIN (ages[color], age);
    n_living[color] += age == 0;
  }
}

static gboolean
is_taken (const Layer *layer, guint frame, guint32 hue)
{
  for (guint i = 0; i < layer->lives->len; i++) {
    const Life *life = &g_array_index (layer->lives, Life, i);

    if (life->hue == hue && frame - life->last_frame <= MAX_RETURN_FRAMES)
      return TRUE;
  }
  return FALSE;
}

/* All colours are taken: of those that the fewest have now the one that was seen longest ago, with the
 * next shape that is free. */
static guint32
share_color (const Layer *layer, guint frame, const guint *ages, const guint *n_living)
{
  guint32 hue = 0;

  for (guint32 k = 1; k < COTERIE_PALETTE_N_COLORS; k++)
    if (n_living[k] < n_living[hue] || (n_living[k] == n_living[hue] && ages[k] > ages[hue]))
      hue = k;
  for (guint shape = 1; shape < COTERIE_N_SHAPES; shape++)
    if (!is_taken (layer, frame, hue + shape * COTERIE_PALETTE_N_COLORS))
      return hue + shape * COTERIE_PALETTE_N_COLORS;
  return hue;
}

static guint32
choose_hue (const Layer *layer, guint frame)
{
  guint ages[COTERIE_PALETTE_N_COLORS];
  guint n_living[COTERIE_PALETTE_N_COLORS];
  guint32 oldest = coterie_palette_get_next (0);

  count_colors (layer, frame, ages, n_living);
  for (guint rank = 0; rank < COTERIE_PALETTE_N_COLORS; rank++) {
    guint32 k = coterie_palette_get_next (rank);

    if (ages[k] > REST_FRAMES)
      return k;
    if (ages[k] > ages[oldest])
      oldest = k;
  }
  return ages[oldest] > MAX_RETURN_FRAMES ? oldest : share_color (layer, frame, ages, n_living);
}

static int
compare_newborns (gconstpointer a, gconstpointer b)
{
  const Newborn *left = a, *right = b;

  if (left->size != right->size)
    return left->size > right->size ? -1 : 1;
  return left->identity < right->identity ? -1 : left->identity > right->identity;
}

/* Those that are there live on; gives those that were not there before. */
static GArray *
visit_communities (const Layer *layer, guint frame, const CoterieFrameLayer *fields)
{
  GArray *newborns = g_array_new (FALSE, FALSE, sizeof (Newborn));
  g_autofree guint *sizes = g_new0 (guint, fields->n_communities);

  for (guint v = 0; v < fields->analysis->n_nodes; v++)
    sizes[fields->communities[v]]++;
  for (guint k = 0; k < fields->n_communities; k++) {
    Newborn newborn = {fields->identities[k], sizes[k]};
    Life *life = find_life (layer, newborn.identity);

    if (newborn.identity == COTERIE_LINEAGE_NONE)
      continue;
    if (life != NULL)
      life->last_frame = frame;
    else
      g_array_append_val (newborns, newborn);
  }
  g_array_sort (newborns, compare_newborns);
  return newborns;
}

static void
begin_life (Layer *layer, guint frame, guint32 identity, guint32 hue)
{
  const Life life = {.identity = identity, .hue = hue, .last_frame = frame};

  g_array_append_val (layer->lives, life);
  g_hash_table_insert (layer->places, GUINT_TO_POINTER (identity),
                       GUINT_TO_POINTER (layer->lives->len));
}

static void
add_layer (Layer *layer, const Layer *model, guint frame, const CoterieFrameLayer *fields)
{
  g_autoptr (GArray) newborns = visit_communities (layer, frame, fields);

  for (guint i = 0; model != NULL && i < newborns->len; i++) {
    guint32 identity = g_array_index (newborns, Newborn, i).identity;
    const Life *life = find_life (model, identity);

    if (life != NULL && !is_taken (layer, frame, life->hue))
      begin_life (layer, frame, identity, life->hue);
  }
  for (guint i = 0; i < newborns->len; i++) {
    guint32 identity = g_array_index (newborns, Newborn, i).identity;

    if (find_life (layer, identity) == NULL)
      begin_life (layer, frame, identity, choose_hue (layer, frame));
  }
}

static const Layer *
find_model (const CoterieCommunityHues *hues, guint l)
{
  if (hues->model == NULL || l >= hues->model->layers->len)
    return NULL;
  return &g_array_index (hues->model->layers, Layer, l);
}

/**
 * coterie_community_hues_add:
 * @hues: the hues
 * @layers: (array length=n_layers): layers of the next frame, from the input towards the output
 * @n_layers: how many
 *
 * Gives a hue to every identity that appears in this frame. Cost: a pass over the nodes, and for each
 * identity that appears one over those that have been there.
 */
void
coterie_community_hues_add (CoterieCommunityHues *hues,
                            const CoterieFrameLayer *layers,
                            guint n_layers)
{
  while (hues->layers->len < n_layers) {
    Layer layer = {
        .lives = g_array_new (FALSE, FALSE, sizeof (Life)),
        .places = g_hash_table_new (NULL, NULL),
    };

    g_array_append_val (hues->layers, layer);
  }
  for (guint l = 0; l < n_layers; l++)
    add_layer (&g_array_index (hues->layers, Layer, l), find_model (hues, l), hues->n_frames,
               &layers[l]);
  hues->n_frames++;
}

/**
 * coterie_community_hues_get:
 * @hues: (nullable): the hues; %NULL gives each identity its own number
 * @layer: a hidden layer, from 1
 * @identity: an identity of it, or %COTERIE_LINEAGE_NONE
 *
 * Returns: its hue, what coterie_palette_get_community() makes a colour of; divided by
 *   %COTERIE_PALETTE_N_COLORS it says which shape. Its own number for an identity that no frame had,
 *   %COTERIE_LINEAGE_NONE for none
 */
guint32
coterie_community_hues_get (const CoterieCommunityHues *hues, guint layer, guint32 identity)
{
  const Life *life;

  if (hues == NULL || identity == COTERIE_LINEAGE_NONE || layer < 1 || layer > hues->layers->len)
    return identity;
  life = find_life (&g_array_index (hues->layers, Layer, layer - 1), identity);
  return life != NULL ? life->hue : identity;
}
