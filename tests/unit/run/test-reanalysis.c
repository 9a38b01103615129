/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/run/reanalysis.h"

#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#include "../recording/fixture.h"
#include "core/run/reanalysis-writer.h"
#include "core/run/run.h"

#define N_FRAMES 4
#define OTHER_TOP 6

typedef struct {
  TestFolder *folder;
  char *recording;
  CoterieRunSettings settings;
} Fixture;

static void
train (const CoterieRunSettings *settings)
{
  g_autoptr (CoterieRun) run = coterie_run_new (settings);
  g_autoptr (GError) error = NULL;

  coterie_run_execute (run, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Trained once, for all tests. */
static char *trained;
static gsize trained_size;

/* Label noise and a limit, so that they must be found again as well. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  CoterieTrainingSettings *training = &fixture->settings.training;

  fixture->folder = test_folder_new ();
  fixture->recording = g_build_filename (fixture->folder, "run.coterie", NULL);
  fixture->settings.source = "digits";
  fixture->settings.output = fixture->recording;
  fixture->settings.n_threads = 2;
  coterie_training_settings_init (training);
  coterie_analysis_settings_init (&fixture->settings.analysis);
  training->hidden[0] = 40;
  training->hidden[1] = 30;
  training->n_iterations = 3;
  training->limit = 300;
  training->label_noise = 0.1;
  fixture->settings.analysis.top = 4;
  fixture->settings.analysis.seed = 7;

  if (trained != NULL) {
    g_assert_true (g_file_set_contents (fixture->recording, trained, (gssize) trained_size, NULL));
  } else {
    train (&fixture->settings);
    g_assert_true (g_file_get_contents (fixture->recording, &trained, &trained_size, NULL));
  }
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_free (fixture->recording);
  test_folder_free (fixture->folder);
}

static CoterieFrame *
load (CoterieRecordingReader *reader, guint index)
{
  g_autoptr (GError) error = NULL;
  CoterieFrame *frame = coterie_recording_reader_load (reader, index, &error);

  g_assert_no_error (error);
  return frame;
}

static GPtrArray *
reanalyse (const char *recording, const CoterieAnalysisSettings *settings, guint n_threads)
{
  g_autoptr (CoterieReanalysis) reanalysis = coterie_reanalysis_new (recording, n_threads, 0);
  g_autoptr (GError) error = NULL;
  GPtrArray *frames =
      coterie_reanalysis_execute (reanalysis, settings, NULL, 0, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  return frames;
}

static void
assert_fails (const char *recording, const CoterieAnalysisSettings *settings, GError **error)
{
  g_autoptr (CoterieReanalysis) reanalysis = coterie_reanalysis_new (recording, 1, 0);

  g_assert_null (
      coterie_reanalysis_execute (reanalysis, settings, NULL, 0, NULL, NULL, NULL, error));
  g_assert_nonnull (strstr ((*error)->message, recording));
}

static void
assert_all_equal (GPtrArray *frames, const char *recording)
{
  g_autoptr (CoterieRecordingReader) reader = fixture_open (recording);

  g_assert_cmpuint (frames->len, ==, coterie_recording_reader_get_n_frames (reader));
  for (guint i = 0; i < frames->len; i++) {
    g_autoptr (CoterieFrame) recorded = load (reader, i);

    g_assert_true (fixture_frames_equal (g_ptr_array_index (frames, i), recorded));
  }
}

static void
test_same_settings_give_what_is_recorded (Fixture *fixture, gconstpointer data)
{
  for (guint n_threads = 1; n_threads <= 2; n_threads++) {
    g_autoptr (GPtrArray) frames =
        reanalyse (fixture->recording, &fixture->settings.analysis, n_threads);

    g_assert_cmpuint (frames->len, ==, N_FRAMES);
    assert_all_equal (frames, fixture->recording);
  }
}

/* The one that an identity has become, which no other has. */
static guint32
translate (GHashTable *numbers, guint32 identity)
{
  if (identity == COTERIE_LINEAGE_NONE)
    return COTERIE_LINEAGE_NONE;
  g_assert_true (g_hash_table_contains (numbers, GUINT_TO_POINTER (identity)));
  return GPOINTER_TO_UINT (g_hash_table_lookup (numbers, GUINT_TO_POINTER (identity)));
}

static void
learn_numbers (GHashTable *numbers, const CoterieFrameLayer *from, const CoterieFrameLayer *to)
{
  g_assert_cmpuint (from->n_communities, ==, to->n_communities);
  for (guint k = 0; k < from->n_communities; k++) {
    g_assert_true ((from->identities[k] == COTERIE_LINEAGE_NONE) ==
                   (to->identities[k] == COTERIE_LINEAGE_NONE));
    if (from->identities[k] != COTERIE_LINEAGE_NONE &&
        !g_hash_table_contains (numbers, GUINT_TO_POINTER (from->identities[k])))
      g_hash_table_insert (numbers, GUINT_TO_POINTER (from->identities[k]),
                           GUINT_TO_POINTER (to->identities[k]));
  }
}

static void
assert_all_different (GHashTable *numbers)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer number;

  g_hash_table_iter_init (&iter, numbers);
  while (g_hash_table_iter_next (&iter, NULL, &number))
    g_assert_true (g_hash_table_add (seen, number));
}

/* Where nodes are, and how identities are numbered, is another matter. numbers: [n_layers] */
static void
assert_equal_but_for_places_and_numbers (const CoterieFrame *frame,
                                         const CoterieFrame *expected,
                                         GHashTable **numbers)
{
  g_autofree CoterieFrameLayer *layers = g_new (CoterieFrameLayer, expected->n_layers);
  CoterieFrame fields = *expected;
  g_autoptr (CoterieFrame) moved = NULL;

  fields.layers = layers;
  for (guint l = 0; l < expected->n_layers; l++) {
    const CoterieFrameLayer *layer = &expected->layers[l];
    guint32 *identities = g_new (guint32, layer->n_communities + 1);
    CoterieLineageEvent *events = g_new (CoterieLineageEvent, layer->n_events + 1);

    learn_numbers (numbers[l], layer, &frame->layers[l]);
    for (guint k = 0; k < layer->n_communities; k++)
      identities[k] = translate (numbers[l], layer->identities[k]);
    for (guint i = 0; i < layer->n_events; i++) {
      events[i] = layer->events[i];
      events[i].identity = translate (numbers[l], events[i].identity);
      events[i].other = translate (numbers[l], events[i].other);
    }
    layers[l] = *layer;
    g_assert_cmpuint (layers[l].analysis->n_nodes, ==, frame->layers[l].analysis->n_nodes);
    layers[l].positions = frame->layers[l].positions;
    layers[l].identities = identities;
    layers[l].events = events;
    assert_all_different (numbers[l]);
  }
  moved = coterie_frame_new (&fields);
  g_assert_true (fixture_frames_equal (frame, moved));
  for (guint l = 0; l < expected->n_layers; l++) {
    g_free ((gpointer) layers[l].identities);
    g_free ((gpointer) layers[l].events);
  }
}

static void
test_other_settings_give_what_training_with_them_does (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other.coterie", NULL);
  CoterieRunSettings other = fixture->settings;
  g_autoptr (CoterieRecordingReader) reader = NULL;
  g_autoptr (GPtrArray) frames = NULL;
  GHashTable *numbers[] = {g_hash_table_new (NULL, NULL), g_hash_table_new (NULL, NULL)};

  other.output = path;
  other.analysis.top = OTHER_TOP;
  other.analysis.bins = 20;
  other.analysis.resolution = 1.0;
  other.analysis.method = COTERIE_COMMUNITY_METHOD_LEIDEN;
  train (&other);
  reader = fixture_open (path);
  frames = reanalyse (fixture->recording, &other.analysis, 2);
  g_assert_cmpuint (frames->len, ==, N_FRAMES);
  for (guint i = 0; i < N_FRAMES; i++) {
    g_autoptr (CoterieFrame) expected = load (reader, i);

    assert_equal_but_for_places_and_numbers (g_ptr_array_index (frames, i), expected, numbers);
  }
  g_assert_cmpuint (g_hash_table_size (numbers[0]), >, 1); /* or nothing would be followed */
  g_hash_table_unref (numbers[0]);
  g_hash_table_unref (numbers[1]);
}

static void
test_same_graphs_keep_their_places (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieRecordingReader) reader = fixture_open (fixture->recording);
  CoterieAnalysisSettings settings = fixture->settings.analysis;
  g_autoptr (GPtrArray) frames = NULL;

  settings.resolution = 2.0;
  settings.bins = 10;
  settings.method = COTERIE_COMMUNITY_METHOD_LOUVAIN;
  frames = reanalyse (fixture->recording, &settings, 1);
  for (guint i = 0; i < N_FRAMES; i++) {
    const CoterieFrame *frame = g_ptr_array_index (frames, i);
    g_autoptr (CoterieFrame) recorded = load (reader, i);

    for (guint l = 0; l < 2; l++)
      g_assert_cmpmem (frame->layers[l].positions,
                       2 * frame->layers[l].analysis->n_nodes * sizeof (float),
                       recorded->layers[l].positions,
                       2 * recorded->layers[l].analysis->n_nodes * sizeof (float));
  }
}

