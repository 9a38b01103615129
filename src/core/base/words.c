/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The words under which choices are kept in files and settings, and given on the command line. */

#include "core/base/words.h"

/**
 * coterie_words_find:
 * @text: (nullable): any text
 * @words: [n_words]: one for each choice
 * @n_words: how many
 *
 * Returns: which of @words @text is, in the same case, from 0; -1 if it is none. Cost: a comparison
 *   for each word.
 */
gint
coterie_words_find (const char *text, const char *const *words, guint n_words)
{
  for (guint i = 0; i < n_words; i++)
    if (g_strcmp0 (text, words[i]) == 0)
      return (gint) i;
  return -1;
}
