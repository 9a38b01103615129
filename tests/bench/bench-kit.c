/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all benchmarks do: read clocks, print JSON, give up. */

#include "bench-kit.h"

#include <math.h>
#include <stdlib.h>

void
bench_fail (const char *message)
{
  g_printerr ("%s: %s\n", g_get_prgname (), message);
  exit (1);
}

double
bench_read_seconds (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (double) now.tv_sec + 1e-9 * (double) now.tv_nsec;
}

/* JSON has no not-a-number. */
void
bench_add_number (JsonBuilder *json, const char *name, double value)
{
  json_builder_set_member_name (json, name);
  if (isnan (value))
    json_builder_add_null_value (json);
  else
    json_builder_add_double_value (json, value);
}

void
bench_add_text (JsonBuilder *json, const char *name, const char *value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, value);
}

void
bench_print_json (JsonBuilder *json)
{
  g_autoptr (JsonNode) root = json_builder_get_root (json);
  g_autofree char *text = json_to_string (root, TRUE);

  g_print ("%s\n", text);
}
