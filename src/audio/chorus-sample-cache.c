/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-sample-cache.h"

#include <math.h>

/* A quarter of a second in a block, as far as a million samples reach. */
#define CHORUS_SAMPLE_CACHE_BLOCKS_PER_SECOND 4
#define CHORUS_SAMPLE_CACHE_MAX_SAMPLES (1 << 20)
#define CHORUS_SAMPLE_CACHE_MIN_FRAMES 1024
#define CHORUS_SAMPLE_CACHE_N_BLOCKS 4
#define CHORUS_SAMPLE_CACHE_MAX_SAMPLE 1e9f

typedef struct
{
  float *samples;
  guint64 index;
  guint64 used; /* 0 for never */
} ChorusSampleCacheBlock;

struct _ChorusSampleCache
{
  ChorusSampleSource *source;
  gsize block_frames;
  ChorusSampleCacheBlock blocks[CHORUS_SAMPLE_CACHE_N_BLOCKS];
  guint64 n_uses;
};

ChorusSampleCache *
chorus_sample_cache_new (ChorusSampleSource *source)
{
  ChorusSampleCache *self = g_new0 (ChorusSampleCache, 1);
  double n_frames = chorus_sample_source_get_sample_rate (source) / CHORUS_SAMPLE_CACHE_BLOCKS_PER_SECOND;
  double most = (double) CHORUS_SAMPLE_CACHE_MAX_SAMPLES / chorus_sample_source_get_channels (source);

  self->source = g_object_ref (source);
  self->block_frames = (gsize) MAX (MIN (MAX (n_frames, CHORUS_SAMPLE_CACHE_MIN_FRAMES), most), 1);

  return self;
}

void
chorus_sample_cache_free (ChorusSampleCache *self)
{
  if (self == NULL)
    return;

  for (gsize i = 0; i < CHORUS_SAMPLE_CACHE_N_BLOCKS; i++)
    g_free (self->blocks[i].samples);
  g_clear_object (&self->source);
  g_free (self);
}

static gboolean
chorus_sample_cache_fill (ChorusSampleCache       *self,
                          ChorusSampleCacheBlock  *block,
                          guint64                  index,
                          GError                 **error)
{
  gsize n_samples = self->block_frames * chorus_sample_source_get_channels (self->source);

  block->used = 0;
  if (block->samples == NULL)
    block->samples = g_new (float, n_samples);
  if (!chorus_sample_source_read (self->source, index * self->block_frames, self->block_frames, block->samples, NULL,
                                  error))
    return FALSE;

  for (gsize i = 0; i < n_samples; i++)
    {
      float sample = block->samples[i];

      block->samples[i] =
        isnan (sample) ? 0 : CLAMP (sample, -CHORUS_SAMPLE_CACHE_MAX_SAMPLE, CHORUS_SAMPLE_CACHE_MAX_SAMPLE);
    }
  block->index = index;

  return TRUE;
}

const float *
chorus_sample_cache_peek (ChorusSampleCache  *self,
                          guint64             frame,
                          gsize              *n_frames,
                          GError            **error)
{
  guint64 index = frame / self->block_frames;
  gsize offset = (gsize) (frame % self->block_frames);
  ChorusSampleCacheBlock *found = NULL;
  ChorusSampleCacheBlock *oldest = self->blocks;

  g_return_val_if_fail (frame < chorus_sample_source_get_n_frames (self->source), NULL);

  for (ChorusSampleCacheBlock *block = self->blocks; block < self->blocks + CHORUS_SAMPLE_CACHE_N_BLOCKS; block++)
    {
      if (block->used > 0 && block->index == index)
        found = block;
      if (block->used < oldest->used)
        oldest = block;
    }

  if (found == NULL)
    {
      if (!chorus_sample_cache_fill (self, oldest, index, error))
        return NULL;
      found = oldest;
    }

  found->used = ++self->n_uses;
  *n_frames =
    (gsize) MIN ((guint64) (self->block_frames - offset), chorus_sample_source_get_n_frames (self->source) - frame);

  return found->samples + offset * chorus_sample_source_get_channels (self->source);
}
