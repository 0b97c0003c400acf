/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-selection-info.h"

#include <glib/gi18n.h>
#include <math.h>

#include "timeline/chorus-axis.h"
#include "timeline/chorus-selection-measure.h"

/* While a selection is drawn it is not measured at every step. */
#define CHORUS_SELECTION_INFO_DELAY_MS 120

/* A longer selection is measured only for those who open the list: the time that takes grows with it. Seconds. */
#define CHORUS_SELECTION_INFO_SPOKEN_MAX 60.0

typedef enum
{
  CHORUS_SELECTION_VALUE_SECONDS,
  CHORUS_SELECTION_VALUE_TIME,
  CHORUS_SELECTION_VALUE_HERTZ,
  CHORUS_SELECTION_VALUE_DBFS,
  CHORUS_SELECTION_VALUE_DB,
} ChorusSelectionValue;

#define VALUE(member) G_STRUCT_OFFSET (ChorusSelectionMeasurements, member)

static const struct
{
  const char *label;
  ChorusSelectionValue kind;
  gsize offset;
} lines[] = {
  { N_("Duration"), CHORUS_SELECTION_VALUE_SECONDS, VALUE (duration) },
  { N_("Low frequency"), CHORUS_SELECTION_VALUE_HERTZ, VALUE (low) },
  { N_("High frequency"), CHORUS_SELECTION_VALUE_HERTZ, VALUE (high) },
  { N_("Peak frequency"), CHORUS_SELECTION_VALUE_HERTZ, VALUE (peak_frequency) },
  { N_("Peak time"), CHORUS_SELECTION_VALUE_TIME, VALUE (peak_time) },
  { N_("Center frequency"), CHORUS_SELECTION_VALUE_HERTZ, VALUE (center_frequency) },
  { N_("Center time"), CHORUS_SELECTION_VALUE_TIME, VALUE (center_time) },
  { N_("5\u202f% frequency"), CHORUS_SELECTION_VALUE_HERTZ, VALUE (frequency_5) },
  { N_("95\u202f% frequency"), CHORUS_SELECTION_VALUE_HERTZ, VALUE (frequency_95) },
  { N_("90\u202f% bandwidth"), CHORUS_SELECTION_VALUE_HERTZ, VALUE (bandwidth_90) },
  { N_("5\u202f% time"), CHORUS_SELECTION_VALUE_TIME, VALUE (time_5) },
  { N_("95\u202f% time"), CHORUS_SELECTION_VALUE_TIME, VALUE (time_95) },
  { N_("90\u202f% duration"), CHORUS_SELECTION_VALUE_SECONDS, VALUE (duration_90) },
  { N_("RMS level"), CHORUS_SELECTION_VALUE_DBFS, VALUE (rms_db) },
  { N_("Peak level"), CHORUS_SELECTION_VALUE_DBFS, VALUE (peak_db) },
  { N_("Exposure level in 1\u202fs"), CHORUS_SELECTION_VALUE_DBFS, VALUE (sel_db) },
  { N_("Signal to noise"), CHORUS_SELECTION_VALUE_DB, VALUE (snr_db) },
};

struct _ChorusSelectionInfo
{
  GtkPopover parent_instance;

  /* Template widgets */
  GtkGrid *grid;
  GtkLabel *problem_label;
  GtkWidget *copy_button;

  GtkLabel *values[G_N_ELEMENTS (lines)];

  ChorusViewSession *session;
  char *path;
  char *summary;
  char *spoken;
  GCancellable *cancellable;
  guint delay_id;

  /* What is shown */
  gboolean measured;
  double begin;
  int channel;
  ChorusSelectionMeasurements measurements;
};

enum
{
  PROP_0,
  PROP_SUMMARY,
  PROP_SPOKEN,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ChorusSelectionInfo, chorus_selection_info, GTK_TYPE_POPOVER)

static char *
chorus_selection_info_format (ChorusSelectionInfo  *self,
                              ChorusSelectionValue  kind,
                              double                value)
{
  if (kind == CHORUS_SELECTION_VALUE_DB && isinf (value))
    /* Translators: a ratio of signal to noise beyond measure */
    return g_strdup (value > 0 ? "∞" : _("Below the noise"));
  if (!isfinite (value))
    return g_strdup ("–");

  switch (kind)
    {
    case CHORUS_SELECTION_VALUE_TIME:
      return chorus_axis_format_time (self->begin + value, 0.001, chorus_view_session_get_time_origin (self->session));
    case CHORUS_SELECTION_VALUE_HERTZ:
      return chorus_axis_format_frequency (value);
    case CHORUS_SELECTION_VALUE_DBFS:
      /* Translators: a level; the space is a narrow no-break space */
      return g_strdup_printf (_("%.1f\u202fdBFS"), value);
    case CHORUS_SELECTION_VALUE_DB:
      /* Translators: a ratio; the space is a narrow no-break space */
      return g_strdup_printf (_("%.1f\u202fdB"), value);
    case CHORUS_SELECTION_VALUE_SECONDS:
    default:
      /* Translators: a length of time in seconds; the space is a narrow no-break space */
      return g_strdup_printf (_("%.3f\u202fs"), value);
    }
}

