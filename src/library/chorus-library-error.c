/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-library-error.h"

G_DEFINE_QUARK (chorus-library-error-quark, chorus_library_error)
