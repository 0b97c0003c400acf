/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the fuzz targets share. A target aborts on a sanitizer's finding, a GLib warning, or a broken promise. */

#pragma once

#include <glib.h>

#include <stdint.h>

int LLVMFuzzerInitialize (int *argc, char ***argv);
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}
