/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/picture/picture-file.h"

G_BEGIN_DECLS

/**
 * CoteriePictureLayout:
 * @size: of the picture: what was asked for, or higher
 * @view: how the drawing is looked at, in the whole picture; the legend is one of its overlays
 * @frame: where the drawing may be seen, pixels of the picture
 * @form: what the legend shows
 * @legend: where its card lies, pixels of the picture; without width if there is none
 * @unit_px: pixels of the picture for a unit of the card
 *
 * Where everything is in a picture.
 */
typedef struct {
  CoteriePictureSize size;
  CoterieDrawingView view;
  CoterieOverlay frame;
  CoteriePictureLegendForm form;
  CoterieOverlay legend;
  double unit_px;
} CoteriePictureLayout;

void coterie_picture_layout_compute (CoteriePictureLayout *layout, const CoteriePicture *picture);

G_END_DECLS
