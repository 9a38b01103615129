/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Exit statuses of every command. */
#define COTERIE_EXIT_DONE 0
#define COTERIE_EXIT_FAILED 1
#define COTERIE_EXIT_MISUSED 2
