/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-camtrap-rows.h"

#include <math.h>
#include <string.h>

#include "chorus-package-detection.h"
#include "chorus-package-text.h"
#include "chorus-package-time.h"
#include "chorus-sound-kind.h"

/* In the order of media-table-schema-acoustic.json. */
enum
{
  MEDIA_ID,
  MEDIA_DEPLOYMENT_ID,
  CAPTURE_METHOD,
  TIMESTAMP,
  DURATION,
  FILE_PATH,
  FILE_PUBLIC,
  FILE_NAME,
  FILE_MEDIATYPE,
  EXIF_DATA,
  BIT_DEPTH,
  SAMPLING_FREQUENCY,
  GAIN,
  CHANNELS,
  FAVORITE,
  MEDIA_COMMENTS,
  N_MEDIA
};

static const char *const chorus_camtrap_media_columns[N_MEDIA] = {
  [MEDIA_ID] = "mediaID",
  [MEDIA_DEPLOYMENT_ID] = "deploymentID",
  [CAPTURE_METHOD] = "captureMethod",
  [TIMESTAMP] = "timestamp",
  [DURATION] = "duration",
  [FILE_PATH] = "filePath",
  [FILE_PUBLIC] = "filePublic",
  [FILE_NAME] = "fileName",
  [FILE_MEDIATYPE] = "fileMediatype",
  [EXIF_DATA] = "exifData",
  [BIT_DEPTH] = "bitDepth",
  [SAMPLING_FREQUENCY] = "samplingFrequency",
  [GAIN] = "gain",
  [CHANNELS] = "channels",
  [FAVORITE] = "favorite",
  [MEDIA_COMMENTS] = "mediaComments",
};

/* In the order of observations-table-schema-acoustic.json. */
enum
{
  OBSERVATION_ID,
  DEPLOYMENT_ID,
  OBSERVATION_MEDIA_ID,
  EVENT_ID,
  EVENT_START,
  EVENT_END,
  OBSERVATION_LEVEL,
  OBSERVATION_TYPE,
  DEVICE_SETUP_TYPE,
  SCIENTIFIC_NAME,
  COUNT,
  LIFE_STAGE,
  SEX,
  BEHAVIOR,
  INDIVIDUAL_ID,
  INDIVIDUAL_POSITION_RADIUS,
  INDIVIDUAL_POSITION_ANGLE,
  INDIVIDUAL_SPEED,
  BBOX_X,
  BBOX_Y,
  BBOX_WIDTH,
  BBOX_HEIGHT,
  FREQUENCY_LOW,
  FREQUENCY_HIGH,
  CLASSIFICATION_METHOD,
  CLASSIFIED_BY,
  CLASSIFICATION_TIMESTAMP,
  CLASSIFICATION_PROBABILITY,
  CLASSIFICATION_CONFIRMATION,
  OBSERVATION_TAGS,
  OBSERVATION_COMMENTS,
  N_OBSERVATIONS
};

static const char *const chorus_camtrap_observation_columns[N_OBSERVATIONS] = {
  [OBSERVATION_ID] = "observationID",
  [DEPLOYMENT_ID] = "deploymentID",
  [OBSERVATION_MEDIA_ID] = "mediaID",
  [EVENT_ID] = "eventID",
  [EVENT_START] = "eventStart",
  [EVENT_END] = "eventEnd",
  [OBSERVATION_LEVEL] = "observationLevel",
  [OBSERVATION_TYPE] = "observationType",
  [DEVICE_SETUP_TYPE] = "deviceSetupType",
  [SCIENTIFIC_NAME] = "scientificName",
  [COUNT] = "count",
  [LIFE_STAGE] = "lifeStage",
  [SEX] = "sex",
  [BEHAVIOR] = "behavior",
  [INDIVIDUAL_ID] = "individualID",
  [INDIVIDUAL_POSITION_RADIUS] = "individualPositionRadius",
  [INDIVIDUAL_POSITION_ANGLE] = "individualPositionAngle",
  [INDIVIDUAL_SPEED] = "individualSpeed",
  [BBOX_X] = "bboxX",
  [BBOX_Y] = "bboxY",
  [BBOX_WIDTH] = "bboxWidth",
  [BBOX_HEIGHT] = "bboxHeight",
  [FREQUENCY_LOW] = "frequencyLow",
  [FREQUENCY_HIGH] = "frequencyHigh",
  [CLASSIFICATION_METHOD] = "classificationMethod",
  [CLASSIFIED_BY] = "classifiedBy",
  [CLASSIFICATION_TIMESTAMP] = "classificationTimestamp",
  [CLASSIFICATION_PROBABILITY] = "classificationProbability",
  [CLASSIFICATION_CONFIRMATION] = "classificationConfirmation",
  [OBSERVATION_TAGS] = "observationTags",
  [OBSERVATION_COMMENTS] = "observationComments",
};

