/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables as people read them in a terminal, and as Markdown with pipes between the columns (GitHub's
 * tables). */

#include "cli/table-text.h"

#include "cli/table-grid.h"

#define INDENT 2
#define GAP 2

static int
get_width (const char *text)
{
  int width = 0;

  for (const char *letter = text; *letter != '\0'; letter = g_utf8_next_char (letter)) {
    gunichar c = g_utf8_get_char (letter);

    if (!g_unichar_iszerowidth (c))
      width += g_unichar_iswide (c) ? 2 : 1;
  }
  return width;
}

static void
add_blanks (GString *out, int n_blanks)
{
  for (int i = 0; i < n_blanks; i++)
    g_string_append_c (out, ' ');
}

static int
measure_labels (const CoterieTableGrid *grid)
{
  int width = 0;

  for (guint i = 0; i < grid->lines->len; i++) {
    const CoterieTableLine *line = g_ptr_array_index (grid->lines, i);

    width = MAX (width, INDENT + get_width (line->label));
  }
  return width;
}

static int
measure_column (const CoterieTableGrid *grid, guint column)
{
  int width = get_width (g_ptr_array_index (grid->columns, column));

  for (guint i = 0; i < grid->lines->len; i++) {
    const CoterieTableLine *line = g_ptr_array_index (grid->lines, i);

    width = MAX (width, get_width (g_ptr_array_index (line->cells, column)));
  }
  return width;
}

static void
add_cells (GString *out, GPtrArray *cells, const int *widths)
{
  for (guint i = 0; i < cells->len; i++) {
    const char *cell = g_ptr_array_index (cells, i);

    add_blanks (out, GAP + widths[i] - get_width (cell));
    g_string_append (out, cell);
  }
  g_string_append_c (out, '\n');
}

static void
add_grid (GString *out, const CoterieTableGrid *grid)
{
  int label_width = measure_labels (grid);
  g_autofree int *widths = g_new (int, grid->columns->len);

  for (guint i = 0; i < grid->columns->len; i++)
    widths[i] = measure_column (grid, i);

  if (grid->number != NULL)
    g_string_append_printf (out, "%s: ", grid->number);
  g_string_append_printf (out, "%s\n", grid->title);
  add_blanks (out, label_width);
  add_cells (out, grid->columns, widths);
  for (guint i = 0; i < grid->lines->len; i++) {
    const CoterieTableLine *line = g_ptr_array_index (grid->lines, i);

    if (line->heading != NULL)
      g_string_append_printf (out, "%s\n", line->heading);
    add_blanks (out, INDENT);
    g_string_append (out, line->label);
    add_blanks (out, label_width - INDENT - get_width (line->label));
    add_cells (out, line->cells, widths);
  }
  for (guint i = 0; i < grid->notes->len; i++)
    g_string_append_printf (out, "%s\n", (char *) g_ptr_array_index (grid->notes, i));
}

/**
 * coterie_table_text_new:
 * @grids: (element-type CoterieTableGrid): tables
 * @settings: (element-type utf8): how the runs in them were made
 *
 * Returns: (transfer full): the settings and the tables in columns of equal width
 */
char *
coterie_table_text_new (GPtrArray *grids, GPtrArray *settings)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < settings->len; i++)
    g_string_append_printf (out, "%s\n", (char *) g_ptr_array_index (settings, i));
  for (guint i = 0; i < grids->len; i++) {
    g_string_append_c (out, '\n');
    add_grid (out, g_ptr_array_index (grids, i));
  }
  return g_string_free (out, FALSE);
}

/* Names may hold what Markdown takes for its own. */
static void
add_markdown (GString *out, const char *text)
{
  for (const char *letter = text; *letter != '\0'; letter++) {
    if (strchr ("\\`*_[]<>|#~", *letter) != NULL)
      g_string_append_c (out, '\\');
    g_string_append_c (out, g_ascii_iscntrl (*letter) ? ' ' : *letter);
  }
}

static void
add_markdown_row (GString *out, const char *heading, const char *label, GPtrArray *cells)
{
  g_string_append (out, "| ");
  add_markdown (out, heading != NULL ? heading : "");
  g_string_append (out, " | ");
  add_markdown (out, label);
  for (guint i = 0; i < cells->len; i++) {
    g_string_append (out, " | ");
    add_markdown (out, g_ptr_array_index (cells, i));
  }
  g_string_append (out, " |\n");
}

static void
add_markdown_grid (GString *out, const CoterieTableGrid *grid)
{
  g_string_append (out, "**");
  if (grid->number != NULL) {
    add_markdown (out, grid->number);
    g_string_append (out, ": ");
  }
  add_markdown (out, grid->title);
  g_string_append (out, "**\n\n");
  add_markdown_row (out, "", "", grid->columns);
  g_string_append (out, "| --- | --- |");
  for (guint i = 0; i < grid->columns->len; i++)
    g_string_append (out, " ---: |");
  g_string_append_c (out, '\n');
  for (guint i = 0; i < grid->lines->len; i++) {
    const CoterieTableLine *line = g_ptr_array_index (grid->lines, i);

    add_markdown_row (out, line->heading, line->label, line->cells);
  }
  for (guint i = 0; i < grid->notes->len; i++) {
    g_string_append_c (out, '\n');
    add_markdown (out, g_ptr_array_index (grid->notes, i));
    g_string_append_c (out, '\n');
  }
}

/**
 * coterie_table_markdown_new:
 * @grids: (element-type CoterieTableGrid): tables
 * @settings: (element-type utf8): how the runs in them were made
 *
 * Returns: (transfer full): the settings as a list, and the tables
 */
char *
coterie_table_markdown_new (GPtrArray *grids, GPtrArray *settings)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < settings->len; i++) {
    g_string_append (out, "- ");
    add_markdown (out, g_ptr_array_index (settings, i));
    g_string_append_c (out, '\n');
  }
  for (guint i = 0; i < grids->len; i++) {
    g_string_append_c (out, '\n');
    add_markdown_grid (out, g_ptr_array_index (grids, i));
  }
  return g_string_free (out, FALSE);
}
