/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Labels are drawn once by Pango, laid beside each other in one texture, and put into the picture pixel
 * for pixel. The texture is made anew when the labels, the numbers of nodes that are near or the scale of the
 * screen change; a frame sends where they are. */

#include "draw/scene/gl-labels.h"

#include "draw/scene/gl-program.h"
#include "draw/scene/label-painter.h"

#define ATLAS_WIDTH_PX 1024

/* Device pixels, texels, and the opacity. */
typedef struct {
  float x;
  float y;
  float column;
  float row;
  float opacity;
} Vertex;

typedef struct {
  int x;
  int y;
} Spot;

/* What a number of a node looks like, which is all that matters of it as long as the drawing is the same. */
typedef struct {
  guint32 node;
  CoterieColor color;
} Number;

struct _CoterieGlLabels {
  CoterieLabelPainter *painter;
  CoterieDrawing *drawing; /* whose labels are in the texture */
  double scale;
  GArray *numbers; /* of Number: those in the texture */
  GArray *spots;   /* [labels and numbers] of Spot: where each is in the texture */

  CoterieGlProgram program;
  GLuint array;
  GLuint buffer;
  GLuint texture;
};

static void
make_array (CoterieGlLabels *labels)
{
  glGenVertexArrays (1, &labels->array);
  glGenBuffers (1, &labels->buffer);
  glBindVertexArray (labels->array);
  glBindBuffer (GL_ARRAY_BUFFER, labels->buffer);
  glEnableVertexAttribArray (0);
  glVertexAttribPointer (0, 4, GL_FLOAT, GL_FALSE, sizeof (Vertex),
                         GSIZE_TO_POINTER (G_STRUCT_OFFSET (Vertex, x)));
  glEnableVertexAttribArray (1);
  glVertexAttribPointer (1, 1, GL_FLOAT, GL_FALSE, sizeof (Vertex),
                         GSIZE_TO_POINTER (G_STRUCT_OFFSET (Vertex, opacity)));
  glBindVertexArray (0);
  glBindBuffer (GL_ARRAY_BUFFER, 0);
}

/**
 * coterie_gl_labels_new:
 * @error: return location for a #GError
 *
 * Returns: (transfer full): labels without a text, or %NULL with %COTERIE_GL_ERROR_SHADER
 */
CoterieGlLabels *
coterie_gl_labels_new (GError **error)
{
  CoterieGlProgram program;
  CoterieGlLabels *labels;

  if (!coterie_gl_program_link (&program, "label.vert.glsl", "label.frag.glsl", error))
    return NULL;

  labels = g_new0 (CoterieGlLabels, 1);
  labels->program = program;
  labels->painter = coterie_label_painter_new ();
  labels->numbers = g_array_new (FALSE, FALSE, sizeof (Number));
  labels->spots = g_array_new (FALSE, TRUE, sizeof (Spot));
  make_array (labels);
  glGenTextures (1, &labels->texture);
  glBindTexture (GL_TEXTURE_2D, labels->texture);
  coterie_gl_texture_set_pixel_exact ();
  coterie_gl_texture_set_swizzle ();
  glBindTexture (GL_TEXTURE_2D, 0);
  return labels;
}

/**
 * coterie_gl_labels_free:
 * @labels: (transfer full): the labels, their context being current
 *
 * Deletes everything they made in the context.
 */
void
coterie_gl_labels_free (CoterieGlLabels *labels)
{
  glDeleteProgram (labels->program.id);
  glDeleteVertexArrays (1, &labels->array);
  glDeleteBuffers (1, &labels->buffer);
  glDeleteTextures (1, &labels->texture);
  g_clear_pointer (&labels->drawing, coterie_drawing_unref);
  coterie_label_painter_free (labels->painter);
  g_array_unref (labels->numbers);
  g_array_unref (labels->spots);
  g_free (labels);
}

static const CoterieNodeNumber *
get_number (CoterieGlLabels *labels, guint i)
{
  return &g_array_index (coterie_label_painter_get_numbers (labels->painter), CoterieNodeNumber, i);
}

/* The numbers of nodes come after the labels. */
static guint
count_texts (CoterieGlLabels *labels, const CoterieDrawing *drawing)
{
  return drawing->geometry->n_labels + coterie_label_painter_get_numbers (labels->painter)->len;
}

static cairo_surface_t *
get_image (CoterieGlLabels *labels, const CoterieDrawing *drawing, guint i, double scale)
{
  guint n_labels = drawing->geometry->n_labels;

  return coterie_label_painter_get_image (labels->painter,
                                          i < n_labels ? &drawing->geometry->labels[i]
                                                       : &get_number (labels, i - n_labels)->label,
                                          scale);
}

/* Returns: whether other numbers than before are shown. */
static gboolean
take_numbers (CoterieGlLabels *labels)
{
  guint n_numbers = coterie_label_painter_get_numbers (labels->painter)->len;
  g_autoptr (GArray) before = g_steal_pointer (&labels->numbers);

  labels->numbers = g_array_sized_new (FALSE, TRUE, sizeof (Number), n_numbers);
  for (guint i = 0; i < n_numbers; i++) {
    const CoterieNodeNumber *number = get_number (labels, i);
    Number seen = {number->node, number->label.color};

    g_array_append_val (labels->numbers, seen);
  }
  return before->len != n_numbers || (n_numbers > 0 && memcmp (before->data, labels->numbers->data,
                                                               n_numbers * sizeof (Number)) != 0);
}

