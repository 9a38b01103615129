/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/dataset/csv-layout.h"
#include "core/dataset/csv-reader.h"
#include "fixtures.h"

/* Flowers of three kinds, ten of each, whose first number grows from 0 to 29. */
static char *
make_flowers (const char *header, char delimiter, const char *line_end)
{
  static const char *const kinds[] = {"rose", "tulip", "daisy"};
  g_autoptr (GString) text = g_string_new (header);

  if (*header != '\0')
    g_string_append (text, line_end);
  for (guint s = 0; s < 30; s++)
    g_string_append_printf (text, "%u.5%c%d%c%s%s", s, delimiter, -100 * (int) (s % 7), delimiter,
                            kinds[s / 10], line_end);
  return g_strdup (text->str);
}

static CoterieDataset *
open_text (const char *name, const char *text, const char *label_column)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_write_text (folder, name, text);
  CoterieDatasetOptions options;

  coterie_dataset_options_init (&options);
  g_assert_true (coterie_dataset_options_set_label_column (&options, label_column, NULL));
  return test_open (path, &options);
}

static void
assert_text_refused (const char *text,
                     const char *label_column,
                     CoterieDatasetError code,
                     const char *words)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_write_text (folder, "data.csv", text);
  CoterieDatasetOptions options;

  coterie_dataset_options_init (&options);
  g_assert_true (coterie_dataset_options_set_label_column (&options, label_column, NULL));
  test_assert_refused (path, &options, code, path, words, NULL);
}

static void
assert_is_flowers (CoterieDataset *dataset)
{
  const CoterieDatasetInfo *info = coterie_dataset_get_info (dataset);
  guint n_seen[30] = {0};

  g_assert_cmpuint (info->n_classes, ==, 3);
  g_assert_cmpstr (info->class_names[0], ==, "daisy");
  g_assert_cmpstr (info->class_names[1], ==, "rose");
  g_assert_cmpstr (info->class_names[2], ==, "tulip");
  g_assert_cmpuint (info->width, ==, 2);
  g_assert_cmpuint (info->height, ==, 1);
  g_assert_null (coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TRAINING));
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==, 24);
  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 6);

  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++) {
    const float *values = coterie_dataset_get_values (dataset, split);
    const guint16 *labels = coterie_dataset_get_labels (dataset, split);

    for (gsize s = 0; s < coterie_dataset_get_n_samples (dataset, split); s++) {
      guint kind = (labels[s] + 2) % 3; /* daisy is the third of the file */

      g_assert_cmpfloat (values[2 * s], >=, (float) kind / 3.0f - 0.2f);
      g_assert_cmpfloat (values[2 * s], <=, (float) (kind + 1) / 3.0f + 0.2f);
      n_seen[kind]++;
    }
  }
  for (guint kind = 0; kind < 3; kind++)
    g_assert_cmpuint (n_seen[kind], ==, 10);
}

static void
test_every_dialect_is_the_same (void)
{
  const struct {
    const char *header;
    char delimiter;
    const char *line_end;
  } cases[] = {
      {"length,width,kind", ',', "\n"},
      {"", ',', "\n"},
      {"length;width;kind", ';', "\r\n"},
      {"length\twidth\tkind", '\t', "\r"},
      {"\xef\xbb\xbflength,width,kind", ',', "\r\n"},
      {"\"le\"\"ng,th\",\"wi\ndth\",\"kind\"", ',', "\n"},
      {"length,width,kind\n\n", ',', "\n\n"},
      {"", ',', " \n"},
  };
  g_autofree char *hash = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text = make_flowers (cases[i].header, cases[i].delimiter, cases[i].line_end);
    g_autoptr (CoterieDataset) dataset = open_text ("flowers.csv", text, "");

    assert_is_flowers (dataset);
    g_assert_cmpstr (coterie_dataset_get_info (dataset)->name, ==, "flowers");
    g_assert_cmpstr (coterie_dataset_get_info (dataset)->options, ==,
                     "test-fraction=0.2 split-seed=1");
    if (hash == NULL)
      hash = g_strdup (coterie_dataset_get_hash (dataset));
    g_assert_cmpstr (coterie_dataset_get_hash (dataset), ==, hash);
  }
}

