/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A CSV file as a data set: a sample a line, its class in one column, numbers in all others. A file
 * for testing beside it is taken as such: mnist_test.csv beside mnist_train.csv, test.csv beside
 * train.csv, iris_test.csv beside iris.csv. */

#include "core/dataset/csv-dataset.h"

#include "core/dataset/csv-layout.h"
#include "core/dataset/csv-reader.h"
#include "core/dataset/dataset-names.h"
#include "core/dataset/feature-table.h"
#include "core/dataset/natural-order.h"
#include "core/dataset/stratified-split.h"

#define MAX_CLASSES 1000
#define MAX_ROW_WIDTH 65535
#define MAX_SHOWN_LENGTH 40
#define RECORDS_AT_ONCE 1024

/* The labels of all files, numbered as they are met. */
typedef struct {
  GHashTable *numbers; /* of char *, owned by names, to GUINT_TO_POINTER */
  GPtrArray *names;
} LabelSet;

/* What a file holds. */
typedef struct {
  const char *path;
  char *display_name;
  CoterieCsvLayout layout;
  CoterieFeatureTable *features;
  GArray *labels;      /* guint16 */
  gboolean has_commas; /* decimal ones, and dots */
  gboolean has_dots;
} CsvTable;

typedef struct {
  const CoterieDatasetRequest *request;
  LabelSet label_set;
  CsvTable tables[COTERIE_N_SPLITS];
  CoterieSampleOrder orders[COTERIE_N_SPLITS];
  CoterieDatasetReport *report;
} CsvData;

static void
csv_data_clear (CsvData *csv)
{
  for (guint i = 0; i < COTERIE_N_SPLITS; i++) {
    CsvTable *table = &csv->tables[i];

    g_free (table->display_name);
    coterie_csv_layout_clear (&table->layout);
    g_clear_pointer (&table->features, coterie_feature_table_free);
    g_clear_pointer (&table->labels, g_array_unref);
    coterie_sample_order_clear (&csv->orders[i]);
  }
  g_hash_table_unref (csv->label_set.numbers);
  g_ptr_array_unref (csv->label_set.names);
  coterie_dataset_report_unref (csv->report);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CsvData, csv_data_clear)

/* The beginning of a field, fit to be shown. */
static char *
shorten (const char *field)
{
  g_autofree char *valid = g_utf8_make_valid (field, -1);

  return g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_SHOWN_LENGTH));
}

static gboolean
report_field (const CsvTable *table,
              CoterieCsvReader *reader,
              gsize column,
              CoterieDatasetError code,
              const char *what,
              GError **error)
{
  g_autofree char *place = coterie_csv_layout_describe_column (&table->layout, column);
  g_autofree char *field = shorten (coterie_csv_reader_get_field (reader, column));
  g_autofree char *quoted = *field != '\0' ? g_strdup_printf (": “%s”", field) : g_strdup ("");

  g_set_error (error, COTERIE_DATASET_ERROR, (int) code, "%s: line %" G_GUINT64_FORMAT ", %s%s %s",
               table->display_name, coterie_csv_reader_get_line (reader), place, quoted, what);
  return FALSE;
}

static gboolean
report_class (const CsvData *csv,
              const CsvTable *table,
              CoterieCsvReader *reader,
              gboolean may_be_new,
              GError **error)
{
  g_autofree char *what =
      may_be_new
          ? g_strdup_printf ("is the label of one class more than the %d that are supported; is "
                             "this the column of the labels?",
                             MAX_CLASSES)
          : g_strdup_printf ("is no label in %s", csv->tables[COTERIE_SPLIT_TRAINING].display_name);

  return report_field (
      table, reader, table->layout.label_column,
      may_be_new ? COTERIE_DATASET_ERROR_BAD_COLUMN : COTERIE_DATASET_ERROR_BAD_LABEL, what, error);
}