/* Mean way of the neurons that are in both, against the mean distance of the recorded ones from the
 * origin. */
static double
measure_move (const CoterieFrameLayer *layer, const CoterieFrameLayer *recorded)
{
  const CoterieLayerAnalysis *analysis = layer->analysis;
  double way = 0.0;
  double distance = 0.0;

  for (guint v = 0; v < analysis->n_nodes; v++) {
    gint node = coterie_layer_analysis_find_node (recorded->analysis, analysis->neurons[v]);
    const float *place = layer->positions + 2 * v;
    const float *old_place = recorded->positions + 2 * MAX (node, 0);

    if (node < 0)
      continue;
    way += hypot ((double) place[0] - old_place[0], (double) place[1] - old_place[1]);
    distance += hypot ((double) old_place[0], (double) old_place[1]);
  }
  return way / distance;
}

static void
test_other_graphs_stay_about_where_they_were (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieRecordingReader) reader = fixture_open (fixture->recording);
  CoterieAnalysisSettings settings = fixture->settings.analysis;
  g_autoptr (GPtrArray) frames = NULL;

  settings.top = OTHER_TOP;
  frames = reanalyse (fixture->recording, &settings, 1);
  for (guint i = 0; i < N_FRAMES; i++) {
    const CoterieFrame *frame = g_ptr_array_index (frames, i);
    g_autoptr (CoterieFrame) recorded = load (reader, i);

    for (guint l = 0; l < 2; l++) {
      g_assert_cmpuint (frame->layers[l].analysis->n_nodes, >,
                        recorded->layers[l].analysis->n_nodes);
      g_assert_cmpfloat (measure_move (&frame->layers[l], &recorded->layers[l]), <, 0.5);
    }
  }
}

