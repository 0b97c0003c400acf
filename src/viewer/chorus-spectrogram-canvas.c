/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-spectrogram-canvas.h"

#include <math.h>

#include "timeline/chorus-image-cache.h"

#include "chorus-picture.h"
#include "chorus-plot.h"
#include "chorus-style.h"

/* Of a picture that stands in for one on another scale: enough that nothing seems to jump. */
#define STRIPS 32

typedef struct
{
  ChorusImage *image;
  ChorusPicture *picture;
} ChorusCanvasTexture;

/* A picture of an earlier view, and where it belongs. */
typedef struct
{
  ChorusPicture *picture;
  ChorusTimeSpan span;
  ChorusFrequencyBand band;
  ChorusFrequencyScale scale;
} ChorusCanvasStandIn;

struct _ChorusSpectrogramCanvas
{
  GtkWidget parent_instance;

  ChorusViewSession *session;
  ChorusImageCache *images;
  int channel;

  /* What is shown, and the time and band that belong to it */
  ChorusImageView view;
  ChorusFrequencyBand band;
  /* Borrowed from the session, to tell one from another */
  gconstpointer background;
  gint64 first_column;
  guint n_columns;
  /* gint64 * -> ChorusCanvasTexture *; the key is the index within its image. */
  GHashTable *textures;
  /* ChorusCanvasStandIn: those that covered the screen, and then those of the last view that never did */
  GArray *stand_ins;
  guint n_covering;
};

G_DEFINE_FINAL_TYPE (ChorusSpectrogramCanvas, chorus_spectrogram_canvas, GTK_TYPE_WIDGET)

static void
chorus_canvas_texture_free (gpointer data)
{
  ChorusCanvasTexture *self = data;

  g_clear_pointer (&self->image, chorus_image_unref);
  g_clear_pointer (&self->picture, chorus_picture_unref);
  g_free (self);
}

static void
chorus_canvas_stand_in_clear (gpointer data)
{
  ChorusCanvasStandIn *self = data;

  g_clear_pointer (&self->picture, chorus_picture_unref);
}

static gboolean
chorus_spectrogram_canvas_covers_screen (ChorusSpectrogramCanvas *self)
{
  gint64 first = self->first_column / CHORUS_IMAGE_WIDTH;
  gint64 last = (self->first_column + self->n_columns - 1) / CHORUS_IMAGE_WIDTH;

  for (gint64 i = first; i <= last; i++)
    {
      if (!g_hash_table_contains (self->textures, &i))
        return FALSE;
    }

  return self->n_columns > 0;
}

/* Takes over what the image cache has that is new, and drops what it has no more. */
static void
chorus_spectrogram_canvas_update_textures (ChorusSpectrogramCanvas *self)
{
  gint64 first = self->first_column / CHORUS_IMAGE_WIDTH;
  gint64 last = (self->first_column + self->n_columns - 1) / CHORUS_IMAGE_WIDTH;
  GHashTableIter iter;
  ChorusCanvasTexture *texture = NULL;

  g_hash_table_iter_init (&iter, self->textures);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &texture))
    {
      if (texture->image->index < first - 1 || texture->image->index > last + 1)
        g_hash_table_iter_remove (&iter);
    }
  for (gint64 i = first; i <= last; i++)
    {
      ChorusImage *image = chorus_image_cache_lookup (self->images, i);

      texture = g_hash_table_lookup (self->textures, &i);
      if (!image || (texture && texture->image == image))
        continue;
      texture = g_new0 (ChorusCanvasTexture, 1);
      texture->image = chorus_image_ref (image);
      texture->picture = chorus_picture_new (image->pixels, CHORUS_IMAGE_WIDTH, (int) image->height);
      g_hash_table_replace (self->textures, &texture->image->index, texture);
    }
  if (chorus_spectrogram_canvas_covers_screen (self))
    g_array_set_size (self->stand_ins, 0);
}

/* What is on the screen becomes the stand-in for what will be, unless it never got there itself. */
static void
chorus_spectrogram_canvas_keep_stand_ins (ChorusSpectrogramCanvas *self)
{
  double sample_rate = chorus_view_session_get_sample_rate (self->session);
  GHashTableIter iter;
  ChorusCanvasTexture *texture = NULL;

  if (g_hash_table_size (self->textures) > 0 && sample_rate > 0)
    {
      gboolean covers = chorus_spectrogram_canvas_covers_screen (self);

      /* Not one view of a fast zoom upon another: each costs as much to draw as the last. */
      g_array_set_size (self->stand_ins, covers ? 0 : MIN (self->n_covering, self->stand_ins->len));
      g_hash_table_iter_init (&iter, self->textures);
      while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &texture))
        {
          double length = CHORUS_IMAGE_WIDTH * self->view.samples_per_pixel / sample_rate;
          ChorusCanvasStandIn stand_in = {
            .picture = chorus_picture_ref (texture->picture),
            .span = { (double) texture->image->index * length, (double) (texture->image->index + 1) * length },
            .band = self->band,
            .scale = self->view.scale,
          };

          g_array_append_val (self->stand_ins, stand_in);
        }
      if (covers)
        self->n_covering = self->stand_ins->len;
    }
  g_hash_table_remove_all (self->textures);
}

