/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A shape with a rim and perhaps a ring and a mark, antialiased by the distance from its outline. */

in vec2 v_offset;
flat in int v_shape;
flat in float v_inradius;
flat in float v_half_width;
flat in float v_ring_radius;
flat in float v_ring;
flat in float v_mark_radius;
flat in float v_mark;
flat in vec4 v_color;
flat in vec3 v_ring_color;

uniform vec4 u_sizes; /* node scale, rim, gap before the ring, ring */
uniform vec3 u_rim_color;

out vec4 out_color; /* premultiplied */

/* Of a pentagram's five sides a point may be outside of one. */
float
star_distance (float x, float y)
{
  vec4 sides = vec4 (0.9510565 * x - 0.3090170 * y, -0.9510565 * x - 0.3090170 * y,
                     0.5877853 * x + 0.8090170 * y, -0.5877853 * x + 0.8090170 * y);
  vec2 high = max (sides.xz, sides.yw), low = min (sides.xz, sides.yw);
  float furthest = max (high.x, high.y);
  float second = max (min (high.x, high.y), max (low.x, low.y));

  return max (second, min (furthest, -y));
}

/* From the outline, positive outside; as coterie_shape_get_distance(). */
float
shape_distance ()
{
  vec2 p = abs (v_offset);
  float y = v_offset.y;

  switch (v_shape) {
  case 1:
    return max (p.x, p.y) - v_inradius;
  case 2:
    return 0.7071068 * (p.x + p.y) - v_inradius;
  case 3:
    return max (y, 0.8660254 * p.x - 0.5 * y) - v_inradius;
  case 4:
    return max (-y, 0.8660254 * p.x + 0.5 * y) - v_inradius;
  case 5:
    return max (p.y, 0.8660254 * p.x + 0.5 * p.y) - v_inradius;
  case 6:
    return max (max (p.x, p.y) - v_inradius, min (p.x, p.y) - v_half_width);
  case 7:
    return star_distance (p.x, y) - v_inradius;
  default:
    return length (v_offset) - v_inradius;
  }
}

void
main ()
{
  float distance = shape_distance ();
  float from_center = length (v_offset);
  float fill = clamp (0.5 - distance, 0.0, 1.0);
  float cover = clamp (u_sizes.y + 0.5 - distance, 0.0, 1.0) * v_color.a;
  float ring = clamp (0.5 * u_sizes.w + 0.5 - abs (from_center - v_ring_radius), 0.0, 1.0) * v_ring;
  float mark = clamp (v_mark_radius + 0.5 - from_center, 0.0, 1.0) * v_mark * fill;
  vec3 inner = mix (v_color.rgb, u_rim_color, mark);
  vec4 color = vec4 (mix (u_rim_color, inner, fill) * cover, cover);

  out_color = color * (1.0 - ring) + vec4 (v_ring_color * ring, ring);
}
