/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-throttle.h"

/* The least that is handed out, in bytes, unless less is wanted. */
#define CHORUS_THROTTLE_QUANTUM 1024

/* How much can be saved up: this part of a second, so that a reader who looks a little late loses nothing. */
#define CHORUS_THROTTLE_SAVED_PER_SECOND 20

/* How much is worth waking up for: this part of a second. */
#define CHORUS_THROTTLE_WAKES_PER_SECOND 50

struct _ChorusThrottle
{
  GObject parent_instance;

  ChorusThrottleClock clock;
  gpointer clock_data;

  GMutex mutex;

  /* Under the mutex. */
  guint64 rate;
  gint64 settled_at;
  gint64 credit; /* in millionths of a byte, so that nothing is lost to rounding */
};

enum
{
  PROP_0,
  PROP_RATE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusThrottle, chorus_throttle, G_TYPE_OBJECT)

static gint64
chorus_throttle_real_clock (gpointer user_data)
{
  return g_get_monotonic_time ();
}

/* With the mutex held: credits the time that has gone by, of which no more counts than fills the bucket. */
static void
chorus_throttle_settle (ChorusThrottle *self)
{
  gint64 now = self->clock (self->clock_data);
  gint64 elapsed = MAX (now - self->settled_at, 0);
  gint64 rate = (gint64) self->rate;
  gint64 saved = MAX (rate / CHORUS_THROTTLE_SAVED_PER_SECOND, 2 * CHORUS_THROTTLE_QUANTUM) * G_USEC_PER_SEC;

  self->settled_at = MAX (self->settled_at, now);
  if (rate == 0)
    self->credit = 0;
  else if (elapsed > saved / rate)
    self->credit = saved;
  else
    self->credit = MIN (self->credit + elapsed * rate, saved);
}

static void
chorus_throttle_finalize (GObject *object)
{
  ChorusThrottle *self = CHORUS_THROTTLE (object);

  g_mutex_clear (&self->mutex);

  G_OBJECT_CLASS (chorus_throttle_parent_class)->finalize (object);
}

static void
chorus_throttle_get_property (GObject    *object,
                              guint       property_id,
                              GValue     *value,
                              GParamSpec *spec)
{
  switch (property_id)
    {
    case PROP_RATE:
      g_value_set_uint64 (value, chorus_throttle_get_rate (CHORUS_THROTTLE (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, spec);
    }
}

static void
chorus_throttle_set_property (GObject      *object,
                              guint         property_id,
                              const GValue *value,
                              GParamSpec   *spec)
{
  switch (property_id)
    {
    case PROP_RATE:
      chorus_throttle_set_rate (CHORUS_THROTTLE (object), g_value_get_uint64 (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, spec);
    }
}

static void
chorus_throttle_class_init (ChorusThrottleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = chorus_throttle_finalize;
  object_class->get_property = chorus_throttle_get_property;
  object_class->set_property = chorus_throttle_set_property;

  /**
   * ChorusThrottle:rate:
   *
   * The limit, in bytes per second, or 0 for none.
   */
  properties[PROP_RATE] = g_param_spec_uint64 ("rate", NULL, NULL, 0, CHORUS_THROTTLE_MAX_RATE, 0,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_throttle_init (ChorusThrottle *self)
{
  g_mutex_init (&self->mutex);
  self->clock = chorus_throttle_real_clock;
}

ChorusThrottle *
chorus_throttle_new (void)
{
  return g_object_new (CHORUS_TYPE_THROTTLE, NULL);
}

ChorusThrottle *
chorus_throttle_new_with_clock (ChorusThrottleClock clock,
                                gpointer            user_data)
{
  g_return_val_if_fail (clock != NULL, NULL);

  ChorusThrottle *self = chorus_throttle_new ();

  self->clock = clock;
  self->clock_data = user_data;

  return self;
}

guint64
chorus_throttle_get_rate (ChorusThrottle *self)
{
  g_return_val_if_fail (CHORUS_IS_THROTTLE (self), 0);

  guint64 rate = 0;

  g_mutex_lock (&self->mutex);
  rate = self->rate;
  g_mutex_unlock (&self->mutex);

  return rate;
}

void
chorus_throttle_set_rate (ChorusThrottle *self,
                          guint64         rate)
{
  g_return_if_fail (CHORUS_IS_THROTTLE (self));

  gboolean changed = FALSE;

  rate = MIN (rate, CHORUS_THROTTLE_MAX_RATE);

  g_mutex_lock (&self->mutex);
  changed = rate != self->rate;
  if (changed)
    {
      /* What was saved up under the old limit counts only as far as the new one would have saved it. */
      chorus_throttle_settle (self);
      self->rate = rate;
      chorus_throttle_settle (self);
    }
  g_mutex_unlock (&self->mutex);

  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RATE]);
}

gsize
chorus_throttle_take (ChorusThrottle *self,
                      gsize           wanted)
{
  g_return_val_if_fail (CHORUS_IS_THROTTLE (self), 0);

  gsize taken = wanted;

  g_mutex_lock (&self->mutex);
  if (self->rate > 0)
    {
      chorus_throttle_settle (self);
      taken = (gsize) MIN ((guint64) wanted, (guint64) (self->credit / G_USEC_PER_SEC));
      if (taken < MIN (wanted, CHORUS_THROTTLE_QUANTUM))
        taken = 0;
      self->credit -= (gint64) taken * G_USEC_PER_SEC;
    }
  g_mutex_unlock (&self->mutex);

  return taken;
}

gint64
chorus_throttle_get_wait (ChorusThrottle *self,
                          gsize           wanted)
{
  g_return_val_if_fail (CHORUS_IS_THROTTLE (self), 0);

  gint64 wait = 0;

  g_mutex_lock (&self->mutex);
  if (self->rate > 0)
    {
      gint64 rate = (gint64) self->rate;
      gint64 worth =
        MIN (MAX (rate / CHORUS_THROTTLE_WAKES_PER_SECOND, CHORUS_THROTTLE_QUANTUM), (gint64) MIN (wanted, G_MAXINT32));

      chorus_throttle_settle (self);
      if (self->credit < MIN (worth, CHORUS_THROTTLE_QUANTUM) * G_USEC_PER_SEC)
        wait = (worth * G_USEC_PER_SEC - self->credit + rate - 1) / rate;
    }
  g_mutex_unlock (&self->mutex);

  return wait;
}
