/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-call.h"
#include "chorus-client-private.h"
#include "chorus-failure.h"

/* The documented default of the service, which also bounds what one page can cost. */
#define CHORUS_CLIENT_PAGE_SIZE 100

/* A list that is longer than this (200,000) does not end. */
#define CHORUS_CLIENT_MAX_PAGES 2000

typedef struct
{
  ChorusEndpoint endpoint;
  char *id;
  ChorusDecodeFunc decode;
  ChorusGetId get_id;

  GPtrArray *items;
  GHashTable *seen; /* identifiers, which belong to the items */
  guint n_pages;
  guint n_received;
} ChorusListing;

static void
chorus_listing_free (ChorusListing *listing)
{
  g_free (listing->id);
  g_clear_pointer (&listing->seen, g_hash_table_unref);
  g_clear_pointer (&listing->items, g_ptr_array_unref);
  g_free (listing);
}

/* Returns how many of a page are new. */
static guint
chorus_listing_add_page (ChorusListing *listing,
                         GPtrArray     *page)
{
  guint n_before = listing->items->len;

  for (guint i = 0; i < page->len; i++)
    {
      gpointer item = g_ptr_array_index (page, i);

      if (g_hash_table_add (listing->seen, (gpointer) listing->get_id (item)))
        g_ptr_array_add (listing->items, g_object_ref (item));
    }
  listing->n_pages++;
  listing->n_received += page->len;

  return listing->items->len - n_before;
}

/* A page that is not full ends the list, unless its length is a round one: then the server may hand out no more at once
 * than that, whatever it is asked for. */
static gboolean
chorus_listing_is_last_page (guint n)
{
  gboolean round = n % 10 == 0 || n % 25 == 0 || (n >= 16 && (n & (n - 1)) == 0);

  return n == 0 || (n < CHORUS_CLIENT_PAGE_SIZE && !round);
}

static void chorus_client_list_next (GTask *task);

static void
chorus_client_list_decoded_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  ChorusClient *self = g_task_get_source_object (task);
  ChorusServer *server = chorus_session_get_server (chorus_client_get_session (self));
  ChorusListing *listing = g_task_get_task_data (task);
  g_autoptr (GPtrArray) page = chorus_client_decode_finish (result, &error);

  if (!page)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_task_return_error (task, g_steal_pointer (&error));
      else
        g_task_return_error (task, chorus_failure_new_protocol (server, NULL, error->message));
      return;
    }

  guint n_new = chorus_listing_add_page (listing, page);

  if (n_new == 0 || chorus_listing_is_last_page (page->len))
    g_task_return_pointer (task, g_ptr_array_ref (listing->items), (GDestroyNotify) g_ptr_array_unref);
  else if (listing->n_pages == CHORUS_CLIENT_MAX_PAGES)
    g_task_return_error (task, chorus_failure_new_protocol (server, NULL, "the list does not end"));
  else
    chorus_client_list_next (g_steal_pointer (&task));
}

static void
chorus_client_list_called_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusReply) reply = chorus_call_finish (CHORUS_SESSION (source), result, &error);
  ChorusListing *listing = g_task_get_task_data (task);

  if (!reply)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  chorus_client_decode_async (reply->body, listing->decode, (GDestroyNotify) g_ptr_array_unref, listing->id,
                              g_task_get_cancellable (task), chorus_client_list_decoded_cb, g_object_ref (task));
}

/* Takes the reference to @task. */
static void
chorus_client_list_next (GTask *task)
{
  ChorusClient *self = g_task_get_source_object (task);
  ChorusListing *listing = g_task_get_task_data (task);
  g_autofree char *query = g_strdup_printf ("skip=%u&limit=%d", listing->n_received, CHORUS_CLIENT_PAGE_SIZE);

  chorus_call_async (chorus_client_get_session (self), listing->endpoint, listing->id, query, NULL,
                     CHORUS_CLIENT_MAX_LIST, g_task_get_cancellable (task), chorus_client_list_called_cb, task);
}

void
chorus_client_list_async (ChorusClient        *self,
                          ChorusEndpoint       endpoint,
                          const char          *id,
                          ChorusDecodeFunc     decode,
                          ChorusGetId          get_id,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_return_if_fail (CHORUS_IS_CLIENT (self));

  GTask *task = g_task_new (self, cancellable, callback, user_data);
  ChorusListing *listing = g_new0 (ChorusListing, 1);

  g_task_set_source_tag (task, chorus_client_list_async);
  g_task_set_task_data (task, listing, (GDestroyNotify) chorus_listing_free);
  listing->endpoint = endpoint;
  listing->id = g_strdup (id);
  listing->decode = decode;
  listing->get_id = get_id;
  listing->items = g_ptr_array_new_with_free_func (g_object_unref);
  listing->seen = g_hash_table_new (g_str_hash, g_str_equal);
  chorus_client_list_next (task);
}

GPtrArray *
chorus_client_list_finish (ChorusClient  *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, chorus_client_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
