/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How many different patterns of active and inactive neurons the samples make. A network of ReLU
 * layers is linear where the pattern of all its layers is the same, so the joint patterns of layers
 * 1 … l are the linear regions of those layers that the samples meet (Montúfar, Pascanu, Cho and
 * Bengio 2014, On the number of linear regions of deep neural networks).
 *
 * Patterns are not kept but hashed, after Zobrist (1970): each neuron has a random key of 128 bits,
 * and the hash of a pattern is the exclusive or of the keys of its active neurons. It needs no order
 * of the neurons, and the hash of a joint pattern is the exclusive or of those of its layers. Two
 * different patterns have the same hash with a probability of 2^-128; that any two of n patterns
 * have, and the count is too low, of less than n^2 2^-129: 3e-30 for 60,000 samples. */

#include "core/analysis/sign-patterns.h"

#include "core/base/rng.h"

#define KEY_WORDS 4
#define KEY_SEED 0x7369676e
#define MAX_LANES COTERIE_WORD_LANES

typedef struct {
  guint64 low;
  guint64 high;
} Hash;

struct _CoterieSignPatterns {
  guint n_layers;
  guint *widths;
  gsize n_samples;
  const CoterieRowKernels *kernels;
  guint32 **keys; /* [n_layers][widths[l]][KEY_WORDS] */
  Hash **hashes;  /* [n_layers][n_samples] */
  Hash *joint;    /* [n_samples] */
};

static guint32 *
make_keys (guint n_neurons, guint layer)
{
  guint32 *keys = g_new (guint32, (gsize) n_neurons * KEY_WORDS);
  CoterieRng rng;

  coterie_rng_init (&rng, KEY_SEED, layer);
  for (gsize i = 0; i < (gsize) n_neurons * KEY_WORDS; i++)
    keys[i] = (guint32) (coterie_rng_next (&rng) >> 32);
  return keys;
}

/**
 * coterie_sign_patterns_new:
 * @widths: (array length=n_layers): neurons of each layer
 * @n_layers: how many
 * @n_samples: how many samples will come, at most 2^31
 * @kernels: the inner loops
 *
 * Returns: (transfer full): patterns of samples that have not been seen
 */
CoterieSignPatterns *
coterie_sign_patterns_new (const guint *widths,
                           guint n_layers,
                           gsize n_samples,
                           const CoterieRowKernels *kernels)
{
  CoterieSignPatterns *patterns = g_new0 (CoterieSignPatterns, 1);

  patterns->n_layers = n_layers;
  patterns->widths = g_memdup2 (widths, n_layers * sizeof *widths);
  patterns->n_samples = n_samples;
  patterns->kernels = kernels;
  patterns->keys = g_new (guint32 *, n_layers);
  patterns->hashes = g_new (Hash *, n_layers);
  patterns->joint = g_new0 (Hash, n_samples);
  for (guint l = 0; l < n_layers; l++) {
    patterns->keys[l] = make_keys (widths[l], l);
    patterns->hashes[l] = g_new0 (Hash, n_samples);
  }
  return patterns;
}

/**
 * coterie_sign_patterns_free:
 * @patterns: (transfer full): the patterns
 */
void
coterie_sign_patterns_free (CoterieSignPatterns *patterns)
{
  for (guint l = 0; l < patterns->n_layers; l++) {
    g_free (patterns->keys[l]);
    g_free (patterns->hashes[l]);
  }
  g_free (patterns->widths);
  g_free (patterns->keys);
  g_free (patterns->hashes);
  g_free (patterns->joint);
  g_free (patterns);
}

/* A power of two of which at least half stays free. */
static guint64
get_table_size (guint64 n_samples)
{
  guint64 size = 2;

  while (size < 2 * n_samples)
    size *= 2;
  return size;
}

/**
 * coterie_sign_patterns_count_bytes:
 * @widths: (array length=n_layers): neurons of each layer
 * @n_layers: how many
 * @n_samples: how many samples
 *
 * Returns: how much memory the patterns take, and counting them
 */
