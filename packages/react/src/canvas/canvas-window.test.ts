import type { Edge as DrawnEdge, Node as DrawnNode } from '@xyflow/react';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { library } from '../editor/fixture.js';
import type { Box } from '../layout/box.js';
import { createLoomStore } from '../store/loom-store.js';
import type { LoomState } from '../store/state.js';
import type { EdgeData } from './canvas-edges.js';
import type { CanvasNodes } from './canvas-nodes.js';
import { createCanvasWindow } from './canvas-window.js';

const SIDE = 20;
const PITCH = 100;
const SIZE = 60;

/** A square of nodes, each wired to the next one and to one far away. */
function drawing() {
  const nodes: DrawnNode[] = Array.from({ length: SIDE * SIDE }, (_, at) => ({
    id: `n${at}`,
    position: { x: (at % SIDE) * PITCH, y: Math.floor(at / SIDE) * PITCH },
    width: SIZE,
    height: SIZE,
    data: {},
  }));
  const edges = nodes.flatMap(({ id }, at): DrawnEdge<EdgeData>[] =>
    [1, 7 * SIDE].map((step) => ({ id: `${id}+${step}`, source: id, target: `n${(at + step) % nodes.length}` })),
  );
  return { nodes, edges };
}

/** Gives nodes as the canvas does. */
function nodesOf(list: () => DrawnNode[]): CanvasNodes {
  return Object.assign(list, { byId: (id: string) => list().find((node) => node.id === id) });
}

/** What is chosen of nodes that `draw` changes. */
function changingDrawing() {
  const { nodes, edges } = drawing();
  let drawn = nodes;
  const choose = createCanvasWindow(
    nodesOf(() => drawn),
    () => edges,
  );
  const draw = (next: typeof nodes) => {
    drawn = next;
  };
  return { nodes, choose, draw };
}

const { session, ...rest } = createLoomStore({ library }).getState();

/** A state in which something is going on. */
function stateWith(change: Partial<LoomState['session']> = {}): LoomState {
  return { ...rest, session: { ...session, ...change } };
}

function boxOf(...ends: readonly (DrawnNode | undefined)[]): Box {
  const places = ends.flatMap((node) => node?.position ?? []);
  const [x, y] = [Math.min(...places.map((place) => place.x)), Math.min(...places.map((place) => place.y))];
  const [right, bottom] = [Math.max(...places.map((place) => place.x)), Math.max(...places.map((place) => place.y))];
  return { x, y, width: right + SIZE - x, height: bottom + SIZE - y };
}

function meet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

const corner = { x: 0, y: 0, width: 250, height: 250 };

test('a small flow is handed over whole', () => {
  const { nodes, edges } = drawing();
  const few = nodes.slice(0, 200);
  const choose = createCanvasWindow(
    nodesOf(() => few),
    () => edges,
  );
  expect(choose(stateWith(), corner)).toEqual({ nodes: few, edges });
});

test('of a large one comes what lies in the area, the wires through it, their ends, and where a wire is drawn from', () => {
  const { nodes, edges } = drawing();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const choose = createCanvasWindow(
    nodesOf(() => nodes),
    () => edges,
  );
  const side = fc.integer({ min: -300, max: 2300 });
  const areas = fc.record({ x: side, y: side, width: fc.integer({ min: 1, max: 900 }), height: fc.constant(300) });
  fc.assert(
    fc.property(areas, fc.constantFrom('n0', 'n211', 'n399', undefined), (area, from) => {
      const through = edges.filter(({ source, target }) => meet(boxOf(byId.get(source), byId.get(target)), area));
      const ends = new Set(through.flatMap(({ source, target }) => [source, target]));
      const connecting = from === undefined ? undefined : { node: from, port: 'o', side: 'source' as const };
      const chosen = choose(stateWith({ connecting }), area);
      expect(chosen.edges).toEqual(through);
      expect(chosen.nodes).toEqual(
        nodes.filter((node) => meet(boxOf(node), area) || ends.has(node.id) || node.id === from),
      );
    }),
  );
});

test('a node that moves takes its own place, and nothing else is chosen anew', () => {
  const { nodes, choose, draw } = changingDrawing();
  const before = choose(stateWith(), corner);
  const moved = { ...(nodes[1] as DrawnNode), position: { x: 130, y: 20 } };
  draw(nodes.with(1, moved));
  const after = choose(stateWith(), corner);
  expect(after.edges).toBe(before.edges);
  expect(after.nodes).toEqual(before.nodes.map((node) => (node.id === moved.id ? moved : node)));
});

test('what comes into the area from outside is chosen, also while the area stays', () => {
  const { nodes, choose, draw } = changingDrawing();
  const far = nodes[250] as DrawnNode;
  expect(choose(stateWith(), corner).nodes).not.toContain(far);
  const near = { ...far, position: { x: 10, y: 10 } };
  draw(nodes.with(250, near));
  expect(choose(stateWith(), corner).nodes).toContain(near);
});

test('while a drag goes on, what moves outside is not asked for, and what it brings into the area is chosen', () => {
  const { nodes, choose, draw } = changingDrawing();
  const state = stateWith({ drag: new Map() });
  const before = choose(state, corner);
  const [far, near] = [nodes[250] as DrawnNode, nodes[1] as DrawnNode];
  const moved = { ...near, position: { x: 130, y: 20 } };
  draw(nodes.with(250, { ...far, position: { x: 1500, y: 900 } }).with(1, moved));
  expect(choose(state, corner)).toEqual({
    nodes: before.nodes.map((node) => (node.id === near.id ? moved : node)),
    edges: before.edges,
  });
  const come = { ...far, position: { x: 10, y: 10 } };
  draw(nodes.with(250, come));
  expect(choose(state, corner).nodes).toContain(come);
});

test('what changes nothing that is chosen gives the same lists', () => {
  const { nodes, choose, draw } = changingDrawing();
  const before = choose(stateWith(), corner);
  draw(nodes.with(250, { ...(nodes[250] as DrawnNode), height: SIZE + 1 }));
  expect(choose(stateWith(), corner)).toBe(before);
  expect(choose(stateWith(), { ...corner })).toBe(before);
});
