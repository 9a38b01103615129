/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A data set that any classifier can learn: noise, and for each class some features of its own that
 * are bright. */

#include "small-dataset.h"

#include "core/base/rng.h"

CoterieDataset *
small_dataset_new (guint n_samples, guint n_features, guint n_classes)
{
  g_autofree guint8 *pixels = g_new (guint8, n_samples * n_features);
  g_autofree guint16 *labels = g_new (guint16, n_samples);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) class_names = NULL;
  CoterieSamples splits[COTERIE_N_SPLITS] = {{NULL}};
  g_autoptr (GError) error = NULL;
  CoterieDataset *dataset;
  CoterieRng rng;

  coterie_rng_init (&rng, 5, 0);
  for (guint s = 0; s < n_samples; s++) {
    labels[s] = (guint16) (s % n_classes);
    for (guint i = 0; i < n_features; i++)
      pixels[s * n_features + i] =
          (guint8) (coterie_rng_below (&rng, 100) + (i % n_classes == labels[s] ? 150 : 0));
  }
  for (guint c = 0; c < n_classes; c++) {
    g_autofree char *name = g_strdup_printf ("%u", c);

    g_strv_builder_add (names, name);
  }
  class_names = g_strv_builder_end (names);

  for (guint split = 0; split < COTERIE_N_SPLITS; split++) {
    splits[split].pixels = g_bytes_new (pixels, n_samples * n_features);
    splits[split].labels = g_bytes_new (labels, n_samples * sizeof *labels);
    splits[split].n_samples = n_samples;
  }
  dataset = coterie_dataset_new (
      &(CoterieDatasetInfo){
          .name = "Small",
          .source = "small",
          .class_names = (const char *const *) class_names,
          .width = n_features,
          .height = 1,
          .n_classes = n_classes,
      },
      splits, &error);
  g_assert_no_error (error);

  for (guint split = 0; split < COTERIE_N_SPLITS; split++) {
    g_bytes_unref (splits[split].pixels);
    g_bytes_unref (splits[split].labels);
  }
  return dataset;
}
