/* SPDX-License-Identifier: GPL-3.0-or-later */

/* coterie-cli: what Coterie does, without a display. The first argument is the command. */

#include "config.h"

#include <glib/gi18n.h>
#include <igraph/igraph.h>
#include <locale.h>
#include <signal.h>
#include <sqlite3.h>

#include "cli/command-status.h"
#include "cli/commands.h"
#include "cli/standard-output.h"
#include "core/network/dense.h"

typedef struct {
  const char *name;
  int (*run) (int argc, char **argv);
  const char *description;
} Command;

static const Command commands[] = {
    {"train", coterie_command_train, N_ ("train a network and record how its communities evolve")},
    {"datasets", coterie_command_datasets, N_ ("list the data sets that are known by name")},
    {"info", coterie_command_info, N_ ("print what is in a recording")},
    {"tables", coterie_command_tables, N_ ("print the tables of the paper for recordings")},
    {"analyze", coterie_command_analyze,
     N_ ("analyse a recording with other settings, without training again")},
    {"layout", coterie_command_layout, N_ ("lay the graphs of a recording out anew")},
    {"metrics", coterie_command_metrics, N_ ("compute every measure of given activations")},
    {"correlate", coterie_command_correlate,
     N_ ("compute how series go together with another one")},
    {"picture", coterie_command_picture, N_ ("draw the graph of a layer of a recording")},
};

static void
print_help (void)
{
  g_print (_ ("Usage: %s COMMAND [OPTION…]\n\n"), "coterie-cli");
  g_print (_ ("Shows how the communities of a network's neurons evolve while it learns.\n\n"));
  g_print (_ ("Commands:\n"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s %s\n", commands[i].name, _ (commands[i].description));
  g_print (_ ("\nOptions:\n"));
  g_print ("  %-10s %s\n", "--help", _ ("print this help; after a command, its own"));
  g_print ("  %-10s %s\n", "--version", _ ("print the versions of program and libraries"));
}

static void
print_library (const char *name, const char *compiled, const char *running)
{
  g_print (_ ("%s: compiled with %s, running with %s\n"), name, compiled, running);
}

static void
print_version (void)
{
  g_autofree char *glib_compiled =
      g_strdup_printf ("%d.%d.%d", GLIB_MAJOR_VERSION, GLIB_MINOR_VERSION, GLIB_MICRO_VERSION);
  g_autofree char *glib_running =
      g_strdup_printf ("%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  const char *igraph_running;

  igraph_version (&igraph_running, NULL, NULL, NULL);
  g_print ("coterie-cli %s\n", VERSION);
  print_library ("GLib", glib_compiled, glib_running);
  print_library ("igraph", IGRAPH_VERSION, igraph_running);
  print_library ("SQLite", SQLITE_VERSION, sqlite3_libversion ());
  g_print (_ ("Kernels: %s\n"), coterie_dense_get_kernels ()->name);
}

/* A word that is not known would have no effect, and nobody would notice. A training refuses it itself. */
static void
check_kernels (const char *command)
{
  const char *forced = g_getenv ("COTERIE_KERNELS");
  g_autofree char *names = NULL;

  if (g_strcmp0 (command, "train") == 0 || forced == NULL || *forced == '\0' ||
      coterie_dense_find_kernels (forced) != NULL)
    return;
  names = coterie_dense_dup_kernel_names ();
  g_printerr (_ ("coterie-cli: COTERIE_KERNELS=%s is ignored: this processor has %s\n"), forced,
              names);
}

static int
run_command (const Command *command, int argc, char **argv)
{
  g_autofree char *program = g_strdup_printf ("coterie-cli %s", command->name);

  g_set_prgname (program); /* what --help of the command calls it */
  return command->run (argc, argv);
}

static int
run (int argc, char **argv)
{
  const char *word = argc > 1 ? argv[1] : NULL;

  if (g_strcmp0 (word, "--help") == 0 || g_strcmp0 (word, "-h") == 0) {
    print_help ();
    return COTERIE_EXIT_DONE;
  }
  if (g_strcmp0 (word, "--version") == 0) {
    print_version ();
    return COTERIE_EXIT_DONE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_strcmp0 (word, commands[i].name) == 0)
      return run_command (&commands[i], argc - 1, argv + 1);

  if (word == NULL)
    g_printerr (_ ("coterie-cli: a command is needed\n"));
  else
    g_printerr (_ ("coterie-cli: there is no command “%s”\n"), word);
  g_printerr (_ ("Try “%s” for the commands.\n"), "coterie-cli --help");
  return COTERIE_EXIT_MISUSED;
}

int
main (int argc, char *argv[])
{
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  signal (SIGXFSZ, SIG_IGN); /* a file beyond the limit is an error to report, as a full disk is */

  check_kernels (argc > 1 ? argv[1] : NULL);
  status = run (argc, argv);
  if (status == COTERIE_EXIT_DONE && !coterie_standard_output_is_complete ()) {
    g_printerr (_ ("coterie-cli: standard output: not all of it could be written\n"));
    return COTERIE_EXIT_FAILED;
  }
  return status;
}
