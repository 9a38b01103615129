/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recordings that were damaged, made to do harm, or are none. */

#include "core/recording/recording-row.h"
#include "fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#define SEED 20
#define N_FRAMES 2

typedef struct {
  TestFolder *folder;
  char *path;
  char *content;
  gsize size;
} Intact;

static void
set_up (Intact *intact, gconstpointer data)
{
  intact->folder = test_folder_new ();
  intact->path = fixture_write (intact->folder, SEED, N_FRAMES);
  g_assert_true (g_file_get_contents (intact->path, &intact->content, &intact->size, NULL));
}

static void
tear_down (Intact *intact, gconstpointer data)
{
  g_free (intact->content);
  g_free (intact->path);
  test_folder_free (intact->folder);
}

/* In place: g_file_set_contents() would sync, which takes most of the time. */
static void
write_content (const char *path, const char *content, gsize size)
{
  FILE *file = g_fopen (path, "wb");

  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (content, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

static void
assert_original (CoterieRecordingReader *reader)
{
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (SEED);

  g_assert_true (fixture_infos_equal (coterie_recording_reader_get_info (reader), info));
  g_assert_cmpuint (coterie_recording_reader_get_n_frames (reader), ==, N_FRAMES);
  g_assert_true (coterie_recording_reader_get_finished (reader));
}

/* Opens and loads everything. Whatever can be loaded must be what was written. */
static gboolean
read_everything (const char *path, GError **error)
{
  g_autoptr (CoterieRecordingReader) reader = coterie_recording_reader_open (path, error);

  if (reader == NULL)
    return FALSE;

  assert_original (reader);
  for (guint i = 0; i < N_FRAMES; i++) {
    CoterieRunInfo *info = coterie_recording_reader_get_info (reader);
    g_autoptr (CoterieFrame) expected = fixture_make_nth_frame (SEED, info, i);
    g_autoptr (CoterieFrame) frame = coterie_recording_reader_load (reader, i, error);
    g_autoptr (CoterieNetwork) expected_network = fixture_make_nth_network (SEED, info, i);
    g_autoptr (CoterieNetwork) network = NULL;

    if (frame == NULL)
      return FALSE;
    g_assert_true (fixture_frames_equal (frame, expected));
    network = coterie_recording_reader_load_network (reader, i, error);
    if (network == NULL)
      return FALSE;
    g_assert_true (fixture_networks_equal (network, expected_network));
  }
  return TRUE;
}

static void
test_flipped_bytes_are_noticed (Intact *intact, gconstpointer data)
{
  CoterieRng rng;
  guint n_noticed = 0;

  coterie_rng_init (&rng, 21, 0);
  for (guint i = 0; i < 500; i++) {
    g_autoptr (GError) error = NULL;
    /* A third of them into the header and the schema, where they do most. */
    gsize place = coterie_rng_below (&rng, i % 3 == 0 ? 4096 : intact->size);
    char byte = intact->content[place];

    intact->content[place] = (char) (byte ^ (1 + coterie_rng_below (&rng, 255)));
    write_content (intact->path, intact->content, intact->size);
    if (!read_everything (intact->path, &error)) {
      g_assert_true (error->domain == COTERIE_RECORDING_ERROR);
      g_assert_cmpint (error->code, !=, COTERIE_RECORDING_ERROR_NOT_FOUND);
      g_assert_cmpint (error->code, !=, COTERIE_RECORDING_ERROR_CANNOT_WRITE);
      n_noticed++;
    }
    intact->content[place] = byte;
  }
  /* The others hit free space. */
  g_assert_cmpuint (n_noticed, >, 50);
}

static void
test_every_flip_in_an_array_is_noticed (Intact *intact, gconstpointer data)
{
  g_autoptr (CoterieRunInfo) info = fixture_make_seeded_info (SEED);
  g_autoptr (CoterieNetwork) network = fixture_make_nth_network (SEED, info, 1);
  char *values = memmem (intact->content, intact->size, network->parameters, 64);

  g_assert_nonnull (values);
  for (guint i = 0; i < 64; i++) {
    g_autoptr (GError) error = NULL;

    values[i] ^= 1;
    write_content (intact->path, intact->content, intact->size);
    g_assert_false (read_everything (intact->path, &error));
    g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED);
    g_assert_nonnull (strstr (error->message, "iteration 1"));
    values[i] ^= 1;
  }
}

static void
test_truncated_files_are_noticed (Intact *intact, gconstpointer data)
{
  for (guint i = 0; i < 40; i++) {
    g_autoptr (GError) error = NULL;

    write_content (intact->path, intact->content, intact->size * i / 40);
    g_assert_false (read_everything (intact->path, &error));
    g_assert_true (error->domain == COTERIE_RECORDING_ERROR);
  }
}

static void
execute (const char *path, const char *sql)
{
  sqlite3 *database = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, "PRAGMA synchronous = OFF; PRAGMA ignore_check_constraints = ON", NULL,
                NULL, NULL);
  sqlite3_exec (database, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (database);
}

static void
correct_digests (const char *path, const char *table)
{
  g_autofree char *select = g_strdup_printf ("SELECT * FROM %s ORDER BY rowid", table);
  g_autofree char *rowids = g_strdup_printf ("SELECT rowid FROM %s ORDER BY rowid", table);
  g_autofree char *update = g_strdup_printf ("UPDATE %s SET digest = ?1 WHERE rowid = ?2", table);
  g_autoptr (GArray) digests = g_array_new (FALSE, FALSE, 32);
  sqlite3 *database = NULL;
  sqlite3_stmt *rows;
  sqlite3_stmt *updates;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, "PRAGMA synchronous = OFF; BEGIN", NULL, NULL, NULL);
  sqlite3_prepare_v2 (database, select, -1, &rows, NULL);
  while (sqlite3_step (rows) == SQLITE_ROW) {
    guint8 digest[32];

    coterie_row_compute_digest (rows, table, digest);
    g_array_append_vals (digests, digest, 1);
  }
  sqlite3_finalize (rows);

  sqlite3_prepare_v2 (database, rowids, -1, &rows, NULL);
  sqlite3_prepare_v2 (database, update, -1, &updates, NULL);
  for (guint i = 0; sqlite3_step (rows) == SQLITE_ROW; i++) {
    sqlite3_bind_blob (updates, 1, digests->data + 32 * i, 32, SQLITE_STATIC);
    sqlite3_bind_int64 (updates, 2, sqlite3_column_int64 (rows, 0));
    g_assert_cmpint (sqlite3_step (updates), ==, SQLITE_DONE);
    sqlite3_reset (updates);
  }
  sqlite3_finalize (rows);
  sqlite3_finalize (updates);
  g_assert_cmpint (sqlite3_exec (database, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

#define FIRST(column, hex)                                                                         \
#column " = CAST (x'" hex "' || substr (" #column ", 1 + length (x'" hex "')) AS BLOB)"

/* What no writer writes, one change at a time. */
static const struct {
  const char *table;
  const char *change;
} hostile[] = {
    {"layer", FIRST (node_neurons, "ffffffff")},
    {"layer", FIRST (node_neurons, "0100000001000000")},
    {"layer", FIRST (node_classes, "04000000")},
    {"layer", FIRST (node_communities, "ffffff7f")},
    {"positions", FIRST (node_positions, "0000c07f")},
    {"positions", FIRST (node_positions, "000080ff")},
    {"positions", "node_positions = x''"},
    {"positions", "layer = layer + 1"},
    {"positions", "iteration = iteration + 100"},
    {"layer", FIRST (community_identities, "0100000001000000")},
    {"layer", FIRST (edge_sources, "ffffffff")},
    {"layer", FIRST (edge_targets, "00000000")},
    {"layer", FIRST (edge_targets, "ffffffff")},
    {"layer", FIRST (edge_weights, "000000000000f07f")},
    {"layer", FIRST (edge_weights, "000000000000f0bf")},
    {"layer", FIRST (edge_weights, "000000000000f87f")},
    {"layer", FIRST (class_means, "0000807f")},
    {"layer", FIRST (neuron_entropies, "0000807f")},
    {"layer", FIRST (class_entropies, "000000000000f07f")},
    {"layer", FIRST (node_louvain_communities, "ffffff7f")},
    {"layer", FIRST (event_kinds, "05000000")},
    {"layer", FIRST (event_neurons, "ffffffff")},
    {"layer", FIRST (event_counts, "ffffffff")},
    {"layer", "event_neurons = CAST (event_neurons || x'00000000' AS BLOB)"},
    {"layer", "n_events = 2147483647"},
    {"layer", "n_louvain_communities = 2147483647"},
    {"layer", "n_bad_values = -1"},
    {"layer", "n_patterns = -1"},
    {"layer", "modularity_z = -9e999"},
    {"layer", FIRST (representatives, "ffffffff")},
    {"layer", FIRST (representative_counts, "ffffffff")},
    {"layer", FIRST (representative_counts, "ffffff7f")},
    {"layer", "representatives = x''"},
    {"layer", "representatives = x'000000'"},
    {"layer", "node_neurons = x''"},
    {"layer", "edge_weights = x'00'"},
    {"positions", "node_positions = CAST (node_positions || x'00000000' AS BLOB)"},
    {"layer", "n_neurons = 2147483647"},
    {"layer", "n_neurons = -1"},
    {"layer", "n_neurons = 0"},
    {"layer", "n_classes = 2147483647"},
    {"layer", "n_classes = 4294967297"},
    {"layer", "n_nodes = 2147483647"},
    {"layer", "n_nodes = 0"},
    {"layer", "n_edges = 1073741824"},
    {"layer", "n_edges = 9223372036854775807"},
    {"layer", "n_communities = 2147483647"},
    {"layer", "n_communities = 0, community_identities = x''"},
    {"layer", "entropy = 9e999"},
    {"layer", "modularity_louvain = 9e999"},
    {"layer", "layer = layer + 1"},
    {"layer", "layer = 3 - layer"},
    {"layer", "iteration = iteration + 1"},
    {"frame", "test_class_accuracies = x''"},
    {"frame", "n_layers = 1"},
    {"frame", "n_layers = 4294967295"},
    {"frame", "iteration = iteration - 1"},
    {"frame", "iteration = iteration + 4294967296"},
    {"frame", "network_widths = x'0000'"},
    {"frame", "network_widths = x'00000000'"},
    {"frame", FIRST (network_widths, "00000000")},
    {"frame", FIRST (network_widths, "ffffffff")},
    {"frame", FIRST (network_widths, "00000100")},
    {"parameters", "parameter_values = x''"},
    {"parameters", "parameter_values = CAST (parameter_values || x'00000000' AS BLOB)"},
    {"parameters", "chunk = 1"},
    {"state", "n_frames = 1"},
    {"state", "n_frames = 4294967295"},
    {"state", "n_frames = -1"},
    {"state", "ending = 'sleeping'"},
    {"state", "reason = CAST (x'ff' AS TEXT)"},
    {"state", "id = 2"},
    {"run", "n_classes = 1000000000"},
    {"run", "n_classes = 5"},
    {"run", "n_hidden = 17"},
    {"run", "n_hidden = 3"},
    {"run", "n_hidden = 0"},
    {"run", "dataset_name = CAST (x'ff' AS TEXT)"},
    {"run", "program = CAST (x'410042' AS TEXT)"},
    {"run", "image_width = 0"},
    {"run", "n_channels = 0"},
    {"run", "dataset_options = CAST (x'ff' AS TEXT)"},
    {"run", "image_height = 1000000"},
    {"run", "started = 9223372036854775807"},
    {"run", "optimizer = 'lion'"},
    {"run", "community_method = 'lion'"},
    {"run", "n_null_graphs = 1001"},
    {"run", "learning_rate = -1.0"},
    {"run", "training_seed = 'seven'"},
    {"run", "sample_limit = '18446744073709551616'"},
    {"run", "bins = 0"},
    {"run", "n_training_samples = -1"},
    {"layout", "mode = 'lively'"},
    {"layout", "scaling = -1.0"},
    {"layout", "gravity = 9e999"},
    {"layout", "lin_log = 2"},
    {"layout", "force_error_percent = 101.0"},
    {"layout", "layout_seed = '-1'"},
    {"layout", "n_pins = 1"},
    {"layout", "n_pins = 3"},
    {"layout", "n_pins = -1"},
    {"layout", "id = 2"},
    {"pin", "layer = 3"},
    {"pin", "layer = 0"},
    {"pin", "neuron = neuron + 1000"},
    {"pin", "neuron = neuron - 1"},
    {"pin", "x = 9e999"},
    {"pin", "y = -2e9"},
    {"class", "name = CAST (x'fe' AS TEXT)"},
    {"class", "class = class + 1"},
    {"hidden_layer", "n_neurons = 4294967295"},
    {"hidden_layer", "n_neurons = 0"},
    {"hidden_layer", "dropout = 0.96"},
    {"hidden_layer", "layer = layer + 5"},
};

static void
test_hostile_values_are_refused (Intact *intact, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (hostile); i++) {
    g_autoptr (GError) error = NULL;
    /* By way of a copy, so that keys can change places. */
    g_autofree char *sql =
        g_strdup_printf ("CREATE TEMP TABLE changed AS SELECT * FROM %s; DELETE FROM %s; "
                         "UPDATE changed SET %s; INSERT INTO %s SELECT * FROM changed",
                         hostile[i].table, hostile[i].table, hostile[i].change, hostile[i].table);

    write_content (intact->path, intact->content, intact->size);
    execute (intact->path, sql);
    correct_digests (intact->path, hostile[i].table);
    if (read_everything (intact->path, &error))
      g_error ("not noticed: %s", hostile[i].change);
    g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED);
    g_assert_true (g_str_has_prefix (error->message, intact->path));
  }
}

static void
test_correct_digests_are_accepted (Intact *intact, gconstpointer data)
{
  const char *tables[] = {"run",   "class",     "hidden_layer", "state",  "frame",
                          "layer", "positions", "parameters",   "layout", "pin"};
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql = g_strdup_printf ("UPDATE %s SET digest = x'00'", tables[i]);

    execute (intact->path, sql);
    g_assert_false (read_everything (intact->path, &error));
    g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED);
    g_clear_error (&error);
    correct_digests (intact->path, tables[i]);
    g_assert_true (read_everything (intact->path, &error));
    g_assert_no_error (error);
  }
}

