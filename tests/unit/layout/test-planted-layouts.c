/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layouts of sequences in which communities merge, split, are born and die. What a sequence is worth:
 * how far neurons move from frame to frame, and how far communities are apart. */

#include <math.h>

#include "../analysis/sequences.h"
#include "core/layout/layout-measures.h"
#include "core/layout/layout-sequence.h"
#include "core/layout/layout-series.h"

#define N_NODES TEST_SEQUENCE_N_NODES
#define N_FRAMES TEST_SEQUENCE_N_FRAMES

/* Enough where it does not matter how many there are. */
#define N_FEW 5

/* What an observer may ask for, of the radius and of the distance between communities. */
#define MAX_MOVE 0.07
#define MAX_SEPARATION 0.35

/* By how many degrees a layout may turn when one of its neurons is pinned elsewhere. */
#define MAX_TURN 5.0

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

static gboolean
load_frame (guint index, CoterieGraph **graph, guint32 **neurons, gpointer data, GError **error)
{
  Frames *frames = data;

  *graph = coterie_graph_ref (frames->graphs[index]);
  *neurons = g_memdup2 (frames->neurons, sizeof frames->neurons);
  return TRUE;
}

static void
place_series (Frames *frames,
              guint n_frames,
              CoterieLayoutMode mode,
              const CoteriePin *pins,
              guint n_pins,
              guint n_threads,
              float **positions)
{
  const CoterieLayoutSeries series = {n_frames, load_frame, frames, 1};
  g_autoptr (CoteriePool) pool = coterie_pool_new (n_threads);
  g_autoptr (GError) error = NULL;
  CoterieLayoutSettings settings;

  coterie_layout_settings_init (&settings);
  settings.mode = mode;
  g_assert_true (coterie_layout_series_place (&series, &settings, pins, n_pins, positions, pool,
                                              NULL, NULL, &error));
  g_assert_no_error (error);
}

static void
free_positions (float **positions, guint n_frames)
{
  for (guint frame = 0; frame < n_frames; frame++)
    g_free (positions[frame]);
}

static Worth
measure_series (const Frames *frames, float *const positions[N_FRAMES])
{
  double old[2 * N_NODES], places[2 * N_NODES];
  Worth worth = {0.0};

  for (guint frame = 0; frame < N_FRAMES; frame++) {
    for (guint i = 0; i < 2 * N_NODES; i++)
      places[i] = (double) positions[frame][i];
    worth.last_separation =
        coterie_layout_measure_separation (places, frames->communities[frame], N_NODES);
    worth.separation += worth.last_separation / N_FRAMES;
    if (frame > 0)
      worth.move += coterie_layout_measure_move (old, frames->neurons, N_NODES, places,
                                                 frames->neurons, N_NODES) /
                    (N_FRAMES - 1);
    memcpy (old, places, sizeof old);
  }
  return worth;
}

/* All frames known: hardly farther apart than if nothing were held at all. */
static void
test_series_keeps_still_and_apart (void)
{
  Frames *frames = draw_frames ();
  float *positions[N_FRAMES], *again[N_FRAMES];
  Worth worth;

  place_series (frames, N_FRAMES, COTERIE_LAYOUT_MODE_ANCHORED, NULL, 0, 2, positions);
  worth = measure_series (frames, positions);
  g_assert_cmpfloat (worth.move, <=, MAX_MOVE);
  g_assert_cmpfloat (worth.move, >, 0.01);
  g_assert_cmpfloat (worth.separation, <=, 0.3);
  g_assert_cmpfloat (worth.last_separation, <=, 0.3);

  place_series (frames, N_FRAMES, COTERIE_LAYOUT_MODE_ANCHORED, NULL, 0, 1, again);
  for (guint frame = 0; frame < N_FRAMES; frame++)
    g_assert_cmpmem (positions[frame], sizeof (float[2 * N_NODES]), again[frame],
                     sizeof (float[2 * N_NODES]));
  free_positions (positions, N_FRAMES);
  free_positions (again, N_FRAMES);
  free_frames (frames);
}

/* Who watched the graphs as they came, each laid out when those after it were not known, finds everything
 * about where it was when all are laid out together. */
