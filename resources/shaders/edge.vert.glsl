/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A strip of rectangles an edge, from end to end, as wide as the line and its antialiasing reach.
 * Lengths are device pixels, y downwards. */

layout (location = 0) in uvec2 in_nodes; /* source, target */
layout (location = 1) in vec4 in_color_0;
layout (location = 2) in vec4 in_color_1;
layout (location = 3) in vec2 in_width_bend;

uniform highp sampler2D u_nodes;
uniform float u_blend;
uniform vec3 u_transform; /* pixels a layout unit; offset x, y */
uniform vec2 u_size;      /* of the picture */
uniform vec3 u_edge;      /* width; gain of the alpha; number of rectangles */

out float v_across;
flat out float v_reach;
flat out vec4 v_color;

vec2
place (uint index)
{
  int node = int (index);
  ivec2 texel = ivec2 (node % NODES_A_ROW * NODE_TEXELS, node / NODES_A_ROW);
  vec2 point = mix (texelFetch (u_nodes, texel, 0).xy, texelFetch (u_nodes, texel + ivec2 (2, 0), 0).xy,
                    u_blend);

  return u_transform.yz + point * vec2 (u_transform.x, -u_transform.x);
}

void
main ()
{
  vec2 from = place (in_nodes.x);
  vec2 to = place (in_nodes.y);
  vec2 span = to - from;
  vec2 control = 0.5 * (from + to) + 2.0 * in_width_bend.y * vec2 (span.y, -span.x);
  float u = float (gl_VertexID >> 1) / u_edge.z;
  vec2 point = mix (mix (from, control, u), mix (control, to, u), u);
  vec2 along = normalize (mix (control - from, to - control, u) + vec2 (1e-6, 0.0));
  vec2 across = vec2 (-along.y, along.x);
  float width = u_edge.x * in_width_bend.x;

  v_reach = 0.5 * max (width, 1.0) + 0.5;
  v_across = (gl_VertexID & 1) == 1 ? v_reach : -v_reach;
  v_color = mix (in_color_0, in_color_1, u_blend);
  v_color.a *= u_edge.y * min (width, 1.0);
  if (v_color.a <= 0.0)
    across = vec2 (0.0);
  gl_Position = vec4 (((point + across * v_across) / u_size * 2.0 - 1.0) * vec2 (1.0, -1.0), 0.0, 1.0);
}
