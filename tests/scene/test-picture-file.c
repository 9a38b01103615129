/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures as files: what is in them, and that they are the same every time. */

#include "draw/picture/picture-file.h"

#include <cairo.h>
#include <string.h>

#define N_NODES 400

/* Nodes on a grid, and so many edges between them. */
static CoterieDrawing *
create_drawing (guint n_edges)
{
  g_autofree CoterieDrawingNode *nodes = g_new0 (CoterieDrawingNode, N_NODES);
  g_autofree CoterieDrawingEdge *edges = g_new0 (CoterieDrawingEdge, n_edges);

  for (guint v = 0; v < N_NODES; v++)
    nodes[v].ends[0] = nodes[v].ends[1] = (CoterieDrawingNodeEnd){
        .x = (float) (v % 20),
        .y = (float) (v / 20),
        .radius_px = 4.0f,
        .color = {0.9f, 0.2f, 0.2f, 1.0f},
    };
  for (guint e = 0; e < n_edges; e++)
    edges[e] = (CoterieDrawingEdge){
        .source = e % N_NODES,
        .target = (e % N_NODES + 1 + e / N_NODES) % N_NODES,
        .colors = {{0.2f, 0.2f, 0.9f, 0.2f}, {0.2f, 0.2f, 0.9f, 0.2f}},
        .width = 1.0f,
        .bend = 0.1f,
    };
  return coterie_drawing_new (
      &(CoterieDrawingGeometry){
          .n_nodes = N_NODES,
          .nodes = nodes,
          .n_edges = n_edges,
          .edges = edges,
          .spreads = {8.0, 8.0},
          .canvas = {1.0f, 1.0f, 1.0f, 1.0f},
          .rim = {1.0f, 1.0f, 1.0f, 1.0f},
      },
      0.0);
}

static CoteriePicture
describe (CoterieDrawing *drawing)
{
  return (CoteriePicture){
      .drawing = drawing,
      .bounds = {0.0, 0.0, 19.0, 19.0},
      .size = {.width_px = 320, .height_px = 200, .scale = 0.5, .text_scale = 1.0},
      .metadata = {"A title", "A description", "A program", 86400},
  };
}

static GByteArray *
draw (const CoteriePicture *picture, CoteriePictureFormat format)
{
  g_autoptr (GError) error = NULL;
  GByteArray *bytes = coterie_picture_draw (picture, format, NULL, &error);

  g_assert_no_error (error);
  return bytes;
}

static gboolean
contains (const GByteArray *bytes, const char *text)
{
  return memmem (bytes->data, bytes->len, text, strlen (text)) != NULL;
}

typedef struct {
  const GByteArray *bytes;
  gsize at;
} Source;

static cairo_status_t
read_bytes (void *closure, unsigned char *data, unsigned int n_data)
{
  Source *source = closure;

  if (source->at + n_data > source->bytes->len)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, source->bytes->data + source->at, n_data);
  source->at += n_data;
  return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *
read_png (const GByteArray *bytes)
{
  Source source = {bytes, 0};
  cairo_surface_t *surface = cairo_image_surface_create_from_png_stream (read_bytes, &source);

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  return surface;
}

static guint
get_alpha (cairo_surface_t *surface, int x, int y)
{
  const guint8 *row =
      cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return cairo_image_surface_get_format (surface) == CAIRO_FORMAT_ARGB32
             ? ((const guint32 *) (gconstpointer) row)[x] >> 24
             : 255;
}

static void
test_same_bytes (void)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing (1000);
  CoteriePicture picture = describe (drawing);

  /* Cairo counts the surfaces of a process in an SVG: only the first picture of each is the same. */
  for (guint i = 0; i < 2; i++) {
    CoteriePictureFormat format = i == 0 ? COTERIE_PICTURE_PNG : COTERIE_PICTURE_PDF;
    g_autoptr (GByteArray) first = draw (&picture, format);
    g_autoptr (GByteArray) second = draw (&picture, format);

    g_assert_cmpmem (first->data, first->len, second->data, second->len);
  }
}

static void
test_metadata (void)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing (10);
  CoteriePicture picture = describe (drawing);
  g_autoptr (GByteArray) png = draw (&picture, COTERIE_PICTURE_PNG);
  g_autoptr (GByteArray) svg = draw (&picture, COTERIE_PICTURE_SVG);
  g_autoptr (GByteArray) pdf = draw (&picture, COTERIE_PICTURE_PDF);

  g_assert_true (contains (png, "A description"));
  g_assert_true (contains (svg, "<title>A title</title>"));
  g_assert_true (contains (pdf, "A title"));
  g_assert_true (contains (pdf, "/CreationDate (19700102"));
}

static void
test_size (void)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing (10);
  CoteriePicture picture = describe (drawing);
  g_autoptr (GByteArray) png = draw (&picture, COTERIE_PICTURE_PNG);
  cairo_surface_t *surface = read_png (png);

  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 320);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 200);
  cairo_surface_destroy (surface);
}

static void
test_transparent (void)
{
  g_autoptr (CoterieDrawing) drawing = create_drawing (0);
  CoteriePicture picture = describe (drawing);

  for (int transparent = 0; transparent <= 1; transparent++) {
    g_autoptr (GByteArray) png = NULL;
    cairo_surface_t *surface;
    guint n_opaque = 0;

    picture.transparent = transparent;
    png = draw (&picture, COTERIE_PICTURE_PNG);
    surface = read_png (png);
    g_assert_cmpuint (get_alpha (surface, 1, 1), ==, transparent ? 0 : 255);
    for (int y = 0; y < 200; y++)
      for (int x = 0; x < 320; x++)
        n_opaque += get_alpha (surface, x, y) == 255;
    g_assert_cmpuint (n_opaque, >, N_NODES);
    cairo_surface_destroy (surface);
  }
}

static void
test_many_edges_are_an_image (void)
{
  g_autoptr (CoterieDrawing) few = create_drawing (1000);
  g_autoptr (CoterieDrawing) many = create_drawing (50001);
  CoteriePicture picture = describe (few);
  g_autoptr (GByteArray) strokes = draw (&picture, COTERIE_PICTURE_SVG);
  g_autoptr (GByteArray) image = NULL;

  picture.drawing = many;
  image = draw (&picture, COTERIE_PICTURE_SVG);
  g_assert_false (contains (strokes, "<image"));
  g_assert_true (contains (image, "<image"));
}

static void
test_names (void)
{
  CoteriePictureFormat format = COTERIE_PICTURE_PNG;

  g_assert_true (coterie_picture_format_from_name ("figure.PDF", &format));
  g_assert_cmpint (format, ==, COTERIE_PICTURE_PDF);
  g_assert_false (coterie_picture_format_from_name ("figure.jpg", &format));
  g_assert_false (coterie_picture_format_from_name ("pdf", &format));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/picture-file/the-same-picture-has-the-same-bytes", test_same_bytes);
  g_test_add_func ("/scene/picture-file/says-where-it-comes-from", test_metadata);
  g_test_add_func ("/scene/picture-file/has-the-size-asked-for", test_size);
  g_test_add_func ("/scene/picture-file/leaves-the-background-out", test_transparent);
  g_test_add_func ("/scene/picture-file/many-edges-are-an-image", test_many_edges_are_an_image);
  g_test_add_func ("/scene/picture-file/names-say-the-format", test_names);
  return g_test_run ();
}
