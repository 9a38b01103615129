/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean coterie_run_output_check (const char *output, GError **error);

G_END_DECLS
