/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layouts of all graphs of a layer, known from the first to the last. First the graphs are placed one after
 * the other, as they are while a network trains and the next one is not known. Then they begin as those of
 * a sequence do: the mean of all graphs is laid out from where that has led, and each graph from the one
 * before, held there a little only. So each shows its own communities well, about where they were seen
 * during the training, and neurons still wander.
 *
 * Then they are smoothed. A graph is laid out again from where it is, with every neuron tied to the middle
 * of where it is one graph before and one graph after, each end counting by how like the neighbourhoods
 * are. That is done to all graphs in turn, backwards and forwards, until jitter has given way and what is
 * left are the ways that neurons have to go. As the ties are to both sides no graph lags behind the one
 * before it, so that they can be strong.
 *
 * Measured on planted sequences (a merge, a split, a birth and a death), and on both layers of a training
 * with MNIST: mean move a step of the radius, and separation. A sequence with the anchors that suit one
 * whose future is unknown: 0.064 and 0.29; 0.093 and 0.42, 0.126 and 0.42. Each graph on its own, held by
 * the mean alone: 0.093 and 0.46, 0.132 and 0.45. This: 0.064 and 0.28; 0.065 and 0.38, 0.096 and 0.39. Each
 * graph afresh: 1.2 and 0.33; 1.2 and 0.36, 1.2 and 0.35.
 *
 * Neurons that are free are not tied, and fixed ones need no smoothing. The result does not depend on the
 * number of threads.
 *
 * Pins come last. Whoever pins a neuron expects the others to stay, but those to follow that belong to
 * what has been moved. And forces do not care which way up a layout is, so that a single neuron pinned far
 * off would turn all others by its edges. Hence the graphs are laid out as if nothing were pinned, and then
 * once more about their pins. What the ties to both sides did there is kept as a push, so that without any
 * pin nothing would move; and every neuron is held where it was, the less the more of its strength goes to
 * neurons that pins have taken away from there. */

#include "core/layout/layout-series.h"

#include <math.h>

#include "core/layout/layout-sequence.h"

/* How strongly a neuron is held at first, and how strongly it is tied to both sides: in edges of mean
 * weight, a unit of mass. */
#define FIRST_ANCHORING 0.3
#define SMOOTHING 12.0
#define N_SWEEPS 8

/* How strongly neurons are held where they would be without pins, in the same unit: HOLD at the most, and
 * half as much where such a share of their strength goes to neurons that pins have moved by the radius. */
#define HOLD 4.0
#define HALVING_SHARE 0.08

/* Where a neuron that is not pinned may go, as it is found from the neighbours of its graph in time. */
typedef struct {
  double *anchors;     /* [n_nodes][2] */
  double *stiffnesses; /* [n_nodes] */
} Ties;

/* What is known of a graph besides itself, so that the graphs need not all be there. */
typedef struct {
  guint n_nodes;
  guint32 *neurons;
  double *similarities; /* [n_nodes]: to the graph before; NULL if nothing is held */
  float *positions;     /* [n_nodes][2] */
  float *unpinned;      /* [n_nodes][2]: without pins; NULL as long as there are none */
} Item;

typedef struct {
  const CoterieLayoutSeries *series;
  const CoterieLayoutSettings *settings;
  CoterieLayoutPins pins; /* those that count at the time */
  gboolean is_smoothed;
  CoteriePool *pool;
  CoterieProgress *progress;
  GCancellable *cancellable;

  Item *items; /* [n_graphs] */
  guint n_steps;
  guint n_done;
} Work;

static void
work_clear (Work *work)
{
  for (guint i = 0; i < work->series->n_graphs; i++) {
    g_free (work->items[i].neurons);
    g_free (work->items[i].similarities);
    g_free (work->items[i].positions);
    g_free (work->items[i].unpinned);
  }
  g_free (work->items);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Work, work_clear)

