/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The path of a folder that is gone, with all that is in it, when the test ends. */
typedef char TestFolder;

TestFolder *test_folder_new (void);
void test_folder_free (TestFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestFolder, test_folder_free)
