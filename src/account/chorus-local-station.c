/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-local-station.h"

#include <glib/gi18n.h>
#include <signal.h>
#include <string.h>

#define CHORUS_LOCAL_STATION_READY_SECONDS 30
#define CHORUS_LOCAL_STATION_STOP_SECONDS 5
#define CHORUS_LOCAL_STATION_MAX_PAUSE 30
/* After this long without dying the pauses begin anew. */
#define CHORUS_LOCAL_STATION_STEADY_SECONDS 60
#define CHORUS_LOCAL_STATION_READY_PREFIX "Listening on "
/* What chorus-station ends with when another station has the data folder. */
#define CHORUS_LOCAL_STATION_EXIT_IN_USE 3

struct _ChorusLocalStation
{
  GObject parent_instance;

  char *executable;
  char *data_folder;
  char *base_url;
  char *token;

  /* Whether it should run; whether it did since that was asked for; whether its process was asked to end. */
  gboolean wanted;
  gboolean was_ready;
  gboolean ending;
  gint64 ready_time;
  guint n_deaths;

  GSubprocess *process;
  GCancellable *reading;
  GPtrArray *starting;
  GPtrArray *stopping;
  guint ready_timeout_id;
  guint restart_id;
};

enum
{
  PROP_0,
  PROP_EXECUTABLE,
  PROP_DATA_FOLDER,
  PROP_BASE_URL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusLocalStation, chorus_local_station, G_TYPE_OBJECT)

G_DEFINE_QUARK (chorus-local-station-error-quark, chorus_local_station_error)

static void chorus_local_station_spawn (ChorusLocalStation *self);
static void chorus_local_station_end (ChorusLocalStation *self);

/* What outlasts the caller holds the station weakly, so that dropping the station ends the process. */
static GWeakRef *
chorus_local_station_new_weak (ChorusLocalStation *self)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, self);

  return weak;
}

static ChorusLocalStation *
chorus_local_station_take_weak (GWeakRef *weak)
{
  ChorusLocalStation *self = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);

  return self;
}

static void
chorus_local_station_set_base_url (ChorusLocalStation *self,
                                   const char         *base_url)
{
  if (g_strcmp0 (self->base_url, base_url) == 0)
    return;
  g_free (self->base_url);
  self->base_url = g_strdup (base_url);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BASE_URL]);
}

/* --- Waiting callers ---------------------------------------------------------------------------------------- */

static gboolean
chorus_local_station_cancelled_cb (GCancellable *cancellable,
                                   gpointer      user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  ChorusLocalStation *self = g_task_get_source_object (task);
  gboolean was_starting = g_ptr_array_remove (self->starting, task);

  if (was_starting || g_ptr_array_remove (self->stopping, task))
    g_task_return_error_if_cancelled (task);
  if (was_starting && self->starting->len == 0 && !self->was_ready)
    chorus_local_station_end (self);

  return G_SOURCE_REMOVE;
}

static void
chorus_local_station_drop_waiter (gpointer data)
{
  GTask *task = data;
  GSource *source = g_task_get_task_data (task);

  if (source)
    g_source_destroy (source);
  g_object_unref (task);
}

static GPtrArray *
chorus_local_station_new_waiters (void)
{
  return g_ptr_array_new_with_free_func (chorus_local_station_drop_waiter);
}

static void
chorus_local_station_add_waiter (GPtrArray *waiters,
                                 GTask     *task)
{
  g_ptr_array_add (waiters, task);
  if (g_task_get_cancellable (task))
    {
      GSource *source = g_cancellable_source_new (g_task_get_cancellable (task));

      g_task_set_task_data (task, source, (GDestroyNotify) g_source_unref);
      g_task_attach_source (task, source, G_SOURCE_FUNC (chorus_local_station_cancelled_cb));
    }
}

/* Tells everybody how it ended. Consumes @error. */
static void
chorus_local_station_conclude (GPtrArray **waiters,
                               GError     *error)
{
  g_autoptr (GPtrArray) tasks = *waiters;

  *waiters = chorus_local_station_new_waiters ();
  for (guint i = 0; i < tasks->len; i++)
    {
      if (error)
        g_task_return_error (g_ptr_array_index (tasks, i), g_error_copy (error));
      else
        g_task_return_boolean (g_ptr_array_index (tasks, i), TRUE);
    }
  g_clear_error (&error);
}

/* --- The end of a process ----------------------------------------------------------------------------------- */

