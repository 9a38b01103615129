/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Edges that the processor has drawn, pixel for pixel. The image's first row is the topmost. */

uniform highp sampler2D u_texture;
uniform vec2 u_size; /* of the picture */

out vec4 out_color; /* premultiplied */

void
main ()
{
  ivec2 pixel = ivec2 (gl_FragCoord.xy);

  out_color = texelFetch (u_texture, ivec2 (pixel.x, int (u_size.y) - 1 - pixel.y), 0);
}
