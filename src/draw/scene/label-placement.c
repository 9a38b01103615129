/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where labels go. They are taken one after the other, the important and the large ones first. Of nine
 * places on and around its anchor where it lies in the picture, below nothing that lies on the picture,
 * and on none that was placed before, each takes that on which it covers the fewest nodes, of several
 * the first; one that finds no room is left out, and so is one that would hide much of what it names. Where a label stood before comes before all other
 * places, so that a moving graph does not make its labels jump. */

#include "draw/scene/label-placement.h"

#include <math.h>

/* Free space between two labels, logical pixels. */
#define GAP_PX 2.0

/* A label may cover so many nodes, or so large a part of those that it names. */
#define MAX_COVERED 8
#define MAX_COVERED_FRAC 0.25

/* Places in halves of the box and of a little air: first on the anchor, then above and below, beside,
 * and at the corners. */
static const double candidates[][2] = {
    {0.0, 0.0},  {0.0, -1.0},  {0.0, 1.0}, {1.0, 0.0},  {-1.0, 0.0},
    {1.0, -1.0}, {-1.0, -1.0}, {1.0, 1.0}, {-1.0, 1.0},
};

typedef struct {
  const CoterieDrawing *drawing;
  const CoterieDrawingView *view;
  CoterieDrawingMetrics metrics;
  CoterieLabelPlace *places;
  float *nodes; /* x, y and radius of those that are seen, pixels of the picture */
  guint n_nodes;
  guint *placed; /* labels that have a place */
  guint n_placed;
} Placement;

static int
compare_labels (gconstpointer a, gconstpointer b, gpointer data)
{
  const CoterieDrawingLabel *labels = data;
  guint i = *(const guint *) a, j = *(const guint *) b;

  if (labels[i].priority != labels[j].priority)
    return labels[i].priority > labels[j].priority ? -1 : 1;
  if (labels[i].size_px != labels[j].size_px)
    return labels[i].size_px > labels[j].size_px ? -1 : 1;
  return i < j ? -1 : i > j;
}

static gboolean
overlaps (const CoterieLabelPlace *a, const CoterieLabelPlace *b, double gap_px)
{
  return a->x_px < b->x_px + b->width_px + gap_px && b->x_px < a->x_px + a->width_px + gap_px &&
         a->y_px < b->y_px + b->height_px + gap_px && b->y_px < a->y_px + a->height_px + gap_px;
}

