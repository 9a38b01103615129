/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"

G_BEGIN_DECLS

char *coterie_info_events_new (GPtrArray *frames);

G_END_DECLS
