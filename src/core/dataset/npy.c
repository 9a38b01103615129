/* SPDX-License-Identifier: GPL-3.0-or-later */

/* NumPy's .npy files (format versions 1 to 3, numpy.lib.format): a magic string, a version, the
 * length of a header, the header, which is a Python dictionary with exactly three keys, and the
 * elements. The header is read by a parser of just that dictionary; nothing is evaluated. Arrays of
 * Python objects, which would need a pickle, are refused. */

#include "core/dataset/npy.h"

#include "core/dataset/dataset.h"

#define MAGIC "\x93NUMPY"
#define MAGIC_LENGTH 6
#define PREFIX_LENGTH 8
#define MAX_HEADER_LENGTH 10000
#define MAX_SIZE_BYTES MIN (G_GUINT64_CONSTANT (4) << 30, G_MAXSSIZE)
struct _CoterieNpy {
  char *display_name;
  CoterieNpyKind kind;
  guint value_size;
  gboolean is_big_endian;
  gboolean is_fortran_order;
  guint n_dims;
  gsize shape[COTERIE_NPY_MAX_DIMS];
  gsize n_values;
  guint8 *bytes;
  GCancellable *cancellable; /* while it is read */
};

/* The header's text and the place that the parser has reached in it. */
typedef struct {
  const CoterieNpy *npy;
  const char *text;
  gsize at;
} Header;

static gboolean
report_header (const Header *header, const char *expected, GError **error)
{
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "%s: character %" G_GSIZE_FORMAT " of the header: expected %s",
               header->npy->display_name, header->at, expected);
  return FALSE;
}

static void
skip_space (Header *header)
{
  while (g_ascii_isspace (header->text[header->at]))
    header->at++;
}

static gboolean
accept (Header *header, char character)
{
  skip_space (header);
  if (header->text[header->at] != character)
    return FALSE;
  header->at++;
  return TRUE;
}

static gboolean
accept_word (Header *header, const char *word)
{
  skip_space (header);
  if (!g_str_has_prefix (header->text + header->at, word))
    return FALSE;
  header->at += strlen (word);
  return TRUE;
}

static char *
parse_string (Header *header, GError **error)
{
  char quote;
  const char *start, *end;

  skip_space (header);
  quote = header->text[header->at];
  if (quote != '\'' && quote != '"') {
    report_header (header, "a quoted word", error);
    return NULL;
  }
  start = header->text + header->at + 1;
  end = strchr (start, quote);
  if (end == NULL) {
    report_header (header, "a quoted word that ends", error);
    return NULL;
  }
  header->at += (gsize) (end - start) + 2;
  return g_strndup (start, (gsize) (end - start));
}

static gboolean
parse_descr (Header *header, CoterieNpy *npy, GError **error)
{
  static const struct {
    const char *code;
    CoterieNpyKind kind;
    guint size;
  } types[] = {
      {"f4", COTERIE_NPY_FLOAT, 4},    {"f8", COTERIE_NPY_FLOAT, 8},
      {"i1", COTERIE_NPY_SIGNED, 1},   {"i2", COTERIE_NPY_SIGNED, 2},
      {"i4", COTERIE_NPY_SIGNED, 4},   {"i8", COTERIE_NPY_SIGNED, 8},
      {"u1", COTERIE_NPY_UNSIGNED, 1}, {"u2", COTERIE_NPY_UNSIGNED, 2},
      {"u4", COTERIE_NPY_UNSIGNED, 4}, {"u8", COTERIE_NPY_UNSIGNED, 8},
      {"b1", COTERIE_NPY_UNSIGNED, 1},
  };
  g_autofree char *descr = NULL;

  skip_space (header);
  if (header->text[header->at] == '[') {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
                 "%s: is an array of records, expected plain numbers", npy->display_name);
    return FALSE;
  }
  descr = parse_string (header, error);
  if (descr == NULL)
    return FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++) {
    if (descr[0] == '\0' || !g_str_equal (descr + 1, types[i].code))
      continue;
    if (descr[0] != '<' && descr[0] != '|' && descr[0] != '>')
      break;
    npy->kind = types[i].kind;
    npy->value_size = types[i].size;
    npy->is_big_endian = descr[0] == '>';
    return TRUE;
  }
  g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
               "%s: has elements of type \"%s\", expected floats of 32 or 64 bits, integers or "
               "truth values",
               npy->display_name, descr);
  return FALSE;
}

