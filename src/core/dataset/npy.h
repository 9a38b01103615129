/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/byte-source.h"

G_BEGIN_DECLS

#define COTERIE_NPY_MAX_DIMS 32

/**
 * CoterieNpyKind:
 * @COTERIE_NPY_FLOAT: f4, f8
 * @COTERIE_NPY_SIGNED: i1, i2, i4, i8
 * @COTERIE_NPY_UNSIGNED: u1, u2, u4, u8, and truth values
 */
typedef enum {
  COTERIE_NPY_FLOAT,
  COTERIE_NPY_SIGNED,
  COTERIE_NPY_UNSIGNED,
} CoterieNpyKind;

/**
 * CoterieNpy:
 *
 * An array from a NumPy file, in C order. Immutable.
 */
typedef struct _CoterieNpy CoterieNpy;

CoterieNpy *coterie_npy_load (const char *path, GError **error);
CoterieNpy *coterie_npy_load_from (CoterieByteSource *source,
                                   const char *display_name,
                                   GCancellable *cancellable,
                                   GError **error);
void coterie_npy_free (CoterieNpy *npy);

const char *coterie_npy_get_display_name (const CoterieNpy *npy);
CoterieNpyKind coterie_npy_get_kind (const CoterieNpy *npy);
guint coterie_npy_get_n_dims (const CoterieNpy *npy);
const gsize *coterie_npy_get_shape (const CoterieNpy *npy);
gsize coterie_npy_get_n_values (const CoterieNpy *npy);
double coterie_npy_get_value (const CoterieNpy *npy, gsize index);
const guint8 *coterie_npy_get_bytes (const CoterieNpy *npy);
float *coterie_npy_dup_floats (const CoterieNpy *npy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieNpy, coterie_npy_free)

G_END_DECLS
