/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The numbers of nodes that are seen from near. Of the graph as a whole none is shown; as one goes nearer,
 * the numbers of the larger nodes come first. A number stands on its node if it fits there, otherwise by
 * it: below, above or beside. It hides no other node, no label and no other number, and where there is no
 * room it is left out. What is placed depends on where nodes are relative to each other only, so that
 * numbers stay while the picture is moved. */

#include "draw/scene/node-numbers.h"

#include <math.h>

#include "draw/scene/label-crowd.h"

#define SIZE_PX 11.0f

/* From which factor of the nodes' radii on, and from which radius on in pixels of a label. Both come in
 * gradually. */
#define LEAST_SCALE 1.5
#define SCALE_FADE 0.1
#define LEAST_RADIUS_PX 6.5
#define RADIUS_FADE_PX 0.5

/* So many nodes get a number at most, the largest; and where so many are seen there is room for none. */
#define MAX_NUMBERS 400
#define MAX_SEEN 6000

/* What surrounds the letters in their box, and how high digits are, as fractions of their size. */
#define AIR_OF_SIZE 0.18
#define DIGIT_HEIGHT_OF_SIZE 0.75

/* How much of the radius of a node its number may reach. */
#define MAX_REACH_FRAC 0.92

/* Between a node and the number by it, pixels of a label. */
#define GAP_PX 2.0

#define HALO_ALPHA 0.85f

/* Lighter fills have dark digits. */
#define LIGHT_LUMINANCE 0.55

typedef struct {
  guint32 node;
  double x_px;
  double y_px;
  double radius_px;
  CoterieColor color;
} Seen;

typedef struct {
  const CoterieDrawing *drawing;
  const CoterieLabelPlace *labels;
  CoterieLabelCrowd *crowd;
  double label_scale;
  double nearness; /* opacity of all numbers */
  GArray *numbers;
} Work;

static void
clear_number (gpointer pointer)
{
  CoterieNodeNumber *number = pointer;

  g_free ((gpointer) number->label.text);
}

static int
compare_seen (gconstpointer a, gconstpointer b)
{
  const Seen *left = a, *right = b;

  if (left->radius_px != right->radius_px)
    return left->radius_px > right->radius_px ? -1 : 1;
  return left->node < right->node ? -1 : left->node > right->node;
}

/* Whether a node is in the picture, which most are not; sets where it is. */
static gboolean
is_in_picture (const CoterieDrawing *drawing,
               const CoterieDrawingView *view,
               const CoterieDrawingMetrics *metrics,
               Seen *seen)
{
  const CoterieDrawingNodeEnd *ends = drawing->geometry->nodes[seen->node].ends;
  double t = drawing->s_frac, s = 1.0 - t;

  seen->x_px = metrics->offset_x_px + (s * ends[0].x + t * ends[1].x) * metrics->scale_px;
  seen->y_px = metrics->offset_y_px - (s * ends[0].y + t * ends[1].y) * metrics->scale_px;
  return seen->x_px >= 0.0 && seen->y_px >= 0.0 && seen->x_px <= view->width_px &&
         seen->y_px <= view->height_px;
}

/* The nodes in the picture that are large enough, the largest first. */
static GArray *
find_seen (const CoterieDrawing *drawing,
           const CoterieDrawingView *view,
           const CoterieDrawingMetrics *metrics,
           double least_radius_px)
{
  const CoterieDrawingGeometry *geometry = drawing->geometry;
  GArray *seen = g_array_new (FALSE, FALSE, sizeof (Seen));

  for (guint v = 0; v < geometry->n_nodes && seen->len <= MAX_SEEN; v++) {
    Seen found = {.node = v};
    CoterieDrawingNodeEnd node;

    if (geometry->numbers[v] == G_MAXUINT32 || !is_in_picture (drawing, view, metrics, &found))
      continue;
    node = coterie_drawing_blend_node (drawing, v);
    found.radius_px = node.radius_px * metrics->node_scale;
    found.color = node.color;
    if (node.color.alpha > 0.5f && found.radius_px >= least_radius_px)
      g_array_append_val (seen, found);
  }
  if (seen->len > MAX_SEEN)
    g_array_set_size (seen, 0);
  g_array_sort (seen, compare_seen);
  g_array_set_size (seen, MIN (seen->len, MAX_NUMBERS));
  return seen;
}

