/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/session.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_TRAINING_CARD (coterie_training_card_get_type ())
G_DECLARE_FINAL_TYPE (CoterieTrainingCard, coterie_training_card, COTERIE, TRAINING_CARD, GtkWidget)

void coterie_training_card_set_session (CoterieTrainingCard *self, CoterieSession *session);

G_END_DECLS