guint64
coterie_sign_patterns_count_bytes (const guint *widths, guint n_layers, guint64 n_samples)
{
  guint64 bytes = n_samples * (n_layers + 1) * sizeof (Hash);

  for (guint l = 0; l < n_layers; l++)
    bytes += (guint64) widths[l] * KEY_WORDS * sizeof (guint32);
  return bytes + 2 * get_table_size (n_samples) * sizeof (guint32);
}

/**
 * coterie_sign_patterns_add:
 * @patterns: the patterns
 * @layer: which layer, from 0
 * @first_sample: the sample in lane 0
 * @n_samples: how many there are, at most 64
 * @activations: [neurons][@lanes], dimensionless, after ReLU, 0 or more
 * @lanes: a multiple of 16, at most 64
 *
 * Calls for different samples may run at the same time. Cost: an exclusive or of four words for each
 * activation, sixteen of which take six instructions.
 */
void
coterie_sign_patterns_add (CoterieSignPatterns *patterns,
                           guint layer,
                           gsize first_sample,
                           guint n_samples,
                           const float *activations,
                           gsize lanes)
{
  guint32 words[KEY_WORDS * MAX_LANES];
  Hash *hashes = patterns->hashes[layer] + first_sample;

  g_assert (lanes <= MAX_LANES);
  patterns->kernels->hash_signs (words, activations, patterns->keys[layer], patterns->widths[layer],
                                 lanes);
  for (guint s = 0; s < n_samples; s++) {
    hashes[s].low = (guint64) words[lanes + s] << 32 | words[s];
    hashes[s].high = (guint64) words[3 * lanes + s] << 32 | words[2 * lanes + s];
  }
}

/* Hashes are random numbers: they are their own place in a table. Entries are sample + 1. */
static guint64
count_distinct (const Hash *hashes, gsize n_samples)
{
  guint64 mask = get_table_size (n_samples) - 1;
  g_autofree guint32 *table = g_new0 (guint32, mask + 1);
  guint64 n_distinct = 0;

  for (gsize s = 0; s < n_samples; s++) {
    guint64 place = hashes[s].low & mask;

    while (table[place] != 0 && memcmp (&hashes[table[place] - 1], &hashes[s], sizeof (Hash)) != 0)
      place = (place + 1) & mask;
    if (table[place] == 0) {
      table[place] = (guint32) s + 1;
      n_distinct++;
    }
  }
  return n_distinct;
}

typedef struct {
  const Hash *hashes[2];
  gsize n_samples;
  guint64 n_distinct[2];
} CountJob;

static void
count_task (gsize task, guint worker, gpointer data)
{
  CountJob *job = data;

  job->n_distinct[task] = count_distinct (job->hashes[task], job->n_samples);
}

/**
 * coterie_sign_patterns_count:
 * @patterns: patterns of which all samples have been seen, in all layers
 * @pool: who does the work
 * @n_patterns: (out caller-allocates): [n_layers]: different patterns of each layer, at most the
 *   number of samples
 * @n_regions: (out caller-allocates): [n_layers]: different joint patterns of the layers from the
 *   first to this one
 *
 * To be called once. Cost: a look-up in a table for each sample and layer, twice.
 */
void
coterie_sign_patterns_count (CoterieSignPatterns *patterns,
                             CoteriePool *pool,
                             guint64 *n_patterns,
                             guint64 *n_regions)
{
  for (guint l = 0; l < patterns->n_layers; l++) {
    CountJob job = {{patterns->hashes[l], patterns->joint}, patterns->n_samples, {0, 0}};

    for (gsize s = 0; s < patterns->n_samples; s++) {
      patterns->joint[s].low ^= patterns->hashes[l][s].low;
      patterns->joint[s].high ^= patterns->hashes[l][s].high;
    }
    coterie_pool_run (pool, 2, count_task, &job);
    n_patterns[l] = job.n_distinct[0];
    n_regions[l] = job.n_distinct[1];
  }
}
