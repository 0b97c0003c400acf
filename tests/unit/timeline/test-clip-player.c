/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One detection after another is played, and the latest that was asked for wins. */

#include "timeline/chorus-clip-player.h"

#include <math.h>

#include "chorus-clip-fixture.h"

typedef struct
{
  guint n_moves;
  double first;
  double last;
  char *sentence;
} Heard;

static void
moved_cb (ChorusClipPlayer *player,
          GParamSpec       *pspec,
          Heard            *heard)
{
  double position = chorus_clip_player_get_position (player);

  if (isnan (position))
    return;
  if (heard->n_moves++ == 0)
    heard->first = position;
  heard->last = position;
}

static void
failed_cb (ChorusClipPlayer *player,
           const char       *sentence,
           Heard            *heard)
{
  g_free (heard->sentence);
  heard->sentence = g_strdup (sentence);
}

static void
test_play (Fixture       *fixture,
           gconstpointer  data)
{
  ChorusClipPlayer *player = chorus_clip_player_new (fixture->loader);
  g_autoptr (ChorusDetection) first = make_detection (1, 1, 1.0);
  g_autoptr (ChorusDetection) second = make_detection (2, 1, 3.0);
  Heard heard = { 0 };

  g_signal_connect (player, "notify::position", G_CALLBACK (moved_cb), &heard);
  chorus_clip_player_play (player, first);
  g_assert_true (chorus_clip_player_get_detection (player) == first);
  chorus_clip_player_play (player, second);
  g_assert_true (chorus_clip_player_get_detection (player) == second);
  chorus_test_wait (chorus_clip_player_get_detection (player) == NULL);
  g_assert_cmpuint (heard.n_moves, >, 1);
  g_assert_cmpfloat (heard.first, >=, 3.0);
  g_assert_cmpfloat (heard.last, <=, 4.0 + 1e-6);
  g_assert_true (isnan (chorus_clip_player_get_position (player)));

  /* Again, and stopped on the way. */
  chorus_clip_player_play (player, second);
  heard.n_moves = 0;
  chorus_test_wait (heard.n_moves > 0);
  chorus_clip_player_stop (player);
  g_assert_null (chorus_clip_player_get_detection (player));
  g_assert_true (isnan (chorus_clip_player_get_position (player)));
  g_object_unref (player);
}

static void
test_not_here (Fixture       *fixture,
               gconstpointer  data)
{
  ChorusClipPlayer *player = chorus_clip_player_new (fixture->loader);
  g_autoptr (ChorusDetection) detection = make_detection (1, 2, 1.0);
  Heard heard = { 0 };

  g_signal_connect (player, "failed", G_CALLBACK (failed_cb), &heard);
  chorus_clip_player_play (player, detection);
  chorus_test_wait (heard.sentence != NULL);
  g_assert_nonnull (strstr (heard.sentence, "b.wav"));
  g_assert_null (chorus_clip_player_get_detection (player));
  g_free (heard.sentence);
  g_object_unref (player);
}

int
main (int   argc,
      char *argv[])
{
  g_setenv ("CHORUS_AUDIO_SINK", "fakesink sync=true", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/clip-player/play", Fixture, NULL, fixture_set_up, test_play, fixture_tear_down);
  g_test_add ("/clip-player/not-here", Fixture, NULL, fixture_set_up, test_not_here, fixture_tear_down);

  return g_test_run ();
}
