/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The commands train and info as people and scripts meet them: exit status, standard output and
 * standard error of the program itself, whose path is in COTERIE_CLI. */

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <signal.h>
#include <sys/wait.h>

#include "cli/number-text.h"
#include "test-folder.h"

typedef struct {
  TestFolder *folder;
  char *output;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = test_folder_new ();
  fixture->output = g_build_filename (fixture->folder, "run.coterie", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_folder_free (fixture->folder);
  g_free (fixture->output);
}

typedef struct {
  int status;
  char *out;
  char *err;
} Outcome;

static void
outcome_clear (Outcome *outcome)
{
  g_free (outcome->out);
  g_free (outcome->err);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)

/* Runs the program with the words of a line; OUTPUT among them stands for the fixture's path. */
static Outcome
run_cli (Fixture *fixture, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  Outcome outcome;
  int wait_status;

  g_ptr_array_add (arguments, (gpointer) g_getenv ("COTERIE_CLI"));
  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (arguments, g_str_equal (words[i], "OUTPUT") ? fixture->output : words[i]);
  g_ptr_array_add (arguments, NULL);

  g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL, &outcome.out,
                &outcome.err, &wait_status, &error);
  g_assert_no_error (error);
  g_assert_true (WIFEXITED (wait_status));
  outcome.status = WEXITSTATUS (wait_status);
  return outcome;
}

#define SMALL_RUN                                                                                  \
  "train --dataset digits -o OUTPUT --hidden 20,12 --limit 300 --iterations 3 --record-every 2 "   \
  "--top 4 --threads 2"

static JsonObject *
parse_object (JsonParser *parser, const char *text)
{
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return json_node_get_object (json_parser_get_root (parser));
}

static void
test_trains_and_informs (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) train = run_cli (fixture, SMALL_RUN);
  g_auto (Outcome) text = run_cli (fixture, "info OUTPUT");
  g_auto (Outcome) json = run_cli (fixture, "info OUTPUT --json");
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonObject *root;
  JsonObject *settings;
  JsonObject *layer;
  JsonArray *frames;

  g_assert_cmpint (train.status, ==, 0);
  g_assert_cmpstr (train.err, ==, "");
  g_assert_nonnull (strstr (train.out, "Iteration 2 of 3"));
  g_assert_null (strchr (train.out, '\r'));

  g_assert_cmpint (text.status, ==, 0);
  g_assert_nonnull (strstr (text.out, "20, 12"));
  g_assert_nonnull (strstr (text.out, "Pearson"));

  g_assert_cmpint (json.status, ==, 0);
  root = parse_object (parser, json.out);
  settings = json_object_get_object_member (root, "settings");
  g_assert_cmpstr (json_object_get_string_member (settings, "dataset"), ==, "digits");
  g_assert_cmpint (json_object_get_int_member (settings, "record_every"), ==, 2);
  g_assert_true (json_object_get_boolean_member (root, "finished"));
  frames = json_object_get_array_member (root, "frames");
  g_assert_cmpuint (json_array_get_length (frames), ==, 3);
  layer = json_array_get_object_element (
      json_object_get_array_member (json_array_get_object_element (frames, 2), "layers"), 1);
  g_assert_cmpint (json_object_get_int_member (layer, "layer"), ==, 2);
  g_assert_cmpint (json_object_get_int_member (layer, "neurons"), ==, 12);
  g_assert_true (json_object_has_member (json_object_get_object_member (layer, "modularity"),
                                         "weighted_overlap"));
}

/* The frames that train prints as they come are those that info prints afterwards. */
static void
test_events_are_frames_of_info (Fixture *fixture, gconstpointer data)
{
  g_auto (Outcome) train = run_cli (fixture, SMALL_RUN " --json");
  g_auto (Outcome) info = run_cli (fixture, "info --json OUTPUT");
  g_auto (GStrv) lines = g_strsplit (train.out, "\n", -1);
  g_autoptr (JsonParser) info_parser = json_parser_new ();
  JsonArray *frames = json_object_get_array_member (parse_object (info_parser, info.out), "frames");

  g_assert_cmpint (train.status, ==, 0);
  g_assert_cmpuint (g_strv_length (lines), ==, 6); /* start, 3 frames, end, and nothing after it */
  for (guint i = 0; i < 5; i++) {
    g_autoptr (JsonParser) parser = json_parser_new ();
    JsonObject *event = parse_object (parser, lines[i]);

    g_assert_cmpstr (json_object_get_string_member (event, "event"), ==,
                     i == 0 ? "start" : (i == 4 ? "end" : "frame"));
    if (i < 1 || i > 3)
      continue;
    json_object_remove_member (event, "event");
    g_assert_true (
        json_node_equal (json_parser_get_root (parser), json_array_get_element (frames, i - 1)));
  }
}

