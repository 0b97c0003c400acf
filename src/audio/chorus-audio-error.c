/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-audio-error.h"

G_DEFINE_QUARK (chorus-audio-error-quark, chorus_audio_error)