static guint64
get_seed (const Work *work)
{
  return work->settings->seed + work->series->layer - 1;
}

static CoterieProgressRange
enter_step (Work *work)
{
  return coterie_progress_enter_range (work->progress, (double) work->n_done++ / work->n_steps,
                                       1.0 / work->n_steps);
}

/* Places a graph as if those after it were not known, and adds it to the sum of all. */
static gboolean
rehearse (
    Work *work, CoterieLayoutSequence *rehearsal, CoterieGraphSum *sum, guint index, GError **error)
{
  const CoterieLayoutSeries *series = work->series;
  CoterieProgressRange range = enter_step (work);
  g_autoptr (CoterieGraph) graph = NULL;
  g_autofree guint32 *neurons = NULL;
  g_autofree float *positions = NULL;
  gboolean placed;

  if (!series->load (index, &graph, &neurons, series->data, error))
    return FALSE;
  coterie_graph_sum_add (sum, graph, neurons);
  positions = g_new (float, 2 * (gsize) graph->n_nodes + 1);
  placed = coterie_layout_sequence_place (rehearsal, graph, neurons, positions, work->progress,
                                          work->cancellable, error);
  coterie_progress_leave_range (work->progress, range);
  return placed;
}

/* With the usual settings, whatever is asked for, so that whoever tries settings finds communities where
 * they were. */
static gboolean
prepare (Work *work, CoterieLayoutSequence *sequence, GError **error)
{
  g_autoptr (CoterieGraphSum) sum = coterie_graph_sum_new ();
  g_autoptr (CoterieLayoutSequence) rehearsal = NULL;
  CoterieForceSettings usual;
  CoterieProgressRange range;
  gboolean prepared;

  coterie_force_settings_init (&usual);
  rehearsal = coterie_layout_sequence_new (&usual, get_seed (work), work->pool);
  for (guint i = 0; i < work->series->n_graphs; i++)
    if (!rehearse (work, rehearsal, sum, i, error))
      return FALSE;
  coterie_layout_sequence_rehearse (sequence, rehearsal);

  range = enter_step (work);
  prepared =
      coterie_layout_sequence_prepare (sequence, sum, work->progress, work->cancellable, error);
  coterie_progress_leave_range (work->progress, range);
  return prepared;
}

static gboolean
place (Work *work, CoterieLayoutSequence *sequence, guint index, GError **error)
{
  const CoterieLayoutSeries *series = work->series;
  Item *item = &work->items[index];
  CoterieProgressRange range = enter_step (work);
  g_autoptr (CoterieGraph) graph = NULL;
  const double *similarities;
  gboolean placed;

  if (!series->load (index, &graph, &item->neurons, series->data, error))
    return FALSE;
  item->n_nodes = graph->n_nodes;
  item->positions = g_new0 (float, 2 * (gsize) graph->n_nodes + 1);
  placed = coterie_layout_sequence_place (sequence, graph, item->neurons, item->positions,
                                          work->progress, work->cancellable, error);
  coterie_progress_leave_range (work->progress, range);
  if (!placed)
    return FALSE;
  similarities = coterie_layout_sequence_get_similarities (sequence);
  if (similarities != NULL)
    item->similarities = g_memdup2 (similarities, graph->n_nodes * sizeof *similarities);
  return TRUE;
}

/* Anchors are sums until all of a node's are added. */
static void
add_tie (Ties *ties, guint node, const float *place, double stiffness)
{
  ties->anchors[2 * (gsize) node] += stiffness * (double) place[0];
  ties->anchors[2 * (gsize) node + 1] += stiffness * (double) place[1];
  ties->stiffnesses[node] += stiffness;
}

/* Where the nodes of a graph are as long as nothing is pinned. */
static const float *
get_settled (const Item *item)
{
  return item->unpinned != NULL ? item->unpinned : item->positions;
}

/* Ties the nodes of a graph that are in another one to where they are there, half as strongly as if it
 * were the only one. Similarities are those of the later of both. */
