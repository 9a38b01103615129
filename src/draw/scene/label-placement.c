/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where labels go. They are taken one after the other, the important and the large ones first. There are
 * places in and around what a label names, as far as that is in the picture, wherever the box lies in the
 * picture, below nothing that lies on the picture, and on no label that was placed before. Each takes the
 * one that costs least: nodes that it would hide, nodes around it that it does not name, and how far it is
 * from what it names. None stands where a reader would take it for the name of something else: most of
 * what is near to it is what it names. One that finds no room is left out, and so is one that would hide
 * the better part of what it names. Where a label stood before comes before all other places, so that a
 * moving graph does not make its labels jump.
 *
 * The nodes of a large one may lie so far apart that there are those of others all around its middle, while a
 * small one is compact. Before the smaller ones have their turn it looks for a place beside one of its nodes
 * where it does not name a stranger. This is done at rest; while something moves, what has such a place keeps
 * it.
 *
 * In a picture that nobody zooms into, those that found no room instead look for a free place farther away,
 * from where a line that crosses no other and touches no label leads to what they name.
 *
 * Headings come first. Those of a row stand at one height, and others keep away from them. */

#include "draw/scene/label-placement.h"

#include <math.h>

/* Free space between two labels, and between a label and a heading, pixels of a label. */
#define GAP_PX 2.0
#define HEADING_GAP_PX 8.0

/* Free space between a label and the border of the picture, pixels of a label, or less where the picture is
 * small: a fraction of its shorter side. */
#define BORDER_PX 6.0
#define MAX_BORDER_FRAC 0.02

/* A label may hide so many nodes, or so large a part of those that it names. */
#define MAX_HIDDEN 8
#define MAX_HIDDEN_FRAC 0.5

/* What it costs to stand among the nodes of others, in nodes that are hidden, and how much of what is near
 * may be theirs: a little more where it stood before, so that it does not come and go. */
#define STRANGE_COST 8.0
#define MAX_STRANGE_FRAC 0.35
#define MAX_STRANGE_FRAC_KEPT 0.5

/* While something moves, so many nodes stand for all of them. */
#define MAX_NODES_MOVING 8192

/* What it names has to be near: a few nodes at the distance of its height, or one that is nearer. */
#define MIN_OWN 0.75

/* The same for every height of the box by which it is farther from what it names than that needs to be. */
#define GAP_COST 2.0
#define USUAL_GAP 0.75

/* The same for every height of the box by which it is pushed back into the picture. */
#define PUSH_COST 0.25

/* Of the nodes that a label names so many are tried, and what a height of the box costs by which one is away
 * from their middle, in nodes that are hidden. */
#define MAX_TRIED 32
#define AWAY_FROM_MIDDLE_COST 0.1

/* Places away: so many directions, and distances in heights of the box. */
#define N_DIRECTIONS 24
#define MIN_AWAY 1.0
#define MAX_AWAY 14.0
#define AWAY_STEP 1.0

/* The line, in heights of the box, is long enough to be seen. */
#define MIN_LINE 0.5

/* What they cost, in nodes that are hidden: a height of the line, a node of others below it, and what is near. None
 * costs more than so much. */
#define LENGTH_COST 0.5
#define CROSSED_COST 1.5
#define NEAR_COST 1.0
#define MAX_NEAR_COST 3.0
#define MAX_AWAY_COST 20.0

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
    {0.0, 1.0, 0.0, 2.2, 0.75},     /* further off, where a few nodes lie apart */
    {0.0, -1.0, 0.0, -2.2, 1.0},    /* */
    {1.0, 0.0, 1.5, 0.0, 1.25},     /* */
    {-1.0, 0.0, -1.5, 0.0, 1.25},   /* */
};

/* Beside a node: above, below, to its right and its left. These places have numbers from
 * COTERIE_LABEL_BESIDE on, by node. */
#define N_SIDES 4

static const struct {
  double x;
  double y;
} sides[N_SIDES] = {{0.0, 1.0}, {0.0, -1.0}, {1.0, 0.0}, {-1.0, 0.0}};

typedef struct {
  const CoterieDrawing *drawing;
  const CoterieDrawingView *view;
  CoterieDrawingMetrics metrics;
  double label_scale;
  CoterieLabelPlace *places;
  CoterieLabelCrowd *crowd; /* once it is asked for, see get_crowd() */
  guint max_nodes;          /* in it */
  guint *placed;            /* labels that have a place */
  guint n_placed;
} Placement;

/* What a label names, as far as it is in the picture: a point of it, and how far it reaches from there;
 * device pixels. */
