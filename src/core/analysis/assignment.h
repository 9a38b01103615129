/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a row that gets no column is assigned to. */
#define COTERIE_ASSIGNMENT_NONE G_MAXUINT

void
coterie_assignment_compute (const double *gains, guint n_rows, guint n_columns, guint *assigned);

G_END_DECLS
