/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Downloads a file whose length and SHA-256 are known. A download that was cut goes on where it
 * ended, if the server still has the same version (Range with If-Range, RFC 9110, 13.1.5 and 14.2);
 * a server that knows nothing of this sends the file from its beginning. The bytes are taken as they
 * come, without decompression, because they are what the SHA-256 is of. The file appears under its
 * name only when it is complete and right. */

#include "core/dataset/download.h"

#include <errno.h>
#include <libsoup/soup.h>

#include "core/dataset/download-part.h"

#define BLOCK_SIZE 65536
#define MAX_REDIRECTS 5
#define DEFAULT_TIMEOUT_SECONDS 30

/* One try at one address. */
typedef struct {
  const CoterieDownload *download;
  CoterieDownloadPart *part;
  SoupSession *session;
  const char *address;

  CoterieDownloadProgress progress;
  gpointer data;
  GCancellable *cancellable;
} Transfer;

static void
tell_progress (Transfer *transfer)
{
  if (transfer->progress != NULL)
    transfer->progress (coterie_download_part_get_size (transfer->part), transfer->download->size,
                        transfer->data);
}

static gboolean
can_resume (Transfer *transfer)
{
  guint64 size = coterie_download_part_get_size (transfer->part);

  return size > 0 && size < transfer->download->size &&
         g_strcmp0 (coterie_download_part_get_address (transfer->part), transfer->address) == 0;
}

static gboolean
report_wrong_length (Transfer *transfer, guint64 found, GError **error)
{
  g_set_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT,
               "%s: there is another file: found %" G_GUINT64_FORMAT
               " bytes, expected %" G_GUINT64_FORMAT,
               transfer->address, found, transfer->download->size);
  return FALSE;
}

static gboolean
report_status (Transfer *transfer, SoupMessage *message, GError **error)
{
  g_autofree char *proxy = coterie_download_error_describe_proxy (transfer->address);

  g_set_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_REFUSED,
               "%s: the server says %u %s%s%s%s", transfer->address,
               (guint) soup_message_get_status (message), soup_message_get_reason_phrase (message),
               proxy != NULL ? " (through the proxy " : "", proxy != NULL ? proxy : "",
               proxy != NULL ? ")" : "");
  return FALSE;
}

static gboolean
translate_error (Transfer *transfer, GError *cause, GError **error)
{
  g_autofree char *proxy = coterie_download_error_describe_proxy (transfer->address);

  g_propagate_error (error, coterie_download_error_translate (transfer->address, proxy, cause));
  return FALSE;
}

/**
 * coterie_download_may_follow:
 * @from: an http or https address whose server points elsewhere
 * @to: where it points
 *
 * From a secure connection there is no way back to one that anybody in between may change, and from
 * neither to anything that is not the web.
 *
 * Returns: whether to go there
 */
gboolean
coterie_download_may_follow (GUri *from, GUri *to)
{
  const char *scheme = g_uri_get_scheme (to);

  return g_str_equal (scheme, "https") ||
         (g_str_equal (scheme, "http") && g_str_equal (g_uri_get_scheme (from), "http"));
}

static GUri *
follow_redirect (Transfer *transfer, SoupMessage *message, GError **error)
{
  GUri *from = soup_message_get_uri (message);
  const char *location =
      soup_message_headers_get_one (soup_message_get_response_headers (message), "Location");
  g_autoptr (GUri) to =
      location != NULL ? g_uri_parse_relative (from, location, SOUP_HTTP_URI_FLAGS, NULL) : NULL;

  if (to != NULL && coterie_download_may_follow (from, to))
    return g_steal_pointer (&to);
  g_set_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_REDIRECT,
               "%s: the server points to %s, which is not followed", transfer->address,
               location != NULL ? location : "nowhere");
  return NULL;
}

static SoupMessage *
make_message (Transfer *transfer, GUri *uri)
{
  SoupMessage *message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (can_resume (transfer)) {
    soup_message_headers_set_range (headers,
                                    (goffset) coterie_download_part_get_size (transfer->part), -1);
    soup_message_headers_replace (headers, "If-Range",
                                  coterie_download_part_get_validator (transfer->part));
  }
  return message;
}

