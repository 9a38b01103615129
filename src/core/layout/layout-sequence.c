/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layouts of a graph that changes. Each frame starts from the one before. Every node is held at the
 * place where it was by an anchor, the less the more its neighbourhood has changed, as
 * coterie_neighborhood_compare() tells. A node that was there earlier, but not in the last frame, starts
 * where it was last; one that is new starts in the middle of its neighbours, or at the rim if it has
 * none. Neither is held. Nothing is turned or scaled afterwards: the anchors keep the picture upright,
 * and gravity keeps its middle at the origin.
 *
 * Where all frames are known beforehand, the first starts from the layout of their mean. That graph has
 * more edges than any of them, and so would be larger: it is brought to the size that suits the first
 * frame. The mean in turn starts from where a sequence that did not know the frames to come has brought
 * the nodes, if there is one, so that whoever watched that finds everything about where it was. */

#include "core/layout/layout-sequence.h"

#include <math.h>

#include "core/base/rng.h"
#include "core/layout/layout-constraints.h"
#include "core/layout/layout-measures.h"
#include "core/layout/neighborhood.h"

/* Strength of the anchors a unit of mass, where nothing has changed: so many times that of an edge of mean
 * weight. Weaker ones let nodes wander more from frame to frame, stronger ones keep communities from
 * parting. */
#define ANCHORING 3.5

/* How far a new node may start from the middle of its neighbours, of the radius. */
#define NEW_NODE_SPREAD_FRAC 0.05

/* Where a new node without neighbours starts, of the radius: outside of most others. */
#define RIM_FRAC 1.5

typedef struct {
  double x;
  double y;
} Place;

struct _CoterieLayoutSequence {
  CoterieForceSettings settings;
  CoteriePool *pool; /* the caller's */
  guint64 seed;
  CoterieLayoutMode mode;
  CoterieLayoutPins pins; /* the caller's */
  guint n_placed;
  gboolean is_mean; /* what the next frame starts from is the mean of all frames, in its own size */

  CoterieGraph *graph; /* of the last frame, NULL before the first */
  guint32 *neurons;
  double *similarities; /* [n_nodes]: to the frame before it; NULL unless neurons are anchored */
  GHashTable *places;   /* neuron to Place, of all frames so far */
  double radius;
};

/**
 * coterie_layout_sequence_new:
 * @settings: of every layout; how strongly anchors hold is the sequence's own matter
 * @seed: of the first layout's start, and of new nodes' places
 * @pool: works on the layouts; must outlive the sequence
 *
 * Returns: (transfer full): a sequence without frames
 */
CoterieLayoutSequence *
coterie_layout_sequence_new (const CoterieForceSettings *settings, guint64 seed, CoteriePool *pool)
{
  CoterieLayoutSequence *sequence = g_new0 (CoterieLayoutSequence, 1);

  sequence->settings = *settings;
  sequence->settings.anchoring = ANCHORING;
  sequence->mode = COTERIE_LAYOUT_MODE_ANCHORED;
  sequence->seed = seed;
  sequence->pool = pool;
  sequence->places = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  return sequence;
}

/**
 * coterie_layout_sequence_free:
 * @sequence: (transfer full): the sequence
 *
 * Frees @sequence.
 */
void
coterie_layout_sequence_free (CoterieLayoutSequence *sequence)
{
  g_clear_pointer (&sequence->graph, coterie_graph_unref);
  g_free (sequence->neurons);
  g_free (sequence->similarities);
  g_hash_table_unref (sequence->places);
  g_free (sequence);
}

static const Place *
find_place (CoterieLayoutSequence *sequence, guint32 neuron)
{
  return g_hash_table_lookup (sequence->places, GUINT_TO_POINTER (neuron));
}

