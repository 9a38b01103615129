/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieRng:
 *
 * Seeded pseudo-random numbers: xoshiro256** (Blackman and Vigna 2021), its state filled by
 * splitmix64. A plain value: copy it to fork a sequence. Never hidden, never global; whoever needs
 * random numbers gets one passed in, and its seed is stored with every result.
 */
typedef struct {
  guint64 state[4];
} CoterieRng;

void coterie_rng_init (CoterieRng *rng, guint64 seed, guint64 stream);
guint64 coterie_rng_next (CoterieRng *rng);
double coterie_rng_uniform (CoterieRng *rng);
guint64 coterie_rng_below (CoterieRng *rng, guint64 bound);
void coterie_rng_shuffle (CoterieRng *rng, guint32 *values, gsize n_values);

G_END_DECLS
