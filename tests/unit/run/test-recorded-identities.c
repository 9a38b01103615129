/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A frame is written as a line for each layer: a digit for each neuron, which is the identity of its
 * community, a dash for one whose community is not followed, a dot for one that is no node. */

#include "core/run/recorded-identities.h"

#define MAX_FRAMES 4
#define N_LAYERS 2

/* All communities of ten identities, and those that are not followed last. */
#define N_COMMUNITIES 11

typedef struct {
  const char *lines[MAX_FRAMES]; /* of the first layer, as many as there are */
  const char *second;            /* the second layer, in every frame; NULL without nodes */
} Sequence;

static CoterieLayerAnalysis *
make_analysis (guint number, const char *line, guint32 *communities)
{
  CoterieLayerAnalysis fields = {.layer = number, .n_neurons = (guint) strlen (line)};
  g_autofree guint32 *neurons = g_new (guint32, strlen (line) + 1);
  g_autoptr (CoterieGraph) graph = NULL;

  for (guint neuron = 0; line[neuron] != '\0'; neuron++) {
    if (line[neuron] == '.')
      continue;
    neurons[fields.n_nodes] = neuron;
    communities[fields.n_nodes] = line[neuron] == '-' ? 10 : (guint32) (line[neuron] - '0');
    fields.n_nodes++;
  }
  graph = coterie_graph_new (fields.n_nodes, NULL, 0);
  fields.graph = graph;
  fields.neurons = neurons;
  fields.communities = communities;
  fields.node_classes = communities;
  return coterie_layer_analysis_new (&fields);
}

/* Communities have the numbers of their identities, some without nodes, which is nobody. */
static CoterieFrame *
make_frame (guint iteration, const Sequence *sequence, const CoterieLineageEvent *event)
{
  const char *lines[N_LAYERS] = {sequence->lines[iteration],
                                 sequence->second != NULL ? sequence->second : ""};
  CoterieFrameLayer layers[N_LAYERS] = {0};
  CoterieFrame fields = {.iteration = iteration, .n_layers = N_LAYERS, .layers = layers};
  guint32 communities[N_LAYERS][64];
  guint32 identities[N_LAYERS][N_COMMUNITIES];
  float positions[2 * 64] = {0};
  CoterieFrame *frame;

  for (guint l = 0; l < N_LAYERS; l++) {
    for (guint k = 0; k < N_COMMUNITIES; k++)
      identities[l][k] =
          k < 10 && strchr (lines[l], '0' + (int) k) != NULL ? k : COTERIE_LINEAGE_NONE;
    layers[l] = (CoterieFrameLayer){
        .analysis = make_analysis (l + 1, lines[l], communities[l]),
        .n_communities = N_COMMUNITIES,
        .communities = communities[l],
        .identities = identities[l],
        .n_events = l == 0 && event != NULL ? 1 : 0,
        .events = event,
        .positions = positions,
    };
  }
  frame = coterie_frame_new (&fields);
  for (guint l = 0; l < N_LAYERS; l++)
    coterie_layer_analysis_unref (layers[l].analysis);
  return frame;
}

static CoterieRecordedIdentities *
record (const Sequence *sequence)
{
  CoterieRecordedIdentities *recorded = coterie_recorded_identities_new (N_LAYERS);

  for (guint i = 0; i < MAX_FRAMES && sequence->lines[i] != NULL; i++) {
    g_autoptr (CoterieFrame) frame = make_frame (i, sequence, NULL);

    coterie_recorded_identities_add (recorded, frame);
  }
  return recorded;
}

static GPtrArray *
make_frames (const Sequence *sequence, const CoterieLineageEvent *event)
{
  GPtrArray *frames = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);

  for (guint i = 0; i < MAX_FRAMES && sequence->lines[i] != NULL; i++)
    g_ptr_array_add (frames, make_frame (i, sequence, event));
  return frames;
}