static void
test_file_may_be_compressed (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *text = make_flowers ("a,b,c", ',', "\n");
  g_autoptr (GByteArray) plain = g_byte_array_new ();
  g_autoptr (GByteArray) packed = NULL;
  g_autofree char *path = NULL;
  g_autoptr (CoterieDataset) dataset = NULL;

  g_byte_array_append (plain, (const guint8 *) text, (guint) strlen (text));
  packed = test_gzip (plain);
  path = test_write (folder, "flowers.csv.gz", packed);
  dataset = test_open (path, NULL);
  assert_is_flowers (dataset);
  g_assert_cmpstr (coterie_dataset_get_info (dataset)->name, ==, "flowers");
}

/* Columns of the training samples reach from 0 to 1; one that never changes is 0. */
static void
test_columns_are_scaled_for_themselves (void)
{
  g_autoptr (CoterieDataset) dataset = NULL;
  g_autoptr (GString) text = g_string_new ("a,b,same,label\n");
  const float *values;
  float least[2] = {1.0f, 1.0f}, greatest[2] = {0.0f, 0.0f};

  for (int s = 0; s < 40; s++)
    g_string_append_printf (text, "%d,%de-3,17,%d\n", 1000 + s * s, -s, s % 2);
  dataset = open_text ("data.csv", text->str, "");
  values = coterie_dataset_get_values (dataset, COTERIE_SPLIT_TRAINING);
  for (gsize s = 0; s < coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING); s++) {
    for (guint f = 0; f < 2; f++) {
      least[f] = MIN (least[f], values[3 * s + f]);
      greatest[f] = MAX (greatest[f], values[3 * s + f]);
    }
    g_assert_cmpfloat (values[3 * s + 2], ==, 0.0f);
  }
  for (guint f = 0; f < 2; f++) {
    g_assert_cmpfloat (least[f], ==, 0.0f);
    g_assert_cmpfloat (greatest[f], ==, 1.0f);
  }
}

static void
test_fractions_stay_as_they_are (void)
{
  g_autoptr (CoterieDataset) dataset =
      open_text ("data.csv", "a,label\n0.25,x\n0.25,x\n0.75,y\n0.75,y\n", "");

  for (CoterieSplit split = 0; split < COTERIE_N_SPLITS; split++)
    for (gsize s = 0; s < 2; s++)
      g_assert_cmpfloat (coterie_dataset_get_values (dataset, split)[s], ==,
                         coterie_dataset_get_labels (dataset, split)[s] == 0 ? 0.25f : 0.75f);
}

/* Images of 8 × 8 pixels, their class in the first or the last column, up to @brightest. */
static char *
make_images (gboolean label_is_first, guint brightest, gboolean header)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (header) {
    g_string_append (text, label_is_first ? "label" : "p0");
    for (guint i = 1; i < 65; i++)
      g_string_append_printf (text, ",%u", i);
    g_string_append (text, "\n");
  }
  for (guint s = 0; s < 20; s++) {
    if (label_is_first)
      g_string_append_printf (text, "%u,", s % 2);
    for (guint i = 0; i < 64; i++)
      g_string_append_printf (text, "%s%u", i > 0 ? "," : "",
                              i == 0 || i == 63 ? 0
                                                : (s % 2 == 0 ? i % (brightest + 1) : brightest));
    g_string_append_printf (text, label_is_first ? "\n" : ",%u\n", s % 2);
  }
  return g_strdup (text->str);
}

