/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void coterie_standard_output_put (const char *text);
void coterie_standard_output_print (const char *text);
gboolean coterie_standard_output_is_complete (void);

G_END_DECLS
