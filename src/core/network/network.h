/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "core/base/rng.h"

G_BEGIN_DECLS

/**
 * CoterieNetwork:
 * @n_layers: number of weight layers: hidden layers and the output layer
 * @widths: [n_layers + 1]: inputs, neurons of each hidden layer, classes
 * @weights: [n_layers]: weights[l] is [widths[l + 1]][widths[l]], row-major, dimensionless
 * @biases: [n_layers]: biases[l] is [widths[l + 1]], dimensionless
 * @parameters: all weights and biases in one piece: for each layer its weights, then its biases
 * @n_parameters: how many there are
 *
 * A fully connected network: hidden layers with ReLU, the output layer linear (softmax is applied
 * where a loss or a probability is asked for). Reference-counted; whoever trains it is its only
 * writer, and hands out copies.
 */
typedef struct {
  guint n_layers;
  const guint *widths;
  float *const *weights;
  float *const *biases;
  float *parameters;
  gsize n_parameters;
} CoterieNetwork;

CoterieNetwork *coterie_network_new (const guint *widths, guint n_widths);
CoterieNetwork *coterie_network_copy (const CoterieNetwork *network);
CoterieNetwork *coterie_network_ref (CoterieNetwork *network);
void coterie_network_unref (CoterieNetwork *network);
void coterie_network_fill_glorot_uniform (CoterieNetwork *network, CoterieRng *rng);
guint coterie_network_get_n_hidden (const CoterieNetwork *network);
guint coterie_network_get_n_classes (const CoterieNetwork *network);
gsize coterie_network_count_hidden_neurons (const CoterieNetwork *network);
guint coterie_network_get_widest (const CoterieNetwork *network);
gboolean coterie_network_is_finite (const CoterieNetwork *network);

/* Lanes are samples side by side: activations of a block of samples are [neuron][lanes], lanes a
 * multiple of COTERIE_LANES, so that a vector holds one neuron for many samples and the order of
 * every sum is the same for all vector widths. */
#define COTERIE_LANES 16

void coterie_network_forward (const CoterieNetwork *network,
                              const float *inputs,
                              float *const *outputs,
                              gsize lanes);
void coterie_network_forward_sparse (const CoterieNetwork *network,
                                     const float *inputs,
                                     float *const *outputs,
                                     gsize lanes);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CoterieNetwork, coterie_network_unref)

G_END_DECLS
