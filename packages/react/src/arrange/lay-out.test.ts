import type { FlowDocument, FlowNode } from '@loom/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { flowOf } from '../editor/fixture.js';
import { zoneFlow } from '../editor/zone-fixture.js';
import { engines, isInside, layOut, overlap, plainPlace } from './layout-fixture.js';

const node = (x: number, y: number): FlowNode => ({ type: 'x', position: { x, y } });
const frame = (x: number, y: number, width: number, height: number, kind: 'frame' | 'note' = 'frame') => ({
  kind,
  position: { x, y },
  size: { width, height },
});

describe.each(Object.keys(engines) as (keyof typeof engines)[])('%s', (engine) => {
  test('each node comes to stand right of what feeds it, and the upper left corner stays', async () => {
    const flow = flowOf({ c: node(50, 80), b: node(60, 90), a: node(70, 100) }, ['a.o -> b.i', 'b.o -> c.i']);
    const { positions } = await layOut(flow, engine);
    expect(positions).toEqual({ a: { x: 50, y: 80 }, b: { x: 322, y: 80 }, c: { x: 594, y: 80 } });
  });

  test('wires to ports below each other come from nodes below each other', async () => {
    const flow = flowOf({ low: node(0, 0), high: node(0, 200), sum: node(400, 0) }, [
      'high.o -> sum.1',
      'low.o -> sum.2',
    ]);
    const place = { ...plainPlace, portDepth: (_: string, __: string, port: string) => (port === '2' ? 90 : 10) };
    const { boxOf } = await layOut(flow, engine, { place });
    expect(boxOf('high').y).toBeLessThan(boxOf('low').y);
  });

  test('what lies in a zone is placed within it, and the zone among the others as large as that needs', async () => {
    const { boxOf, operations } = await layOut(zoneFlow, engine);
    expect(isInside(boxOf('add'), boxOf('each'))).toBe(true);
    expect(boxOf('each')).toMatchObject({ width: 400, height: 300 });
    expect(boxOf('each').x).toBeGreaterThanOrEqual(boxOf('ten').x + 200);
    expect(boxOf('after').x).toBeGreaterThanOrEqual(boxOf('each').x + 400);
    expect(operations).toContainEqual({ kind: 'update-node', id: 'each', changes: { size: null } });
  });

  test('what a folded zone hides goes with it', async () => {
    const { each, add } = zoneFlow.nodes;
    const nodes = { ...zoneFlow.nodes, each: { ...(each as FlowNode), view: { collapsed: true } } };
    const { positions, boxOf } = await layOut({ ...zoneFlow, nodes }, engine);
    const by = boxOf('each').x - (each?.position.x ?? 0);
    expect(positions.add?.x).toBe((add?.position.x ?? 0) + by);
  });

  test('a frame is drawn around its nodes, wherever they go, and keeps others out; notes stay', async () => {
    const nodes = { a: node(0, 0), b: node(0, 400), c: node(900, 900), d: node(0, 800) };
    const flow: FlowDocument = {
      ...flowOf(nodes, ['a.o -> b.i', 'b.o -> c.i', 'd.o -> c.j']),
      frames: { f: frame(-50, -50, 300, 600), n: frame(500, 500, 100, 100, 'note') },
    };
    const { operations, boxOf, places } = await layOut(flow, engine);
    const set = operations.find((operation) => operation.kind === 'set-frame');
    const framed = set?.kind === 'set-frame' ? { ...set.frame.position, ...set.frame.size } : undefined;
    expect(set).toMatchObject({ id: 'f' });
    expect(['a', 'b'].map((id) => framed && isInside(boxOf(id), framed))).toEqual([true, true]);
    expect(['c', 'd'].map((id) => framed && overlap(boxOf(id), framed))).toEqual([false, false]);
    expect([...places.keys()].filter((id) => id.includes('n'))).toEqual([]);
  });

  test('of a selection only that is moved, and wires lose the points that they were led through', async () => {
    const flow = flowOf({ a: node(0, 0), b: node(0, 0), c: node(0, 0) }, ['a.o -> b.i', 'b.o -> c.i']);
    const [first, second] = Object.entries(flow.edges);
    if (first === undefined || second === undefined) throw new Error('The flow has two wires.');
    const view = { points: [{ x: 1, y: 1 }] };
    const edges = { [first[0]]: { ...first[1], view }, [second[0]]: { ...second[1], view } };
    const { operations } = await layOut({ ...flow, edges }, engine, { chosen: ['a', 'b'] });
    expect(operations).toEqual([
      { kind: 'move-nodes', positions: { b: { x: 272, y: 0 } } },
      { kind: 'set-edge-view', id: first[0], view: null },
    ]);
  });

  test('what no wire joins stands beside and below each other, not in one column', async () => {
    const nodes = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`n${at}`, node(at, at)]));
    const { boxOf } = await layOut(flowOf(nodes), engine);
    const boxes = Object.keys(nodes).map(boxOf);
    const [width, height] = [Math.max(...boxes.map(({ x }) => x)), Math.max(...boxes.map(({ y }) => y))];
    expect([width > 200, height > 100, height < 1000]).toEqual([true, true, true]);
  });

  test('random flows come out without overlaps, from left to right, and a second time nothing changes', async () => {
    const flows = fc.array(fc.array(fc.nat(), { maxLength: 3 }), { minLength: 2, maxLength: 24 }).map((feeds) => {
      const nodes = Object.fromEntries(feeds.map((_, at) => [`n${at}`, node((at * 37) % 500, (at * 91) % 300)]));
      const wires = feeds.flatMap((from, at) => (at === 0 ? [] : from.map((each) => `n${each % at}.o -> n${at}.i`)));
      return flowOf(nodes, wires);
    });
    await fc.assert(
      fc.asyncProperty(flows, async (flow) => {
        const { boxOf, places } = await layOut(flow, engine);
        const boxes = Object.keys(flow.nodes).map(boxOf);
        const overlaps = boxes.flatMap((a, at) => boxes.slice(at + 1).filter((b) => overlap(a, b)));
        expect(overlaps).toEqual([]);
        for (const { source, target } of Object.values(flow.edges)) {
          expect(boxOf(target).x).toBeGreaterThanOrEqual(boxOf(source).x + 200);
        }
        const nodes = Object.entries(flow.nodes).map(([id, each]) => [
          id,
          { ...each, position: { ...places.get(id) } },
        ]);
        const again = await layOut({ ...flow, nodes: Object.fromEntries(nodes) } as FlowDocument, engine);
        expect(again.operations).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
