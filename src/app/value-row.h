/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define COTERIE_TYPE_VALUE_ROW (coterie_value_row_get_type ())
G_DECLARE_FINAL_TYPE (CoterieValueRow, coterie_value_row, COTERIE, VALUE_ROW, AdwActionRow)

G_END_DECLS