/* Row by row, each as high as its highest image. Gives the size of the texture. */
static void
find_spots (
    CoterieGlLabels *labels, const CoterieDrawing *drawing, double scale, int *width, int *height)
{
  int x = 0, y = 0, row_height = 0;

  *width = ATLAS_WIDTH_PX;
  g_array_set_size (labels->spots, count_texts (labels, drawing));
  for (guint i = 0; i < labels->spots->len; i++) {
    cairo_surface_t *image = get_image (labels, drawing, i, scale);
    int image_width = cairo_image_surface_get_width (image);

    if (x > 0 && x + image_width > ATLAS_WIDTH_PX) {
      y += row_height;
      x = row_height = 0;
    }
    g_array_index (labels->spots, Spot, i) = (Spot){x, y};
    x += image_width;
    row_height = MAX (row_height, cairo_image_surface_get_height (image));
    *width = MAX (*width, x);
  }
  *height = MAX (y + row_height, 1);
}

/* Leaves the texture bound. */
static void
update_texture (CoterieGlLabels *labels, CoterieDrawing *drawing, double scale)
{
  cairo_surface_t *atlas;
  cairo_t *cr;
  gboolean same = !take_numbers (labels);
  int width, height;

  glBindTexture (GL_TEXTURE_2D, labels->texture);
  if (same && labels->drawing != NULL && labels->drawing->geometry == drawing->geometry &&
      labels->scale == scale)
    return;

  find_spots (labels, drawing, scale, &width, &height);
  atlas = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (atlas);
  for (guint i = 0; i < labels->spots->len; i++) {
    const Spot *spot = &g_array_index (labels->spots, Spot, i);

    cairo_set_source_surface (cr, get_image (labels, drawing, i, scale), spot->x, spot->y);
    cairo_paint (cr);
  }
  cairo_destroy (cr);
  cairo_surface_flush (atlas);
  glTexImage2D (GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE,
                cairo_image_surface_get_data (atlas));
  cairo_surface_destroy (atlas);

  g_clear_pointer (&labels->drawing, coterie_drawing_unref);
  labels->drawing = coterie_drawing_ref (drawing);
  labels->scale = scale;
}

static void
add_label (GArray *vertices, const CoterieLabelPlace *place, const Spot *spot)
{
  Vertex corners[4];

  for (guint i = 0; i < 4; i++) {
    double right = (i & 1) * place->width_px, down = (i >> 1) * place->height_px;

    corners[i] =
        (Vertex){(float) (place->x_px + right), (float) (place->y_px + down),
                 (float) (spot->x + right), (float) (spot->y + down), (float) place->opacity};
  }
  g_array_append_vals (vertices, corners, 3);
  g_array_append_vals (vertices, corners + 1, 3);
}

/**
 * coterie_gl_labels_get_settled:
 * @labels: the labels
 *
 * Returns: whether they have been drawn where they stand at rest, as
 *   coterie_label_painter_get_settled() says
 */
gboolean
coterie_gl_labels_get_settled (const CoterieGlLabels *labels)
{
  return coterie_label_painter_get_settled (labels->painter);
}

/**
 * coterie_gl_labels_draw:
 * @labels: the labels
 * @drawing: what is drawn
 * @view: camera and size
 * @texture_unit: which the texture is bound to; it is the active one
 *
 * Places and draws the labels and numbers, premultiplied; blending is the caller's. Cost: that of placing them.
 */
void
coterie_gl_labels_draw (CoterieGlLabels *labels,
                        CoterieDrawing *drawing,
                        const CoterieDrawingView *view,
                        guint texture_unit)
{
  guint n_labels = drawing->geometry->n_labels, n_texts;
  g_autoptr (GArray) vertices = g_array_new (FALSE, FALSE, sizeof (Vertex));
  const CoterieLabelPlace *places;

  places = coterie_label_painter_place (labels->painter, drawing, view);
  n_texts = count_texts (labels, drawing);
  if (n_texts == 0)
    return;

  update_texture (labels, drawing, coterie_drawing_view_get_label_scale (view));
  for (guint i = 0; i < n_labels; i++)
    if (places[i].candidate != COTERIE_LABEL_NOWHERE)
      add_label (vertices, &places[i], &g_array_index (labels->spots, Spot, i));
  for (guint i = n_labels; i < n_texts; i++)
    add_label (vertices, &get_number (labels, i - n_labels)->place,
               &g_array_index (labels->spots, Spot, i));

  glBindBuffer (GL_ARRAY_BUFFER, labels->buffer);
  glBufferData (GL_ARRAY_BUFFER, (GLsizeiptr) (vertices->len * sizeof (Vertex)), vertices->data,
                GL_STREAM_DRAW);
  glBindBuffer (GL_ARRAY_BUFFER, 0);
  glUseProgram (labels->program.id);
  glUniform2f (labels->program.size, (float) view->width_px, (float) view->height_px);
  glUniform1i (labels->program.texture, (GLint) texture_unit);
  glBindVertexArray (labels->array);
  glDrawArrays (GL_TRIANGLES, 0, (GLsizei) vertices->len);
}
