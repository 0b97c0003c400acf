/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-clip-picture.h"

#include <math.h>

#include "timeline/chorus-axis.h"

#include "chorus-picture.h"
#include "chorus-style.h"

#define CORNER 6.0f
#define BOX_WIDTH 1.5f
/* How much of the color of silence lies over what is around the detection. */
#define AROUND_ALPHA 0.5f
#define EMPTY_ALPHA 0.06f

struct _ChorusClipPicture
{
  GtkWidget parent_instance;

  ChorusClipImage *image;
  ChorusPicture *picture;
  ChorusDetection *detection;
  double position;
};

G_DEFINE_FINAL_TYPE (ChorusClipPicture, chorus_clip_picture, GTK_TYPE_WIDGET)

static void
chorus_clip_picture_snapshot_detection (ChorusClipPicture *self,
                                        GtkSnapshot       *snapshot,
                                        float              width,
                                        float              height)
{
  ChorusAxis time = { self->image->span.start, self->image->span.end, (double) width, FALSE,
                      CHORUS_FREQUENCY_SCALE_LINEAR };
  ChorusAxis frequency = { self->image->band.low, self->image->band.high, (double) height, TRUE, self->image->scale };
  GdkRGBA background = chorus_style_get_floor (self->image->map);
  GdkRGBA color = chorus_style_get_palette_on (chorus_detection_get_color (self->detection), &background);
  double low = chorus_detection_get_low (self->detection);
  double high = chorus_detection_get_high (self->detection);
  float left = (float) round (chorus_axis_to_position (&time, chorus_detection_get_start (self->detection)));
  float right = (float) round (chorus_axis_to_position (&time, chorus_detection_get_end (self->detection)));
  float top = 0.0f;
  float bottom = height;

  left = CLAMP (left, 0.0f, width);
  right = CLAMP (right, left, width);
  background.alpha = AROUND_ALPHA;
  gtk_snapshot_append_color (snapshot, &background, &GRAPHENE_RECT_INIT (0, 0, left, height));
  gtk_snapshot_append_color (snapshot, &background, &GRAPHENE_RECT_INIT (right, 0, width - right, height));
  if (isnan (low) || isnan (high))
    {
      gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (left, 0, BOX_WIDTH, height));
      gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (right - BOX_WIDTH, 0, BOX_WIDTH, height));
      return;
    }

  top = CLAMP ((float) chorus_axis_to_position (&frequency, MIN (high, self->image->band.high)), 0.0f, height);
  bottom = CLAMP ((float) chorus_axis_to_position (&frequency, MAX (low, self->image->band.low)), top, height);
  gtk_snapshot_append_border (snapshot,
                              &GSK_ROUNDED_RECT_INIT (left, floorf (top), right - left, ceilf (bottom) - floorf (top)),
                              (const float[]){ BOX_WIDTH, BOX_WIDTH, BOX_WIDTH, BOX_WIDTH },
                              (const GdkRGBA[]){ color, color, color, color });
}

static void
chorus_clip_picture_snapshot (GtkWidget   *widget,
                              GtkSnapshot *snapshot)
{
  ChorusClipPicture *self = CHORUS_CLIP_PICTURE (widget);
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  GskRoundedRect rounded;

  gsk_rounded_rect_init_from_rect (&rounded, &bounds, CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &rounded);
  if (self->picture == NULL)
    {
      GdkRGBA color = chorus_style_get_text_color (widget);

      color.alpha *= EMPTY_ALPHA;
      gtk_snapshot_append_color (snapshot, &color, &bounds);
    }
  else
    {
      chorus_picture_snapshot (self->picture, widget, snapshot, &bounds);
      chorus_clip_picture_snapshot_detection (self, snapshot, width, height);
    }
  if (self->picture != NULL && !isnan (self->position))
    {
      GdkRGBA color = chorus_style_get_plot_ink (self->image->map);
      double part = (self->position - self->image->span.start) / (self->image->span.end - self->image->span.start);

      if (part >= 0.0 && part <= 1.0)
        gtk_snapshot_append_color (snapshot, &color,
                                   &GRAPHENE_RECT_INIT (floorf ((float) part * (width - 1.0f)), 0, 1, height));
    }
  gtk_snapshot_pop (snapshot);
}

static void
chorus_clip_picture_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  *minimum = *natural =
    orientation == GTK_ORIENTATION_HORIZONTAL ? CHORUS_CLIP_PICTURE_WIDTH : CHORUS_CLIP_PICTURE_HEIGHT;
}

static void
chorus_clip_picture_dispose (GObject *object)
{
  chorus_clip_picture_set_image (CHORUS_CLIP_PICTURE (object), NULL, NULL);

  G_OBJECT_CLASS (chorus_clip_picture_parent_class)->dispose (object);
}

static void
chorus_clip_picture_class_init (ChorusClipPictureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_clip_picture_dispose;
  widget_class->snapshot = chorus_clip_picture_snapshot;
  widget_class->measure = chorus_clip_picture_measure;

  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
chorus_clip_picture_init (ChorusClipPicture *self)
{
  self->position = NAN;
}

GtkWidget *
chorus_clip_picture_new (void)
{
  return g_object_new (CHORUS_TYPE_CLIP_PICTURE, NULL);
}

void
chorus_clip_picture_set_image (ChorusClipPicture *self,
                               ChorusClipImage   *image,
                               ChorusDetection   *detection)
{
  g_return_if_fail (CHORUS_IS_CLIP_PICTURE (self));
  g_return_if_fail ((image == NULL) == (detection == NULL));

  g_set_object (&self->detection, detection);
  if (self->image == image)
    return;

  g_clear_pointer (&self->picture, chorus_picture_unref);
  g_clear_pointer (&self->image, chorus_clip_image_unref);
  if (image != NULL)
    {
      self->image = chorus_clip_image_ref (image);
      self->picture = chorus_picture_new (image->pixels, (int) image->width, (int) image->height);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
chorus_clip_picture_set_position (ChorusClipPicture *self,
                                  double             position)
{
  g_return_if_fail (CHORUS_IS_CLIP_PICTURE (self));

  if (self->position == position || (isnan (self->position) && isnan (position)))
    return;

  self->position = position;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
