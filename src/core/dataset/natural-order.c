/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The order in which people expect names with numbers: "class 2" before "class 10". It gives the
 * classes their numbers, so it must be the same in every language and on every machine; GLib's
 * collation keys are not. */

#include "core/dataset/natural-order.h"

#include <string.h>

static gsize
count_digits (const char *text)
{
  gsize n_digits = 0;

  while (g_ascii_isdigit (text[n_digits]))
    n_digits++;
  return n_digits;
}

static const char *
skip_zeros (const char *text)
{
  while (*text == '0' && g_ascii_isdigit (text[1]))
    text++;
  return text;
}

/* Compares the numbers that both begin with, of any length, and moves both behind them. */
static int
compare_numbers (const char **a, const char **b)
{
  const char *digits_a = skip_zeros (*a);
  const char *digits_b = skip_zeros (*b);
  gsize length_a = count_digits (digits_a);
  gsize length_b = count_digits (digits_b);

  *a = digits_a + length_a;
  *b = digits_b + length_b;
  if (length_a != length_b)
    return length_a < length_b ? -1 : 1;
  return strncmp (digits_a, digits_b, length_a);
}

static gboolean
is_negative (const char *text)
{
  return text[0] == '-' && g_ascii_isdigit (text[1]);
}

/**
 * coterie_natural_order_compare:
 * @a: a name
 * @b: another one
 *
 * Compares two names: runs of digits as numbers, a minus before the first one as its sign, and
 * everything else byte by byte. Names that differ in leading zeros only are ordered byte by byte,
 * so that only equal names compare as equal.
 *
 * Returns: less than, equal to or greater than 0
 */
int
coterie_natural_order_compare (const char *a, const char *b)
{
  const char *rest_a = a;
  const char *rest_b = b;

  if (is_negative (a) && is_negative (b)) {
    const char *number_a = a + 1;
    const char *number_b = b + 1;
    int order = compare_numbers (&number_a, &number_b);

    if (order != 0)
      return -order;
  } else if (is_negative (a) && g_ascii_isdigit (*b)) {
    return -1;
  } else if (g_ascii_isdigit (*a) && is_negative (b)) {
    return 1;
  }

  while (*rest_a != '\0' && *rest_b != '\0') {
    int order;

    if (g_ascii_isdigit (*rest_a) && g_ascii_isdigit (*rest_b)) {
      order = compare_numbers (&rest_a, &rest_b);
    } else {
      order = (guchar) *rest_a - (guchar) *rest_b;
      rest_a++;
      rest_b++;
    }
    if (order != 0)
      return order;
  }
  if (*rest_a != *rest_b)
    return *rest_a == '\0' ? -1 : 1;
  return strcmp (a, b);
}

/**
 * coterie_natural_order_compare_pointers:
 * @a: points to a name
 * @b: points to another one
 *
 * coterie_natural_order_compare() for sorting arrays of names.
 *
 * Returns: less than, equal to or greater than 0
 */
int
coterie_natural_order_compare_pointers (gconstpointer a, gconstpointer b)
{
  return coterie_natural_order_compare (*(const char *const *) a, *(const char *const *) b);
}
