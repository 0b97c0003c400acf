/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-scan.h"

#include <string.h>

/* Few enough that the first files show at once, many enough that a card of 100,000 files is not 100,000 messages. */
#define CHORUS_UPLOAD_SCAN_BATCH 64

/* Deeper than any recorder's card; bounds what a folder that was made to be deep can cost. */
#define CHORUS_UPLOAD_SCAN_DEPTH 64

#define CHORUS_UPLOAD_SCAN_ATTRIBUTES                                                                                  \
  G_FILE_ATTRIBUTE_STANDARD_NAME "," G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_IS_SYMLINK           \
                                 "," G_FILE_ATTRIBUTE_STANDARD_IS_HIDDEN "," G_FILE_ATTRIBUTE_ID_FILE

/* Names that promise a recording, whether or not the service takes it: what it does not take is shown as refused,
 * because somebody recorded it. */
static const char *const chorus_upload_scan_suffixes[] = {
  ".wav",  ".wave", ".mp3",  ".m4a", ".webm", ".flac", ".ogg", ".oga", ".opus", ".aac",  ".aif", ".aiff",
  ".aifc", ".w64",  ".rf64", ".bwf", ".caf",  ".wma",  ".wac", ".w4v", ".mp4",  ".weba", ".mka",
};

struct _ChorusUploadScan
{
  GObject parent_instance;

  GPtrArray *roots; /* of GFile */

  guint n_found;
  guint n_ignored;
  guint n_unreadable;
};

G_DEFINE_FINAL_TYPE (ChorusUploadScan, chorus_upload_scan, G_TYPE_OBJECT)

enum
{
  SIGNAL_FOUND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* What the worker thread works with; it never looks into the scan itself. */
typedef struct
{
  ChorusUploadScan *owner; /* borrowed from the task, only to hand it on */
  GPtrArray *roots;
  GMainContext *context;
  GPtrArray *batch;    /* of GFile */
  GHashTable *visited; /* id::file of folders: a folder that was reached once is not entered again */
  guint n_ignored;
  guint n_unreadable;
} ChorusUploadWalk;

typedef struct
{
  ChorusUploadScan *owner;
  GPtrArray *files;
} ChorusUploadBatch;

static void
chorus_upload_walk_free (gpointer data)
{
  ChorusUploadWalk *walk = data;

  g_ptr_array_unref (walk->roots);
  g_main_context_unref (walk->context);
  g_ptr_array_unref (walk->batch);
  g_hash_table_unref (walk->visited);
  g_free (walk);
}

static void
chorus_upload_batch_free (gpointer data)
{
  ChorusUploadBatch *batch = data;

  g_object_unref (batch->owner);
  g_ptr_array_unref (batch->files);
  g_free (batch);
}

static gboolean
chorus_upload_scan_found_cb (gpointer user_data)
{
  ChorusUploadBatch *batch = user_data;

  batch->owner->n_found += batch->files->len;
  g_signal_emit (batch->owner, signals[SIGNAL_FOUND], 0, batch->files);

  return G_SOURCE_REMOVE;
}

/* Same context and same priority as the end of the task, so that the last batch comes before it. */
static void
chorus_upload_walk_flush (ChorusUploadWalk *walk)
{
  ChorusUploadBatch *batch = NULL;
  g_autoptr (GSource) source = NULL;

  if (walk->batch->len == 0)
    return;

  batch = g_new0 (ChorusUploadBatch, 1);
  batch->owner = g_object_ref (walk->owner);
  batch->files = g_steal_pointer (&walk->batch);
  walk->batch = g_ptr_array_new_with_free_func (g_object_unref);

  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_static_name (source, "[chorus] files found");
  g_source_set_callback (source, chorus_upload_scan_found_cb, batch, chorus_upload_batch_free);
  g_source_attach (source, walk->context);
}

static void
chorus_upload_walk_add (ChorusUploadWalk *walk,
                        GFile            *file)
{
  g_ptr_array_add (walk->batch, g_object_ref (file));
  if (walk->batch->len >= CHORUS_UPLOAD_SCAN_BATCH)
    chorus_upload_walk_flush (walk);
}

static gboolean
chorus_upload_scan_has_audio_name (const char *name)
{
  gsize length = strlen (name);

  for (gsize i = 0; i < G_N_ELEMENTS (chorus_upload_scan_suffixes); i++)
    {
      const char *suffix = chorus_upload_scan_suffixes[i];
      gsize n = strlen (suffix);

      if (length > n && g_ascii_strcasecmp (name + length - n, suffix) == 0)
        return TRUE;
    }

  return FALSE;
}

/* What recorders, cameras and other systems leave on a card beside the recordings: not worth a word. */
static gboolean
chorus_upload_scan_is_junk (const char *name)
{
  static const char *const junk[] = {
    "CONFIG.TXT", "System Volume Information", "$RECYCLE.BIN", "Thumbs.db", "desktop.ini", "LOST.DIR", "__MACOSX",
  };

  if (name[0] == '.')
    return TRUE;

  for (gsize i = 0; i < G_N_ELEMENTS (junk); i++)
    if (g_ascii_strcasecmp (name, junk[i]) == 0)
      return TRUE;

  return FALSE;
}

static int
chorus_upload_scan_compare_infos (gconstpointer a,
                                  gconstpointer b)
{
  GFileInfo *info_a = *(GFileInfo **) a;
  GFileInfo *info_b = *(GFileInfo **) b;

  return strcmp (g_file_info_get_name (info_a), g_file_info_get_name (info_b));
}

/* The contents of a folder in the order of their names, which for recorders is the order of time. %NULL where it
 * cannot be read; what was read before the disk failed is kept. */
static GPtrArray *
chorus_upload_scan_list_folder (GFile        *folder,
                                gboolean     *complete,
                                GCancellable *cancellable)
{
  g_autoptr (GPtrArray) infos = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GFileEnumerator) enumerator =
    g_file_enumerate_children (folder, CHORUS_UPLOAD_SCAN_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, NULL);