typedef struct {
  double x_px;
  double y_px;
  double left_px;
  double right_px;
  double above_px;
  double below_px;
} Core;

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

static CoterieLabelBox
get_box (const CoterieLabelPlace *place, double gap_px)
{
  return (CoterieLabelBox){place->x_px - gap_px, place->y_px - gap_px,
                           place->width_px + 2.0 * gap_px, place->height_px + 2.0 * gap_px};
}

/* Whether the line of @other runs through @place. */
static gboolean
is_struck (const Placement *placement, const CoterieLabelPlace *place, guint other)
{
  CoterieLabelBox box = get_box (place, GAP_PX * placement->label_scale);

  return placement->places[other].candidate == COTERIE_LABEL_AWAY &&
         coterie_label_leader_meets (&placement->places[other].leader, &box);
}

/* A heading may be at the border: it has its place. */
static double
get_border_px (const Placement *placement, guint label)
{
  const CoterieDrawingView *view = placement->view;

  if (placement->drawing->geometry->labels[label].heading)
    return 0.0;
  return floor (fmin (BORDER_PX * placement->label_scale,
                      MAX_BORDER_FRAC * MIN (view->width_px, view->height_px)));
}

static gboolean
has_room (const Placement *placement, guint label, const CoterieLabelPlace *place)
{
  const CoterieDrawingView *view = placement->view;
  const CoterieDrawingLabel *labels = placement->drawing->geometry->labels;
  double border_px = get_border_px (placement, label);

  if (place->x_px < border_px || place->y_px < border_px ||
      place->x_px + place->width_px > view->width_px - border_px ||
      place->y_px + place->height_px > view->height_px - border_px || is_covered (place, view))
    return FALSE;
  for (guint i = 0; i < placement->n_placed; i++) {
    guint other = placement->placed[i];
    double gap_px = labels[other].heading && !labels[label].heading ? HEADING_GAP_PX : GAP_PX;

    if (overlaps (place, &placement->places[other], gap_px * placement->label_scale) ||
        is_struck (placement, place, other))
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

/* Returns: whether any of it is in the picture. */
static gboolean
find_core (const Placement *placement, const CoterieDrawingLabel *label, Core *core)
{
  double scale_px = placement->metrics.scale_px;
  double x_px, y_px, left_px, right_px, top_px, bottom_px;

  find_anchor (placement, label, &x_px, &y_px);
  left_px = fmax (x_px - mix (placement, label->left) * scale_px, 0.0);
  right_px = fmin (x_px + mix (placement, label->right) * scale_px, placement->view->width_px);
  top_px = fmax (y_px - mix (placement, label->above) * scale_px, 0.0);
  bottom_px = fmin (y_px + mix (placement, label->below) * scale_px, placement->view->height_px);
  if (left_px > right_px || top_px > bottom_px)
    return FALSE;
  *core = (Core){.x_px = CLAMP (x_px, left_px, right_px), .y_px = CLAMP (y_px, top_px, bottom_px)};
  core->left_px = core->x_px - left_px;
  core->right_px = right_px - core->x_px;
  core->above_px = core->y_px - top_px;
  core->below_px = bottom_px - core->y_px;
  return TRUE;
}

/* Pushes a place back into the picture. Returns: by how much, pixels. */
static double
push_back (const Placement *placement, guint label, CoterieLabelPlace *place)
{
  double border_px = get_border_px (placement, label);
  double most_x = placement->view->width_px - place->width_px - border_px;
  double most_y = placement->view->height_px - place->height_px - border_px;
  CoterieLabelPlace pushed = *place;
  double by_px;

  if (most_x < border_px || most_y < border_px)
    return 0.0;
  pushed.x_px = CLAMP (place->x_px, border_px, most_x);
  pushed.y_px = CLAMP (place->y_px, border_px, most_y);
  by_px = hypot (pushed.x_px - place->x_px, pushed.y_px - place->y_px);
  *place = pushed;
  return by_px;
}

/* Puts the middle of a box on a point, and its corner on a whole pixel. */
static void
put_middle (CoterieLabelPlace *place, double x_px, double y_px)
{
  place->x_px = floor (x_px - 0.5 * place->width_px + 0.5);
  place->y_px = floor (y_px - 0.5 * place->height_px + 0.5);
}

/* Returns: whether there is room; then also what the place costs by itself. */
static gboolean
find_place (const Placement *placement,
            guint label,
            const Core *core,
            guint candidate,
            CoterieLabelPlace *found,
            double *cost)
{
  const CoterieDrawingLabel *fields = &placement->drawing->geometry->labels[label];
  const Candidate *way = &candidates[candidate];
  CoterieLabelPlace place = placement->places[label];
  double air_px = 2.0 * GAP_PX * placement->label_scale +
                  mix (placement, fields->clearance_px) * placement->metrics.node_scale;
  double reach_x_px = way->reach_x < 0.0 ? core->left_px : core->right_px;
  double reach_y_px = way->reach_y < 0.0 ? core->below_px : core->above_px;

  put_middle (
      &place, core->x_px + way->reach_x * reach_x_px + way->box_x * (0.5 * place.width_px + air_px),
      core->y_px - way->reach_y * reach_y_px - way->box_y * (0.5 * place.height_px + air_px));
  place.candidate = candidate;
  *cost = way->cost + PUSH_COST * push_back (placement, label, &place) / place.height_px;
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

static guint
get_nearer_end (const Placement *placement)
{
  return placement->drawing->s_frac < 0.5 ? 0 : 1;
}

static gboolean
names_nodes (const Placement *placement)
{
  return placement->drawing->geometry->node_labels[get_nearer_end (placement)] != NULL;
}

static CoterieLabelCrowd *
get_crowd (Placement *placement)
{
  if (placement->crowd == NULL)
    placement->crowd =
        coterie_label_crowd_new (placement->drawing, placement->view, placement->max_nodes);
  return placement->crowd;
}

static CoterieLabelSurroundings
look (Placement *placement, guint label, const CoterieLabelPlace *place)
{
  CoterieLabelBox box = get_box (place, 0.0);
  gboolean among = place->candidate < G_N_ELEMENTS (candidates) &&
                   candidates[place->candidate].box_x == 0.0 &&
                   candidates[place->candidate].box_y == 0.0;

  return coterie_label_crowd_look (get_crowd (placement), label, &box, among);
}

static gboolean
may_stay (Placement *placement, guint label, const CoterieLabelPlace *place)
{
  CoterieLabelSurroundings around;

  if (!names_nodes (placement))
    return TRUE;
  around = look (placement, label, place);
  return around.own + around.strange == 0.0 ||
         coterie_label_crowd_get_strange_frac (&around) <= MAX_STRANGE_FRAC_KEPT;
}

/* Beside a node that it names. Returns: whether there is room; then also what the place costs by itself. */
static gboolean
find_beside (const Placement *placement,
             guint label,
             const Core *core,
             guint node,
             guint side,
             CoterieLabelPlace *found,
             double *cost)
{
  const CoterieDrawingMetrics *metrics = &placement->metrics;
  CoterieDrawingNodeEnd end = coterie_drawing_blend_node (placement->drawing, node);
  double x_px = metrics->offset_x_px + end.x * metrics->scale_px;
  double y_px = metrics->offset_y_px - end.y * metrics->scale_px;
  double air_px = GAP_PX * placement->label_scale + end.radius_px * metrics->node_scale;
  CoterieLabelPlace place = placement->places[label];

  put_middle (&place, x_px + sides[side].x * (0.5 * place.width_px + air_px),
              y_px - sides[side].y * (0.5 * place.height_px + air_px));
  place.candidate = COTERIE_LABEL_BESIDE + N_SIDES * node + side;
  *cost = AWAY_FROM_MIDDLE_COST * hypot (x_px - core->x_px, y_px - core->y_px) / place.height_px;
  *found = place;
  return has_room (placement, label, &place);
}

/* Where the label stood before. Returns: whether it can be there. */
static gboolean
find_preferred (const Placement *placement,
                guint label,
                const Core *core,
                guint preferred,
                CoterieLabelPlace *found)
{
  const CoterieDrawingGeometry *geometry = placement->drawing->geometry;
  guint node = (preferred - COTERIE_LABEL_BESIDE) / N_SIDES;
  double cost;

  if (preferred < G_N_ELEMENTS (candidates))
    return find_place (placement, label, core, preferred, found, &cost);
  return preferred >= COTERIE_LABEL_BESIDE && preferred < COTERIE_LABEL_AWAY &&
         names_nodes (placement) && node < geometry->n_nodes &&
         geometry->node_labels[get_nearer_end (placement)][node] == label &&
         find_beside (placement, label, core, node, (preferred - COTERIE_LABEL_BESIDE) % N_SIDES,
                      found, &cost);
}

/* Whether the label may stand at a place; then what that costs is added to @cost. Beside a node what it names
 * is near in any case. */
static gboolean
is_fit (Placement *placement, guint label, const CoterieLabelPlace *place, double *cost)
{
  double max_strange_frac = names_nodes (placement) ? MAX_STRANGE_FRAC : 1.0;
  double min_own =
      names_nodes (placement) && place->candidate < COTERIE_LABEL_BESIDE ? MIN_OWN : 0.0;
  CoterieLabelSurroundings around = look (placement, label, place);
  double strange_frac = coterie_label_crowd_get_strange_frac (&around);

  *cost += around.n_hidden + STRANGE_COST * strange_frac;
  if (place->candidate < COTERIE_LABEL_BESIDE && names_nodes (placement))
    *cost += GAP_COST * fmax (around.gap_heights - USUAL_GAP, 0.0);
  return strange_frac <= max_strange_frac && around.own >= min_own &&
         !hides_too_many (placement, label, around.n_hidden);
}

/* Where no place in or around the middle will do. */
static void
place_beside (Placement *placement, guint label, const Core *core)
{
  g_autoptr (GArray) nodes = NULL;
  CoterieLabelPlace place, best;
  double least = G_MAXDOUBLE, cost;

  if (!names_nodes (placement))
    return;
  nodes = coterie_label_crowd_find_named (get_crowd (placement), label, MAX_TRIED);
  for (guint i = 0; i < nodes->len; i++)
    for (guint side = 0; side < N_SIDES; side++)
      if (find_beside (placement, label, core, g_array_index (nodes, guint32, i), side, &place,
                       &cost) &&
          is_fit (placement, label, &place, &cost) && cost < least) {
        least = cost;
        best = place;
      }
  if (least < G_MAXDOUBLE)
    take_place (placement, label, &best);
}

/* Where most of what is near is what it names. */
static void
place_label (Placement *placement, guint label, guint preferred, gboolean moving)
{
  CoterieLabelPlace place, best;
  double least = G_MAXDOUBLE, cost;
  Core core;

  if (!find_core (placement, &placement->drawing->geometry->labels[label], &core))
    return;
  if (find_preferred (placement, label, &core, preferred, &place) &&
      may_stay (placement, label, &place)) {
    take_place (placement, label, &place);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
    if (candidates[i].cost < least && find_place (placement, label, &core, i, &place, &cost) &&
        is_fit (placement, label, &place, &cost) && cost < least) {
      least = cost;
      best = place;
    }
  if (least < G_MAXDOUBLE)
    take_place (placement, label, &best);
  else if (!moving && !placement->view->leaders)
    place_beside (placement, label, &core);
}

/* Whether a line runs below what lies on the picture. */
static gboolean
runs_below (const CoterieLabelLeader *leader, const CoterieDrawingView *view)
{
  for (guint i = 0; i < view->n_overlays; i++) {
    const CoterieOverlay *overlay = &view->overlays[i];
    CoterieLabelBox box = {overlay->x_px * view->scale, overlay->y_px * view->scale,
                           overlay->width_px * view->scale, overlay->height_px * view->scale};

    if (box.width_px > 0.0 && box.height_px > 0.0 && coterie_label_leader_meets (leader, &box))
      return TRUE;
  }
  return FALSE;
}

/* Whether the line of @place can be drawn. */
static gboolean
has_way (const Placement *placement, const CoterieLabelPlace *place)
{
  for (guint i = 0; i < placement->n_placed; i++) {
    const CoterieLabelPlace *other = &placement->places[placement->placed[i]];
    CoterieLabelBox box = get_box (other, GAP_PX * placement->label_scale);

    if (coterie_label_leader_meets (&place->leader, &box) ||
        (other->candidate == COTERIE_LABEL_AWAY &&
         coterie_label_leader_crosses (&place->leader, &other->leader)))
      return FALSE;
  }
  return !runs_below (&place->leader, placement->view);
}

/* Nodes of others below a line, or how far it runs over them. */
static guint
count_crossed (Placement *placement, guint label, const CoterieLabelLeader *leader)
{
  double step_px = 4.0 * placement->label_scale;
  double length_px = coterie_label_leader_get_length (leader);
  guint n_crossed = 0;

  for (double way_px = step_px; way_px < length_px - 2.0 * step_px; way_px += step_px) {
    double s = way_px / length_px;
    CoterieLabelPlace point = {
        .candidate = COTERIE_LABEL_AWAY,
        .x_px = leader->from.x_px + s * (leader->to.x_px - leader->from.x_px),
        .y_px = leader->from.y_px + s * (leader->to.y_px - leader->from.y_px),
        .width_px = 1.0,
        .height_px = 1.0,
    };

    n_crossed += look (placement, label, &point).n_strange > 0;
  }
  return n_crossed;
}

/* A place away from what a label names, and a line from there to one of @ends. Returns: whether there is
 * room; then also what it costs. */
static gboolean
find_away (Placement *placement,
           guint label,
           const Core *core,
           const GArray *ends,
           double direction_rad,
           double distance,
           CoterieLabelPlace *found,
           double *cost)
{
  CoterieLabelPlace place = placement->places[label];
  double height_px = place.height_px;
  double cosine = cos (direction_rad), sine = sin (direction_rad);
  CoterieLabelSurroundings around;
  CoterieLabelBox box;
  double length;

  put_middle (&place, core->x_px + cosine * (distance * height_px + 0.5 * place.width_px),
              core->y_px - sine * (distance + 0.5) * height_px);
  place.candidate = COTERIE_LABEL_AWAY;
  box = get_box (&place, 0.0);
  place.leader = coterie_label_leader_find (&box, ends);
  length = coterie_label_leader_get_length (&place.leader) / height_px;
  if (length < MIN_LINE || !has_room (placement, label, &place) || !has_way (placement, &place))
    return FALSE;
  around = look (placement, label, &place);
  *cost = around.n_hidden + fmin (NEAR_COST * around.strange, MAX_NEAR_COST) +
          LENGTH_COST * length + CROSSED_COST * count_crossed (placement, label, &place.leader);
  *found = place;
  return !hides_too_many (placement, label, around.n_hidden);
}

/* Farther away, where it is least in the way. */
static void
place_away (Placement *placement, guint label)
{
  const CoterieDrawing *drawing = placement->drawing;
  g_autoptr (GArray) ends = NULL;
  CoterieLabelPlace place, best;
  double least = MAX_AWAY_COST, cost;
  Core core;

  if (!find_core (placement, &drawing->geometry->labels[label], &core))
    return;
  ends =
      coterie_label_crowd_find_heart (placement->crowd, label, placement->places[label].height_px);
  if (ends->len == 0)
    return;
  for (double distance = MIN_AWAY; distance <= MAX_AWAY; distance += AWAY_STEP)
    for (guint i = 0; i < N_DIRECTIONS; i++)
      if (find_away (placement, label, &core, ends, 2.0 * G_PI * i / N_DIRECTIONS, distance, &place,
                     &cost) &&
          cost < least) {
        least = cost;
        best = place;
      }
  if (least < MAX_AWAY_COST)
    take_place (placement, label, &best);
}

/* On its anchor. */
static CoterieLabelPlace
find_heading (const Placement *placement, guint label)
{
  CoterieLabelPlace place = placement->places[label];
  double x_px, y_px;

  find_anchor (placement, &placement->drawing->geometry->labels[label], &x_px, &y_px);
  put_middle (&place, x_px, y_px - 0.5 * place.height_px - GAP_PX * placement->label_scale);
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

static gboolean
is_same_row (const CoterieDrawingLabel *a, const CoterieDrawingLabel *b)
{
  return a->y[0] == b->y[0] && a->y[1] == b->y[1];
}

/* As far down as one of the row has to be. */
static double
find_row_shift (const Placement *placement, guint label, const guint *headings, guint n_headings)
{
  const CoterieDrawingLabel *labels = placement->drawing->geometry->labels;
  double shift_px = 0.0;

  for (guint i = 0; i < n_headings; i++) {
    CoterieLabelPlace place = find_heading (placement, headings[i]);
    double own_px = find_shift (placement, place);

    if (is_same_row (&labels[label], &labels[headings[i]]) && place.width_px > 0.0 &&
        own_px <= MAX_HEADING_SHIFT * place.height_px)
      shift_px = fmax (shift_px, own_px);
  }
  return shift_px;
}

/* All of a row at one height. */
static void
place_headings (Placement *placement, const guint *order, guint n_headings)
{
  for (guint i = 0; i < n_headings; i++) {
    CoterieLabelPlace place = find_heading (placement, order[i]);

    place.y_px += find_row_shift (placement, order[i], order, n_headings);
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
 * labels, and for each the number of those that are placed, times the places there are; some passes over
 * the nodes, with @preferred over some thousands of them; and for each place the nodes near to it.
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
      .max_nodes = preferred != NULL ? MAX_NODES_MOVING : G_MAXUINT,
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
                   preferred != NULL ? preferred[order[i]] : COTERIE_LABEL_NOWHERE,
                   preferred != NULL);
  for (guint i = n_headings; view->leaders && placement.crowd != NULL && i < n_labels; i++)
    if (places[order[i]].width_px > 0.0 && places[order[i]].height_px > 0.0 &&
        places[order[i]].candidate == COTERIE_LABEL_NOWHERE)
      place_away (&placement, order[i]);
  g_clear_pointer (&placement.crowd, coterie_label_crowd_free);
}
