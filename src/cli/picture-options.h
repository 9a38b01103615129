/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "draw/picture/picture-file.h"
#include "draw/scene/scene-style.h"

G_BEGIN_DECLS

/* The last iteration, or the last layer. */
#define COTERIE_PICTURE_LAST G_MAXUINT

/* All layers side by side. */
#define COTERIE_PICTURE_ALL_LAYERS 0

/**
 * CoteriePictureOptions:
 * @recording: path of the recording
 * @output: path of the picture
 * @force: whether to replace @output
 * @format: what the name of @output says
 * @iteration: which iteration, or %COTERIE_PICTURE_LAST
 * @layer: which hidden layer, from 1, or %COTERIE_PICTURE_LAST or %COTERIE_PICTURE_ALL_LAYERS
 * @size: how large the picture is
 * @style: how the graph looks
 * @activation_class: (nullable): name or number of the class of %COTERIE_SCENE_COLOR_ACTIVATION
 * @transparent: whether to leave the background out
 * @legend: whether to say what the colours mean
 *
 * What "picture" was asked to do.
 */
typedef struct {
  char *recording;
  char *output;
  gboolean force;
  CoteriePictureFormat format;
  guint iteration;
  guint layer;
  CoteriePictureSize size;
  CoterieSceneStyle style;
  char *activation_class;
  gboolean transparent;
  gboolean legend;
} CoteriePictureOptions;

gboolean coterie_picture_options_parse (CoteriePictureOptions *options,
                                        int argc,
                                        char **argv,
                                        GError **error);
void coterie_picture_options_clear (CoteriePictureOptions *options);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoteriePictureOptions, coterie_picture_options_clear)

G_END_DECLS