  *complete = FALSE;
  while (enumerator)
    {
      GFileInfo *info = NULL;

      if (!g_file_enumerator_iterate (enumerator, &info, NULL, cancellable, NULL))
        break;
      if (!info)
        {
          *complete = TRUE;
          break;
        }
      g_ptr_array_add (infos, g_object_ref (info));
    }
  g_ptr_array_sort (infos, chorus_upload_scan_compare_infos);

  return g_steal_pointer (&infos);
}

/* Links to folders are followed, as people keep cards behind them; remembering the folders bounds the loops. */
static gboolean
chorus_upload_walk_enter (ChorusUploadWalk *walk,
                          GFile            *folder,
                          GFileInfo        *info)
{
  const char *id = g_file_info_get_attribute_string (info, G_FILE_ATTRIBUTE_ID_FILE);

  return g_hash_table_add (walk->visited, id ? g_strdup (id) : g_file_get_uri (folder));
}

static void
chorus_upload_walk_folder (ChorusUploadWalk *walk,
                           GFile            *folder,
                           guint             depth,
                           GCancellable     *cancellable)
{
  gboolean complete = FALSE;
  g_autoptr (GPtrArray) infos = chorus_upload_scan_list_folder (folder, &complete, cancellable);

  if (!complete)
    walk->n_unreadable++;

  for (guint i = 0; i < infos->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      GFileInfo *info = infos->pdata[i];
      const char *name = g_file_info_get_name (info);
      g_autoptr (GFile) child = g_file_get_child (folder, name);

      if (g_file_info_get_is_hidden (info) || chorus_upload_scan_is_junk (name))
        continue;

      if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
        {
          if (depth >= CHORUS_UPLOAD_SCAN_DEPTH)
            walk->n_unreadable++;
          else if (chorus_upload_walk_enter (walk, child, info))
            chorus_upload_walk_folder (walk, child, depth + 1, cancellable);
        }
      else if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR && chorus_upload_scan_has_audio_name (name))
        chorus_upload_walk_add (walk, child);
      else
        walk->n_ignored++;
    }
}