static gboolean
parse_fortran_order (Header *header, CoterieNpy *npy, GError **error)
{
  npy->is_fortran_order = accept_word (header, "True");
  if (!npy->is_fortran_order && !accept_word (header, "False"))
    return report_header (header, "True or False", error);
  return TRUE;
}

static gboolean
parse_dimension (Header *header, gsize *dimension, GError **error)
{
  const char *start;
  char *end;
  guint64 value;

  skip_space (header);
  start = header->text + header->at;
  if (!g_ascii_isdigit (*start))
    return report_header (header, "a whole number", error);

  errno = 0;
  value = g_ascii_strtoull (start, &end, 10);
  if (errno != 0 || value > G_MAXSSIZE) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: dimension %.*s is too large", header->npy->display_name, (int) (end - start),
                 start);
    return FALSE;
  }
  header->at += (gsize) (end - start);
  accept (header, 'L'); /* as Python 2 wrote it */
  *dimension = (gsize) value;
  return TRUE;
}

static gboolean
parse_shape (Header *header, CoterieNpy *npy, GError **error)
{
  if (!accept (header, '('))
    return report_header (header, "a tuple", error);

  npy->n_dims = 0;
  while (!accept (header, ')')) {
    if (npy->n_dims == COTERIE_NPY_MAX_DIMS) {
      g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_SHAPE,
                   "%s: has more than %d dimensions", npy->display_name, COTERIE_NPY_MAX_DIMS);
      return FALSE;
    }
    if (!parse_dimension (header, &npy->shape[npy->n_dims++], error))
      return FALSE;
    if (!accept (header, ',') && header->text[header->at] != ')')
      return report_header (header, "a comma or the end of the tuple", error);
  }
  return TRUE;
}

typedef gboolean (*ParseFunc) (Header *header, CoterieNpy *npy, GError **error);

static gboolean
parse_entry (Header *header, CoterieNpy *npy, gboolean *seen, GError **error)
{
  static const char *const keys[] = {"descr", "fortran_order", "shape"};
  static const ParseFunc parsers[] = {parse_descr, parse_fortran_order, parse_shape};
  g_autofree char *key = parse_string (header, error);

  if (key == NULL)
    return FALSE;
  if (!accept (header, ':'))
    return report_header (header, "a colon", error);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (seen[i] || !g_str_equal (key, keys[i]))
      continue;
    seen[i] = TRUE;
    return parsers[i](header, npy, error);
  }
  return report_header (header, "the keys descr, fortran_order and shape, each once", error);
}

static gboolean
parse_header (CoterieNpy *npy, const char *text, GError **error)
{
  Header header = {npy, text, 0};
  gboolean seen[3] = {FALSE};

  if (!accept (&header, '{'))
    return report_header (&header, "a dictionary", error);
  while (!accept (&header, '}')) {
    if (!parse_entry (&header, npy, seen, error))
      return FALSE;
    if (!accept (&header, ',') && header.text[header.at] != '}')
      return report_header (&header, "a comma or the end of the dictionary", error);
  }
  skip_space (&header);
  if (header.text[header.at] != '\0')
    return report_header (&header, "nothing after the dictionary", error);
  if (!seen[0] || !seen[1] || !seen[2])
    return report_header (&header, "all of descr, fortran_order and shape before", error);
  return TRUE;
}

