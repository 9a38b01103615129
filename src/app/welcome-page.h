/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define COTERIE_TYPE_WELCOME_PAGE (coterie_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (CoterieWelcomePage, coterie_welcome_page, COTERIE, WELCOME_PAGE, GtkWidget)

G_END_DECLS