/* Returns the body of the first answer that is not a redirection. */
static GInputStream *
send_request (Transfer *transfer, SoupMessage **answered, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (transfer->address, SOUP_HTTP_URI_FLAGS, error);

  if (uri == NULL)
    return NULL;
  for (guint n = 0; n <= MAX_REDIRECTS; n++) {
    g_autoptr (SoupMessage) message = make_message (transfer, uri);
    g_autoptr (GError) cause = NULL;
    g_autoptr (GInputStream) body =
        soup_session_send (transfer->session, message, transfer->cancellable, &cause);
    GUri *next;

    if (body == NULL) {
      translate_error (transfer, g_steal_pointer (&cause), error);
      return NULL;
    }
    if (!SOUP_STATUS_IS_REDIRECTION (soup_message_get_status (message))) {
      *answered = g_steal_pointer (&message);
      return g_steal_pointer (&body);
    }
    next = follow_redirect (transfer, message, error);
    if (next == NULL)
      return NULL;
    g_uri_unref (uri);
    uri = next;
  }
  g_set_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_REDIRECT,
               "%s: the server points on and on, more than %d times", transfer->address,
               MAX_REDIRECTS);
  return NULL;
}

/* What If-Range may hold: a strong ETag, or else the date of the last change. */
static const char *
find_validator (SoupMessageHeaders *headers)
{
  const char *etag = soup_message_headers_get_one (headers, "ETag");

  if (etag != NULL && !g_str_has_prefix (etag, "W/"))
    return etag;
  return soup_message_headers_get_one (headers, "Last-Modified");
}

static gboolean
continues_part (Transfer *transfer, SoupMessageHeaders *headers)
{
  goffset start, end, total;

  return soup_message_headers_get_content_range (headers, &start, &end, &total) &&
         (guint64) start == coterie_download_part_get_size (transfer->part) &&
         (total < 0 || (guint64) total == transfer->download->size);
}

/* Takes a whole file from its beginning: the server knows no ranges, or has another version. */
static gboolean
begin_part (Transfer *transfer, SoupMessageHeaders *headers, GError **error)
{
  if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH) {
    guint64 length = (guint64) soup_message_headers_get_content_length (headers);

    if (length != transfer->download->size)
      return report_wrong_length (transfer, length, error);
  }
  return coterie_download_part_restart (transfer->part, transfer->address, find_validator (headers),
                                        error);
}

static gboolean
report_cut (Transfer *transfer, GError *cause, GError **error)
{
  gboolean cancelled;

  if (cause == NULL)
    cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "it ended too early");
  cancelled = g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  translate_error (transfer, cause, error);
  if (!cancelled && error != NULL && *error != NULL && can_resume (transfer)) {
    g_autofree char *so_far = g_format_size (coterie_download_part_get_size (transfer->part));
    g_autofree char *whole = g_format_size (transfer->download->size);
    g_autofree char *message = g_strdup_printf ("%s; %s of %s are here, the next try goes on there",
                                                (*error)->message, so_far, whole);

    g_free ((*error)->message);
    (*error)->message = g_steal_pointer (&message);
  }
  return FALSE;
}

static gboolean
receive_body (Transfer *transfer, GInputStream *body, GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK_SIZE);
  guint64 expected = transfer->download->size;

  tell_progress (transfer);
  for (;;) {
    GError *cause = NULL;
    gssize n_read = g_input_stream_read (body, block, BLOCK_SIZE, transfer->cancellable, &cause);
    guint64 n_before = coterie_download_part_get_size (transfer->part);

    if (n_read < 0)
      return report_cut (transfer, cause, error);
    if (n_read == 0)
      return n_before == expected || report_cut (transfer, NULL, error);
    if ((guint64) n_read > expected - n_before) {
      coterie_download_part_discard (transfer->part, NULL);
      return report_wrong_length (transfer, n_before + (guint64) n_read, error);
    }
    if (!coterie_download_part_append (transfer->part, block, (gsize) n_read, error))
      return FALSE;
    tell_progress (transfer);
  }
}

/* Has the answer say where in the file its body begins; an answer to a range that fits nothing makes
 * a fresh request worth while. */
static gboolean
take_answer (Transfer *transfer, SoupMessage *message, gboolean *ask_again, GError **error)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  SoupStatus status = soup_message_get_status (message);

  if (status == SOUP_STATUS_OK)
    return begin_part (transfer, headers, error);
  if (!can_resume (transfer))
    return report_status (transfer, message, error);
  if (status == SOUP_STATUS_PARTIAL_CONTENT && continues_part (transfer, headers))
    return TRUE;
  if (status != SOUP_STATUS_PARTIAL_CONTENT &&
      status != SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE)
    return report_status (transfer, message, error);
  *ask_again = TRUE;
  return coterie_download_part_discard (transfer->part, error);
}

