/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

float *coterie_float_array_new (gsize n_values);
void coterie_float_array_free (float *values);

G_END_DECLS
