/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "core/dataset/known-sets.h"

G_BEGIN_DECLS

#define COTERIE_TYPE_DATASET_FETCHER (coterie_dataset_fetcher_get_type ())
G_DECLARE_FINAL_TYPE (
    CoterieDatasetFetcher, coterie_dataset_fetcher, COTERIE, DATASET_FETCHER, GtkBox)

CoterieDatasetFetcher *coterie_dataset_fetcher_new (const CoterieKnownSet *set);
gboolean coterie_dataset_fetcher_is_running (CoterieDatasetFetcher *self);
GtkWidget *coterie_dataset_fetcher_get_start (CoterieDatasetFetcher *self);

G_END_DECLS