static const struct
{
  const char *extension;
  const char *type;
} chorus_camtrap_media_types[] = {
  { ".wav", "audio/wav" },   { ".flac", "audio/flac" }, { ".mp3", "audio/mpeg" },  { ".ogg", "audio/ogg" },
  { ".opus", "audio/ogg" },  { ".m4a", "audio/mp4" },   { ".mp4", "audio/mp4" },   { ".aac", "audio/aac" },
  { ".aif", "audio/aiff" },  { ".aiff", "audio/aiff" }, { ".webm", "audio/webm" }, { ".w64", "audio/x-w64" },
  { ".wac", "audio/x-wac" },
};

ChorusPackageTable *
chorus_camtrap_rows_new_media (void)
{
  return chorus_package_table_new (chorus_camtrap_media_columns, N_MEDIA, ',');
}

ChorusPackageTable *
chorus_camtrap_rows_new_observations (void)
{
  return chorus_package_table_new (chorus_camtrap_observation_columns, N_OBSERVATIONS, ',');
}

static const char *
chorus_camtrap_rows_get_media_type (const char *name)
{
  const char *point = name ? strrchr (name, '.') : NULL;

  for (gsize i = 0; point && i < G_N_ELEMENTS (chorus_camtrap_media_types); i++)
    if (g_ascii_strcasecmp (point, chorus_camtrap_media_types[i].extension) == 0)
      return chorus_camtrap_media_types[i].type;

  return "audio/x-unknown";
}

/* A part of a path that stays where it is put: neither a folder nor a way out of one, here or elsewhere. */
static void
chorus_camtrap_rows_append_part (GString    *path,
                                 const char *text)
{
  gsize start = path->len;

  for (const char *p = text ? text : ""; *p; p++)
    {
      gboolean is_unsafe = (guchar) *p < 0x20 || strchr ("/\\:*?\"<>|~%#", *p) != NULL;
      gboolean is_second_point = *p == '.' && (path->len == start || path->str[path->len - 1] == '.');

      g_string_append_c (path, is_unsafe || is_second_point ? '-' : *p);
    }
  if (path->len == start)
    g_string_append_c (path, '-');
}

/* Where the file would be in the package. */
static char *
chorus_camtrap_rows_make_path (const ChorusResult *result)
{
  GString *path = g_string_new ("media/");

  chorus_camtrap_rows_append_part (path, result->deployment_id);
  g_string_append_printf (path, "/%" G_GINT64_FORMAT "/", result->recording_id);
  chorus_camtrap_rows_append_part (path, result->name);

  return g_string_free (path, FALSE);
}

/* What the size of a plain WAV file says of its samples, as long as it is near enough to be that. */
static int
chorus_camtrap_rows_find_depth (const ChorusResult *result)
{
  static const int depths[] = { 8, 16, 24, 32 };
  double n_samples = result->duration * result->sample_rate * result->n_channels;
  double bits = 8.0 * (double) result->size / n_samples;

  if (!g_str_equal (chorus_camtrap_rows_get_media_type (result->name), "audio/wav") || result->size <= 0
      || !isfinite (bits))
    return 0;
  for (gsize i = 0; i < G_N_ELEMENTS (depths); i++)
    if (bits >= depths[i] && bits < depths[i] * 1.02)
      return depths[i];

  return 0;
}

static gboolean
chorus_camtrap_rows_is_starred (const ChorusResult *result)
{
  for (guint i = 0; i < result->detections->len; i++)
    if (((const ChorusResultDetection *) g_ptr_array_index (result->detections, i))->starred)
      return TRUE;

  return FALSE;
}

