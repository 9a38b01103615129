/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A label as it was drawn. */

in vec2 v_texel;
flat in float v_opacity;

uniform highp sampler2D u_texture;

out vec4 out_color; /* premultiplied */

void
main ()
{
  out_color = texelFetch (u_texture, ivec2 (v_texel), 0) * v_opacity;
}
