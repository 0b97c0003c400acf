/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "account/chorus-local-station.h"
#include "account/chorus-secret-credential-store.h"
#include "upload/chorus-upload-retry.h"

#include "chorus-workspace.h"

/* How often "Synced 5 minutes ago" is brought up to date. */
#define CHORUS_WORKSPACE_NOTE_SECONDS 30

struct _ChorusWorkspace
{
  GObject parent_instance;

  /* Owned references */
  ChorusStore *store;
  ChorusProfile *profile;
  ChorusAccount *account;
  ChorusLocalStation *station;
  ChorusLibrary *library;
  ChorusUploadQueue *queue;
  ChorusReview *review;
  GSettings *settings;
  GCancellable *cancellable;

  /* State */
  char *note;
  GError *refresh_error;
  guint note_id;
};

enum
{
  PROP_0,
  PROP_NOTE,
  PROP_REVIEW,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusWorkspace, chorus_workspace, G_TYPE_OBJECT)

static char *
chorus_workspace_dup_synced (GDateTime *synced_at)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  gint64 minutes = g_date_time_difference (now, synced_at) / G_TIME_SPAN_MINUTE;

  if (minutes < 1)
    return g_strdup (_("Synced just now"));
  if (minutes < 60)
    return g_strdup_printf (ngettext ("Synced %d minute ago", "Synced %d minutes ago", (int) minutes), (int) minutes);
  if (minutes < 24 * 60)
    return g_strdup_printf (ngettext ("Synced %d hour ago", "Synced %d hours ago", (int) (minutes / 60)),
                            (int) (minutes / 60));

  {
    g_autoptr (GDateTime) local = g_date_time_to_local (synced_at);
    /* Translators: a day and a month for g_date_time_format(), such as "3 June" */
    g_autofree char *day = g_date_time_format (local, _("%-e %B"));

    return g_strdup_printf (_("Synced on %s"), day);
  }
}

static char *
chorus_workspace_dup_note (ChorusWorkspace *self)
{
  const char *account_note = self->account != NULL ? chorus_account_get_note (self->account) : NULL;
  GDateTime *synced_at = self->library != NULL ? chorus_library_get_synced_at (self->library) : NULL;

  if (account_note != NULL)
    return g_strdup (account_note);

  if (self->account != NULL && chorus_account_get_state (self->account) == CHORUS_ACCOUNT_STATE_SIGNED_OUT)
    return g_strdup (_("Signed out: showing what was synced"));

  if (self->refresh_error != NULL
      && (g_error_matches (self->refresh_error, CHORUS_API_ERROR, CHORUS_API_ERROR_OFFLINE)
          || g_error_matches (self->refresh_error, CHORUS_API_ERROR, CHORUS_API_ERROR_TIMED_OUT)))
    {
      g_autoptr (GDateTime) local = synced_at != NULL ? g_date_time_to_local (synced_at) : NULL;
      g_autofree char *day = local != NULL ? g_date_time_format (local, _("%-e %B")) : NULL;

      return day != NULL ? g_strdup_printf (_("Offline: showing what was synced on %s"), day)
                         : g_strdup (_("Offline"));
    }

  if (self->refresh_error != NULL)
    return g_strdup (self->refresh_error->message);

  if (chorus_workspace_is_local (self))
    return g_strdup (_("Everything stays here"));

  return synced_at != NULL ? chorus_workspace_dup_synced (synced_at) : g_strdup (_("Not synced yet"));
}

static void
chorus_workspace_update_note (ChorusWorkspace *self)
{
  g_autofree char *note = chorus_workspace_dup_note (self);

  if (g_strcmp0 (note, self->note) == 0)
    return;

  g_free (self->note);
  self->note = g_steal_pointer (&note);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTE]);
}

static gboolean
chorus_workspace_note_cb (gpointer user_data)
{
  chorus_workspace_update_note (user_data);

  return G_SOURCE_CONTINUE;
}

