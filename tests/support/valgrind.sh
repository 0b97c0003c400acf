#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Runs one test program under valgrind; errors of ours fail it, leaks that GLib keeps on purpose do not.
export G_SLICE=always-malloc
unset MALLOC_CHECK_
exec valgrind --quiet --error-exitcode=9 --num-callers=30 \
    --leak-check=full --show-leak-kinds=definite --errors-for-leak-kinds=definite \
    --suppressions=/usr/share/glib-2.0/valgrind/glib.supp \
    --suppressions="$(dirname "$0")/valgrind.supp" "$@"
