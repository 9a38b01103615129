/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset.h"

G_BEGIN_DECLS

void coterie_dataset_names_find (const char *file_name,
                                 const CoterieSamples *training,
                                 char **name,
                                 char ***class_names);

G_END_DECLS
