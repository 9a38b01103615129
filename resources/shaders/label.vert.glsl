/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A rectangle of whole pixels a label. Lengths are device pixels, y downwards. */

layout (location = 0) in vec4 in_place_texel; /* in the picture; in the texture */
layout (location = 1) in float in_opacity;

uniform vec2 u_size; /* of the picture */

out vec2 v_texel;
flat out float v_opacity;

void
main ()
{
  v_texel = in_place_texel.zw;
  v_opacity = in_opacity;
  gl_Position = vec4 ((in_place_texel.xy / u_size * 2.0 - 1.0) * vec2 (1.0, -1.0), 0.0, 1.0);
}