static void
test_images_are_recognised (void)
{
  const struct {
    gboolean label_is_first;
    guint brightest;
    gboolean header;
  } cases[] = {
      {TRUE, 255, TRUE},  {TRUE, 255, FALSE}, {FALSE, 255, FALSE},
      {FALSE, 16, FALSE}, {TRUE, 1, TRUE},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *text =
        make_images (cases[i].label_is_first, cases[i].brightest, cases[i].header);
    g_autoptr (CoterieDataset) dataset = open_text ("images.csv", text, "");
    const CoterieDatasetInfo *info = coterie_dataset_get_info (dataset);
    const guint8 *pixels = coterie_dataset_get_pixels (dataset, COTERIE_SPLIT_TEST);
    const guint16 *labels = coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TEST);

    g_assert_cmpuint (info->width, ==, 8);
    g_assert_cmpuint (info->height, ==, 8);
    g_assert_cmpuint (info->n_classes, ==, 2);
    g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 4);
    for (guint s = 0; s < 4; s++)
      for (guint p = 1; p < 63; p++) {
        guint level = labels[s] == 0 ? p % (cases[i].brightest + 1) : cases[i].brightest;

        g_assert_cmpfloat_with_epsilon (pixels[64 * s + p], 255.0 * level / cases[i].brightest,
                                        0.5 + 1e-9);
      }
  }
}