static gboolean
read_exactly (CoterieNpy *npy, CoterieByteSource *source, void *buffer, gsize size, GError **error)
{
  gsize n_read;

  if (!coterie_byte_source_read (source, buffer, size, &n_read, npy->cancellable, error))
    return FALSE;
  if (n_read < size) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TRUNCATED,
                 "%s: ends too early: %" G_GSIZE_FORMAT " bytes where %" G_GSIZE_FORMAT
                 " are expected",
                 npy->display_name, n_read, size);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_header_length (CoterieNpy *npy, CoterieByteSource *source, gsize *length, GError **error)
{
  guint8 prefix[PREFIX_LENGTH];
  guint8 field[4] = {0};

  if (!read_exactly (npy, source, prefix, sizeof prefix, error))
    return FALSE;
  if (memcmp (prefix, MAGIC, MAGIC_LENGTH) != 0) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_MAGIC,
                 "%s: not a NumPy file: begins with 0x%02x%02x%02x%02x%02x%02x, expected "
                 "0x934e554d5059",
                 npy->display_name, prefix[0], prefix[1], prefix[2], prefix[3], prefix[4],
                 prefix[5]);
    return FALSE;
  }
  if (prefix[6] < 1 || prefix[6] > 3) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_MAGIC,
                 "%s: is of NumPy format version %u, expected 1, 2 or 3", npy->display_name,
                 prefix[6]);
    return FALSE;
  }
  if (!read_exactly (npy, source, field, prefix[6] == 1 ? 2 : 4, error))
    return FALSE;

  *length = field[0] | (gsize) field[1] << 8 | (gsize) field[2] << 16 | (gsize) field[3] << 24;
  if (*length > MAX_HEADER_LENGTH) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: has a header of %" G_GSIZE_FORMAT " bytes, at most %d are supported",
                 npy->display_name, *length, MAX_HEADER_LENGTH);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_header (CoterieNpy *npy, CoterieByteSource *source, GError **error)
{
  char text[MAX_HEADER_LENGTH + 1];
  gsize length;

  if (!read_header_length (npy, source, &length, error) ||
      !read_exactly (npy, source, text, length, error))
    return FALSE;
  text[length] = '\0';
  if (strlen (text) != length) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_BAD_VALUE,
                 "%s: the header has a zero byte at its character %" G_GSIZE_FORMAT,
                 npy->display_name, strlen (text));
    return FALSE;
  }
  return parse_header (npy, text, error);
}

static gboolean
check_size (CoterieNpy *npy, CoterieByteSource *source, gsize *size, GError **error)
{
  gboolean is_empty = FALSE;
  gsize n_values = 1;

  for (guint i = 0; i < npy->n_dims; i++)
    is_empty = is_empty || npy->shape[i] == 0;

  *size = 0;
  for (guint i = 0; i < npy->n_dims && !is_empty; i++)
    if (!g_size_checked_mul (&n_values, n_values, npy->shape[i]))
      n_values = MAX_SIZE_BYTES;
  npy->n_values = is_empty ? 0 : n_values;

  if (!g_size_checked_mul (size, npy->n_values, npy->value_size) || *size > MAX_SIZE_BYTES) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: its header announces more than the %" G_GUINT64_FORMAT
                 " bytes that are supported",
                 npy->display_name, (guint64) MAX_SIZE_BYTES);
    return FALSE;
  }
  if (*size > coterie_byte_source_get_max_size (source)) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TRUNCATED,
                 "%s: ends too early: its header announces %" G_GSIZE_FORMAT
                 " bytes of values, the whole file has at most %" G_GUINT64_FORMAT,
                 npy->display_name, *size, coterie_byte_source_get_max_size (source));
    return FALSE;
  }
  return TRUE;
}

static gboolean
check_end (CoterieNpy *npy, CoterieByteSource *source, GError **error)
{
  guint8 rest;
  gsize n_read;

  if (!coterie_byte_source_read (source, &rest, 1, &n_read, npy->cancellable, error))
    return FALSE;
  if (n_read > 0) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_MISMATCH,
                 "%s: goes on after the %" G_GSIZE_FORMAT " values that its header announces",
                 npy->display_name, npy->n_values);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_values (CoterieNpy *npy, CoterieByteSource *source, GError **error)
{
  gsize size;

  if (!check_size (npy, source, &size, error))
    return FALSE;
  npy->bytes = g_try_malloc (MAX (size, 1));
  if (npy->bytes == NULL) {
    g_set_error (error, COTERIE_DATASET_ERROR, COTERIE_DATASET_ERROR_TOO_LARGE,
                 "%s: not enough memory for %" G_GSIZE_FORMAT " bytes of values", npy->display_name,
                 size);
    return FALSE;
  }
  return read_exactly (npy, source, npy->bytes, size, error) && check_end (npy, source, error);
}

