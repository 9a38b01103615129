/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the training needs to go on, kept in the recording. */

#include "core/recording/recording-schema.h"
#include "core/recording/recording-trainer.h"
#include "fixture.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

/* What a trainer of that network would hold: numbers that tell where they stand. */
static CoterieTrainerState
make_state (CoterieNetwork *network, guint iteration, float *memories)
{
  CoterieTrainerState state = {
      .iteration = iteration,
      .diverged = iteration / 2,
      .n_parameters = network->n_parameters,
      .parameters = network->parameters,
      .n_memories = 2,
      .memories = {memories, memories + network->n_parameters},
  };

  for (gsize i = 0; i < 2 * network->n_parameters; i++)
    memories[i] = (float) (i % 1000) + (float) iteration;
  return state;
}

static void
assert_holds_state (const char *path, const CoterieTrainerState *expected)
{
  g_autofree float *parameters = g_new (float, expected->n_parameters);
  g_autofree float *memories = g_new (float, 2 * expected->n_parameters);
  CoterieTrainerState found = {
      .n_parameters = expected->n_parameters,
      .parameters = parameters,
      .n_memories = 2,
      .memories = {memories, memories + expected->n_parameters},
  };
  g_autoptr (GError) error = NULL;
  gsize size = expected->n_parameters * sizeof (float);
  gboolean is_there;
  guint iteration;

  g_assert_true (coterie_recording_trainer_find (path, &is_there, &iteration, &error));
  g_assert_true (is_there);
  g_assert_cmpuint (iteration, ==, expected->iteration);
  g_assert_true (coterie_recording_trainer_load (path, &found, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (found.iteration, ==, expected->iteration);
  g_assert_cmpuint (found.diverged, ==, expected->diverged);
  g_assert_cmpmem (found.parameters, size, expected->parameters, size);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpmem (found.memories[i], size, expected->memories[i], size);
}

/* Of a small network, after every frame; it takes the place of the one before. */
static void
test_state_is_that_of_the_last_frame (FixturePlace *place, gconstpointer data)
{
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (place->path, 40);
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (40);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 3; i++) {
    g_autoptr (CoterieFrame) frame = fixture_make_nth_frame (40, info, i);
    g_autoptr (CoterieNetwork) network = fixture_make_nth_network (40, info, i);
    g_autofree float *memories = g_new (float, 2 * network->n_parameters);
    CoterieTrainerState state = make_state (network, i, memories);

    coterie_recording_writer_add (writer, frame, network, &state, &error);
    g_assert_no_error (error);
    assert_holds_state (place->path, &state);
  }
}

/* Gigabytes must not go through it: neither when they are written nor when they are taken away. */
static void
assert_log_is_short (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  GStatBuf status;

  g_assert_cmpint (g_stat (log, &status), ==, 0);
  g_assert_cmpint (status.st_size, <, 3 * COTERIE_RECORDING_CHUNK_BYTES / 2);
}

static void
assert_pieces_of_state (const char *path, guint expected)
{
  sqlite3 *database = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  g_assert_cmpint (
      sqlite3_prepare_v2 (database, "SELECT count(*) FROM trainer_values", -1, &statement, NULL),
      ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpint (sqlite3_column_int (statement, 0), ==, expected);
  sqlite3_finalize (statement);
  sqlite3_close (database);
}

/* More than 16 MiB: with the weights, and with the last frame, which then has its own. */
static void
test_large_state_comes_with_weights_and_in_the_end (FixturePlace *place, gconstpointer data)
{
  g_autoptr (CoterieRunInfo) info = fixture_make_large_info ();
  g_autoptr (CoterieRunInfo) shorter = NULL;
  g_autoptr (CoterieRecordingWriter) writer = NULL;
  g_autoptr (CoterieNetwork) network = NULL;
  g_autofree float *memories = NULL;
  g_autoptr (GError) error = NULL;
  CoterieRunInfo fields = *info;
  CoterieTrainerState first, state;
  CoterieRng rng;

  fields.training.n_iterations = 2;
  fields.training.record_every = 1;
  shorter = coterie_run_info_new (&fields);
  writer = coterie_recording_writer_new (place->path, shorter, &error);
  coterie_rng_init (&rng, 7, 0);
  network = fixture_make_network (&rng, shorter);
  memories = g_new (float, 2 * network->n_parameters);
  for (guint i = 0; i < 3; i++) {
    g_autoptr (CoterieFrame) frame = fixture_make_frame (&rng, shorter, i, FIXTURE_NO_NODES);

    state = make_state (network, i, memories);
    coterie_recording_writer_put_ahead (writer, i, network, &state, NULL, NULL, &error);
    g_assert_no_error (error);
    coterie_recording_writer_add (writer, frame, network, &state, &error);
    g_assert_no_error (error);
    first = make_state (network, i < 2 ? 0 : 2, memories);
    assert_holds_state (place->path, &first);
  }
  assert_log_is_short (place->path);
  assert_pieces_of_state (place->path, 3 * coterie_recording_trainer_count_chunks (&state));
}

/* A trainer of another network or optimizer cannot take it. */
static void
test_state_of_another_trainer_is_refused (FixturePlace *place, gconstpointer data)
{
  g_autoptr (CoterieRecordingWriter) writer = fixture_start (place->path, 40);
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (40);
  g_autoptr (CoterieFrame) frame = fixture_make_nth_frame (40, info, 0);
  g_autoptr (CoterieNetwork) network = fixture_make_nth_network (40, info, 0);
  g_autofree float *memories = g_new (float, 2 * network->n_parameters);
  CoterieTrainerState state = make_state (network, 0, memories);
  g_autoptr (GError) error = NULL;

  coterie_recording_writer_add (writer, frame, network, &state, &error);
  g_assert_no_error (error);

  state.n_memories = 1;
  g_assert_false (coterie_recording_trainer_load (place->path, &state, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED);
  g_clear_error (&error);
  state.n_memories = 2;
  state.n_parameters--;
  g_assert_false (coterie_recording_trainer_load (place->path, &state, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED);
}

static void
test_recording_without_state_says_so (FixturePlace *place, gconstpointer data)
{
  g_autofree char *path = fixture_write (place->folder, 40, 2);
  CoterieTrainerState state = {0};
  g_autoptr (GError) error = NULL;
  gboolean is_there = TRUE;
  guint iteration;

  g_assert_true (coterie_recording_trainer_find (path, &is_there, &iteration, &error));
  g_assert_no_error (error);
  g_assert_false (is_there);
  g_assert_false (coterie_recording_trainer_load (path, &state, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  FIXTURE_ADD_TEST ("/recording/state-is-that-of-the-last-frame",
                    test_state_is_that_of_the_last_frame, NULL);
  FIXTURE_ADD_TEST ("/recording/large-state-comes-with-weights-and-in-the-end",
                    test_large_state_comes_with_weights_and_in_the_end, NULL);
  FIXTURE_ADD_TEST ("/recording/state-of-another-trainer-is-refused",
                    test_state_of_another_trainer_is_refused, NULL);
  FIXTURE_ADD_TEST ("/recording/recording-without-state-says-so",
                    test_recording_without_state_says_so, NULL);
  return g_test_run ();
}
