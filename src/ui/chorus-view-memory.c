/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-view-memory.h"

typedef enum
{
  MEMORY_ENUM,
  MEMORY_INT,
  MEMORY_DOUBLE,
  MEMORY_BOOLEAN,
} ChorusMemoryKind;

typedef struct
{
  const char *property;
  const char *key;
  ChorusMemoryKind kind;
} ChorusMemoryRow;

/* The preset comes last: whatever is set after it makes it a custom view. */
static const ChorusMemoryRow rows[] = {
  { "color-map", "color-map", MEMORY_ENUM },       { "window-length", "window-length", MEMORY_INT },
  { "overlap", "overlap", MEMORY_DOUBLE },         { "window-function", "window-function", MEMORY_ENUM },
  { "kaiser-beta", "kaiser-beta", MEMORY_DOUBLE }, { "frequency-scale", "frequency-scale", MEMORY_ENUM },
  { "clock-time", "clock-time", MEMORY_BOOLEAN },  { "auto-range", "auto-range", MEMORY_BOOLEAN },
  { "background", "background", MEMORY_ENUM },     { "preset", "view-preset", MEMORY_ENUM },
};

static void
chorus_view_memory_read (GSettings             *settings,
                         const ChorusMemoryRow *row,
                         GValue                *value)
{
  switch (row->kind)
    {
    case MEMORY_ENUM:
      g_value_set_uint (g_value_init (value, G_TYPE_UINT), (guint) g_settings_get_enum (settings, row->key));
      break;
    case MEMORY_INT:
      g_value_set_uint (g_value_init (value, G_TYPE_UINT), (guint) g_settings_get_int (settings, row->key));
      break;
    case MEMORY_DOUBLE:
      g_value_set_double (g_value_init (value, G_TYPE_DOUBLE), g_settings_get_double (settings, row->key));
      break;
    case MEMORY_BOOLEAN:
    default:
      g_value_set_boolean (g_value_init (value, G_TYPE_BOOLEAN), g_settings_get_boolean (settings, row->key));
      break;
    }
}

static gboolean
chorus_view_memory_differs (ChorusViewSession     *session,
                            const ChorusMemoryRow *row,
                            const GValue          *a,
                            const GValue          *b)
{
  GParamSpec *pspec = g_object_class_find_property (G_OBJECT_GET_CLASS (session), row->property);

  return g_param_values_cmp (pspec, a, b) != 0;
}

/* Set on a session while it follows the settings. Several sessions follow them at a time, and what follows from a change in
 * one of them, such as that a preset no longer holds, is for the one that was changed to say. */
static G_DEFINE_QUARK (chorus - view - memory - restoring, chorus_view_memory_restoring);

static void
chorus_view_memory_restore (GSettings             *settings,
                            ChorusViewSession     *session,
                            const ChorusMemoryRow *row)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_auto (GValue) old = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (session), row->property, &old);
  chorus_view_memory_read (settings, row, &value);
  if (!chorus_view_memory_differs (session, row, &value, &old))
    return;

  g_object_set_qdata (G_OBJECT (session), chorus_view_memory_restoring_quark (), GINT_TO_POINTER (TRUE));
  g_object_set_property (G_OBJECT (session), row->property, &value);
  g_object_set_qdata (G_OBJECT (session), chorus_view_memory_restoring_quark (), NULL);
}

static void
chorus_view_memory_changed_cb (GSettings         *settings,
                               const char        *key,
                               ChorusViewSession *session)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_str_equal (rows[i].key, key))
        chorus_view_memory_restore (settings, session, &rows[i]);
    }
}