typedef struct {
  GArray *indices;
  GPtrArray *frames;
  GCancellable *cancellable; /* cancelled at the first frame */
  GThread *thread;
} Log;

static void
log_init (Log *log)
{
  *log = (Log){
      .indices = g_array_new (FALSE, FALSE, sizeof (guint)),
      .frames = g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref),
  };
}

static void
log_clear (Log *log)
{
  g_array_unref (log->indices);
  g_ptr_array_unref (log->frames);
  g_clear_object (&log->cancellable);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Log, log_clear)

static void
log_cb (CoterieReanalysis *reanalysis, guint index, CoterieFrame *frame, gpointer data)
{
  Log *log = data;

  log->thread = g_thread_self ();
  g_array_append_val (log->indices, index);
  g_ptr_array_add (log->frames, coterie_frame_ref (frame));
  if (log->cancellable != NULL)
    g_cancellable_cancel (log->cancellable);
}

static void
test_order_decides_who_comes_first_and_nothing_else (Fixture *fixture, gconstpointer data)
{
  const guint order[] = {2, 2, 9, 3};
  const guint expected[] = {2, 3, 0, 1};
  g_autoptr (CoterieReanalysis) reanalysis =
      coterie_reanalysis_new (fixture->recording, 2, 32 * 1024 * 1024);
  CoterieAnalysisSettings settings = fixture->settings.analysis;
  g_autoptr (GPtrArray) usual = NULL;
  g_autoptr (GPtrArray) frames = NULL;
  g_autoptr (GError) error = NULL;
  CoterieReanalysisStatus status;
  g_auto (Log) log = {0};

  settings.top = OTHER_TOP;
  usual = reanalyse (fixture->recording, &settings, 1);
  log_init (&log);
  frames = coterie_reanalysis_execute (reanalysis, &settings, order, G_N_ELEMENTS (order), log_cb,
                                       &log, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (log.indices->data, log.indices->len * sizeof (guint), expected, sizeof expected);
  g_assert_cmpuint (frames->len, ==, N_FRAMES);
  for (guint i = 0; i < N_FRAMES; i++)
    g_assert_true (
        fixture_frames_equal (g_ptr_array_index (frames, i), g_ptr_array_index (usual, i)));

  coterie_reanalysis_get_status (reanalysis, &status);
  g_assert_cmpuint (status.n_done, ==, N_FRAMES);
  g_assert_cmpuint (status.n_frames, ==, N_FRAMES);
  g_assert_cmpfloat (status.fraction, ==, 1.0);
}

/* The same frame with other numbers for the identities, such as nobody would give them. */
static CoterieFrame *
renumber (const CoterieFrame *frame)
{
  g_autofree CoterieFrameLayer *layers = g_new (CoterieFrameLayer, frame->n_layers);
  CoterieFrame fields = *frame;
  CoterieFrame *renumbered;

  fields.layers = layers;
  for (guint l = 0; l < frame->n_layers; l++) {
    guint n = frame->layers[l].n_communities;
    guint32 *identities = g_new (guint32, n);

    for (guint k = 0; k < n; k++)
      identities[k] = frame->layers[l].identities[k] == COTERIE_LINEAGE_NONE
                          ? COTERIE_LINEAGE_NONE
                          : 90 - 3 * frame->layers[l].identities[k];
    layers[l] = frame->layers[l];
    layers[l].identities = identities;
  }
  renumbered = coterie_frame_new (&fields);
  for (guint l = 0; l < frame->n_layers; l++)
    g_free ((gpointer) layers[l].identities);
  return renumbered;
}

static void
assert_same_identities (const CoterieFrameLayer *layer, const CoterieFrameLayer *expected)
{
  g_assert_cmpmem (layer->identities, layer->n_communities * sizeof (guint32), expected->identities,
                   expected->n_communities * sizeof (guint32));
}

static guint
count_identities (const CoterieFrame *frame)
{
  guint n_identities = 0;

  for (guint k = 0; k < frame->layers[0].n_communities; k++)
    n_identities += frame->layers[0].identities[k] != COTERIE_LINEAGE_NONE;
  return n_identities;
}

/* Louvain finds the communities of a frame again, so each must get its own identity back, at first and
 * in the end. */
static void
test_frames_take_recorded_identities_over (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieReanalysis) reanalysis = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "renumbered.coterie", NULL);
  CoterieAnalysisSettings settings = fixture->settings.analysis;
  g_autoptr (GPtrArray) renumbered =
      g_ptr_array_new_with_free_func ((GDestroyNotify) coterie_frame_unref);
  g_autoptr (GPtrArray) recorded = NULL;
  g_autoptr (GPtrArray) frames = NULL;
  g_auto (Log) log = {0};
  g_autoptr (GError) error = NULL;

  settings.top = 10;
  settings.resolution = 1.0;
  settings.method = COTERIE_COMMUNITY_METHOD_LOUVAIN;
  recorded = reanalyse (fixture->recording, &settings, 1);
  for (guint i = 0; i < N_FRAMES; i++)
    g_ptr_array_add (renumbered, renumber (g_ptr_array_index (recorded, i)));
  coterie_reanalysis_write (fixture->recording, &settings, renumbered, path, FALSE, NULL, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (count_identities (g_ptr_array_index (renumbered, 0)), >, 1);
  log_init (&log);
  reanalysis = coterie_reanalysis_new (path, 1, 0);
  frames = coterie_reanalysis_execute (reanalysis, &settings, NULL, 0, log_cb, &log, NULL, NULL);
  for (guint i = 0; i < N_FRAMES; i++)
    for (guint l = 0; l < 2; l++) {
      const CoterieFrame *first = g_ptr_array_index (log.frames, i);
      const CoterieFrame *last = g_ptr_array_index (frames, i);
      const CoterieFrame *expected = g_ptr_array_index (renumbered, i);

      g_assert_cmpuint (first->layers[l].n_events, ==, 0);
      assert_same_identities (&first->layers[l], &expected->layers[l]);
      assert_same_identities (&last->layers[l], &expected->layers[l]);
    }
}

