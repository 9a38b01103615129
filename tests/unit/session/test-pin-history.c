/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/pin-history.h"

#define N_NEURONS 4

/* Where the neurons are, in a world with nothing but a history. */
typedef struct {
  CoteriePinPlace places[N_NEURONS];
  CoteriePinHistory *history;
} World;

static void
put (CoteriePinHistory *history, const CoteriePinPlace *places, gulong n_places, World *world)
{
  for (gulong i = 0; i < n_places; i++)
    world->places[places[i].key] = places[i];
}

static void
set_up (World *world, gconstpointer data)
{
  for (guint i = 0; i < N_NEURONS; i++)
    world->places[i] = (CoteriePinPlace){.key = i};
  world->history = coterie_pin_history_new ();
  g_signal_connect (world->history, "apply", G_CALLBACK (put), world);
}

static void
tear_down (World *world, gconstpointer data)
{
  g_object_unref (world->history);
}

static void
pin (World *world, guint64 key, double x)
{
  coterie_pin_history_do (world->history, &world->places[key], &(CoteriePinPlace){key, TRUE, x, -x},
                          1);
}

static void
assert_xs (World *world, double x0, double x1)
{
  g_assert_cmpfloat (world->places[0].x, ==, x0);
  g_assert_cmpfloat (world->places[0].y, ==, -x0);
  g_assert_cmpint (world->places[0].pinned, ==, x0 != 0.0);
  g_assert_cmpfloat (world->places[1].x, ==, x1);
  g_assert_cmpint (world->places[1].pinned, ==, x1 != 0.0);
}

/* What changes nothing is no step: undo takes back what was seen to happen. */
static void
test_what_changes_nothing_is_no_step (World *world, gconstpointer data)
{
  const CoteriePinPlace nowhere = {.key = 1, .x = 7.0};

  pin (world, 0, 1.0);
  pin (world, 0, 1.0);
  coterie_pin_history_do (world->history, &world->places[1], &nowhere, 1);
  coterie_pin_history_undo (world->history);
  assert_xs (world, 0.0, 0.0);
  g_assert_false (coterie_pin_history_get_can_undo (world->history));
}

static void
test_undoes_and_redoes_in_order (World *world, gconstpointer data)
{
  pin (world, 0, 1.0);
  pin (world, 1, 2.0);
  pin (world, 0, 3.0);
  assert_xs (world, 3.0, 2.0);
  coterie_pin_history_undo (world->history);
  assert_xs (world, 1.0, 2.0);
  coterie_pin_history_undo (world->history);
  assert_xs (world, 1.0, 0.0);
  coterie_pin_history_redo (world->history);
  coterie_pin_history_redo (world->history);
  assert_xs (world, 3.0, 2.0);
  for (guint i = 0; i < 5; i++)
    coterie_pin_history_undo (world->history);
  assert_xs (world, 0.0, 0.0);
  g_assert_false (coterie_pin_history_get_can_undo (world->history));
  g_assert_true (coterie_pin_history_get_can_redo (world->history));
}

static void
test_several_neurons_are_one_step (World *world, gconstpointer data)
{
  const CoteriePinPlace after[2] = {{0, TRUE, 5.0, -5.0}, {1, TRUE, 6.0, -6.0}};

  coterie_pin_history_do (world->history, world->places, after, 2);
  assert_xs (world, 5.0, 6.0);
  coterie_pin_history_undo (world->history);
  assert_xs (world, 0.0, 0.0);
}

static void
test_a_new_step_ends_what_was_undone (World *world, gconstpointer data)
{
  pin (world, 0, 1.0);
  coterie_pin_history_undo (world->history);
  pin (world, 1, 2.0);
  g_assert_false (coterie_pin_history_get_can_redo (world->history));
  coterie_pin_history_redo (world->history);
  assert_xs (world, 0.0, 2.0);
}

static void
test_forgets_without_moving_anything (World *world, gconstpointer data)
{
  pin (world, 0, 1.0);
  pin (world, 0, 2.0);
  coterie_pin_history_undo (world->history);
  coterie_pin_history_forget (world->history);
  g_assert_false (coterie_pin_history_get_can_undo (world->history));
  g_assert_false (coterie_pin_history_get_can_redo (world->history));
  coterie_pin_history_undo (world->history);
  coterie_pin_history_redo (world->history);
  assert_xs (world, 1.0, 0.0);
}

/* The oldest steps go, the newest stay in order. */
static void
test_keeps_the_newest_of_very_many_steps (World *world, gconstpointer data)
{
  guint n_undone = 0;

  for (guint i = 1; i <= 1000; i++)
    pin (world, 0, i);
  while (coterie_pin_history_get_can_undo (world->history)) {
    coterie_pin_history_undo (world->history);
    n_undone++;
    g_assert_cmpfloat (world->places[0].x, ==, 1000.0 - n_undone);
  }
  g_assert_cmpuint (n_undone, >=, 100);
  g_assert_cmpuint (n_undone, <, 1000);
}

int
main (int argc, char **argv)
{
  static const struct {
    const char *path;
    void (*test) (World *world, gconstpointer data);
  } tests[] = {
      {"/session/pin-history/undoes-and-redoes-in-order", test_undoes_and_redoes_in_order},
      {"/session/pin-history/what-changes-nothing-is-no-step",
       test_what_changes_nothing_is_no_step},
      {"/session/pin-history/several-neurons-are-one-step", test_several_neurons_are_one_step},
      {"/session/pin-history/a-new-step-ends-what-was-undone",
       test_a_new_step_ends_what_was_undone},
      {"/session/pin-history/forgets-without-moving-anything",
       test_forgets_without_moving_anything},
      {"/session/pin-history/keeps-the-newest-of-very-many-steps",
       test_keeps_the_newest_of_very_many_steps},
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, World, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
