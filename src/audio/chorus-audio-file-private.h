/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-audio-file.h"

G_BEGIN_DECLS

/* Takes a file that is open already, @descriptor, and calls it @name. For the fuzz targets, which make a file of each of
 * millions of inputs. NULL for what is not a regular file or has no bytes; @descriptor is closed then, too. */
ChorusAudioFile *chorus_audio_file_new_for_descriptor (int         descriptor,
                                                       const char *name);

G_END_DECLS
