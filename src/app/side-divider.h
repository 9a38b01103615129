/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _CoterieSideDivider CoterieSideDivider;

CoterieSideDivider *coterie_side_divider_new (GtkPaned *paned);
void coterie_side_divider_free (CoterieSideDivider *self);

G_END_DECLS
