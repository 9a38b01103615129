/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What counts is what one sees: a number may be typed with more digits than its field shows. */

#include "app/shown-value.h"

#include <math.h>

/**
 * coterie_get_shown_value:
 * @button: a field for a number
 *
 * Returns: its value, rounded to the digits that it shows
 */
double
coterie_get_shown_value (GtkSpinButton *button)
{
  double scale = pow (10.0, gtk_spin_button_get_digits (button));

  return round (gtk_spin_button_get_value (button) * scale) / scale;
}
