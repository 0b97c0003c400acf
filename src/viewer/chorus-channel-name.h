/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * chorus_channel_name:
 * @channel: a channel, counted from 0
 * @n_channels: how many there are
 *
 * Returns: (transfer full): what people call the channel: "Left" and "Right" of two, and a number of more
 */
char *chorus_channel_name (guint channel,
                           guint n_channels) G_GNUC_WARN_UNUSED_RESULT;

/**
 * chorus_channel_letter:
 * @channel: a channel, counted from 0
 * @n_channels: how many there are
 *
 * Returns: (transfer full): the same in one or two characters
 */
char *chorus_channel_letter (guint channel,
                             guint n_channels) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