/* Somewhere on a circle about the origin. */
static void
place_at_rim (double radius, CoterieRng *rng, double *place)
{
  double x, y, square;

  do {
    x = 2.0 * coterie_rng_uniform (rng) - 1.0;
    y = 2.0 * coterie_rng_uniform (rng) - 1.0;
    square = x * x + y * y;
  } while (square == 0.0 || square > 1.0);

  place[0] = radius * x / sqrt (square);
  place[1] = radius * y / sqrt (square);
}

static void
place_new_node (CoterieLayoutSequence *sequence,
                const CoterieGraph *graph,
                const guint32 *neurons,
                guint node,
                CoterieRng *rng,
                double *place)
{
  double spread = NEW_NODE_SPREAD_FRAC * sequence->radius;
  double weight = 0.0;
  double x = 0.0;
  double y = 0.0;

  for (guint32 slot = graph->offsets[node]; slot < graph->offsets[node + 1]; slot++) {
    const Place *neighbor = find_place (sequence, neurons[graph->neighbors[slot]]);

    if (neighbor == NULL)
      continue;
    x += graph->weights[slot] * neighbor->x;
    y += graph->weights[slot] * neighbor->y;
    weight += graph->weights[slot];
  }
  if (weight > 0.0) {
    place[0] = x / weight + spread * (coterie_rng_uniform (rng) - 0.5);
    place[1] = y / weight + spread * (coterie_rng_uniform (rng) - 0.5);
  } else {
    place_at_rim (RIM_FRAC * sequence->radius, rng, place);
  }
}

/* Where the nodes start. */
static void
find_starts (CoterieLayoutSequence *sequence,
             const CoterieGraph *graph,
             const guint32 *neurons,
             double *starts)
{
  CoterieRng rng;

  coterie_rng_init (&rng, sequence->seed, sequence->n_placed);
  for (guint v = 0; v < graph->n_nodes; v++) {
    const Place *place = find_place (sequence, neurons[v]);

    if (place != NULL) {
      starts[2 * v] = place->x;
      starts[2 * v + 1] = place->y;
    } else {
      place_new_node (sequence, graph, neurons, v, &rng, starts + 2 * v);
    }
  }
}

static void
hold_by_anchors (CoterieLayoutSequence *sequence,
                 CoterieForceLayout *layout,
                 const CoterieGraph *graph,
                 const guint32 *neurons,
                 const double *anchors)
{
  double *similarities = g_new (double, graph->n_nodes + 1);

  coterie_neighborhood_compare (sequence->graph, sequence->neurons, graph, neurons, similarities,
                                sequence->pool);
  coterie_force_layout_set_anchors (layout, anchors, similarities);
  g_free (sequence->similarities);
  sequence->similarities = similarities;
}

static void
fix (CoterieLayoutSequence *sequence,
     CoterieForceLayout *layout,
     const CoterieGraph *graph,
     const guint32 *neurons)
{
  g_autofree guint8 *fixed = g_new0 (guint8, graph->n_nodes + 1);

  for (guint v = 0; v < graph->n_nodes && sequence->mode == COTERIE_LAYOUT_MODE_FIXED; v++)
    fixed[v] = find_place (sequence, neurons[v]) != NULL;
  coterie_layout_pins_place (&sequence->pins, neurons, graph->n_nodes, NULL, fixed);
  coterie_force_layout_set_fixed (layout, fixed);
}

static void
scale_places (CoterieLayoutSequence *sequence, double factor)
{
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, sequence->places);
  while (g_hash_table_iter_next (&iter, NULL, &value)) {
    Place *place = value;

    place->x *= factor;
    place->y *= factor;
  }
  sequence->radius *= factor;
}