/* All that was measured, as one would read it out. */
static char *
chorus_selection_info_dup_spoken (ChorusSelectionInfo *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      double value = G_STRUCT_MEMBER (double, &self->measurements, lines[i].offset);
      g_autofree char *value_text = NULL;

      if (isnan (value))
        continue;
      value_text = chorus_selection_info_format (self, lines[i].kind, value);
      if (text->len > 0)
        g_string_append_c (text, '\n');
      /* Translators: said by a screen reader: what was measured, such as “Peak frequency”, and the value with its unit */
      g_string_append_printf (text, _("%s: %s"), _(lines[i].label), value_text);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
chorus_selection_info_show (ChorusSelectionInfo *self)
{
  g_clear_pointer (&self->spoken, g_free);
  if (self->measured)
    self->spoken = chorus_selection_info_dup_spoken (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPOKEN]);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      double value = G_STRUCT_MEMBER (double, &self->measurements, lines[i].offset);
      g_autofree char *text =
        self->measured ? chorus_selection_info_format (self, lines[i].kind, value) : g_strdup ("–");

      gtk_label_set_text (self->values[i], text);
    }
  gtk_widget_set_sensitive (self->copy_button, self->measured);
}

static void
chorus_selection_info_measured_cb (GObject      *object,
                                   GAsyncResult *result,
                                   gpointer      user_data)
{
  g_autoptr (ChorusSelectionInfo) self = user_data;
  g_autoptr (GError) error = NULL;
  ChorusSelectionMeasurements measurements = { 0 };
  gboolean measured = chorus_selection_measure_finish (result, &measurements, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || !self->session)
    return;

  self->measured = measured;
  self->measurements = measurements;
  gtk_label_set_text (self->problem_label, error ? error->message : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), error != NULL);
  chorus_selection_info_show (self);
}

static void
chorus_selection_info_start (ChorusSelectionInfo *self)
{
  ChorusSampleSource *source = self->session ? chorus_view_session_get_source (self->session) : NULL;
  ChorusTimeSpan span = { 0 };
  ChorusFrequencyBand band = { 0 };
  ChorusTileCache *tiles = NULL;
  int channel = CHORUS_CHANNEL_MIX;

  if (!source || !chorus_view_session_get_selection (self->session, &span, &band))
    return;

  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->begin = span.start;
  /* Where all channels are shown, their mix is measured. */
  channel = MAX (chorus_view_session_get_channel (self->session), CHORUS_CHANNEL_MIX);
  tiles = chorus_view_session_get_channel_tiles (self->session, channel);
  if (!tiles)
    return;
  self->channel = channel;
  chorus_selection_measure_async (source, channel, &span,
                                  chorus_view_session_has_selected_band (self->session) ? &band : NULL,
                                  &chorus_tile_cache_get_grid (tiles)->params, self->cancellable,
                                  chorus_selection_info_measured_cb, g_object_ref (self));
}

static gboolean
chorus_selection_info_delay_cb (gpointer user_data)
{
  ChorusSelectionInfo *self = user_data;

  self->delay_id = 0;
  chorus_selection_info_start (self);

  return G_SOURCE_REMOVE;
}

static char *
chorus_selection_info_dup_summary (ChorusSelectionInfo *self)
{
  ChorusTimeSpan span = { 0 };
  ChorusFrequencyBand band = { 0 };
  g_autofree char *low = NULL;
  g_autofree char *high = NULL;

  if (!chorus_view_session_get_selection (self->session, &span, &band))
    return NULL;
  if (!chorus_view_session_has_selected_band (self->session))
    return g_strdup_printf (_("%.3f\u202fs"), span.end - span.start);

  low = chorus_axis_format_frequency (band.low);
  high = chorus_axis_format_frequency (band.high);

  /* Translators: what is selected: its length in seconds, and its lowest and highest frequency with their units */
  return g_strdup_printf (_("%.3f\u202fs, %s to %s"), span.end - span.start, low, high);
}

/* What is selected is measured for those who see the list, and for those who hear it wherever that takes no time. */
static gboolean
chorus_selection_info_is_wanted (ChorusSelectionInfo *self)
{
  ChorusTimeSpan span = { 0 };
  ChorusFrequencyBand band = { 0 };

  return chorus_view_session_get_selection (self->session, &span, &band)
         && (gtk_widget_get_visible (GTK_WIDGET (self)) || span.end - span.start <= CHORUS_SELECTION_INFO_SPOKEN_MAX);
}

