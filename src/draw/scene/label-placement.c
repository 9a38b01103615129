/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where labels go. They are taken one after the other, the important and the large ones first. There are
 * places in and around what a label names, wherever the box lies in the picture, below nothing that lies on
 * the picture, and on no label that was placed before. Each takes the one that costs least: nodes that it
 * would hide, nodes around it that it does not name, and how far it is from what it names. One that finds
 * no room is left out, and so is one that would hide the better part of what it names. Where a label stood
 * before comes before all other places, so that a moving graph does not make its labels jump.
 *
 * Headings come first. They stand at one height, and others keep away from them. */

#include "draw/scene/label-placement.h"

#include <math.h>

#include "draw/scene/label-crowd.h"

/* Free space between two labels, and between a label and a heading, pixels of a label. */
#define GAP_PX 2.0
#define HEADING_GAP_PX 8.0

/* A label may hide so many nodes, or so large a part of those that it names. */
#define MAX_HIDDEN 8
#define MAX_HIDDEN_FRAC 0.5

/* What it costs to stand among the nodes of others, in nodes that are hidden. */
#define STRANGE_COST 8.0

/* The same for every height of the box by which it is pushed back into the picture. */
#define PUSH_COST 0.25

/* A heading moves by so many of its heights at most to come clear of what lies on the picture. */
#define MAX_HEADING_SHIFT 3.0

/* A place: how far from the anchor towards the border of what is named; then, in halves of the box and
 * of a little air; upwards is positive. And its cost, in nodes that are hidden. */
typedef struct {
  double reach_x;
  double reach_y;
  double box_x;
  double box_y;
  double cost;
} Candidate;

static const Candidate candidates[] = {
    {0.0, 0.0, 0.0, 0.0, 0.0},      /* inside */
    {0.0, 1.0, 0.0, 1.0, 0.25},     /* above */
    {0.0, -1.0, 0.0, -1.0, 0.5},    /* below */
    {1.0, 0.0, 1.0, 0.0, 0.75},     /* beside */
    {-1.0, 0.0, -1.0, 0.0, 0.75},   /* */
    {0.6, 0.7, 1.0, 1.0, 1.0},      /* at the corners */
    {-0.6, 0.7, -1.0, 1.0, 1.0},    /* */
    {0.6, -0.7, 1.0, -1.0, 1.25},   /* */
    {-0.6, -0.7, -1.0, -1.0, 1.25}, /* */
    {0.0, 0.5, 0.0, 0.0, 0.25},     /* inside, off the middle */
    {0.0, -0.5, 0.0, 0.0, 0.25},    /* */
    {0.5, 0.0, 0.0, 0.0, 0.25},     /* */
    {-0.5, 0.0, 0.0, 0.0, 0.25},    /* */
    {0.5, 1.0, 0.0, 1.0, 0.75},     /* above and below, off the middle */
    {-0.5, 1.0, 0.0, 1.0, 0.75},    /* */
    {0.5, -1.0, 0.0, -1.0, 1.0},    /* */
    {-0.5, -1.0, 0.0, -1.0, 1.0},   /* */
};

typedef struct {
  const CoterieDrawing *drawing;
  const CoterieDrawingView *view;
  CoterieDrawingMetrics metrics;
  double label_scale;
  CoterieLabelPlace *places;
  CoterieLabelCrowd *crowd; /* once it is asked for */
  guint *placed;            /* labels that have a place */
  guint n_placed;
} Placement;