static void
test_missing_rows_are_noticed (Intact *intact, gconstpointer data)
{
  const char *tables[] = {"run",   "class",     "hidden_layer", "state",  "frame",
                          "layer", "positions", "parameters",   "layout", "pin"};

  for (gsize i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *sql = g_strdup_printf (
        "DELETE FROM %s WHERE rowid = (SELECT max (rowid) FROM %s)", tables[i], tables[i]);

    write_content (intact->path, intact->content, intact->size);
    execute (intact->path, sql);
    g_assert_false (read_everything (intact->path, &error));
    g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED);
  }
}

static void
test_other_schemas_are_refused (Intact *intact, gconstpointer data)
{
  const char *changes[] = {
      "CREATE VIEW more AS SELECT 1",
      "CREATE TABLE more (a)",
      "CREATE INDEX more ON frame (entropy)",
      "CREATE TRIGGER more AFTER INSERT ON frame BEGIN SELECT 1; END",
      "DROP TABLE parameters",
      "ALTER TABLE layer ADD COLUMN more TEXT",
      "DROP TABLE frame; CREATE VIEW frame AS SELECT 0 AS iteration",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (GError) error = NULL;

    write_content (intact->path, intact->content, intact->size);
    execute (intact->path, changes[i]);
    g_assert_false (read_everything (intact->path, &error));
    g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_DAMAGED);
  }
}

