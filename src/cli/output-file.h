/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What --force is said to be good for, by every command that has it. */
#define COTERIE_OUTPUT_FILE_FORCE N_ ("Replace the file if it is there already")

gboolean coterie_output_file_check (const char *path,
                                    gboolean force,
                                    const char *const *inputs,
                                    GError **error);
gboolean coterie_output_file_write (const char *path,
                                    gboolean force,
                                    const char *const *inputs,
                                    const char *data,
                                    gsize n_bytes,
                                    GError **error);

G_END_DECLS
