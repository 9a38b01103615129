/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A graph as the content of a file: pixels (PNG) or vectors (SVG, PDF), with a legend and with what the
 * file should say about itself. The same picture gives the same bytes: everything is drawn through
 * Cairo, whatever graphics processor there is, and the date is that of the run. */

#include "draw/picture/picture-file.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <gio/gio.h>
#include <glib/gi18n.h>

#include "draw/picture/picture-layout.h"
#include "draw/scene/cairo-renderer.h"

static const char *const suffixes[COTERIE_N_PICTURE_FORMATS] = {
    [COTERIE_PICTURE_PNG] = ".png",
    [COTERIE_PICTURE_SVG] = ".svg",
    [COTERIE_PICTURE_PDF] = ".pdf",
};

/**
 * coterie_picture_format_get_suffix:
 * @format: a format
 *
 * Returns: how names of its files end: ".png"
 */
const char *
coterie_picture_format_get_suffix (CoteriePictureFormat format)
{
  return suffixes[format];
}

/**
 * coterie_picture_format_from_name:
 * @name: name or path of a file
 * @format: (out): what its name says that it is; unchanged on failure
 *
 * Returns: %FALSE if the name ends in none of the suffixes, in either case
 */
gboolean
coterie_picture_format_from_name (const char *name, CoteriePictureFormat *format)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; i < COTERIE_N_PICTURE_FORMATS; i++)
    if (g_str_has_suffix (lower, suffixes[i])) {
      *format = (CoteriePictureFormat) i;
      return TRUE;
    }
  return FALSE;
}

/**
 * coterie_picture_format_is_vector:
 * @format: a format
 *
 * Returns: whether its pictures are made of lines and areas, with points as their unit
 */
gboolean
coterie_picture_format_is_vector (CoteriePictureFormat format)
{
  return format != COTERIE_PICTURE_PNG;
}

static cairo_status_t
append_bytes (void *bytes, const unsigned char *data, unsigned int n_data)
{
  g_byte_array_append (bytes, data, n_data);
  return CAIRO_STATUS_SUCCESS;
}

static CoterieDrawing *
get_drawing (const CoteriePicture *picture)
{
  CoterieDrawingGeometry geometry = *picture->drawing->geometry;

  if (!picture->transparent)
    return coterie_drawing_ref (picture->drawing);
  geometry.canvas.alpha = 0.0f;
  return coterie_drawing_new (&geometry, picture->drawing->s_frac);
}

/* Width and height of a surface of vectors, points. */
static void
get_surface_size (const CoteriePictureSize *size, double size_pt[2])
{
  size_pt[0] = size->width_pt > 0.0 ? size->width_pt : size->width_px;
  size_pt[1] = size->height_pt > 0.0 ? size->height_pt : size->height_px;
}

/* The drawing is whole points wide and high; the page is as large as it was asked for, which differs
 * by less than a point. */
static void
fill_page (cairo_t *cr, const CoteriePictureSize *size)
{
  double size_pt[2];

  get_surface_size (size, size_pt);
  cairo_scale (cr, size_pt[0] / size->width_px, size_pt[1] / size->height_px);
}

/* The canvas of the whole picture, and in its frame the graph. */
static void
draw_graph (const CoteriePicture *picture,
            const CoteriePictureLayout *layout,
            cairo_t *cr,
            gboolean vector,
            CoteriePool *pool)
{
  g_autoptr (CoterieDrawing) drawing = get_drawing (picture);
  const CoterieOverlay *frame = &layout->frame;
  CoterieColor canvas = drawing->geometry->canvas;

  cairo_save (cr);
  if (frame->width_px < layout->view.width_px || frame->height_px < layout->view.height_px) {
    cairo_set_source_rgba (cr, canvas.red, canvas.green, canvas.blue, canvas.alpha);
    cairo_rectangle (cr, 0.0, 0.0, layout->view.width_px, layout->view.height_px);
    cairo_fill (cr);
    cairo_rectangle (cr, frame->x_px, frame->y_px, frame->width_px, frame->height_px);
    cairo_clip (cr);
  }
  if (vector)
    coterie_cairo_renderer_draw_vector (cr, drawing, &layout->view, pool);
  else
    coterie_cairo_renderer_draw (cr, drawing, &layout->view, pool);
  cairo_restore (cr);
}

