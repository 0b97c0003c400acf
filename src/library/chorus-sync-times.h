/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When the service was last heard, in the store. For the store's thread. */

#pragma once

#include "store/chorus-statement.h"

G_BEGIN_DECLS

gboolean chorus_sync_times_read (ChorusDatabase  *db,
                                 const char      *profile_id,
                                 const char      *deployment_id,
                                 GDateTime      **synced_at,
                                 GError         **error);
gboolean chorus_sync_times_write (ChorusDatabase  *db,
                                  const char      *profile_id,
                                  const char      *deployment_id,
                                  GDateTime       *synced_at,
                                  GError         **error);

G_END_DECLS
