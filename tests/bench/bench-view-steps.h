/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the main thread is away from its poll: what a person waits for when something is to be answered. */

#pragma once

#include <gtk/gtk.h>

typedef struct _BenchViewSteps BenchViewSteps;

/* Measures the default main context from now on. There can be one at a time. */
BenchViewSteps *bench_view_steps_new (void);

void bench_view_steps_free (BenchViewSteps *self);

/* Tells steps that draw from those that do not, and what of them drawing takes. */
void bench_view_steps_watch_clock (BenchViewSteps *self,
                                   GdkFrameClock  *clock);

/* Prints the steps so far in milliseconds, one line for those with a frame and one for those without, and forgets them:
 * "frames|others count p50 p99 most over16 over50 processor-p99 update layout paint". */
void bench_view_steps_report (BenchViewSteps *self);
