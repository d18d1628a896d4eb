import { type FlowDocument, load } from '@loom/graph';
import { describe, expect, test } from 'vitest';
import { bareLoopOf } from './bare-loop.js';
import { LoomSubject, library } from './loom.js';
import { chain, type Feed, flowOf, layered, reachOfFirst } from './shapes.js';
import { mix } from './work.js';

/** What each node gives, straight from the shape. */
function valuesOf(feeds: readonly Feed[]): readonly number[] {
  const values: number[] = [];
  feeds.forEach(([a, b], i) => {
    values.push(mix(a === undefined ? i % 7 : (values[a] ?? 0), b === undefined ? 1 : (values[b] ?? 0)));
  });
  return values;
}

/** The same flow, told from behind. */
function reversed(flow: FlowDocument): FlowDocument {
  const nodes = Object.entries(flow.nodes);
  const [last, ...rest] = nodes.reverse();
  // The last node stays the last, because that is the one that is asked.
  return { ...flow, nodes: Object.fromEntries(last ? [...rest, last] : rest) };
}

describe('the bare loop', () => {
  test.each([
    ['layered', layered(300)],
    ['chained', chain(300)],
  ])('computes a %s flow, in whatever order its nodes stand', (_, feeds) => {
    const flow = flowOf(feeds, 'bench/mix');
    const loops = [bareLoopOf(flow), bareLoopOf(reversed(flow))];
    for (const loop of loops) loop.run();
    const expected = valuesOf(feeds).at(-1);
    expect(loops.map(({ last }) => last)).toEqual([expected, expected]);
  });

  test('agrees with the engine on a whole run and on both changes', async () => {
    const flow = flowOf(layered(300), 'bench/mix');
    const subject = new LoomSubject(flow);
    const bare = bareLoopOf(flow);
    const pairs: unknown[][] = [];
    const compare = async (): Promise<void> => {
      bare.run();
      pairs.push([await subject.last(), bare.last]);
    };
    await subject.run();
    await compare();
    await subject.changeLeaf(123);
    bare.change('leaf', 123);
    await compare();
    // Each change is one of the flow as saved: the one before is not in it.
    bare.change('leaf', 1);
    await subject.changeSource(456);
    bare.change('source', 456);
    await compare();
    await subject.dispose();
    expect(pairs.map(([ours]) => ours)).toEqual(pairs.map(([, theirs]) => theirs));
    expect(new Set(pairs.map(([, theirs]) => theirs)).size).toBe(3);
  });
});

describe('flows of the benchmark', () => {
  test.each([1_000, 10_000])('have a first source on which most of %i nodes depend', (count) => {
    expect(reachOfFirst(layered(count))).toBeGreaterThan(0.9 * count);
  });

  test('are loaded without an issue', () => {
    expect(load(flowOf(layered(1_000), 'bench/mix'), { library }).issues).toEqual([]);
  });
});
