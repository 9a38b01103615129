/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define COTERIE_TYPE_APPLICATION (coterie_application_get_type ())
G_DECLARE_FINAL_TYPE (CoterieApplication, coterie_application, COTERIE, APPLICATION, AdwApplication)

CoterieApplication *coterie_application_new (void);

G_END_DECLS
