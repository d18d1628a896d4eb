import { type Grid, gridOf, KINDS, middleOf } from './grid.js';
import { elementOf, emptyPlace } from './page-places.js';
import { CANVAS, MAX_ZOOM, NEAR_SIDE, OPENING_NODES, PADDING, PASTED, type Point, type Subject } from './subject.js';

/** A node holds the pointer also a little outside of itself, and by the title above it; in flow units. */
const AROUND = [
  [-12, 0],
  [12, 0],
  [0, -12],
  [0, 36],
] as const;

interface LiteNode {
  id: number;
  pos: [number, number];
  size: [number, number];
  addInput(name: string, type: string): void;
  addOutput(name: string, type: string): void;
  addWidget(kind: string, name: string, value: unknown): void;
  connect(output: number, target: LiteNode, input: number): void;
}

interface LiteCanvas {
  readonly ds: { scale: number; offset: [number, number] };
  setDirty(foreground: boolean, background: boolean): void;
}

interface LiteGraphGraph {
  readonly _nodes: readonly LiteNode[];
  add(node: LiteNode, skipOrder?: boolean): void;
  remove(node: LiteNode): void;
  configure(data: object): void;
  getNodeById(id: number): LiteNode | null;
  getNodeOnPos(x: number, y: number): LiteNode | null;
}

interface LiteGraphGlobals {
  readonly LGraph: new () => LiteGraphGraph;
  readonly LGraphCanvas: new (canvas: HTMLCanvasElement, graph: LiteGraphGraph) => LiteCanvas;
  readonly LiteGraph: {
    MAX_NUMBER_OF_NODES: number;
    createNode(type: string): LiteNode;
    registerNodeType(type: string, nodeClass: object): void;
  };
}

const INPUTS = [
  { name: 'rows', type: 'number' },
  { name: 'name', type: 'string' },
  { name: 'strict', type: 'boolean' },
];
const OUTPUTS = INPUTS.slice(0, 2);
const SIZE: [number, number] = [232, 180];

/** As it saves a graph: made node by node it would sort all of them at each wire. */
function savedGraph({ nodes, wires }: Grid): object {
  const saved = new Map(
    nodes.map(({ id, kind, x, y }, at) => [
      id,
      {
        id: at + 1,
        type: `bench/${KINDS[kind]}`,
        pos: [x, y],
        size: SIZE,
        inputs: INPUTS.map((port) => ({ ...port, link: null as number | null })),
        outputs: OUTPUTS.map((port) => ({ ...port, links: [] as number[] })),
      },
    ]),
  );
  const links = wires.flatMap(({ source, output, target, input }, at) => {
    const [from, to] = [saved.get(source), saved.get(target)];
    const [out, into] = [from?.outputs[output], to?.inputs[input]];
    if (from === undefined || to === undefined || out === undefined || into === undefined) return [];
    out.links.push(at + 1);
    into.link = at + 1;
    return [[at + 1, from.id, output, to.id, input, out.type]];
  });
  return {
    last_node_id: nodes.length,
    last_link_id: wires.length,
    nodes: [...saved.values()],
    links,
    groups: [],
    config: {},
    extra: {},
    version: 0.4,
  };
}