static gboolean
read_label (CsvData *csv, CsvTable *table, CoterieCsvReader *reader, GError **error)
{
  LabelSet *set = &csv->label_set;
  gboolean may_be_new = table == &csv->tables[COTERIE_SPLIT_TRAINING];
  gsize column = table->layout.label_column;
  g_autofree char *name = g_strstrip (g_strdup (coterie_csv_reader_get_field (reader, column)));
  gpointer number;
  guint16 label;

  if (*name == '\0')
    return report_field (table, reader, column, COTERIE_DATASET_ERROR_BAD_LABEL,
                         "is empty, expected a label", error);
  if (!g_utf8_validate (name, -1, NULL))
    return report_field (table, reader, column, COTERIE_DATASET_ERROR_BAD_LABEL,
                         "is not valid UTF-8", error);
  if (!g_hash_table_lookup_extended (set->numbers, name, NULL, &number)) {
    if (!may_be_new || set->names->len == MAX_CLASSES)
      return report_class (csv, table, reader, may_be_new, error);
    number = GUINT_TO_POINTER (set->names->len);
    g_ptr_array_add (set->names, name);
    g_hash_table_insert (set->numbers, g_steal_pointer (&name), number);
  }
  label = (guint16) GPOINTER_TO_UINT (number);
  g_array_append_val (table->labels, label);
  return TRUE;
}

/* Where commas are decimal ones, the dot of 1.234 would be that of the thousands. */
static gboolean
check_decimal_sign (CsvTable *table, CoterieCsvReader *reader, gsize column, GError **error)
{
  const char *field = coterie_csv_reader_get_field (reader, column);

  table->has_commas = table->has_commas || strchr (field, ',') != NULL;
  table->has_dots = table->has_dots || strchr (field, '.') != NULL;
  if (!table->has_commas || !table->has_dots)
    return TRUE;
  return report_field (
      table, reader, column, COTERIE_DATASET_ERROR_BAD_VALUE,
      "has another decimal sign than numbers before it, expected either a dot or a "
      "comma in all",
      error);
}

/* A word in place of a number is most often the class, where another column was taken for it. */
static gboolean
report_no_number (const CsvTable *table, CoterieCsvReader *reader, gsize column, GError **error)
{
  const char *field = coterie_csv_reader_get_field (reader, column);
  g_autofree char *class_column =
      coterie_csv_layout_describe_column (&table->layout, table->layout.label_column);
  g_autofree char *what = g_strdup_printf (
      "is not a number, expected one such as 0.5; %s is taken for the class", class_column);

  if (*field == '\0')
    return report_field (table, reader, column, COTERIE_DATASET_ERROR_BAD_VALUE,
                         "is empty, expected a number such as 0.5", error);
  if (coterie_csv_is_missing (field))
    return report_field (table, reader, column, COTERIE_DATASET_ERROR_BAD_VALUE,
                         "is not a number, expected one such as 0.5", error);
  return report_field (table, reader, column, COTERIE_DATASET_ERROR_BAD_COLUMN, what, error);
}

static gboolean
read_number (CsvTable *table, CoterieCsvReader *reader, gsize column, GError **error)
{
  gboolean decimal_comma = table->layout.decimal_comma;
  const char *field = coterie_csv_reader_get_field (reader, column);
  double value;

  if (!coterie_csv_parse_number (field, decimal_comma, &value))
    return report_no_number (table, reader, column, error);
  if (decimal_comma && !check_decimal_sign (table, reader, column, error))
    return FALSE;
  if (!coterie_feature_table_append (table->features, value))
    return report_field (table, reader, column, COTERIE_DATASET_ERROR_TOO_LARGE,
                         "is one number more than are supported", error);
  return TRUE;
}

static gboolean
read_record (
    CsvData *csv, CsvTable *table, CoterieCsvReader *reader, gsize n_fields, GError **error)
{
  const CoterieCsvLayout *layout = &table->layout;

  if (n_fields != layout->n_columns) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                 "%s: line %" G_GUINT64_FORMAT " has %" G_GSIZE_FORMAT
                 " columns, expected %" G_GSIZE_FORMAT " as on the first line",
                 table->display_name, coterie_csv_reader_get_line (reader), n_fields,
                 layout->n_columns);
    return FALSE;
  }
  for (gsize column = 0; column < n_fields; column++)
    if (column != layout->label_column && !read_number (table, reader, column, error))
      return FALSE;
  return read_label (csv, table, reader, error);
}

/* How many records there will be is not known before the end, so only pausing and cancelling are
 * of use here, not how far it is. */
