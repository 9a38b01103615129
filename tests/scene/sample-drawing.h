/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/scene/drawing.h"

G_BEGIN_DECLS

/* What a sample drawing has: communities in a circle, at blend 1 further apart, turned, and coloured
 * otherwise. */
typedef struct {
  guint n_communities;
  guint n_members;
  guint n_edges; /* drawn at random, most of them inside of a community; may be 0 */
  gboolean dark;
  float bend;
  gboolean hulls;
  gboolean labels;
  gboolean shapes;
  gboolean rings; /* some nodes have one, some a mark, some are half transparent */
  gboolean paths;
  double s_frac;
  gboolean numbers; /* as in a part of something larger, seen from near */
} SampleDrawing;

/* Everything there is. */
extern const SampleDrawing sample_drawing_full;

CoterieDrawing *sample_drawing_new (const SampleDrawing *sample);
CoterieDrawing *sample_drawing_new_mixed (const CoterieDrawing *drawing);

G_END_DECLS