static void
test_label_column_is_found (void)
{
  const struct {
    const char *text;
    const char *wanted;
    const char *first_class;
  } cases[] = {
      {"1,a,5\n2,b,6\n3,a,7\n4,b,8\n", "2", "a"},
      {"x,Class,z\n1,a,5\n2,b,6\n3,a,7\n4,b,8\n", "", "a"},
      {"y,2,z\n7,1,5\n8,3,6\n7,5,7\n8,7,8\n", "", "7"},
      {"y,2,z\n7,11,5\n8,12,6\n7,11,7\n8,12,8\n", "2", "11"},
      {"y,kind of it,z\n7,11,5\n8,12,6\n7,11,7\n8,12,8\n", "kind of it", "11"},
      {"y,kind of it,z\n7,11,5\n8,12,6\n7,11,5\n8,12,6\n", "3", "5"},
      {"10,-3\n20,-20\n30,-3\n40,-20\n", "", "-20"},
      {"10,3\n20,20\n30,3\n40,20\n", "", "3"},
      {"a,species,b\n1,ash,5\n2,oak,6\n3,ash,7\n4,oak,8\n", "", "ash"},
      {"1,ash,5\n2,oak,6\n3,ash,7\n4,oak,8\n", "", "ash"},
      {"y,species,b\n1,0,5\n2,1,6\n1,0,7\n2,1,8\n", "", "1"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (CoterieDataset) dataset = open_text ("data.csv", cases[i].text, cases[i].wanted);

    g_assert_cmpuint (coterie_dataset_get_info (dataset)->n_classes, ==, 2);
    g_assert_cmpstr (coterie_dataset_get_info (dataset)->class_names[0], ==, cases[i].first_class);
  }
}

static void
test_label_column_is_told (void)
{
  g_autofree char *named = make_flowers ("length,width,kind", ',', "\n");
  g_autofree char *nameless = make_flowers ("", ',', "\n");
  g_autoptr (CoterieDataset) with_names = open_text ("flowers.csv", named, "");
  g_autoptr (CoterieDataset) without = open_text ("flowers.csv", nameless, "");
  g_autofree char *all = coterie_dataset_info_list_classes (coterie_dataset_get_info (without), 3);
  g_autofree char *some = coterie_dataset_info_list_classes (coterie_dataset_get_info (without), 2);

  g_assert_cmpstr (
      coterie_dataset_report_get_class_column (coterie_dataset_get_report (with_names)), ==,
      "column 3 (“kind”)");
  g_assert_cmpstr (coterie_dataset_report_get_class_column (coterie_dataset_get_report (without)),
                   ==, "column 3");
  g_assert_cmpstr (all, ==, "daisy, rose, tulip");
  g_assert_cmpstr (some, ==, "daisy, rose, …");
}

static void
test_classes_without_test_samples_are_told (void)
{
  g_autoptr (CoterieDataset) all = open_text ("a.csv", "1,x\n2,y\n3,x\n4,y\n", "");
  g_autoptr (CoterieDataset) some = open_text ("a.csv", "1,x\n2,y\n3,x\n4,z\n5,w\n", "");
  CoterieDatasetReport *report = coterie_dataset_get_report (some);
  g_autofree char *none =
      coterie_dataset_report_list_untested_classes (coterie_dataset_get_report (all), 3);
  g_autofree char *three = coterie_dataset_report_list_untested_classes (report, 3);
  g_autofree char *first_two = coterie_dataset_report_list_untested_classes (report, 2);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpuint (coterie_dataset_report_get_n_untested_classes (report), ==, 3);
  g_assert_cmpstr (three, ==, "w, y, z");
  g_assert_cmpstr (first_two, ==, "w, y, …");
  g_assert_cmpstr (coterie_dataset_report_get_untested_class (report, 2), ==, "z");
}

static void
test_label_column_is_remembered (void)
{
  g_autoptr (CoterieDataset) dataset =
      open_text ("data.csv", "the kind,z\na,5\nb,6\na,7\nb,8\n", "the kind");

  g_assert_cmpstr (coterie_dataset_get_info (dataset)->options, ==,
                   "test-fraction=0.2 split-seed=1 label-column=the%20kind");
}

static void
test_file_for_testing_is_used (void)
{
  const char *const names[][2] = {{"train.csv", "test.csv"},
                                  {"mnist_train.csv", "mnist_test.csv"},
                                  {"flowers.csv", "flowers_test.csv"},
                                  {"flowers.tsv", "flowers-test.tsv"}};

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (TestFolder) folder = test_folder_new ();
    g_autofree char *training =
        test_write_text (folder, names[i][0], "z,label\n10,a\n30,b\n20,a\n50,b\n");
    g_autofree char *test = test_write_text (folder, names[i][1], "z,label\n40,a\n0,b\n90,b\n");
    const float expected_training[] = {0.0f, 0.5f, 0.25f, 1.0f};
    const float expected_test[] = {0.75f, 0.0f, 1.0f}; /* scaled alike, and cut off */
    const guint16 expected_labels[] = {0, 1, 1};
    g_autoptr (CoterieDataset) dataset = test_open (training, NULL);

    g_assert_cmpstr (coterie_dataset_get_info (dataset)->options, ==, "");
    g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TRAINING), ==, 4);
    g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 3);
    g_assert_cmpmem (coterie_dataset_get_values (dataset, COTERIE_SPLIT_TRAINING),
                     sizeof expected_training, expected_training, sizeof expected_training);
    g_assert_cmpmem (coterie_dataset_get_values (dataset, COTERIE_SPLIT_TEST), sizeof expected_test,
                     expected_test, sizeof expected_test);
    g_assert_cmpmem (coterie_dataset_get_labels (dataset, COTERIE_SPLIT_TEST),
                     sizeof expected_labels, expected_labels, sizeof expected_labels);
  }
}

/* As competitions give them out. */
static void
test_file_without_labels_is_reported (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *training =
      test_write_text (folder, "train.csv", "z,label\n10,a\n30,b\n20,a\n50,b\n");
  g_autofree char *test = test_write_text (folder, "test.csv", "z,id\n40,1\n0,2\n90,3\n");
  g_autoptr (CoterieDataset) dataset = test_open (training, NULL);
  CoterieDatasetReport *report = coterie_dataset_get_report (dataset);

  g_assert_cmpuint (coterie_dataset_get_n_samples (dataset, COTERIE_SPLIT_TEST), ==, 2);
  g_assert_cmpuint (coterie_dataset_report_get_n_files (report), ==, 1);
  g_assert_cmpstr (coterie_dataset_report_get_path (report, 0), ==, test);
  g_assert_nonnull (strstr (coterie_dataset_report_get_reason (report, 0), "other columns"));
}