static GError *
chorus_local_station_explain_death (GSubprocess *process)
{
  if (g_subprocess_get_if_exited (process)
      && g_subprocess_get_exit_status (process) == CHORUS_LOCAL_STATION_EXIT_IN_USE)
    return g_error_new_literal (
      CHORUS_LOCAL_STATION_ERROR, CHORUS_LOCAL_STATION_ERROR_IN_USE,
      _("Another program is already working with the data on this computer. Close it, then try again."));

  return g_error_new_literal (
    CHORUS_LOCAL_STATION_ERROR, CHORUS_LOCAL_STATION_ERROR_FAILED,
    _("The service on this computer ended before it was ready. Check that the disk is not full, then try again."));
}

static gboolean
chorus_local_station_restart_cb (gpointer user_data)
{
  ChorusLocalStation *self = CHORUS_LOCAL_STATION (user_data);

  self->restart_id = 0;
  chorus_local_station_spawn (self);

  return G_SOURCE_REMOVE;
}

/* At once, then after 1, 2, 4... seconds. */
static void
chorus_local_station_schedule_restart (ChorusLocalStation *self)
{
  guint pause = 0;

  if (self->ready_time > 0
      && g_get_monotonic_time () - self->ready_time > CHORUS_LOCAL_STATION_STEADY_SECONDS * G_TIME_SPAN_SECOND)
    self->n_deaths = 0;
  pause = self->n_deaths == 0 ? 0 : MIN (1u << MIN (self->n_deaths - 1, 5), CHORUS_LOCAL_STATION_MAX_PAUSE);
  self->n_deaths++;
  self->ready_time = 0;
  self->restart_id = pause == 0 ? g_idle_add (chorus_local_station_restart_cb, self)
                                : g_timeout_add_seconds (pause, chorus_local_station_restart_cb, self);
}

static void
chorus_local_station_waited_cb (GObject      *source,
                                GAsyncResult *result,
                                gpointer      user_data)
{
  g_autoptr (ChorusLocalStation) self = chorus_local_station_take_weak (user_data);
  GSubprocess *process = G_SUBPROCESS (source);

  g_subprocess_wait_finish (process, result, NULL);
  if (!self || self->process != process)
    return;

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_handle_id (&self->ready_timeout_id, g_source_remove);
  g_clear_object (&self->process);
  chorus_local_station_set_base_url (self, NULL);
  if (self->wanted && self->ending)
    {
      chorus_local_station_spawn (self);
    }
  else if (self->wanted)
    {
      /* A station that never was ready would not be ready the next time either. */
      self->wanted = self->was_ready;
      if (self->wanted)
        chorus_local_station_schedule_restart (self);
      chorus_local_station_conclude (&self->starting, chorus_local_station_explain_death (process));
    }
  chorus_local_station_conclude (&self->stopping, NULL);
}

static gboolean
chorus_local_station_kill_cb (gpointer user_data)
{
  /* Does nothing to a process that is gone. */
  g_subprocess_force_exit (G_SUBPROCESS (user_data));

  return G_SOURCE_REMOVE;
}

static void
chorus_local_station_terminate (GSubprocess *process)
{
  GOutputStream *input = g_subprocess_get_stdin_pipe (process);

  g_subprocess_send_signal (process, SIGTERM);
  g_output_stream_close (input, NULL, NULL);
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, CHORUS_LOCAL_STATION_STOP_SECONDS, chorus_local_station_kill_cb,
                              g_object_ref (process), g_object_unref);
}

/* --- The beginning of a process ----------------------------------------------------------------------------- */

/* Gives up on a process that runs but is of no use; its end is then noticed as any other. Consumes @error. */
static void
chorus_local_station_give_up (ChorusLocalStation *self,
                              GError             *error)
{
  self->wanted = self->was_ready;
  chorus_local_station_conclude (&self->starting, error);
  g_subprocess_force_exit (self->process);
}

static gboolean
chorus_local_station_ready_timeout_cb (gpointer user_data)
{
  ChorusLocalStation *self = CHORUS_LOCAL_STATION (user_data);

  self->ready_timeout_id = 0;
  chorus_local_station_give_up (
    self, g_error_new_literal (CHORUS_LOCAL_STATION_ERROR, CHORUS_LOCAL_STATION_ERROR_TIMED_OUT,
                               _("The service on this computer took too long to start. Try again.")));

  return G_SOURCE_REMOVE;
}

typedef struct
{
  GWeakRef *station;
  char *base_url;
} ChorusLocalStationAddress;