static void
test_cancelled_then_done_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieReanalysis) reanalysis = coterie_reanalysis_new (fixture->recording, 1, 0);
  g_autoptr (GPtrArray) frames = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (Log) log = {0};

  log_init (&log);
  log.cancellable = g_cancellable_new ();
  frames = coterie_reanalysis_execute (reanalysis, &fixture->settings.analysis, NULL, 0, log_cb,
                                       &log, log.cancellable, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (frames);
  g_assert_cmpuint (log.frames->len, ==, 1);

  g_clear_error (&error);
  frames = coterie_reanalysis_execute (reanalysis, &fixture->settings.analysis, NULL, 0, NULL, NULL,
                                       NULL, &error);
  g_assert_no_error (error);
  assert_all_equal (frames, fixture->recording);
}

typedef struct {
  CoterieReanalysis *reanalysis;
  GPtrArray *frames;
  GError *error;
  gboolean ended;
  GThread *destroy_thread;
} Async;

static void
async_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  Async *async = data;

  async->frames = coterie_reanalysis_execute_finish (result, &async->error);
}

static Log async_log;

static void
async_destroy (gpointer data)
{
  Async *async = data;

  async->ended = TRUE;
  async->destroy_thread = g_thread_self ();
}

static void
async_log_cb (CoterieReanalysis *reanalysis, guint index, CoterieFrame *frame, gpointer data)
{
  log_cb (reanalysis, index, frame, &async_log);
}

