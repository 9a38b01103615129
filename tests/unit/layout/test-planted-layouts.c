/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layouts of sequences in which communities merge, split, are born and die. What a sequence is worth:
 * how far neurons move from frame to frame, and how far communities are apart. */

#include <math.h>

#include "../analysis/sequences.h"
#include "core/layout/layout-measures.h"
#include "core/layout/layout-sequence.h"

#define N_NODES TEST_SEQUENCE_N_NODES
#define N_FRAMES TEST_SEQUENCE_N_FRAMES

/* What an observer may ask for, of the radius and of the distance between communities. */
#define MAX_MOVE 0.07
#define MAX_SEPARATION 0.35

typedef struct {
  double move;
  double separation;
  double last_separation;
} Worth;

typedef struct {
  CoterieGraph *graphs[N_FRAMES];
  guint32 communities[N_FRAMES][N_NODES];
  guint32 neurons[N_NODES];
} Frames;

/* No edge of one frame depends on those of another. */
static Frames *
draw_frames (void)
{
  Frames *frames = g_new (Frames, 1);

  for (guint frame = 0; frame < N_FRAMES; frame++) {
    test_sequence_plant (frame, frames->communities[frame]);
    frames->graphs[frame] =
        test_sequence_draw (frames->communities[frame], 9000, 0.25, 100 + frame);
  }
  for (guint v = 0; v < N_NODES; v++)
    frames->neurons[v] = v;
  return frames;
}

static void
free_frames (Frames *frames)
{
  for (guint frame = 0; frame < N_FRAMES; frame++)
    coterie_graph_unref (frames->graphs[frame]);
  g_free (frames);
}

static void
prepare (CoterieLayoutSequence *sequence, Frames *frames)
{
  g_autoptr (CoterieGraphSum) sum = coterie_graph_sum_new ();

  for (guint frame = 0; frame < N_FRAMES; frame++)
    coterie_graph_sum_add (sum, frames->graphs[frame], frames->neurons);
  g_assert_true (coterie_layout_sequence_prepare (sequence, sum, NULL, NULL, NULL));
}

static Worth
lay_out (Frames *frames, CoterieLayoutMode mode, gboolean prepared)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);
  CoterieForceSettings settings;
  g_autoptr (CoterieLayoutSequence) sequence = NULL;
  double old[2 * N_NODES], positions[2 * N_NODES];
  Worth worth = {0.0};

  coterie_force_settings_init (&settings);
  sequence = coterie_layout_sequence_new (&settings, 5, pool);
  coterie_layout_sequence_set_mode (sequence, mode);
  if (prepared)
    prepare (sequence, frames);
  for (guint frame = 0; frame < N_FRAMES; frame++) {
    float placed[2 * N_NODES];

    g_assert_true (coterie_layout_sequence_place (sequence, frames->graphs[frame], frames->neurons,
                                                  placed, NULL, NULL, NULL));
    for (guint i = 0; i < 2 * N_NODES; i++)
      positions[i] = (double) placed[i];
    worth.last_separation =
        coterie_layout_measure_separation (positions, frames->communities[frame], N_NODES);
    worth.separation += worth.last_separation / N_FRAMES;
    if (frame > 0)
      worth.move += coterie_layout_measure_move (old, frames->neurons, N_NODES, positions,
                                                 frames->neurons, N_NODES) /
                    (N_FRAMES - 1);
    memcpy (old, positions, sizeof old);
  }
  return worth;
}

static void
test_anchored_keeps_still_and_apart (void)
{
  Frames *frames = draw_frames ();

  for (guint prepared = 0; prepared < 2; prepared++) {
    Worth worth = lay_out (frames, COTERIE_LAYOUT_MODE_ANCHORED, prepared == 1);

    g_assert_cmpfloat (worth.move, <=, MAX_MOVE);
    g_assert_cmpfloat (worth.move, >, 0.01);
    g_assert_cmpfloat (worth.separation, <=, MAX_SEPARATION);
    g_assert_cmpfloat (worth.last_separation, <=, MAX_SEPARATION);
  }
  free_frames (frames);
}

static void
test_free_moves_more (void)
{
  Frames *frames = draw_frames ();
  Worth worth = lay_out (frames, COTERIE_LAYOUT_MODE_FREE, FALSE);

  g_assert_cmpfloat (worth.move, >, 2.0 * MAX_MOVE);
  g_assert_cmpfloat (worth.separation, <=, MAX_SEPARATION);
  free_frames (frames);
}

static void
test_fixed_does_not_move (void)
{
  Frames *frames = draw_frames ();
  Worth worth = lay_out (frames, COTERIE_LAYOUT_MODE_FIXED, TRUE);
  Worth unprepared = lay_out (frames, COTERIE_LAYOUT_MODE_FIXED, FALSE);

  g_assert_cmpfloat (worth.move, ==, 0.0);
  g_assert_cmpfloat (unprepared.move, ==, 0.0);
  /* What is known of all frames pays. */
  g_assert_cmpfloat (worth.separation, <, 0.9 * unprepared.separation);
  free_frames (frames);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/layout/planted/anchored-keeps-still-and-apart",
                   test_anchored_keeps_still_and_apart);
  g_test_add_func ("/layout/planted/free-moves-more", test_free_moves_more);
  g_test_add_func ("/layout/planted/fixed-does-not-move", test_fixed_does_not_move);
  return g_test_run ();
}
