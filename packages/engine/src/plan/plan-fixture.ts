import { createLibrary, type FlowDocument, type Library, type NodeId } from '@loom/graph';
import { flow } from '@loom/testing';
import { onTestFinished } from 'vitest';
import type { PlannedNode, RunOptions, RunResult } from '../api.js';
import { builtinShelf } from '../builtin-shelf.js';
import { defineNode } from '../define-node.js';
import { createEngine } from '../engine/engine.js';
import type { EngineOptions } from '../engine/engine-options.js';
import type { Engine } from '../engine-api.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { skip } from '../skip.js';

const inputs = {
  in: { type: 'any', multiple: true, required: false },
  lit: { type: 'any', default: 0 },
} as const;

/** Whether nodes of the type `test/fickle` fail, or give nothing. */
export const mood = { fails: false, isClosed: false };

let stamp = 0;
const types = [
  defineNode({
    id: 'test/pure',
    pure: true,
    inputs,
    outputs: { out: 'any' },
    run: ({ in: items, lit }) => ({ out: [lit, items] }),
  }),
  defineNode({
    id: 'test/impure',
    inputs,
    outputs: { out: 'any' },
    run: ({ in: items }) => ({ out: [stamp++, items] }),
  }),
  defineNode({
    id: 'test/fickle',
    inputs,
    outputs: { out: 'any' },
    run: ({ in: items }) => {
      if (mood.fails) throw new Error('In a bad mood.');
      return { out: mood.isClosed ? (skip as never) : [stamp++, items] };
    },
  }),
  defineNode({
    id: 'test/fickle-pure',
    pure: true,
    inputs,
    outputs: { out: 'any' },
    run: ({ in: items }) => {
      if (mood.fails) throw new Error('In a bad mood.');
      return { out: items };
    },
  }),
];

/** Types that take any wires at `in` and a literal at `lit`. */
export const library: Library = createLibrary({ shelves: [builtinShelf, { name: 'test', types }] });

/** An engine for one test. */
export function newEngine(options: Partial<EngineOptions> = {}): Engine {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()], ...options });
  onTestFinished(() => engine.dispose());
  return engine;
}

/** Nodes of one type, and wires written as `a b`. */
export function wired(type: string, nodes: string, wires: readonly string[]): ReturnType<typeof flow> {
  let builder = flow();
  for (const node of nodes.split(' ')) builder = builder.node(node, type);
  for (const wire of wires) {
    const [from, to] = wire.split(' ');
    builder = builder.wire(`${from}.out`, `${to}.in`);
  }
  return builder;
}

/** What would be done with each node, short: `run target`. */
export function planned(engine: Engine, document: FlowDocument, options?: RunOptions): Record<NodeId, string> {
  const told: Record<NodeId, string> = {};
  for (const [id, node] of engine.plan(document, options).nodes) told[id] = short(node);
  return told;
}

function short(node: PlannedNode): string {
  switch (node.action) {
    case 'blocked':
      return `blocked ${node.error.code}`;
    case 'run':
    case 'skip':
      return `${node.action} ${node.reason}`;
    default:
      return node.action;
  }
}

/** Runs to the end, and counts what was computed. */
export async function run(
  engine: Engine,
  document: FlowDocument,
  options?: RunOptions,
): Promise<RunResult & { readonly computed: number }> {
  const result = await engine.run(document, options).result;
  return { ...result, outputs: result.outputs, computed: result.counts.success - result.counts.cached };
}
