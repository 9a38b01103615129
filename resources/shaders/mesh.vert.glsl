/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Triangles whose corners have colours. Lengths are device pixels, y downwards. */

layout (location = 0) in vec2 in_position;
layout (location = 1) in vec4 in_color; /* premultiplied */

uniform vec2 u_size; /* of the picture */

out vec4 v_color;

void
main ()
{
  v_color = in_color;
  gl_Position = vec4 ((in_position / u_size * 2.0 - 1.0) * vec2 (1.0, -1.0), 0.0, 1.0);
}
