/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "draw/scene/shape.h"

#include <math.h>

#define RADIUS 40.0f
#define SIZE 200

/* By counting points on a fine grid. */
static void
test_all_have_the_area_of_the_disc (void)
{
  for (guint shape = 0; shape < COTERIE_N_SHAPES; shape++) {
    guint n_inside = 0;

    for (int y = -SIZE; y <= SIZE; y++)
      for (int x = -SIZE; x <= SIZE; x++)
        n_inside += coterie_shape_get_distance ((CoterieShape) shape, RADIUS, 0.5f * (float) x,
                                                0.5f * (float) y) < 0.0f;
    g_assert_cmpfloat (fabs (0.25 * n_inside / (G_PI * RADIUS * RADIUS) - 1.0), <, 0.02);
  }
}

/* Where the distance says inside, the path is filled. */
static void
test_paths_follow_the_distance (void)
{
  for (guint shape = 0; shape < COTERIE_N_SHAPES; shape++)
    for (double grow = 0.0; grow <= 5.0; grow += 5.0) {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, SIZE, SIZE);
      cairo_t *cr = cairo_create (surface);
      const guint8 *pixels;

      coterie_shape_add_path (cr, (CoterieShape) shape, 0.5 * SIZE, 0.5 * SIZE, RADIUS, grow);
      cairo_fill (cr);
      cairo_surface_flush (surface);
      pixels = cairo_image_surface_get_data (surface);
      for (int y = 0; y < SIZE; y++)
        for (int x = 0; x < SIZE; x++) {
          float distance = coterie_shape_get_distance ((CoterieShape) shape, RADIUS,
                                                       (float) x + 0.5f - 0.5f * SIZE,
                                                       (float) y + 0.5f - 0.5f * SIZE) -
                           (float) grow;
          guint8 alpha = pixels[y * cairo_image_surface_get_stride (surface) + x];

          if (distance < -1.0f)
            g_assert_cmpuint (alpha, ==, 255);
          if (distance > 1.0f)
            g_assert_cmpuint (alpha, ==, 0);
        }
      cairo_destroy (cr);
      cairo_surface_destroy (surface);
    }
}

static void
test_nothing_is_beyond_the_reach (void)
{
  for (guint shape = 0; shape < COTERIE_N_SHAPES; shape++) {
    float reach = coterie_shape_get_reach ((CoterieShape) shape, RADIUS, 2.0f);
    float nearest = G_MAXFLOAT;

    for (guint i = 0; i < 720; i++) {
      float angle = (float) (G_PI * i / 360.0);

      nearest =
          fminf (nearest, coterie_shape_get_distance ((CoterieShape) shape, RADIUS,
                                                      reach * cosf (angle), reach * sinf (angle)));
    }
    g_assert_cmpfloat (nearest, >=, 2.0f - 0.01f);
    /* A cross's corners lie a little inside. */
    g_assert_cmpfloat (nearest, <=, shape == COTERIE_SHAPE_CROSS ? 15.0f : 2.2f);
  }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/shape/all-have-the-area-of-the-disc",
                   test_all_have_the_area_of_the_disc);
  g_test_add_func ("/scene/shape/paths-follow-the-distance", test_paths_follow_the_distance);
  g_test_add_func ("/scene/shape/nothing-is-beyond-the-reach", test_nothing_is_beyond_the_reach);
  return g_test_run ();
}
