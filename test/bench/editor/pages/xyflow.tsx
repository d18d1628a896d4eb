import '@xyflow/react/dist/style.css';
import {
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  type ReactFlowInstance,
  useNodesState,
} from '@xyflow/react';
import { type CSSProperties, memo, useCallback, useState, useSyncExternalStore } from 'react';
import { createRoot } from 'react-dom/client';
import { type Grid, gridOf, KINDS, middleOf } from './grid.js';
import { elementOf, emptyPlace, isAt } from './page-places.js';
import { CANVAS, MAX_ZOOM, NEAR_SIDE, OPENING_NODES, PADDING, PASTED, type Subject } from './subject.js';

const INPUTS = ['rows', 'name', 'strict'];
const OUTPUTS = ['rows', 'name'];
const SIZE = { width: 232, height: 180 };
const HEADER = 36;
const ROW = 28;
const HANDLE = 16;

const NODE_STYLE: CSSProperties = {
  ...SIZE,
  background: '#fff',
  border: '1px solid #999',
  borderRadius: 8,
  fontSize: 13,
};
const ROW_STYLE: CSSProperties = { height: ROW, display: 'flex', gap: 8, alignItems: 'center', padding: '0 14px' };

/** States by node, each told to the one that shows it. */
function createStates() {
  const states = new Map<string, string>();
  const listeners = new Map<string, Set<() => void>>();
  return {
    read: (id: string) => states.get(id) ?? 'idle',
    set(ids: readonly string[], state: string) {
      for (const id of ids) states.set(id, state);
      for (const id of ids) for (const tell of listeners.get(id) ?? []) tell();
    },
    subscribe(id: string, listener: () => void) {
      const own = listeners.get(id) ?? new Set();
      listeners.set(id, own.add(listener));
      return () => own.delete(listener);
    },
  };
}

const states = createStates();

/** As much as a node of ours shows: a title with a state, a row for each port, fields for the inputs. */
function Body({ id, kind, state }: { readonly id: string; readonly kind: number; readonly state: string }) {
  return (
    <div style={NODE_STYLE}>
      <header className="bench-title" style={{ ...ROW_STYLE, height: HEADER - 4, fontWeight: 600 }}>
        {KINDS[kind]} <small>{state}</small>
      </header>
      {OUTPUTS.map((name, at) => (
        <div key={name} style={{ ...ROW_STYLE, justifyContent: 'end' }}>
          {name}
          <Handle
            type="source"
            id={name}
            position={Position.Right}
            style={{ top: rowAt(at), width: HANDLE, height: HANDLE }}
          />
        </div>
      ))}
      {INPUTS.map((name, at) => (
        <div key={name} style={ROW_STYLE}>
          <Handle
            type="target"
            id={name}
            position={Position.Left}
            style={{ top: rowAt(at + 2), width: HANDLE, height: HANDLE }}
          />
          {name} <input className="nodrag" defaultValue={`item ${id}`} style={{ width: 100 }} />
        </div>
      ))}
    </div>
  );
}

function rowAt(row: number): number {
  return HEADER + row * ROW + ROW / 2;
}

type BenchNode = Node<{ readonly kind: number; readonly state?: string }>;

function PlainNode({ id, data }: NodeProps<BenchNode>) {
  return <Body id={id} kind={data.kind} state={data.state ?? 'idle'} />;
}

const TunedNode = memo(
  function TunedNode({ id, data }: NodeProps<BenchNode>) {
    const subscribe = useCallback((listener: () => void) => states.subscribe(id, listener), [id]);
    const state = useSyncExternalStore(subscribe, () => states.read(id));
    return <Body id={id} kind={data.kind} state={state} />;
  },
  (before, after) => before.id === after.id && before.data === after.data,
);

const PLAIN = { bench: PlainNode };
const TUNED = { bench: TunedNode };

/** What is known of a node without measuring it. */
function knownMeasures(): Partial<BenchNode> {
  const handle = (id: string, type: 'source' | 'target', row: number) => ({
    id,
    type,
    position: type === 'source' ? Position.Right : Position.Left,
    x: (type === 'source' ? SIZE.width : 0) - HANDLE / 2,
    y: rowAt(row) - HANDLE / 2,
    width: HANDLE,
    height: HANDLE,
  });
  return {
    ...SIZE,
    measured: SIZE,
    handles: [
      ...OUTPUTS.map((id, at) => handle(id, 'source', at)),
      ...INPUTS.map((id, at) => handle(id, 'target', at + OUTPUTS.length)),
    ],
  };
}

function nodesOf(grid: Grid, tuned: boolean, rename: (id: string) => string = (id) => id): BenchNode[] {
  const known = tuned ? knownMeasures() : {};
  return grid.nodes.map(({ id, kind, x, y }) => ({
    id: rename(id),
    type: 'bench',
    position: { x, y },
    data: { kind },
    ...known,
  }));
}

