/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * CoterieJsonWriter:
 * @text: what has been written so far
 * @depth: open objects and arrays
 * @needs_comma: whether the next value or name follows another
 *
 * Writes JSON as it goes; start with coterie_json_writer_init().
 */
typedef struct {
  GString *text;
  guint depth;
  gboolean needs_comma;
} CoterieJsonWriter;

void coterie_json_writer_init (CoterieJsonWriter *writer);
void coterie_json_writer_clear (CoterieJsonWriter *writer);
void coterie_json_writer_begin (CoterieJsonWriter *writer, const char *name, char bracket);
void coterie_json_writer_end (CoterieJsonWriter *writer, char bracket);
void coterie_json_writer_add_integer (CoterieJsonWriter *writer, const char *name, gint64 value);
void coterie_json_writer_add_number (CoterieJsonWriter *writer, const char *name, double value);
void coterie_json_writer_add_null (CoterieJsonWriter *writer, const char *name);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieJsonWriter, coterie_json_writer_clear)

G_END_DECLS