static void
add_ties (Ties *ties, const Item *item, const Item *other, const Item *later)
{
  guint v = 0, w = 0;

  while (v < item->n_nodes && w < other->n_nodes) {
    if (item->neurons[v] < other->neurons[w]) {
      v++;
    } else if (item->neurons[v] > other->neurons[w]) {
      w++;
    } else {
      add_tie (ties, v, get_settled (other) + 2 * w,
               0.5 * later->similarities[later == item ? v : w]);
      v++;
      w++;
    }
  }
}

static void
tie_to_both_sides (const Work *work, guint index, Ties *ties)
{
  const Item *item = &work->items[index];

  if (index > 0)
    add_ties (ties, item, item - 1, item);
  if (index + 1 < work->series->n_graphs)
    add_ties (ties, item, item + 1, item + 1);
}

/* Root mean square distance of the nodes from the origin, where their middle is. */
static double
measure_radius (const float *positions, guint n_nodes)
{
  double square = 0.0;

  for (gsize i = 0; i < 2 * (gsize) n_nodes; i++)
    square += (double) positions[i] * (double) positions[i];
  return sqrt (square / MAX (n_nodes, 1));
}

/* Returns: [n_nodes]: by how much pins have moved each node, a fraction of the radius, at most 1. */
static double *
measure_moves (const Work *work, const Item *item)
{
  double radius = measure_radius (item->unpinned, item->n_nodes);
  g_autofree double *places = g_new (double, 2 * (gsize) item->n_nodes + 1);
  double *moves = g_new (double, item->n_nodes + 1);

  for (gsize i = 0; i < 2 * (gsize) item->n_nodes; i++)
    places[i] = (double) item->unpinned[i];
  coterie_layout_pins_place (&work->pins, item->neurons, item->n_nodes, places, NULL);
  for (guint v = 0; v < item->n_nodes; v++) {
    double way = hypot (places[2 * v] - (double) item->unpinned[2 * v],
                        places[2 * v + 1] - (double) item->unpinned[2 * v + 1]);

    moves[v] = way < radius ? way / radius : way > 0.0;
  }
  return moves;
}

/* How strongly a node is held, in units of SMOOTHING. */
static double
find_hold (const CoterieGraph *graph, guint node, const double *moves)
{
  double moved = 0.0, share;

  for (guint32 i = graph->offsets[node]; i < graph->offsets[node + 1]; i++)
    moved += graph->weights[i] * moves[graph->neighbors[i]];
  if (moved == 0.0)
    return HOLD / SMOOTHING;
  share = moved / graph->strengths[node] / HALVING_SHARE;
  return HOLD / (1.0 + share * share) / SMOOTHING;
}

/* Anchors are still sums: a tie pulls by what it adds to them, less the place times its stiffness. */
static void
hold_about_pins (const Work *work, const CoterieGraph *graph, const Item *item, Ties *ties)
{
  g_autofree double *moves = measure_moves (work, item);

  for (guint v = 0; v < item->n_nodes; v++) {
    double hold = find_hold (graph, v, moves);

    for (guint axis = 0; axis < 2; axis++)
      ties->anchors[2 * v + axis] +=
          (hold - ties->stiffnesses[v]) * (double) item->unpinned[2 * v + axis];
    ties->stiffnesses[v] = hold;
  }
}

static void
find_ties (const Work *work, guint index, const CoterieGraph *graph, Ties *ties)
{
  const Item *item = &work->items[index];

  ties->anchors = g_new0 (double, 2 * (gsize) item->n_nodes + 1);
  ties->stiffnesses = g_new0 (double, item->n_nodes + 1);
  if (work->is_smoothed)
    tie_to_both_sides (work, index, ties);
  if (item->unpinned != NULL)
    hold_about_pins (work, graph, item, ties);
  for (guint v = 0; v < item->n_nodes; v++) {
    if (ties->stiffnesses[v] == 0.0)
      continue;
    ties->anchors[2 * v] /= ties->stiffnesses[v];
    ties->anchors[2 * v + 1] /= ties->stiffnesses[v];
  }
}