static void
test_unknown_label_for_testing_is_refused (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *training =
      test_write_text (folder, "train.csv", "z,label\n10,a\n30,b\n20,a\n50,b\n");
  g_autofree char *test = test_write_text (folder, "test.csv", "z,label\n40,a\n0,c\n");

  test_assert_refused (training, NULL, COTERIE_DATASET_ERROR_BAD_LABEL, test,
                       "line 3, column 2 (“label”): “c” is no label in", training, NULL);
}

static void
test_numbers_are_numbers (void)
{
  const struct {
    const char *text;
    double value;
  } good[] = {{"0", 0.0},
              {"255", 255.0},
              {" 7 ", 7.0},
              {"-1.5", -1.5},
              {"+2", 2.0},
              {".5", 0.5},
              {"1e3", 1000.0},
              {"1E-2", 0.01},
              {"00012", 12.0},
              {"5.", 5.0},
              {"1234567890", 1234567890.0},
              {"0.1\t", 0.1},
              {"999999999", 999999999.0}};
  const char *const bad[] = {"",    " ",     "x",   "nan", "NaN", "inf",   "-inf", "0x10", "1,5",
                             "1 2", "1.2.3", "--1", "e5",  "1e",  "1e999", "NA",   "5%",   "١"};
  double value;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    for (gboolean decimal_comma = FALSE; decimal_comma <= TRUE; decimal_comma++) {
      g_assert_true (coterie_csv_parse_number (good[i].text, decimal_comma, &value));
      g_assert_cmpfloat (value, ==, good[i].value);
    }
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (coterie_csv_parse_number (bad[i], FALSE, &value))
      g_error ("“%s” is read as %g", bad[i], value);
}

static void
test_commas_may_be_decimal (void)
{
  const struct {
    const char *text;
    double value;
  } good[] = {{"1,5", 1.5}, {" -0,25 ", -0.25}, {",5", 0.5}, {"7", 7.0}, {"1,5e2", 150.0}};
  const char *const bad[] = {"1,2,3", "1.234,5", "1,234.5", ",", "1,x", "1e,5"};
  double value;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++) {
    g_assert_true (coterie_csv_parse_number (good[i].text, TRUE, &value));
    g_assert_cmpfloat (value, ==, good[i].value);
  }
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    if (coterie_csv_parse_number (bad[i], TRUE, &value))
      g_error ("“%s” is read as %g", bad[i], value);
}

/* As a spreadsheet in French or German writes them, with and without names, and however many commas. */
static void
test_european_spreadsheets_are_the_same (void)
{
  const char *const headers[] = {"length;width;kind", "", "length, cm;width;kind"};
  g_autofree char *usual_text = make_flowers ("length,width,kind", ',', "\n");
  g_autoptr (CoterieDataset) usual = open_text ("flowers.csv", usual_text, "");

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++) {
    g_autofree char *text = make_flowers (headers[i], ';', "\r\n");
    g_autoptr (CoterieDataset) dataset = NULL;

    for (char *dot = strchr (text, '.'); dot != NULL; dot = strchr (dot, '.'))
      *dot = ',';
    dataset = open_text ("flowers.csv", text, "");
    assert_is_flowers (dataset);
    g_assert_cmpstr (coterie_dataset_get_hash (dataset), ==, coterie_dataset_get_hash (usual));
  }
}

