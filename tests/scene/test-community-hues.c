/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Colours of communities that come and go. */

#include "draw/palette.h"
#include "draw/scene/community-hues.h"

#define N_HUES COTERIE_PALETTE_N_COLORS

/* A life: an identity, and the first and the last frame that it is seen in. */
typedef struct {
  guint32 identity;
  guint first;
  guint last;
  guint size; /* nodes */
} Planted;

#define MAX_COMMUNITIES 64

/* The frame in which those live that have been planted there. */
static void
add_frame (CoterieCommunityHues *hues, const Planted *lives, guint n_lives, guint frame)
{
  guint32 identities[MAX_COMMUNITIES];
  g_autoptr (GArray) communities = g_array_new (FALSE, FALSE, sizeof (guint32));
  CoterieLayerAnalysis analysis = {.layer = 1};
  CoterieFrameLayer layer = {.analysis = &analysis, .identities = identities};

  for (guint i = 0; i < n_lives; i++)
    if (frame >= lives[i].first && frame <= lives[i].last) {
      identities[layer.n_communities] = lives[i].identity;
      for (guint v = 0; v < lives[i].size; v++)
        g_array_append_val (communities, layer.n_communities);
      layer.n_communities++;
    }
  analysis.n_nodes = communities->len;
  layer.communities = (const guint32 *) (void *) communities->data;
  coterie_community_hues_add (hues, &layer, 1);
}

static CoterieCommunityHues *
create (const Planted *lives, guint n_lives, guint n_frames)
{
  CoterieCommunityHues *hues = coterie_community_hues_new ();

  for (guint frame = 0; frame < n_frames; frame++)
    add_frame (hues, lives, n_lives, frame);
  return hues;
}

static void
test_larger_ones_come_first (void)
{
  static const Planted lives[] = {{0, 0, 9, 5}, {1, 0, 9, 20}, {2, 0, 9, 5}, {3, 1, 9, 30}};
  g_autoptr (CoterieCommunityHues) hues = create (lives, G_N_ELEMENTS (lives), 10);

  g_assert_cmpuint (coterie_community_hues_get (hues, 1, 1), ==, 0);
  g_assert_cmpuint (coterie_community_hues_get (hues, 1, 0), ==, 1);
  g_assert_cmpuint (coterie_community_hues_get (hues, 1, 2), ==, 2);
  g_assert_cmpuint (coterie_community_hues_get (hues, 1, 3), ==, 3);
}

/* One stays, and beside it one community after the other lives for five frames, a hundred in all. */
static void
test_hues_of_the_dead_are_given_again (void)
{
  Planted lives[MAX_COMMUNITIES] = {{0, 0, 1000, 9}};
  g_autoptr (CoterieCommunityHues) hues = NULL;

  for (guint32 i = 1; i < MAX_COMMUNITIES; i++)
    lives[i] = (Planted){i, 5 * i, 5 * i + 4, 8};
  hues = create (lives, MAX_COMMUNITIES, 5 * MAX_COMMUNITIES);
  for (guint32 i = 0; i < MAX_COMMUNITIES; i++) {
    guint32 hue = coterie_community_hues_get (hues, 1, i);

    g_assert_cmpuint (hue, <, N_HUES);
    if (i > 0)
      g_assert_cmpuint (hue, !=, coterie_community_hues_get (hues, 1, 0));
    if (i > 1)
      g_assert_cmpuint (hue, !=, coterie_community_hues_get (hues, 1, i - 1));
  }
}

/* Lifetimes of all lengths, never more than sixteen at a time, counting those that may come back. */
static void
test_those_alive_together_differ (void)
{
  Planted lives[MAX_COMMUNITIES];
  g_autoptr (CoterieCommunityHues) hues = NULL;

  for (guint32 i = 0; i < MAX_COMMUNITIES; i++)
    lives[i] = (Planted){i, 2 * i, 2 * i + (i * 7) % 24, 5 + i % 3};
  hues = create (lives, MAX_COMMUNITIES, 2 * MAX_COMMUNITIES + 24);
  for (guint i = 0; i < MAX_COMMUNITIES; i++)
    for (guint j = 0; j < i; j++)
      if (lives[j].last >= lives[i].first)
        g_assert_cmpuint (coterie_community_hues_get (hues, 1, i), !=,
                          coterie_community_hues_get (hues, 1, j));
}