static cairo_status_t
draw_content (const CoteriePicture *picture,
              const CoteriePictureLayout *layout,
              cairo_surface_t *surface,
              gboolean vector,
              CoteriePool *pool)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  if (vector)
    fill_page (cr, &layout->size);
  draw_graph (picture, layout, cr, vector, pool);
  if (layout->legend.width_px > 0.0)
    coterie_picture_legend_draw (picture->legend, cr, layout->form, layout->legend.x_px,
                                 layout->legend.y_px, layout->unit_px, picture->dark);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

static cairo_status_t
draw_png (const CoteriePicture *picture,
          const CoteriePictureLayout *layout,
          GByteArray *bytes,
          CoteriePool *pool)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, layout->size.width_px,
                                                         layout->size.height_px);
  cairo_status_t status = draw_content (picture, layout, surface, FALSE, pool);

  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    coterie_picture_metadata_add_to_png (&picture->metadata, layout->size.dpi, bytes);
  return status;
}

/* Finishes @surface and takes over its reference. */
static cairo_status_t
draw_vectors (const CoteriePicture *picture,
              const CoteriePictureLayout *layout,
              cairo_surface_t *surface,
              CoteriePool *pool)
{
  cairo_status_t status = draw_content (picture, layout, surface, TRUE, pool);

  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return status;
}

static cairo_status_t
draw_svg (const CoteriePicture *picture,
          const CoteriePictureLayout *layout,
          GByteArray *bytes,
          CoteriePool *pool)
{
  cairo_surface_t *surface;
  cairo_status_t status;
  double size_pt[2];

  get_surface_size (&layout->size, size_pt);
  surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, size_pt[0], size_pt[1]);
  status = draw_vectors (picture, layout, surface, pool);
  if (status == CAIRO_STATUS_SUCCESS)
    coterie_picture_metadata_add_to_svg (&picture->metadata, bytes);
  return status;
}

static cairo_status_t
draw_pdf (const CoteriePicture *picture,
          const CoteriePictureLayout *layout,
          GByteArray *bytes,
          CoteriePool *pool)
{
  cairo_surface_t *surface;
  double size_pt[2];

  get_surface_size (&layout->size, size_pt);
  surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, size_pt[0], size_pt[1]);
  coterie_picture_metadata_add_to_pdf (&picture->metadata, surface);
  return draw_vectors (picture, layout, surface, pool);
}

/**
 * coterie_picture_draw:
 * @picture: a picture; its size in points for vectors
 * @format: what the file shall be
 * @pool: (nullable): threads that share drawing the edges
 * @error: return location
 *
 * Draws a whole file into memory. More than 50,000 visible edges become an image among the vectors.
 *
 * Errors: %G_IO_ERROR_FAILED if Cairo cannot draw it, which is for lack of memory.
 *
 * Returns: (transfer full): the file's content, or %NULL
 */
GByteArray *
coterie_picture_draw (const CoteriePicture *picture,
                      CoteriePictureFormat format,
                      CoteriePool *pool,
                      GError **error)
{
  static cairo_status_t (*const draw[]) (const CoteriePicture *, const CoteriePictureLayout *,
                                         GByteArray *, CoteriePool *) = {
      [COTERIE_PICTURE_PNG] = draw_png,
      [COTERIE_PICTURE_SVG] = draw_svg,
      [COTERIE_PICTURE_PDF] = draw_pdf,
  };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  CoteriePictureLayout layout;
  cairo_status_t status;

  coterie_picture_layout_compute (&layout, picture);
  status = draw[format](picture, &layout, bytes, pool);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("the picture of %d × %d pixels cannot be drawn: %s"), layout.size.width_px,
                 layout.size.height_px, cairo_status_to_string (status));
    return NULL;
  }
  return g_steal_pointer (&bytes);
}
