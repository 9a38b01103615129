/* SPDX-License-Identifier: GPL-3.0-or-later */

/* coterie-cli datasets: the data sets that have a name here, and which of them are on this machine. */

#include "config.h"

#include <glib/gi18n.h>

#include "cli/command-status.h"
#include "cli/commands.h"
#include "cli/json-members.h"
#include "cli/standard-output.h"
#include "core/dataset/known-sets.h"

static char *
describe_samples (const CoterieKnownSet *set)
{
  if (set->n_test == 0)
    return g_strdup_printf (_ ("%u samples, %u classes"), set->n_training, set->n_classes);
  return g_strdup_printf (_ ("%u samples for training, %u for testing, %u classes"),
                          set->n_training, set->n_test, set->n_classes);
}

static char *
describe_place (const CoterieKnownSet *set)
{
  g_autofree char *path = coterie_known_set_find_local (set);
  g_autofree char *display_path = path != NULL ? g_filename_display_name (path) : NULL;
  g_autofree char *damaged = coterie_known_set_find_damage (set, FALSE);
  g_autofree char *size = g_format_size (coterie_known_set_get_size (set));

  if (set->kind == COTERIE_KNOWN_SET_BUILT_IN)
    return g_strdup (_ ("built in"));
  if (path != NULL)
    return g_strdup_printf (_ ("on this machine: %s"), display_path);
  if (damaged != NULL)
    return g_strdup_printf (_ ("damaged: %s; “train --download” fetches it again"), damaged);
  if (set->kind == COTERIE_KNOWN_SET_DOWNLOAD)
    return g_strdup_printf (_ ("not on this machine; “train --download” fetches %s"), size);
  return g_strdup (_ ("give “train” the path of its folder"));
}

static void
print_set (const CoterieKnownSet *set)
{
  g_autofree char *samples = describe_samples (set);
  g_autofree char *place = describe_place (set);

  g_print ("%s\n", set->identifier);
  g_print ("  %s: %s\n", set->name, _ (set->summary));
  g_print ("  %s\n", samples);
  g_print (_ ("  Licence: %s\n"), _ (set->licence));
  g_print ("  %s\n", place);
}

static const char *
get_kind_word (CoterieKnownSetKind kind)
{
  switch (kind) {
  case COTERIE_KNOWN_SET_BUILT_IN:
    return "built-in";
  case COTERIE_KNOWN_SET_DOWNLOAD:
    return "download";
  case COTERIE_KNOWN_SET_BY_HAND:
  default:
    return "by-hand";
  }
}

static void
add_file (JsonBuilder *builder, const CoterieKnownFile *file)
{
  coterie_json_begin_object (builder, NULL);
  coterie_json_add_text (builder, "name", file->name);
  coterie_json_add_whole (builder, "bytes", file->size);
  coterie_json_add_text (builder, "sha256", file->sha256);
  coterie_json_begin_array (builder, "addresses");
  for (guint i = 0; file->addresses[i] != NULL; i++)
    coterie_json_add_text (builder, NULL, file->addresses[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_path (JsonBuilder *builder, const CoterieKnownSet *set)
{
  g_autofree char *path = coterie_known_set_find_local (set);

  if (path != NULL) {
    coterie_json_add_text (builder, "path", path);
  } else {
    json_builder_set_member_name (builder, "path");
    json_builder_add_null_value (builder);
  }
}

static void
add_set (JsonBuilder *builder, const CoterieKnownSet *set)
{
  coterie_json_begin_object (builder, NULL);
  coterie_json_add_text (builder, "identifier", set->identifier);
  coterie_json_add_text (builder, "name", set->name);
  coterie_json_add_text (builder, "summary", set->summary);
  coterie_json_add_text (builder, "licence", set->licence);
  coterie_json_add_text (builder, "kind", get_kind_word (set->kind));
  coterie_json_add_whole (builder, "training_samples", set->n_training);
  coterie_json_add_whole (builder, "test_samples", set->n_test);
  coterie_json_add_whole (builder, "classes", set->n_classes);
  coterie_json_add_whole (builder, "bytes", coterie_known_set_get_size (set));
  add_path (builder, set);
  coterie_json_begin_array (builder, "files");
  for (guint i = 0; i < set->n_files; i++)
    add_file (builder, &set->files[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static gboolean
is_wanted (const CoterieKnownSet *set, const char *identifier)
{
  return identifier == NULL || g_str_equal (set->identifier, identifier);
}

static void
print_json (const char *identifier)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = NULL;
  guint n_sets;
  const CoterieKnownSet *sets = coterie_known_sets_list (&n_sets);

  coterie_json_begin_object (builder, NULL);
  coterie_json_begin_array (builder, "datasets");
  for (guint i = 0; i < n_sets; i++)
    if (is_wanted (&sets[i], identifier))
      add_set (builder, &sets[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  text = coterie_json_to_text (builder, TRUE);
  coterie_standard_output_put (text);
}

static void
print_text (const char *identifier)
{
  guint n_sets;
  const CoterieKnownSet *sets = coterie_known_sets_list (&n_sets);

  for (guint i = 0; i < n_sets; i++) {
    if (!is_wanted (&sets[i], identifier))
      continue;
    g_print ("%s", i > 0 && identifier == NULL ? "\n" : "");
    print_set (&sets[i]);
  }
}

/* The name of one of them may be given, and nothing else. */
static gboolean
take_identifier (const char **identifier, int *argc, char **argv, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n_sets;
  const CoterieKnownSet *sets = coterie_known_sets_list (&n_sets);

  if (*argc != 2)
    return TRUE;
  if (coterie_known_sets_find (argv[1]) != NULL) {
    *identifier = argv[1];
    *argc = 1;
    return TRUE;
  }
  for (guint i = 0; i < n_sets; i++)
    g_string_append_printf (names, i > 0 ? ", %s" : "%s", sets[i].identifier);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               _ ("no data set is called “%s”; known are %s"), argv[1], names->str);
  return FALSE;
}

static gboolean
parse_options (gboolean *json, const char **identifier, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
      {"json", 0, 0, G_OPTION_ARG_NONE, json, N_ ("Print a JSON object"), NULL},
      G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) context = g_option_context_new (_ ("[NAME]"));

  g_option_context_set_summary (
      context,
      _ ("Lists the data sets that “train --dataset” knows by name, or the one of that NAME:\n"
         "their licences and sizes, and where they are on this machine."));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse (context, &argc, &argv, error) ||
      !take_identifier (identifier, &argc, argv, error) ||
      !coterie_command_takes_no_more (argc, argv, error))
    return FALSE;
  return TRUE;
}

/**
 * coterie_command_datasets:
 * @argc: number of arguments
 * @argv: (array length=argc): the command's name and its options
 *
 * Runs "coterie-cli datasets", which asks nothing of any network.
 *
 * Returns: the exit status: 0, or 2 if an option cannot be used
 */
int
coterie_command_datasets (int argc, char **argv)
{
  gboolean json = FALSE;
  const char *identifier = NULL;
  g_autoptr (GError) error = NULL;

  if (!parse_options (&json, &identifier, argc, argv, &error))
    return coterie_command_misuse (error);
  if (json)
    print_json (identifier);
  else
    print_text (identifier);
  return COTERIE_EXIT_DONE;
}
