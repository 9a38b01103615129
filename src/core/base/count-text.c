/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Large whole numbers for people: the digits of 556454344 cannot be counted at a glance. Locales group
 * them by their own mark, but the plain one, which programs run in that are started by others, has
 * none; there a narrow space stands in for it. */

#include "core/base/count-text.h"

#include <locale.h>
#include <string.h>

#define NARROW_SPACE "\u202f"
#define GROUP_SIZE 3

/* From here on short numbers are no easier to read in groups. */
#define LEAST_GROUPED 10000

static gboolean
has_mark (void)
{
  const struct lconv *conventions = localeconv ();

  return conventions->thousands_sep != NULL && *conventions->thousands_sep != '\0';
}

/**
 * coterie_count_to_text:
 * @count: a number of things
 *
 * Writes @count in the groups and with the mark of the user's locale; where that has no mark, in groups
 * of three digits with narrow spaces between them, from 10000 on and if the locale can show such a
 * space.
 *
 * Returns: (transfer full): the text, in the encoding of the locale
 */
char *
coterie_count_to_text (guint64 count)
{
  g_autofree char *digits = NULL;
  GString *text;
  gsize n_digits;

  if (has_mark ())
    return g_strdup_printf ("%'" G_GUINT64_FORMAT, count);
  digits = g_strdup_printf ("%" G_GUINT64_FORMAT, count);
  if (count < LEAST_GROUPED || !g_get_charset (NULL))
    return g_steal_pointer (&digits);

  n_digits = strlen (digits);
  text = g_string_new (NULL);
  for (gsize i = 0; i < n_digits; i++) {
    if (i > 0 && (n_digits - i) % GROUP_SIZE == 0)
      g_string_append (text, NARROW_SPACE);
    g_string_append_c (text, digits[i]);
  }
  return g_string_free (text, FALSE);
}
