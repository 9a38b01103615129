/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean coterie_dataset_choice_resolve (char **dataset, gboolean may_download, GError **error);

G_END_DECLS
