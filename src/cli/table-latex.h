/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *coterie_table_latex_new (GPtrArray *grids, gboolean fragment);

G_END_DECLS
