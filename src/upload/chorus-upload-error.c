/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "chorus-upload-error.h"

G_DEFINE_QUARK (chorus-upload-error-quark, chorus_upload_error)
