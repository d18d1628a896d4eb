import { createLibrary, type FlowDocument, type FlowEdge, type FlowNode, type Json, type NodeId } from '@loom/graph';
import { flow } from '@loom/testing';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import type { RunOptions, RunResult, RunTargets } from '../api.js';
import { defineNode } from '../define-node.js';
import { createEngine } from '../engine/engine.js';
import type { Engine } from '../engine-api.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { skip } from '../skip.js';
import { ExecutionModel } from './execution-model-fixture.js';

/** What the functions of a test share: they do not know which node they are, so each has its name as a literal. */
interface World {
  readonly executed: string[];
  readonly broken: Set<string>;
  readonly closed: Set<string>;
  stamp: number;
}

const COUNT = 7;
const names = Array.from({ length: COUNT }, (_, i) => `n${i}`);

function engineOf(world: World): Engine {
  const inputs = {
    name: 'string',
    lit: { type: 'any', default: 0 },
    in: { type: 'any', multiple: true, required: false },
  } as const;
  const run =
    (pure: boolean) => (given: { readonly name: string; readonly lit: unknown; readonly in?: readonly unknown[] }) => {
      world.executed.push(given.name);
      if (world.broken.has(given.name)) throw new Error('Broken.');
      if (world.closed.has(given.name)) return { out: skip as never };
      return { out: { ...given, ...(pure ? {} : { stamp: world.stamp++ }) } };
    };
  const types = (['pure-1', 'pure-2', 'impure-1', 'impure-2'] as const).map((id) =>
    defineNode({
      id,
      version: Number(id.at(-1)),
      pure: id.startsWith('pure'),
      inputs,
      outputs: { out: 'any' },
      run: run(id.startsWith('pure')),
    }),
  );
  const library = createLibrary({ shelves: [{ name: 'test', types }] });
  return createEngine({ library, executors: [createJavaScriptExecutor()] });
}

/** What somebody does with a flow. */
export type Step =
  | { readonly kind: 'edit'; readonly node: number; readonly change: Partial<FlowNode> }
  | { readonly kind: 'wire'; readonly from: number; readonly to: number }
  | { readonly kind: 'undo'; readonly back: number }
  | { readonly kind: 'break' | 'close'; readonly node: number }
  | { readonly kind: 'run'; readonly targets: RunTargets; readonly input: number | undefined };

const anyNode = fc.nat(COUNT - 1);
const settings = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  fc.constant({ mode: 'muted' } as const),
  fc.constant({ join: 'any' } as const),
  fc.constant({ cache: 'never' } as const),
);
const change: fc.Arbitrary<Partial<FlowNode>> = fc.oneof(
  fc.nat(2).map((lit) => ({ inputs: { lit } })),
  fc.constantFrom('pure-1', 'pure-2', 'impure-1', 'impure-2').map((type) => ({ type })),
  settings.map((made) => ({ settings: made })),
);
const targets: fc.Arbitrary<RunTargets> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'changed' } as const) },
  fc.constant({ kind: 'all' } as const),
  fc
    .record({
      kind: fc.constantFrom('nodes', 'to', 'from', 'selection'),
      nodes: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1, maxLength: 3 }),
    })
    .map((made) => made as RunTargets),
);
/** One step of somebody who edits and runs. */
export const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('edit' as const), node: anyNode, change }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wire' as const), from: anyNode, to: anyNode }) },
  fc.record({ kind: fc.constant('undo' as const), back: fc.nat(4) }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('break' as const, 'close' as const), node: anyNode }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('run' as const),
      targets,
      input: fc.option(fc.nat(2), { nil: undefined, freq: 3 }),
    }),
  },
);

/** Two ways from `n1`, which meet again. */
const start: FlowDocument = ['n0-n1', 'n1-n2', 'n2-n3', 'n1-n4', 'n3-n5', 'n4-n5', 'n5-n6']
  .map((wire) => wire.split('-') as [string, string])
  .reduce(
    (builder, [from, to]) => builder.wire(`${from}.out`, `${to}.in`, names.indexOf(from)),
    names.reduce((builder, name) => builder.node(name, 'impure-1', { name }), flow()),
  )
  .with({ inputs: { x: { node: 'n1', port: 'lit' } } }).document;

function edited(document: FlowDocument, at: Step & { kind: 'edit' | 'wire' }): FlowDocument {
  if (at.kind === 'edit') {
    const name = names[at.node] as string;
    const node = document.nodes[name] as FlowNode;
    const inputs: Record<string, Json> = { ...node.inputs, ...at.change.inputs };
    return { ...document, nodes: { ...document.nodes, [name]: { ...node, ...at.change, inputs } } };
  }
  if (at.from === at.to) return document;
  const [from, to] = [Math.min(at.from, at.to), Math.max(at.from, at.to)];
  const id = `n${from}.out -> n${to}.in`;
  const { [id]: there, ...others } = document.edges;
  const edge: FlowEdge = { source: `n${from}`, sourcePort: 'out', target: `n${to}`, targetPort: 'in', order: from };
  return { ...document, edges: there ? others : { ...others, [id]: edge } };
}

async function valuesOf(engine: Engine, { outputs }: RunResult): Promise<Map<NodeId, unknown>> {
  const values = new Map<NodeId, unknown>();
  for (const [node, ports] of Object.entries(outputs)) {
    values.set(node, ports.out ? await engine.read(ports.out.ref) : undefined);
  }
  return values;
}

/** Plays the steps on an engine and on the model, and compares what is computed, and what it gives. */
export async function play(steps: readonly Step[]): Promise<void> {
  const world: World = { executed: [], broken: new Set(), closed: new Set(), stamp: 0 };
  const engine = engineOf(world);
  const model = new ExecutionModel();
  const documents = [start];
  let document = start;
  for (const at of steps) {
    switch (at.kind) {
      case 'edit':
      case 'wire':
        document = edited(document, at);
        documents.push(document);
        break;
      case 'undo':
        document = { ...(documents.at(-1 - at.back) ?? start) };
        break;
      case 'break':
      case 'close': {
        const set = at.kind === 'break' ? world.broken : world.closed;
        const name = names[at.node] as string;
        if (!set.delete(name)) set.add(name);
        break;
      }
      case 'run': {
        world.executed.length = 0;
        const options: RunOptions = {
          targets: at.targets,
          ...(at.input === undefined ? {} : { inputs: { x: at.input } }),
        };
        const result = await engine.run(document, options).result;
        const expected = model.run(document, options, world);
        expect([...world.executed].sort()).toEqual([...expected.executed].sort());
        const values = await valuesOf(engine, result);
        expect([...values.keys()].sort()).toEqual([...expected.succeeded].sort());
        for (const [node, value] of values) model.check(node, value);
        expect(result.errors.map(({ node }) => node).sort()).toEqual([...expected.failed].sort());
      }
    }
  }
  await engine.dispose();
}
