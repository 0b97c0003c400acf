/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "library/chorus-detection.h"
#include "timeline/chorus-clip-painter.h"

G_BEGIN_DECLS

/* The size of a picture, in logical pixels. */
#define CHORUS_CLIP_PICTURE_WIDTH 240
#define CHORUS_CLIP_PICTURE_HEIGHT 160

#define CHORUS_TYPE_CLIP_PICTURE (chorus_clip_picture_get_type ())

/**
 * ChorusClipPicture:
 *
 * The spectrogram of one detection, with where it is in it and what of it is being heard.
 */
G_DECLARE_FINAL_TYPE (ChorusClipPicture, chorus_clip_picture, CHORUS, CLIP_PICTURE, GtkWidget)

/**
 * chorus_clip_picture_new:
 *
 * Returns: a picture of nothing yet
 */
GtkWidget *chorus_clip_picture_new (void);

/**
 * chorus_clip_picture_set_image:
 * @self: a picture
 * @image: (nullable): what is drawn
 * @detection: (nullable): where the detection is that it shows
 */
void chorus_clip_picture_set_image (ChorusClipPicture *self,
                                    ChorusClipImage   *image,
                                    ChorusDetection   *detection);

/**
 * chorus_clip_picture_set_position:
 * @self: a picture
 * @position: what is being heard, in seconds from the start of the recording, or NaN
 */
void chorus_clip_picture_set_position (ChorusClipPicture *self,
                                       double             position);

G_END_DECLS
