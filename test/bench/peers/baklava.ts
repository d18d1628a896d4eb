import { type Contender, endsOf, wiredNodes } from '../engine/subject.js';
import { type Call, callOf } from '../engine/work.js';
import { loadPeer } from './module.js';

interface Interface {
  value: number;
}

interface GraphNode {
  readonly inputs: { readonly a: Interface; readonly b: Interface };
}

type Results = ReadonlyMap<string, ReadonlyMap<string, number>>;

interface Editor {
  readonly graph: { findNodeById(id: string): GraphNode | undefined };
  registerNodeType(type: object): void;
  load(state: object): readonly string[];
}

interface Core {
  readonly Editor: new () => Editor;
  readonly NodeInterface: new (name: string, value: number) => Interface;
  defineNode(definition: object): object;
}

interface Engine {
  readonly DependencyEngine: new (editor: Editor) => { runOnce(data: unknown): Promise<Results | null> };
}

const { Editor, NodeInterface, defineNode } = await loadPeer<Core>('@baklavajs/core');
const { DependencyEngine } = await loadPeer<Engine>('@baklavajs/engine');

function nodeType(call: Call<number | Promise<number>>): object {
  return defineNode({
    type: 'Mix',
    inputs: { a: () => new NodeInterface('a', 0), b: () => new NodeInterface('b', 0) },
    outputs: { out: () => new NodeInterface('out', 0) },
    calculate: ({ a, b }: { readonly a: number; readonly b: number }) => {
      const out = call(a, b);
      return typeof out === 'number' ? { out } : out.then((value) => ({ out: value }));
    },
  });
}

/** Loaded as it loads a saved graph, which leaves the check for a cycle at each connection out. A change is a whole run. */
export const baklava: Contender = {
  name: '@baklavajs/engine',
  works: ['bench/mix', 'bench/mix-later', 'bench/sleep'],
  build(flow, work) {
    const wired = wiredNodes(flow);
    const editor = new Editor();
    editor.registerNodeType(nodeType(callOf(work)));
    const connections = wired.flatMap(({ id, a, b }) =>
      [a, b].flatMap((input, k) =>
        typeof input === 'string' ? { id: `${id}-${k}`, from: `${input}.out`, to: `${id}.${k === 0 ? 'a' : 'b'}` } : [],
      ),
    );
    const nodes = wired.map(({ id, a, b }) => ({
      type: 'Mix',
      id,
      title: 'Mix',
      inputs: {
        a: { id: `${id}.a`, value: typeof a === 'number' ? a : 0 },
        b: { id: `${id}.b`, value: typeof b === 'number' ? b : 0 },
      },
      outputs: { out: { id: `${id}.out`, value: 0 } },
    }));
    const warnings = editor.load({
      graph: { id: 'flow', nodes, connections, inputs: [], outputs: [] },
      graphTemplates: [],
    });
    if (warnings.length > 0) throw new Error(warnings[0]);
    const engine = new DependencyEngine(editor);

    const [first, last] = endsOf(wired);
    const source = editor.graph.findNodeById(first.id);
    const leaf = editor.graph.findNodeById(last.id);
    if (!source || !leaf) throw new Error('The flow is empty.');
    let results: Results | null = null;
    const run = async (): Promise<void> => {
      results = await engine.runOnce(undefined);
    };
    return {
      run,
      changeLeaf(value) {
        leaf.inputs.b.value = value;
        return run();
      },
      changeSource(value) {
        source.inputs.a.value = value;
        return run();
      },
      last: () => results?.get(last.id)?.get('out'),
    };
  },
};