static int
compare_labels (gconstpointer a, gconstpointer b, gpointer data)
{
  const CoterieDrawingLabel *labels = data;
  guint i = *(const guint *) a, j = *(const guint *) b;

  if (!labels[i].heading != !labels[j].heading)
    return labels[i].heading ? -1 : 1;
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
has_room (const Placement *placement, guint label, const CoterieLabelPlace *place)
{
  const CoterieDrawingView *view = placement->view;
  const CoterieDrawingLabel *labels = placement->drawing->geometry->labels;

  if (place->x_px < 0.0 || place->y_px < 0.0 || place->x_px + place->width_px > view->width_px ||
      place->y_px + place->height_px > view->height_px || is_covered (place, view))
    return FALSE;
  for (guint i = 0; i < placement->n_placed; i++) {
    guint other = placement->placed[i];
    double gap_px = labels[other].heading && !labels[label].heading ? HEADING_GAP_PX : GAP_PX;

    if (overlaps (place, &placement->places[other], gap_px * placement->label_scale))
      return FALSE;
  }
  return TRUE;
}

static double
mix (const Placement *placement, const float ends[2])
{
  double t = placement->drawing->s_frac;

  return (1.0 - t) * ends[0] + t * ends[1];
}

/* Where what the label names has its middle, device pixels. */
static void
find_anchor (const Placement *placement, const CoterieDrawingLabel *label, double *x, double *y)
{
  const CoterieDrawingMetrics *metrics = &placement->metrics;

  *x = metrics->offset_x_px + mix (placement, label->x) * metrics->scale_px;
  *y = metrics->offset_y_px - mix (placement, label->y) * metrics->scale_px;
}

/* Pushes a place whose anchor is in the picture back into it. Returns: by how much, pixels. */
static double
push_back (const Placement *placement, double anchor_x, double anchor_y, CoterieLabelPlace *place)
{
  double most_x = placement->view->width_px - place->width_px;
  double most_y = placement->view->height_px - place->height_px;
  CoterieLabelPlace pushed = *place;
  double by_px;

  if (anchor_x < 0.0 || anchor_y < 0.0 || anchor_x > placement->view->width_px ||
      anchor_y > placement->view->height_px || most_x < 0.0 || most_y < 0.0)
    return 0.0;
  pushed.x_px = CLAMP (place->x_px, 0.0, most_x);
  pushed.y_px = CLAMP (place->y_px, 0.0, most_y);
  by_px = hypot (pushed.x_px - place->x_px, pushed.y_px - place->y_px);
  *place = pushed;
  return by_px;
}

/* Returns: whether there is room; then also what the place costs by itself. */
static gboolean
find_place (const Placement *placement,
            guint label,
            guint candidate,
            CoterieLabelPlace *found,
            double *cost)
{
  const CoterieDrawingLabel *fields = &placement->drawing->geometry->labels[label];
  const CoterieDrawingMetrics *metrics = &placement->metrics;
  const Candidate *way = &candidates[candidate];
  CoterieLabelPlace place = placement->places[label];
  double air_px = 2.0 * GAP_PX * placement->label_scale +
                  mix (placement, fields->clearance_px) * metrics->node_scale;
  double reach_x = mix (placement, way->reach_x < 0.0 ? fields->left : fields->right);
  double reach_y = mix (placement, way->reach_y < 0.0 ? fields->below : fields->above);
  double anchor_x, anchor_y, x_px, y_px;

  find_anchor (placement, fields, &anchor_x, &anchor_y);
  x_px = anchor_x + way->reach_x * reach_x * metrics->scale_px +
         way->box_x * (0.5 * place.width_px + air_px);
  y_px = anchor_y - way->reach_y * reach_y * metrics->scale_px -
         way->box_y * (0.5 * place.height_px + air_px);
  place.x_px = floor (x_px - 0.5 * place.width_px + 0.5);
  place.y_px = floor (y_px - 0.5 * place.height_px + 0.5);
  place.candidate = candidate;
  *cost =
      way->cost + PUSH_COST * push_back (placement, anchor_x, anchor_y, &place) / place.height_px;
  *found = place;
  return has_room (placement, label, &place);
}

static void
take_place (Placement *placement, guint label, const CoterieLabelPlace *place)
{
  placement->places[label] = *place;
  placement->placed[placement->n_placed++] = label;
}

static gboolean
hides_too_many (const Placement *placement, guint label, guint n_hidden)
{
  guint n_named = placement->drawing->geometry->labels[label].n_named;

  return n_named > 0 && n_hidden > MAX_HIDDEN && n_hidden > MAX_HIDDEN_FRAC * n_named;
}

static void
place_label (Placement *placement, guint label, guint preferred)
{
  CoterieLabelPlace place, best;
  double least = G_MAXDOUBLE, cost;

  if (preferred < G_N_ELEMENTS (candidates) &&
      find_place (placement, label, preferred, &place, &cost)) {
    take_place (placement, label, &place);
    return;
  }
  if (placement->crowd == NULL)
    placement->crowd = coterie_label_crowd_new (placement->drawing, placement->view);
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (candidates[i].cost < least && find_place (placement, label, i, &place, &cost)) {
      CoterieLabelBox box = {place.x_px, place.y_px, place.width_px, place.height_px};
      double strange_frac;
      guint n_hidden = coterie_label_crowd_look (placement->crowd, label, &box, &strange_frac);

      cost += n_hidden + STRANGE_COST * strange_frac;
      if (cost < least && !hides_too_many (placement, label, n_hidden)) {
        least = cost;
        best = place;
      }
    }
  if (least < G_MAXDOUBLE)
    take_place (placement, label, &best);
}

/* On its anchor, or where that is not in the picture a little below or above it. */
static CoterieLabelPlace
find_heading (const Placement *placement, guint label)
{
  CoterieLabelPlace place = placement->places[label];
  double x_px, y_px;

  find_anchor (placement, &placement->drawing->geometry->labels[label], &x_px, &y_px);
  place.x_px = floor (x_px - 0.5 * place.width_px + 0.5);
  place.y_px = floor (y_px - 0.5 * place.height_px + 0.5);
  place.candidate = 0;
  return place;
}

/* How far a heading has to move down to lie in the picture and below what covers it; pixels. */
static double
find_shift (const Placement *placement, CoterieLabelPlace place)
{
  const CoterieDrawingView *view = placement->view;
  double wanted_px = place.y_px;

  place.y_px = fmax (place.y_px, 0.0);
  for (guint i = 0; i < view->n_overlays; i++) {
    const CoterieOverlay *overlay = &view->overlays[i];
    double bottom_px =
        ceil ((overlay->y_px + overlay->height_px) * view->scale + GAP_PX * view->scale);
    CoterieDrawingView alone = *view;

    alone.n_overlays = 1;
    alone.overlays[0] = *overlay;
    if (is_covered (&place, &alone) && bottom_px < 0.5 * view->height_px)
      place.y_px = bottom_px;
  }
  return place.y_px - wanted_px;
}

/* All at one height: as far down as one of them has to be. */
static void
place_headings (Placement *placement, const guint *order, guint n_headings)
{
  double shift_px = 0.0;

  for (guint i = 0; i < n_headings; i++) {
    CoterieLabelPlace place = find_heading (placement, order[i]);
    double own_px = find_shift (placement, place);

    if (place.width_px > 0.0 && own_px <= MAX_HEADING_SHIFT * place.height_px)
      shift_px = fmax (shift_px, own_px);
  }
  for (guint i = 0; i < n_headings; i++) {
    CoterieLabelPlace place = find_heading (placement, order[i]);

    place.y_px += shift_px;
    if (place.width_px > 0.0 && place.height_px > 0.0 && has_room (placement, order[i], &place))
      take_place (placement, order[i], &place);
  }
}

static void
measure_label (const Placement *placement,
               guint label,
               CoterieLabelMeasureFunc measure,
               gpointer data)
{
  const CoterieDrawingLabel *fields = &placement->drawing->geometry->labels[label];
  CoterieLabelPlace *place = &placement->places[label];

  *place = (CoterieLabelPlace){
      .candidate = COTERIE_LABEL_NOWHERE,
      .opacity = mix (placement, fields->opacities),
  };
  if (place->opacity > 0.0)
    measure (label, &place->width_px, &place->height_px, data);
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
 * labels, and for each the number of those that are placed, times the places there are; where a label is
 * not where it was, some passes over the nodes and for each place the nodes near to it.
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
  guint n_labels = geometry->n_labels, n_headings = 0;
  g_autofree guint *order = g_new (guint, n_labels);
  g_autofree guint *placed = g_new (guint, n_labels);
  Placement placement = {
      .drawing = drawing,
      .view = view,
      .metrics = coterie_drawing_measure (drawing, view),
      .label_scale = coterie_drawing_view_get_label_scale (view),
      .places = places,
      .placed = placed,
  };

  for (guint i = 0; i < n_labels; i++) {
    order[i] = i;
    n_headings += geometry->labels[i].heading ? 1 : 0;
    measure_label (&placement, i, measure, data);
  }
  g_qsort_with_data (order, (gint) n_labels, sizeof *order, compare_labels,
                     (gpointer) geometry->labels);

  place_headings (&placement, order, n_headings);
  for (guint i = n_headings; i < n_labels; i++)
    if (places[order[i]].width_px > 0.0 && places[order[i]].height_px > 0.0)
      place_label (&placement, order[i],
                   preferred != NULL ? preferred[order[i]] : COTERIE_LABEL_NOWHERE);
  g_clear_pointer (&placement.crowd, coterie_label_crowd_free);
}
