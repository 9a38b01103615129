/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tables as a complete LaTeX document that pdflatex compiles as it is, with the rules of booktabs.
 * Each table is an environment of its own that needs booktabs and nothing else; the environments alone
 * can be had for a paper. What is too long for a page goes on in another, under the same number. */

#include "config.h"

#include "cli/table-latex.h"

#include <glib/gi18n.h>

#include "cli/table-grid.h"

#define MAX_LINES_OF_PAGE 36

/* Letters across a page in two sizes, and what a column takes of them at least. */
#define SMALL_LETTERS 95
#define FOOTNOTE_LETTERS 110
#define MIN_COLUMN 4
#define COLUMN_GAP 2

/* Letters that the encoding T1 has, beside those of ASCII and Latin-1. */
static const char *const extra_letters =
    "ĂăĄąĆćČčĎďĐđĘęĚěĞğİıĹĺĽľŁłŃńŇňŊŋŐőŒœŔŕŘřŚśŞşŠšŢţŤťŮůŰűŸŹźŻżŽž";

typedef struct {
  gunichar character;
  const char *command;
} Command;

static const Command commands[] = {
    {'\\', "\\textbackslash{}"},
    {'^', "\\textasciicircum{}"},
    {'~', "\\textasciitilde{}"},
    {'<', "\\textless{}"},
    {'>', "\\textgreater{}"},
    {'|', "\\textbar{}"},
    {'"', "''"},
    {'#', "\\#"},
    {'$', "\\$"},
    {'%', "\\%"},
    {'&', "\\&"},
    {'_', "\\_"},
    {'{', "\\{"},
    {'}', "\\}"},
    {'-', "-{}"}, /* two of them are not a dash */
    {'\'', "'{}"},
    {'`', "`{}"},
    {0x00a0, "~"},
    {0x00b7, "$\\cdot$"},
    {0x00d7, "$\\times$"},
    {0x00f7, "$\\div$"},
    {0x2013, "--"},
    {0x2014, "---"},
    {0x2018, "`"},
    {0x2019, "'"},
    {0x201c, "``"},
    {0x201d, "''"},
    {0x2026, "\\dots{}"},
    {0x2212, "$-$"},
};

static gboolean
is_letter (gunichar character)
{
  return (character >= 0xc0 && character <= 0xff) ||
         (character >= 0x100 && g_utf8_strchr (extra_letters, -1, character) != NULL);
}

/* What no font of pdflatex has is told by its number, so that the document compiles. */
static void
add_escaped (GString *out, const char *text)
{
  for (const char *letter = text; *letter != '\0'; letter = g_utf8_next_char (letter)) {
    gunichar character = g_utf8_get_char (letter);
    const char *command = NULL;

    for (guint i = 0; i < G_N_ELEMENTS (commands) && command == NULL; i++)
      if (commands[i].character == character)
        command = commands[i].command;

    if (command != NULL)
      g_string_append (out, command);
    else if (character < 0x20 || character == 0x7f)
      g_string_append_c (out, ' ');
    else if (character < 0x7f || is_letter (character))
      g_string_append_unichar (out, character);
    else
      g_string_append_printf (out, "\\texttt{U+%04X}", character);
  }
}

/* A number's sign is a minus and not a hyphen. */
static void
add_cell (GString *out, const char *cell)
{
  g_string_append (out, " & ");
  if (cell[0] == '-') {
    g_string_append (out, "$-$");
    cell++;
  }
  add_escaped (out, cell);
}

static void
add_caption (GString *out, const CoterieTableGrid *grid, gboolean continued)
{
  if (continued) /* a number for each table, however many parts it has */
    g_string_append (out, "  \\addtocounter{table}{-1}\n");
  g_string_append (out, "  \\caption{");
  add_escaped (out, grid->title);
  if (grid->number != NULL) { /* the document has numbers of its own */
    g_string_append (out, " (");
    add_escaped (out, _ ("in the paper: "));
    add_escaped (out, grid->number);
    g_string_append_c (out, ')');
  }
  if (continued) {
    g_string_append_c (out, ' ');
    add_escaped (out, _ ("(continued)"));
  }
  for (guint i = 0; !continued && i < grid->settings->len; i++) {
    g_string_append (out, ". ");
    add_escaped (out, g_ptr_array_index (grid->settings, i));
  }
  for (guint i = 0; !continued && i < grid->notes->len; i++) {
    g_string_append (out, ". ");
    add_escaped (out, g_ptr_array_index (grid->notes, i));
  }
  g_string_append (out, ".}\\medskip\n");
}

static guint
measure_width (const CoterieTableGrid *grid)
{
  glong n_letters = 0;

  for (guint i = 0; i < grid->lines->len; i++) {
    const CoterieTableLine *line = g_ptr_array_index (grid->lines, i);

    n_letters = MAX (n_letters, g_utf8_strlen (line->label, -1));
  }
  for (guint i = 0; i < grid->columns->len; i++)
    n_letters +=
        COLUMN_GAP + MAX (MIN_COLUMN, g_utf8_strlen (g_ptr_array_index (grid->columns, i), -1));
  return (guint) n_letters;
}

