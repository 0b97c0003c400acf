/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-channel-stack.h"

#include <math.h>

#include "timeline/chorus-waveform.h"

#include "chorus-channel-lane.h"

#define SPACING 6

struct _ChorusChannelStack
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *box;

  /* Owned references */
  ChorusViewSession *session;
  GListModel *detections;
  GtkSizeGroup *margins;
  GtkWidget *scrollbar;
  /* ChorusChannelLane *, borrowed from @box, in the order of channels, and the ChorusTileCache * of each. */
  GPtrArray *lanes;
  GPtrArray *tiles;
};

enum
{
  SEEK,
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ChorusChannelStack, chorus_channel_stack, GTK_TYPE_WIDGET)

static void
chorus_channel_stack_seek_cb (ChorusChannelStack *self,
                              double              time)
{
  g_assert (CHORUS_IS_CHANNEL_STACK (self));

  g_signal_emit (self, signals[SEEK], 0, time);
}

static void
chorus_channel_stack_activate_cb (ChorusChannelStack *self,
                                  ChorusDetection    *detection)
{
  g_assert (CHORUS_IS_CHANNEL_STACK (self));

  g_signal_emit (self, signals[ACTIVATE], 0, detection);
}

/* Draws all waveforms to the scale of the loudest. */
static void
chorus_channel_stack_update_extent (ChorusChannelStack *self)
{
  double extent = 0.0;

  for (guint i = 0; i < self->tiles->len; i++)
    extent = MAX (extent, chorus_waveform_find_extent (g_ptr_array_index (self->tiles, i)));
  for (guint i = 0; i < self->lanes->len; i++)
    chorus_waveform_view_set_extent (chorus_channel_lane_get_waveform (g_ptr_array_index (self->lanes, i)), extent);
}

static void
chorus_channel_stack_tile_ready_cb (ChorusChannelStack *self,
                                    guint               kind)
{
  g_assert (CHORUS_IS_CHANNEL_STACK (self));

  if (kind == CHORUS_TILE_PEAKS)
    chorus_channel_stack_update_extent (self);
}

/* Wants the peaks of all of the recording, as the overview does, which tell how loud each channel is. */
static void
chorus_channel_stack_want_peaks (ChorusChannelStack *self)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)) * gtk_widget_get_scale_factor (GTK_WIDGET (self));

  for (guint i = 0; width > 0 && i < self->tiles->len; i++)
    {
      ChorusTileCache *tiles = g_ptr_array_index (self->tiles, i);

      chorus_waveform_want (tiles, self, 0.0, (double) chorus_tile_cache_get_grid (tiles)->n_samples / width,
                            (guint) width, CHORUS_JOB_PRIORITY_NEARBY);
    }
}

static void
chorus_channel_stack_clear_tiles (ChorusChannelStack *self)
{
  for (guint i = 0; i < self->tiles->len; i++)
    {
      ChorusTileCache *tiles = g_ptr_array_index (self->tiles, i);

      g_signal_handlers_disconnect_by_data (tiles, self);
      chorus_tile_cache_want (tiles, self, NULL, 0, 0);
    }
  g_ptr_array_set_size (self->tiles, 0);
}

