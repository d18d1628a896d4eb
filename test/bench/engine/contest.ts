import type { RunOptions } from '@loom/engine';
import type { FlowDocument } from '@loom/graph';
import { measureInterleaved, type Repeatable, timed, type Variant } from '../measure.js';
import { atMost, type Figure, timesAsLong } from '../row.js';
import { type BareLoop, bareLoopOf } from './bare-loop.js';
import type { Contest, ContestMeasure } from './cases.js';
import { collectGarbage, measureHeap } from './heap.js';
import { LoomSubject } from './loom.js';
import { flowOf } from './shapes.js';
import type { Contender, Subject } from './subject.js';
import { mixLater } from './work.js';

const REPETITIONS = 25;

/** Of the repetitions alone. Slow ones get fewer, in the end one. */
const BUDGET_MS = 8_000;

/** Makes a new copy of a flow, as parsed. */
type Parse = () => FlowDocument;
type Measure = (contest: Contest, contender: Contender, parse: Parse) => Promise<Figure>;
type SubjectMeasure = (contest: Contest, subject: Subject, bare: BareLoop) => Promise<Figure>;

const measures: Readonly<Record<ContestMeasure, Measure>> = {
  run: ofSubject(measureRun),
  'run-later': ofSubject(measureRunLater),
  sleep: ofSubject(measureSleep),
  leaf: ofSubject(measureLeaf),
  source: ofSubject(measureSource),
  build: measureBuild,
  heap: measureHeap,
};

/** Measures one engine in one case, beside the bare loop where there is one to compare with. */
export async function measureContest(contest: Contest, contender: Contender): Promise<Figure> {
  if (!contender.works.includes(contest.work)) throw new Error('has no asynchronous nodes');
  const text = JSON.stringify(flowOf(contest.feeds(), contest.work));
  return measures[contest.measure](contest, contender, () => JSON.parse(text) as FlowDocument);
}

/** Measures a flow that was built and has run once: nothing is up to date before. */
function ofSubject(measure: SubjectMeasure): Measure {
  return async (contest, contender, parse) => {
    const subject = await contender.build(parse(), contest.work);
    try {
      await subject.run(0);
      return await measure(contest, subject, bareLoopOf(parse()));
    } finally {
      await subject.dispose?.();
    }
  };
}

async function interleaved<Name extends string>(repeatables: Readonly<Record<Name, Repeatable>>) {
  return measureInterleaved(await timed(repeatables), {
    repetitions: REPETITIONS,
    warmUps: 0,
    budgetMs: BUDGET_MS,
  });
}

async function measureRun({ id, limit }: Contest, subject: Subject, bare: BareLoop): Promise<Figure> {
  let round = 0;
  const { medians, repetitions } = await interleaved({
    ours: () => subject.run(++round),
    theirs: () => bare.run(),
  });
  await subject.run(0);
  bare.run();
  await expectSame(subject, bare);
  const { ours, theirs } = medians;
  return timesAsLong({ id, ours, theirs, name: 'the bare loop', atMost: limit, repetitions });
}

async function measureRunLater({ id, limit }: Contest, subject: Subject, bare: BareLoop): Promise<Figure> {
  let round = 0;
  const { medians, repetitions } = await interleaved({
    ours: () => subject.run(++round),
    theirs: () => bare.runLater(mixLater),
  });
  await subject.run(0);
  bare.run();
  await expectSame(subject, bare);
  const { ours, theirs } = medians;
  return timesAsLong({ id, ours, theirs, name: 'the bare loop, awaiting each', atMost: limit, repetitions });
}

async function measureSleep({ id, limit }: Contest, subject: Subject): Promise<Figure> {
  let round = 0;
  const { medians, repetitions } = await interleaved({ ours: () => subject.run(++round) });
  const { ours } = medians;
  return atMost({ id, value: ours, unit: 'ms', limit, against: '100 nodes of 10 ms', ms: ours, repetitions });
}

async function measureLeaf({ id, limit }: Contest, subject: Subject, bare: BareLoop): Promise<Figure> {
  // No value comes twice, so that nothing is known from before.
  let value = 100;
  const { medians, repetitions } = await interleaved<string>({
    ours: () => subject.changeLeaf(++value),
    ...partsOf(subject, (loom) => loom.leafChange(++value)),
  });
  await subject.changeLeaf(++value);
  bare.change('leaf', value);
  bare.run();
  await expectSame(subject, bare);
  const { ours = Number.NaN, ...parts } = medians;
  const against = 'another value of the last node';
  return atMost({ id, value: ours * 1_000, unit: 'us', limit, against, ms: ours, repetitions, parts });
}

async function measureSource({ id, limit }: Contest, subject: Subject, bare: BareLoop): Promise<Figure> {
  let value = 100;
  const { medians, repetitions } = await interleaved<string>({
    ours: () => subject.changeSource(++value),
    theirs: () => bare.run(),
    ...partsOf(subject, (loom) => loom.sourceChange(++value)),
  });
  await subject.changeSource(++value);
  bare.change('source', value);
  bare.run();
  await expectSame(subject, bare);
  const { ours = Number.NaN, theirs = Number.NaN, ...parts } = medians;
  return timesAsLong({ id, ours, theirs, name: 'the bare loop', atMost: limit, parts, repetitions });
}

/** What deciding takes by itself, in our engine. */
function partsOf(subject: Subject, change: (loom: LoomSubject) => RunOptions): Readonly<Record<string, Repeatable>> {
  if (!(subject instanceof LoomSubject)) return {};
  const { engine, document } = subject;
  return { plan: () => void engine.plan(document, change(subject)) };
}

async function measureBuild({ id, limit, work }: Contest, contender: Contender, parse: Parse): Promise<Figure> {
  // Each gets a flow of its own, because what is made of one may be kept by its identity.
  const subjects: Subject[] = [];
  const timeOf = async (build: (flow: FlowDocument) => unknown): Promise<number> => {
    const flow = parse();
    // The rubbish of parsing is not theirs.
    collectGarbage();
    const start = performance.now();
    const built = build(flow);
    if (built instanceof Promise) await built;
    return performance.now() - start;
  };
  const ours: Variant = () =>
    timeOf(async (flow) => {
      subjects.push(await contender.build(flow, work));
    });
  const theirs: Variant = () => timeOf((flow) => bareLoopOf(flow));
  const { medians, repetitions } = await measureInterleaved(
    { ours, theirs },
    { repetitions: REPETITIONS, warmUps: 5, budgetMs: BUDGET_MS },
  );
  for (const subject of subjects) await subject.dispose?.();
  const { ours: mine, theirs: bare } = medians;
  return timesAsLong({ id, ours: mine, theirs: bare, name: 'building the bare loop', atMost: limit, repetitions });
}

async function expectSame(subject: Subject, bare: BareLoop): Promise<void> {
  const last = await subject.last();
  if (last !== bare.last) throw new Error(`wrong value: ${String(last)} instead of ${bare.last}`);
}
