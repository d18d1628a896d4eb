import { type Contender, endsOf, wiredNodes } from '../engine/subject.js';
import { callOf } from '../engine/work.js';
import { loadPeer } from './module.js';

interface Task {
  run(): unknown;
}

interface PGraphModule {
  readonly PGraph: new (
    nodes: ReadonlyMap<string, Task>,
    dependencies: readonly (readonly [string, string])[],
  ) => { run(): Promise<void> };
}

const { PGraph } = await loadPeer<PGraphModule>('p-graph');

/** A value, and the literal in its place. */
interface Cell {
  value: number;
}

/** Tasks in an order; it hands no values on, so that tasks keep them. It has no part runs: a change is a whole run. */
export const pGraph: Contender = {
  name: 'p-graph',
  works: ['bench/mix', 'bench/mix-later', 'bench/sleep'],
  build(flow, work) {
    const nodes = wiredNodes(flow);
    const call = callOf(work);
    const cells = new Map<string, Cell>();
    const tasks = new Map<string, Task>();
    const dependencies: [string, string][] = [];
    const inputOf = (id: string, port: 'a' | 'b', input: number | string): Cell => {
      if (typeof input === 'string') {
        dependencies.push([input, id]);
        return cells.get(input) as Cell; // of a node before
      }
      const literal = { value: input };
      cells.set(`${id}.${port}`, literal);
      return literal;
    };
    for (const { id, a, b } of nodes) {
      const first = inputOf(id, 'a', a);
      const second = inputOf(id, 'b', b);
      const own = { value: 0 };
      cells.set(id, own);
      tasks.set(id, {
        run: () => {
          const result = call(first.value, second.value);
          if (typeof result === 'number') own.value = result;
          else {
            return result.then((value) => {
              own.value = value;
            });
          }
          return undefined;
        },
      });
    }
    const graph = new PGraph(tasks, dependencies);
    const [first, last] = endsOf(nodes);
    const cell = (name: string): Cell => cells.get(name) as Cell; // the flow has them
    return {
      run: () => graph.run(),
      changeLeaf(value) {
        cell(`${last.id}.b`).value = value;
        return graph.run();
      },
      changeSource(value) {
        cell(`${first.id}.a`).value = value;
        return graph.run();
      },
      last: () => cell(last.id).value,
    };
  },
};
