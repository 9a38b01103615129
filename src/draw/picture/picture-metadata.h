/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/**
 * CoteriePictureMetadata:
 * @title: what is seen: "MNIST, iteration 20, layer 2"
 * @description: from which run it comes, with all settings
 * @program: which program drew it: "Coterie 0.1.0"
 * @created: when the run began, seconds since 1970 in UTC: the same run gives the same file
 *
 * What is said in a picture's file about it.
 */
typedef struct {
  const char *title;
  const char *description;
  const char *program;
  gint64 created;
} CoteriePictureMetadata;

void coterie_picture_metadata_add_to_png (const CoteriePictureMetadata *metadata,
                                          double dpi,
                                          GByteArray *bytes);
void coterie_picture_metadata_add_to_svg (const CoteriePictureMetadata *metadata,
                                          GByteArray *bytes);
void coterie_picture_metadata_add_to_pdf (const CoteriePictureMetadata *metadata,
                                          cairo_surface_t *surface);

G_END_DECLS
