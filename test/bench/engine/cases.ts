import { chain, type Feed, layered, loose } from './shapes.js';
import type { Work } from './work.js';

/** The name of our engine among those that take part. */
export const OURS = 'loom';

/** What can be measured of any engine that has a flow. */
export type ContestMeasure = 'run' | 'run-later' | 'sleep' | 'leaf' | 'source' | 'build' | 'heap';

interface CaseBase {
  /** `engine/` and the name by which it is asked for. */
  readonly id: string;
  /** Absent for what is only told. */
  readonly limit?: number;
}

/** A measure in which others take part. */
export interface Contest extends CaseBase {
  readonly measure: ContestMeasure;
  readonly feeds: () => readonly Feed[];
  readonly work: Work;
  /** The same with a tenth of the nodes, or less: who fails there, or takes too long, is not asked again. */
  readonly smaller?: string;
}

/** A measure of ours alone. */
export interface OwnCase extends CaseBase {
  readonly measure: 'listened' | 'load' | 'for-each' | 'edit';
}

export type Case = Contest | OwnCase;

function contest(name: string, measure: ContestMeasure, feeds: Contest['feeds'], rest: Partial<Contest>): Contest {
  return { id: `engine/${name}`, measure, feeds, work: 'bench/mix', ...rest };
}

function own(name: string, measure: OwnCase['measure'], limit?: number): OwnCase {
  return { id: `engine/${name}`, measure, ...(limit !== undefined && { limit }) };
}

const layered1k = () => layered(1_000);
const layered10k = () => layered(10_000);
const layered100k = () => layered(100_000);
const chain100k = () => chain(100_000);

/** Everything that is measured, in this order. A limit is in the unit of its measure. */
export const cases: readonly Case[] = [
  contest('warm-1k', 'run', layered1k, { limit: 12 }),
  contest('warm-10k', 'run', layered10k, { limit: 12 }),
  own('warm-10k-listened', 'listened'),
  contest('warm-100k', 'run', layered100k, { limit: 25, smaller: 'engine/warm-10k' }),
  contest('chain-100k', 'run', chain100k, { limit: 25, smaller: 'engine/warm-10k' }),
  contest('async-10k', 'run-later', layered10k, { limit: 5, work: 'bench/mix-later' }),
  contest('sleep-100', 'sleep', () => loose(100), { limit: 11.5, work: 'bench/sleep' }),
  contest('leaf-1k', 'leaf', layered1k, { limit: 5 }),
  contest('leaf-100k', 'leaf', layered100k, { limit: 5, smaller: 'engine/warm-10k' }),
  contest('source-10k', 'source', layered10k, { limit: 12 }),
  contest('build-10k', 'build', layered10k, { limit: 3 }),
  contest('heap-10k', 'heap', layered10k, { limit: 600 }),
  own('load-10k', 'load', 100),
  own('for-each-100k', 'for-each', 20),
  own('edit-10k', 'edit', 12),
];

export function isContest(some: Case): some is Contest {
  return 'feeds' in some;
}

/** Finds cases by id, with or without `engine/`; all when none is asked for. */
export function casesOf(only: readonly string[]): readonly Case[] {
  if (only.length === 0) return cases;
  return only.map((name) => {
    const found = cases.find(({ id }) => id === name || id === `engine/${name}`);
    if (found) return found;
    const known = cases.map(({ id }) => id.slice('engine/'.length)).join(', ');
    throw new Error(`No measure of the engine is named "${name}". There are: ${known}`);
  });
}
