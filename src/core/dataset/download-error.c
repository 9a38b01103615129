/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What goes wrong between this machine and a server, said so that one knows what to do: which host,
 * through which proxy, and whether it may be that one is offline. */

#include "core/dataset/download-error.h"

#include <string.h>

G_DEFINE_QUARK (coterie - download - error - quark, coterie_download_error)

/* A proxy's address may hold a name and a password, which no message should show. */
static char *
hide_credentials (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_HAS_PASSWORD, NULL);

  return uri != NULL ? g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO) : g_strdup (address);
}

/**
 * coterie_download_error_describe_proxy:
 * @address: what is to be fetched
 *
 * Asks the system, its settings and the environment which proxy stands before @address. May take as
 * long as such settings take to be read.
 *
 * Returns: (transfer full) (nullable): the address of the proxy, without name and password; %NULL if
 *   there is none
 */
char *
coterie_download_error_describe_proxy (const char *address)
{
  GProxyResolver *resolver = g_proxy_resolver_get_default ();
  g_auto (GStrv) proxies = g_proxy_resolver_lookup (resolver, address, NULL, NULL);

  if (proxies == NULL || proxies[0] == NULL || g_str_has_prefix (proxies[0], "direct:"))
    return NULL;
  return hide_credentials (proxies[0]);
}

/* Without a scheme, nothing but host and port is understood. Says nothing of the value, in which a
 * password may be. */
static gboolean
check_proxy_address (const char *origin, const char *value, GError **error)
{
  gboolean has_scheme = strstr (value, "://") != NULL;
  g_autofree char *full = has_scheme ? g_strdup (value) : g_strconcat ("http://", value, NULL);
  g_autoptr (GUri) uri = g_uri_parse (full, G_URI_FLAGS_NONE, NULL);

  if (uri != NULL && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0' &&
      (has_scheme || strpbrk (value, "@/") == NULL))
    return TRUE;
  g_set_error (error, COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_BAD_PROXY,
               "%s is not the address of a proxy, expected one such as http://proxy.example:3128",
               origin);
  return FALSE;
}

/* The first of those that programs look at for that scheme. */
static gboolean
check_proxy_variables (const char *scheme, GError **error)
{
  g_autofree char *lower = g_strconcat (scheme, "_proxy", NULL);
  g_autofree char *upper = g_ascii_strup (lower, -1);
  const char *names[] = {lower, upper, "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"};

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *value = g_getenv (names[i]);
    g_autofree char *origin = g_strdup_printf ("the environment variable %s", names[i]);

    if (value != NULL && *value != '\0')
      return check_proxy_address (origin, value, error);
  }
  return TRUE;
}

/**
 * coterie_download_error_check_proxy:
 * @address: what is to be fetched
 * @error: return location for a #GError
 *
 * Asks whether what the environment or the system says of a proxy before @address can be used: GIO and
 * libsoup would say of what cannot no more than that something failed, and that on standard error.
 *
 * Returns: %FALSE with COTERIE_DOWNLOAD_ERROR_BAD_PROXY, which names the variable
 */
gboolean
coterie_download_error_check_proxy (const char *address, GError **error)
{
  g_autofree char *scheme = g_uri_parse_scheme (address);
  g_auto (GStrv) proxies = NULL;

  if (scheme == NULL || !check_proxy_variables (scheme, error))
    return scheme == NULL;
  proxies = g_proxy_resolver_lookup (g_proxy_resolver_get_default (), address, NULL, NULL);
  for (guint i = 0; proxies != NULL && proxies[i] != NULL; i++)
    if (!g_uri_is_valid (proxies[i], G_URI_FLAGS_NONE, NULL) || strstr (proxies[i], "://") == NULL)
      return check_proxy_address ("what is set as the proxy", "://", error);
  return TRUE;
}

static char *
find_host (const char *address)
{
  g_autoptr (GUri) uri = g_uri_parse (address, G_URI_FLAGS_NONE, NULL);

  return g_strdup (uri != NULL && g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : address);
}