static void
chorus_workspace_refreshed_cb (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  g_autoptr (ChorusWorkspace) self = user_data;
  g_autoptr (GError) error = NULL;

  chorus_library_refresh_places_finish (CHORUS_LIBRARY (object), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_error (&self->refresh_error);
  self->refresh_error = g_steal_pointer (&error);
  chorus_workspace_update_note (self);
}

static void
chorus_workspace_recording_changed_cb (ChorusWorkspace   *self,
                                       gint64             recording_id,
                                       ChorusUploadState  state,
                                       double             progress,
                                       const char        *reason)
{
  chorus_library_update_upload (self->library, recording_id, chorus_upload_state_to_coarse_text (state), progress,
                                reason);
}

static void
chorus_workspace_recording_forgotten_cb (ChorusWorkspace *self,
                                         gint64           recording_id)
{
  chorus_library_forget_recording (self->library, recording_id);
}

/* What a person has set for sending. Nothing of it is asked of the network where everything stays on this computer. */
static void
chorus_workspace_apply_settings (ChorusWorkspace *self)
{
  gboolean local = chorus_workspace_is_local (self);
  guint64 bandwidth = 0;

  if (g_settings_get_boolean (self->settings, "limit-bandwidth"))
    bandwidth = (guint64) g_settings_get_int (self->settings, "bandwidth") * 1000;

  chorus_upload_queue_set_bandwidth (self->queue, bandwidth);
  chorus_upload_queue_set_allow_metered (self->queue,
                                         local || !g_settings_get_boolean (self->settings, "pause-on-metered"));
  chorus_upload_queue_set_hourly_limit (self->queue, local ? 0 : CHORUS_UPLOAD_RATE_REQUESTS);
}

/* Who reviews is written down with each verdict. */
static void
chorus_workspace_reviewer_cb (ChorusWorkspace *self)
{
  g_autofree char *reviewer = g_settings_get_string (self->settings, "reviewer");

  g_strstrip (reviewer);
  g_clear_object (&self->review);
  self->review = chorus_review_new (self->store, *reviewer != '\0' ? reviewer : NULL);
  chorus_review_set_library (self->review, self->library);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REVIEW]);
}

static void
chorus_workspace_station_moved_cb (ChorusWorkspace *self)
{
  const char *base_url = chorus_local_station_get_base_url (self->station);
  const char *token = chorus_local_station_get_token (self->station);
  g_autoptr (GError) error = NULL;

  /* While it is being started again there is no address; requests fail until it is back. */
  if (self->account == NULL || base_url == NULL || token == NULL)
    return;

  if (!chorus_account_set_local_station (self->account, base_url, token, &error))
    g_warning ("The station cannot be followed to its new address: %s", error->message);
}

