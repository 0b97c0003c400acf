#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# The shell scripts are POSIX sh and clean under shellcheck.
set -eu
cd "$1"
exec shellcheck dev .ci/run flatpak/*.sh tests/house/*.sh tests/support/*.sh
