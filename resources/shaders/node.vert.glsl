/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One square a node, large enough for disc, rim, ring and half a pixel of antialiasing. The version
 * line stands before this text when it is compiled. Lengths are device pixels, y downwards. */

layout (location = 0) in vec2 in_position;    /* layout units, y upwards */
layout (location = 1) in vec2 in_radius_ring; /* radius before the node scale; ring, 0 to 1 */
layout (location = 2) in vec4 in_color;

uniform vec3 u_transform; /* pixels a layout unit; offset x, y */
uniform vec2 u_size;      /* of the picture */
uniform vec4 u_sizes;     /* node scale, rim, gap before the ring, ring */

out vec2 v_offset;
flat out float v_radius;
flat out float v_ring;
flat out vec4 v_color;

void
main ()
{
  vec2 corner = vec2 (float (gl_VertexID & 1), float (gl_VertexID >> 1)) * 2.0 - 1.0;
  vec2 center = vec2 (u_transform.y + in_position.x * u_transform.x,
                      u_transform.z - in_position.y * u_transform.x);
  float reach;

  v_radius = in_radius_ring.x * u_sizes.x;
  v_ring = in_radius_ring.y;
  v_color = in_color;

  reach = v_radius + u_sizes.y + 1.0;
  if (v_ring > 0.0)
    reach += u_sizes.z + u_sizes.w;
  if (v_radius <= 0.0)
    reach = 0.0;
  v_offset = corner * reach;
  gl_Position = vec4 (((center + v_offset) / u_size * 2.0 - 1.0) * vec2 (1.0, -1.0), 0.0, 1.0);
}