/** litegraph.js draws everything on one canvas. Its script is in the page already. */
export function litegraph(): Subject {
  const { LGraph, LGraphCanvas, LiteGraph } = globalThis as unknown as LiteGraphGlobals;
  LiteGraph.MAX_NUMBER_OF_NODES = 1_000_000;
  for (const title of KINDS) {
    function Kind(this: LiteNode): void {
      for (const { name, type } of INPUTS) this.addInput(name, type);
      for (const { name, type } of OUTPUTS) this.addOutput(name, type);
      this.addWidget('number', 'rows', 0);
      this.addWidget('text', 'name', 'item');
      this.addWidget('toggle', 'strict', false);
      this.size = [...SIZE];
    }
    LiteGraph.registerNodeType(`bench/${title}`, Object.assign(Kind, { title }));
  }
  const graph = new LGraph();
  const byId = new Map<string, LiteNode>();
  let pasted: LiteNode[] = [];
  let canvas: LiteCanvas | undefined;
  let drawn = false;
  let grid: Grid = gridOf(0);

  const view = () => {
    if (canvas === undefined) throw new Error('Nothing was drawn.');
    return canvas;
  };

  function add(flow: Grid, at: Point): ReadonlyMap<string, LiteNode> {
    const added = new Map<string, LiteNode>();
    for (const { id, kind, x, y } of flow.nodes) {
      const node = LiteGraph.createNode(`bench/${KINDS[kind]}`);
      node.pos = [x + at.x, y + at.y];
      graph.add(node, true);
      added.set(id, node);
    }
    for (const { source, output, target, input } of flow.wires) {
      const [from, to] = [added.get(source), added.get(target)];
      if (from !== undefined && to !== undefined) from.connect(output, to, input);
    }
    return added;
  }

  function showAll(ids: readonly string[]): void {
    const nodes = ids.flatMap((id) => byId.get(id) ?? []);
    const left = Math.min(...nodes.map(({ pos }) => pos[0]));
    const top = Math.min(...nodes.map(({ pos }) => pos[1]));
    const width = Math.max(...nodes.map(({ pos, size }) => pos[0] + size[0])) - left;
    const height = Math.max(...nodes.map(({ pos, size }) => pos[1] + size[1])) - top;
    const room = 1 + PADDING;
    const scale = Math.min(MAX_ZOOM, CANVAS.width / (width * room), CANVAS.height / (height * room));
    const { ds } = view();
    ds.scale = scale;
    ds.offset = [CANVAS.width / 2 / scale - left - width / 2, CANVAS.height / 2 / scale - top - height / 2];
    view().setDirty(true, true);
  }

  const toFlow = ({ x, y }: Point): Point => {
    const { scale, offset } = view().ds;
    return { x: x / scale - offset[0], y: y / scale - offset[1] };
  };

  return {
    draw(flow) {
      grid = flow;
      graph.configure(savedGraph(flow));
      for (const [at, { id }] of flow.nodes.entries()) {
        const node = graph.getNodeById(at + 1);
        if (node !== null) byId.set(id, node);
      }
      const element = document.createElement('canvas');
      Object.assign(element, CANVAS);
      element.style.cssText = 'position: fixed; left: 0; top: 0';
      document.body.append(element);
      canvas = new LGraphCanvas(element, graph);
      Object.assign(canvas, {
        onDrawForeground: () => {
          drawn = true;
        },
      });
      const corner = [...flow.nodes].sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));
      showAll(corner.slice(0, OPENING_NODES).map(({ id }) => id));
    },
    isDrawn: () => drawn,
    lookAt: (wanted) => showAll(wanted === 'near' ? middleOf(grid, NEAR_SIDE) : grid.nodes.map(({ id }) => id)),
    whereabouts(id) {
      const { scale, offset } = view().ds;
      return `${scale} ${offset[0]} ${offset[1]} ${byId.get(id)?.pos.join(' ')}`;
    },
    grip(id) {
      const { pos = [0, 0], size = [0, 0] } = byId.get(id) ?? {};
      const { scale, offset } = view().ds;
      // Its title stands above its place.
      return { x: (pos[0] + size[0] / 2 + offset[0]) * scale, y: (pos[1] - 15 + offset[1]) * scale };
    },
    ground: () =>
      emptyPlace(elementOf('canvas'), (point) => {
        const { x, y } = toFlow(point);
        return AROUND.every(([dx, dy]) => graph.getNodeOnPos(x + dx, y + dy) === null);
      }),
    paste() {
      const at = toFlow({ x: CANVAS.width / 2, y: CANVAS.height / 3 });
      pasted = [...add(gridOf(PASTED), at).values()];
      view().setDirty(true, true);
    },
    undo() {
      for (const node of pasted) graph.remove(node);
      view().setDirty(true, true);
    },
    count: () => graph._nodes.length,
  };
}
