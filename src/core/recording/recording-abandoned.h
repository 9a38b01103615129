/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean coterie_recording_is_abandoned (const char *path);

G_END_DECLS
