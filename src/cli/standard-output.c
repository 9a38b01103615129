/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Standard output as programs read it and as people do, and whether all of it got through: g_print()
 * translates into the character set of the locale, which JSON must not be, and says nothing of a full
 * disk. */

#include "cli/standard-output.h"

#include <stdio.h>

/**
 * coterie_standard_output_put:
 * @text: in UTF-8
 *
 * Prints @text as it is, in UTF-8 in every locale, and at once: whoever reads it may count on what
 * it says, even if the program is killed the moment after.
 */
void
coterie_standard_output_put (const char *text)
{
  fputs (text, stdout);
  fflush (stdout);
}

/**
 * coterie_standard_output_print:
 * @text: in UTF-8
 *
 * Prints @text in the character set of the locale, as g_print() does, which would have a question mark
 * where that lacks the dash of what is undefined: it becomes a hyphen.
 */
void
coterie_standard_output_print (const char *text)
{
  g_autoptr (GString) printed = g_string_new (text);

  if (!g_get_charset (NULL))
    g_string_replace (printed, "—", "-", 0);
  g_print ("%s", printed->str);
}

/**
 * coterie_standard_output_is_complete:
 *
 * Returns: whether everything printed so far, by g_print() too, has been taken
 */
gboolean
coterie_standard_output_is_complete (void)
{
  return fflush (stdout) == 0 && !ferror (stdout);
}
