/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/selection.h"

static void
count (guint *n_times)
{
  (*n_times)++;
}

static CoterieSelection *
make_counted (guint *n_times)
{
  CoterieSelection *selection = coterie_selection_new ();

  *n_times = 0;
  g_signal_connect_swapped (selection, "changed", G_CALLBACK (count), n_times);
  return selection;
}

static void
assert_keys (CoterieSelection *selection, const guint64 *expected, gsize n_expected)
{
  gsize n_keys;
  const guint64 *keys = coterie_selection_get_keys (selection, &n_keys);

  g_assert_cmpmem (keys, n_keys * sizeof *keys, expected, n_expected * sizeof *expected);
  g_assert_cmpuint (coterie_selection_get_n_keys (selection), ==, n_expected);
}

static void
test_new_has_nothing (void)
{
  g_autoptr (CoterieSelection) selection = coterie_selection_new ();

  assert_keys (selection, NULL, 0);
  g_assert_false (coterie_selection_contains (selection, 0));
  g_assert_true (coterie_selection_get_focus (selection) == COTERIE_SELECTION_NO_KEY);
}

static void
test_keeps_keys_in_order_without_repeats (void)
{
  guint n_times;
  g_autoptr (CoterieSelection) selection = make_counted (&n_times);

  coterie_selection_set (selection, (guint64[]){7, 1ull << 32, 3, 7}, 4);
  assert_keys (selection, (guint64[]){3, 7, 1ull << 32}, 3);
  coterie_selection_add (selection, (guint64[]){9, 3}, 2);
  assert_keys (selection, (guint64[]){3, 7, 9, 1ull << 32}, 4);
  g_assert_true (coterie_selection_contains (selection, 9));
  g_assert_false (coterie_selection_contains (selection, 8));
  g_assert_cmpuint (n_times, ==, 2);
}

static void
test_toggles_one (void)
{
  guint n_times;
  g_autoptr (CoterieSelection) selection = make_counted (&n_times);

  coterie_selection_toggle (selection, 5);
  coterie_selection_toggle (selection, 2);
  assert_keys (selection, (guint64[]){2, 5}, 2);
  coterie_selection_toggle (selection, 5);
  assert_keys (selection, (guint64[]){2}, 1);
  g_assert_cmpuint (n_times, ==, 3);
}

static void
test_tells_only_what_is_new (void)
{
  guint n_times, n_focuses = 0;
  g_autoptr (CoterieSelection) selection = make_counted (&n_times);

  coterie_selection_clear (selection);
  g_assert_cmpuint (n_times, ==, 0);
  coterie_selection_set (selection, (guint64[]){4, 2}, 2);
  coterie_selection_set (selection, (guint64[]){2, 4}, 2);
  coterie_selection_add (selection, (guint64[]){4}, 1);
  coterie_selection_add (selection, NULL, 0);
  g_assert_cmpuint (n_times, ==, 1);
  coterie_selection_set (selection, (guint64[]){2, 5}, 2);
  coterie_selection_clear (selection);
  g_assert_cmpuint (n_times, ==, 3);

  g_signal_connect_swapped (selection, "focus-changed", G_CALLBACK (count), &n_focuses);
  coterie_selection_set_focus (selection, 4);
  coterie_selection_set_focus (selection, 4);
  g_assert_cmpuint (n_focuses, ==, 1);
  g_assert_cmpuint (coterie_selection_get_focus (selection), ==, 4);
  g_assert_cmpuint (n_times, ==, 3);
}

/* What is given may be the selection's own. */
static void
test_takes_its_own_keys (void)
{
  g_autoptr (CoterieSelection) selection = coterie_selection_new ();
  const guint64 *keys;
  gsize n_keys;

  coterie_selection_set (selection, (guint64[]){1, 2, 3}, 3);
  keys = coterie_selection_get_keys (selection, &n_keys);
  coterie_selection_set (selection, keys + 1, n_keys - 1);
  assert_keys (selection, (guint64[]){2, 3}, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/selection/new-has-nothing", test_new_has_nothing);
  g_test_add_func ("/session/selection/keeps-keys-in-order-without-repeats",
                   test_keeps_keys_in_order_without_repeats);
  g_test_add_func ("/session/selection/toggles-one", test_toggles_one);
  g_test_add_func ("/session/selection/tells-only-what-is-new", test_tells_only_what_is_new);
  g_test_add_func ("/session/selection/takes-its-own-keys", test_takes_its_own_keys);
  return g_test_run ();
}
