/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *coterie_table_csv_new (GPtrArray *tables, GPtrArray *runs);
char *coterie_table_json_new (GPtrArray *tables, GPtrArray *runs);

G_END_DECLS
