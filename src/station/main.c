/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chorus-station-password.h"
#include "chorus-station-schema.h"
#include "chorus-station-users.h"
#include "chorus-station.h"

/* What chorus-station ends with when another station has the data folder. */
#define CHORUS_STATION_EXIT_IN_USE 3

#define CHORUS_STATION_MIN_PASSWORD 8

typedef struct
{
  char *data;
  char *address;
  int port;
  gboolean exit_with_stdin;
  char *user;
  char *key_user;
  int token_lifetime;
  gboolean version;
} ChorusStationOptions;

static void
chorus_station_options_clear (ChorusStationOptions *options)
{
  g_free (options->data);
  g_free (options->address);
  g_free (options->user);
  g_free (options->key_user);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ChorusStationOptions, chorus_station_options_clear)

static int
chorus_station_main_fail (const GError *error)
{
  g_printerr ("chorus-station: %s\n", error->message);

  return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_AGAIN) ? CHORUS_STATION_EXIT_IN_USE : EXIT_FAILURE;
}

static gboolean
chorus_station_main_parse (ChorusStationOptions   *options,
                           int                    *argc,
                           char                 ***argv,
                           GError                **error)
{
  const GOptionEntry entries[] = {
    { "data", 0, 0, G_OPTION_ARG_FILENAME, &options->data, "Keep the data in this folder", "FOLDER" },
    { "address", 0, 0, G_OPTION_ARG_STRING, &options->address, "Listen on this address instead of 127.0.0.1",
      "ADDRESS" },
    { "port", 0, 0, G_OPTION_ARG_INT, &options->port, "Listen on this port instead of a free one", "PORT" },
    { "exit-with-stdin", 0, 0, G_OPTION_ARG_NONE, &options->exit_with_stdin, "Exit when the standard input is closed",
      NULL },
    { "token-lifetime", 0, 0, G_OPTION_ARG_INT, &options->token_lifetime,
      "Let access tokens of a sign-in expire after this time (default 900)", "SECONDS" },
    { "add-user", 0, 0, G_OPTION_ARG_STRING, &options->user,
      "Add a user, or change a password; reads it from the standard input", "EMAIL" },
    { "add-key", 0, 0, G_OPTION_ARG_STRING, &options->key_user, "Make an API key for a user and print it", "EMAIL" },
    { "version", 0, 0, G_OPTION_ARG_NONE, &options->version, "Print the version", NULL },
    { NULL }
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("- the local service of Chorus");

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;
  if (*argc > 1)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "“%s” is not expected here.", (*argv)[1]);
  else if (options->port < 0 || options->port > G_MAXUINT16)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "A port is a number from 0 to 65535.");
  else if (options->token_lifetime < 1)
    g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                         "The lifetime of tokens is at least one second.");
  else
    return TRUE;

  return FALSE;
}

/* The password is the first line of the standard input, so that it is in no list of processes and no shell history. */
static char *
chorus_station_main_read_password (GError **error)
{
  char line[1024] = { 0 };
  g_autofree char *password = NULL;

  if (isatty (STDIN_FILENO))
    g_printerr ("Password: ");
  if (fgets (line, sizeof line, stdin))
    line[strcspn (line, "\r\n")] = '\0';
  password = g_strdup (line);
  explicit_bzero (line, sizeof line);
  if (g_utf8_validate (password, -1, NULL) && g_utf8_strlen (password, -1) >= CHORUS_STATION_MIN_PASSWORD)
    return g_steal_pointer (&password);
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "A password has at least %d characters.",
               CHORUS_STATION_MIN_PASSWORD);

  return NULL;
}

static gboolean
chorus_station_main_add_user (ChorusDatabase  *db,
                              const char      *email,
                              GError         **error)
{
  const char *at = strchr (email, '@');
  g_autofree char *password = NULL;
  g_autofree char *hash = NULL;

  if (!at || at == email || at[1] == '\0' || !g_utf8_validate (email, -1, NULL))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "“%s” is not an e-mail address.", email);
      return FALSE;
    }
  password = chorus_station_main_read_password (error);
  hash = password ? chorus_station_password_hash (password, CHORUS_STATION_PASSWORD_ITERATIONS, error) : NULL;

  return hash && chorus_station_users_set (db, email, hash, error);
}

/* Works beside a station that runs: the store takes several connections. */
static int
chorus_station_main_manage (const ChorusStationOptions *options)
{
  g_autofree char *path = chorus_station_folder_build_store_path (options->data);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusDatabase) db = chorus_database_open (path, &error);
  g_autofree char *key = NULL;

  if (!db || !chorus_migrations_apply (chorus_station_schema_get_migrations (), db, &error)
      || (options->user && !chorus_station_main_add_user (db, options->user, &error))
      || (options->key_user && !(key = chorus_station_users_add_key (db, options->key_user, &error))))
    return chorus_station_main_fail (error);
  if (key)
    g_print ("%s\n", key);

  return EXIT_SUCCESS;
}

static gboolean
chorus_station_main_quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_CONTINUE;
}

static gboolean
chorus_station_main_stdin_cb (int          fd,
                              GIOCondition condition,
                              gpointer     user_data)
{
  char ignored[256];

  if ((condition & G_IO_IN) && read (fd, ignored, sizeof ignored) > 0)
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

static void
chorus_station_main_warn (const char *address)
{
  g_autoptr (GInetAddress) inet_address = g_inet_address_new_from_string (address);

  if (inet_address && !g_inet_address_get_is_loopback (inet_address))
    g_printerr (
      "chorus-station: Others on the network can read along: passwords, tokens and recordings are not encrypted.\n");
}

static int
chorus_station_main_serve (const ChorusStationOptions *options)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusStationFolder) folder = chorus_station_folder_open (options->data, &error);
  g_autoptr (ChorusStation) station = folder ? chorus_station_new (folder, options->token_lifetime, &error) : NULL;
  g_autofree char *url = NULL;

  if (!station)
    return chorus_station_main_fail (error);
  url = chorus_station_listen (station, options->address, (guint) options->port, &error);
  if (!url)
    {
      chorus_station_stop (station);
      return chorus_station_main_fail (error);
    }

  chorus_station_main_warn (options->address);
  g_unix_signal_add (SIGTERM, chorus_station_main_quit_cb, loop);
  g_unix_signal_add (SIGINT, chorus_station_main_quit_cb, loop);
  if (options->exit_with_stdin)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, chorus_station_main_stdin_cb, loop);
  g_print ("Listening on %s\n", url);
  fflush (stdout);
  g_main_loop_run (loop);
  chorus_station_stop (station);

  return EXIT_SUCCESS;
}

int
main (int    argc,
      char **argv)
{
  g_auto (ChorusStationOptions) options = { .token_lifetime = CHORUS_STATION_TOKEN_LIFETIME };
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  if (!chorus_station_main_parse (&options, &argc, &argv, &error))
    return chorus_station_main_fail (error);
  if (options.version)
    {
      g_print ("chorus-station " PACKAGE_VERSION "\n");
      return EXIT_SUCCESS;
    }
  if (!options.data)
    options.data = g_build_filename (g_get_user_data_dir (), USER_FOLDER, "station", NULL);
  if (!options.address)
    options.address = g_strdup ("127.0.0.1");

  return options.user || options.key_user ? chorus_station_main_manage (&options)
                                          : chorus_station_main_serve (&options);
}
