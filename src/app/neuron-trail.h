/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/session.h"

G_BEGIN_DECLS

GArray *
coterie_neuron_trail_new (CoterieSession *session, guint64 key, guint shown, gboolean *ended);

G_END_DECLS
