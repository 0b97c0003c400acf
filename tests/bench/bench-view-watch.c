/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Starts a program and tells when its picture is complete: when nothing on the screen has changed any more for a while.
 * Works with any program, because it looks at nothing but the screen of the X server. */

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/XShm.h>
#include <X11/extensions/Xdamage.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define WATCH_MAX_KEYS 8
/* Between two looks at the screen, in seconds. */
#define WATCH_INTERVAL 0.008
/* A column of a plot is drawn when it has at least so many changes of color from top to bottom. */
#define WATCH_LEAST_CHANGES 8
/* Columns that are something to see. */
#define WATCH_LEAST_COLUMNS 8

typedef struct
{
  double quiet;
  double most;
  const char *keys[WATCH_MAX_KEYS];
  int n_keys;
  int region[4];
  const char *picture;
  char **command;
} WatchOptions;

typedef struct
{
  Display *display;
  Window root;
  Damage damage;
  int damage_event;
  int width;
  int height;
  XShmSegmentInfo segment;
  XImage *image;
  uint32_t *previous;
} WatchScreen;

/* What was seen since @base, in seconds after it; negative for what was not. */
typedef struct
{
  double base;
  double first;
  double last;
  double drawn_begins;
  double drawn_all;
  int n_changes;
} WatchSight;

static const char watch_usage[] =
  "Usage: bench-view-watch [OPTION...] -- COMMAND...\n"
  "  --quiet S         complete when nothing has changed for so long\n"
  "  --most S          give up after so long\n"
  "  --region X,Y,W,H  also tell when the first and when all columns of a plot are drawn, and wait for all\n"
  "  --keys ARGUMENTS  then run xdotool with these, and watch again; may be repeated\n"
  "  --picture FILE    take a picture in the end\n";

static double
watch_now (void)
{
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);

  return (double) now.tv_sec + (double) now.tv_nsec * 1e-9;
}

static bool
watch_screen_open (WatchScreen *self)
{
  int screen = 0;
  int error_base = 0;

  self->display = XOpenDisplay (NULL);
  if (!self->display || !XShmQueryExtension (self->display)
      || !XDamageQueryExtension (self->display, &self->damage_event, &error_base))
    return false;
  screen = DefaultScreen (self->display);
  self->root = RootWindow (self->display, screen);
  self->width = DisplayWidth (self->display, screen);
  self->height = DisplayHeight (self->display, screen);
  self->image = XShmCreateImage (self->display, DefaultVisual (self->display, screen),
                                 (unsigned) DefaultDepth (self->display, screen), ZPixmap, NULL, &self->segment,
                                 (unsigned) self->width, (unsigned) self->height);
  if (!self->image || self->image->bits_per_pixel != 32)
    return false;
  self->segment.shmid =
    shmget (IPC_PRIVATE, (size_t) self->image->bytes_per_line * (size_t) self->height, 0600 | IPC_CREAT);
  self->segment.shmaddr = self->image->data = shmat (self->segment.shmid, NULL, 0);
  self->segment.readOnly = False;
  XShmAttach (self->display, &self->segment);
  XSync (self->display, False);
  /* Gone with the last process that has it. */
  shmctl (self->segment.shmid, IPC_RMID, NULL);
  self->previous = calloc ((size_t) self->image->bytes_per_line, (size_t) self->height);
  self->damage = XDamageCreate (self->display, self->root, XDamageReportNonEmpty);

  return self->previous != NULL;
}

/* Returns whether the screen is another than at the last look. */
static bool
watch_screen_look (WatchScreen *self)
{
  size_t size = (size_t) self->image->bytes_per_line * (size_t) self->height;

  XDamageSubtract (self->display, self->damage, None, None);
  XShmGetImage (self->display, self->root, self->image, 0, 0, AllPlanes);
  if (memcmp (self->image->data, self->previous, size) == 0)
    return false;
  memcpy (self->previous, self->image->data, size);

  return true;
}

/* Waits until something was drawn, or for @seconds. Returns whether there was. */
static bool
watch_screen_wait (WatchScreen *self,
                   double       seconds)
{
  struct pollfd fd = { ConnectionNumber (self->display), POLLIN, 0 };
  bool drawn = false;

  if (!XPending (self->display))
    poll (&fd, 1, (int) (seconds * 1e3) + 1);
  while (XPending (self->display))
    {
      XEvent event;

      XNextEvent (self->display, &event);
      drawn = drawn || event.type == self->damage_event + XDamageNotify;
    }

  return drawn;
}

/* How many of the columns of @region are drawn. */
static int
watch_screen_get_drawn (const WatchScreen *self,
                        const int         *region)
{
  size_t stride = (size_t) self->image->bytes_per_line / sizeof (uint32_t);
  int n_drawn = 0;

  for (int x = region[0]; x < region[0] + region[2] && x < self->width; x++)
    {
      int n_changes = 0;

      for (int y = region[1] + 1; y < region[1] + region[3] && y < self->height && n_changes < WATCH_LEAST_CHANGES; y++)
        n_changes +=
          self->previous[(size_t) y * stride + (size_t) x] != self->previous[(size_t) (y - 1) * stride + (size_t) x];
      n_drawn += n_changes >= WATCH_LEAST_CHANGES;
    }

  return n_drawn;
}

