/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/training/trainer.h"
#include <sqlite3.h>

G_BEGIN_DECLS

gboolean coterie_recording_trainer_write (sqlite3 *database,
                                          const CoterieTrainerState *state,
                                          gboolean with_parameters,
                                          gboolean is_ahead);
guint coterie_recording_trainer_count_chunks (const CoterieTrainerState *state);
gboolean coterie_recording_trainer_write_chunk (sqlite3 *database,
                                                const CoterieTrainerState *state,
                                                guint memory,
                                                guint chunk);
gboolean coterie_recording_trainer_remove_piece (sqlite3 *database);

gboolean coterie_recording_trainer_find (const char *path,
                                         gboolean *found,
                                         guint *iteration,
                                         GError **error);
gboolean
coterie_recording_trainer_load (const char *path, CoterieTrainerState *state, GError **error);

G_END_DECLS
