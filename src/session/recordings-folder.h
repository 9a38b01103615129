/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *coterie_recordings_folder_propose (const char *dataset_name, GError **error);

G_END_DECLS
