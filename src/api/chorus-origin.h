/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Origins (RFC 6454: scheme, host and port) and which of them may be spoken to. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How addresses are read: percent-encoding stays as it is written, and the port and path of http are normalized. */
#define CHORUS_ORIGIN_URI_FLAGS                                                                                        \
  (G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY | G_URI_FLAGS_ENCODED_FRAGMENT | G_URI_FLAGS_SCHEME_NORMALIZE)

/**
 * chorus_origin_is_http:
 * @uri: an address
 *
 * Returns: whether it is http or https with a host
 */
gboolean chorus_origin_is_http (GUri *uri);

/**
 * chorus_origin_is_loopback:
 * @uri: an address
 *
 * Returns: whether its host is this computer: `localhost`, 127.0.0.0/8 or ::1
 */
gboolean chorus_origin_is_loopback (GUri *uri);

/**
 * chorus_origin_is_protected:
 * @uri: an address
 *
 * Returns: whether what is sent there cannot be read on the way: https, or this computer
 */
gboolean chorus_origin_is_protected (GUri *uri);

/**
 * chorus_origin_equal:
 * @one: an address
 * @other: an address
 *
 * Returns: whether both have the same scheme, host and port
 */
gboolean chorus_origin_equal (GUri *one,
                              GUri *other);

G_END_DECLS