static void
test_series_looks_like_the_sequence (void)
{
  Frames *frames = draw_frames ();
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);
  CoterieLayoutSettings settings;
  g_autoptr (CoterieLayoutSequence) sequence = NULL;
  float *positions[N_FRAMES], watched[2 * N_NODES];
  double way = 0.0, square = 0.0;

  coterie_layout_settings_init (&settings);
  sequence = coterie_layout_sequence_new (&settings.force, settings.seed, pool);
  for (guint frame = 0; frame < N_FRAMES; frame++)
    g_assert_true (coterie_layout_sequence_place (sequence, frames->graphs[frame], frames->neurons,
                                                  watched, NULL, NULL, NULL));
  place_series (frames, N_FRAMES, COTERIE_LAYOUT_MODE_ANCHORED, NULL, 0, 2, positions);
  for (guint v = 0; v < N_NODES; v++) {
    const float *place = &positions[N_FRAMES - 1][2 * v];

    way += hypot ((double) (place[0] - watched[2 * v]), (double) (place[1] - watched[2 * v + 1]));
    square += (double) (watched[2 * v] * watched[2 * v] + watched[2 * v + 1] * watched[2 * v + 1]);
  }
  /* Within communities neurons may change places; two layouts that have nothing to do with each other are
   * more than 1 apart. */
  g_assert_cmpfloat (way / N_NODES, <=, 0.7 * sqrt (square / N_NODES));
  free_positions (positions, N_FRAMES);
  free_frames (frames);
}

static void
test_series_obeys_its_mode (void)
{
  Frames *frames = draw_frames ();
  float *positions[N_FRAMES];
  Worth worth;

  place_series (frames, N_FRAMES, COTERIE_LAYOUT_MODE_FREE, NULL, 0, 2, positions);
  worth = measure_series (frames, positions);
  g_assert_cmpfloat (worth.move, >, 2.0 * MAX_MOVE);
  g_assert_cmpfloat (worth.separation, <=, MAX_SEPARATION);
  free_positions (positions, N_FRAMES);

  place_series (frames, N_FRAMES, COTERIE_LAYOUT_MODE_FIXED, NULL, 0, 2, positions);
  worth = measure_series (frames, positions);
  g_assert_cmpfloat (worth.move, ==, 0.0);
  g_assert_cmpfloat (worth.separation, <, 0.6);
  free_positions (positions, N_FRAMES);
  free_frames (frames);
}

static void
test_pinned_neurons_stay_put (void)
{
  const CoterieLayoutMode modes[] = {COTERIE_LAYOUT_MODE_FREE, COTERIE_LAYOUT_MODE_ANCHORED,
                                     COTERIE_LAYOUT_MODE_FIXED};
  /* The first is of another layer. */
  const CoteriePin pins[] = {{1, 5, 400.0, 1.0}, {2, 3, 1.5, 2.5}};
  Frames *frames = draw_frames ();
  float *positions[N_FEW];

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    place_series (frames, N_FEW, modes[i], pins, 2, 2, positions);
    for (guint frame = 0; frame < N_FEW; frame++) {
      g_assert_cmpfloat (positions[frame][10], ==, 400.0f);
      g_assert_cmpfloat (positions[frame][11], ==, 1.0f);
      g_assert_cmpfloat (positions[frame][6], !=, 1.5f);
    }
    free_positions (positions, N_FEW);
  }
  free_frames (frames);
}

/* Half of a community, pinned on the other side: the rest of it follows. */
static void
test_others_arrange_themselves_about_pins (void)
{
  Frames *frames = draw_frames ();
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (CoteriePin));
  float *before[N_FEW], *after[N_FEW];
  double far = 0.0;
  guint others = 0;

  place_series (frames, N_FEW, COTERIE_LAYOUT_MODE_ANCHORED, NULL, 0, 2, before);
  for (guint32 v = 0; v < N_NODES; v++) {
    CoteriePin pin = {1, v, -(double) before[0][2 * v], -(double) before[0][2 * v + 1]};

    if (frames->communities[0][v] != 0)
      continue;
    if (others++ % 2 == 0)
      g_array_append_val (pins, pin);
  }
  place_series (frames, N_FEW, COTERIE_LAYOUT_MODE_ANCHORED, (const CoteriePin *) pins->data,
                pins->len, 2, after);
  others = 0;
  for (guint32 v = 0; v < N_NODES; v++) {
    if (frames->communities[0][v] != 0)
      continue;
    if (others++ % 2 == 0)
      continue;
    far += hypot ((double) (after[0][2 * v] + before[0][2 * v]),
                  (double) (after[0][2 * v + 1] + before[0][2 * v + 1])) /
           hypot ((double) before[0][2 * v], (double) before[0][2 * v + 1]);
  }
  /* Nearer to where the pinned half is than to where they were, which is 2 away. */
  g_assert_cmpfloat (far / (others / 2), <, 1.0);
  free_positions (before, N_FEW);
  free_positions (after, N_FEW);
  free_frames (frames);
}

/* By how much the nodes of @after but one have turned against @before about the middle, on the whole, in
 * degrees: the angle that brings one as near to the other as may be. */