static gboolean
request_rest (Transfer *transfer, GError **error)
{
  for (;;) {
    g_autoptr (SoupMessage) message = NULL;
    g_autoptr (GInputStream) body = send_request (transfer, &message, error);
    gboolean ask_again = FALSE;

    if (body == NULL || !take_answer (transfer, message, &ask_again, error))
      return FALSE;
    if (!ask_again) /* which is only once: there is nothing left to resume */
      return receive_body (transfer, body, error);
  }
}

static gboolean
check_part (Transfer *transfer, GError **error)
{
  g_autoptr (GError) local_error = NULL;

  if (coterie_download_part_check (transfer->part, transfer->download->size,
                                   transfer->download->sha256, transfer->cancellable, &local_error))
    return TRUE;
  if (g_error_matches (local_error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT)) {
    g_prefix_error (&local_error, "%s: what came is damaged or another file, and was deleted: ",
                    transfer->address);
    coterie_download_part_discard (transfer->part, NULL);
  }
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
fetch (Transfer *transfer, GError **error)
{
  return request_rest (transfer, error) && check_part (transfer, error) &&
         coterie_download_part_publish (transfer->part, error);
}

/* What an address may be blamed for; everything else is for lack of something here. */
static gboolean
is_about_address (const GError *error)
{
  if (error->domain != COTERIE_DOWNLOAD_ERROR)
    return FALSE;
  switch ((CoterieDownloadError) error->code) {
  case COTERIE_DOWNLOAD_ERROR_UNREACHABLE:
  case COTERIE_DOWNLOAD_ERROR_INSECURE:
  case COTERIE_DOWNLOAD_ERROR_REFUSED:
  case COTERIE_DOWNLOAD_ERROR_REDIRECT:
  case COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT:
  case COTERIE_DOWNLOAD_ERROR_TIMED_OUT:
  case COTERIE_DOWNLOAD_ERROR_CUT:
    return TRUE;
  case COTERIE_DOWNLOAD_ERROR_BAD_PROXY:
  case COTERIE_DOWNLOAD_ERROR_BUSY:
  case COTERIE_DOWNLOAD_ERROR_NO_SPACE:
  case COTERIE_DOWNLOAD_ERROR_FILE:
  default:
    return FALSE;
  }
}

/* Where an address was silent or cut off, but can go on the next time, another one does no better. */
static gboolean
may_go_on_later (Transfer *transfer, const GError *error)
{
  return (error->code == COTERIE_DOWNLOAD_ERROR_TIMED_OUT ||
          error->code == COTERIE_DOWNLOAD_ERROR_CUT) &&
         can_resume (transfer);
}

/* The address that the part is from comes first, then the others in their order. */
static GPtrArray *
order_addresses (const CoterieDownload *download, CoterieDownloadPart *part)
{
  const char *begun = coterie_download_part_get_address (part);
  GPtrArray *addresses = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; download->addresses[i] != NULL; i++) {
    gboolean is_begun = g_strcmp0 (download->addresses[i], begun) == 0;

    g_ptr_array_insert (addresses, is_begun ? 0 : -1, g_strdup (download->addresses[i]));
  }
  return addresses;
}

/* Fails with the code of the last address, and what all of them said. */
static gboolean
report_addresses (Transfer *transfer, GPtrArray *messages, int code, GError **error)
{
  g_autofree char *name = g_path_get_basename (transfer->download->path);
  g_autofree char *proxy = coterie_download_error_describe_proxy (transfer->download->addresses[0]);
  g_autofree char *message = NULL;

  g_ptr_array_add (messages, NULL);
  message = coterie_download_error_join ((const char *const *) messages->pdata, name, proxy);
  g_set_error_literal (error, COTERIE_DOWNLOAD_ERROR, code, message);
  return FALSE;
}

static gboolean
fetch_from_any (Transfer *transfer, GError **error)
{
  g_autoptr (GPtrArray) addresses = order_addresses (transfer->download, transfer->part);
  g_autoptr (GPtrArray) messages = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < addresses->len; i++) {
    g_autoptr (GError) local_error = NULL;

    transfer->address = g_ptr_array_index (addresses, i);
    if (fetch (transfer, &local_error))
      return TRUE;
    if (!is_about_address (local_error)) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
    g_ptr_array_add (messages, g_strdup (local_error->message));
    if (may_go_on_later (transfer, local_error) || i + 1 == addresses->len)
      return report_addresses (transfer, messages, local_error->code, error);
  }
  g_set_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_UNREACHABLE,
               "%s: has no address", transfer->download->path);
  return FALSE;
}

