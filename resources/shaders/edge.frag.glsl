/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an edge adds to the sums of a pixel: coverage times alpha times colour, and the density. The
 * processor's version is src/draw/scene/edge-image.c; both follow the definition given there. */

in float v_across;
flat in float v_reach;
flat in vec4 v_color;

out vec4 out_sums;

void
main ()
{
  float density = clamp (v_reach - abs (v_across), 0.0, 1.0) * v_color.a;

  out_sums = vec4 (v_color.rgb * density, density);
}
