/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/recording/frame.h"

G_BEGIN_DECLS

CoterieFrame *coterie_borrowed_identities_apply (const CoterieFrame *frame,
                                                 const CoterieFrame *recorded);

G_END_DECLS
