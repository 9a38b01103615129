/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One square a node, large enough for its shape, rim, ring and half a pixel of antialiasing. The
 * version line stands before this text when it is compiled. Lengths are device pixels, y downwards. */

layout (location = 0) in uint in_node;

uniform highp sampler2D u_nodes;
uniform float u_blend;
uniform vec3 u_transform; /* pixels a layout unit; offset x, y */
uniform vec2 u_size;      /* of the picture */
uniform vec4 u_sizes;     /* node scale, rim, gap before the ring, ring */

out vec2 v_offset;
flat out int v_shape;
flat out float v_inradius;
flat out float v_half_width; /* of a cross's arms */
flat out float v_ring_radius;
flat out float v_ring;
flat out float v_mark_radius;
flat out float v_mark;
flat out vec4 v_color;
flat out vec3 v_ring_color;

/* As in src/draw/scene/shape.c. */
const vec2 FORMS[8] = vec2[8] (vec2 (1.0, 1.0), vec2 (0.8862269, 1.4142136),
                               vec2 (0.8862269, 1.4142136), vec2 (0.7775602, 2.0),
                               vec2 (0.7775602, 2.0), vec2 (0.9523128, 1.1547005),
                               vec2 (1.1077840, 1.4142136), vec2 (0.5169524, 3.2360680));
const float CROSS_HALF_WIDTH = 0.4431135;

/* As coterie_drawing_get_mark_radius(). */
const float MARK_OF_RADIUS = 0.36;
const float MARK_OF_RIM = 1.25;

vec4
fetch (int texel)
{
  int node = int (in_node);

  return texelFetch (u_nodes, ivec2 (node % NODES_A_ROW * NODE_TEXELS + texel, node / NODES_A_ROW), 0);
}

void
main ()
{
  vec2 corner = vec2 (float (gl_VertexID & 1), float (gl_VertexID >> 1)) * 2.0 - 1.0;
  vec4 place = mix (fetch (0), fetch (2), u_blend);
  vec4 ring_shape = fetch (4);
  vec2 center = vec2 (u_transform.y + place.x * u_transform.x, u_transform.z - place.y * u_transform.x);
  float radius = place.z * u_sizes.x;
  float reach;

  v_shape = int (ring_shape.w);
  v_inradius = FORMS[v_shape].x * radius;
  v_half_width = CROSS_HALF_WIDTH * radius;
  v_ring = place.w;
  v_ring_color = ring_shape.rgb;
  v_color = mix (fetch (1), fetch (3), u_blend);
  v_mark = fetch (5).x;
  v_mark_radius = max (MARK_OF_RADIUS * radius, MARK_OF_RIM * u_sizes.y);

  reach = (v_inradius + u_sizes.y) * FORMS[v_shape].y;
  v_ring_radius = reach + u_sizes.z + 0.5 * u_sizes.w;
  reach = v_ring > 0.0 ? v_ring_radius + 0.5 * u_sizes.w + 1.0 : reach + 1.0;
  if (radius <= 0.0)
    reach = 0.0;
  v_offset = corner * reach;
  gl_Position = vec4 (((center + v_offset) / u_size * 2.0 - 1.0) * vec2 (1.0, -1.0), 0.0, 1.0);
}
