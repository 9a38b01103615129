/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean coterie_number_text_parse_whole (const char *text, guint64 most, guint64 *value);
gboolean coterie_number_text_parse_real (const char *text, double *value);

gboolean coterie_number_text_read_whole (
    const char *text, guint64 least, guint64 most, guint64 *value, GError **error);
gboolean coterie_number_text_read_uint (
    const char *text, guint least, guint most, guint *value, GError **error);
gboolean coterie_number_text_read_real (
    const char *text, double least, double most, double *value, GError **error);
gboolean
coterie_number_text_read_positive (const char *text, double most, double *value, GError **error);
gboolean coterie_number_text_read_share (
    const char *text, gboolean may_be_zero, double most, double *value, GError **error);

G_END_DECLS
