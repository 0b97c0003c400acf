/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-store-error.h"

G_DEFINE_QUARK (chorus-store-error-quark, chorus_store_error)
