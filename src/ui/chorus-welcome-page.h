/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CHORUS_TYPE_WELCOME_PAGE (chorus_welcome_page_get_type ())

/**
 * ChorusWelcomePage:
 *
 * What a person sees at the first start: one line about Chorus, and two cards that connect to Darukaa or start work on
 * this computer.
 */
G_DECLARE_FINAL_TYPE (ChorusWelcomePage, chorus_welcome_page, CHORUS, WELCOME_PAGE, AdwBin)

G_END_DECLS
