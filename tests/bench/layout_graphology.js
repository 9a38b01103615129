// SPDX-License-Identifier: GPL-3.0-or-later

// ForceAtlas2 of graphology-layout-forceatlas2 on a graph that bench-layout wrote:
//
//   npm install graphology-layout-forceatlas2
//   bench-layout --planted 10000,100000,50,12 --write medium.edges
//   node layout_graphology.js medium.edges 1.0 60
//
// Wants the file and a number of seconds for each opening angle. The error is that of bench-layout: root
// mean square error of the repulsion of a node over the root mean square of the repulsion. It is
// measured where nodes are after some steps, for several angles and without the tree, and steps are
// timed, in processor time. To compare at equal errors, give bench-layout that of a line as --error.
// Prints JSON. (The tree gives up on nodes that are close to each other, so that there is an error that
// no angle goes below.)

const fs = require('fs');
const path = require('path');
const {createRequire} = require('module');

const FIELDS = 10; // numbers a node
const X = 0, Y = 1, DX = 2, DY = 3, MASS = 6, CONVERGENCE = 7, SIZE = 8;
const WARM_UP = 30; // steps
const N_SAMPLES = 500;
const THETAS = [0.5, 0.8, 1.2, 2];
const MAX_NODES_WITHOUT_TREE = 2000;
const SETTINGS = {
  linLogMode: false,
  outboundAttractionDistribution: false,
  adjustSizes: false,
  edgeWeightInfluence: 1,
  slowDown: 1,
  scalingRatio: 2,
  gravity: 0.1,
  strongGravityMode: true,
  barnesHutOptimize: true,
  barnesHutTheta: 0.5,
};

function fail(message) {
  console.error(`layout_graphology: ${message}`);
  process.exit(1);
}

function requirePeer() {
  try {
    return createRequire(path.join(process.cwd(), '/'))('graphology-layout-forceatlas2/iterate');
  } catch (error) {
    return fail('graphology-layout-forceatlas2 is not here: npm install graphology-layout-forceatlas2');
  }
}

function readGraph(file) {
  const lines = fs.readFileSync(file, 'utf8').trim().split('\n').map(l => l.split(' ').map(Number));
  const nNodes = 1 + lines.reduce((most, [u, v]) => Math.max(most, u, v), 0);
  const nodes = new Float32Array(nNodes * FIELDS);
  const edges = new Float32Array(lines.length * 3);
  let seed = 12345;

  for (let i = 0; i < nodes.length; i += FIELDS) {
    for (const axis of [X, Y]) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      nodes[i + axis] = (seed / 2 ** 32 - 0.5) * 10 * Math.sqrt(nNodes);
    }
    nodes[i + MASS] = nodes[i + CONVERGENCE] = nodes[i + SIZE] = 1;
  }
  lines.forEach(([u, v], e) => {
    nodes[u * FIELDS + MASS]++;
    nodes[v * FIELDS + MASS]++;
    edges.set([u * FIELDS, v * FIELDS, 1], e * 3);
  });
  return {nNodes, nodes, edges};
}

// Both components of what repels every node: no edges, no gravity. The positions are a copy's.
function computeRepulsion(iterate, graph, settings) {
  const nodes = graph.nodes.slice();

  for (let i = 0; i < nodes.length; i += FIELDS) nodes[i + DX] = nodes[i + DY] = 0;
  iterate({...settings, gravity: 0}, nodes, new Float32Array(0));
  return nodes;
}

function computeExact(graph, samples) {
  const {nodes} = graph;

  return samples.map(v => {
    let fx = 0, fy = 0;

    for (let w = 0; w < nodes.length; w += FIELDS) {
      const dx = nodes[v + X] - nodes[w + X], dy = nodes[v + Y] - nodes[w + Y];
      const square = dx * dx + dy * dy;

      if (square > 0) {
        const factor = (SETTINGS.scalingRatio * nodes[v + MASS] * nodes[w + MASS]) / square;
        fx += dx * factor;
        fy += dy * factor;
      }
    }
    return [fx, fy];
  });
}

function measureError(iterate, graph, settings, samples, exact) {
  const forces = computeRepulsion(iterate, graph, settings);
  let error = 0, sum = 0;

  samples.forEach((v, i) => {
    error += (forces[v + DX] - exact[i][0]) ** 2 + (forces[v + DY] - exact[i][1]) ** 2;
    sum += exact[i][0] ** 2 + exact[i][1] ** 2;
  });
  return 100 * Math.sqrt(error / sum);
}

function timeStep(iterate, graph, settings) {
  const began = process.cpuUsage();

  iterate(settings, graph.nodes, graph.edges);
  const used = process.cpuUsage(began);
  return (used.user + used.system) / 1e3;
}

function timeSteps(iterate, graph, settings, seconds) {
  const times = [];
  const end = Date.now() + 1e3 * seconds;
  const copy = {...graph, nodes: graph.nodes.slice()};

  while (times.length < 3 || (Date.now() < end && times.length < 200))
    times.push(timeStep(iterate, copy, settings));
  return times.sort((a, b) => a - b);
}

const [file, secondsText] = process.argv.slice(2);
if (!(Number(secondsText) > 0)) fail('wants a file of edges and a number of seconds');
const iterate = requirePeer();
const graph = readGraph(file);
for (let step = 0; step < WARM_UP; step++) iterate(SETTINGS, graph.nodes, graph.edges);

const stride = Math.max(1, Math.floor(graph.nNodes / N_SAMPLES));
const samples = [];
for (let v = 0; v < graph.nNodes; v += stride) samples.push(v * FIELDS);
const exact = computeExact(graph, samples);
const results = [];
for (const theta of [null, ...THETAS]) {
  const settings = {...SETTINGS, barnesHutOptimize: theta !== null, barnesHutTheta: theta || 0.5};
  if (theta === null && graph.nNodes > MAX_NODES_WITHOUT_TREE) continue;
  const times = timeSteps(iterate, graph, settings, Number(secondsText));
  results.push({
    theta,
    force_error_percent: measureError(iterate, graph, settings, samples, exact),
    best_ms_a_step: times[0],
    median_ms_a_step: times[times.length >> 1],
  });
}
console.log(JSON.stringify({nodes: graph.nNodes, edges: graph.edges.length / 3, results}, null, 2));