static void
swap_bytes (CoterieNpy *npy)
{
  if (!npy->is_big_endian)
    return;

  for (gsize i = 0; i < npy->n_values; i++) {
    guint8 *value = npy->bytes + i * npy->value_size;

    for (guint low = 0, high = npy->value_size - 1; low < high; low++, high--) {
      guint8 kept = value[low];

      value[low] = value[high];
      value[high] = kept;
    }
  }
}

/* From Fortran's order, in which the first index runs fastest, to C's, in which the last does. */
static void
reorder_values (CoterieNpy *npy)
{
  g_autofree guint8 *fortran = NULL;
  gsize strides[COTERIE_NPY_MAX_DIMS];
  gsize indices[COTERIE_NPY_MAX_DIMS] = {0};
  gsize stride = 1;
  gsize from = 0;

  if (!npy->is_fortran_order || npy->n_dims < 2 || npy->n_values == 0)
    return;

  for (guint i = 0; i < npy->n_dims; i++) {
    strides[i] = stride;
    stride *= npy->shape[i];
  }
  fortran = g_steal_pointer (&npy->bytes);
  npy->bytes = g_malloc (npy->n_values * npy->value_size);

  for (gsize to = 0; to < npy->n_values; to++) {
    memcpy (npy->bytes + to * npy->value_size, fortran + from * npy->value_size, npy->value_size);
    for (guint i = npy->n_dims; i-- > 0;) {
      from += strides[i];
      if (++indices[i] < npy->shape[i])
        break;
      from -= indices[i] * strides[i];
      indices[i] = 0;
    }
  }
}

/**
 * coterie_npy_load:
 * @path: a .npy file of floats, integers or truth values, in either byte order; may be compressed
 *   with gzip
 * @error: return location for a #GError
 *
 * Reads an array and puts it into C order. Sizes are checked against the file before memory is
 * allocated, at most 4 GiB of it. Values are taken as they are: not-a-number and infinity are for
 * the caller to find. Cost: reading, and a second copy when the file is in Fortran's order.
 *
 * Source: numpy.lib.format, format versions 1.0, 2.0 and 3.0.
 *
 * Returns: (transfer full): the array; or %NULL with an error of COTERIE_DATASET_ERROR that names
 *   the file, or of %G_IO_ERROR
 */
CoterieNpy *
coterie_npy_load (const char *path, GError **error)
{
  g_autofree char *display_name = g_filename_display_name (path);
  g_autoptr (CoterieByteSource) source = coterie_byte_source_open (path, NULL, error);

  return source != NULL ? coterie_npy_load_from (source, display_name, NULL, error) : NULL;
}

/**
 * coterie_npy_load_from:
 * @source: the bytes of a .npy file; read to the end
 * @display_name: what errors call it
 * @cancellable: (nullable): ends the reading
 * @error: return location for a #GError
 *
 * coterie_npy_load() for an array that is not a file of its own.
 *
 * Returns: (transfer full): the array; or %NULL with an error of COTERIE_DATASET_ERROR that begins
 *   with @display_name, or of %G_IO_ERROR
 */
CoterieNpy *
coterie_npy_load_from (CoterieByteSource *source,
                       const char *display_name,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (CoterieNpy) npy = g_new0 (CoterieNpy, 1);

  npy->display_name = g_strdup (display_name);
  npy->cancellable = cancellable;
  if (!read_header (npy, source, error) || !read_values (npy, source, error))
    return NULL;
  npy->cancellable = NULL;
  swap_bytes (npy);
  reorder_values (npy);
  return g_steal_pointer (&npy);
}

/**
 * coterie_npy_free:
 * @npy: (transfer full): the array
 *
 * Frees @npy.
 */