static void
chorus_spectrogram_canvas_images_changed_cb (ChorusSpectrogramCanvas *self)
{
  g_assert (CHORUS_IS_SPECTROGRAM_CANVAS (self));

  chorus_spectrogram_canvas_update_textures (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Brings the image cache in line with the session and the size of the widget. */
static void
chorus_spectrogram_canvas_update (ChorusSpectrogramCanvas *self)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  int width = gtk_widget_get_width (GTK_WIDGET (self)) * scale;
  int height = gtk_widget_get_height (GTK_WIDGET (self)) * scale;
  ChorusImageView view = { 0 };
  ChorusImageColors colors = { 0 };
  ChorusFrequencyBand band = { 0 };
  double sample_rate = 0.0;
  double length = 0.0;
  double bin_width = 0.0;
  gboolean removed = FALSE;
  ChorusLevelBackground *background = NULL;

  gtk_widget_queue_draw (GTK_WIDGET (self));
  if (!self->images || width <= 0 || height <= 0)
    return;
  removed = chorus_view_session_get_background (self->session) == CHORUS_BACKGROUND_MODE_REMOVED;
  background = chorus_view_session_get_level_background (self->session);
  /* What was on the screen stays until it is known what to take away. */
  if (removed && !background)
    return;
  sample_rate = chorus_view_session_get_sample_rate (self->session);
  length = chorus_view_session_get_visible_length (self->session);
  band = chorus_view_session_get_visible_band (self->session);
  if (!(length > 0.0) || !(band.high > band.low))
    return;

  bin_width = sample_rate / chorus_view_session_get_window_length (self->session);
  view.samples_per_pixel = length * sample_rate / width;
  view.low = band.low / bin_width;
  view.high = band.high / bin_width;
  view.height = (guint) height;
  view.scale = chorus_view_session_get_frequency_scale (self->session);
  view.bin_width = bin_width;
  colors.map = chorus_view_session_get_color_map (self->session);
  colors.low_db = chorus_view_session_get_low_db (self->session);
  colors.high_db = chorus_view_session_get_high_db (self->session);
  if (removed)
    {
      colors.low_db += CHORUS_LEVEL_BACKGROUND_SHIFT_DB;
      colors.high_db += CHORUS_LEVEL_BACKGROUND_SHIFT_DB;
    }

  if (!chorus_image_view_equal (&view, &self->view) || background != self->background)
    chorus_spectrogram_canvas_keep_stand_ins (self);
  self->background = background;
  chorus_image_cache_set_background (self->images, background);
  self->view = view;
  self->band = band;
  self->first_column =
    llround (chorus_view_session_get_visible_span (self->session).start * sample_rate / view.samples_per_pixel);
  self->n_columns = (guint) width;
  chorus_image_cache_set_view (self->images, &view, &colors, self->first_column, self->n_columns);
  chorus_spectrogram_canvas_update_textures (self);
}

/* Other transforms or another recording: images are not comparable any more. */
static void
chorus_spectrogram_canvas_replace_images (ChorusSpectrogramCanvas *self)
{
  ChorusTileCache *tiles = chorus_plot_get_channel_tiles (self->session, self->channel);

  if (self->images)
    g_signal_handlers_disconnect_by_data (self->images, self);
  g_clear_object (&self->images);
  if (!tiles)
    return;
  self->images = chorus_image_cache_new (tiles, chorus_view_session_get_job_queue (self->session));
  g_signal_connect_object (self->images, "changed", G_CALLBACK (chorus_spectrogram_canvas_images_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
chorus_spectrogram_canvas_source_cb (ChorusSpectrogramCanvas *self)
{
  g_assert (CHORUS_IS_SPECTROGRAM_CANVAS (self));

  g_hash_table_remove_all (self->textures);
  g_array_set_size (self->stand_ins, 0);
  self->view = (ChorusImageView){ 0 };
  self->n_columns = 0;
  chorus_spectrogram_canvas_replace_images (self);
  chorus_spectrogram_canvas_update (self);
}

static void
chorus_spectrogram_canvas_channel_cb (ChorusSpectrogramCanvas *self)
{
  g_assert (CHORUS_IS_SPECTROGRAM_CANVAS (self));

  if (self->channel == CHORUS_CHANNEL_MIX)
    chorus_spectrogram_canvas_source_cb (self);
}

static void
chorus_spectrogram_canvas_stft_cb (ChorusSpectrogramCanvas *self)
{
  g_assert (CHORUS_IS_SPECTROGRAM_CANVAS (self));

  chorus_spectrogram_canvas_keep_stand_ins (self);
  chorus_spectrogram_canvas_replace_images (self);
  chorus_spectrogram_canvas_update (self);
}

/* Draws a picture of an earlier view where it belongs now: as a whole, or in strips where it was drawn on another scale. */
static void
chorus_spectrogram_canvas_snapshot_stand_in (const ChorusCanvasStandIn *stand_in,
                                             GtkWidget                 *widget,
                                             GtkSnapshot               *snapshot,
                                             const ChorusAxis          *axis,
                                             double                     left,
                                             double                     right)
{
  int n_strips = stand_in->scale == axis->scale ? 1 : STRIPS;
  ChorusAxis old = { stand_in->band.low, stand_in->band.high, n_strips, TRUE, stand_in->scale };

  for (int i = 0; i < n_strips; i++)
    {
      double top = chorus_axis_to_position (axis, chorus_axis_to_value (&old, i));
      double bottom = chorus_axis_to_position (axis, chorus_axis_to_value (&old, i + 1));
      double height = (bottom - top) * n_strips;
      graphene_rect_t strip =
        GRAPHENE_RECT_INIT ((float) left, (float) top, (float) (right - left), (float) (bottom - top));

      if (bottom <= 0 || top >= axis->length || bottom <= top)
        continue;
      gtk_snapshot_push_clip (snapshot, &strip);
      chorus_picture_snapshot (stand_in->picture, widget, snapshot,
                               &GRAPHENE_RECT_INIT ((float) left, (float) (top - height * i / n_strips),
                                                    (float) (right - left), (float) height));
      gtk_snapshot_pop (snapshot);
    }
}

static void
chorus_spectrogram_canvas_snapshot_stand_ins (ChorusSpectrogramCanvas *self,
                                              GtkSnapshot             *snapshot)
{
  ChorusAxis time_axis = { 0 };
  ChorusAxis frequency_axis = { 0 };

  if (!chorus_plot_get_time_axis (self->session, GTK_WIDGET (self), &time_axis)
      || !chorus_plot_get_frequency_axis (self->session, GTK_WIDGET (self), &frequency_axis))
    return;
  for (guint i = 0; i < self->stand_ins->len; i++)
    {
      const ChorusCanvasStandIn *stand_in = &g_array_index (self->stand_ins, ChorusCanvasStandIn, i);
      double left = chorus_axis_to_position (&time_axis, stand_in->span.start);
      double right = chorus_axis_to_position (&time_axis, stand_in->span.end);

      if (right >= 0 && left <= time_axis.length)
        chorus_spectrogram_canvas_snapshot_stand_in (stand_in, GTK_WIDGET (self), snapshot, &frequency_axis, left,
                                                     right);
    }
}

static void
chorus_spectrogram_canvas_snapshot (GtkWidget   *widget,
                                    GtkSnapshot *snapshot)
{
  ChorusSpectrogramCanvas *self = CHORUS_SPECTROGRAM_CANVAS (widget);
  float scale = (float) gtk_widget_get_scale_factor (widget);
  GdkRGBA floor_color = { 0 };
  gint64 first = 0;
  gint64 last = 0;

  if (!self->session)
    return;
  floor_color = chorus_style_get_floor (chorus_view_session_get_color_map (self->session));
  gtk_snapshot_append_color (snapshot, &floor_color,
                             &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (widget),
                                                  (float) gtk_widget_get_height (widget)));
  if (self->n_columns == 0)
    return;

  chorus_spectrogram_canvas_snapshot_stand_ins (self, snapshot);
  first = self->first_column / CHORUS_IMAGE_WIDTH;
  last = (self->first_column + self->n_columns - 1) / CHORUS_IMAGE_WIDTH;
  for (gint64 i = first; i <= last; i++)
    {
      const ChorusCanvasTexture *texture = g_hash_table_lookup (self->textures, &i);

      /* A texture counts device pixels, and a widget counts logical ones. */
      if (texture)
        chorus_picture_snapshot (texture->picture, widget, snapshot,
                                 &GRAPHENE_RECT_INIT ((float) (i * CHORUS_IMAGE_WIDTH - self->first_column) / scale, 0,
                                                      CHORUS_IMAGE_WIDTH / scale, (float) self->view.height / scale));
    }
}

static void
chorus_spectrogram_canvas_size_allocate (GtkWidget *widget,
                                         int        width,
                                         int        height,
                                         int        baseline)
{
  chorus_spectrogram_canvas_update (CHORUS_SPECTROGRAM_CANVAS (widget));
}

void
chorus_spectrogram_canvas_set_session (ChorusSpectrogramCanvas *self,
                                       ChorusViewSession       *session)
{
  static const char *const view_names[] = {
    "notify::visible-start", "notify::visible-end", "notify::low",     "notify::high",      "notify::frequency-scale",
    "notify::background",    "notify::low-db",      "notify::high-db", "notify::color-map",
  };
  static const char *const stft_names[] = {
    "notify::window-length",
    "notify::overlap",
    "notify::window-function",
    "notify::kaiser-beta",
  };

  g_return_if_fail (CHORUS_IS_SPECTROGRAM_CANVAS (self));

  if (self->session)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session)
    {
      g_signal_connect_object (session, "notify::source", G_CALLBACK (chorus_spectrogram_canvas_source_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session, "notify::channel", G_CALLBACK (chorus_spectrogram_canvas_channel_cb), self,
                               G_CONNECT_SWAPPED);
      for (gsize i = 0; i < G_N_ELEMENTS (view_names); i++)
        g_signal_connect_object (session, view_names[i], G_CALLBACK (chorus_spectrogram_canvas_update), self,
                                 G_CONNECT_SWAPPED);
      for (gsize i = 0; i < G_N_ELEMENTS (stft_names); i++)
        g_signal_connect_object (session, stft_names[i], G_CALLBACK (chorus_spectrogram_canvas_stft_cb), self,
                                 G_CONNECT_SWAPPED);
    }
  chorus_spectrogram_canvas_source_cb (self);
}

void
chorus_spectrogram_canvas_set_channel (ChorusSpectrogramCanvas *self,
                                       int                      channel)
{
  g_return_if_fail (CHORUS_IS_SPECTROGRAM_CANVAS (self));
  g_return_if_fail (!self->session);

  self->channel = channel;
}

double
chorus_spectrogram_canvas_get_samples_per_pixel (ChorusSpectrogramCanvas *self)
{
  g_return_val_if_fail (CHORUS_IS_SPECTROGRAM_CANVAS (self), 0.0);

  return self->view.samples_per_pixel;
}

static void
chorus_spectrogram_canvas_dispose (GObject *object)
{
  ChorusSpectrogramCanvas *self = CHORUS_SPECTROGRAM_CANVAS (object);

  if (self->images)
    g_signal_handlers_disconnect_by_data (self->images, self);
  g_clear_object (&self->images);
  g_clear_object (&self->session);
  g_hash_table_remove_all (self->textures);

  G_OBJECT_CLASS (chorus_spectrogram_canvas_parent_class)->dispose (object);
}

static void
chorus_spectrogram_canvas_finalize (GObject *object)
{
  ChorusSpectrogramCanvas *self = CHORUS_SPECTROGRAM_CANVAS (object);

  g_clear_pointer (&self->textures, g_hash_table_unref);
  g_clear_pointer (&self->stand_ins, g_array_unref);

  G_OBJECT_CLASS (chorus_spectrogram_canvas_parent_class)->finalize (object);
}

static void
chorus_spectrogram_canvas_class_init (ChorusSpectrogramCanvasClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_spectrogram_canvas_dispose;
  object_class->finalize = chorus_spectrogram_canvas_finalize;
  widget_class->snapshot = chorus_spectrogram_canvas_snapshot;
  widget_class->size_allocate = chorus_spectrogram_canvas_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
chorus_spectrogram_canvas_init (ChorusSpectrogramCanvas *self)
{
  self->textures = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, chorus_canvas_texture_free);
  self->stand_ins = g_array_new (FALSE, FALSE, sizeof (ChorusCanvasStandIn));
  g_array_set_clear_func (self->stand_ins, chorus_canvas_stand_in_clear);
  self->channel = CHORUS_CHANNEL_MIX;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (chorus_spectrogram_canvas_update), NULL);
}

GtkWidget *
chorus_spectrogram_canvas_new (void)
{
  return g_object_new (CHORUS_TYPE_SPECTROGRAM_CANVAS, NULL);
}