static double
measure_turn (const float *before, const float *after, guint pinned)
{
  double along = 0.0, across = 0.0;

  for (guint v = 0; v < N_NODES; v++) {
    double x = (double) before[2 * v], y = (double) before[2 * v + 1];

    if (v == pinned)
      continue;
    along += x * (double) after[2 * v] + y * (double) after[2 * v + 1];
    across += x * (double) after[2 * v + 1] - y * (double) after[2 * v];
  }
  return fabs (atan2 (across, along)) * 180.0 / G_PI;
}

/* A neuron that is dragged far off, a quarter round from where it was: its edges pull at the others, which
 * would otherwise come round until they are on its side. */
static void
test_pins_leave_the_others_upright (void)
{
  const CoterieLayoutMode modes[] = {COTERIE_LAYOUT_MODE_FREE, COTERIE_LAYOUT_MODE_ANCHORED,
                                     COTERIE_LAYOUT_MODE_FIXED};
  Frames *frames = draw_frames ();
  float *before[N_FRAMES], *after[N_FRAMES];

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    CoteriePin pin = {.layer = 1, .neuron = 7};

    place_series (frames, N_FRAMES, modes[i], NULL, 0, 2, before);
    pin.x = -3.0 * (double) before[N_FRAMES - 1][15];
    pin.y = 3.0 * (double) before[N_FRAMES - 1][14];
    place_series (frames, N_FRAMES, modes[i], &pin, 1, 2, after);
    for (guint frame = 0; frame < N_FRAMES; frame++)
      g_test_message ("mode %u, frame %u: turned by %.1f degrees", i, frame,
                      measure_turn (before[frame], after[frame], pin.neuron));
    for (guint frame = 0; frame < N_FRAMES; frame++)
      g_assert_cmpfloat (measure_turn (before[frame], after[frame], pin.neuron), <=, MAX_TURN);
    free_positions (before, N_FRAMES);
    free_positions (after, N_FRAMES);
  }
  free_frames (frames);
}

/* How far the nodes but one are from where they were, at the mean and at the most, of the radius. */
static void
measure_moves (const float *before, const float *after, guint pinned, double *mean, double *most)
{
  double square = 0.0;

  *mean = *most = 0.0;
  for (guint v = 0; v < N_NODES; v++) {
    double x = (double) before[2 * v], y = (double) before[2 * v + 1];
    double way = hypot ((double) after[2 * v] - x, (double) after[2 * v + 1] - y);

    square += x * x + y * y;
    if (v == pinned)
      continue;
    *mean += way / N_NODES;
    *most = fmax (*most, way);
  }
  *mean /= sqrt (square / N_NODES);
  *most /= sqrt (square / N_NODES);
}

/* A neuron that is pinned where it is, and one that is dragged far off. */
static void
test_pins_leave_the_others_alone (void)
{
  const CoterieLayoutMode modes[] = {COTERIE_LAYOUT_MODE_FREE, COTERIE_LAYOUT_MODE_ANCHORED};
  Frames *frames = draw_frames ();
  float *before[N_FEW], *after[N_FEW];

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    place_series (frames, N_FEW, modes[i], NULL, 0, 2, before);
    for (guint far = 0; far < 2; far++) {
      CoteriePin pin = {.layer = 1, .neuron = 7};
      double mean, most;

      pin.x = (far ? -3.0 : 1.0) * (double) before[N_FEW - 1][14];
      pin.y = (far ? -3.0 : 1.0) * (double) before[N_FEW - 1][15];
      place_series (frames, N_FEW, modes[i], &pin, 1, 2, after);
      measure_moves (before[N_FEW - 1], after[N_FEW - 1], pin.neuron, &mean, &most);
      g_test_message ("mode %u, far %u: moved by %.4f, %.4f at the most", modes[i], far, mean,
                      most);
      g_assert_cmpfloat (mean, <=, far ? 0.05 : 0.005);
      g_assert_cmpfloat (most, <=, far ? 0.2 : 0.05);
      free_positions (after, N_FEW);
    }
    free_positions (before, N_FEW);
  }
  free_frames (frames);
}

static gboolean
load_nothing (guint index, CoterieGraph **graph, guint32 **neurons, gpointer data, GError **error)
{
  *graph = coterie_graph_new (index % 2, NULL, 0);
  *neurons = g_new0 (guint32, 1);
  return TRUE;
}

static void
test_series_may_have_nothing (void)
{
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  CoterieLayoutSettings settings;
  float *positions[3];

  coterie_layout_settings_init (&settings);
  for (guint n = 0; n <= 3; n++) {
    const CoterieLayoutSeries series = {n, load_nothing, NULL, 1};
    g_autoptr (GError) error = NULL;

    g_assert_true (coterie_layout_series_place (&series, &settings, NULL, 0, positions, pool, NULL,
                                                NULL, &error));
    g_assert_no_error (error);
    for (guint i = 0; i < n; i++) {
      if (i == 1)
        g_assert_true (isfinite (positions[i][0]) && isfinite (positions[i][1]));
      g_free (positions[i]);
    }
  }
}