static void
start_from_last (CoterieLayoutSequence *sequence,
                 CoterieForceLayout *layout,
                 const CoterieGraph *graph,
                 const guint32 *neurons)
{
  g_autofree double *starts = g_new (double, 2 * (gsize) graph->n_nodes);

  find_starts (sequence, graph, neurons, starts);
  coterie_force_layout_set_positions (layout, starts);
  if (sequence->is_mean && graph->n_edges > 0) {
    double factor = coterie_force_layout_fit_size (layout);

    scale_places (sequence, factor);
    for (gsize i = 0; i < 2 * (gsize) graph->n_nodes; i++)
      starts[i] *= factor;
    sequence->is_mean = FALSE;
  }
  if (sequence->pins.n_pins > 0) {
    coterie_layout_pins_place (&sequence->pins, neurons, graph->n_nodes, starts, NULL);
    coterie_force_layout_set_positions (layout, starts);
  }
  if (sequence->mode == COTERIE_LAYOUT_MODE_ANCHORED)
    hold_by_anchors (sequence, layout, graph, neurons, starts);
  fix (sequence, layout, graph, neurons);
}

static void
start_anywhere (CoterieLayoutSequence *sequence,
                CoterieForceLayout *layout,
                const CoterieGraph *graph,
                const guint32 *neurons)
{
  g_autofree double *starts = NULL;

  coterie_force_layout_scatter (layout, sequence->seed);
  if (sequence->pins.n_pins == 0)
    return;
  starts =
      g_memdup2 (coterie_force_layout_get_positions (layout), 2 * graph->n_nodes * sizeof *starts);
  coterie_layout_pins_place (&sequence->pins, neurons, graph->n_nodes, starts, NULL);
  coterie_force_layout_set_positions (layout, starts);
  fix (sequence, layout, graph, neurons);
}

/* Remembers positions as they are recorded, in single precision, so that a sequence which recalls a
 * recording goes on exactly as the one that made it would have. */
static void
remember (CoterieLayoutSequence *sequence,
          CoterieGraph *graph,
          const guint32 *neurons,
          const float *positions)
{
  g_autofree double *wide = g_new (double, 2 * (gsize) graph->n_nodes + 1);

  g_clear_pointer (&sequence->graph, coterie_graph_unref);
  g_free (sequence->neurons);
  sequence->graph = coterie_graph_ref (graph);
  sequence->neurons = g_memdup2 (neurons, graph->n_nodes * sizeof *neurons);
  sequence->n_placed++;

  for (guint v = 0; v < graph->n_nodes; v++) {
    Place *place = g_new (Place, 1);

    place->x = wide[2 * v] = (double) positions[2 * v];
    place->y = wide[2 * v + 1] = (double) positions[2 * v + 1];
    g_hash_table_insert (sequence->places, GUINT_TO_POINTER (neurons[v]), place);
  }
  sequence->radius = coterie_layout_measure_radius (wide, graph->n_nodes);
}

/* What is pinned is where it was pinned, to the last bit, whatever else is there. */
static void
copy_positions (CoterieForceLayout *layout,
                const CoterieGraph *graph,
                const guint32 *neurons,
                const CoterieLayoutPins *pins,
                float *positions)
{
  g_autofree double *placed =
      g_memdup2 (coterie_force_layout_get_positions (layout), 2 * graph->n_nodes * sizeof *placed);

  coterie_layout_pins_place (pins, neurons, graph->n_nodes, placed, NULL);
  for (gsize i = 0; i < 2 * (gsize) graph->n_nodes; i++)
    positions[i] = (float) placed[i];
}

/**
 * coterie_layout_sequence_set_mode:
 * @sequence: the sequence
 * @mode: what neurons do in the frames to come
 *
 * At first neurons are anchored.
 */
void
coterie_layout_sequence_set_mode (CoterieLayoutSequence *sequence, CoterieLayoutMode mode)
{
  sequence->mode = mode;
}

/**
 * coterie_layout_sequence_set_anchoring:
 * @sequence: the sequence
 * @anchoring: how strongly unchanged neurons are held, in edges of mean weight a unit of mass; 0 or more
 *
 * Replaces the strength that suits a sequence the next graph of which is not known yet.
 */
