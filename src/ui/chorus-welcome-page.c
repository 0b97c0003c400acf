/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "chorus-welcome-page.h"

struct _ChorusWelcomePage
{
  AdwBin parent_instance;

  /* Template widgets */
  GtkImage *icon;
};

G_DEFINE_FINAL_TYPE (ChorusWelcomePage, chorus_welcome_page, ADW_TYPE_BIN)

static void
chorus_welcome_page_dispose (GObject *object)
{
  ChorusWelcomePage *self = CHORUS_WELCOME_PAGE (object);

  adw_bin_set_child (ADW_BIN (self), NULL);

  G_OBJECT_CLASS (chorus_welcome_page_parent_class)->dispose (object);
}

static void
chorus_welcome_page_class_init (ChorusWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = chorus_welcome_page_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/com/darukaa/Chorus/chorus-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ChorusWelcomePage, icon);
}

static void
chorus_welcome_page_init (ChorusWelcomePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_image_set_from_icon_name (self->icon, APPLICATION_ID);
}
