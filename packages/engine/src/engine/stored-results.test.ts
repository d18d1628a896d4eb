import { createLibrary, type FlowDocument } from '@loom/graph';
import { flow } from '@loom/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunResult } from '../api.js';
import { builtinShelf } from '../builtin-shelf.js';
import { defineNode } from '../define-node.js';
import type { EngineEvent } from '../event.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { memoryTier } from '../tier/memory-tier.js';
import type { ResultTier } from '../tier/result-tier.js';
import { createEngine } from './engine.js';

let calls: string[] = [];
const types = [true, false].map((pure) =>
  defineNode({
    id: pure ? 't/pure' : 't/impure',
    pure,
    inputs: { name: 'string', in: { type: 'any', required: false } },
    outputs: { out: 'any' },
    run: ({ name, in: given }) => {
      calls.push(name);
      return { out: [name, given ?? null] };
    },
  }),
);
const library = createLibrary({ shelves: [builtinShelf, { name: 't', types }] });

/** Runs a document in an engine of its own, as after a page was opened again. */
async function runOnce(
  document: FlowDocument,
  tier: ResultTier,
): Promise<RunResult & { events: EngineEvent[]; calls: string[]; value(node: string): Promise<unknown> }> {
  const engine = createEngine({ library, executors: [createJavaScriptExecutor()], tier, tierWorthMs: 0 });
  onTestFinished(() => engine.dispose());
  const events: EngineEvent[] = [];
  engine.subscribe((group) => events.push(...group));
  calls = [];
  const result = await engine.run(document).result;
  const { outputs } = result;
  const own = calls;
  const values = new Map<string, unknown>();
  for (const [node, { out }] of Object.entries(outputs)) if (out) values.set(node, await engine.read(out.ref));
  await engine.dispose();
  return { ...result, outputs, events, calls: own, value: async (node) => values.get(node) };
}

const chain = (name = 'a'): FlowDocument =>
  flow().node('a', 't/pure', { name }).node('b', 't/pure', { name: 'b' }).wire('a.out', 'b.in').document;

describe('[N2] stored results', () => {
  it('are found by another engine, and nothing is called', async () => {
    const tier = memoryTier({ maxBytes: 1_000_000 });
    expect((await runOnce(chain(), tier)).calls).toEqual(['a', 'b']);
    const again = await runOnce(chain(), tier);
    expect(again.calls).toEqual([]);
    expect(again.counts).toMatchObject({ success: 2, cached: 2 });
    expect(await again.value('b')).toEqual(['b', ['a', null]]);
    expect((await runOnce(chain('other'), tier)).calls).toEqual(['other', 'b']);
  });

  it('are those of pure nodes that nothing impure feeds, and that may be kept', async () => {
    const tier = memoryTier({ maxBytes: 1_000_000 });
    const { document } = flow()
      .node('i', 't/impure', { name: 'i' })
      .node('behind', 't/pure', { name: 'behind' })
      .node('never', 't/pure', { name: 'never' }, { cache: 'never' })
      .wire('i.out', 'behind.in');
    await runOnce(document, tier);
    expect((await runOnce(document, tier)).calls.sort()).toEqual(['behind', 'i', 'never']);
  });

  it('are done without when the tier fails, which is told once', async () => {
    const broken: ResultTier = {
      get: async () => Promise.reject(new Error('Disk full.')),
      set: async () => Promise.reject(new Error('Disk full.')),
      delete: async () => {},
      clear: async () => {},
      close: async () => {},
    };
    const { status, events, calls: own } = await runOnce(chain(), broken);
    expect([status, own]).toEqual(['succeeded', ['a', 'b']]);
    expect(events.filter(({ kind }) => kind === 'tier-failed')).toHaveLength(1);
  });

  it('are not waited for when the run is cancelled', async () => {
    const slow: ResultTier = { ...memoryTier({ maxBytes: 1 }), get: () => new Promise(() => {}) };
    const engine = createEngine({ library, executors: [createJavaScriptExecutor()], tier: slow });
    onTestFinished(() => engine.dispose());
    const run = engine.run(chain());
    await new Promise((resolve) => setImmediate(resolve));
    run.cancel();
    expect(await run.result).toMatchObject({ status: 'cancelled', counts: { cancelled: 2 } });
  });
});