static void
chorus_local_station_token_cb (GObject      *source,
                               GAsyncResult *result,
                               gpointer      user_data)
{
  ChorusLocalStationAddress *address = user_data;
  g_autoptr (ChorusLocalStation) self = chorus_local_station_take_weak (address->station);
  g_autofree char *base_url = g_steal_pointer (&address->base_url);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize length = 0;

  g_free (address);
  g_file_load_contents_finish (G_FILE (source), result, &contents, &length, NULL, &error);
  if (!self || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->process)
    return;
  if (contents)
    g_strstrip (contents);
  if (error || *contents == '\0' || strlen (contents) > length)
    {
      chorus_local_station_give_up (
        self,
        g_error_new_literal (
          CHORUS_LOCAL_STATION_ERROR, CHORUS_LOCAL_STATION_ERROR_FAILED,
          _(
            "The service on this computer started, but its key could not be read. Check the permissions of its data folder.")));
      return;
    }

  g_clear_handle_id (&self->ready_timeout_id, g_source_remove);
  g_free (self->token);
  self->token = g_steal_pointer (&contents);
  self->was_ready = TRUE;
  self->ready_time = g_get_monotonic_time ();
  chorus_local_station_set_base_url (self, base_url);
  chorus_local_station_conclude (&self->starting, NULL);
}

static void
chorus_local_station_line_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (ChorusLocalStation) self = chorus_local_station_take_weak (user_data);
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  ChorusLocalStationAddress *address = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  /* Without a line the process has ended or is about to, which is noticed by itself. */
  if (!self || !line || !self->process || !g_str_has_prefix (line, CHORUS_LOCAL_STATION_READY_PREFIX))
    return;

  address = g_new0 (ChorusLocalStationAddress, 1);
  address->station = chorus_local_station_new_weak (self);
  address->base_url = g_strdup (line + strlen (CHORUS_LOCAL_STATION_READY_PREFIX));
  path = g_build_filename (self->data_folder, "token", NULL);
  file = g_file_new_for_path (path);
  g_file_load_contents_async (file, self->reading, chorus_local_station_token_cb, address);
}

static void
chorus_local_station_spawn (ChorusLocalStation *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GDataInputStream) output = NULL;

  self->ending = FALSE;
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                                    self->executable, "--exit-with-stdin", "--data", self->data_folder, NULL);
  if (!self->process)
    {
      g_autofree char *name = g_filename_display_basename (self->executable);

      self->wanted = FALSE;
      chorus_local_station_conclude (
        &self->starting,
        g_error_new (
          CHORUS_LOCAL_STATION_ERROR, CHORUS_LOCAL_STATION_ERROR_MISSING,
          _("The program “%s”, which works on this computer’s recordings, cannot be started. Install Chorus again."),
          name));
      return;
    }

  self->reading = g_cancellable_new ();
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  g_data_input_stream_read_line_async (output, G_PRIORITY_DEFAULT, self->reading, chorus_local_station_line_cb,
                                       chorus_local_station_new_weak (self));
  g_subprocess_wait_async (self->process, NULL, chorus_local_station_waited_cb, chorus_local_station_new_weak (self));
  self->ready_timeout_id =
    g_timeout_add_seconds (CHORUS_LOCAL_STATION_READY_SECONDS, chorus_local_station_ready_timeout_cb, self);
}

/* Ends what runs, and what would run soon. */
static void
chorus_local_station_end (ChorusLocalStation *self)
{
  self->wanted = FALSE;
  self->was_ready = FALSE;
  g_clear_handle_id (&self->restart_id, g_source_remove);
  g_clear_handle_id (&self->ready_timeout_id, g_source_remove);
  g_cancellable_cancel (self->reading);
  chorus_local_station_conclude (&self->starting,
                                 g_error_new_literal (CHORUS_LOCAL_STATION_ERROR, CHORUS_LOCAL_STATION_ERROR_STOPPED,
                                                      _("The service on this computer was stopped.")));
  chorus_local_station_set_base_url (self, NULL);
  if (self->process && !self->ending)
    chorus_local_station_terminate (self->process);
  self->ending = self->process != NULL;
}

/* --- Object ------------------------------------------------------------------------------------------------- */

static void
chorus_local_station_dispose (GObject *object)
{
  ChorusLocalStation *self = CHORUS_LOCAL_STATION (object);

  if (self->process)
    chorus_local_station_end (self);
  g_clear_object (&self->process);
  g_clear_object (&self->reading);
  g_clear_handle_id (&self->restart_id, g_source_remove);

  G_OBJECT_CLASS (chorus_local_station_parent_class)->dispose (object);
}

static void
chorus_local_station_finalize (GObject *object)
{
  ChorusLocalStation *self = CHORUS_LOCAL_STATION (object);

  g_clear_pointer (&self->starting, g_ptr_array_unref);
  g_clear_pointer (&self->stopping, g_ptr_array_unref);
  g_free (self->executable);
  g_free (self->data_folder);
  g_free (self->base_url);
  g_free (self->token);

  G_OBJECT_CLASS (chorus_local_station_parent_class)->finalize (object);
}