static void
assert_opens_with (const char *path, CoterieRecordingError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (coterie_recording_reader_open (path, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, (gint) code);
  g_assert_true (g_str_has_prefix (error->message, path));
}

static void
test_newer_versions_are_named (Intact *intact, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  execute (intact->path, "PRAGMA user_version = 2");
  g_assert_null (coterie_recording_reader_open (intact->path, &error));
  g_assert_error (error, COTERIE_RECORDING_ERROR, COTERIE_RECORDING_ERROR_NEWER_VERSION);
  g_assert_nonnull (strstr (error->message, "format 2"));
  g_assert_nonnull (strstr (error->message, "up to 1"));

  execute (intact->path, "PRAGMA user_version = 0");
  assert_opens_with (intact->path, COTERIE_RECORDING_ERROR_DAMAGED);
}

static void
test_other_files_are_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "other.coterie", NULL);
  g_autofree char *zeros = g_malloc0 (10000);

  assert_opens_with (path, COTERIE_RECORDING_ERROR_NOT_FOUND);
  assert_opens_with (folder, COTERIE_RECORDING_ERROR_NOT_A_RECORDING);
  assert_opens_with ("/dev/null", COTERIE_RECORDING_ERROR_NOT_A_RECORDING);

  write_content (path, "", 0);
  assert_opens_with (path, COTERIE_RECORDING_ERROR_NOT_A_RECORDING);
  write_content (path, "no recording\n", 13);
  assert_opens_with (path, COTERIE_RECORDING_ERROR_NOT_A_RECORDING);
  write_content (path, zeros, 10000);
  assert_opens_with (path, COTERIE_RECORDING_ERROR_NOT_A_RECORDING);

  write_content (path, "", 0);
  execute (path, "CREATE TABLE addresses (name TEXT)");
  assert_opens_with (path, COTERIE_RECORDING_ERROR_NOT_A_RECORDING);
}

#define ADD(name, function)                                                                        \
  g_test_add ("/recording/damage/" name, Intact, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("flipped-bytes-are-noticed", test_flipped_bytes_are_noticed);
  ADD ("every-flip-in-an-array-is-noticed", test_every_flip_in_an_array_is_noticed);
  ADD ("truncated-files-are-noticed", test_truncated_files_are_noticed);
  ADD ("hostile-values-are-refused", test_hostile_values_are_refused);
  ADD ("correct-digests-are-accepted", test_correct_digests_are_accepted);
  ADD ("missing-rows-are-noticed", test_missing_rows_are_noticed);
  ADD ("other-schemas-are-refused", test_other_schemas_are_refused);
  ADD ("newer-versions-are-named", test_newer_versions_are_named);
  g_test_add_func ("/recording/damage/other-files-are-refused", test_other_files_are_refused);
  return g_test_run ();
}