static gboolean
is_unreachable (const GError *cause)
{
  static const GIOErrorEnum codes[] = {
      G_IO_ERROR_HOST_NOT_FOUND,     G_IO_ERROR_HOST_UNREACHABLE,  G_IO_ERROR_NETWORK_UNREACHABLE,
      G_IO_ERROR_CONNECTION_REFUSED, G_IO_ERROR_PROXY_FAILED,      G_IO_ERROR_PROXY_AUTH_FAILED,
      G_IO_ERROR_PROXY_NEED_AUTH,    G_IO_ERROR_PROXY_NOT_ALLOWED,
  };

  if (cause->domain == G_RESOLVER_ERROR)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    if (g_error_matches (cause, G_IO_ERROR, (gint) codes[i]))
      return TRUE;
  return FALSE;
}

/* What comes behind the host, where the cause names it too: "Could not connect to example.org:
 * Connection refused". */
static const char *
skip_host (const char *host, const char *message)
{
  const char *found = strstr (message, host);
  const char *colon = found != NULL ? strstr (found + strlen (host), ": ") : NULL;

  return colon != NULL ? colon + strlen (": ") : message;
}

/* A server that refuses is there; everything else may be for lack of a network. */
static GError *
report_unreachable (const char *host, const char *proxy, const GError *cause)
{
  gboolean refused = g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  const char *reason = skip_host (host, cause->message);

  if (proxy != NULL)
    return g_error_new (COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_UNREACHABLE,
                        "cannot reach %s (through the proxy %s): %s", host, proxy, cause->message);
  return g_error_new (COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_UNREACHABLE,
                      "cannot reach %s: %s%s", host, reason,
                      refused ? "" : " (is this computer offline?)");
}

/**
 * coterie_download_error_translate:
 * @address: what was to be fetched
 * @proxy: (nullable): the proxy in between, as coterie_download_error_describe_proxy() says it
 * @cause: (transfer full): what libsoup or GIO said
 *
 * Returns: (transfer full): @cause itself if it says that one has cancelled; otherwise an error of
 *   COTERIE_DOWNLOAD_ERROR that names host and proxy
 */
GError *
coterie_download_error_translate (const char *address, const char *proxy, GError *cause)
{
  g_autoptr (GError) owned = cause;
  g_autofree char *host = find_host (address);
  g_autofree char *through =
      proxy != NULL ? g_strdup_printf (" (through the proxy %s)", proxy) : g_strdup ("");

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      cause->domain == COTERIE_DOWNLOAD_ERROR)
    return g_steal_pointer (&owned);
  if (is_unreachable (cause))
    return report_unreachable (host, proxy, cause);
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return g_error_new (COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_TIMED_OUT,
                        "%s%s does not answer any more", host, through);
  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE))
    return g_error_new (COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_INSECURE,
                        "%s: this system has no secure connections; is glib-networking installed?",
                        host);
  if (cause->domain == G_TLS_ERROR)
    return g_error_new (COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_INSECURE,
                        "%s%s cannot be trusted: %s", host, through, cause->message);
  return g_error_new (COTERIE_DOWNLOAD_ERROR, COTERIE_DOWNLOAD_ERROR_CUT,
                      "the connection to %s%s broke: %s", host, through, cause->message);
}

static gboolean
all_contain (const char *const *messages, const char *words)
{
  for (guint i = 0; messages[i] != NULL; i++)
    if (strstr (messages[i], words) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * coterie_download_error_join:
 * @messages: (array zero-terminated): what went wrong with each address, at least one
 * @name: of the file
 * @proxy: (nullable): what stood before the first address, as coterie_download_error_describe_proxy()
 *   says it
 *
 * Says of several addresses in a line each what went wrong, and only once through which proxy, if it is
 * the same one. With one address there is nothing to join.
 *
 * Returns: (transfer full): one sentence, or a line for the whole and an indented one for each address
 */
char *
coterie_download_error_join (const char *const *messages, const char *name, const char *proxy)
{
  g_autofree char *through = g_strdup_printf (" (through the proxy %s)", proxy);
  gboolean is_common = proxy != NULL && all_contain (messages, through);
  GString *joined;

  if (messages[1] == NULL)
    return g_strdup (messages[0]);
  joined = g_string_new (NULL);
  for (guint i = 0; messages[i] != NULL; i++)
    g_string_append_printf (joined, "\n  %s", messages[i]);
  if (is_common)
    g_string_replace (joined, through, "", 0);
  g_string_prepend (joined, ":");
  if (is_common)
    g_string_prepend (joined, through);
  g_string_prepend (joined, name);
  g_string_prepend (joined, "no server could send ");
  return g_string_free (joined, FALSE);
}
