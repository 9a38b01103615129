/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures the layout of a graph: milliseconds a step, the error of the forces, and how many steps and
 * seconds it takes until the layout has settled, and until it is readable. Readable: the edges are so
 * short, against the distance of any two nodes, that no more than a twentieth of all that they will
 * have shortened is left. The graph comes from a file, an edge a line, or has communities that are
 * planted. Prints JSON. */

#include <math.h>
#include <stdio.h>

#include "bench-kit.h"
#include "core/layout/force-layout.h"
#include "core/layout/layout-measures.h"

#define MIXING 0.3 /* fraction of the planted edges that lead to another community */
#define READABLE_FRAC 0.05
#define N_SAMPLED_PAIRS 20000
#define N_SAMPLED_FORCES 2048

/* Command line. */
static char *edge_path = NULL;
static char *planted_text = NULL;
static char *write_path = NULL;
static char *layout_path = NULL;
static int n_steps = 0;
static int n_threads = 1;
static int n_rounds = 1;
static double error_percent = 1.0;

static const GOptionEntry entries[] = {
    {"edges", 0, 0, G_OPTION_ARG_FILENAME, &edge_path, "Lines of node, node and, if any, weight",
     "FILE"},
    {"planted", 0, 0, G_OPTION_ARG_STRING, &planted_text,
     "Nodes, edges, communities and seed of a planted partition", "N,E,K,SEED"},
    {"write", 0, 0, G_OPTION_ARG_FILENAME, &write_path, "Only write the graph's edges", "FILE"},
    {"layout", 0, 0, G_OPTION_ARG_FILENAME, &layout_path, "Write the positions", "FILE"},
    {"steps", 0, 0, G_OPTION_ARG_INT, &n_steps, "End after so many steps; 0 ends when settled",
     "N"},
    {"threads", 0, 0, G_OPTION_ARG_INT, &n_threads, "Number of threads", "T"},
    {"rounds", 0, 0, G_OPTION_ARG_INT, &n_rounds, "Layouts, of which the fastest counts", "N"},
    {"error", 0, 0, G_OPTION_ARG_DOUBLE, &error_percent, "Force error that is allowed", "PERCENT"},
    {NULL},
};

typedef struct {
  CoterieGraph *graph;
  guint32 *communities; /* [n_nodes], NULL if unknown */
} Subject;

typedef struct {
  guint n_steps;
  double seconds;
  double best_step_ms;
  double median_step_ms;
  double cpu_step_ms; /* of all threads, in the mean */
  double error_percent;
  double worst_error_percent;
  gboolean settled;
  guint readable_step;
  double readable_seconds;
  double separation; /* not-a-number if communities are unknown */
} Result;

/* The generator is splitmix64, so that a few lines of any language make the same graphs. */
static guint64
draw_number (guint64 *state)
{
  guint64 z = *state += G_GUINT64_CONSTANT (0x9E3779B97F4A7C15);

  z = (z ^ z >> 30) * G_GUINT64_CONSTANT (0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * G_GUINT64_CONSTANT (0x94D049BB133111EB);
  return (z ^ z >> 31) >> 11;
}

/* Another node for an edge of v, or v itself if that has to be drawn again. */
static guint32
draw_companion (guint32 v, guint n_nodes, guint n_communities, guint64 *state)
{
  guint64 own = (guint64) v * n_communities / n_nodes;
  guint32 first = (guint32) ((own * n_nodes + n_communities - 1) / n_communities);
  guint32 end = (guint32) (((own + 1) * n_nodes + n_communities - 1) / n_communities);
  guint32 w;

  if ((double) draw_number (state) * 0x1p-53 >= MIXING)
    return first + (guint32) (draw_number (state) % (end - first));
  w = (guint32) (draw_number (state) % n_nodes);
  return w < first || w >= end ? w : v;
}

static Subject
plant (void)
{
  guint n_nodes, n_edges, n_communities, n_drawn = 0;
  guint64 seed;
  CoterieEdge *edges;
  g_autoptr (GHashTable) drawn = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Subject subject;

  if (sscanf (planted_text, "%u,%u,%u,%" G_GUINT64_FORMAT, &n_nodes, &n_edges, &n_communities,
              &seed) != 4 ||
      n_communities < 2 || n_nodes < 2 * n_communities ||
      n_edges > (guint64) n_nodes * (n_nodes / n_communities - 1) / 2)
    bench_fail ("--planted wants nodes, edges, communities and a seed, such as 500,12000,8,11");

  edges = g_new (CoterieEdge, n_edges);
  while (n_drawn < n_edges) {
    guint32 v = (guint32) (draw_number (&seed) % n_nodes);
    guint32 w = draw_companion (v, n_nodes, n_communities, &seed);
    guint32 source = MIN (v, w), target = MAX (v, w);
    gint64 key = (gint64) source << 32 | target;

    if (v == w || !g_hash_table_add (drawn, g_memdup2 (&key, sizeof key)))
      continue;
    edges[n_drawn++] = (CoterieEdge){source, target, 1.0};
  }
  subject.graph = coterie_graph_new (n_nodes, edges, n_edges);
  subject.communities = g_new (guint32, n_nodes);
  for (guint v = 0; v < n_nodes; v++)
    subject.communities[v] = (guint32) ((guint64) v * n_communities / n_nodes);
  g_free (edges);
  return subject;
}

static Subject
read_edges (void)
{
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (CoterieEdge));
  FILE *file = fopen (edge_path, "r");
  char line[256];
  guint n_nodes = 0;

  if (file == NULL)
    bench_fail ("the file with the edges cannot be read");
  while (fgets (line, sizeof line, file) != NULL) {
    guint v, w;
    double weight = 1.0;
    CoterieEdge edge;

    if (sscanf (line, "%u %u %lf", &v, &w, &weight) < 2 || v == w || !(weight > 0.0))
      bench_fail (
          "a line of the file is not an edge: two different nodes and a weight greater than 0");
    edge = (CoterieEdge){MIN (v, w), MAX (v, w), weight};
    g_array_append_val (edges, edge);
    n_nodes = MAX (n_nodes, edge.target + 1);
  }
  fclose (file);
  return (Subject){.graph =
                       coterie_graph_new (n_nodes, (const CoterieEdge *) edges->data, edges->len)};
}

