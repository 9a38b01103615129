/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/dataset/dataset.h"

G_BEGIN_DECLS

/**
 * CoterieClassFile:
 * @path: the file
 * @label: its class, from 0
 *
 * A file in a class folder; by its name and place only, it has not been read.
 */
typedef struct {
  char *path;
  guint16 label;
} CoterieClassFile;

/**
 * CoterieClassFolders:
 * @class_names: (array zero-terminated): the names of the class folders, in natural order
 * @empty: (element-type filename): paths of folders that are no classes since nothing is in them
 * @others: (element-type filename): paths in class folders of what is neither a file nor a folder, such as a
 *   link that leads nowhere or a named pipe
 * @files: [files of the split] #CoterieClassFile of each split, class after class, each in natural
 *   order; none for testing if there is no folder for it
 *
 * What is in a folder with a folder for each class.
 */
typedef struct {
  char **class_names;
  GPtrArray *empty;
  GPtrArray *others;
  GArray *files[COTERIE_N_SPLITS];
} CoterieClassFolders;

gboolean coterie_class_folders_exist (const char *folder);
gboolean coterie_class_folders_list (CoterieClassFolders *classes,
                                     const char *folder,
                                     GCancellable *cancellable,
                                     GError **error);
void coterie_class_folders_clear (CoterieClassFolders *classes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CoterieClassFolders, coterie_class_folders_clear)

G_END_DECLS
