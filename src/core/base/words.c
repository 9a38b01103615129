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

/**
 * coterie_words_name:
 * @identifier: in lower case, such as "cifar-10"
 * @name: what somebody has typed, such as "CIFAR10"
 *
 * Returns: whether @name is @identifier, in any case and with or without its hyphens
 */
gboolean
coterie_words_name (const char *identifier, const char *name)
{
  for (;; identifier++, name++) {
    while (*identifier == '-' && *name != '-')
      identifier++;
    if (*identifier != g_ascii_tolower (*name))
      return FALSE;
    if (*identifier == '\0')
      return TRUE;
  }
}