static gboolean
is_covered (const CoterieLabelPlace *place, const CoterieDrawingView *view)
{
  for (guint i = 0; i < view->n_overlays; i++) {
    const CoterieOverlay *overlay = &view->overlays[i];
    CoterieLabelPlace cover = {
        .x_px = overlay->x_px * view->scale,
        .y_px = overlay->y_px * view->scale,
        .width_px = overlay->width_px * view->scale,
        .height_px = overlay->height_px * view->scale,
    };

    if (cover.width_px > 0.0 && cover.height_px > 0.0 &&
        overlaps (place, &cover, GAP_PX * view->scale))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_room (const Placement *placement, const CoterieLabelPlace *place)
{
  const CoterieDrawingView *view = placement->view;

  if (place->x_px < 0.0 || place->y_px < 0.0 || place->x_px + place->width_px > view->width_px ||
      place->y_px + place->height_px > view->height_px || is_covered (place, view))
    return FALSE;
  for (guint i = 0; i < placement->n_placed; i++)
    if (overlaps (place, &placement->places[placement->placed[i]], GAP_PX * view->scale))
      return FALSE;
  return TRUE;
}

static void
find_nodes (Placement *placement)
{
  const CoterieDrawing *drawing = placement->drawing;
  const CoterieDrawingMetrics *metrics = &placement->metrics;

  placement->nodes = g_new (float, 3 * (gsize) drawing->geometry->n_nodes);
  for (guint v = 0; v < drawing->geometry->n_nodes; v++) {
    CoterieDrawingNodeEnd node = coterie_drawing_blend_node (drawing, v);
    float *seen = placement->nodes + 3 * (gsize) placement->n_nodes;

    if (node.radius_px <= 0.0f || node.color.alpha <= 0.0f)
      continue;
    seen[0] = (float) (metrics->offset_x_px + node.x * metrics->scale_px);
    seen[1] = (float) (metrics->offset_y_px - node.y * metrics->scale_px);
    seen[2] = (float) (node.radius_px * metrics->node_scale);
    placement->n_nodes++;
  }
}

static guint
count_covered (const Placement *placement, const CoterieLabelPlace *place)
{
  float left = (float) place->x_px, right = left + (float) place->width_px;
  float top = (float) place->y_px, bottom = top + (float) place->height_px;
  guint n_covered = 0;

  for (guint v = 0; v < placement->n_nodes; v++) {
    const float *node = placement->nodes + 3 * (gsize) v;

    n_covered += node[0] + node[2] > left && node[0] - node[2] < right && node[1] + node[2] > top &&
                 node[1] - node[2] < bottom;
  }
  return n_covered;
}

static gboolean
find_place (const Placement *placement, guint label, guint candidate, CoterieLabelPlace *found)
{
  const CoterieDrawingLabel *fields = &placement->drawing->geometry->labels[label];
  const CoterieDrawingMetrics *metrics = &placement->metrics;
  CoterieLabelPlace place = placement->places[label];
  double t = placement->drawing->s_frac, s = 1.0 - t;
  double x_px = metrics->offset_x_px + (s * fields->x[0] + t * fields->x[1]) * metrics->scale_px;
  double y_px = metrics->offset_y_px - (s * fields->y[0] + t * fields->y[1]) * metrics->scale_px;
  double air_px = 2.0 * GAP_PX * placement->view->scale;

  x_px += candidates[candidate][0] * (0.5 * place.width_px + air_px);
  y_px += candidates[candidate][1] * (0.5 * place.height_px + air_px);
  place.x_px = floor (x_px - 0.5 * place.width_px + 0.5);
  place.y_px = floor (y_px - 0.5 * place.height_px + 0.5);
  place.candidate = candidate;
  *found = place;
  return has_room (placement, &place);
}

static void
take_place (Placement *placement, guint label, const CoterieLabelPlace *place)
{
  placement->places[label] = *place;
  placement->placed[placement->n_placed++] = label;
}

static gboolean
covers_too_many (const Placement *placement, guint label, guint n_covered)
{
  guint n_named = placement->drawing->geometry->labels[label].n_named;

  return n_named > 0 && n_covered > MAX_COVERED && n_covered > MAX_COVERED_FRAC * n_named;
}

static void
place_label (Placement *placement, guint label, guint preferred)
{
  CoterieLabelPlace place, best;
  guint least = G_MAXUINT;

  if (preferred < G_N_ELEMENTS (candidates) && find_place (placement, label, preferred, &place)) {
    take_place (placement, label, &place);
    return;
  }
  if (placement->nodes == NULL)
    find_nodes (placement);
  for (guint i = 0; i < G_N_ELEMENTS (candidates) && least > 0; i++)
    if (find_place (placement, label, i, &place)) {
      guint n_covered = count_covered (placement, &place);

      if (n_covered < least) {
        least = n_covered;
        best = place;
      }
    }
  if (least < G_MAXUINT && !covers_too_many (placement, label, least))
    take_place (placement, label, &best);
}

/**
 * coterie_label_placement_compute:
 * @drawing: whose labels
 * @view: camera and size, and what lies on the picture
 * @measure: asked once for every label that may be shown
 * @data: passed to @measure
 * @preferred: (nullable): [labels]: the candidate that each had the last time, or
 *   %COTERIE_LABEL_NOWHERE
 * @places: [labels] (out caller-allocates): where each goes
 *
 * No two boxes overlap, and all lie within the picture, below none of its overlays. Cost: n log n for n
 * labels, and for each the number of those that are placed, times nine at most; where a label is not
 * where it was, times the number of nodes too.
 */
void
coterie_label_placement_compute (const CoterieDrawing *drawing,
                                 const CoterieDrawingView *view,
                                 CoterieLabelMeasureFunc measure,
                                 gpointer data,
                                 const guint *preferred,
                                 CoterieLabelPlace *places)
{
  const CoterieDrawingGeometry *geometry = drawing->geometry;
  guint n_labels = geometry->n_labels;
  g_autofree guint *order = g_new (guint, n_labels);
  g_autofree guint *placed = g_new (guint, n_labels);
  Placement placement = {
      .drawing = drawing,
      .view = view,
      .metrics = coterie_drawing_measure (drawing, view),
      .places = places,
      .placed = placed,
  };

  for (guint i = 0; i < n_labels; i++)
    order[i] = i;
  g_qsort_with_data (order, (gint) n_labels, sizeof *order, compare_labels,
                     (gpointer) geometry->labels);

  for (guint i = 0; i < n_labels; i++) {
    guint label = order[i];
    const CoterieDrawingLabel *fields = &geometry->labels[label];
    CoterieLabelPlace *place = &places[label];

    *place = (CoterieLabelPlace){.candidate = COTERIE_LABEL_NOWHERE};
    place->opacity =
        (1.0 - drawing->s_frac) * fields->opacities[0] + drawing->s_frac * fields->opacities[1];
    if (place->opacity <= 0.0)
      continue;
    measure (label, &place->width_px, &place->height_px, data);
    if (place->width_px > 0.0 && place->height_px > 0.0)
      place_label (&placement, label, preferred != NULL ? preferred[label] : COTERIE_LABEL_NOWHERE);
  }
  g_free (placement.nodes);
}
