/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From the sums of a pixel to its colour: opacity 1 - exp (-density), the mean colour of the edges. */

uniform highp sampler2D u_texture;

out vec4 out_color; /* premultiplied */

void
main ()
{
  vec4 sums = texelFetch (u_texture, ivec2 (gl_FragCoord.xy), 0);
  float opacity = 1.0 - exp (-sums.a);

  out_color = sums.a > 0.0 ? vec4 (sums.rgb * (opacity / sums.a), opacity) : vec4 (0.0);
}
