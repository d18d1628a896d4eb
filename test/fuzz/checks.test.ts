import type { RunEvent } from '@loom/engine';
import { callBehaviour, flow, interpret, runDifferences } from '@loom/testing';
import { beforeAll, describe, expect, it } from 'vitest';
import { streamProblems } from './invariants.js';
import { observe } from './observe.js';
import { type PerformedRun, performRuns } from './perform-run.js';
import { runProblems } from './run-invariants.js';

/** A zone over two items, a node before it, one behind it, and one that fails. */
const { document } = flow()
  .node('list', 'later/range', { n: 2 })
  .zone('each', { kind: 'for-each', concurrency: 1 })
  .node('add', 'later/add', { b: 1 })
  .into('each', 'add')
  .node('total', 'later/total')
  .node('bad', 'now/failsOnOdd')
  .node('behind', 'now/add')
  .wire('list.out', 'each.items')
  .wire('each.item', 'add.a')
  .wire('add.out', 'each.result')
  .wire('each.result', 'total.items')
  .wire('bad.out', 'behind.a');

type Change = (events: RunEvent[]) => RunEvent[];

let run: PerformedRun;

beforeAll(async () => {
  [run] = (await performRuns(document, { seed: 1 })) as [PerformedRun];
});

/** All that the checks say of a run whose events were tampered with. */
function problems(change: Change = (events) => events): string[] {
  const changed = change(structuredClone(run.events) as RunEvent[]);
  const events = changed.map((event, sequence) => ({ ...event, sequence }));
  const tampered = { ...run, events, values: new Map() };
  const expected = interpret(document, run.library, { call: callBehaviour });
  const shape = { graph: document, library: run.library };
  return [
    ...streamProblems(events),
    ...runProblems(document, tampered, expected.scope),
    ...runDifferences(shape, expected, observe(tampered), 'exact'),
  ];
}

const isEvent =
  (kind: RunEvent['kind'], node?: string, index?: number) =>
  (event: RunEvent): boolean =>
    event.kind === kind &&
    (node === undefined || ('node' in event && event.node === node)) &&
    event.frame?.at(-1)?.index === index;

const without =
  (...matches: ((event: RunEvent) => boolean)[]): Change =>
  (events) =>
    events.filter((event) => !matches.some((match) => match(event)));

const changed =
  (match: (event: RunEvent) => boolean, change: object): Change =>
  (events) =>
    events.map((event) => (match(event) ? ({ ...event, ...change } as RunEvent) : event));

const movedToFront =
  (match: (event: RunEvent) => boolean): Change =>
  ([first, ...events]) => [first as RunEvent, ...events.filter(match), ...events.filter((event) => !match(event))];

const twice =
  (match: (event: RunEvent) => boolean): Change =>
  (events) =>
    events.flatMap((event) => (match(event) ? [event, event] : [event]));

describe('the checks', () => {
  it('find nothing in a run that goes as the rules say', () => {
    expect(problems()).toEqual([]);
  });

  it('find a gap in the numbers', () => {
    expect(streamProblems(run.events.filter((_, place) => place !== 3))).not.toEqual([]);
  });

  it.each<[string, Change]>([
    ['a node that never ends', without(isEvent('node-succeeded', 'total'))],
    ['a node in a frame that never ends', without(isEvent('node-succeeded', 'add', 0))],
    ['a node in a zone without an end over all frames', without(isEvent('node-succeeded', 'add'))],
    ['a node that ends twice', twice(isEvent('node-succeeded', 'list'))],
    ['a node that starts twice', twice(isEvent('node-started', 'list'))],
    ['a node that starts before its inputs', movedToFront(isEvent('node-started', 'total'))],
    ['a frame that never ends', without(isEvent('frame-finished', 'each', 1))],
    ['a frame that never begins', without(isEvent('frame-started', 'each', 1))],
    ['frames at once that may not be', movedToFront(isEvent('frame-started', 'each', 1))],
    ['a frame that failed for no reason', changed(isEvent('frame-finished', 'each', 1), { status: 'failed' })],
    ['a wrong state', changed(isEvent('node-skipped', 'behind'), { kind: 'node-cancelled' })],
    [
      'a wrong reason',
      changed(isEvent('node-skipped', 'behind'), { reason: { kind: 'upstream-skipped', node: 'bad' } }),
    ],
    ['a wrong blame', changed(isEvent('node-skipped', 'behind'), { reason: { kind: 'upstream-error', node: 'list' } })],
    ['a wrong error', changed(isEvent('node-failed', 'bad'), { error: { code: 'x/y', message: '', frames: [] } })],
    ['a missing output', changed(isEvent('node-succeeded', 'add', 1), { outputs: {} })],
    ['a wrong scope', changed(isEvent('run-started'), { nodes: ['list'] })],
    [
      'wrong counts',
      changed(isEvent('run-finished'), { counts: { success: 9, error: 0, skipped: 0, cancelled: 0, cached: 0 } }),
    ],
  ])('find %s', (_name, change) => {
    expect(problems(change)).not.toEqual([]);
  });

  it('find a wrong value, in a frame, too', () => {
    const other = (events: RunEvent[]): RunEvent[] => {
      const first = events.find(isEvent('node-succeeded', 'add', 0));
      const outputs = first?.kind === 'node-succeeded' ? first.outputs : {};
      return changed(isEvent('node-succeeded', 'add', 1), { outputs })(events);
    };
    expect(problems(other)).toContainEqual(expect.stringMatching(/^"add" in each\[1\] is a success with \{"out":1\}/));
  });
});
