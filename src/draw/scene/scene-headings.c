/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Among all layers, each has its name above its middle. The layers of a row have theirs at one height, which
 * nothing of the row reaches above. A layer without nodes because it is silent says so; alone, too. */

#include "draw/scene/scene-headings.h"

#include <glib/gi18n.h>
#include <math.h>

#define HEADING_SIZE_PX 15.0f
#define HALO_ALPHA 0.85f

/* How far headings stand above all nodes and edges of their row, in spreads of a layer. */
#define RISE 0.06

/* Where nodes and edges of a row of layers are, layout units; where there are none the top is less than
 * the bottom. */
typedef struct {
  double top;
  double bottom;
} Row;

typedef struct {
  const CoterieSceneMerge *merge;
  const CoterieSceneEnd *end;
  const CoterieSceneGraph *graph; /* whose layers have headings */
  double bend;
} Work;

/* The graph that shows more layers: what is blended may begin with nothing. */
static const CoterieSceneGraph *
choose_graph (const CoterieSceneEnd ends[2])
{
  return ends[0].graph->n_layers >= ends[1].graph->n_layers ? ends[0].graph : ends[1].graph;
}

static guint
get_row (const CoterieSceneGraph *graph, guint64 key)
{
  guint index = coterie_scene_key_layer (key) - graph->first_layer;

  return MIN (index, graph->n_layers - 1) / graph->n_columns;
}

/* The highest point of a curve from @from to @to that bends as edges do: a parabola with its control
 * point as coterie_drawing_get_control() has it. */
static double
find_crest (const CoterieSceneEndNode *from, const CoterieSceneEndNode *to, double bend)
{
  double control = 0.5 * (from->y + to->y) + 2.0 * bend * (to->x - from->x);
  double curvature = from->y - 2.0 * control + to->y;
  double t = curvature < 0.0 ? CLAMP ((from->y - control) / curvature, 0.0, 1.0) : 0.0;
  double s = 1.0 - t;

  return fmax (s * s * from->y + 2.0 * s * t * control + t * t * to->y, (double) to->y);
}

/* Edges that lead to another row are none of either. */
static Row *
find_rows (const Work *work)
{
  guint n_rows = (work->graph->n_layers - 1) / work->graph->n_columns + 1;
  const CoterieSceneMerge *merge = work->merge;
  const CoterieSceneEnd *end = work->end;
  Row *rows = g_new (Row, n_rows);

  for (guint i = 0; i < n_rows; i++)
    rows[i] = (Row){-G_MAXDOUBLE, G_MAXDOUBLE};
  for (guint n = 0; n < merge->n_nodes; n++)
    if (end->nodes[n].shown) {
      Row *row = &rows[get_row (work->graph, merge->keys[n])];

      row->top = fmax (row->top, (double) end->nodes[n].y);
      row->bottom = fmin (row->bottom, (double) end->nodes[n].y);
    }
  for (guint e = 0; e < merge->n_edges; e++) {
    guint source = merge->edges[e].source, target = merge->edges[e].target;
    guint row = get_row (work->graph, merge->keys[source]);

    if (end->edge_colors[e].alpha > 0.0f && row == get_row (work->graph, merge->keys[target]))
      rows[row].top =
          fmax (rows[row].top, find_crest (&end->nodes[source], &end->nodes[target], work->bend));
  }
  return rows;
}

/* Above the row; where the row above it comes near, in the middle between them. */
static double
choose_height (const Row *rows, guint row, const CoterieScenePlacement *placement)
{
  double top = rows[row].top;

  if (top < rows[row].bottom)
    return placement->center_y;
  if (row == 0 || rows[row - 1].top < rows[row - 1].bottom)
    return top + RISE;
  return fmin (top + RISE, 0.5 * (top + rows[row - 1].bottom));
}

static gboolean
is_silent (const CoterieSceneEnd *end, guint l)
{
  return l < end->graph->n_layers && end->graph->placements[l].silent;
}

/* At one end, where that shows the layers; a layer alone has one only if it is silent. */
static void
anchor_headings (CoterieDrawingLabel *labels, const Work *work, guint which)
{
  g_autofree Row *rows = find_rows (work);
  const CoterieSceneGraph *graph = work->graph;

  for (guint l = 0; l < graph->n_layers; l++) {
    gboolean shown = graph->n_layers > 1 ? work->end->graph->n_layers == graph->n_layers
                                         : is_silent (work->end, l);

    labels[l].x[which] = (float) graph->placements[l].center_x;
    labels[l].y[which] = (float) choose_height (rows, l / graph->n_columns, &graph->placements[l]);
    labels[l].opacities[which] = shown ? 1.0f : 0.0f;
  }
}

static char *
format_heading (const CoterieSceneEnd *end, guint layer, guint l)
{
  if (is_silent (end, l))
    /* Translators: the number of a layer, none of whose neurons is ever active at this iteration */
    return g_strdup_printf (_ ("Layer %u: silent"), layer);
  return g_strdup_printf (_ ("Layer %u"), layer);
}

/**
 * coterie_scene_headings_count:
 * @ends: both ends
 *
 * Returns: how many headings there are: one for each layer; none for a layer alone that is not silent
 */
guint
coterie_scene_headings_count (const CoterieSceneEnd ends[2])
{
  guint n_layers = choose_graph (ends)->n_layers;

  return n_layers > 1 || is_silent (&ends[0], 0) || is_silent (&ends[1], 0) ? n_layers : 0;
}

/**
 * coterie_scene_headings_fill:
 * @labels: [coterie_scene_headings_count()] (out caller-allocates): the headings
 * @texts: (element-type utf8): what owns their texts
 * @merge: of both graphs
 * @ends: both ends
 * @shown_end: which of them is nearer, 0 or 1; its texts are written
 * @style: how the graph is to look
 *
 * Cost: a pass over nodes and edges for each end.
 *
 * Returns: whether a text is another one at the other end
 */
gboolean
coterie_scene_headings_fill (CoterieDrawingLabel *labels,
                             GPtrArray *texts,
                             const CoterieSceneMerge *merge,
                             const CoterieSceneEnd ends[2],
                             guint shown_end,
                             const CoterieSceneStyle *style)
{
  const CoteriePalette *palette = coterie_palette_get (style->dark);
  const CoterieSceneGraph *graph = choose_graph (ends);
  guint n_headings = coterie_scene_headings_count (ends);
  gboolean changes = FALSE;

  for (guint l = 0; l < n_headings; l++) {
    /* Alone it has one text, which comes and goes. */
    guint end = n_headings > 1 ? shown_end : (is_silent (&ends[1], l) ? 1 : 0);
    char *text = format_heading (&ends[end], graph->first_layer + l, l);

    changes |= n_headings > 1 && !is_silent (&ends[0], l) != !is_silent (&ends[1], l);
    g_ptr_array_add (texts, text);
    labels[l] = (CoterieDrawingLabel){
        .text = text,
        .size_px = HEADING_SIZE_PX,
        .bold = TRUE,
        .color = palette->dim_text,
        .halo_color = palette->canvas,
        .priority = G_MAXFLOAT,
        .heading = TRUE,
    };
    labels[l].halo_color.alpha = HALO_ALPHA;
  }
  for (guint which = 0; which < 2 && n_headings > 0; which++)
    anchor_headings (labels,
                     &(Work){.merge = merge,
                             .end = &ends[which],
                             .graph = graph,
                             .bend = style->curved ? COTERIE_SCENE_EDGE_BEND : 0.0},
                     which);
  return changes;
}
