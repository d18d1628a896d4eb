import type { Contender } from '../engine/subject.js';

/** What the engine is measured against. Each is loaded only when it is its turn, because it may not be installed. */
export const peersByName: ReadonlyMap<string, () => Promise<Contender>> = new Map([
  ['alien-signals', async () => (await import('./alien-signals.js')).alienSignals],
  ['@preact/signals-core', async () => (await import('./preact-signals.js')).preactSignals],
  ['graphology', async () => (await import('./graphology.js')).graphology],
  ['litegraph.js', async () => (await import('./litegraph.js')).litegraph],
  ['p-graph', async () => (await import('./p-graph.js')).pGraph],
  ['@observablehq/runtime', async () => (await import('./observable.js')).observable],
  ['@baklavajs/engine', async () => (await import('./baklava.js')).baklava],
  ['rete-engine', async () => (await import('./rete.js')).rete],
]);

export const peerNames: readonly string[] = [...peersByName.keys()];