typedef struct {
  const char *line;
  const char *word; /* that standard error has in it */
} Misuse;

static const Misuse misuses[] = {
    {"", "command"},
    {"tarin", "tarin"},
    {"train", "--dataset"},
    {"train --dataset digits", "-o"},
    {"train --dataset digits -o OUTPUT more", "more"},
    {"train --dataset digits -o OUTPUT --colour", "--colour"},
    {"train --dataset digits -o OUTPUT --hidden 512,,5", "--hidden"},
    {"train --dataset digits -o OUTPUT --hidden 0", "--hidden"},
    {"train --dataset digits -o OUTPUT --hidden 5,x", "--hidden"},
    {"train --dataset digits -o OUTPUT --hidden 1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1", "--hidden"},
    {"train --dataset digits -o OUTPUT --dropout abc", "--dropout"},
    {"train --dataset digits -o OUTPUT --dropout 0,3", "--dropout"},
    {"train --dataset digits -o OUTPUT --dropout 0.96", "--dropout"},
    {"train --dataset digits -o OUTPUT --dropout nan", "--dropout"},
    {"train --dataset digits -o OUTPUT --optimizer rmsprop", "--optimizer"},
    {"train --dataset digits -o OUTPUT --learning-rate 0", "--learning-rate"},
    {"train --dataset digits -o OUTPUT --learning-rate 0.1x", "--learning-rate"},
    {"train --dataset digits -o OUTPUT --optimizer sgd --momentum 1", "--momentum"},
    {"train --dataset digits -o OUTPUT --momentum 0.9", "--momentum"},
    {"train --dataset digits -o OUTPUT --batch 4097", "--batch"},
    {"train --dataset digits -o OUTPUT --batch -1", "--batch"},
    {"train --dataset digits -o OUTPUT --iterations 1.5", "--iterations"},
    {"train --dataset digits -o OUTPUT --record-every 0", "--record-every"},
    {"train --dataset digits -o OUTPUT --label-noise 1.01", "--label-noise"},
    {"train --dataset digits -o OUTPUT --seed 99999999999999999999", "--seed"},
    {"train --dataset digits -o OUTPUT --top 0", "--top"},
    {"train --dataset digits -o OUTPUT --bins 1", "--bins"},
    {"train --dataset digits -o OUTPUT --resolution 0", "--resolution"},
    {"train --dataset digits -o OUTPUT --threads 2000", "--threads"},
    {"train --dataset digits -o OUTPUT --limit many", "--limit"},
    {"info", "recording"},
    {"info a b", "recording"},
};

static void
test_misuse_names_the_option (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (misuses); i++) {
    g_auto (Outcome) outcome = run_cli (fixture, misuses[i].line);

    g_test_message ("%s", misuses[i].line);
    g_assert_cmpint (outcome.status, ==, 2);
    g_assert_cmpstr (outcome.out, ==, "");
    g_assert_true (g_str_has_prefix (outcome.err, "coterie-cli: "));
    g_assert_nonnull (strstr (outcome.err, misuses[i].word));
    g_assert_nonnull (strstr (outcome.err, "--help"));
    g_assert_false (g_file_test (fixture->output, G_FILE_TEST_EXISTS));
  }
}

static void
assert_failure (Fixture *fixture, const char *line, const char *word)
{
  g_auto (Outcome) outcome = run_cli (fixture, line);

  g_assert_cmpint (outcome.status, ==, 1);
  g_assert_true (g_str_has_prefix (outcome.err, "coterie-cli: "));
  g_assert_nonnull (strstr (outcome.err, word));
  g_assert_true (strchr (outcome.err, '\n') == outcome.err + strlen (outcome.err) - 1);
}

