/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/chorus-text.h"

#include "chorus-recording-cell.h"

/* For what is not known or does not apply. */
#define CHORUS_CELL_NOTHING "–"

struct _ChorusRecordingCell
{
  AdwBin parent_instance;

  /* Owned by the bin */
  GtkLabel *label;
  GtkWidget *synthetic_label;

  /* Owned references */
  ChorusRecording *recording;
  GSignalGroup *signals;

  /* State */
  ChorusRecordingCellKind kind;
};

G_DEFINE_FINAL_TYPE (ChorusRecordingCell, chorus_recording_cell, ADW_TYPE_BIN)

static const char *
chorus_recording_cell_explain_source (ChorusTimeSource source)
{
  switch (source)
    {
    case CHORUS_TIME_SOURCE_METADATA:
      return _("Written into the file by the recorder");
    case CHORUS_TIME_SOURCE_GUANO:
      return _("From the GUANO metadata in the file");
    case CHORUS_TIME_SOURCE_WAMD:
      return _("From the Wildlife Acoustics metadata in the file");
    case CHORUS_TIME_SOURCE_AUDIOMOTH:
      return _("From the comment of the AudioMoth in the file");
    case CHORUS_TIME_SOURCE_BEXT:
      return _("From the broadcast metadata (bext) in the file");
    case CHORUS_TIME_SOURCE_FILE_NAME:
      return _("From the name of the file");
    case CHORUS_TIME_SOURCE_MODIFIED:
      return _("A guess: when the file was last changed");
    case CHORUS_TIME_SOURCE_SERVICE:
      return _("From the service");
    case CHORUS_TIME_SOURCE_PERSON:
      return _("Entered by hand");
    case CHORUS_TIME_SOURCE_UNKNOWN:
    default:
      return NULL;
    }
}

static void
chorus_recording_cell_show_name (ChorusRecordingCell *self,
                                 ChorusRecording     *recording)
{
  const char *name = chorus_recording_get_name (recording);

  gtk_label_set_text (self->label, name);
  gtk_widget_set_visible (self->synthetic_label, chorus_recording_get_synthetic (recording));
}

/* To set a tooltip costs a round trip to the display. */
static void
chorus_recording_cell_set_tooltip (ChorusRecordingCell *self,
                                   const char          *text)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (GTK_WIDGET (self)), text) != 0)
    gtk_widget_set_tooltip_text (GTK_WIDGET (self), text);
}

static void
chorus_recording_cell_show_recorded (ChorusRecordingCell *self,
                                     ChorusRecording     *recording)
{
  const ChorusRecordingTime *recorded = chorus_recording_get_recorded (recording);
  g_autofree char *text = NULL;

  if (recorded == NULL)
    {
      gtk_label_set_text (self->label, CHORUS_CELL_NOTHING);
      chorus_recording_cell_set_tooltip (self, NULL);
      gtk_widget_add_css_class (GTK_WIDGET (self), "dim-label");
      return;
    }

  text = chorus_recording_time_to_display (recorded);
  gtk_label_set_text (self->label, text);
  chorus_recording_cell_set_tooltip (self, chorus_recording_cell_explain_source (
                                             chorus_recording_time_get_source (recorded)));
  if (chorus_recording_time_is_guess (recorded))
    gtk_widget_add_css_class (GTK_WIDGET (self), "dim-label");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "dim-label");
}

static void
chorus_recording_cell_show_length (ChorusRecordingCell *self,
                                   ChorusRecording     *recording)
{
  double duration = chorus_recording_get_duration (recording);
  g_autofree char *text = NULL;

  text = duration > 0 ? chorus_text_from_duration (duration) : g_strdup (CHORUS_CELL_NOTHING);
  gtk_label_set_text (self->label, text);
}

static void
chorus_recording_cell_show_size (ChorusRecordingCell *self,
                                 ChorusRecording     *recording)
{
  gint64 size = chorus_recording_get_size (recording);
  g_autofree char *text = NULL;

  text = size >= 0 ? chorus_text_from_size ((guint64) size) : g_strdup (CHORUS_CELL_NOTHING);
  gtk_label_set_text (self->label, text);
}

static void
chorus_recording_cell_show_species (ChorusRecordingCell *self,
                                    ChorusRecording     *recording)
{
  guint n_species = chorus_recording_get_n_species (recording);
  g_autofree char *text = NULL;

  text = n_species > 0 ? g_strdup_printf ("%u", n_species) : g_strdup (CHORUS_CELL_NOTHING);
  gtk_label_set_text (self->label, text);
}

static void
chorus_recording_cell_show_reviewed (ChorusRecordingCell *self,
                                     ChorusRecording     *recording)
{
  guint n_detections = chorus_recording_get_n_detections (recording);
  guint n_reviewed = chorus_recording_get_n_reviewed (recording);
  g_autofree char *text = NULL;

  if (n_detections > 0)
    /* Translators: how many detections of a recording have been reviewed, such as "6 of 14" */
    text = g_strdup_printf (_("%u of %u"), n_reviewed, n_detections);
  else
    text = g_strdup (CHORUS_CELL_NOTHING);

  gtk_label_set_text (self->label, text);
}

