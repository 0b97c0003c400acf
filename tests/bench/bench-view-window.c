/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The viewer with one file in a window, as the program shows it, and how long the steps of its main thread take. It
 * measures nothing by itself: bench-view.py watches the window and moves the pointer. For each signal SIGUSR1 it prints
 * what the steps since the last one took. */

#include <adwaita.h>
#include <glib-unix.h>
#include <sys/resource.h>

#include "audio/chorus-audio-init.h"
#include "viewer/chorus-recording-view.h"

#include "bench-view-steps.h"

#define BENCH_WIDTH 1280
#define BENCH_HEIGHT 800
/* A detection every so many seconds, each so long. */
#define BENCH_DETECTION_EVERY 6.0
#define BENCH_DETECTION_LENGTH 3.0

/* Where nothing composites windows, as on the display that this is measured on, libadwaita draws the frame of a window as a
 * shadow within it, for which the OpenGL renderer of GTK 4.8 shades every pixel of the window: three quarters of all
 * drawing, without a processor for graphics. Desktops composite, and then there is no such shadow. */
#define BENCH_STYLE "window.solid-csd { box-shadow: none; outline: none; }"

typedef struct
{
  const char *path;
  ChorusRecordingView *view;
  BenchViewSteps *steps;
} BenchWindow;

static GListModel *
bench_make_detections (double duration)
{
  static const char *const names[] = { "Malabar whistling thrush", "Common tailorbird", "Greater coucal" };
  GListStore *detections = g_list_store_new (CHORUS_TYPE_DETECTION);
  guint n = (guint) (duration / BENCH_DETECTION_EVERY);

  for (guint i = 0; i < n; i++)
    {
      double start = i * BENCH_DETECTION_EVERY;
      g_autoptr (ChorusDetection) detection =
        g_object_new (CHORUS_TYPE_DETECTION, "detection-id", (gint64) i, "common-name", names[i % G_N_ELEMENTS (names)],
                      "confidence", 0.5 + (i % 50) / 100.0, "start", start, "end", start + BENCH_DETECTION_LENGTH,
                      "color", i % 3, NULL);

      g_list_store_append (detections, detection);
    }

  return G_LIST_MODEL (detections);
}

static void
bench_opened_cb (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  BenchWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ChorusSampleSource) source = chorus_sample_source_open_finish (result, &error);
  g_autoptr (GListModel) detections = NULL;

  if (!source)
    {
      g_printerr ("%s\n", error->message);
      exit (EXIT_FAILURE);
    }
  chorus_view_session_set_source (chorus_recording_view_get_session (self->view), source);
  if (self->steps)
    {
      detections = bench_make_detections (chorus_sample_source_get_duration (source));
      chorus_recording_view_set_detections (self->view, detections);
    }
}

static gboolean
bench_report_cb (gpointer user_data)
{
  BenchWindow *self = user_data;

  bench_view_steps_report (self->steps);

  return G_SOURCE_CONTINUE;
}

static GtkWidget *
bench_find (GtkWidget  *widget,
            const char *type)
{
  GtkWidget *found = NULL;

  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child && !found;
       child = gtk_widget_get_next_sibling (child))
    found = bench_find (child, type);

  return found;
}

/* Tells where the plots are, in pixels of the window, once that is known. */
static gboolean
bench_tell_places_cb (gpointer user_data)
{
  static const char *const types[] = { "ChorusSpectrogramView", "ChorusWaveformView", "ChorusOverviewView" };
  GtkWidget *view = user_data;
  GtkNative *native = gtk_widget_get_native (view);
  double x = 0.0;
  double y = 0.0;

  gtk_native_get_surface_transform (native, &x, &y);
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GtkWidget *plot = bench_find (view, types[i]);
      graphene_rect_t bounds;

      if (plot && gtk_widget_compute_bounds (plot, GTK_WIDGET (native), &bounds))
        g_print ("place %s %.0f %.0f %.0f %.0f\n", types[i], (double) bounds.origin.x + x, (double) bounds.origin.y + y,
                 (double) bounds.size.width, (double) bounds.size.height);
    }

  return G_SOURCE_REMOVE;
}

static void
bench_mapped_cb (GtkWidget *view)
{
  g_timeout_add (1000, bench_tell_places_cb, view);
}

static void
bench_load_style (GtkWidget *window)
{
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_data (provider, BENCH_STYLE, -1);
  gtk_style_context_add_provider_for_display (gtk_widget_get_display (window), GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
bench_activate_cb (GtkApplication *application,
                   BenchWindow    *self)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (self->path);

  bench_load_style (window);
  self->view = CHORUS_RECORDING_VIEW (chorus_recording_view_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->view), TRUE);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->view));
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), BENCH_WIDTH, BENCH_HEIGHT);
  g_signal_connect (self->view, "map", G_CALLBACK (bench_mapped_cb), NULL);
  chorus_sample_source_open_async (file, NULL, bench_opened_cb, self);
  gtk_window_present (GTK_WINDOW (window));
  if (self->steps)
    {
      bench_view_steps_watch_clock (self->steps, gtk_widget_get_frame_clock (window));
      g_unix_signal_add (SIGUSR1, bench_report_cb, self);
    }
}

static gboolean
bench_quit_cb (gpointer application)
{
  g_application_quit (application);

  return G_SOURCE_REMOVE;
}

int
main (int   argc,
      char *argv[])
{
  BenchWindow self = { 0 };
  g_autoptr (AdwApplication) application =
    adw_application_new ("com.darukaa.Chorus.BenchView", G_APPLICATION_NON_UNIQUE);
  gboolean measures = argc == 3 && g_str_equal (argv[1], "--steps");

  if (argc != 2 && !measures)
    {
      g_printerr ("Usage: bench-view-window [--steps] FILE\n");
      return EXIT_FAILURE;
    }
  /* As the program does at its start. */
  chorus_audio_init ();
  self.path = argv[argc - 1];
  if (measures)
    self.steps = bench_view_steps_new ();
  g_signal_connect (application, "activate", G_CALLBACK (bench_activate_cb), &self);
  g_unix_signal_add (SIGTERM, bench_quit_cb, application);
  g_application_run (G_APPLICATION (application), 1, argv);
  g_clear_pointer (&self.steps, bench_view_steps_free);

  return EXIT_SUCCESS;
}
