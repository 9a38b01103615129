/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of a recording. SQLite keeps the text of each, comments included, so that the shell's
 * .schema explains a file to whoever meets one; a file whose text differs is not opened. */

#include "core/recording/recording-schema.h"

#include <string.h>

/* What comes after CREATE, letter by letter as SQLite keeps it. */
static const char *const TABLES[] = {
    "TABLE run (\n"
    "  -- A Coterie recording, format 1. Everything needed to do the run again: one row.\n"
    "  id INTEGER PRIMARY KEY CHECK (id = 1),\n"
    "  program TEXT NOT NULL, -- which program wrote it\n"
    "  started INTEGER NOT NULL, -- seconds since 1970, UTC\n"
    "  dataset_name TEXT NOT NULL,\n"
    "  dataset_source TEXT NOT NULL, -- \"digits\", or a folder, as file names are encoded\n"
    "  dataset_hash TEXT NOT NULL, -- SHA-256 of samples and labels, hexadecimal\n"
    "  image_width INTEGER NOT NULL, -- pixels\n"
    "  image_height INTEGER NOT NULL, -- pixels\n"
    "  n_channels INTEGER NOT NULL, -- numbers of a pixel: 1 for grey, 3 for red, green and blue\n"
    "  dataset_options TEXT NOT NULL, -- how it was read, as far as it matters\n"
    "  n_classes INTEGER NOT NULL, -- rows in class\n"
    "  n_training_samples INTEGER NOT NULL,\n"
    "  n_test_samples INTEGER NOT NULL,\n"
    "  n_hidden INTEGER NOT NULL, -- rows in hidden_layer\n"
    "  optimizer TEXT NOT NULL,\n"
    "  learning_rate REAL NOT NULL,\n"
    "  momentum REAL NOT NULL,\n"
    "  batch INTEGER NOT NULL, -- samples behind one update\n"
    "  n_iterations INTEGER NOT NULL, -- passes over the training set\n"
    "  record_every INTEGER NOT NULL, -- iterations between two frames\n"
    "  label_noise REAL NOT NULL, -- fraction\n"
    "  sample_limit TEXT NOT NULL, -- trained on the first so many, 0 is all; unsigned 64 bits\n"
    "  training_seed TEXT NOT NULL, -- unsigned 64 bits\n"
    "  top INTEGER NOT NULL, -- representatives of a class\n"
    "  bins INTEGER NOT NULL, -- of the activation histogram\n"
    "  resolution REAL NOT NULL, -- of the communities; below 1 means more, smaller ones\n"
    "  community_method TEXT NOT NULL, -- tracked, louvain or leiden\n"
    "  n_null_graphs INTEGER NOT NULL, -- rewired graphs that the modularity is compared with\n"
    "  analysis_seed TEXT NOT NULL, -- unsigned 64 bits\n"
    "  digest BLOB NOT NULL -- here and below: SHA-256 of the other columns\n"
    ") STRICT",

    "TABLE class (\n"
    "  class INTEGER PRIMARY KEY, -- from 0\n"
    "  name TEXT NOT NULL,\n"
    "  digest BLOB NOT NULL\n"
    ") STRICT",

    "TABLE hidden_layer (\n"
    "  layer INTEGER PRIMARY KEY, -- from 1, from the input towards the output\n"
    "  n_neurons INTEGER NOT NULL,\n"
    "  dropout REAL NOT NULL, -- fraction of activations dropped while training\n"
    "  digest BLOB NOT NULL\n"
    ") STRICT",

    "TABLE layout (\n"
    "  -- How the graphs were laid out, with ForceAtlas2: one row.\n"
    "  id INTEGER PRIMARY KEY CHECK (id = 1),\n"
    "  mode TEXT NOT NULL, -- what neurons do from frame to frame: free, anchored or fixed\n"
    "  scaling REAL NOT NULL, -- of the repulsion; 0 is Gephi's choice by the number of nodes\n"
    "  gravity REAL NOT NULL,\n"
    "  strong_gravity INTEGER NOT NULL, -- here and below: 1 is yes, 0 is no\n"
    "  lin_log INTEGER NOT NULL,\n"
    "  dissuade_hubs INTEGER NOT NULL,\n"
    "  weight_influence REAL NOT NULL, -- power of an edge's weight\n"
    "  prevent_overlap INTEGER NOT NULL,\n"
    "  force_error_percent REAL NOT NULL, -- of the repulsion\n"
    "  layout_seed TEXT NOT NULL, -- unsigned 64 bits\n"
    "  n_pins INTEGER NOT NULL, -- rows in pin\n"
    "  digest BLOB NOT NULL\n"
    ") STRICT",

    "TABLE pin (\n"
    "  -- Neurons that are where somebody put them, in all frames.\n"
    "  layer INTEGER NOT NULL,\n"
    "  neuron INTEGER NOT NULL,\n"
    "  x REAL NOT NULL, -- in the unit of node_positions\n"
    "  y REAL NOT NULL,\n"
    "  digest BLOB NOT NULL,\n"
    "  PRIMARY KEY (layer, neuron)\n"
    ") STRICT",

    "TABLE state (\n"
    "  -- How far the run has come: one row.\n"
    "  id INTEGER PRIMARY KEY CHECK (id = 1),\n"
    "  ending TEXT NOT NULL, -- running, finished, stopped or failed\n"
    "  reason TEXT NOT NULL, -- why it failed\n"
    "  n_frames INTEGER NOT NULL, -- rows in frame\n"
    "  digest BLOB NOT NULL\n"
    ") STRICT",

    "TABLE frame (\n"
    "  iteration INTEGER PRIMARY KEY, -- 0 is the untrained network\n"
    "  training_accuracy REAL, -- fraction; here and below: NULL is not a number\n"
    "  training_loss REAL, -- mean cross-entropy, nats\n"
    "  test_accuracy REAL,\n"
    "  test_loss REAL,\n"
    "  training_class_accuracies BLOB NOT NULL, -- f64 [n_classes], fractions\n"
    "  test_class_accuracies BLOB NOT NULL, -- f64 [n_classes]\n"
    "  entropy REAL, -- activation pattern entropy, sum over all neurons, nats\n"
    "  mean_live_entropy REAL, -- mean over live neurons, nats\n"
    "  n_layers INTEGER NOT NULL, -- rows in layer\n"
    "  network_widths BLOB NOT NULL, -- u32: inputs, neurons of each hidden layer, classes;\n"
    "                                -- empty if the weights are not recorded with this frame\n"
    "  digest BLOB NOT NULL\n"
    ") STRICT",

    "TABLE layer (\n"
    "  -- One hidden layer of a frame. Blobs are arrays of little-endian numbers: u32 unsigned\n"
    "  -- integers, f32 and f64 IEEE 754. The nodes of the activation pattern graph count from 0.\n"
    "  iteration INTEGER NOT NULL,\n"
    "  layer INTEGER NOT NULL, -- from 1\n"
    "  n_neurons INTEGER NOT NULL,\n"
    "  n_classes INTEGER NOT NULL,\n"
    "  n_nodes INTEGER NOT NULL,\n"
    "  n_edges INTEGER NOT NULL,\n"
    "  n_bad_values INTEGER NOT NULL, -- activations that were not a number, infinite or negative\n"
    "  n_communities INTEGER NOT NULL, -- that are shown and followed\n"
    "  n_louvain_communities INTEGER NOT NULL, -- that Louvain detects in this frame alone\n"
    "  n_events INTEGER NOT NULL, -- what happened to communities since the last frame\n"
    "  entropy REAL, -- sum over the neurons, nats\n"
    "  mean_live_entropy REAL, -- nats\n"
    "  modularity_no_overlap REAL, -- Eq. 1\n"
    "  modularity_unweighted_overlap REAL, -- Eq. 2\n"
    "  modularity_weighted_overlap REAL, -- Eq. 3\n"
    "  modularity_louvain REAL, -- of the communities that Louvain detects\n"
    "  modularity_klb_weighted REAL, -- of the halves of a Kernighan-Lin bisection\n"
    "  modularity_klb_unweighted REAL,\n"
    "  selectivity REAL, -- mean class selectivity of the neurons that are ever active\n"
    "  dead_frac REAL, -- neurons that are never active\n"
    "  always_active_frac REAL, -- neurons that are active for every sample\n"
    "  sparsity REAL, -- fraction of activations that are 0\n"
    "  n_patterns INTEGER NOT NULL, -- distinct patterns of active neurons in this layer\n"
    "  n_regions INTEGER NOT NULL, -- the same for this layer and those before it together\n"
    "  class_information REAL, -- normalised mutual information of Louvain's communities and "
    "classes\n"
    "  null_modularity_mean REAL, -- of the modularities that Louvain finds in rewired graphs\n"
    "  null_modularity_deviation REAL, -- their standard deviation\n"
    "  modularity_z REAL, -- z-score of modularity_louvain against rewired graphs\n"
    "  representative_counts BLOB NOT NULL, -- u32 [n_classes]\n"
    "  representatives BLOB NOT NULL, -- u32, neurons, best first: those of class 0, of class 1 …\n"
    "  class_means BLOB NOT NULL, -- f32 [n_classes][n_neurons], mean activation\n"
    "  neuron_entropies BLOB NOT NULL, -- f32 [n_neurons], nats\n"
    "  class_entropies BLOB NOT NULL, -- f64 [n_classes], over the samples of the class alone\n"
    "  node_neurons BLOB NOT NULL, -- u32 [n_nodes], ascending\n"
    "  node_classes BLOB NOT NULL, -- u32 [n_nodes], the class represented most strongly\n"
    "  node_communities BLOB NOT NULL, -- u32 [n_nodes], from 0\n"
    "  node_louvain_communities BLOB NOT NULL, -- u32 [n_nodes], from 0\n"
    "  community_identities BLOB NOT NULL, -- u32 [n_communities], kept through the iterations\n"
    "  event_kinds BLOB NOT NULL, -- u32 [n_events]: 0 born, 1 continued, 2 split, 3 merged, 4 "
    "ended\n"
    "  event_identities BLOB NOT NULL, -- u32 [n_events], whom it befell\n"
    "  event_others BLOB NOT NULL, -- u32 [n_events], split from or merged into\n"
    "  event_counts BLOB NOT NULL, -- u32 [n_events], neurons that moved\n"
    "  event_neurons BLOB NOT NULL, -- u32, those neurons, event after event\n"
    "  edge_sources BLOB NOT NULL, -- u32 [n_edges], nodes\n"
    "  edge_targets BLOB NOT NULL, -- u32 [n_edges], nodes\n"
    "  edge_weights BLOB NOT NULL, -- f64 [n_edges]\n"
    "  digest BLOB NOT NULL,\n"
    "  PRIMARY KEY (iteration, layer)\n"
    ") STRICT",

    "TABLE positions (\n"
    "  -- Where the nodes of a layer's graph are. They may be laid out anew; all else stays.\n"
    "  iteration INTEGER NOT NULL,\n"
    "  layer INTEGER NOT NULL,\n"
    "  node_positions BLOB NOT NULL, -- f32 [n_nodes][2], x to the right, y upwards\n"
    "  digest BLOB NOT NULL,\n"
    "  PRIMARY KEY (iteration, layer)\n"
    ") STRICT",

    "TABLE parameters (\n"
    "  -- Weights and biases in pieces of at most 16 MiB, to be put one behind the other: for "
    "each\n"
    "  -- layer of weights f32 [outputs][inputs], then biases f32 [outputs].\n"
    "  iteration INTEGER NOT NULL,\n"
    "  chunk INTEGER NOT NULL, -- from 0\n"
    "  parameter_values BLOB NOT NULL,\n"
    "  digest BLOB NOT NULL,\n"
    "  PRIMARY KEY (iteration, chunk)\n"
    ") STRICT",

    "TABLE trainer (\n"
    "  -- From where the training can go on: one row, or none if it cannot.\n"
    "  id INTEGER PRIMARY KEY CHECK (id = 1),\n"
    "  iteration INTEGER NOT NULL, -- after which this was\n"
    "  diverged INTEGER NOT NULL, -- iteration in which its numbers ceased to be finite, or 0\n"
    "  n_parameters INTEGER NOT NULL,\n"
    "  n_memories INTEGER NOT NULL, -- what the optimizer remembers of each parameter\n"
    "  has_parameters INTEGER NOT NULL, -- 0 if the weights are those of the frame\n"
    "  digest BLOB NOT NULL\n"
    ") STRICT",

    "TABLE trainer_values (\n"
    "  -- In pieces of at most 16 MiB, like and in the order of the weights and biases.\n"
    "  iteration INTEGER NOT NULL,\n"
    "  memory INTEGER NOT NULL, -- 0 weights and biases, 1 Adam's means of the gradients or the\n"
    "                           -- velocities of momentum, 2 Adam's means of their squares\n"
    "  chunk INTEGER NOT NULL, -- from 0\n"
    "  numbers BLOB NOT NULL, -- f32\n"
    "  digest BLOB NOT NULL,\n"
    "  PRIMARY KEY (iteration, memory, chunk)\n"
    ") STRICT",
};