static double
get_luminance (CoterieColor color)
{
  return 0.299 * color.red + 0.587 * color.green + 0.114 * color.blue;
}

static CoterieDrawingLabel
make_label (const Work *work, const Seen *seen, gboolean on_node)
{
  const CoterieDrawingGeometry *geometry = work->drawing->geometry;
  gboolean dark = get_luminance (geometry->canvas) < 0.5;
  gboolean light_node = get_luminance (seen->color) > LIGHT_LUMINANCE;
  CoterieDrawingLabel label = {
      .text = g_strdup_printf ("%u", geometry->numbers[seen->node]),
      .size_px = SIZE_PX,
      .color = on_node ? coterie_palette_get (!light_node)->text : coterie_palette_get (dark)->text,
      .halo_color = geometry->canvas,
  };

  label.halo_color.alpha = on_node ? 0.0f : HALO_ALPHA;
  return label;
}

/* Half of what the digits take. */
static void
measure_digits (const Work *work, const CoterieLabelPlace *place, double *x_px, double *y_px)
{
  double size_px = (double) SIZE_PX * work->label_scale;

  *x_px = 0.5 * place->width_px - AIR_OF_SIZE * size_px;
  *y_px = 0.5 * DIGIT_HEIGHT_OF_SIZE * size_px;
}

/* Of other outlines less is inside, and more outside. */
static gboolean
is_round (const Work *work, const Seen *seen)
{
  CoterieShape shape = work->drawing->geometry->nodes[seen->node].shape;

  return shape == COTERIE_SHAPE_DISC || shape == COTERIE_SHAPE_SQUARE ||
         shape == COTERIE_SHAPE_HEXAGON;
}

/* A dot in the middle needs the place. */
static gboolean
fits_on_node (const Work *work, const Seen *seen, const CoterieLabelPlace *place)
{
  gboolean marked = work->drawing->geometry->nodes[seen->node].mark > 0.0f;
  double x_px, y_px;

  measure_digits (work, place, &x_px, &y_px);
  return !marked && is_round (work, seen) && hypot (x_px, y_px) <= MAX_REACH_FRAC * seen->radius_px;
}

static CoterieLabelBox
get_digits_box (const Work *work, const CoterieLabelPlace *place)
{
  double x_px, y_px;

  measure_digits (work, place, &x_px, &y_px);
  return (CoterieLabelBox){
      .x_px = place->x_px + 0.5 * place->width_px - x_px,
      .y_px = place->y_px + 0.5 * place->height_px - y_px,
      .width_px = 2.0 * x_px,
      .height_px = 2.0 * y_px,
  };
}

static gboolean
overlaps (const CoterieLabelBox *a, double x_px, double y_px, double width_px, double height_px)
{
  return a->x_px < x_px + width_px && x_px < a->x_px + a->width_px && a->y_px < y_px + height_px &&
         y_px < a->y_px + a->height_px;
}

/* Whether the digits hide at most @n_own nodes, which are their own, and nothing that is written. */
static gboolean
has_room (const Work *work, const CoterieLabelPlace *place, guint n_own)
{
  CoterieLabelBox box = get_digits_box (work, place);

  for (guint i = 0; i < work->drawing->geometry->n_labels; i++) {
    const CoterieLabelPlace *label = &work->labels[i];

    if (label->candidate != COTERIE_LABEL_NOWHERE &&
        overlaps (&box, label->x_px, label->y_px, label->width_px, label->height_px))
      return FALSE;
  }
  for (guint i = 0; i < work->numbers->len; i++) {
    const CoterieLabelPlace *other = &g_array_index (work->numbers, CoterieNodeNumber, i).place;
    CoterieLabelBox digits = get_digits_box (work, other);

    if (overlaps (&box, digits.x_px - GAP_PX * work->label_scale, digits.y_px,
                  digits.width_px + 2.0 * GAP_PX * work->label_scale, digits.height_px))
      return FALSE;
  }
  return coterie_label_crowd_look (work->crowd, G_MAXUINT32, &box, FALSE).n_hidden <= n_own;
}

