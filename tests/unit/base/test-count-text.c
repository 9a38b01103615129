/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/base/count-text.h"

#include <locale.h>

static void
test_digits_are_grouped_without_a_mark (void)
{
  const struct {
    guint64 count;
    const char *text;
  } cases[] = {
      {0, "0"},
      {999, "999"},
      {9999, "9999"},
      {10000, "10\u202f000"},
      {556454344, "556\u202f454\u202f344"},
      {G_MAXUINT64, "18\u202f446\u202f744\u202f073\u202f709\u202f551\u202f615"},
  };

  if (setlocale (LC_ALL, "C.UTF-8") == NULL) {
    g_test_skip ("there is no such locale here");
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = coterie_count_to_text (cases[i].count);

    g_assert_cmpstr (text, ==, cases[i].text);
  }
}

static void
test_no_space_is_written_that_cannot_be_shown (void)
{
  g_autofree char *text = NULL;

  g_assert_nonnull (setlocale (LC_ALL, "C"));
  if (g_get_charset (NULL)) {
    g_test_skip ("the environment says otherwise");
    return;
  }
  text = coterie_count_to_text (556454344);
  g_assert_cmpstr (text, ==, "556454344");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/base/count-text/" name, function)
  ADD ("digits-are-grouped-without-a-mark", test_digits_are_grouped_without_a_mark);
  ADD ("no-space-is-written-that-cannot-be-shown", test_no_space_is_written_that_cannot_be_shown);
  return g_test_run ();
}