static void
chorus_recording_cell_update (ChorusRecordingCell *self)
{
  ChorusRecording *recording = self->recording;

  if (recording == NULL)
    return;

  switch (self->kind)
    {
    case CHORUS_RECORDING_CELL_NAME:
      chorus_recording_cell_show_name (self, recording);
      break;
    case CHORUS_RECORDING_CELL_DEPLOYMENT:
      /* Told from outside: a recording knows no names of places. */
      break;
    case CHORUS_RECORDING_CELL_RECORDED:
      chorus_recording_cell_show_recorded (self, recording);
      break;
    case CHORUS_RECORDING_CELL_LENGTH:
      chorus_recording_cell_show_length (self, recording);
      break;
    case CHORUS_RECORDING_CELL_SIZE:
      chorus_recording_cell_show_size (self, recording);
      break;
    case CHORUS_RECORDING_CELL_SPECIES:
      chorus_recording_cell_show_species (self, recording);
      break;
    case CHORUS_RECORDING_CELL_REVIEWED:
      chorus_recording_cell_show_reviewed (self, recording);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* A name that is there in full needs no tooltip over the row below. */
static gboolean
chorus_recording_cell_query_tooltip_cb (ChorusRecordingCell *self,
                                        int                  x,
                                        int                  y,
                                        gboolean             keyboard_mode,
                                        GtkTooltip          *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (self->label)))
    return FALSE;

  gtk_tooltip_set_text (tooltip, gtk_label_get_text (self->label));

  return TRUE;
}

static void
chorus_recording_cell_dispose (GObject *object)
{
  ChorusRecordingCell *self = CHORUS_RECORDING_CELL (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->recording);

  G_OBJECT_CLASS (chorus_recording_cell_parent_class)->dispose (object);
}

static void
chorus_recording_cell_class_init (ChorusRecordingCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = chorus_recording_cell_dispose;
}

static void
chorus_recording_cell_init (ChorusRecordingCell *self)
{
  self->signals = g_signal_group_new (CHORUS_TYPE_RECORDING);
  g_signal_group_connect_object (self->signals, "notify", G_CALLBACK (chorus_recording_cell_update), self,
                                 G_CONNECT_SWAPPED);
}

GtkWidget *
chorus_recording_cell_new (ChorusRecordingCellKind kind)
{
  ChorusRecordingCell *self = g_object_new (CHORUS_TYPE_RECORDING_CELL, NULL);

  self->kind = kind;
  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_single_line_mode (self->label, TRUE);

  if (kind == CHORUS_RECORDING_CELL_NAME)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

      gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
      g_signal_connect (self, "query-tooltip", G_CALLBACK (chorus_recording_cell_query_tooltip_cb), NULL);
      gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_MIDDLE);
      gtk_label_set_width_chars (self->label, 12);
      gtk_label_set_xalign (self->label, 0);

      self->synthetic_label = gtk_label_new (_("Synthetic"));
      gtk_widget_add_css_class (self->synthetic_label, "synthetic");
      gtk_widget_add_css_class (self->synthetic_label, "caption");
      gtk_widget_add_css_class (self->synthetic_label, "dim-label");
      gtk_widget_set_valign (self->synthetic_label, GTK_ALIGN_CENTER);

      gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
      gtk_box_append (GTK_BOX (box), self->synthetic_label);
      adw_bin_set_child (ADW_BIN (self), box);
    }
  else
    {
      gtk_label_set_xalign (self->label, 0);
      if (kind == CHORUS_RECORDING_CELL_DEPLOYMENT)
        {
          gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
          gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
          g_signal_connect (self, "query-tooltip", G_CALLBACK (chorus_recording_cell_query_tooltip_cb), NULL);
        }
      else
        {
          gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");
        }
      adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->label));
    }

  return GTK_WIDGET (self);
}

ChorusRecording *
chorus_recording_cell_get_recording (ChorusRecordingCell *self)
{
  g_return_val_if_fail (CHORUS_IS_RECORDING_CELL (self), NULL);

  return self->recording;
}

void
chorus_recording_cell_set_recording (ChorusRecordingCell *self,
                                     ChorusRecording     *recording)
{
  g_return_if_fail (CHORUS_IS_RECORDING_CELL (self));
  g_return_if_fail (recording == NULL || CHORUS_IS_RECORDING (recording));

  if (!g_set_object (&self->recording, recording))
    return;

  g_signal_group_set_target (self->signals, recording);
  chorus_recording_cell_update (self);
}

void
chorus_recording_cell_set_deployment (ChorusRecordingCell *self,
                                      const char          *name)
{
  g_return_if_fail (CHORUS_IS_RECORDING_CELL (self));

  gtk_label_set_text (self->label, name != NULL ? name : CHORUS_CELL_NOTHING);
}