/* Twenty at once: all sixteen colours are used, and the others have shapes of their own. */
static void
test_shapes_tell_apart_what_shares_a_color (void)
{
  Planted lives[20];
  g_autoptr (CoterieCommunityHues) hues = NULL;
  guint n_first_shape = 0;

  for (guint32 i = 0; i < 20; i++)
    lives[i] = (Planted){i, 0, 3, 40 - i};
  hues = create (lives, 20, 4);
  for (guint i = 0; i < 20; i++) {
    n_first_shape += coterie_community_hues_get (hues, 1, i) < N_HUES;
    for (guint j = 0; j < i; j++)
      g_assert_cmpuint (coterie_community_hues_get (hues, 1, i), !=,
                        coterie_community_hues_get (hues, 1, j));
  }
  g_assert_cmpuint (n_first_shape, ==, N_HUES);
}

/* Fifteen live, one has just gone and may come back: who appears now gets that one's colour, which
 * nobody has at the time, but another shape. */
static void
test_the_absent_lend_their_color (void)
{
  Planted lives[N_HUES + 1];
  g_autoptr (CoterieCommunityHues) hues = NULL;
  guint32 hue;

  for (guint32 i = 0; i < N_HUES; i++)
    lives[i] = (Planted){i, 0, i == 11 ? 4 : 20, 9};
  lives[N_HUES] = (Planted){N_HUES, 6, 20, 9};
  hues = create (lives, N_HUES + 1, 21);
  hue = coterie_community_hues_get (hues, 1, N_HUES);
  g_assert_cmpuint (hue % N_HUES, ==, coterie_community_hues_get (hues, 1, 11));
  g_assert_cmpuint (hue, >=, N_HUES);
}

/* Absent for three frames: it has its own again, and nobody had it in between. */
static void
test_whoever_comes_back_has_its_own (void)
{
  Planted lives[N_HUES + 2];
  g_autoptr (CoterieCommunityHues) hues = coterie_community_hues_new ();
  guint32 before, after;

  for (guint32 i = 0; i < N_HUES; i++)
    lives[i] = (Planted){i, 0, i == 4 ? 2 : 20, 9};
  lives[N_HUES] = (Planted){N_HUES, 5, 20, 9};
  lives[N_HUES + 1] = (Planted){4, 6, 20, 9};
  for (guint frame = 0; frame < 10; frame++) {
    add_frame (hues, lives, N_HUES + 2, frame);
    if (frame == 0)
      before = coterie_community_hues_get (hues, 1, 4);
  }
  after = coterie_community_hues_get (hues, 1, 4);
  g_assert_cmpuint (after, ==, before);
  g_assert_cmpuint (coterie_community_hues_get (hues, 1, N_HUES), !=, after);
}

/* What a training has shown stays, whatever comes after it. */
static void
test_later_frames_change_nothing (void)
{
  Planted lives[MAX_COMMUNITIES];
  g_autoptr (CoterieCommunityHues) live = coterie_community_hues_new ();

  for (guint32 i = 0; i < MAX_COMMUNITIES; i++)
    lives[i] = (Planted){i, i / 2, i / 2 + (i * 11) % 17, 5 + i % 7};
  for (guint frame = 0; frame < 40; frame++) {
    g_autoptr (CoterieCommunityHues) opened = NULL;

    add_frame (live, lives, MAX_COMMUNITIES, frame);
    opened = create (lives, MAX_COMMUNITIES, 40);
    for (guint i = 0; i < MAX_COMMUNITIES; i++)
      if (lives[i].first <= frame)
        g_assert_cmpuint (coterie_community_hues_get (live, 1, i), ==,
                          coterie_community_hues_get (opened, 1, i));
  }
}

