import {
  createEngine,
  createJavaScriptExecutor,
  defineNode,
  type Engine,
  type RunOptions,
  type RunResult,
  type RunTargets,
} from '@loom/engine';
import { createLibrary, type FlowDocument, type Library, type NodeId } from '@loom/graph';
import { OURS } from './cases.js';
import { LEAF, SOURCE } from './shapes.js';
import { type Contender, endsOf, type Subject, sinksOf, wiredNodes } from './subject.js';
import { callOf, mix } from './work.js';

const PORTS = { inputs: { a: 'number', b: 'number' }, outputs: { out: 'number' } } as const;

const sleep = callOf('bench/sleep');

export const library: Library = createLibrary({
  shelves: [
    {
      name: 'bench',
      types: [
        defineNode({ ...PORTS, id: 'bench/mix', run: ({ a, b }) => ({ out: mix(a, b) }) }),
        // One asynchronous function a node, as in the loop beside it.
        defineNode({ ...PORTS, id: 'bench/mix-later', run: async ({ a, b }) => ({ out: mix(a, b) }) }),
        defineNode({ ...PORTS, id: 'bench/sleep', run: async ({ a, b }) => ({ out: await sleep(a, b) }) }),
      ],
    },
  ],
});

/** An engine as users get it. */
export function newEngine(): Engine {
  return createEngine({ library, executors: [createJavaScriptExecutor()] });
}

/** What brings results up to date after a change on which only these nodes depend. */
function outOfDate(nodes: readonly NodeId[]): RunTargets {
  return { kind: 'nodes', nodes };
}

/** A flow in our engine. */
export class LoomSubject implements Subject {
  readonly engine: Engine;
  readonly document: FlowDocument;
  #ends: { readonly leaf: NodeId; readonly sinks: readonly NodeId[] } | undefined;
  #newest: RunResult | undefined;

  constructor(document: FlowDocument) {
    this.document = document;
    this.engine = newEngine();
  }

  async run(): Promise<void> {
    await this.#run({});
  }

  changeLeaf(value: number): Promise<void> {
    return this.#run(this.leafChange(value));
  }

  changeSource(value: number): Promise<void> {
    return this.#run(this.sourceChange(value));
  }

  async last(): Promise<unknown> {
    const ref = this.#newest?.outputs[this.#endsOfFlow().leaf]?.out?.ref;
    return ref && this.engine.read(ref);
  }

  dispose(): Promise<void> {
    return this.engine.dispose();
  }

  leafChange(value: number): RunOptions {
    return { targets: outOfDate([this.#endsOfFlow().leaf]), inputs: { [LEAF]: value } };
  }

  sourceChange(value: number): RunOptions {
    return { targets: outOfDate(this.#endsOfFlow().sinks), inputs: { [SOURCE]: value } };
  }

  /** Looked for when a change needs them: a flow can be built and run without. */
  #endsOfFlow(): { readonly leaf: NodeId; readonly sinks: readonly NodeId[] } {
    if (!this.#ends) {
      const nodes = wiredNodes(this.document);
      this.#ends = { leaf: endsOf(nodes)[1].id, sinks: sinksOf(nodes).map(({ id }) => id) };
    }
    return this.#ends;
  }

  async #run(options: RunOptions): Promise<void> {
    const result = await this.engine.run(this.document, options).result;
    if (result.status !== 'succeeded') throw new Error(`The run ${result.status}: ${JSON.stringify(result.errors[0])}`);
    this.#newest = result;
  }
}

export const loom: Contender = {
  name: OURS,
  works: ['bench/mix', 'bench/mix-later', 'bench/sleep'],
  build(flow) {
    const subject = new LoomSubject(flow);
    subject.engine.plan(flow);
    return subject;
  },
};
