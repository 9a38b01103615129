/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything needed to do a run again, as a value that threads may share. */

#include "core/recording/run-info.h"

static void
run_info_clear (gpointer pointer)
{
  CoterieRunInfo *info = pointer;

  g_free ((gpointer) info->dataset.name);
  g_free ((gpointer) info->dataset.source);
  g_free ((gpointer) info->dataset.options);
  g_strfreev ((char **) info->dataset.class_names);
  g_free ((gpointer) info->dataset_hash);
  g_free ((gpointer) info->pins);
  g_free ((gpointer) info->program);
}

static char *
dup_text (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

/**
 * coterie_run_info_new:
 * @fields: what to hold, copied; texts that are %NULL become empty, and there must be a name for
 *   every class
 *
 * Returns: (transfer full): the information
 */
CoterieRunInfo *
coterie_run_info_new (const CoterieRunInfo *fields)
{
  CoterieRunInfo *info;
  char **class_names = (char **) fields->dataset.class_names;

  g_return_val_if_fail (class_names != NULL, NULL);
  g_return_val_if_fail (g_strv_length (class_names) == fields->dataset.n_classes, NULL);

  info = g_atomic_rc_box_new (CoterieRunInfo);
  *info = *fields;
  info->dataset.name = dup_text (fields->dataset.name);
  info->dataset.source = dup_text (fields->dataset.source);
  info->dataset.options = dup_text (fields->dataset.options);
  info->dataset.class_names = (const char *const *) g_strdupv (class_names);
  info->dataset_hash = dup_text (fields->dataset_hash);
  info->pins = g_memdup2 (fields->pins, fields->n_pins * sizeof *fields->pins);
  info->program = dup_text (fields->program);
  return info;
}

/**
 * coterie_run_info_ref:
 * @info: the information
 *
 * Returns: (transfer full): @info
 */
CoterieRunInfo *
coterie_run_info_ref (CoterieRunInfo *info)
{
  return g_atomic_rc_box_acquire (info);
}

/**
 * coterie_run_info_unref:
 * @info: (transfer full): the information
 *
 * Frees @info with its last reference.
 */
void
coterie_run_info_unref (CoterieRunInfo *info)
{
  g_atomic_rc_box_release_full (info, run_info_clear);
}
