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
  char *scientific_name;
  char *common_name;
  char *display_name;
  double confidence;
  double start;
  double end;
  double low;
  double high;
  guint color;

  ChorusVerdict verdict;
};

G_DEFINE_FINAL_TYPE (ChorusDetection, chorus_detection, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_DETECTION_ID,
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
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
chorus_detection_has_text (const char *text)
{
  return text && *text != '\0';
}

static void
chorus_detection_constructed (GObject *object)
{
  ChorusDetection *self = CHORUS_DETECTION (object);

  G_OBJECT_CLASS (chorus_detection_parent_class)->constructed (object);

  if (chorus_detection_has_text (self->common_name))
    self->display_name = chorus_text_from_name (self->common_name);
  else if (chorus_detection_has_text (self->scientific_name))
    self->display_name = chorus_text_from_name (self->scientific_name);
  else
    self->display_name = g_strdup (_("Unnamed sound"));
}

static void
chorus_detection_finalize (GObject *object)
{
  ChorusDetection *self = CHORUS_DETECTION (object);

  g_clear_pointer (&self->scientific_name, g_free);
  g_clear_pointer (&self->common_name, g_free);
  g_clear_pointer (&self->display_name, g_free);

  G_OBJECT_CLASS (chorus_detection_parent_class)->finalize (object);
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

    case PROP_VERDICT:
      g_value_set_enum (value, self->verdict);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, property_id, pspec);
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
  const double huge = G_MAXDOUBLE;

  object_class->constructed = chorus_detection_constructed;
  object_class->finalize = chorus_detection_finalize;
  object_class->get_property = chorus_detection_get_property;
  object_class->set_property = chorus_detection_set_property;

  properties[PROP_DETECTION_ID] = g_param_spec_int64 ("detection-id", NULL, NULL, 0, G_MAXINT64, 0, fixed);
  properties[PROP_SCIENTIFIC_NAME] = g_param_spec_string ("scientific-name", NULL, NULL, NULL, fixed);
  properties[PROP_COMMON_NAME] = g_param_spec_string ("common-name", NULL, NULL, NULL, fixed);
  properties[PROP_DISPLAY_NAME] =
    g_param_spec_string ("display-name", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_CONFIDENCE] = g_param_spec_double ("confidence", NULL, NULL, -huge, huge, -1, fixed);
  properties[PROP_START] = g_param_spec_double ("start", NULL, NULL, -huge, huge, 0, fixed);
  properties[PROP_END] = g_param_spec_double ("end", NULL, NULL, -huge, huge, 0, fixed);
  properties[PROP_LOW] = g_param_spec_double ("low", NULL, NULL, -huge, huge, -1, fixed);
  properties[PROP_HIGH] = g_param_spec_double ("high", NULL, NULL, -huge, huge, -1, fixed);
  properties[PROP_COLOR] = g_param_spec_uint ("color", NULL, NULL, 0, CHORUS_DETECTION_N_COLORS - 1, 0, fixed);
  properties[PROP_VERDICT] = g_param_spec_enum ("verdict", NULL, NULL, CHORUS_TYPE_VERDICT, CHORUS_VERDICT_NONE,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
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

  return self->verdict;
}

void
chorus_detection_set_verdict (ChorusDetection *self,
                              ChorusVerdict    verdict)
{
  g_return_if_fail (CHORUS_IS_DETECTION (self));

  if (self->verdict == verdict)
    return;

  self->verdict = verdict;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VERDICT]);
}
