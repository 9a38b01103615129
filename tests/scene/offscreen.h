/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "draw/scene/gl-renderer.h"

G_BEGIN_DECLS

/**
 * Offscreen:
 *
 * An OpenGL context without window and display, and a renderer in it.
 */
typedef struct _Offscreen Offscreen;

/**
 * OffscreenApi:
 * @OFFSCREEN_ANY: OpenGL, or OpenGL ES where there is nothing else
 * @OFFSCREEN_ES: OpenGL ES
 *
 * Which OpenGL a context is of.
 */
typedef enum {
  OFFSCREEN_ANY,
  OFFSCREEN_ES,
} OffscreenApi;

Offscreen *offscreen_new (CoterieGlEdges edges, GError **error);
Offscreen *offscreen_new_for_api (CoterieGlEdges edges, OffscreenApi api, GError **error);
void offscreen_free (Offscreen *offscreen);
const char *offscreen_get_device (Offscreen *offscreen);
gboolean offscreen_make_current (Offscreen *offscreen, GError **error);
void offscreen_release_current (Offscreen *offscreen);
cairo_surface_t *offscreen_draw (Offscreen *offscreen,
                                 CoterieDrawing *drawing,
                                 const CoterieDrawingView *view,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Offscreen, offscreen_free)

G_END_DECLS
