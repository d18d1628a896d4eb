import { createLibrary, type FlowDocument } from '@loom/graph';
import { createFakeExecutor, flow, randomFlow, randomFlowTypes } from '@loom/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineNode } from '../define-node.js';
import { createEngine } from '../engine/engine.js';
import type { Engine } from '../engine-api.js';
import { createJavaScriptExecutor } from '../javascript/executor.js';
import { stage, turn } from './run-fixture.js';

/** Random flows whose nodes and wires stand in any order. */
const flows: fc.Arbitrary<FlowDocument> = randomFlow().chain((document) => {
  const nodes = Object.entries(document.nodes);
  const edges = Object.entries(document.edges);
  return fc
    .tuple(
      fc.shuffledSubarray(nodes, { minLength: nodes.length }),
      fc.shuffledSubarray(edges, { minLength: edges.length }),
    )
    .map(([inAnyOrder, wires]) => ({
      ...document,
      nodes: Object.fromEntries(inAnyOrder),
      edges: Object.fromEntries(wires),
    }));
});

const library = createLibrary({ shelves: [{ name: 'test', types: randomFlowTypes }] });

/** The nodes that a run starts, and those of its plan in order. */
async function startedBy(engine: Engine, document: FlowDocument, end?: () => void): Promise<[string[], string[]]> {
  const started: string[] = [];
  const run = engine.run(document);
  run.subscribe((events) => {
    for (const event of events) if (event.kind === 'node-started') started.push(event.node);
  });
  if (end) {
    await turn();
    end();
  }
  await run.result;
  await engine.dispose();
  return [started, run.plan.order.filter((node) => started.includes(node))];
}

describe('[O1] nodes start in the order of the plan', () => {
  it('when they are called', async () => {
    await fc.assert(
      fc.asyncProperty(flows, async (document) => {
        const engine = createEngine({ library, executors: [createJavaScriptExecutor()] });
        const [started, planned] = await startedBy(engine, document);
        expect(started).toEqual(planned);
      }),
      { numRuns: 200 },
    );
  });

  it('when they are sent in one batch', async () => {
    await fc.assert(
      fc.asyncProperty(flows, async (document) => {
        const js = createFakeExecutor({ id: 'js', performs: ['function'], lanes: 1 });
        const [started, planned] = await startedBy(createEngine({ library, executors: [js] }), document, () =>
          js.succeedAll(),
        );
        expect(js.batches.length).toBeLessThanOrEqual(1);
        expect(started).toEqual(planned);
      }),
      { numRuns: 200 },
    );
  });

  it('when nobody listens', async () => {
    await fc.assert(
      fc.asyncProperty(flows, async (document) => {
        const called: unknown[] = [];
        const join = defineNode({
          id: 'test/join',
          inputs: { in: { type: 'any', multiple: true, required: false }, name: 'string' },
          outputs: { out: 'any' },
          run: ({ name }) => {
            called.push(name);
            return { out: 0 };
          },
        });
        const nodes = Object.entries(document.nodes).map(([id, node]) => [
          id,
          { type: node.type, inputs: { name: id } },
        ]);
        const engine = createEngine({
          library: createLibrary({ shelves: [{ name: 'test', types: [join] }] }),
          executors: [createJavaScriptExecutor()],
        });
        const run = engine.run({ ...document, nodes: Object.fromEntries(nodes) });
        await run.result;
        await engine.dispose();
        expect(called).toEqual(run.plan.order.filter((node) => called.includes(node)));
      }),
      { numRuns: 200 },
    );
  });
});

it('[O1] what one node feeds starts in the order of the document, however its wires stand', async () => {
  const { engine, py, js, story } = stage({ lanes: 4 });
  const { document } = flow()
    .node('x', 'test/py')
    .node('b', 'test/js')
    .node('a', 'test/js')
    .node('c', 'test/js')
    .wire('x.out', 'c.in')
    .wire('x.out', 'a.in')
    .wire('x.out', 'b.in');
  const run = engine.run(document);
  for (let i = 0; i < 3; i++) {
    await turn();
    py.succeedAll();
    js.succeedAll();
  }
  await run.result;
  expect(story().filter((line) => line.startsWith('started'))).toEqual([
    'started x',
    'started b',
    'started a',
    'started c',
  ]);
});
