/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/session.h"
#include "test-folder.h"

/* Frames of the recording that is there, and the analysis it holds. */
#define FIXTURE_N_FRAMES 5
#define FIXTURE_TOP 4

/* A session and what it has told, and a folder with the path of a recording. */
typedef struct {
  CoterieSession *session;
  TestFolder *folder;
  char *path;
  GError *failure; /* the last one */
  guint n_ended;   /* trainings */
  guint n_replaced;
  guint n_pins_changed;
  guint n_weights_loaded;
} Fixture;

/* Without a recording, or with one: trained once, for all tests. */
void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_set_up_recorded (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);

/* Of a training that takes a moment. */
CoterieRunSettings fixture_make_settings (Fixture *fixture, guint n_iterations);

gboolean fixture_give_up (gpointer data);

/* Longer than anything here takes on a slow machine under a sanitizer. */
#define FIXTURE_PATIENCE_S 120

#define WAIT_UNTIL(condition)                                                                      \
  G_STMT_START                                                                                     \
  {                                                                                                \
    guint patience = g_timeout_add_seconds (FIXTURE_PATIENCE_S, fixture_give_up, NULL);            \
    while (!(condition))                                                                           \
      g_main_context_iteration (NULL, TRUE);                                                       \
    g_source_remove (patience);                                                                    \
  }                                                                                                \
  G_STMT_END