/* Part of the way to the anchors: about where the ties will have brought the nodes. About pins they begin
 * where they are. */
static double *
find_starts (const Work *work, const Item *item, const Ties *ties)
{
  double *starts = g_new (double, 2 * (gsize) item->n_nodes + 1);

  for (guint v = 0; v < item->n_nodes; v++) {
    double pull = item->unpinned == NULL ? SMOOTHING * ties->stiffnesses[v] : 0.0;

    for (guint axis = 0; axis < 2; axis++)
      starts[2 * v + axis] =
          ((double) item->positions[2 * v + axis] + pull * ties->anchors[2 * v + axis]) /
          (1.0 + pull);
  }
  coterie_layout_pins_place (&work->pins, item->neurons, item->n_nodes, starts, NULL);
  return starts;
}

static void
take_positions (const Work *work, Item *item, CoterieForceLayout *layout)
{
  const double *positions = coterie_force_layout_get_positions (layout);
  g_autofree double *placed = g_memdup2 (positions, 2 * item->n_nodes * sizeof *placed);

  coterie_layout_pins_place (&work->pins, item->neurons, item->n_nodes, placed, NULL);
  for (gsize i = 0; i < 2 * (gsize) item->n_nodes; i++)
    item->positions[i] = (float) placed[i];
}

static gboolean
relax (Work *work, CoterieGraph *graph, Item *item, const Ties *ties, GError **error)
{
  CoterieForceSettings settings = work->settings->force;
  g_autofree double *starts = find_starts (work, item, ties);
  g_autofree guint8 *fixed = g_new0 (guint8, item->n_nodes + 1);
  g_autoptr (CoterieForceLayout) layout = NULL;

  settings.anchoring = SMOOTHING;
  layout = coterie_force_layout_new (graph, &settings, work->pool);
  coterie_force_layout_set_positions (layout, starts);
  coterie_force_layout_set_anchors (layout, ties->anchors, ties->stiffnesses);
  coterie_layout_pins_place (&work->pins, item->neurons, item->n_nodes, NULL, fixed);
  coterie_force_layout_set_fixed (layout, fixed);
  if (!coterie_layout_run_apart (layout, graph, &settings, work->progress, work->cancellable,
                                 error))
    return FALSE;
  take_positions (work, item, layout);
  return TRUE;
}

/* Lays a graph out again from where it is. */
static gboolean
place_again (Work *work, guint index, GError **error)
{
  const CoterieLayoutSeries *series = work->series;
  CoterieProgressRange range = enter_step (work);
  g_autoptr (CoterieGraph) graph = NULL;
  g_autofree guint32 *neurons = NULL;
  Ties ties;
  gboolean placed;

  if (!series->load (index, &graph, &neurons, series->data, error))
    return FALSE;
  find_ties (work, index, graph, &ties);
  placed = relax (work, graph, &work->items[index], &ties, error);
  g_free (ties.anchors);
  g_free (ties.stiffnesses);
  coterie_progress_leave_range (work->progress, range);
  return placed;
}

static gboolean
smooth_all (Work *work, guint n_sweeps, GError **error)
{
  guint n_graphs = work->series->n_graphs;

  for (guint sweep = 0; sweep < n_sweeps; sweep++)
    for (guint i = 0; i < n_graphs; i++)
      if (!place_again (work, sweep % 2 == 0 ? n_graphs - 1 - i : i, error))
        return FALSE;
  return TRUE;
}

