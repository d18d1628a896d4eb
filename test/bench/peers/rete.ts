import { type Contender, endsOf, sinksOf, wiredNodes } from '../engine/subject.js';
import { type Call, callOf } from '../engine/work.js';
import { loadPeer } from './module.js';

type Inputs = { readonly [Port in 'a' | 'b']?: readonly number[] };
type Outputs = { readonly out: number };

interface ReteNode {
  id: string;
  addInput(key: string, input: object): void;
  addOutput(key: string, output: object): void;
}

interface Editor {
  use(plugin: object): void;
  addNode(node: ReteNode): Promise<boolean>;
  addConnection(connection: object): Promise<boolean>;
}

interface Rete {
  readonly NodeEditor: new () => Editor;
  readonly ClassicPreset: {
    readonly Node: new (label: string) => ReteNode;
    readonly Input: new (socket: object) => object;
    readonly Output: new (socket: object) => object;
    readonly Socket: new (name: string) => object;
    readonly Connection: new (source: ReteNode, output: string, target: ReteNode, input: string) => object;
  };
}

interface Engine {
  readonly DataflowEngine: new () => {
    fetch(node: string): Promise<Outputs>;
    reset(node?: string): void;
  };
}

const { NodeEditor, ClassicPreset } = await loadPeer<Rete>('rete');
const { DataflowEngine } = await loadPeer<Engine>('rete-engine');
const { Connection, Input, Node, Output, Socket } = ClassicPreset;
const socket = new Socket('number');

class MixNode extends Node {
  a: number;
  b: number;
  readonly #call: Call<number | Promise<number>>;

  constructor(id: string, call: Call<number | Promise<number>>, a: number | string, b: number | string) {
    super('Mix');
    this.id = id;
    this.#call = call;
    this.a = typeof a === 'number' ? a : 0;
    this.b = typeof b === 'number' ? b : 0;
    this.addInput('a', new Input(socket));
    this.addInput('b', new Input(socket));
    this.addOutput('out', new Output(socket));
  }

  data({ a, b }: Inputs): Outputs | Promise<Outputs> {
    const out = this.#call(a?.[0] ?? this.a, b?.[0] ?? this.b);
    return typeof out === 'number' ? { out } : out.then((value) => ({ out: value }));
  }
}

/** The sinks are fetched, and with them what they need; what was reset is computed again. */
export const rete: Contender = {
  name: 'rete-engine',
  works: ['bench/mix', 'bench/mix-later', 'bench/sleep'],
  async build(flow, work) {
    const wired = wiredNodes(flow);
    const call = callOf(work);
    const editor = new NodeEditor();
    const engine = new DataflowEngine();
    editor.use(engine);
    const nodes = new Map<string, MixNode>();
    for (const { id, a, b } of wired) {
      const node = new MixNode(id, call, a, b);
      nodes.set(id, node);
      await editor.addNode(node);
      for (const [port, input] of [['a', a] as const, ['b', b] as const]) {
        const source = typeof input === 'string' && nodes.get(input);
        if (source) await editor.addConnection(new Connection(source, 'out', node, port));
      }
    }
    const [first, last] = endsOf(wired).map(({ id }) => nodes.get(id));
    if (!first || !last) throw new Error('The flow is empty.');
    const sinks = sinksOf(wired).map(({ id }) => id);
    const fetchAll = async (): Promise<void> => {
      await Promise.all(sinks.map((id) => engine.fetch(id)));
    };
    return {
      run() {
        engine.reset();
        return fetchAll();
      },
      async changeLeaf(value) {
        last.b = value;
        engine.reset(last.id);
        await engine.fetch(last.id);
      },
      changeSource(value) {
        first.a = value;
        engine.reset(first.id);
        return fetchAll();
      },
      last: async () => (await engine.fetch(last.id)).out,
    };
  },
};
