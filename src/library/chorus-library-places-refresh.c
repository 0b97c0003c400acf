/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Refreshing the places from the service: the projects, then the sites of each, then the deployments of each site, a few
 * questions at a time. */

#include "config.h"

#include "chorus-library-private.h"
#include "chorus-place-rows.h"

/* Questions asked at the same time. */
#define CHORUS_LIBRARY_N_QUESTIONS 4

typedef struct
{
  ChorusPlaceKind kind; /* whose children are asked for: a project or a site */
  char *id;
} ChorusPlaceQuestion;

typedef struct
{
  ChorusClient *client;
  ChorusPlaceRows *rows;
  GQueue questions; /* of ChorusPlaceQuestion, not asked yet */
  guint n_asked;    /* asked and not answered */
  GError *error;    /* the first that matters */
} ChorusPlacesRefresh;

typedef struct
{
  GTask *task;
  ChorusPlaceQuestion question;
} ChorusPlaceAsked;

static void
chorus_place_question_free (ChorusPlaceQuestion *question)
{
  g_free (question->id);
  g_free (question);
}

static void
chorus_places_refresh_free (ChorusPlacesRefresh *refresh)
{
  g_object_unref (refresh->client);
  g_clear_pointer (&refresh->rows, chorus_place_rows_free);
  g_queue_clear_full (&refresh->questions, (GDestroyNotify) chorus_place_question_free);
  g_clear_error (&refresh->error);
  g_free (refresh);
}

static void
chorus_places_refresh_add_question (ChorusPlacesRefresh *refresh,
                                    ChorusPlaceKind      kind,
                                    const char          *id)
{
  ChorusPlaceQuestion *question = g_new0 (ChorusPlaceQuestion, 1);

  question->kind = kind;
  question->id = g_strdup (id);
  g_queue_push_tail (&refresh->questions, question);
}

static void chorus_library_ask_for_places (GTask *task);

static void
chorus_places_refresh_add_sites (ChorusPlacesRefresh *refresh,
                                 GPtrArray           *sites,
                                 const char          *project_id)
{
  for (guint i = 0; i < sites->len; i++)
    {
      ChorusSite *site = g_ptr_array_index (sites, i);

      chorus_place_rows_add (refresh->rows, CHORUS_PLACE_SITE, chorus_site_get_id (site), chorus_site_get_name (site),
                             project_id);
      chorus_places_refresh_add_question (refresh, CHORUS_PLACE_SITE, chorus_site_get_id (site));
    }
}

static void
chorus_library_children_listed_cb (GObject      *source,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  ChorusPlaceAsked *asked = user_data;
  g_autoptr (GTask) task = asked->task;
  g_autofree char *parent_id = asked->question.id;
  const gboolean of_project = asked->question.kind == CHORUS_PLACE_PROJECT;
  ChorusPlacesRefresh *refresh = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) children = NULL;

  g_free (asked);
  refresh->n_asked--;

  if (of_project)
    children = chorus_client_list_sites_finish (CHORUS_CLIENT (source), result, &error);
  else
    children = chorus_client_list_deployments_finish (CHORUS_CLIENT (source), result, &error);

  if (g_error_matches (error, CHORUS_API_ERROR, CHORUS_API_ERROR_NOT_OFFERED))
    {
      refresh->rows->has_sites = refresh->rows->has_sites && !of_project;
      refresh->rows->has_deployments = FALSE;
    }
  else if (error)
    {
      if (!refresh->error)
        refresh->error = g_steal_pointer (&error);
    }
  else if (of_project)
    chorus_places_refresh_add_sites (refresh, children, parent_id);
  else
    {
      for (guint i = 0; i < children->len; i++)
        chorus_place_rows_add_deployment (refresh->rows, g_ptr_array_index (children, i), parent_id);
    }

  chorus_library_ask_for_places (task);
}

static void
chorus_library_ask_question (GTask               *task,
                             ChorusPlaceQuestion *question)
{
  ChorusPlacesRefresh *refresh = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  ChorusPlaceAsked *asked = g_new0 (ChorusPlaceAsked, 1);

  asked->task = g_object_ref (task);
  asked->question = *question;
  g_free (question);
  refresh->n_asked++;

  if (asked->question.kind == CHORUS_PLACE_PROJECT)
    chorus_client_list_sites_async (refresh->client, asked->question.id, cancellable, chorus_library_children_listed_cb,
                                    asked);
  else
    chorus_client_list_deployments_async (refresh->client, asked->question.id, cancellable,
                                          chorus_library_children_listed_cb, asked);
}

/* Asks as much as may be asked at once; when everything is answered, writes the answers. */
static void
chorus_library_ask_for_places (GTask *task)
{
  ChorusLibrary *self = g_task_get_source_object (task);
  ChorusPlacesRefresh *refresh = g_task_get_task_data (task);

  while (!refresh->error && refresh->n_asked < CHORUS_LIBRARY_N_QUESTIONS && !g_queue_is_empty (&refresh->questions))
    {
      /* Where one site showed that deployments are not listed, the others are not asked. */
      g_autofree ChorusPlaceQuestion *question = g_queue_pop_head (&refresh->questions);

      if (question->kind == CHORUS_PLACE_SITE && !refresh->rows->has_deployments)
        g_free (question->id);
      else
        chorus_library_ask_question (task, g_steal_pointer (&question));
    }

  if (refresh->n_asked > 0)
    return;

  if (refresh->error)
    {
      g_task_return_error (task, g_steal_pointer (&refresh->error));
      return;
    }

  chorus_library_set_lists_deployments (self, refresh->rows->has_deployments);
  refresh->rows->synced_at = g_date_time_new_now_utc ();
  chorus_library_store_places (self, chorus_place_rows_replace, g_steal_pointer (&refresh->rows), task);
}

static void
chorus_library_projects_listed_cb (GObject      *source,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusPlacesRefresh *refresh = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) projects = chorus_client_list_projects_finish (CHORUS_CLIENT (source), result, &error);

  if (!projects)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  for (guint i = 0; i < projects->len; i++)
    {
      ChorusProject *project = g_ptr_array_index (projects, i);

      chorus_place_rows_add (refresh->rows, CHORUS_PLACE_PROJECT, chorus_project_get_id (project),
                             chorus_project_get_name (project), NULL);
      chorus_places_refresh_add_question (refresh, CHORUS_PLACE_PROJECT, chorus_project_get_id (project));
    }
  chorus_library_ask_for_places (task);
}

void
chorus_library_refresh_places_async (ChorusLibrary       *self,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  ChorusPlacesRefresh *refresh = NULL;

  g_return_if_fail (CHORUS_IS_LIBRARY (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_library_refresh_places_async);
  if (!chorus_library_check_client (self, task))
    return;

  refresh = g_new0 (ChorusPlacesRefresh, 1);
  refresh->client = g_object_ref (self->client);
  refresh->rows = chorus_place_rows_new (self->profile_id);
  refresh->rows->has_sites = TRUE;
  refresh->rows->has_deployments = TRUE;
  g_task_set_task_data (task, refresh, (GDestroyNotify) chorus_places_refresh_free);
  chorus_client_list_projects_async (self->client, cancellable, chorus_library_projects_listed_cb, g_object_ref (task));
}

gboolean
chorus_library_refresh_places_finish (ChorusLibrary  *self,
                                      GAsyncResult   *result,
                                      GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
