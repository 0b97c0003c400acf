/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "library/chorus-library.h"

G_BEGIN_DECLS

#define CHORUS_TYPE_PLACE_DIALOG (chorus_place_dialog_get_type ())

/**
 * ChorusPlaceDialog:
 *
 * Makes a project, a site or a deployment, and on the way whatever it has to be in. Everything has a sensible name
 * already.
 */
G_DECLARE_FINAL_TYPE (ChorusPlaceDialog, chorus_place_dialog, CHORUS, PLACE_DIALOG, AdwWindow)

/**
 * ChorusPlaceDialog::created:
 * @self: the dialog
 * @place: the place that was asked for
 *
 * Emitted when the service has it, before the dialog closes.
 */

/**
 * chorus_place_dialog_new:
 * @library: where to make the place
 * @kind: what to make
 * @parent_id: (nullable): the project of a new site or the site of a new deployment, when it is decided already
 *
 * Returns: (transfer none): a new dialog
 */
ChorusPlaceDialog *chorus_place_dialog_new (ChorusLibrary   *library,
                                            ChorusPlaceKind  kind,
                                            const char      *parent_id);

/**
 * chorus_place_dialog_new_typed:
 * @library: where to remember the deployment
 *
 * For a service that cannot list its deployments: asks for the id and for what to call it.
 *
 * Returns: (transfer none): a new dialog
 */
ChorusPlaceDialog *chorus_place_dialog_new_typed (ChorusLibrary *library);

G_END_DECLS