/* Puts the middle of a box on a point, and its corner on a whole pixel. */
static void
put_middle (CoterieLabelPlace *place, double x_px, double y_px)
{
  place->x_px = floor (x_px - 0.5 * place->width_px + 0.5);
  place->y_px = floor (y_px - 0.5 * place->height_px + 0.5);
}

static gboolean
find_place_by (const Work *work, const Seen *seen, CoterieLabelPlace *place)
{
  static const double ways[][2] = {{0.0, 1.0}, {0.0, -1.0}, {1.0, 0.0}, {-1.0, 0.0}};
  CoterieShape shape = work->drawing->geometry->nodes[seen->node].shape;
  double reach_px = is_round (work, seen)
                        ? seen->radius_px
                        : (double) coterie_shape_get_reach (shape, (float) seen->radius_px, 0.0f);
  double away_px = reach_px + GAP_PX * work->label_scale;
  double x_px, y_px;

  measure_digits (work, place, &x_px, &y_px);
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    put_middle (place, seen->x_px + ways[i][0] * (away_px + x_px),
                seen->y_px + ways[i][1] * (away_px + y_px));
    if (has_room (work, place, 0))
      return TRUE;
  }
  return FALSE;
}

static void
add_number (Work *work, const Seen *seen, CoterieNodeNumberMeasureFunc measure, gpointer data)
{
  double radius_px = seen->radius_px / work->label_scale;
  CoterieNodeNumber number = {
      .node = seen->node,
      .on_node = TRUE,
      .label = make_label (work, seen, TRUE),
      .place = {.opacity =
                    work->nearness * fmin ((radius_px - LEAST_RADIUS_PX) / RADIUS_FADE_PX, 1.0)},
  };
  gboolean found;

  measure (&number.label, &number.place.width_px, &number.place.height_px, data);
  put_middle (&number.place, seen->x_px, seen->y_px);
  found = fits_on_node (work, seen, &number.place);
  if (found) {
    found = has_room (work, &number.place, 1);
  } else {
    clear_number (&number);
    number.on_node = FALSE;
    number.label = make_label (work, seen, FALSE);
    found = find_place_by (work, seen, &number.place);
  }
  if (found)
    g_array_append_val (work->numbers, number);
  else
    clear_number (&number);
}

/**
 * coterie_node_numbers_find:
 * @drawing: whose nodes
 * @view: camera and size
 * @labels: (nullable): [labels of @drawing]: where they are
 * @measure: asked for the box of a number
 * @data: passed to @measure
 *
 * Finds the numbers that are shown. Cost: none where the whole graph is seen; from near some passes over
 * the nodes, and for some hundred of them what is near to each.
 *
 * Returns: (transfer full) (element-type CoterieNodeNumber): the numbers, none of which overlaps another
 */
GArray *
coterie_node_numbers_find (const CoterieDrawing *drawing,
                           const CoterieDrawingView *view,
                           const CoterieLabelPlace *labels,
                           CoterieNodeNumberMeasureFunc measure,
                           gpointer data)
{
  CoterieDrawingMetrics metrics = coterie_drawing_measure (drawing, view);
  Work work = {
      .drawing = drawing,
      .labels = labels,
      .label_scale = coterie_drawing_view_get_label_scale (view),
      .numbers = g_array_new (FALSE, FALSE, sizeof (CoterieNodeNumber)),
  };
  double scale = coterie_drawing_node_scale (coterie_drawing_get_spread (drawing),
                                             metrics.scale_px / work.label_scale);
  g_autoptr (GArray) seen = NULL;

  g_array_set_clear_func (work.numbers, clear_number);
  work.nearness = fmin ((scale - LEAST_SCALE) / SCALE_FADE, 1.0);
  if (drawing->geometry->numbers == NULL || work.nearness <= 0.0)
    return work.numbers;
  seen = find_seen (drawing, view, &metrics, LEAST_RADIUS_PX * work.label_scale);
  if (seen->len == 0)
    return work.numbers;
  work.crowd = coterie_label_crowd_new (drawing, view, G_MAXUINT);
  for (guint i = 0; i < seen->len; i++)
    add_number (&work, &g_array_index (seen, Seen, i), measure, data);
  coterie_label_crowd_free (work.crowd);
  return work.numbers;
}