static gboolean
read_records (CsvData *csv, CsvTable *table, GError **error)
{
  const CoterieDatasetRequest *request = csv->request;
  g_autoptr (CoterieCsvReader) reader =
      coterie_csv_reader_open (table->path, request->cancellable, error);
  gsize n_fields;

  if (reader == NULL)
    return FALSE;
  if (table->layout.names != NULL && !coterie_csv_reader_next (reader, &n_fields, error))
    return FALSE;
  for (;;) {
    if (table->labels->len % RECORDS_AT_ONCE == 0 &&
        !coterie_progress_step (request->progress, 0.0, request->cancellable, error))
      return FALSE;
    if (!coterie_csv_reader_next (reader, &n_fields, error))
      return FALSE;
    if (n_fields == 0)
      return TRUE;
    if (!read_record (csv, table, reader, n_fields, error))
      return FALSE;
  }
}

static gboolean
read_table (CsvData *csv, CsvTable *table, GError **error)
{
  table->features = coterie_feature_table_new ();
  table->labels = g_array_new (FALSE, FALSE, sizeof (guint16));
  if (!read_records (csv, table, error))
    return FALSE;
  if (table->labels->len > 0)
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
               "%s: has a first line of names, but no samples", table->display_name);
  return FALSE;
}

static gsize
find_ending (const char *name)
{
  const char *dot = strchr (name, '.');

  return dot != NULL && dot != name ? (gsize) (dot - name) : strlen (name);
}

/* "iris" of "/data/iris.csv.gz"; "a.b" of a.b.csv is "a", which does no harm. */
static char *
name_file (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);

  return g_strndup (name, find_ending (name));
}

static char *
find_in_folder (const char *folder, const char *stem, const char *word, const char *ending)
{
  g_autofree char *name = g_strconcat (stem, word, ending, NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR) ? g_steal_pointer (&path) : NULL;
}

/* The file for testing that belongs to one for training, or NULL. */
static char *
find_test_file (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *stem = g_strndup (name, find_ending (name));
  const char *ending = name + find_ending (name);
  g_autofree char *lower_stem = g_ascii_strdown (stem, -1);
  gboolean is_test = g_str_has_suffix (lower_stem, "test");
  char *found = NULL;

  if (is_test)
    return NULL;
  if (g_str_has_suffix (lower_stem, "train")) {
    stem[strlen (stem) - strlen ("train")] = '\0';
    return find_in_folder (folder, stem, "test", ending);
  }
  found = find_in_folder (folder, stem, "_test", ending);
  return found != NULL ? found : find_in_folder (folder, stem, "-test", ending);
}

/* Why a file cannot be the one for testing, or NULL. Competitions give out files for testing
 * without the labels, and these should not be in the way. */
static char *
find_difference (const CsvTable *training, const CsvTable *test)
{
  if (test->layout.n_columns != training->layout.n_columns)
    return g_strdup_printf ("has %" G_GSIZE_FORMAT " columns where %s has %" G_GSIZE_FORMAT
                            ", so the test samples are drawn from that file",
                            test->layout.n_columns, training->display_name,
                            training->layout.n_columns);
  if ((test->layout.names != NULL) != (training->layout.names != NULL) ||
      (test->layout.names != NULL && !g_strv_equal ((const char *const *) test->layout.names,
                                                    (const char *const *) training->layout.names)))
    return g_strdup_printf (
        "has other columns than %s, so the test samples are drawn from that file",
        training->display_name);
  return NULL;
}

/* Leaves the second table without a path if there is no file for testing. */
static gboolean
find_test_table (CsvData *csv, char *test_path, GError **error)
{
  CsvTable *training = &csv->tables[COTERIE_SPLIT_TRAINING];
  CsvTable *test = &csv->tables[COTERIE_SPLIT_TEST];
  g_autofree char *difference = NULL;

  if (test_path == NULL)
    return TRUE;
  test->display_name = g_filename_display_name (test_path);
  if (!coterie_csv_layout_find (&test->layout, test_path, csv->request->options,
                                csv->request->cancellable, error))
    return FALSE;
  difference = find_difference (training, test);
  if (difference != NULL) {
    coterie_dataset_report_add (csv->report, test_path, difference);
    return TRUE;
  }
  test->layout.label_column = training->layout.label_column;
  test->path = test_path;
  return TRUE;
}

