/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "core/base/parallel.h"
#include "draw/scene/gl-renderer.h"
#include "draw/scene/scene.h"

G_BEGIN_DECLS

/**
 * CoterieOffscreen:
 *
 * An OpenGL context without window and display, and a renderer in it.
 */
typedef struct _CoterieOffscreen CoterieOffscreen;

/**
 * CoterieOffscreenApi:
 * @COTERIE_OFFSCREEN_ANY: OpenGL, or OpenGL ES where there is nothing else
 * @COTERIE_OFFSCREEN_ES: OpenGL ES
 *
 * Which OpenGL a context is of.
 */
typedef enum {
  COTERIE_OFFSCREEN_ANY,
  COTERIE_OFFSCREEN_ES,
} CoterieOffscreenApi;

CoterieOffscreen *coterie_offscreen_new (CoterieGlEdges edges, GError **error);
CoterieOffscreen *
coterie_offscreen_new_for_api (CoterieGlEdges edges, CoterieOffscreenApi api, GError **error);
void coterie_offscreen_free (CoterieOffscreen *offscreen);
const char *coterie_offscreen_get_device (CoterieOffscreen *offscreen);
gboolean coterie_offscreen_make_current (CoterieOffscreen *offscreen, GError **error);
void coterie_offscreen_release_current (CoterieOffscreen *offscreen);
cairo_surface_t *coterie_offscreen_draw (CoterieOffscreen *offscreen,
                                         CoterieDrawing *drawing,
                                         const CoterieDrawingView *view,
                                         GError **error);
cairo_surface_t *coterie_scene_render_to_surface (CoterieScene *scene,
                                                  const CoterieDrawingView *view,
                                                  CoteriePool *pool);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieOffscreen, coterie_offscreen_free)

G_END_DECLS