void
coterie_npy_free (CoterieNpy *npy)
{
  g_free (npy->display_name);
  g_free (npy->bytes);
  g_free (npy);
}

/**
 * coterie_npy_get_display_name:
 * @npy: the array
 *
 * Returns: (transfer none): the file it comes from, in UTF-8, to be shown
 */
const char *
coterie_npy_get_display_name (const CoterieNpy *npy)
{
  return npy->display_name;
}

/**
 * coterie_npy_get_kind:
 * @npy: the array
 *
 * Returns: what its values are
 */
CoterieNpyKind
coterie_npy_get_kind (const CoterieNpy *npy)
{
  return npy->kind;
}

/**
 * coterie_npy_get_n_dims:
 * @npy: the array
 *
 * Returns: number of dimensions, 0 for a single number, at most 32
 */
guint
coterie_npy_get_n_dims (const CoterieNpy *npy)
{
  return npy->n_dims;
}

/**
 * coterie_npy_get_shape:
 * @npy: the array
 *
 * Returns: (transfer none): [dimensions] the size along each; 0 makes an array without values
 */
const gsize *
coterie_npy_get_shape (const CoterieNpy *npy)
{
  return npy->shape;
}

/**
 * coterie_npy_get_n_values:
 * @npy: the array
 *
 * Returns: the product of the shape, 1 without dimensions
 */
gsize
coterie_npy_get_n_values (const CoterieNpy *npy)
{
  return npy->n_values;
}

/* The bits of a value, the lowest byte first as files have it. */
static guint64
get_bits (const CoterieNpy *npy, gsize index)
{
  const guint8 *value = npy->bytes + index * npy->value_size;
  guint64 bits = 0;

  for (guint i = 0; i < npy->value_size; i++)
    bits |= (guint64) value[i] << (8 * i);
  return bits;
}

static double
get_float (const CoterieNpy *npy, gsize index)
{
  guint64 bits = get_bits (npy, index);
  guint32 low_bits = (guint32) bits;
  float narrow;
  double wide;

  memcpy (&narrow, &low_bits, sizeof narrow);
  memcpy (&wide, &bits, sizeof wide);
  return npy->value_size == sizeof narrow ? (double) narrow : wide;
}

static gint64
get_signed (const CoterieNpy *npy, gsize index)
{
  guint unused_bits = 64 - 8 * npy->value_size;

  /* shifted up and down again, so that the sign fills the bits above */
  return (gint64) (get_bits (npy, index) << unused_bits) >> unused_bits;
}

/**
 * coterie_npy_get_value:
 * @npy: the array
 * @index: in C order, less than the number of values
 *
 * Returns: the value, in the unit of the file, rounded when it is an integer beyond 2^53; may be
 *   infinite or not a number
 */
double
coterie_npy_get_value (const CoterieNpy *npy, gsize index)
{
  g_assert (index < npy->n_values);

  switch (npy->kind) {
  case COTERIE_NPY_FLOAT:
    return get_float (npy, index);
  case COTERIE_NPY_SIGNED:
    return (double) get_signed (npy, index);
  case COTERIE_NPY_UNSIGNED:
    return (double) get_bits (npy, index);
  default:
    g_assert_not_reached ();
  }
}

/**
 * coterie_npy_get_bytes:
 * @npy: the array
 *
 * Returns: (transfer none) (nullable): [values] in C order, if they are unsigned bytes; %NULL if not
 */
const guint8 *
coterie_npy_get_bytes (const CoterieNpy *npy)
{
  return npy->kind == COTERIE_NPY_UNSIGNED && npy->value_size == 1 ? npy->bytes : NULL;
}

/**
 * coterie_npy_dup_floats:
 * @npy: the array
 *
 * Returns: (transfer full): [values] in C order, in the unit of the file, each rounded to float;
 *   beyond the range of float infinite. Never %NULL, even without values
 */
float *
coterie_npy_dup_floats (const CoterieNpy *npy)
{
  float *floats = g_new (float, MAX (npy->n_values, 1));

  for (gsize i = 0; i < npy->n_values; i++)
    floats[i] = (float) coterie_npy_get_value (npy, i);
  return floats;
}
