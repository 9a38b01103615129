/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A thin line from a label that found no room by what it names to a node of it, with a dot on its end. */

#include "draw/scene/label-leader.h"

#include <math.h>

/* Widths and the radius of the dot, pixels of a label. On paper such a pixel is half a point at the least. */
#define LINE_PX 1.0
#define HALO_PX 3.0
#define DOT_PX 2.0

/* The point of @box that is nearest to @point. */
static CoterieLabelPoint
find_nearest (const CoterieLabelBox *box, const CoterieLabelPoint *point)
{
  return (CoterieLabelPoint){
      .x_px = CLAMP (point->x_px, box->x_px, box->x_px + box->width_px),
      .y_px = CLAMP (point->y_px, box->y_px, box->y_px + box->height_px),
  };
}

/**
 * coterie_label_leader_find:
 * @box: of a label
 * @ends: (element-type CoterieLabelPoint): where a line may end, at least one
 *
 * Cost: the number of @ends.
 *
 * Returns: the shortest line
 */
CoterieLabelLeader
coterie_label_leader_find (const CoterieLabelBox *box, const GArray *ends)
{
  CoterieLabelLeader best = {0};
  double least_px = G_MAXDOUBLE;

  for (guint i = 0; i < ends->len; i++) {
    const CoterieLabelPoint *end = &g_array_index (ends, CoterieLabelPoint, i);
    CoterieLabelLeader leader = {find_nearest (box, end), *end};
    double length_px = coterie_label_leader_get_length (&leader);

    if (length_px < least_px) {
      least_px = length_px;
      best = leader;
    }
  }
  return best;
}

/**
 * coterie_label_leader_get_length:
 * @leader: a line
 *
 * Returns: its length, device pixels
 */
double
coterie_label_leader_get_length (const CoterieLabelLeader *leader)
{
  return hypot (leader->to.x_px - leader->from.x_px, leader->to.y_px - leader->from.y_px);
}

/* Shortens [@first, @last], fractions of a way, to where it is between @least and @most. */
static void
clip (double from, double to, double least, double most, double *first, double *last)
{
  double way = to - from;

  if (way == 0.0) {
    if (from < least || from > most)
      *last = -1.0;
    return;
  }
  *first = fmax (*first, fmin ((least - from) / way, (most - from) / way));
  *last = fmin (*last, fmax ((least - from) / way, (most - from) / way));
}

/**
 * coterie_label_leader_meets:
 * @leader: a line
 * @box: a box
 *
 * Returns: whether a part of @leader lies in @box or on its border
 */
gboolean
coterie_label_leader_meets (const CoterieLabelLeader *leader, const CoterieLabelBox *box)
{
  double first = 0.0, last = 1.0;

  clip (leader->from.x_px, leader->to.x_px, box->x_px, box->x_px + box->width_px, &first, &last);
  clip (leader->from.y_px, leader->to.y_px, box->y_px, box->y_px + box->height_px, &first, &last);
  return first <= last;
}

/* Twice the area of a triangle, positive if it turns clockwise on the screen. */
static double
get_turn (const CoterieLabelPoint *a, const CoterieLabelPoint *b, const CoterieLabelPoint *c)
{
  return (b->x_px - a->x_px) * (c->y_px - a->y_px) - (b->y_px - a->y_px) * (c->x_px - a->x_px);
}

/**
 * coterie_label_leader_crosses:
 * @leader: a line
 * @other: another
 *
 * Returns: whether they have a point in common that is no end of either
 */
gboolean
coterie_label_leader_crosses (const CoterieLabelLeader *leader, const CoterieLabelLeader *other)
{
  return get_turn (&leader->from, &leader->to, &other->from) *
                 get_turn (&leader->from, &leader->to, &other->to) <
             0.0 &&
         get_turn (&other->from, &other->to, &leader->from) *
                 get_turn (&other->from, &other->to, &leader->to) <
             0.0;
}

static void
trace (const CoterieLabelLeader *leader, cairo_t *cr, double width_px, double dot_px)
{
  cairo_new_path (cr);
  cairo_move_to (cr, leader->from.x_px, leader->from.y_px);
  cairo_line_to (cr, leader->to.x_px, leader->to.y_px);
  cairo_set_line_width (cr, width_px);
  cairo_stroke (cr);
  cairo_arc (cr, leader->to.x_px, leader->to.y_px, dot_px, 0.0, 2.0 * G_PI);
  cairo_fill (cr);
}

/**
 * coterie_label_leader_draw:
 * @leader: a line
 * @label: its label
 * @cr: a context; its units are device pixels
 * @scale: device pixels for a pixel of a label, greater than 0
 * @opacity: of the whole, a fraction from 0 to 1
 *
 * Draws the line in the label's colours.
 */
void
coterie_label_leader_draw (const CoterieLabelLeader *leader,
                           const CoterieDrawingLabel *label,
                           cairo_t *cr,
                           double scale,
                           double opacity)
{
  const CoterieColor *halo = &label->halo_color, *color = &label->color;
  double rim_px = 0.5 * (HALO_PX - LINE_PX);

  if (halo->alpha > 0.0f) {
    cairo_set_source_rgba (cr, halo->red, halo->green, halo->blue, halo->alpha * opacity);
    trace (leader, cr, HALO_PX * scale, (DOT_PX + rim_px) * scale);
  }
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * opacity);
  trace (leader, cr, LINE_PX * scale, DOT_PX * scale);
}
