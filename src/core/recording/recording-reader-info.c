/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads what a recording says once: the run, its classes, its hidden layers, how it is laid out and what is
 * pinned. */

#include "core/recording/recording-reader-private.h"

#include "core/recording/recording-check.h"
#include "core/recording/recording-file.h"
#include "core/recording/recording-run.h"

/* Fills all but the classes' names and what is said of each layer. The texts are the caller's. */
static gboolean
load_run (CoterieRecordingReader *reader, CoterieRunInfo *fields, GError **error)
{
  g_auto (CoterieRow) row = {0};
  g_autoptr (sqlite3_stmt) statement =
      coterie_recording_reader_find_row (reader, "run", "id = 1", 0, 0, &row, "the run", error);

  if (statement == NULL)
    return FALSE;

  coterie_recording_run_take (&row, fields);
  return coterie_recording_reader_is_sound (reader, &row, "the run", error);
}

static char *
load_class (CoterieRecordingReader *reader, guint c, GError **error)
{
  g_autofree char *place = g_strdup_printf ("class %u", c);
  g_auto (CoterieRow) row = {0};
  g_autoptr (sqlite3_stmt) statement =
      coterie_recording_reader_find_row (reader, "class", "class = ?1", c, 0, &row, place, error);
  g_autofree char *name = NULL;

  if (statement == NULL)
    return NULL;

  coterie_row_take_integer (&row, c, c);
  name = coterie_row_take_text (&row);
  return coterie_recording_reader_is_sound (reader, &row, place, error) ? g_steal_pointer (&name)
                                                                        : NULL;
}

static gboolean
load_hidden_layer (CoterieRecordingReader *reader,
                   guint layer,
                   CoterieTrainingSettings *training,
                   GError **error)
{
  g_autofree char *place = g_strdup_printf ("hidden layer %u", layer);
  g_auto (CoterieRow) row = {0};
  g_autoptr (sqlite3_stmt) statement = coterie_recording_reader_find_row (
      reader, "hidden_layer", "layer = ?1", layer, 0, &row, place, error);

  if (statement == NULL)
    return FALSE;

  coterie_row_take_integer (&row, layer, layer);
  training->hidden[layer - 1] = coterie_row_take_uint (&row);
  training->dropout[layer - 1] = coterie_row_take_real (&row);
  return coterie_recording_reader_is_sound (reader, &row, place, error);
}

static gboolean
load_layout (CoterieRecordingReader *reader, CoterieRunInfo *fields, GError **error)
{
  g_auto (CoterieRow) row = {0};
  g_autoptr (sqlite3_stmt) statement = coterie_recording_reader_find_row (
      reader, "layout", "id = 1", 0, 0, &row, "the layout", error);

  if (statement == NULL)
    return FALSE;

  coterie_recording_layout_take (&row, fields);
  return coterie_recording_reader_is_sound (reader, &row, "the layout", error);
}

static gboolean
take_pin (CoterieRecordingReader *reader, sqlite3_stmt *statement, GArray *pins, GError **error)
{
  g_autofree char *place = g_strdup_printf ("pin %u", pins->len);
  g_auto (CoterieRow) row = {0};
  CoteriePin pin;

  coterie_row_open (&row, statement, "pin");
  coterie_recording_pin_take (&row, &pin);
  if (!coterie_recording_reader_is_sound (reader, &row, place, error))
    return FALSE;
  g_array_append_val (pins, pin);
  return TRUE;
}

/* As many as the layout says, and no more. */
static gboolean
load_pins (CoterieRecordingReader *reader, GArray *pins, guint n_pins, GError **error)
{
  g_autoptr (sqlite3_stmt) statement = coterie_recording_reader_prepare (
      reader, "pin", "TRUE ORDER BY layer, neuron", "the pins", error);
  int result = SQLITE_DONE;
  g_autofree char *fault = NULL;

  if (statement == NULL)
    return FALSE;

  while (pins->len <= n_pins && (result = sqlite3_step (statement)) == SQLITE_ROW)
    if (!take_pin (reader, statement, pins, error))
      return FALSE;
  if (result != SQLITE_DONE && result != SQLITE_ROW) {
    coterie_recording_file_set_error (error, reader->path, "the pins", reader->database, result);
    return FALSE;
  }
  if (pins->len == n_pins)
    return TRUE;
  fault = g_strdup_printf ("there are not %u of them", n_pins);
  return coterie_recording_reader_set_damaged (reader, "the pins", fault, error);
}

static gboolean
load_run_details (CoterieRecordingReader *reader,
                  CoterieRunInfo *fields,
                  GPtrArray *class_names,
                  GError **error)
{
  for (guint c = 0; c < fields->dataset.n_classes; c++) {
    char *name = load_class (reader, c, error);

    if (name == NULL)
      return FALSE;
    g_ptr_array_add (class_names, name);
  }
  g_ptr_array_add (class_names, NULL);
  fields->dataset.class_names = (const char *const *) class_names->pdata;

  for (guint l = 0; l < fields->training.n_hidden; l++)
    if (!load_hidden_layer (reader, l + 1, &fields->training, error))
      return FALSE;
  return TRUE;
}

/* Says what the run is, with all that is recorded once. */
gboolean
coterie_recording_reader_load_info (CoterieRecordingReader *reader, GError **error)
{
  CoterieRunInfo fields = {0};
  g_autoptr (GPtrArray) class_names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) pins = g_array_new (FALSE, FALSE, sizeof (CoteriePin));
  g_autofree char *fault = NULL;
  gboolean loaded =
      load_run (reader, &fields, error) && load_run_details (reader, &fields, class_names, error) &&
      load_layout (reader, &fields, error) && load_pins (reader, pins, fields.n_pins, error);

  fields.pins = (const CoteriePin *) pins->data;
  if (loaded)
    fault = coterie_run_info_find_fault (&fields);
  if (fault != NULL)
    loaded = coterie_recording_reader_set_damaged (reader, "the run", fault, error);
  if (loaded)
    reader->info = coterie_run_info_new (&fields);
  g_free ((gpointer) fields.program);
  g_free ((gpointer) fields.dataset.name);
  g_free ((gpointer) fields.dataset.source);
  g_free ((gpointer) fields.dataset.options);
  g_free ((gpointer) fields.dataset_hash);
  return loaded;
}
