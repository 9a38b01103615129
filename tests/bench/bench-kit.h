/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <time.h>

G_BEGIN_DECLS

void bench_fail (const char *message) G_GNUC_NORETURN;
double bench_read_seconds (clockid_t clock);
void bench_add_number (JsonBuilder *json, const char *name, double value);
void bench_add_text (JsonBuilder *json, const char *name, const char *value);
void bench_print_json (JsonBuilder *json);

G_END_DECLS