static void
chorus_channel_stack_append_lane (ChorusChannelStack *self,
                                  guint               channel)
{
  GtkWidget *lane = chorus_channel_lane_new (self->session, channel, self->margins);
  ChorusWaveformView *waveform = chorus_channel_lane_get_waveform (CHORUS_CHANNEL_LANE (lane));
  ChorusSpectrogramView *spectrogram = chorus_channel_lane_get_spectrogram (CHORUS_CHANNEL_LANE (lane));

  g_signal_connect_object (waveform, "seek", G_CALLBACK (chorus_channel_stack_seek_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (spectrogram, "seek", G_CALLBACK (chorus_channel_stack_seek_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (spectrogram, "activate", G_CALLBACK (chorus_channel_stack_activate_cb), self,
                           G_CONNECT_SWAPPED);
  chorus_spectrogram_view_set_detections (spectrogram, self->detections);
  chorus_spectrogram_view_update_description (spectrogram);
  gtk_box_append (GTK_BOX (self->box), lane);
  g_ptr_array_add (self->lanes, lane);
}

static void
chorus_channel_stack_update_scrollbar (ChorusChannelStack *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  gboolean overflows = gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 0.5;

  g_assert (CHORUS_IS_CHANNEL_STACK (self));

  gtk_widget_set_visible (self->scrollbar, overflows && gtk_widget_get_visible (GTK_WIDGET (self)));
}

static void
chorus_channel_stack_update (ChorusChannelStack *self)
{
  gboolean all = chorus_view_session_get_channel (self->session) == CHORUS_CHANNEL_ALL;
  guint n_lanes = all ? chorus_view_session_get_n_channels (self->session) : 0;

  g_assert (CHORUS_IS_CHANNEL_STACK (self));

  chorus_channel_stack_clear_tiles (self);
  if (self->lanes->len != n_lanes)
    {
      for (guint i = 0; i < self->lanes->len; i++)
        gtk_box_remove (GTK_BOX (self->box), g_ptr_array_index (self->lanes, i));
      g_ptr_array_set_size (self->lanes, 0);
      for (guint i = 0; i < n_lanes; i++)
        chorus_channel_stack_append_lane (self, i);
    }
  for (guint i = 0; i < n_lanes; i++)
    {
      ChorusTileCache *tiles = chorus_view_session_get_channel_tiles (self->session, (int) i);

      g_signal_connect_object (tiles, "tile-ready", G_CALLBACK (chorus_channel_stack_tile_ready_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->tiles, g_object_ref (tiles));
    }
  chorus_channel_stack_update_extent (self);
  chorus_channel_stack_want_peaks (self);
  gtk_widget_set_visible (GTK_WIDGET (self), all);
  chorus_channel_stack_update_scrollbar (self);
}

void
chorus_channel_stack_set_session (ChorusChannelStack *self,
                                  ChorusViewSession  *session,
                                  GtkSizeGroup       *margins,
                                  GtkScrollbar       *scrollbar)
{
  GtkAdjustment *adjustment = NULL;

  g_return_if_fail (CHORUS_IS_CHANNEL_STACK (self));
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (session));
  g_return_if_fail (!self->session);

  self->session = g_object_ref (session);
  self->margins = g_object_ref (margins);
  self->scrollbar = g_object_ref (GTK_WIDGET (scrollbar));
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  gtk_scrollbar_set_adjustment (scrollbar, adjustment);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (chorus_channel_stack_update_scrollbar), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::source", G_CALLBACK (chorus_channel_stack_update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::channel", G_CALLBACK (chorus_channel_stack_update), self,
                           G_CONNECT_SWAPPED);
  chorus_channel_stack_update (self);
}

void
chorus_channel_stack_set_detections (ChorusChannelStack *self,
                                     GListModel         *detections)
{
  g_return_if_fail (CHORUS_IS_CHANNEL_STACK (self));

  g_set_object (&self->detections, detections);
  for (guint i = 0; i < self->lanes->len; i++)
    chorus_spectrogram_view_set_detections (chorus_channel_lane_get_spectrogram (g_ptr_array_index (self->lanes, i)),
                                            detections);
}

void
chorus_channel_stack_update_description (ChorusChannelStack *self)
{
  g_return_if_fail (CHORUS_IS_CHANNEL_STACK (self));

  for (guint i = 0; i < self->lanes->len; i++)
    chorus_spectrogram_view_update_description (
      chorus_channel_lane_get_spectrogram (g_ptr_array_index (self->lanes, i)));
}

double
chorus_channel_stack_get_pointer_level (ChorusChannelStack *self)
{
  int channel = 0;

  g_return_val_if_fail (CHORUS_IS_CHANNEL_STACK (self), NAN);

  channel = self->session ? chorus_view_session_get_pointer_channel (self->session) : CHORUS_CHANNEL_MIX;
  if (channel < 0 || (guint) channel >= self->lanes->len)
    return NAN;

  return chorus_spectrogram_view_get_pointer_level (
    chorus_channel_lane_get_spectrogram (g_ptr_array_index (self->lanes, channel)));
}

static void
chorus_channel_stack_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  gtk_widget_measure (CHORUS_CHANNEL_STACK (widget)->scroller, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
chorus_channel_stack_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  ChorusChannelStack *self = CHORUS_CHANNEL_STACK (widget);

  gtk_widget_size_allocate (self->scroller, &(GtkAllocation){ 0, 0, width, height }, -1);
  chorus_channel_stack_want_peaks (self);
}

static void
chorus_channel_stack_dispose (GObject *object)
{
  ChorusChannelStack *self = CHORUS_CHANNEL_STACK (object);

  chorus_channel_stack_clear_tiles (self);
  g_ptr_array_set_size (self->lanes, 0);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->detections);
  g_clear_object (&self->margins);
  g_clear_object (&self->scrollbar);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (chorus_channel_stack_parent_class)->dispose (object);
}

static void
chorus_channel_stack_finalize (GObject *object)
{
  ChorusChannelStack *self = CHORUS_CHANNEL_STACK (object);

  g_clear_pointer (&self->lanes, g_ptr_array_unref);
  g_clear_pointer (&self->tiles, g_ptr_array_unref);

  G_OBJECT_CLASS (chorus_channel_stack_parent_class)->finalize (object);
}

static void
chorus_channel_stack_class_init (ChorusChannelStackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_channel_stack_dispose;
  object_class->finalize = chorus_channel_stack_finalize;
  widget_class->measure = chorus_channel_stack_measure;
  widget_class->size_allocate = chorus_channel_stack_size_allocate;

  signals[SEEK] = g_signal_new ("seek", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_DOUBLE);
  signals[ACTIVATE] = g_signal_new ("activate", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, CHORUS_TYPE_DETECTION);
  gtk_widget_class_set_css_name (widget_class, "channelstack");
}

static void
chorus_channel_stack_init (ChorusChannelStack *self)
{
  self->lanes = g_ptr_array_new ();
  self->tiles = g_ptr_array_new_with_free_func (g_object_unref);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_box_set_homogeneous (GTK_BOX (self->box), TRUE);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