static void
chorus_upload_scan_thread (GTask        *task,
                           gpointer      source_object,
                           gpointer      task_data,
                           GCancellable *cancellable)
{
  ChorusUploadWalk *walk = task_data;

  for (guint i = 0; i < walk->roots->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      GFile *root = walk->roots->pdata[i];
      g_autoptr (GFileInfo) info =
        g_file_query_info (root, CHORUS_UPLOAD_SCAN_ATTRIBUTES, G_FILE_QUERY_INFO_NONE, cancellable, NULL);

      /* What cannot be looked at is kept as well: the check says what is wrong with it. */
      if (!info || g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY)
        chorus_upload_walk_add (walk, root);
      else if (chorus_upload_walk_enter (walk, root, info))
        chorus_upload_walk_folder (walk, root, 0, cancellable);
    }

  if (g_task_return_error_if_cancelled (task))
    return;

  chorus_upload_walk_flush (walk);
  g_task_return_boolean (task, TRUE);
}

static void
chorus_upload_scan_finalize (GObject *object)
{
  ChorusUploadScan *self = CHORUS_UPLOAD_SCAN (object);

  g_ptr_array_unref (self->roots);

  G_OBJECT_CLASS (chorus_upload_scan_parent_class)->finalize (object);
}

static void
chorus_upload_scan_class_init (ChorusUploadScanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = chorus_upload_scan_finalize;

  signals[SIGNAL_FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
chorus_upload_scan_init (ChorusUploadScan *self)
{
  self->roots = g_ptr_array_new_with_free_func (g_object_unref);
}

ChorusUploadScan *
chorus_upload_scan_new (GListModel *roots)
{
  ChorusUploadScan *self = NULL;

  g_return_val_if_fail (G_IS_LIST_MODEL (roots), NULL);

  self = g_object_new (CHORUS_TYPE_UPLOAD_SCAN, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (roots); i++)
    g_ptr_array_add (self->roots, g_list_model_get_item (roots, i));

  return self;
}

guint
chorus_upload_scan_get_n_found (ChorusUploadScan *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_SCAN (self), 0);

  return self->n_found;
}

guint
chorus_upload_scan_get_n_ignored (ChorusUploadScan *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_SCAN (self), 0);

  return self->n_ignored;
}

guint
chorus_upload_scan_get_n_unreadable (ChorusUploadScan *self)
{
  g_return_val_if_fail (CHORUS_IS_UPLOAD_SCAN (self), 0);

  return self->n_unreadable;
}

void
chorus_upload_scan_run_async (ChorusUploadScan    *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusUploadWalk *walk = NULL;

  g_return_if_fail (CHORUS_IS_UPLOAD_SCAN (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  walk = g_new0 (ChorusUploadWalk, 1);
  walk->roots = g_ptr_array_ref (self->roots);
  walk->context = g_main_context_ref_thread_default ();
  walk->owner = self;
  walk->batch = g_ptr_array_new_with_free_func (g_object_unref);
  walk->visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_upload_scan_run_async);
  g_task_set_task_data (task, walk, chorus_upload_walk_free);
  g_task_run_in_thread (task, chorus_upload_scan_thread);
}

gboolean
chorus_upload_scan_run_finish (ChorusUploadScan  *self,
                               GAsyncResult      *result,
                               GError           **error)
{
  ChorusUploadWalk *walk = NULL;

  g_return_val_if_fail (CHORUS_IS_UPLOAD_SCAN (self), FALSE);
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  walk = g_task_get_task_data (G_TASK (result));
  self->n_ignored = walk->n_ignored;
  self->n_unreadable = walk->n_unreadable;

  return g_task_propagate_boolean (G_TASK (result), error);
}