static long
watch_get_memory (pid_t       process,
                  const char *name)
{
  char line[256];
  long kib = -1;
  FILE *file = NULL;

  snprintf (line, sizeof line, "/proc/%d/status", (int) process);
  file = fopen (line, "r");
  while (file && fgets (line, sizeof line, file))
    {
      if (strncmp (line, name, strlen (name)) == 0)
        kib = atol (line + strlen (name) + 1);
    }
  if (file)
    fclose (file);

  return kib;
}

/* Watches until all is quiet. Returns whether @process is still there. */
static bool
watch_until_quiet (WatchScreen        *screen,
                   const WatchOptions *options,
                   pid_t               process,
                   WatchSight         *sight)
{
  for (;;)
    {
      bool drawn = watch_screen_wait (screen, 0.05);
      double now = watch_now () - sight->base;

      if (drawn && watch_screen_look (screen))
        {
          int n_drawn = watch_screen_get_drawn (screen, options->region);

          sight->n_changes++;
          sight->first = sight->first < 0 ? now : sight->first;
          sight->last = now;
          if (sight->drawn_begins < 0 && n_drawn >= WATCH_LEAST_COLUMNS)
            sight->drawn_begins = now;
          if (sight->drawn_all < 0 && n_drawn > 0 && n_drawn >= options->region[2] - 2)
            sight->drawn_all = now;
        }
      if (waitpid (process, NULL, WNOHANG) == process)
        return false;
      if (now > options->most)
        return true;
      if (sight->first >= 0 && now - sight->last > options->quiet && (options->region[2] == 0 || sight->drawn_all >= 0))
        return true;
      if (drawn)
        usleep ((useconds_t) (WATCH_INTERVAL * 1e6));
    }
}

static void
watch_report (const WatchOptions *options,
              const WatchSight   *sight,
              pid_t               process)
{
  printf ("first %.3f last %.3f changes %d begins %.3f all %.3f peak %ld resident %ld%s\n", sight->first, sight->last,
          sight->n_changes, sight->drawn_begins, sight->drawn_all, watch_get_memory (process, "VmHWM:"),
          watch_get_memory (process, "VmRSS:"), sight->last + options->quiet > options->most ? " unfinished" : "");
  fflush (stdout);
}

static void
watch_end (pid_t process)
{
  kill (process, SIGTERM);
  for (int i = 0; i < 100; i++)
    {
      if (waitpid (process, NULL, WNOHANG) == process)
        return;
      usleep (20000);
    }
  kill (process, SIGKILL);
  waitpid (process, NULL, 0);
}

static bool
watch_parse (int            argc,
             char         **argv,
             WatchOptions  *options)
{
  for (int i = 1; i < argc; i++)
    {
      const char *value = i + 1 < argc ? argv[i + 1] : "";

      if (strcmp (argv[i], "--") == 0)
        {
          options->command = argv + i + 1;
          return i + 1 < argc;
        }
      i++;
      if (strcmp (argv[i - 1], "--quiet") == 0)
        options->quiet = atof (value);
      else if (strcmp (argv[i - 1], "--most") == 0)
        options->most = atof (value);
      else if (strcmp (argv[i - 1], "--picture") == 0)
        options->picture = value;
      else if (strcmp (argv[i - 1], "--keys") == 0 && options->n_keys < WATCH_MAX_KEYS)
        options->keys[options->n_keys++] = value;
      else if (strcmp (argv[i - 1], "--region") != 0
               || sscanf (value, "%d,%d,%d,%d", &options->region[0], &options->region[1], &options->region[2],
                          &options->region[3])
                    != 4)
        return false;
    }

  return false;
}

static void
watch_call (const char *program,
            const char *arguments)
{
  char command[1024];

  snprintf (command, sizeof command, "%s %s", program, arguments);
  if (system (command) != 0)
    fprintf (stderr, "%s failed\n", command);
}

int
main (int    argc,
      char **argv)
{
  WatchOptions options = { .quiet = 1.5, .most = 60.0 };
  WatchScreen screen = { 0 };
  WatchSight sight = { 0 };
  pid_t process = 0;
  bool lives = true;

  if (!watch_parse (argc, argv, &options))
    {
      fputs (watch_usage, stderr);
      return EXIT_FAILURE;
    }
  if (!watch_screen_open (&screen))
    {
      fputs ("This X server cannot be watched.\n", stderr);
      return EXIT_FAILURE;
    }
  watch_screen_look (&screen);
  sight = (WatchSight){ watch_now (), -1.0, 0.0, -1.0, -1.0, 0 };
  process = fork ();
  if (process == 0)
    {
      execvp (options.command[0], options.command);
      fprintf (stderr, "%s: %s\n", options.command[0], strerror (errno));
      _exit (127);
    }
  for (int i = 0; process > 0 && lives; i++)
    {
      lives = watch_until_quiet (&screen, &options, process, &sight);
      watch_report (&options, &sight, process);
      if (i == options.n_keys)
        break;
      sight = (WatchSight){ watch_now (), -1.0, 0.0, -1.0, -1.0, 0 };
      watch_call ("xdotool", options.keys[i]);
    }
  if (!lives)
    fprintf (stderr, "%s ended by itself\n", options.command[0]);
  if (options.picture)
    watch_call ("import -window root", options.picture);
  if (lives)
    watch_end (process);

  return lives ? EXIT_SUCCESS : EXIT_FAILURE;
}
