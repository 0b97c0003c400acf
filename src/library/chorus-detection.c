/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-detection.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/chorus-text.h"

struct _ChorusDetection
{
  GObject parent_instance;

  gint64 detection_id;
  gint64 recording_id;
  ChorusDetectionOrigin origin;
  char *scientific_name;
  char *common_name;
  char *display_name;
  double confidence;
  double start;
  double end;
  double low;
  double high;
  guint color;

  ChorusDetectionState state;
  char *held_name;
};

G_DEFINE_FINAL_TYPE (ChorusDetection, chorus_detection, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DETECTION_ID,
  PROP_RECORDING_ID,
  PROP_ORIGIN,
  PROP_SCIENTIFIC_NAME,
  PROP_COMMON_NAME,
  PROP_DISPLAY_NAME,
  PROP_CONFIDENCE,
  PROP_START,
  PROP_END,
  PROP_LOW,
  PROP_HIGH,
  PROP_COLOR,
  PROP_VERDICT,
  PROP_VERDICT_SCIENTIFIC_NAME,
  PROP_VERDICT_COMMON_NAME,
  PROP_HELD_NAME,
  PROP_REVIEWER,
  PROP_REVIEWED_AT,
  PROP_NOTE,
  PROP_STARRED,
  PROP_WITHDRAWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
chorus_detection_has_text (const char *text)
{
  return text && *text != '\0';
}

static char *
chorus_detection_dup_name (const char *scientific_name,
                           const char *common_name)
{
  if (chorus_detection_has_text (common_name))
    return chorus_text_from_name (common_name);
  if (chorus_detection_has_text (scientific_name))
    return chorus_text_from_name (scientific_name);

  return g_strdup (_("Unnamed sound"));
}

static void
chorus_detection_constructed (GObject *object)
{
  ChorusDetection *self = CHORUS_DETECTION (object);

  G_OBJECT_CLASS (chorus_detection_parent_class)->constructed (object);

  self->display_name = chorus_detection_dup_name (self->scientific_name, self->common_name);
}

static void
chorus_detection_finalize (GObject *object)
{
  ChorusDetection *self = CHORUS_DETECTION (object);

  g_clear_pointer (&self->scientific_name, g_free);
  g_clear_pointer (&self->common_name, g_free);
  g_clear_pointer (&self->display_name, g_free);
  g_clear_pointer (&self->held_name, g_free);
  chorus_detection_state_clear (&self->state);

  G_OBJECT_CLASS (chorus_detection_parent_class)->finalize (object);
}

/* What people say. */
static void
chorus_detection_get_state_property (ChorusDetection *self,
                                     guint            property_id,
                                     GValue          *value)
{
  switch (property_id)
    {
    case PROP_VERDICT:
      g_value_set_enum (value, self->state.verdict);
      break;

    case PROP_VERDICT_SCIENTIFIC_NAME:
      g_value_set_string (value, self->state.scientific_name);
      break;

    case PROP_VERDICT_COMMON_NAME:
      g_value_set_string (value, self->state.common_name);
      break;

    case PROP_HELD_NAME:
      g_value_set_string (value, chorus_detection_get_held_name (self));
      break;

    case PROP_REVIEWER:
      g_value_set_string (value, self->state.reviewer);
      break;

    case PROP_REVIEWED_AT:
      g_value_set_string (value, self->state.reviewed_at);
      break;

    case PROP_NOTE:
      g_value_set_string (value, self->state.note);
      break;

    case PROP_STARRED:
      g_value_set_boolean (value, self->state.starred);
      break;

    case PROP_WITHDRAWN:
      g_value_set_boolean (value, chorus_detection_get_withdrawn (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (self, property_id, properties[property_id]);
    }
}

static void
chorus_detection_get_property (GObject    *object,
                               guint       property_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  ChorusDetection *self = CHORUS_DETECTION (object);

  switch (property_id)
    {
    case PROP_DETECTION_ID:
      g_value_set_int64 (value, self->detection_id);
      break;

    case PROP_RECORDING_ID:
      g_value_set_int64 (value, self->recording_id);
      break;

    case PROP_ORIGIN:
      g_value_set_enum (value, self->origin);
      break;

    case PROP_SCIENTIFIC_NAME:
      g_value_set_string (value, self->scientific_name);
      break;

    case PROP_COMMON_NAME:
      g_value_set_string (value, self->common_name);
      break;

    case PROP_DISPLAY_NAME:
      g_value_set_string (value, self->display_name);
      break;

    case PROP_CONFIDENCE:
      g_value_set_double (value, self->confidence);
      break;

    case PROP_START:
      g_value_set_double (value, self->start);
      break;

    case PROP_END:
      g_value_set_double (value, self->end);
      break;

    case PROP_LOW:
      g_value_set_double (value, self->low);
      break;

    case PROP_HIGH:
      g_value_set_double (value, self->high);
      break;

    case PROP_COLOR:
      g_value_set_uint (value, self->color);
      break;

    default:
      chorus_detection_get_state_property (self, property_id, value);
    }
}

/* A property has no NaN by default: what is negative or was not given at all is not known. */
static double
chorus_detection_get_known (const GValue *value)
{
  double number = g_value_get_double (value);

  return number < 0 ? (double) NAN : number;
}

static void
chorus_detection_set_property (GObject      *object,
                               guint         property_id,
                               const GValue *value,
                               GParamSpec   *pspec)
{
  ChorusDetection *self = CHORUS_DETECTION (object);

  switch (property_id)
    {
    case PROP_DETECTION_ID:
      self->detection_id = g_value_get_int64 (value);
      break;

    case PROP_RECORDING_ID:
      self->recording_id = g_value_get_int64 (value);
      break;

    case PROP_ORIGIN:
      self->origin = g_value_get_enum (value);
      break;

    case PROP_SCIENTIFIC_NAME:
      self->scientific_name = g_value_dup_string (value);
      break;

    case PROP_COMMON_NAME:
      self->common_name = g_value_dup_string (value);
      break;

    case PROP_CONFIDENCE:
      self->confidence = chorus_detection_get_known (value);
      break;

    case PROP_START:
      self->start = g_value_get_double (value);
      break;

    case PROP_END:
      self->end = g_value_get_double (value);
      break;

    case PROP_LOW:
      self->low = chorus_detection_get_known (value);
      break;

    case PROP_HIGH:
      self->high = chorus_detection_get_known (value);
      break;

    case PROP_COLOR:
      self->color = g_value_get_uint (value);
      break;

    case PROP_VERDICT:
      chorus_detection_set_verdict (self, g_value_get_enum (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
    }
}

static void
chorus_detection_class_init (ChorusDetectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags fixed = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  const GParamFlags shown = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  const double huge = G_MAXDOUBLE;

  object_class->constructed = chorus_detection_constructed;
  object_class->finalize = chorus_detection_finalize;
  object_class->get_property = chorus_detection_get_property;
  object_class->set_property = chorus_detection_set_property;

  properties[PROP_DETECTION_ID] = g_param_spec_int64 ("detection-id", NULL, NULL, 0, G_MAXINT64, 0, fixed);
  properties[PROP_RECORDING_ID] = g_param_spec_int64 ("recording-id", NULL, NULL, 0, G_MAXINT64, 0, fixed);
  properties[PROP_ORIGIN] =
    g_param_spec_enum ("origin", NULL, NULL, CHORUS_TYPE_DETECTION_ORIGIN, CHORUS_DETECTION_SERVICE, fixed);
  properties[PROP_SCIENTIFIC_NAME] = g_param_spec_string ("scientific-name", NULL, NULL, NULL, fixed);
  properties[PROP_COMMON_NAME] = g_param_spec_string ("common-name", NULL, NULL, NULL, fixed);
  properties[PROP_DISPLAY_NAME] = g_param_spec_string ("display-name", NULL, NULL, NULL, shown);
  properties[PROP_CONFIDENCE] = g_param_spec_double ("confidence", NULL, NULL, -huge, huge, -1, fixed);
  properties[PROP_START] = g_param_spec_double ("start", NULL, NULL, -huge, huge, 0, fixed);
  properties[PROP_END] = g_param_spec_double ("end", NULL, NULL, -huge, huge, 0, fixed);
  properties[PROP_LOW] = g_param_spec_double ("low", NULL, NULL, -huge, huge, -1, fixed);
  properties[PROP_HIGH] = g_param_spec_double ("high", NULL, NULL, -huge, huge, -1, fixed);
  properties[PROP_COLOR] = g_param_spec_uint ("color", NULL, NULL, 0, CHORUS_DETECTION_N_COLORS - 1, 0, fixed);
  properties[PROP_VERDICT] = g_param_spec_enum ("verdict", NULL, NULL, CHORUS_TYPE_VERDICT, CHORUS_VERDICT_NONE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_VERDICT_SCIENTIFIC_NAME] = g_param_spec_string ("verdict-scientific-name", NULL, NULL, NULL, shown);
  properties[PROP_VERDICT_COMMON_NAME] = g_param_spec_string ("verdict-common-name", NULL, NULL, NULL, shown);
  properties[PROP_HELD_NAME] = g_param_spec_string ("held-name", NULL, NULL, NULL, shown);
  properties[PROP_REVIEWER] = g_param_spec_string ("reviewer", NULL, NULL, NULL, shown);
  properties[PROP_REVIEWED_AT] = g_param_spec_string ("reviewed-at", NULL, NULL, NULL, shown);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, shown);
  properties[PROP_STARRED] = g_param_spec_boolean ("starred", NULL, NULL, FALSE, shown);
  properties[PROP_WITHDRAWN] = g_param_spec_boolean ("withdrawn", NULL, NULL, FALSE, shown);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
chorus_detection_init (ChorusDetection *self)
{
}

gint64
chorus_detection_get_detection_id (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), 0);

  return self->detection_id;
}

const char *
chorus_detection_get_scientific_name (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), NULL);

  return self->scientific_name;
}

const char *
chorus_detection_get_common_name (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), NULL);

  return self->common_name;
}