static void
write_edges (const CoterieGraph *graph)
{
  FILE *file = fopen (write_path, "w");

  if (file == NULL)
    bench_fail ("the file for the edges cannot be written");
  for (guint e = 0; e < graph->n_edges; e++)
    fprintf (file, "%u %u\n", graph->edges[e].source, graph->edges[e].target);
  if (fclose (file) != 0)
    bench_fail ("the file for the edges cannot be written");
}

static void
write_positions (const double *positions, guint n_nodes)
{
  FILE *file = fopen (layout_path, "w");

  if (file == NULL)
    bench_fail ("the file for the positions cannot be written");
  for (guint v = 0; v < n_nodes; v++)
    fprintf (file, "%.9g %.9g\n", positions[2 * v], positions[2 * v + 1]);
  if (fclose (file) != 0)
    bench_fail ("the file for the positions cannot be written");
}

static double
measure_distance (const double *positions, guint32 v, guint32 w)
{
  return hypot (positions[2 * v] - positions[2 * w], positions[2 * v + 1] - positions[2 * w + 1]);
}

/* Mean length of edges over the mean distance of two nodes, both of a sample. */
static double
measure_edge_length (const CoterieGraph *graph, const double *positions)
{
  guint64 state = 1;
  double edges = 0.0, pairs = 0.0;

  for (guint i = 0; i < N_SAMPLED_PAIRS && graph->n_edges > 0; i++) {
    const CoterieEdge *edge = &graph->edges[draw_number (&state) % graph->n_edges];
    guint32 v = (guint32) (draw_number (&state) % graph->n_nodes);
    guint32 w = (guint32) (draw_number (&state) % graph->n_nodes);

    edges += measure_distance (positions, edge->source, edge->target);
    pairs += measure_distance (positions, v, w);
  }
  return pairs > 0.0 ? edges / pairs : 1.0;
}

