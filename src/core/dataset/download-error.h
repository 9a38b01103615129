/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define COTERIE_DOWNLOAD_ERROR (coterie_download_error_quark ())

/**
 * CoterieDownloadError:
 * @COTERIE_DOWNLOAD_ERROR_UNREACHABLE: no way to the server: offline, no such host, a proxy fails
 * @COTERIE_DOWNLOAD_ERROR_BAD_PROXY: what is set as the proxy is no address
 * @COTERIE_DOWNLOAD_ERROR_INSECURE: the server cannot prove who it is
 * @COTERIE_DOWNLOAD_ERROR_TIMED_OUT: nothing came for too long
 * @COTERIE_DOWNLOAD_ERROR_REFUSED: the server answered, but not with the file
 * @COTERIE_DOWNLOAD_ERROR_REDIRECT: the server pointed to where one must not go
 * @COTERIE_DOWNLOAD_ERROR_CUT: the connection ended before the file did
 * @COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT: length or SHA-256 are not those of the file
 * @COTERIE_DOWNLOAD_ERROR_BUSY: another program downloads the same file
 * @COTERIE_DOWNLOAD_ERROR_NO_SPACE: the disk is too full
 * @COTERIE_DOWNLOAD_ERROR_FILE: the folder cannot be written to
 */
typedef enum {
  COTERIE_DOWNLOAD_ERROR_UNREACHABLE,
  COTERIE_DOWNLOAD_ERROR_BAD_PROXY,
  COTERIE_DOWNLOAD_ERROR_INSECURE,
  COTERIE_DOWNLOAD_ERROR_TIMED_OUT,
  COTERIE_DOWNLOAD_ERROR_REFUSED,
  COTERIE_DOWNLOAD_ERROR_REDIRECT,
  COTERIE_DOWNLOAD_ERROR_CUT,
  COTERIE_DOWNLOAD_ERROR_WRONG_CONTENT,
  COTERIE_DOWNLOAD_ERROR_BUSY,
  COTERIE_DOWNLOAD_ERROR_NO_SPACE,
  COTERIE_DOWNLOAD_ERROR_FILE,
} CoterieDownloadError;

GQuark coterie_download_error_quark (void);

gboolean coterie_download_error_check_proxy (const char *address, GError **error);
char *coterie_download_error_describe_proxy (const char *address);
char *
coterie_download_error_join (const char *const *messages, const char *name, const char *proxy);
GError *coterie_download_error_translate (const char *address, const char *proxy, GError *cause);

G_END_DECLS
