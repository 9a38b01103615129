/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What was wanted of the last picture, kept for the next time. Columns are kept by name: their order may
 * change from one version to the next. */

#include "app/picture-settings.h"

#include "core/base/words.h"

#define ROOM_WINDOW "window"
#define ROOM_OWN "own"

static const char *const formats[COTERIE_N_PICTURE_FORMATS] = {
    [COTERIE_PICTURE_PNG] = "png",
    [COTERIE_PICTURE_SVG] = "svg",
    [COTERIE_PICTURE_PDF] = "pdf",
};

static const char *const units[COTERIE_N_PICTURE_UNITS] = {
    [COTERIE_PICTURE_UNIT_MM] = "mm",
    [COTERIE_PICTURE_UNIT_INCH] = "in",
    [COTERIE_PICTURE_UNIT_PX] = "px",
};

static const char *const backgrounds[COTERIE_N_PICTURE_BACKGROUNDS] = {
    [COTERIE_PICTURE_BACKGROUND_LIGHT] = "light",
    [COTERIE_PICTURE_BACKGROUND_DARK] = "dark",
    [COTERIE_PICTURE_BACKGROUND_TRANSPARENT] = "transparent",
};

/* The schema lets no other words in. */
static guint
load_word (GSettings *settings, const char *key, const char *const *words, guint n_words)
{
  g_autofree char *text = g_settings_get_string (settings, key);

  return (guint) MAX (coterie_words_find (text, words, n_words), 0);
}

static void
load_room (GSettings *settings, CoteriePictureChoice *choice)
{
  guint n_columns;
  const CoterieColumn *columns = coterie_column_list (&n_columns);
  g_autofree char *text = g_settings_get_string (settings, "picture-size");

  choice->room = COTERIE_PICTURE_ROOM_WINDOW;
  if (g_str_equal (text, ROOM_OWN))
    choice->room = COTERIE_PICTURE_ROOM_OWN;
  for (guint i = 0; i < n_columns; i++)
    if (g_str_equal (text, columns[i].name)) {
      choice->room = COTERIE_PICTURE_ROOM_COLUMN;
      choice->column = i;
    }
}

static const char *
name_room (const CoteriePictureChoice *choice)
{
  guint n_columns;
  const CoterieColumn *columns = coterie_column_list (&n_columns);

  switch (choice->room) {
  case COTERIE_PICTURE_ROOM_COLUMN:
    return columns[choice->column].name;
  case COTERIE_PICTURE_ROOM_OWN:
    return ROOM_OWN;
  case COTERIE_PICTURE_ROOM_WINDOW:
  default:
    return ROOM_WINDOW;
  }
}

/**
 * coterie_picture_settings_load:
 * @settings: the settings of the program
 *
 * Returns: what was wanted of the last picture; a column that is not known any more gives the room of
 *   the window
 */
CoteriePictureChoice
coterie_picture_settings_load (GSettings *settings)
{
  CoteriePictureChoice choice = {
      .format = (CoteriePictureFormat) load_word (settings, "picture-format", formats,
                                                  G_N_ELEMENTS (formats)),
      .unit =
          (CoteriePictureUnit) load_word (settings, "picture-unit", units, G_N_ELEMENTS (units)),
      .width = g_settings_get_double (settings, "picture-width"),
      .own_height = g_settings_get_boolean (settings, "picture-own-height"),
      .height = g_settings_get_double (settings, "picture-height"),
      .dpi = g_settings_get_double (settings, "picture-resolution"),
      .background = (CoteriePictureBackground) load_word (settings, "picture-background",
                                                          backgrounds, G_N_ELEMENTS (backgrounds)),
      .whole_graph = g_settings_get_boolean (settings, "picture-whole-graph"),
      .legend = g_settings_get_boolean (settings, "picture-legend"),
      .labels = g_settings_get_boolean (settings, "picture-labels"),
  };

  load_room (settings, &choice);
  return choice;
}

/**
 * coterie_picture_settings_save:
 * @settings: the settings of the program
 * @choice: what is wanted
 */
void
coterie_picture_settings_save (GSettings *settings, const CoteriePictureChoice *choice)
{
  g_settings_set_string (settings, "picture-format", formats[choice->format]);
  g_settings_set_string (settings, "picture-size", name_room (choice));
  g_settings_set_string (settings, "picture-unit", units[choice->unit]);
  g_settings_set_double (settings, "picture-width", choice->width);
  g_settings_set_boolean (settings, "picture-own-height", choice->own_height);
  g_settings_set_double (settings, "picture-height", choice->height);
  g_settings_set_double (settings, "picture-resolution", choice->dpi);
  g_settings_set_string (settings, "picture-background", backgrounds[choice->background]);
  g_settings_set_boolean (settings, "picture-whole-graph", choice->whole_graph);
  g_settings_set_boolean (settings, "picture-legend", choice->legend);
  g_settings_set_boolean (settings, "picture-labels", choice->labels);
}