static gboolean
place_all_about_pins (Work *work, GError **error)
{
  guint n_graphs = work->series->n_graphs;

  for (guint i = 0; i < n_graphs; i++) {
    Item *item = &work->items[i];

    item->unpinned = g_memdup2 (item->positions, 2 * (gsize) item->n_nodes * sizeof (float));
  }
  for (guint i = 0; i < n_graphs; i++)
    if (!place_again (work, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
place_in_turn (Work *work, GError **error)
{
  const CoterieLayoutSettings *settings = work->settings;
  g_autoptr (CoterieLayoutSequence) sequence =
      coterie_layout_sequence_new (&settings->force, get_seed (work), work->pool);

  coterie_layout_sequence_set_mode (sequence, settings->mode);
  coterie_layout_sequence_set_anchoring (sequence, FIRST_ANCHORING);
  coterie_layout_sequence_set_pins (sequence, &work->pins);
  if (!prepare (work, sequence, error))
    return FALSE;
  for (guint i = 0; i < work->series->n_graphs; i++)
    if (!place (work, sequence, i, error))
      return FALSE;
  return TRUE;
}

/* Neurons that are fixed do not heed the pins of others. */
static gboolean
place_all (Work *work, const CoterieLayoutPins *pins, GError **error)
{
  gboolean at_once = work->settings->mode == COTERIE_LAYOUT_MODE_FIXED;
  gboolean afterwards = !at_once && pins->n_pins > 0;
  guint n_rounds = 2;

  if (work->is_smoothed)
    n_rounds += N_SWEEPS;
  if (afterwards)
    n_rounds++;
  work->n_steps = 1 + n_rounds * work->series->n_graphs;

  if (at_once)
    work->pins = *pins;
  if (!place_in_turn (work, error) || (work->is_smoothed && !smooth_all (work, N_SWEEPS, error)))
    return FALSE;
  if (!afterwards)
    return TRUE;
  work->pins = *pins;
  return place_all_about_pins (work, error);
}

/**
 * coterie_layout_series_place:
 * @series: the graphs of a layer
 * @settings: valid settings
 * @pins: (array length=n_pins) (nullable): pins of all layers, in the order of coterie_pin_compare()
 * @n_pins: how many
 * @positions: (out caller-allocates) (transfer full): [n_graphs]: for each graph [n_nodes][2]: where its
 *   nodes are, in the layout's unit of length; untouched on failure
 * @pool: works on the layouts; results do not depend on its number of threads
 * @progress: (nullable): how far it is, a fraction from 0 to 1, and where it is paused
 * @cancellable: (nullable): ends it, within a step
 * @error: return location for a #GError
 *
 * Lays out all graphs of a series. Graphs may be empty. Cost: for each graph, two layouts, and unless neurons
 * are free or fixed eight short ones, and one more about pins; it is loaded as many times, and one graph is in memory at a time,
 * besides the mean of all.
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED if it was cancelled, or an error of the series
 */
gboolean
coterie_layout_series_place (const CoterieLayoutSeries *series,
                             const CoterieLayoutSettings *settings,
                             const CoteriePin *pins,
                             guint n_pins,
                             float **positions,
                             CoteriePool *pool,
                             CoterieProgress *progress,
                             GCancellable *cancellable,
                             GError **error)
{
  g_auto (Work) work = {
      .series = series,
      .settings = settings,
      .is_smoothed = settings->mode == COTERIE_LAYOUT_MODE_ANCHORED && series->n_graphs > 1,
      .pool = pool,
      .progress = progress,
      .cancellable = cancellable,
      .items = g_new0 (Item, series->n_graphs + 1),
  };
  CoterieProgressRange range = coterie_progress_enter_range (progress, 0.0, 1.0);
  CoterieLayoutPins pins_of_layer = coterie_layout_pins_of_layer (pins, n_pins, series->layer);
  gboolean placed = place_all (&work, &pins_of_layer, error);
  coterie_progress_leave_range (progress, range);
  for (guint i = 0; i < series->n_graphs && placed; i++)
    positions[i] = g_steal_pointer (&work.items[i].positions);
  return placed;
}
