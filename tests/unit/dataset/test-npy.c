/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/dataset/npy-labels.h"

#include <math.h>

#include "fixtures.h"

/* A file of that format version whose header is @header, followed by @n_bytes of @values. */
static GByteArray *
make_file (guint8 version, const char *header, gconstpointer values, guint n_bytes)
{
  GByteArray *bytes = g_byte_array_new ();
  gsize length = strlen (header);
  const guint8 prefix[] = {0x93, 'N', 'U', 'M', 'P', 'Y', version, 0};
  const guint8 field[] = {(guint8) length, (guint8) (length >> 8), 0, 0};

  g_byte_array_append (bytes, prefix, sizeof prefix);
  g_byte_array_append (bytes, field, version == 1 ? 2 : 4);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) length);
  g_byte_array_append (bytes, values, n_bytes);
  return bytes;
}

static CoterieNpy *
load (GByteArray *bytes, GError **error)
{
  g_autoptr (TestFolder) folder = test_folder_new ();
  g_autofree char *path = test_write (folder, "array.npy", bytes);

  return coterie_npy_load (path, error);
}

static CoterieNpy *
load_good (const char *descr, const char *rest, gconstpointer values, guint n_bytes)
{
  g_autofree char *header = g_strdup_printf ("{'descr': '%s', %s}  \n", descr, rest);
  g_autoptr (GByteArray) bytes = make_file (1, header, values, n_bytes);
  g_autoptr (GError) error = NULL;
  CoterieNpy *npy = load (bytes, &error);

  g_assert_no_error (error);
  return npy;
}

static void
assert_file_refused (GByteArray *bytes, CoterieDatasetError code, const char *words)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CoterieNpy) npy = load (bytes, &error);

  g_assert_null (npy);
  g_assert_error (error, COTERIE_DATASET_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, "array.npy: "));
  g_assert_nonnull (strstr (error->message, words));
}

static void
assert_header_refused (const char *header, CoterieDatasetError code, const char *words)
{
  const guint8 values[24] = {0};
  g_autoptr (GByteArray) bytes = make_file (1, header, values, sizeof values);

  assert_file_refused (bytes, code, words);
}

static void
test_reads_every_type (void)
{
  const guint8 ones[8] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
  const struct {
    const char *descr;
    guint size;
    CoterieNpyKind kind;
    double all_ones;
  } types[] = {
      {"|i1", 1, COTERIE_NPY_SIGNED, -1.0},         {"<i2", 2, COTERIE_NPY_SIGNED, -1.0},
      {"<i4", 4, COTERIE_NPY_SIGNED, -1.0},         {"<i8", 8, COTERIE_NPY_SIGNED, -1.0},
      {"|u1", 1, COTERIE_NPY_UNSIGNED, 255.0},      {"<u2", 2, COTERIE_NPY_UNSIGNED, 65535.0},
      {"<u4", 4, COTERIE_NPY_UNSIGNED, 4294967295}, {"<u8", 8, COTERIE_NPY_UNSIGNED, 0x1p64},
      {">i4", 4, COTERIE_NPY_SIGNED, -1.0},         {"|b1", 1, COTERIE_NPY_UNSIGNED, 255.0},
  };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++) {
    g_autoptr (CoterieNpy) npy =
        load_good (types[i].descr, "'fortran_order': False, 'shape': (1,)", ones, types[i].size);

    g_assert_cmpint (coterie_npy_get_kind (npy), ==, types[i].kind);
    g_assert_cmpfloat (coterie_npy_get_value (npy, 0), ==, types[i].all_ones);
  }
}