void
coterie_layout_sequence_set_anchoring (CoterieLayoutSequence *sequence, double anchoring)
{
  sequence->settings.anchoring = anchoring;
}

/**
 * coterie_layout_sequence_set_pins:
 * @sequence: the sequence
 * @pins: (nullable): pins of its layer; the array must outlive the sequence
 *
 * Says where some neurons are in all frames to come; others arrange themselves about them.
 */
void
coterie_layout_sequence_set_pins (CoterieLayoutSequence *sequence, const CoterieLayoutPins *pins)
{
  sequence->pins = pins != NULL ? *pins : (CoterieLayoutPins){NULL, 0};
}

/* A neuron starts where it was last, or else where it would in any other graph of its layer. */
static void
place_for_mean (CoterieLayoutSequence *sequence,
                CoterieForceLayout *layout,
                const guint32 *neurons,
                guint n_nodes)
{
  g_autofree double *starts = g_new (double, 2 * (gsize) n_nodes + 1);
  double side = 10.0 * sqrt (n_nodes);

  for (guint v = 0; v < n_nodes; v++) {
    const Place *place = find_place (sequence, neurons[v]);
    CoterieRng rng;

    if (place != NULL) {
      starts[2 * v] = place->x;
      starts[2 * v + 1] = place->y;
      continue;
    }
    coterie_rng_init (&rng, sequence->seed, neurons[v]);
    starts[2 * v] = (coterie_rng_uniform (&rng) - 0.5) * side;
    starts[2 * v + 1] = (coterie_rng_uniform (&rng) - 0.5) * side;
  }
  coterie_force_layout_set_positions (layout, starts);
}

/* Where the mean comes to lie depends on where it starts and the seed alone: it is laid out with the usual
 * settings first, and with others from there on, so that whoever tries settings finds communities where
 * they were. Discs may overlap in it. */
static CoterieForceLayout *
lay_out_mean (CoterieLayoutSequence *sequence,
              CoterieGraph *mean,
              const guint32 *neurons,
              CoterieProgress *progress,
              GCancellable *cancellable,
              GError **error)
{
  CoterieForceSettings usual, wanted = sequence->settings;
  g_autoptr (CoterieForceLayout) first = NULL;
  g_autoptr (CoterieForceLayout) second = NULL;

  coterie_force_settings_init (&usual);
  wanted.prevent_overlap = FALSE;
  first = coterie_force_layout_new (mean, &usual, sequence->pool);
  place_for_mean (sequence, first, neurons, mean->n_nodes);
  if (!coterie_force_layout_run (first, progress, cancellable, error))
    return NULL;

  second = coterie_force_layout_new (mean, &wanted, sequence->pool);
  coterie_force_layout_set_positions (second, coterie_force_layout_get_positions (first));
  if (mean->n_edges > 0)
    coterie_force_layout_fit_size (second);
  if (!coterie_force_layout_run (second, progress, cancellable, error))
    return NULL;
  return g_steal_pointer (&second);
}

/**
 * coterie_layout_sequence_rehearse:
 * @sequence: a sequence that has placed nothing yet
 * @rehearsal: another one, which has placed the graphs to come
 *
 * Lets the mean of coterie_layout_sequence_prepare() start from where @rehearsal has left the nodes.
 */
void
coterie_layout_sequence_rehearse (CoterieLayoutSequence *sequence, CoterieLayoutSequence *rehearsal)
{
  GHashTableIter iter;
  gpointer neuron, value;

  g_hash_table_iter_init (&iter, rehearsal->places);
  while (g_hash_table_iter_next (&iter, &neuron, &value))
    g_hash_table_insert (sequence->places, neuron, g_memdup2 (value, sizeof (Place)));
}