static void
test_failure_is_one_line (Fixture *fixture, gconstpointer data)
{
  assert_failure (fixture, "train --dataset /nonexistent/folder -o OUTPUT", "/nonexistent/folder");
  assert_failure (fixture, "train --dataset digits -o /nonexistent/x.coterie", "/nonexistent");
  assert_failure (fixture, "info OUTPUT", "run.coterie");
  g_assert_true (g_file_set_contents (fixture->output, "not a recording", -1, NULL));
  assert_failure (fixture, "info OUTPUT", "run.coterie");
  assert_failure (fixture, "train --dataset digits -o OUTPUT", "exists already");
}

static void
test_help_and_version (Fixture *fixture, gconstpointer data)
{
  const char *lines[] = {"--help", "--version", "train --help", "info --help"};

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_auto (Outcome) outcome = run_cli (fixture, lines[i]);

    g_assert_cmpint (outcome.status, ==, 0);
    g_assert_cmpstr (outcome.err, ==, "");
    g_assert_nonnull (strstr (outcome.out, "coterie-cli"));
  }
}

/* Reads lines until one has the word in it. */
static void
await_line (GDataInputStream *lines, const char *word)
{
  for (;;) {
    g_autoptr (GError) error = NULL;
    g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

    g_assert_no_error (error);
    g_assert_nonnull (line);
    if (strstr (line, word) != NULL)
      return;
  }
}

static void
test_interrupt_keeps_frames (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error,
      g_getenv ("COTERIE_CLI"), "train", "--dataset", "digits", "-o", fixture->output, "--hidden",
      "20", "--limit", "300", "--iterations", "10000", "--top", "4", "--json", NULL);
  g_autoptr (GDataInputStream) lines = NULL;
  g_auto (Outcome) info = {0};
  g_autoptr (GInputStream) err = NULL;
  char message[500] = "";

  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  err = g_object_ref (g_subprocess_get_stderr_pipe (process));
  await_line (lines, "\"iteration\":1,");
  g_subprocess_send_signal (process, SIGINT);
  await_line (lines, "\"end\"");
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
  g_input_stream_read_all (err, message, sizeof message - 1, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (message, "kept in"));

  info = run_cli (fixture, "info --json OUTPUT");
  g_assert_cmpint (info.status, ==, 0);
  g_assert_nonnull (strstr (info.out, "\"stopped\""));
}

static void
test_numbers_are_strict (void)
{
  const char *bad_reals[] = {"", " 1", "1 ", "0,5", "1e", "0x10", "inf", "nan", "1e999", "1.5.2"};
  const char *bad_wholes[] = {"", "-1", "+1", " 1", "1 ", "1.0", "101", "0x1", "1e1"};
  double real = 7.0;
  guint64 whole = 7;

  for (guint i = 0; i < G_N_ELEMENTS (bad_reals); i++)
    g_assert_false (coterie_number_text_parse_real (bad_reals[i], &real));
  for (guint i = 0; i < G_N_ELEMENTS (bad_wholes); i++)
    g_assert_false (coterie_number_text_parse_whole (bad_wholes[i], 100, &whole));
  g_assert_cmpfloat (real, ==, 7.0);
  g_assert_cmpuint (whole, ==, 7);

  g_assert_true (coterie_number_text_parse_real ("-2.5e-1", &real));
  g_assert_cmpfloat (real, ==, -0.25);
  g_assert_true (coterie_number_text_parse_whole ("100", 100, &whole));
  g_assert_cmpuint (whole, ==, 100);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/cli/trains-and-informs", test_trains_and_informs);
  ADD ("/cli/events-are-frames-of-info", test_events_are_frames_of_info);
  ADD ("/cli/misuse-names-the-option", test_misuse_names_the_option);
  ADD ("/cli/failure-is-one-line", test_failure_is_one_line);
  ADD ("/cli/help-and-version", test_help_and_version);
  ADD ("/cli/interrupt-keeps-frames", test_interrupt_keeps_frames);
  g_test_add_func ("/cli/numbers-are-strict", test_numbers_are_strict);
  return g_test_run ();
}
