/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

void coterie_json_begin_object (JsonBuilder *builder, const char *name);
void coterie_json_begin_array (JsonBuilder *builder, const char *name);
void coterie_json_add_whole (JsonBuilder *builder, const char *name, guint64 value);
void coterie_json_add_real (JsonBuilder *builder, const char *name, double value);
void coterie_json_add_wholes (JsonBuilder *builder,
                              const char *name,
                              const guint32 *values,
                              gsize n_values);
void coterie_json_add_reals (JsonBuilder *builder,
                             const char *name,
                             const double *values,
                             gsize n_values);
void coterie_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value);
void coterie_json_add_text (JsonBuilder *builder, const char *name, const char *value);
char *coterie_json_to_text (JsonBuilder *builder, gboolean pretty);

G_END_DECLS