static double
read_cpu_ms (void)
{
  return 1e3 * bench_read_seconds (CLOCK_PROCESS_CPUTIME_ID);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
find_readable (Result *result, const double *step_ms, const double *lengths)
{
  double first = lengths[0], last = lengths[result->n_steps - 1];
  double enough = last + READABLE_FRAC * (first - last);

  for (guint step = 0; step < result->n_steps; step++) {
    result->readable_step = step + 1;
    result->readable_seconds += step_ms[step] / 1e3;
    if (lengths[step] <= enough)
      return;
  }
}

static CoterieForceLayout *
begin_layout (const Subject *subject, CoteriePool *pool)
{
  CoterieForceSettings settings;
  CoterieForceLayout *layout;

  coterie_force_settings_init (&settings);
  settings.force_error_percent = error_percent;
  layout = coterie_force_layout_new (subject->graph, &settings, pool);
  coterie_force_layout_scatter (layout, 1);
  return layout;
}

/* One step after the other, as in the program; what is measured besides is measured in a layout of its
 * own, which is the same. */
static GArray *
time_steps (const Subject *subject, CoteriePool *pool, Result *result)
{
  g_autoptr (CoterieForceLayout) layout = begin_layout (subject, pool);
  GArray *times = g_array_new (FALSE, FALSE, sizeof (double));
  double cpu_ms = read_cpu_ms ();
  gint64 began = g_get_monotonic_time (), last = began;
  gboolean moving = TRUE;

  while (moving && (n_steps == 0 || times->len < (guint) n_steps)) {
    gint64 now;
    double ms;

    moving = coterie_force_layout_step (layout);
    now = g_get_monotonic_time ();
    ms = (double) (now - last) / 1e3;
    last = now;
    g_array_append_val (times, ms);
  }
  result->n_steps = times->len;
  result->settled = !moving;
  result->seconds = (double) (last - began) / 1e6;
  result->cpu_step_ms = (read_cpu_ms () - cpu_ms) / times->len;
  return times;
}

static Result
lay_out (const Subject *subject, CoteriePool *pool)
{
  g_autoptr (CoterieForceLayout) layout = begin_layout (subject, pool);
  g_autoptr (GArray) lengths = g_array_new (FALSE, FALSE, sizeof (double));
  const double *positions = coterie_force_layout_get_positions (layout);
  Result result = {.separation = NAN};
  g_autoptr (GArray) times = time_steps (subject, pool, &result);

  for (guint step = 0; step < result.n_steps; step++) {
    double length;

    coterie_force_layout_step (layout);
    length = measure_edge_length (subject->graph, positions);
    g_array_append_val (lengths, length);
    if (step % 50 == 7) {
      double error = coterie_force_layout_measure_force_error (layout, N_SAMPLED_FORCES);

      result.worst_error_percent = MAX (result.worst_error_percent, error);
    }
  }
  result.error_percent = coterie_force_layout_measure_force_error (layout, N_SAMPLED_FORCES);
  find_readable (&result, (const double *) times->data, (const double *) lengths->data);
  if (subject->communities != NULL)
    result.separation = coterie_layout_measure_separation (positions, subject->communities,
                                                           subject->graph->n_nodes);
  if (layout_path != NULL)
    write_positions (positions, subject->graph->n_nodes);
  g_array_sort (times, compare_doubles);
  result.best_step_ms = g_array_index (times, double, 0);
  result.median_step_ms = g_array_index (times, double, times->len / 2);
  return result;
}

static void
add_count (JsonBuilder *builder, const char *name, guint count)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, count);
}

static void
print_result (const CoterieGraph *graph, const Result *result)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  add_count (builder, "nodes", graph->n_nodes);
  add_count (builder, "edges", graph->n_edges);
  add_count (builder, "threads", (guint) n_threads);
  bench_add_number (builder, "ms_a_step", result->median_step_ms);
  bench_add_number (builder, "best_ms_a_step", result->best_step_ms);
  bench_add_number (builder, "cpu_ms_a_step", result->cpu_step_ms);
  bench_add_number (builder, "allowed_force_error_percent", error_percent);
  bench_add_number (builder, "force_error_percent", result->error_percent);
  bench_add_number (builder, "worst_force_error_percent", result->worst_error_percent);
  add_count (builder, "steps", result->n_steps);
  bench_add_number (builder, "seconds", result->seconds);
  json_builder_set_member_name (builder, "settled");
  json_builder_add_boolean_value (builder, result->settled);
  add_count (builder, "steps_to_readable", result->readable_step);
  bench_add_number (builder, "seconds_to_readable", result->readable_seconds);
  bench_add_number (builder, "separation", result->separation);
  json_builder_end_object (builder);
  bench_print_json (builder);
}

static void
read_command_line (int *argc, char ***argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    bench_fail (error->message);
  if ((edge_path == NULL) == (planted_text == NULL))
    bench_fail ("wants either --edges or --planted");
  if (n_steps < 0 || n_threads < 1 || n_rounds < 1 || !(error_percent >= 0.0))
    bench_fail ("steps and the error cannot be negative, and threads and rounds are at least 1");
}

int
main (int argc, char *argv[])
{
  g_autoptr (CoteriePool) pool = NULL;
  Subject subject;
  Result best = {0};

  read_command_line (&argc, &argv);
  subject = edge_path != NULL ? read_edges () : plant ();
  if (write_path != NULL) {
    write_edges (subject.graph);
  } else {
    pool = coterie_pool_new ((guint) n_threads);
    for (int i = 0; i < n_rounds; i++) {
      Result result = lay_out (&subject, pool);

      if (i == 0 || result.seconds < best.seconds)
        best = result;
    }
    print_result (subject.graph, &best);
  }
  coterie_graph_unref (subject.graph);
  g_free (subject.communities);
  return 0;
}