/* Only what is different, or what comes from the settings would be written back over what another writes there. */
static void
chorus_view_memory_save (GSettings             *settings,
                         ChorusViewSession     *session,
                         const ChorusMemoryRow *row)
{
  g_auto (GValue) value = G_VALUE_INIT;
  g_auto (GValue) kept = G_VALUE_INIT;

  g_object_get_property (G_OBJECT (session), row->property, &value);
  chorus_view_memory_read (settings, row, &kept);
  if (!chorus_view_memory_differs (session, row, &value, &kept))
    return;
  switch (row->kind)
    {
    case MEMORY_ENUM:
      g_settings_set_enum (settings, row->key, (int) g_value_get_uint (&value));
      break;
    case MEMORY_INT:
      g_settings_set_int (settings, row->key, (int) g_value_get_uint (&value));
      break;
    case MEMORY_DOUBLE:
      g_settings_set_double (settings, row->key, g_value_get_double (&value));
      break;
    case MEMORY_BOOLEAN:
    default:
      g_settings_set_boolean (settings, row->key, g_value_get_boolean (&value));
      break;
    }
}

static void
chorus_view_memory_notify_cb (ChorusViewSession *session,
                              GParamSpec        *pspec,
                              GSettings         *settings)
{
  if (g_object_get_qdata (G_OBJECT (session), chorus_view_memory_restoring_quark ()))
    return;

  if (g_str_equal (pspec->name, "low-db") || g_str_equal (pspec->name, "high-db"))
    {
      /* Nor is one above the background, which is another in every recording. */
      if (chorus_view_session_get_auto_range (session)
          || chorus_view_session_get_background (session) == CHORUS_BACKGROUND_MODE_REMOVED)
        return;
      g_settings_set_double (settings, "low-db", chorus_view_session_get_low_db (session));
      g_settings_set_double (settings, "high-db", chorus_view_session_get_high_db (session));
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (g_str_equal (rows[i].property, pspec->name))
        chorus_view_memory_save (settings, session, &rows[i]);
    }
}

void
chorus_view_memory_bind (GSettings         *settings,
                         ChorusViewSession *session)
{
  g_return_if_fail (G_IS_SETTINGS (settings));
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (session));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    chorus_view_memory_restore (settings, session, &rows[i]);
  if (!chorus_view_session_get_auto_range (session)
      && chorus_view_session_get_background (session) == CHORUS_BACKGROUND_MODE_SHOWN)
    chorus_view_session_set_range (session, g_settings_get_double (settings, "low-db"),
                                   g_settings_get_double (settings, "high-db"));
  g_signal_connect_object (session, "notify", G_CALLBACK (chorus_view_memory_notify_cb), settings, 0);
  g_signal_connect_object (settings, "changed", G_CALLBACK (chorus_view_memory_changed_cb), session, 0);
}

void
chorus_view_memory_get_clip_style (GSettings       *settings,
                                   ChorusClipStyle *style)
{
  g_return_if_fail (G_IS_SETTINGS (settings));

  *style = (ChorusClipStyle){
    .map = (ChorusColorMap) g_settings_get_enum (settings, "color-map"),
    .preset = (ChorusViewPreset) g_settings_get_enum (settings, "view-preset"),
    .window_length = chorus_view_preset_round_window ((guint) g_settings_get_int (settings, "window-length")),
    .overlap = g_settings_get_double (settings, "overlap"),
    .window_function = (ChorusWindowFunction) g_settings_get_enum (settings, "window-function"),
    .kaiser_beta = g_settings_get_double (settings, "kaiser-beta"),
    .scale = (ChorusFrequencyScale) g_settings_get_enum (settings, "frequency-scale"),
    .remove_background = g_settings_get_enum (settings, "background") == CHORUS_BACKGROUND_MODE_REMOVED,
    .auto_range = g_settings_get_boolean (settings, "auto-range"),
    .low_db = g_settings_get_double (settings, "low-db"),
    .high_db = g_settings_get_double (settings, "high-db"),
  };
}

gboolean
chorus_view_memory_is_clip_key (const char *key)
{
  static const char *const keys[] = { "color-map",       "view-preset", "window-length",   "overlap",
                                      "window-function", "kaiser-beta", "frequency-scale", "background",
                                      "auto-range",      "low-db",      "high-db",         NULL };

  return g_strv_contains (keys, key);
}