const char *
chorus_detection_get_display_name (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), NULL);

  return self->display_name;
}

double
chorus_detection_get_confidence (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), (double) NAN);

  return self->confidence;
}

double
chorus_detection_get_start (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), 0);

  return self->start;
}

double
chorus_detection_get_end (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), 0);

  return self->end;
}

double
chorus_detection_get_low (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), (double) NAN);

  return self->low;
}

double
chorus_detection_get_high (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), (double) NAN);

  return self->high;
}

guint
chorus_detection_get_color (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), 0);

  return self->color;
}

ChorusVerdict
chorus_detection_get_verdict (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), CHORUS_VERDICT_NONE);

  return self->state.verdict;
}

void
chorus_detection_set_verdict (ChorusDetection *self,
                              ChorusVerdict    verdict)
{
  gboolean was_withdrawn = FALSE;

  g_return_if_fail (CHORUS_IS_DETECTION (self));

  if (self->state.verdict == verdict)
    return;

  was_withdrawn = chorus_detection_get_withdrawn (self);
  self->state.verdict = verdict;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERDICT]);
  if (was_withdrawn != chorus_detection_get_withdrawn (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WITHDRAWN]);
}

gint64
chorus_detection_get_recording_id (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), 0);

  return self->recording_id;
}

ChorusDetectionOrigin
chorus_detection_get_origin (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), CHORUS_DETECTION_SERVICE);

  return self->origin;
}

