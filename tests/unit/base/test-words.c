/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/base/words.h"

static const char *const words[] = {"one", "two", "three"};

static void
test_each_word_is_found (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    g_autofree char *text = g_strdup (words[i]);

    g_assert_cmpint (coterie_words_find (text, words, G_N_ELEMENTS (words)), ==, i);
  }
}

static void
test_other_texts_are_none (void)
{
  const char *texts[] = {NULL, "", "on", "ones", "Two", " three"};

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (coterie_words_find (texts[i], words, G_N_ELEMENTS (words)), ==, -1);
  g_assert_cmpint (coterie_words_find ("three", words, 2), ==, -1);
  g_assert_cmpint (coterie_words_find ("one", words, 0), ==, -1);
}

static void
test_names_may_be_in_capitals_and_without_hyphens (void)
{
  static const char *const names[] = {"cifar-10", "CIFAR-10", "Cifar10", "cifar10"};
  static const char *const others[] = {"",          "cifar",     "cifar-",  "cifar-100",
                                       "cifar--10", "-cifar-10", "cifar 10"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_true (coterie_words_name ("cifar-10", names[i]));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (coterie_words_name ("cifar-10", others[i]));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/words/each-is-found", test_each_word_is_found);
  g_test_add_func ("/base/words/other-texts-are-none", test_other_texts_are_none);
  g_test_add_func ("/base/words/names-may-be-in-capitals-and-without-hyphens",
                   test_names_may_be_in_capitals_and_without_hyphens);
  return g_test_run ();
}
