/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/rng.h"
#include "core/recording/recording-reader.h"
#include "core/recording/recording-writer.h"
#include "test-folder.h"

/* Shape of the made-up layers of a frame. */
typedef enum {
  FIXTURE_PLAIN,
  FIXTURE_NO_NODES,
  FIXTURE_NO_EDGES,
  FIXTURE_EMPTY_CLASS,
} FixtureShape;

/* A folder, and in it the path of a recording that is not there yet. */
typedef struct {
  TestFolder *folder;
  char *path;
} FixturePlace;

void fixture_place_set_up (FixturePlace *place, gconstpointer data);
void fixture_place_tear_down (FixturePlace *place, gconstpointer data);

/* Adds a test that is given such a place, and some data. */
#define FIXTURE_ADD_TEST(name, test, data)                                                         \
  g_test_add (name, FixturePlace, data, fixture_place_set_up, test, fixture_place_tear_down)

guint fixture_count_files (const char *folder);

CoterieRunInfo *fixture_make_info (CoterieRng *rng, guint n_hidden, guint max_neurons);
CoterieFrame *fixture_make_frame (CoterieRng *rng,
                                  const CoterieRunInfo *info,
                                  guint iteration,
                                  FixtureShape shape);
CoterieNetwork *fixture_make_network (CoterieRng *rng, const CoterieRunInfo *info);

/* The frame of an iteration of a recording, the same for the same seed. */
CoterieFrame *fixture_make_nth_frame (guint64 seed, const CoterieRunInfo *info, guint iteration);
CoterieNetwork *
fixture_make_nth_network (guint64 seed, const CoterieRunInfo *info, guint iteration);
CoterieRunInfo *fixture_make_seeded_info (guint64 seed);
CoterieRunInfo *fixture_make_large_info (void);
CoterieRecordingWriter *fixture_start (const char *path, guint64 seed);
void fixture_add (CoterieRecordingWriter *writer, guint64 seed, guint iteration, GError **error);
char *fixture_write (const char *folder, guint64 seed, guint n_frames);
CoterieRecordingReader *fixture_open (const char *path);

gboolean fixture_infos_equal (const CoterieRunInfo *a, const CoterieRunInfo *b);
gboolean fixture_frames_equal (const CoterieFrame *a, const CoterieFrame *b);
gboolean fixture_networks_equal (const CoterieNetwork *a, const CoterieNetwork *b);
void fixture_assert_holds (const char *path, guint64 seed, guint n_frames);
void
fixture_assert_frame (CoterieRecordingReader *reader, guint index, const CoterieFrame *expected);
void fixture_assert_network (CoterieRecordingReader *reader,
                             guint index,
                             const CoterieNetwork *expected);