static void
test_async_works_in_a_thread (Fixture *fixture, gconstpointer data)
{
  Async async = {.reanalysis = coterie_reanalysis_new (fixture->recording, 1, 0)};

  log_init (&async_log);
  coterie_reanalysis_execute_async (async.reanalysis, &fixture->settings.analysis, NULL, 0,
                                    async_log_cb, &async, async_destroy, NULL, async_ended, &async);
  while (!async.ended)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (async.error);
  g_assert_true (async.destroy_thread == g_thread_self ());
  g_assert_true (async_log.thread != g_thread_self ());
  assert_all_equal (async.frames, fixture->recording);
  g_ptr_array_unref (async.frames);
  coterie_reanalysis_unref (async.reanalysis);
  log_clear (&async_log);
}

/* A recording with the same frames and weights that says something else of its run. */
static char *
copy_recording (Fixture *fixture, const CoterieRunInfo *info, gboolean every_network)
{
  char *path = g_build_filename (fixture->folder, "copy.coterie", NULL);
  g_autoptr (CoterieRecordingReader) reader = fixture_open (fixture->recording);
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieRecordingWriter) writer = coterie_recording_writer_new (path, info, &error);

  for (guint i = 0; i < coterie_recording_reader_get_n_frames (reader); i++) {
    g_autoptr (CoterieFrame) frame = load (reader, i);
    g_autoptr (CoterieNetwork) network = coterie_recording_reader_load_network (reader, i, &error);

    coterie_recording_writer_add (writer, frame, every_network || i % 2 == 0 ? network : NULL, NULL,
                                  &error);
    g_assert_no_error (error);
  }
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_frames_without_weights_are_left_out (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieRecordingReader) reader = fixture_open (fixture->recording);
  g_autofree char *path =
      copy_recording (fixture, coterie_recording_reader_get_info (reader), FALSE);
  g_autoptr (CoterieReanalysis) reanalysis = coterie_reanalysis_new (path, 1, 0);
  CoterieReanalysisStatus status;
  g_autoptr (GPtrArray) frames = coterie_reanalysis_execute (
      reanalysis, &fixture->settings.analysis, NULL, 0, NULL, NULL, NULL, NULL);

  g_assert_cmpuint (frames->len, ==, 2);
  g_assert_cmpuint (((CoterieFrame *) g_ptr_array_index (frames, 0))->iteration, ==, 0);
  g_assert_cmpuint (((CoterieFrame *) g_ptr_array_index (frames, 1))->iteration, ==, 2);
  coterie_reanalysis_get_status (reanalysis, &status);
  g_assert_cmpuint (status.n_frames, ==, 2);
}

