/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/report/report-table.h"

G_BEGIN_DECLS

/* What stands for a number that is undefined. */
#define COTERIE_TABLE_UNDEFINED "—"

/**
 * CoterieTableLine:
 * @heading: (nullable): what heads this line and those after it, if another section begins here
 * @label: what the line is about
 * @cells: (element-type utf8): a text for each column
 */
typedef struct {
  char *heading;
  char *label;
  GPtrArray *cells;
} CoterieTableLine;

/**
 * CoterieTableGrid:
 * @number: (nullable): which table of the paper it is, if any
 * @title: what is shown
 * @columns: (element-type utf8): heads of the columns
 * @lines: (element-type CoterieTableLine): from top to bottom
 * @notes: (element-type utf8): what is to be said about single columns, may be empty
 * @settings: (element-type utf8): how the runs in it were made
 *
 * A table for people, as text in rows and columns; free it with coterie_table_grid_free().
 */
typedef struct {
  char *number;
  char *title;
  GPtrArray *columns;
  GPtrArray *lines;
  GPtrArray *notes;
  GPtrArray *settings;
} CoterieTableGrid;

GPtrArray *coterie_table_grids_new (const CoterieReportTable *table, GPtrArray *runs);
void coterie_table_grid_free (CoterieTableGrid *grid);
GPtrArray *coterie_table_grid_list_settings (GPtrArray *runs);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieTableGrid, coterie_table_grid_free)

G_END_DECLS
