/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/run-info.h"
#include <gio/gio.h>

G_BEGIN_DECLS

gboolean coterie_reanalysis_write (const char *recording,
                                   const CoterieAnalysisSettings *settings,
                                   GPtrArray *frames,
                                   const char *output,
                                   gboolean replace,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