static void
test_reads_floats (void)
{
  const guint8 narrow[] = {0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0};
  const guint8 narrow_big_endian[] = {0x3f, 0xc0, 0, 0, 0xc0, 0, 0, 0};
  const guint8 wide[] = {0, 0, 0, 0, 0, 0, 0xf8, 0x3f, 0, 0, 0, 0, 0, 0, 0, 0xc0};
  const char *rest = "'fortran_order': False, 'shape': (2, 1)";
  g_autoptr (CoterieNpy) first = load_good ("<f4", rest, narrow, sizeof narrow);
  g_autoptr (CoterieNpy) second = load_good (">f4", rest, narrow_big_endian, sizeof narrow);
  g_autoptr (CoterieNpy) third = load_good ("<f8", rest, wide, sizeof wide);
  CoterieNpy *const arrays[] = {first, second, third};

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++) {
    g_autofree float *floats = coterie_npy_dup_floats (arrays[i]);

    g_assert_cmpint (coterie_npy_get_kind (arrays[i]), ==, COTERIE_NPY_FLOAT);
    g_assert_cmpuint (coterie_npy_get_n_dims (arrays[i]), ==, 2);
    g_assert_cmpuint (coterie_npy_get_shape (arrays[i])[0], ==, 2);
    g_assert_cmpuint (coterie_npy_get_shape (arrays[i])[1], ==, 1);
    g_assert_cmpuint (coterie_npy_get_n_values (arrays[i]), ==, 2);
    g_assert_cmpfloat (floats[0], ==, 1.5f);
    g_assert_cmpfloat (floats[1], ==, -2.0f);
  }
}

static void
test_keeps_what_is_not_a_number (void)
{
  const guint8 values[] = {0, 0, 0xc0, 0x7f, 0, 0, 0x80, 0xff};
  g_autoptr (CoterieNpy) npy =
      load_good ("<f4", "'fortran_order': False, 'shape': (2,)", values, sizeof values);
  g_autofree float *floats = coterie_npy_dup_floats (npy);

  g_assert_true (__builtin_isnan (floats[0]));
  g_assert_true (__builtin_isinf (floats[1]) && floats[1] < 0.0f);
}

