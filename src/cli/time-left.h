/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *coterie_time_left_describe (double seconds_left);

G_END_DECLS
