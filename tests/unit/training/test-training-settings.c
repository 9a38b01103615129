/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "core/training/training-settings.h"

#include <math.h>

static void
test_defaults_are_valid (void)
{
  CoterieTrainingSettings settings;
  g_autoptr (GError) error = NULL;

  coterie_training_settings_init (&settings);
  g_assert_true (coterie_training_settings_validate (&settings, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (settings.n_hidden, ==, 2);
  g_assert_cmpuint (settings.hidden[1], ==, 512);
  g_assert_cmpfloat (settings.dropout[0], ==, 0.3);
  g_assert_cmpfloat (settings.dropout[COTERIE_MAX_HIDDEN_LAYERS - 1], ==, 0.3);
  g_assert_cmpuint (settings.batch, ==, 32);
  g_assert_cmpuint (settings.n_iterations, ==, 20);
}

/* Checks that settings are refused, with a message that has word and value in it. */
static void
assert_refused (const CoterieTrainingSettings *settings, const char *word, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (coterie_training_settings_validate (settings, &error));
  g_assert_error (error, COTERIE_SETTINGS_ERROR, COTERIE_SETTINGS_ERROR_OUT_OF_RANGE);
  g_assert_nonnull (strstr (error->message, word));
  g_assert_nonnull (strstr (error->message, value));
}

#define ASSERT_REFUSED(field, bad, word, value)                                                    \
  G_STMT_START                                                                                     \
  {                                                                                                \
    CoterieTrainingSettings settings;                                                              \
                                                                                                   \
    coterie_training_settings_init (&settings);                                                    \
    settings.field = (bad);                                                                        \
    assert_refused (&settings, word, value);                                                       \
  }                                                                                                \
  G_STMT_END

static void
test_out_of_range_is_named (void)
{
  ASSERT_REFUSED (n_hidden, 0, "hidden layers", "is 0");
  ASSERT_REFUSED (n_hidden, 17, "hidden layers", "is 17");
  ASSERT_REFUSED (hidden[1], 0, "hidden layer 2", "is 0");
  ASSERT_REFUSED (hidden[0], 65537, "hidden layer 1", "65536");
  ASSERT_REFUSED (dropout[0], -0.1, "dropout of hidden layer 1", "-0.1");
  ASSERT_REFUSED (dropout[1], 0.96, "dropout of hidden layer 2", "0.95");
  ASSERT_REFUSED (dropout[0], (double) NAN, "dropout", "nan");
  ASSERT_REFUSED (optimizer, (CoterieOptimizerKind) 7, "optimizer", "7");
  ASSERT_REFUSED (learning_rate, 0.0, "learning rate", "is 0");
  ASSERT_REFUSED (learning_rate, 11.0, "learning rate", "11");
  ASSERT_REFUSED (momentum, 1.0, "momentum", "0.999");
  ASSERT_REFUSED (batch, 0, "batch", "is 0");
  ASSERT_REFUSED (batch, 4097, "batch", "4097");
  ASSERT_REFUSED (n_iterations, 0, "iterations", "is 0");
  ASSERT_REFUSED (n_iterations, 10001, "iterations", "10000");
  ASSERT_REFUSED (record_every, 0, "iterations", "is 0");
  ASSERT_REFUSED (label_noise, 1.5, "label noise", "1.5");
}

static void
test_dropout_of_each_layer (void)
{
  CoterieTrainingSettings settings;

  coterie_training_settings_init (&settings);
  g_assert_cmpuint (coterie_training_settings_get_n_dropouts (&settings), ==, 1);
  settings.dropout[2] = 7.0; /* there is no third layer */
  g_assert_cmpuint (coterie_training_settings_get_n_dropouts (&settings), ==, 1);
  g_assert_true (coterie_training_settings_validate (&settings, NULL));
  settings.dropout[1] = 0.5;
  g_assert_cmpuint (coterie_training_settings_get_n_dropouts (&settings), ==, 2);
  coterie_training_settings_set_dropout (&settings, 0.25);
  g_assert_cmpuint (coterie_training_settings_get_n_dropouts (&settings), ==, 1);
  g_assert_cmpfloat (settings.dropout[1], ==, 0.25);
}

static void
test_counts_weights (void)
{
  CoterieTrainingSettings settings;

  coterie_training_settings_init (&settings);
  g_assert_cmpuint (coterie_training_settings_count_weights (&settings, 784, 10), ==, 669706);
  settings.n_hidden = 1;
  settings.hidden[0] = 3;
  g_assert_cmpuint (coterie_training_settings_count_weights (&settings, 2, 5), ==, 3 * 3 + 4 * 5);
}

static void
test_optimizer_names (void)
{
  CoterieOptimizerKind kind = COTERIE_OPTIMIZER_ADAM;

  g_assert_true (coterie_optimizer_kind_from_string ("sgd", &kind));
  g_assert_cmpint (kind, ==, COTERIE_OPTIMIZER_SGD);
  g_assert_false (coterie_optimizer_kind_from_string ("SGD", &kind));
  g_assert_false (coterie_optimizer_kind_from_string (NULL, &kind));
  g_assert_cmpint (kind, ==, COTERIE_OPTIMIZER_SGD);
  g_assert_cmpstr (coterie_optimizer_kind_to_string (COTERIE_OPTIMIZER_ADAM), ==, "adam");
  g_assert_null (coterie_optimizer_kind_to_string ((CoterieOptimizerKind) 2));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/training/settings/defaults-are-valid", test_defaults_are_valid);
  g_test_add_func ("/training/settings/out-of-range-is-named", test_out_of_range_is_named);
  g_test_add_func ("/training/settings/dropout-of-each-layer", test_dropout_of_each_layer);
  g_test_add_func ("/training/settings/counts-weights", test_counts_weights);
  g_test_add_func ("/training/settings/optimizer-names", test_optimizer_names);
  return g_test_run ();
}
