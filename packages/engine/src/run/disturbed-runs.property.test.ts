import { ALL_FEATURES, buildFlow, flowRecipe, fuzzLibrary } from '@loom/testing';
import * as fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { RunEvent } from '../event.js';
import {
  brief,
  type Disturbed,
  disturbed,
  type Happening,
  type Setting,
  withPolicies,
} from './disturbed-run-fixture.js';

const RUNS = 300;

const library = fuzzLibrary(() => {
  throw new Error('Nothing runs while flows are made.');
});

const dice = fc.nat({ max: 1_000 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constantFrom('go on' as const, 'succeed' as const), dice }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constantFrom('begin' as const, 'fail' as const, 'wait' as const), dice }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('pause' as const, 'resume' as const, 'step' as const, 'run to' as const),
      dice,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constantFrom('lose' as const, 'crash' as const, 'release' as const), dice }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), dice }) },
);

const setting: fc.Arbitrary<Setting> = fc.record({
  lanes: fc.constantFrom(1, 3),
  onAbort: fc.constantFrom('at once' as const, 'held' as const),
  onError: fc.constantFrom('continue' as const, 'continue' as const, 'continue' as const, 'stop' as const),
  isPaused: fc.nat({ max: 4 }).map((roll) => roll === 0),
  timeoutMs: fc.option(fc.constant(1_500), { nil: undefined, freq: 3 }),
  streamBuffer: fc.constantFrom(1, 64),
});

const unhandled: unknown[] = [];
const note = (thrown: unknown): void => void unhandled.push(thrown);
process.on('unhandledRejection', note);
afterAll(() => void process.off('unhandledRejection', note));

const ENDS = ['node-succeeded', 'node-failed', 'node-skipped', 'node-cancelled'] as const;
const isEnd = ({ kind }: RunEvent): boolean => (ENDS as readonly string[]).includes(kind);

/** What must hold of every run, however it went: problems in words. */
function problemsOf({ events, result, startedInPause, pendingTimers, left }: Disturbed): string[] {
  const problems = [...startedInPause.map((what) => `started while paused: ${what}`)];
  events.forEach(({ sequence }, i) => {
    if (sequence !== i) problems.push(`event ${i} has the number ${sequence}`);
  });
  const [first] = events;
  const last = events.at(-1);
  if (first?.kind !== 'run-started' || last?.kind !== 'run-finished') return [...problems, 'no begin or end is told'];
  const ends = events.filter((event) => isEnd(event) && !event.frame);
  const counted = { success: 0, error: 0, skipped: 0, cancelled: 0 };
  for (const node of first.nodes) {
    const own = ends.filter((event) => 'node' in event && event.node === node);
    if (own.length !== 1) problems.push(`"${node}" ends ${own.length} times`);
    const [end] = own;
    if (end?.kind === 'node-succeeded') counted.success++;
    if (end?.kind === 'node-failed') counted.error++;
    if (end?.kind === 'node-skipped') counted.skipped++;
    if (end?.kind === 'node-cancelled') counted.cancelled++;
  }
  const { cached: _, ...counts } = result.counts;
  if (JSON.stringify(counts) !== JSON.stringify(counted))
    problems.push(`counts ${JSON.stringify(counts)} and not ${JSON.stringify(counted)}`);
  problems.push(...frameProblems(events));
  if (pendingTimers > 0) problems.push(`${pendingTimers} timers are left`);
  if (left.length > 0) problems.push(`${left.length} values are left`);
  return problems;
}

function frameProblems(events: readonly RunEvent[]): string[] {
  const problems: string[] = [];
  const open = new Set<string>();
  const state = new Map<string, 'running' | 'over'>();
  for (const event of events) {
    const path = (event.frame ?? []).map(({ node, index }) => `${node}.${index}`);
    const key = path.join('/');
    const around = event.kind === 'frame-started' || event.kind === 'frame-finished' ? path.slice(0, -1) : path;
    const isAbout = 'node' in event && event.kind !== 'run-paused';
    if (isAbout && around.length > 0 && !open.has(around.join('/'))) problems.push(`${brief(event)} outside its frame`);
    if (event.kind === 'frame-started') {
      if (open.has(key)) problems.push(`${brief(event)} twice`);
      open.add(key);
      for (const other of [...state.keys()])
        if (other.startsWith(`${key} `) || other.startsWith(`${key}/`)) state.delete(other);
    }
    if (event.kind === 'frame-finished') {
      if (!open.delete(key)) problems.push(`${brief(event)} without a start`);
      if ([...open].some((other) => other.startsWith(`${key}/`))) problems.push(`${brief(event)} before an inner one`);
      const unended = [...state].filter(([place, now]) => place.startsWith(`${key} `) && now === 'running');
      for (const [place] of unended) problems.push(`${place} runs when its frame is over`);
    }
    if (event.kind === 'node-started' || isEnd(event)) {
      const place = `${key} ${'node' in event ? event.node : ''}`;
      if (state.get(place) === 'over') problems.push(`${brief(event)} after its end`);
      state.set(place, isEnd(event) ? 'over' : 'running');
    }
  }
  if (open.size > 0) problems.push(`frames are open: ${[...open].join(', ')}`);
  return problems;
}

it('[C1] [E1] [F1] however a run is disturbed, everything ends once, frames are closed, and nothing is left', async () => {
  await fc.assert(
    fc.asyncProperty(
      flowRecipe(ALL_FEATURES),
      fc.array(dice, { minLength: 1, maxLength: 12 }),
      fc.array(happening, { maxLength: 60 }),
      setting,
      async (recipe, policies, script, options) => {
        unhandled.length = 0;
        const document = withPolicies(buildFlow(recipe, library, ALL_FEATURES), policies);
        const problems = problemsOf(await disturbed(document, script, options));
        expect([...problems, ...unhandled.map((thrown) => `unhandled: ${String(thrown)}`)]).toEqual([]);
      },
    ),
    { numRuns: RUNS },
  );
});