static void
test_says_that_the_data_set_has_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieRecordingReader) reader = fixture_open (fixture->recording);
  const CoterieRunInfo *info = coterie_recording_reader_get_info (reader);
  CoterieRunInfo fields = *info;
  g_autofree char *beginning = g_strndup (info->dataset_hash, 12);
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fields.dataset_hash = "0123";
  path = copy_recording (fixture, &fields, TRUE);
  assert_fails (path, &fixture->settings.analysis, &error);
  g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH);
  g_assert_nonnull (strstr (error->message, "digits has changed"));
  g_assert_nonnull (strstr (error->message, beginning));
  g_assert_nonnull (strstr (error->message, "0123"));
}

/* A relative path counts from the recording's folder. */
static void
test_says_that_the_data_set_is_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *absolute = g_build_filename (fixture->folder, "absolute", NULL);
  g_autofree char *relative = g_build_filename (fixture->folder, "relative", NULL);
  const char *const sources[][2] = {{absolute, absolute}, {"relative", relative}};
  g_autoptr (CoterieRecordingReader) reader = fixture_open (fixture->recording);

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++) {
    CoterieRunInfo fields = *coterie_recording_reader_get_info (reader);
    g_autoptr (GError) error = NULL;
    g_autofree char *path = NULL;
    g_autofree char *expected =
        g_strdup_printf ("the data set %s is gone: there is", sources[i][1]);

    fields.dataset.source = sources[i][0];
    path = copy_recording (fixture, &fields, TRUE);
    assert_fails (path, &fixture->settings.analysis, &error);
    g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND);
    g_assert_nonnull (strstr (error->message, expected));
    g_unlink (path);
  }
}

static void
test_refuses_a_network_for_other_data (Fixture *fixture, gconstpointer data)
{
  g_autoptr (CoterieRecordingReader) reader = fixture_open (fixture->recording);
  g_autoptr (CoterieRunInfo) other = fixture_make_seeded_info (3);
  CoterieRunInfo fields = *other;
  g_autoptr (CoterieRunInfo) info = NULL;
  g_autoptr (CoterieFrame) frame = NULL;
  g_autoptr (CoterieNetwork) network = NULL;
  g_autoptr (CoterieRecordingWriter) writer = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "other.coterie", NULL);

  fields.dataset.source = "digits";
  fields.training.limit = 0;
  fields.dataset_hash = coterie_recording_reader_get_info (reader)->dataset_hash;
  info = coterie_run_info_new (&fields);
  frame = fixture_make_nth_frame (3, info, 0);
  network = fixture_make_nth_network (3, info, 0);
  writer = coterie_recording_writer_new (path, info, &error);
  coterie_recording_writer_add (writer, frame, network, NULL, &error);
  coterie_recording_writer_finish (writer, &error);
  g_assert_no_error (error);

  assert_fails (path, &fixture->settings.analysis, &error);
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED);
}

static void
test_refuses_bad_settings (Fixture *fixture, gconstpointer data)
{
  CoterieAnalysisSettings settings = fixture->settings.analysis;
  g_autoptr (CoterieReanalysis) reanalysis = coterie_reanalysis_new (fixture->recording, 1, 0);
  g_autoptr (GError) error = NULL;

  settings.top = 0;
  g_assert_null (
      coterie_reanalysis_execute (reanalysis, &settings, NULL, 0, NULL, NULL, NULL, &error));
  g_assert_error (error, COTERIE_ANALYSIS_ERROR, COTERIE_ANALYSIS_ERROR_OUT_OF_RANGE);
}

static void
test_writes_the_run_with_other_frames (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "new.coterie", NULL);
  CoterieAnalysisSettings settings = fixture->settings.analysis;
  g_autoptr (GPtrArray) frames = NULL;
  g_autoptr (CoterieRecordingReader) reader = fixture_open (fixture->recording);
  g_autoptr (CoterieRecordingReader) written = NULL;
  g_autoptr (CoterieRunInfo) expected = NULL;
  g_autoptr (GError) error = NULL;

  settings.resolution = 1.5;
  frames = reanalyse (fixture->recording, &settings, 1);
  coterie_reanalysis_write (fixture->recording, &settings, frames, path, FALSE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fixture_count_files (fixture->folder), ==, 2);

  written = fixture_open (path);
  expected = coterie_reanalysis_describe (coterie_recording_reader_get_info (reader), &settings);
  g_assert_true (fixture_infos_equal (coterie_recording_reader_get_info (written), expected));
  g_assert_cmpint (coterie_recording_reader_get_ending (written), ==,
                   COTERIE_RECORDING_ENDING_FINISHED);
  assert_all_equal (frames, path);
  for (guint i = 0; i < N_FRAMES; i++) {
    g_autoptr (CoterieNetwork) network = coterie_recording_reader_load_network (reader, i, NULL);
    g_autoptr (CoterieNetwork) copy = coterie_recording_reader_load_network (written, i, NULL);

    g_assert_true (fixture_networks_equal (network, copy));
  }
}

