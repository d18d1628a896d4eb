import { createLibrary, type FlowDocument, type NodeType } from '@loom/graph';
import { onTestFinished } from 'vitest';
import type { RunOptions, RunResult } from '../../api.js';
import { builtinShelf } from '../../builtin-shelf.js';
import { defineNode } from '../../define-node.js';
import { createEngine } from '../../engine/engine.js';
import type { Engine } from '../../engine-api.js';
import type { RunEvent } from '../../event.js';
import { createJavaScriptExecutor } from '../../javascript/executor.js';
import { skip } from '../../skip.js';

const number = { type: 'number' } as const;

/** Functions that tests of zones and branches are made of. */
export const numberTypes: readonly NodeType[] = [
  defineNode({
    id: 'n/add',
    inputs: { a: number, b: { type: 'number', default: 1 } },
    outputs: { sum: number },
    run: ({ a, b }) => ({ sum: a + b }),
  }),
  defineNode({
    id: 'n/add-later',
    inputs: { a: number, b: { type: 'number', default: 1 } },
    outputs: { sum: number },
    run: async ({ a, b }) => ({ sum: a + b }),
  }),
  defineNode({
    id: 'n/less',
    inputs: { a: number, b: number },
    outputs: { less: 'bool' },
    run: ({ a, b }) => ({ less: a < b }),
  }),
  defineNode({
    id: 'n/odd-fails',
    inputs: { a: number },
    outputs: { a: number },
    run: ({ a }) => {
      if (a % 2 !== 0) throw new Error(`${a} is odd.`);
      return { a };
    },
  }),
  defineNode({
    id: 'n/even',
    inputs: { a: number },
    outputs: { a: 'any' },
    run: ({ a }) => ({ a: a % 2 === 0 ? a : skip }),
  }),
  defineNode({
    id: 'n/list',
    inputs: { in: { type: 'any', multiple: true, required: false } },
    outputs: { list: 'any' },
    run: ({ in: items }) => ({ list: items }),
  }),
  defineNode({
    id: 'n/range',
    inputs: { to: number },
    outputs: { list: 'list<number>' },
    run: ({ to }) => ({ list: Array.from({ length: to }, (_, i) => i) }),
  }),
];

export const numberLibrary = createLibrary({ shelves: [builtinShelf, { name: 'n', types: numberTypes }] });

/** An engine that calls JavaScript functions, disposed of after the test. */
export function numberEngine(): Engine {
  const engine = createEngine({ library: numberLibrary, executors: [createJavaScriptExecutor()] });
  onTestFinished(() => engine.dispose());
  return engine;
}

/** A run that is over: plain values by node and port, and what it told. */
export interface Ran extends RunResult {
  readonly values: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly events: readonly RunEvent[];
  /** Ends without a frame, short: `a success`. */
  readonly ends: Readonly<Record<string, string>>;
}

/** Runs a document to its end. */
export async function ran(document: FlowDocument, options?: RunOptions, engine = numberEngine()): Promise<Ran> {
  const run = engine.run(document, options);
  const events: RunEvent[] = [];
  run.subscribe((group) => events.push(...group));
  const result = await run.result;
  const values: Record<string, Record<string, unknown>> = {};
  for (const [node, outputs] of Object.entries(result.outputs)) {
    const own: Record<string, unknown> = {};
    for (const [port, { ref }] of Object.entries(outputs)) own[port] = await engine.read(ref);
    values[node] = own;
  }
  const ends: Record<string, string> = {};
  for (const event of events) {
    if (event.frame) continue;
    if (event.kind === 'node-succeeded') ends[event.node] = 'success';
    if (event.kind === 'node-failed') ends[event.node] = `error ${event.error.code}`;
    if (event.kind === 'node-skipped') ends[event.node] = `skipped ${event.reason.kind}`;
    if (event.kind === 'node-cancelled') ends[event.node] = 'cancelled';
  }
  return { ...result, outputs: result.outputs, values, events, ends };
}
