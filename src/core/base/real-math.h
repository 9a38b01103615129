/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

double coterie_exp (double x);
double coterie_log (double x);

G_END_DECLS
