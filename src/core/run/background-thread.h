/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void coterie_background_thread_give_way (void);

G_END_DECLS