static void
assert_not_written (Fixture *fixture,
                    const char *path,
                    gboolean replace,
                    GCancellable *cancellable,
                    GQuark domain,
                    int code)
{
  g_autoptr (GPtrArray) frames = reanalyse (fixture->recording, &fixture->settings.analysis, 1);
  guint n_files = fixture_count_files (fixture->folder);
  g_autoptr (GError) error = NULL;

  g_assert_false (coterie_reanalysis_write (fixture->recording, &fixture->settings.analysis, frames,
                                            path, replace, cancellable, &error));
  g_assert_error (error, domain, code);
  g_assert_cmpuint (fixture_count_files (fixture->folder), ==, n_files);
}

static void
test_leaves_other_files_alone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other", NULL);
  g_autofree char *content = NULL;

  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  assert_not_written (fixture, path, FALSE, NULL, COTERIE_RECORDING_ERROR,
                      COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  assert_not_written (fixture, fixture->recording, TRUE, NULL, COTERIE_RECORDING_ERROR,
                      COTERIE_RECORDING_ERROR_CANNOT_WRITE);
  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, "mine");
}

static void
test_replaces_when_told_to (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "other", NULL);
  g_autoptr (GPtrArray) frames = reanalyse (fixture->recording, &fixture->settings.analysis, 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, "mine", -1, NULL));
  coterie_reanalysis_write (fixture->recording, &fixture->settings.analysis, frames, path, TRUE,
                            NULL, &error);
  g_assert_no_error (error);
  assert_all_equal (frames, path);
  g_assert_cmpuint (fixture_count_files (fixture->folder), ==, 2);
}

static void
test_cancelled_writing_leaves_nothing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "new.coterie", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  assert_not_written (fixture, path, FALSE, cancellable, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  ADD ("/run/reanalysis/same-settings-give-what-is-recorded",
       test_same_settings_give_what_is_recorded);
  ADD ("/run/reanalysis/other-settings-give-what-training-with-them-does",
       test_other_settings_give_what_training_with_them_does);
  ADD ("/run/reanalysis/same-graphs-keep-their-places", test_same_graphs_keep_their_places);
  ADD ("/run/reanalysis/other-graphs-stay-about-where-they-were",
       test_other_graphs_stay_about_where_they_were);
  ADD ("/run/reanalysis/order-decides-who-comes-first-and-nothing-else",
       test_order_decides_who_comes_first_and_nothing_else);
  ADD ("/run/reanalysis/frames-take-recorded-identities-over",
       test_frames_take_recorded_identities_over);
  ADD ("/run/reanalysis/cancelled-then-done-again", test_cancelled_then_done_again);
  ADD ("/run/reanalysis/async-works-in-a-thread", test_async_works_in_a_thread);
  ADD ("/run/reanalysis/frames-without-weights-are-left-out",
       test_frames_without_weights_are_left_out);
  ADD ("/run/reanalysis/says-that-the-data-set-has-changed",
       test_says_that_the_data_set_has_changed);
  ADD ("/run/reanalysis/says-that-the-data-set-is-gone", test_says_that_the_data_set_is_gone);
  ADD ("/run/reanalysis/refuses-a-network-for-other-data", test_refuses_a_network_for_other_data);
  ADD ("/run/reanalysis/refuses-bad-settings", test_refuses_bad_settings);
  ADD ("/run/reanalysis/writes-the-run-with-other-frames", test_writes_the_run_with_other_frames);
  ADD ("/run/reanalysis/leaves-other-files-alone", test_leaves_other_files_alone);
  ADD ("/run/reanalysis/replaces-when-told-to", test_replaces_when_told_to);
  ADD ("/run/reanalysis/cancelled-writing-leaves-nothing", test_cancelled_writing_leaves_nothing);
  status = g_test_run ();
  g_free (trained);
  return status;
}