static void
chorus_workspace_queue_loaded_cb (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!chorus_upload_queue_load_finish (CHORUS_UPLOAD_QUEUE (object), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_warning ("Unfinished uploads could not be read: %s", error->message);
}

static void
chorus_workspace_places_loaded_cb (GObject      *object,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusWorkspace *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!chorus_library_load_places_finish (CHORUS_LIBRARY (object), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  chorus_upload_queue_load_async (self->queue, self->cancellable, chorus_workspace_queue_loaded_cb, NULL);
  if (chorus_account_get_state (self->account) == CHORUS_ACCOUNT_STATE_SIGNED_IN)
    chorus_workspace_refresh (self);

  g_task_return_boolean (task, TRUE);
}

static void
chorus_workspace_load (ChorusWorkspace *self,
                       GTask           *task)
{
  ChorusClient *client = chorus_account_get_client (self->account);
  const char *profile_id = chorus_profile_get_id (self->profile);

  g_signal_connect_object (self->account, "notify", G_CALLBACK (chorus_workspace_update_note), self, G_CONNECT_SWAPPED);

  self->library = chorus_library_new (self->store, client, profile_id);
  g_signal_connect_object (self->library, "notify::synced-at", G_CALLBACK (chorus_workspace_update_note), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (self->settings, "changed::reviewer", G_CALLBACK (chorus_workspace_reviewer_cb), self,
                           G_CONNECT_SWAPPED);
  chorus_workspace_reviewer_cb (self);

  self->queue = chorus_upload_queue_new (self->store, client, profile_id);
  g_signal_connect_object (self->queue, "recording-changed", G_CALLBACK (chorus_workspace_recording_changed_cb), self,
                           G_CONNECT_SWAPPED);

  g_signal_connect_object (self->queue, "recording-forgotten", G_CALLBACK (chorus_workspace_recording_forgotten_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->settings, "changed", G_CALLBACK (chorus_workspace_apply_settings), self,
                           G_CONNECT_SWAPPED);
  chorus_workspace_apply_settings (self);

  chorus_workspace_update_note (self);
  self->note_id = g_timeout_add_seconds (CHORUS_WORKSPACE_NOTE_SECONDS, chorus_workspace_note_cb, self);

  chorus_library_load_places_async (self->library, g_task_get_cancellable (task), chorus_workspace_places_loaded_cb,
                                    g_object_ref (task));
}

static void
chorus_workspace_station_started_cb (GObject      *object,
                                     GAsyncResult *result,
                                     gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusWorkspace *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!chorus_local_station_start_finish (self->station, result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  self->account = chorus_account_new_local (self->profile, chorus_local_station_get_base_url (self->station),
                                            chorus_local_station_get_token (self->station), &error);
  if (self->account == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  chorus_workspace_load (self, task);
}

static void
chorus_workspace_restored_cb (GObject      *object,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ChorusWorkspace *self = g_task_get_source_object (task);
  GError *error = NULL;

  /* Nothing in the keyring is no error: what was synced before is shown, and the note asks to sign in. */
  chorus_account_restore_finish (self->account, result, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  chorus_workspace_load (self, task);
}

static void
chorus_workspace_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  ChorusWorkspace *self = CHORUS_WORKSPACE (object);

  switch (prop_id)
    {
    case PROP_NOTE:
      g_value_set_string (value, chorus_workspace_get_note (self));
      break;
    case PROP_REVIEW:
      g_value_set_object (value, self->review);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_workspace_dispose (GObject *object)
{
  ChorusWorkspace *self = CHORUS_WORKSPACE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->note_id, g_source_remove);
  g_clear_object (&self->settings);
  g_clear_object (&self->review);
  g_clear_object (&self->queue);
  g_clear_object (&self->library);
  g_clear_object (&self->account);
  g_clear_object (&self->station);

  G_OBJECT_CLASS (chorus_workspace_parent_class)->dispose (object);
}

static void
chorus_workspace_finalize (GObject *object)
{
  ChorusWorkspace *self = CHORUS_WORKSPACE (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->profile);
  g_clear_object (&self->store);
  g_clear_error (&self->refresh_error);
  g_clear_pointer (&self->note, g_free);

  G_OBJECT_CLASS (chorus_workspace_parent_class)->finalize (object);
}

static void
chorus_workspace_class_init (ChorusWorkspaceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chorus_workspace_dispose;
  object_class->finalize = chorus_workspace_finalize;
  object_class->get_property = chorus_workspace_get_property;

  properties[PROP_NOTE] =
    g_param_spec_string ("note", NULL, NULL, "", G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_REVIEW] = g_param_spec_object ("review", NULL, NULL, CHORUS_TYPE_REVIEW,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_workspace_init (ChorusWorkspace *self)
{
  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (APPLICATION_ID);
  self->note = g_strdup ("");
}

ChorusWorkspace *
chorus_workspace_new (ChorusStore   *store,
                      ChorusProfile *profile,
                      ChorusAccount *account)
{
  ChorusWorkspace *self;

  g_return_val_if_fail (CHORUS_IS_STORE (store), NULL);
  g_return_val_if_fail (CHORUS_IS_PROFILE (profile), NULL);
  g_return_val_if_fail (account == NULL || CHORUS_IS_ACCOUNT (account), NULL);

  self = g_object_new (CHORUS_TYPE_WORKSPACE, NULL);
  self->store = g_object_ref (store);
  self->profile = g_object_ref (profile);
  g_set_object (&self->account, account);

  return self;
}

ChorusProfile *
chorus_workspace_get_profile (ChorusWorkspace *self)
{
  g_return_val_if_fail (CHORUS_IS_WORKSPACE (self), NULL);

  return self->profile;
}

ChorusAccount *
chorus_workspace_get_account (ChorusWorkspace *self)
{
  g_return_val_if_fail (CHORUS_IS_WORKSPACE (self), NULL);

  return self->account;
}

ChorusLibrary *
chorus_workspace_get_library (ChorusWorkspace *self)
{
  g_return_val_if_fail (CHORUS_IS_WORKSPACE (self), NULL);

  return self->library;
}

ChorusUploadQueue *
chorus_workspace_get_queue (ChorusWorkspace *self)
{
  g_return_val_if_fail (CHORUS_IS_WORKSPACE (self), NULL);

  return self->queue;
}

ChorusReview *
chorus_workspace_get_review (ChorusWorkspace *self)
{
  g_return_val_if_fail (CHORUS_IS_WORKSPACE (self), NULL);

  return self->review;
}

const char *
chorus_workspace_get_note (ChorusWorkspace *self)
{
  g_return_val_if_fail (CHORUS_IS_WORKSPACE (self), NULL);

  return self->note;
}

char *
chorus_workspace_dup_deployment_name (ChorusWorkspace *self,
                                      const char      *deployment_id)
{
  ChorusPlace *deployment;
  ChorusPlace *site = NULL;

  g_return_val_if_fail (CHORUS_IS_WORKSPACE (self), NULL);
  g_return_val_if_fail (self->library != NULL, NULL);
  g_return_val_if_fail (deployment_id != NULL, NULL);

  deployment = chorus_library_find_place (self->library, CHORUS_PLACE_DEPLOYMENT, deployment_id);
  if (deployment == NULL)
    return NULL;

  if (chorus_place_get_parent_id (deployment) != NULL)
    site = chorus_library_find_place (self->library, CHORUS_PLACE_SITE, chorus_place_get_parent_id (deployment));
  if (site == NULL)
    return g_strdup (chorus_place_get_name (deployment));

  /* Translators: a deployment and its site, such as "North, Site A" */
  return g_strdup_printf (_("%s, %s"), chorus_place_get_name (deployment), chorus_place_get_name (site));
}

gboolean
chorus_workspace_is_local (ChorusWorkspace *self)
{
  g_return_val_if_fail (CHORUS_IS_WORKSPACE (self), FALSE);

  return chorus_profile_get_kind (self->profile) == CHORUS_PROFILE_KIND_LOCAL;
}

static void
chorus_workspace_open_local (ChorusWorkspace *self,
                             GTask           *task)
{
  g_autofree char *executable = chorus_local_station_dup_default_executable ();
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), USER_FOLDER, "station", NULL);

  self->station = chorus_local_station_new (executable, folder);
  g_signal_connect_object (self->station, "notify::base-url", G_CALLBACK (chorus_workspace_station_moved_cb), self,
                           G_CONNECT_SWAPPED);
  chorus_local_station_start_async (self->station, g_task_get_cancellable (task), chorus_workspace_station_started_cb,
                                    g_object_ref (task));
}

static void
chorus_workspace_open_service (ChorusWorkspace *self,
                               GTask           *task)
{
  g_autoptr (ChorusCredentialStore) credentials = NULL;
  GError *error = NULL;

  if (self->account != NULL)
    {
      chorus_workspace_load (self, task);
      return;
    }

  credentials = chorus_secret_credential_store_new ();
  self->account = chorus_account_new (self->profile, credentials, &error);
  if (self->account == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  chorus_account_restore_async (self->account, g_task_get_cancellable (task), chorus_workspace_restored_cb,
                                g_object_ref (task));
}

void
chorus_workspace_open_async (ChorusWorkspace     *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHORUS_IS_WORKSPACE (self));
  g_return_if_fail (self->library == NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_workspace_open_async);

  if (chorus_workspace_is_local (self))
    chorus_workspace_open_local (self, task);
  else
    chorus_workspace_open_service (self, task);
}

gboolean
chorus_workspace_open_finish (ChorusWorkspace  *self,
                              GAsyncResult     *result,
                              GError          **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
chorus_workspace_refresh (ChorusWorkspace *self)
{
  g_return_if_fail (CHORUS_IS_WORKSPACE (self));
  g_return_if_fail (self->library != NULL);

  chorus_library_refresh_places_async (self->library, self->cancellable, chorus_workspace_refreshed_cb,
                                       g_object_ref (self));
}
