/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n.h>

#include "core/chorus-text.h"
#include "timeline/chorus-palette.h"

#include "chorus-species-row.h"
#include "chorus-tally-bar.h"

/* With fewer verdicts than this the interval is too wide to be worth a place in a list. */
#define CHORUS_SPECIES_ROW_LEAST_JUDGED 10

struct _ChorusSpeciesRow
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkLabel *color_label;
  GtkLabel *name_label;
  GtkLabel *count_label;
  ChorusTallyBar *tally_bar;
  GtkLabel *left_label;
  GtkLabel *precision_label;
};

G_DEFINE_FINAL_TYPE (ChorusSpeciesRow, chorus_species_row, ADW_TYPE_BIN)

static void
chorus_species_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), CHORUS_TYPE_SPECIES_ROW);

  G_OBJECT_CLASS (chorus_species_row_parent_class)->dispose (object);
}

static void
chorus_species_row_class_init (ChorusSpeciesRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_species_row_dispose;

  g_type_ensure (CHORUS_TYPE_TALLY_BAR);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-species-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesRow, color_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesRow, count_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesRow, tally_bar);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesRow, left_label);
  gtk_widget_class_bind_template_child (widget_class, ChorusSpeciesRow, precision_label);
}

static void
chorus_species_row_init (ChorusSpeciesRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
chorus_species_row_new (void)
{
  return g_object_new (CHORUS_TYPE_SPECIES_ROW, NULL);
}

static void
chorus_species_row_show_color (ChorusSpeciesRow *self,
                               ChorusSpecies    *species)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();
  guint32 color = chorus_palette_get (chorus_species_get_color (species));

  pango_attr_list_insert (attributes, pango_attr_foreground_new ((color >> 16 & 0xff) * 0x101,
                                                                 (color >> 8 & 0xff) * 0x101, (color & 0xff) * 0x101));
  gtk_label_set_attributes (self->color_label, attributes);
}

static void
chorus_species_row_show_precision (ChorusSpeciesRow *self,
                                   ChorusSpecies    *species)
{
  guint n_judged = (guint) (chorus_species_get_n_confirmed (species) + chorus_species_get_n_rejected (species)
                            + chorus_species_get_n_renamed (species));
  ChorusInterval precision;
  g_autofree char *text = NULL;
  g_autofree char *tooltip = NULL;

  if (n_judged < CHORUS_SPECIES_ROW_LEAST_JUDGED || !chorus_species_get_precision (species, &precision))
    {
      gtk_widget_set_visible (GTK_WIDGET (self->precision_label), FALSE);
      return;
    }

  /* Translators: the share of detections that are right, and between what it lies, such as "92 % (85–96)" */
  text = g_strdup_printf (_("%.0f" CHORUS_NARROW_SPACE "%% (%.0f–%.0f)"), 100.0 * precision.estimate,
                          100.0 * precision.low, 100.0 * precision.high);
  tooltip =
    g_strdup_printf (ngettext ("Precision by %u verdict, with its interval of 95" CHORUS_NARROW_SPACE "%%",
                               "Precision by %u verdicts, with its interval of 95" CHORUS_NARROW_SPACE "%%", n_judged),
                     n_judged);
  gtk_label_set_text (self->precision_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->precision_label), tooltip);
  gtk_widget_set_visible (GTK_WIDGET (self->precision_label), TRUE);
}

void
chorus_species_row_set_species (ChorusSpeciesRow *self,
                                ChorusSpecies    *species)
{
  guint n;
  guint n_left;
  g_autofree char *count = NULL;
  g_autofree char *left = NULL;

  g_return_if_fail (CHORUS_IS_SPECIES_ROW (self));
  g_return_if_fail (species == NULL || CHORUS_IS_SPECIES (species));

  if (species == NULL)
    return;

  n = (guint) chorus_species_get_n_detections (species);
  n_left = (guint) chorus_species_get_n_left (species);
  count = g_strdup_printf ("%u", n);
  /* Translators: how many detections of a species have no verdict */
  left = n_left > 0 ? g_strdup_printf (_("%u left"), n_left) : g_strdup (_("All reviewed"));

  chorus_species_row_show_color (self, species);
  gtk_label_set_text (self->name_label, chorus_species_get_display_name (species));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->name_label), chorus_species_get_scientific_name (species));
  gtk_label_set_text (self->count_label, count);
  gtk_label_set_text (self->left_label, left);
  chorus_tally_bar_set_counts (self->tally_bar, chorus_species_get_n_confirmed (species),
                               chorus_species_get_n_uncertain (species),
                               chorus_species_get_n_rejected (species) + chorus_species_get_n_renamed (species), n);
  chorus_species_row_show_precision (self, species);
}