static gboolean
check_width (const CsvTable *table, gsize n_features, gboolean is_image, GError **error)
{
  if (is_image || n_features <= MAX_ROW_WIDTH)
    return TRUE;
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
               "%s: has %" G_GSIZE_FORMAT " columns of numbers, at most %d are supported",
               table->display_name, n_features, MAX_ROW_WIDTH);
  return FALSE;
}

/* Gives the classes their numbers by the natural order of their names, so that the order of the
 * samples does not matter. */
static char **
sort_labels (CsvData *csv)
{
  GPtrArray *names = csv->label_set.names;
  g_autofree guint16 *places = g_new (guint16, MAX (names->len, 1));
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();

  for (guint i = 0; i < names->len; i++)
    g_ptr_array_add (sorted, g_ptr_array_index (names, i));
  g_ptr_array_sort (sorted, coterie_natural_order_compare_pointers);
  for (guint c = 0; c < sorted->len; c++) {
    gpointer number = g_hash_table_lookup (csv->label_set.numbers, g_ptr_array_index (sorted, c));

    places[GPOINTER_TO_UINT (number)] = (guint16) c;
  }
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    for (guint s = 0; csv->tables[i].labels != NULL && s < csv->tables[i].labels->len; s++) {
      guint16 *label = &g_array_index (csv->tables[i].labels, guint16, s);

      *label = places[*label];
    }
  g_ptr_array_add (sorted, NULL);
  return g_strdupv ((char **) sorted->pdata);
}

static GBytes *
order_labels (GArray *labels, const CoterieSampleOrder *order)
{
  guint16 *ordered;

  if (order == NULL)
    return g_bytes_new (labels->data, labels->len * sizeof (guint16));
  ordered = g_new (guint16, MAX (order->n_samples, 1));
  for (gsize s = 0; s < order->n_samples; s++)
    ordered[s] = g_array_index (labels, guint16, order->samples[s]);
  return g_bytes_new_take (ordered, order->n_samples * sizeof *ordered);
}

static gboolean
make_samples (CsvData *csv,
              CoterieDatasetInfo *info,
              CoterieSamples samples[COTERIE_N_SPLITS],
              GError **error)
{
  const CsvTable *training = &csv->tables[COTERIE_SPLIT_TRAINING];
  gboolean is_drawn = csv->tables[COTERIE_SPLIT_TEST].path == NULL;
  gsize n_features = training->layout.n_columns - 1;
  CoterieFeatureSplit splits[COTERIE_N_SPLITS];
  gboolean is_image;

  if (is_drawn)
    coterie_stratified_split ((const guint16 *) training->labels->data, training->labels->len,
                              info->n_classes, csv->request->options, csv->orders);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    splits[i] = (CoterieFeatureSplit){
        is_drawn ? training->features : csv->tables[i].features,
        is_drawn ? &csv->orders[i] : NULL,
    };

  is_image = coterie_features_guess_image (splits, n_features, &info->width);
  info->height = is_image ? info->width : 1;
  info->width = is_image ? info->width : (guint) n_features;
  if (!check_width (training, n_features, is_image, error))
    return FALSE;
  coterie_features_scale (splits, n_features, is_image, samples);
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    samples[i].labels =
        order_labels (is_drawn ? training->labels : csv->tables[i].labels, splits[i].order);
  return TRUE;
}

static gboolean
are_numbers (char **class_names)
{
  for (guint c = 0; class_names[c] != NULL; c++) {
    g_autofree char *number = g_strdup_printf ("%u", c);

    if (!g_str_equal (class_names[c], number))
      return FALSE;
  }
  return TRUE;
}

static gboolean
report_classes (const CsvTable *training, const char *what, GError **error)
{
  g_autofree char *column =
      coterie_csv_layout_describe_column (&training->layout, training->layout.label_column);

  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_COLUMN,
               "%s: %s, taken for the class, has %s; choose another label column, or add samples",
               training->display_name, column, what);
  return FALSE;
}

/* Most often another column was meant. */
static gboolean
check_classes (const CsvData *csv, GError **error)
{
  const CsvTable *training = &csv->tables[COTERIE_SPLIT_TRAINING];
  gboolean is_drawn = csv->tables[COTERIE_SPLIT_TEST].path == NULL;
  guint n_values = csv->label_set.names->len;
  g_autofree char *only = NULL;
  g_autofree char *what = NULL;

  if (n_values == 1) {
    only = shorten (g_ptr_array_index (csv->label_set.names, 0));
    what = g_strdup_printf ("1 value, “%s”, but telling classes apart takes at least 2", only);
  } else if (is_drawn && n_values == training->labels->len) {
    what = g_strdup_printf (
        "%u values, each once, but a class takes one sample for training and one for testing",
        n_values);
  }
  return what == NULL || report_classes (training, what, error);
}

