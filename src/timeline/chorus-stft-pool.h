/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "dsp/chorus-stft.h"

G_BEGIN_DECLS

/**
 * ChorusStftPool:
 *
 * Transforms to borrow. One of them serves one thread at a time, and to plan one costs more than to use it once.
 * Counted; may be used from any thread.
 */
typedef struct _ChorusStftPool ChorusStftPool;

ChorusStftPool *chorus_stft_pool_new (void) G_GNUC_WARN_UNUSED_RESULT;

ChorusStftPool *chorus_stft_pool_ref (ChorusStftPool *self);

void chorus_stft_pool_unref (ChorusStftPool *self);

/**
 * chorus_stft_pool_take:
 * @self: a pool
 * @params: what the transform is made of
 *
 * Returns: (transfer full) (nullable): a transform, or %NULL when @params is out of range; give it back with
 *   [method@StftPool.give_back]
 */
ChorusStft *chorus_stft_pool_take (ChorusStftPool         *self,
                                   const ChorusStftParams *params);

/**
 * chorus_stft_pool_give_back:
 * @self: a pool
 * @params: what the transform is made of
 * @stft: (transfer full): a transform
 */
void chorus_stft_pool_give_back (ChorusStftPool         *self,
                                 const ChorusStftParams *params,
                                 ChorusStft             *stft);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ChorusStftPool, chorus_stft_pool_unref)

G_END_DECLS
