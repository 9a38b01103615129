/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A disc with a rim and perhaps a ring, antialiased by the distance from its centre. */

in vec2 v_offset;
flat in float v_radius;
flat in float v_ring;
flat in vec4 v_color;

uniform vec4 u_sizes; /* node scale, rim, gap before the ring, ring */
uniform vec3 u_rim_color;
uniform vec3 u_ring_color;

out vec4 out_color; /* premultiplied */

void
main ()
{
  float distance = length (v_offset);
  float fill = clamp (v_radius + 0.5 - distance, 0.0, 1.0);
  float disc = clamp (v_radius + u_sizes.y + 0.5 - distance, 0.0, 1.0) * v_color.a;
  float ring_radius = v_radius + u_sizes.y + u_sizes.z + 0.5 * u_sizes.w;
  float ring = clamp (0.5 * u_sizes.w + 0.5 - abs (distance - ring_radius), 0.0, 1.0) * v_ring;
  vec4 color = vec4 (mix (u_rim_color, v_color.rgb, fill) * disc, disc);

  out_color = color * (1.0 - ring) + vec4 (u_ring_color * ring, ring);
}