static CoterieDataset *
make_dataset (CsvData *csv, GError **error)
{
  CoterieDatasetOptionFlags used = COTERIE_DATASET_OPTION_LABEL_COLUMN;
  CoterieSamples samples[COTERIE_N_SPLITS] = {{NULL}};
  g_auto (GStrv) class_names = sort_labels (csv);
  g_autofree char *name = name_file (csv->tables[COTERIE_SPLIT_TRAINING].path);
  g_autofree char *options = NULL;
  CoterieDatasetInfo info = {
      .source = csv->request->source,
      .n_classes = g_strv_length (class_names),
  };
  CoterieDataset *dataset = NULL;

  if (csv->tables[COTERIE_SPLIT_TEST].path == NULL)
    used |= COTERIE_DATASET_OPTION_TEST_FRAC | COTERIE_DATASET_OPTION_SPLIT_SEED;
  options = coterie_dataset_options_to_string (csv->request->options, used);
  info.options = options;

  if (make_samples (csv, &info, samples, error)) {
    if (are_numbers (class_names)) {
      g_autofree char *file_name = g_steal_pointer (&name);

      g_clear_pointer (&class_names, g_strfreev);
      coterie_dataset_names_find (file_name, &samples[COTERIE_SPLIT_TRAINING], &name, &class_names);
    }
    info.name = name;
    info.class_names = (const char *const *) class_names;
    dataset = coterie_dataset_new_with_report (&info, samples, csv->report, error);
  }
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    coterie_samples_clear (&samples[i]);
  return dataset;
}

/**
 * coterie_csv_dataset_open:
 * @request: how to read; of the options, the label column, and where there is no file for testing
 *   the test fraction and the seed
 * @path: a CSV file, see coterie_csv_layout_find(); may be compressed with gzip
 * @error: return location for a #GError
 *
 * Reads samples, a record each. Labels may be words or numbers; the classes are in their natural
 * order. Numbers are scaled to 0 … 1, see coterie_features_scale(), and square images of pixels are
 * recognised. Test samples come from the file for testing beside @path: train.csv has test.csv,
 * NAME_train.csv has NAME_test.csv, NAME.csv has NAME_test.csv or NAME-test.csv; one that has other
 * columns is left out and reported, and the report says which column is the class. Without such a file a fraction of each class is drawn, and both
 * splits are put into a random order. Memory: a byte or four a number, twice for a moment. Cost:
 * about 2 s for MNIST.
 *
 * Returns: (transfer full): the data set; or %NULL with an error of COTERIE_DATASET_ERROR that names
 *   file, line and column, and has the code COTERIE_DATASET_ERROR_BAD_COLUMN where another column may be
 *   the class, or with an error of %G_IO_ERROR
 */
CoterieDataset *
coterie_csv_dataset_open (const CoterieDatasetRequest *request, const char *path, GError **error)
{
  g_autofree char *test_path = find_test_file (path);
  g_autofree char *column = NULL;
  g_auto (CsvData) csv = {
      .request = request,
      .label_set = {g_hash_table_new (g_str_hash, g_str_equal),
                    g_ptr_array_new_with_free_func (g_free)},
      .report = coterie_dataset_report_new (),
  };
  CsvTable *training = &csv.tables[COTERIE_SPLIT_TRAINING];

  training->path = path;
  training->display_name = g_filename_display_name (path);
  if (!coterie_csv_layout_find (&training->layout, path, request->options, request->cancellable,
                                error) ||
      !find_test_table (&csv, test_path, error))
    return NULL;
  for (guint i = 0; i < COTERIE_N_SPLITS; i++)
    if (csv.tables[i].path != NULL && !read_table (&csv, &csv.tables[i], error))
      return NULL;
  if (!check_classes (&csv, error))
    return NULL;
  column = coterie_csv_layout_describe_column (&training->layout, training->layout.label_column);
  coterie_dataset_report_set_class_column (csv.report, column);
  return make_dataset (&csv, error);
}
