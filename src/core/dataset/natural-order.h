/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

int coterie_natural_order_compare (const char *a, const char *b);
int coterie_natural_order_compare_pointers (gconstpointer a, gconstpointer b);

G_END_DECLS
