/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Seeded random numbers that are the same on every machine: integers and exact conversions only,
 * no function of the C library's mathematics. */

#include "core/base/rng.h"

static guint64
splitmix (guint64 *state)
{
  guint64 z = (*state += 0x9e3779b97f4a7c15u);

  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

static inline guint64
rotate_left (guint64 value, int bits)
{
  return (value << bits) | (value >> (64 - bits));
}

/**
 * coterie_rng_init:
 * @rng: (out caller-allocates): the generator
 * @seed: any number, 0 included
 * @stream: which of the sequences of this seed; different purposes take different streams, so that
 *   changing how many numbers one of them draws leaves the others as they were
 *
 * Starts the sequence of @seed and @stream.
 */
void
coterie_rng_init (CoterieRng *rng, guint64 seed, guint64 stream)
{
  guint64 state = seed;
  guint64 stream_state = stream ^ 0x6a09e667f3bcc909u;

  state ^= splitmix (&stream_state);
  for (guint i = 0; i < G_N_ELEMENTS (rng->state); i++)
    rng->state[i] = splitmix (&state);
}

/**
 * coterie_rng_next:
 * @rng: the generator
 *
 * Returns: the next 64 random bits
 */
guint64
coterie_rng_next (CoterieRng *rng)
{
  guint64 *s = rng->state;
  guint64 result = rotate_left (s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);
  return result;
}

/**
 * coterie_rng_uniform:
 * @rng: the generator
 *
 * Returns: a number from 0 (included) to 1 (excluded), dimensionless, in steps of 2^-53
 */
double
coterie_rng_uniform (CoterieRng *rng)
{
  return (double) (coterie_rng_next (rng) >> 11) * 0x1p-53;
}

/**
 * coterie_rng_below:
 * @rng: the generator
 * @bound: at least 1
 *
 * Draws without bias, by rejection.
 *
 * Returns: a whole number from 0 to @bound - 1
 */
guint64
coterie_rng_below (CoterieRng *rng, guint64 bound)
{
  guint64 threshold;

  g_return_val_if_fail (bound > 0, 0);

  threshold = -bound % bound;
  for (;;) {
    guint64 value = coterie_rng_next (rng);

    if (value >= threshold)
      return value % bound;
  }
}

/**
 * coterie_rng_shuffle:
 * @rng: the generator
 * @values: (array length=n_values) (inout): what to shuffle
 * @n_values: how many; 0 and 1 change nothing and draw nothing
 *
 * Puts @values into a uniformly random order (Fisher and Yates).
 */
void
coterie_rng_shuffle (CoterieRng *rng, guint32 *values, gsize n_values)
{
  for (gsize i = n_values; i > 1; i--) {
    gsize j = coterie_rng_below (rng, i);
    guint32 kept = values[i - 1];

    values[i - 1] = values[j];
    values[j] = kept;
  }
}
