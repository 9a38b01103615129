/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How every command ends that could not do what was asked: a line on standard error, and for words that
 * cannot be used another one that leads to the command's help. */

#include "config.h"

#include "cli/command-status.h"

#include <glib/gi18n.h>

/**
 * coterie_command_fail:
 * @error: what went wrong
 *
 * Prints it.
 *
 * Returns: the exit status
 */
int
coterie_command_fail (const GError *error)
{
  g_printerr ("coterie-cli: %s\n", error->message);
  return COTERIE_EXIT_FAILED;
}

/**
 * coterie_command_misuse:
 * @error: what is wrong with the words that were typed
 *
 * Prints it, and where the help is: the name of the program is that of its command.
 *
 * Returns: the exit status
 */
int
coterie_command_misuse (const GError *error)
{
  g_autofree char *help = g_strdup_printf ("%s --help", g_get_prgname ());

  g_printerr ("coterie-cli: %s\n", error->message);
  g_printerr (_ ("Try “%s” for the options.\n"), help);
  return COTERIE_EXIT_MISUSED;
}

/**
 * coterie_command_takes_no_more:
 * @argc: number of arguments that are left when the options are taken
 * @argv: (array length=argc): the command's name and what is left
 * @error: return location for a #GError
 *
 * Returns: %FALSE with a sentence naming the first word that is left
 */
gboolean
coterie_command_takes_no_more (int argc, char **argv, GError **error)
{
  if (argc <= 1)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, _ ("unexpected argument “%s”"),
               argv[1]);
  return FALSE;
}