const char *
chorus_detection_get_verdict_scientific_name (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), NULL);

  return self->state.scientific_name;
}

const char *
chorus_detection_get_verdict_common_name (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), NULL);

  return self->state.common_name;
}

gboolean
chorus_detection_get_renamed (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), FALSE);

  return chorus_detection_has_text (self->state.scientific_name) || chorus_detection_has_text (self->state.common_name);
}

const char *
chorus_detection_get_held_name (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), NULL);

  return self->held_name ? self->held_name : self->display_name;
}

const char *
chorus_detection_get_reviewer (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), NULL);

  return self->state.reviewer;
}

const char *
chorus_detection_get_reviewed_at (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), NULL);

  return self->state.reviewed_at;
}

const char *
chorus_detection_get_note (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), NULL);

  return self->state.note;
}

gboolean
chorus_detection_get_starred (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), FALSE);

  return self->state.starred;
}

gboolean
chorus_detection_get_withdrawn (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), FALSE);

  return self->origin == CHORUS_DETECTION_PERSON && self->state.verdict == CHORUS_VERDICT_NONE;
}

const ChorusDetectionState *
chorus_detection_get_state (ChorusDetection *self)
{
  g_return_val_if_fail (CHORUS_IS_DETECTION (self), NULL);

  return &self->state;
}

static gboolean
chorus_detection_take_text (ChorusDetection  *self,
                            char            **text,
                            const char       *fresh,
                            guint             property)
{
  if (g_strcmp0 (*text, fresh) == 0)
    return FALSE;

  g_free (*text);
  *text = g_strdup (fresh);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);

  return TRUE;
}

void
chorus_detection_set_state (ChorusDetection            *self,
                            const ChorusDetectionState *state)
{
  ChorusDetectionState *own = NULL;
  gboolean renamed = FALSE;

  g_return_if_fail (CHORUS_IS_DETECTION (self));
  g_return_if_fail (state != NULL);

  own = &self->state;
  g_object_freeze_notify (G_OBJECT (self));
  chorus_detection_set_verdict (self, state->verdict);
  renamed =
    chorus_detection_take_text (self, &own->scientific_name, state->scientific_name, PROP_VERDICT_SCIENTIFIC_NAME);
  renamed |= chorus_detection_take_text (self, &own->common_name, state->common_name, PROP_VERDICT_COMMON_NAME);
  chorus_detection_take_text (self, &own->reviewer, state->reviewer, PROP_REVIEWER);
  chorus_detection_take_text (self, &own->reviewed_at, state->reviewed_at, PROP_REVIEWED_AT);
  chorus_detection_take_text (self, &own->note, state->note, PROP_NOTE);
  if (own->starred != state->starred)
    {
      own->starred = state->starred;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STARRED]);
    }
  if (renamed)
    {
      g_clear_pointer (&self->held_name, g_free);
      if (chorus_detection_get_renamed (self))
        self->held_name = chorus_detection_dup_name (own->scientific_name, own->common_name);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HELD_NAME]);
    }
  g_object_thaw_notify (G_OBJECT (self));
}