static void
test_reads_every_version_and_spelling (void)
{
  const char *const headers[] = {
      "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }          \n",
      "{\"shape\":(2,3),\"fortran_order\":False,\"descr\":\"|u1\"}",
      "{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 3L)}\n",
  };
  const guint8 values[] = {1, 2, 3, 4, 5, 6};

  for (guint8 version = 1; version <= 3; version++) {
    for (guint i = 0; i < G_N_ELEMENTS (headers); i++) {
      g_autoptr (GByteArray) bytes = make_file (version, headers[i], values, sizeof values);
      g_autoptr (GError) error = NULL;
      g_autoptr (CoterieNpy) npy = load (bytes, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (coterie_npy_get_shape (npy)[1], ==, 3);
      g_assert_cmpfloat (coterie_npy_get_value (npy, 5), ==, 6.0);
    }
  }
}

static void
test_fortran_order_is_turned (void)
{
  /* element [i][j][k] of shape 2 x 3 x 2 is 100 i + 10 j + k */
  const guint8 values[] = {0, 100, 10, 110, 20, 120, 1, 101, 11, 111, 21, 121};
  g_autoptr (CoterieNpy) npy =
      load_good ("|u1", "'fortran_order': True, 'shape': (2, 3, 2)", values, sizeof values);
  gsize index = 0;

  for (guint i = 0; i < 2; i++)
    for (guint j = 0; j < 3; j++)
      for (guint k = 0; k < 2; k++)
        g_assert_cmpfloat (coterie_npy_get_value (npy, index++), ==, 100 * i + 10 * j + k);
}

static void
test_a_number_and_nothing_are_arrays (void)
{
  const guint8 values[] = {7};
  g_autoptr (CoterieNpy) number =
      load_good ("|u1", "'fortran_order': False, 'shape': ()", values, 1);
  g_autoptr (CoterieNpy) nothing =
      load_good ("<f4", "'fortran_order': True, 'shape': (4611686018427387904, 0, 9)", NULL, 0);
  g_autofree float *floats = coterie_npy_dup_floats (nothing);

  g_assert_cmpuint (coterie_npy_get_n_dims (number), ==, 0);
  g_assert_cmpuint (coterie_npy_get_n_values (number), ==, 1);
  g_assert_cmpfloat (coterie_npy_get_value (number, 0), ==, 7.0);
  g_assert_cmpuint (coterie_npy_get_n_values (nothing), ==, 0);
  g_assert_nonnull (floats);
}

static void
test_every_truncation_is_reported (void)
{
  const guint8 values[24] = {0};
  g_autoptr (GByteArray) whole = make_file (
      1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}\n", values, sizeof values);

  for (guint length = 0; length < whole->len; length++) {
    g_autoptr (GByteArray) cut = g_byte_array_new ();

    g_byte_array_append (cut, whole->data, length);
    assert_file_refused (cut, COTERIE_DATASET_ERROR_TRUNCATED, "ends too early");
  }
}

static void
test_trailing_bytes_are_reported (void)
{
  assert_header_refused ("{'descr': '<f4', 'fortran_order': False, 'shape': (5,)}\n",
                         COTERIE_DATASET_ERROR_MISMATCH, "goes on after the 5 values");
}

static void
test_other_files_are_refused (void)
{
  g_autoptr (GByteArray) bytes =
      make_file (4, "{'descr': '|u1', 'fortran_order': False, 'shape': ()}", "x", 1);

  assert_file_refused (bytes, COTERIE_DATASET_ERROR_BAD_MAGIC, "format version 4");
  bytes->data[0] = 'x';
  assert_file_refused (bytes, COTERIE_DATASET_ERROR_BAD_MAGIC, "0x784e554d5059");
}

static void
test_objects_and_records_are_refused (void)
{
  assert_header_refused ("{'descr': '|O', 'fortran_order': False, 'shape': (3,)}",
                         COTERIE_DATASET_ERROR_BAD_VALUE, "type \"|O\"");
  assert_header_refused ("{'descr': [('x', '<f4')], 'fortran_order': False, 'shape': (3,)}",
                         COTERIE_DATASET_ERROR_BAD_VALUE, "records");
  assert_header_refused ("{'descr': '<f2', 'fortran_order': False, 'shape': (3,)}",
                         COTERIE_DATASET_ERROR_BAD_VALUE, "type \"<f2\"");
  assert_header_refused ("{'descr': '', 'fortran_order': False, 'shape': (3,)}",
                         COTERIE_DATASET_ERROR_BAD_VALUE, "type \"\"");
  assert_header_refused ("{'descr': '?f4', 'fortran_order': False, 'shape': (3,)}",
                         COTERIE_DATASET_ERROR_BAD_VALUE, "type \"?f4\"");
}

static void
test_malformed_headers_are_refused (void)
{
  const char *const headers[] = {
      "",
      "   \n",
      "[]",
      "{",
      "{}",
      "{'descr",
      "{'descr'",
      "{'descr':",
      "{'descr': <f4}",
      "{'descr': '<f4'",
      "{'descr': '<f4' 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': 6}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2 3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (,)}",
      "{'descr': '<f4', 'fortran_order': False}",
      "{'descr': '<f4', 'shape': (2, 3)}",
      "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'more': 1}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)} + 1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    assert_header_refused (headers[i], COTERIE_DATASET_ERROR_BAD_VALUE, "of the header: expected");
}

static void
test_zero_byte_in_header_is_refused (void)
{
  const guint8 values[24] = {0};
  g_autoptr (GByteArray) bytes = make_file (
      1, "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)}!", values, sizeof values);

  *(guint8 *) memchr (bytes->data, '!', bytes->len) = 0;
  assert_file_refused (bytes, COTERIE_DATASET_ERROR_BAD_VALUE, "zero byte");
}

static void
test_absurd_sizes_allocate_nothing (void)
{
  g_autofree char *spaces = g_strnfill (10001, ' ');

  assert_header_refused (spaces, COTERIE_DATASET_ERROR_TOO_LARGE, "header of 10001 bytes");
  assert_header_refused ("{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 1)}",
                         COTERIE_DATASET_ERROR_TOO_LARGE, "announces more");
  assert_header_refused (
      "{'descr': '<f8', 'fortran_order': False, 'shape': (4294967296, 4294967296, 2)}",
      COTERIE_DATASET_ERROR_TOO_LARGE, "announces more");
  assert_header_refused (
      "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
      COTERIE_DATASET_ERROR_TOO_LARGE, "99999999999999999999");
  assert_header_refused ("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000,)}",
                         COTERIE_DATASET_ERROR_TRUNCATED, "announces 4000000000 bytes");
  assert_header_refused ("{'descr': '<f4', 'fortran_order': False, 'shape': "
                         "(1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,6)}",
                         COTERIE_DATASET_ERROR_BAD_SHAPE, "more than 32 dimensions");
}

static void
test_labels_are_checked (void)
{
  const guint8 good[] = {9, 0, 0, 0, 0xe7, 3, 0, 0};
  const guint8 negative[] = {9, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff};
  const guint8 large[] = {9, 0, 0, 0, 0xe8, 3, 0, 0};
  const char *rest = "'fortran_order': False, 'shape': (2,)";
  g_autoptr (CoterieNpy) good_npy = load_good ("<i4", rest, good, 8);
  g_autoptr (CoterieNpy) negative_npy = load_good ("<i4", rest, negative, 8);
  g_autoptr (CoterieNpy) large_npy = load_good ("<u4", rest, large, 8);
  g_autoptr (CoterieNpy) float_npy = load_good ("<f4", rest, good, 8);
  g_autoptr (CoterieNpy) table_npy =
      load_good ("<i4", "'fortran_order': False, 'shape': (1, 2)", good, 8);
  g_autoptr (CoterieNpy) column_npy =
      load_good ("<i4", "'fortran_order': False, 'shape': (2, 1)", good, 8);
  const struct {
    CoterieNpy *npy;
    CoterieDatasetError code;
    const char *words;
  } bad[] = {
      {negative_npy, COTERIE_DATASET_ERROR_BAD_LABEL, "label at index 1 is -2"},
      {large_npy, COTERIE_DATASET_ERROR_BAD_LABEL, "label at index 1 is 1000"},
      {float_npy, COTERIE_DATASET_ERROR_BAD_LABEL, "label at index 0 is 1.26"},
      {table_npy, COTERIE_DATASET_ERROR_BAD_LABEL, "row at index 0 has 9 in the column at index 0"},
  };
  g_autoptr (GError) error = NULL;
  g_autofree guint16 *labels = coterie_npy_dup_labels (good_npy, &error);
  g_autofree guint16 *column = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (labels[0], ==, 9);
  g_assert_cmpuint (labels[1], ==, 999);
  column = coterie_npy_dup_labels (column_npy, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (column, 2 * sizeof *column, labels, 2 * sizeof *labels);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_null (coterie_npy_dup_labels (bad[i].npy, &error));
    g_assert_error (error, COTERIE_DATASET_ERROR, (int) bad[i].code);
    g_assert_nonnull (strstr (error->message, bad[i].words));
    g_clear_error (&error);
  }
}

static void
assert_one_hot_refused (const guint8 *values, const char *words)
{
  g_autoptr (CoterieNpy) npy =
      load_good ("|u1", "'fortran_order': False, 'shape': (2, 3)", values, 6);
  g_autoptr (GError) error = NULL;

  g_assert_null (coterie_npy_dup_labels (npy, &error));
  g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_one_hot_rows_are_labels (void)
{
  const guint8 values[] = {0, 0, 1, 1, 0, 0};
  const guint8 none[] = {0, 0, 1, 0, 0, 0};
  const guint8 twice[] = {1, 0, 1, 1, 0, 0};
  const guint8 other[] = {0, 0, 1, 0, 7, 0};
  g_autoptr (CoterieNpy) rows =
      load_good ("|u1", "'fortran_order': False, 'shape': (2, 3)", values, 6);
  g_autoptr (CoterieNpy) columns =
      load_good ("|u1", "'fortran_order': True, 'shape': (3, 2)", values, 6);
  g_autofree guint16 *labels = coterie_npy_dup_labels (rows, NULL);

  g_assert_cmpuint (coterie_npy_count_labels (rows), ==, 2);
  g_assert_cmpuint (coterie_npy_count_labels (columns), ==, 3);
  g_assert_cmpuint (labels[0], ==, 2);
  g_assert_cmpuint (labels[1], ==, 0);
  assert_one_hot_refused (none, "row at index 1 has no 1");
  assert_one_hot_refused (twice, "row at index 0 has 2 times 1");
  assert_one_hot_refused (other, "row at index 1 has 7 in the column at index 1");
}

static void
test_floats_are_labels_if_they_are_whole (void)
{
  const float whole[] = {9.0f, 999.0f};
  const float other[] = {3.0f, 2.5f};
  const float nan[] = {3.0f, NAN};
  const char *rest = "'fortran_order': False, 'shape': (2,)";
  g_autoptr (CoterieNpy) whole_npy = load_good ("<f4", rest, (const guint8 *) whole, 8);
  g_autoptr (CoterieNpy) other_npy = load_good ("<f4", rest, (const guint8 *) other, 8);
  g_autoptr (CoterieNpy) nan_npy = load_good ("<f4", rest, (const guint8 *) nan, 8);
  g_autofree guint16 *labels = coterie_npy_dup_labels (whole_npy, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (labels[0], ==, 9);
  g_assert_cmpuint (labels[1], ==, 999);
  g_assert_null (coterie_npy_dup_labels (other_npy, &error));
  g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL);
  g_assert_nonnull (strstr (error->message, "label at index 1 is 2.5, expected a whole number"));
  g_clear_error (&error);
  g_assert_null (coterie_npy_dup_labels (nan_npy, &error));
  g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_LABEL);
}

static void
test_missing_file_is_named (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (coterie_npy_load ("/nothing/here.npy", &error));
  g_assert_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_NOT_FOUND);
  g_assert_nonnull (strstr (error->message, "/nothing/here.npy"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/dataset/npy/reads-every-type", test_reads_every_type);
  g_test_add_func ("/dataset/npy/reads-floats", test_reads_floats);
  g_test_add_func ("/dataset/npy/keeps-what-is-not-a-number", test_keeps_what_is_not_a_number);
  g_test_add_func ("/dataset/npy/reads-every-version-and-spelling",
                   test_reads_every_version_and_spelling);
  g_test_add_func ("/dataset/npy/fortran-order-is-turned", test_fortran_order_is_turned);
  g_test_add_func ("/dataset/npy/a-number-and-nothing-are-arrays",
                   test_a_number_and_nothing_are_arrays);
  g_test_add_func ("/dataset/npy/every-truncation-is-reported", test_every_truncation_is_reported);
  g_test_add_func ("/dataset/npy/trailing-bytes-are-reported", test_trailing_bytes_are_reported);
  g_test_add_func ("/dataset/npy/other-files-are-refused", test_other_files_are_refused);
  g_test_add_func ("/dataset/npy/objects-and-records-are-refused",
                   test_objects_and_records_are_refused);
  g_test_add_func ("/dataset/npy/malformed-headers-are-refused",
                   test_malformed_headers_are_refused);
  g_test_add_func ("/dataset/npy/zero-byte-in-header-is-refused",
                   test_zero_byte_in_header_is_refused);
  g_test_add_func ("/dataset/npy/absurd-sizes-allocate-nothing",
                   test_absurd_sizes_allocate_nothing);
  g_test_add_func ("/dataset/npy/labels-are-checked", test_labels_are_checked);
  g_test_add_func ("/dataset/npy/one-hot-rows-are-labels", test_one_hot_rows_are_labels);
  g_test_add_func ("/dataset/npy/floats-are-labels-if-they-are-whole",
                   test_floats_are_labels_if_they_are_whole);
  g_test_add_func ("/dataset/npy/missing-file-is-named", test_missing_file_is_named);
  return g_test_run ();
}