/* The last ones are missing in recordings of before training could be continued. */
#define N_LATER_TABLES 2

/**
 * coterie_schema_create:
 * @database: an empty database, in a transaction
 *
 * Creates the tables and says in the header what the file is.
 *
 * Returns: SQLITE_OK, or what went wrong
 */
int
coterie_schema_create (sqlite3 *database)
{
  g_autofree char *header =
      g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                       COTERIE_RECORDING_APPLICATION_ID, COTERIE_RECORDING_VERSION);
  int result = sqlite3_exec (database, header, NULL, NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (TABLES) && result == SQLITE_OK; i++) {
    g_autofree char *sql = g_strconcat ("CREATE ", TABLES[i], NULL);

    result = sqlite3_exec (database, sql, NULL, NULL, NULL);
  }
  return result;
}

/* The number of one of our tables, or -1. */
static gint
find_table (const char *sql)
{
  if (sql == NULL || !g_str_has_prefix (sql, "CREATE "))
    return -1;

  for (gsize i = 0; i < G_N_ELEMENTS (TABLES); i++)
    if (g_strcmp0 (sql + strlen ("CREATE "), TABLES[i]) == 0)
      return (gint) i;
  return -1;
}

/**
 * coterie_schema_matches:
 * @database: any database
 * @matches: (out): whether it has our tables and nothing else: no view, trigger or index that could
 *   make a query do what its author likes
 *
 * Returns: SQLITE_OK, or what went wrong
 */
int
coterie_schema_matches (sqlite3 *database, gboolean *matches)
{
  sqlite3_stmt *statement = NULL;
  const gint n_needed = G_N_ELEMENTS (TABLES) - N_LATER_TABLES;
  gint n_found = 0; /* of those needed */
  gboolean foreign = FALSE;
  int result = sqlite3_prepare_v2 (
      database, "SELECT sql FROM sqlite_schema WHERE type <> 'index' OR sql IS NOT NULL", -1,
      &statement, NULL);

  if (result == SQLITE_OK) {
    while ((result = sqlite3_step (statement)) == SQLITE_ROW) {
      gint table = find_table ((const char *) sqlite3_column_text (statement, 0));

      n_found += table >= 0 && table < n_needed;
      foreign |= table < 0;
    }
  }
  sqlite3_finalize (statement);
  *matches = !foreign && n_found == n_needed;
  return result == SQLITE_DONE ? SQLITE_OK : result;
}