static SoupSession *
make_session (guint timeout_seconds)
{
  SoupSession *session = soup_session_new ();

  soup_session_set_timeout (session,
                            timeout_seconds > 0 ? timeout_seconds : DEFAULT_TIMEOUT_SECONDS);
  soup_session_set_user_agent (session, "Coterie ");
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  return session;
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0755) == 0)
    return TRUE;
  g_set_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_FILE,
               "%s: the folder cannot be made: %s", folder, g_strerror (errno));
  return FALSE;
}

/* Better now than after ten minutes. File systems that do not know pass. */
static gboolean
check_space (const char *folder, guint64 n_bytes, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (folder);
  g_autoptr (GFileInfo) info =
      g_file_query_filesystem_info (file, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  g_autofree char *needed_text = g_format_size (n_bytes);
  g_autofree char *free_text = NULL;
  guint64 n_free;

  if (info == NULL || !g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE))
    return TRUE;
  n_free = g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE);
  if (n_free >= n_bytes)
    return TRUE;
  free_text = g_format_size (n_free);
  g_set_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_NO_SPACE,
               "%s: %s are free on this disk, %s are needed", folder, free_text, needed_text);
  return FALSE;
}

static gboolean
is_complete (const CoterieDownload *download, GCancellable *cancellable)
{
  return coterie_download_part_check_file (download->path, download->size, download->sha256,
                                           cancellable, NULL);
}

/* An earlier download may have ended between its last byte and giving the file its name. */
static gboolean
publish_complete_part (Transfer *transfer, GError **error)
{
  return coterie_download_part_check (transfer->part, transfer->download->size,
                                      transfer->download->sha256, transfer->cancellable, NULL) &&
         coterie_download_part_publish (transfer->part, error);
}

static gboolean
download_part (Transfer *transfer, const char *folder, GError **error)
{
  guint64 n_here = coterie_download_part_get_size (transfer->part);
  guint64 n_needed = transfer->download->size;
  gboolean succeeded;

  if (coterie_download_part_get_address (transfer->part) != NULL && n_here < n_needed)
    n_needed -= n_here;
  if (!check_space (folder, n_needed, error) ||
      !coterie_download_error_check_proxy (transfer->download->addresses[0], error))
    return FALSE;

  transfer->session = make_session (transfer->download->timeout_seconds);
  succeeded = fetch_from_any (transfer, error);
  soup_session_abort (transfer->session);
  g_clear_object (&transfer->session);
  return succeeded;
}

/**
 * coterie_download_run:
 * @download: what to fetch
 * @progress: (nullable): told how far it is, on this thread
 * @data: passed to @progress
 * @cancellable: (nullable): ends it; what has come is kept
 * @error: return location for a #GError
 *
 * Downloads a file, or goes on with a download that was cut, and blocks until that is done: for a
 * thread of its own. Makes the folder if there is none. If the file is there and right, nothing is
 * asked of anybody. Of several addresses the next one is tried if one does not have the file.
 *
 * Returns: %TRUE if the file is there and right; %FALSE with an error of COTERIE_DOWNLOAD_ERROR, a
 *   sentence that names address, host, proxy or folder, or with %G_IO_ERROR_CANCELLED
 */
gboolean
coterie_download_run (const CoterieDownload *download,
                      CoterieDownloadProgress progress,
                      gpointer data,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autofree char *folder = g_path_get_dirname (download->path);
  g_autoptr (CoterieDownloadPart) part = NULL;
  Transfer transfer = {
      .download = download, .progress = progress, .data = data, .cancellable = cancellable};

  if (is_complete (download, cancellable))
    return TRUE;
  if (g_cancellable_set_error_if_cancelled (cancellable, error) || !make_folder (folder, error))
    return FALSE;

  part = coterie_download_part_open (download->path, error);
  if (part == NULL)
    return FALSE;
  if (is_complete (download, cancellable)) /* by who had the part until now */
    return TRUE;
  transfer.part = part;
  return publish_complete_part (&transfer, NULL) || download_part (&transfer, folder, error);
}
