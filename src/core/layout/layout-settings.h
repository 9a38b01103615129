/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/layout/force-settings.h"

G_BEGIN_DECLS

/**
 * CoterieLayoutMode:
 * @COTERIE_LAYOUT_MODE_FREE: a frame starts from the one before, and nothing holds it there
 * @COTERIE_LAYOUT_MODE_ANCHORED: neurons are held where they were, the less the more their
 *   neighbourhoods have changed
 * @COTERIE_LAYOUT_MODE_FIXED: a neuron stays where it was first
 *
 * What neurons do from frame to frame.
 */
typedef enum {
  COTERIE_LAYOUT_MODE_FREE,
  COTERIE_LAYOUT_MODE_ANCHORED,
  COTERIE_LAYOUT_MODE_FIXED,
} CoterieLayoutMode;

#define COTERIE_N_LAYOUT_MODES 3

const char *coterie_layout_mode_to_string (CoterieLayoutMode mode);
gboolean coterie_layout_mode_from_string (const char *text, CoterieLayoutMode *mode);

/**
 * CoterieLayoutSettings:
 * @mode: what neurons do from frame to frame
 * @force: of the layout of each graph; anchoring is the mode's own matter
 * @seed: of where nodes start
 *
 * How the graphs of a recording are laid out. A value.
 */
typedef struct {
  CoterieLayoutMode mode;
  CoterieForceSettings force;
  guint64 seed;
} CoterieLayoutSettings;

void coterie_layout_settings_init (CoterieLayoutSettings *settings);
gboolean coterie_layout_settings_validate (const CoterieLayoutSettings *settings, GError **error);
gboolean coterie_layout_settings_equal (const CoterieLayoutSettings *a,
                                        const CoterieLayoutSettings *b);

/* A pinned neuron is no farther from the origin than this, either way, in the layout's unit of length. */
#define COTERIE_MAX_PIN_DISTANCE 1e9

/**
 * CoteriePin:
 * @layer: a hidden layer, from 1
 * @neuron: a neuron of it
 * @x: where it stays, to the right, in the layout's unit of length
 * @y: upwards
 *
 * A neuron that is where somebody put it, in all frames. A value.
 */
typedef struct {
  guint layer;
  guint32 neuron;
  double x;
  double y;
} CoteriePin;

int coterie_pin_compare (gconstpointer a, gconstpointer b);
gboolean coterie_pins_equal (const CoteriePin *a, guint n_a, const CoteriePin *b, guint n_b);

G_END_DECLS