/* All the fields but the last are numbers with a decimal comma: as many commas as semicolons. */
static void
test_decimal_commas_do_not_part_fields (void)
{
  g_autoptr (CoterieDataset) dataset = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint s = 0; s < 20; s++)
    g_string_append_printf (text, "%u,5;%u,25;0,%u;%c\n", s, 20 - s, s + 1, s < 10 ? 'a' : 'b');
  dataset = open_text ("data.csv", text->str, "");
  g_assert_cmpuint (coterie_dataset_get_n_features (dataset), ==, 3);
  g_assert_cmpuint (coterie_dataset_get_info (dataset)->n_classes, ==, 2);
}

static void
test_wrong_files_are_refused (void)
{
  const struct {
    const char *text;
    const char *label_column;
    CoterieDatasetError code;
    const char *words;
  } cases[] = {
      {"", "", COTERIE_DATASET_ERROR_BAD_SHAPE, "is empty"},
      {"\n\n", "", COTERIE_DATASET_ERROR_BAD_SHAPE, "is empty"},
      {"a\n1\n2\n", "", COTERIE_DATASET_ERROR_BAD_SHAPE, "has 1 column"},
      {"a,label\n", "", COTERIE_DATASET_ERROR_BAD_SHAPE, "names, but no samples"},
      {"a,label\n1,x\n2\n", "", COTERIE_DATASET_ERROR_BAD_SHAPE,
       "line 3 has 1 columns, expected 2"},
      {"a,label\n1,x\n2,y,z\n", "", COTERIE_DATASET_ERROR_BAD_SHAPE,
       "line 3 has 3 columns, expected 2"},
      {"a,label\n1,x\n\n\nword,y\n", "", COTERIE_DATASET_ERROR_BAD_COLUMN,
       "line 5, column 1 (“a”): “word” is not a number, expected one such as 0.5; column 2 "
       "(“label”) is "
       "taken for the class"},
      {"a,b,c\n1,2,x\n3,4,y\n", "1", COTERIE_DATASET_ERROR_BAD_COLUMN,
       "line 2, column 3 (“c”): “x” is not a number, expected one such as 0.5; column 1 (“a”) is "
       "taken "
       "for the class"},
      {"a,b,c\nv,w,1\nv,w,2\n", "", COTERIE_DATASET_ERROR_BAD_COLUMN, "column 3 (“c”) is taken"},
      {"a,label\n1,x\nnan,y\n", "", COTERIE_DATASET_ERROR_BAD_VALUE, "“nan” is not a number"},
      {"a,label\n1,x\n,y\n", "", COTERIE_DATASET_ERROR_BAD_VALUE, "column 1 (“a”) is empty"},
      {"1,x\n2,\n", "", COTERIE_DATASET_ERROR_BAD_LABEL, "line 2, column 2 is empty"},
      {"1,x\n2,\xff\n", "", COTERIE_DATASET_ERROR_BAD_LABEL, "line 2, column 2"},
      {"a\xff,label\n1,x\n", "", COTERIE_DATASET_ERROR_BAD_VALUE, "name of column 1"},
      {"a,label\n1,\"x\n", "", COTERIE_DATASET_ERROR_TRUNCATED, "line 3, column 2"},
      {"a,label\n1,\"x\"y\n", "", COTERIE_DATASET_ERROR_BAD_VALUE, "line 2, column 2"},
      {"a,label\n1,x\n2,x\n", "", COTERIE_DATASET_ERROR_BAD_COLUMN,
       "column 2 (“label”), taken for the class, has 1 value, “x”"},
      {"a,label\n1,x\n2,y\n", "", COTERIE_DATASET_ERROR_BAD_COLUMN,
       "column 2 (“label”), taken for the class, has 2 values, each once"},
      {"a,label\n1,x\n2,y\n", "kind", COTERIE_DATASET_ERROR_NOT_FOUND, "no column “kind”"},
      {"a,label\n1,x\n2,y\n", "3", COTERIE_DATASET_ERROR_NOT_FOUND, "from 1 to 2"},
      {"a,label\n1,x\n2,y\n", "0", COTERIE_DATASET_ERROR_NOT_FOUND, "no column “0”"},
      {"1,2\n3,4\n", "label", COTERIE_DATASET_ERROR_NOT_FOUND, "expected a number from 1 to 2"},
      {"red,x\ngreen,y\n", "", COTERIE_DATASET_ERROR_BAD_COLUMN,
       "line 2, column 1 (“red”): “green” is not a number"},
      {"a;b;label\n1,5;2;x\n3;1.5;y\n", "", COTERIE_DATASET_ERROR_BAD_VALUE,
       "line 3, column 2 (“b”): “1.5” has another decimal sign"},
      {"a,b,label\n1;5,2,x\n", "", COTERIE_DATASET_ERROR_BAD_COLUMN, "“1;5” is not a number"},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_text_refused (cases[i].text, cases[i].label_column, cases[i].code, cases[i].words);
}

static void
test_binary_files_are_refused (void)
{
  static const guint8 utf16[] = {0xff, 0xfe, 'a', 0, ',', 0, 'b', 0, '\n', 0};
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GString) long_field = g_string_new ("1,");
  g_autofree char *path = NULL;

  g_byte_array_append (bytes, utf16, sizeof utf16);
  path = test_write (folder, "data.csv", bytes);
  test_assert_refused (path, NULL, COTERIE_DATASET_ERROR_BAD_VALUE, path, "line 1", "zero byte",
                       NULL);
  for (guint i = 0; i < 70000; i++)
    g_string_append_c (long_field, 'x');
  assert_text_refused (long_field->str, "", COTERIE_DATASET_ERROR_TOO_LARGE, "line 1, column 2");
}

