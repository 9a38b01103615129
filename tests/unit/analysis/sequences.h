/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/graph.h"

#define TEST_SEQUENCE_N_NODES 600
#define TEST_SEQUENCE_N_FRAMES 20

/* The frames in which something happens, and what communities it happens to. */
#define TEST_SEQUENCE_MERGER 5 /* 1 goes into 0 */
#define TEST_SEQUENCE_SPLIT 9  /* half of 2 becomes 6 */
#define TEST_SEQUENCE_BIRTH 12 /* 7, out of parts of 3, 4 and 5 */
#define TEST_SEQUENCE_DEATH 16 /* of 7 */

void test_sequence_plant (guint frame, guint32 *communities);
CoterieGraph *
test_sequence_draw (const guint32 *communities, guint n_edges, double mixing, guint64 seed);
