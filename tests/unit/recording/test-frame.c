/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/recording/frame-failure.h"
#include "fixture.h"

#include <math.h>
#include <string.h>

static void
test_frame_copies_arrays_and_shares_analyses (void)
{
  CoterieRng rng;
  g_autoptr (CoterieRunInfo) info = NULL;
  g_autoptr (CoterieFrame) original = NULL;
  g_autoptr (CoterieFrame) expected = NULL;
  g_autoptr (CoterieFrame) copy = NULL;
  CoterieFrameLayer layers[2];
  CoterieFrame fields;

  coterie_rng_init (&rng, 1, 0);
  info = fixture_make_info (&rng, 2, 40);
  original = fixture_make_nth_frame (1, info, 3);
  expected = fixture_make_nth_frame (1, info, 3);
  fields = *original;
  memcpy (layers, original->layers, sizeof layers);
  fields.layers = layers;

  copy = coterie_frame_new (&fields);
  g_assert_true (copy->layers[1].analysis == original->layers[1].analysis);
  g_assert_true (copy->layers[1].positions != original->layers[1].positions);
  g_assert_true (copy->layers[1].identities != original->layers[1].identities);

  memset (layers, 0, sizeof layers);
  fields.n_layers = 0;
  g_clear_pointer (&original, coterie_frame_unref);
  g_assert_true (fixture_frames_equal (copy, expected));
}

static void
test_frame_lives_until_last_reference (void)
{
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (2);
  CoterieFrame *frame = fixture_make_nth_frame (2, info, 7);

  g_assert_true (coterie_frame_ref (frame) == frame);
  coterie_frame_unref (frame);
  g_assert_cmpuint (frame->iteration, ==, 7);
  coterie_frame_unref (frame);
}

static void
test_frame_says_whether_its_loss_exploded (void)
{
  CoterieFrame fields = {.iteration = 3, .n_classes = 10};
  CoterieEvaluation *training = &fields.evaluations[COTERIE_SPLIT_TRAINING];
  CoterieEvaluation *test = &fields.evaluations[COTERIE_SPLIT_TEST];

  *training = *test = (CoterieEvaluation){0.1, 2.4};
  g_assert_false (coterie_frame_has_exploded (&fields));
  g_assert_false (coterie_frame_has_diverged (&fields));

  /* knowing the training samples only too well is another matter */
  test->loss = 1e3;
  g_assert_false (coterie_frame_has_exploded (&fields));
  g_assert_false (coterie_frame_has_diverged (&fields));

  training->loss = 1e6;
  g_assert_true (coterie_frame_has_exploded (&fields));
  g_assert_true (coterie_frame_has_diverged (&fields));
  fields.iteration = 0;
  g_assert_false (coterie_frame_has_exploded (&fields));
  g_assert_false (coterie_frame_has_diverged (&fields));

  training->loss = NAN;
  g_assert_false (coterie_frame_has_exploded (&fields));
  g_assert_true (coterie_frame_has_diverged (&fields));
}

/* A frame whose last layer is silent where @dead_frac is 1. */
static CoterieFrame *
make_frame (guint iteration, double loss, double dead_frac)
{
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (2);
  CoterieFrame *frame = fixture_make_nth_frame (2, info, iteration);

  for (guint split = 0; split < COTERIE_N_SPLITS; split++)
    frame->evaluations[split].loss = loss;
  for (guint l = 0; l < frame->n_layers; l++) {
    frame->layers[l].analysis->n_bad_values = 0;
    frame->layers[l].analysis->baselines.dead_frac = l + 1 < frame->n_layers ? 0.5 : dead_frac;
  }
  return frame;
}

static void
assert_failure (GPtrArray *frames, CoterieFailureKind kind, guint iteration, guint layer)
{
  CoterieFailure failure = coterie_frames_find_failure (frames);

  g_assert_cmpint (failure.kind, ==, kind);
  g_assert_cmpuint (failure.iteration, ==, iteration);
  g_assert_cmpuint (failure.layer, ==, layer);
}

static void
test_first_failure_is_found (void)
{
  g_autoptr (GPtrArray) frames =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);

  assert_failure (frames, COTERIE_FAILURE_NONE, 0, 0);
  g_ptr_array_add (frames, make_frame (0, NAN, 1.0)); /* nothing was trained yet */
  g_ptr_array_add (frames, make_frame (2, 2.0, 0.5));
  assert_failure (frames, COTERIE_FAILURE_NONE, 0, 0);

  g_ptr_array_add (frames, make_frame (4, 2.0, 1.0));
  g_ptr_array_add (frames, make_frame (6, 2.0, 1.0));
  assert_failure (frames, COTERIE_FAILURE_SILENT, 4, 2);

  /* graver than silence, although later */
  g_ptr_array_add (frames, make_frame (8, NAN, 1.0));
  g_ptr_array_add (frames, make_frame (10, 1e6, 1.0));
  assert_failure (frames, COTERIE_FAILURE_DIVERGED, 8, 0);
  g_ptr_array_remove_index (frames, 4);
  assert_failure (frames, COTERIE_FAILURE_EXPLODED, 10, 0);
}

static void
test_run_info_copies_texts (void)
{
  char name[] = "Shoes";
  char first[] = "sandal";
  const char *class_names[] = {first, "coat", NULL};
  CoterieRunInfo fields = {
      .dataset = {.name = name, .class_names = class_names, .n_classes = 2},
      .started = 5,
  };
  CoterieRunInfo *info = coterie_run_info_new (&fields);

  name[0] = 'x';
  first[0] = 'x';
  class_names[1] = NULL;
  g_assert_true (coterie_run_info_ref (info) == info);
  coterie_run_info_unref (info);
  g_assert_cmpstr (info->dataset.name, ==, "Shoes");
  g_assert_cmpstr (info->dataset.class_names[0], ==, "sandal");
  g_assert_cmpstr (info->dataset.class_names[1], ==, "coat");
  g_assert_null (info->dataset.class_names[2]);
  g_assert_cmpstr (info->program, ==, "");
  g_assert_cmpint (info->started, ==, 5);
  coterie_run_info_unref (info);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/recording/frame/copies-arrays-and-shares-analyses",
                   test_frame_copies_arrays_and_shares_analyses);
  g_test_add_func ("/recording/frame/lives-until-last-reference",
                   test_frame_lives_until_last_reference);
  g_test_add_func ("/recording/frame/says-whether-its-loss-exploded",
                   test_frame_says_whether_its_loss_exploded);
  g_test_add_func ("/recording/failure/first-is-found", test_first_failure_is_found);
  g_test_add_func ("/recording/run-info/copies-texts", test_run_info_copies_texts);
  return g_test_run ();
}