/* The line that a layer would have been written as. */
static void
assert_line (const CoterieFrameLayer *layer, const char *expected)
{
  g_autofree char *line = g_strnfill (strlen (expected), '.');

  for (guint v = 0; v < layer->analysis->n_nodes; v++) {
    guint32 identity = layer->identities[layer->communities[v]];

    line[layer->analysis->neurons[v]] =
        identity == COTERIE_LINEAGE_NONE ? '-' : (char) ('0' + identity);
  }
  g_assert_cmpstr (line, ==, expected);
}

static void
assert_renamed (const Sequence *recorded, const Sequence *followed, const Sequence *expected)
{
  g_autoptr (CoterieRecordedIdentities) identities = record (recorded);
  g_autoptr (GPtrArray) frames = make_frames (followed, NULL);
  g_autoptr (GPtrArray) renamed = coterie_recorded_identities_rename (identities, frames);

  g_assert_cmpuint (renamed->len, ==, frames->len);
  for (guint i = 0; i < renamed->len; i++) {
    const CoterieFrame *frame = g_ptr_array_index (renamed, i);

    g_assert_cmpuint (frame->iteration, ==, i);
    assert_line (&frame->layers[0], expected->lines[i]);
    if (expected->second != NULL)
      assert_line (&frame->layers[1], expected->second);
  }
}

static void
test_recorded_identities_stay (void)
{
  const Sequence recorded = {{"000111--", "00022111", "22220001", "3333.111"}, "11110000"};

  assert_renamed (&recorded, &recorded, &recorded);
}

static void
test_numbers_come_back (void)
{
  const Sequence recorded = {{"000111222", "000111222"}, NULL};
  const Sequence followed = {{"111222000", "111222000"}, NULL};

  assert_renamed (&recorded, &followed, &recorded);
}

/* As with other representatives: some neurons are no longer nodes, others are now. */
static void
test_numbers_come_back_in_another_graph (void)
{
  const Sequence recorded = {{"000000.111111..", "000000.111111.."}, NULL};
  const Sequence followed = {{"111...100...000", "11....10.....00"}, NULL};
  const Sequence expected = {{"000...011...111", "00....01.....11"}, NULL};

  assert_renamed (&recorded, &followed, &expected);
}

/* In the first frame alone, it would be the other way round. */
static void
test_all_frames_count (void)
{
  const Sequence recorded = {{"00001111", "00001111", "00001111"}, NULL};
  const Sequence followed = {{"44445555", "55554444", "55554444"}, NULL};
  const Sequence expected = {{"11110000", "00001111", "00001111"}, NULL};

  assert_renamed (&recorded, &followed, &expected);
}

static void
test_larger_part_keeps_the_number (void)
{
  const Sequence recorded = {{"0000011111"}, NULL};
  const Sequence parts = {{"2233300000"}, NULL};
  const Sequence expected_parts = {{"2200011111"}, NULL};
  const Sequence whole = {{"0000011000"}, NULL};
  const Sequence expected_whole = {{"0000011000"}, NULL};

  assert_renamed (&recorded, &parts, &expected_parts);
  assert_renamed (&recorded, &whole, &expected_whole);
}

/* Though more neurons would keep theirs if 0 became 2 and 1 became 0: 4 + 4 against 5. */
static void
test_nobody_gives_up_what_it_mostly_is (void)
{
  const Sequence recorded = {{"0000022220000"}, NULL};
  const Sequence followed = {{"0000000001111"}, NULL};
  const Sequence expected = {{"0000000001111"}, NULL};

  assert_renamed (&recorded, &followed, &expected);
}

/* 1 and 3 are recorded, if in another frame. */
static void
test_newcomers_get_numbers_that_are_not_taken (void)
{
  const Sequence recorded = {{"0000.......", "0000.....13"}, NULL};
  const Sequence followed = {{"0000.1111..", "0000.2222.."}, NULL};
  const Sequence expected = {{"0000.2222..", "0000.4444.."}, NULL};

  assert_renamed (&recorded, &followed, &expected);
}

/* One neuron of four is too little. */
static void
test_strangers_take_no_number_over (void)
{
  const Sequence recorded = {{"0000111122223333"}, NULL};
  const Sequence followed = {{"0123012301230123"}, NULL};
  const Sequence expected = {{"4567456745674567"}, NULL};

  assert_renamed (&recorded, &followed, &expected);
}

