/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What "train" says before it begins, so that nobody finds out at the end that something else was
 * learnt: which column of a file became the class, which classes are not tested, which files were left out, and whether a layer has no
 * more neurons than are taken from it for each class. */

#include "config.h"

#include "cli/train-notes.h"

#include <glib/gi18n.h>

#include "cli/json-members.h"

#define MOST_CLASSES_LISTED 10
#define MOST_FILES_LISTED 10

/**
 * coterie_train_notes_describe_classes:
 * @info: what is being trained
 * @report: (nullable): how its data set was read
 *
 * Returns: (transfer full) (nullable): a line that says which column became the class and what the
 *   classes are; %NULL if that was no matter of choice
 */
char *
coterie_train_notes_describe_classes (const CoterieRunInfo *info, CoterieDatasetReport *report)
{
  const char *column = report != NULL ? coterie_dataset_report_get_class_column (report) : NULL;
  g_autofree char *classes = NULL;

  if (column == NULL)
    return NULL;
  classes = coterie_dataset_info_list_classes (&info->dataset, MOST_CLASSES_LISTED);
  /* Translators: the first is "column 3 (“kind”)", the last a list of classes */
  return g_strdup_printf (_ ("Class: %s, %u classes: %s\n"), column, info->dataset.n_classes,
                          classes);
}

/**
 * coterie_train_notes_describe_untested:
 * @report: (nullable): how a data set was read
 *
 * Returns: (transfer full) (nullable): a line that names the classes without test samples; %NULL if there
 *   is none
 */
char *
coterie_train_notes_describe_untested (CoterieDatasetReport *report)
{
  guint n_classes = report != NULL ? coterie_dataset_report_get_n_untested_classes (report) : 0;
  g_autofree char *classes = NULL;

  if (n_classes == 0)
    return NULL;
  classes = coterie_dataset_report_list_untested_classes (report, MOST_CLASSES_LISTED);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE,
                   "%u class has no test samples, and no say in the accuracy: %s\n",
                   "%u classes have no test samples, and no say in the accuracy: %s\n", n_classes),
      n_classes, classes);
}

/**
 * coterie_train_notes_describe_narrow_layers:
 * @info: what is being trained
 *
 * Returns: (transfer full) (nullable): a line for each layer whose neurons all represent every class;
 *   %NULL if there is none
 */
char *
coterie_train_notes_describe_narrow_layers (const CoterieRunInfo *info)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint l = 0; l < info->training.n_hidden; l++) {
    guint width = info->training.hidden[l];

    if (width == 1)
      g_string_append_printf (text, _ ("Layer %u has one neuron, which represents every class\n"),
                              l + 1);
    else if (width <= info->analysis.top)
      g_string_append_printf (text,
                              _ ("Layer %u has %u neurons: with --top %u all of them represent "
                                 "every class; choose fewer to tell classes apart\n"),
                              l + 1, width, info->analysis.top);
  }
  return text->len > 0 ? g_strdup (text->str) : NULL;
}

/**
 * coterie_train_notes_describe_left_out:
 * @report: (nullable): how a data set was read
 * @list_all: whether every file is to be named
 *
 * Returns: (transfer full) (nullable): how many files were left out, and a line for each, or for each of
 *   the first ten; %NULL if none was
 */
char *
coterie_train_notes_describe_left_out (CoterieDatasetReport *report, gboolean list_all)
{
  gsize n_files = report != NULL ? coterie_dataset_report_get_n_files (report) : 0;
  gsize n_listed = list_all ? n_files : MIN (n_files, MOST_FILES_LISTED);
  g_autoptr (GString) text = g_string_new (NULL);

  if (n_files == 0)
    return NULL;
  g_string_append_printf (text,
                          g_dngettext (GETTEXT_PACKAGE, "coterie-cli: %u file was left out:\n",
                                       "coterie-cli: %u files were left out:\n", n_files),
                          (guint) n_files);
  for (gsize i = 0; i < n_listed; i++)
    g_string_append_printf (text, "  %s: %s\n", coterie_dataset_report_get_path (report, i),
                            coterie_dataset_report_get_reason (report, i));
  if (n_files > n_listed)
    g_string_append_printf (text, _ ("  and %u more; --list-left-out names them all\n"),
                            (guint) (n_files - n_listed));
  return g_strdup (text->str);
}

/**
 * coterie_train_notes_add_left_out:
 * @builder: in an object
 * @report: (nullable): how a data set was read
 *
 * Adds all files that were left out, as the member "left_out".
 */
void
coterie_train_notes_add_left_out (JsonBuilder *builder, CoterieDatasetReport *report)
{
  gsize n_files = report != NULL ? coterie_dataset_report_get_n_files (report) : 0;

  coterie_json_begin_array (builder, "left_out");
  for (gsize i = 0; i < n_files; i++) {
    coterie_json_begin_object (builder, NULL);
    coterie_json_add_text (builder, "file", coterie_dataset_report_get_path (report, i));
    coterie_json_add_text (builder, "reason", coterie_dataset_report_get_reason (report, i));
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/**
 * coterie_train_notes_add_untested:
 * @builder: in an object
 * @report: (nullable): how a data set was read
 *
 * Adds the names of all classes without test samples, as the member "untested_classes".
 */
void
coterie_train_notes_add_untested (JsonBuilder *builder, CoterieDatasetReport *report)
{
  guint n_classes = report != NULL ? coterie_dataset_report_get_n_untested_classes (report) : 0;

  coterie_json_begin_array (builder, "untested_classes");
  for (guint i = 0; i < n_classes; i++)
    coterie_json_add_text (builder, NULL, coterie_dataset_report_get_untested_class (report, i));
  json_builder_end_array (builder);
}

/**
 * coterie_train_notes_advise:
 * @error: (inout): why the data set cannot be learnt
 *
 * Adds to it the option that may help, where there is one.
 */
void
coterie_train_notes_advise (GError *error)
{
  char *message = error->message;

  if (!g_error_matches (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_COLUMN))
    return;
  error->message =
      g_strdup_printf (_ ("%s; to name another column of the class, add --label-column"), message);
  g_free (message);
}

/**
 * coterie_train_notes_print:
 * @options: of the training
 * @info: what is to be trained
 * @report: (nullable): how its data set was read
 *
 * Prints what is to be known before the training begins: files that were left out on standard error, and
 * the rest, unless it is to be JSON, on standard output.
 */
void
coterie_train_notes_print (const CoterieTrainOptions *options,
                           const CoterieRunInfo *info,
                           CoterieDatasetReport *report)
{
  g_autofree char *left_out =
      coterie_train_notes_describe_left_out (report, options->lists_left_out);
  g_autofree char *classes = coterie_train_notes_describe_classes (info, report);
  g_autofree char *untested = coterie_train_notes_describe_untested (report);
  g_autofree char *narrow_layers = coterie_train_notes_describe_narrow_layers (info);

  if (left_out != NULL)
    g_printerr ("%s", left_out);
  if (classes != NULL && !options->json)
    g_print ("%s", classes);
  if (untested != NULL && !options->json)
    g_print ("%s", untested);
  if (narrow_layers != NULL && !options->json)
    g_print ("%s", narrow_layers);
}
