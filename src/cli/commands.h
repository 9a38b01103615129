/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The commands of coterie-cli. Each takes its own arguments, with argv[0] its name, and returns the
 * exit status: 0 if it did what was asked, 1 if it could not, 2 if it was asked in a wrong way. */

int coterie_command_train (int argc, char **argv);
int coterie_command_datasets (int argc, char **argv);
int coterie_command_analyze (int argc, char **argv);
int coterie_command_layout (int argc, char **argv);
int coterie_command_info (int argc, char **argv);
int coterie_command_metrics (int argc, char **argv);
int coterie_command_picture (int argc, char **argv);
int coterie_command_correlate (int argc, char **argv);
int coterie_command_tables (int argc, char **argv);

G_END_DECLS
