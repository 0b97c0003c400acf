/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ChorusStoreError:
 * @CHORUS_STORE_ERROR_OPEN: the file or its folder cannot be opened or made
 * @CHORUS_STORE_ERROR_CORRUPT: the file is damaged, or is not a store at all
 * @CHORUS_STORE_ERROR_FULL: there is no room left to write
 * @CHORUS_STORE_ERROR_READ_ONLY: the file or its folder may not be written
 * @CHORUS_STORE_ERROR_CONSTRAINT: a rule of the schema was broken, for example a second row with the same key
 * @CHORUS_STORE_ERROR_NEWER_VERSION: a newer version of the program wrote the file
 * @CHORUS_STORE_ERROR_LOCKED: another program kept the file busy for longer than the store waits
 * @CHORUS_STORE_ERROR_CLOSED: the store was closed before the job could start
 * @CHORUS_STORE_ERROR_FAILED: anything else
 *
 * What can go wrong with a store. Each message is one translated sentence that names the file, fit to be shown.
 */
typedef enum
{
  CHORUS_STORE_ERROR_OPEN,
  CHORUS_STORE_ERROR_CORRUPT,
  CHORUS_STORE_ERROR_FULL,
  CHORUS_STORE_ERROR_READ_ONLY,
  CHORUS_STORE_ERROR_CONSTRAINT,
  CHORUS_STORE_ERROR_NEWER_VERSION,
  CHORUS_STORE_ERROR_LOCKED,
  CHORUS_STORE_ERROR_CLOSED,
  CHORUS_STORE_ERROR_FAILED,
} ChorusStoreError;

#define CHORUS_STORE_ERROR (chorus_store_error_quark ())

GQuark chorus_store_error_quark (void);

G_END_DECLS
