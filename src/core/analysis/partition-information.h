/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double coterie_partition_information_compute (const guint32 *membership,
                                              const guint32 *other,
                                              guint n_nodes);

G_END_DECLS
