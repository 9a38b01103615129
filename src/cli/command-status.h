/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Exit statuses of every command. */
#define COTERIE_EXIT_DONE 0
#define COTERIE_EXIT_FAILED 1
#define COTERIE_EXIT_MISUSED 2

int coterie_command_fail (const GError *error);
int coterie_command_misuse (const GError *error);
gboolean coterie_command_takes_no_more (int argc, char **argv, GError **error);

G_END_DECLS