void
chorus_camtrap_rows_append_media (ChorusPackageTable         *table,
                                  GString                    *out,
                                  const ChorusResult         *result,
                                  const ChorusCamtrapOptions *options)
{
  g_autoptr (GDateTime) start = chorus_package_time_at (result->recorded, 0.0);
  g_autofree char *timestamp = chorus_package_time_to_precise (start);
  g_autofree char *path = chorus_camtrap_rows_make_path (result);
  g_autofree char *remarks = chorus_package_time_describe (result->recorded, TRUE);
  int depth = chorus_camtrap_rows_find_depth (result);

  chorus_package_table_set_number (table, MEDIA_ID, (double) result->recording_id, 0);
  chorus_package_table_set_text (table, MEDIA_DEPLOYMENT_ID, result->deployment_id);
  chorus_package_table_set_text (table, CAPTURE_METHOD, chorus_camtrap_options_get_capture_word (options));
  chorus_package_table_set_text (table, TIMESTAMP, timestamp);
  chorus_package_table_set_number (table, DURATION, result->duration, 3);
  chorus_package_table_set_text (table, FILE_PATH, path);
  chorus_package_table_set_text (table, FILE_PUBLIC, "false");
  chorus_package_table_set_text (table, FILE_NAME, result->name);
  chorus_package_table_set_text (table, FILE_MEDIATYPE, chorus_camtrap_rows_get_media_type (result->name));
  if (depth > 0)
    chorus_package_table_set_number (table, BIT_DEPTH, depth, 0);
  chorus_package_table_set_number (table, SAMPLING_FREQUENCY, result->sample_rate, 0);
  if (result->n_channels > 0)
    chorus_package_table_set_number (table, CHANNELS, result->n_channels, 0);
  chorus_package_table_set_text (table, FAVORITE, chorus_camtrap_rows_is_starred (result) ? "true" : "false");
  chorus_package_table_set_text (table, MEDIA_COMMENTS, remarks);
  chorus_package_table_append_row (table, out);
}

/* Lists of the standard are divided by bars, and their values named. */
static void
chorus_camtrap_rows_append_tag (GString    *tags,
                                const char *key,
                                const char *value)
{
  g_autofree char *safe = value ? g_strdelimit (g_strdup (value), "|", '/') : NULL;

  if (safe && *safe)
    g_string_append_printf (tags, "%s%s:%s", tags->len > 0 ? " | " : "", key, safe);
}

static void
chorus_camtrap_rows_set_species (ChorusPackageTable          *table,
                                 const ChorusResultDetection *detection,
                                 ChorusSoundKind              kind)
{
  static const char *const types[] = {
    [CHORUS_SOUND_KIND_NONE] = "unclassified", [CHORUS_SOUND_KIND_ANIMAL] = "animal",
    [CHORUS_SOUND_KIND_HUMAN] = "human",       [CHORUS_SOUND_KIND_VEHICLE] = "vehicle",
    [CHORUS_SOUND_KIND_OTHER] = "unknown",
  };

  chorus_package_table_set_text (table, OBSERVATION_TYPE, types[kind]);
  if (kind == CHORUS_SOUND_KIND_HUMAN)
    chorus_package_table_set_text (table, SCIENTIFIC_NAME, "Homo sapiens");
  else if (kind == CHORUS_SOUND_KIND_ANIMAL)
    chorus_package_table_set_text (table, SCIENTIFIC_NAME, chorus_result_detection_get_scientific_name (detection));
}