function edgesOf(grid: Grid, rename: (id: string) => string = (id) => id): Edge[] {
  return grid.wires.map(({ id, source, output, target, input }) => ({
    id: rename(id),
    source: rename(source),
    sourceHandle: OUTPUTS[output] ?? null,
    target: rename(target),
    targetHandle: INPUTS[input] ?? null,
  }));
}

/** xyflow alone: as its documentation begins, or with all that it offers for large flows. */
export function xyflow({ tuned }: { readonly tuned: boolean }): Subject {
  const mounted: { flow?: ReactFlowInstance<BenchNode>; setEdges?: (change: (edges: Edge[]) => Edge[]) => void } = {};
  const fragment = gridOf(PASTED);
  let setNodes: (change: (nodes: BenchNode[]) => BenchNode[]) => void = () => undefined;
  let grid: Grid = gridOf(0);
  let undoTo: { nodes: BenchNode[]; edges: Edge[] } | undefined;
  let pastes = 0;

  const instance = () => {
    if (mounted.flow === undefined) throw new Error('Nothing was drawn.');
    return mounted.flow;
  };

  function Editor() {
    const [nodes, set, onNodesChange] = useNodesState<BenchNode>(nodesOf(grid, tuned));
    const [edges, setEdges] = useState<Edge[]>(edgesOf(grid));
    setNodes = set;
    mounted.setEdges = setEdges;
    return (
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={tuned ? TUNED : PLAIN}
        onNodesChange={onNodesChange}
        onInit={(flow) => {
          mounted.flow = flow;
        }}
        onlyRenderVisibleElements={tuned}
        minZoom={0.04}
        fitView
        fitViewOptions={{ padding: PADDING, maxZoom: MAX_ZOOM, nodes: opening(grid) }}
      />
    );
  }

  return {
    draw(drawn) {
      grid = drawn;
      const place = document.createElement('div');
      place.style.cssText = `position: fixed; left: 0; top: 0; width: ${CANVAS.width}px; height: ${CANVAS.height}px`;
      document.body.append(place);
      createRoot(place).render(<Editor />);
    },
    isDrawn: () =>
      [...document.querySelectorAll('.react-flow__node')].some(
        (node) => getComputedStyle(node).visibility === 'visible',
      ),
    lookAt(view) {
      const fit = { padding: PADDING, maxZoom: MAX_ZOOM };
      const near = middleOf(grid, NEAR_SIDE).map((id) => ({ id }));
      void instance().fitView(view === 'near' ? { ...fit, nodes: near } : fit);
    },
    whereabouts(id) {
      const { x, y } = instance().getNode(id)?.position ?? {};
      return `${elementOf('.react-flow__viewport').style.transform} ${x} ${y}`;
    },
    grip(id) {
      const { x, y, width, height } = elementOf(
        `.react-flow__node[data-id="${id}"] .bench-title`,
      ).getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    },
    ground: () => emptyPlace(elementOf('.react-flow'), (point) => isAt(point, 'react-flow__pane')),
    paste() {
      undoTo = { nodes: instance().getNodes(), edges: instance().getEdges() };
      const prefix = `p${pastes++}-`;
      const at = instance().screenToFlowPosition({ x: CANVAS.width / 2, y: CANVAS.height / 3 });
      const pasted = nodesOf(fragment, tuned, (id) => prefix + id).map((node) => ({
        ...node,
        position: { x: node.position.x + at.x, y: node.position.y + at.y },
        selected: true,
      }));
      setNodes((nodes) => [...nodes, ...pasted]);
      mounted.setEdges?.((edges) => [...edges, ...edgesOf(fragment, (id) => prefix + id)]);
    },
    undo() {
      const before = undoTo;
      if (before === undefined) return;
      setNodes(() => before.nodes);
      mounted.setEdges?.(() => before.edges);
    },
    count: () => instance().getNodes().length,
    changeStates(count) {
      const ids = [...new Set([...middleOf(grid, NEAR_SIDE), ...grid.nodes.map(({ id }) => id)])].slice(0, count);
      if (tuned) states.set(ids, 'running');
      else {
        const changed = new Set(ids);
        setNodes((nodes) =>
          nodes.map((node) => (changed.has(node.id) ? { ...node, data: { ...node.data, state: 'running' } } : node)),
        );
      }
    },
  };
}

/** The first nodes of the grid, nearest to its corner: what ours opens a large flow on. */
function opening({ nodes }: Grid): { id: string }[] {
  return [...nodes]
    .sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y))
    .slice(0, OPENING_NODES)
    .map(({ id }) => ({ id }));
}
