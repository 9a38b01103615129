/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/picture/picture-file.h"

G_BEGIN_DECLS

/**
 * CoteriePictureOmissions:
 * @legend: whether there was no room for the legend
 * @n_left_out: labels that found no place
 * @n_labels: all of them, as far as what they name is in the picture
 *
 * What a picture lacks.
 */
typedef struct {
  gboolean legend;
  guint n_left_out;
  guint n_labels;
} CoteriePictureOmissions;

void coterie_picture_omissions_find (CoteriePictureOmissions *omissions,
                                     const CoteriePicture *picture);
char *coterie_picture_omissions_describe (const CoteriePictureOmissions *omissions);

G_END_DECLS
