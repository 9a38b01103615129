/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Named members and elements of JSON in one call each, for all that the command line prints as JSON.
 * Whole numbers stay whole; real ones have all their digits, and a point in every locale. */

#include "cli/json-members.h"

#include <math.h>

static void
set_name (JsonBuilder *builder, const char *name)
{
  if (name != NULL)
    json_builder_set_member_name (builder, name);
}

/**
 * coterie_json_begin_object:
 * @builder: where a value may follow
 * @name: (nullable): name of the member; %NULL in an array and for the outermost value
 *
 * Opens an object; json_builder_end_object() closes it.
 */
void
coterie_json_begin_object (JsonBuilder *builder, const char *name)
{
  set_name (builder, name);
  json_builder_begin_object (builder);
}

/**
 * coterie_json_begin_array:
 * @builder: where a value may follow
 * @name: (nullable): name of the member; %NULL in an array and for the outermost value
 *
 * Opens an array; json_builder_end_array() closes it.
 */
void
coterie_json_begin_array (JsonBuilder *builder, const char *name)
{
  set_name (builder, name);
  json_builder_begin_array (builder);
}

/**
 * coterie_json_add_whole:
 * @builder: inside an object or an array
 * @name: (nullable): name of the member; %NULL in an array
 * @value: a whole number, at most %G_MAXINT64
 */
void
coterie_json_add_whole (JsonBuilder *builder, const char *name, guint64 value)
{
  set_name (builder, name);
  json_builder_add_int_value (builder, (gint64) value);
}

/**
 * coterie_json_add_real:
 * @builder: inside an object or an array
 * @name: (nullable): name of the member; %NULL in an array
 * @value: any number, any unit; not-a-number and infinity, which JSON has not, become null
 */
void
coterie_json_add_real (JsonBuilder *builder, const char *name, double value)
{
  set_name (builder, name);
  if (isfinite (value))
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * coterie_json_add_wholes:
 * @builder: inside an object or an array
 * @name: (nullable): name of the member; %NULL in an array
 * @values: (array length=n_values): whole numbers
 * @n_values: how many
 *
 * Adds an array of them.
 */
void
coterie_json_add_wholes (JsonBuilder *builder,
                         const char *name,
                         const guint32 *values,
                         gsize n_values)
{
  coterie_json_begin_array (builder, name);
  for (gsize i = 0; i < n_values; i++)
    json_builder_add_int_value (builder, values[i]);
  json_builder_end_array (builder);
}

/**
 * coterie_json_add_reals:
 * @builder: inside an object or an array
 * @name: (nullable): name of the member; %NULL in an array
 * @values: (array length=n_values): any numbers, any unit; as for coterie_json_add_real()
 * @n_values: how many
 *
 * Adds an array of them.
 */
void
coterie_json_add_reals (JsonBuilder *builder,
                        const char *name,
                        const double *values,
                        gsize n_values)
{
  coterie_json_begin_array (builder, name);
  for (gsize i = 0; i < n_values; i++)
    coterie_json_add_real (builder, NULL, values[i]);
  json_builder_end_array (builder);
}

/**
 * coterie_json_add_boolean:
 * @builder: inside an object or an array
 * @name: (nullable): name of the member; %NULL in an array
 * @value: true or false
 */
void
coterie_json_add_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  set_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/**
 * coterie_json_add_text:
 * @builder: inside an object or an array
 * @name: (nullable): name of the member; %NULL in an array
 * @value: any text, a file's name too; bytes that are not UTF-8, which JSON must be, are replaced
 */
void
coterie_json_add_text (JsonBuilder *builder, const char *name, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  set_name (builder, name);
  json_builder_add_string_value (builder, valid);
}

/**
 * coterie_json_to_text:
 * @builder: a complete value
 * @pretty: whether to indent; otherwise all stands on one line
 *
 * Returns: (transfer full): the JSON, with a line break at its end
 */
char *
coterie_json_to_text (JsonBuilder *builder, gboolean pretty)
{
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *text = json_to_string (root, pretty);

  return g_strconcat (text, "\n", NULL);
}
