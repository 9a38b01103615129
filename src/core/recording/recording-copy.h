/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/progress.h"
#include <gio/gio.h>

G_BEGIN_DECLS

gboolean coterie_recording_copy (const char *path,
                                 const char *output,
                                 CoterieProgress *progress,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