static void
chorus_local_station_get_property (GObject    *object,
                                   guint       prop_id,
                                   GValue     *value,
                                   GParamSpec *pspec)
{
  ChorusLocalStation *self = CHORUS_LOCAL_STATION (object);

  switch (prop_id)
    {
    case PROP_EXECUTABLE:
      g_value_set_string (value, self->executable);
      break;
    case PROP_DATA_FOLDER:
      g_value_set_string (value, self->data_folder);
      break;
    case PROP_BASE_URL:
      g_value_set_string (value, self->base_url);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_local_station_set_property (GObject      *object,
                                   guint         prop_id,
                                   const GValue *value,
                                   GParamSpec   *pspec)
{
  ChorusLocalStation *self = CHORUS_LOCAL_STATION (object);

  switch (prop_id)
    {
    case PROP_EXECUTABLE:
      self->executable = g_value_dup_string (value);
      break;
    case PROP_DATA_FOLDER:
      self->data_folder = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_local_station_class_init (ChorusLocalStationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chorus_local_station_dispose;
  object_class->finalize = chorus_local_station_finalize;
  object_class->get_property = chorus_local_station_get_property;
  object_class->set_property = chorus_local_station_set_property;

  /**
   * ChorusLocalStation:executable:
   *
   * The program `chorus-station`.
   */
  properties[PROP_EXECUTABLE] =
    g_param_spec_string ("executable", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * ChorusLocalStation:data-folder:
   *
   * Where it keeps its data.
   */
  properties[PROP_DATA_FOLDER] =
    g_param_spec_string ("data-folder", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);

  /**
   * ChorusLocalStation:base-url:
   *
   * Where it listens, or %NULL while it does not. When this is notified with an address the token is there too.
   */
  properties[PROP_BASE_URL] = g_param_spec_string ("base-url", NULL, NULL, NULL,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_local_station_init (ChorusLocalStation *self)
{
  self->starting = chorus_local_station_new_waiters ();
  self->stopping = chorus_local_station_new_waiters ();
}

ChorusLocalStation *
chorus_local_station_new (const char *executable,
                          const char *data_folder)
{
  g_return_val_if_fail (executable != NULL, NULL);
  g_return_val_if_fail (data_folder != NULL, NULL);

  return g_object_new (CHORUS_TYPE_LOCAL_STATION, "executable", executable, "data-folder", data_folder, NULL);
}

char *
chorus_local_station_dup_default_executable (void)
{
  const char *executable = g_getenv ("CHORUS_STATION");

  return executable && *executable != '\0' ? g_strdup (executable)
                                           : g_build_filename (LIBEXECDIR, "chorus-station", NULL);
}

const char *
chorus_local_station_get_executable (ChorusLocalStation *self)
{
  g_return_val_if_fail (CHORUS_IS_LOCAL_STATION (self), NULL);

  return self->executable;
}

const char *
chorus_local_station_get_data_folder (ChorusLocalStation *self)
{
  g_return_val_if_fail (CHORUS_IS_LOCAL_STATION (self), NULL);

  return self->data_folder;
}

const char *
chorus_local_station_get_base_url (ChorusLocalStation *self)
{
  g_return_val_if_fail (CHORUS_IS_LOCAL_STATION (self), NULL);

  return self->base_url;
}

const char *
chorus_local_station_get_token (ChorusLocalStation *self)
{
  g_return_val_if_fail (CHORUS_IS_LOCAL_STATION (self), NULL);

  return self->base_url ? self->token : NULL;
}

void
chorus_local_station_start_async (ChorusLocalStation  *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHORUS_IS_LOCAL_STATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_local_station_start_async);
  if (self->base_url && !self->ending)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  chorus_local_station_add_waiter (self->starting, g_steal_pointer (&task));
  self->wanted = TRUE;
  /* One that is still ending has the data folder: the next begins when it is gone. */
  if (!self->process && self->restart_id == 0)
    chorus_local_station_spawn (self);
}

gboolean
chorus_local_station_start_finish (ChorusLocalStation  *self,
                                   GAsyncResult        *result,
                                   GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
chorus_local_station_stop_async (ChorusLocalStation  *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (CHORUS_IS_LOCAL_STATION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, chorus_local_station_stop_async);
  chorus_local_station_end (self);
  if (self->process)
    chorus_local_station_add_waiter (self->stopping, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
chorus_local_station_stop_finish (ChorusLocalStation  *self,
                                  GAsyncResult        *result,
                                  GError             **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