static void
test_layers_have_numbers_of_their_own (void)
{
  const Sequence recorded = {{"000111"}, "111000"};
  const Sequence followed = {{"111000"}, "111000"};

  assert_renamed (&recorded, &followed, &recorded);
}

/* What is not followed has no number, and nobody's is not taken over. */
static void
test_nobody_stays_nobody (void)
{
  const Sequence recorded = {{"000---111"}, NULL};
  const Sequence followed = {{"---000111"}, NULL};
  const Sequence expected = {{"---222111"}, NULL};

  assert_renamed (&recorded, &followed, &expected);
}

static void
test_frames_that_are_not_recorded_follow_the_others (void)
{
  const Sequence recorded = {{"000111"}, NULL};
  const Sequence followed = {{"111000", "111222", "333000"}, NULL};
  const Sequence expected = {{"000111", "000222", "333111"}, NULL};

  assert_renamed (&recorded, &followed, &expected);
}

static void
test_events_are_renamed (void)
{
  const Sequence recorded = {{"000111"}, NULL};
  const Sequence followed = {{"111000"}, NULL};
  const guint32 neurons[] = {3, 5};
  const CoterieLineageEvent event = {COTERIE_LINEAGE_SPLIT, 1, 0, 2, neurons};
  const CoterieLineageEvent lone = {COTERIE_LINEAGE_BORN, 0, COTERIE_LINEAGE_NONE, 2, neurons};
  g_autoptr (CoterieRecordedIdentities) identities = record (&recorded);
  g_autoptr (GPtrArray) frames = make_frames (&followed, &event);
  g_autoptr (GPtrArray) lone_frames = make_frames (&followed, &lone);
  g_autoptr (GPtrArray) renamed = coterie_recorded_identities_rename (identities, frames);
  g_autoptr (GPtrArray) lone_renamed = coterie_recorded_identities_rename (identities, lone_frames);
  const CoterieFrameLayer *layer = &((CoterieFrame *) g_ptr_array_index (renamed, 0))->layers[0];

  g_assert_cmpuint (layer->n_events, ==, 1);
  g_assert_cmpint (layer->events[0].kind, ==, COTERIE_LINEAGE_SPLIT);
  g_assert_cmpuint (layer->events[0].identity, ==, 0);
  g_assert_cmpuint (layer->events[0].other, ==, 1);
  g_assert_cmpmem (layer->events[0].neurons, layer->events[0].n_neurons * sizeof (guint32), neurons,
                   sizeof neurons);
  layer = &((CoterieFrame *) g_ptr_array_index (lone_renamed, 0))->layers[0];
  g_assert_cmpuint (layer->events[0].identity, ==, 1);
  g_assert_cmpuint (layer->events[0].other, ==, COTERIE_LINEAGE_NONE);
}

#define ADD(path, func) g_test_add_func ("/run/recorded-identities/" path, func)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("recorded-identities-stay", test_recorded_identities_stay);
  ADD ("numbers-come-back", test_numbers_come_back);
  ADD ("numbers-come-back-in-another-graph", test_numbers_come_back_in_another_graph);
  ADD ("all-frames-count", test_all_frames_count);
  ADD ("larger-part-keeps-the-number", test_larger_part_keeps_the_number);
  ADD ("nobody-gives-up-what-it-mostly-is", test_nobody_gives_up_what_it_mostly_is);
  ADD ("newcomers-get-numbers-that-are-not-taken", test_newcomers_get_numbers_that_are_not_taken);
  ADD ("strangers-take-no-number-over", test_strangers_take_no_number_over);
  ADD ("layers-have-numbers-of-their-own", test_layers_have_numbers_of_their_own);
  ADD ("nobody-stays-nobody", test_nobody_stays_nobody);
  ADD ("frames-that-are-not-recorded-follow-the-others",
       test_frames_that_are_not_recorded_follow_the_others);
  ADD ("events-are-renamed", test_events_are_renamed);
  return g_test_run ();
}