static void
chorus_camtrap_rows_set_classification (ChorusPackageTable          *table,
                                        const ChorusResultDetection *detection,
                                        const ChorusCamtrapOptions  *options)
{
  g_autofree char *model = chorus_package_detection_dup_model (detection);
  g_autoptr (GDateTime) reviewed = NULL;
  g_autofree char *timestamp = NULL;

  if (detection->verdict != CHORUS_VERDICT_CONFIRMED)
    {
      /* What a person added and nobody confirmed is by neither. */
      if (chorus_package_detection_is_by_machine (detection))
        chorus_package_table_set_text (table, CLASSIFICATION_METHOD, "machine");
      chorus_package_table_set_text (table, CLASSIFIED_BY, model);
      if (options->score_is_probability && detection->confidence >= 0.0 && detection->confidence <= 1.0)
        chorus_package_table_set_number (table, CLASSIFICATION_PROBABILITY, detection->confidence, 4);
      return;
    }

  chorus_package_table_set_text (table, CLASSIFICATION_METHOD, "human");
  chorus_package_table_set_text (table, CLASSIFIED_BY, detection->reviewer);
  /* Without an offset of its own it is not one, and is left out. */
  if (detection->reviewed_at)
    reviewed = g_date_time_new_from_iso8601 (detection->reviewed_at, NULL);
  if (reviewed)
    timestamp = chorus_package_time_to_second (reviewed, FALSE);
  chorus_package_table_set_text (table, CLASSIFICATION_TIMESTAMP, timestamp);
}

static char *
chorus_camtrap_rows_make_tags (const ChorusResultDetection *detection,
                               ChorusSoundKind              kind)
{
  GString *tags = g_string_new (NULL);
  const char *original = detection->scientific_name ? detection->scientific_name : detection->common_name;
  gboolean renamed = detection->verdict_scientific_name || detection->verdict_common_name;
  g_autoptr (GString) score = g_string_new (NULL);
  g_autofree char *model = chorus_package_detection_dup_model (detection);

  chorus_package_text_append_number (score, detection->confidence, 4);
  chorus_camtrap_rows_append_tag (tags, "score", score->str);
  chorus_camtrap_rows_append_tag (tags, "model", model);
  chorus_camtrap_rows_append_tag (tags, "commonName", chorus_result_detection_get_common_name (detection));
  if (renamed || kind != CHORUS_SOUND_KIND_ANIMAL)
    chorus_camtrap_rows_append_tag (tags, "label", original);
  if (detection->verdict != CHORUS_VERDICT_NONE)
    chorus_camtrap_rows_append_tag (tags, "verdict", chorus_verdict_to_text (detection->verdict));
  if (detection->starred)
    chorus_camtrap_rows_append_tag (tags, "starred", "true");

  return g_string_free (tags, FALSE);
}

gboolean
chorus_camtrap_rows_append_observation (ChorusPackageTable          *table,
                                        GString                     *out,
                                        const ChorusResult          *result,
                                        const ChorusResultDetection *detection,
                                        const ChorusCamtrapOptions  *options)
{
  g_autoptr (GDateTime) start = chorus_package_time_at (result->recorded, detection->start);
  g_autoptr (GDateTime) end = chorus_package_time_at (result->recorded, MAX (detection->start, detection->end));
  g_autofree char *from = chorus_package_time_to_precise (start);
  g_autofree char *to = chorus_package_time_to_precise (end);
  ChorusSoundKind kind = chorus_sound_kind_of (chorus_result_detection_get_scientific_name (detection),
                                               chorus_result_detection_get_common_name (detection));
  g_autofree char *tags = chorus_camtrap_rows_make_tags (detection, kind);

  chorus_package_table_set_number (table, OBSERVATION_ID, (double) detection->detection_id, 0);
  chorus_package_table_set_text (table, DEPLOYMENT_ID, result->deployment_id);
  chorus_package_table_set_number (table, OBSERVATION_MEDIA_ID, (double) result->recording_id, 0);
  chorus_package_table_set_text (table, EVENT_START, from);
  chorus_package_table_set_text (table, EVENT_END, to);
  chorus_package_table_set_text (table, OBSERVATION_LEVEL, "interval");
  chorus_camtrap_rows_set_species (table, detection, kind);
  /* Only a band is one: the lower limit must be below the higher. */
  if (detection->low < detection->high)
    {
      chorus_package_table_set_number (table, FREQUENCY_LOW, detection->low, 1);
      chorus_package_table_set_number (table, FREQUENCY_HIGH, detection->high, 1);
    }
  chorus_camtrap_rows_set_classification (table, detection, options);
  chorus_package_table_set_text (table, OBSERVATION_TAGS, tags);
  chorus_package_table_set_text (table, OBSERVATION_COMMENTS, detection->note);
  chorus_package_table_append_row (table, out);

  return kind == CHORUS_SOUND_KIND_ANIMAL;
}
