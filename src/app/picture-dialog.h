/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "draw/picture/picture-choice.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_PICTURE_DIALOG (coterie_picture_dialog_get_type ())

G_DECLARE_FINAL_TYPE (
    CoteriePictureDialog, coterie_picture_dialog, COTERIE, PICTURE_DIALOG, AdwWindow)

CoteriePictureDialog *coterie_picture_dialog_new (GtkWindow *parent,
                                                  double width_px,
                                                  double height_px,
                                                  gboolean labelled);
CoteriePictureChoice coterie_picture_dialog_get_choice (CoteriePictureDialog *self);

G_END_DECLS
