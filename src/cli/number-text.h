/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean coterie_number_text_parse_whole (const char *text, guint64 most, guint64 *value);
gboolean coterie_number_text_parse_real (const char *text, double *value);

G_END_DECLS
