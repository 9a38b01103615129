/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *coterie_table_text_new (GPtrArray *grids, GPtrArray *settings);
char *coterie_table_markdown_new (GPtrArray *grids, GPtrArray *settings);

G_END_DECLS
