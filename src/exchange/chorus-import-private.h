/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the files of ChorusImport share. */

#pragma once

#include "chorus-import.h"

G_BEGIN_DECLS

struct _ChorusImport
{
  ChorusImportFormat format;
  char *stem;
  GStringChunk *texts; /* of the rows, each once */
  GArray *rows;        /* of ChorusImportRow */
  GPtrArray *problems; /* of ChorusImportProblem */
  guint n_problems;
  guint n_nothing;
};

ChorusImport *chorus_import_new (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* Starts a row about which nothing is known. */
void chorus_import_row_init (ChorusImportRow *row);

/* Sets a band; what is below zero stands for what is not known. Returns whether it can be true, and sets nothing if not. */
gboolean chorus_import_row_set_band (ChorusImportRow *row,
                                     double           low,
                                     double           high);

/* Keeps a text; an empty one is none. */
const char *chorus_import_keep (ChorusImport *self,
                                const char   *text);

/* Takes over a sentence. */
void chorus_import_add_problem (ChorusImport *self,
                                guint64       line,
                                char         *reason);

/* Adds a row if its times and frequencies can be true, and says why if they cannot. Returns whether it did. */
gboolean chorus_import_add_row (ChorusImport          *self,
                                const ChorusImportRow *row);

G_END_DECLS