/* As after another analysis: 5 and 6 are there as well, 8 is new, and comes first as it is larger. */
static void
test_hues_are_like_those_of_a_model (void)
{
  static const Planted lives[] = {{4, 0, 9, 9}, {5, 0, 9, 8}, {6, 3, 9, 7}};
  static const Planted others[] = {{8, 0, 9, 30}, {6, 0, 9, 7}, {5, 2, 9, 8}};
  g_autoptr (CoterieCommunityHues) model = create (lives, G_N_ELEMENTS (lives), 10);
  g_autoptr (CoterieCommunityHues) hues = coterie_community_hues_new_like (model);

  for (guint frame = 0; frame < 10; frame++)
    add_frame (hues, others, G_N_ELEMENTS (others), frame);
  g_assert_cmpuint (coterie_community_hues_get (hues, 1, 6), ==,
                    coterie_community_hues_get (model, 1, 6));
  g_assert_cmpuint (coterie_community_hues_get (hues, 1, 5), ==,
                    coterie_community_hues_get (model, 1, 5));
  g_assert_cmpuint (coterie_community_hues_get (hues, 1, 8), ==, 0);
}

/* In the model 1 has died when 2 gets its colour; here they live together. */
static void
test_hues_of_a_model_are_not_given_twice (void)
{
  static const Planted lives[] = {{1, 0, 4, 9}, {2, 40, 49, 9}};
  static const Planted others[] = {{1, 0, 49, 9}, {2, 20, 49, 9}};
  g_autoptr (CoterieCommunityHues) model = create (lives, G_N_ELEMENTS (lives), 50);
  g_autoptr (CoterieCommunityHues) hues = coterie_community_hues_new_like (model);

  g_assert_cmpuint (coterie_community_hues_get (model, 1, 1), ==,
                    coterie_community_hues_get (model, 1, 2));
  for (guint frame = 0; frame < 50; frame++)
    add_frame (hues, others, G_N_ELEMENTS (others), frame);
  g_assert_cmpuint (coterie_community_hues_get (hues, 1, 1), ==, 0);
  g_assert_cmpuint (coterie_community_hues_get (hues, 1, 2), ==, 1);
}

static void
test_layers_have_their_own (void)
{
  static const Planted lives[] = {{7, 0, 9, 5}, {COTERIE_LINEAGE_NONE, 0, 9, 5}};
  g_autoptr (CoterieCommunityHues) hues = create (lives, G_N_ELEMENTS (lives), 2);

  g_assert_cmpuint (coterie_community_hues_get (hues, 1, 7), ==, 0);
  g_assert_cmpuint (coterie_community_hues_get (hues, 2, 7), ==, 7);
  g_assert_cmpuint (coterie_community_hues_get (hues, 1, 8), ==, 8);
  g_assert_cmpuint (coterie_community_hues_get (NULL, 1, 7), ==, 7);
  g_assert_cmpuint (coterie_community_hues_get (hues, 1, COTERIE_LINEAGE_NONE), ==,
                    COTERIE_LINEAGE_NONE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/community-hues/larger-ones-come-first", test_larger_ones_come_first);
  g_test_add_func ("/scene/community-hues/hues-of-the-dead-are-given-again",
                   test_hues_of_the_dead_are_given_again);
  g_test_add_func ("/scene/community-hues/those-alive-together-differ",
                   test_those_alive_together_differ);
  g_test_add_func ("/scene/community-hues/shapes-tell-apart-what-shares-a-color",
                   test_shapes_tell_apart_what_shares_a_color);
  g_test_add_func ("/scene/community-hues/the-absent-lend-their-color",
                   test_the_absent_lend_their_color);
  g_test_add_func ("/scene/community-hues/whoever-comes-back-has-its-own",
                   test_whoever_comes_back_has_its_own);
  g_test_add_func ("/scene/community-hues/later-frames-change-nothing",
                   test_later_frames_change_nothing);
  g_test_add_func ("/scene/community-hues/hues-are-like-those-of-a-model",
                   test_hues_are_like_those_of_a_model);
  g_test_add_func ("/scene/community-hues/hues-of-a-model-are-not-given-twice",
                   test_hues_of_a_model_are_not_given_twice);
  g_test_add_func ("/scene/community-hues/layers-have-their-own", test_layers_have_their_own);
  return g_test_run ();
}
