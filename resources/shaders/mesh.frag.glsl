/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The colour between the corners. */

in vec4 v_color;

out vec4 out_color; /* premultiplied */

void
main ()
{
  out_color = v_color;
}
