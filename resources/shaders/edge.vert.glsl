/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One rectangle an edge, from end to end, as wide as the line and its antialiasing reach. Lengths are
 * device pixels, y downwards. */

layout (location = 0) in vec4 in_ends; /* x and y of one end, then of the other; layout units */
layout (location = 1) in vec4 in_color;

uniform vec3 u_transform; /* pixels a layout unit; offset x, y */
uniform vec2 u_size;      /* of the picture */
uniform vec2 u_edge;      /* width; gain of the alpha */

out float v_across;
flat out vec4 v_color;

void
main ()
{
  vec2 from = vec2 (u_transform.y, u_transform.z) + in_ends.xy * vec2 (u_transform.x, -u_transform.x);
  vec2 to = vec2 (u_transform.y, u_transform.z) + in_ends.zw * vec2 (u_transform.x, -u_transform.x);
  vec2 along = normalize (to - from + vec2 (1e-6, 0.0));
  vec2 across = vec2 (-along.y, along.x);
  float reach = 0.5 * u_edge.x + 0.5;
  vec2 point = (gl_VertexID >> 1) == 1 ? to : from;

  v_across = (gl_VertexID & 1) == 1 ? reach : -reach;
  v_color = vec4 (in_color.rgb, in_color.a * u_edge.y);
  gl_Position = vec4 (((point + across * v_across) / u_size * 2.0 - 1.0) * vec2 (1.0, -1.0), 0.0, 1.0);
}