/**
 * coterie_layout_sequence_prepare:
 * @sequence: a sequence that has placed nothing yet
 * @sum: of all graphs that will be placed, or of many of them
 * @progress: (nullable): how far the layout is, a fraction from 0 to 1, and where it is paused
 * @cancellable: (nullable): ends the layout
 * @error: return location for a #GError
 *
 * Lays the mean of the graphs out, and starts the first frame from there: what is steady over the
 * frames is then where it will be all the time. Pins do not count yet. Cost: a layout.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED if it was cancelled
 */
gboolean
coterie_layout_sequence_prepare (CoterieLayoutSequence *sequence,
                                 CoterieGraphSum *sum,
                                 CoterieProgress *progress,
                                 GCancellable *cancellable,
                                 GError **error)
{
  g_autofree guint32 *neurons = NULL;
  g_autoptr (CoterieGraph) mean = coterie_graph_sum_make_mean (sum, &neurons);
  g_autoptr (CoterieForceLayout) layout = NULL;
  g_autofree float *positions = NULL;
  const CoterieLayoutPins none = {NULL, 0};

  layout = lay_out_mean (sequence, mean, neurons, progress, cancellable, error);
  if (layout == NULL)
    return FALSE;
  positions = g_new (float, 2 * (gsize) mean->n_nodes + 1);
  copy_positions (layout, mean, neurons, &none, positions);
  remember (sequence, mean, neurons, positions);
  sequence->is_mean = TRUE;
  return TRUE;
}

/**
 * coterie_layout_sequence_recall:
 * @sequence: the sequence
 * @graph: a graph that is laid out already
 * @neurons: [n_nodes]: the neuron of each node, ascending
 * @positions: [n_nodes][2]: where its nodes are, in the layout's unit of length
 *
 * Takes a graph for the last one of the sequence, so that the next is laid out to look like it. Once all
 * graphs of a sequence are recalled, in their order, the next is laid out to the last bit as that
 * sequence would have. Cost: one pass over the nodes.
 */
void
coterie_layout_sequence_recall (CoterieLayoutSequence *sequence,
                                CoterieGraph *graph,
                                const guint32 *neurons,
                                const float *positions)
{
  remember (sequence, graph, neurons, positions);
}

/**
 * coterie_layout_sequence_place:
 * @sequence: the sequence
 * @graph: the next graph
 * @neurons: [n_nodes]: the neuron of each node, ascending
 * @positions: (out caller-allocates): [n_nodes][2]: where the nodes are, in the layout's unit of
 *   length
 * @progress: (nullable): how far this layout is, a fraction from 0 to 1, and where it is paused
 * @cancellable: (nullable): ends the layout
 * @error: return location for a #GError
 *
 * Lays out the next graph of the sequence. When it was cancelled, the sequence is as before.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED if it was cancelled
 */
gboolean
coterie_layout_sequence_place (CoterieLayoutSequence *sequence,
                               CoterieGraph *graph,
                               const guint32 *neurons,
                               float *positions,
                               CoterieProgress *progress,
                               GCancellable *cancellable,
                               GError **error)
{
  g_autoptr (CoterieForceLayout) layout =
      coterie_force_layout_new (graph, &sequence->settings, sequence->pool);

  if (g_hash_table_size (sequence->places) == 0)
    start_anywhere (sequence, layout, graph, neurons);
  else
    start_from_last (sequence, layout, graph, neurons);

  if (!coterie_layout_run_apart (layout, graph, &sequence->settings, progress, cancellable, error))
    return FALSE;

  copy_positions (layout, graph, neurons, &sequence->pins, positions);
  remember (sequence, graph, neurons, positions);
  return TRUE;
}

/**
 * coterie_layout_sequence_get_similarities:
 * @sequence: a sequence that has placed a graph
 *
 * Returns: (transfer none) (nullable): [n_nodes of the last graph]: how like the neighbourhood of each was
 *   to that in the graph before, from 0 to 1; %NULL if neurons are not anchored or there was no graph
 *   before; valid until the next call
 */
const double *
coterie_layout_sequence_get_similarities (CoterieLayoutSequence *sequence)
{
  return sequence->similarities;
}
