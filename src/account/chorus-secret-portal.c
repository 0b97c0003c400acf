/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-secret-portal.h"

#include <gio/gunixfdlist.h>
#include <glib-unix.h>
#include <unistd.h>

#define CHORUS_SECRET_PORTAL_NAME "org.freedesktop.portal.Desktop"

/* How long a person may take to unlock the keyring. */
#define CHORUS_SECRET_PORTAL_LIMIT (120 * G_USEC_PER_SEC)

typedef struct
{
  gboolean answered;
  guint32 response; /* 0 for success */
} ChorusSecretAnswer;

static void
chorus_secret_portal_response_cb (GDBusConnection *bus,
                                  const char      *sender,
                                  const char      *path,
                                  const char      *interface,
                                  const char      *signal,
                                  GVariant        *parameters,
                                  gpointer         user_data)
{
  ChorusSecretAnswer *answer = user_data;

  if (!g_variant_is_of_type (parameters, G_VARIANT_TYPE ("(ua{sv})")))
    return;

  g_variant_get_child (parameters, 0, "u", &answer->response);
  answer->answered = TRUE;
}

/* The key is to be written to @end, one of a pipe that nobody reads. */
static gboolean
chorus_secret_portal_ask (GDBusConnection  *bus,
                          const char       *token,
                          int               end,
                          GCancellable     *cancellable,
                          GError          **error)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autoptr (GVariant) reply = NULL;
  GVariantBuilder options;
  int handle;

  g_variant_builder_init (&options, G_VARIANT_TYPE_VARDICT);
  g_variant_builder_add (&options, "{sv}", "handle_token", g_variant_new_string (token));
  handle = g_unix_fd_list_append (fds, end, error);
  if (handle >= 0)
    reply =
      g_dbus_connection_call_with_unix_fd_list_sync (bus, CHORUS_SECRET_PORTAL_NAME, "/org/freedesktop/portal/desktop",
                                                     "org.freedesktop.portal.Secret", "RetrieveSecret",
                                                     g_variant_new ("(ha{sv})", handle, &options), NULL,
                                                     G_DBUS_CALL_FLAGS_NONE, -1, fds, NULL, cancellable, error);
  else
    g_variant_builder_clear (&options);

  return reply != NULL;
}

static gboolean
chorus_secret_portal_wake_cb (gpointer context)
{
  return G_SOURCE_CONTINUE;
}

/* Runs the context until there is an answer; it wakes up now and then to see whether it is still wanted. */
static gboolean
chorus_secret_portal_wait (GMainContext        *context,
                           ChorusSecretAnswer  *answer,
                           GCancellable        *cancellable,
                           GError             **error)
{
  gint64 end = g_get_monotonic_time () + CHORUS_SECRET_PORTAL_LIMIT;
  g_autoptr (GSource) wake = g_timeout_source_new (200);

  g_source_set_callback (wake, chorus_secret_portal_wake_cb, NULL, NULL);
  g_source_attach (wake, context);
  while (!answer->answered && g_get_monotonic_time () < end && !g_cancellable_is_cancelled (cancellable))
    g_main_context_iteration (context, TRUE);
  g_source_destroy (wake);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (answer->answered && answer->response == 0)
    return TRUE;

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The Secret portal has no key");

  return FALSE;
}

/* Who waits for the answer listens before asking: the portal may be quicker than the reply to the question. */
static gboolean
chorus_secret_portal_unlock_in (GMainContext     *context,
                                GDBusConnection  *bus,
                                GCancellable     *cancellable,
                                GError          **error)
{
  g_autofree char *sender = g_strdelimit (g_strdup (g_dbus_connection_get_unique_name (bus) + 1), ".", '_');
  g_autofree char *token = g_strdup_printf ("chorus%u", g_random_int ());
  g_autofree char *path = g_strdup_printf ("/org/freedesktop/portal/desktop/request/%s/%s", sender, token);
  ChorusSecretAnswer answer = { 0 };
  guint subscription =
    g_dbus_connection_signal_subscribe (bus, NULL, "org.freedesktop.portal.Request", "Response", path, NULL,
                                        G_DBUS_SIGNAL_FLAGS_NONE, chorus_secret_portal_response_cb, &answer, NULL);
  int ends[2];
  gboolean ready = FALSE;

  if (g_unix_open_pipe (ends, FD_CLOEXEC, error))
    {
      /* A pipe holds more than a key, and both ends stay until it was written. */
      ready = chorus_secret_portal_ask (bus, token, ends[1], cancellable, error)
              && chorus_secret_portal_wait (context, &answer, cancellable, error);
      close (ends[0]);
      close (ends[1]);
    }

  g_dbus_connection_signal_unsubscribe (bus, subscription);
  /* What the subscription still has in the context refers to the answer. */
  while (g_main_context_iteration (context, FALSE))
    ;

  return ready;
}

gboolean
chorus_secret_portal_unlock (GCancellable  *cancellable,
                             GError       **error)
{
  g_autoptr (GDBusConnection) bus = NULL;
  g_autoptr (GMainContext) context = NULL;
  gboolean ready;

  /* With this variable, which tests set, libsecret asks nobody for a key. */
  if (!g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SECRET_FILE_TEST_PASSWORD"))
    return TRUE;

  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, cancellable, error);
  if (!bus)
    return FALSE;

  context = g_main_context_new ();
  g_main_context_push_thread_default (context);
  ready = chorus_secret_portal_unlock_in (context, bus, cancellable, error);
  g_main_context_pop_thread_default (context);

  return ready;
}
