/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-stft-pool.h"

/* Idle transforms that are kept: enough for the threads of a large machine. */
#define MOST_IDLE 16

typedef struct
{
  ChorusStftParams params;
  ChorusStft *stft;
} ChorusIdleStft;

struct _ChorusStftPool
{
  GMutex mutex;
  /* Guarded by @mutex; the one that was used last stands last. */
  GArray *idle;
};

static void
chorus_idle_stft_clear (gpointer data)
{
  ChorusIdleStft *idle = data;

  g_clear_pointer (&idle->stft, chorus_stft_free);
}

static void
chorus_stft_pool_clear (gpointer data)
{
  ChorusStftPool *self = data;

  g_clear_pointer (&self->idle, g_array_unref);
  g_mutex_clear (&self->mutex);
}

ChorusStftPool *
chorus_stft_pool_new (void)
{
  ChorusStftPool *self = g_atomic_rc_box_new0 (ChorusStftPool);

  g_mutex_init (&self->mutex);
  self->idle = g_array_new (FALSE, FALSE, sizeof (ChorusIdleStft));
  g_array_set_clear_func (self->idle, chorus_idle_stft_clear);

  return self;
}

ChorusStftPool *
chorus_stft_pool_ref (ChorusStftPool *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
chorus_stft_pool_unref (ChorusStftPool *self)
{
  g_atomic_rc_box_release_full (self, chorus_stft_pool_clear);
}

static gboolean
chorus_stft_params_equal (const ChorusStftParams *a,
                          const ChorusStftParams *b)
{
  return a->window_length == b->window_length && a->hop == b->hop && a->function == b->function
         && a->kaiser_beta == b->kaiser_beta;
}

ChorusStft *
chorus_stft_pool_take (ChorusStftPool         *self,
                       const ChorusStftParams *params)
{
  ChorusStft *stft = NULL;

  g_mutex_lock (&self->mutex);
  for (guint i = self->idle->len; i > 0 && !stft; i--)
    {
      ChorusIdleStft *idle = &g_array_index (self->idle, ChorusIdleStft, i - 1);

      if (chorus_stft_params_equal (&idle->params, params))
        {
          stft = g_steal_pointer (&idle->stft);
          g_array_remove_index (self->idle, i - 1);
        }
    }
  g_mutex_unlock (&self->mutex);

  return stft ? stft : chorus_stft_new (params);
}

void
chorus_stft_pool_give_back (ChorusStftPool         *self,
                            const ChorusStftParams *params,
                            ChorusStft             *stft)
{
  ChorusIdleStft idle = { *params, stft };

  g_mutex_lock (&self->mutex);
  g_array_append_val (self->idle, idle);
  if (self->idle->len > MOST_IDLE)
    g_array_remove_index (self->idle, 0);
  g_mutex_unlock (&self->mutex);
}
