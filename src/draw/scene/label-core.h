/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieLabelCore:
 * @x: of its middle
 * @y: the same, upwards
 * @left: how far it reaches from there to the left, at least 0
 * @right: the same to the right
 * @below: the same downwards
 * @above: the same upwards
 *
 * Where most of some points are, in their unit.
 */
typedef struct {
  float x;
  float y;
  float left;
  float right;
  float below;
  float above;
} CoterieLabelCore;

CoterieLabelCore
coterie_label_core_find (const float *positions, const guint32 *members, guint n_members);

G_END_DECLS
