import { type Contender, endsOf, wiredNodes } from '../engine/subject.js';
import { mix } from '../engine/work.js';
import { loadPeer } from './module.js';

interface LiteNode {
  addInput(name: string, type: string): void;
  addOutput(name: string, type: string): void;
  getInputData(slot: number): number | undefined;
  getOutputData(slot: number): number;
  setOutputData(slot: number, value: number): void;
  properties: { a: number; b: number };
}

interface SerializedNode {
  readonly id: number;
  readonly type: string;
  readonly inputs: readonly { readonly name: string; readonly type: string; link: number | null }[];
  readonly outputs: readonly { readonly name: string; readonly type: string; readonly links: number[] }[];
  readonly properties: { readonly a: number; readonly b: number };
}

interface Graph {
  configure(data: object): void;
  runStep(steps: number, letErrorsOut: boolean): void;
  getNodeById(id: number): LiteNode;
}

interface LiteGraphModule {
  readonly LGraph: new () => Graph;
  readonly LiteGraph: {
    MAX_NUMBER_OF_NODES: number;
    registerNodeType(type: string, nodeClass: object): void;
  };
}

const { LGraph, LiteGraph } = (await loadPeer<{ readonly default: LiteGraphModule }>('litegraph.js')).default;

/** Beyond its own limit of 1,000 it refuses nodes. */
LiteGraph.MAX_NUMBER_OF_NODES = 1_000_000;

function Mix(this: LiteNode): void {
  this.addInput('a', 'number');
  this.addInput('b', 'number');
  this.addOutput('out', 'number');
  this.properties = { a: 0, b: 0 };
}
Mix.prototype.onExecute = function (this: LiteNode): void {
  const { a, b } = this.properties;
  this.setOutputData(0, mix(this.getInputData(0) ?? a, this.getInputData(1) ?? b));
};
LiteGraph.registerNodeType('bench/mix', Mix);

/** Loaded as it loads a saved graph. Every step executes all nodes in order. */
export const litegraph: Contender = {
  name: 'litegraph.js',
  works: ['bench/mix'],
  build(flow) {
    const wired = wiredNodes(flow);
    const nodes = new Map<string, SerializedNode>();
    const links: (readonly [number, number, number, number, number, string])[] = [];
    wired.forEach(({ id, a, b }, i) => {
      const inputs = [a, b].map((input, slot) => {
        const name = slot === 0 ? 'a' : 'b';
        if (typeof input === 'number') return { name, type: 'number', link: null };
        const source = nodes.get(input) as SerializedNode; // of a node before
        const link = links.push([links.length + 1, source.id, 0, i + 1, slot, 'number']);
        source.outputs[0]?.links.push(link);
        return { name, type: 'number', link };
      });
      const properties = { a: typeof a === 'number' ? a : 0, b: typeof b === 'number' ? b : 0 };
      const outputs = [{ name: 'out', type: 'number', links: [] }];
      nodes.set(id, { id: i + 1, type: 'bench/mix', inputs, outputs, properties });
    });
    const graph = new LGraph();
    graph.configure({
      last_node_id: nodes.size,
      last_link_id: links.length,
      nodes: [...nodes.values()],
      links,
      groups: [],
      config: {},
      extra: {},
      version: 0.4,
    });
    const [first, last] = endsOf(wired).map(({ id }) => graph.getNodeById(nodes.get(id)?.id ?? 0));
    if (!first || !last) throw new Error('The flow is empty.');
    const run = (): void => graph.runStep(1, true);
    return {
      run,
      changeLeaf(value) {
        last.properties.b = value;
        run();
      },
      changeSource(value) {
        first.properties.a = value;
        run();
      },
      last: () => last.getOutputData(0),
    };
  },
};
