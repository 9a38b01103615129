/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *coterie_count_to_text (guint64 count);

G_END_DECLS
