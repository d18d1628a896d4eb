import { type Contender, endsOf, wiredNodes } from '../engine/subject.js';
import { type Call, callOf } from '../engine/work.js';
import { loadPeer } from './module.js';

interface NodeAttributes {
  readonly call: Call<number | Promise<number>>;
  a: number;
  b: number;
  value: number;
}

interface EdgeAttributes {
  readonly port: 'a' | 'b';
}

interface Graph {
  addNode(id: string, attributes: NodeAttributes): void;
  addEdge(source: string, target: string, attributes: EdgeAttributes): void;
  getNodeAttributes(id: string): NodeAttributes;
  forEachInEdge(id: string, visit: (edge: string, attributes: EdgeAttributes, source: string) => void): void;
}

interface Graphology {
  readonly DirectedGraph: new () => Graph;
}

interface Dag {
  topologicalSort(graph: Graph): string[];
  topologicalGenerations(graph: Graph): string[][];
}

const { DirectedGraph } = await loadPeer<Graphology>('graphology');
const { topologicalGenerations, topologicalSort } = (await loadPeer<{ readonly default: Dag }>('graphology-dag'))
  .default;

/** A graph and its topological order, and a loop over that: it keeps graphs, and runs nothing by itself. */
export const graphology: Contender = {
  name: 'graphology',
  works: ['bench/mix', 'bench/mix-later', 'bench/sleep'],
  build(flow, work) {
    const nodes = wiredNodes(flow);
    const call = callOf(work);
    const graph = new DirectedGraph();
    for (const { id, a, b } of nodes) {
      graph.addNode(id, { call, a: typeof a === 'number' ? a : 0, b: typeof b === 'number' ? b : 0, value: 0 });
    }
    for (const { id, a, b } of nodes) {
      if (typeof a === 'string') graph.addEdge(a, id, { port: 'a' });
      if (typeof b === 'string') graph.addEdge(b, id, { port: 'b' });
    }
    const isLater = work !== 'bench/mix';
    const order = isLater ? [] : topologicalSort(graph);
    const generations = isLater ? topologicalGenerations(graph) : [];
    const [first, last] = endsOf(nodes);

    const evaluate = (id: string): number | Promise<number> => {
      const own = graph.getNodeAttributes(id);
      let { a, b } = own;
      graph.forEachInEdge(id, (_, { port }, source) => {
        const { value } = graph.getNodeAttributes(source);
        if (port === 'a') a = value;
        else b = value;
      });
      return own.call(a, b);
    };
    const runNow = (): void => {
      for (const id of order) graph.getNodeAttributes(id).value = evaluate(id) as number;
    };
    /** Nodes of one generation run at once. */
    const runLater = async (): Promise<void> => {
      for (const generation of generations) {
        await Promise.all(
          generation.map(async (id) => {
            graph.getNodeAttributes(id).value = await evaluate(id);
          }),
        );
      }
    };
    const run = isLater ? runLater : runNow;
    return {
      run,
      changeLeaf(value) {
        graph.getNodeAttributes(last.id).b = value;
        return run();
      },
      changeSource(value) {
        graph.getNodeAttributes(first.id).a = value;
        return run();
      },
      last: () => graph.getNodeAttributes(last.id).value,
    };
  },
};
