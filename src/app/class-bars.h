/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "draw/palette.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_CLASS_BARS (coterie_class_bars_get_type ())
G_DECLARE_FINAL_TYPE (CoterieClassBars, coterie_class_bars, COTERIE, CLASS_BARS, GtkWidget)

void coterie_class_bars_show (CoterieClassBars *self,
                              const double *values,
                              const gboolean *lit,
                              const char *const *names,
                              guint n_classes,
                              CoterieColor color);

G_END_DECLS
