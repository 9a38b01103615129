/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean coterie_run_output_check (const char *output, GError **error);
gboolean coterie_run_output_check_folder (const char *output, GError **error);
gboolean coterie_run_output_is_same_file (const char *path, const char *other);
guint64 coterie_run_output_get_free_bytes (const char *output);

G_END_DECLS
