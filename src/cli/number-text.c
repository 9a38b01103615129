/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers as people type them after an option: the whole text must be a number, with a point in every
 * locale. */

#include "cli/number-text.h"

#include <errno.h>
#include <math.h>

/**
 * coterie_number_text_parse_whole:
 * @text: what was typed
 * @most: the greatest number allowed
 * @value: (out): the number, 0 … @most; untouched on failure
 *
 * Returns: %FALSE unless @text consists of decimal digits alone and is at most @most
 */
gboolean
coterie_number_text_parse_whole (const char *text, guint64 most, guint64 *value)
{
  if (!g_ascii_isdigit (*text))
    return FALSE;
  return g_ascii_string_to_unsigned (text, 10, 0, most, value, NULL);
}

/**
 * coterie_number_text_parse_real:
 * @text: what was typed
 * @value: (out): the number, finite; untouched on failure
 *
 * Returns: %FALSE unless the whole of @text is a decimal number such as 0.3, -1 or 1e-4
 */
gboolean
coterie_number_text_parse_real (const char *text, double *value)
{
  double number;
  char *end;

  /* strtod() takes blanks, hexadecimals, infinity and not-a-number as well. */
  if (strspn (text, "+-.0123456789eE") != strlen (text) || *text == '\0')
    return FALSE;
  errno = 0;
  number = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (number))
    return FALSE;
  *value = number;
  return TRUE;
}
