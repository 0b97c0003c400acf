/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an upload service of the tests has stored: it takes the bodies of uploads apart and describes what was in them.
 * Not safe for threads by itself. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ChorusUploadLacks:
 * @CHORUS_UPLOAD_LACKS_SIZE: no `size`
 * @CHORUS_UPLOAD_LACKS_DURATION: no `duration`
 * @CHORUS_UPLOAD_LACKS_CREATED_AT: no `created_at`
 * @CHORUS_UPLOAD_LACKS_RUNS: no `inferences` and no uploader, as in the list of files that need inference
 *
 * What the description of a file does not say.
 */
typedef enum
{
  CHORUS_UPLOAD_LACKS_NOTHING = 0,
  CHORUS_UPLOAD_LACKS_SIZE = 1 << 0,
  CHORUS_UPLOAD_LACKS_DURATION = 1 << 1,
  CHORUS_UPLOAD_LACKS_CREATED_AT = 1 << 2,
  CHORUS_UPLOAD_LACKS_RUNS = 1 << 3,
} ChorusUploadLacks;

/**
 * ChorusUploadShelved:
 * @file_id: the service's own name for it
 * @sha256: of the content
 * @size: in bytes
 * @duration: by the header of the WAV file, in seconds; 0 where it has none
 * @created_at: seconds since 1970, by the clock of the service
 * @listed_from: lists leave it out before this one, counted from 1 on over the life of the service
 * @foreign: whether it says that somebody else has sent it
 *
 * A file that was stored.
 */
typedef struct
{
  char *file_id;
  char *sha256;
  gsize size;
  double duration;
  gint64 created_at;
  guint listed_from;
  gboolean foreign;
} ChorusUploadShelved;

typedef struct _ChorusUploadShelf ChorusUploadShelf;

ChorusUploadShelf *chorus_upload_shelf_new (void);

void chorus_upload_shelf_free (ChorusUploadShelf *self);

/* Returns: (transfer full) (element-type GBytes): the files in the body of an upload; %NULL where it is not one */
GPtrArray *chorus_upload_shelf_unpack (GBytes *body);

/* Stores a file. Returns: (transfer none): it, in its place for good */
const ChorusUploadShelved *chorus_upload_shelf_keep (ChorusUploadShelf *self,
                                                     GBytes            *file,
                                                     gint64             now,
                                                     guint              listed_from,
                                                     gboolean           foreign);

guint chorus_upload_shelf_get_n_files (ChorusUploadShelf *self);

/* The file number @position, in the order of storing. */
const ChorusUploadShelved *chorus_upload_shelf_get (ChorusUploadShelf *self,
                                                    guint              position);

/* Returns: (nullable): the file with this id */
const ChorusUploadShelved *chorus_upload_shelf_find (ChorusUploadShelf *self,
                                                     const char        *file_id);

/* How often this content was stored. */
guint chorus_upload_shelf_count (ChorusUploadShelf *self,
                                 const char        *sha256);

/* The JSON of one file. */
void chorus_upload_shelf_describe (const ChorusUploadShelved *file,
                                   ChorusUploadLacks          lacks,
                                   GString                   *json);

/* The JSON of a page of the list number @listing (from 1 on): a bare array. @limit 0 is all of them. */
char *chorus_upload_shelf_list (ChorusUploadShelf *self,
                                ChorusUploadLacks  lacks,
                                guint              listing,
                                guint              skip,
                                guint              limit,
                                gboolean           newest_first);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusUploadShelf, chorus_upload_shelf_free)

G_END_DECLS
