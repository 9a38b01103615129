/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gint coterie_words_find (const char *text, const char *const *words, guint n_words);
gboolean coterie_words_name (const char *identifier, const char *name);

G_END_DECLS
