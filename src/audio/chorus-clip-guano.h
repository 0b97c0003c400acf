/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "chorus-clip.h"

G_BEGIN_DECLS

/**
 * chorus_clip_guano_new:
 * @clip: a clip
 * @original: (nullable): the GUANO metadata of the recording
 *
 * Makes the contents of the chunk `guan` of a clip, as GUANO 1.0 has it (https://github.com/riggsd/guano-spec): what the
 * recording says about itself, except for what is otherwise in the clip. GUANO asks for a Timestamp; where nobody knows
 * when the recording began, there is none rather than a false one.
 *
 * Returns: (transfer full): the contents, valid UTF-8
 */
GBytes *chorus_clip_guano_new (const ChorusClip *clip,
                               GBytes           *original) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