static const char *
get_font_size (const CoterieTableGrid *grid)
{
  guint width = measure_width (grid);

  if (width <= SMALL_LETTERS)
    return "small";
  return width <= FOOTNOTE_LETTERS ? "footnotesize" : "scriptsize";
}

static void
begin_table (GString *out, const CoterieTableGrid *grid, gboolean continued)
{
  g_string_append_printf (out, "\\begin{table}[htbp]\n  \\centering\\%s\n", get_font_size (grid));
  add_caption (out, grid, continued);
  g_string_append (out, "  \\begin{tabular}{@{}l");
  for (guint i = 0; i < grid->columns->len; i++)
    g_string_append_c (out, 'r');
  g_string_append (out, "@{}}\n    \\toprule\n   ");
  for (guint i = 0; i < grid->columns->len; i++)
    add_cell (out, g_ptr_array_index (grid->columns, i));
  g_string_append (out, " \\\\\n    \\midrule\n");
}

static void
end_table (GString *out)
{
  g_string_append (out, "    \\bottomrule\n  \\end{tabular}\n\\end{table}\n");
}

static void
add_line (GString *out, const CoterieTableLine *line, guint n_columns, gboolean first)
{
  if (line->heading != NULL) {
    if (!first)
      g_string_append (out, "    \\addlinespace\n");
    /* without a width, which would go to the last column alone */
    g_string_append_printf (out, "    \\multicolumn{%u}{@{}l}{\\rlap{\\emph{", n_columns + 1);
    add_escaped (out, line->heading);
    g_string_append (out, "}}} \\\\\n");
  }
  g_string_append (out, "    \\quad ");
  add_escaped (out, line->label);
  for (guint i = 0; i < line->cells->len; i++)
    add_cell (out, g_ptr_array_index (line->cells, i));
  g_string_append (out, " \\\\\n");
}

/* How many lines there are up to the next heading. */
static guint
measure_section (const CoterieTableGrid *grid, guint first)
{
  guint end = first + 1;

  while (end < grid->lines->len &&
         ((CoterieTableLine *) g_ptr_array_index (grid->lines, end))->heading == NULL)
    end++;
  return end - first;
}

static void
add_grid (GString *out, const CoterieTableGrid *grid)
{
  guint n_lines = 0;

  begin_table (out, grid, FALSE);
  for (guint i = 0; i < grid->lines->len; i++) {
    const CoterieTableLine *line = g_ptr_array_index (grid->lines, i);
    gboolean fits =
        line->heading == NULL || n_lines + measure_section (grid, i) <= MAX_LINES_OF_PAGE;

    if (n_lines > 0 && (!fits || n_lines >= MAX_LINES_OF_PAGE)) {
      end_table (out);
      begin_table (out, grid, TRUE);
      n_lines = 0;
    }
    add_line (out, line, grid->columns->len, n_lines == 0);
    n_lines++;
  }
  end_table (out);
}

/* Letters that ASCII lacks need an encoding whose fonts not every installation has ready. */
static const char *
get_packages (const char *body)
{
  return g_str_is_ascii (body) ? "\\usepackage{booktabs}\n"
                               : "\\usepackage{booktabs}\n"
                                 "\\usepackage[utf8]{inputenc}\n\\usepackage[T1]{fontenc}\n";
}

/* The packages, as a comment for whoever reads the file by \input. */
static char *
create_fragment (const char *body)
{
  g_auto (GStrv) packages = g_strsplit (get_packages (body), "\n", -1);
  GString *out = g_string_new ("% To be read by \\input; the preamble of the document needs:\n");

  for (guint i = 0; packages[i] != NULL && *packages[i] != '\0'; i++)
    g_string_append_printf (out, "%%   %s\n", packages[i]);
  g_string_append (out, body);
  return g_string_free (out, FALSE);
}

/**
 * coterie_table_latex_new:
 * @grids: (element-type CoterieTableGrid): tables
 * @fragment: whether the tables alone are wanted, to be read by \\input
 *
 * Returns: (transfer full): a complete document; or a comment that names the packages, and an
 *   environment for each table
 */
char *
coterie_table_latex_new (GPtrArray *grids, gboolean fragment)
{
  g_autoptr (GString) body = g_string_new (NULL);

  for (guint i = 0; i < grids->len; i++) {
    add_grid (body, g_ptr_array_index (grids, i));
    if (!fragment)
      g_string_append (body, "\\clearpage\n");
  }
  if (fragment)
    return create_fragment (body->str);
  return g_strdup_printf ("\\documentclass{article}\n"
                          "\\usepackage[margin=2cm]{geometry}\n"
                          "%s\\begin{document}\n%s\\end{document}\n",
                          get_packages (body->str), body->str);
}