static void
test_too_many_labels_are_refused (void)
{
  g_autoptr (GString) text = g_string_new ("z,label\n");

  for (guint s = 0; s < 1001; s++)
    g_string_append_printf (text, "%u,%u\n", s, s);
  assert_text_refused (text->str, "", COTERIE_DATASET_ERROR_BAD_COLUMN,
                       "line 1002, column 2 (“label”): “1000”");
}

static void
test_can_be_cancelled (void)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *text = make_flowers ("", ',', "\n");
  g_autofree char *path = test_write_text (folder, "flowers.csv", text);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (coterie_csv_reader_open (path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/dataset/csv/" name, function)
  ADD ("every-dialect-is-the-same", test_every_dialect_is_the_same);
  ADD ("file-may-be-compressed", test_file_may_be_compressed);
  ADD ("columns-are-scaled-for-themselves", test_columns_are_scaled_for_themselves);
  ADD ("fractions-stay-as-they-are", test_fractions_stay_as_they_are);
  ADD ("images-are-recognised", test_images_are_recognised);
  ADD ("label-column-is-found", test_label_column_is_found);
  ADD ("label-column-is-told", test_label_column_is_told);
  ADD ("classes-without-test-samples-are-told", test_classes_without_test_samples_are_told);
  ADD ("label-column-is-remembered", test_label_column_is_remembered);
  ADD ("file-for-testing-is-used", test_file_for_testing_is_used);
  ADD ("file-without-labels-is-reported", test_file_without_labels_is_reported);
  ADD ("unknown-label-for-testing-is-refused", test_unknown_label_for_testing_is_refused);
  ADD ("numbers-are-numbers", test_numbers_are_numbers);
  ADD ("commas-may-be-decimal", test_commas_may_be_decimal);
  ADD ("european-spreadsheets-are-the-same", test_european_spreadsheets_are_the_same);
  ADD ("decimal-commas-do-not-part-fields", test_decimal_commas_do_not_part_fields);
  ADD ("wrong-files-are-refused", test_wrong_files_are_refused);
  ADD ("binary-files-are-refused", test_binary_files_are_refused);
  ADD ("too-many-labels-are-refused", test_too_many_labels_are_refused);
  ADD ("can-be-cancelled", test_can_be_cancelled);
  return g_test_run ();
}