static void
chorus_selection_info_selection_cb (ChorusSelectionInfo *self)
{
  g_assert (CHORUS_IS_SELECTION_INFO (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_clear_pointer (&self->summary, g_free);
  g_clear_pointer (&self->spoken, g_free);
  self->summary = chorus_selection_info_dup_summary (self);
  self->measured = FALSE;
  if (!self->summary)
    gtk_popover_popdown (GTK_POPOVER (self));
  if (chorus_selection_info_is_wanted (self))
    self->delay_id = g_timeout_add (CHORUS_SELECTION_INFO_DELAY_MS, chorus_selection_info_delay_cb, self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SUMMARY]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SPOKEN]);
}

static void
chorus_selection_info_map (GtkWidget *widget)
{
  ChorusSelectionInfo *self = CHORUS_SELECTION_INFO (widget);

  GTK_WIDGET_CLASS (chorus_selection_info_parent_class)->map (widget);
  if (!self->measured)
    {
      chorus_selection_info_show (self);
      chorus_selection_info_start (self);
    }
}

static void
chorus_selection_info_copy_cb (ChorusSelectionInfo *self)
{
  g_autofree char *table = NULL;

  g_assert (CHORUS_IS_SELECTION_INFO (self));

  if (!self->measured)
    return;
  table = chorus_selection_measure_to_table (&self->measurements, self->begin, self->channel, self->path);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), table);
  gtk_popover_popdown (GTK_POPOVER (self));
}

const char *
chorus_selection_info_get_summary (ChorusSelectionInfo *self)
{
  g_return_val_if_fail (CHORUS_IS_SELECTION_INFO (self), NULL);

  return self->summary;
}

const char *
chorus_selection_info_get_spoken (ChorusSelectionInfo *self)
{
  g_return_val_if_fail (CHORUS_IS_SELECTION_INFO (self), NULL);

  return self->spoken;
}

void
chorus_selection_info_set_path (ChorusSelectionInfo *self,
                                const char          *path)
{
  g_return_if_fail (CHORUS_IS_SELECTION_INFO (self));

  g_free (self->path);
  self->path = g_strdup (path);
}

void
chorus_selection_info_set_session (ChorusSelectionInfo *self,
                                   ChorusViewSession   *session)
{
  g_return_if_fail (CHORUS_IS_SELECTION_INFO (self));
  g_return_if_fail (CHORUS_IS_VIEW_SESSION (session));
  g_return_if_fail (!self->session);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "selection-changed", G_CALLBACK (chorus_selection_info_selection_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
chorus_selection_info_get_property (GObject    *object,
                                    guint       prop_id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SUMMARY:
      g_value_set_string (value, chorus_selection_info_get_summary (CHORUS_SELECTION_INFO (object)));
      break;
    case PROP_SPOKEN:
      g_value_set_string (value, chorus_selection_info_get_spoken (CHORUS_SELECTION_INFO (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
chorus_selection_info_dispose (GObject *object)
{
  ChorusSelectionInfo *self = CHORUS_SELECTION_INFO (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->delay_id, g_source_remove);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), CHORUS_TYPE_SELECTION_INFO);

  G_OBJECT_CLASS (chorus_selection_info_parent_class)->dispose (object);
}

static void
chorus_selection_info_finalize (GObject *object)
{
  ChorusSelectionInfo *self = CHORUS_SELECTION_INFO (object);

  g_free (self->path);
  g_free (self->summary);
  g_free (self->spoken);

  G_OBJECT_CLASS (chorus_selection_info_parent_class)->finalize (object);
}

static void
chorus_selection_info_class_init (ChorusSelectionInfoClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = chorus_selection_info_get_property;
  object_class->dispose = chorus_selection_info_dispose;
  object_class->finalize = chorus_selection_info_finalize;
  widget_class->map = chorus_selection_info_map;
  properties[PROP_SUMMARY] = g_param_spec_string ("summary", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SPOKEN] = g_param_spec_string ("spoken", NULL, NULL, NULL,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/viewer/chorus-selection-info.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusSelectionInfo, grid);
  gtk_widget_class_bind_template_child (widget_class, ChorusSelectionInfo, problem_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusSelectionInfo, copy_button);
  gtk_widget_class_bind_template_callback (widget_class, chorus_selection_info_copy_cb);
}

static void
chorus_selection_info_init (ChorusSelectionInfo *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      GtkWidget *label = gtk_label_new (_(lines[i].label));
      GtkWidget *value = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (label), 0.0);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_label_set_xalign (GTK_LABEL (value), 1.0);
      gtk_label_set_width_chars (GTK_LABEL (value), 12);
      gtk_label_set_selectable (GTK_LABEL (value), TRUE);
      gtk_widget_set_focusable (value, FALSE);
      gtk_widget_set_hexpand (value, TRUE);
      gtk_widget_add_css_class (value, "numeric");
      gtk_accessible_update_relation (GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
      gtk_grid_attach (self->grid, label, 0, (int) i, 1, 1);
      gtk_grid_attach (self->grid, value, 1, (int) i, 1, 1);
      self->values[i] = GTK_LABEL (value);
    }
  chorus_selection_info_show (self);
}