/* As where a training diverges: one graph has nothing in it. */
static gboolean
load_with_gap (guint index, CoterieGraph **graph, guint32 **neurons, gpointer data, GError **error)
{
  if (index != 2)
    return load_frame (index, graph, neurons, data, error);
  *graph = coterie_graph_new (0, NULL, 0);
  *neurons = NULL;
  return TRUE;
}

static void
test_series_may_have_gaps (void)
{
  Frames *frames = draw_frames ();
  const CoterieLayoutSeries series = {N_FEW, load_with_gap, frames, 1};
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);
  g_autoptr (CoterieProgress) progress = coterie_progress_new ();
  CoterieLayoutSettings settings;
  float *positions[N_FEW];

  coterie_layout_settings_init (&settings);
  g_assert_true (coterie_layout_series_place (&series, &settings, NULL, 0, positions, pool,
                                              progress, NULL, NULL));
  for (guint frame = 0; frame < N_FEW; frame++)
    for (guint i = 0; i < 2 * N_NODES && frame != 2; i++)
      g_assert_true (isfinite (positions[frame][i]));
  g_assert_cmpfloat (coterie_progress_get_fraction (progress), >, 0.9);
  g_assert_cmpfloat (coterie_progress_get_fraction (progress), <=, 1.0);
  free_positions (positions, N_FEW);
  free_frames (frames);
}

static gboolean
fail_to_load (guint index, CoterieGraph **graph, guint32 **neurons, gpointer data, GError **error)
{
  guint *n_loaded = data;

  if ((*n_loaded)++ < 5)
    return load_nothing (1, graph, neurons, NULL, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "gone");
  return FALSE;
}

static void
test_series_passes_errors_on (void)
{
  guint n_loaded = 0;
  const CoterieLayoutSeries series = {4, fail_to_load, &n_loaded, 1};
  g_autoptr (CoteriePool) pool = coterie_pool_new (1);
  g_autoptr (GError) error = NULL;
  CoterieLayoutSettings settings;
  float *positions[4];

  coterie_layout_settings_init (&settings);
  g_assert_false (coterie_layout_series_place (&series, &settings, NULL, 0, positions, pool, NULL,
                                               NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

static void
test_discs_part_on_request (void)
{
  Frames *frames = draw_frames ();
  const CoterieLayoutSeries series = {3, load_frame, frames, 1};
  g_autoptr (CoteriePool) pool = coterie_pool_new (2);
  CoterieLayoutSettings settings;
  double nearest[2] = {G_MAXDOUBLE, G_MAXDOUBLE};

  coterie_layout_settings_init (&settings);
  for (guint prevented = 0; prevented < 2; prevented++) {
    float *positions[3];

    settings.force.prevent_overlap = prevented == 1;
    g_assert_true (coterie_layout_series_place (&series, &settings, NULL, 0, positions, pool, NULL,
                                                NULL, NULL));
    for (guint v = 0; v < N_NODES; v++)
      for (guint w = 0; w < v; w++)
        nearest[prevented] =
            MIN (nearest[prevented],
                 hypot ((double) (positions[2][2 * v] - positions[2][2 * w]),
                        (double) (positions[2][2 * v + 1] - positions[2][2 * w + 1])));
    for (guint i = 0; i < 3; i++)
      g_free (positions[i]);
  }
  g_assert_cmpfloat (nearest[1], >, 1.5 * nearest[0]);
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
  g_test_add_func ("/layout/planted/series-keeps-still-and-apart",
                   test_series_keeps_still_and_apart);
  g_test_add_func ("/layout/planted/series-looks-like-the-sequence",
                   test_series_looks_like_the_sequence);
  g_test_add_func ("/layout/planted/series-obeys-its-mode", test_series_obeys_its_mode);
  g_test_add_func ("/layout/planted/pinned-neurons-stay-put", test_pinned_neurons_stay_put);
  g_test_add_func ("/layout/planted/others-arrange-themselves-about-pins",
                   test_others_arrange_themselves_about_pins);
  g_test_add_func ("/layout/planted/pins-leave-the-others-alone", test_pins_leave_the_others_alone);
  g_test_add_func ("/layout/planted/pins-leave-the-others-upright",
                   test_pins_leave_the_others_upright);
  g_test_add_func ("/layout/planted/series-may-have-nothing", test_series_may_have_nothing);
  g_test_add_func ("/layout/planted/series-may-have-gaps", test_series_may_have_gaps);
  g_test_add_func ("/layout/planted/series-passes-errors-on", test_series_passes_errors_on);
  g_test_add_func ("/layout/planted/discs-part-on-request", test_discs_part_on_request);
  return g_test_run ();
}
