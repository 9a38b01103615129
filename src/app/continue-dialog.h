/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/session.h"
#include <adwaita.h>

G_BEGIN_DECLS

void coterie_ask_for_continuation (GtkWindow *parent, CoterieSession *session, const char *source);

G_END_DECLS
