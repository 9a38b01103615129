/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers as people type them after an option: the whole text must be a number, with a point in every
 * locale. What is no number and what is out of range are told in the same words. */

#include "config.h"

#include "cli/number-text.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <math.h>

#define PERCENT 100.0

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

/**
 * coterie_number_text_read_whole:
 * @text: what was typed
 * @least: the least number allowed
 * @most: the greatest number allowed
 * @value: (out): the number; untouched on failure
 * @error: return location for a #GError
 *
 * Returns: %FALSE with a sentence naming @text and both limits, unless @text is such a number
 */
gboolean
coterie_number_text_read_whole (
    const char *text, guint64 least, guint64 most, guint64 *value, GError **error)
{
  guint64 number;

  if (coterie_number_text_parse_whole (text, most, &number) && number >= least) {
    *value = number;
    return TRUE;
  }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s”, expected a whole number from %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT),
               text, least, most);
  return FALSE;
}

/**
 * coterie_number_text_read_uint:
 * @text: what was typed
 * @least: the least number allowed
 * @most: the greatest number allowed
 * @value: (out): the number; untouched on failure
 * @error: return location for a #GError
 *
 * Does coterie_number_text_read_whole() for small numbers.
 *
 * Returns: %FALSE with a sentence naming @text and both limits, unless @text is such a number
 */
gboolean
coterie_number_text_read_uint (
    const char *text, guint least, guint most, guint *value, GError **error)
{
  guint64 number;

  if (!coterie_number_text_read_whole (text, least, most, &number, error))
    return FALSE;
  *value = (guint) number;
  return TRUE;
}

/**
 * coterie_number_text_read_real:
 * @text: what was typed
 * @least: the least number allowed, any unit
 * @most: the greatest number allowed, any unit
 * @value: (out): the number; untouched on failure
 * @error: return location for a #GError
 *
 * Returns: %FALSE with a sentence naming @text and both limits, unless @text is such a number
 */
gboolean
coterie_number_text_read_real (
    const char *text, double least, double most, double *value, GError **error)
{
  double number;

  if (coterie_number_text_parse_real (text, &number) && number >= least && number <= most) {
    *value = number;
    return TRUE;
  }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s”, expected a number from %g to %g"), text, least, most);
  return FALSE;
}

/**
 * coterie_number_text_read_positive:
 * @text: what was typed
 * @most: the greatest number allowed, any unit
 * @value: (out): the number, greater than 0; untouched on failure
 * @error: return location for a #GError
 *
 * Returns: %FALSE with a sentence naming @text and the limits, unless @text is such a number
 */
gboolean
coterie_number_text_read_positive (const char *text, double most, double *value, GError **error)
{
  double number;

  if (coterie_number_text_parse_real (text, &number) && number > 0.0 && number <= most) {
    *value = number;
    return TRUE;
  }
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("“%s”, expected a number more than 0 and at most %g"), text, most);
  return FALSE;
}

static gboolean
parse_share (const char *text, double *value)
{
  g_autofree char *number = g_strdup (text);
  gboolean is_percent = g_str_has_suffix (text, "%");

  if (is_percent)
    number[strlen (number) - 1] = '\0';
  if (!coterie_number_text_parse_real (number, value))
    return FALSE;
  if (is_percent)
    *value /= PERCENT;
  return TRUE;
}

/**
 * coterie_number_text_read_share:
 * @text: what was typed: 0.2, or the same per cent, 20%
 * @may_be_zero: whether 0 is allowed
 * @most: the greatest share allowed, at most 1
 * @value: (out): the share, a fraction; untouched on failure
 * @error: return location for a #GError
 *
 * Returns: %FALSE with a sentence naming @text and the limits, unless @text is such a share
 */
gboolean
coterie_number_text_read_share (
    const char *text, gboolean may_be_zero, double most, double *value, GError **error)
{
  double share;

  if (parse_share (text, &share) && (share > 0.0 || (may_be_zero && share >= 0.0)) &&
      share <= most) {
    *value = share;
    return TRUE;
  }
  if (may_be_zero)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("“%s”, expected a number from 0 to %g, or per cent such as 20%%"), text, most);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                 _ ("“%s”, expected a number more than 0 and at most %g, or per cent such as 20%%"),
                 text, most);
  return FALSE;
}
